"""A whole meeting by keyboard alone, with a screen reader's ears for eyes: real keys, a real window, AT-SPI."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState, TurnState
from tests.scenarios.beside_reader import CASES, HANNAH, PASSPHRASE, PEOPLE
from tests.support.desktop import Desktop, desktop, shown
from tests.support.screen_reader import ScreenReader, screen_reader

STAND_UP = "Before you stand up"
LOST = "is no longer in its folder"
NOTE, MINUTE, NAME, ACCEPT = "Note on this item", "Minute for this case", "Find your name", "Accept and continue"


def look(reader: ScreenReader, title: str = "") -> None:
    """One thing has the focus, and the headings begin with one title; below it nothing is skipped."""
    seen = reader.everything()
    focused = [(thing.role, thing.name) for thing in seen if thing.focused]
    assert len(focused) == 1, focused
    levels = [(thing.level, thing.name) for thing in seen if thing.role == "heading"]
    titles = [name for level, name in levels if level == "1"]
    assert len(titles) == 1 and {level for level, _ in levels} <= {"1", "2"}, levels
    assert titles[0].startswith(title), titles


def unlock(keys: Desktop, reader: ScreenReader) -> None:
    """A wrong passphrase is told, and its words belong to the field."""
    reader.until_at("Name")
    look(reader, "Unlock")
    keys.write(HANNAH)
    keys.press("Tab")
    reader.until_at("Passphrase")
    keys.write("wrong words")
    keys.press("Return")
    reader.until_said("do not match")
    (told,) = reader.described_by(reader.until_at("Passphrase"))
    assert "do not match" in told
    look(reader, "Unlock")
    keys.press("ctrl+a")
    keys.write(PASSPHRASE)
    keys.press("Return")
    reader.until_at("Open sign-in")
    look(reader, "Open sign-in")
    assert reader.described_by(reader.until_at("Open sign-in")) == []


def sign_in(keys: Desktop, reader: ScreenReader) -> None:
    """The text to sign is come to by key before the signature, and read."""
    keys.press("Return")
    for name in (*PEOPLE, HANNAH):
        reader.until_at(NAME)
        keys.write(name)
        keys.press("Return")
        if name == HANNAH:  # who has not signed the protocol hears the text
            reader.until_at("I have read it out")
            keys.press("Return")
        reader.until_at("Signature")
        if name == PEOPLE[0]:
            look(reader, name)
            keys.press("shift+Tab", "shift+Tab")
            text = reader.until_at("Read the confidentiality clause").name
            assert "in confidence" in text
            look(reader, name)
            keys.press("Tab", "Tab")
            reader.until_at("Signature")
        keys.write(name)
        reader.until_at("Your full name")
        keys.press("ctrl+Return")
        reader.until_said(f"{name} signed")
    reader.until_at(NAME)
    look(reader)


def items(keys: Desktop, reader: ScreenReader) -> None:
    """Each item of the agenda, until something else than its note has the focus."""
    while reader.until_at(("Note on this item", MINUTE, "Next meeting on")).name == NOTE:
        look(reader)
        keys.press("ctrl+Return")
        reader.until_said("Done:")


def case(keys: Desktop, reader: ScreenReader, *, undo: bool) -> None:
    """Its minute, an action, an outcome, read back and accepted; what is refused and undone is told."""
    reader.until_at(MINUTE)
    look(reader)
    keys.press("ctrl+Return")
    reader.until_said("Choose an outcome first")
    keys.write("Quiet since Monday.")
    keys.press("F3")
    reader.until_at("New action")
    keys.write("dh patrol at dusk fri")
    keys.press("Return")
    reader.until_said("Action agreed for Dan Holt")
    if undo:
        keys.press("ctrl+z")
        reader.until_said("Undone")
    keys.press("ctrl+2")
    reader.until_said("Continue chosen")
    keys.press("ctrl+Return")
    reader.until_at(ACCEPT)
    look(reader, "Continue")
    keys.press("ctrl+Return")
    reader.until_said("Continue accepted")


def close(keys: Desktop, reader: ScreenReader) -> None:
    """From the finder to the minutes."""
    look(reader)
    keys.press("ctrl+k")
    reader.until_at("Find or command")
    keys.write("close the meeting")
    keys.press("Return")
    reader.until(lambda: any(thing.name.startswith(STAND_UP) for thing in reader.everything()), "what is still open")
    look(reader, STAND_UP)
    keys.press("ctrl+Return")
    reader.until(lambda: (at := reader.at()) is not None and at.role.startswith("list"), "the minutes")
    look(reader)


if sys.platform == "linux":

    def test_a_whole_meeting_is_held_by_keyboard_alone_and_heard(tmp_path: Path) -> None:
        folder, moved = tmp_path / "partnership", tmp_path / "moved"
        with (
            desktop() as keys,
            screen_reader(keys) as reader,
            shown(keys, "tests.scenarios.beside_reader", folder, tmp_path) as window,
        ):
            window.until(lambda now: now["up"], "the window")
            unlock(keys, reader)
            sign_in(keys, reader)
            keys.press("ctrl+Return")
            items(keys, reader)
            for number in range(CASES):
                case(keys, reader, undo=number == 0)
            items(keys, reader)
            close(keys, reader)
            folder.rename(moved)
            reader.until_said(LOST)
        now = datetime(2026, 11, 26, 16, tzinfo=UTC)
        with open_partnership(moved, HANNAH, PASSPHRASE, lambda: now) as made, made.work.reading() as records:
            assert [meeting.state for meeting in records.find(Meeting)] == [MeetingState.CLOSED]
            assert all(row.signed for row in records.find(Attendance))
            assert [turn.state for turn in records.find(CaseTurn)] == [TurnState.DONE] * CASES
