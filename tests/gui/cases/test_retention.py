"""The retention page: what is due, holding, erasing with the reference typed, certificates."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.documents.certificate import print_certificate
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.record_periods import RecordKept
from csp_desktop.domain.cases.retention import LegalHold
from csp_desktop.domain.common.users import Role
from csp_desktop.gui.cases.retention import RetentionPage
from csp_desktop.gui.widgets.buttons import DrawnButton
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.services.cases.record_periods import due_records
from csp_desktop.services.cases.retention import retention
from csp_desktop.services.session import Session
from tests.services.cases.test_record_periods import with_records
from tests.services.cases.test_retention import LATER, filled
from tests.support.fakes import NO_PAPERS, FakeWork, FixedClock, fake_session
from tests.support.pages import ScriptedAsk, Shown, desk_of, type_day
from tests.support.screens import clipped_texts, settle, unnamed_controls


@pytest.fixture
def session() -> Session:
    clock = FixedClock(LATER)
    papers = replace(NO_PAPERS, print_certificate=print_certificate)
    return fake_session(filled(FakeWork(clock)), now=clock, papers=papers)


def shown(qtbot: QtBot, session: Session, size: tuple[int, int] = (1366, 768), path: Path | None = None) -> Shown:
    desk = desk_of(session)
    return Shown(qtbot, RetentionPage(desk, ScriptedAsk(path)), desk, None, QSize(*size))


def part(page: Shown, kind: type[Any], name: str) -> Any:
    found = page.page.findChild(kind, name)
    assert found is not None, name
    return found


def press(page: Shown, name: str) -> None:
    QTest.mouseClick(part(page, DrawnButton, name), Qt.MouseButton.LeftButton)


def texts(page: Shown) -> str:
    return "\n".join(label.text() for label in page.page.findChildren(QLabel) if label.isVisible())


def rows(page: Shown) -> list[str]:
    return [entry.title for entry in part(page, EntryList, "cases_view").entries()]


def choose(page: Shown, key: str) -> None:
    """Enter on a row."""
    part(page, EntryList, "cases_view").set_current(key)
    QTest.keyClick(part(page, EntryList, "cases_view"), Qt.Key.Key_Return)


def erase(page: Shown, typed: str, reason: str) -> None:
    QTest.keyClicks(part(page, QLineEdit, "reason_edit"), reason)
    QTest.keyClicks(part(page, QLineEdit, "confirm_edit"), typed)
    press(page, "erase_button")


def test_what_is_due_stands_there_and_the_years_are_asked_for(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    assert rows(page)[:2] == ["Due", "SN-2026-000900, Wagtail Mews old: noise"]
    assert "Example until confirmed" in texts(page)
    press(page, "years_button")
    assert retention(session).confirmed and "as the partnership has decided" in texts(page)


def test_a_case_is_erased_only_with_its_reference_and_a_reason(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    erase(page, "SN-2026-000901", "six years are over")
    assert "Type SN-2026-000900, so that no other case is deleted by mistake." in texts(page)
    part(page, QLineEdit, "reason_edit").clear()
    part(page, QLineEdit, "confirm_edit").clear()
    erase(page, "sn-2026-000900", "")
    qtbot.waitUntil(lambda: "The reason is printed on the certificate" in texts(page))
    QTest.keyClicks(part(page, QLineEdit, "reason_edit"), "six years are over")
    press(page, "erase_button")
    qtbot.waitUntil(lambda: "Certificates" in rows(page))
    with session.work.reading() as records:
        assert [c.id for c in records.find(Case, id="old")] == []
    assert "Case SN-2026-000900 was deleted on" in texts(page)


def test_a_certificate_is_saved_as_a_pdf(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    page = shown(qtbot, session, path=tmp_path / "certificate.pdf")
    erase(page, "SN-2026-000900", "six years are over")
    qtbot.waitUntil(lambda: "Certificates" in rows(page))
    press(page, "save_button")
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_a_case_is_held_and_the_hold_lifted_and_undone(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    press(page, "hold_button")
    assert "Say why this case must be kept." in texts(page)
    QTest.keyClicks(part(page, QLineEdit, "reason_edit"), "appeal to the ombudsman")
    part(page, QCheckBox, "until_check").setChecked(True)
    until = part(page, DayField, "until_edit")
    given = until.text()
    type_day(until, "some day", Qt.Key.Key_Tab)
    press(page, "hold_button")
    assert HOW in texts(page) and rows(page)[0] == "Due"
    type_day(until, given)
    press(page, "hold_button")
    assert rows(page)[0] == "On legal hold" and not part(page, DrawnButton, "erase_button").isVisible()
    with session.work.reading() as records:
        (held,) = records.find(LegalHold, case_id="old")
    assert (held.reason, held.until) == ("appeal to the ombudsman", date(2034, 3, 1))
    press(page, "lift_button")
    assert rows(page)[0] == "Due"
    QTest.keyClick(page.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(page)[0] == "On legal hold"


def test_whoever_may_not_decide_is_told_who_may(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, replace(session, roles=frozenset({Role.MINUTE_TAKER})))
    erase(page, "SN-2026-000900", "six years are over")
    qtbot.waitUntil(lambda: "Only the chair or the administrator can do this." in texts(page))


@pytest.fixture
def past() -> Session:
    clock = FixedClock(LATER)
    return fake_session(with_records(FakeWork(clock)), now=clock)


def test_records_past_their_period_stand_under_the_cases_and_a_person_keeps_or_deletes_them(
    qtbot: QtBot, past: Session
) -> None:
    page = shown(qtbot, past)
    assert rows(page)[2:4] == ["Records due for a decision", "Comments on the minutes, Thu 29 Oct 2026"]
    row = next(entry for entry in part(page, EntryList, "cases_view").entries() if entry.key == "comments october")
    assert row.subtitle == "Kept 1 year after the meeting, due since Fri 29 Oct 2027. Nobody has decided yet."
    choose(page, "comments october")
    assert "Due since Fri 29 Oct 2027." in texts(page)
    press(page, "keep_button")
    assert "Say why they are kept longer." in texts(page)
    QTest.keyClicks(part(page, QLineEdit, "record_reason_edit"), "an inquest")
    press(page, "keep_button")
    assert "Records kept longer" in rows(page) and "Kept until Wed 1 Mar 2034" in texts(page)
    assert not part(page, DrawnButton, "delete_button").isVisible()
    QTest.keyClick(page.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Records kept longer" not in rows(page)
    choose(page, "comments october")
    press(page, "delete_button")
    assert "Type delete, so that nothing is deleted by mistake." in texts(page)
    QTest.keyClicks(part(page, QLineEdit, "record_reason_edit"), "their year is over")
    QTest.keyClicks(part(page, QLineEdit, "delete_edit"), "Delete")
    press(page, "delete_button")
    qtbot.waitUntil(lambda: "Records deleted" in rows(page))
    assert RecordKept.COMMENTS not in [one.period.kind for one in due_records(past).due]
    assert "Deleted: comments 2." in texts(page) and "their year is over" in texts(page)


def test_minutes_are_only_kept_longer_here_and_the_page_says_so(qtbot: QtBot, past: Session) -> None:
    page = shown(qtbot, past)
    choose(page, "minutes october")
    assert "Deleting a case or a person replaces the minutes with a redacted version" in texts(page)
    assert not part(page, DrawnButton, "delete_button").isVisible()
    assert part(page, DrawnButton, "keep_button").isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (640, 360)])
@pytest.mark.parametrize("key", ["comments october", "minutes october"])
def test_the_records_part_is_whole_on_every_screen(
    qtbot: QtBot, past: Session, size: tuple[int, int], key: str
) -> None:
    page = shown(qtbot, past, size)
    choose(page, key)
    settle(page.window, QSize(*size))
    assert part(page, QWidget, "record_page").isVisible()
    assert clipped_texts(page.page) == []
    assert unnamed_controls(page.page) == []


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (640, 360)])
def test_nothing_is_cut_off_and_everything_has_a_name(qtbot: QtBot, session: Session, size: tuple[int, int]) -> None:
    page = shown(qtbot, session, size)
    settle(page.window, QSize(*size))
    assert clipped_texts(page.page) == []
    assert unnamed_controls(page.page) == []
    assert part(page, QWidget, "progress_panel").isHidden()


def test_drawn_signatures_are_deleted_and_the_certificate_is_read_and_saved(
    qtbot: QtBot, past: Session, tmp_path: Path
) -> None:
    papers = replace(NO_PAPERS, print_certificate=print_certificate)
    page = shown(qtbot, replace(past, papers=papers), path=tmp_path / "certificate.pdf")
    choose(page, "signatures october")
    assert "Who signed which text, when and how stays in the minutes" in texts(page)
    QTest.keyClicks(part(page, QLineEdit, "record_reason_edit"), "six years are over")
    QTest.keyClicks(part(page, QLineEdit, "delete_edit"), "delete")
    press(page, "delete_button")
    qtbot.waitUntil(lambda: "The records “Signatures, Thu 29 Oct 2026” were deleted on" in texts(page))
    press(page, "save_button")
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")
    choose(page, "every kind")
    assert "Deleted with its case." in texts(page) and not part(page, DrawnButton, "save_button").isVisible()
