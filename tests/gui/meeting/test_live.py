"""The live case walk, driven by keys as the minute-taker drives it."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Member, Standing
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import LIGHT, Theme
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.chips import Chip
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.window import unsent_text
from csp_desktop.gui.window.writing import Choices
from csp_desktop.services.meeting import actions
from csp_desktop.services.meeting.running_meeting import go_to_item, meeting_state, start
from tests.support.fakes import FakeWork, FixedClock, fake_session
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, unnamed_controls
from tests.support.walk_meeting import DAY, fill

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BARE = Qt.KeyboardModifier.NoModifier
LAPTOP = QSize(1366, 768)


class FullDisk(FakeWork):
    """A file that takes nothing while the disk is full."""

    full = False

    def keep_draft(self, kind, record_id, field, text):
        if self.full:
            raise Refused("The disk is full.")
        return super().keep_draft(kind, record_id, field, text)


class Noting(FullDisk):
    """Says which kinds of records were read."""

    kinds: set[str] = set()

    @contextmanager
    def reading(self):
        with super().reading() as records:
            yield NotingRecords(records, self.kinds)


class NotingRecords:
    """Passes on what is asked, and notes of what kind it was."""

    def __init__(self, records, kinds):
        self._records, self._kinds = records, kinds

    def get(self, kind, record_id):
        self._kinds.add(kind.__name__)
        return self._records.get(kind, record_id)

    def find(self, kind, /, **equals):
        self._kinds.add(kind.__name__)
        return self._records.find(kind, **equals)


class Table:
    """The page with its meeting, and hands for it."""

    def __init__(self, qtbot, at_cases=True, size=LAPTOP):
        self.clock = FixedClock()
        self.work = Noting(self.clock)
        self.session = fake_session(self.work, now=self.clock)
        fill(self.work)
        if at_cases:
            start(self.session, "november")
            cases = next(i for i in self.live.items if i.kind is ItemKind.CASES)
            go_to_item(self.session, cases.id)
        self.desk = desk_of(self.session)
        self.qtbot = qtbot
        self.page = LivePage(self.desk)
        self.shown = Shown(qtbot, self.page, self.desk, "november", size)
        self.ui = self.page._ui

    @property
    def live(self):
        return meeting_state(self.session, "november")

    def get(self, kind, record_id):
        with self.work.reading() as records:
            return records.get(kind, record_id)

    def actions(self):
        with self.work.reading() as records:
            return records.find(Action, meeting_id="november")

    def press(self, key, modifier=BARE):
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        QApplication.processEvents()

    def type(self, words):
        QTest.keyClicks(QApplication.focusWidget() or self.page, words)

    def agree(self, line):
        self.press(Qt.Key.Key_F3)
        self.type(line)
        self.press(Qt.Key.Key_Return)

    def read_back(self):
        assert self.ui.stack.currentWidget() is self.ui.read_back_view
        shown = self.ui.read_back_view.findChildren(QLabel) + self.ui.read_back_view.findChildren(Pill)
        return " ".join(part.text() for part in shown if part.isVisible())

    @property
    def current(self):
        return self.live.meeting.current_turn_id

    def read_while(self, do):
        self.work.kinds = set()
        do()
        return self.work.kinds

    def in_the_room(self):
        return {row.officer.name: row.open for row in self.ui.side.room._people}

    def change(self, kind, record_id, **changes):
        with self.work.step("change") as records:
            records.save(replace(records.get(kind, record_id), **changes))

    def shown_words(self):
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]

    def title(self):
        return self.ui.case_view.title.text()

    def told(self):
        return self.page.messages.text()


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


def test_a_referral_stands_in_one_line_and_over_the_keys_of_a_laptop(qtbot):
    table = Table(qtbot, size=QSize(1366, 730))
    table.press(Qt.Key.Key_5, CTRL)
    bar = table.ui.case_view.outcomes
    beside_a_scroll_bar = bar.width() - 10
    assert bar.dissent_button.isVisible() and bar.fields["refer_to"].isVisible()
    assert bar.heightForWidth(beside_a_scroll_bar) == bar.height() < 120
    table.ui.read_back_view.setMinimumHeight(700)  # another page of the stack, which is not on the screen
    QApplication.processEvents()
    column = next(a for a in table.page.findChildren(QScrollArea) if a.widget() is table.ui.work_frame)
    assert column.verticalScrollBar().maximum() == 0


def test_the_meeting_starts_when_everyone_present_has_signed(qtbot):
    table = Table(qtbot, at_cases=False)
    assert table.live.meeting.state is MeetingState.IN_SESSION
    assert table.page.bar_state().headline == "Apologies"


def test_with_someone_unsigned_the_page_says_who_and_leads_to_the_sign_in(qtbot):
    table = Table(qtbot, at_cases=False)
    with table.work.step("back") as records:
        records.save(replace(records.get(Attendance, "a-ravi"), signed_at=None))
        records.save(replace(records.get(Meeting, "november"), state=MeetingState.SIGN_IN))
    table.page.entered("november")
    words = " ".join(label.text() for label in table.ui.gate_view.findChildren(QLabel))
    assert "Ravi Nair is present and has not signed" in words
    table.ui.gate_view.pressed.emit()
    assert table.shown.went == [("sign_in", "november")]


def test_what_is_typed_goes_to_disk_by_itself_and_saved_shows_the_commit(table):
    table.type("CMHT confirm two missed appointments")
    assert table.ui.case_view.saved.text() == "Saving"
    table.qtbot.waitUntil(lambda: table.ui.case_view.saved.text() == "Saved 14:00:00")
    assert table.work.draft(CaseTurn, "t-oak", "note").text == "CMHT confirm two missed appointments"


def test_a_failed_save_shows_in_red_with_retry_and_typing_goes_on(table):
    table.work.full = True
    table.type("First")
    table.page._autosave.flush()
    table.clock.advance(seconds=12)
    table.type(" and more")
    table.page._autosave.flush()
    assert table.ui.case_view.saved.text() == "Not saved 12 s"
    assert table.ui.case_view.note.text() == "First and more"
    table.work.full = False
    table.ui.case_view.saved.retry_asked.emit()
    assert table.ui.case_view.saved.text() == "Saved 14:00:12"
    assert table.work.draft(CaseTurn, "t-oak", "note").text == "First and more"


def test_what_was_typed_of_one_case_while_the_disk_was_full_is_neither_lost_nor_of_the_next(table):
    table.work.full = True
    table.type("Said at Oak Way")
    table.press(Qt.Key.Key_Right, ALT)
    table.type("Said at Elm Close")
    table.press(Qt.Key.Key_Left, ALT)
    assert table.ui.case_view.note.text() == "Said at Oak Way"
    assert table.work.draft(CaseTurn, "t-oak", "note") is None
    table.work.full = False
    table.page._autosave.flush()
    kept = {which: table.work.draft(CaseTurn, which, "note").text for which in ("t-oak", "t-elm")}
    assert kept == {"t-oak": "Said at Oak Way", "t-elm": "Said at Elm Close"}


def test_a_case_closes_in_two_chords_and_its_acceptance(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.ui.stack.currentWidget() is table.ui.read_back_view
    assert table.get(CaseTurn, "t-oak").state is TurnState.OUTCOME_CHOSEN
    table.press(Qt.Key.Key_Return, CTRL)
    turn = table.get(CaseTurn, "t-oak")
    assert (turn.outcome, turn.state, turn.read_back_at) == (Outcome.CONTINUE, TurnState.DONE, table.clock())
    assert (table.current, table.title()) == ("t-elm", "Elm Close: mopeds")
    assert table.told() == "Continue accepted for Oak Way: cuckooing"


def test_the_read_back_scrolls_by_its_keys_and_stays_ready_to_be_accepted(table):
    for number in range(14):
        table.agree(f"dh visit flat {number} fri")
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    view = table.ui.read_back_view
    bar = view.findChild(QScrollArea).verticalScrollBar()
    assert bar.maximum() > bar.pageStep()
    seen = [bar.value()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        table.press(key)
        seen.append(bar.value())
        assert view.accept_button.hasFocus()
    assert seen[0] < seen[1] < seen[2] > seen[3] > seen[4]
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.get(CaseTurn, "t-oak").state is TurnState.DONE


def test_escape_leads_from_the_read_back_to_the_case(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Escape)
    assert table.ui.stack.currentWidget() is table.ui.case_view
    assert table.get(CaseTurn, "t-oak").state is TurnState.OUTCOME_CHOSEN


def test_the_minute_typed_before_the_read_back_belongs_to_its_case(table):
    table.type("Said at Oak Way")
    table.press(Qt.Key.Key_Right, ALT)
    table.type("Said at Elm Close")
    table.press(Qt.Key.Key_Left, ALT)
    assert table.ui.case_view.note.text() == "Said at Oak Way"
    assert table.get(CaseTurn, "t-elm").note == "Said at Elm Close"


def test_a_deferral_asks_for_its_reason_in_place(table):
    table.press(Qt.Key.Key_6, CTRL)
    assert QApplication.focusWidget() is table.ui.case_view.outcomes.fields["reason"]
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.ui.case_view.outcomes.error.text() == "Say why the case is deferred; the reason is minuted."
    table.type("nobody can speak to it")
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.get(CaseTurn, "t-oak").reason == "nobody can speak to it"
    assert table.current == "t-elm"


def test_without_an_outcome_the_read_back_asks_for_one_by_its_keys(table):
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.ui.stack.currentWidget() is table.ui.case_view
    assert table.ui.case_view.outcomes.error.text() == f"Choose an outcome first: Ctrl+1 to Ctrl+{len(Outcome)}."


def test_a_risk_that_went_up_asks_for_the_specialist_and_what_is_not_said_is_read_back_as_open(table):
    table.press(Qt.Key.Key_Right, ALT)
    table.press(Qt.Key.Key_2, CTRL)
    table.type("CGL")
    table.press(Qt.Key.Key_Return, CTRL)
    assert "It was not recorded whether an intervention is planned" in table.read_back()
    table.press(Qt.Key.Key_Return, CTRL)
    turn = table.get(CaseTurn, "t-elm")
    assert (turn.refer_to, turn.intervention_planned, turn.state) == ("Change Grow Live", None, TurnState.DONE)


def test_the_chair_reads_whom_to_ask_now(table):
    table.change(Action, "x1", due=date(2026, 9, 1))
    table.page.refresh()
    asks, row = table.ui.case_view.asks, table.page._controller.case
    first = next(one for one in row.last if one.action.id == "x1")
    assert asks.isVisible() and asks._who.text() == first.officer.name
    assert (asks.caption_label.text(), asks._question.text()) == (
        "86 days overdue, 2 more",
        f"{first.action.what}: is it done?",
    )
    table.press(Qt.Key.Key_T, CTRL)
    for _ in row.last:
        table.press(Qt.Key.Key_D)
        table.press(Qt.Key.Key_Down)
    assert asks.isHidden()


@pytest.mark.parametrize("text_size", [1.0, 2.0])
def test_the_outcomes_and_the_read_back_are_above_the_fold_at_200_percent_too(qtbot, qapp, text_size):
    style.apply(qapp, Theme(LIGHT, text_size))
    try:
        bar = Table(qtbot, size=QSize(1366, 660)).ui.case_view.outcomes
        for button in (*bar.buttons.values(), bar.next_button):
            assert button.visibleRegion().boundingRect() == button.rect(), button.text()
    finally:
        style.apply(qapp, Theme())


def test_a_long_action_wraps_and_its_beginning_stays_in_sight(table):
    table.press(Qt.Key.Key_F3)
    line = table.ui.side.entry.line
    low = line.height()
    table.type("rn visit the family with housing and the school before the holidays begin fri")
    QApplication.processEvents()
    assert line.rows() > 1 and line.height() > low
    assert line.verticalScrollBar().value() == 0
    table.press(Qt.Key.Key_Return)
    assert [action.what for action in table.actions()] == [
        "Visit the family with housing and the school before the holidays begin"
    ]


def test_an_outcome_the_life_of_the_case_forbids_says_why(table):
    table.press(Qt.Key.Key_4, CTRL)
    assert "month of monitoring" in table.told()
    assert table.get(CaseTurn, "t-oak").outcome is None


def test_de_escalation_and_closure_change_the_life_of_the_case(table):
    for turn_id, key in (("t-oak", Qt.Key.Key_1), ("t-ash", Qt.Key.Key_4)):
        table.page._choose(f"turn:{turn_id}")
        table.press(key, CTRL)
        table.press(Qt.Key.Key_Return, CTRL)
        table.press(Qt.Key.Key_Return, CTRL)
    assert table.get(Case, "oak").status is CaseStatus.MONITORING
    assert table.get(Case, "ash").status is CaseStatus.CLOSED


def test_closing_before_the_month_of_monitoring_is_over_says_the_day_and_asks_why_in_place(table):
    table.change(Case, "ash", monitoring_since=date(2026, 11, 3))
    table.page._choose("turn:t-ash")
    table.press(Qt.Key.Key_4, CTRL)
    bar = table.ui.case_view.outcomes
    assert bar._leads.text() == "Before Thu 3 Dec"
    table.press(Qt.Key.Key_Return, CTRL)
    assert bar.error.text() == (
        "Its month of monitoring ends on Thu 3 Dec. Say why the case is closed now; the reason is minuted."
    )
    assert QApplication.focusWidget() is bar.fields["reason"]
    table.type("The family moved away")
    table.press(Qt.Key.Key_Return, CTRL)
    assert "Its month of monitoring ends on Thu 3 Dec\nReason: The family moved away" in table.shown_words()
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.get(Case, "ash").status is CaseStatus.CLOSED
    assert table.get(CaseTurn, "t-ash").reason == "The family moved away"


def test_the_head_says_in_words_why_a_rating_may_no_longer_hold(table):
    sign = table.ui.case_view.sign
    assert sign.isVisible() and sign.text() == "Reduced from 41 to 38 with no action done."
    table.page._choose("turn:t-yew")
    assert sign.isHidden() and sign.text() == ""
    table.change(Case, "yew", assessed_on=date(2026, 9, 1))
    table.page.refresh()
    assert sign.isVisible() and sign.text() == "Assessment out of date (86 days; limit 56)."
    assert sign.accessibleName() == sign.text()
    assert not sign._icon.pixmap().isNull()


def test_a_mark_set_here_and_what_safety_net_shows_stand_side_by_side(table):
    table.change(Case, "oak", repeat_victim=True, repeat_by="Ewa Łukasik", repeat_on=DAY, repeat_in_safety_net=False)
    table.page.refresh()
    assert table.ui.case_view.sign.text() == (
        "Reduced from 41 to 38 with no action done. Flagged as a repeat victim by Ewa Łukasik on Thu 26 Nov; "
        "Safety Net shows no repeat victim."
    )


def test_an_action_in_two_moves_with_its_chips_before_enter(table):
    table.press(Qt.Key.Key_F3)
    table.type("rn detox place, visit with CGL fri")
    assert [c.text for c in table.ui.side.entry.chips.chips()] == ["Ravi Nair", "Fri 27 Nov", "Support"]
    table.press(Qt.Key.Key_Return)
    [action] = table.actions()
    assert (action.officer_id, action.due, action.case_id) == ("ravi", date(2026, 11, 27), "oak")
    assert table.ui.side.entry.text() == ""


def test_agreeing_an_action_reads_the_actions_again_and_not_the_case_the_rail_and_the_room(table):
    before = table.in_the_room()["Ravi Nair"]
    table.press(Qt.Key.Key_F3)
    table.type("rn visit fri")
    kinds = table.read_while(lambda: table.press(Qt.Key.Key_Return))
    assert kinds <= {"CaseTurn", "Action", "ActionAnswer", "AgreedByMail"}
    assert [card._what.text() for card in table.ui.side.cards if card.isVisible()] == ["Visit"]
    assert table.in_the_room()["Ravi Nair"] == before + 1


def test_changing_and_taking_an_action_away_reads_and_counts_only_actions_too(table):
    before = table.in_the_room()
    table.agree("rn visit fri")
    entry = put_back(table)
    entry.set_text("dh: Visit by 27/11/2026")
    entry.typed.emit(entry.text())
    kinds = table.read_while(lambda: table.press(Qt.Key.Key_Return))
    assert table.in_the_room()["PS Dan Holt"] == before["PS Dan Holt"] + 1
    table.ui.side.cards[0].setFocus()
    kinds |= table.read_while(lambda: table.press(Qt.Key.Key_Delete))
    assert kinds <= {"CaseTurn", "Action", "ActionAnswer", "AgreedByMail", "Meeting"}
    assert table.in_the_room() == before and table.actions() == []


def test_an_answer_counts_its_officer_anew_and_leaves_the_rail_alone(table):
    before = table.in_the_room()
    table.press(Qt.Key.Key_T, CTRL)
    kinds = table.read_while(lambda: table.press(Qt.Key.Key_D))
    done = table.get(Action, "x2")
    name = next(row.officer.name for row in table.page._controller.room if row.officer.id == done.officer_id)
    assert done.state is ActionState.DONE
    assert table.in_the_room() == {**before, name: before[name] - 1}
    assert "Attendance" not in kinds and "AgendaItem" not in kinds


def test_an_action_agreed_after_the_read_back_marks_the_case_as_changed_at_once(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.page._choose("turn:t-oak")
    table.clock.advance(minutes=4)
    table.agree("rn visit fri")
    chips = [pill.text() for pill in table.ui.case_view._chips]
    assert "Changed since the read-back 14:00" in chips


def test_a_day_of_the_next_meeting_just_agreed_is_when_an_action_without_a_day_is_due(table):
    item = next(i for i in table.live.items if i.kind is ItemKind.NEXT_DATE)
    table.page._choose(f"item:{item.id}")
    table.type("17 dec")
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_F3)
    table.type("rn visit")
    assert "Thu 17 Dec, next meeting" in [c.text for c in table.ui.side.entry.chips.chips()]


def test_a_day_being_typed_stays_while_an_action_is_agreed(table):
    item = next(i for i in table.live.items if i.kind is ItemKind.NEXT_DATE)
    table.page._choose(f"item:{item.id}")
    table.type("17 de")
    table.agree("rn visit fri")
    assert table.ui.item_view.date_edit.text() == "17 de"


def test_long_names_to_choose_from_leave_the_column_its_width(table):
    table.press(Qt.Key.Key_F3)
    chips = table.ui.side.entry.chips
    chips.set_chips((Chip("Nimmi Raghunathan-Pillai, Herts Domestic Abuse Service", key="person:n"),))
    assert chips.minimumSizeHint().width() < chips.sizeHint().width()


def test_shared_initials_show_both_and_wait(table):
    with table.work.step("another") as records:
        records.save(Member("dee", "Dee Hart", "cgl", "", Standing.STANDING))
        row = records.get(Attendance, "a-ewa")
        records.save(replace(row, id="a-dee", member_id="dee", name="Dee Hart"))
    table.page.entered("november")
    table.agree("dh serve notice fri")
    assert table.actions() == []
    assert "choose one" in table.ui.side.entry.error.text()
    keys = [c.key for c in table.ui.side.entry.chips.chips() if c.key.startswith("person:")]
    assert set(keys) == {"person:dan", "person:dee"}
    table.ui.side.entry.chip_pressed.emit("person:dee")
    table.press(Qt.Key.Key_Return)
    assert [a.officer_id for a in table.actions()] == ["dee"]


def test_the_key_beside_the_chips_is_the_one_that_helps_next(table):
    table.press(Qt.Key.Key_F3)
    table.type("rn visit fri")
    assert "Enter" in table.ui.side.entry._key.accessibleName()
    table.type(" 31/11")
    assert "↓" in table.ui.side.entry._key.accessibleName()


def test_the_kind_of_an_action_is_changed_on_its_chip(table):
    table.press(Qt.Key.Key_F3)
    table.type("rn visit fri")
    table.ui.side.entry.chip_pressed.emit("kind")
    table.press(Qt.Key.Key_Return)
    assert table.actions()[0].kind is ActionKind.INTERVENTION


def test_an_agreed_action_is_put_back_into_the_line_and_changed(table):
    table.agree("rn visit fri")
    card = table.ui.side.cards[0]
    card.setFocus()
    table.press(Qt.Key.Key_Return)
    assert table.ui.side.entry.text() == "rn: Visit by 27/11/2026"
    table.ui.side.entry.set_text("dh Visit twice 4/12")
    table.ui.side.entry.typed.emit("dh Visit twice 4/12")
    table.press(Qt.Key.Key_Return)
    [action] = table.actions()
    assert (action.what, action.due, action.number) == ("Visit twice", date(2026, 12, 4), 1)


def put_back(table):
    table.ui.side.cards[0].setFocus()
    table.press(Qt.Key.Key_Return)
    return table.ui.side.entry


def test_two_lines_pasted_become_two_actions_each_agreed_by_enter(table):
    table.press(Qt.Key.Key_F3)
    QApplication.clipboard().setText("• rn visit fri\n• dh serve notice")
    table.press(Qt.Key.Key_V, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.actions() == [] and "typed but not agreed" in table.told()
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_Return)
    assert [action.what for action in table.actions()] == ["Visit", "Serve notice"]
    assert table.ui.side.entry.is_empty()


def test_what_is_half_typed_waits_while_an_agreed_action_is_changed(table):
    table.agree("rn visit fri")
    table.press(Qt.Key.Key_F3)
    table.type("dh serve notice")
    assert put_back(table).text().startswith("rn: ")
    table.press(Qt.Key.Key_Return)
    assert table.ui.side.entry.text() == "dh serve notice"
    table.press(Qt.Key.Key_Return)
    assert [action.what for action in table.actions()] == ["Visit", "Serve notice"]


def test_changing_an_action_changes_only_what_is_changed(table):
    table.agree("dh serve notice power: closure order fri")
    [agreed] = table.actions()
    assert table.ui.side.cards[0].accessibleName().endswith("intervention: Closure order"), "the card says it too"
    entry = put_back(table)
    assert entry.text() == "dh: Serve notice power: Closure order by 27/11/2026"
    entry.line.moveCursor(QTextCursor.MoveOperation.End)
    for _ in "27/11/2026":
        table.press(Qt.Key.Key_Backspace)
    table.type("4 dec")
    table.press(Qt.Key.Key_Return)
    [after] = table.actions()
    assert after.changed_at is not None
    assert replace(after, changed_at=None) == replace(agreed, due=date(2026, 12, 4))
    entry = put_back(table)
    entry.line.moveCursor(QTextCursor.MoveOperation.Start)
    table.press(Qt.Key.Key_Delete)
    table.press(Qt.Key.Key_Delete)
    table.type("rn")
    table.press(Qt.Key.Key_Return)
    [after] = table.actions()
    assert (after.officer_id, after.power, after.what) == ("ravi", "Closure order", "Serve notice")


@pytest.mark.parametrize("line", ["rn visit fri", "rn visit power: closure order fri", "rn visit"])
def test_words_added_to_an_agreed_action_stand_before_its_power_and_day_and_change_neither(table, line):
    table.agree(line)
    [agreed] = table.actions()
    put_back(table)
    table.type(" with the police")
    table.press(Qt.Key.Key_Return)
    [after] = table.actions()
    assert replace(after, changed_at=None) == replace(agreed, what="Visit with the police")


@pytest.mark.parametrize("line", ["dh keep heating on", "dh visit every friday", "dh serve notice power: s.59 fri"])
def test_an_unchanged_edit_is_an_unchanged_action(table, line):
    table.agree(line)
    before, steps = table.actions(), table.work.head()
    entry = put_back(table)
    assert entry.text().endswith(" by 27/11/2026" if line.endswith("s.59 fri") else " by next meeting")
    table.press(Qt.Key.Key_Return)
    assert (table.actions(), entry.text()) == (before, "")
    assert table.work.head() == steps, "nothing was written"


def test_esc_leaves_an_action_as_it_was_agreed_and_what_was_half_typed_comes_back(table):
    table.agree("dh keep heating on")
    before, steps = table.actions(), table.work.head()
    table.press(Qt.Key.Key_F3)
    table.type("rn visit")
    entry = table.ui.side.entry
    table.ui.side.change_asked.emit(before[0].id)
    table.type(" and water")
    table.press(Qt.Key.Key_Escape)
    assert (table.actions(), entry.text(), table.work.head()) == (before, "rn visit", steps)
    assert not table.ui.side.cards[0]._changing and entry.line.hasFocus()


def test_the_arrows_go_from_the_line_to_the_agreed_actions_and_back(table):
    for line in ("dh keep heating on", "rn visit fri"):
        table.agree(line)
    side = table.ui.side
    side.entry.line.setFocus()
    table.press(Qt.Key.Key_Down)
    assert side.cards[0].hasFocus()
    table.press(Qt.Key.Key_Down)
    assert side.cards[1].hasFocus()
    table.press(Qt.Key.Key_Down)
    assert side.cards[1].hasFocus(), "the last"
    table.press(Qt.Key.Key_Up)
    table.press(Qt.Key.Key_Up)
    assert side.entry.line.hasFocus()


def test_of_many_officers_offered_those_left_out_are_counted(table):
    with table.work.step("a crowd") as records:
        for number in range(9):
            records.save(Member(f"m{number}", f"Person Number{number}", "police", "", Standing.STANDING))
    table.page.entered("november")
    table.press(Qt.Key.Key_F3)
    table.type("zz visit")
    words = [chip.text for chip in table.ui.side.entry.chips.chips()]
    offered = sum(chip.key.startswith("person:") for chip in table.ui.side.entry.chips.chips())
    everyone = len(actions.people_for_actions(table.session, "november"))
    assert offered == 6 and f"{everyone - 6} more: type the name" in words


def test_what_is_taken_out_of_the_line_is_struck_in_it(table):
    table.press(Qt.Key.Key_F3)
    table.type("dh serve notice, power: closure order by fri")
    entry = table.ui.side.entry
    assert entry.taken() == ("dh", ", power: closure order", " by fri")
    assert [chip.text for chip in entry.chips.chips()][-1] == "Power: Closure order"
    entry.line.clear()
    table.type("rn keep heating on")
    assert entry.taken() == ("rn",)


def test_an_unclear_day_waits_and_is_chosen_by_key(table):
    table.agree("rn visit next week")
    entry = table.ui.side.entry
    assert (table.actions(), entry.text()) == ([], "rn visit next week")
    assert "several dates" in entry.error.text()
    chips = [chip.text for chip in entry.chips.chips()]
    assert [*chips[1:5]] == ["next week: when?", "Mon 30 Nov", "Fri 4 Dec", "Not a date"]
    assert entry.chips.hasFocus(), "the choices wait for a digit, an arrow or Enter"
    QTest.keyClicks(entry.chips, "2")
    assert entry.line.hasFocus() and entry.error.text() == "", "the message goes when it is answered"
    assert "Fri 4 Dec" in [chip.text for chip in entry.chips.chips()]
    table.press(Qt.Key.Key_Return)
    assert [(a.what, a.due) for a in table.actions()] == [("Visit", date(2026, 12, 4))]
    table.type("rn visit asap")
    assert [chip.text for chip in entry.chips.chips()][2] == "Thu 26 Nov, today"
    assert [chip.text for chip in entry.chips.chips()][4].endswith(", next meeting")


def test_several_owners_are_agreed_in_one_line_and_the_card_shows_both_and_its_keys(table):
    table.agree("dan & rn visit fri")
    [action] = table.actions()
    assert (action.officer_id, action.with_ids, action.what) == ("dan", ("ravi",), "Visit")
    card = table.ui.side.cards[0]
    assert "PS Dan Holt, with Ravi Nair" in card.accessibleName()
    card.setFocus()
    assert card._keys.isVisible() and not card._mark.isVisible()
    table.press(Qt.Key.Key_Return)
    entry = table.ui.side.entry
    assert entry.text() == "dh & rn: Visit by 27/11/2026"
    assert card._mark.isVisible() and "being changed" in card.accessibleDescription()
    entry.set_text("rn: Visit by 27/11/2026")
    entry.typed.emit(entry.text())
    table.press(Qt.Key.Key_Return)
    [after] = table.actions()
    assert (after.officer_id, after.with_ids, card._mark.isVisible()) == ("ravi", (), False)
    card.setFocus()
    table.press(Qt.Key.Key_Delete)
    assert table.actions() == []


def test_one_candidate_is_taken_by_enter_and_candidates_are_reached_by_down(table):
    table.agree("raiv visit fri")
    entry = table.ui.side.entry
    assert table.actions() == [] and entry.taken() == ("raiv", " fri"), "Enter took the only one it may be"
    table.press(Qt.Key.Key_Return)
    assert [(a.officer_id, a.what) for a in table.actions()] == [("ravi", "Visit")]
    table.type("zz visit fri")
    table.press(Qt.Key.Key_Down)
    assert entry.chips.hasFocus()
    table.press(Qt.Key.Key_Up)
    assert entry.line.hasFocus()
    table.press(Qt.Key.Key_Return)
    assert entry.error.text() and entry.chips.hasFocus()
    QTest.keyClicks(entry.chips, "1")
    assert entry.error.text() == "" and entry.line.hasFocus(), "the message goes when it is answered"
    table.press(Qt.Key.Key_Return)
    assert len(table.actions()) == 2


def test_a_phrase_that_is_no_day_stays_in_the_words(table):
    table.agree("rn review risk 24/7")
    assert table.actions() == []
    table.ui.side.entry.chip_pressed.emit("day:none")
    table.press(Qt.Key.Key_Return)
    assert [(a.what, a.due) for a in table.actions()] == [("Review risk 24/7", date(2026, 12, 24))]


def test_a_change_cut_off_by_a_lock_does_not_become_a_second_action(table):
    table.agree("rn visit fri")
    entry = put_back(table)
    table.type(" 2027")
    table.page.left()
    entry.clear()
    table.page.entered("november")
    entry.line.setFocus()
    entry.line.setText("")
    table.page.entered("november")
    assert entry.text() == "rn: Visit 2027 by 27/11/2026"
    entry.set_text("rn Visit by 4/12/2026")
    entry.typed.emit(entry.text())
    entry.line.setFocus()
    table.press(Qt.Key.Key_Return)
    assert [(a.what, a.due) for a in table.actions()] == [("Visit", date(2026, 12, 4))]


def test_an_agreed_action_is_taken_away_and_comes_back_by_undo(table):
    table.agree("rn visit fri")
    table.ui.side.cards[0].setFocus()
    table.press(Qt.Key.Key_Delete)
    assert table.actions() == []
    table.press(Qt.Key.Key_Z, CTRL)
    assert len(table.actions()) == 1


def test_last_times_actions_by_d_n_c_x_on_the_focused_row(table):
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_D)
    assert table.get(Action, "x2").state is ActionState.DONE
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_N)
    table.press(Qt.Key.Key_Return)
    assert "why" in table.ui.case_view.answers.error.text().lower()
    table.type("locksmith away")
    table.press(Qt.Key.Key_Return)
    assert (table.get(Action, "x1").state, table.get(Action, "x1").reason) == (ActionState.NOT_DONE, "locksmith away")
    assert QApplication.focusWidget() is table.ui.case_view.answers.rows
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_C)
    assert table.ui.case_view.answers.field.text() == "Thu 24 Dec"
    table.press(Qt.Key.Key_Return)
    assert (table.get(Action, "x3").due, table.get(Action, "x3").carried) == (date(2026, 12, 24), 1)


def test_no_longer_possible_says_what_changed_and_escape_returns_to_the_row(table):
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_X)
    table.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is table.ui.case_view.answers.rows
    assert table.get(Action, "x1").state is ActionState.OPEN


def test_letters_in_the_minute_are_only_letters(table):
    table.type("dncx")
    assert table.get(Action, "x1").state is ActionState.OPEN
    assert table.ui.case_view.note.text() == "dncx"


def test_undo_first_takes_back_text_then_the_last_step_named_in_the_bar(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_F2)
    table.type("abc")
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.ui.case_view.note.text() == ""
    assert table.get(CaseTurn, "t-oak").outcome is Outcome.CONTINUE
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.get(CaseTurn, "t-oak").outcome is None
    assert table.told() == "Undone: outcome: continue."


def test_taking_back_an_outcome_leaves_the_minute_that_was_typed_before_it(table):
    table.press(Qt.Key.Key_F2)
    table.type("The lock was changed.")
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_F2)
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.told() == "Undone: outcome: continue."
    assert table.ui.case_view.note.text() == "The lock was changed."
    assert table.get(CaseTurn, "t-oak").note == "The lock was changed."
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.told() == "Press Ctrl+Z again to undo what was typed here: the minute of a case."
    assert table.ui.case_view.note.text() == "The lock was changed."
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.told() == "Undone: minute of a case."
    assert table.ui.case_view.note.text() == ""
    table.press(Qt.Key.Key_Z, CTRL)  # in the field: the words come back
    assert table.ui.case_view.note.text() == "The lock was changed."


def test_text_is_taken_back_word_by_word(table):
    table.press(Qt.Key.Key_F2)
    table.type("The lock was changed")
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.ui.case_view.note.text() == "The lock was "


def test_what_was_decided_is_taken_back_where_it_was_decided_wherever_one_went_since(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Right, ALT)
    table.press(Qt.Key.Key_Right, ALT)
    table.press(Qt.Key.Key_Z, CTRL)
    assert (table.current, table.get(CaseTurn, "t-oak").outcome) == ("t-oak", None)
    assert table.told() == "Undone: outcome: continue."


def test_the_start_of_the_meeting_is_not_taken_back_by_a_key_too_many(table):
    table.press(Qt.Key.Key_Right, ALT)
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.told() == "There is nothing to undo."
    assert table.live.meeting.state is MeetingState.IN_SESSION


def test_a_name_typed_for_one_outcome_comes_back_with_it(table):
    table.press(Qt.Key.Key_5, CTRL)
    table.type("Adult safeguarding")
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_F2)
    table.press(Qt.Key.Key_Z, CTRL)
    turn = table.get(CaseTurn, "t-oak")
    assert (turn.outcome, turn.refer_to) == (Outcome.REFER, "Adult safeguarding")


def test_an_accepted_case_comes_back_by_undo(table):
    table.press(Qt.Key.Key_1, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Z, CTRL)
    assert (table.current, table.get(Case, "oak").status) == ("t-oak", CaseStatus.OPEN)


def test_killed_and_started_again_it_is_at_the_same_place_with_every_saved_letter(table, qtbot):
    table.press(Qt.Key.Key_Right, ALT)
    table.type("Half a sen")
    table.press(Qt.Key.Key_F3)
    table.type("rn vis")
    table.page._autosave.flush()
    again = LivePage(table.desk)
    qtbot.addWidget(again)
    again.entered(None)
    assert again._ui.case_view.note.text() == "Half a sen"
    assert again._ui.side.entry.text() == "rn vis"
    assert again.bar_state().headline == "Case 2 of 4"


def test_the_bar_shows_place_pace_present_and_time(table):
    table.clock.advance(minutes=16)
    state = table.page.bar_state()
    assert state.headline == "Case 1 of 4"
    assert any("behind" in n.text and n.amber for n in state.notes)
    assert [(f.big, f.small) for f in state.figures] == [
        ("69 min", "left for cases"),
        ("4", "present, all signed"),
        ("14:16", "ends 16:00"),
    ]


def test_a_late_arrival_turns_the_counter_amber(table):
    with table.work.step("late") as records:
        records.save(replace(records.get(Attendance, "a-ravi"), signed_at=None))
    table.page.refresh()
    counter = table.page.bar_state().figures[1]
    assert (counter.small, counter.amber) == ("present, 1 not signed", True)
    assert table.page.room.why_blank()


def test_the_other_items_are_walked_in_the_same_way(table):
    matters = next(i for i in table.live.items if i.kind is ItemKind.MATTERS_ARISING)
    table.page._choose(f"item:{matters.id}")
    table.type("Minutes agreed")
    table.agree("si circulate the protocol")
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.ui.stack.currentWidget() is table.ui.read_back_view
    table.press(Qt.Key.Key_Return, CTRL)
    done = next(i for i in table.live.items if i.id == matters.id)
    assert (done.state, done.note, done.read_back_at) == (TurnState.DONE, "Minutes agreed", table.clock())
    assert table.actions()[0].item_id == matters.id
    assert table.live.item.kind is ItemKind.CASES


def test_the_next_date_is_agreed_at_its_item(table):
    item = next(i for i in table.live.items if i.kind is ItemKind.NEXT_DATE)
    table.page._choose(f"item:{item.id}")
    QTest.mouseClick(table.ui.item_view.date_button, Qt.MouseButton.LeftButton)
    assert table.live.meeting.next_on == date(2026, 12, 24)


def test_the_next_date_is_typed_and_agreed_by_enter_and_read_back(table):
    item = next(i for i in table.live.items if i.kind is ItemKind.NEXT_DATE)
    table.page._choose(f"item:{item.id}")
    table.press(Qt.Key.Key_Return, CTRL)
    assert "No date agreed" in table.read_back()
    table.press(Qt.Key.Key_Escape)
    table.type("17 dec")
    table.press(Qt.Key.Key_Return)
    assert table.live.meeting.next_on == date(2026, 12, 17)
    table.press(Qt.Key.Key_Return, CTRL)
    assert "Next meeting on Thu 17 Dec" in table.read_back()


def test_a_day_that_cannot_be_read_says_how_one_is_written(table):
    item = next(i for i in table.live.items if i.kind is ItemKind.NEXT_DATE)
    table.page._choose(f"item:{item.id}")
    table.type("soon")
    table.press(Qt.Key.Key_Return)
    assert table.ui.item_view.date_error.text() == "Type the date as 26 nov, 26/11/2026 or fri."
    assert table.live.meeting.next_on is None


def test_an_action_typed_and_not_agreed_stops_the_read_back(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_F3)
    table.type("rn visit fri")
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.told().startswith("An action was typed but not agreed.")
    assert QApplication.focusWidget() is table.ui.side.entry.line
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_Return, CTRL)
    assert "1 action agreed" in table.read_back()


def test_an_action_half_typed_at_a_case_that_is_done_is_not_carried_to_the_next(table):
    for key in (Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_Return):
        table.press(key, CTRL)
    table.page._choose("turn:t-oak")
    table.press(Qt.Key.Key_F3)
    table.type("rn visit fri")
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.current == "t-oak" and table.told().startswith("An action was typed but not agreed.")


def test_an_answer_typed_and_not_given_stops_the_read_back(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_C)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.told() == "The outcome is not complete. Enter saves it, Esc cancels it."
    assert QApplication.focusWidget() is table.ui.case_view.answers.field


def test_the_space_of_someone_who_types_on_accepts_nothing(table):
    table.press(Qt.Key.Key_2, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    table.type("and then ")
    assert table.ui.stack.currentWidget() is table.ui.read_back_view
    assert table.get(CaseTurn, "t-oak").read_back_at is None


def test_after_an_outcome_is_taken_back_the_caret_is_in_the_minute(table):
    table.agree("rn visit fri")
    table.press(Qt.Key.Key_5, CTRL)
    table.press(Qt.Key.Key_Z, CTRL)
    assert QApplication.focusWidget() is table.ui.case_view.note
    assert not table.ui.side.entry.line.isUndoAvailable()


def test_an_item_of_the_agenda_is_found_by_its_name(table):
    entries: list[Entry] = []
    table.page.finder._found(entries.extend, "next d", [])
    assert [entry.title for entry in entries] == ["Next date"]
    table.page.finder._go(entries[0].key)
    assert table.live.item.kind is ItemKind.NEXT_DATE


def test_a_usual_reason_is_taken_by_down_and_enter_or_alt_and_its_number(table):
    for keys in (((Qt.Key.Key_Down, BARE), (Qt.Key.Key_Down, BARE), (Qt.Key.Key_Return, BARE)), ((Qt.Key.Key_2, ALT),)):
        table.press(Qt.Key.Key_T, CTRL)
        table.press(Qt.Key.Key_N)
        for key, held in keys:
            table.press(key, held)
        table.press(Qt.Key.Key_Return)
        assert table.get(Action, "x2").reason == "Could not reach"
        table.press(Qt.Key.Key_Z, CTRL)


def test_a_digit_typed_is_text_and_stays_behind_a_usual_reason(table):
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_N)
    table.type("2 visits failed")
    table.press(Qt.Key.Key_2, ALT)
    table.press(Qt.Key.Key_Return)
    assert table.get(Action, "x2").reason == "Could not reach: 2 visits failed"


def test_an_answer_half_given_is_there_again_after_a_lock(table, qtbot):
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_N)
    table.type("2 visits fai")
    texts = unsent_text.read(table.page)
    page = LivePage(table.desk)
    Shown(qtbot, page, table.desk, "november", LAPTOP)
    unsent_text.type_again(page, texts)
    answers = page._ui.case_view.answers
    assert (answers.field.text(), answers.rows.current_key()) == ("2 visits fai", "x1")
    QTest.keyClicks(answers.field, "led")
    QTest.keyClick(answers.field, Qt.Key.Key_Return)
    assert table.get(Action, "x1").reason == "2 visits failed"


def test_a_letter_on_a_row_belongs_to_the_answer_being_given(table):
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_N)
    answers = table.ui.case_view.answers
    answers.rows.setFocus()
    table.type("done by CGL")
    assert answers.field.text() == "done by CGL" and answers.field.hasFocus()
    assert table.get(Action, "x1").state is ActionState.OPEN


def test_the_row_just_answered_stays_in_sight(table):
    answers = table.ui.case_view.answers
    table.press(Qt.Key.Key_T, CTRL)
    table.press(Qt.Key.Key_N)
    table.type("Waits for the supplier")
    table.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    row = answers.rows.visualRect(answers.rows.currentIndex())
    area = answers.parentWidget().parentWidget()
    top = answers.rows.viewport().mapTo(area, row.topLeft()).y()
    assert 0 <= top <= area.height() - row.height()


@pytest.mark.parametrize("wide", [1280, 1366, 1600])
def test_all_of_last_times_actions_lie_in_the_one_column_that_scrolls(qtbot, wide):
    table = Table(qtbot, size=QSize(wide, 900))
    rows = table.ui.case_view.answers.rows
    for width in (1600, 1280, wide):
        table.page.window().resize(width, 900)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: rows.height() >= rows.content_height())
    assert rows.verticalScrollBar().maximum() == 0


def test_who_leaves_is_asked_over_the_work_and_moves_nothing(table):
    before = table.ui.case_view.note.mapTo(table.page, table.ui.case_view.note.rect().topLeft())
    table.press(Qt.Key.Key_F6, SHIFT)
    QApplication.processEvents()
    assert table.page.leavers.isVisible()
    assert table.ui.case_view.note.mapTo(table.page, table.ui.case_view.note.rect().topLeft()) == before


def test_when_everything_is_done_the_meeting_is_closed_next(table):
    for item in table.live.items[1:]:
        table.page._choose(f"item:{item.id}")
        if item.kind is ItemKind.CASES:
            for _ in range(4):
                table.press(Qt.Key.Key_6, CTRL)
                table.type("out of time")
                table.press(Qt.Key.Key_Return, CTRL)
                table.press(Qt.Key.Key_Return, CTRL)
        else:
            table.press(Qt.Key.Key_Return, CTRL)
    assert "No date agreed" in table.read_back()
    table.press(Qt.Key.Key_Return, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert table.shown.went == [("closing", "november")]


def test_the_chair_can_reorder_the_walk(table):
    table.ui.rail.entries.setFocus()
    table.press(Qt.Key.Key_Down, ALT)
    assert [r.turn.id for r in table.live.walk] == ["t-elm", "t-oak", "t-ash", "t-yew"]


def test_the_private_meeting_can_begin_in_the_middle_of_the_walk(table):
    table.press(Qt.Key.Key_K, CTRL)
    table.type("private")
    assert [e.title for e in table.page.finder.palette.entries.entries()] == ["Begin the private meeting"]


def test_any_command_is_found_by_its_words(table):
    table.press(Qt.Key.Key_K, CTRL)
    table.type("intens")
    assert [e.title for e in table.page.finder.palette.entries.entries()] == ["Outcome: Intensify"]
    table.press(Qt.Key.Key_Return)
    assert table.get(CaseTurn, "t-oak").outcome is Outcome.INTENSIFY
    assert table.page.finder.palette.isHidden()


def test_a_late_arrival_leads_to_the_sign_in_with_one_key(table):
    table.press(Qt.Key.Key_F6)
    assert table.shown.went == [("sign_in", "november")]


def test_a_leaver_is_picked_in_place_and_the_room_counts_one_less(table):
    table.press(Qt.Key.Key_F6, SHIFT)
    table.type("rav")
    table.press(Qt.Key.Key_Return)
    assert table.get(Attendance, "a-ravi").left_at == table.clock()
    assert table.page.bar_state().figures[1].big == "3"
    assert table.told() == "Ravi Nair has left"
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.get(Attendance, "a-ravi").left_at is None


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768), QSize(1600, 900)])
def test_nothing_is_clipped_and_everything_is_named(qtbot, size):
    table = Table(qtbot, size=size)
    table.agree("rn detox place, visit with CGL fri")
    table.press(Qt.Key.Key_3, CTRL)
    table.press(Qt.Key.Key_Return, CTRL)
    assert clipped_texts(table.page) == []
    assert unnamed_controls(table.page) == []
    for item in table.live.items:
        table.page._choose(f"item:{item.id}")
        QApplication.processEvents()
        assert clipped_texts(table.page) == [], item.title
        assert unnamed_controls(table.page) == []


def test_case_to_case_makes_no_new_widget(table):
    from PySide6.QtWidgets import QWidget

    table.press(Qt.Key.Key_Right, ALT)
    table.press(Qt.Key.Key_Left, ALT)
    before = set(table.page.findChildren(QWidget))
    for _ in range(3):
        table.press(Qt.Key.Key_Right, ALT)
    assert set(table.page.findChildren(QWidget)) == before


class Shelf:
    """A search that finds one case of the walk, and one that is not on it."""

    def page_of_cases(self, query, offset, limit):
        return (), 0

    def search(self, text, limit):
        from types import SimpleNamespace

        return [SimpleNamespace(kind="Case", record_id=case_id, snippet="found") for case_id in ("yew", "old")]


def test_a_case_of_the_walk_is_found_and_gone_to_and_another_one_is_opened_on_its_page(table):
    with table.work.step("an old case") as records:
        old = replace(records.get(Case, "oak"), id="old", reference="SN-2026-000099", status=CaseStatus.CLOSED)
        records.save(old)
    table.page.finder._session = replace(table.session, queries=Shelf())
    found = table.page.finder.palette.entries
    table.press(Qt.Key.Key_K, CTRL)
    table.type("yew")
    table.press(Qt.Key.Key_Return)
    table.qtbot.waitUntil(lambda: table.current == "t-yew")
    table.press(Qt.Key.Key_K, CTRL)
    table.type("yew")
    table.qtbot.waitUntil(lambda: len(found.entries()) == 2)
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Return)
    assert table.shown.went == [("case", "old")]


def test_a_forecast_past_the_end_of_the_slot_is_amber(table):
    table.clock.advance(minutes=90)
    ends = next(n for n in table.page.bar_state().notes if n.text.startswith("ends"))
    assert ends.amber


def test_a_misspelt_word_is_underlined_as_one_types_and_not_while_it_is_being_typed(table):
    table.type("The neighbor heard teh")
    note = table.ui.case_view.note
    table.qtbot.waitUntil(lambda: note.underlined() == ("neighbor",))
    table.type(" same threats")
    table.qtbot.waitUntil(lambda: note.underlined() == ("neighbor", "teh"))
    table.page._autosave.flush()
    assert table.work.draft(CaseTurn, "t-oak", "note").text == note.text()  # underlines are no part of the text


def choices(table):
    """The list that opened under the caret."""
    window = table.page.window()
    table.qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Choices)))
    return next(one for one in window.findChildren(Choices) if one.isVisible())


def test_what_was_meant_is_taken_by_ctrl_full_stop_and_enter(table):
    table.type("The neighbor heard it")
    table.press(Qt.Key.Key_Period, CTRL)
    QTest.keyClick(choices(table), Qt.Key.Key_Return)
    assert table.ui.case_view.note.text() == "The neighbour heard it"
    table.press(Qt.Key.Key_Z, CTRL)
    assert table.ui.case_view.note.text() == "The neighbor heard it"


def test_a_word_is_added_to_the_partnerships_words_and_is_no_longer_underlined(table):
    table.type("A snickleway here ")
    note = table.ui.case_view.note
    table.qtbot.waitUntil(lambda: note.underlined() == ("snickleway",))
    table.press(Qt.Key.Key_Period, CTRL)
    shown = choices(table)
    QTest.keyClick(shown, Qt.Key(Qt.Key.Key_0 + shown.count()))
    table.qtbot.waitUntil(lambda: note.underlined() == ())
    with table.work.reading() as records:
        assert [row.word for row in records.find(GlossaryWord)] == ["snickleway"]


def test_the_words_of_an_action_are_looked_at_and_not_its_officer_and_day(table):
    line = table.page._side().entry.line
    line.setFocus()
    QTest.keyClicks(line, "dh ask the neighbor fri")
    table.qtbot.waitUntil(lambda: line.underlined() == ("neighbor",))
    assert table.page._side().entry.taken() == ("dh", " fri")
    QTest.keyClick(line, Qt.Key.Key_Period, CTRL)
    QTest.keyClick(choices(table), Qt.Key.Key_Return)
    assert line.text() == "dh ask the neighbour fri"
    assert table.page._side().entry.taken() == ("dh", " fri")


def test_a_standard_phrase_asked_for_in_the_action_line_goes_into_the_note(table):
    line = table.page._side().entry.line
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Semicolon, CTRL)
    QTest.keyClick(choices(table), Qt.Key.Key_1)
    assert (line.text(), table.ui.case_view.note.text()) == ("", "No further action.")


def test_a_usual_phrase_is_put_in_by_its_number(table):
    table.type("All is quiet.")
    table.press(Qt.Key.Key_Semicolon, CTRL)
    shown = choices(table)
    assert [shown.item(row).text() for row in (0, 1)] == ["1  No further action.", "2  To continue."]
    QTest.keyClick(shown, Qt.Key.Key_2)
    assert table.ui.case_view.note.text() == "All is quiet. To continue."


def test_a_note_of_ten_thousand_letters_is_looked_at_beside_the_typing(table):
    note = table.ui.case_view.note
    note.set_text("The neighbor heard it again. " * 345)
    table.qtbot.waitUntil(lambda: len(note.underlined()) == 345)
    table.type("x")
    assert note.text().endswith("x") and len(note.underlined()) == 345


def test_what_is_pasted_from_word_keeps_its_list(table):
    content = QMimeData()
    content.setHtml("<p>Agreed:</p><ul><li><b>One</b></li><li>Two</li></ul>")
    content.setText("Agreed: One Two")
    QApplication.clipboard().setMimeData(content)
    table.press(Qt.Key.Key_V, CTRL)
    assert table.ui.case_view.note.text() == "Agreed:\n• One\n• Two"
