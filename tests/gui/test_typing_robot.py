"""A robot types sentences at every place where single keys act, right after the key that opens an answer.

All of the sentence arrives in the answer, nothing else changes, and nobody is led elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.private_handover import Handed
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.cases.cases import CasesPage
from csp_desktop.gui.meeting.actions import ActionsPage
from csp_desktop.gui.meeting.prepare import PreparePage
from csp_desktop.gui.meeting.sign_in import SignInPage
from csp_desktop.gui.people.people import PeoplePage
from csp_desktop.gui.private.people import PrivatePeoplePage
from csp_desktop.gui.private.register import PrivateRegisterPage
from csp_desktop.gui.private.room import PrivateRoomPage
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.reviews import ReviewLine
from csp_desktop.services.private import agenda, room
from tests.gui.meeting.test_live import Table
from tests.gui.people.test_people import register
from tests.gui.private.test_session import EWA, SARA
from tests.gui.private.test_session import Table as PrivateTableOf
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import Shown, desk_of, private_desk_of
from tests.support.prepared_meeting import prepared_session
from tests.support.private_session import DAY, LEAD, member_named, private_session, row_of
from tests.support.sign_in_meeting import MEETING, sign_in_session

SENTENCES = (
    "ath closed by HCC, done and x 2 visits failed",
    "2 visits failed; no reply, kept in the yard",
    "i said: cmht with us, loud music / police called",
    "D N C X k p s w i h m l r t 1 2 3 4 5 6 7 8 9 0 - + = /",
)
LAPTOP = QSize(1366, 768)
Make = Callable[[QtBot], "Shown"]


@dataclass(frozen=True)
class Place:
    """A page as it stands, and the keys that open an answer there."""

    name: str
    make: Make
    keys: tuple[str, ...]


def _page(kind: type[Any], session: Callable[[], Any], argument: object = None) -> Make:
    def make(qtbot: QtBot) -> Shown:
        desk = desk_of(session())
        return Shown(qtbot, kind(desk), desk, argument, LAPTOP)

    return make


def _live(qtbot: QtBot) -> Shown:
    shown: Shown = Table(qtbot).shown
    return shown


def _private(*names: str, opened: bool = True) -> Make:
    def make(qtbot: QtBot) -> Shown:
        table = PrivateTableOf(qtbot, *names)
        lead = member_named(table.session, LEAD).id
        with table.work.step("earlier") as records:
            records.save(Action("a1", "earlier", 1, "Ask about the kennel", lead, DAY, DAY, case_id=table.kit.id))
        if opened:
            table.open()
        shown: Shown = table.shown
        return shown

    return make


def _private_room(qtbot: QtBot) -> Shown:
    session = private_session()
    meeting = agenda.plan(session, DAY, time(15, 45), time(16, 30))
    handed = [(SARA, "Hertfordshire Constabulary", AgencyKind.POLICE), (EWA, "CGL", AgencyKind.OTHER)]
    room.receive(session, meeting.id, [Handed(f"row {name}", name, agency, kind) for name, agency, kind in handed])
    desk = private_desk_of(session)
    return Shown(qtbot, PrivateRoomPage(desk), desk, meeting.id, LAPTOP)


ROUND, LIVE = _page(ActionsPage, partnership, NOVEMBER), _live
PERSON, GATE = _private(), _private(LEAD, SARA, EWA, opened=False)
PLACES = (
    Place("actions by officer: not done", ROUND, ("N",)),
    Place("actions by officer: no longer possible", ROUND, ("X",)),
    Place("actions by officer: carry on", ROUND, ("C",)),
    Place("actions by officer: power", ROUND, ("P",)),
    Place("between meetings: not done", _page(ActionsPage, partnership), ("N",)),
    Place("last time's actions: not done", LIVE, ("Ctrl+T", "N")),
    Place("last time's actions: no longer possible", LIVE, ("Ctrl+T", "X")),
    Place("last time's actions: carry on", LIVE, ("Ctrl+T", "C")),
    Place("the minute", LIVE, ("F2",)),
    Place("a new action", LIVE, ("F3",)),
    Place("refer: to whom", LIVE, ("Ctrl+5",)),
    Place("defer: why", LIVE, ("Ctrl+6",)),
    Place("who leaves", LIVE, ("Shift+F6",)),
    Place("find", LIVE, ("Ctrl+K",)),
    Place("a room title", _page(PreparePage, prepared_session), ("F2",)),
    Place("the sign-in desk", _page(SignInPage, sign_in_session, MEETING), ()),
    Place("sign-in: a name not listed", _page(SignInPage, sign_in_session, MEETING), ("write Zed Quill", "Return")),
    Place("cases: find", _page(CasesPage, partnership), ("/",)),
    Place("cases: a new case", _page(CasesPage, partnership), ("N",)),
    Place("find in people", _page(PeoplePage, register), ("Ctrl+F",)),
    Place("a new person", _page(PeoplePage, register), ("Ctrl+N",)),
    Place("people: details", _page(PeoplePage, register), ("Down", "Return")),
    Place("private register: details", _page(PrivateRegisterPage, private_session), ("Down", "Return")),
    Place("private: last time's actions", PERSON, ("Ctrl+T", "N")),
    Place("private: an offer declined", PERSON, ("Ctrl+O", "D")),
    Place("private: a new offer", PERSON, ("Ctrl+O", "Tab")),
    Place("private: the note", PERSON, ("F2",)),
    Place("private: a new action", PERSON, ("F3",)),
    Place("private: intensify, what happens now", PERSON, ("Ctrl+3",)),
    Place("private: off the list, why", PERSON, ("Ctrl+4",)),
    Place("private: defer, why", PERSON, ("Ctrl+6",)),
    Place("private: who steps out", PERSON, ("Shift+F6",)),
    Place("private: find", PERSON, ("Ctrl+K",)),
    Place("gate: why may they hear", GATE, ("W",)),
    Place("gate: who declares an interest", GATE, ("I",)),
    Place("private people: a new person", _page(PrivatePeoplePage, private_session), ("Ctrl+N",)),
    Place("private people: find", _page(PrivatePeoplePage, private_session), ("Ctrl+F",)),
    Place("private register: a new person", _page(PrivateRegisterPage, private_session), ("Ctrl+N",)),
    Place("private register: find", _page(PrivateRegisterPage, private_session), ("Ctrl+F",)),
)


def press(shown: Shown, chord: str) -> None:
    """One key, handed over at once, as the next one comes before anything that waits."""
    QTest.keySequence(QApplication.focusWidget() or shown.page, QKeySequence(chord))


def write(shown: Shown, sentence: str) -> None:
    """Each letter to whatever has the keyboard by then."""
    for character in sentence:
        QTest.keyClicks(QApplication.focusWidget() or shown.page, character)


def kept(shown: Shown) -> Any:
    """Every record of the file; what is being typed is none."""
    return {kind: dict(records) for kind, records in shown.desk.session.work.everything().items()}  # type: ignore[attr-defined]


def text_of(field: QWidget) -> str:
    assert isinstance(field, QLineEdit | QPlainTextEdit), f"the keyboard is at {field!r}"
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def started_with(field: QWidget) -> str:
    """What stands before the caret, once what is selected is typed over; all answers here are typed at the end."""
    if isinstance(field, QLineEdit) and field.hasSelectedText():
        return field.text()[: field.selectionStart()]
    return text_of(field)


def opened(shown: Shown, keys: tuple[str, ...]) -> QWidget:
    """The field that has the keyboard after these keys."""
    for chord in keys:
        if chord.startswith("write "):
            write(shown, chord.removeprefix("write "))
        else:
            press(shown, chord)
    field = QApplication.focusWidget()
    assert field is not None
    return field


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_sentence_typed_after_the_key_arrives_whole_and_changes_nothing_else(qtbot: QtBot, place: Place) -> None:
    shown = place.make(qtbot)
    field = opened(shown, place.keys)
    before = kept(shown)
    for sentence in SENTENCES:
        expected = started_with(field) + sentence
        write(shown, sentence)
        QApplication.processEvents()
        assert text_of(field) == expected
        assert QApplication.focusWidget() is field
        assert (kept(shown), shown.went) == (before, [])
        press(shown, "Ctrl+A")
        press(shown, "Del")


ROWS = {  # what single keys act on beside the answer, by its accessible name; the round table's by its kind
    "actions by officer: not done": "",
    "actions by officer: no longer possible": "",
    "actions by officer: carry on": "",
    "last time's actions: not done": "Agreed last time",
    "last time's actions: no longer possible": "Agreed last time",
    "last time's actions: carry on": "Agreed last time",
    "private: last time's actions": "Agreed last time",
    "private: an offer declined": "Offers and answers",
    "gate: why may they hear": "Must leave",
}


@pytest.mark.parametrize("place", [place for place in PLACES if place.name in ROWS], ids=lambda place: place.name)
def test_while_an_answer_is_being_given_letters_on_a_row_are_its_words(qtbot: QtBot, place: Place) -> None:
    shown = place.make(qtbot)
    field, before = opened(shown, place.keys), kept(shown)
    rows: list[QWidget] = [*shown.page.findChildren(ReviewLine if not ROWS[place.name] else EntryList)]
    row = next(one for one in rows if one.isVisible() and ROWS[place.name] in one.accessibleName())
    for sentence in SENTENCES:
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        expected = started_with(field) + sentence
        write(shown, sentence)
        assert text_of(field) == expected
        assert (kept(shown), shown.went) == (before, [])


def test_a_number_is_somebody_who_goes_again_once_the_heads_agree(qtbot: QtBot) -> None:
    shown = _private_room(qtbot)
    page: Any = shown.page
    room.decide(shown.desk.session, page._check.staying[0].id, stays=False)
    page.refresh()
    press(shown, "H")
    write(shown, str(sum(row.present for row in (*page._check.staying, *page._check.leaving))))
    press(shown, "Return")
    assert page._check.heads_agree and not page._ui.heads_field.hasFocus()
    first = page._check.leaving[0]
    press(shown, "1")
    after = next(row for row in page._check.leaving if row.id == first.id)
    assert after.present is not first.present


def test_a_sentence_typed_at_the_count_of_heads_counts_and_nothing_else(qtbot: QtBot) -> None:
    shown = _private_room(qtbot)
    press(shown, "H")
    before = kept(shown)
    write(shown, "s 12 visits, m l h")
    assert shown.page._ui.heads_field.cleanText() == "12"  # type: ignore[attr-defined]
    assert (kept(shown), shown.went) == (before, [])
    assert row_of(shown.desk.session, shown.page._meeting_id, SARA).present  # type: ignore[attr-defined]
