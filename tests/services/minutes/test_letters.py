"""What cannot be printed is named before anything is written: whose paper, where, which letters; then nothing is."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.cli.command_line import main
from csp_desktop.cli.verbs import record
from csp_desktop.documents.action_list import print_action_list
from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.exchange.action_list import action_list_workbook
from csp_desktop.exchange.calendar_file import calendar_file
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.minutes import copies
from csp_desktop.services.minutes.letters import LettersMissing
from csp_desktop.services.private import agenda as private_agenda
from csp_desktop.services.private.settings import send_to
from tests.support.copies import PAPERS, PRIVATE_PAPERS, approved_meeting
from tests.support.held_meeting import NOVEMBER
from tests.support.prepared_meeting import prepared_session
from tests.support.private_minutes import SARA
from tests.support.private_session import DAY, member_named, private_session


def lacks(letters: str) -> Callable[[Iterable[str]], tuple[str, ...]]:
    """Papers in whose fonts these letters are not."""
    return lambda texts: tuple(sorted({one for words in texts for one in words if one in letters}))


def without(session: Any, letters: str) -> Any:
    papers = replace(
        session.papers,
        missing_letters=lacks(letters),
        print_action_list=print_action_list,
        action_list_workbook=action_list_workbook,
        mail_draft=mail_draft,
        print_meeting_paper=print_meeting_paper,
        calendar_file=calendar_file,
    )
    return replace(session, papers=papers)


@pytest.fixture
def approved() -> Any:
    return without(approved_meeting(), "Ș")


def test_a_copy_is_named_with_person_letter_and_place_and_none_is_written(approved: Any, tmp_path: Path) -> None:
    with pytest.raises(LettersMissing, match=r"Copy for .*: Ș \(Latin\).*Nothing was saved") as refused:
        copies.write_copies(approved, NOVEMBER, tmp_path / "out")
    assert "Copy for Ștefan" in str(refused.value) and "foot of every page" in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_circulate_writes_nothing_unless_missing_letters_are_allowed(approved: Any, tmp_path: Path) -> None:
    on, out = date(2026, 11, 26), tmp_path / "out"
    dry = record.circulate(approved, on, out, dry_run=True)
    assert any("Ștefan" in one and "Ș" in one for one in dry["missing_letters"])
    assert any("cannot be printed" in one for one in dry["sentences"])
    with pytest.raises(LettersMissing):
        record.circulate(approved, on, out, dry_run=False)
    assert not out.exists()
    made = record.circulate(approved, on, out, dry_run=False, allow_missing=True)
    assert made["failed"] == 0 and list(out.glob("*.pdf"))


def test_action_lists_name_whose_list_it_is_and_are_written_when_it_is_allowed(approved: Any, tmp_path: Path) -> None:
    on, out = date(2026, 11, 26), tmp_path / "out"
    everybody = record.write_action_lists(replace(approved, papers=without(approved, "").papers), on, tmp_path / "all")
    name = everybody["lists"][0]["for"]
    session = without(approved, name[0])
    with pytest.raises(LettersMissing, match=f"List of {name}, head of the paper, For: {name[0]}"):
        record.write_action_lists(session, on, out)
    assert not out.exists()
    assert record.write_action_lists(session, on, out, allow_missing=True)["lists"] and list(out.iterdir())


def test_the_agenda_names_it_with_its_place_and_the_paper_set_too(tmp_path: Path) -> None:
    session, on, out = without(prepared_session(), "x"), date(2026, 11, 26), tmp_path / "out"
    session = replace(session, papers=replace(session.papers, mail_draft=PAPERS.mail_draft))
    for more in ({}, {"paper_set": True}):
        with pytest.raises(LettersMissing, match=r"Agenda|Paper set"):
            record.write_agenda(session, on, out, **more)
        assert not out.exists()
    assert record.write_agenda(session, on, out, allow_missing=True)["files"]


def test_of_the_private_agenda_as_of_the_group_s(tmp_path: Path) -> None:
    session = without(replace(private_session(), papers=PRIVATE_PAPERS), "x")
    private_agenda.plan(session, DAY, time(15, 45), time(16, 30))
    send_to(session, member_named(session, SARA).id, receives=True)
    with pytest.raises(LettersMissing, match="Agenda, "):
        record.write_agenda(session, DAY, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert record.write_agenda(session, DAY, tmp_path / "out", allow_missing=True)["files"]


@pytest.mark.parametrize("verb", ["minutes", "agenda", "action-lists", "circulate"])
def test_every_verb_that_prints_takes_the_same_word(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    assert "--allow-missing-letters" in capsys.readouterr().out
