"""What a screen reader is told of our widgets, as Qt would tell it; that it arrives is proved with a real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.clause_panel import ClausePanel
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.signature_panel import SignaturePanel
from csp_desktop.gui.window.application import make_application

PROGRAM = Path(__file__).resolve().parents[3] / "csp_desktop"
ROWS = [Entry(key="oak", title="Oak Way"), Entry(key="elm", title="Elm Close")]


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    make_application(["test"])
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def show(holder: QWidget, *parts: QWidget) -> None:
    layout = holder.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
    holder.show()
    holder.activateWindow()


def tree(told: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield told
    for number in range(told.childCount()):
        yield from tree(told.child(number))


def of(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def focused(holder: QWidget) -> list[str]:
    return [each.text(QAccessible.Text.Name) for each in tree(of(holder)) if each.state().focused]


def test_headings_have_the_heading_role_and_their_level(holder: QWidget) -> None:
    found = []
    for role in ("title", "heading", "subheading", "body"):
        label = QLabel("Cases &open")
        set_role(label, role)
        show(holder, label)
        told = of(label)
        level = told.attributesInterface()
        found.append((told.role(), level.attributeValue(QAccessible.Attribute.Level) if level else None))
    heading = QAccessible.Role.Heading
    assert found == [(heading, 1), (heading, 2), (heading, 2), (QAccessible.Role.StaticText, None)]


def test_a_label_that_only_looks_like_a_heading_is_none(holder: QWidget) -> None:
    agency, empty = QLabel("Police"), QLabel()
    agency.setProperty("level", 0)
    for label in (agency, empty):
        set_role(label, "subheading")
        show(holder, label)
        assert of(label).role() == QAccessible.Role.StaticText


def test_one_object_is_focused_at_a_time(holder: QWidget, qtbot: QtBot) -> None:
    first, second, field, box = EntryList(), EntryList(), LineEdit(), QComboBox()
    frame = QFrame()
    frame.setFocusProxy(field)
    box.addItems(["one", "two"])
    for name, part in (("First", first), ("Second", second)):
        part.setAccessibleName(name)
        part.set_entries(ROWS)
        part.set_current("elm")
    field.setAccessibleName("Field")
    show(holder, first, second, frame, field, box)
    row = ROWS[1].spoken()
    parts: tuple[tuple[QWidget, str], ...] = ((field, "Field"), (first, row), (second, row))
    for at, name in parts:
        at.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is at)  # noqa: B023
        assert focused(holder) == [name]
    second.set_current("")
    assert focused(holder) == ["Second"]


def test_an_error_is_tied_to_its_field_until_it_is_cleared(holder: QWidget) -> None:
    field, error = LineEdit(), FieldError()
    show(holder, field, error)

    def described() -> list[str]:
        kinds = of(field).relations(QAccessible.RelationFlag.DescriptionFor)
        told = [each for each, kind in kinds if kind == QAccessible.RelationFlag.DescriptionFor]
        return [each.text(QAccessible.Text.Name) for each in told]

    error.set_error("Write a day.", field)
    assert (described(), of(field).text(QAccessible.Text.Description)) == (["Write a day."], "Write a day.")
    error.clear(field)
    assert (described(), of(field).text(QAccessible.Text.Description)) == ([], "")


def test_the_text_to_sign_is_come_to_before_the_signature(holder: QWidget) -> None:
    clause, signature = ClausePanel(), SignaturePanel()
    show(holder, clause, signature)
    chain, at = [], holder.nextInFocusChain()
    while at is not holder and at is not None:
        chain.append(at)
        at = at.nextInFocusChain()
    assert chain.index(clause.text_scroll) < chain.index(signature.fields[0])


def test_what_was_looked_at_can_be_destroyed_and_its_place_taken_by_others(holder: QWidget) -> None:
    for _ in range(20):
        page = QWidget(holder)
        layout = QVBoxLayout(page)
        entries, box, title = EntryList(), QComboBox(), QLabel("Title")
        entries.set_entries(ROWS)
        box.addItems(["one", "two"])
        set_role(title, "title")
        for part in (entries, box, title, LineEdit(), QSpinBox(), QPlainTextEdit(), ClausePanel(), QFrame()):
            layout.addWidget(part)
        page.show()
        assert len(list(tree(of(page)))) > 20
        page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_one_place_announces() -> None:
    places = [path.name for path in PROGRAM.rglob("*.py") if "QAccessibleAnnouncementEvent(" in path.read_text("utf-8")]
    assert places == ["spoken.py"]
