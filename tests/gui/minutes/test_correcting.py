"""The record is put right beside its pages: each field is saved as it is left, each correction can be undone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.domain.minutes.correctable import Place
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.widgets.correction_fields import FactField
from csp_desktop.gui.widgets.record_side import NEXT
from csp_desktop.gui.widgets.review_changes import differing, shown
from csp_desktop.services.minutes import corrections, versions
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.gui.minutes.test_approval import _checked, _closed, _shown
from tests.support.held_meeting import NOVEMBER
from tests.support.pages import Shown
from tests.support.screens import clipped_texts, settle, unnamed_controls


def _correcting(qtbot: QtBot, session: Any, section: str, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    page = _shown(qtbot, session, size=size)
    page.page._show_section(section)  # type: ignore[attr-defined]
    QTest.keyClick(page.page, Qt.Key.Key_F2)
    _wait(qtbot, page)
    return page


def _wait(qtbot: QtBot, page: Shown) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.busy())
    QApplication.processEvents()


def _focus(page: Shown) -> Any:
    """Where keys go, whether or not the window is the active one."""
    return page.window.focusWidget()


def _panel(page: Shown) -> Any:
    return page.page._corrections  # type: ignore[attr-defined]


def _field(page: Shown, name: str) -> FactField:
    fields: list[FactField] = _panel(page)._fields
    return next(field for field in fields if field.place.fact.field.split("+")[0] == name)


def _choose(page: Shown, words: str) -> None:
    combo = _panel(page).part_combo
    combo.setCurrentIndex(next(at for at in range(combo.count()) if words in combo.itemText(at)))
    combo.activated.emit(combo.currentIndex())


def _leave(qtbot: QtBot, page: Shown, name: str, typed: str) -> FactField:
    field = _field(page, name)
    control: Any = field.control
    if hasattr(control, "setPlainText"):
        control.setPlainText(typed)
    elif hasattr(control, "findText"):
        control.setCurrentIndex(control.findText(typed))
    else:
        control.setText(typed)
        control.setModified(True)
    field.left.emit()
    _wait(qtbot, page)
    return field


def _case(session: Any, *, accepted: bool) -> Place:
    places = corrections.correctable(session, NOVEMBER)
    return next(one for one in places if one.fact.field == "outcome" and one.is_accepted is accepted)


def _section(place: Place) -> str:
    return f"case-{place.called.split(',')[0]}"


def test_the_discussion_is_saved_as_it_is_left_and_the_pages_follow(qtbot: QtBot) -> None:
    session = _checked()
    page = _correcting(qtbot, session, _section(_case(session, accepted=True)))
    _leave(qtbot, page, "note", "The landlord writes to both households.")
    (one,) = corrections.corrections(session, NOVEMBER)
    assert one.what.endswith("discussion") and one.by == "Hana Price"
    assert "The landlord writes to both households." in page.page._ui.text_edit.toPlainText().replace("\n", " ")  # type: ignore[attr-defined]
    assert versions.standing(session, NOVEMBER).state is MinutesState.DRAFT
    QTest.keyClick(page.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert corrections.corrections(session, NOVEMBER) == ()


def test_a_decision_that_was_read_back_asks_for_the_reason_at_its_field(qtbot: QtBot) -> None:
    session = _closed()
    place = _case(session, accepted=True)
    page = _correcting(qtbot, session, _section(place))
    field = _leave(qtbot, page, "outcome", "defer")
    assert "read back and accepted" in field.reason_error.text() and corrections.corrections(session, NOVEMBER) == ()
    field.reason_edit.setText("The chair said defer")
    QTest.keyClick(field.reason_edit, Qt.Key.Key_Return)
    _wait(qtbot, page)
    (one,) = corrections.corrections(session, NOVEMBER)
    assert one.wrongly_recorded and one.reason == "The chair said defer"
    assert field.error.text() == "" and field.reason_edit.isHidden()
    assert "Recorded wrongly: The chair said defer" in [label.text() for label in page.page.findChildren(QLabel)]


def test_what_was_refused_stands_there_again_when_its_part_is_chosen_again(qtbot: QtBot) -> None:
    page = _correcting(qtbot, _closed(), "present")
    _choose(page, "Ravi Nair")
    _leave(qtbot, page, "arrived_at", "quarter past")
    assert _field(page, "arrived_at").error.text().startswith("Type the time as 14:05")
    _choose(page, "The meeting")
    _choose(page, "Ravi Nair")
    control: Any = _field(page, "arrived_at").control
    assert (control.text(), bool(_field(page, "arrived_at").error.text())) == ("quarter past", True)


def test_when_somebody_came_and_in_what_capacity_is_put_right(qtbot: QtBot) -> None:
    session = _closed()
    page = _correcting(qtbot, session, "present")
    _choose(page, "Ravi Nair")
    _leave(qtbot, page, "arrived_at", "14.20")
    _leave(qtbot, page, "capacity", "observer")
    (ravi,) = [one for one in draft_minutes(session, NOVEMBER).attendees if one.name == "Ravi Nair"]
    assert (ravi.arrived_at, ravi.capacity.value) == (datetime(2026, 11, 26, 14, 20, tzinfo=UTC), "observer")


def test_somebody_who_was_missed_is_added_and_somebody_who_was_not_there_taken_out(qtbot: QtBot) -> None:
    session = _closed()
    page = _correcting(qtbot, session, "present")
    _choose(page, "Person missed from the list")
    (add,) = page.page.findChildren(QPushButton, "missed_button")
    add.click()
    assert corrections.corrections(session, NOVEMBER) == ()
    (name,) = page.page.findChildren(QLineEdit, "missed_name")
    name.setText("Nadia Bloom")
    add.click()
    _wait(qtbot, page)
    assert "Nadia Bloom" in [one.name for one in draft_minutes(session, NOVEMBER).attendees]
    _choose(page, "Ravi Nair")
    _panel(page).remove_button.click()
    _wait(qtbot, page)
    assert "Ravi Nair" not in [one.name for one in draft_minutes(session, NOVEMBER).attendees]


def test_an_action_s_wording_officer_and_date_are_put_right(qtbot: QtBot) -> None:
    session = _closed()
    places = corrections.correctable(session, NOVEMBER)
    action = next(one for one in places if one.fact.field == "what" and one.case_id)
    case = next(one for one in places if one.fact.field == "outcome" and one.case_id == action.case_id)
    page = _correcting(qtbot, session, _section(case))
    _choose(page, action.called)
    _leave(qtbot, page, "what", "Visit both households")
    _leave(qtbot, page, "officer", "Ewa Łukasik")
    _leave(qtbot, page, "due", "10 Dec 2026")
    (line,) = [one for one in draft_minutes(session, NOVEMBER).actions if one.id == action.part_id]
    assert (line.what, line.officer, line.due) == ("Visit both households", "Ewa Łukasik", date(2026, 12, 10))
    assert len(corrections.corrections(session, NOVEMBER)) == 3


def test_each_correction_has_its_own_undo_until_it_is_approved(qtbot: QtBot) -> None:
    session = _closed()
    page = _correcting(qtbot, session, "present")
    _leave(qtbot, page, "venue", "Annexe")
    (undo,) = page.page.findChildren(QPushButton, "undo_1")
    struck = [label for label in page.page.findChildren(QLabel) if label.font().strikeOut()]
    assert struck and [label.text() for label in page.page.findChildren(QLabel) if label.font().underline()] == [
        "Annexe"
    ]
    undo.click()
    _wait(qtbot, page)
    assert corrections.corrections(session, NOVEMBER) == ()
    assert _panel(page).list_title.text() == "No corrections"
    _leave(qtbot, page, "venue", "Annexe")
    versions.check(session, NOVEMBER)
    versions.approve(session, NOVEMBER)
    page.page.refresh()
    assert not [b for b in page.page.findChildren(QPushButton, "undo_1") if b.isVisible()]


def test_the_officers_with_are_typed_by_name_and_an_unknown_one_gets_a_sentence(qtbot: QtBot) -> None:
    session = _closed()
    page = _correcting(qtbot, session, "actions")
    field = _leave(qtbot, page, "beside", "Nobody Known")
    assert field.error.text().startswith("Nobody on the People page is called Nobody Known.")
    _leave(qtbot, page, "beside", "ewa łukasik")
    (one,) = corrections.corrections(session, NOVEMBER)
    assert one.what.endswith(": with") and shown(one.after) == "Ewa Łukasik" and shown(one.before) == "nothing"


def test_how_somebody_took_part_is_chosen_by_key(qtbot: QtBot) -> None:
    session = _closed()
    page = _correcting(qtbot, session, "present")
    _choose(page, "PS Dan Holt")
    remote: Any = _field(page, "remote").control
    assert remote.currentText() == "in the room"
    remote.setFocus()
    QTest.keyClick(remote, Qt.Key.Key_Down)
    _wait(qtbot, page)
    (one,) = corrections.corrections(session, NOVEMBER)
    assert (one.what, shown(one.after)) == ("PS Dan Holt: took part", "Teams")


def test_escape_leads_back_to_the_checks(qtbot: QtBot) -> None:
    page = _correcting(qtbot, _closed(), "present")
    assert not page.page._ui.checks_view.isVisible()  # type: ignore[attr-defined]
    page.page.go_back()
    assert page.page._ui.checks_view.isVisible()  # type: ignore[attr-defined]


def test_of_long_texts_only_what_differs_is_told() -> None:
    words = "Both households were visited and the noise recorder was set up on the upper floor for two weeks. "
    assert differing(words + "She will come.", words + "He will come.") == ("… weeks. She will …", "… weeks. He will …")
    assert (shown("null"), shown('"2026-12-10"'), shown('["Ewa", "CGL", "x"]')) == ("nothing", "Thu 10 Dec 2026", "Ewa")


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768)])
def test_nothing_is_clipped_where_the_record_is_corrected(qtbot: QtBot, size: QSize) -> None:
    session = _closed()
    page = _correcting(qtbot, session, _section(_case(session, accepted=True)), size)
    settle(page.window, size)
    assert clipped_texts(page.page) == []
    assert unnamed_controls(page.page) == []


def test_f2_puts_the_caret_behind_the_words_and_escape_leads_back_to_where_it_was(qtbot: QtBot) -> None:
    session = _checked()
    page = _shown(qtbot, session)
    ui: Any = page.page._ui  # type: ignore[attr-defined]
    page.page._show_section(_section(_case(session, accepted=True)))  # type: ignore[attr-defined]
    ui.page_view.setFocus()
    QTest.keyClick(ui.page_view, Qt.Key.Key_F2)
    note: Any = _field(page, "note").control
    assert _focus(page) is note and note.textCursor().position() == len(note.toPlainText()) > 0
    QTest.keyClicks(note, " And more.")
    page.page.go_back()  # Escape, as the window hands it on
    _wait(qtbot, page)
    assert _focus(page) is ui.page_view
    (one,) = corrections.corrections(session, NOVEMBER)
    assert one.after.endswith(' And more."')


def test_f2_where_nothing_can_be_put_right_says_so_and_opens_nothing_else(qtbot: QtBot) -> None:
    page = _correcting(qtbot, _closed(), "annex")
    panel = _panel(page)
    assert panel.fields == () and not panel.part_combo.isVisible()
    assert panel.nothing_label.isVisible() and _focus(page) is panel.nothing_label
    assert panel.nothing_label.text() == "Nothing in this section can be corrected separately. Choose another section."


def test_who_signed_does_not_open_the_chair_and_the_venue(qtbot: QtBot) -> None:
    page = _correcting(qtbot, _closed(), "confidentiality")
    assert {"chair", "venue"}.isdisjoint({field.place.fact.field for field in _panel(page).fields})
    assert _focus(page) is _field(page, "name").control


def test_ctrl_enter_saves_while_one_corrects_and_goes_to_what_is_refused(qtbot: QtBot) -> None:
    session = _closed()
    page = _correcting(qtbot, session, "present")
    chair: Any = _field(page, "chair").control
    assert _focus(page) is chair and page.page.strip_word(NEXT) == "save"
    QTest.keyClicks(chair, " Junior")
    QTest.keyClick(chair, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _wait(qtbot, page)
    assert [one.what for one in corrections.corrections(session, NOVEMBER)] == ["chair"]
    assert _panel(page).saved_label.text().startswith("Saved") and _focus(page) is chair
    assert versions.standing(session, NOVEMBER).state is MinutesState.DRAFT
    case = _case(session, accepted=True)
    page.page._show_section(_section(case))  # type: ignore[attr-defined]
    reason: Any = _field(page, "reason").control
    reason.setFocus()
    QTest.keyClicks(reason, " otherwise")
    QTest.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _wait(qtbot, page)
    field = _field(page, "reason")
    assert field.reason_edit.isVisible() and _focus(page) is field.reason_edit


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(640, 360)])
def test_the_forms_for_comments_and_checking_scroll_into_view_as_they_open(qtbot: QtBot, size: QSize) -> None:
    page = _correcting(qtbot, _closed(), "present", size)
    form = _panel(page).remark_form
    for button, field in ((form.note_button, form.who_combo), (form.send_button, form.day_edit)):
        button.click()
        _wait(qtbot, page)
        assert _focus(page) is field
        assert not field.visibleRegion().isEmpty()


def test_whose_comment_it_is_is_chosen_never_the_first_name(qtbot: QtBot) -> None:
    page = _correcting(qtbot, _closed(), "present")
    form = _panel(page).remark_form
    form.note_button.click()
    assert form.who_combo.currentIndex() == -1
    QTest.keyClicks(form.words_edit, "weekly, not daily")
    QTest.keyClick(form.words_edit, Qt.Key.Key_Return)
    assert form.error.text() == "Choose who commented." and _focus(page) is form.who_combo
    assert form.words_edit.text() == "weekly, not daily"
