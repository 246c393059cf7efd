"""What happened to one person: who works with them, where they were seen, what was offered."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop._built.ui_private_person import Ui_PrivatePerson
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.rough_sleeping import Offer, OfferAnswer, Sighting
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.pages.private_live_offers import OfferList
from csp_desktop.gui.pages.private_people_words import past_day, sighting_entry, worker_entry
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.services.private import people, register
from csp_desktop.services.private.people import PersonPage


class WorkersCard(Card):
    """Workers directly involved decide who may hear: add one with since when and in what; Delete ends it."""

    changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, title="Workers directly involved", caption="they may hear this person")
        self._desk, self._person_id = desk, ""
        self.rows, self.member_combo = EntryList(self), QComboBox(self)
        self.since_edit, self.what_edit = LineEdit(self), LineEdit(self)
        self.error = FieldError(self)
        self.add_button = SecondaryButton(self, text="In&volve", height=32)
        self.end_button = SecondaryButton(self, text="No &longer involved", height=32)
        self.rows.setAccessibleName("Workers directly involved")
        self.rows.set_flush(True)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.member_combo.setAccessibleName("Worker of the register")
        self.since_edit.setAccessibleName("Involved since")
        self.since_edit.setPlaceholderText("since: today, 3 nov")
        self.what_edit.setAccessibleName("Involved in what")
        self.what_edit.setPlaceholderText("in what: key worker, tenancy support")
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
        self.rows.set_entries([worker_entry(row) for row in page.workers])
        self.rows.setFixedHeight(max(1, self.rows.content_height()))
        self.end_button.setVisible(bool(page.workers))
        here = {row.member.id for row in page.workers}
        self.member_combo.clear()
        for row in register.rows(self._desk.session):
            if row.member.id not in here:
                self.member_combo.addItem(f"{row.member.name}, {row.agency.short_name}", row.member.id)
        self.add_button.setEnabled(self.member_combo.count() > 0)

    def clear(self) -> None:
        """Nothing of the person."""
        self._person_id = ""
        self.rows.set_entries([])
        self.since_edit.clear()
        self.what_edit.clear()
        self.error.clear(self.what_edit)

    def _involve(self) -> None:
        session = self._desk.session
        try:
            since = past_day(self.since_edit.text(), session.today)
            who = self.member_combo.currentData() or ""
            people.involve(session, self._person_id, who, since, self.what_edit.text())
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.what_edit)
            return
        self.error.clear(self.what_edit)
        self.since_edit.clear()
        self.what_edit.clear()
        self.changed.emit("A worker is involved")

    def _end(self) -> None:
        chosen = self.rows.current_key() or (self.rows.entries()[0].key if len(self.rows.entries()) == 1 else "")
        if not chosen:
            self.error.set_error("Choose the worker in the list first.")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        people.end_involvement(self._desk.session, chosen)
        self.error.clear()
        self.changed.emit("A worker is no longer involved")


class SeenPart(QObject):
    """The nights at the right, and the line that adds one."""

    changed = Signal(str)

    def __init__(self, ui: Ui_PrivatePerson, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._person_id = ui, desk, ""
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
        self._ui.night_strip.set_nights(page.sightings, self._desk.session.today)
        self._ui.seen_view.set_entries([sighting_entry(seen) for seen in page.sightings])
        self._ui.seen_title.setText(f"Seen, {page.nights} of 28 nights")

    def clear(self) -> None:
        """Nothing of the person."""
        ui = self._ui
        self._person_id = ""
        ui.night_strip.set_nights((), self._desk.session.today)
        ui.seen_view.set_entries([])
        ui.seen_title.setText("Seen")
        for edit in (ui.seen_on_edit, ui.seen_hour_edit, ui.seen_where_edit, ui.seen_by_edit):
            edit.clear()
        ui.seen_error.clear(ui.seen_where_edit)

    def _add(self) -> None:
        ui, session = self._ui, self._desk.session
        try:
            hour = _hour(ui.seen_hour_edit.text())
            seen = Sighting(
                "", self._person_id, past_day(ui.seen_on_edit.text(), session.today), ui.seen_where_edit.text(),
                ui.seen_by_edit.text() or session.user_name, ui.bedded_check.isChecked(),
                ui.unwell_check.isChecked(), hour,
            )  # fmt: skip
            people.note_sighting(session, seen)
        except Refused as refusal:
            ui.seen_error.set_error(refusal.sentence, ui.seen_where_edit)
            return
        ui.seen_error.clear(ui.seen_where_edit)
        for edit in (ui.seen_on_edit, ui.seen_hour_edit, ui.seen_where_edit):
            edit.clear()
        ui.unwell_check.setChecked(False)
        ui.seen_on_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit("A sighting was added")


def _hour(text: str) -> str:
    """'23:40' from 2340, 23.40 or 23:40; empty stays empty."""
    digits = "".join(c for c in text if c.isdigit())
    if not digits:
        return ""
    digits = digits.zfill(4) if len(digits) > 2 else f"{digits.zfill(2)}00"
    hour, minute = int(digits[:2]), int(digits[2:])
    if len(digits) != 4 or hour > 23 or minute > 59:
        raise Refused("Write the hour as 23:40, or leave it empty.")
    return f"{hour:02}:{minute:02}"


class OffersPart(QObject):
    """The offers under the nights: the list and keys of the session, on the person's own page."""

    changed = Signal(str)

    def __init__(self, ui: Ui_PrivatePerson, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
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
        session = self._desk.session
        try:
            people.offer(session, Offer("", self._page.person.id, session.today, words, session.user_name))
        except Refused as refusal:
            self.list.refuse(refusal.sentence)
            return
        self.changed.emit("An offer was added")

    def _answer(self, offer_id: str, answer: OfferAnswer, why: str) -> None:
        assert self._page is not None
        made = next(offer for offer in self._page.offers if offer.id == offer_id)
        today = self._desk.session.today
        people.offer(self._desk.session, replace(made, answer=answer, answered_on=today, why=why))
        self.changed.emit("An offer was answered")
