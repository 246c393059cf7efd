"""The words of the sub-agenda: the ranked proposal, the people picked, the minutes against the slot."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.days import clock, days_words, long_day
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.private.agenda import Proposed
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.badges import BAND_TONES, Trend
from csp_desktop.gui.widgets.charts import Bar
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.slot_time import slot_words, spare_words
from csp_desktop.gui.window.actions import PRESS
from csp_desktop.services.private.agenda import SubAgenda

Row = TypeVar("Row", Entry, AgendaRow)


def ranked_entries(stands: SubAgenda) -> list[Entry]:
    """Everyone on the list as proposed, each with the reason; who is picked has a tick."""
    picked = {person.id for _, person in stands.picked}
    return [_rated(_ranked(one, one.person.id in picked), one.latest, one.rise) for one in stands.ranked]


def _ranked(one: Proposed, picked: bool) -> Entry:
    mark = EntryMark.DONE if picked else EntryMark.AHEAD
    return Entry(one.person.id, f"{one.person.initials} {one.person.reference}", one.why, mark=mark)


def _rated(row: Row, latest: Assessment | None, rise: int | None) -> Row:
    if latest is None:
        return row
    return replace(
        row,
        rating=latest.total_words,
        rating_word=latest.shown_band.value,
        rating_tone=BAND_TONES[latest.shown_band],
        trend=trend_of(rise),
    )


def trend_of(rise: int | None) -> Trend:
    """How the total moved since last time."""
    if rise is None:
        return Trend.NONE
    return Trend.FLAT if not rise else Trend.UP if rise > 0 else Trend.DOWN


def agenda_rows(stands: SubAgenda) -> list[AgendaRow]:
    """The people in their order, then the other items, each with the time it begins."""
    at = datetime.combine(stands.meeting.on, stands.meeting.starts)
    ranked = {one.person.id: one for one in stands.ranked}
    rows, people = [], [item for item in stands.items if item.kind is ItemKind.PEOPLE]
    rows.append(_heading(people[0].title if people else "People", stands.people_minutes, len(stands.picked)))
    for number, (turn, person) in enumerate(stands.picked, 1):
        one = ranked.get(person.id)
        row = AgendaRow(
            RowKind.PERSON,
            turn.id,
            f"{person.title}  {person.reference}",
            turn.planned_minutes,
            begins=clock(at.time()),
            number=str(number),
            detail=one.why if one else turn.why,
            movable=True,
            adjustable=True,
        )
        rows.append(_rated(row, one.latest, one.rise) if one else row)
        at += timedelta(minutes=turn.planned_minutes)
    for number, item in enumerate((i for i in stands.items if i.kind is not ItemKind.PEOPLE), len(stands.picked) + 1):
        rows.append(
            AgendaRow(
                RowKind.ITEM,
                item.id,
                item.title,
                item.planned_minutes,
                begins=clock(at.time()),
                number=str(number),
                adjustable=True,
            )
        )
        at += timedelta(minutes=item.planned_minutes)
    return rows


def _heading(title: str, minutes: int, count: int) -> AgendaRow:
    return AgendaRow(RowKind.GROUP, "", title, minutes, detail="1 person" if count == 1 else f"{count} people")


def time_bars(stands: SubAgenda) -> list[Bar]:
    """Where the minutes go."""
    whole = max(1, stands.minutes, stands.slot)
    rest = stands.minutes - stands.people_minutes
    return [
        Bar("People", f"{stands.people_minutes} min", stands.people_minutes / whole, Tone.LOW),
        Bar("Everything else", f"{rest} min", rest / whole, Tone.NEUTRAL),
    ]


def ends_at(stands: SubAgenda) -> str:
    """When the last item ends: '16:42'."""
    at = datetime.combine(stands.meeting.on, stands.meeting.starts) + timedelta(minutes=stands.minutes)
    return clock(at.time())


def fit_words(stands: SubAgenda) -> str:
    """What to do about it."""
    over = stands.minutes - stands.slot
    if not stands.picked:
        return f"Nobody is picked yet: {PRESS.shown} picks the person you stand on, or take the whole proposal."
    if over <= 0:
        return "All of it fits the slot."
    most = max(turn.planned_minutes for turn, _ in stands.picked)
    few = -(-over // most)
    return f"{over} min too many: give some people less time, or take {'one' if few == 1 else few} off."


def agenda_bar(stands: SubAgenda, today: date) -> BarState:
    """The minutes planned against the slot."""
    spare, meeting = stands.slot - stands.minutes, stands.meeting
    segments = [Segment(SegmentState.GOAL, turn.planned_minutes) for turn, _ in stands.picked]
    segments += [Segment(SegmentState.DONE, item.planned_minutes) for item in stands.items if item.planned_minutes]
    if spare > 0:
        segments.append(Segment(SegmentState.AHEAD, spare))
    days = (meeting.on - today).days
    small = "to the session" if days > 0 else "the session" if days == 0 else "ago"
    return BarState(
        title="Sub-agenda, private",
        subtitle=slot_words(meeting),
        icon="lock",
        headline=f"{stands.minutes} of {stands.slot} min planned",
        segments=tuple(segments),
        notes=(BarNote(spare_words(spare), amber=spare < 0),),
        figures=(Figure("calendar", "today" if days == 0 else days_words(abs(days)), small),),
    )


def nothing_planned(today: date) -> BarState:
    """Before a day is set."""
    return BarState("Sub-agenda, private", long_day(today), icon="lock", headline="Plan the next private session")
