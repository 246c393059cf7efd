"""Referrals are made, answered, withdrawn and handed over by the keyboard; nothing half typed is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.documents.hand_over_note import print_hand_over_note
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.referrals import Referral, ReferralBody
from csp_desktop.gui.cases.case_referrals import RESTRICTED, CaseReferralsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.cases import referrals as service
from tests.support.held_meeting import partnership
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls

ENTER = Qt.Key.Key_Return


class SavesTo(Ask):
    """Answers with one path."""

    def __init__(self, path):
        self.path = path

    def save_file(self, parent, title, kinds, suggested):
        return self.path


class Shown:
    """The page in a window, on a partnership in memory."""

    def __init__(self, qtbot, path=None, size="1366x768"):
        made: Any = partnership()
        papers = replace(made.papers, print_hand_over_note=print_hand_over_note)
        self.session = replace(made, papers=papers)
        with self.session.work.reading() as records:
            self.case = min(records.find(Case), key=lambda one: one.reference)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.went: list[Any] = []
        context = PageContext(self.session, Changes(), Tasks())
        self.page = CaseReferralsPage(context, SavesTo(path))
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.add_page("case_referrals", self.page)
        self.window.add_page("case", Page(context))
        self.window.resize(SIZES[size])
        self.window.show()
        self.ui = self.page._ui

    def show(self, case_id=None):
        self.window.show_page("case_referrals", case_id)
        QApplication.processEvents()

    def rows(self):
        return service.referrals(self.session)


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


def refer(qtbot, shown, to, why):
    shown.page._new()
    shown.ui.to_combo.setCurrentText(to)
    shown.ui.why_edit.setFocus()
    qtbot.keyClicks(shown.ui.why_edit, why)
    qtbot.keyClick(shown.ui.why_edit, ENTER)


def test_a_case_is_referred_and_what_is_missing_is_said_at_its_field(qtbot, shown):
    shown.show(shown.case.id)
    refer(qtbot, shown, "Choose", "Threats")
    assert "Choose to whom" in shown.ui.to_error.text() and shown.ui.why_edit.text() == "Threats"
    shown.ui.to_combo.setCurrentText("MARAC")
    qtbot.keyClick(shown.ui.why_edit, ENTER)
    (row,) = shown.rows()
    assert (row.to, row.referral.why) == ("MARAC", "Threats")
    assert shown.ui.referrals_view.hasFocus() and shown.ui.to_label.text() == "MARAC"
    shown.page.undo()
    assert shown.rows() == ()


def test_a_reason_half_typed_comes_back(qtbot, shown):
    shown.show(shown.case.id)
    shown.page._new()
    qtbot.keyClicks(shown.ui.why_edit, "Threats from a")
    shown.page.left()
    assert shown.ui.why_edit.text() == ""
    shown.show(shown.case.id)
    assert shown.ui.why_edit.text() == "Threats from a" and shown.ui.new_page.isVisible()
    shown.page.go_back()
    shown.show(shown.case.id)
    assert not shown.ui.new_page.isVisible()


def test_an_answer_is_recorded_with_what_came_back_and_what_next_and_can_be_removed(qtbot, shown):
    shown.show(shown.case.id)
    refer(qtbot, shown, "MARAC", "Threats")
    qtbot.keyClick(shown.ui.referrals_view, ENTER)
    assert shown.ui.answer_combo.hasFocus()
    shown.ui.answer_button.click()
    assert "Choose what the answer was" in shown.ui.answer_error.text()
    shown.ui.answer_combo.setCurrentText("Not taken on")
    qtbot.keyClicks(shown.ui.came_edit, "Below the threshold")
    qtbot.keyClicks(shown.ui.next_edit, "Ask again in a month")
    qtbot.keyClick(shown.ui.next_edit, ENTER)
    one = shown.rows()[0].referral
    assert (one.came_back, one.next_step) == ("Below the threshold", "Ask again in a month")
    assert "Below the threshold" in shown.ui.facts_label.text() and not shown.ui.answer_frame.isVisible()
    shown.ui.reopen_button.click()
    assert shown.rows()[0].referral.is_open


def test_a_referral_is_withdrawn_with_a_reason(qtbot, shown):
    shown.show(shown.case.id)
    refer(qtbot, shown, "MAPPA", "Convicted before")
    shown.ui.withdraw_button.click()
    assert "Say why" in shown.ui.reason_error.text()
    qtbot.keyClicks(shown.ui.reason_edit, "Asked by mistake")
    qtbot.keyClick(shown.ui.reason_edit, ENTER)
    assert not shown.rows()[0].referral.is_open


def test_of_channel_and_halo_only_referred_when_by_whom_and_why_is_shown(qtbot, tmp_path):
    path = tmp_path / "note.pdf"
    shown = Shown(qtbot, path)
    shown.show(shown.case.id)
    shown.page._new()
    shown.ui.to_combo.setCurrentText("Operation Halo")
    assert shown.ui.to_hint.text() == RESTRICTED
    qtbot.keyClicks(shown.ui.why_edit, "Comes home with presents")
    qtbot.keyClick(shown.ui.why_edit, ENTER)
    shown.ui.hand_button.click()
    assert "Write the note" in shown.ui.note_error.text()
    shown.ui.note_edit.setFocus()
    qtbot.keyClicks(shown.ui.note_edit, "Quillfeather")
    shown.ui.save_note_button.click()
    assert path.read_bytes().startswith(b"%PDF-")
    shown.ui.hand_button.click()
    assert not shown.ui.note_frame.isVisible() and shown.ui.note_edit.toPlainText() == ""
    assert not shown.ui.words_frame.isVisible()
    assert "Comes home with presents" in shown.ui.facts_label.text()
    assert "Quillfeather" not in str(shown.rows())


def test_all_referrals_stand_overdue_first_and_nothing_stays_behind_another_page(qtbot, shown):
    with shown.session.work.step("asked long ago") as records:
        on = shown.session.today - timedelta(days=40)
        records.save(Referral("old", shown.case.id, ReferralBody.CMHT, "", on, "the CPG", "Unwell", on + timedelta(14)))
    shown.show()
    assert shown.ui.count_label.text() == "1 referral without an answer, 1 overdue"
    assert "26 days overdue" in shown.ui.referrals_view.entries()[0].pill
    assert shown.ui.part_frame.isVisible() and not shown.ui.new_button.isVisible()
    shown.ui.part_combo.setCurrentIndex(1)
    shown.ui.part_combo.activated.emit(1)
    assert shown.rows()[0].referral.part is not None
    shown.ui.case_button.click()
    assert shown.went[-1] == ("case", shown.case.id)
    assert shown.ui.referrals_view.entries() == () and "Unwell" not in shown.ui.facts_label.text()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
def test_no_text_is_cut_and_every_control_has_a_name(qtbot, size, tokens):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme(tokens))
    shown = Shown(qtbot, size=size)
    shown.show(shown.case.id)
    refer(qtbot, shown, "CMHT", "Talks of ending it all")
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
