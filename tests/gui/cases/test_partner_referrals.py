"""Referrals from partners are entered, acknowledged, decided and told by the keyboard; nothing half typed is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.incoming_referrals import About, CameBy, ChildrenAtHome, IncomingState, Triage
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.gui.cases.partner_referrals import PartnerReferralsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.finder import _key, _where
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.cases import incoming_referrals as service
from csp_desktop.services.meeting.triage import Becomes
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
        self.session = replace(made, papers=replace(made.papers, mail_draft=mail_draft))
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.went: list[Any] = []
        context = PageContext(self.session, Changes(), Tasks())
        self.page = PartnerReferralsPage(context, SavesTo(path))
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.add_page("partner_referrals", self.page)
        self.window.add_page("case", Page(context))
        self.window.add_page("issues", Page(context))
        self.window.resize(SIZES[size])
        self.window.show()
        self.ui = self.page._ui

    def show(self, argument=None):
        self.window.show_page("partner_referrals", argument)
        QApplication.processEvents()

    def came(self, children=ChildrenAtHome.NO):
        about = About(self.session.today, CameBy.MAIL, "Look at the stairs", "JP", "Oak Way", "A knife", children)
        return service.enter(self.session, service.referrer_of("", "Larkfield School", "Una", "una@l.example"), about)

    def one(self):
        return service.incoming(self.session)[0].referral

    def choose(self, end):
        self.ui.triage_combo.setCurrentIndex(self.ui.triage_combo.findData(end))
        self.ui.triage_combo.activated.emit(self.ui.triage_combo.currentIndex())


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


def test_one_is_entered_by_keyboard_and_what_is_missing_is_said_at_its_field(qtbot, shown):
    shown.show()
    ui = shown.ui
    shown.page._new()
    assert ui.source_combo.hasFocus() and ui.body_frame.isVisible()
    qtbot.keyClicks(ui.asked_edit, "Look at the stairs")
    qtbot.keyClick(ui.asked_edit, ENTER)
    assert "Choose from whom it came" in ui.body_error.text() and ui.body_edit.hasFocus()
    qtbot.keyClicks(ui.body_edit, "Larkfield School")
    qtbot.keyClick(ui.body_edit, ENTER)
    assert "initials" in ui.initials_error.text()
    qtbot.keyClicks(ui.initials_edit, "jp")
    qtbot.keyClick(ui.initials_edit, ENTER)
    assert (shown.one().body, shown.one().initials, shown.one().asked) == (
        "Larkfield School",
        "JP",
        "Look at the stairs",
    )
    assert ui.incoming_view.hasFocus() and ui.source_label.text() == "Larkfield School"
    shown.page.undo()
    assert service.incoming(shown.session) == ()


def test_a_person_of_the_partnership_is_known_and_an_agency_is_asked_who(shown):
    shown.show()
    ui = shown.ui
    shown.page._new()
    for index in range(1, ui.source_combo.count()):
        ui.source_combo.setCurrentIndex(index)
        ui.source_combo.activated.emit(index)
        assert not ui.body_frame.isVisible()
        assert ui.contact_frame.isVisible() == ui.source_combo.currentData().startswith("agency")


def test_what_is_half_entered_comes_back_until_it_is_given_up(qtbot, shown):
    shown.show()
    shown.page._new()
    qtbot.keyClicks(shown.ui.asked_edit, "Look at")
    shown.page.left()
    assert shown.ui.asked_edit.text() == ""
    shown.show()
    assert shown.ui.asked_edit.text() == "Look at" and shown.ui.new_page.isVisible()
    shown.page.go_back()
    shown.show()
    assert not shown.ui.new_page.isVisible()


def test_it_is_acknowledged_then_decided_then_the_referrer_is_told(qtbot, shown):
    shown.came()
    shown.show()
    ui = shown.ui
    qtbot.keyClick(ui.incoming_view, ENTER)
    assert ui.ack_button.hasFocus()
    ui.ack_field.setFocus()
    qtbot.keyClick(ui.ack_field, ENTER)
    assert shown.one().state is IncomingState.ACKNOWLEDGED and not ui.ack_frame.isVisible()
    qtbot.keyClick(ui.incoming_view, ENTER)
    assert ui.triage_combo.hasFocus()
    ui.decide_button.click()
    assert "Choose what becomes" in ui.triage_error.text()
    shown.choose(Becomes.DECLINED)
    ui.decide_button.click()
    assert "Choose what the referrer is told" in ui.reason_error.text()
    ui.why_combo.setCurrentIndex(1)
    qtbot.keyClicks(ui.reason_edit, "For housing")
    qtbot.keyClick(ui.reason_edit, ENTER)
    assert shown.one().triage is Triage.DECLINED and "For housing" in ui.facts_label.text()
    ui.tell_button.click()
    assert "Choose how" in ui.how_error.text()
    ui.how_combo.setCurrentIndex(2)
    ui.tell_button.click()
    assert shown.one().state is IncomingState.TOLD and not ui.mail_button.isVisible()


def test_it_becomes_a_case_and_leads_there(shown):
    service.acknowledge(shown.session, shown.came().id)
    shown.show()
    ui = shown.ui
    shown.choose(Becomes.NEW_CASE)
    assert ui.title_edit.text() == "Oak Way: look at the stairs" and ui.subject_frame.isVisible()
    ui.decide_button.click()
    assert "area of work" in ui.area_error.text()
    ui.area_combo.setCurrentIndex(1)
    ui.decide_button.click()
    with shown.session.work.reading() as records:
        case = records.get(Case, shown.one().case_id)
    assert case.title == "Oak Way: look at the stairs" and case.initials == "JP"
    ui.became_button.click()
    assert shown.went[-1] == ("case", case.id)
    assert ui.incoming_view.entries() == () and "knife" not in ui.facts_label.text()


def test_it_joins_a_case_or_an_issue_there_is_and_the_decision_can_be_removed(shown):
    service.acknowledge(shown.session, shown.came().id)
    shown.show()
    ui = shown.ui
    shown.choose(Becomes.CASE)
    ui.decide_button.click()
    assert "Choose the case" in ui.target_error.text()
    ui.target_combo.setCurrentIndex(1)
    ui.decide_button.click()
    assert shown.one().triage is Triage.CASE
    ui.back_button.click()
    assert shown.one().state is IncomingState.ACKNOWLEDGED
    shown.choose(Becomes.NEW_ISSUE)
    ui.area_combo.setCurrentIndex(1)
    ui.decide_button.click()
    ui.became_button.click()
    assert shown.went[-1] == ("issues", shown.one().issue_id)


def test_a_reason_half_typed_comes_back(qtbot, shown):
    service.acknowledge(shown.session, shown.came().id)
    shown.show()
    shown.choose(Becomes.DECLINED)
    qtbot.keyClicks(shown.ui.reason_edit, "For hous")
    shown.page.left()
    shown.show()
    shown.choose(Becomes.DECLINED)
    assert shown.ui.reason_edit.text() == "For hous"


def test_the_draft_to_the_referrer_is_saved_and_holds_nothing_about_third_parties(qtbot, tmp_path):
    path = tmp_path / "referral.eml"
    shown = Shown(qtbot, path)
    shown.came()
    shown.show()
    shown.ui.mail_button.click()
    text = path.read_text(encoding="utf-8")
    assert "una@l.example" in text and "received it" in text
    assert not any(word in text for word in ("JP", "Oak Way", "knife", "stairs"))


def test_ctrl_k_leads_to_one(shown):
    one = shown.came()
    (hit,) = service.find_incoming(shown.session, "larkfield")
    assert _where(_key(hit)) == ("partner_referrals", one.id)
    shown.show(hit.record_id)
    assert shown.ui.source_label.text() == "Una, Larkfield School"


def test_children_at_home_asks_about_childrens_safeguarding(shown):
    shown.came(ChildrenAtHome.YES)
    shown.show()
    assert "children’s safeguarding" in shown.ui.children_label.text() and shown.ui.children_label.isVisible()


def test_one_past_its_year_that_became_no_case_is_deleted_for_good(shown):
    one = shown.came()
    with shown.session.work.step("long ago") as records:
        day = shown.session.today - timedelta(days=400)
        done = replace(one, received_on=day, acknowledged_on=day, triage=Triage.DECLINED, triaged_on=day, told_on=day)
        records.save(replace(done, reason="For housing"))
    shown.show()
    assert shown.ui.delete_button.isVisible()
    shown.ui.delete_button.click()
    assert service.incoming(shown.session) == ()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
@pytest.mark.parametrize("form", [True, False], ids=["form", "decision"])
def test_no_text_is_cut_and_every_control_has_a_name(qtbot, size, tokens, form):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme(tokens))
    shown = Shown(qtbot, size=size)
    service.acknowledge(shown.session, shown.came().id)
    shown.show()
    if form:
        shown.page._new()
    else:
        shown.choose(Becomes.NEW_CASE)
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
