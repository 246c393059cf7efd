"""The person in hand. Made when the gate is opened and destroyed when it falls, so that nothing stays behind it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.days import clock_seconds
from csp_desktop.domain.rough_sleeping import Consent, consent_words
from csp_desktop.gui.pages.private_live_cards import HearingStrip, MovedCard, PersonRiskCard, SeenCard
from csp_desktop.gui.pages.private_live_offers import BesideNote
from csp_desktop.gui.pages.private_live_outcomes import PersonOutcomes
from csp_desktop.gui.pages.private_live_words import chips
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.flow import Flow
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.pill import Pill
from csp_desktop.gui.widgets.saved_label import SavedLabel
from csp_desktop.gui.widgets.title_label import TitleLabel
from csp_desktop.services.private.sitting_rows import LivePerson

_CHIPS = 4


class PersonView(QWidget):
    """Head, who may hear, three cards, note, last time and offers, outcomes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Person in hand")
        self.turn_id = ""
        self.hearing = HearingStrip(self)
        self.risk, self.moved, self.seen = PersonRiskCard(self), MovedCard(self), SeenCard(self)
        self.note, self.saved, self.beside = NoteEditor(self), SavedLabel(self), BesideNote(self)
        self.outcomes = PersonOutcomes(self)
        self._title, self._minute = TitleLabel(self), Card(self, title="Private note")
        self.note.setAccessibleName("Private note")
        self.note.setMinimumHeight(60)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._minute.head.addWidget(self.saved)
        self._minute.add(self.note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._make_head())
        layout.addWidget(self._title)
        layout.addWidget(self.hearing)
        cards = Flow(fill=True, spacing=12)
        for card in (self.risk, self.moved, self.seen):
            cards.addWidget(card)
        layout.addLayout(cards)
        work = QHBoxLayout()
        work.setSpacing(12)
        work.addWidget(self._minute, 1)
        work.addWidget(self.beside, 1)
        layout.addLayout(work, 1)
        layout.addWidget(self.outcomes)

    def _make_head(self) -> QHBoxLayout:
        self._reference, self._lead, self._avatar = QLabel(self), QLabel(self), Avatar(self, size=24)
        self._lead_word = QLabel("Lead", self)
        set_role(self._reference, "accent")
        set_role(self._lead, "strong")
        set_role(self._lead_word, "second")
        self._chips, self._consent = [Pill(self) for _ in range(_CHIPS)], Pill(self)
        flow = Flow(spacing=8)
        flow.addWidget(self._reference)
        for pill in (*self._chips, self._consent):
            flow.addWidget(pill)
        row = QHBoxLayout()
        row.addLayout(flow, 1)
        for widget in (self._lead_word, self._avatar, self._lead):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def show_person(self, row: LivePerson, waiting: str | None = None) -> None:
        """Fill it; the note's text and caret are left alone while one types. `waiting` is typed and not yet written."""
        first = row.turn.id != self.turn_id
        self.turn_id = row.turn.id
        person = row.page.person
        self._reference.setText(person.reference)
        self._title.setText(person.title)
        for pill, (words, tone) in zip(self._chips, [*chips(row), *[("", Tone.NEUTRAL)] * _CHIPS], strict=False):
            pill.set_text(words, tone)
        limited = person.consent not in (Consent.GIVEN,)
        self._consent.set_text(
            consent_words(replace(person, consent_limits="")), Tone.MEDIUM if limited else Tone.NEUTRAL
        )
        lead = row.lead.member.name if row.lead else ""
        self._lead.setText(lead)
        self._avatar.set_person(lead, row.lead.agency.short_name if row.lead else "")
        for widget in (self._lead, self._lead_word, self._avatar):
            widget.setVisible(bool(lead))
        for card in (self.hearing, self.risk, self.moved, self.seen):
            card.show_person(row)
        self._minute.set_title(f"Private note for {person.initials}")
        if first or not self.note.hasFocus():
            self.note.set_text(row.note if waiting is None else waiting)
        if first and row.saved_at is not None:
            self.saved.set_saved(clock_seconds(row.saved_at))
        self.beside.show_person(row, first)
        self.outcomes.show_person(row)
