"""The words of the actions page: its rows, groups and counts, made from what the services answer."""

from datetime import date

from csp_desktop.domain.actions import Answer
from csp_desktop.domain.days import clock_seconds, days_words, long_day, tiny_day
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.review_line import LineWords
from csp_desktop.gui.widgets.review_list import LineGroup
from csp_desktop.gui.widgets.share_bar import Share
from csp_desktop.services.reviewing_actions import Due, ReviewRow, RoundTable

_TONES = {
    Answer.DONE: Tone.LOW,
    Answer.NOT_DONE: Tone.HIGH,
    Answer.CARRY_ON: Tone.MEDIUM,
    Answer.NO_LONGER_POSSIBLE: Tone.NEUTRAL,
}
_ICONS = {
    Answer.DONE: "check",
    Answer.NOT_DONE: "x",
    Answer.CARRY_ON: "arrow-right",
    Answer.NO_LONGER_POSSIBLE: "minus",
}
_GROUPS = {
    Due.LATE: ("longest first", "triangle-alert", Tone.HIGH),
    Due.NOW: ("", "calendar", Tone.NEUTRAL),
    Due.LATER: ("answer only if ready", "calendar-clock", Tone.NEUTRAL),
    Due.UNDATED: ("give each a date", "circle-help", Tone.NEUTRAL),
}


def officer_entries(table: RoundTable) -> list[Entry]:
    """The rail: agencies as headings, their officers beneath, each with what is still to ask."""
    entries: list[Entry] = []
    agency = ""
    for row in table.officers:
        if row.agency != agency or not entries:
            agency = row.agency
            entries.append(Entry("", agency or "No agency", heading=True))
        done = row.to_ask == 0
        entries.append(
            Entry(
                row.officer.id,
                row.officer.name,
                person=row.officer.name,
                group=row.officer.agency_id,
                caption="done" if done else str(row.to_ask),
                tone=Tone.LOW if done else Tone.NEUTRAL,
                caption_icon="circle-check" if done else "",
                pill=f"{row.late} late" if row.late else "",
                pill_tone=Tone.HIGH,
                dim=done,
            )
        )
    return entries


def finished_words(table: RoundTable) -> str:
    """Who has nothing left to answer."""
    names = [row.officer.name for row in table.officers if not row.to_ask]
    if not names:
        return ""
    more = f" and {len(names) - 4} others" if len(names) > 4 else ""
    return f"Nothing left to ask: {', '.join(names[:4])}{more}"


def line_groups(rows: tuple[ReviewRow, ...], on: date) -> tuple[LineGroup, ...]:
    """One officer's rows under their headings."""
    groups = []
    for due in Due:
        mine = tuple(_line(row) for row in rows if row.group is due)
        if mine:
            caption, icon, tone = _GROUPS[due]
            caption = long_day(on) if due is Due.NOW else caption
            groups.append(LineGroup(f"{due.value}  {len(mine)}", caption, icon, tone, mine))
    return tuple(groups)


def _line(row: ReviewRow) -> LineWords:
    words, tone = _answer(row)
    repeated = row.times if row.times and not row.days_late else ""
    late = f"{days_words(row.days_late)} late" if row.days_late else repeated
    return LineWords(
        key=row.action.id,
        reference=row.reference,
        what=row.action.what,
        about=", ".join(part for part in (row.about, row.times if row.days_late else "") if part),
        late=late,
        late_tone=Tone.HIGH if row.days_late else Tone.MEDIUM,
        due=tiny_day(row.due) if row.due else "",
        answer=words,
        answer_tone=tone,
    )


def _answer(row: ReviewRow) -> tuple[str, Tone]:
    if row.answer is None:
        return "", Tone.NEUTRAL
    given = row.answer.answer
    words = {Answer.NO_LONGER_POSSIBLE: "Not possible"}.get(given, given.value.capitalize())
    if given is Answer.CARRY_ON and row.answer.due_after:
        words = f"To {tiny_day(row.answer.due_after)}"
    return words, _TONES[given]


def shares(table: RoundTable) -> list[Share]:
    """How the answers divide."""
    found = [Share(table.count(answer), answer.value, _TONES[answer]) for answer in Answer]
    found[-1] = Share(found[-1].count, "no longer possible", Tone.ACCENT)
    left = Share(len(table.rows) - table.answered, "to go", Tone.NEUTRAL)
    return [*(share for share in found if share.count), left]


def latest_entries(table: RoundTable) -> tuple[list[Entry], list[Entry]]:
    """What was answered last, and what was carried on before, most often first."""
    latest = [
        Entry(
            row.action.id,
            row.action.what,
            icon=_ICONS[row.answer.answer],
            caption=clock_seconds(row.answer.at),
        )
        for row in table.latest()
        if row.answer
    ]
    carried = [
        Entry(row.action.id, row.action.what, person=row.officer.name, group=row.officer.agency_id, caption=row.times,
              tone=Tone.MEDIUM)
        for row in table.carried_more
    ]  # fmt: skip
    return latest, carried
