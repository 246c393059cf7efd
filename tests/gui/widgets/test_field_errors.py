"""A refusal stands at the field it is about; what is about none of a form's fields is said in the page's bar."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.errors import FieldRefused, NotWritable, Refused
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.window.application import make_application


class Form(QWidget):
    """Two fields that share a label, one with its own, and a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.starts, self.ends, self.venue = LineEdit(self), LineEdit(self), LineEdit(self)
        self.times_error, self.venue_error, self.bar = FieldError(self), FieldError(self), InlineBar(self)
        column = QVBoxLayout(self)
        for part in (self.starts, self.ends, self.times_error, self.venue, self.venue_error, self.bar):
            column.addWidget(part)
        self.errors = FieldErrors(
            {
                "starts": (self.times_error, self.starts),
                "ends": (self.times_error, self.ends),
                "venue": (self.venue_error, self.venue),
            },
            self.bar,
        )


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    make_application(["test"])
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.starts.setFocus()
    yield made
    made.bar.dismiss()


def test_the_sentence_stands_at_the_field_named_and_the_caret_goes_there(form: Form) -> None:
    form.errors.show(FieldRefused("venue", "The end of the name holds a time."))
    assert (form.venue_error.text(), form.times_error.text()) == ("The end of the name holds a time.", "")
    assert form.venue.accessibleDescription() == form.venue_error.text()
    assert QApplication.focusWidget() is form.venue


def test_of_two_fields_with_one_label_only_the_one_named_is_marked(form: Form) -> None:
    form.errors.show(FieldRefused("ends", "Give a later end."))
    assert (form.ends.property("state"), form.starts.property("state") or "") == ("error", "")
    form.errors.show(FieldRefused("starts", "Type the time as 14:00."))
    assert (form.ends.property("state"), form.starts.property("state")) == ("", "error")


def test_a_field_left_does_not_take_the_caret_back(form: Form) -> None:
    form.errors.show(FieldRefused("venue", "Too long."), focus=False)
    assert QApplication.focusWidget() is form.starts


@pytest.mark.parametrize("refusal", [FieldRefused("chair", "Choose the chair."), NotWritable("The file is away.")])
def test_what_is_about_no_field_of_the_form_is_said_in_the_bar(form: Form, refusal: Refused) -> None:
    form.errors.show(FieldRefused("venue", "Too long."))
    form.errors.show(refusal)
    assert form.bar.isVisible() and form.bar.text() == refusal.sentence
    assert (form.venue_error.text(), form.times_error.text()) == ("", "")


def test_a_form_may_have_a_place_of_its_own_for_the_rest(form: Form) -> None:
    errors = FieldErrors({"venue": (form.venue_error, form.venue)}, (form.times_error, None))
    errors.show(Refused("Another meeting is planned."))
    assert form.times_error.text() == "Another meeting is planned."
    errors.clear()
    assert form.times_error.text() == ""
