"""Preparing people in the window by key alone; nothing of a person stays on a page that was left, or shows while a
session runs."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.private.people import Consent, OfferAnswer, RoughSleeper, Sighting
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, private
from csp_desktop.gui.widgets.factor_table import Column
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.private import people, scoring
from csp_desktop.services.private.preparing import WHILE_RUNNING
from tests.support.private_session import DAY, LEAD, PEOPLE, begun, member_named, private_session
from tests.support.screens import SIZES, clipped_texts, settle, shared_mnemonics, unnamed_controls

PLACE = "Church steps"


class Shown:
    """A page in its window, and where it asked to go."""

    def __init__(self, qtbot, stem, session, argument=None, size="1366x768"):
        self.session = session
        kind = PRIVATE.page(stem).load()
        self.page = kind(PrivatePageContext(session, Changes(), Tasks(), table=PrivateTable()))
        self.ui = self.page._ui
        self.went: list[tuple[str, object]] = []
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page(stem, self.page)
        self.page.navigate.disconnect()
        self.page.navigate.connect(lambda stem, value: self.went.append((stem, value)))
        self.window.resize(SIZES[size])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_page(stem, argument)

    def field(self, name: str) -> QLineEdit:
        """A field of the person's page."""
        found = self.page.findChild(QLineEdit, f"{name}_edit")
        assert isinstance(found, QLineEdit)
        return found


@pytest.fixture
def session():
    return private_session()


@pytest.fixture
def kit(session) -> RoughSleeper:
    """Kit Barlow with everything there can be of a person."""
    person = people.people(session, "Kit")[0].person
    kept = people.save(session, replace(person, aliases=("Scotch Kit",), headline="ill, and without cover"))
    people.note_sighting(session, Sighting("", kept.id, DAY, PLACE, "Hana Lowe", True, unwell=True))
    scoring.assess(session, kept.id, {"health": "1"})
    return kept


def kept(session, person) -> RoughSleeper:
    """The person as the file has them now."""
    return people.page(session, person.id).person


def type_over(qtbot, edit: QLineEdit, text: str) -> None:
    """Type into a field and leave it by Tab."""
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Tab)


def said(page: QWidget) -> str:
    """Everything anyone could read or hear of a page."""
    words = []
    for child in [page, *page.findChildren(QWidget)]:
        words += [child.toolTip(), child.accessibleName(), child.accessibleDescription(), str(child.property("text"))]
        spoken = QAccessible.queryAccessibleInterface(child)
        words += [spoken.text(QAccessible.Text.Name)] if spoken is not None else []
        if isinstance(child, QAbstractItemView) and child.model() is not None:
            model = child.model()
            for row in range(model.rowCount()):
                words += [str(model.index(row, 0).data(role)) for role in (0, 3, 11, 256)]
    return "\n".join(words)


# the list


def test_a_person_is_found_by_alias_and_opened_with_enter(qtbot, session, kit):
    shown = Shown(qtbot, "private_people", session)
    QAbstractItemModelTester(shown.ui.people_view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.keyClicks(shown.ui.search_edit, "scotch")
    assert [entry.title for entry in shown.ui.people_view.entries()] == ["Kit Barlow"]
    shown.ui.people_view.setFocus()
    qtbot.keyClick(shown.ui.people_view, Qt.Key.Key_Down)
    qtbot.keyClick(shown.ui.people_view, Qt.Key.Key_Return)
    assert shown.went == [("private_person", kit.id)]


def test_typing_a_new_name_shows_who_is_alike_and_nobody_is_entered_twice(qtbot, session, kit):
    shown = Shown(qtbot, "private_people", session)
    before = len(people.people(session))
    qtbot.keyClick(shown.page, "n", Qt.KeyboardModifier.ControlModifier)
    assert shown.ui.name_edit.hasFocus()
    qtbot.keyClicks(shown.ui.name_edit, "Kit Barlowe")
    assert [entry.key for entry in shown.ui.alike_view.entries()] == [kit.id]
    qtbot.keyClick(shown.ui.name_edit, Qt.Key.Key_Return)
    assert "RS-001" in shown.ui.new_error.text() and len(people.people(session)) == before
    shown.ui.other_button.click()
    assert len(people.people(session)) == before + 1


def test_who_came_off_the_list_shows_only_when_asked_for(qtbot, session, kit):
    people.save(session, replace(kit, on_list=False, off_list_on=DAY, off_list_why="housed"))
    shown = Shown(qtbot, "private_people", session)
    assert kit.id not in [entry.key for entry in shown.ui.people_view.entries()]
    shown.ui.former_check.click()
    assert next(e for e in shown.ui.people_view.entries() if e.key == kit.id).pill == "Off the list"


# one person


def test_a_field_is_saved_as_it_is_left_and_undone_by_key(qtbot, session, kit):
    shown = Shown(qtbot, "private_person", session, kit.id)
    type_over(qtbot, shown.field("contact"), "mornings at the kitchen")
    assert kept(session, kit).contact == "mornings at the kitchen"
    qtbot.keyClick(shown.ui.seen_view, "z", Qt.KeyboardModifier.ControlModifier)
    assert kept(session, kit).contact == ""


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("safety_net", "SN-26-12", "SN-2026-0123"),
        ("consent_on", "some day", "Type the date"),
        ("name", " ", "name the person is known by"),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_is_kept(qtbot, session, kit, field, typed, says):
    shown = Shown(qtbot, "private_person", session, kit.id)
    type_over(qtbot, shown.field(field), typed)
    assert says in shown.page._fields.lines[field].error.text()
    assert kept(session, kit) == kit
    assert session.work.draft(RoughSleeper, kit.id, field).text == typed


def test_agreement_with_limits_asks_for_the_limits_first(qtbot, session, kit):
    shown = Shown(qtbot, "private_person", session, kit.id)
    combo = shown.page._fields.consent_combo
    limited = list(Consent).index(Consent.LIMITED)
    combo.setCurrentIndex(limited)
    combo.activated.emit(limited)
    assert kept(session, kit).consent is Consent.NOT_ASKED and shown.field("consent_limits").hasFocus()
    type_over(qtbot, shown.field("consent_limits"), "not the benefits office")
    combo.setCurrentIndex(limited)
    combo.activated.emit(limited)
    assert kept(session, kit).consent is Consent.LIMITED and kept(session, kit).consent_on == DAY


def test_a_sighting_goes_in_by_key_and_a_wrong_hour_says_so(qtbot, session, kit):
    shown, before = Shown(qtbot, "private_person", session, kit.id), len(people.page(session, kit.id).sightings)
    qtbot.keyClick(shown.field("name"), "n", Qt.KeyboardModifier.ControlModifier)
    assert shown.ui.seen_on_edit.hasFocus()
    qtbot.keyClicks(shown.ui.seen_on_edit, "yesterday")
    qtbot.keyClicks(shown.ui.seen_hour_edit, "2570")
    qtbot.keyClicks(shown.ui.seen_where_edit, "Canal bridge")
    qtbot.keyClick(shown.ui.seen_where_edit, Qt.Key.Key_Return)
    assert "23:40" in shown.ui.seen_error.text()
    assert len(people.page(session, kit.id).sightings) == before
    shown.ui.seen_hour_edit.setText("0110")
    qtbot.keyClick(shown.ui.seen_where_edit, Qt.Key.Key_Return)
    assert [(s.where, s.hour, s.by) for s in people.page(session, kit.id).sightings if s.hour] == [
        ("Canal bridge", "01:10", LEAD)
    ]


def test_an_offer_is_added_and_answered_with_a_letter(qtbot, session, kit):
    shown = Shown(qtbot, "private_person", session, kit.id)
    offers = shown.page._offers.list
    qtbot.keyClicks(offers.line, "Winter bed")
    qtbot.keyClick(offers.line, Qt.Key.Key_Return)
    offers.rows.setFocus()
    qtbot.keyClick(offers.rows, Qt.Key.Key_Down)
    qtbot.keyClick(offers.rows, Qt.Key.Key_T)
    assert [(o.what, o.answer) for o in people.page(session, kit.id).offers] == [("Winter bed", OfferAnswer.TAKEN_UP)]


def test_who_is_involved_decides_who_may_hear_and_says_in_what(qtbot, session, kit):
    shown = Shown(qtbot, "private_person", session, kit.id)
    card = shown.page._workers
    card.member_combo.setCurrentIndex(card.member_combo.findData(member_named(session, "Hana Lowe").id))
    qtbot.keyClick(card.what_edit, Qt.Key.Key_Return)
    assert "the involvement" in card.error.text()
    qtbot.keyClicks(card.what_edit, "outreach")
    qtbot.keyClick(card.what_edit, Qt.Key.Key_Return)
    assert "Hana Lowe" in [row.member.name for row in people.page(session, kit.id).workers]


def test_off_the_list_needs_a_reason(qtbot, session, kit):
    shown = Shown(qtbot, "private_person", session, kit.id)
    card = shown.page._off
    card.button.click()
    assert "why" in card.error.text() and kept(session, kit).on_list
    qtbot.keyClicks(card.reason_edit, "housed since Monday")
    card.button.click()
    assert not kept(session, kit).on_list and kept(session, kit).off_list_why == "housed since Monday"
    card.button.click()
    assert kept(session, kit).on_list and kept(session, kit).off_list_why == ""


# risk


def test_digits_answer_the_factors_and_an_incomplete_total_never_pretends(qtbot, session, kit):
    shown = Shown(qtbot, "private_risk", session, kit.id)
    view = shown.ui.factors_view
    assert view.hasFocus() and view.line_in_hand().number == 1
    assert view.isColumnHidden(Column.TASK)  # a task of the group's is no business of this meeting
    qtbot.keyClick(view, Qt.Key.Key_2)
    assert view.line_in_hand().number == 2 and shown.ui.total_number._number == "6+"
    qtbot.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    latest = people.page(session, kit.id).assessments[-1]
    assert (latest.total_words, latest.answers) == ("6+", (("health", "2"),))


def test_an_answer_that_forces_the_band_is_named(qtbot, session, kit):
    shown = Shown(qtbot, "private_risk", session, kit.id)
    qtbot.keyClick(shown.ui.factors_view, Qt.Key.Key_3)
    assert shown.ui.band_label.text().startswith("High, forced by Physical health")
    qtbot.keyClick(shown.ui.factors_view, Qt.Key.Key_Up)
    qtbot.keyClick(shown.ui.factors_view, Qt.Key.Key_Delete)
    assert shown.ui.band_label.text() == "Standard"


def test_what_changed_says_since_which_day(qtbot, session, kit):
    shown = Shown(qtbot, "private_risk", session, kit.id)
    assert shown.ui.moved_title.text() == "Nothing to compare with"
    shown.page._keep()
    before = people.page(session, kit.id).assessments[-1]
    with session.work.step("made earlier", undoable=False) as records:
        records.save(replace(before, on=before.on - timedelta(days=2), answers=(("health", "2"),)))
    shown.page.entered(kit.id)
    day = screen_day(before.on - timedelta(days=2), session.today)
    assert shown.ui.moved_title.text() == f"Nothing changed since {day}"
    qtbot.keyClick(shown.ui.factors_view, Qt.Key.Key_3)
    assert shown.ui.moved_title.text() == f"Changed since {day}"


def test_another_band_needs_a_reason_and_stands_beside_the_first(qtbot, session, kit):
    shown = Shown(qtbot, "private_risk", session, kit.id)
    shown.ui.band_combo.setCurrentText("High")
    shown.ui.override_button.click()
    assert "why" in shown.ui.override_error.text()
    qtbot.keyClicks(shown.ui.why_edit, "seen collapsed twice")
    qtbot.keyClick(shown.ui.why_edit, Qt.Key.Key_Return)
    latest = people.page(session, kit.id).assessments[-1]
    assert (latest.band, latest.override_band, latest.override_by) == (Band.STANDARD, Band.HIGH, LEAD)


def test_on_a_large_screen_the_score_stands_at_the_top_without_gaps(qtbot, session, kit):
    shown = Shown(qtbot, "private_risk", session, kit.id, "1600x900")
    QApplication.processEvents()
    parts = [part for part in shown.ui.side_frame.children() if isinstance(part, QWidget) and part.isVisible()]
    parts.sort(key=lambda part: part.y())
    between = [below.y() - above.geometry().bottom() - 1 for above, below in pairwise(parts)]
    assert len(between) >= 3 and set(between) == {shown.ui.side_frame.layout().spacing()}
    assert parts[0].y() == shown.ui.side_frame.layout().contentsMargins().top()


# nothing of a person where nobody may see it


@pytest.mark.parametrize("stem", ["private_people", "private_person", "private_risk"])
def test_nothing_of_a_person_stays_on_a_page_that_was_left(qtbot, session, kit, stem):
    shown = Shown(qtbot, stem, session, None if stem == "private_people" else kit.id)
    assert kit.name in said(shown.page) or kit.initials in said(shown.page)
    shown.page.left()
    words = said(shown.page)
    for canary in (kit.name, kit.initials, kit.reference, "Scotch", kit.headline, PLACE, "Hana Lowe, bedded"):
        assert canary not in words, canary


@pytest.mark.parametrize("stem", ["private_people", "private_person", "private_risk"])
def test_while_a_session_runs_preparing_shows_nobody_and_afterwards_shows_them_again(qtbot, session, kit, stem):
    argument = None if stem == "private_people" else kit.id
    shown = Shown(qtbot, stem, session, argument)
    sitting = begun(session, LEAD, "PC Sara Lyle")
    shown.page.left()
    shown.page.entered(argument)
    words = said(shown.page)
    assert WHILE_RUNNING in words
    assert not [name for name, _ in PEOPLE if name in words]
    shown.page.left()
    sitting.close()
    shown.page.entered(argument)
    assert WHILE_RUNNING not in said(shown.page)
    assert shown.ui.side_frame.isVisible()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
@pytest.mark.parametrize("stem", ["private_people", "private_person", "private_risk"])
def test_no_text_is_cut_and_every_control_has_a_name_and_a_key_of_its_own(qtbot, session, kit, stem, size, tokens):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme(private(tokens)))
    shown = Shown(qtbot, stem, session, None if stem == "private_people" else kit.id, size)
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
    assert shared_mnemonics(shown.page) == []
