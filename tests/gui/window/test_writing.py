"""Wherever one writes prose, in either meeting, the minutes, before a meeting or in the settings: spelling, usual
phrases, and what is pasted."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.gui.meeting.issues import IssuesPage
from csp_desktop.gui.widgets.fields import TextEdit
from csp_desktop.gui.widgets.prose_edit import ProseEdit
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.writing import WRITING, Choices
from tests.gui.meeting import test_officer_updates
from tests.gui.minutes import test_correcting
from tests.gui.minutes.test_approval import _closed
from tests.gui.private import test_minutes as private_minutes
from tests.gui.private.test_session import Table
from tests.gui.settings import test_settings
from tests.support.fakes import fake_session
from tests.support.pages import Shown, desk_of

ROOT = Path(__file__).resolve().parents[3]
WITH_PROSE = re.compile('class="(?:ProseLine|ProseEdit|NoteEditor)"')
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk(NamedTuple):
    """A page with a field for prose in it, and its file."""

    page: Any
    field: Any
    session: Any


def _private_note(qtbot: QtBot) -> Desk:
    table = Table(qtbot)
    return Desk(table.page, table.open().note, table.session)


def _correction(qtbot: QtBot) -> Desk:
    session = _closed()
    place = test_correcting._case(session, accepted=False)
    shown = test_correcting._correcting(qtbot, session, test_correcting._section(place))
    field: Any = test_correcting._field(shown, "note").control
    return Desk(shown.page, field, session)


def _private_correction(qtbot: QtBot) -> Desk:
    session, meeting_id = private_minutes._session()
    shown = private_minutes._shown(qtbot, session, meeting_id)
    page: Any = shown.page
    page._show_section("person-RS-001")
    QTest.keyClick(page, Qt.Key.Key_F2)
    private_minutes._rest(qtbot, shown)
    (note,) = [one for one in page._side.corrections.fields if one.place.fact.field == "note"]
    return Desk(page, note.control, session)


def _reply(qtbot: QtBot) -> Desk:
    shown = test_officer_updates.show(qtbot)
    return Desk(shown.page, shown.page._ui.reply_edit, shown.desk.session)


def _clause(qtbot: QtBot) -> Desk:
    shown = test_settings.show(qtbot, fake_session(), "clauses")
    return Desk(shown.page, shown.page.panels["clauses"].edit, shown.session)


PLACES: dict[str, Callable[[QtBot], Desk]] = {
    "the private note": _private_note,
    "a correction of the minutes": _correction,
    "a correction of the private minutes": _private_correction,
    "a reply before the meeting": _reply,
    "a clause in the settings": _clause,
}
everywhere = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


def choices(qtbot: QtBot, desk: Desk) -> Choices:
    """The list that opened under the caret."""
    window = desk.page.window()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Choices)))
    shown: Choices = next(one for one in window.findChildren(Choices) if one.isVisible())
    return shown


def prose(desk: Desk) -> ProseEdit:
    """Its field, emptied, the caret in it."""
    field = desk.field
    assert isinstance(field, ProseEdit)
    field.setPlainText("")
    field.setFocus()
    QApplication.processEvents()
    return field


@everywhere
def test_spelling_is_underlined_and_put_right_and_a_word_is_added(qtbot: QtBot, place: Callable[[QtBot], Desk]) -> None:
    desk = place(qtbot)
    field = prose(desk)
    QTest.keyClicks(field, "The neighbor in the snickleway heard it")
    qtbot.waitUntil(lambda: field.underlined() == ("neighbor", "snickleway"))
    field.moveCursor(field.textCursor().MoveOperation.Start)
    QTest.keyClick(field, Qt.Key.Key_Period, CTRL)
    QTest.keyClick(choices(qtbot, desk), Qt.Key.Key_Return)
    assert field.text() == "The neighbour in the snickleway heard it"
    qtbot.waitUntil(lambda: field.underlined() == ("snickleway",))
    QTest.keyClick(field, Qt.Key.Key_Period, CTRL)
    offered = choices(qtbot, desk)
    QTest.keyClick(offered, Qt.Key(Qt.Key.Key_0 + offered.count()))
    qtbot.waitUntil(lambda: field.underlined() == ())
    with desk.session.work.reading() as records:
        assert [row.word for row in records.find(GlossaryWord)] == ["snickleway"]


@everywhere
def test_a_usual_phrase_is_put_in_and_what_is_pasted_from_word_keeps_its_list(
    qtbot: QtBot, place: Callable[[QtBot], Desk]
) -> None:
    desk = place(qtbot)
    field = prose(desk)
    QTest.keyClicks(field, "All is quiet.")
    QTest.keyClick(field, Qt.Key.Key_Semicolon, CTRL)
    QTest.keyClick(choices(qtbot, desk), Qt.Key.Key_1)
    assert field.text() == "All is quiet. No further action."
    field.setPlainText("")
    content = QMimeData()
    content.setHtml("<p>Agreed:</p><ul><li><b>One</b></li><li>Two</li></ul>")
    content.setText("Agreed: One Two")
    QApplication.clipboard().setMimeData(content)
    QTest.keyClick(field, Qt.Key.Key_V, CTRL)
    assert field.text() == "Agreed:\n• One\n• Two"


@everywhere
def test_ten_thousand_letters_are_looked_at_beside_the_typing(qtbot: QtBot, place: Callable[[QtBot], Desk]) -> None:
    field = prose(place(qtbot))
    field.setPlainText("The neighbor heard it again. " * 345)
    qtbot.waitUntil(lambda: len(field.underlined()) == 345)
    QTest.keyClick(field, Qt.Key.Key_X)
    assert len(field.text()) == 29 * 345 + 1 and len(field.underlined()) == 345


def plain_fields(page: QWidget) -> list[QPlainTextEdit]:
    """Where several lines are typed without any of it."""
    fields = page.findChildren(TextEdit)
    return [one for one in fields if not one.isReadOnly() and not isinstance(one, ProseEdit)]


@everywhere
def test_no_field_of_such_a_page_is_left_out_and_its_keys_are_listed(
    qtbot: QtBot, place: Callable[[QtBot], Desk]
) -> None:
    page = place(qtbot).page
    assert plain_fields(page) == [] and set(WRITING) <= set(page.ACTIONS)


def test_the_notes_of_an_issue_too(qtbot: QtBot) -> None:
    desk = desk_of(fake_session())
    page = IssuesPage(desk)
    Shown(qtbot, page, desk, None, QSize(1366, 768))
    assert page.findChildren(ProseEdit) and plain_fields(page) == [] and set(WRITING) <= set(page.ACTIONS)


def test_a_title_of_one_line_is_looked_at_and_put_right(qtbot: QtBot) -> None:
    desk = desk_of(fake_session())
    page = IssuesPage(desk)
    Shown(qtbot, page, desk, None, QSize(1366, 768))
    QTest.keyClick(page, Qt.Key.Key_N)
    field = page._ui.title_edit
    assert isinstance(field, ProseLine)
    field.clear()
    QTest.keyClicks(field, "Moped racket by the river, neighbors awake")
    qtbot.waitUntil(lambda: field.underlined() == ("neighbors",))
    QTest.keyClick(field, Qt.Key.Key_Period, CTRL)
    QTest.keyClick(choices(qtbot, Desk(page, field, None)), Qt.Key.Key_Return)
    assert field.text() == "Moped racket by the river, neighbours awake"
    qtbot.waitUntil(lambda: field.underlined() == ())
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == "Moped racket by the river, neighbors awake"


def test_the_underline_is_drawn_under_the_word_in_a_line_and_goes_with_the_next_key(qtbot: QtBot) -> None:
    line = ProseLine()
    qtbot.addWidget(line)
    line.resize(400, 40)
    line.setText("a neighbor")
    plain = line.grab().toImage()
    line.underline([(2, 10)])
    assert line.underlined() == ("neighbor",) and line.grab().toImage() != plain
    QTest.keyClick(line, Qt.Key.Key_X)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.underlined() == () and line.grab().toImage() == plain


def test_every_form_with_a_field_for_prose_has_its_spelling_on_a_key() -> None:
    prose_forms = [form for form in (ROOT / "ui").glob("*.ui") if WITH_PROSE.search(form.read_text("utf-8"))]
    assert len(prose_forms) > 5
    pages = [page.read_text("utf-8") for page in (ROOT / "csp_desktop" / "gui").rglob("*.py")]
    without = [
        form.stem
        for form in prose_forms
        if not any(f"ui_{form.stem} import" in page and ("SPELLING" in page or "WRITING" in page) for page in pages)
    ]
    assert without == []
