"""Signing the private session's clause is what it is at the sign-in desk: one text, one place to sign, one reading."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.private.signing import Signing, SigningWidgets
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.clause_panel import ClausePanel
from csp_desktop.gui.widgets.signature_panel import SignaturePanel
from csp_desktop.gui.widgets.steps import StepState
from csp_desktop.gui.window.application import make_application
from csp_desktop.services.private import room
from csp_desktop.services.session import Session
from tests.support.private_session import begun, private_session

AGENCIES = {"Joy Okafor": "Community Mental Health Team", "Ewa Lukasik": "CGL"}
NAMES = tuple(AGENCIES)


class PageContext:
    """The parts both views of the private meeting hand in, with two people who must hear the text."""

    def __init__(self, qtbot: QtBot, session: Session, meeting_id: str) -> None:
        make_application(["test"])
        self.session, self.meeting_id = session, meeting_id
        self.view = QWidget()
        self.widgets = SigningWidgets(
            QLabel(),
            ClausePanel(),
            SecondaryButton(text="Read"),
            SecondaryButton(text="Shown"),
            QComboBox(),
            QLabel(),
            SignaturePanel(),
            PrimaryButton(text="Sign"),
        )
        column = QVBoxLayout(self.view)
        for widget in self.widgets:
            column.addWidget(widget)
        self.signing = Signing(self.widgets, self.view)
        self.signing.read.connect(self.refresh)
        self.signing.signed.connect(lambda _: self.refresh())
        qtbot.addWidget(self.view)
        with qtbot.waitActive(self.view):
            self.view.resize(900, 700)
            self.view.show()
            self.view.activateWindow()
        self.refresh()
        self.signing.turn_to(self.row("Joy Okafor").id)

    def refresh(self) -> None:
        check = room.check(self.session, self.meeting_id)
        rows = (*check.staying, *check.leaving)
        self.signing.set_waiting(self.session, [row for row in rows if row.present and row.signed_at is None])

    def row(self, name: str) -> room.RoomRow:
        check = room.check(self.session, self.meeting_id)
        return next(row for row in (*check.staying, *check.leaving) if row.name == name)

    def sizes(self) -> set[str]:
        QApplication.processEvents()
        scroll = self.widgets.clause.text_scroll
        return {label.property("role") for label in scroll.findChildren(QLabel) if not label.isHidden()}

    def type_name(self, name: str) -> None:
        if not self.widgets.signature.is_typed:
            self.widgets.signature.ui.typed_button.click()
        QTest.keyClicks(self.widgets.signature.ui.typed_edit, name)


@pytest.fixture
def desk(qtbot: QtBot) -> PageContext:
    session = private_session()
    meeting_id = begun(session, "Ravi Nair").meeting_id
    for name in NAMES:
        room.join(session, meeting_id, name, AGENCIES[name])
    return PageContext(qtbot, session, meeting_id)


def test_one_reading_covers_everybody_who_waits_for_it(desk: PageContext) -> None:
    QTest.mouseClick(desk.widgets.read_button, Qt.MouseButton.LeftButton)
    assert all(desk.row(name).may_sign for name in NAMES)
    assert desk.widgets.read_button.isHidden() and desk.widgets.read_label.text().startswith("Read out at ")


def test_a_letter_at_the_pad_begins_the_typed_name(desk: PageContext) -> None:
    QTest.mouseClick(desk.widgets.read_button, Qt.MouseButton.LeftButton)
    for letter in "Joy Okafor":
        QTest.keyClicks(QApplication.focusWidget() or desk.view, letter)
    assert desk.widgets.signature.is_typed and desk.widgets.signature.typed_name == "Joy Okafor"


def test_nobody_signs_before_they_have_heard_the_text(desk: PageContext) -> None:
    desk.type_name("Joy Okafor")
    assert not desk.widgets.sign_button.isEnabled() and not desk.widgets.signature.ui.typed_edit.isEnabled()


def test_the_text_is_read_from_across_the_table_in_larger_letters_and_can_be_made_smaller(desk: PageContext) -> None:
    assert desk.sizes() == {"clause-large"}
    desk.signing.set_large(False)
    assert desk.sizes() == {"clause"}
    desk.signing.set_large(True)
    assert desk.sizes() == {"clause-large"}


def test_the_text_is_ticked_once_it_was_heard(desk: PageContext) -> None:
    assert desk.widgets.clause.mark.state() is StepState.CURRENT
    QTest.mouseClick(desk.widgets.read_button, Qt.MouseButton.LeftButton)
    assert desk.widgets.clause.mark.state() is StepState.DONE


def test_a_signature_is_asked_for_again_in_place_and_the_next_person_finds_nothing_of_it(desk: PageContext) -> None:
    QTest.mouseClick(desk.widgets.read_button, Qt.MouseButton.LeftButton)
    desk.type_name("Somebody Else")
    QTest.keyClick(desk.widgets.signature.ui.typed_edit, Qt.Key.Key_Return)
    assert "Type the full name as shown here: Joy Okafor." in desk.widgets.signature.ui.sign_error.text()
    assert desk.widgets.signature.typed_name == "Somebody Else"
    desk.widgets.signature.ui.typed_edit.clear()
    QTest.keyClicks(desk.widgets.signature.ui.typed_edit, "Joy Okafor")
    QTest.keyClick(desk.widgets.signature.ui.typed_edit, Qt.Key.Key_Return)
    assert desk.row("Joy Okafor").signed_at is not None
    desk.signing.turn_to(desk.row("Ewa Lukasik").id)
    assert not desk.widgets.signature.is_begun and not desk.widgets.signature.is_typed
