"""The sign-in desk, played: a queue of people, some draw, some type, one hears the clause, one sends apologies."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox

from csp_desktop.rehearsal.hands import Hands

PAD = "Signature"
LATE, AWAY, UNSIGNED = "Tom Ellis", "Owen Pryce", "Lewis Hart"
VISITOR = "Dr Priya Raman"
READS = 16  # seconds for the clause, for someone who knows it


def play_sign_in(hands: Hands, people: Sequence[Mapping[str, Any]]) -> None:
    """Everyone who comes on time signs; one is here and does not, so the meeting starts by an override."""
    queue = [p["name"] for p in people if p["name"] not in (LATE, AWAY, UNSIGNED, VISITOR)]
    for number, name in enumerate(queue):
        _choose(hands, name)
        if hands.look("I have read it out") is not None:
            hands.click("I have read it out")
        if number == 1:
            hands.picture("sign-in")
        _sign(hands, name, typed=number % 6 == 5)
    hands.say(f"{len(queue)} people signed, most by drawing, some by typing their name")
    _visitor(hands)
    _apology(hands)
    _override(hands)


def _choose(hands: Hands, name: str) -> None:
    hands.click("Find your name")
    hands.write(name)
    hands.key("Return")
    hands.wait(
        lambda: hands.look(PAD) is not None or hands.look("I have read it out") is not None, f"{name} at the desk"
    )


def _sign(hands: Hands, name: str, *, typed: bool) -> None:
    if typed:
        hands.click("Type my full name instead")
        hands.click("Your full name")
        hands.write(name)
    else:
        hands.sign(PAD)
    hands.pass_time(READS)
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Find your name") is not None and _is_signed(hands, name), f"{name} signed")


def _is_signed(hands: Hands, name: str) -> bool:
    return any(f"{name} signed at" in text for text in hands.texts())


def _visitor(hands: Hands) -> None:
    """An occasional attendee: the chair reads the clause out, then she signs."""
    _choose(hands, VISITOR)
    hands.picture("sign-in-visitor")
    hands.click("I have read it out")
    hands.picture("sign-in-visitor-read")
    _sign(hands, VISITOR, typed=False)
    hands.say(f"{VISITOR} heard the clause and signed")


def _apology(hands: Hands) -> None:
    _choose_expected(hands, AWAY)
    hands.click("Sent apologies")
    choice = hands.look("Who sent apologies", QComboBox)
    if isinstance(choice, QComboBox) and not choice.currentText().startswith(AWAY):
        hands.click("Who sent apologies")
        hands.write(AWAY[:4])
        hands.key("Return")
    hands.click("Information on the cases was sent, received on")
    hands.click("Record the apology")
    hands.picture("apologies")
    hands.click("Back to signing in")
    hands.say(f"{AWAY} sent apologies with information")


def _choose_expected(hands: Hands, name: str) -> None:
    hands.click("Find your name")
    hands.write(name)
    hands.key("Return")


def _override(hands: Hands) -> None:
    """Someone is here and cannot sign yet: the chair goes on, with the reason."""
    _choose_expected(hands, UNSIGNED)
    hands.click("Is here, does not sign")
    hands.wait(lambda: hands.look("Reason for going on without a signature") is not None, "the reason is asked for")
    hands.click("Reason for going on without a signature")
    hands.write("Is on the phone to a tenant in distress; signs before the first case")
    hands.picture("override")
    hands.click("Go on without it")
    hands.say(f"the meeting went on without the signature of {UNSIGNED}, with a reason")
