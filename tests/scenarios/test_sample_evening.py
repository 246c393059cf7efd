"""The sample evening through the real windows, twice; and its minutes, read as text, against the file they are of."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.rehearsal import evening as rehearsal
from csp_desktop.rehearsal.compare import NOVEMBER, compare
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.resources import shipped
from csp_desktop.services.meeting.agenda import meetings
from tests.scenarios.in_session import opened
from tests.support.fresh_clone import ROOT, copy_sources, run_in

PAPERS = "cases-2026-11-25.csv"
pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.xdist_group("the evening"),  # one worker plays it, once
]


@dataclass
class Played:
    """Both rehearsals, the words of the minutes page by page, and what the file holds."""

    first: Sequence[str]
    second: Sequence[str]
    printed: Sequence[str]  # all that the second one said
    sample: Path  # that the second one was played on a copy of
    findings: Sequence[str]
    pages: Sequence[str]
    records: dict[type[Any], list[Any]]

    @property
    def text(self) -> str:
        """All pages as one, without their heads and feet."""
        return " ".join(" ".join(page.split()) for page in self.pages)

    def part(self, start: str, end: str) -> str:
        """From one heading to the next."""
        return self.text[self.text.index(start) : self.text.index(end, self.text.index(start))]


def run(*words: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "csp_desktop", *map(str, words)]
    pipes = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipes, stderr=pipes, encoding="utf-8", env=environment, cwd=ROOT)


@pytest.fixture(scope="module")
def played(sample_made: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The README's command in a fresh clone, and at the same time the play on a copy that stays to be looked into."""
    base = tmp_path_factory.mktemp("evening")
    clone = run_in(copy_sources(tmp_path_factory.mktemp("clone")), base / "home")
    copy, out, pdf = base / "partnership", base / "own", base / "own" / "minutes.pdf"
    shutil.copytree(sample_made[0], copy)
    out.mkdir()
    papers = base / PAPERS
    papers.write_bytes(shipped("sample", PAPERS).read_bytes())
    try:
        hands = rehearsal._play(copy, out, papers, pdf, base / "memory.ini")
    finally:
        said, wrong = clone.process.communicate()
    assert clone.process.returncode == 0, said + wrong
    findings = compare(copy, pdf, out / rehearsal.COPIES)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    partnership, _ = opened(copy)
    with partnership:
        november = next(one for one in meetings(partnership.session) if one.on == NOVEMBER)
        with partnership.work.reading() as records:
            held: dict[type[Any], list[Any]] = {
                kind: records.find(kind, meeting_id=november.id) for kind in (Action, Attendance, CaseTurn, Override)
            }
            held |= {Member: records.find(Member), Case: records.find(Case)}
    printed = said.splitlines()
    did = [line.removeprefix("- ") for line in printed if line.startswith("- ")]
    return Played(hands.log, did, printed, clone.sample, findings, pages, held)


def test_the_evening_is_played_twice_with_the_same_result(played: Played) -> None:
    assert played.findings == []
    assert list(played.first) == list(played.second)
    assert len(played.first) > 20


def test_the_readmes_run_command_plays_the_sample_meeting_in_a_fresh_clone(played: Played) -> None:
    paths = (Path(line) for line in played.printed if line.endswith((".pdf", ".png")))
    written = [path for path in paths if path.is_absolute()]
    papers = [path for path in written if path.suffix == ".pdf"]
    assert len(papers) > 25 and {path.read_bytes()[:5] for path in papers} == {b"%PDF-"}  # both minutes, every copy
    assert sum(path.suffix == ".png" for path in written) >= 8


def test_the_rehearsal_leaves_the_sample_as_it_was(played: Played) -> None:
    partnership, _ = opened(played.sample)
    with partnership:
        assert [m.state.value for m in meetings(partnership.session)] == ["closed", "planned"]


def test_a_relative_path_means_the_folder_it_was_typed_in(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rehearsal, "_play", lambda copy, out, *more: Hands(QWidget(), out))
    monkeypatch.setattr(rehearsal, "compare", lambda *more: [])
    minutes = Path(rehearsal.rehearse(sample, Path("out"))["minutes"])
    assert minutes.is_absolute() and minutes.parent == tmp_path / "out"


def test_a_folder_that_sample_did_not_make_is_refused_and_stays_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all")
    refused = run("rehearse", "--folder", folder, "--out", tmp_path / "out")
    said, wrong = refused.communicate()
    assert (refused.returncode, said) == (1, "")
    assert wrong.strip().endswith((".", str(folder))) and len(wrong.strip().splitlines()) == 1
    assert {p.name: p.read_text() for p in folder.iterdir()} == {"letter.txt": "Dear all"}
    assert not (tmp_path / "out").exists()


def cases_of(played: Played, *, walked: bool) -> list[Case]:
    known = {case.id: case for case in played.records[Case]}
    return [known[t.case_id] for t in played.records[CaseTurn] if (t.state is TurnState.DONE) is walked]


def test_every_page_is_marked_above_and_below_and_numbered(played: Played) -> None:
    for number, page in enumerate(played.pages, start=1):
        assert len(re.findall("OFFICIAL-SENSITIVE", page)) == 2
        assert f"Page {number} of {len(played.pages)}".casefold() in page.casefold()


def test_each_walked_case_has_one_section_and_no_uncalled_case_has_one(played: Played) -> None:
    headings = re.findall(r"\d+\.\d+ (SN-\d{4}-\d{6})", played.text)
    walked = [case.reference for case in cases_of(played, walked=True)]
    assert len(walked) == 12
    assert sorted(headings) == sorted(walked)
    assert not {case.reference for case in cases_of(played, walked=False)} & set(headings)


def test_no_case_is_named_by_more_than_reference_and_initials(played: Played) -> None:
    for case in cases_of(played, walked=True):
        assert case.location not in played.text


def test_each_attendee_has_one_row(played: Played) -> None:
    here = [row for row in played.records[Attendance] if row.signed]
    attendance = played.part("Present", "1 Confidentiality")
    assert len(here) == 24
    for row in here:
        capacity = "chair" if row.name == "Hannah Price" else row.capacity.value
        assert attendance.count(f"{row.name} {row.agency_name} {capacity} ") == 1, row.name


def test_each_apology_has_one_row(played: Played) -> None:
    (away,) = [row for row in played.records[Attendance] if row.apology]
    apologies = played.part("2 Apologies", "3 Declarations of interest")
    assert apologies.count(f"{away.name} {away.agency_name} yes, received") == 1


def test_each_override_has_one_line(played: Played) -> None:
    (override,) = played.records[Override]
    assert played.text.count(" ".join(override.reason.split())) == 1


def test_each_action_stands_once_under_its_item_and_once_in_the_table_of_its_officer(played: Played) -> None:
    actions = played.records[Action]
    start = played.text.rindex("Actions by officer")
    items, table = played.text[:start], played.text[start:]
    assert len(actions) >= 10
    for action in actions:
        row = f"2026-11/{action.number:02} {action.what} "
        assert items.count(row) == 1, action.what
        assert table.count(row) == 1, action.what
    labels = re.findall(r"20\d\d-\d\d/\d\d", table)
    assert len(labels) == len(set(labels)) > len(actions)
