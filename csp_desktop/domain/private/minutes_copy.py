"""What one reader gets of the private minutes: whoever they may not hear of is left out at the source, and names typed
into notes become initials on the way.
"""

from collections.abc import Callable, Set
from dataclasses import replace

from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes.personal_text import InitialsOnly
from csp_desktop.domain.minutes.protection import ALL, Marks, protection_of, without_protected
from csp_desktop.domain.minutes.record import ActionLine, AnswerLine, ItemPart, OverrideLine
from csp_desktop.domain.private.minutes import (
    OfferLine,
    PersonPart,
    PrivateFacts,
    PrivateMinutes,
    RiskLine,
    UnreachedLine,
    unnumbered,
)

Readable = Set[str] | None
Said = Callable[[str], str]
FOR_ALL = (ItemKind.WINTER, ItemKind.NEXT_DATE)
STANDARD = tuple(kind.value[:1].upper() + kind.value[1:] for kind in ItemKind)  # titles that nobody typed
ANOTHER = "Another item"


def copy_of(facts: PrivateFacts, readable: Readable = None, reader_id: str = "", marks: Marks = ALL) -> PrivateMinutes:
    """The minutes for a member of the register; `readable` are the ids of the people they may hear of, None for all,
    which is the record's; `marks` the marked paragraphs they may read. Of what is about nobody in particular a reader
    who may not hear of everyone gets their own actions only: the rest may tell of others."""
    said = InitialsOnly(facts.known, readable, facts.at_table)
    whole = _said_otherwise(facts.minutes, said)
    if marks != ALL:
        whole = _without_marked(whole, marks)
    return whole if readable is None else _part(whole, readable, reader_id)


def _said_otherwise(record: PrivateMinutes, said: Said) -> PrivateMinutes:
    return replace(
        record,
        people=tuple(_person(one, said) for one in record.people),
        unreached=tuple(_unreached(one, said) for one in record.unreached),
        answers=tuple(_answer(one, said) for one in record.answers),
        between=tuple(replace(one, words=said(one.words)) for one in record.between),
        items=tuple(_item(one, said) for one in record.items),
        actions=tuple(_action(one, said) for one in record.actions),
        closing_note=said(record.closing_note),
    )


def _without_marked(record: PrivateMinutes, marks: Marks) -> PrivateMinutes:
    """Without the marked paragraphs somebody may not read, and the actions that are marked."""
    kept = replace(
        record,
        people=tuple(replace(one, actions=_readable(one.actions, marks)) for one in record.people),
        items=tuple(replace(one, actions=_readable(one.actions, marks)) for one in record.items),
        actions=_readable(record.actions, marks),
        between=tuple(one for one in record.between if protection_of(one.words) in (None, *marks)),
    )
    return _said_otherwise(kept, lambda text: without_protected(text, marks))


def _readable(lines: tuple[ActionLine, ...], marks: Marks) -> tuple[ActionLine, ...]:
    return tuple(line for line in lines if protection_of(line.what) in (None, *marks))


def without_person(facts: PrivateFacts, person_id: str, reference: str, words: str) -> PrivateFacts:
    """The facts without anything about a person who was lawfully erased, their name as "someone else" in what was said
    of others; `words` say so in the record. The same where the session said nothing about them and nobody knew them."""
    if all(one.person_id != person_id for one in facts.known):
        return facts
    record = _said_otherwise(facts.minutes, said_without(facts, person_id))
    kept = replace(
        record,
        people=tuple(one for one in record.people if one.person_id != person_id),
        unreached=tuple(one for one in record.unreached if one.person_id != person_id),
        between=tuple(one for one in record.between if one.case_id != person_id),
        answers=tuple(one for one in record.answers if one.case_id != person_id),
        actions=tuple(one for one in record.actions if one.case_id != person_id),
        present=tuple(
            replace(one, line=replace(one.line, interests=tuple(i for i in one.line.interests if i != person_id)))
            for one in record.present
        ),
    )
    if kept != facts.minutes:
        kept = replace(kept, erased=(*kept.erased, words))
    return replace(facts, minutes=kept, known=tuple(one for one in facts.known if one.person_id != person_id))


def said_without(facts: PrivateFacts, person_id: str) -> Said:
    """Puts "someone else" for every name of this person."""
    others = {one.person_id for one in facts.known} - {person_id}
    return InitialsOnly([one for one in facts.known if one.person_id == person_id], others, facts.at_table)


def _part(whole: PrivateMinutes, readable: Set[str], reader_id: str) -> PrivateMinutes:
    """Without what would tell that there are others: their number, gaps in the numbers of actions, other business."""
    mine = [a for a in whole.actions if (a.case_id in readable if a.case_id else reader_id in _owners(a))]
    return replace(
        whole,
        people=tuple(
            replace(one, place=0, actions=unnumbered(one.actions), answers=_unnumbered_answers(one.answers))
            for one in whole.people
            if one.person_id in readable
        ),
        unreached=(),
        between=tuple(one for one in whole.between if one.case_id in readable),
        answers=tuple(replace(one, about=_about(one)) for one in _unnumbered_answers(whole.answers)),
        items=tuple(_bare(one) for one in whole.items if one.kind in FOR_ALL),
        actions=unnumbered(tuple(replace(one, about=_about(one)) for one in mine)),
        heads=None,
        on_list=None,
        closing_note="",
        whole=False,
    )


def _bare(one: ItemPart) -> ItemPart:
    """An item everybody knows of, without what was said or typed at it."""
    title = one.title_before or one.title
    return replace(one, title=title, note="", record=(), actions=(), added_at=None, title_before="", renamed_at=None)


def _about(line: ActionLine | AnswerLine) -> str:
    """Where an action belongs; a title that was typed may tell of others."""
    return line.about if line.case_id or line.about in ("", *STANDARD) else ANOTHER


def _owners(line: ActionLine) -> list[str]:
    return [one.member_id for one in line.owners]


def _unnumbered_answers(lines: tuple[AnswerLine, ...]) -> tuple[AnswerLine, ...]:
    return tuple(replace(line, label="") for line in lines)


def _person(one: PersonPart, said: Said) -> PersonPart:
    return replace(
        one,
        risk=_risk(one.risk, said),
        overrides=tuple(_override(each, said) for each in one.overrides),
        answers=tuple(_answer(each, said) for each in one.answers),
        note=said(one.note),
        reason=said(one.reason),
        actions=tuple(_action(each, said) for each in one.actions),
        offers=tuple(each for each in (_offer(each, said) for each in one.offers) if each.what),
    )


def _offer(one: OfferLine, said: Said) -> OfferLine:
    return replace(one, what=said(one.what), why=said(one.why))


def _risk(risk: RiskLine | None, said: Said) -> RiskLine | None:
    """Who decided on another band is at the table; why may name somebody."""
    if risk is None:
        return None
    by, colon, why = risk.override.partition(": ")
    return replace(risk, override=f"{by}{colon}{said(why)}")


def _override(one: OverrideLine, said: Said) -> OverrideLine:
    return replace(one, reason=said(one.reason))


def _unreached(one: UnreachedLine, said: Said) -> UnreachedLine:
    return replace(one, why=said(one.why))


def _item(one: ItemPart, said: Said) -> ItemPart:
    actions = tuple(_action(each, said) for each in one.actions)
    title, before = said(one.title) or ANOTHER, said(one.title_before)
    record = tuple(map(said, one.record))
    return replace(one, title=title, title_before=before, note=said(one.note), record=record, actions=actions)


def _action(one: ActionLine, said: Said) -> ActionLine:
    return replace(one, what=said(one.what), power=said(one.power), about=_title(one, said))


def _answer(one: AnswerLine, said: Said) -> AnswerLine:
    return replace(one, what=said(one.what), reason=said(one.reason), about=_title(one, said))


def _title(line: ActionLine | AnswerLine, said: Said) -> str:
    """Of a person the reference and initials, which stay; of an item its title, which may name somebody."""
    return line.about if line.case_id or not line.about else said(line.about) or ANOTHER
