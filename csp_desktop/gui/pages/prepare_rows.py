"""The words of Prepare: the lines of its agenda, its bar, its checks, made from what the service answers."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from csp_desktop.domain.agencies import Standing
from csp_desktop.domain.clocks import PromiseState
from csp_desktop.domain.days import clock, days_words, long_day
from csp_desktop.domain.meeting import ItemKind, Meeting
from csp_desktop.gui.pages.home_rows import BAND_TONES
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.bar_list import Bar
from csp_desktop.gui.widgets.check_list import CheckLine
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.rating_badge import Trend
from csp_desktop.services.arranging_walk import OrderBy
from csp_desktop.services.preparing import CheckKind, ExpectedRow, Preparation, TurnRow

_FIXES = {
    CheckKind.CASES: "Import",
    CheckKind.TITLES: "Confirm all",
    CheckKind.ROLES: "Choose",
    CheckKind.EXPECTED: "Choose",
    CheckKind.CLAUSES: "Open",
}


def agenda_rows(prepared: Preparation) -> list[AgendaRow]:
    """Every item, and under the cases each case of the walk."""
    rows: list[AgendaRow] = []
    for number, item in enumerate(prepared.items, 1):
        cases = item.item.kind is ItemKind.CASES
        rows.append(
            AgendaRow(
                RowKind.ITEM,
                item.item.id,
                item.item.title,
                item.minutes,
                begins=clock(item.begins),
                number=str(number),
                detail=item.detail,
                movable=item.item.kind is not ItemKind.CONFIDENTIALITY,
                adjustable=not cases,
            )
        )
        if cases:
            rows += _case_rows(prepared)
    return rows


def _case_rows(prepared: Preparation) -> list[AgendaRow]:
    """In the order of the walk the broken promises have a heading of their own; in any other order there is one."""
    if not prepared.turns:
        return []
    if prepared.ordered_by is not OrderBy.PROMISE:
        words = f"By {prepared.ordered_by.value}" if prepared.ordered_by else "In an order of your own"
        return [_heading(words, prepared.turns), *(_case_row(row) for row in prepared.turns)]
    rows = []
    for broken, group in groupby(prepared.turns, key=_is_broken):
        turns = list(group)
        words = "Promise broken, most days late first" if broken else "No promise broken, by level, then the oldest"
        rows += [_heading(words, turns), *(_case_row(row) for row in turns)]
    return rows


def _is_broken(row: TurnRow) -> bool:
    return row.candidate is not None and row.candidate.promise.state is PromiseState.BROKEN


def _heading(words: str, turns: Sequence[TurnRow]) -> AgendaRow:
    minutes = sum(row.turn.planned_minutes for row in turns if not row.turn.propose_defer)
    return AgendaRow(RowKind.GROUP, "", words, minutes, detail="1 case" if len(turns) == 1 else f"{len(turns)} cases")


def _case_row(row: TurnRow) -> AgendaRow:
    state = row.candidate.promise.state if row.candidate else PromiseState.KEPT
    tone = {PromiseState.BROKEN: Tone.HIGH, PromiseState.DUE: Tone.MEDIUM}.get(state, Tone.NEUTRAL)
    reason = row.candidate.why if row.candidate else "Closed meanwhile"
    said = [reason, *(sign.words for sign in row.stale)]
    if row.stale and tone is Tone.NEUTRAL:  # nothing presses: a rating that may no longer hold says more than its age
        reason, tone = row.stale[0].words, Tone.MEDIUM
    return AgendaRow(
        RowKind.CASE,
        row.turn.id,
        row.case.title,
        row.turn.planned_minutes,
        reason=reason,
        reason_tone=tone,
        more=". ".join(part for part in said if part != reason),
        rating="–" if row.case.total is None else str(row.case.total),
        rating_word=row.case.band.value if row.case.band else "not rated",
        rating_tone=BAND_TONES[row.case.band],
        trend=_trend(row),
        reference=row.case.reference or "no reference yet",
        room_title=row.turn.room_title,
        confirmed=row.turn.room_title_confirmed,
        deferred=row.turn.propose_defer,
        movable=True,
        adjustable=not row.turn.propose_defer,
    )


def _trend(row: TurnRow) -> Trend:
    if row.total_before is None or row.case.total is None:
        return Trend.NONE
    if row.case.total == row.total_before:
        return Trend.FLAT
    return Trend.UP if row.case.total > row.total_before else Trend.DOWN


def expected_entries(rows: Sequence[ExpectedRow]) -> list[Entry]:
    """The group's members, then those who come now and then."""
    entries: list[Entry] = []
    for standing, words in ((Standing.STANDING, "Members"), (Standing.OCCASIONAL, "Occasional attendees")):
        people = [row for row in rows if row.member.standing is standing]
        if people:
            there = sum(row.expected for row in people)
            entries.append(Entry("", words, caption=f"{there} of {len(people)}", heading=True))
        entries += [_person(row) for row in people]
    return entries


def _person(row: ExpectedRow) -> Entry:
    return Entry(
        row.member.id,
        row.member.name,
        row.agency_name,
        mark=EntryMark.DONE if row.expected else EntryMark.AHEAD,
        person=row.member.name,
        group=row.member.agency_id,
        pill="Apologies" if row.apology else "",
        pill_tone=Tone.MEDIUM,
        dim=not row.expected,
    )


def prepare_bar(prepared: Preparation, today: date) -> BarState:
    """The minutes planned against the slot, item by item."""
    meeting, spare = prepared.meeting, prepared.spare_minutes
    segments = [
        Segment(SegmentState.GOAL if row.item.kind is ItemKind.CASES else SegmentState.DONE, row.minutes)
        for row in prepared.items
        if row.minutes
    ]
    if spare > 0:
        segments.append(Segment(SegmentState.AHEAD, spare))
    days = (meeting.on - today).days
    when = "today" if days == 0 else days_words(abs(days))
    coming = sum(row.expected and not row.apology for row in prepared.expected)
    return BarState(
        title="Prepare agenda",
        subtitle=f"CPG, {slot_words(meeting)}",
        headline=f"{prepared.planned_minutes} of {prepared.slot_minutes} min planned",
        segments=tuple(segments),
        notes=(BarNote(spare_words(spare), amber=spare < 0),),
        figures=(
            Figure("layers", str(len(prepared.turns)), "cases"),
            Figure("user-check", str(coming), "expected"),
            Figure("calendar", when, "to the meeting" if days > 0 else "the meeting" if days == 0 else "ago"),
        ),
    )


def slot_words(meeting: Meeting) -> str:
    """'Thursday 26 November 2026, 14:00 to 16:00'"""
    return f"{long_day(meeting.on)}, {clock(meeting.starts)} to {clock(meeting.ends)}"


def spare_words(spare: int) -> str:
    """'6 min spare', '22 min over', 'the slot is full'"""
    if spare == 0:
        return "the slot is full"
    return f"{abs(spare)} min {'spare' if spare > 0 else 'over'}"


def time_bars(prepared: Preparation) -> list[Bar]:
    """Where the minutes go."""
    staying = [row for row in prepared.turns if not row.turn.propose_defer]
    broken = sum(row.turn.planned_minutes for row in staying if _is_broken(row))
    cases = sum(row.turn.planned_minutes for row in staying)
    whole = max(1, prepared.planned_minutes, prepared.slot_minutes)
    parts = (
        ("Cases, promise broken", broken, Tone.HIGH),
        ("Other cases", cases - broken, Tone.LOW),
        ("Everything else", prepared.planned_minutes - cases, Tone.NEUTRAL),
    )
    return [Bar(words, f"{minutes} min", minutes / whole, tone) for words, minutes, tone in parts]


def check_lines(prepared: Preparation) -> list[CheckLine]:
    """What is looked at before the meeting, each with its fix."""
    return [CheckLine(check.kind.name, check.words, check.passed, _FIXES[check.kind]) for check in prepared.checks]


def strip_keys(next_step: str, *, planned: bool) -> list[Key]:
    """What acts on the agenda, or before there is one; the next step is what its button says."""
    last = [("Ctrl Enter", next_step[:1].lower() + next_step[1:]), ("F1", "all keys")]
    if not planned:
        return [("F4", "the meeting"), ("Ctrl K", "find anything"), *last]
    keys = [("Space", "expect"), ("Alt ↑ ↓", "move"), ("− +", "minutes"), ("R", "confirm title")]
    return [*keys, ("F2", "write title"), ("D", "defer"), ("Ctrl Z", "undo"), *last]
