"""How the live page turns what the services know into rows, tones and chips."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.action_line import Chip as Said
from csp_desktop.domain.meeting.action_line import ChipKind, ParsedAction
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, TurnState
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import BAND_TONES, Trend
from csp_desktop.gui.widgets.chips import Chip
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.running_meeting import LiveMeeting, WalkRow
from csp_desktop.services.meeting.walk import Line

CLOSING = "closing"
NO_DAY = "day:none"  # the chip that says a phrase is no day
MOST_OFFERED = 6
_TONES = {"high": Tone.HIGH, "medium": Tone.MEDIUM, "low": Tone.LOW}
MARKS = {
    TurnState.TO_DO: EntryMark.AHEAD,
    TurnState.IN_HAND: EntryMark.SKIPPED,
    TurnState.OUTCOME_CHOSEN: EntryMark.SKIPPED,
    TurnState.DONE: EntryMark.DONE,
}


def tone(word: str) -> Tone:
    """The tone a service names."""
    return _TONES.get(word, Tone.NEUTRAL)


def trend(change: int | None) -> Trend:
    """Where a rating went."""
    if change is None:
        return Trend.NONE
    return Trend.UP if change > 0 else Trend.DOWN if change < 0 else Trend.FLAT


def rail_entries(live: LiveMeeting) -> list[Entry]:
    """The agenda with the cases under their item, and the close at the end."""
    entries = []
    for number, item in enumerate(live.items, start=1):
        cases = item.kind is ItemKind.CASES
        caption = f"{live.done} of {len(live.walk)}" if cases else ""
        here, done = item.id == live.meeting.current_item_id, item.state is TurnState.DONE
        entries.append(item_entry(item, number, here=here, done=done, caption=caption))
        if cases:
            entries += [_case_entry(live, row) for row in live.walk]
    return [*entries, closing_entry("Close the meeting", "list-checks", live.items)]


def item_entry(item: AgendaItem, number: int, *, here: bool, done: bool, caption: str, title: str = "") -> Entry:
    """An item of the agenda; `title` where it has a shorter one in the rail."""
    mark = EntryMark.CURRENT if here else EntryMark.STEP_DONE if done else EntryMark.NONE
    return Entry(
        f"item:{item.id}",
        title or item.title,
        number=str(number),
        mark=mark,
        caption=caption,
        dim=done and not here,
    )


def closing_entry(words: str, icon: str, items: Iterable[AgendaItem]) -> Entry:
    """The end of the rail."""
    done = all(item.state is TurnState.DONE for item in items)
    return Entry(CLOSING, words, icon=icon, caption="all done" if done else "")


def _case_entry(live: LiveMeeting, row: WalkRow) -> Entry:
    case, turn = row.case, row.turn
    here = turn.id == live.meeting.current_turn_id
    reference = case.reference or "Awaiting reference"
    return Entry(
        f"turn:{turn.id}",
        case.title.split(",")[0],
        f"{reference}, {case.area}",
        mark=EntryMark.CURRENT if here else MARKS[turn.state],
        rating="–" if case.total is None else str(case.total),
        rating_word=case.band.value if case.band else "not rated",
        rating_tone=BAND_TONES[case.band],
        trend=trend(row.change),
        dim=turn.state is TurnState.DONE and not here,
    )


def action_entry(row: ActionRow, today: date) -> Entry:
    """One of last time's actions, with what became of it."""
    due = screen_day(row.action.due, today) if row.action.due else "no date"
    return Entry(
        row.action.id,
        row.action.what,
        ", ".join(filter(None, (row.who, due, row.mailed))),
        person=row.officer.name,
        group=row.officer.agency,
        pill=row.status,
        pill_tone=tone(row.tone),
    )


def line_entry(line: Line, number: int) -> Entry:
    """One line of what an agenda item needs."""
    if line.heading:
        return Entry("", line.title, caption=line.status, heading=True)
    return Entry(
        f"line:{number}",
        line.title,
        line.detail,
        person=line.person,
        group=line.group,
        pill=line.status,
        pill_tone=tone(line.tone),
    )


def chips_of(said: ParsedAction) -> list[Chip]:
    """What the line was understood as; people to choose from can be pressed, and so can the kind."""
    candidates = [c for c in said.chips if c.kind is ChipKind.CANDIDATE]
    more = len(candidates) - MOST_OFFERED
    offered = [replace(_chip(c), number=n) for n, c in enumerate(candidates[:MOST_OFFERED], 1)]
    officers = [_chip(c) for c in said.chips if c.kind is ChipKind.OFFICER]
    rest = [c for c in said.chips if c.kind not in (ChipKind.CANDIDATE, ChipKind.OFFICER)]
    asks = [Chip("Choose the officer", icon="user-check", tone=Tone.MEDIUM)] if said.wait_for_officer else []
    others = [Chip(f"{more} more: type the name")] if more > 0 else []
    return [*officers, *asks, *offered, *others, *_days_to_choose(said, len(offered)), *map(_chip, rest)]


def _days_to_choose(said: ParsedAction, before: int) -> list[Chip]:
    """What an unclear day may mean, numbered on from the choices `before`."""
    if said.question is None:
        return []
    asks = Chip(f"{said.question.words}: when?", icon="calendar", tone=Tone.MEDIUM)
    days = [Chip(screen_day(day, said.due), key=f"day:{day}") for day in said.question.options]
    choices = [*days, Chip("Not a date", key=NO_DAY)]
    return [asks, *(replace(chip, number=before + n) for n, chip in enumerate(choices, 1))]


def _chip(said: Said) -> Chip:
    if said.kind is ChipKind.OFFICER:
        return Chip(said.words, person=said.name)
    if said.kind is ChipKind.CANDIDATE:
        return Chip(said.words, key=f"person:{said.person_id}", person=said.name)
    if said.kind is ChipKind.DUE:
        return Chip(said.words, icon="calendar")
    if said.kind is ChipKind.POWER:
        return Chip(said.words, icon="landmark")
    return Chip(said.words, key="kind", icon="layers")
