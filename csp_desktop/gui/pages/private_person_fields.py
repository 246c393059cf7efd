"""What is known of one person, field by field: each is saved as it is left, each refusal stands at its field."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.cases import REFERENCE
from csp_desktop.domain.days import short_day
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.rough_sleeping import Accommodation, Consent, RoughSleeper
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.kept_line import KeptLine
from csp_desktop.gui.pages.private_people_words import past_day
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.gui.widgets.flow import Flow
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.services.private import people, register
from csp_desktop.services.private.people import PersonPage
from csp_desktop.services.private.settings import private_settings

LINES = {
    "name": "Known as",
    "aliases": "Aliases, with commas between",
    "initials": "Initials, all that the table sees",
    "headline": "What it is about, in a few words",
    "contact": "Contact",
    "why_not": "Why not, in their own words",
    "safety_net": "Safety Net reference, kept here only",
    "consent_limits": "Limits of the agreement",
    "begging": "Begging, a fact of its own",
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

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person: RoughSleeper | None = None
        self.lines: dict[str, KeptLine] = {}
        self._labels: dict[str, QLabel] = {}
        self.lead_combo = QComboBox(parent)
        self.consent_combo = QComboBox(parent)
        self.accommodation_combo = QComboBox(parent)
        self._needs_frame = QWidget(parent)
        self._needs: dict[str, QCheckBox] = {}
        self._flow = Flow(self._needs_frame, spacing=14)
        for combo, name in (
            (self.lead_combo, "Leads on this person"),
            (self.consent_combo, "Agreement to sharing"),
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
        who = self._card(parent, "Who it is", ["name", "aliases", "initials", "headline", "contact"])
        who.row("Leads on this person", self.lead_combo)
        self._line(who, "safety_net")
        path = self._card(parent, "Where the path has led", [])
        path.row("Accommodation", self.accommodation_combo)
        self._line(path, "accommodation_since")
        self._line(path, "why_not")
        said = self._card(parent, "Agreement to sharing", [])
        said.row("Agreement", self.consent_combo)
        for name in ("consent_on", "consent_limits"):
            self._line(said, name)
        needs = Card(parent, title="Support needs")
        needs.add(self._needs_frame)
        other = self._card(parent, "Begging, a fact of its own: it is not rough sleeping", ["begging", "begging_on"])
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
        work = self._desk.session.work
        self.lines[name] = KeptLine(edit, error, work, RoughSleeper, name, lambda text: self._save_text(name, text))
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
        for row in register.rows(self._desk.session):
            self.lead_combo.addItem(f"{row.member.name}, {row.agency.short_name}", row.member.id)
        self.lead_combo.setCurrentIndex(max(0, self.lead_combo.findData(person.lead_id)))
        self.lead_combo.blockSignals(False)
        self._show_needs(person)

    def _show_needs(self, person: RoughSleeper) -> None:
        offered = dict.fromkeys([*private_settings(self._desk.session).needs, *person.needs])
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
            changes["consent_on"] = self._desk.session.today
            if value is Consent.LIMITED and not self._person.consent_limits:
                self.lines["consent_limits"].error.set_error(
                    "Write the limits of the agreement first, then choose it.", self.lines["consent_limits"].edit
                )
                self.lines["consent_limits"].edit.setFocus()
                self.consent_combo.setCurrentIndex(list(Consent).index(self._person.consent))
                return
        if name == "accommodation":
            changes["accommodation_since"] = self._desk.session.today
        self._save(**changes)
        self.saved.emit()

    def _save_text(self, name: str, text: str) -> None:
        words = " ".join(text.split())
        if name == "aliases":
            self._save(aliases=tuple(part.strip() for part in text.split(",") if part.strip()))
        elif name in DAYS:
            self._save(**{name: past_day(words, self._desk.session.today) if words else None})
        elif name == "safety_net" and words and not REFERENCE.fullmatch(words.upper()):
            raise Refused("A Safety Net reference is written SN-2026-0123.")
        else:
            self._save(**{name: words.upper() if name == "safety_net" else words})

    def _save(self, **changes: Any) -> None:
        assert self._person is not None
        current_page = people.page(self._desk.session, self._person.id)
        self._person = people.save(self._desk.session, replace(current_page.person, **changes))


def _text(person: RoughSleeper, name: str) -> str:
    value = getattr(person, name)
    if name == "aliases":
        return ", ".join(value)
    if name in DAYS:
        return f"{short_day(value)} {value.year}" if value else ""
    return str(value)
