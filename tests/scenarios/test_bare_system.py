"""The program on a system that has little: no zone data (as on Windows), no home folder, no locale, no fonts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2

from csp_desktop.resources import shipped

ROOT = Path(__file__).resolve().parents[2]
BARE = {
    "PATH": os.environ.get("PATH", ""),
    "PYTHONPATH": str(ROOT),
    "PYTHONTZPATH": "",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "LC_ALL": "C",
    "FONTCONFIG_FILE": str(ROOT / "tests" / "data" / "fonts" / "none.conf"),
    "QT_QPA_PLATFORM": "offscreen",
}
WITHOUT_ZONES = """
import sys
sys.modules["tzdata"] = None
from csp_desktop.__main__ import main
sys.argv = ["csp-desktop", *sys.argv[1:]]
sys.exit(main())
"""
SHEET = """
import sys
from pathlib import Path
from csp_desktop.documents.recovery_sheet import print_recovery_sheet

Path(sys.argv[1]).write_bytes(print_recovery_sheet("Hannah Price", Path("folder"), sys.argv[2:]))
"""


def run(*words: object, begin: tuple[str, ...] = ("-m", "csp_desktop")) -> subprocess.CompletedProcess[str]:
    """One call on the bare system, where nothing but what is named here is known."""
    command = [sys.executable, *begin, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=BARE, input="")


def test_without_zone_data_home_locale_and_fonts_a_file_is_made_checked_and_printed(tmp_path: Path) -> None:
    folder, pdf, file = tmp_path / "Szymon Łukasik", tmp_path / "minutes.pdf", tmp_path / "passphrase"
    made = run("sample", "--folder", folder, "--json")
    assert (made.returncode, made.stderr) == (0, "")
    chair = next(user for user in json.loads(made.stdout)["users"] if user["role"] == "chair")
    file.write_text(chair["passphrase"], encoding="utf-8")
    opening = ("--folder", folder, "--user", chair["name"], "--passphrase-file", file)
    stick, papers = tmp_path / "Łukasik’s stick", tmp_path / "Łukasik.csv"
    stick.mkdir()
    papers.write_bytes(shipped("sample", "cases-2026-11-25.csv").read_bytes())
    for words in (
        ("verify",),
        ("minutes", "--meeting", "2026-10-29", "--out", pdf),
        ("import-cases", papers),
        ("backup", "--to", stick),
    ):
        done = run(*words, *opening)
        assert (done.returncode, done.stderr) == (0, ""), words
    restored = run("restore", "--from", next(stick.iterdir()), *opening)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_where_even_the_package_of_zones_is_missing_one_sentence_says_so(tmp_path: Path) -> None:
    for words in (("sample", "--folder", tmp_path / "new"), ()):
        done = run(*words, begin=("-c", WITHOUT_ZONES))
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.strip().splitlines()[-1] == (  # Qt's own remarks on such a system may stand above it
            "A part of the program could not be loaded (the time zone of Europe/London, which the package tzdata "
            "holds). Install the program again, or ask IT."
        )
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


def test_without_fonts_the_recovery_key_can_be_copied_from_its_sheet(tmp_path: Path) -> None:
    groups = ["7K2M-QX4D", "A9BC-3EFH", "JN5P-8RST", "2468-VWXZ"]
    done = run(tmp_path / "sheet.pdf", *groups, begin=("-c", SHEET))
    assert done.returncode == 0, done.stderr
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
        words = document[0].get_textpage().get_text_bounded()
    assert all(group in words for group in groups), ascii(words)
