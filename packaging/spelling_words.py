"""Makes `resources/words/en_gb.txt` from a kept package: every form of every word of the British list, one a line.

    python packaging/spelling_words.py dictionary-en-gb-3.0.0.tgz

The package is `dictionary-en-gb` of the npm registry (SCOWL, licences MIT and BSD, beside the list); its SHA-256 is
pinned below. Words that are right and never offered (NOSUGGEST) end in `!`.
"""

import hashlib
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SHA256 = "67b3ac7f78c31408927b9e4e4f55bbd6a338ae6596a5c09bd937e471694fa218"
WORDS = Path(__file__).resolve().parents[1] / "resources" / "words"
Rule = tuple[str, str, re.Pattern[str]]  # what goes, what comes, where


class Affixes:
    """The endings and beginnings of a hunspell file."""

    def __init__(self, lines: list[str]) -> None:
        self.suffixes: dict[str, list[Rule]] = defaultdict(list)
        self.prefixes: dict[str, list[Rule]] = defaultdict(list)
        self.crossing: set[str] = set()
        self.hidden = ""
        for kind, flag, *rest in (line.split() for line in lines if len(line.split()) > 1):
            if kind == "NOSUGGEST":
                self.hidden = flag
            elif kind in ("SFX", "PFX") and len(rest) == 2:
                self.crossing |= {flag} if rest[0] == "Y" else set()
            elif kind in ("SFX", "PFX"):
                strip, add, where = ("" if part == "0" else part for part in rest[:3])
                add = add.partition("/")[0]
                form = f"(?:{where})$" if kind == "SFX" else f"^(?:{where})"
                (self.suffixes if kind == "SFX" else self.prefixes)[flag].append((strip, add, re.compile(form)))

    def forms(self, word: str, flags: str) -> Iterator[str]:
        """The word and everything its flags make of it."""
        yield word
        for flag in flags:
            for strip, add, where in self.suffixes.get(flag, ()):
                if where.search(word) and word.endswith(strip):
                    made = word[: len(word) - len(strip)] + add
                    yield made
                    yield from self._begun(made, flags) if flag in self.crossing else ()
        yield from self._begun(word, flags)

    def _begun(self, word: str, flags: str) -> Iterator[str]:
        for flag in flags:
            for strip, add, where in self.prefixes.get(flag, ()):
                if where.search(word) and word.startswith(strip):
                    yield add + word[len(strip) :]


def expanded(aff: str, dic: str) -> list[str]:
    """Every form, sorted; numbers and the parts of compounds left out."""
    affixes, found = Affixes(aff.splitlines()), set()
    for line in dic.splitlines()[1:]:
        word, _, flags = line.partition("/")
        if not word or any(character.isdigit() for character in word):
            continue
        mark = "!" if affixes.hidden and affixes.hidden in flags else ""
        found |= {form + mark for form in affixes.forms(word, flags) if not form.endswith("'s")}
    return sorted(found)


def main(package: Path) -> None:
    """Check the package, and write the list and its licence."""
    content = package.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit(f"{package} is not the package this list is made from.")
    with tarfile.open(package) as archive:
        aff, dic, licence = (_text(archive, name) for name in ("index.aff", "index.dic", "license"))
    WORDS.joinpath("en_gb.txt").write_text("\n".join(expanded(aff, dic)) + "\n", "utf-8")
    WORDS.joinpath("LICENSE-en-gb.txt").write_text(licence, "utf-8")


def _text(archive: tarfile.TarFile, name: str) -> str:
    held = archive.extractfile(f"package/{name}")
    assert held is not None
    return held.read().decode("utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
