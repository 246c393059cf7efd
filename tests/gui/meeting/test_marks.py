"""A paragraph of a minute is marked by one key for those who alone may read it, and the words stay as they are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.domain.minutes.protection import Protection
from csp_desktop.gui.widgets.fields import TextEdit
from csp_desktop.services.meeting.case_walk import ReadBack
from tests.gui.meeting.test_live import CTRL, SHIFT, Table

BOTH = CTRL | SHIFT


def minute(table: Table) -> TextEdit:
    table.press(Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, TextEdit)
    return field


def test_ctrl_shift_p_marks_the_line_of_the_caret_for_the_police_alone_and_again_takes_it_away(qtbot):
    table = Table(qtbot)
    field = minute(table)
    table.type("Seen at the shop.")
    table.press(Qt.Key.Key_Return)
    table.type("The van is white.")
    caret = field.textCursor().position()
    table.press(Qt.Key.Key_P, BOTH)
    assert field.toPlainText() == "Seen at the shop.\n[police only] The van is white."
    assert field.textCursor().position() == caret + len("[police only] ")
    table.press(Qt.Key.Key_S, BOTH)
    assert field.toPlainText().endswith("\n[protect source] The van is white.")
    table.press(Qt.Key.Key_S, BOTH)
    assert field.toPlainText() == "Seen at the shop.\nThe van is white."
    assert field.textCursor().position() == caret


def test_what_is_marked_is_on_the_disk_like_every_word(qtbot):
    table = Table(qtbot)
    minute(table)
    table.type("The van is white.")
    table.press(Qt.Key.Key_P, BOTH)
    table.page.left()
    assert table.get(CaseTurn, table.current).note == "[police only] The van is white."


def test_ctrl_z_takes_the_mark_back_and_leaves_the_words(qtbot):
    table = Table(qtbot)
    field = minute(table)
    table.type("The van is white.")
    table.press(Qt.Key.Key_P, BOTH)
    table.press(Qt.Key.Key_Z, CTRL)
    assert field.toPlainText() == "The van is white."


def test_from_the_action_line_the_minute_of_the_case_is_marked(qtbot):
    table = Table(qtbot)
    field = minute(table)
    table.type("The van is white.")
    table.press(Qt.Key.Key_F3)
    table.press(Qt.Key.Key_P, BOTH)
    assert field.toPlainText() == "[police only] The van is white."


def test_where_there_is_no_room_for_the_mark_nothing_is_lost(qtbot):
    field = TextEdit()
    qtbot.addWidget(field)
    field.limit = 20
    field.setPlainText("Seventeen letters")
    field.mark_line(Protection.SOURCE)
    assert field.toPlainText() == "Seventeen letters"


def test_the_read_back_hides_a_marked_line_from_the_table_until_a_key_shows_it(qtbot):
    table = Table(qtbot)
    table.agree("dan: [police only] watch the blue van fri")
    table.agree("dan: write to the tenant fri")
    minute(table)
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    said = table.read_back()
    assert "blue van" not in said and "A marked line, not shown here (police only)" in said
    assert "Write to the tenant" in said and "blue van" not in table.ui.read_back_view.accessibleName()
    table.press(Qt.Key.Key_F9)
    assert "Police only: watch the blue van" in table.read_back() and "[police only]" not in table.read_back()
    table.press(Qt.Key.Key_F9)
    assert "blue van" not in table.read_back()


def test_the_read_back_hides_each_line_of_a_paragraph_that_a_mark_leads(qtbot):
    table = Table(qtbot)
    view = table.ui.read_back_view
    view.show_read_back(ReadBack("", "Other business", ("Seen.\n[police only]\nThe van.\nIt stood there.",), (), ()))
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "Seen." in said and "van" not in said and "stood" not in said
    assert said.count("A marked line, not shown here (police only)") == 2


def test_a_read_back_without_marked_lines_offers_no_key_for_them(qtbot):
    table = Table(qtbot)
    minute(table)
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert not table.ui.read_back_view.marked_button.isVisible()
    table.press(Qt.Key.Key_F9)
    assert "not shown here" not in table.read_back()
