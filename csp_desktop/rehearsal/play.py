"""The sample evening by key and mouse, from unlocking to the saved minutes: apart, for it may look into no file.

It knows the windows by what they say. The group's side of the private meeting is played too: begun by key, nothing to
see meanwhile, back to the minutes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit

from csp_desktop.rehearsal.hands import Hands

LEAVER = "Becky Shore"
MONITORED = ("Tolpits Lane: cuckooing", "Cardiff Road: harassment", "Lower High Street: young person")
NEXT_MONTH = "3 dec"
TALK = (110, 150, 95, 125, 100, 140)  # seconds of talk before a case is minuted, in turn
ITEM = 75  # of talk at any other item
EARLY = "Quiet since October; the group does not meet again before the month is over on Sunday"
PAD = "Signature"
ASSESSED, TASK = "1" * 20, "dh speak to those named in the reports fri"
LATE, AWAY, UNSIGNED = "Tom Ellis", "Owen Pryce", "Lewis Hart"
VISITOR = "Dr Priya Raman"
READS = 16  # seconds for the clause, for someone who knows it


@dataclass(frozen=True)
class Turn:
    """What happens at one case."""

    outcome: str  # its number, pressed with Ctrl
    note: str
    actions: tuple[str, ...] = ()


TURNS = (
    Turn("2", "Phone was handed in. School attendance is back to four days.", ("bs meet mother at school mon",)),
    Turn(
        "3",
        "Neighbour heard the same threats again on 23 November. Risk is not coming down.",
        ("lr serve the warning fri week", "as noise recorder for four more weeks 4 dec"),
    ),
    Turn("2", "Lamps are repaired. One report since, at dusk.", ("sl patrol at dusk thu",)),
    Turn(
        "5",
        "Needs a lead from youth justice before anything else is tried.",
        ("rc open an enquiry with youth justice 2 dec",),
    ),
    Turn("2", "Photograph of the bicycles was circulated. Two were found.", ("dh interview the seller wed",)),
    Turn("6", "Nobody here can speak to this case today."),
    Turn("2", "Marking day at the station drew forty people.", ("nk second marking day 8 dec",)),
    Turn("1", "No call for three weeks. The treatment place was taken up.", ("el weekly report to the group",)),
    Turn("2", "Offer of support accepted. First week went well.", ("jo home visit fri",)),
    Turn("1", "Family sleeps at home again. Both sides kept to the agreement.", ("ar check in a month 17 dec",)),
    Turn("2", "Nothing new since October. The lead officer keeps contact."),
)
ANSWERS = (
    ("D", ""),
    ("N", "Waiting for the camera supplier"),
    ("C", NEXT_MONTH),
    ("X", "The tenant moved out on 20 November"),
)
WORST = 5


def play_walk(hands: Hands, unlock: Callable[[], None]) -> None:
    """From the first item to the last, as a minute-taker would."""
    hands.click("Start the meeting")
    _wait_for_saved_place(hands)
    _item(hands, "Apologies as listed.")
    _late_arrival(hands)
    _item(hands, "Nobody declares an interest in a case of today.")
    _item(hands, "")  # the minutes of October wait for the chair: so the paper says
    _matters_arising(hands)
    _cases(hands, unlock)
    _monitored_case(hands)
    _rest(hands)


def _wait_for_saved_place(hands: Hands) -> None:
    hands.wait(lambda: hands.look("Agenda and cases") is not None, "the meeting")


def _note(hands: Hands, text: str) -> None:
    """F2, the minute, and wait until it is on disk."""
    hands.key("F2")
    hands.write(text)
    hands.wait(lambda: any(t.startswith("Saved ") for t in hands.texts()), "Saved with its time")


def _reading_back(hands: Hands) -> bool:
    return hands.look("Accept and continue") is not None


def _item(hands: Hands, note: str) -> None:
    """One agenda item: its note, then done."""
    hands.pass_time(ITEM)
    if note:
        _note(hands, note)
    hands.key("Ctrl+Return")
    if _reading_back(hands):
        hands.key("Ctrl+Return")


def _late_arrival(hands: Hands) -> None:
    """F6: the room screen goes blank until the late one has signed."""
    for name in (LATE, UNSIGNED):
        hands.key("F6")
        hands.wait(lambda: hands.look("Find your name") is not None, "the sign-in desk")
        hands.click("Find your name")
        hands.write(name)
        hands.key("Return")
        hands.wait(lambda: hands.look(PAD) is not None, f"{name} at the desk")
        hands.sign(PAD)
        hands.key("Ctrl+Return")
        hands.settle()
        if hands.look("Agenda and cases") is None:
            hands.key("Esc")
        _wait_for_saved_place(hands)
    hands.say(f"{LATE} came late and signed; {UNSIGNED} signed after all")


def _matters_arising(hands: Hands) -> None:
    """Last time's actions answered in their item: done, not done, carried on, no longer possible."""
    hands.picture("matters-arising")
    _item(hands, "Actions of last time are taken with their cases.")


def _cases(hands: Hands, unlock: Callable[[], None]) -> None:
    answers = list(ANSWERS)
    for number, turn in enumerate(TURNS):
        if number == 2:
            _reorder_and_undo(hands)
        if number == 4:
            _room_screen(hands)
        if number == WORST:
            _hide_and_come_back(hands, unlock)
        _case(hands, turn, answers, talk=TALK[number % len(TALK)], picture=number == 1)
    hands.say(f"{len(TURNS)} cases walked, each read back before the next")


def _case(
    hands: Hands, turn: Turn, answers: list[tuple[str, str]], *, talk: float = 100, picture: bool = False
) -> None:
    """One case: talk, minute, last time's actions, new ones, outcome, read-back, accept."""
    hands.pass_time(talk)
    _note(hands, turn.note)
    if answers and _answer(hands, *answers[0]):
        answers.pop(0)
    for line in turn.actions:
        _action(hands, line)
    if picture:
        hands.key("F3")
        hands.write("rn detox place, visit with CGL fri")
        hands.picture("live-case-walk")
        hands.key("Ctrl+A", "Del")
    hands.key(f"Ctrl+{turn.outcome}")
    _say_what_is_asked(hands, turn)
    hands.key("Ctrl+Return")
    _fill_missing(hands)
    hands.wait(lambda: _reading_back(hands), "the read-back")
    if picture:
        hands.picture("read-back")
    hands.key("Ctrl+Return")
    hands.wait(lambda: not _reading_back(hands), "the next case")


def _say_what_is_asked(hands: Hands, turn: Turn) -> None:
    """What the outcome asks for, in its own field."""
    if turn.outcome == "6":
        _fill(hands, "Why", "The lead officer is away; nobody else knows the case")
    elif turn.outcome == "4":
        hands.picture("closed-early")
        _fill(hands, "Why", EARLY)
    elif turn.outcome in ("3", "5"):
        _fill(hands, "Refer to", "Hertfordshire County Council")
        hands.click("Intervention planned" if turn.outcome == "3" else "None planned")


def _fill(hands: Hands, name: str, words: str) -> None:
    hands.click(name, QLineEdit)
    hands.write(words)
    hands.key("Tab")


def _fill_missing(hands: Hands) -> None:
    """A risk that went up names who it goes to, whatever the outcome."""
    line = None if _reading_back(hands) else hands.look("Refer to", QLineEdit)
    if isinstance(line, QLineEdit) and not line.text():
        _fill(hands, "Refer to", "Hertfordshire Constabulary")
        hands.click("Intervention planned")
        hands.key("Ctrl+Return")


def _answer(hands: Hands, letter: str, words: str) -> bool:
    """An action of last time, by its letter; what needs words gets them. False where nothing waits for an answer."""
    hands.key("Ctrl+T")
    if not any("Open" in row or "overdue" in row for row in hands.rows_of("Agreed last time")):
        return False
    hands.key(letter)
    if words:
        hands.key("Ctrl+A")
        hands.write(words)
        hands.key("Return")
    hands.say(f"an action of last time answered: {letter}")
    return True


def _action(hands: Hands, line: str) -> None:
    """F3, one line, Enter."""
    hands.key("F3")
    hands.write(line)
    hands.key("Return")
    hands.say(f"action: {line}")


def _reorder_and_undo(hands: Hands) -> None:
    """A case moves down one place and back by undo."""
    hands.key("Alt+Down")
    hands.key("Ctrl+Z")
    hands.key("Alt+Down")
    hands.say("a case moved down in the walk, undone, and moved again")


def _room_screen(hands: Hands) -> None:
    """F5 shows it, Shift+F5 blanks it and brings it back."""
    hands.key("F5")
    hands.picture("with-room-mirror")
    hands.key("Shift+F5", "Shift+F5")
    hands.say("the room screen was shown, blanked and shown again")


def _hide_and_come_back(hands: Hands, unlock: Callable[[], None]) -> None:
    """F12 in the middle of a word; the passphrase brings back the same case and the same caret."""
    hands.key("F2")
    hands.write("The deputy")
    before = hands.window_headline()
    hands.key("F12")
    hands.picture("hidden")
    unlock()
    _wait_for_saved_place(hands)
    hands.wait(lambda: hands.window_headline() == before, "the same case as before F12")
    hands.wait(lambda: hands.typed_text().endswith("The deputy"), "the words typed before F12")
    hands.write(" of the team was asked. ")
    hands.say("F12 hid everything; unlocked, back to the same case and caret")


def _monitored_case(hands: Hands) -> None:
    """One that was monitored nearly for its month is closed, with the reason why now."""
    for title in MONITORED:
        if hands.choose_entry(title):
            break
    _case(hands, Turn("4", "Monitored since October without a new report. Nothing further needed."), [])
    hands.say("a monitored case was closed")


def _rest(hands: Hands) -> None:
    """The other items, a leaver on the way, and the next date."""
    for title, note in (
        ("Emerging issues by area of work", "Nitrous oxide canisters again at the underpass; wardens log the times."),
        ("ASB case reviews", "No application is open."),
        ("The group’s own performance", "Most actions were done in time; the late ones were asked about."),
        ("Answers from the boards", "One Watford agreed to pay for the lamps."),
        ("Information for members", "The winter plan is on the council’s site."),
        ("Other business", "Out-of-hours numbers were checked round the table."),
    ):
        hands.choose_entry(title)
        _item(hands, note)
    _leaver(hands)


def _leaver(hands: Hands) -> None:
    """Shift+F6: picked in place, without leaving the agenda."""
    hands.key("Shift+F6")
    hands.wait(lambda: hands.look("Who leaves?", QLineEdit) is not None, "the list of those in the room")
    hands.write(LEAVER)
    hands.key("Return")
    hands.wait(lambda: hands.look("Who leaves?", QLineEdit) is None, "the list to close")
    hands.say(f"{LEAVER} left before the end")


BEGINS_PRIVATE, ENDS = time(15, 40), time(16, 30)
WAKING = 2  # minutes between two looks of somebody at the screen
PATIENCE_MS = 900_000  # for the whole of the other window's play, two months of it
RUNS, ENDED, BROKE = (
    "The private meeting is in progress",
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
    noted = next((text for text in hands.texts() if "before the private meeting" in text), "")
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
    for minutes in range(13 * 60 + 50, at.hour * 60 + at.minute + 1, WAKING):
        hands.wait_until(time(minutes // 60, minutes % 60))
        hands.key("Tab")


NOT_ALL = "The officers of four agencies are called to an incident; the cases left are taken first in December"
DOORS_OPEN, BEGINS = time(13, 45), time(14, 0)


def play_evening(hands: Hands, data: Mapping[str, Any], papers: Path, pdf: Path) -> None:
    """Everything the sample's script asks for, in its order."""
    taker = next(u for u in data["users"] if u["role"] == "minute-taker")

    def unlock() -> None:
        unlock_as(hands, taker)

    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
    hands.picture("unlock")
    unlock()
    hands.wait(lambda: hands.on_page("home"), "home after unlocking")
    hands.picture("home")
    hands.say("unlocked as the minute-taker")
    _import(hands, papers)
    _assess(hands)
    _prepare(hands)
    hands.wait_until(DOORS_OPEN)
    play_sign_in(hands, data["members"])
    hands.wait_until(BEGINS)
    play_walk(hands, unlock)
    _round_the_table(hands)
    _close(hands)
    play_beside(hands, unlock)
    _save_minutes(hands, pdf)


NOT_ME = "Not you?"


def unlock_as(hands: Hands, user: Mapping[str, str]) -> None:
    """Name and passphrase; somebody else may have been here last."""
    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
    if hands.look(NOT_ME) is not None and user["name"] not in hands.texts():
        hands.click(NOT_ME)
    if (name := hands.look("Name")) is not None and not hands.text_of(name):
        hands.fill("Name", user["name"])
    hands.fill("Passphrase", user["passphrase"])
    hands.key("Return")


def go(hands: Hands, command: str, page: str) -> None:
    """Ctrl+K and the name of a place."""
    hands.key("Ctrl+K")
    hands.write(command)
    hands.key("Return")
    hands.wait(lambda: hands.on_page(page), f"the page {command}")


def _import(hands: Hands, papers: Path) -> None:
    go(hands, "Import", "import_cases")
    hands.answer_file_dialog(papers)
    hands.click("Choose a file")
    hands.wait(lambda: (button := hands.look("Import 3 cases")) is not None and button.isEnabled(), "the preview")
    hands.picture("import-preview")
    hands.click(next(text for text in hands.texts() if text.startswith("Columns  ")))
    hands.picture("import-columns")
    hands.key("F8", "3")  # the export holds a part of the cases
    hands.wait(lambda: "1 of 1 answered" in hands.texts(), "the answer about the cases that are not in it")
    hands.wait(lambda: (button := hands.look("Import 3 cases")) is not None and button.isEnabled(), "the answer taken")
    hands.say("its columns looked through, and the cases that are not in it said to be left out of this export")
    hands.click("Import 3 cases")
    hands.wait(lambda: any(text.startswith("Imported: ") for text in hands.texts()), "the import done")
    hands.say(f"{papers.name} imported after its preview")
    go(hands, "Cases", "cases")
    hands.picture("cases")


def _assess(hands: Hands) -> None:
    """A case assessed before the meeting, each factor by its key, and a task agreed for the last of them."""
    go(hands, "Cases", "cases")
    hands.key("Down", "Return")
    hands.wait(lambda: hands.on_page("case"), "a case")
    hands.key("A")
    hands.wait(lambda: hands.on_page("risk_assessment"), "the risk matrix")
    hands.write(ASSESSED)
    hands.wait(lambda: not any(text.endswith(" not answered") for text in hands.texts()), "every factor answered")
    hands.key("T")
    hands.write(TASK)
    hands.picture("risk-matrix-case")
    hands.key("Return")
    hands.wait(lambda: any(text.startswith("Task agreed for ") for text in hands.texts()), "the task agreed")
    hands.key("Esc", "Ctrl+Return")
    hands.wait(lambda: hands.on_page("case"), "back at the case")
    hands.say("a case was assessed with the risk matrix, and a task agreed for one of its factors")


def _prepare(hands: Hands) -> None:
    go(hands, "Prepare", "prepare")
    hands.click("Confirm all")
    hands.picture("prepare")
    hands.say("the room titles were read through and confirmed")
    hands.click("Open sign-in")
    hands.wait(lambda: hands.on_page("sign_in"), "the sign-in desk")


def _round_the_table(hands: Hands) -> None:
    hands.key("Ctrl+K")
    hands.write("actions by officer")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("actions"), "actions by officer")
    hands.picture("actions")
    hands.key("Esc")
    hands.wait(lambda: hands.on_page("live"), "back at the meeting")


def _close(hands: Hands) -> None:
    hands.key("Ctrl+K")
    hands.write("close the meeting")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("closing"), "the closing checks")
    hands.picture("closing")
    hands.key("U", "E")
    hands.fill("Date of the next meeting", "17 dec")
    hands.key("Return")
    if hands.look("Reason for closing with items outstanding") is not None:
        hands.fill("Reason for closing with items outstanding", NOT_ALL)
    hands.click("Close and draft")
    hands.wait(lambda: hands.on_page("minutes"), "the minutes")
    hands.say("the meeting was closed after its checks")


def _save_minutes(hands: Hands, pdf: Path) -> None:
    hands.wait(lambda: (button := hands.look("Save PDF")) is not None and button.isEnabled(), "the pages drawn up")
    hands.picture("minutes")
    hands.answer_file_dialog(pdf)
    hands.click("Save PDF")
    hands.wait(pdf.is_file, "the PDF on disk")
    hands.say("the draft minutes were saved as a PDF")


def play_sign_in(hands: Hands, people: Sequence[Mapping[str, Any]]) -> None:
    """The sign-in desk: a queue of people, some draw, some type, one hears the clause, one sends apologies.

    Everyone who comes on time signs; one is here and does not, so the meeting starts by an override.
    """
    expected = [p["name"] for p in people if "standing" not in p]  # an occasional guest comes as a visitor, or not
    queue = [name for name in expected if name not in (LATE, AWAY, UNSIGNED)]
    for number, name in enumerate(queue):
        choose_person(hands, name)
        if hands.look("I have read it out") is not None:
            hands.click("I have read it out")
        if number == 1:
            hands.picture("sign-in")
        sign(hands, name, typed=number % 6 == 5)
    hands.say(f"{len(queue)} people signed, most by drawing, some by typing their name")
    _visitor(hands)
    _apology(hands)
    _override(hands)


def choose_person(hands: Hands, name: str) -> None:
    hands.click("Find your name")
    hands.write(name)
    hands.key("Return")
    hands.wait(
        lambda: hands.look(PAD) is not None or hands.look("I have read it out") is not None, f"{name} at the desk"
    )


def sign(hands: Hands, name: str, *, typed: bool) -> None:
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
    choose_person(hands, VISITOR)
    hands.picture("sign-in-visitor")
    hands.click("I have read it out")
    hands.picture("sign-in-visitor-read")
    sign(hands, VISITOR, typed=False)
    hands.say(f"{VISITOR} heard the clause and signed")


def _apology(hands: Hands) -> None:
    _choose_expected(hands, AWAY)
    hands.click("Sent apologies")
    choice = hands.look("Apologies from", QComboBox)
    if isinstance(choice, QComboBox) and not choice.currentText().startswith(AWAY):
        hands.click("Apologies from")
        hands.write(AWAY[:4])
        hands.key("Return")
    hands.click("Information about cases received on")
    hands.click("Record apologies")
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
    hands.click("Present, not signing")
    hands.wait(lambda: hands.look("Reason for continuing without a signature") is not None, "the reason is asked for")
    hands.click("Reason for continuing without a signature")
    hands.write("Is on the phone to a tenant in distress; signs before the first case")
    hands.picture("override")
    hands.click("Continue without it")
    hands.say(f"the meeting went on without the signature of {UNSIGNED}, with a reason")
