"""The page of one case: what is known of it, and the marks this group sets on it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QFrame, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.case_links import LinkKind
from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import NotFound
from csp_desktop.domain.meeting.action_line import parse
from csp_desktop.domain.meeting.action_owners import Person
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.gui.cases.case import CasePage, ClockCard, RiskCard
from csp_desktop.gui.cases.risk_cards import MovedCard
from csp_desktop.gui.widgets.case_clock import CaseClock
from csp_desktop.gui.widgets.day_field import HOW_PAST, DayField
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import SignLine
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.risk_trend import RiskTrend
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases import assessing, factor_tasks
from csp_desktop.services.cases.case_entry import enter_case, mark_repeat_victim
from csp_desktop.services.cases.case_links import link_cases
from csp_desktop.services.cases.cases import case_page
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.session import Session
from tests.services.cases.test_cases import NEW, case_of, discussed
from tests.support.case_files import NOVEMBER, OCTOBER, make_file, opened
from tests.support.pages import Shown, desk_of, type_day
from tests.support.screens import clipped_texts, settle, unnamed_controls

CUCKOOING = "SN-2026-069502"


@pytest.fixture(scope="module")
def both_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("cases") / "records.db", OCTOBER, NOVEMBER)


@pytest.fixture
def session(both_exports: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(both_exports, tmp_path / "records.db") as made:
        yield made


def shown(qtbot: QtBot, session: Session, case_id: str, size: tuple[int, int] = (1366, 768)) -> Shown:
    desk = desk_of(session)
    return Shown(qtbot, CasePage(desk), desk, case_id, QSize(*size))


def part(page: Shown, kind: type[Any], name: str = "") -> Any:
    found = page.page.findChild(kind, name) if name else page.page.findChild(kind)
    assert found is not None
    return found


def texts(page: Shown) -> str:
    return "\n".join(label.text() for label in page.page.findChildren(QLabel) if label.isVisible())


def stored(session: Session, case_id: str) -> Case:
    return case_page(session, case_id).case


def test_the_page_shows_rating_history_clock_and_what_changed_without_an_assessment(
    qtbot: QtBot, session: Session
) -> None:
    page = shown(qtbot, session, case_of(session, CUCKOOING).id)
    assert "Tolpits Lane: cuckooing, strangers at all hours" in texts(page)
    assert part(page, RiskTrend).accessibleDescription() == "12 on 3 Sep, 9 on 21 Nov"
    assert "Total changed without a new assessment, date taken from the import: 9 of Sat 21 Nov." in texts(page)
    assert "Opened Sun 23 Aug" in part(page, CaseClock).accessibleDescription()
    assert "First review Thu 3 Sep. Risk has reduced." in texts(page)
    assert part(page, QFrame, "reference_frame").isHidden()


def test_the_page_shows_what_meetings_said_and_how_the_case_lived(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, CUCKOOING)
    discussed(session, case.id, Outcome.CONTINUE, date(2026, 10, 29))
    page = shown(qtbot, session, case.id)
    assert "Thu 29 Oct · continue" in texts(page)
    assert "Spoken about." in texts(page)
    assert [e.title for e in part(page, EntryList, "life_view").entries()] == ["Open"]


def test_a_repeat_victim_is_marked_with_space_and_undone_with_ctrl_z(qtbot: QtBot, session: Session) -> None:
    case = next(c for c in _all(session) if not c.repeat_victim)
    page = shown(qtbot, session, case.id)
    box = part(page, QCheckBox, "repeat_check")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert stored(session, case.id).repeat_victim
    assert part(page, InlineBar, "done_bar").text() == "Flagged as a repeat victim"
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not stored(session, case.id).repeat_victim
    assert not box.isChecked()


def test_a_closed_case_is_reopened_by_hand_with_a_reason(qtbot: QtBot, session: Session) -> None:
    case = next(c for c in _all(session) if c.status is CaseStatus.CLOSED)
    page = shown(qtbot, session, case.id)
    edit = part(page, QLineEdit, "reopen_edit")
    part(page, QAbstractButton, "reopen_button").click()
    assert "This case is closed. Give the reason for reopening it; it is kept with the case." in texts(page)
    QTest.keyClicks(edit, "The calls began again")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert stored(session, case.id).status is CaseStatus.OPEN
    assert edit.isHidden() or not edit.isVisible()
    assert part(page, EntryList, "life_view").entries()[0].subtitle.startswith("The calls began again, ")
    assert part(page, InlineBar, "done_bar").text().startswith("Case reopened")


def test_a_case_is_linked_by_its_words_and_shown_from_both_sides(qtbot: QtBot, session: Session) -> None:
    one, other = case_of(session, CUCKOOING), case_of(session, "SN-2026-047400")
    page = shown(qtbot, session, one.id)
    QTest.keyClick(page.page, Qt.Key.Key_L)
    edit = part(page, QLineEdit, "link_edit")
    assert edit.hasFocus()
    QTest.keyClicks(edit, "hagden")
    part(page, QComboBox, "link_kind_combo").setCurrentIndex(2)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    entry = part(page, EntryList, "links_view").entries()[0]
    assert (entry.title, entry.subtitle) == ("SN-2026-047400, WB", "Two sides of one dispute")
    assert entry.pill == "Standard 9"
    there = shown(qtbot, session, other.id)
    assert part(there, EntryList, "links_view").entries()[0].key == one.id


def test_a_link_ends_with_a_reason_and_a_linked_case_opens(qtbot: QtBot, session: Session) -> None:
    one, other = case_of(session, CUCKOOING), case_of(session, "SN-2026-047400")
    link_cases(session, one.id, other.id, LinkKind.PLACE)
    page = shown(qtbot, session, one.id)
    with qtbot.waitSignal(page.page.navigate) as asked:
        part(page, EntryList, "links_view").chosen.emit(other.id)
    assert asked.args == ["case", other.id]
    part(page, QAbstractButton, "unlink_button").click()
    part(page, QAbstractButton, "unlink_now_button").click()
    assert "Say why the two cases do not belong together." in texts(page)
    edit = part(page, QLineEdit, "unlink_edit")
    QTest.keyClicks(edit, "Another flat")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert part(page, EntryList, "links_view").entries() == ()
    QTest.keyClick(page.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(part(page, EntryList, "links_view").entries()) == 1


def test_a_repeat_victims_case_shows_whether_the_victim_was_told_of_the_right_to_a_review(
    qtbot: QtBot, session: Session
) -> None:
    case = case_of(session, CUCKOOING)
    page = shown(qtbot, session, case.id)
    assert "Not told yet. Tell the victim." in texts(page)
    QTest.keyClick(part(page, QCheckBox, "review_check"), Qt.Key.Key_Space)
    assert stored(session, case.id).review_told_on == session.today
    name = part(page, QLineEdit, "review_by")
    name.selectAll()
    QTest.keyClicks(name, "Ada Field")
    QTest.keyClick(name, Qt.Key.Key_Return)
    type_day(part(page, DayField, "review_day"), "20 nov")
    assert stored(session, case.id).review_told_on == date(2026, 11, 20)
    assert "Told Fri 20 Nov, by Ada Field." in texts(page)
    mark_repeat_victim(session, case.id, False)
    page.page.refresh()
    assert not part(page, QCheckBox, "review_check").isVisible()


def test_a_mark_set_here_is_shown_beside_what_safety_net_says(qtbot: QtBot, session: Session) -> None:
    case = next(c for c in _all(session) if not c.repeat_victim)
    page = shown(qtbot, session, case.id)
    sign = part(page, SignLine, "repeat_sign")
    assert sign.isHidden()
    mark_repeat_victim(session, case.id, True)
    page.page.refresh()
    on = screen_day(session.today, session.today)
    assert sign.text() == (
        f"Flagged as a repeat victim by {session.user_name} on {on}; Safety Net shows no repeat victim."
    )
    mark_repeat_victim(session, case.id, False)
    page.page.refresh()
    assert sign.isHidden()


def test_a_rating_that_may_no_longer_hold_says_why_beside_an_icon(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, case_of(session, CUCKOOING).id)
    sign = part(page, RiskCard)._sign
    assert "days; limit 56). Reduced from 12 to 9 with no action done." in sign.text()
    assert not sign._icon.pixmap().isNull()


def _all(session: Session) -> list[Case]:
    with session.work.reading() as records:
        return records.find(Case)


def test_a_mental_health_factor_shows_whether_cmht_has_been_told(qtbot: QtBot, session: Session) -> None:
    ill = next(c for c in _all(session) if c.mental_health)
    page = shown(qtbot, session, ill.id)
    assert "Mental-health factor: CMHT not informed " in texts(page)
    part(page, QCheckBox, "cmht_check").click()
    assert stored(session, ill.id).cmht_told_on == date(2026, 11, 23)
    assert "Informed Mon 23 Nov." in texts(page)
    type_day(part(page, DayField, "cmht_edit"), "20 nov")
    assert stored(session, ill.id).cmht_told_on == date(2026, 11, 20)
    type_day(part(page, DayField, "cmht_edit"), "last week")
    assert HOW_PAST in texts(page) and stored(session, ill.id).cmht_told_on == date(2026, 11, 20)
    well = next(c for c in _all(session) if not c.mental_health)
    page.page.entered(well.id)
    assert part(page, QCheckBox, "cmht_check").isHidden()


def test_a_case_by_hand_is_given_its_reference_here(qtbot: QtBot, session: Session) -> None:
    case = enter_case(session, NEW)
    page = shown(qtbot, session, case.id)
    field = part(page, QLineEdit, "reference_edit")
    field.setFocus()
    QTest.keyClicks(field, "47400")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "look like SN-" in field.accessibleDescription()
    assert stored(session, case.id).reference == ""
    field.clear()
    QTest.keyClicks(field, "sn-2026-990001")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stored(session, case.id).reference == "SN-2026-990001"
    assert part(page, QFrame, "reference_frame").isHidden()


def test_a_reference_an_import_brought_joins_the_two_and_shows_the_one(qtbot: QtBot, session: Session) -> None:
    case = enter_case(session, replace(NEW, initials="ZZ"))
    page = shown(qtbot, session, case.id)
    field = part(page, QLineEdit, "reference_edit")
    field.setText(CUCKOOING)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Tolpits Lane: cuckooing, strangers at all hours" in texts(page)
    with pytest.raises(NotFound):
        stored(session, case.id)
    page.page.entered(case.id)
    assert page.went == [("cases", None)]


def test_a_promise_says_once_by_how_much_it_is_late(qtbot: QtBot, session: Session) -> None:
    late = next(c for c in _all(session) if c.title.startswith("Vicarage Road: moped"))
    page = shown(qtbot, session, late.id)
    days = case_page(session, late.id).clocks.promise.days_late
    assert f"Risk not reduced: {days} days overdue." in texts(page)
    assert f"{days} days late" not in texts(page)


def test_a_closed_case_has_no_clock_that_runs(qtbot: QtBot, session: Session) -> None:
    closed = next(c for c in _all(session) if c.status.value == "Closed")
    page = shown(qtbot, session, closed.id)
    assert part(page, CaseClock).isHidden()
    assert "Its deadlines no longer apply." in texts(page)
    assert part(page, ClockCard).isVisible() and part(page, RiskCard).isVisible()


def test_escape_leads_back_with_nothing_chosen_on_the_page(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, case_of(session, CUCKOOING).id)
    assert QApplication.focusWidget() is page.page
    QTest.keyClick(page.page, Qt.Key.Key_Escape)
    assert page.went == [("back", None)]


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (640, 360)])
@pytest.mark.parametrize("by_hand", [False, True])
def test_nothing_is_cut_and_everything_has_its_name(
    qtbot: QtBot, session: Session, size: tuple[int, int], by_hand: bool
) -> None:
    case = enter_case(session, replace(NEW, mental_health=True)) if by_hand else case_of(session, CUCKOOING)
    discussed(session, case.id, Outcome.CONTINUE, date(2026, 11, 20))
    page = shown(qtbot, session, case.id, size)
    settle(page.window, QSize(*size))
    assert clipped_texts(page.window) == []
    assert unnamed_controls(page.window) == []


def test_the_page_says_to_whom_the_case_was_disclosed(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, CUCKOOING)
    page = shown(qtbot, session, case.id)
    assert "It has not been discussed at a meeting yet." in texts(page)
    discussed(session, case.id, Outcome.CONTINUE, date(2026, 10, 29))
    with session.work.reading() as records:
        meeting = records.find(Meeting)[0]
    at = datetime(2026, 10, 29, 14, 20, tzinfo=UTC)
    with session.work.step("opened") as records:
        records.save(Disclosure("d1", case.id, meeting.id, at, "Safeguarding", "Care Act", ("New Hope", "Police")))
    page.page.refresh()
    assert "Thu 29 Oct, 14:20: New Hope, Police." in texts(page)
    assert "Purpose: Safeguarding." in texts(page) and "Basis: Care Act." in texts(page)


def test_a_decision_by_e_mail_is_noted_on_the_case_and_marked_until_it_is_confirmed(
    qtbot: QtBot, session: Session
) -> None:
    with session.work.step("who decided", undoable=False) as records:
        records.save(Agency("police", "Police", "Police", AgencyKind.POLICE))
        records.save(Member("dan", "PS Dan Holt", "police", "Sergeant", Standing.STANDING))
    page = shown(qtbot, session, case_of(session, CUCKOOING).id)
    part(page, QAbstractButton, "decision_button").click()
    words = part(page, QLineEdit, "decision_edit")
    QTest.keyClicks(words, "Patrols move to Monday")
    QTest.keyClick(words, Qt.Key.Key_Return)
    assert "Give the date of the email" in texts(page)
    part(page, DayField, "decision_day").set_day(session.today)
    QTest.keyClick(words, Qt.Key.Key_Return)
    who = part(page, QComboBox, "decider_combo")
    assert who.currentIndex() == -1 and "Choose who agreed to it by email." in texts(page) and who.hasFocus()
    QTest.keyClick(who, Qt.Key.Key_Down)
    QTest.keyClick(words, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert f"agreed by email of {dated_day(session.today)}, not yet confirmed" in texts(page)
    assert "Patrols move to Monday. PS Dan Holt, noted by" in texts(page)
    assert words.isHidden() and not clipped_texts(page.page)


def test_the_page_shows_what_moved_it_per_factor_with_the_tasks_that_were_meant_to(
    qtbot: QtBot, session: Session
) -> None:
    session = replace(session, papers=replace(session.papers, shipped_matrix=shipped_case_matrix))
    case = case_of(session, CUCKOOING)
    page = shown(qtbot, session, case.id)
    assert part(page, MovedCard).isHidden(), "it was never assessed here"
    with session.work.step("an officer") as records:
        records.save(Member("dan", "PS Dan Holt", "", "Sergeant", Standing.STANDING))
    month_ago = replace(session, now=lambda: session.now() - timedelta(days=28))
    assessing.assess(month_ago, case.id, {"often": "3", "kind": "1", "long": "1"})
    page.page.refresh()
    assert "Assessed once here: nothing to compare yet." in texts(page)
    sheet = assessing.sheet(month_ago, case.id)
    said = parse("dh visit the landlord", (Person("dan", "PS Dan Holt"),), session.today, session.today)
    task = factor_tasks.agree_for_factor(month_ago, sheet, "often", said)
    answer_action(month_ago, task.id, Answer.DONE)
    assessing.assess(session, case.id, {"often": "1", "kind": "2", "long": "1"})
    page.page.refresh()
    rows = {row.title: row for row in part(page, EntryList, "moved_view").entries()}
    assert {title: (row.pill, row.rating) for title, row in rows.items()} == {
        "How often it happens": ("Done, fell", "−4"),
        "Most serious incident": ("No task was set", "+2"),
    }
    told = rows["How often it happens"].subtitle
    assert told.startswith("5 then, 1 now. Visit the landlord, PS Dan Holt: done ")
    settle(page.window, page.window.size())
    assert not clipped_texts(page.page)
    QTest.keyClick(page.page, Qt.Key.Key_T)
    assert page.went[-1] == ("risk_assessment", (case.id, "kind")), "the factor nobody has a task for"
