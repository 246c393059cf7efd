"""The sample evening from unlocking to the saved minutes, by key and mouse. Knows the windows by what they say.

The group's side of the private meeting is played too: begun by key, nothing to see meanwhile, back to the minutes.
"""

from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import Any

from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.signing import play_sign_in
from csp_desktop.rehearsal.walking import play_walk

BEGINS_PRIVATE, ENDS = time(15, 40), time(16, 30)
WAKING = 2  # minutes between two looks of somebody at the screen
PATIENCE_MS = 300_000  # for the whole of the other window's play
RUNS, ENDED, BROKE = (
    "The private meeting is running",
    "The private meeting has ended",
    "The private window closed unexpectedly",
)


def play_beside(hands: Hands, unlock: Callable[[], None]) -> None:
    """From the closed meeting to the private one and back; whoever left at the crossing is noted here."""
    _stay_awake_until(hands, BEGINS_PRIVATE)
    hands.key("Ctrl+K")
    hands.write("Begin the private meeting")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("private_part"), "the way to the private meeting")
    hands.picture("private-part")
    hands.key("Return")
    hands.wait(lambda: hands.look(RUNS) is not None, "the private meeting")
    hands.picture("private-runs")
    hands.say("the private meeting was begun; nothing of the group's is on any screen")
    _wait_beside(hands, unlock)
    _stay_awake_until(hands, ENDS)
    hands.picture("private-ended")
    noted = next((text for text in hands.texts() if "while the room was cleared" in text), "")
    hands.say(f"the private meeting has ended; {noted}")
    hands.key("Ctrl+K")
    hands.write("Minutes")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("minutes"), "the minutes")


def _wait_beside(hands: Hands, unlock: Callable[[], None]) -> None:
    """Hidden with the other window, this one is unlocked again."""

    def over() -> bool:
        return hands.look(ENDED) is not None or hands.look(BROKE) is not None

    def hidden() -> bool:
        return hands.look("Passphrase") is not None

    hands.wait(lambda: over() or hidden(), "the private meeting's end", PATIENCE_MS)
    if hidden():
        hands.picture("hidden-together")
        unlock()
        hands.wait(lambda: not hidden(), "this window after the other one's F12")
        hands.say("F12 in the private window hid this one too")
    hands.wait(over, "the private meeting's end", PATIENCE_MS)


def _stay_awake_until(hands: Hands, at: time) -> None:
    """Somebody is at the screen and presses a key now and then."""
    for minutes in range(14 * 60, at.hour * 60 + at.minute + 1, WAKING):
        hands.wait_until(time(minutes // 60, minutes % 60))
        hands.key("Tab")


NOT_ALL = "The officers of four agencies are called to an incident; the cases left are taken first in December"
DOORS_OPEN, BEGINS = time(13, 45), time(14, 0)


def play_evening(hands: Hands, data: Mapping[str, Any], papers: Path, pdf: Path) -> None:
    """Everything the sample's script asks for, in its order."""
    taker = next(u for u in data["users"] if u["role"] == "minute-taker")

    def unlock() -> None:
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        if (name := hands.look("Name")) is not None and not hands.text_of(name):
            hands.fill("Name", taker["name"])
        hands.fill("Passphrase", taker["passphrase"])
        hands.key("Return")

    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
    hands.picture("unlock")
    unlock()
    hands.wait(lambda: hands.on_page("home"), "home after unlocking")
    hands.picture("home")
    hands.say("unlocked as the minute-taker")
    _import(hands, papers)
    _prepare(hands)
    hands.wait_until(DOORS_OPEN)
    play_sign_in(hands, data["members"])
    hands.wait_until(BEGINS)
    play_walk(hands, unlock)
    _round_the_table(hands)
    _close(hands)
    play_beside(hands, unlock)
    _save_minutes(hands, pdf)


def _go(hands: Hands, command: str, page: str) -> None:
    """Ctrl+K and the name of a place."""
    hands.key("Ctrl+K")
    hands.write(command)
    hands.key("Return")
    hands.wait(lambda: hands.on_page(page), f"the page {command}")


def _import(hands: Hands, papers: Path) -> None:
    _go(hands, "Import", "import_cases")
    hands.answer_file_dialog(papers)
    hands.click("Choose a file")
    hands.wait(lambda: (button := hands.look("Import 3 cases")) is not None and button.isEnabled(), "the preview")
    hands.picture("import-preview")
    hands.click("Import 3 cases")
    hands.wait(lambda: any(text.startswith("Imported: ") for text in hands.texts()), "the import done")
    hands.say(f"{papers.name} imported after its preview")
    hands.click("All cases")
    hands.wait(lambda: hands.on_page("cases"), "the cases")
    hands.picture("cases")


def _prepare(hands: Hands) -> None:
    _go(hands, "Prepare", "prepare")
    hands.click("Confirm all")
    hands.picture("prepare")
    hands.say("the room titles were read through and confirmed")
    hands.click("Open sign-in")
    hands.wait(lambda: hands.on_page("sign_in"), "the sign-in desk")


def _round_the_table(hands: Hands) -> None:
    hands.key("Ctrl+K")
    hands.write("round the table")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("actions"), "round the table")
    hands.picture("actions")
    hands.key("Esc")
    hands.wait(lambda: hands.on_page("live"), "back at the meeting")


def _close(hands: Hands) -> None:
    hands.key("Ctrl+K")
    hands.write("close the meeting")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("closing"), "the closing checks")
    hands.picture("closing")
    hands.click(next(text for text in hands.texts() if text.startswith("Defer the ")))
    hands.fill("Day of the next meeting", "17 dec")
    if hands.look("Why the meeting closes with checks open") is not None:
        hands.fill("Why the meeting closes with checks open", NOT_ALL)
    hands.click("Close the meeting")
    hands.wait(lambda: hands.on_page("minutes"), "the minutes")
    hands.say("the meeting was closed after its checks")


def _save_minutes(hands: Hands, pdf: Path) -> None:
    hands.wait(lambda: (button := hands.look("Save PDF")) is not None and button.isEnabled(), "the pages drawn up")
    hands.picture("minutes")
    hands.answer_file_dialog(pdf)
    hands.click("Save PDF")
    hands.wait(pdf.is_file, "the PDF on disk")
    hands.say("the draft minutes were saved as a PDF")
