"""How the private minutes are set out: the same sections of paragraphs and tables as the group's, another order."""

from datetime import datetime

from csp_desktop.domain.common.days import clock, long_day
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.minutes.layout import (
    Block,
    Grid,
    Section,
    Words,
    actions_grid,
    answer_words,
    brought,
    corrected,
    joined,
    officers,
    paragraphs,
    present_words,
    read_back,
    signed_words,
    text_of,
    without_empty_numbers,
)
from csp_desktop.domain.minutes.record import AnswerLine, ItemPart
from csp_desktop.domain.private.minutes import BODY, PersonPart, PresentLine, PrivateMinutes, RiskLine

PEOPLE = "People, highest risk first"
NEXT_DATE = "next-date"
ABOUT = "Person or item"


def title(minutes: PrivateMinutes) -> str:
    """The document's title."""
    return f"Minutes of the {BODY}, {long_day(minutes.on)}"


def opening(minutes: PrivateMinutes) -> tuple[Words, ...]:
    """The lines under the title."""
    held = f"{clock(minutes.opened_at or minutes.starts)} to {clock(minutes.closed_at or minutes.ends)}"
    part = () if minutes.whole else (Words("the people its recipient may hear of.", "This copy holds"),)
    return (
        Words(f"{long_day(minutes.on)}, {held}" + (f", {minutes.venue}" if minutes.venue else ""), "Held:"),
        Words(minutes.led_by or "not recorded", "Led for New Hope by:"),
        edition_line(minutes),
        *part,
        *(map(Words, minutes.erased) if minutes.whole else ()),
        Words("Private. Do not copy or pass on. People are named by reference and initials only."),
    )


def edition_line(minutes: PrivateMinutes) -> Words:
    """Which edition, which copy, whose; who approved it."""
    approved = f", approved by {minutes.approved_by}" if minutes.approved_at else ""
    return Words(f"{minutes.edition}{approved}, copy {minutes.copy_number} for {minutes.recipient}", "Edition:")


def sections(minutes: PrivateMinutes) -> tuple[Section, ...]:
    """All sections in the order of the paper, numbered as if nothing had been left out."""
    found = [Section("confidentiality", "1", 1, "Present and confidentiality", _attendance(minutes))]
    if minutes.answers:
        found.append(Section("matters-arising", "2", 1, "Matters arising", (_answers(minutes.answers),)))
    number = str(len(found) + 1)
    found.append(Section("people", number, 1, PEOPLE, _people_opening(minutes)))
    found += [_person(f"{number}.{n}", person) for n, person in enumerate(minutes.people, 1)]
    if minutes.unreached:
        found.append(_unreached(f"{number}.{len(minutes.people) + 1}", minutes))
    for item in minutes.items:
        number = _next(found)
        section_id = NEXT_DATE if item.kind is ItemKind.NEXT_DATE else f"item-{number}"
        found.append(Section(section_id, number, 1, item.title, _item(minutes, item)))
    found += officers(_next(found), minutes.actions, ABOUT)
    found += corrected(_next(found), minutes.changes)
    return tuple(map(without_empty_numbers, found))


def _next(found: list[Section]) -> str:
    return str(sum(section.level == 1 for section in found) + 1)


def private_actions(minutes: PrivateMinutes) -> ActionList:
    """What is to be done after the session, as the reader of this copy may know it."""
    return ActionList(
        BODY,
        minutes.partnership,
        minutes.on,
        minutes.actions,
        ABOUT,
        "Private. Do not copy or pass on. People are named by initials only.",
        edition_line(minutes),
        f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}",
        minutes.marking,
        minutes.language,
        is_draft=minutes.approved_at is None,
        created=minutes.approved_at or minutes.closed_at,
        journal=minutes.journal,
    )


def as_text(minutes: PrivateMinutes) -> str:
    """The whole paper as plain text."""
    return text_of(minutes.marking, title(minutes), opening(minutes), sections(minutes))


def _attendance(minutes: PrivateMinutes) -> tuple[Block, ...]:
    rows = tuple(_present(one, minutes.whole, minutes.closed_at) for one in minutes.present)
    signed = sum(one.line.signed_at is not None for one in minutes.present)
    count = len(minutes.present)
    words = f"{count} {'person was' if count == 1 else 'people were'} in the room; {signed} signed the clause of this "
    blocks: list[Block] = [Words(words + "private session. The signatures are held in New Hope's encrypted file.")]
    if minutes.heads is not None and minutes.counted_at is not None:
        at = clock(minutes.counted_at)
        blocks.append(Words(f"{minutes.heads} at {at} by {minutes.counted_by}.", "Heads counted before it opened:"))
    headers: tuple[str, ...] = ("Name", "Agency", "Present", "Signed", "Clause")
    shares: tuple[int, ...] = (36, 44, 34, 30, 36)
    if not minutes.whole:  # who stepped out when would tell that others were talked about
        headers, shares = ("Name", "Agency", "Signed"), (60, 80, 40)
    return (*blocks, Grid("Present and signed", headers, rows, shares))


def _present(one: PresentLine, whole: bool, closed_at: datetime | None) -> tuple[str, ...]:
    line = one.line
    if not whole:
        return line.name, line.agency, "yes" if line.signed_at else "no"
    words = [f"version {line.clause_version}"] if line.clause_version else []
    if line.read_at:
        words.append(f"read out {clock(line.read_at)} by {line.read_by}")
    words += [f"repeated {clock(at)}" for at in one.repeated if at != line.read_at]
    return line.name, line.agency, present_words(line, closed_at), signed_words(line), ", ".join(words) or "none"


def _people_opening(minutes: PrivateMinutes) -> tuple[Block, ...]:
    if not minutes.whole:
        return () if minutes.people else (Words("Nobody this recipient may hear of was talked about."),)
    called, on_agenda = len(minutes.people), len(minutes.people) + len(minutes.unreached)
    if not on_agenda:
        return (Words("Nobody was on the sub-agenda."),)
    people, were = "person" if on_agenda == 1 else "people", "was" if called == 1 else "were"
    return (Words(f"{called} of {on_agenda} {people} on the sub-agenda {were} talked about."),)


def _person(number: str, person: PersonPart) -> Section:
    blocks: list[Block] = [Words(risk_words(person.risk), "Risk:")]
    if person.heard is not None:
        out = f"; {person.stepped_out} stepped out" if person.stepped_out else ""
        blocks.append(Words(f"by {person.heard}{out}.", "Heard"))
    blocks += [
        Words(f"At {clock(o.at)} {o.by} decided that {joined(o.names)} may hear. Reason: {o.reason}", "Override.")
        for o in person.overrides
    ]
    blocks += [Words(f"{joined(person.interests)}.", "Interest declared by")] if person.interests else []
    blocks += [_answers(person.answers)] if person.answers else []
    blocks += paragraphs(person.note, "Discussion.")
    blocks.append(Words(decision(person), "Decision."))
    blocks.append(
        actions_grid(f"Actions: {person.name}", person.actions) if person.actions else Words("none.", "Actions:")
    )
    blocks.append(read_back(person.read_back_at, person.changed_at))
    return Section(section_of(person), number, 2, person.name, tuple(blocks), person.person_id)


def section_of(person: PersonPart) -> str:
    """The id of a person's section."""
    return f"person-{person.reference}"


def risk_words(risk: RiskLine | None) -> str:
    """'41 High, illustrative matrix, version 1.0.'"""
    if risk is None:
        return "not scored."
    illustrative = "illustrative matrix" if risk.illustrative else "matrix"
    words = f"{risk.total_words} {risk.band}, {illustrative}, {risk.matrix}."
    return f"{words} Another band than the matrix gives, by {risk.override}." if risk.override else words


def decision(person: PersonPart) -> str:
    """The outcome as a sentence, with the day to look again."""
    if person.outcome is None:
        return "None recorded."
    words = f"{person.outcome.rule.word.capitalize()}."
    again = person.outcome.again_words(person.see_again_on)
    words += f" {again}." if again else ""
    reason = person.reason.strip().removesuffix(".")
    return f"{words} Reason: {reason}." if reason else words


def _answers(lines: tuple[AnswerLine, ...]) -> Grid:
    rows = tuple((a.label, a.what, a.officer, answer_words(a)) for a in lines)
    headers = ("No.", "Last time's action", "Officer", "Answer")
    return Grid("Answers to last time's actions", headers, rows, (28, 62, 38, 52))


def _unreached(number: str, minutes: PrivateMinutes) -> Section:
    rows = tuple((one.reference, one.initials, one.why) for one in minutes.unreached)
    grid = Grid("People not reached", ("Reference", "Initials", "Why"), rows, (50, 30, 100))
    return Section("unreached", number, 2, "Not reached", (Words("They come back at the next session."), grid))


def _item(minutes: PrivateMinutes, item: ItemPart) -> tuple[Block, ...]:
    blocks: list[Block] = [*brought(item)]
    if item.kind is ItemKind.WINTER:
        blocks.append(Words("on." if minutes.winter_protocol else "off.", "Severe weather protocol (SWEP):"))
    if item.kind is ItemKind.COUNT and minutes.on_list is not None:
        people = "person is" if minutes.on_list == 1 else "people are"
        blocks.append(Words(f"{minutes.on_list} {people} on the list after this session."))
    if item.kind is ItemKind.NEXT_DATE:
        blocks += _next_date(minutes)
    blocks += paragraphs(item.note)
    if item.actions:
        blocks.append(actions_grid(f"Actions: {item.title}", item.actions))
    if item.changed_at is not None:
        blocks.append(read_back(item.read_back_at, item.changed_at))
    return tuple(blocks) or (Words("Nothing was raised." if item.walked else "This item was not reached."),)


def _next_date(minutes: PrivateMinutes) -> list[Block]:
    note: list[Block] = [Words(minutes.closing_note, "Note on closing.")] if minutes.closing_note else []
    if minutes.next_on is None:
        return [Words("The date of the next session was not fixed."), *note]
    proposed = " (proposed, not yet fixed)" if minutes.next_proposed else ""
    return [Words(f"The next session is on {long_day(minutes.next_on)}{proposed}."), *note]
