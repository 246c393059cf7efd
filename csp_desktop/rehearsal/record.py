"""What becomes of the minutes, apart, for it goes on for weeks after the evening: checked the next morning, approved by
the chair with her own passphrase, and agreed by the group in December.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.play import choose_person, go, sign, unlock_as

MORNING = (date(2026, 11, 27), time(9, 40))
AFTERNOON = (date(2026, 11, 27), time(15, 10))
DECEMBER = (date(2026, 12, 17), time(13, 55))
CAME = ("Hannah Price", "Marcus Bell", "PS Dan Holt", "Grace Tan", "Mina Halloran")
LAST_MINUTES, TO_AGREE = "Minutes of the last meeting", "Minutes to agree"
CALLED_OFF = "The heating failed; the group agreed the minutes and meets for the cases in January"
JANUARY = "14 jan"


def play_record(hands: Hands, data: Mapping[str, Any]) -> None:
    """From the draft on the screen to the next meeting, by two people on one laptop."""
    users = {user["role"]: user for user in data["users"]}
    come_back(hands, users["minute-taker"], MORNING)
    _check(hands)
    come_back(hands, users["chair"], AFTERNOON)
    _approve(hands, users["chair"])
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
    hands.fill("Your passphrase", chair["passphrase"])
    hands.key("Return")
    hands.wait(lambda: hands.look("Version 1 is approved") is not None, "the minutes approved")
    hands.picture("minutes-approved")
    hands.say(f"{chair['name']} approved version 1 of the minutes with her own passphrase")


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
    hands.fill("Day of the next meeting", JANUARY)
    hands.fill("Why the meeting closes with checks open", CALLED_OFF)
    hands.picture("december-closing")
    hands.click("Close the meeting")
    hands.wait(lambda: hands.on_page("minutes"), "December's minutes")
