"""Access letters are underlined while Alt is held and only then, on native and on drawn controls alike."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.style.access_letters import AltKey, alt_is_held
from csp_desktop.gui.widgets.buttons import DangerButton, LinkButton, PrimaryButton, SecondaryButton
from csp_desktop.gui.window.application import make_application


class Form(QWidget):
    """One of each kind, none of them with the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        label, self.edit = QLabel("&Venue"), QLineEdit()
        label.setBuddy(self.edit)
        self.lettered: list[QWidget] = [
            label,
            QCheckBox("&Hybrid"),
            QPushButton("&Choose"),
            PrimaryButton(text="&Begin the meeting"),
            SecondaryButton(text="&Add a person"),
            DangerButton(text="&Remove"),
            LinkButton(text="&Why"),
        ]
        layout = QVBoxLayout(self)
        for widget in (self.edit, *self.lettered):
            layout.addWidget(widget)


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    app = make_application(["test"])
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.edit.setFocus()
    keys = app.findChild(AltKey)
    assert keys is not None
    qtbot.waitUntil(lambda: keys.watched is made.windowHandle())
    yield made
    QTest.keyRelease(made.windowHandle(), Qt.Key.Key_Alt)


def looks(form: Form) -> list[bytes]:
    return [_look(each) for each in form.lettered]


def _look(widget: QWidget) -> bytes:
    """On a ground of one colour: what a widget leaves unpainted is not always the same."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    widget.render(image)
    return bytes(image.constBits())


def test_every_letter_is_underlined_while_alt_is_held_and_only_then(form: Form) -> None:
    before = looks(form)
    QTest.keyPress(form.windowHandle(), Qt.Key.Key_Alt)
    held = looks(form)
    assert [type(w).__name__ for w, a, b in zip(form.lettered, before, held, strict=True) if a == b] == []
    QTest.keyRelease(form.windowHandle(), Qt.Key.Key_Alt)
    assert looks(form) == before


def test_what_has_a_letter_is_drawn_again_at_once(form: Form, qtbot: QtBot) -> None:
    drawn = []

    class Watched(SecondaryButton):
        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                drawn.append(alt_is_held())
            return super().event(event)

    button = Watched(form, text="&Print")
    button.show()
    qtbot.waitUntil(lambda: bool(drawn))
    drawn.clear()
    QTest.keyPress(form.windowHandle(), Qt.Key.Key_Alt)
    qtbot.waitUntil(lambda: drawn[-1:] == [True])


def test_alt_let_go_of_in_another_window_leaves_nothing_underlined(form: Form, qtbot: QtBot) -> None:
    QTest.keyPress(form.windowHandle(), Qt.Key.Key_Alt)
    assert alt_is_held()
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert not alt_is_held()
