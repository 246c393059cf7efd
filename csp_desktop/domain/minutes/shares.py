"""What one recipient may have of the group's minutes, and their copy: whatever is withheld is left out of the value,
and what is counted and said of the rest is worked out from what is left.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.layout import item_key, whole_numbers
from csp_desktop.domain.minutes.protection import ALL, Marks, Protection, protection_of, without_protected
from csp_desktop.domain.minutes.record import (
    DEFERRED,
    NOT_REACHED,
    OPENED,
    ActionLine,
    AnswerLine,
    AttendeeLine,
    CasePart,
    IssueLine,
    ItemPart,
    Minutes,
    UncalledLine,
    reason_given,
)
from csp_desktop.domain.minutes.rights import Attended, Part, Recipient, Rights
from csp_desktop.domain.people.agencies import AgencyKind

FOR_EVERYBODY = (
    ItemKind.CONFIDENTIALITY,
    ItemKind.APOLOGIES,
    ItemKind.INTERESTS,
    ItemKind.MATTERS_ARISING,
    ItemKind.CASES,
    ItemKind.INFORMATION,
    ItemKind.NEXT_DATE,
)
HOLDS = {
    Rights.OWN_AGENCY: "This copy holds the cases and actions of your agency.",
    Rights.ACTIONS_ONLY: "This copy holds the actions of your agency.",
}
NOT_ALL = "Some sections are not in this copy."
NUMBERED = "Its section numbers are those of the whole record."
L = TypeVar("L", ActionLine, AnswerLine)


@dataclass(frozen=True)
class Share:
    """What one person may have: `cases` are the ids of those they may read of, None for all; `marks` the marked
    paragraphs they may read; `officers` the ids and `agencies` the names by which an action is their agency's."""

    rights: Rights
    cases: frozenset[str] | None
    marks: frozenset[Protection]
    officers: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()  # the ids of cases they declared an interest in
    is_recorder: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is withheld but marked paragraphs."""
        return self.rights is Rights.WHOLE and self.cases is None

    def may_read_case(self, case_id: str) -> bool:
        """Whether a case may be in the copy."""
        return self.cases is None or case_id in self.cases

    def is_theirs(self, line: ActionLine | AnswerLine) -> bool:
        """Whether an action is one of their agency."""
        return any(one.member_id in self.officers or folded(one.agency) in self.agencies for one in line.owners)

    def may_read_action(self, line: ActionLine | AnswerLine) -> bool:
        """Whether an action, or what became of one, may be in the copy."""
        if protection_of(line.what) not in (None, *self.marks):
            return False
        if line.case_id in self.declared:
            return False
        if self.rights is Rights.WHOLE:
            return not line.case_id or self.may_read_case(line.case_id)
        theirs = self.is_theirs(line)
        if self.rights is Rights.ACTIONS_ONLY:
            return theirs
        return theirs or bool(line.case_id and self.may_read_case(line.case_id))


def share_of(minutes: Minutes, person: Recipient, rights: Rights, colleagues: Set[str]) -> Share:
    """What these rights come to in these minutes; `colleagues` are the ids of everybody of the person's agency. A case
    they declared an interest in is withheld whatever they may have else, from the chair and the minute-taker too."""
    recorder = person.part in (Part.CHAIR, Part.MINUTE_TAKER)
    marks = ALL if recorder else frozenset({Protection.POLICE} if person.agency_kind is AgencyKind.POLICE else ())
    names = frozenset(folded(name) for name in (person.agency, person.agency_short) if name)
    declared = frozenset(_declared(minutes, person))
    base = Share(rights, None, marks, frozenset(colleagues), names, declared, recorder)
    every = {one.case_id for one in _cases(minutes)} | {line.case_id for line in _actions(minutes) if line.case_id}
    if rights is Rights.WHOLE:
        return replace(base, cases=frozenset(every - declared)) if declared else base
    own = frozenset(_own_cases(minutes, base)) - declared if rights is Rights.OWN_AGENCY else frozenset[str]()
    return replace(base, cases=own)


def declared_by(minutes: Minutes, person: Recipient) -> tuple[str, ...]:
    """The interests somebody declared at the meeting, as they were written down."""
    for line in minutes.attendees:
        if (line.id and line.id == person.attendee_id) or (folded(line.name), folded(line.agency)) == (
            folded(person.name),
            folded(person.agency),
        ):
            return line.interests
    return ()


def unclear_interests(minutes: Minutes, person: Recipient) -> bool:
    """Whether an interest was declared in words that name no case of the paper: then nobody knows what to withhold."""
    known = _references(minutes)
    return any(not _named(words, known) for words in declared_by(minutes, person))


def _declared(minutes: Minutes, person: Recipient) -> set[str]:
    known = _references(minutes)
    return {case_id for words in declared_by(minutes, person) for case_id in _named(words, known)}


def _references(minutes: Minutes) -> dict[str, str]:
    """Ids and references of the cases of a paper, with the id each stands for."""
    named = [(one.case_id, one.reference) for one in _cases(minutes)]
    lines = [(line.case_id, line.about) for line in _actions(minutes) if line.case_id]
    return {word: case_id for case_id, reference in (*lines, *named) for word in (case_id, reference) if word}


def _named(words: str, known: dict[str, str]) -> set[str]:
    said = folded(words)
    return {
        case_id
        for reference, case_id in known.items()
        if re.search(rf"(?<![\w-]){re.escape(folded(reference))}(?![\w-])", said)
    }


def _own_cases(minutes: Minutes, share: Share) -> Iterator[str]:
    """Those their agency leads, or has an action in."""
    for case in _cases(minutes):
        if case.lead_agency and folded(case.lead_agency) in share.agencies:
            yield case.case_id
    for line in _actions(minutes):
        if line.case_id and share.is_theirs(line):
            yield line.case_id


def _cases(minutes: Minutes) -> list[CasePart | UncalledLine]:
    return [*minutes.cases, *minutes.uncalled]


def _actions(minutes: Minutes) -> list[ActionLine | AnswerLine]:
    return [*(line for case in minutes.cases for line in case.actions), *minutes.actions, *minutes.answers]


def copy_for(minutes: Minutes, share: Share) -> Minutes:
    """The minutes as somebody with this share gets them."""
    if share.is_whole and share.marks == ALL:
        return minutes
    copy = _without_cases(minutes, share)
    if not share.is_whole:
        copy = replace(copy, changes=(), holds=_holds(share), still_open=0, numbers=whole_numbers(minutes))
    if share.rights is not Rights.WHOLE:
        copy = replace(copy, items=_items(copy), overrides=(), closing_note="", erased=())
    if share.rights is Rights.ACTIONS_ONLY:
        copy = replace(copy, attendees=(), apologies=(), absent=(), cases=(), uncalled=(), answers=(), items=())
    return copy if share.marks == ALL else _without_marked(copy, share.marks)


def _holds(share: Share) -> str:
    return f"{HOLDS.get(share.rights, NOT_ALL)} {NUMBERED}"


def _without_cases(minutes: Minutes, share: Share) -> Minutes:
    """Without a word about the cases that are withheld."""
    known = _references(minutes)
    cases = tuple(replace(one, actions=_mine(one.actions, share)) for one in minutes.cases)
    return replace(
        minutes,
        attendees=tuple(_attendee(one, share, known) for one in minutes.attendees),
        answers=_mine(minutes.answers, share),
        items=tuple(replace(one, actions=_mine(one.actions, share)) for one in minutes.items),
        cases=tuple(one for one in cases if share.may_read_case(one.case_id)),
        uncalled=tuple(one for one in minutes.uncalled if share.may_read_case(one.case_id)),
        actions=_mine(minutes.actions, share),
    )


def _attendee(line: AttendeeLine, share: Share, known: dict[str, str]) -> AttendeeLine:
    """What interest was declared names cases: only those in the copy; in words that name none only the whole."""
    kept = []
    for words in line.interests:
        named = _named(words, known)
        if all(share.may_read_case(one) for one in named) and (named or share.rights is Rights.WHOLE):
            kept.append(words)
    return replace(line, interests=tuple(kept))


def _mine(lines: tuple[L, ...], share: Share) -> tuple[L, ...]:
    return tuple(line for line in lines if share.may_read_action(line))


def _items(minutes: Minutes) -> tuple[ItemPart, ...]:
    """Those that are for everybody, and of the others the actions of the agency alone."""
    found = []
    for item in minutes.items:
        if item.kind in FOR_EVERYBODY:
            found.append(item)
        elif item.actions:
            found.append(replace(item, note="", issues=(), presented="", read_back_at=None))
    return tuple(found)


def _without_marked(copy: Minutes, marks: Marks) -> Minutes:
    """Without the marked paragraphs somebody may not read."""

    def said(text: str) -> str:
        return without_protected(text, marks)

    return replace(
        copy,
        items=tuple(_item(one, said) for one in copy.items),
        cases=tuple(_case(one, said) for one in copy.cases),
        uncalled=tuple(replace(one, why=said(one.why)) for one in copy.uncalled),
        answers=tuple(replace(one, reason=said(one.reason)) for one in copy.answers),
        closing_note=said(copy.closing_note),
        changes=tuple(filter(None, map(said, copy.changes))),
    )


Said = Callable[[str], str]


def _item(item: ItemPart, said: Said) -> ItemPart:
    note, issues = said(item.note), tuple(_issue(one, said) for one in item.issues)
    return replace(item, note=note, issues=issues, kept_back=bool(item.note.strip()) and not note.strip())


def _issue(issue: IssueLine, said: Said) -> IssueLine:
    return replace(issue, note=said(issue.note), closed=said(issue.closed))


def _case(case: CasePart, said: Said) -> CasePart:
    return replace(case, note=said(case.note), reason=said(case.reason), dissent=said(case.dissent))


def own_actions(copy: Minutes, person: Recipient) -> tuple[ActionLine, ...]:
    """What the person is to do themselves or with others, of what their copy holds."""
    named = (folded(person.name), folded(person.agency))
    return tuple(
        line
        for line in copy.actions
        if any(
            one.member_id == person.member_id or not one.member_id and (folded(one.name), folded(one.agency)) == named
            for one in line.owners
        )
    )


def withheld_words(minutes: Minutes, share: Share) -> tuple[str, ...]:
    """What is not in the copy, and why, in words that tell nothing of it: '9 cases, not with the CMHT'. Section numbers
    are those of the record."""
    numbers = dict(whole_numbers(minutes))
    words = []
    if share.rights is not Rights.WHOLE:
        others = sum(
            not share.may_read_case(one.case_id) and one.case_id not in share.declared for one in minutes.cases
        )
        words += [f"{_counted(others, 'case')}, none of their agency’s"] if others else []
    interest = [numbers[one.case_id] for one in minutes.cases if one.case_id in share.declared]
    words += [f"{', '.join(interest)}: declared interest"] if interest else []
    out = [] if share.rights is Rights.WHOLE else _sections_out(minutes, share)
    words += [f"sections {', '.join(out)}" if len(out) > 1 else f"section {out[0]}"] if out else []
    for mark in Protection:
        count = sum(protection_of(one.words) is mark for one in said_in(minutes) if _is_read(one, share))
        words += [f"{_counted(count, 'paragraph')}: {mark.value}"] if count and mark not in share.marks else []
    return tuple(words)


def _sections_out(minutes: Minutes, share: Share) -> list[str]:
    """The numbers of the agenda's sections that are not in the copy."""
    kept, numbers = set(map(item_key, copy_for(minutes, share).items)), dict(whole_numbers(minutes))
    return [numbers[item_key(item)] for item in minutes.items if item_key(item) not in kept]


def _counted(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"


@dataclass(frozen=True)
class SaidLine:
    """One line of the paper's own words, and what it is about: for finding out what must not be in a copy."""

    words: str
    case_id: str = ""
    kind: ItemKind | None = None  # the item it was minuted under; None where it is a case's or an action
    action: ActionLine | AnswerLine | None = None


def said_in(minutes: Minutes) -> Iterator[SaidLine]:
    """Every line typed, wherever it stands: apart from how copies are made, so that the one can prove the other."""
    for item in minutes.items:
        for text in (item.note, item.presented, *(t for i in item.issues for t in (i.title, i.note, i.closed))):
            yield from (SaidLine(line, kind=item.kind) for line in _lines(text))
        yield from _of_actions(item.actions)
    for case in minutes.cases:
        for text in (case.reference, case.note, case.reason, case.refer_to, case.dissent):
            yield from (SaidLine(line, case.case_id) for line in _lines(text))
        yield from (SaidLine(line.what, case.case_id, action=line) for line in case.actions)
    for one in minutes.uncalled:
        yield from (
            SaidLine(line, one.case_id) for text in (one.reference, reason_given(one.why)) for line in _lines(text)
        )
    for answer in minutes.answers:
        yield from (
            SaidLine(line, answer.case_id, action=answer) for t in (answer.what, answer.reason) for line in _lines(t)
        )
    yield from _of_actions(minutes.actions)
    yield from (SaidLine(line, kind=ItemKind.OTHER) for line in _lines(minutes.closing_note))


def plain_for(minutes: Minutes, share: Share) -> Minutes:
    """What stands in the copy of somebody with this share besides the lines typed: the paper without words, with their
    actions and what became of them."""
    known = _references(minutes)
    return replace(
        without_words(minutes),
        attendees=tuple(_attendee(one, share, known) for one in minutes.attendees),
        answers=tuple(replace(one, reason="") for one in _mine(minutes.answers, share)),
        actions=_mine(_every_action(minutes), share),
        uncalled=tuple(replace(one, why="") for one in minutes.uncalled if share.may_read_case(one.case_id)),
        holds=_holds(share),
    )


def _every_action(minutes: Minutes) -> tuple[ActionLine, ...]:
    of_cases = (line for case in minutes.cases for line in case.actions)
    of_items = (line for item in minutes.items for line in item.actions)
    return tuple(dict.fromkeys((*minutes.actions, *of_cases, *of_items)))


def blank(minutes: Minutes) -> Minutes:
    """A short paper in which nothing is typed."""
    return replace(without_words(minutes), cases=(), attendees=(), apologies=(), absent=())


def without_words(minutes: Minutes) -> Minutes:
    """The paper with nothing typed about anything, and no case named: what is left says the same to everybody."""
    return replace(
        minutes,
        attendees=tuple(replace(one, interests=()) for one in minutes.attendees),
        items=tuple(replace(one, note="", presented="", issues=(), actions=()) for one in minutes.items),
        cases=tuple(
            replace(one, note="", reason="", refer_to="", dissent="", reference="", initials="", actions=())
            for one in minutes.cases
        ),
        uncalled=tuple(UncalledLine("", "", why) for why in (DEFERRED, NOT_REACHED, OPENED)),
        answers=(),
        actions=(),
        closing_note="",
        changes=(),
        erased=(),
    )


def _of_actions(lines: Iterable[ActionLine]) -> Iterator[SaidLine]:
    for line in lines:
        yield from (SaidLine(text, line.case_id, action=line) for text in (line.what, line.about) if text)


def _lines(text: str) -> Iterable[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_read(line: SaidLine, share: Share) -> bool:
    """Whether a line may be in the copy, its mark left aside."""
    if line.action is not None:
        return share.may_read_action(line.action)
    if line.case_id:
        return share.rights is not Rights.ACTIONS_ONLY and share.may_read_case(line.case_id)
    if share.rights is Rights.WHOLE:
        return True
    return share.rights is Rights.OWN_AGENCY and line.kind in FOR_EVERYBODY


def may_read(line: SaidLine, share: Share) -> bool:
    """Whether a line may be in the copy."""
    return _is_read(line, share) and protection_of(line.words) in (None, *share.marks)


def names_withheld(minutes: Minutes, share: Share) -> bool:
    """Whether words that may be in the copy name a case that may not."""
    withheld = [one.reference for one in _cases(minutes) if one.reference and not share.may_read_case(one.case_id)]
    said = "\n".join(line.words for line in said_in(minutes) if line.action is None and may_read(line, share))
    return any(reference in said for reference in withheld)


def has_something(copy: Minutes, person: Recipient) -> bool:
    """Whether there is anything for somebody who was not there: a case or an action."""
    return person.attended is Attended.PRESENT or bool(copy.cases or copy.uncalled or copy.actions)
