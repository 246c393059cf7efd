"""The person in hand and the cards over them. Made when the gate is opened and destroyed when it falls, so that nothing
stays behind it.
"""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.days import clock_seconds, tiny_day
from csp_desktop.domain.meeting.walk import change_words
from csp_desktop.domain.private.people import Consent, Sighting, consent_words, seen_words
from csp_desktop.gui.meeting.action_answers import AnswerList
from csp_desktop.gui.private.person_offers import BesideNote
from csp_desktop.gui.private.person_outcomes import PersonOutcomes
from csp_desktop.gui.private.session_rows import chips, grounds_words, seen_at
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.painting import RIGHT, Ink, Painted, box, dot, width_of
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.badges import BAND_TONES, Pill
from csp_desktop.gui.widgets.charts import RiskBand, RiskPoint
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.glance_cards import QWIDGETSIZE_MAX, RatingCard
from csp_desktop.gui.widgets.labels import ElidedLabel, SavedLabel, SignLine, TitleLabel
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.services.private.session_rows import LivePerson

UNSEEN_DAYS = 14
NARROW = 240
BESIDE_SIGN = 90  # of the chart over a sign
_SHOWN, _MOVED = 4, 4
NIGHTS = 28  # on the strip


class NightStrip(Painted):
    """The last 28 nights: tall where the person was seen bedded down, red where they were unwell, low where not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nights: dict[date, Sighting] = {}
        self._today: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_nights(self, sightings: tuple[Sighting, ...], today: date) -> None:
        """Which nights; those seen unwell count before the others of the same night."""
        self._today, self._nights = today, {}
        for seen in sorted(sightings, key=lambda s: (s.unwell, s.bedded_down)):
            self._nights[seen.on] = seen
        first = today - timedelta(days=NIGHTS - 1)
        shown = [seen for day, seen in sorted(self._nights.items()) if first <= day <= today]
        nights = [f"{tiny_day(one.on)}{', unwell' if one.unwell else ''}" for one in shown if one.bedded_down]
        self.describe("Nights seen bedded down", "; ".join(nights) or "none")
        self.update()

    def sizeHint(self) -> QSize:
        """Bars and the days below."""
        return QSize(self.theme.px(180), self.theme.px(46))

    def minimumSizeHint(self) -> QSize:
        """Two days beside each other."""
        return QSize(self.theme.px(120), self.theme.px(40))

    def draw(self, painter: QPainter) -> None:
        """28 bars; nothing before any nights were given."""
        if self._today is None:
            return
        px, tokens = self.theme.px, self.theme.tokens
        high = self.height() - px(18)
        step = self.width() / NIGHTS
        first = self._today - timedelta(days=NIGHTS - 1)
        for number in range(NIGHTS):
            seen = self._nights.get(first + timedelta(days=number))
            colour, part = tokens.line, 0.22
            if seen is not None:
                colour = tokens.high if seen.unwell else tokens.accent if seen.bedded_down else tokens.line2
                part = 1.0 if seen.unwell else 0.75 if seen.bedded_down else 0.4
            bar = QRectF(number * step, high * (1 - part), max(2.0, step - px(2)), high * part)
            box(painter, bar, px(1), colour)
        small = Ink(11, tokens.ink2, tabular=True)
        below = QRectF(0, high + px(2), self.width(), px(16))
        self.write(painter, below, tiny_day(first), small)
        self.write(painter, below, "today", small, RIGHT)


class UnwellKey(Painted):
    """What the red bars mean, in words."""

    WORDS = "unwell"

    def sizeHint(self) -> QSize:
        """Dot and words."""
        return QSize(self.theme.px(16) + width_of(self.theme, self.WORDS, Ink(12, "#000000")), self.theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """Whole."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """A dot in the bars' colour."""
        px, tokens = self.theme.px, self.theme.tokens
        dot(painter, QPointF(px(5), self.height() / 2), px(4), tokens.high)
        self.write(painter, QRectF(px(14), 0, self.width() - px(14), self.height()), self.WORDS, Ink(12, tokens.ink2))


class HearingStrip(QFrame):
    """'11 may hear K.B.', and who stepped out for it, with the time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        theme = current()
        icon, self._words, self._grounds = QLabel(self), QLabel(self), ElidedLabel(self)
        icon.setPixmap(icons.pixmap("user-check", theme.px(18), theme.tokens.low, self.devicePixelRatioF()))
        set_role(self._words, "strong")
        set_role(self._grounds, "caption")
        self._out_frame, self._out, self._out_more = QFrame(self), QLabel(self), ElidedLabel(self)
        set_role(self._out_frame, "bar-low")
        set_role(self._out, "strong")
        set_role(self._out_more, "caption")
        out = QVBoxLayout(self._out_frame)
        out.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        out.setSpacing(0)
        out.addWidget(self._out)
        out.addWidget(self._out_more)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._words)
        words.addWidget(self._grounds)
        self._limits = SignLine(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.px(16), theme.px(6), theme.px(6), theme.px(6))
        whole.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        whole.addLayout(row)
        whole.addWidget(self._limits)
        row.addWidget(icon)
        row.addLayout(words, 3)
        row.addWidget(self._out_frame, 2)

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        clear = row.clearance
        self._words.setText(f"{len(clear.may_hear)} may hear {row.page.person.initials}")
        self._grounds.setText(grounds_words(clear))
        limits = row.page.person.consent_limits
        self._limits.set_words(f"Agreed to sharing with limits: {limits}" if limits else "")
        gone = row.stepped_out
        self._out_frame.setVisible(bool(gone))
        if gone:
            self._out.setText(f"✓ Out {clock_seconds(max(one.at for one in gone))}")
            self._out_more.setText(", ".join(f"{one.name} ({one.agency})" for one in gone))


class PersonRiskCard(RatingCard):
    """Number, word and arrow, the newest totals on the matrix's bands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, size=72)
        self._chart.setMinimumWidth(current().px(92))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the card is narrow or low the number stands alone; the history is on the person's own page."""
        super().resizeEvent(event)
        below = self._band.sizeHint().width() + self._moved.sizeHint().width() + 8
        beside = max(self._number.sizeHint().width(), below) + 16 + current().px(32)
        self._chart.setVisible(self.width() - beside >= self._chart.minimumSizeHint().width())

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        marks, matrix = row.page.assessments, row.matrix
        if not marks:
            self.set_title("Risk rating", "Not scored")
            self._number.set_number("–", tone=Tone.NEUTRAL)
            self._band.set_text("Not scored", Tone.MEDIUM)
            self._moved.setText("")
            self._chart.set_history((), (RiskBand("", 0, Tone.NEUTRAL),), 60)
            return
        newest = marks[-1]
        made = ", illustrative" if matrix is not None and matrix.illustrative else ""
        self.set_title("Risk rating", f"Scored {tiny_day(newest.on)}{made}")
        tone = BAND_TONES[newest.shown_band]
        self._number.set_number(newest.total_words, tone=tone)
        self._band.set_text(newest.shown_band.value, tone)
        change = _change(marks)
        self._moved.setText(f"{'↑' if change > 0 else '↓'} {change_words(change)}" if change else change_words(change))
        set_role(self._moved, "high" if change and change > 0 else "low" if change else "second")
        bands = [RiskBand(r.band.value, r.from_points, BAND_TONES[r.band]) for r in matrix.bands] if matrix else []
        self._chart.set_history([_point(m) for m in marks[-_SHOWN:]], bands, matrix.most if matrix else 100)
        sign = f"Forced by {newest.escalated_by}" if newest.escalated_by else ""
        if newest.override_band:
            sign = f"Set by {newest.override_by}: {newest.override_reason}. The matrix gave {newest.band.value}"
        self._sign.set_words(f"{sign}." if sign else "")
        self._number.set_size(56 if sign else 72)
        self._chart.setMaximumHeight(current().px(BESIDE_SIGN) if sign else QWIDGETSIZE_MAX)  # the note keeps its room


def _change(marks: tuple[Assessment, ...]) -> int | None:
    if len(marks) < 2 or marks[-1].matrix_id != marks[-2].matrix_id:
        return None
    return marks[-1].total - marks[-2].total


def _point(mark: Assessment) -> RiskPoint:
    to = float(mark.ceiling) if mark.ceiling > mark.total else None
    return RiskPoint(tiny_day(mark.on), mark.total, BAND_TONES[mark.shown_band], to)


class MovedCard(Card):
    """Which factors moved since last time, the largest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="What moved it")
        grid = QGridLayout()
        grid.setHorizontalSpacing(current().px(10))
        grid.setVerticalSpacing(current().px(6))
        grid.setColumnStretch(1, 1)
        self._rows = [(Pill(self), ElidedLabel(self), ElidedLabel(self)) for _ in range(_MOVED)]
        for number, (points, label, words) in enumerate(self._rows):
            points.set_least_width(48)
            set_role(label, "strong")
            set_role(words, "caption")
            label.setMinimumWidth(current().px(112))
            grid.addWidget(points, 2 * number, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, 2 * number, 1)
            grid.addWidget(words, 2 * number + 1, 1)
        self._nothing = QLabel(self)
        self._nothing.setWordWrap(True)
        set_role(self._nothing, "second")
        self.add(grid)
        self.add(self._nothing)
        self.body.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the card is narrow the factors stand alone, and the words are in their tooltips."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < current().px(NARROW)
        for _, label, words in self._rows:
            words.setVisible(bool(words.text()) and not narrow)
            label.setAccessibleDescription(words.text())

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        since = f"since {tiny_day(row.moved_since)}" if row.moved_since and row.moved else ""
        self.set_title("What moved it", since)
        for number, (points, label, words) in enumerate(self._rows):
            moved = row.moved[number] if number < len(row.moved) else None
            label.setVisible(moved is not None)
            if moved is None:
                points.set_text("")
                words.setText("")
                continue
            up = moved.points is not None and moved.points > 0
            said = "new" if moved.points is None else f"+{moved.points} ↑" if up else f"−{-moved.points} ↓"
            points.set_text(said, Tone.NEUTRAL if moved.points is None else Tone.HIGH if up else Tone.LOW)
            label.setText(moved.label)
            words.setText(moved.words)
        self._fit()
        more = len(row.moved) - _MOVED
        self._nothing.setText(f"and {more} more" if more > 0 else "" if row.moved else _why_nothing(row))
        self._nothing.setVisible(bool(self._nothing.text()))


def _why_nothing(row: LivePerson) -> str:
    if len(row.page.assessments) < 2:
        return "Scored once so far: there is nothing to compare with."
    return "Nothing changed since last time."


class SeenCard(Card):
    """When and where the person was last seen, and the last 28 nights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Last seen")
        self._when, self._where, self._strip = QLabel(self), ElidedLabel(self), NightStrip(self)
        self._nights, self._unwell = QLabel(self), UnwellKey(self)
        set_role(self._when, "subheading")
        set_role(self._where, "caption")
        set_role(self._nights, "label")
        foot = QHBoxLayout()
        foot.addWidget(self._nights)
        foot.addStretch(1)
        foot.addWidget(self._unwell)
        for part in (self._when, self._where):
            self.add(part)
        self.add(self._strip, 1)
        self.add(foot)

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        page = row.page
        seen = page.sightings[0] if page.sightings else None
        days = (row.on - seen.on).days if seen else None
        late = days is None or days >= UNSEEN_DAYS
        self.set_title("Last seen", seen_words(seen, row.on), Tone.HIGH if late else None)
        self._when.setText(seen_at(seen) if seen else "Not seen by a worker yet")
        down = "" if seen is None or seen.bedded_down else ", not bedded down"
        self._where.setText(f"{seen.where}, by {seen.by}{down}" if seen else "")
        self._strip.set_nights(page.sightings, row.on)
        self._nights.setText(f"{page.nights} of {NIGHTS} nights")
        self._unwell.setVisible(any(s.unwell and (row.on - s.on).days < NIGHTS for s in page.sightings))


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

    @property
    def answers(self) -> AnswerList:
        """To last time's actions."""
        return self.beside.answers

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
