"""What a paper is made of, whichever meeting's: numbered sections of paragraphs and tables with headers, and the tables
and sentences that both meetings' papers have.

PDF, DOCX, the text beside the preview and a recipient's copy are all made from these sections; each has an id, a
heading level and table headers, which is what tagging and leaving out need.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from csp_desktop.domain.common.days import clock, column_day, table_day
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.actions import ActionKind, Answer, owner_words
from csp_desktop.domain.meeting.signatures import NO_LONGER_HELD
from csp_desktop.domain.minutes.protection import lines_of, parted, told
from csp_desktop.domain.minutes.record import (
    DEFERRED,
    ActionLine,
    AnswerLine,
    AttendeeLine,
    DecisionLine,
    ItemPart,
    reason_given,
)

CORRECTED = "Corrected."  # leads each line of what changed since the version before
NOT_SIGNED = "Not signed:"  # leads the names of those who did not
PRESENT, ANNEX = "present", "annex"  # ids of the first section and the last, which have no number
BETWEEN = "between"  # id of the section of what was decided between two meetings
AGREED_BY = "Agreed by"  # heads the column of who agreed to it by email
HANDLING = (
    "For the named recipient only. Do not copy it, pass it on or discuss it outside the partnership. Keep it locked "
    "away, and shred or delete it when it is no longer needed."
)
ABBREVIATIONS = {
    "ASB": "anti-social behaviour",
    "CMHT": "Community Mental Health Team",
    "CPG": "Community Protection Group",
    "ISP": "information sharing protocol",
}
NO_ACTIONS = "No actions are open after this meeting."
_LABEL = re.compile(r"\d{4}-\d{2}(-\d{2})?/\d+ ")


@dataclass(frozen=True)
class Words:
    """A paragraph, perhaps led by a bold label: 'Decision', 'Continue.' `lines`: to write on by hand, under it."""

    text: str
    label: str = ""
    lines: int = 0


@dataclass(frozen=True)
class Grid:
    """A table: its name for assistive technology, headers, rows of plain text, each column's share of the width.
    `room`: points at least of each row, where somebody writes by hand."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    room: int = 0


Block = Words | Grid


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it. `level` 1 is an agenda item, 2 a case or a person; one with its `own_page`
    begins on it."""

    id: str
    number: str  # empty before the first item and in the annex
    level: int
    heading: str
    blocks: tuple[Block, ...]
    case_id: str = ""
    own_page: bool = False

    @property
    def title(self) -> str:
        """The heading with its number, as it is printed and bookmarked."""
        return f"{self.number} {self.heading}".strip()


def numbered(sections: Iterable[Section]) -> int:
    """How many agenda items there are so far."""
    return sum(section.level == 1 and bool(section.number) for section in sections)


def corrected(number: str, changes: Iterable[str]) -> tuple[Section, ...]:
    """What of a version that takes the place of one approved before changed, and why."""
    lines = tuple(Words(told(change), CORRECTED) for change in changes)
    return (Section("changes", number, 1, "What changed and why", lines),) if lines else ()


def abbreviations(sections: Iterable[Section]) -> tuple[Words, ...]:
    """Each abbreviation that the paper uses, spelled out once."""
    said = "\n".join(text for section in sections for text in _texts(section))
    used = [f"{short} is {long}" for short, long in ABBREVIATIONS.items() if re.search(rf"\b{short}\b", said)]
    return (Words(f"{'; '.join(used)}.", "Abbreviations:"),) if used else ()


def _texts(section: Section) -> Iterator[str]:
    yield section.heading
    for block in section.blocks:
        yield from (as_line(block),) if isinstance(block, Words) else (*block.headers, *map("; ".join, block.rows))


def paragraphs(text: str, label: str = "") -> Iterable[Words]:
    """Each line typed is a paragraph; the label leads the first, and its mark each that has one."""
    lines = [line.strip() for line in lines_of(text) if line.strip()]
    return [_paragraph(line, label if n == 0 else "") for n, line in enumerate(lines)]


def _paragraph(line: str, label: str) -> Words:
    """A marked one is led by who alone may read it."""
    mark, words = parted(line)
    return Words(words, f"{label} {mark.label}".strip() if mark else label)


def joined(names: tuple[str, ...]) -> str:
    """'Ravi Nair, Joy Okafor and Tom Ellis'"""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "someone"


def counted(count: int, one: str, many: str) -> str:
    """'1 person', '2 people'"""
    return f"{count} {one if count == 1 else many}"


def discussed(called: int, on_agenda: int, one: str, many: str, agenda: str) -> str:
    """'26 of 46 cases on the agenda were discussed.'"""
    if called:
        return (
            f"{called} of {counted(on_agenda, one, many)} on the {agenda} {'was' if called == 1 else 'were'} discussed."
        )
    if on_agenda == 1:
        return f"The one {one} on the {agenda} was not discussed."
    return f"None of the {on_agenda} {many} on the {agenda} were discussed."


def order_words(first: tuple[str, ...], later: tuple[str, ...]) -> tuple[Words, ...]:
    """Which cases or people were taken in another order than the agenda's, by name."""
    told = (("Taken first:", first), ("Taken later:", later))
    return tuple(Words(f"{'; '.join(some).removesuffix('.')}.", label) for label, some in told if some)


def present_words(line: AttendeeLine, closed_at: datetime | None) -> str:
    """'15:58 to 16:40, away 16:10 to 16:18': who stayed was there to the end, and nobody was there after it."""

    def by_then(at: datetime) -> datetime:
        return min(at, closed_at) if closed_at else at

    left = by_then(line.left_at) if line.left_at else closed_at
    if line.arrived_at is None:
        stayed = f"until {clock(left)}" if left else "not known"
    else:
        came = clock(by_then(line.arrived_at))
        stayed = f"{came} to {clock(left)}" if left else f"from {came}"
    away = [(gone, by_then(back)) for gone, back in line.away if not closed_at or gone < closed_at]
    return ", ".join((stayed, *(f"away {clock(gone)} to {clock(back)}" for gone, back in away)))


NOT_KEPT = "The signatures that were drawn have been deleted since."
_ALONE = {True: "alone where they were", False: "not alone where they were", None: "not asked whether they were alone"}


def remote_words_of(lines: Iterable[AttendeeLine]) -> tuple[Words, ...]:
    """Who took part on Teams or by telephone, and what they said when asked whether they were alone."""
    told = tuple(f"{one.name} ({one.remote.value}, {_ALONE[one.alone]})" for one in lines if one.remote is not None)
    return (Words(f"{joined(told)}.", "Not in the room:"),) if told else ()


def signed_words(line: AttendeeLine) -> str:
    """'16:02, drawn', '16:02, typed (Teams)'"""
    if line.signed_at is None:
        return "not signed"
    return f"{clock(line.signed_at)}, {line.signature}" + (f" ({line.remote.value})" if line.remote else "")


def signing(lines: Sequence[AttendeeLine], document: str, kept: str, details: str = "") -> tuple[Words, ...]:
    """How many of those present signed, who did not, and where the signatures are kept while they are."""
    kept = NOT_KEPT if any(line.signature == NO_LONGER_HELD for line in lines) else kept
    unsigned = tuple(line.name for line in lines if line.signed_at is None)
    count = len(lines)
    if not count:
        return (Words(f"Nobody signed {document}."),)
    if unsigned:
        words = (
            f"{count - len(unsigned)} of the {counted(count, 'person', 'people')} present signed {document}{details}."
        )
    else:
        everyone = "The only person present" if count == 1 else f"All {count} people present"
        words = f"{everyone} signed {document}{details}."
    who = (Words(f"{joined(unsigned)}.", NOT_SIGNED),) if unsigned else ()
    return (Words(f"{words} {kept}"), *who)


def put_on(item: ItemPart) -> Iterator[Words]:
    """That an item was added or renamed while the meeting ran."""
    if item.added_at is not None:
        yield Words(f"at {clock(item.added_at)}.", "Added to the agenda")
    if item.renamed_at is not None and item.title_before:
        yield Words(f"at {clock(item.renamed_at)}; on the agenda as “{item.title_before}”.", "Renamed")


def brought(item: ItemPart) -> tuple[Words, ...]:
    """What became of the minutes that were brought before the meeting."""
    return tuple(Words(told(line)) for line in item.record)


def between(number: str, level: int, lines: Sequence[DecisionLine], about: str) -> Section:
    """What was decided by email since the meeting before."""
    rows = tuple((one.name, told(one.words), f"{one.by}, email of {due_words(one.mailed_on)}") for one in lines)
    grid = Grid("Decisions between meetings", (about, "Decision", AGREED_BY), rows, (44, 82, 54))
    return Section(BETWEEN, number, level, "Decisions between meetings", (grid,))


def read_back(at: datetime | None, changed_at: datetime | None, by: str = "") -> Words:
    """When it was accepted, of a meeting held on paper by whom it was read, and whether it was changed since."""
    words = f"{f'by {by} ' if by else ''}and accepted at {clock(at)}." if at else "not recorded."
    if at and changed_at:
        words += f" Changed after the read-back, at {clock(changed_at)}."
    return Words(words, "Read back")


class PutOff(Protocol):
    """A case or a person of the agenda whose turn did not come, and why."""

    @property
    def reference(self) -> str:
        """Empty while it is awaited."""

    @property
    def initials(self) -> str:
        """May be empty."""

    @property
    def why(self) -> str:
        """'not reached', 'deferred: officer away'"""


def put_off(lines: Sequence[PutOff], one: str, many: str, following: str) -> tuple[Words, ...]:
    """How many in a sentence, then which: those for a reason of the program's own in one line, others each with the
    reason that was given."""
    deferred = sum(line.why.startswith(DEFERRED) for line in lines)
    left = len(lines) - deferred
    told = []
    if deferred:
        told.append(f"{counted(deferred, f'{one} was', f'{many} were')} deferred to {following}")
    if left:
        told.append(f"{counted(left, f'{one} was', f'{many} were')} not discussed and will come back at {following}")
    by_reason: dict[str, list[str]] = {}
    given = []
    for line in lines:
        name = ", ".join(filter(None, (line.reference or "Awaiting reference", line.initials)))
        how, reason = DEFERRED if line.why.startswith(DEFERRED) else "", reason_given(line.why)
        if reason:
            why = f"{name}. Reason: {reason.removesuffix('.')}."
            given.append(Words(why, f"{(how or 'not discussed').capitalize()}:"))
        else:
            own = line.why.removeprefix(how).removeprefix(": ")
            label = f"{how}, {own}" if how and own and left else own or how
            by_reason.setdefault(label, []).append(name)
    listed = [Words(_in_row(names), f"{label.capitalize()}:") for label, names in by_reason.items()]
    return (Words(f"{'; '.join(told)}."), *listed, *given)


def _in_row(names: Sequence[str]) -> str:
    """One full stop, also after initials that end with theirs."""
    return f"{'; '.join(names).removesuffix('.')}."


def answers_grid(name: str, lines: Iterable[AnswerLine], what: str = "Action") -> Grid:
    """What became of earlier actions."""
    rows = tuple((a.label, _asked(a) if what == "Action" else told(a.what), a.who, answer_words(a)) for a in lines)
    return Grid(name, ("No.", what, "Officer", "Outcome"), rows, (28, 62, 38, 52))


def _asked(line: AnswerLine) -> str:
    return f"{told(line.what)} ({line.about})" if line.about else told(line.what)


def answer_words(line: AnswerLine) -> str:
    """'Carried forward to 17 December 2026, 2nd time (waiting for the court)'"""
    words = line.answer.value.capitalize()
    if line.answer is Answer.CARRY_ON:
        words = f"Carried forward to {table_day(line.due_after)}" if line.due_after else "Carried forward"
        words += f", {ordinal(line.carried)} time" if line.carried > 1 else ""
    reason = told(line.reason.strip()).removesuffix(".")
    return f"{words} ({reason})" if reason else words


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th'"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def agreed_under(name: str, actions: tuple[ActionLine, ...]) -> list[Block]:
    """The actions agreed about one case or person, or that there are none."""
    return [actions_grid(f"Actions: {name}", actions) if actions else Words("none.", "Actions:")]


def actions_grid(name: str, actions: Iterable[ActionLine]) -> Grid:
    """What was agreed under one heading."""
    rows = tuple((a.label, action_words(a), a.who, due_words(a.due)) for a in actions)
    return Grid(name, ("No.", "Action", "Officer", "By"), rows, (28, 82, 40, 30))


def action_words(line: ActionLine) -> str:
    """What is to be done, with the power an intervention rests on, and whether it was agreed after the read-back."""
    words = told(line.what)
    if line.kind is ActionKind.INTERVENTION:
        words = f"{words} (intervention{f': {line.power}' if line.power else ''})"
    return f"{words}. {line.late[:1].upper()}{line.late[1:]}" if line.late else words


def due_words(due: date | None) -> str:
    """'17 Dec 2026', or that no date was set."""
    return column_day(due) if due else "no date set"


def line_overdue(line: ActionLine, on: date) -> str:
    """'4 days overdue', seen from a day; empty for what is not."""
    return overdue_words(days_overdue(line.due, on))


def officers(number: str, actions: Sequence[ActionLine], about: str, on: date, none: str = NO_ACTIONS) -> Section:
    """All there is to do after the meeting of a day, in one table, in the order of agency and officer; `none` says that
    there is nothing."""
    rows = sorted(actions, key=lambda a: (not a.officer, a.agency, a.officer))
    blocks: list[Block] = [Words(_how_many(actions, on, none))]
    if rows:
        who = tuple(_officers_of(rows))
        grid = _what_by_when("Actions by officer", [(a, action_words(a)) for a in rows], about, on)
        lines = tuple((officer, *row) for officer, row in zip(who, grid.rows, strict=True))
        blocks.append(replace(grid, headers=("Officer", *grid.headers), rows=lines, shares=(34, *grid.shares)))
    return Section("actions", number, 1, "Actions by officer", tuple(blocks))


def officer_grid(name: str, actions: Iterable[ActionLine], about: str, on: date) -> Grid:
    """One officer's actions: what, with whom, which case, by when, since when, and how late it is."""
    return _what_by_when(name, [(a, _with_words(a)) for a in actions], about, on)


def _with_words(line: ActionLine) -> str:
    """Who leads and who is with them, where it is not one officer's alone."""
    words = action_words(line)
    if not line.beside:
        return words
    return f"{words}{'' if words.endswith('.') else '.'} Lead: {line.who}."


def _what_by_when(name: str, actions: Iterable[tuple[ActionLine, str]], about: str, on: date) -> Grid:
    rows = tuple(
        (
            f"{a.label} {words}".strip(),
            a.about,
            due_words(a.due),
            _agreed(a, on),
            line_overdue(a, on),
        )
        for a, words in actions
    )
    if any(row[-1] for row in rows):
        return Grid(name, ("Action", about, "By", "Agreed on", "Overdue"), rows, (56, 37, 30, 30, 24))
    return Grid(name, ("Action", about, "By", "Agreed on"), tuple(row[:-1] for row in rows), (72, 37, 30, 30))


def unlabelled(action: str) -> tuple[str, str]:
    """The number that leads an action in that table, empty where its reader gets none, and the words after it."""
    found = _LABEL.match(action)
    return (found[0].strip(), action[found.end() :]) if found else ("", action)


def _officers_of(rows: Sequence[ActionLine]) -> Iterator[str]:
    """The agency is named with the first action of each officer, and always where two officers have one name."""
    homes = Counter(name for name, _ in {(a.officer, a.agency) for a in rows})
    before = None
    for line in rows:
        whole = ", ".join(filter(None, (line.officer or "No officer named", line.agency)))
        leads = whole if homes[line.officer] > 1 or (line.officer, line.agency) != before else line.officer or whole
        yield owner_words(leads, [one.name for one in line.beside])
        before = (line.officer, line.agency)


def _how_many(actions: Sequence[ActionLine], on: date, none: str) -> str:
    count, earlier = len(actions), sum(a.earlier is not None for a in actions)
    late = sum(bool(line_overdue(a, on)) for a in actions)
    if not count:
        return none
    words = f"{counted(count, 'action is', 'actions are')} open after this meeting"
    if earlier:
        before = "an earlier meeting" if earlier == 1 else "earlier meetings"
        words += f": {count - earlier or 'none'} agreed at it and {earlier} at {before}"
    return f"{words}. {late or 'None'} {'is' if late == 1 else 'are'} overdue."


def _agreed(line: ActionLine, on: date) -> str:
    times = {0: "", 1: ", carried forward once", 2: ", carried forward twice"}
    again = times.get(line.carried, f", carried forward {line.carried} times")
    return f"{column_day(line.earlier or on)}{again}"


def without_empty_numbers(section: Section) -> Section:
    """A table whose first column is empty for its reader has none."""
    return replace(section, blocks=tuple(map(_without_numbers, section.blocks)))


def _without_numbers(block: Block) -> Block:
    if isinstance(block, Words) or not block.rows or any(row[0] for row in block.rows):
        return block
    return replace(block, headers=block.headers[1:], rows=tuple(row[1:] for row in block.rows), shares=block.shares[1:])


def text_of(marking: str, title: str, opening: Iterable[Words], sections: Iterable[Section]) -> str:
    """Any paper of sections as plain text."""
    lines = [marking, "", title, *map(as_line, opening)]
    for section in sections:
        lines += ["", section.title]
        for block in section.blocks:
            lines += [as_line(block)] if isinstance(block, Words) else as_rows(block)
    return "\n".join([*lines, "", marking, ""])


def as_line(words: Words) -> str:
    """A paragraph with its label."""
    return f"{words.label} {words.text}" if words.label else words.text


def as_rows(grid: Grid) -> list[str]:
    """A table row by row, each cell after its header; what is empty is not told."""
    return [
        "; ".join(f"{head}: {cell}" for head, cell in zip(grid.headers, row, strict=True) if cell) for row in grid.rows
    ]
