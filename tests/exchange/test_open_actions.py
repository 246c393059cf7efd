"""A list of open actions is read as people keep it: in a spreadsheet, a paste, or a table of a Word document."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.cli.verbs import lists
from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.open_actions import actions_template, day_in_text, read_actions
from csp_desktop.services.meeting.earlier_minutes import earlier_kept
from tests.exchange.test_word_tables import document
from tests.support.fakes import NO_PAPERS, fake_session

HEADS = ("Owner", "Action", "Due", "SN Ref", "Status")
ROWS = (
    ("PS Dan Holt", "Visit the flat", "12/11/2026", "SN/2026/0123", "Open"),
    ("MB", "Write to the landlord", "next meeting", "", ""),
    ("Ewa", "Fit the camera", "5 Nov 26", "SN-2026-0124", "Completed 6/11"),
)


def text_of(*rows: tuple[str, ...], separator: str = "\t") -> bytes:
    return "\n".join(separator.join(row) for row in (HEADS, *rows)).encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (text_of(*ROWS), "pasted cells"),
        (text_of(*ROWS, separator=","), "actions.csv"),
        (document((HEADS, *ROWS), before=("Minutes", "29 October 2026")), "minutes.docx"),
    ],
    ids=["paste", "csv", "word"],
)
def test_the_same_actions_come_from_a_paste_a_file_and_a_word_document(content: bytes, name: str) -> None:
    read = read_actions(content, name)
    assert [(row.line, row.officer, row.what, row.by, row.reference, row.follows) for row in read.rows] == [
        (2, "PS Dan Holt", "Visit the flat", date(2026, 11, 12), "SN-2026-0123", False),
        (3, "MB", "Write to the landlord", None, "", True),
    ]
    assert not read.refused


def test_closed_actions_are_left_out_and_named_with_their_line() -> None:
    read = read_actions(text_of(*ROWS), "list")
    assert [(one.line, one.why) for one in read.left_out if one.line == 4] == [
        (4, "closed (“Completed 6/11”): Fit the camera")
    ]


@pytest.mark.parametrize("status", ["Not done", "Ongoing", "In progress", "Not completed", ""])
def test_what_is_not_finished_is_open(status: str) -> None:
    read = read_actions(text_of((*ROWS[0][:4], status)), "list")
    assert len(read.rows) == 1 and not read.warnings


def test_a_status_that_says_neither_is_open_and_is_told() -> None:
    read = read_actions(text_of((*ROWS[0][:4], "RN rang twice")), "list")
    assert len(read.rows) == 1
    assert [(one.line, one.column) for one in read.warnings] == [(2, "Status")]


def test_a_column_that_asks_whether_it_is_done_says_yes() -> None:
    content = b"Officer,Action,Done\nDH,Visit,Yes\nMB,Call,No\n"
    assert [row.what for row in read_actions(content, "list.csv").rows] == ["Call"]


def test_every_mistake_of_a_line_is_told_at_once() -> None:
    read = read_actions(text_of(*ROWS[::2], ("", "", "soon", "Mrs Price", "")), "list")
    assert [(one.line, one.column) for one in read.refused] == [
        (4, "Officer"),
        (4, "Action"),
        (4, "By"),
        (4, "Case reference"),
    ]


def test_american_days_are_asked_about_as_in_any_list() -> None:
    with pytest.raises(Refused, match="American"):
        read_actions(text_of((*ROWS[0][:2], "11/23/2026", "", "")), "list")


def test_a_list_of_members_is_no_list_of_actions() -> None:
    with pytest.raises(Refused, match="looks like a list of people|is not a list of actions"):
        read_actions(b"Name,Agency,Agency kind,Job title\nLeo Park,Foodbank,other,Driver\n", "members.csv")


def test_the_day_of_the_meeting_is_found_in_the_text_of_the_document() -> None:
    read = read_actions(document((HEADS, ROWS[0]), before=("CPG", "held on Thursday 29 October 2026, 10:00")), "m.docx")
    assert read.named_day == date(2026, 10, 29)
    assert day_in_text(["no day here", "Next: TBC"]) is None


def test_the_empty_template_is_read_as_a_list_without_rows() -> None:
    assert read_actions(io.BytesIO(actions_template()).getvalue(), "open actions.xlsx").rows == ()


def test_a_document_without_a_table_is_its_text_and_the_command_line_keeps_it_where_it_is_told_to(
    tmp_path: Path,
) -> None:
    session = fake_session(papers=replace(NO_PAPERS, read_actions=read_actions))
    file = tmp_path / "minutes.docx"
    file.write_bytes(document(before=("Minutes of 1 October 2026", "The flat: visit agreed.")))
    with pytest.raises(Refused, match="document without a table.*Add --keep-minutes"):
        lists.import_actions(session, file, None, dry_run=False)
    tried = lists.import_actions(session, file, None, dry_run=True, keeps_minutes=True)
    assert (tried["held_on"], earlier_kept(session)) == ("2026-10-01", ())
    told = lists.import_actions(session, file, None, dry_run=False, keeps_minutes=True)
    assert "no action was imported" in told["sentences"][0] and told["new"] == 0
    (kept,) = earlier_kept(session)
    assert (kept.on, kept.text) == (date(2026, 10, 1), "Minutes of 1 October 2026\nThe flat: visit agreed.")
