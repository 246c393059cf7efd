"""What becomes of the minutes, apart, for it goes on for weeks after the evening: checked the next morning, approved by
the chair with her own passphrase, given to everybody who may have them, and agreed by the group in December.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from typing import Any

from csp_desktop.rehearsal.hands import FIRST_PAGE, Hands
from csp_desktop.rehearsal.play import choose_person, go, sign, unlock_as

MORNING = (date(2026, 11, 27), time(9, 40))
AFTERNOON = (date(2026, 11, 27), time(15, 10))
MONDAY = (date(2026, 11, 30), time(9, 20))
SLIPS, SHARE = "passphrase-slips.pdf", "Owen Pryce"
DECEMBER = (date(2026, 12, 17), time(13, 55))
CAME = ("Hannah Price", "Marcus Bell", "PS Dan Holt", "Grace Tan", "Mina Halloran")
LAST_MINUTES, TO_AGREE = "Minutes of the last meeting", "Minutes to agree"
CALLED_OFF = "The heating failed; the group agreed the minutes and meets for the cases in January"
JANUARY = "14 jan"


def play_record(hands: Hands, data: Mapping[str, Any], copies: Path) -> None:
    """From the draft on the screen to the next meeting, by two people on one laptop; `copies` is the folder they
    go to."""
    users = {user["role"]: user for user in data["users"]}
    come_back(hands, users["minute-taker"], MORNING)
    _check(hands)
    come_back(hands, users["chair"], AFTERNOON)
    _approve(hands, users["chair"])
    come_back(hands, users["minute-taker"], MONDAY)
    _circulate(hands, copies)
    come_back(hands, users["minute-taker"], DECEMBER)
    _december(hands)


def come_back(hands: Hands, user: Mapping[str, str], when: tuple[date, time]) -> None:
    """Ctrl+L; somebody unlocks on another day, or it is somebody else."""
    hands.key("Ctrl+L")
    hands.wait(lambda: hands.look("Passphrase") is not None, "the lock")
    hands.go_to_day(*when)
    unlock_as(hands, user)
    hands.wait(lambda: hands.look("Passphrase") is None, f"{user['name']} to be let in")
    hands.say(f"locked; {user['name']} unlocked")


def open_minutes(hands: Hands) -> None:
    """The minutes, their pages drawn up."""
    go(hands, "Minutes", "minutes")
    hands.wait(lambda: (button := hands.look("Save PDF")) is not None and button.isEnabled(), "the pages drawn up")


def _check(hands: Hands) -> None:
    open_minutes(hands)
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Checked") is not None, "the minutes checked")
    hands.picture("minutes-checked")
    hands.say("the minutes were checked by the minute-taker")


def _approve(hands: Hands, chair: Mapping[str, str]) -> None:
    go(hands, "Home", "home")
    hands.picture("home-approve")
    open_minutes(hands)
    hands.picture("minutes-approve")
    hands.say(f"{chair['name']} read all {hands.turn_all_pages()} pages")
    hands.fill("Your passphrase", chair["passphrase"])
    hands.key("Return")
    hands.wait(lambda: hands.look("Version 1 is approved") is not None, "the minutes approved")
    hands.picture("minutes-approved")
    hands.say(f"{chair['name']} approved version 1 of the minutes with her own passphrase")


def _circulate(hands: Hands, copies: Path) -> None:
    """A slip with their passphrase for everybody, the copies in a folder, then each is given."""
    go(hands, "Circulate the minutes", "circulate_minutes")
    hands.wait(lambda: _words(hands, "Save ") is not None, "who gets what")
    _look_at_copy(hands)
    slips = copies.with_name(SLIPS)
    hands.answer_file_dialog(slips)
    hands.key("S")
    hands.wait(slips.is_file, "the slips with the passphrases")
    hands.answer_file_dialog(copies)
    hands.key("Ctrl+Return")
    hands.wait(lambda: _words(hands, "Confirm the ") is not None, "the copies written")
    written = next(text for text in hands.texts() if text.endswith(" copies saved"))
    _wait_for_pages(hands)
    hands.picture("circulate-written")
    hands.say(f"{written}, most with a mail draft; everybody has a slip with their passphrase")
    with _other_pages(hands):
        hands.key("Down", "Down", "Down")  # to somebody whose own actions come first
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Confirmed as given") is not None, "the copies given")
    _wait_for_pages(hands)
    hands.picture("circulate-given")
    hands.say("each copy was confirmed as given")


def _look_at_copy(hands: Hands) -> None:
    """Of somebody who does not get everything: what is in it, and what is not."""
    hands.key("/")
    with _other_pages(hands):
        hands.write(SHARE)
        hands.key("Return", "Down")
        hands.wait(lambda: _words(hands, "Copy ") is not None, f"the copy of {SHARE}")
    hands.picture("circulate-copy")
    with _other_pages(hands):
        hands.key("/", "Ctrl+A", "Del", "Return", "Home")
    hands.picture("circulate")


def _wait_for_pages(hands: Hands) -> None:
    """No picture shows a copy that is still being prepared."""
    hands.wait(lambda: _words(hands, FIRST_PAGE) is not None, "the pages of a copy")


@contextmanager
def _other_pages(hands: Hands) -> Iterator[None]:
    """What is done meanwhile chooses another copy, of another number of pages: until these are seen."""
    _wait_for_pages(hands)
    before = _words(hands, FIRST_PAGE)
    yield
    hands.wait(lambda: _words(hands, FIRST_PAGE) not in (None, before), "the pages of the other copy")


def _words(hands: Hands, start: str) -> str | None:
    """What a button says that begins so."""
    return next((text for text in hands.texts() if text.startswith(start)), None)


def _december(hands: Hands) -> None:
    """The next meeting, as far as the minutes of the last one."""
    go(hands, "Next meeting", "prepare")
    hands.click("Plan this meeting")
    hands.wait(lambda: hands.look("Open sign-in") is not None, "December's agenda")
    hands.click("Open sign-in")
    hands.wait(lambda: hands.on_page("sign_in"), "the sign-in desk")
    for name in CAME:
        choose_person(hands, name)
        sign(hands, name, typed=True)
    hands.wait_until(time(14, 0))
    hands.click("Start the meeting")
    hands.wait(lambda: hands.on_page("live"), "December's meeting")
    hands.choose_entry(LAST_MINUTES)
    hands.wait(lambda: hands.window_headline() == LAST_MINUTES, "the minutes of the last meeting")
    hands.click_row(TO_AGREE, "26 Nov")
    hands.picture("agree")
    hands.key("A")
    hands.wait(lambda: any("Agreed" in row for row in hands.rows_of(TO_AGREE)), "the minutes agreed")
    hands.picture("agreed")
    hands.key("Ctrl+Return")
    hands.say("the minutes were agreed as a correct record in December")
    _close(hands)


def _close(hands: Hands) -> None:
    go(hands, "close the meeting", "closing")
    hands.key("E")
    hands.fill("Date of the next meeting", JANUARY)
    hands.key("Return")
    hands.fill("Reason for closing with items outstanding", CALLED_OFF)
    hands.picture("december-closing")
    hands.click("Close and draft")
    hands.wait(lambda: hands.on_page("minutes"), "December's minutes")
