"""No word of an evening can be read in any file it leaves: after the window was closed, and after a kill in mid-word.

The program gets a home, a folder for temporary files and folders for its settings of its own; everything in them is
searched, the partnership folder with its write-ahead log too. That the search finds what is there is shown first.
"""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.minutes.record import case_name
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.scenarios.canary_typist import BUG, CANARIES, LAST, MINUTE
from tests.scenarios.in_session import TAKER, opened

ROOT = Path(__file__).resolve().parents[2]
PIECE = 6  # letters: half a word is found too


def readable(root: Path, words: Sequence[str]) -> dict[str, list[str]]:
    """Which words, or beginnings of words, stand in which files in UTF-8 or UTF-16, in names of files too."""
    found: dict[str, list[str]] = {}
    for path in root.rglob("*"):
        content = str(path.relative_to(root)).encode() + (path.read_bytes() if path.is_file() else b"")
        content = content.lower()
        for word in words:
            piece = word[:PIECE].lower()
            if any(piece.encode(coding) in content for coding in ("utf-8", "utf-16-le", "utf-16-be")):
                found.setdefault(word, []).append(path.name)
    return found


def stands_in(root: Path, words: Sequence[str]) -> dict[str, list[str]]:
    """The same for whole words alone: names of people begin like many another word."""
    found: dict[str, list[str]] = {}
    for path in (path for path in root.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for word in words:
            for coding in ("utf-8", "utf-16-le", "utf-16-be"):
                edge = rb"(?<![A-Za-z])" if coding == "utf-8" else b""
                if re.search(edge + re.escape(word.encode(coding)), content, re.IGNORECASE):
                    found.setdefault(word, []).append(path.name)
    return found


def home(base: Path) -> dict[str, str]:
    """A home of its own for the program, and nothing of whoever runs the tests."""
    places = {
        name: base / name.lower()
        for name in (
            "HOME",
            "TMPDIR",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "LOCALAPPDATA",
            "APPDATA",
        )
    }
    for place in places.values():
        place.mkdir(parents=True)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    ours = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    return {**kept, **ours, **{name: str(place) for name, place in places.items()}}


def test_the_search_finds_words_in_every_coding_in_a_database_and_in_a_name(tmp_path: Path) -> None:
    for number, coding in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        (tmp_path / f"file{number}").write_bytes(b"\0\1x" + f"said {CANARIES[number].upper()}".encode(coding))
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE notes (text)")
    plain.execute("INSERT INTO notes VALUES (?)", (f"Then {CANARIES[3]} came",))
    plain.commit()
    plain.close()
    (tmp_path / f"{CANARIES[4]}.pdf").touch()
    (tmp_path / "cut").write_text(CANARIES[5][:PIECE])
    assert sorted(readable(tmp_path, CANARIES)) == sorted(CANARIES[:6])
    assert sorted(stands_in(tmp_path, CANARIES)) == sorted(CANARIES[:4]), "whole words, not their beginnings"


@pytest.mark.parametrize("ending", ["closed", "killed"])
def test_nothing_typed_in_an_evening_can_be_read_on_the_disk(
    sample: Path, november: str, tmp_path: Path, ending: str
) -> None:
    base = tmp_path / "computer"
    environment = home(base)
    words = [sys.executable, "-m", "tests.scenarios.canary_typist", str(sample), str(base), ending]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None and program.stderr is not None
        said = program.stdout.readline()
        if ending == "killed":
            program.send_signal(signal.SIGKILL)
        errors = program.stderr.read()
        program.wait()
    assert said == {"closed": "closing\n", "killed": "typing\n"}[ending], errors
    assert not any(word in errors for word in CANARIES)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    if ending == "killed":
        assert any(path.name.endswith("-wal") and path.stat().st_size for path in written)
    assert any(path.name == "bugs.log" for path in written), f"{BUG} was in a bug"
    assert any(path.name == "memory.ini" for path in written)
    assert readable(tmp_path, CANARIES) == {}
    partnership, _ = opened(sample)
    with partnership:
        kept = f"{partnership.work.drafts()}{partnership.session.queries.search(MINUTE, 5)}"
        assert MINUTE in kept and LAST[:PIECE] in kept, "it was all typed, and is in the file"
        assert partnership.verify()["findings"] == []
        names = signed(partnership)
    assert len(names) > 15 and TAKER["name"] in names
    assert stands_in(tmp_path, names) in ({}, {TAKER["name"]: ["memory.ini"]}), "only who unlocked last is remembered"


def signed(partnership: Partnership) -> list[str]:
    """Everyone who signed at the door that evening."""
    with partnership.work.reading() as records:
        meeting = next(one for one in records.find(Meeting) if one.state is MeetingState.IN_SESSION)
        return [row.name for row in records.find(Attendance, meeting_id=meeting.id) if row.signed]


def test_the_saved_minutes_name_who_came_and_of_a_case_its_reference_and_initials_only(sample: Path) -> None:
    partnership, _ = opened(sample)
    with partnership:
        session = partnership.session
        meeting = meetings(session)[0]
        with session.work.reading() as records:
            turns = records.find(CaseTurn, meeting_id=meeting.id)
            cases = [records.get(Case, turn.case_id) for turn in turns]
            came = [row.name for row in records.find(Attendance, meeting_id=meeting.id) if row.signed]
            typed = " ".join([*(turn.note for turn in turns), *(one.what for one in records.find(Action))])
        with closing(PdfDocument(session.papers.print_minutes(draft_minutes(session, meeting.id)))) as document:
            pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    text = " ".join(pages)
    called = [case for case in cases if case.reference in text]
    assert called and all(case_name(case.reference, case.initials) in text for case in called)
    assert came and all(name in text for name in came)
    for case in cases:
        for words in (case.summary, case.location):
            assert re.search(rf"\b{re.escape(words)}\b", text) is None or words in typed, words
