"""How the live page turns what the services know into rows, tones and chips."""

from collections.abc import Iterable
from datetime import date

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.actions import factor_words
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, TurnState
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import BAND_TONES, Trend
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.running_meeting import LiveMeeting, WalkRow
from csp_desktop.services.meeting.walk import Line

CLOSING = "closing"
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
        ", ".join(filter(None, (row.who, due, row.mailed, factor_words(row.action)))),
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
