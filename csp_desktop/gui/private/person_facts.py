"""What is known of one person, field by field: apart from the page, which only lays it out.

Each field is saved as it is left; and workers, sightings, offers.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop._built.ui_private_person import Ui_PrivatePerson
from csp_desktop.domain.cases.cases import REFERENCE
from csp_desktop.domain.common.day_phrases import day_problem, read_past_day
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.private.people import (
    Accommodation,
    Consent,
    InvolvementField,
    Offer,
    OfferAnswer,
    RoughSleeper,
    Sighting,
    SightingField,
)
from csp_desktop.gui.private.person_offers import OfferList
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.services.private import people, register
from csp_desktop.services.private.people import PersonPage, WorkerRow
from csp_desktop.services.private.settings import private_settings

HOW_PAST = "Type the date as 18 nov, mon, yesterday or 18/11/2026; it cannot be in the future."


class WorkersCard(Card):
    """Workers directly involved decide who may hear: add one with since when and in what; Delete ends it."""

    changed = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent, title="Workers directly involved", caption="they may attend for this person")
        self._context, self._person_id = context, ""
        self.rows, self.member_combo = EntryList(self), QComboBox(self)
        self.since_edit, self.what_edit = LineEdit(self), ProseLine(self)
        self.error = FieldError(self)
        self.errors = FieldErrors(
            {
                InvolvementField.MEMBER: (self.error, self.member_combo),
                InvolvementField.SINCE: (self.error, self.since_edit),
                InvolvementField.WHAT: (self.error, self.what_edit),
            },
            (self.error, None),
        )
        self.add_button = SecondaryButton(self, text="In&volve", height=32)
        self.end_button = SecondaryButton(self, text="No &longer involved", height=32)
        self.rows.setAccessibleName("Workers directly involved")
        self.rows.set_flush(True)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.member_combo.setAccessibleName("Worker from the register")
        self.since_edit.setAccessibleName("Involved since")
        self.since_edit.setPlaceholderText("since: today, 3 nov")
        self.what_edit.setAccessibleName("Nature of involvement")
        self.what_edit.setPlaceholderText("for example key worker, tenancy support")
        line = QHBoxLayout()
        for part, stretch in ((self.member_combo, 3), (self.since_edit, 2), (self.what_edit, 3), (self.add_button, 0)):
            line.addWidget(part, stretch)
        self.add(self.rows)
        self.add(line)
        self.add(self.error)
        self.add(self.end_button)
        self.add_button.clicked.connect(self._involve)
        self.what_edit.returnPressed.connect(self._involve)
        self.end_button.clicked.connect(self._end)

    def show_person(self, page: PersonPage) -> None:
        """Fill it."""
        self._person_id = page.person.id
        self.rows.set_entries([worker_entry(row, self._context.session.today) for row in page.workers])
        self.rows.setFixedHeight(max(1, self.rows.content_height()))
        self.end_button.setVisible(bool(page.workers))
        here = {row.member.id for row in page.workers}
        self.member_combo.clear()
        for row in register.rows(self._context.session):
            if row.member.id not in here:
                self.member_combo.addItem(f"{row.member.name}, {row.agency.short_name}", row.member.id)
        self.add_button.setEnabled(self.member_combo.count() > 0)

    def clear(self) -> None:
        """Nothing of the person."""
        self._person_id = ""
        self.rows.set_entries([])
        self.since_edit.clear()
        self.what_edit.clear()
        self.errors.clear()

    def _involve(self) -> None:
        session = self._context.session
        try:
            since = past_day(self.since_edit.text(), session.today, InvolvementField.SINCE)
            who = self.member_combo.currentData() or ""
            people.involve(session, self._person_id, who, since, self.what_edit.text())
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.errors.clear()
        self.since_edit.clear()
        self.what_edit.clear()
        self.changed.emit("Worker involved")

    def _end(self) -> None:
        chosen = self.rows.current_key() or (self.rows.entries()[0].key if len(self.rows.entries()) == 1 else "")
        if not chosen:
            self.error.set_error("Choose the worker in the list first.")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        people.end_involvement(self._context.session, chosen)
        self.error.clear()
        self.changed.emit("Worker no longer involved")


class SeenPart(QObject):
    """The nights at the right, and the line that adds one."""

    changed = Signal(str)

    def __init__(self, ui: Ui_PrivatePerson, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._context, self._person_id = ui, context, ""
        self.errors = FieldErrors(
            {
                SightingField.DAY: (ui.seen_error, ui.seen_on_edit),
                SightingField.HOUR: (ui.seen_error, ui.seen_hour_edit),
                SightingField.WHERE: (ui.seen_error, ui.seen_where_edit),
            },
            (ui.seen_error, None),
        )
        ui.seen_on_edit.setPlaceholderText("today, 18 nov")
        ui.seen_hour_edit.setPlaceholderText("23:40")
        ui.night_strip.setMinimumHeight(current().px(46))
        ui.seen_view.set_flush(True)
        ui.seen_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.seen_view.setMinimumHeight(84)
        ui.seen_button.clicked.connect(self._add)
        for edit in (ui.seen_on_edit, ui.seen_hour_edit, ui.seen_where_edit, ui.seen_by_edit):
            edit.returnPressed.connect(self._add)

    def show_person(self, page: PersonPage) -> None:
        """Fill it."""
        self._person_id = page.person.id
        self._ui.night_strip.set_nights(page.sightings, self._context.session.today)
        self._ui.seen_view.set_entries([sighting_entry(seen, self._context.session.today) for seen in page.sightings])
        self._ui.seen_title.setText(f"Seen, {page.nights} of 28 nights")

    def clear(self) -> None:
        """Nothing of the person."""
        ui = self._ui
        self._person_id = ""
        ui.night_strip.set_nights((), self._context.session.today)
        ui.seen_view.set_entries([])
        ui.seen_title.setText("Seen")
        for edit in (ui.seen_on_edit, ui.seen_hour_edit, ui.seen_where_edit, ui.seen_by_edit):
            edit.clear()
        self.errors.clear()

    def _add(self) -> None:
        ui, session = self._ui, self._context.session
        try:
            hour = _hour(ui.seen_hour_edit.text())
            seen = Sighting(
                "",
                self._person_id,
                past_day(ui.seen_on_edit.text(), session.today, SightingField.DAY),
                ui.seen_where_edit.text(),
                ui.seen_by_edit.text() or session.user_name,
                ui.bedded_check.isChecked(),
                ui.unwell_check.isChecked(),
                hour,
            )
            people.note_sighting(session, seen)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.errors.clear()
        for edit in (ui.seen_on_edit, ui.seen_hour_edit, ui.seen_where_edit):
            edit.clear()
        ui.unwell_check.setChecked(False)
        ui.seen_on_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit("Sighting added")


def _hour(text: str) -> str:
    """'23:40' from 2340, 23.40 or 23:40; empty stays empty."""
    digits = "".join(c for c in text if c.isdigit())
    if not digits:
        return ""
    digits = digits.zfill(4) if len(digits) > 2 else f"{digits.zfill(2)}00"
    hour, minute = int(digits[:2]), int(digits[2:])
    if len(digits) != 4 or hour > 23 or minute > 59:
        raise FieldRefused(SightingField.HOUR, "Type the hour as 23:40, or leave it empty.")
    return f"{hour:02}:{minute:02}"


class OffersPart(QObject):
    """The offers under the nights: the list and keys of the session, on the person's own page."""

    changed = Signal(str)

    def __init__(self, ui: Ui_PrivatePerson, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page: PersonPage | None = None
        self.list = OfferList(parent)
        column = QVBoxLayout(ui.offers_frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.list.offered.connect(self._offer)
        self.list.answered.connect(self._answer)

    def show_person(self, page: PersonPage) -> None:
        """Fill it."""
        self._page = page
        self.list.show_offers(page.offers, page.person.why_not)

    def clear(self) -> None:
        """Nothing of the person."""
        self._page = None
        self.list.show_offers((), "")
        self.list.line.clear()

    def _offer(self, words: str) -> None:
        assert self._page is not None
        session = self._context.session
        try:
            people.offer(session, Offer("", self._page.person.id, session.today, words, session.user_name))
        except Refused as refusal:
            self.list.refuse(refusal.sentence)
            return
        self.changed.emit("Offer added")

    def _answer(self, offer_id: str, answer: OfferAnswer, why: str) -> None:
        assert self._page is not None
        made = next(offer for offer in self._page.offers if offer.id == offer_id)
        today = self._context.session.today
        people.offer(self._context.session, replace(made, answer=answer, answered_on=today, why=why))
        self.changed.emit("Offer answered")


LINES = {
    "name": "Known as",
    "aliases": "Aliases, separated by commas",
    "initials": "Initials (shown in the meeting)",
    "headline": "Summary in a few words",
    "contact": "Contact",
    "why_not": "Reason, in their own words",
    "safety_net": "Safety Net reference (kept here only)",
    "consent_limits": "Limits of the agreement",
    "begging": "Begging (separate from rough sleeping)",
}
DAYS = {"consent_on": "Asked on", "accommodation_since": "There since", "begging_on": "Seen begging on"}


class FormCard(Card):
    """A card of labelled fields."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title=title)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(current().px(14))
        self.form.setVerticalSpacing(current().px(6))
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.add(self.form)

    def row(self, words: str, field: QWidget, buddy: QWidget | None = None) -> None:
        """One field with its label."""
        label = QLabel(words, self)
        set_role(label, "label")
        label.setMinimumHeight(current().px(34))
        label.setBuddy(buddy or field)
        self.form.addRow(label, field)


class PersonFields(QObject):
    """The cards of the fields. `saved` after each change that went in."""

    saved = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._person: RoughSleeper | None = None
        self.lines: dict[str, SavedField] = {}
        self._labels: dict[str, QLabel] = {}
        self.lead_combo = QComboBox(parent)
        self.consent_combo = QComboBox(parent)
        self.accommodation_combo = QComboBox(parent)
        self._needs_frame = QWidget(parent)
        self._needs: dict[str, QCheckBox] = {}
        self._flow = Flow(self._needs_frame, spacing=14)
        for combo, name in (
            (self.lead_combo, "Lead worker"),
            (self.consent_combo, "Consent to share"),
            (self.accommodation_combo, "Accommodation"),
        ):
            combo.setAccessibleName(name)
        for consent in Consent:
            self.consent_combo.addItem(consent.value.capitalize(), consent)
        for step in Accommodation:
            self.accommodation_combo.addItem(step.value.capitalize(), step)
        self.consent_combo.activated.connect(lambda _: self._choose("consent", self.consent_combo.currentData()))
        self.lead_combo.activated.connect(lambda _: self._choose("lead_id", self.lead_combo.currentData()))
        self.accommodation_combo.activated.connect(
            lambda _: self._choose("accommodation", self.accommodation_combo.currentData())
        )

    def cards(self, parent: QWidget) -> list[Card]:
        """Who it is; the path; what they agreed to and need."""
        who = self._card(parent, "Personal details", ["name", "aliases", "initials", "headline", "contact"])
        who.row("Lead worker", self.lead_combo)
        self._line(who, "safety_net")
        path = self._card(parent, "Accommodation", [])
        path.row("Accommodation", self.accommodation_combo)
        self._line(path, "accommodation_since")
        self._line(path, "why_not")
        said = self._card(parent, "Consent to share", [])
        said.row("Consent", self.consent_combo)
        for name in ("consent_on", "consent_limits"):
            self._line(said, name)
        needs = Card(parent, title="Support needs")
        needs.add(self._needs_frame)
        other = self._card(
            parent, "Begging is recorded separately: it is not rough sleeping", ["begging", "begging_on"]
        )
        return [who, path, said, needs, other]

    def _card(self, parent: QWidget, title: str, names: list[str]) -> FormCard:
        card = FormCard(parent, title)
        for name in names:
            self._line(card, name)
        return card

    def _line(self, card: FormCard, name: str) -> None:
        words = LINES.get(name) or DAYS[name]
        holder, edit = QWidget(card), LineEdit(card)
        error = FieldError(card)
        edit.setObjectName(f"{name}_edit")
        edit.setAccessibleName(words)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(edit)
        column.addWidget(error)
        card.row(words, holder, edit)
        work = self._context.session.work
        self.lines[name] = SavedField(edit, error, work, RoughSleeper, name, lambda text: self._save_text(name, text))
        self.lines[name].saved.connect(self.saved)

    def show(self, page: PersonPage) -> None:
        """Every field as the file has it."""
        person = self._person = page.person
        for name, line in self.lines.items():
            line.show(person.id, _text(person, name))
        self.consent_combo.setCurrentIndex(list(Consent).index(person.consent))
        self.accommodation_combo.setCurrentIndex(list(Accommodation).index(person.accommodation))
        self.lead_combo.blockSignals(True)
        self.lead_combo.clear()
        self.lead_combo.addItem("Nobody yet", "")
        for row in register.rows(self._context.session):
            self.lead_combo.addItem(f"{row.member.name}, {row.agency.short_name}", row.member.id)
        self.lead_combo.setCurrentIndex(max(0, self.lead_combo.findData(person.lead_id)))
        self.lead_combo.blockSignals(False)
        self._show_needs(person)

    def _show_needs(self, person: RoughSleeper) -> None:
        offered = dict.fromkeys([*private_settings(self._context.session).needs, *person.needs])
        for need in offered:
            if need not in self._needs:
                box = QCheckBox(need, self._needs_frame)
                box.clicked.connect(self._take_needs)
                self._flow.addWidget(box)
                self._needs[need] = box
        for need, box in self._needs.items():
            box.setVisible(need in offered)
            box.setChecked(need in person.needs)

    def end(self) -> None:
        """Whatever is being typed is saved, or stays as a draft."""
        for line in self.lines.values():
            line.end()

    def clear(self) -> None:
        """Every field empty; what was typed and refused stays as a draft."""
        self._person = None
        for line in self.lines.values():
            line.show("", "")
        self.lead_combo.setCurrentIndex(-1)
        self.consent_combo.setCurrentIndex(-1)
        self.accommodation_combo.setCurrentIndex(-1)
        for box in self._needs.values():
            box.setChecked(False)

    def _take_needs(self) -> None:
        self._choose("needs", tuple(need for need, box in self._needs.items() if box.isChecked()))

    def _choose(self, name: str, value: Any) -> None:
        """A choice is saved at once; with limits the field for them is asked first."""
        changes = {name: value}
        if name == "consent" and self._person is not None:
            changes["consent_on"] = self._context.session.today
            if value is Consent.LIMITED and not self._person.consent_limits:
                self.lines["consent_limits"].error.set_error(
                    "Type the limits of the agreement first, then choose it.", self.lines["consent_limits"].edit
                )
                self.lines["consent_limits"].edit.setFocus()
                self.consent_combo.setCurrentIndex(list(Consent).index(self._person.consent))
                return
        if name == "accommodation":
            changes["accommodation_since"] = self._context.session.today
        self._save(**changes)
        self.saved.emit()

    def _save_text(self, name: str, text: str) -> None:
        words = " ".join(text.split())
        if name == "aliases":
            self._save(aliases=tuple(part.strip() for part in text.split(",") if part.strip()))
        elif name in DAYS:
            self._save(**{name: past_day(words, self._context.session.today, name) if words else None})
        elif name == "safety_net" and words and not REFERENCE.fullmatch(words.upper()):
            raise Refused("A Safety Net reference looks like SN-2026-0123.")
        else:
            self._save(**{name: words.upper() if name == "safety_net" else words})

    def _save(self, **changes: Any) -> None:
        assert self._person is not None
        current_page = people.page(self._context.session, self._person.id)
        self._person = people.save(self._context.session, replace(current_page.person, **changes))


def _text(person: RoughSleeper, name: str) -> str:
    value = getattr(person, name)
    if name == "aliases":
        return ", ".join(value)
    if name in DAYS:
        return dated_day(value) if value else ""
    return str(value)


def sighting_entry(seen: Sighting, today: date) -> Entry:
    """One sighting."""
    when = f"{screen_day(seen.on, today)}, {seen.hour}" if seen.hour else screen_day(seen.on, today)
    down = "bedded down" if seen.bedded_down else "not bedded down"
    by = f", by {seen.by}" if seen.by else ""
    return Entry(seen.id, when, f"{seen.where}{by}, {down}", pill="unwell" if seen.unwell else "", pill_tone=Tone.HIGH)


def worker_entry(row: WorkerRow, today: date) -> Entry:
    """One worker directly involved."""
    since = screen_day(row.involvement.since, today)
    return Entry(
        row.involvement.id,
        row.member.name,
        f"{row.agency.name}, {row.involvement.what}, since {since}",
        person=row.member.name,
    )


def past_day(text: str, today: date, field: str) -> date:
    """A day that has come: today, yesterday, mon, 18 nov, 18/11/2026. Raises FieldRefused about `field`."""
    found = read_past_day(text, today) if text.strip() else today
    if found is None or found > today:
        raise FieldRefused(field, day_problem(text, today, HOW_PAST))
    return found
