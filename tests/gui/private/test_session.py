"""The private session at the table, driven by keys as New Hope's lead drives it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance, Remote
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.offices import OfficeTaken
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.meeting import PersonTurn, RoomEntry
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import Consent, Offer, OfferAnswer, RoughSleeper, Sighting
from csp_desktop.gui.private.room_changes import NEW_PERSON
from csp_desktop.gui.private.session import PrivateLivePage
from csp_desktop.gui.private.session_close import Gap
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import LinkButton
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window import unsent_text
from csp_desktop.services.cases import matrices
from csp_desktop.services.private import agenda, people, room, scoring
from csp_desktop.services.private.closing import closing
from tests.support.canaries import found
from tests.support.fakes import FakeWork, FixedClock
from tests.support.pages import Shown, private_desk_of
from tests.support.private_session import DAY, LEAD, NOW, begun, member_named, private_session, row_of
from tests.support.screens import clipped_texts, shared_mnemonics, unnamed_controls

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BARE = Qt.KeyboardModifier.NoModifier
LAPTOP, LARGE = QSize(1366, 768), QSize(1600, 900)
SARA, AMIRA, JOY, EWA = "PC Sara Lyle", "Amira Shah", "Joy Okafor", "Ewa Lukasik"
KIT = ("Kit Barlow", "K.B.", "RS-001", "without cover", "Church steps", "Detox place", "A&E", "kennel", "the dog")


class FullDisk(FakeWork):
    """A file that takes nothing while the disk is full."""

    full = False

    def keep_draft(self, kind, record_id, field, text):
        if self.full:
            raise Refused("The disk is full.")
        return super().keep_draft(kind, record_id, field, text)


class Table:
    """The page with its session, and hands for it."""

    def __init__(self, qtbot, *names, size=LARGE):
        self.clock = FixedClock(NOW)
        self.work = FullDisk(self.clock, LEAD)
        self.session = replace(private_session(self.work), now=self.clock)
        self._everyone = people.people(self.session)
        self.kit = self._everyone[0].person
        self._tell_of_kit()
        self.sitting = begun(self.session, *(names or (LEAD, SARA, AMIRA)))
        agenda.pick(self.session, self.sitting.meeting_id, [line.person.id for line in self._everyone])
        self.sitting.go_to(self.turn().id)
        self.qtbot = qtbot
        self.desk = private_desk_of(self.session)
        self.page = PrivateLivePage(self.desk)
        self.shown = Shown(qtbot, self.page, self.desk, self.sitting.meeting_id, size)
        self.ui, self.stage, self.doing = self.page._ui, self.page._view, self.page._controller

    def _tell_of_kit(self):
        with self.work.step("kit") as records:
            records.save(replace(self.kit, headline="ill, and without cover", why_not="not without the dog"))
            records.save(Sighting("s1", self.kit.id, DAY, "Church steps", "Hana Lowe", True))
            records.save(Offer("o1", self.kit.id, DAY, "Detox place", LEAD))
        matrix = matrices.in_force(self.session).matrix
        scoring.assess(self.session, self.kit.id, {f.key: f.options[1].key for f in matrix.factors})

    def press(self, key, modifier=BARE):
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        QApplication.processEvents()

    def type(self, words):
        QTest.keyClicks(QApplication.focusWidget() or self.page, words)

    def open(self):
        self.press(Qt.Key.Key_Return)
        assert self.stage.person is not None
        return self.stage.person

    def get(self, kind, record_id):
        with self.work.reading() as records:
            return records.get(kind, record_id)

    def all(self, kind, **equals):
        with self.work.reading() as records:
            return records.find(kind, **equals)

    def turn(self):
        return next(t for t in self.all(PersonTurn) if t.person_id == self.kit.id)

    def headline(self):
        return self.page.bar_state().headline

    def pills(self):
        return [pill for pill in self.page.findChildren(Pill) if pill.isVisible()]

    def words(self):
        return " ".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


@pytest.fixture
def barred(qtbot):
    return Table(qtbot, LEAD, SARA, EWA)


def test_nothing_of_the_person_is_anywhere_in_the_windows_until_whoever_may_not_hear_has_stepped_out(barred):
    assert barred.headline() == "Person 1 of 3"
    assert "Hidden until Ewa Lukasik leaves" in barred.words()
    assert found(KIT) == []
    barred.press(Qt.Key.Key_S)
    barred.open()
    assert len(found(KIT)) > 10  # the search does find what is there


def test_the_page_cannot_be_opened_while_someone_is_there_who_may_not_hear(barred):
    barred.press(Qt.Key.Key_Return, CTRL)
    assert barred.stage.person is None
    assert "is not recorded as working with this person and is still in the room" in barred.words()
    assert found(KIT) == []


def test_s_says_that_they_have_stepped_out_and_enter_shows_the_person(barred):
    barred.press(Qt.Key.Key_S)
    assert not row_of(barred.session, barred.sitting.meeting_id, EWA).present
    assert barred.stage.person is None
    barred.open()
    assert "K.B.: ill, and without cover" in barred.words()
    assert "2 may be present for K.B." in barred.words() and "Ewa Lukasik (CGL)" in barred.words()


def test_a_number_says_the_same(barred):
    barred.press(Qt.Key.Key_1)
    assert not row_of(barred.session, barred.sitting.meeting_id, EWA).present


def test_the_number_pad_acts_at_the_gate(barred):
    barred.press(Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier)
    assert not row_of(barred.session, barred.sitting.meeting_id, EWA).present
    barred.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert barred.stage.person is not None


def test_numbers_stay_with_their_people_and_a_key_held_down_says_one_thing(qtbot):
    table = Table(qtbot, LEAD, SARA, EWA, "Hana Lowe")
    assert [e.number for e in table.ui.gate_view.leaving.entries()] == ["1", "2"]
    table.press(Qt.Key.Key_1)
    assert [(e.title, e.number) for e in table.ui.gate_view.leaving.entries()] == [("Hana Lowe", "2")]
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, BARE, "s", True)
    QApplication.sendEvent(table.ui.gate_view, held)
    assert row_of(table.session, table.sitting.meeting_id, "Hana Lowe").present
    table.press(Qt.Key.Key_2)
    assert not row_of(table.session, table.sitting.meeting_id, "Hana Lowe").present


def test_new_hopes_lead_lets_someone_hear_with_a_reason_that_is_kept(barred):
    barred.press(Qt.Key.Key_W)
    barred.press(Qt.Key.Key_Return)
    assert "Say why they may stay" in barred.words()
    barred.type("ran the shelter last winter")
    barred.press(Qt.Key.Key_Return)
    assert [one.reason for one in barred.all(AdmissionOverride)] == ["ran the shelter last winter"]
    assert barred.stage.person is None  # one Enter does one thing
    barred.open()
    assert "1 by decision of New Hope's lead" in barred.words()


def test_the_reason_given_for_one_does_not_stand_ready_for_the_next(qtbot):
    table = Table(qtbot, LEAD, SARA, EWA, "Hana Lowe")
    before = table.doing.gate
    assert before is not None and len(before.clearance.must_leave) == 2
    table.press(Qt.Key.Key_W)
    table.type("ran the shelter last winter")
    table.press(Qt.Key.Key_Return)
    after = table.doing.gate
    assert after is not None and len(after.clearance.must_leave) == 1
    assert not table.ui.gate_view.why_edit.isVisible() and not table.ui.gate_view.why_edit.text()


def test_another_person_can_be_taken_first(barred):
    barred.press(Qt.Key.Key_Right, ALT)
    assert barred.headline() == "Person 2 of 3"
    assert barred.doing.gate.clearance.cleared
    barred.open()
    assert "D.W." in barred.words()


def test_someone_who_comes_in_covers_the_person_at_once_and_signs_before_they_hear(table):
    table.open()
    table.type("Left A&E early. ")
    table.press(Qt.Key.Key_F6)
    assert table.stage.person is None and found(KIT[3:]) == []
    assert table.ui.rail.entries.entries() == () and table.ui.side.held is None  # the screen is turned round
    arrival = table.ui.arrival_view
    assert [(entry.title, entry.pill) for entry in arrival.known.entries()] == [(JOY, "")]  # nor who was called in
    arrival.known.set_current(arrival.known.entries()[0].key)
    table.press(Qt.Key.Key_Return)
    assert "Joy Okafor, please sign" in table.words()
    table.press(Qt.Key.Key_Escape)
    assert "has not signed the private session's clause" in table.doing.gate.refused
    table.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is arrival.read_button and not arrival.signature.ui.signature_pad.isEnabled()
    table.press(Qt.Key.Key_Space)
    assert "Read out at 15:40 by Ravi Nair" in table.words()
    arrival.signature.ui.typed_button.click()
    table.type(JOY)
    table.press(Qt.Key.Key_Return)
    row = row_of(table.session, table.sitting.meeting_id, JOY)
    assert row.signed_at is not None
    assert table.get(RoomEntry, row.id).clause_repeated
    assert table.stage.person is None  # one Enter does one thing
    assert table.open().note.text() == "Left A&E early. "
    assert "1 worker involved" in table.words()


@pytest.mark.parametrize("typed", ["el", "ew luk", "lukasik", "EWA"])
def test_a_name_is_typed_here_as_at_the_group_s_desk(table, typed):
    table.press(Qt.Key.Key_F6)
    arrival = table.ui.arrival_view
    arrival.name_edit.setFocus()
    assert arrival.found.isHidden()
    table.type(typed)
    assert [card.name for card in arrival.found.candidates()] == [EWA]
    table.press(Qt.Key.Key_Return)
    assert row_of(table.session, table.sitting.meeting_id, EWA).present
    assert f"{EWA}, please sign" in table.words()


def test_somebody_who_is_on_no_list_says_where_they_come_from(table):
    table.press(Qt.Key.Key_F6)
    arrival = table.ui.arrival_view
    arrival.name_edit.setFocus()
    table.type("Zed Quill")
    table.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is arrival.agency_edit
    table.type("Shelter")
    table.press(Qt.Key.Key_Return)
    assert row_of(table.session, table.sitting.meeting_id, "Zed Quill").present


def test_c_says_that_a_worker_who_was_called_in_has_come(table):
    table.press(Qt.Key.Key_C)
    assert row_of(table.session, table.sitting.meeting_id, JOY).present
    assert "Joy Okafor, please sign" in table.words()


def test_someone_back_in_the_room_hears_the_clause_again_without_a_second_signature(barred):
    barred.press(Qt.Key.Key_S)
    barred.press(Qt.Key.Key_Right, ALT)
    barred.press(Qt.Key.Key_C)
    row = row_of(barred.session, barred.sitting.meeting_id, EWA)
    assert row.present and row.signed_at is not None
    assert barred.get(RoomEntry, row.id).clause_repeated
    assert barred.stage.here is barred.ui.gate_view


def test_someone_steps_out_by_the_picker(table):
    table.open()
    table.press(Qt.Key.Key_F6, SHIFT)
    table.type("Shah")
    table.press(Qt.Key.Key_Return)
    assert not row_of(table.session, table.sitting.meeting_id, AMIRA).present
    assert table.stage.person is not None


def test_when_the_lead_steps_out_the_person_is_covered(table):
    table.open()
    table.press(Qt.Key.Key_F6, SHIFT)
    table.type("Nair")
    table.press(Qt.Key.Key_Return)
    assert table.stage.person is None and found(KIT) == []
    assert "Hidden until New Hope's lead is here" in table.words()


def test_whoever_declares_an_interest_bars_the_person_until_they_step_out(table):
    table.open()
    table.press(Qt.Key.Key_I, CTRL)
    table.type("Shah")
    table.press(Qt.Key.Key_Return)
    assert table.stage.person is None and found(KIT) == []
    assert "declared an interest" in table.doing.gate.refused
    table.press(Qt.Key.Key_S)
    assert table.open()


def test_what_is_typed_is_on_disk_soon_and_saved_shows_the_commit(table):
    view = table.open()
    table.type("Left A&E early.")
    assert view.saved.text() == "Saving"
    table.qtbot.waitUntil(lambda: view.saved.text() == "Saved 15:40:00")
    assert table.work.draft(PersonTurn, table.turn().id, "note").text == "Left A&E early."


def test_a_failed_save_shows_and_what_was_typed_comes_back_behind_the_gate(table):
    view = table.open()
    table.work.full = True
    table.type("Left A&E early.")
    table.page._autosave.flush()
    assert view.saved.text() == "Not saved 0 s"
    table.press(Qt.Key.Key_H, CTRL)
    assert table.stage.person is None and found(("without cover", "Church steps", "Detox place")) == []
    assert table.open().note.text() == "Left A&E early."
    table.work.full = False
    table.page._autosave.flush()
    assert table.work.draft(PersonTurn, table.turn().id, "note").text == "Left A&E early."


def test_what_was_typed_of_one_person_never_lands_with_the_next(table):
    table.open()
    table.work.full = True
    table.type("Left A&E early.")
    table.page._autosave.flush()
    table.press(Qt.Key.Key_Right, ALT)
    table.work.full = False
    table.page._autosave.flush()
    other = next(t for t in table.all(PersonTurn) if t.position == 1)
    assert table.work.draft(PersonTurn, other.id, "note") is None
    assert table.work.draft(PersonTurn, table.turn().id, "note").text == "Left A&E early."


def test_a_person_is_decided_read_back_and_accepted_and_the_next_one_waits_at_the_gate(table):
    table.open()
    table.type("Left A&E early.")
    table.press(Qt.Key.Key_3, CTRL)
    table.type("Professionals' meeting on Friday")
    table.press(Qt.Key.Key_F3)
    table.type("sl tell the shifts thu")
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.stage.is_read_back()
    read = table.words()
    assert "Intensify" in read and "Professionals' meeting on Friday" in read and "Tell the shifts" in read
    table.press(Qt.Key.Key_Return, CTRL)
    turn = table.turn()
    assert (turn.state, turn.outcome, turn.note) == (TurnState.DONE, PersonOutcome.INTENSIFY, "Left A&E early.")
    assert turn.reason == "Professionals' meeting on Friday" and turn.read_back_at == NOW
    assert table.headline() == "Person 2 of 3" and table.stage.here is table.ui.gate_view
    rail = [entry.title for entry in table.ui.rail.entries.entries()]
    assert "K.B." in rail  # everyone here may hear them
    assert found(tuple(word for word in KIT if word not in ("K.B.", "RS-001"))) == []


def test_an_outcome_that_needs_a_reason_is_asked_for_it_before_the_read_back(table):
    view = table.open()
    table.press(Qt.Key.Key_6, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert not table.stage.is_read_back()
    assert view.outcomes.error.text() == "Say why this person is deferred; the reason is minuted."


def test_without_an_outcome_the_read_back_asks_for_one_by_its_keys(table):
    view = table.open()
    table.press(Qt.Key.Key_Return, CTRL)
    assert not table.stage.is_read_back()
    assert view.outcomes.error.text() == "Choose an outcome first: Ctrl+1 to Ctrl+6."


def test_a_reason_put_right_after_the_read_back_is_marked_as_changed_here_too(table):
    view = table.open()
    table.press(Qt.Key.Key_6, CTRL)
    table.type("nobody can speak to it")
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.clock.advance(minutes=5)
    table.doing.go(f"turn:{table.turn().id}")
    view = table.open()
    view.outcomes.fields["reason"].setFocus()
    table.type(" today")
    table.press(Qt.Key.Key_Return)
    turn = table.turn()
    assert (turn.reason, turn.state) == ("nobody can speak to it today", TurnState.DONE)
    assert turn.changed_at == table.clock()


def test_a_day_before_the_session_stays_in_its_field_with_the_reason_below(table):
    view = table.open()
    table.press(Qt.Key.Key_2, CTRL)
    day = view.outcomes.fields["see_again_on"]
    proposed = table.turn().see_again_on
    day.setFocus()
    day.selectAll()
    table.type("1 jan 2020")
    table.press(Qt.Key.Key_Return)
    assert (day.text(), table.turn().see_again_on) == ("1 jan 2020", proposed)
    assert view.outcomes.error.text() != ""


def test_another_day_to_look_again_can_be_given(table):
    view = table.open()
    table.press(Qt.Key.Key_2, CTRL)
    view.outcomes.fields["see_again_on"].setFocus()
    view.outcomes.fields["see_again_on"].selectAll()
    table.type("4 dec")
    table.press(Qt.Key.Key_Return)
    assert table.turn().see_again_on.isoformat() == "2026-12-04"


def test_an_offer_is_written_down_and_answered_in_place(table):
    view = table.open()
    table.press(Qt.Key.Key_O, CTRL)
    table.press(Qt.Key.Key_D)
    table.type("not without the dog")
    table.press(Qt.Key.Key_Return)
    kept = table.get(Offer, "o1")
    assert (kept.answer, kept.why, kept.answered_on) == (OfferAnswer.DECLINED, "not without the dog", DAY)
    view.beside.offers.line.setFocus()
    table.type("Kennel space")
    table.press(Qt.Key.Key_Return)
    assert sorted(one.what for one in table.all(Offer, person_id=table.kit.id)) == ["Detox place", "Kennel space"]


def again(table):
    """The page destroyed and made anew, as by a lock, with what was half typed."""
    texts = unsent_text.read(table.page)
    table.page.left()
    table.page = PrivateLivePage(table.desk)
    table.shown = Shown(table.qtbot, table.page, table.desk, table.sitting.meeting_id, LARGE)
    table.ui, table.stage, table.doing = table.page._ui, table.page._view, table.page._controller
    unsent_text.type_again(table.page, texts)


def test_an_answer_half_given_is_there_again_after_a_lock_once_the_gate_opens(table):
    with table.work.step("earlier") as records:
        lead = table.session.member_id
        records.save(Action("a1", "earlier", 1, "Ask about the kennel", lead, DAY, DAY, case_id=table.kit.id))
    table.open()
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_N)
    table.type("full of zebras")
    table.press(Qt.Key.Key_O, CTRL)
    table.press(Qt.Key.Key_D)
    table.type("no place for the lla")
    again(table)
    assert table.stage.person is None and found(("zebras", "lla")) == []
    again(table)  # locked once more before the gate has opened
    beside = table.open().beside
    assert beside.answers.field.text() == "full of zebras"
    assert (beside.offers.line.text(), beside.offers.line.accessibleName()) == (
        "no place for the lla",
        "Reason, in their own words",
    )


def test_a_reason_half_given_at_the_gate_is_there_again_after_a_lock(barred):
    barred.press(Qt.Key.Key_W)
    barred.type("ran the shelter last")
    again(barred)
    assert barred.ui.gate_view.why_edit.text() == "ran the shelter last"
    barred.ui.gate_view.why_edit.setFocus()
    barred.type(" winter")
    barred.press(Qt.Key.Key_Return)
    assert [one.reason for one in barred.all(AdmissionOverride)] == ["ran the shelter last winter"]


def test_lines_pasted_are_offers_and_actions_one_by_one(table):
    table.open()
    for keys, pasted in (
        (((Qt.Key.Key_O, CTRL), (Qt.Key.Key_Tab, BARE)), "Bed\nKennel"),
        (((Qt.Key.Key_F3, BARE),), "hl visit fri\nhl call thu"),
    ):
        for key in keys:
            table.press(*key)
        QApplication.clipboard().setText(pasted)
        table.press(Qt.Key.Key_V, CTRL)
        table.press(Qt.Key.Key_Return)
        table.press(Qt.Key.Key_Return)
    assert {"Bed", "Kennel"} <= {offer.what for offer in table.all(Offer)}
    assert [action.what for action in table.all(Action)] == ["Visit", "Call"]


@pytest.mark.parametrize("with_row", [False, True], ids=["in the note", "on a row"])
def test_on_a_laptop_two_offers_are_whole_and_the_letters_take_no_row_from_them(qtbot, with_row):
    table = Table(qtbot, size=LAPTOP)
    with table.work.step("another") as records:
        records.save(Offer("o2", table.kit.id, DAY, "Kennel space", LEAD))
    offers = table.open().beside.offers
    table.press(Qt.Key.Key_O, CTRL)
    if not with_row:
        table.press(Qt.Key.Key_F2)
    rows = offers.rows
    seen = [rows.visualRect(rows.model().index(number, 0)) for number in range(2)]
    assert all(rows.viewport().rect().contains(rect) for rect in seen)
    assert offers.line.isVisible() is not with_row
    assert not rows.geometry().intersects(offers.line.parentWidget().geometry()) or with_row


def test_from_a_row_tab_and_a_click_lead_to_a_new_offer(table):
    offers = table.open().beside.offers
    table.press(Qt.Key.Key_O, CTRL)
    assert not offers.line.isVisible()
    table.press(Qt.Key.Key_Tab)
    assert offers.line.hasFocus()
    table.press(Qt.Key.Key_Escape)
    assert offers.rows.hasFocus() and not offers.line.isVisible()
    new = next(each for each in offers.findChildren(LinkButton) if each.isVisible())
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    assert new.accessibleName() == "New offer" and offers.line.hasFocus()


def test_last_times_actions_are_answered_by_a_letter(table):
    with table.work.step("earlier") as records:
        officer = table.session.member_id
        records.save(Action("a1", "earlier", 1, "Ask about the kennel", officer, DAY, DAY, case_id=table.kit.id))
    view = table.open()
    table.press(Qt.Key.Key_T, CTRL)
    assert [entry.title for entry in view.beside.answers.rows.entries()] == ["Ask about the kennel"]
    table.press(Qt.Key.Key_D)
    assert table.get(Action, "a1").state is ActionState.DONE


def test_one_line_says_whom_to_ask_now_about_the_person_and_it_goes_with_them(table):
    before, late, hana = DAY - timedelta(28), DAY - timedelta(2), member_named(table.session, "Hana Lowe")
    with table.work.step("earlier") as records:
        records.save(Action("a1", "earlier", 1, "Ask about the kennel", hana.id, late, before, case_id=table.kit.id))
        records.save(Offer("o2", table.kit.id, before, "Hostel room", LEAD, OfferAnswer.THINKING))
    asks = table.open().asks
    assert asks.accessibleName() == "Ask now: New Hope, for Hana Lowe, not here: ask about the kennel: is it done?"
    assert "2 days overdue, 1 more" in table.words()
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_D)
    assert asks.accessibleName() == f"Ask now: {LEAD}, Hostel room: what was the answer?"
    assert "28 days without an answer" in table.words()
    table.press(Qt.Key.Key_O, CTRL)
    table.stage.person.beside.offers.rows.set_current("o2")
    table.press(Qt.Key.Key_T)
    assert asks.isHidden(), "what was offered today is not asked about yet"
    table.press(Qt.Key.Key_H, CTRL)
    assert found(("Hostel room", "kennel")) == []


def test_before_the_gate_opens_nothing_is_said_of_what_a_worker_does_for_the_person(table):
    entries = table.ui.gate_view.calling.entries()
    assert [entry.title for entry in entries] == [JOY]
    assert "key worker" not in repr(entries), "it tells of the person to whoever is still in the room"


def test_the_read_back_waits_for_an_action_typed_and_not_agreed_here_too(table):
    table.open()
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_F3)
    table.type("sl tell the shifts thu")
    table.press(Qt.Key.Key_Return, CTRL)
    assert not table.stage.is_read_back()
    assert table.stage.actions.entry.line.hasFocus()
    table.press(Qt.Key.Key_Return)
    assert [a.what for a in table.all(Action)][-1] == "Tell the shifts"


def test_tab_comes_from_the_line_to_what_was_agreed_and_then_to_who_is_involved(table):
    table.open()
    table.press(Qt.Key.Key_F3)
    for line in ("sl visit thu", "sl ring housing thu"):
        table.type(line)
        table.press(Qt.Key.Key_Return)
    side = table.stage.actions
    reached = []
    for _ in range(3):
        table.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [*(card for card in side.cards if card.isVisible()), side.people]


def test_changing_an_action_changes_only_what_is_changed_here_too(table):
    table.open()
    table.press(Qt.Key.Key_F3)
    table.type("sl serve notice power: closure order thu")
    table.press(Qt.Key.Key_Return)
    [agreed] = [a for a in table.all(Action) if a.what == "Serve notice"]
    for more in ("", " with housing"):
        side = table.stage.actions
        side.cards[0].setFocus()
        table.press(Qt.Key.Key_Return)
        side.entry.line.setCursorPosition(len("sl: Serve notice"))
        table.type(more)
        table.press(Qt.Key.Key_Return)
        assert side.entry.text() == ""
        now = table.get(Action, agreed.id)
        assert replace(now, changed_at=None) == replace(agreed, what=f"Serve notice{more}")
        assert bool(now.changed_at) == bool(more)


def test_a_half_typed_action_and_offer_come_back_with_their_person_only(table):
    table.open()
    table.press(Qt.Key.Key_F3)
    table.type("rn kennel space")
    table.press(Qt.Key.Key_O, CTRL)
    table.stage.person.beside.offers.line.setFocus()
    table.type("the dog's blan")
    table.press(Qt.Key.Key_Right, ALT)
    assert found(KIT[2:]) == [] or all("rail" in one or "Entry" in one for one in found(("kennel", "blan")))
    table.open()
    assert table.stage.actions.entry.text() == ""
    table.press(Qt.Key.Key_Left, ALT)
    view = table.open()
    assert table.stage.actions.entry.text() == "rn kennel space"
    assert view.beside.offers.line.text() == "the dog's blan"


def test_a_half_typed_action_comes_back_with_its_item_and_goes_once_it_is_agreed(table):
    winter = next(i for i in table.doing.state.items if i.kind is ItemKind.WINTER)
    table.doing.go(f"item:{winter.id}")
    table.press(Qt.Key.Key_F3)
    table.type("rn open the hall fr")
    table.press(Qt.Key.Key_Left, ALT)
    table.press(Qt.Key.Key_Right, ALT)
    side = table.stage.actions
    assert side.entry.text() == "rn open the hall fr"
    table.press(Qt.Key.Key_F3)
    table.press(Qt.Key.Key_End)
    table.type("i")
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_Left, ALT)
    table.press(Qt.Key.Key_Right, ALT)
    assert [row.action.what for row in table.doing.agreed] == ["Open the hall"]
    assert table.stage.actions.entry.text() == ""


@pytest.mark.parametrize("key", [(Qt.Key.Key_F6, SHIFT), (Qt.Key.Key_I, CTRL)])
def test_who_leaves_or_declares_is_asked_over_the_work_and_moves_nothing_here_too(table, key):
    view = table.open()
    QApplication.processEvents()  # what is opened has its place
    before = view.note.mapTo(table.page, view.note.rect().topLeft())
    table.press(*key)
    QApplication.processEvents()
    picker = table.page.room.leavers if key[1] == SHIFT else table.page.room.interests
    assert picker.isVisible()
    assert view.note.mapTo(table.page, view.note.rect().topLeft()) == before


def test_the_limits_of_an_agreement_and_what_forced_a_band_are_always_told(qtbot):
    table = Table(qtbot, size=LAPTOP)
    with table.work.step("limits") as records:
        kit = replace(table.kit, consent=Consent.LIMITED, consent_limits="nothing to the landlord")
        records.save(kit)
    worst = next((f.key, o.key) for f in matrices.in_force(table.session).matrix.factors for o in f.options if o.forces)
    scoring.assess(table.session, table.kit.id, dict([worst]))
    table.open()
    assert "Agreed to sharing with limits: nothing to the landlord" in table.words()
    assert "Forced by" in table.words()
    assert clipped_texts(table.page) == []


def test_undo_takes_back_the_last_step_and_at_the_gate_does_not_name_it(barred):
    barred.press(Qt.Key.Key_S)
    barred.open()
    barred.press(Qt.Key.Key_2, CTRL)
    assert barred.turn().outcome is PersonOutcome.CONTINUE
    barred.press(Qt.Key.Key_Z, CTRL)
    assert barred.turn().outcome is None
    assert barred.page.messages.text().startswith("Undone: ")


def test_from_the_next_gate_undo_leads_back_first_and_changes_nothing_of_a_person_unseen(table):
    table.open()
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Right, ALT)
    assert table.headline() == "Person 2 of 3"
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.headline() == "Person 1 of 3" and table.stage.here is table.ui.gate_view
    assert table.turn().outcome is PersonOutcome.CONTINUE
    assert table.page.messages.text() == "Undone."
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.turn().outcome is None


def test_what_was_written_at_an_item_goes_when_undo_is_asked_for_twice_and_its_field_shows_it(table):
    winter = next(i for i in table.doing.state.items if i.kind is ItemKind.WINTER)
    table.doing.go(f"item:{winter.id}")
    table.type("Two beds free")
    table.press(Qt.Key.Key_F3)
    table.type("rn open the hall fri")
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_F2)
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.doing.agreed == ()
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.get(AgendaItem, winter.id).note == "Two beds free"
    assert table.page.messages.text() == "Press Ctrl+Z again to undo what was typed."
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.get(AgendaItem, winter.id).note == ""
    assert table.ui.item_view.note.hasFocus() and table.ui.item_view.note.text() == ""


def test_while_the_disk_is_full_leaving_a_field_writes_nothing_older_into_the_record(table):
    view = table.open()
    table.type("Left A&E")
    table.page._autosave.flush()
    table.work.full = True
    table.type(" early.")
    table.press(Qt.Key.Key_F3)
    assert table.turn().note == ""
    table.work.full = False
    view.saved.retry_asked.emit()
    table.press(Qt.Key.Key_F2)
    table.press(Qt.Key.Key_F3)
    assert table.turn().note == "Left A&E early."


def test_taking_back_an_outcome_leaves_the_note_that_was_typed_before_it(table):
    view = table.open()
    table.type("Slept at the hall.")
    table.press(Qt.Key.Key_2, CTRL)
    view.note.setFocus()
    table.press(Qt.Key.Key_Z, CTRL)
    assert (table.turn().outcome, table.turn().note) == (None, "Slept at the hall.")
    assert view.note.text() == "Slept at the hall."
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.page.messages.text() == "Press Ctrl+Z again to undo what was typed."
    assert table.turn().note == "Slept at the hall."
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.turn().note == ""


def test_after_the_last_person_the_items_follow_and_then_the_end(table):
    for _ in range(3):
        table.open()
        table.press(Qt.Key.Key_2, CTRL)
        table.press(Qt.Key.Key_Return, CTRL)
        table.press(Qt.Key.Key_Return, CTRL)
    assert table.headline() == "Winter beds and severe weather"
    table.type("Two beds free tonight")
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.stage.is_read_back() and "Two beds free tonight" in table.words()
    table.press(Qt.Key.Key_Escape)
    assert table.stage.here is table.ui.item_view
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.headline() == "Count and new arrivals"
    for _ in range(2):  # nothing was said at them, so there is nothing to read back
        table.press(Qt.Key.Key_Return, CTRL)
    assert table.headline() == "Next date"
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.stage.is_read_back() and any(pill.text() == "No date agreed" for pill in table.pills())
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.stage.here is table.ui.close_view
    assert "Everyone was discussed" in table.words()
    table.press(Qt.Key.Key_Return, CTRL)
    meeting = table.all(Meeting)[0]
    assert meeting.state is MeetingState.CLOSED
    assert table.shown.went == [("private_minutes", meeting.id)]
    assert all(not row.present for row in table.all(Attendance))


def test_the_next_date_is_typed_at_its_item_and_agreed_by_enter_here_too(table):
    item = next(i for i in table.doing.state.items if i.kind is ItemKind.NEXT_DATE)
    table.doing.go(f"item:{item.id}")
    table.type("17 dec")
    table.press(Qt.Key.Key_Return)
    assert table.all(Meeting)[0].next_on.isoformat() == "2026-12-17"


def test_an_item_that_is_done_is_not_done_once_more(table):
    winter = next(i for i in table.doing.state.items if i.kind is ItemKind.WINTER)
    table.doing.go(f"item:{winter.id}")
    table.press(Qt.Key.Key_Return, CTRL)
    done = table.get(AgendaItem, winter.id)
    table.clock.advance(minutes=3)
    table.doing.go(f"item:{winter.id}")
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.get(AgendaItem, winter.id).read_back_at == done.read_back_at
    assert table.headline() == "Count and new arrivals"


def test_the_end_says_how_many_come_back(table):
    table.press(Qt.Key.Key_W, CTRL | SHIFT)
    assert "3 people were not discussed" in table.words()


def test_before_you_stand_up_what_is_open_stands_first_and_each_is_mended_in_place(table):
    table.open()
    table.press(Qt.Key.Key_2, CTRL)
    with table.work.step("an action without a date") as records:
        officer = table.session.member_id
        records.save(
            Action("a1", table.sitting.meeting_id, 1, "Ask Kit Barlow", officer, None, DAY, case_id=table.kit.id)
        )
    table.press(Qt.Key.Key_W, CTRL | SHIFT)
    view = table.ui.close_view
    shown = [gap for gap, row in view.rows.items() if row.isVisible()]
    assert shown == [Gap.UNDECIDED, Gap.WAITING, Gap.ITEMS, Gap.DATES, Gap.NEXT]
    assert "Before you stand up: 5 things" in table.words()
    assert found(("Ask Kit", "Kit Barlow")) == [], "what an action says may name a person"
    assert unnamed_controls(table.page) == [] and clipped_texts(table.page) == [] and shared_mnemonics(table.page) == []
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Space)
    assert "The people not discussed return at the next session" in table.words()
    for _ in range(2):
        table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Space)
    following = table.get(Action, "a1").due
    assert following is not None and "Every action has a date" in table.words()
    view.rows[Gap.NEXT].other_button.click()
    table.type("1 jan 2020")
    table.press(Qt.Key.Key_Return)
    assert "The next meeting must be after this one." in table.words()
    view.day.edit.selectAll()
    table.type("17 dec")
    table.press(Qt.Key.Key_Return)
    assert table.all(Meeting)[0].next_on.isoformat() == "2026-12-17"
    assert "next session Thu 17 Dec" in table.words() and "Before you stand up: 2 things" in table.words()
    assert QApplication.focusWidget() is view.rows[Gap.UNDECIDED].button
    table.press(Qt.Key.Key_Space)
    assert table.doing.here == f"turn:{table.turn().id}" and table.stage.here is table.ui.gate_view


def test_whoever_has_not_signed_comes_first_at_the_end_and_the_file_s_hand_back_last(qtbot):
    table = Table(qtbot, LEAD, SARA)
    room.join(table.session, table.sitting.meeting_id, AMIRA, "Watford Borough Council")
    state = closing(table.session, table.sitting.meeting_id)
    assert state.unsigned == (f"{AMIRA}, Watford Borough Council",)
    table.press(Qt.Key.Key_W, CTRL | SHIFT)
    view = table.ui.close_view
    view.show_closing(state, hands_back=True)
    shown = [gap for gap, row in view.rows.items() if row.isVisible()]
    assert (shown[0], shown[-1]) == (Gap.UNSIGNED, Gap.HAND_BACK)
    view.rows[Gap.HAND_BACK].button.click()
    assert "New Hope’s file goes back with New Hope" in table.words()
    assert QApplication.focusWidget() is view.rows[Gap.UNSIGNED].button
    table.press(Qt.Key.Key_Space)
    assert table.stage.is_arriving()


def test_leaving_the_page_destroys_the_person_and_returning_asks_at_the_gate(table):
    table.open()
    table.type("Left A&E early.")
    table.press(Qt.Key.Key_F3)
    table.type("rn kennel space thu")
    table.press(Qt.Key.Key_Return)
    table.page.left()
    assert found(KIT[3:]) == []
    assert table.ui.rail.entries.entries() == () and table.ui.side.held is None
    assert table.turn().note == "Left A&E early."
    table.page.entered(table.sitting.meeting_id)
    assert table.stage.here is table.ui.gate_view


def test_a_change_made_elsewhere_covers_the_person_too(table):
    table.open()
    room.join(table.session, table.sitting.meeting_id, EWA, "CGL")
    table.page.refresh()
    assert table.stage.person is None and found(KIT) == []


def test_the_bar_says_what_time_a_person_has_and_when_the_session_ends_at_this_pace(table):
    table.open()
    notes = [note.text for note in table.page.bar_state().notes]
    assert notes[0].endswith("min for this person") and notes[-1].startswith("ends ")
    table.clock.advance(hours=3)
    late = table.page.bar_state().notes
    assert [note.text for note in late][0] == "over time"
    assert late[-1].text.startswith("ends ") and all(note.amber for note in late)
    assert not any("ahead" in note.text for note in late), "no good news where the slot is over"


def test_what_is_done_steps_back_in_the_list_of_the_session_too(table):
    for _ in range(3):
        table.open()
        table.press(Qt.Key.Key_2, CTRL)
        table.press(Qt.Key.Key_Return, CTRL)
        table.press(Qt.Key.Key_Return, CTRL)
    entries = table.ui.rail.entries.entries()
    assert next(e for e in entries if e.title.startswith("People")).dim
    assert not next(e for e in entries if e.title.startswith("Winter beds")).dim
    assert entries[-1].caption == ""


def test_the_bar_never_says_a_word_of_the_person(table):
    table.open()
    assert not any(word in repr(table.page.bar_state()) for word in KIT)


@pytest.mark.parametrize("size", [LAPTOP, LARGE])
def test_nothing_is_cut_and_everything_has_a_name(qtbot, size):
    table = Table(qtbot, LEAD, SARA, EWA, size=size)
    for go in (lambda: None, lambda: table.press(Qt.Key.Key_S), table.open, lambda: table.press(Qt.Key.Key_3, CTRL)):
        go()
        QApplication.processEvents()
        assert clipped_texts(table.page) == []
        assert unnamed_controls(table.page) == []
        assert shared_mnemonics(table.page) == []


def test_the_person_is_gone_from_the_list_after_taking_them_off(table):
    table.open()
    table.press(Qt.Key.Key_4, CTRL)
    table.type("Moved to family in Leeds")
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert not table.get(RoughSleeper, table.kit.id).on_list


def test_on_a_small_screen_somebody_elses_turn_shows_in_the_middle_column(qtbot):
    table = Table(qtbot, size=QSize(640, 360))
    table.press(Qt.Key.Key_F4)
    assert table.ui.columns.shown() is Column.RAIL
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Return)
    assert table.headline() == "Person 2 of 3"
    assert table.ui.columns.shown() is Column.WORK and table.ui.gate_view.isVisible()
    view = table.open()
    table.press(Qt.Key.Key_F3)
    table.press(Qt.Key.Key_O, CTRL)
    assert table.ui.columns.shown() is Column.WORK and view.beside.offers.isVisible()
    table.press(Qt.Key.Key_F3)
    table.press(Qt.Key.Key_H, CTRL)
    assert table.ui.columns.shown() is Column.WORK and table.ui.gate_view.isVisible()
    table.press(Qt.Key.Key_F6)
    assert table.ui.columns.shown() is Column.WORK and table.ui.arrival_view.isVisible()


def test_a_person_is_added_by_any_of_their_names_and_shown_by_reference_alone(table):
    ids = [line.person.id for line in table._everyone]
    agenda.pick(table.session, table.sitting.meeting_id, ids[:-1])
    added = table._everyone[-1].person
    table.open()
    table.press(Qt.Key.Key_N, CTRL)
    picker = table.page.room.added
    assert picker.isVisible() and table.stage.person is None  # covered: a name may be typed
    table.type(added.name.split()[-1].lower())
    assert [entry.title for entry in picker.people_view.entries()] == [added.reference, NEW_PERSON]
    table.press(Qt.Key.Key_Return)
    (turn,) = table.all(PersonTurn, person_id=added.id)
    assert turn.joined_at is not None and turn.position == 1 and not picker.isVisible()
    assert table.stage.here is table.ui.gate_view


@pytest.mark.parametrize(("modifier", "at"), [(CTRL, 1), (CTRL | SHIFT, 0)])
def test_somebody_nobody_knew_is_added_by_key_and_talked_about_at_once(table, modifier, at):
    table.open()
    table.press(Qt.Key.Key_N, modifier)
    picker = table.page.room.added
    table.type("Una Frost")
    assert [entry.title for entry in picker.people_view.entries()] == [NEW_PERSON]
    table.press(Qt.Key.Key_Return)
    una = next(one for one in table.all(RoughSleeper) if one.name == "Una Frost")
    (turn,) = table.all(PersonTurn, person_id=una.id)
    assert (una.reference, turn.position) == ("RS-004", at) and not picker.isVisible()
    if at:
        table.press(Qt.Key.Key_Right, ALT)
    assert table.stage.here is table.ui.gate_view and table.headline() == f"Person {at + 1} of 4"
    table.open()
    assert table.stage.person.title.text().startswith("U.F.") or "U.F." in table.words()
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.get(PersonTurn, turn.id).read_back_at is not None


def test_a_new_person_at_the_end_is_a_command_and_one_alike_is_asked_about_once(table):
    at_the_end = next(one for one in table.page.ACTIONS if one.label.endswith("at the end"))
    table.page.act(at_the_end)
    table.type("Kit Barlowe")
    table.press(Qt.Key.Key_End)
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Return)
    picker = table.page.room.added
    assert picker.isVisible() and len(table.all(PersonTurn)) == 3
    assert "RS-001 may be this person. Add that reference instead. If this is a different" in table.words()
    table.press(Qt.Key.Key_Return)
    assert not picker.isVisible() and max(table.all(PersonTurn), key=lambda turn: turn.position).joined_at is not None


def test_a_late_joiner_on_teams_signs_by_name_and_is_heard_by_nobody_until_the_lead_admits_them(qtbot):
    table = Table(qtbot, LEAD, AMIRA)
    table.open()
    table.press(Qt.Key.Key_F6)
    view = table.ui.arrival_view
    how = view.how
    how.remote_box.setCurrentIndex(1)
    view.name_edit.setFocus()
    table.type("sara ly")
    table.press(Qt.Key.Key_Return)
    row = row_of(table.session, table.sitting.meeting_id, SARA)
    assert row.remote is Remote.TEAMS and view.shown_button.isVisible() and view.alone_box.isVisible()
    view.shown_button.click()
    assert view.alone_box.hasFocus() and "Shown on their screen at" in table.words()
    view.alone_box.setCurrentIndex(1)
    view.alone_box.activated.emit(1)
    assert view.signature.is_typed and view.signature.ui.typed_edit.hasFocus()
    table.type(SARA)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.stage.here is table.ui.gate_view and f"Hidden until {SARA} is admitted, or leaves" in table.words()
    assert table.ui.gate_view.admit_button.isVisible() and found(KIT) == []
    table.press(Qt.Key.Key_A)
    assert not table.ui.gate_view.admit_button.isVisible()
    table.open()


def test_a_deputy_is_written_down_as_they_come_in(qtbot):
    table = Table(qtbot, LEAD, SARA)
    table.press(Qt.Key.Key_F6)
    view = table.ui.arrival_view
    box = view.how.here_for_box
    assert [box.itemText(n) for n in range(box.count())] == ["themselves", AMIRA, EWA, "Hana Lowe", JOY]
    box.setCurrentIndex(box.findText(JOY))
    view.name_edit.setFocus()
    table.type("Nina Frost")
    table.press(Qt.Key.Key_Return)
    table.type("Community Mental Health Team")
    table.press(Qt.Key.Key_Return)
    (nina,) = [row for row in table.all(Attendance) if row.name == "Nina Frost"]
    assert nina.here_for == JOY and view.how.here_for_id == ""


def test_somebody_else_leads_from_now_on_by_key(table):
    with table.work.step("a deputy") as records:
        amira = member_named(table.session, AMIRA)
        records.save(replace(amira, roles=(Role.NEW_HOPE_DEPUTY.value,)))
    table.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert table.page.room.leads.isVisible()
    table.type("shah")
    table.press(Qt.Key.Key_Return)
    (taken,) = table.all(OfficeTaken)
    assert (taken.from_name, taken.to_name) == (LEAD, AMIRA)
    assert not table.page.room.leads.isVisible()


def test_items_are_added_and_renamed_while_the_session_runs_and_the_person_stays_in_hand(table):
    table.open()
    table.press(Qt.Key.Key_A, CTRL | SHIFT)
    panel = table.page.room.agenda
    assert panel.isVisible() and shared_mnemonics(table.page) == []
    assert unnamed_controls(table.page) == [] and clipped_texts(table.page) == []
    table.press(Qt.Key.Key_Return)
    assert "The item needs a title." in table.words()
    table.type("Bins")
    table.press(Qt.Key.Key_Return)
    entries = [entry.title for entry in table.ui.rail.entries.entries()]
    people = [title for title in entries if title in ("People, highest risk first", "Bins", "Winter beds and SWEP")]
    assert people == ["People, highest risk first", "Bins", "Winter beds and SWEP"], "under what is in hand"
    (winter,) = [item for item in table.all(AgendaItem) if item.kind is ItemKind.WINTER]
    assert "People, highest risk first" not in [row.title for row in panel.side.items_view.entries()]
    panel.side.items_view.set_current(winter.id)
    panel.side.rename_edit.setFocus()
    panel.side.rename_edit.selectAll()
    table.type("Beds until March")
    table.press(Qt.Key.Key_Return)
    assert "Beds until March" in [entry.title for entry in table.ui.rail.entries.entries()]
    assert table.get(AgendaItem, winter.id).renamed_at == NOW
    table.press(Qt.Key.Key_Escape)
    assert not panel.isVisible() and table.stage.person is not None
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.get(AgendaItem, winter.id).title == "Winter beds and severe weather"


def test_the_agenda_goes_away_with_what_it_lay_over(table):
    table.open()
    table.press(Qt.Key.Key_A, CTRL | SHIFT)
    panel = table.page.room.agenda
    assert panel.isVisible()
    table.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert not panel.isVisible() and table.stage.person is None


def test_in_a_laptop_window_of_720_lines_there_is_room_for_the_note_and_the_outcomes_are_one_line(qtbot):
    table = Table(qtbot, size=QSize(1280, 720))
    view = table.open()
    assert view.note.viewport().height() >= 8 * view.note.fontMetrics().lineSpacing()
    assert len({button.y() for button in view.outcomes.buttons.values()}) == 1
