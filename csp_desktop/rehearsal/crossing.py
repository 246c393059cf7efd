"""The group's side of the private meeting, played: begun by key, nothing to see meanwhile, and back to the minutes."""

from collections.abc import Callable
from datetime import time

from csp_desktop.rehearsal.hands import Hands

BEGINS, ENDS = time(15, 40), time(16, 30)
WAKING = 2  # minutes between two looks of somebody at the screen
PATIENCE_MS = 300_000  # for the whole of the other window's play
RUNS, ENDED, BROKE = (
    "The private meeting is running",
    "The private meeting has ended",
    "The private window closed unexpectedly",
)


def play_beside(hands: Hands, unlock: Callable[[], None]) -> None:
    """From the closed meeting to the private one and back; whoever left at the crossing is noted here."""
    _stay_awake_until(hands, BEGINS)
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
