"""The rail stands beside every page outside a running meeting, in one place, whole or folded, and leads everywhere."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.common.users import Role
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import LIGHT, Theme, Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import FIND
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.finder import FloatingFind
from csp_desktop.gui.window.navigation_rail import LEAST_ROW, NavigationRail
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.rail_entries import MORE, entries
from csp_desktop.gui.window.registry import GROUP
from csp_desktop.services.meeting.closing import close_meeting
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.prepared_meeting import prepared_session
from tests.support.screens import settle

OWN_LEFT = ("minutes", "actions", "issues", "prepare", "help")


@pytest.fixture
def program(qtbot):
    """The group's program on a prepared meeting, not yet begun."""
    return begun(qtbot, prepared_session())


def begun(qtbot, session, size=(1366, 768)):
    make_application(["test"])
    made = Program(session.now, lambda: None, lambda dark, scale: None)
    qtbot.addWidget(made.window)
    made.window.resize(*size)
    made.window.show()
    made.begin(session)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def rail_of(program) -> NavigationRail:
    rail: NavigationRail = program.window.rail
    return rail


def pages_with_rail():
    """Those of a file on a disk are looked at with all screens of a real one."""
    of_file = ("minutes", "users", "journal", "safekeeping", "retention")
    return [page.stem for page in GROUP.pages if not page.alone and page.stem not in of_file]


def test_the_rail_is_at_the_same_place_on_every_page_outside_a_meeting(program):
    places = set()
    for stem in pages_with_rail():
        case = program.window.page() and next(iter(case_ids(program)), None)
        program.window.show_page(stem, case if stem == "case" else None)
        QApplication.processEvents()
        rail = rail_of(program)
        assert rail.isVisible(), stem
        places.add((rail.mapTo(program.window, rail.rect().topLeft()).x(), rail.height() > 0))
        page = program.window.page()
        columns = page.folding()
        assert rail.is_folded() == (page.NEEDS_ROOM or (columns is not None and columns.has_left())), stem
    assert places == {(0, True)}


def case_ids(program):
    from csp_desktop.domain.cases.cases import Case

    with program._session.work.reading() as records:
        return [case.id for case in records.find(Case)]


def test_an_entry_comes_with_its_page_and_stands_under_its_part(program):
    shown = rail_of(program).pages.entries()
    assert [entry.key for entry in shown if entry.key] == [page.stem for page in GROUP.in_rail()]
    headings = ["Meeting", "Cases", "People", "Accountability", "Reports", "File"]
    assert [entry.title for entry in shown if entry.heading] == headings


def test_what_a_role_does_not_use_stands_under_more():
    shown = entries(GROUP, {Role.MINUTE_TAKER}, {})
    at = next(n for n, entry in enumerate(shown) if entry.heading and entry.title == MORE)
    assert [entry.key for entry in shown[at + 1 :]] == ["users", "journal", "retention"]
    assert {entry.key for entry in shown if entry.key} == {page.stem for page in GROUP.in_rail()}
    assert all(entry.title != MORE for entry in entries(GROUP, frozenset(Role), {}))
    assert all(not entry.caption for entry in entries(PRIVATE, {Role.NEW_HOPE_LEAD}, {}))


def test_the_page_it_belongs_to_stays_marked(program):
    program.window.show_page("case", case_ids(program)[0])
    assert rail_of(program).pages.current_key() == "cases"
    program.window.show_page("year_dates", None)
    assert rail_of(program).pages.current_key() == "prepare"


def test_a_page_come_to_anew_shows_its_work(qtbot):
    program = begun(qtbot, partnership(), (800, 600))
    window = program.window
    window.show_page("people", None)
    columns = window.page().folding()
    columns.go(Column.SIDE)
    assert columns.is_single() and columns.shown() is Column.SIDE
    window.show_page("cases", None)
    window.show_page("people", None)
    assert columns.shown() is Column.WORK


def test_no_rail_while_a_meeting_runs(qtbot):
    session = partnership(8)
    program = begun(qtbot, session)
    assert program.window.page_name() == "live" and not rail_of(program).isVisible()
    program.window.show_page("cases", None)
    assert not rail_of(program).isVisible()
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 17), reason="time")
    program.window.show_page("home", None)
    assert rail_of(program).isVisible()
    assert next(entry.caption for entry in rail_of(program).pages.entries() if entry.key == "prepare") == "Thu 17 Dec"


@pytest.mark.parametrize("stem", [page.stem for page in GROUP.pages if page.stem in ("cases", "people", *OWN_LEFT[1:])])
def test_escape_and_one_button_at_the_same_place_lead_back_from_every_page(program, qtbot, stem):
    back = rail_of(program).back_button
    assert not back.isEnabled()  # the way begins at home
    for press in (lambda: qtbot.keyClick(program.window, Qt.Key.Key_Escape), back.click):
        program.window.show_page(stem, None)
        assert back.isVisible() and back.isEnabled()
        press()
        assert program.window.page_name() == "home"


def test_by_keys_alone_into_the_rail_to_another_page_and_back_to_the_caret(program, qtbot):
    program.window.show_page("people", None)
    before = program.window.focusWidget()
    qtbot.keyClick(program.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert rail_of(program).pages.hasFocus()
    qtbot.keyClick(rail_of(program).pages, Qt.Key.Key_Escape)
    assert program.window.page_name() == "people" and program.window.focusWidget() is before
    qtbot.keyClick(program.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    rail_of(program).pages.set_current("settings")
    qtbot.keyClick(rail_of(program).pages, Qt.Key.Key_Return)
    assert program.window.page_name() == "settings"


def test_the_caret_never_begins_in_the_rail_and_from_its_list_anything_can_be_found(program, qtbot):
    rail = rail_of(program)
    for button in (rail.back_button, rail.find_button, rail.lock_button):
        assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
    program.window.show_page("people", None)
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None and not rail.isAncestorOf(focus)
    program.window.go_to_pages()
    QTest.keySequence(rail.pages, QKeySequence(FIND.keys[0]))
    assert program.window.page().findChild(FloatingFind).isVisible()


def test_where_there_is_no_room_it_takes_the_place_of_the_page_and_gives_it_back(qtbot):
    program = begun(qtbot, prepared_session(), size=(640, 360))
    assert not rail_of(program).isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert rail_of(program).isVisible() and not program.window.page().isVisible()
    QApplication.processEvents()
    assert rail_of(program).width() == program.window.width()
    qtbot.keyClick(rail_of(program).pages, Qt.Key.Key_Escape)
    assert program.window.page().isVisible() and not rail_of(program).isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    rail_of(program).pages.set_current("cases")
    qtbot.keyClick(rail_of(program).pages, Qt.Key.Key_Return)
    assert program.window.page_name() == "cases" and program.window.page().isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (640, 360)])
def test_the_key_that_finds_does_so_with_the_caret_in_the_rail(qtbot, size):
    program = begun(qtbot, prepared_session(), size)
    program.window.show_page("people", None)
    program.window.go_to_pages()
    assert rail_of(program).pages.hasFocus()
    qtbot.keyClick(rail_of(program).pages, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert program.window.page().findChild(FloatingFind).isVisible()


def test_its_buttons_find_and_lock(program, qtbot):
    program.window.show_page("cases", None)
    rail_of(program).find_button.click()
    assert program.window.page().findChild(FloatingFind).isVisible()
    rail_of(program).lock_button.click()
    assert program.is_locked() and not rail_of(program).isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_twenty_pages_are_whole_at_1366_by_768_and_none_is_lower_than_can_be_pointed_at(qtbot, qapp, scale):
    style.apply(qapp, Theme(LIGHT, scale))
    try:
        rail = NavigationRail()
        qtbot.addWidget(rail)
        parts = ("", "Meeting", "Cases", "People", "Accountability", "Reports", "File")
        rows = [Entry(f"{part}{n}", f"Page {n} of {part}", icon="layers") for part in parts for n in range(3)][:20]
        shown = []
        for n, row in enumerate(rows):
            if n % 3 == 0 and n:
                shown.append(Entry("", parts[n // 3], heading=True))
            shown.append(row)
        rail.show_pages(shown, rows[0].key, "Hannah Price", "Chair")
        rail.set_folded(False)
        rail.resize(rail.width(), 768 - current().px(68 + 30))
        settle(rail, rail.size())
        pages = rail.pages
        heights = [pages.visualRect(pages.model().index(n, 0)).height() for n in range(len(shown))]
        low = [high for high, entry in zip(heights, shown, strict=True) if not entry.heading]
        assert min(low) >= current().px(LEAST_ROW)
        assert (
            scale > 1.0
            or pages.visualRect(pages.model().index(len(shown) - 1, 0)).bottom() <= pages.viewport().height()
        )
        rail.set_folded(True)
        settle(rail, rail.size())
        assert rail.lock_button.width() >= rail.lock_button.height(), "the button needed in a hurry is whole"
        assert pages.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    finally:
        style.apply(qapp, Theme())


def test_what_is_overdue_stands_in_words_and_for_who_listens(program):
    rail = rail_of(program)
    entry = next(entry for entry in rail.pages.entries() if entry.key == "actions")
    assert entry.tone is Tone.HIGH and entry.caption.endswith("overdue")
    assert entry.caption in entry.spoken()


def test_another_text_size_comes_to_the_rail_too_for_it_outlives_the_pages(qapp, qtbot):
    program = begun(qtbot, prepared_session())
    rail = rail_of(program)
    before = rail.back_button.width(), rail.find_button.width()
    try:
        style.apply(qapp, Theme(LIGHT, 1.5))
        QApplication.processEvents()
        assert rail.back_button.width() == current().px(30)
    finally:
        style.apply(qapp, Theme())
    QApplication.processEvents()
    assert (rail.back_button.width(), rail.find_button.width()) == before
