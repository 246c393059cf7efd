"""How the minutes are set out: numbered sections of paragraphs and tables with headers, one order for every format.

PDF, the text beside the preview and later DOCX and a recipient's copy are all made from these sections; each has an id,
a heading level and table headers, which is what tagging and leaving out need. What was decided about a case stands in
them in all the words the read-back said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from csp_desktop.domain.common.days import clock, long_day, month_day
from csp_desktop.domain.meeting.actions import ActionKind, Answer
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.meeting.outcomes import Decided
from csp_desktop.domain.minutes.protection import parted, told
from csp_desktop.domain.minutes.record import (
    ActionLine,
    AnswerLine,
    AttendeeLine,
    CasePart,
    IssueLine,
    ItemPart,
    Minutes,
)

NO_ACTIONS = "No actions were agreed."
CORRECTED = "Corrected."  # leads each line of what changed since the version before


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
    """A heading with what stands under it. `level` 1 is an agenda item, 2 a case or an officer; one with its `own_page`
    begins on it."""

    id: str
    number: str
    level: int
    heading: str
    blocks: tuple[Block, ...]
    case_id: str = ""
    own_page: bool = False

    @property
    def title(self) -> str:
        """The heading with its number, as it is printed and bookmarked."""
        return f"{self.number} {self.heading}"


def title(minutes: Minutes) -> str:
    """The document's title."""
    return f"Minutes of the {minutes.body}, {long_day(minutes.on)}"


def opening(minutes: Minutes) -> tuple[Words, ...]:
    """The lines under the title."""
    held = f"{clock(minutes.opened_at or minutes.starts)} to {clock(minutes.closed_at or minutes.ends)}"
    return (
        Words(f"{long_day(minutes.on)}, {held}" + (f", {minutes.venue}" if minutes.venue else ""), "Held:"),
        Words(minutes.chair or "not recorded", "Chair:"),
        Words(minutes.minute_taker or "not recorded", "Minutes taken by:"),
        Words(f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}", "Edition:"),
        *((Words(minutes.on_paper),) if minutes.on_paper else ()),
        *map(Words, filter(None, (minutes.holds,))),
        *map(Words, minutes.erased),
    )


def sections(minutes: Minutes) -> tuple[Section, ...]:
    """All sections in the order of the paper."""
    found: list[Section] = []
    for item in minutes.items:
        number = str(sum(s.level == 1 for s in found) + 1)
        blocks = (*_own_blocks(minutes, item), *_minuted(item))
        found.append(Section(_section_id(item, number), number, 1, item.title, blocks))
        if item.kind is ItemKind.CASES:
            found += [_case(f"{number}.{n}", case, minutes.next_on) for n, case in enumerate(minutes.cases, 1)]
            if minutes.uncalled:
                found.append(_uncalled(f"{number}.{len(minutes.cases) + 1}", minutes))
    none = "No actions are in this copy." if minutes.holds else NO_ACTIONS
    found += officers(str(sum(s.level == 1 for s in found) + 1), minutes.actions, none=none)
    return (*found, *corrected(str(sum(s.level == 1 for s in found) + 1), minutes.changes))


def corrected(number: str, changes: Iterable[str]) -> tuple[Section, ...]:
    """The last section of a version that takes the place of one approved before: what changed, and why."""
    lines = tuple(Words(change, CORRECTED) for change in changes)
    return (Section("changes", number, 1, "What changed and why", lines),) if lines else ()


def _section_id(item: ItemPart, number: str) -> str:
    stem = item.kind.name.lower().replace("_", "-")
    return f"{stem}-{number}" if item.kind in (ItemKind.EMERGING, ItemKind.OTHER, ItemKind.OWN) else stem


def _own_blocks(minutes: Minutes, item: ItemPart) -> tuple[Block, ...]:
    """What the program itself knows about an item, before what was minuted."""
    match item.kind:
        case ItemKind.CONFIDENTIALITY:
            return _attendance(minutes)
        case ItemKind.APOLOGIES:
            return _apologies(minutes)
        case ItemKind.MATTERS_ARISING:
            return _matters_arising(minutes)
        case ItemKind.CASES:
            return _cases_opening(minutes)
        case ItemKind.NEXT_DATE:
            return _next_date(minutes)
        case ItemKind.INTERESTS:
            return _interests(minutes)
        case ItemKind.OWN:
            return (Words(f"{item.presented}.", "Presented by"),) if item.presented else ()
        case ItemKind.EMERGING:
            return tuple(words for line in item.issues for words in _issue(line))
        case ItemKind.LAST_MINUTES:
            return brought(item)
        case (
            ItemKind.CASE_REVIEWS
            | ItemKind.PERFORMANCE
            | ItemKind.BOARDS
            | ItemKind.INFORMATION
            | ItemKind.OTHER
            | ItemKind.PEOPLE
            | ItemKind.WINTER
            | ItemKind.COUNT
        ):
            return ()
        case _:
            assert_never(item.kind)


def brought(item: ItemPart) -> tuple[Words, ...]:
    """What became of the minutes that were brought before the meeting."""
    return tuple(map(Words, item.record if item.walked else ()))


def _minuted(item: ItemPart) -> tuple[Block, ...]:
    """The note, the time of read-back and the actions of an item."""
    blocks: list[Block] = list(paragraphs(item.note))
    said = blocks or item.actions or item.issues or item.kept_back or item.record
    if not item.walked and not said and item.kind in _DISCUSSED:
        blocks.append(Words("This item was not reached."))
    elif not said and item.kind in _DISCUSSED:
        blocks.append(Words("Nothing was raised."))
    if item.actions:
        blocks.append(actions_grid(f"Actions: {item.title}", item.actions))
    if item.read_back_at and (item.note or item.actions or item.issues or item.record):
        blocks.append(read_back(item.read_back_at, item.changed_at, item.read_back_by))
    return tuple(blocks)


_DISCUSSED = (
    ItemKind.EMERGING,
    ItemKind.CASE_REVIEWS,
    ItemKind.PERFORMANCE,
    ItemKind.BOARDS,
    ItemKind.INFORMATION,
    ItemKind.OWN,
    ItemKind.OTHER,
    ItemKind.LAST_MINUTES,
)


def paragraphs(text: str, label: str = "") -> Iterable[Words]:
    """Each line typed is a paragraph; the label leads the first, and its mark each that has one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_paragraph(line, label if n == 0 else "") for n, line in enumerate(lines)]


def _paragraph(line: str, label: str) -> Words:
    """A marked one is led by who alone may read it."""
    mark, words = parted(line)
    return Words(words, f"{label} {mark.label}".strip() if mark else label)


_KEPT_HERE = "The signatures are held in the partnership's encrypted file."


def _attendance(minutes: Minutes) -> tuple[Block, ...]:
    rows = tuple(
        (a.name, a.agency, capacity_words(a), present_words(a, minutes.closed_at), signed_words(a), _clause(a), _isp(a))
        for a in minutes.attendees
    )
    signed = sum(a.signed_at is not None for a in minutes.attendees)
    count = len(minutes.attendees)
    blocks: list[Block] = [
        Words(
            f"{count} {'person was' if count == 1 else 'people were'} in the room; {signed} signed the confidentiality "
            f"document of this meeting. {minutes.signatures_kept or _KEPT_HERE}"
        ),
        Grid(
            "Present and signed",
            ("Name", "Agency", "Capacity", "Present", "Signed", "Clause", "ISP"),
            rows,
            (37, 33, 26, 18, 17, 21, 20),
        ),
    ]
    if not any(item.kind is ItemKind.INTERESTS for item in minutes.items):  # else they have an item of their own
        blocks += _declared(minutes)
    blocks += [
        Words(
            f"At {clock(o.at)} {o.by} decided to go on although {joined(o.names)} had not signed. Reason: {o.reason}",
            "Override.",
        )
        for o in minutes.overrides
    ]
    return tuple(blocks)


def _issue(line: IssueLine) -> tuple[Words, ...]:
    """'Mopeds in Radlett Road park (Community wellbeing, Central).' leads what was said of it."""
    where = ", ".join(filter(None, (line.area, line.place)))
    label = f"{line.title} ({where})." if where else f"{line.title}."
    said = paragraphs(line.note, label) or [Words("Discussed.", label)]
    closed = [Words(f"{line.closed.removesuffix('.')}.", "Closed:")] if line.closed else []
    return (*said, *closed)


def _declared(minutes: Minutes) -> tuple[Words, ...]:
    return tuple(
        Words(f"{a.name}: {', '.join(a.interests)}.", "Interest declared by") for a in minutes.attendees if a.interests
    )


def _interests(minutes: Minutes) -> tuple[Block, ...]:
    return _declared(minutes) or (Words("None is in this copy." if minutes.holds else "None declared."),)


def capacity_words(line: AttendeeLine) -> str:
    """'chair', 'minute-taker', 'member'"""
    if not line.chairs:
        return line.capacity.value
    return f"chair, {line.capacity.value}" if line.capacity is Capacity.MINUTE_TAKER else "chair"


def present_words(line: AttendeeLine, closed_at: datetime | None) -> str:
    """'15:58 to 16:40, away 16:10 to 16:18': who stayed was there to the end."""
    left = line.left_at or closed_at
    if line.arrived_at is None:
        stayed = f"until {clock(left)}" if left else "not known"
    else:
        stayed = f"{clock(line.arrived_at)} to {clock(left)}" if left else f"from {clock(line.arrived_at)}"
    return ", ".join((stayed, *(f"away {clock(left)} to {clock(back)}" for left, back in line.away)))


def signed_words(line: AttendeeLine) -> str:
    """'16:02, drawn'"""
    return f"{clock(line.signed_at)}, {line.signature}" if line.signed_at else "not signed"


def _clause(line: AttendeeLine) -> str:
    words = [f"version {line.clause_version}"] if line.clause_version else []
    if line.read_at:
        own = line.read_by.split(",")[0].strip() == line.name
        words.append(
            f"read it out {clock(line.read_at)}" if own else f"read out {clock(line.read_at)} by {line.read_by}"
        )
    return ", ".join(words) or "none"


def _isp(line: AttendeeLine) -> str:
    if line.capacity is Capacity.OBSERVER and not line.isp_version:
        return "observer"
    return f"{line.isp.value}, version {line.isp_version}" if line.isp_version else line.isp.value


def _apologies(minutes: Minutes) -> tuple[Block, ...]:
    rows = tuple((a.name, a.agency, _information(a.information_sent, a.received_on)) for a in minutes.apologies)
    sent = Grid("Apologies", ("Name", "Agency", "Information sent"), rows, (54, 66, 60))
    blocks: list[Block] = [sent if rows else Words("No apologies were received.")]
    if minutes.absent:
        names = joined(tuple(f"{name} ({agency})" if agency else name for name, agency in minutes.absent))
        blocks.append(Words(f"{names}.", "Absent without apologies:"))
    return tuple(blocks)


def _information(sent: bool, on: date | None) -> str:
    if not sent:
        return "no"
    return f"yes, received {month_day(on)}" if on else "yes"


def _matters_arising(minutes: Minutes) -> tuple[Block, ...]:
    if minutes.earlier_meeting is None:
        return (Words("There is no earlier meeting, so no matters arise from one."),)
    blocks: list[Block] = []
    if minutes.answers:
        rows = tuple((a.label, _asked(a), a.officer, answer_words(a)) for a in minutes.answers)
        blocks.append(Grid("Answers to actions", ("No.", "Action", "Officer", "Answer"), rows, (28, 62, 38, 52)))
    else:
        last = month_day(minutes.earlier_meeting)
        none = f"No action of the meeting of {last} or before was asked about."
        blocks.append(Words("No answer is in this copy." if minutes.holds else none))
    if minutes.still_open:
        one = minutes.still_open == 1
        were, carry = ("action was", "carries") if one else ("actions were", "carry")
        blocks.append(Words(f"{minutes.still_open} earlier {were} not asked about and {carry} over: see the officers."))
    return tuple(blocks)


def _asked(line: AnswerLine) -> str:
    return f"{told(line.what)} ({line.about})" if line.about else told(line.what)


def answer_words(line: AnswerLine) -> str:
    """'Carried on to 17 December, 2nd time: waiting for the court'"""
    words = line.answer.value.capitalize()
    if line.answer is Answer.CARRY_ON:
        words += f" to {month_day(line.due_after)}" if line.due_after else ""
        words += f", {ordinal(line.carried)} time" if line.carried > 1 else ""
    return f"{words}: {told(line.reason)}" if line.reason else words


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th'"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _cases_opening(minutes: Minutes) -> tuple[Block, ...]:
    called, on_agenda = len(minutes.cases), len(minutes.cases) + len(minutes.uncalled)
    cases, were = "case" if on_agenda == 1 else "cases", "was" if called == 1 else "were"
    if minutes.holds:
        count = f"{on_agenda} {cases}" if on_agenda else "No case"
        are = "are" if on_agenda > 1 else "is"
        return (Words(f"{count} {are} in this copy. Cases are named by reference and initials only."),)
    if not on_agenda:
        return (Words("No cases were on the agenda."),)
    words = f"{called} of {on_agenda} {cases} on the agenda {were} called."
    return (Words(f"{words} Cases are named by reference and initials only."),)


def _case(number: str, case: CasePart, next_on: date | None) -> Section:
    blocks: list[Block] = [Words(_about(case))] if _about(case) else []
    blocks += paragraphs(case.note, "Discussion.")
    blocks.append(Words(decision(case, next_on), "Decision."))
    if case.intervention_planned is not None:
        blocks.append(Words("yes." if case.intervention_planned else "no.", "Intervention planned:"))
    if case.cmht_told is not None:
        told = "has been told." if case.cmht_told else "has not been told."
        blocks.append(Words(told, "Community Mental Health Team"))
    if case.repeat_victim_asked is not None:
        blocks.append(
            Words("was asked about." if case.repeat_victim_asked else "was not asked about.", "Repeat victim")
        )
    blocks += paragraphs(case.dissent, "Dissent.")
    blocks.append(actions_grid(f"Actions: {case.name}", case.actions) if case.actions else Words("none.", "Actions:"))
    blocks.append(read_back(case.read_back_at, case.changed_at, case.read_back_by))
    return Section(f"case-{case.reference or case.case_id}", number, 2, case.name, tuple(blocks), case.case_id)


def read_back(at: datetime | None, changed_at: datetime | None, by: str = "") -> Words:
    """When it was accepted, of a meeting held on paper by whom it was read, and whether it was changed since."""
    words = f"{f'by {by} ' if by else ''}and accepted at {clock(at)}." if at else "not recorded."
    if at and changed_at:
        words += f" What was minuted was changed after the read-back, {clock(changed_at)}."
    return Words(words, "Read back")


def _about(case: CasePart) -> str:
    risk = f"Risk {case.total}{f' {case.band.value}' if case.band else ''}" if case.total is not None else ""
    return ". ".join(part for part in (case.area, risk) if part) + ("." if case.area or risk else "")


def _uncalled(number: str, minutes: Minutes) -> Section:
    rows = tuple((u.reference or "Awaiting reference", u.initials, u.why) for u in minutes.uncalled)
    grid = Grid("Cases not called", ("Reference", "Initials", "Why"), rows, (50, 30, 100))
    words = Words("These cases come back at the next meeting.")
    return Section("uncalled", number, 2, "Cases not called", (words, grid))


def _next_date(minutes: Minutes) -> tuple[Block, ...]:
    note = paragraphs(minutes.closing_note, "Note on closing.")
    if minutes.next_on is None:
        return (Words("No day was agreed."), *note)
    return (Words(f"The next meeting is on {long_day(minutes.next_on)}."), *note)


def actions_grid(name: str, actions: tuple[ActionLine, ...]) -> Grid:
    """What was agreed under one heading."""
    rows = tuple((a.label, action_words(a), a.officer, due_words(a.due)) for a in actions)
    return Grid(name, ("No.", "Action", "Officer", "By"), rows, (28, 82, 40, 30))


def action_words(line: ActionLine) -> str:
    """What is to be done, with the power an intervention rests on, and whether it was agreed after the read-back."""
    words = told(line.what)
    if line.kind is ActionKind.INTERVENTION:
        words = f"{words} (intervention{f': {line.power}' if line.power else ''})"
    return f"{words}. {line.late[:1].upper()}{line.late[1:]}" if line.late else words


def due_words(due: date | None) -> str:
    """'17 December', or that no day was set."""
    return month_day(due) if due else "no date set"


def officers(
    number: str, actions: tuple[ActionLine, ...], about: str = "Case or item", none: str = NO_ACTIONS
) -> tuple[Section, ...]:
    """The action table: one part per officer, in the order of agency and name; `none` says that there are none."""
    found = [Section("actions", number, 1, "Actions by officer", (Words(_how_many(actions, none)),))]
    dated = any(a.earlier for a in actions)
    people = sorted({(a.agency, a.officer) for a in actions}, key=lambda pair: (not pair[1], pair))
    for n, (agency, officer) in enumerate(people, 1):
        theirs = [a for a in actions if (a.agency, a.officer) == (agency, officer)]
        grid = _officer_grid(officer, theirs, about, dated=dated)
        heading = f"{officer}, {agency}" if agency else officer or "No officer named"
        found.append(Section(f"actions-{n}", f"{number}.{n}", 2, heading, (grid,)))
    return tuple(found)


def _how_many(actions: tuple[ActionLine, ...], none: str) -> str:
    count, earlier = len(actions), sum(a.earlier is not None for a in actions)
    if not count:
        return none
    words = f"{count} {'action' if count == 1 else 'actions'} to do after this meeting"
    if not earlier:
        return f"{words}."
    return f"{words}: {count - earlier} agreed at it, {earlier} from earlier meetings, each with its day."


def _officer_grid(officer: str, lines: list[ActionLine], about: str, *, dated: bool) -> Grid:
    """What one officer has to do; `dated`: with the day each was agreed, where some are from before."""
    name = f"Actions of {officer}" if officer else "Actions without an officer"
    if not dated:
        rows = tuple((a.label, action_words(a), a.about, _due_again(a)) for a in lines)
        return Grid(name, ("No.", "Action", about, "By"), rows, (28, 76, 42, 34))
    marked = tuple((a.label, action_words(a), a.about, _agreed(a), _due_again(a)) for a in lines)
    return Grid(name, ("No.", "Action", about, "Agreed", "By"), marked, (27, 61, 37, 25, 30))


def _agreed(line: ActionLine) -> str:
    return month_day(line.earlier) if line.earlier else "now"


def _due_again(line: ActionLine) -> str:
    times = {1: "once", 2: "twice"}.get(line.carried, f"{line.carried} times")
    return f"{due_words(line.due)}, carried on {times}" if line.carried else due_words(line.due)


def without_empty_numbers(section: Section) -> Section:
    """A table whose first column is empty for its reader has none."""
    return replace(section, blocks=tuple(map(_without_numbers, section.blocks)))


def _without_numbers(block: Block) -> Block:
    if isinstance(block, Words) or not block.rows or any(row[0] for row in block.rows):
        return block
    return replace(block, headers=block.headers[1:], rows=tuple(row[1:] for row in block.rows), shares=block.shares[1:])


def joined(names: tuple[str, ...]) -> str:
    """'Ravi Nair, Joy Okafor and Tom Ellis'"""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "someone"


def as_text(minutes: Minutes) -> str:
    """The whole paper as plain text, for people who do not read the picture of a page."""
    return text_of(minutes.marking, title(minutes), opening(minutes), sections(minutes))


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
    """A table row by row, each cell after its header."""
    return ["; ".join(f"{head}: {cell}" for head, cell in zip(grid.headers, row, strict=True)) for row in grid.rows]


def decision(case: CasePart, next_on: date | None = None) -> str:
    """The outcome, to whom the case is referred whatever the outcome, and the reason, each as a sentence. A case is
    deferred to the next meeting, on its day where one was agreed."""
    referred = case.refer_to.strip().removesuffix(".")
    if case.outcome is None:
        sentences = ["None recorded"]
    else:
        what = Decided(case.monitor_until, next_on, since_unknown=case.since_unknown)
        sentences = [case.outcome.minuted(what, referred)]
    if referred and not (case.outcome and case.outcome.rule.refers):
        sentences.append(f"Referred to {referred}")
    reason = told(case.reason.strip()).removesuffix(".")
    if reason:
        sentences.append(f"Reason: {reason}")
    return " ".join(f"{sentence}." for sentence in sentences)
