"""The private part of the rehearsal: the private program plays itself, told by the group's who is in the room; and a
second month, in which what was promised is asked, what was offered is answered, and the minutes hold both.

The two know of each other what they always do, by the pipe; the account and the pictures are read when it has ended.
It knows the window by what it says, as a person would: the door, the room check, person by person, the minutes.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeGuard

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget

from csp_desktop.app import PrivateEnvironment
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.gui.private.starting import PrivateStarting
from csp_desktop.gui.style.theme import LIGHT, Theme, private
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.pipe import own_pipe
from csp_desktop.gui.window.starting import LocalMemory
from csp_desktop.rehearsal.clock import EveningClock
from csp_desktop.rehearsal.hands import FIRST_PAGE, Hands, Stuck
from csp_desktop.rehearsal.play import go
from csp_desktop.sample.clock import private_clock
from csp_desktop.sample.partnership import require_private_sample, sample_users
from csp_desktop.saving import save

GO_BY_THEMSELVES = ("Claire Dunn", "Lewis Hart", "Seán Ó Briain", "Tom Ellis", "Nimmi Raghunathan-Pillai")
SHOW, ASKS, CALLED = "Show this person", ", please sign", "Should be called in"
NOTES = (  # of each person in turn: the digit of the outcome, the note, an action
    (
        "2",
        "Will see the nurse on Tuesday. The card with the number is still there.",
        "mh second number to the nurse tue",
    ),
    ("3", "Left A&E before treatment on the 20th. Comes in if the dog can come.", "rn kennel space at the house thu"),
    ("5", "The water has risen to the second lock. Would look at the flat by day.", "lr viewing by daylight mon"),
    ("2", "Sleeps in the safe room. The keys are still with the others.", "rn safe room until the locks change 3 dec"),
    ("6", "Nobody has seen him. It cannot be said more tonight.", "mh look in at the sheds sat"),
    ("5", "Writes that the lodgings sound all right.", "rc lodgings to be shown fri"),
)
REASONS = {
    "3": "Professionals' meeting on Friday, called by New Hope",
    "6": "Not found; taken first at the next session",
}
ANSWERS = (("D", ""), ("N", "No house with a place for a dog so far"), ("C", "3 dec"), ("D", ""))
INTERESTED, OVERRIDDEN = "PS Dan Holt", "Joy Okafor"
WHY = "Her team goes out with New Hope on Saturday and is asked to look for him"
TALK = 170  # seconds about one person
HIDDEN_AT, INTEREST_AT, OVERRIDE_AT = 3, 4, 4  # which person, from 0


@dataclass
class Room:
    """Who was asked to step out and is still outside the door."""

    outside: list[str] = field(default_factory=list)


def play_private(hands: Hands, lead: Mapping[str, str], pdf: Path, *, hides: bool = True) -> None:
    """From the list of the room to the saved minutes. `hides`: F12 is pressed on the way, which covers both windows."""
    _door(hands)
    _unlock(hands, lead)
    hands.wait(lambda: hands.on_page("private_room"), "the room check")
    _clear(hands)
    _sign(hands)
    _open(hands)
    room = Room()
    for number in range(len(NOTES)):
        _person(hands, room, number, lead if hides and number == HIDDEN_AT else None)
    hands.say(f"{len(NOTES)} people were talked about, each behind a gate of their own")
    _items(hands)
    _close(hands, pdf)
    _approve(hands, lead)
    _circulate(hands, pdf.parent / COPIES)


# the crossing


def _door(hands: Hands) -> None:
    hands.wait(lambda: hands.look("Everyone else", QAbstractItemView) is not None, "the list of the room")
    hands.picture("door")
    gone = 0
    for number, row in enumerate(hands.rows_of("Everyone else"), 1):
        if any(name in row for name in GO_BY_THEMSELVES):
            gone += 1
            if number <= 9:
                hands.key(str(number))
            else:
                hands.click_row("Everyone else", next(name for name in GO_BY_THEMSELVES if name in row))
    hands.picture("door-some-left")
    hands.say(f"{gone} people left by one key each before anyone had unlocked")
    hands.click("Unlock")


def _unlock(hands: Hands, lead: Mapping[str, str]) -> None:
    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
    if (name := hands.look("Name")) is not None and not hands.text_of(name):
        hands.fill("Name", lead["name"])
    hands.fill("Passphrase", lead["passphrase"])
    hands.key("Return")


def _clear(hands: Hands) -> None:
    """The newcomer is entered, and everyone who is nobody's worker goes."""
    hands.picture("room-check")
    while (asked := next((text for text in hands.texts() if text.startswith("Who is ")), None)) is not None:
        hands.click("Confirm who this is")
        hands.wait(lambda was=asked: hands.look(was) is None, "them to be in the register")  # type: ignore[misc]
        hands.say(f"{asked.removeprefix('Who is ').split(',')[0]} was entered in the register")
    rows = [row for row in hands.rows_of("Must leave") if "Left" not in row]
    for number, row in enumerate(hands.rows_of("Must leave"), 1):
        if row in rows:
            hands.key(str(number))
    hands.picture("room-cleared")
    hands.say(f"{len(rows)} more left, by New Hope's decision")


def _sign(hands: Hands) -> None:
    """Everyone who stays signs the private session's clause afresh."""
    hands.key("S")
    signed = 0
    while (asked := next((text for text in hands.texts() if text.endswith(ASKS)), None)) is not None:
        if signed == 0:
            hands.sign("Signature")
            hands.picture("room-sign")
        else:
            hands.click("Type my full name instead")
            hands.write(asked.removesuffix(ASKS))
        hands.pass_time(4)
        hands.key("Ctrl+Return")
        hands.wait(lambda was=asked: hands.look(was) is None, f"{asked.removesuffix(ASKS)} signed")  # type: ignore[misc]
        signed += 1
    hands.say(f"{signed} people signed the private session's clause")
    hands.fill("People counted", str(signed))
    hands.click("Number counted")
    hands.wait(lambda: (button := hands.look("Open the private meeting")) is not None and button.isEnabled(), "ready")
    hands.picture("room-ready")


def _open(hands: Hands) -> None:
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.on_page("private_live"), "the first gate")
    hands.say("the heads agreed, and the private session was opened")


# person by person


def _person(hands: Hands, room: Room, number: int, hides: Mapping[str, str] | None) -> None:
    """`hides`: who hides the windows in the middle of it."""
    if number == INTEREST_AT:
        _declare_interest(hands)
    _clear_for(hands, room, number)
    hands.picture(f"gate-{number + 1}-clear")
    hands.key("Return")
    hands.wait(lambda: hands.look("Current person") is not None, "the person")
    outcome, note, action = NOTES[number]
    hands.pass_time(TALK)
    hands.key("F2")
    hands.write(note)
    hands.wait(lambda: any(text.startswith("Saved ") for text in hands.texts()), "the note saved")
    if hides is not None:
        _hide_and_come_back(hands, hides)
    if number < len(ANSWERS):
        _answer(hands, *ANSWERS[number])
    hands.key("F3")
    hands.write(action)
    hands.key("Return")
    hands.key(f"Ctrl+{outcome}")
    if outcome in REASONS:
        hands.write(REASONS[outcome])
        hands.key("Tab")
    hands.picture(f"person-{number + 1}")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Accept and continue") is not None, "the read-back")
    if number == 1:
        hands.picture("person-read-back")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Current person") is None, "the next gate")


def _clear_for(hands: Hands, room: Room, number: int) -> None:
    """Who may not hear steps out; who belongs to this history and is outside comes in again."""
    _call_in(hands, room)
    if _first_of("Must leave", hands):
        hands.picture(f"gate-{number + 1}-covered")
    while row := _first_of("Must leave", hands):
        _let_hear_or_out(hands, room, row, let_hear=number == OVERRIDE_AT and OVERRIDDEN in row)
        hands.wait(lambda was=row: _first_of("Must leave", hands) != was, "the gate after it")  # type: ignore[misc]
    hands.wait(lambda: hands.look(SHOW) is not None, "the gate to open")


def _call_in(hands: Hands, room: Room) -> None:
    for name in list(room.outside):
        if hands.look(CALLED, QAbstractItemView) is None or not any(name in row for row in hands.rows_of(CALLED)):
            continue
        hands.click_row(CALLED, name)
        hands.wait(lambda: hands.look("Back to the access check") is None, f"{name} at the table again")
        room.outside.remove(name)


def _let_hear_or_out(hands: Hands, room: Room, row: str, *, let_hear: bool) -> None:
    if not let_hear:
        room.outside.append(row.split(",")[0])
        hands.key("S")
        return
    hands.key("W")
    hands.write(WHY)
    hands.picture("gate-override")
    hands.key("Return")
    hands.say(f"New Hope's lead let {OVERRIDDEN} hear one person, with a reason that is minuted")


def _first_of(name: str, hands: Hands) -> str:
    """Who stands first in a list; empty where there is none to see."""
    return hands.rows_of(name)[0] if hands.look(name, QAbstractItemView) is not None else ""


def _declare_interest(hands: Hands) -> None:
    hands.key("I")
    hands.wait(lambda: hands.look("Who declares an interest?", QLineEdit) is not None, "the question who")
    hands.write(INTERESTED)
    hands.key("Return")
    hands.wait(lambda: hands.look("Who declares an interest?", QLineEdit) is None, "it to be written down")
    hands.picture("gate-interest")
    hands.say(f"{INTERESTED} declared an interest and stepped out for one person")


def _answer(hands: Hands, letter: str, words: str) -> None:
    """The first action of last time."""
    hands.key("Ctrl+T")
    hands.key(letter)
    if words:
        hands.key("Ctrl+A")
        hands.write(words)
        hands.key("Return")
    hands.say(f"an action of the last private session answered: {letter}")


def _hide_and_come_back(hands: Hands, lead: Mapping[str, str]) -> None:
    """F12 in both windows; unlocked, it stands at the gate and not at the person."""
    hands.key("F12")
    hands.picture("hidden")
    _unlock(hands, lead)
    hands.wait(lambda: hands.on_page("private_live"), "the session again")
    hands.wait(lambda: hands.look(SHOW) is not None, "the gate")
    hands.picture("back-at-the-gate")
    hands.key("Return")
    hands.wait(lambda: hands.look("Current person") is not None, "the person again")
    hands.say("F12 hid both windows; unlocked, the session stood at the gate")


# the end


def _items(hands: Hands) -> None:
    """The last minutes, winter beds, the count, other business, the next date: each with Ctrl+Enter, once more where it
    is read back."""
    for note in ("", "Beds at the shelter are open for three nights; outreach goes out at ten.", "", "", ""):
        if hands.look("Current agenda item") is None:
            return
        if note:
            hands.key("F2")
            hands.write(note)
            hands.picture("winter")
        if hands.look("Minutes to agree") is not None:
            hands.picture("agree")
            hands.key("A")
            hands.picture("agreed")
            hands.say("the minutes of the last session were agreed")
        if hands.look("Agree this date") is not None:
            hands.click("Agree this date")
            hands.say("the day of the next private session was agreed")
        hands.pass_time(60)
        hands.key("Ctrl+Return")
        if hands.look("Accept and continue") is not None:
            hands.key("Ctrl+Return")


def _close(hands: Hands, pdf: Path) -> None:
    hands.key("Ctrl+Shift+W")
    hands.wait(lambda: hands.look("Close the session") is not None, "the end")
    hands.picture("close")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.on_page("private_minutes"), "the private minutes")
    hands.say("the private session was closed")
    _save_minutes(hands, pdf)


def _save_minutes(hands: Hands, pdf: Path) -> None:
    def button() -> str | None:
        """Which of the two there is, once the pages are drawn up."""
        seen = (hands.look(name) for name in ("Save this copy", "Save draft"))
        return next((widget.text().replace("&", "") for widget in seen if _may_be_pressed(widget)), None)

    hands.wait(lambda: button() is not None, "the pages drawn up")
    hands.picture("minutes")
    pdf.unlink(missing_ok=True)
    hands.answer_file_dialog(pdf)
    hands.click(str(button()))
    hands.wait(pdf.is_file, "the private minutes on disk")
    hands.say("the draft of the private minutes was saved")


def _approve(hands: Hands, lead: Mapping[str, str]) -> None:
    """New Hope's lead checks what they approve, with their own passphrase."""
    hands.say(f"New Hope's lead read all {hands.turn_all_pages()} pages")
    hands.fill("Your passphrase", lead["passphrase"])
    hands.key("Return")
    hands.wait(lambda: hands.look("Version 1 is approved") is not None, "the private minutes approved")
    hands.picture("minutes-approved")
    hands.say("New Hope's lead approved the private minutes")


def _circulate(hands: Hands, copies: Path) -> None:
    """A slip with their passphrase for everybody, the copies in a folder, then each is given."""
    copies.mkdir(exist_ok=True)
    for earlier in (copies.with_name(SLIPS), *copies.glob("*.pdf"), *copies.glob("*.eml")):
        earlier.unlink(missing_ok=True)
    go(hands, "Circulate the private minutes", "private_circulate")
    hands.wait(lambda: _words(hands, "Save ") is not None, "who gets what")
    hands.picture("circulate")
    _look_at_copy(hands)
    slips = copies.with_name(SLIPS)
    hands.answer_file_dialog(slips)
    hands.key("S")
    hands.wait(slips.is_file, "the slips with the passphrases")
    hands.answer_file_dialog(copies)
    hands.key("Ctrl+Return")
    hands.wait(lambda: _words(hands, "Confirm the ") is not None, "the copies written")
    written = next(text for text in hands.texts() if text.endswith(" copies saved"))
    hands.picture("circulate-written")
    hands.say(f"{written} of the private minutes, each with whom its reader may hear of")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Confirmed as given") is not None, "the copies given")
    hands.picture("circulate-given")
    hands.say("each copy of the private minutes was confirmed as given")


def _look_at_copy(hands: Hands) -> None:
    """Of somebody who may not hear of everybody: what is in it, and that there is more."""
    hands.key("/")
    hands.write(SHARE)
    hands.key("Return", "Down")
    hands.wait(lambda: any(SHARE in text for text in hands.texts() if text.startswith("Copy ")), "the chosen copy")
    hands.wait(lambda: _words(hands, FIRST_PAGE) is not None, f"the pages of {SHARE}'s copy")
    hands.picture("circulate-copy")
    hands.key("/", "Ctrl+A", "Del", "Return", "Home")
    hands.wait(lambda: hands.look("Record copy") is not None, "the record copy")


def _words(hands: Hands, start: str) -> str | None:
    """What a button or label says that begins so."""
    return next((text for text in hands.texts() if text.startswith(start)), None)


def _may_be_pressed(widget: QWidget | None) -> TypeGuard[QAbstractButton]:
    return isinstance(widget, QAbstractButton) and widget.isEnabled()


# the second month

DECEMBER, DAY_TYPED = (date(2026, 12, 17), time(16, 5)), "17/12/2026"
CAME_AGAIN = ("PC Sara Lyle", "Amira Shah")
SECOND_NOTE = "At the shelter four nights out of seven. Asks for something nearer to the town."
OFFER, DECLINED, OFFERS = "Room at the winter house from the 21st", "too far from the town", "Offers and answers"


def play_december(hands: Hands, lead: Mapping[str, str]) -> None:
    """From the planned day to the draft of the minutes."""
    _plan_december(hands)
    _clear_december(hands, lead["name"])
    _promised_and_offered(hands)
    _close_december(hands)


def _plan_december(hands: Hands) -> None:
    go(hands, "Sub-agenda", "private_agenda")
    hands.fill("Date", DAY_TYPED)
    hands.key("Tab")
    if hands.look("Plan this session") is not None:
        hands.key("Ctrl+Return")
    hands.wait(lambda: any(text.startswith("Sub-agenda for ") for text in hands.texts()), "December's sub-agenda")
    hands.picture("december-agenda")
    go(hands, "Home", "private_home")
    hands.click("Begin the session")
    hands.wait(lambda: hands.on_page("private_room"), "December's room check")
    hands.say("the second month: the private session was begun in its window on its own")


def _clear_december(hands: Hands, lead: str) -> None:
    """Everybody is written down by the first letters of their name, and signs."""
    for name in (lead, *CAME_AGAIN):
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
    hands.fill("People counted", str(len(CAME_AGAIN) + 1))
    hands.click("Number counted")
    hands.wait(lambda: (button := hands.look("Open the private meeting")) is not None and button.isEnabled(), "ready")
    hands.picture("december-room")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.on_page("private_live"), "December's first gate")


def _promised_and_offered(hands: Hands) -> None:
    """Whoever is first: last month's promise is kept, an offer made and answered."""
    if hands.look(SHOW) is None:
        raise Stuck("somebody may not stay for the first person of December")
    hands.key("Return")
    hands.wait(lambda: hands.look("Current person") is not None, "the person")
    hands.picture("december-person")
    hands.pass_time(TALK)
    hands.key("F2")
    hands.write(SECOND_NOTE)
    hands.wait(lambda: any(text.startswith("Saved ") for text in hands.texts()), "the note saved")
    hands.key("Ctrl+T", "D")
    hands.say("in December last month's promise was asked about and answered: done")
    _offer_anew(hands)
    hands.key("Ctrl+2")
    hands.picture("december-offers")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Accept and continue") is not None, "the read-back")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Current person") is None, "the next gate")


def _offer_anew(hands: Hands) -> None:
    """What was offered last month is declined, in their own words; another offer is made, and they think about it."""
    hands.key("Ctrl+O")
    hands.key("D")
    hands.write(DECLINED)
    hands.key("Return")
    hands.wait(lambda: any("Declined" in row and DECLINED in row for row in hands.rows_of(OFFERS)), "the answer")
    hands.click("New offer")
    hands.write(OFFER)
    hands.key("Return")
    hands.wait(lambda: any(OFFER in row for row in hands.rows_of(OFFERS)), "the offer")
    hands.click_row(OFFERS, OFFER)
    hands.key("I")
    hands.wait(lambda: any(OFFER in row and "Thinking" in row for row in hands.rows_of(OFFERS)), "its answer")
    hands.say("one offer was declined, another made: both with their answers")


def _close_december(hands: Hands) -> None:
    hands.key("Ctrl+Shift+W")
    hands.wait(lambda: hands.look("Close the session") is not None, "December's end")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.on_page("private_minutes"), "December's minutes")
    hands.wait(lambda: hands.look("Save draft") is not None, "the pages drawn up")
    hands.key("Ctrl+PgDown")
    hands.wait(lambda: any(text.startswith("Page 2 of ") for text in hands.texts()), "the page of the person")
    hands.picture("december-minutes")
    hands.say("December's minutes hold what was offered and the answer")


STOPPED = "stopped"  # how the last line of the account begins when the play did not end
ACCOUNT, MINUTES = "account.txt", "private-minutes-2026-11-26.pdf"
SHARE = "Joy Okafor"  # may hear of some of the people
SLIPS = "passphrase-slips.pdf"
COPIES = "private-copies"  # the folder of what goes to the list
SIZE = (1600, 900)


class PrivateEveningEnvironment(PrivateEnvironment):
    """The real private file under the evening's clock."""

    def __init__(self, clock: EveningClock) -> None:
        self._clock = clock

    def computer_clock(self) -> datetime:
        """The evening's own, from the first screen on."""
        return self._clock()

    def steady_clock(self) -> float:
        """In step with it."""
        return self._clock().timestamp()

    def clock(self, folder: Path) -> Clock:
        """The same for any folder."""
        return self._clock


def rehearse_private(folder: Path, out: Path) -> int:
    """Play the private meeting on the sample in `folder`, never on anything else; pictures, minutes and what was done
    go to `out`. 0 when it came to its end."""
    require_private_sample(folder).close()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="private-rehearsal-", ignore_cleanup_errors=True) as work:
        return _play(folder, out, Path(work) / "memory.ini")


def _play(folder: Path, out: Path, memory: Path) -> int:
    clock = EveningClock(private_clock())
    app = make_application(["csp-desktop"], Theme(private(LIGHT)))
    app.setQuitOnLastWindowClosed(False)
    pipe = own_pipe()
    kept = LocalMemory(QSettings(str(memory), QSettings.Format.IniFormat))
    window = _window(PrivateStarting(PrivateEveningEnvironment(clock), kept, folder, pipe))
    pipe.start()
    hands = Hands(window, out, clock.pass_time, clock.wait_until, clock.go_to_day)
    lead = next(user for user in sample_users() if user["role"] == "new-hope-lead")
    try:
        play_private(hands, lead, out / MINUTES)
        _put_away(hands)
        clock.go_to_day(*DECEMBER)
        hands.window = _window(PrivateStarting(PrivateEveningEnvironment(clock), kept, folder, None))
        _unlock(hands, lead)
        hands.wait(lambda: hands.on_page("private_home"), "the private window in December")
        play_december(hands, lead)
    except Stuck as stuck:
        hands.say(f"{STOPPED}: {stuck}")
        return 1
    finally:
        save(out / ACCOUNT, "".join(f"{line}\n" for line in hands.log).encode())
        _put_away(hands)
    pipe.end()
    return 0


def _window(starting: PrivateStarting) -> QWidget:
    window = starting.program.window
    window.resize(*SIZE)
    window.show()
    return window


def _put_away(hands: Hands) -> None:
    hands.window.close()
    hands.window.deleteLater()
    hands.settle()
