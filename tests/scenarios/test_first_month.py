"""The first month: from an empty folder to a planned meeting in under ten minutes by hand, counted in steps."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.services.meeting.action_review import round_table
from tests.scenarios.test_first_evening import (
    NOON,
    SAFETY_NET,
    bring_in_cases,
    found,
    go,
    no_keyring,
    shows,
)
from tests.scenarios.windows import sitting

TEN_MINUTES = 600  # seconds
HEADS = ("Forename", "Surname", "Organisation", "Role", "Email")
MEMBERS = (
    ("Marcus", "Bell", "Testford Borough Council", "Minute-taker", "marcus.bell@testford.example"),
    ("Ștefan", "Ionescu", "Testford Borough Council", "ASB officer", "stefan.ionescu@testford.example"),
    ("Dan", "Holt", "Hertfordshire Constabulary", "Sergeant", "dan.holt@police.example"),
    ("Aisha", "Rahman", "Hertfordshire Constabulary", "Neighbourhood officer", "aisha.rahman@police.example"),
    ("Ewa", "Łukasik", "Change Grow Live", "Recovery worker", "ewa@cgl.example"),
    ("Ravi", "Nair", "New Hope", "Outreach lead", "ravi@newhope.example"),
    ("Mina", "Halloran", "New Hope", "Outreach worker", "mina@newhope.example"),
    ("Ruth", "Coyle", "Hertfordshire County Council", "Social worker", "ruth.coyle@county.example"),
    ("Seán", "Ó Briain", "Probation Service", "Officer", "sean@probation.example"),
    ("Tom", "Ellis", "Hertfordshire Fire and Rescue", "Watch manager", "tom.ellis@fire.example"),
    ("Priya", "Raman", "Riverside Homes", "Housing manager", "priya@riverside.example"),
    ("Joy", "Okafor", "Riverside Homes", "Tenancy officer", "joy@riverside.example"),
)
ACTION_HEADS = ("Who", "Action", "By when", "Case ref", "Status")
AGENCIES = len({row[2] for row in MEMBERS}) - 1  # the council is there from the first start


@dataclass
class Steps:
    """What the hands did, and what it takes a person: a second and a half a key, less than half of one a letter, two a
    click, ten to find a file, eight to copy cells in a spreadsheet, and ten to read each page one comes to."""

    keys: int = 0
    letters: int = 0
    clicks: int = 0
    files: int = 0
    copies: int = 0
    pages: int = 0

    def watch(self, hands: Hands) -> None:
        """Count from now on."""
        for name, method, weigh in (
            ("keys", "key", lambda *chords: len(chords)),
            ("letters", "write", lambda text: len(text)),
            ("clicks", "click", lambda *_: 1),
            ("clicks", "click_row", lambda *_: 1),
            ("files", "answer_file_dialog", lambda _: 1),
        ):
            setattr(hands, method, self._counted(name, getattr(hands, method), weigh))

    def _counted(self, name: str, does: Callable[..., Any], weigh: Callable[..., int]) -> Callable[..., Any]:
        def do(*given: Any) -> Any:
            setattr(self, name, getattr(self, name) + weigh(*given))
            return does(*given)

        return do

    @property
    def count(self) -> int:
        """Keys, letters and clicks."""
        return self.keys + self.letters + self.clicks

    @property
    def seconds(self) -> float:
        """By hand."""
        return (
            1.5 * self.keys + 0.4 * self.letters + 2 * self.clicks + 10 * self.files + 8 * self.copies + 10 * self.pages
        )

    def since(self, before: "Steps") -> "Steps":
        """What was done in between."""
        return Steps(**{name: value - getattr(before, name) for name, value in vars(self).items()})

    def line(self, what: str) -> str:
        """A row of the account."""
        return (
            f"{what:<34}{self.count:>6} steps ({self.keys} keys, {self.letters} letters, {self.clicks} clicks)"
            f"{self.files:>3} files{self.copies:>3} copies{self.pages:>3} pages{self.seconds:>7.0f} s"
        )


def paste(hands: Hands, steps: Steps, *rows: tuple[str, ...]) -> None:
    """Cells copied in a spreadsheet, pasted where one is."""
    QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
    steps.copies += 1
    hands.key("Ctrl+Shift+V")


def answer_as_guessed(hands: Hands, questions: int) -> None:
    """F8 and Enter for each question."""
    for done in range(questions):
        hands.wait(lambda done=done: shows(hands, f"{done} of "), "the next question")  # type: ignore[misc]
        hands.key("F8", "Return")


def five_cases(base: Path) -> Path:
    """An export with its first five cases."""
    lines = (SAFETY_NET / "cases-2026-11.csv").read_text("utf-8").splitlines()
    file = base / "cases-2026-11.csv"
    file.write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    return file


def open_actions(file: Path) -> tuple[tuple[str, ...], ...]:
    """Four open ones, two of them about a case, and one that is done."""
    references = [line.split(",")[0] for line in file.read_text("utf-8").splitlines()[1:3]]
    return (
        ACTION_HEADS,
        ("Dan Holt", "Visit the flat above the shop", "12/11/2026", references[0], "Open"),
        ("RN/MH", "Offer the detox place again", "03/12/2026", references[1], ""),
        ("Joy", "Write to the tenant", "", "", "Ongoing"),
        ("Tom Ellis", "Fit the smoke alarm", "05/11/2026", "", "Done"),
        ("AR", "Patrol at school end times", "26/11/2026", "", "Open"),
    )


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_from_an_empty_folder_to_a_planned_meeting_in_under_ten_minutes_by_hand(
    tmp_path: Path, no_keyring: None, capsys: pytest.CaptureFixture[str]
) -> None:
    steps, account, mark = Steps(), list[str](), Steps()

    def done(what: str) -> None:
        nonlocal mark
        account.append(steps.since(mark).line(what))
        mark = Steps(**vars(steps))

    export = five_cases(tmp_path)
    with sitting(tmp_path / "partnership", tmp_path, NOON) as begun:
        hands = begun.hands
        steps.watch(hands)
        found(hands, tmp_path / "partnership", tmp_path / "recovery.pdf")
        steps.pages += 4
        done("first start and recovery key")
        go(hands, "People", "people")
        paste(hands, steps, HEADS, *MEMBERS)
        answer_as_guessed(hands, AGENCIES)
        hands.wait(lambda: hands.look("Accept 12 people") is not None, "all twelve")
        hands.key("Ctrl+Return")
        hands.wait(lambda: shows(hands, "List imported"), "the people taken over")
        steps.pages += 2
        done("12 people, pasted")
        bring_in_cases(hands, export)
        steps.pages += 2
        done("5 cases, from the export")
        go(hands, "Open actions", "import_actions")
        hands.fill("Date of the last meeting", "29 oct 2026")
        hands.key("Tab")
        paste(hands, steps, *open_actions(export))
        hands.wait(lambda: hands.look("Accept 4 actions") is not None, "the open actions")
        hands.key("Ctrl+Return")
        hands.wait(lambda: shows(hands, "Actions imported"), "the actions taken over")
        steps.pages += 2
        done("4 open actions, pasted")
        go(hands, "Prepare", "prepare")
        hands.fill("Date", "3 dec")
        hands.key("Tab")
        hands.fill("Venue", "Committee room, Town Hall")
        hands.key("Tab")
        hands.click("Plan this meeting")
        hands.wait(lambda: hands.look("Open sign-in") is not None, "the agenda")
        hands.click("Confirm all")
        steps.pages += 2
        done("the meeting planned")
        session = begun.program._session
        assert session is not None
        with session.work.reading() as records:
            (meeting,) = records.find(Meeting)
            expected = [row for row in records.find(Attendance, meeting_id=meeting.id) if row.expected]
            turns = records.find(CaseTurn, meeting_id=meeting.id)
        arising = round_table(session, meeting.id).rows
    assert (len(expected), len(turns), len(arising)) == (13, 5, 4), "twelve and whoever began the file"
    account.append(steps.line("in all"))
    with capsys.disabled():
        print("\n" + "\n".join(account))
    assert steps.seconds < TEN_MINUTES, account


__all__ = ["no_keyring"]
