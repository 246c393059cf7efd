"""Ctrl+Z on every page that undoes, in both windows: the same words in the same colour, and the focus stays."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.private.minutes import print_private_minutes
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.registry import GROUP
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.private import people
from tests.support.fakes import NO_PAPERS
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.private_minutes import held
from tests.support.private_session import LEAD, begun, crossed_over, private_session
from tests.support.sign_in_meeting import MEETING, sign_in_session

CTRL = Qt.KeyboardModifier.ControlModifier
DONE = "another short name of an agency"
PAPERS = replace(
    NO_PAPERS,
    print_minutes=print_minutes,
    print_private_minutes=print_private_minutes,
    read_people=NO_PAPERS.read_members,
)
Opened = tuple[Any, object]  # a session, and what the page is entered with


def group(argument: object = None) -> Opened:
    return partnership(papers=PAPERS), argument


def closed() -> Opened:
    session, _ = group()
    close_meeting(session, NOVEMBER, next_on=None, reason="time")
    return session, NOVEMBER


def private() -> Opened:
    return replace(private_session(), papers=PAPERS), None


def with_person() -> Opened:
    session, _ = private()
    return session, people.people(session)[0].person.id


def at_the_door() -> Opened:
    session, _ = private()
    return session, crossed_over(session, LEAD, "PC Sara Lyle")


def in_session() -> Opened:
    session, _ = private()
    return session, begun(session, LEAD, "PC Sara Lyle").meeting_id


def private_closed() -> Opened:
    session, _ = private()
    return session, held(session)


GROUP_PAGES: dict[str, Callable[[], Opened]] = {
    "prepare": group,
    "sign_in": lambda: (sign_in_session(), MEETING),
    "live": lambda: group(NOVEMBER),
    "room_changes": group,
    "closing": lambda: group(NOVEMBER),
    "cases": group,
    "case": lambda: group("case-1"),
    "risk_assessment": lambda: group("case-1"),
    "case_referrals": lambda: group("case-1"),
    "partner_referrals": group,
    "repeat_victims": lambda: group("case-1"),
    "management_plan": lambda: group("case-1"),
    "professionals_calls": lambda: group("case-1"),
    "import_actions": group,
    "import_cases": group,
    "actions": lambda: group(NOVEMBER),
    "minutes": closed,
    "circulate_minutes": closed,
    "issues": group,
    "year_dates": group,
    "officer_updates": group,
    "meeting_papers": group,
    "people": group,
    "owned_things": lambda: group("dan"),
    "retention": group,
    "settings": group,
}
PRIVATE_PAGES: dict[str, Callable[[], Opened]] = {
    "private_home": private,
    "private_people": private,
    "private_person": with_person,
    "private_risk": with_person,
    "private_agenda": private,
    "private_updates": private,
    "private_room": at_the_door,
    "private_live": in_session,
    "private_minutes": private_closed,
    "private_circulate": private_closed,
    "private_register": private,
    "import_rough_sleepers": private,
    "retention": private,
    "private_settings": private,
}
EVERY = [(GROUP, stem, make) for stem, make in GROUP_PAGES.items()]
EVERY += [(PRIVATE, stem, make) for stem, make in PRIVATE_PAGES.items()]
NAMED = [f"{'private' if kind.private else 'group'}-{stem}" for kind, stem, _ in EVERY]


class Shown:
    """A page in its window, where another agency was renamed last."""

    def __init__(self, qtbot: Any, kind: Any, stem: str, opened: Opened) -> None:
        make_application(["test"])
        self.session, argument = opened
        with self.session.work.reading() as records:
            self.agency = records.find(Agency)[0]
        self.tasks, self.told = Tasks(), list[set[str]]()
        changes = Changes()
        changes.changed.connect(self.told.append)
        desk = PrivatePageContext(self.session, changes, self.tasks, kind=kind, table=PrivateTable())
        self.page = kind.page(stem).load()(desk)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page(stem, self.page)
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.show_page(stem, argument)
        qtbot.waitUntil(lambda: not self.tasks.busy())
        with self.session.work.step(DONE) as records:
            records.save(replace(self.agency, short_name="Suggest another"))
        self.told.clear()

    def press(self) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Z, CTRL)

    @property
    def short_name(self) -> str:
        with self.session.work.reading() as records:
            name: str = records.get(Agency, self.agency.id).short_name
        return name

    @property
    def bar(self) -> InlineBar:
        found = self.page.findChild(InlineBar)
        assert isinstance(found, InlineBar)
        return found

    def place(self) -> tuple[str, str, str]:
        """What has the focus: a row that is made anew is the same place."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return type(focus).__name__, focus.objectName(), focus.accessibleName()

    def said(self) -> tuple[str, str]:
        """The sentence and its colour."""
        assert self.bar.isVisible()
        return self.bar.text(), str(self.bar.property("role"))


@pytest.mark.parametrize(("kind", "stem", "make"), EVERY, ids=NAMED)
def test_a_step_is_undone_in_the_same_words_and_colour_and_the_focus_stays(qtbot, kind, stem, make):
    shown = Shown(qtbot, kind, stem, make())
    place = shown.place()
    shown.press()
    assert shown.short_name == shown.agency.short_name
    at_the_gate = stem == "private_live"
    assert shown.said() == ("Undone." if at_the_gate else f"Undone: {DONE}.", "bar-neutral")
    assert shown.place() == place
    assert {"cases", "actions", "meeting", "attendance", "people", "settings"} <= set().union(*shown.told)


@pytest.mark.parametrize(("kind", "stem", "make"), EVERY, ids=NAMED)
def test_the_button_in_the_bar_undoes_and_a_click_on_it_leaves_the_focus(qtbot, kind, stem, make):
    shown = Shown(qtbot, kind, stem, make())
    place = shown.place()
    shown.bar.say("Done")
    button = shown.bar.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.short_name == shown.agency.short_name
    assert shown.said()[1] == "bar-neutral"
    assert shown.place() == place


@pytest.mark.parametrize(("kind", "stem", "make"), EVERY, ids=NAMED)
def test_without_a_step_there_is_nothing_to_undo(qtbot, kind, stem, make):
    shown = Shown(qtbot, kind, stem, make())
    with shown.session.work.step("what stays", undoable=False, of_held=True) as records:
        records.save(replace(shown.agency, short_name="This stays"))
    shown.press()
    assert shown.said() == ("There is nothing to undo.", "bar-neutral")
    assert shown.short_name == "This stays"


@pytest.mark.parametrize(("kind", "stem", "make"), EVERY, ids=NAMED)
def test_what_cannot_be_undone_says_why(qtbot, kind, stem, make):
    shown = Shown(qtbot, kind, stem, make())
    shown.session.work.change_since(replace(shown.agency, short_name="Changed since"))
    place = shown.place()
    shown.press()
    named = "The last step" if stem == "private_live" else f"“{DONE}”"
    assert shown.said() == (f"{named} cannot be undone: something in it was changed since.", "bar-high")
    assert shown.short_name == "Changed since"
    assert shown.place() == place


@pytest.mark.parametrize(("kind", "pages"), [(GROUP, GROUP_PAGES), (PRIVATE, PRIVATE_PAGES)], ids=["group", "private"])
def test_no_page_that_undoes_is_forgotten_here(kind, pages):
    def undoes(page):
        return any("undo_asked" in inspect.getsource(part) for part in page.load().__mro__ if issubclass(part, Page))

    assert {page.stem for page in kind.pages if undoes(page)} == set(pages)


def test_a_closing_that_is_undone_leads_to_the_end_of_the_meeting_which_says_so(qtbot):
    session, _ = closed()
    desk = PageContext(session, Changes(), Tasks())
    window = MainWindow()
    qtbot.addWidget(window)
    window.make_page = lambda stem: GROUP.page(stem).load()(desk)
    window.show()
    window.show_page("minutes", NOVEMBER)
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    page = window.page()
    assert page is not None
    page.undo()
    assert window.page_name() == "closing"
    shown = window.page()
    assert shown is not None
    bar = shown.findChild(InlineBar)
    assert bar is not None and (bar.isVisible(), bar.text()) == (True, "Undone: closing of the meeting.")


def test_in_a_field_its_own_text_comes_first(qtbot):
    shown = Shown(qtbot, GROUP, "settings", group())
    field = next(edit for edit in shown.page.findChildren(LineEdit) if edit.isVisible())
    field.setFocus()
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert shown.short_name == "Suggest another"
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert shown.short_name == shown.agency.short_name


def test_in_a_passphrase_nothing_is_undone(qtbot):
    shown = Shown(qtbot, PRIVATE, "private_person", with_person())
    field = shown.page.findChild(PassphraseField)
    assert field is not None
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert shown.short_name == "Suggest another"
