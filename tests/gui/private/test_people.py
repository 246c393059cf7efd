"""Preparing people: the list, one person's page, the scoring, a list taken over; in real windows."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csp_desktop.domain.private.people import Consent, OfferAnswer
from csp_desktop.exchange.private.rough_sleepers import people_template, read_people
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.gui.private.import_rough_sleepers import ImportRoughSleepersPage
from csp_desktop.gui.private.people import PrivatePeoplePage
from csp_desktop.gui.private.person import PrivatePersonPage
from csp_desktop.gui.private.person_facts import past_day
from csp_desktop.gui.private.risk import PrivateRiskPage
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.cases.matrices import in_force
from csp_desktop.services.private import people
from tests.support.private_session import LEAD, begun, private_session

DATA = Path(__file__).parents[2] / "data" / "rough-sleeping"


class Shown:
    """A page in a window of its own, and where it leads."""

    def __init__(self, qtbot: Any, kind: Any, session: Any, argument: object = None) -> None:
        self.session, self.tasks = session, Tasks()
        self.page = kind(PageContext(session, Changes(), self.tasks))
        self.went: list[tuple[str, object]] = []
        self.page.navigate.connect(lambda *where: self.went.append(where))
        qtbot.addWidget(self.page)
        self.page.resize(1366, 692)
        self.page.show()
        self.page.entered(argument)
        self.ui = self.page._ui


@pytest.fixture
def session():
    return private_session()


def first(session):
    return people.people(session)[0].person


def test_the_list_says_reference_initials_last_seen_and_risk_in_words(qtbot, session):
    shown = Shown(qtbot, PrivatePeoplePage, session)
    entry = shown.ui.people_view.entries()[0]
    assert entry.title == "Kit Barlow"
    assert "RS-001 · K.B." in entry.subtitle and "not seen yet" in entry.subtitle
    assert entry.pill == "Not scored"
    shown.ui.people_view.chosen.emit(entry.key)
    assert shown.went == [("private_person", entry.key)]


def test_whoever_is_alike_shows_while_a_new_name_is_typed_and_is_not_entered_twice(qtbot, session):
    shown = Shown(qtbot, PrivatePeoplePage, session, "new")
    QTest.keyClicks(shown.ui.name_edit, "Kit Barlowe")
    assert [e.title for e in shown.ui.alike_view.entries()] == ["RS-001  Kit Barlow"]
    QTest.keyClick(shown.ui.name_edit, Qt.Key.Key_Return)
    assert "RS-001" in shown.ui.new_error.text() and shown.went == []
    assert shown.ui.other_button.y() > shown.ui.enter_button.y()
    shown.ui.other_button.click()
    assert shown.went and len(people.people(session)) == 4


def test_a_search_says_how_many_were_found_and_never_that_nobody_is_on_the_list(qtbot, session):
    shown = Shown(qtbot, PrivatePeoplePage, session)
    assert [(f.big, f.small) for f in shown.page.bar_state().figures] == [("3", "on the list")]
    QTest.keyClicks(shown.ui.search_edit, "nobody of this name")
    assert [(f.big, f.small) for f in shown.page.bar_state().figures] == [("0", "found")]


def test_nobody_shows_here_while_a_session_runs(qtbot, session):
    person = first(session)
    begun(session, LEAD, "PC Sara Lyle")
    listed = Shown(qtbot, PrivatePeoplePage, session)
    assert listed.ui.people_view.entries() == () and listed.ui.people_empty.isVisible()
    one = Shown(qtbot, PrivatePersonPage, session, person.id)
    assert "one at a time" in one.ui.facts_label.text()
    assert "Barlow" not in one.ui.title_label.text() and not one.ui.person_scroll.isVisible()
    scored = Shown(qtbot, PrivateRiskPage, session, person.id)
    assert not scored.ui.factors_frame.isVisible()


def test_each_field_is_saved_as_it_is_left(qtbot, session):
    shown = Shown(qtbot, PrivatePersonPage, session, first(session).id)
    edit = shown.page._fields.lines["headline"].edit
    edit.setFocus()
    QTest.keyClicks(edit, "ill, and without cover")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert first(session).headline == "ill, and without cover"
    reference = shown.page._fields.lines["safety_net"]
    QTest.keyClicks(reference.edit, "141")
    QTest.keyClick(reference.edit, Qt.Key.Key_Return)
    assert "SN-2026-0123" in reference.error.text() and first(session).safety_net == ""


def test_agreement_with_limits_asks_for_the_limits_first(qtbot, session):
    shown = Shown(qtbot, PrivatePersonPage, session, first(session).id)
    fields = shown.page._fields
    fields._choose("consent", Consent.LIMITED)
    assert "limits" in fields.lines["consent_limits"].error.text()
    assert first(session).consent is Consent.NOT_ASKED
    QTest.keyClicks(fields.lines["consent_limits"].edit, "not with family")
    QTest.keyClick(fields.lines["consent_limits"].edit, Qt.Key.Key_Return)
    fields._choose("consent", Consent.LIMITED)
    assert first(session).consent is Consent.LIMITED


def test_a_sighting_an_offer_and_a_worker_are_added_where_they_are_read(qtbot, session):
    shown = Shown(qtbot, PrivatePersonPage, session, first(session).id)
    ui = shown.ui
    ui.seen_on_edit.setText("18 nov")
    ui.seen_hour_edit.setText("2340")
    ui.seen_where_edit.setText("church steps")
    ui.seen_button.click()
    assert [(e.title, e.subtitle) for e in ui.seen_view.entries()] == [
        ("Wed 18 Nov, 23:40", f"church steps, by {LEAD}, bedded down")
    ]
    shown.page._offers._offer("winter bed")
    offer = people.page(session, first(session).id).offers[0]
    shown.page._offers._answer(offer.id, OfferAnswer.DECLINED, "not without the dog")
    assert people.page(session, first(session).id).offers[0].why == "not without the dog"
    workers = shown.page._workers
    workers.what_edit.setText("street visits")
    workers.add_button.click()
    assert len(people.page(session, first(session).id).workers) == 2
    workers.rows.set_current(workers.rows.entries()[-1].key)
    workers.end_button.click()
    assert len(people.page(session, first(session).id).workers) == 1


def test_a_night_to_come_or_no_hour_is_refused_at_the_field_and_nothing_typed_is_lost(qtbot, session):
    shown = Shown(qtbot, PrivatePersonPage, session, first(session).id)
    shown.ui.seen_hour_edit.setText("2575")
    shown.ui.seen_where_edit.setText("church steps")
    shown.ui.seen_button.click()
    assert "23:40" in shown.ui.seen_error.text() and shown.ui.seen_where_edit.text() == "church steps"


def test_off_the_list_asks_why_and_can_be_taken_back(qtbot, session):
    person = first(session)
    shown = Shown(qtbot, PrivatePersonPage, session, person.id)
    shown.page._off.button.click()
    assert "why" in shown.page._off.error.text()
    shown.page._off.reason_edit.setText("housed since June")
    shown.page._off.button.click()
    assert not people.page(session, person.id).person.on_list
    shown.page._off.button.click()
    assert people.page(session, person.id).person.on_list


def test_digits_score_factor_by_factor_and_an_incomplete_total_does_not_pretend(qtbot, session):
    shown = Shown(qtbot, PrivateRiskPage, session, first(session).id)
    factors = in_force(session).matrix.factors
    QTest.keyClick(shown.ui.factors_view, Qt.Key.Key_2)
    assert "not answered" in shown.ui.open_label.text()
    for _ in factors[1:]:
        QTest.keyClick(shown.ui.factors_view, Qt.Key.Key_0)
    assert not shown.ui.open_label.isVisible()
    shown.ui.keep_button.click()
    kept = people.page(session, first(session).id).assessments[-1]
    assert (kept.total, kept.total_words) == (6, "6")
    shown.ui.why_edit.setText("")
    shown.ui.override_button.click()
    assert "why" in shown.ui.override_error.text()


def test_a_list_is_shown_before_it_is_taken_over(qtbot, session):
    papers = replace(session.papers, read_book=read_book, read_people=read_people, people_template=people_template)
    shown = Shown(qtbot, ImportRoughSleepersPage, replace(session, papers=papers))
    shown.ui.import_panel.read(DATA / "people.csv")
    qtbot.waitUntil(lambda: shown.ui.import_panel.take_button.isEnabled())
    assert len(people.people(session)) == 3
    shown.ui.import_panel.take_button.click()
    qtbot.waitUntil(lambda: len(people.people(session)) == 5)
    qtbot.waitUntil(lambda: not shown.tasks.busy())


@pytest.mark.parametrize(
    ("typed", "day"),
    [("", 26), ("today", 26), ("yesterday", 25), ("18 nov", 18), ("18/11/2026", 18), ("mon", 23), ("thu", 26)],
)
def test_a_past_day_is_read_as_people_say_it(typed, day):
    assert past_day(typed, date(2026, 11, 26), "on") == date(2026, 11, day)
