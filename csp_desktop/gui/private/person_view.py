"""The person in hand and the cards over them. Made when the gate is opened and destroyed when it falls, so that nothing
stays behind it.
"""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.days import axis_day, clock_seconds, screen_day
from csp_desktop.domain.meeting.walk import change_words
from csp_desktop.domain.private.people import Consent, Sighting, consent_words, seen_words
from csp_desktop.gui.meeting.action_answers import AnswerList
from csp_desktop.gui.meeting.ask_card import AskCard
from csp_desktop.gui.meeting.live_rows import trend
from csp_desktop.gui.meeting.turn_view import TurnView
from csp_desktop.gui.private.person_offers import BesideNote
from csp_desktop.gui.private.person_outcomes import PersonOutcomes
from csp_desktop.gui.private.session_rows import chips, grounds_words, seen_at
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.painting import RIGHT, Ink, Painted, box, dot, width_of
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES, Pill
from csp_desktop.gui.widgets.charts import RiskBand, RiskChart, RiskPoint
from csp_desktop.gui.widgets.labels import ElidedLabel, SignLine
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.services.private.session_rows import LivePerson, ask_now

UNSEEN_DAYS = 14
_SHOWN, _MOVED = 4, 3
NIGHTS = 28  # on the strip
FOUR_CARDS = 860  # wide, four cards stand in one line


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
        nights = [f"{screen_day(one.on, today)}{', unwell' if one.unwell else ''}" for one in shown if one.bedded_down]
        self.describe("Nights seen bedded down", "; ".join(nights) or "none")
        self.update()

    def sizeHint(self) -> QSize:
        """Bars and the days below."""
        return QSize(self.theme.px(180), self.theme.px(38))

    def minimumSizeHint(self) -> QSize:
        """Two days beside each other."""
        return QSize(self.theme.px(120), self.theme.px(34))

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
        self.write(painter, below, axis_day(first), small)
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
        self._out_frame.setLayout(hbox(self._out, (self._out_more, 1), margins=(10, 4, 10, 4)))
        self._limits = SignLine(self)
        row = hbox(icon, self._words, (self._grounds, 3), (self._out_frame, 2), spacing=10)
        self.setLayout(vbox(row, self._limits, spacing=3, margins=(14, 4, 4, 4)))

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        clear = row.clearance
        self._words.setText(f"{len(clear.may_hear)} may be present for {row.page.person.initials}")
        self._grounds.setText(grounds_words(clear))
        limits = row.page.person.consent_limits
        self._limits.set_words(f"Agreed to sharing with limits: {limits}" if limits else "")
        gone = row.stepped_out
        self._out_frame.setVisible(bool(gone))
        if gone:
            self._out.setText(f"✓ Out {clock_seconds(max(one.at for one in gone))}")
            self._out_more.setText(", ".join(f"{one.name} ({one.agency})" for one in gone))


class PersonHistory(Card):
    """The newest totals on the matrix's bands; with one alone there is nothing to draw."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Risk rating")
        self.has_course = False
        self._chart = RiskChart(self, low=True)
        self.add(self._chart)
        self.body.addStretch(1)
        self.set_edges(12, 6, 12, 6)

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        marks, matrix = row.page.assessments, row.matrix
        self.has_course = len(marks) > 1
        if not self.has_course:
            return
        made = ", example" if matrix is not None and matrix.illustrative else ""
        self.set_title("Risk rating", f"Scored {screen_day(marks[-1].on, row.on)}{made}")
        bands = [RiskBand(r.band.value, r.from_points, BAND_TONES[r.band]) for r in matrix.bands] if matrix else []
        self._chart.set_history([_point(m) for m in marks[-_SHOWN:]], bands, matrix.most if matrix else 100)


def _sign(mark: Assessment | None) -> str:
    """Why the level is another than the total gives."""
    if mark is None:
        return ""
    if mark.override_band:
        return f"Set by {mark.override_by}: {mark.override_reason}. The matrix gave {mark.band.value}."
    return f"Forced by {mark.escalated_by}." if mark.escalated_by else ""


def _change(marks: tuple[Assessment, ...]) -> int | None:
    if len(marks) < 2 or marks[-1].matrix_id != marks[-2].matrix_id:
        return None
    return marks[-1].total - marks[-2].total


def _point(mark: Assessment) -> RiskPoint:
    to = float(mark.ceiling) if mark.ceiling > mark.total else None
    return RiskPoint(axis_day(mark.on), mark.total, BAND_TONES[mark.shown_band], to)


class MovedCard(Card):
    """Which factors moved since last time, the largest first; what was answered is in their tooltips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="What changed it")
        grid = QGridLayout()
        grid.setHorizontalSpacing(current().px(8))
        grid.setVerticalSpacing(current().px(2))
        grid.setColumnStretch(1, 1)
        self._rows = [(QLabel(self), ElidedLabel(self)) for _ in range(_MOVED)]
        for number, (points, label) in enumerate(self._rows):
            set_role(label, "strong")
            label.setMinimumWidth(current().px(112))
            grid.addWidget(points, number, 0)
            grid.addWidget(label, number, 1)
        self._nothing = QLabel(self)
        self._nothing.setWordWrap(True)
        set_role(self._nothing, "caption")
        self.add(grid)
        self.add(self._nothing)
        self.body.addStretch(1)
        self.body.setSpacing(current().px(2))
        self.set_edges(12, 6, 12, 6)

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        since = f"since {screen_day(row.moved_since, row.on)}" if row.moved_since and row.moved else ""
        more = len(row.moved) - _MOVED
        self.set_title("What changed it", f"{since}, {more} more" if more > 0 else since)
        for number, (points, label) in enumerate(self._rows):
            moved = row.moved[number] if number < len(row.moved) else None
            for part in (points, label):
                part.setVisible(moved is not None)
            if moved is None:
                continue
            up = moved.points is not None and moved.points > 0
            said = "new" if moved.points is None else f"+{moved.points} ↑" if up else f"−{-moved.points} ↓"
            points.setText(said)
            set_role(points, "label" if moved.points is None else "high" if up else "low")
            label.setText(moved.label)
            label.setToolTip(moved.words)
            label.setAccessibleDescription(moved.words)
        self._nothing.setText("" if row.moved else _why_nothing(row))
        self._nothing.setVisible(bool(self._nothing.text()))


def _why_nothing(row: LivePerson) -> str:
    if len(row.page.assessments) < 2:
        return "Scored once so far: nothing to compare with."
    return "Nothing changed since last time."


class SeenCard(Card):
    """When and where the person was last seen, and the last 28 nights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Last seen")
        self._when, self._where, self._strip = QLabel(self), ElidedLabel(self), NightStrip(self)
        self._nights, self._unwell = QLabel(self), UnwellKey(self)
        set_role(self._when, "strong")
        set_role(self._where, "caption")
        set_role(self._nights, "caption")
        self.add(hbox(self._when, None, self._unwell, self._nights))
        self.add(self._where)
        self.add(self._strip, 1)
        self.body.setSpacing(current().px(2))
        self.set_edges(12, 6, 12, 6)

    def show_person(self, row: LivePerson) -> None:
        """Fill it."""
        page = row.page
        seen = page.sightings[0] if page.sightings else None
        days = (row.on - seen.on).days if seen else None
        late = days is None or days >= UNSEEN_DAYS
        self.set_title("Last seen", seen_words(seen, row.on), Tone.HIGH if late else None)
        self._when.setText(seen_at(seen, row.on) if seen else "Not seen by a worker yet")
        down = "" if seen is None or seen.bedded_down else ", not bedded down"
        self._where.setText(f"{seen.where}, by {seen.by}{down}" if seen else "")
        self._strip.set_nights(page.sightings, row.on)
        self._nights.setText(f"{page.nights} of {NIGHTS} nights")
        self._unwell.setVisible(any(s.unwell and (row.on - s.on).days < NIGHTS for s in page.sightings))


_CHIPS = 4


class PersonView(TurnView):
    """Head, who may hear, cards, note, last time and offers, outcomes."""

    SHARES = (2, 3)
    NARROW = 730

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Current person")
        self.turn_id = ""
        self.hearing = HearingStrip(self)
        self.asks, self.history = AskCard(self), PersonHistory(self)
        self.moved, self.seen = MovedCard(self), SeenCard(self)
        self.beside, self.outcomes = BesideNote(self), PersonOutcomes(self)
        self.note.setAccessibleName("Private note")
        self._chips, self._consent = [Pill(self) for _ in range(_CHIPS)], Pill(self)
        for pill in (*self._chips, self._consent):
            self.chips.addWidget(pill)
        self.lay_out((self.asks, self.history, self.moved, self.seen), self.beside, self.outcomes, self.hearing)

    @property
    def answers(self) -> AnswerList:
        """To last time's actions."""
        return self.beside.answers

    def show_person(self, row: LivePerson, waiting: str | None = None) -> None:
        """Fill it; the note's text and caret are left alone while one types. `waiting` is typed and not yet written."""
        first = row.turn.id != self.turn_id
        self.turn_id = row.turn.id
        self._show_head(row)
        self.asks.show_ask(ask_now(row))
        for card in (self.hearing, self.history, self.moved, self.seen):
            card.show_person(row)
        self.minute.set_title(f"Private note for {row.page.person.initials}")
        if first or not self.note.hasFocus():
            self.note.set_text(row.note if waiting is None else waiting)
        if first and row.saved_at is not None:
            self.saved.set_saved(clock_seconds(row.saved_at))
        self._make_room()
        self.beside.show_person(row, first)
        self.outcomes.show_person(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cards take one line."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where four cards would take two lines, what is to be asked stands in the place of the rating's course: the
        rating and how it moved are in sight without it."""
        fits = self.asks.isHidden() or self.width() >= current().px(FOUR_CARDS)
        self.history.setVisible(self.history.has_course and fits)

    def _show_head(self, row: LivePerson) -> None:
        person, marks = row.page.person, row.page.assessments
        self.reference.setText(person.reference)
        self.title.setText(person.title)
        for pill, (words, tone) in zip(self._chips, [*chips(row), *[("", Tone.NEUTRAL)] * _CHIPS], strict=False):
            pill.set_text(words, tone)
        limited = person.consent not in (Consent.GIVEN,)
        self._consent.set_text(
            consent_words(replace(person, consent_limits="")), Tone.MEDIUM if limited else Tone.NEUTRAL
        )
        lead = f"Lead {row.lead.member.name}, {row.lead.agency.short_name}" if row.lead else ""
        self.under.setText(f"{lead}." if lead else "")
        self.under.setVisible(bool(lead))
        self.sign.set_words(_sign(marks[-1] if marks else None))
        if not marks:
            self.rating.set_rating("–", "Not scored", Tone.MEDIUM)
            return
        newest, change = marks[-1], _change(marks)
        moved = change_words(change)
        self.rating.set_rating(
            newest.total_words, newest.shown_band.value, BAND_TONES[newest.shown_band], moved, trend(change)
        )
