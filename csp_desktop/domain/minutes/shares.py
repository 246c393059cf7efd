"""What one recipient may have of the group's minutes, and their copy: whatever is withheld is left out of the value,
and what is counted and said of the rest is worked out from what is left.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.layout import whole_numbers
from csp_desktop.domain.minutes.protection import ALL, Marks, Protection, protection_of, without_protected
from csp_desktop.domain.minutes.record import (
    DEFERRED,
    NOT_REACHED,
    ActionLine,
    AnswerLine,
    AttendeeLine,
    CasePart,
    DecisionLine,
    IssueLine,
    ItemPart,
    Minutes,
    UncalledLine,
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
        if mark_of(line) not in (None, *self.marks):
            return False
        if line.case_id in self.declared:
            return False
        if self.rights is Rights.WHOLE:
            return not line.case_id or self.may_read_case(line.case_id)
        theirs = self.is_theirs(line)
        if self.rights is Rights.ACTIONS_ONLY:
            return theirs
        return theirs or bool(line.case_id and self.may_read_case(line.case_id))


def mark_of(line: ActionLine | AnswerLine) -> Protection | None:
    """The mark of an action, wherever in its line it was typed."""
    return protection_of(f"{line.what} {line.power}" if isinstance(line, ActionLine) else line.what)


def share_of(minutes: Minutes, person: Recipient, rights: Rights, colleagues: Set[str]) -> Share:
    """What these rights come to in these minutes; `colleagues` are the ids of everybody of the person's agency. A case
    they declared an interest in is withheld whatever they may have else, from the chair and the minute-taker too."""
    recorder = person.part in (Part.CHAIR, Part.MINUTE_TAKER)
    marks = ALL if recorder else frozenset({Protection.POLICE} if person.agency_kind is AgencyKind.POLICE else ())
    names = frozenset(folded(name) for name in (person.agency, person.agency_short) if name)
    declared = frozenset(_declared(minutes, person))
    base = Share(rights, None, marks, frozenset(colleagues), names, declared, recorder)
    every = {one.case_id for one in cases_in(minutes)} | {line.case_id for line in _actions(minutes) if line.case_id}
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
    known = references(minutes)
    return any(not named_in(words, known) for words in declared_by(minutes, person))


def _declared(minutes: Minutes, person: Recipient) -> set[str]:
    known = references(minutes)
    return {case_id for words in declared_by(minutes, person) for case_id in named_in(words, known)}


def references(minutes: Minutes) -> dict[str, str]:
    """Ids and references of the cases of a paper, with the id each stands for."""
    named = [(one.case_id, one.reference) for one in cases_in(minutes)]
    lines = [(line.case_id, line.about) for line in _actions(minutes) if line.case_id]
    return {word: case_id for case_id, reference in (*lines, *named) for word in (case_id, reference) if word}


def named_in(words: str, known: Mapping[str, str]) -> set[str]:
    """The ids of the cases that words name; `known` as `references` has them."""
    said = folded(words)
    return {
        case_id
        for reference, case_id in known.items()
        if re.search(rf"(?<![\w-]){re.escape(folded(reference))}(?![\w-])", said)
    }


def _own_cases(minutes: Minutes, share: Share) -> Iterator[str]:
    """Those their agency leads, or has an action in."""
    for case in cases_in(minutes):
        if case.lead_agency and folded(case.lead_agency) in share.agencies:
            yield case.case_id
    for line in _actions(minutes):
        if line.case_id and share.is_theirs(line):
            yield line.case_id


def cases_in(minutes: Minutes) -> list[CasePart | UncalledLine | DecisionLine]:
    """Everything that is about one case, whatever was said of it."""
    return [*minutes.cases, *minutes.uncalled, *minutes.between]


def _actions(minutes: Minutes) -> list[ActionLine | AnswerLine]:
    return [*(line for case in minutes.cases for line in case.actions), *minutes.actions, *minutes.answers]


def copy_for(minutes: Minutes, share: Share) -> Minutes:
    """The minutes as somebody with this share gets them."""
    if share.is_whole and share.marks == ALL:
        return minutes
    copy = _without_cases(minutes, share)
    if not share.is_whole:
        copy = replace(copy, changes=(), holds=holds_words(share), still_open=0, numbers=whole_numbers(minutes))
    if share.rights is not Rights.WHOLE:
        copy = replace(copy, items=_items(copy), overrides=(), closing_note="", erased=())
    if share.rights is Rights.ACTIONS_ONLY:
        copy = replace(copy, attendees=(), apologies=(), absent=(), cases=(), uncalled=(), answers=(), items=())
        copy = replace(copy, between=())
    if share.marks == ALL:
        return copy
    kept = _without_marked(copy, share.marks)
    if len(kept.items) == len(copy.items):
        return kept
    return replace(kept, holds=holds_words(share), numbers=whole_numbers(minutes))


def holds_words(share: Share) -> str:
    """What a part of the minutes says of itself."""
    return f"{HOLDS.get(share.rights, NOT_ALL)} {NUMBERED}"


def _without_cases(minutes: Minutes, share: Share) -> Minutes:
    """Without a word about the cases that are withheld."""
    known = references(minutes)
    cases = tuple(replace(one, actions=_mine(one.actions, share)) for one in minutes.cases)
    return replace(
        minutes,
        attendees=tuple(_attendee(one, share, known) for one in minutes.attendees),
        answers=_mine(minutes.answers, share),
        items=tuple(
            replace(one, actions=_mine(one.actions, share), record=_naming_none(one.record, share, known))
            for one in minutes.items
        ),
        cases=tuple(one for one in cases if share.may_read_case(one.case_id)),
        uncalled=tuple(one for one in minutes.uncalled if share.may_read_case(one.case_id)),
        between=tuple(one for one in minutes.between if share.may_read_case(one.case_id)),
        actions=_mine(minutes.actions, share),
    )


def _naming_none(lines: tuple[str, ...], share: Share, known: Mapping[str, str]) -> tuple[str, ...]:
    """Those that name no case that is withheld."""
    return tuple(line for line in lines if all(map(share.may_read_case, named_in(line, known))))


def _attendee(line: AttendeeLine, share: Share, known: Mapping[str, str]) -> AttendeeLine:
    """What interest was declared names cases: only those in the copy; in words that name none only the whole."""
    kept = []
    for words in line.interests:
        named = named_in(words, known)
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
        attendees=tuple(replace(one, interests=_said(one.interests, said)) for one in copy.attendees),
        overrides=tuple(replace(one, reason=said(one.reason)) for one in copy.overrides),
        items=tuple(_item(one, said, copy) for one in copy.items if said(one.title) == one.title),
        cases=tuple(_case(one, said) for one in copy.cases),
        uncalled=tuple(replace(one, why=_why(one.why, said)) for one in copy.uncalled),
        answers=tuple(replace(one, reason=said(one.reason), about=said(one.about)) for one in copy.answers),
        actions=tuple(replace(one, about=said(one.about)) for one in copy.actions),
        between=tuple(one for one in copy.between if said(one.words) == one.words),
        closing_note=said(copy.closing_note),
        changes=_said(copy.changes, said),
        erased=_said(copy.erased, said),
    )


Said = Callable[[str], str]


def _said(lines: tuple[str, ...], said: Said) -> tuple[str, ...]:
    return tuple(filter(None, map(said, lines)))


def _item(item: ItemPart, said: Said, copy: Minutes) -> ItemPart:
    issues = tuple(_issue(one, said) for one in item.issues if said(one.title))
    kept = replace(item, note=said(item.note), presented=said(item.presented), issues=issues)
    kept = replace(kept, record=_said(item.record, said), title_before=said(item.title_before))
    if item.kind is ItemKind.INTERESTS:
        is_less = any(said(words) != words for line in copy.attendees for words in line.interests)
    else:
        is_less = (kept.record, len(issues)) != (item.record, len(item.issues))
    return replace(kept, kept_back=is_less or bool(item.note.strip()) and not kept.note.strip())


def _why(why: str, said: Said) -> str:
    """Why a turn did not come, without the reason that somebody may not read."""
    if said(why) == why:
        return why
    return DEFERRED if why.startswith(DEFERRED) else NOT_REACHED


def _issue(issue: IssueLine, said: Said) -> IssueLine:
    return replace(issue, note=said(issue.note), closed=said(issue.closed))


def _case(case: CasePart, said: Said) -> CasePart:
    referred = said(case.refer_to)
    return replace(case, note=said(case.note), reason=said(case.reason), refer_to=referred, dissent=said(case.dissent))


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


def has_something(copy: Minutes, person: Recipient) -> bool:
    """Whether there is anything for somebody who was not there: a case or an action."""
    return person.attended is Attended.PRESENT or bool(copy.cases or copy.uncalled or copy.actions or copy.between)
