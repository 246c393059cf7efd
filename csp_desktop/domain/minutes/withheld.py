"""What of the minutes somebody may not have: every line typed, whether it may be in a copy, and the paper without any.

All of it is worked out apart from how copies are made, so that the one can prove the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes.layout import as_text, item_key, whole_numbers
from csp_desktop.domain.minutes.protection import Protection, lines_of, parted, protection_of
from csp_desktop.domain.minutes.record import (
    DEFERRED,
    NOT_REACHED,
    OPENED,
    ActionLine,
    AnswerLine,
    ItemPart,
    Minutes,
    UncalledLine,
    reason_given,
)
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.minutes.searched import pieces_of
from csp_desktop.domain.minutes.shares import (
    FOR_EVERYBODY,
    Share,
    cases_in,
    copy_for,
    holds_words,
    named_in,
    references,
)


@dataclass(frozen=True)
class SaidLine:
    """One line of the paper's own words, and what it is about."""

    words: str
    case_id: str = ""
    kind: ItemKind | None = None  # the item it stands under; None where it is a case's, an action or the whole's
    action: ActionLine | AnswerLine | None = None
    names: frozenset[str] = frozenset()  # the ids of the cases it names, where that decides who reads it
    over: tuple[ActionLine, ...] = ()  # the actions under the item it is the title of: read with any of them


def said_in(minutes: Minutes) -> Iterator[SaidLine]:
    """Every line typed, wherever it stands."""
    yield from _of_attendance(minutes)
    for item in minutes.items:
        yield from _of_item(item, minutes)
    for case in minutes.cases:
        for text in (case.reference, case.name, case.note, case.reason, case.refer_to, case.dissent):
            yield from (SaidLine(line, case.case_id) for line in _lines(text))
        yield from _of_actions(case.actions)
    for one in minutes.uncalled:
        for text in (one.reference, reason_given(one.why)):
            yield from (SaidLine(line, one.case_id) for line in _lines(text))
    for mailed in minutes.between:
        for text in (mailed.reference, mailed.name, mailed.words):
            yield from (SaidLine(line, mailed.case_id) for line in _lines(text))
    for answer in minutes.answers:
        for text in (answer.what, answer.reason, answer.about):
            yield from (SaidLine(line, answer.case_id, action=answer) for line in _lines(text))
    yield from _of_actions(minutes.actions)
    for text in (minutes.closing_note, *minutes.erased):
        yield from (SaidLine(line) for line in _lines(text))
    every = frozenset(references(minutes).values())
    yield from (SaidLine(line, names=every) for text in minutes.changes for line in _lines(text))


def _of_attendance(minutes: Minutes) -> Iterator[SaidLine]:
    """Who was there, what they declared, and why the meeting went on although somebody had not signed."""
    known = references(minutes)
    for line in minutes.attendees:
        yield from (SaidLine(words, kind=ItemKind.APOLOGIES) for words in filter(None, (line.name, line.here_for)))
        for words in line.interests:
            names = frozenset(named_in(words, known))
            yield SaidLine(words, kind=ItemKind.INTERESTS if names else None, names=names)
    away = (*(one.name for one in minutes.apologies), *(name for name, _ in minutes.absent))
    yield from (SaidLine(name, kind=ItemKind.APOLOGIES) for name in away if name)
    yield from (SaidLine(line) for one in minutes.overrides for line in _lines(one.reason))


def _of_item(item: ItemPart, minutes: Minutes) -> Iterator[SaidLine]:
    for text in (item.note, item.presented, *(t for i in item.issues for t in (i.title, i.note, i.closed))):
        yield from (SaidLine(line, kind=item.kind) for line in _lines(text))
    known = references(minutes)
    for line in item.record if item.walked else ():
        yield SaidLine(line, kind=item.kind, names=frozenset(named_in(line, known)))
    for title in _typed_titles(item):
        yield SaidLine(title, kind=item.kind, over=item.actions)
    yield from _of_actions(item.actions)


def _typed_titles(item: ItemPart) -> Iterator[str]:
    """What an item is called that the group named itself."""
    if item.kind is ItemKind.OWN or item.title_before:
        yield item.title
    if item.renamed_at is not None and item.title_before:
        yield item.title_before


def _of_actions(lines: Iterable[ActionLine]) -> Iterator[SaidLine]:
    for line in lines:
        power = line.power if line.kind is ActionKind.INTERVENTION else ""
        yield from (SaidLine(text, line.case_id, action=line) for text in (line.what, line.about, power) if text)


def _lines(text: str) -> Iterable[str]:
    return [line.strip() for line in lines_of(text) if line.strip()]


def plain_for(minutes: Minutes, share: Share) -> Minutes:
    """What stands in the copy of somebody with this share besides the lines typed: the paper without words, with their
    actions and what became of them."""
    plain = replace(
        without_words(minutes),
        answers=tuple(replace(one, reason="") for one in minutes.answers if share.may_read_action(one)),
        actions=tuple(one for one in _every_action(minutes) if share.may_read_action(one)),
        uncalled=tuple(replace(one, why="") for one in minutes.uncalled if share.may_read_case(one.case_id)),
        holds=holds_words(share),
    )
    if share.rights is not Rights.WHOLE:
        plain = replace(plain, overrides=())
    if share.rights is Rights.ACTIONS_ONLY:
        plain = replace(plain, attendees=(), apologies=(), absent=(), handed_over=(), items=())
    return plain


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
        overrides=tuple(replace(one, reason="") for one in minutes.overrides),
        items=tuple(map(_without_words, minutes.items)),
        cases=tuple(
            replace(one, note="", reason="", refer_to="", dissent="", reference="", initials="", actions=())
            for one in minutes.cases
        ),
        uncalled=tuple(UncalledLine("", "", why) for why in (DEFERRED, NOT_REACHED, OPENED)),
        between=(),
        answers=(),
        actions=(),
        closing_note="",
        changes=(),
        erased=(),
    )


def _without_words(item: ItemPart) -> ItemPart:
    """Of what the group named itself not even that."""
    left = replace(item, note="", presented="", issues=(), actions=(), record=())
    return replace(left, title="", title_before="") if any(_typed_titles(item)) else left


def _is_read(line: SaidLine, share: Share) -> bool:
    """Whether a line may be in the copy, its mark left aside."""
    if line.action is not None:
        return share.may_read_action(line.action)
    if any(map(share.may_read_action, line.over)):
        return True
    if not all(map(share.may_read_case, line.names)):
        return False
    if line.case_id:
        return share.rights is not Rights.ACTIONS_ONLY and share.may_read_case(line.case_id)
    if share.rights is Rights.WHOLE:
        return True
    return share.rights is Rights.OWN_AGENCY and line.kind in FOR_EVERYBODY


def may_read(line: SaidLine, share: Share) -> bool:
    """Whether a line may be in the copy."""
    return _is_read(line, share) and protection_of(line.words) in (None, *share.marks)


def pieces_withheld(minutes: Minutes, share: Share, also: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
    """Of each line that is withheld some pieces that stand in none they may read, nor in what else is in the copy, nor
    in what stands there `also`; none for a line of which nothing is left to tell it by."""
    lines = list(said_in(minutes))
    allowed = [line.words for line in lines if may_read(line, share)]
    out = dict.fromkeys(parted(line.words)[1] for line in lines if not may_read(line, share))
    return pieces_of(out, [*allowed, as_text(plain_for(minutes, share)), minutes.edition, *also])


def names_withheld(minutes: Minutes, share: Share) -> bool:
    """Whether words that may be in the copy name a case that may not."""
    withheld = [one.reference for one in cases_in(minutes) if one.reference and not share.may_read_case(one.case_id)]
    said = "\n".join(line.words for line in said_in(minutes) if line.action is None and may_read(line, share))
    return any(reference in said for reference in withheld)


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
        marked = [one for one in said_in(minutes) if protection_of(one.words) is mark and _is_read(one, share)]
        count = len({(one.words, one.case_id, one.kind) for one in marked})
        words += [f"{_counted(count, 'paragraph')}: {mark.value}"] if count and mark not in share.marks else []
    return tuple(words)


def _sections_out(minutes: Minutes, share: Share) -> list[str]:
    """The numbers of the agenda's sections that are not in the copy."""
    kept, numbers = set(map(item_key, copy_for(minutes, share).items)), dict(whole_numbers(minutes))
    return [numbers[item_key(item)] for item in minutes.items if item_key(item) not in kept]


def _counted(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"
