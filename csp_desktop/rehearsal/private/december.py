"""The second month of the private meeting, by key: begun in the window on its own, with those who are there. What was
promised is asked, what was offered is answered, and the minutes hold both.
"""

from collections.abc import Mapping
from datetime import date, time

from PySide6.QtWidgets import QLineEdit

from csp_desktop.rehearsal.hands import Hands, Stuck
from csp_desktop.rehearsal.play import go

DECEMBER = (date(2026, 12, 17), time(16, 5))
CAME = ("PC Sara Lyle", "Amira Shah")
ASKS, SHOW, BARRED = ", please sign", "Show this person", "Must leave the room"
NOTE = "At the shelter four nights out of seven. Asks for something nearer to the town."
OFFER, WHY, OFFERS = "Room at the winter house from the 21st", "too far from the town", "Offers and answers"
TALK = 240  # seconds about one person


def play_december(hands: Hands, lead: Mapping[str, str]) -> None:
    """From the planned day to the draft of the minutes."""
    _plan(hands)
    _clear(hands, lead["name"])
    _first_person(hands)
    _close(hands)


def _plan(hands: Hands) -> None:
    go(hands, "Sub-agenda", "private_agenda")
    hands.fill("Date", f"{DECEMBER[0]:%d/%m/%Y}")
    hands.key("Tab")
    if hands.look("Plan this session") is not None:
        hands.key("Ctrl+Return")
    hands.wait(lambda: any(text.startswith("Sub-agenda for ") for text in hands.texts()), "December's sub-agenda")
    hands.picture("december-agenda")
    go(hands, "Home", "private_home")
    hands.click("Begin the session")
    hands.wait(lambda: hands.on_page("private_room"), "December's room check")
    hands.say("the second month: the private session was begun in its window on its own")


def _clear(hands: Hands, lead: str) -> None:
    """Everybody is written down by the first letters of their name, and signs."""
    for name in (lead, *CAME):
        hands.click("Name of someone coming in", QLineEdit)
        hands.write(name.lower()[:-1])
        hands.key("Return")
        hands.wait(lambda name=name: any(name in row for row in hands.rows_of("Staying")), name)  # type: ignore[misc]
    hands.click_row("Staying", lead)  # one who has not signed: their turn
    while (asked := next((text for text in hands.texts() if text.endswith(ASKS)), None)) is not None:
        hands.click("Type my full name instead")
        hands.write(asked.removesuffix(ASKS))
        hands.key("Ctrl+Return")
        hands.wait(lambda was=asked: hands.look(was) is None, "the next to sign")  # type: ignore[misc]
    hands.fill("People counted", str(len(CAME) + 1))
    hands.click("Number counted")
    hands.wait(lambda: (button := hands.look("Open the private meeting")) is not None and button.isEnabled(), "ready")
    hands.picture("december-room")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.on_page("private_live"), "December's first gate")


def _first_person(hands: Hands) -> None:
    """Whoever is first: last month's promise is kept, an offer made and answered."""
    if hands.look(SHOW) is None:
        raise Stuck("somebody may not stay for the first person of December")
    hands.key("Return")
    hands.wait(lambda: hands.look("Current person") is not None, "the person")
    hands.picture("december-person")
    hands.pass_time(TALK)
    hands.key("F2")
    hands.write(NOTE)
    hands.wait(lambda: any(text.startswith("Saved ") for text in hands.texts()), "the note saved")
    hands.key("Ctrl+T", "D")
    hands.say("in December last month's promise was asked about and answered: done")
    _offers(hands)
    hands.key("Ctrl+2")
    hands.picture("december-offers")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Accept and continue") is not None, "the read-back")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Current person") is None, "the next gate")


def _offers(hands: Hands) -> None:
    """What was offered last month is declined, in their own words; another offer is made, and they think about it."""
    hands.key("Ctrl+O")
    hands.key("D")
    hands.write(WHY)
    hands.key("Return")
    hands.wait(lambda: any("Declined" in row and WHY in row for row in hands.rows_of(OFFERS)), "the answer")
    hands.click("New offer")
    hands.write(OFFER)
    hands.key("Return")
    hands.wait(lambda: any(OFFER in row for row in hands.rows_of(OFFERS)), "the offer")
    hands.click_row(OFFERS, OFFER)
    hands.key("I")
    hands.wait(lambda: any(OFFER in row and "Thinking" in row for row in hands.rows_of(OFFERS)), "its answer")
    hands.say("one offer was declined, another made: both with their answers")


def _close(hands: Hands) -> None:
    hands.key("Ctrl+Shift+W")
    hands.wait(lambda: hands.look("Close the session") is not None, "December's end")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.on_page("private_minutes"), "December's minutes")
    hands.wait(lambda: hands.look("Save draft") is not None, "the pages drawn up")
    hands.key("Ctrl+PgDown")
    hands.wait(lambda: any(text.startswith("Page 2 of ") for text in hands.texts()), "the page of the person")
    hands.picture("december-minutes")
    hands.say("December's minutes hold what was offered and the answer")
