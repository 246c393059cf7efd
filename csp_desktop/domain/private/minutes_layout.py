"""How the private minutes are set out: the same sections of paragraphs and tables as the group's, another order."""

from collections.abc import Iterable

from csp_desktop.domain.common.days import clock, paper_day
from csp_desktop.domain.meeting.confidentiality import remote_words
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.minutes.paper_parts import (
    ANNEX,
    HANDLING,
    PRESENT,
    Block,
    Grid,
    Section,
    Words,
    abbreviations,
    actions_grid,
    agreed_under,
    answers_grid,
    between,
    brought,
    corrected,
    counted,
    discussed,
    due_words,
    joined,
    numbered,
    officers,
    order_words,
    paragraphs,
    present_words,
    put_off,
    put_on,
    read_back,
    remote_words_of,
    signed_words,
    signing,
    text_of,
    without_empty_numbers,
)
from csp_desktop.domain.minutes.protection import told
from csp_desktop.domain.minutes.record import AttendeeLine, ItemPart, taken_out_of_order
from csp_desktop.domain.private.minutes import BODY, OfferLine, PersonPart, PresentLine, PrivateMinutes, RiskLine

PEOPLE = "People, highest risk first"
NEXT_DATE = "next-date"
ABOUT = "Person or item"
LAST_TIME = "Last time's action"
_KEPT_HERE = "The signatures are kept in New Hope's encrypted file."
NAMED = "People are named by reference and initials only."


def title(minutes: PrivateMinutes) -> str:
    """The document's title."""
    return f"Minutes of the {BODY}, {paper_day(minutes.on)}"


def opening(minutes: PrivateMinutes) -> tuple[Words, ...]:
    """The lines under the title."""
    held = f"{clock(minutes.opened_at or minutes.starts)} to {clock(minutes.closed_at or minutes.ends)}"
    part = () if minutes.whole else (Words("only the people its recipient may be told about.", "This copy covers"),)
    return (
        Words(f"{paper_day(minutes.on)}, {held}" + (f", {minutes.venue}" if minutes.venue else ""), "Held:"),
        Words(minutes.led_by or "not recorded", "Led for New Hope by:"),
        *(Words(f"{words}.") for words in minutes.handed_over),
        edition_line(minutes),
        *part,
        Words(f"Private. {HANDLING} {NAMED}", "Handling:"),
        *abbreviations(sections(minutes)),
        *(map(Words, minutes.erased) if minutes.whole else ()),
    )


def edition_line(minutes: PrivateMinutes) -> Words:
    """Which edition, which copy, whose; who approved it."""
    approved = f", approved by {minutes.approved_by}" if minutes.approved_at else ""
    return Words(f"{minutes.edition}{approved}, copy {minutes.copy_number} for {minutes.recipient}", "Edition:")


def sections(minutes: PrivateMinutes) -> tuple[Section, ...]:
    """All sections in the order of the paper, numbered as if nothing had been left out."""
    found = [
        Section(PRESENT, "", 1, "Present", _present(minutes)),
        Section("confidentiality", "1", 1, "Confidentiality", _confidentiality(minutes)),
        Section("interests", "2", 1, "Declarations of interest", _interests(minutes)),
    ]
    if minutes.answers:
        answers = answers_grid("Outcomes of earlier actions", minutes.answers)
        found.append(Section("matters-arising", _next(found), 1, "Matters arising", (answers,)))
    if minutes.between:
        found.append(between(_next(found), 1, minutes.between, "Person"))
    number = _next(found)
    found.append(Section("people", number, 1, PEOPLE, _people_opening(minutes)))
    found += [_person(f"{number}.{n}", person) for n, person in enumerate(minutes.people, 1)]
    if minutes.unreached:
        found.append(_unreached(f"{number}.{len(minutes.people) + 1}", minutes))
    for item in minutes.items:
        number = _next(found)
        section_id = NEXT_DATE if item.kind is ItemKind.NEXT_DATE else f"item-{number}"
        found.append(Section(section_id, number, 1, item.title, _item(minutes, item)))
    found.append(officers(_next(found), minutes.actions, ABOUT, minutes.on))
    found += corrected(_next(found), minutes.changes)
    found += _annex(minutes)
    return tuple(map(without_empty_numbers, found))


def _next(found: list[Section]) -> str:
    return str(numbered(found) + 1)


def private_actions(minutes: PrivateMinutes) -> ActionList:
    """What is to be done after the session, as the reader of this copy may know it."""
    return ActionList(
        BODY,
        minutes.partnership,
        minutes.on,
        minutes.actions,
        ABOUT,
        f"Private. {HANDLING} {NAMED}",
        edition_line(minutes),
        f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}",
        minutes.marking,
        minutes.language,
        is_draft=minutes.approved_at is None,
        created=minutes.written_at or minutes.closed_at,
        journal=minutes.journal,
    )


def as_text(minutes: PrivateMinutes) -> str:
    """The whole paper as plain text."""
    return text_of(minutes.marking, title(minutes), opening(minutes), sections(minutes))


def _present(minutes: PrivateMinutes) -> tuple[Block, ...]:
    """Who was there, the lead first. When somebody stepped out would tell a reader of a part that others were talked
    about."""
    lines = [one.line for one in _lead_first(minutes)]
    if not lines:
        return (Words("Nobody was recorded as present."),)
    here = [(a.name, a.agency, _capacity(minutes, a)) for a in lines]
    told = (*remote_words_of(lines), *_admitted(minutes), *_apologies(lines))
    if minutes.whole:
        rows = tuple((*row, present_words(a, minutes.closed_at)) for row, a in zip(here, lines, strict=True))
        return (Grid("Present", ("Name", "Agency", "Role", "Times"), rows, (44, 60, 22, 54)), *told)
    return (Grid("Present", ("Name", "Agency", "Role"), tuple(here), (60, 80, 40)), *told)


def _capacity(minutes: PrivateMinutes, line: AttendeeLine) -> str:
    role = "lead" if line.name == minutes.led_by else "member"
    return ", ".join(filter(None, (role, f"for {line.here_for}" if line.here_for else "", remote_words(line.remote))))


def _admitted(minutes: PrivateMinutes) -> tuple[Words, ...]:
    names = tuple(one.line.name for one in minutes.present if one.admitted)
    return (Words(f"{joined(names)}.", "Admitted by New Hope's lead:"),) if names else ()


def _apologies(lines: Iterable[AttendeeLine]) -> tuple[Words, ...]:
    """Those for whom a deputy came."""
    told = tuple(f"{one.here_for} ({one.name} came instead)" for one in lines if one.here_for)
    return (Words(f"{joined(told)}.", "Apologies:"),) if told else ()


def _lead_first(minutes: PrivateMinutes) -> list[PresentLine]:
    return sorted(minutes.present, key=lambda one: one.line.name != minutes.led_by)


def _confidentiality(minutes: PrivateMinutes) -> tuple[Block, ...]:
    lines = tuple(one.line for one in minutes.present)
    details = " (details in the annex)" if minutes.whole else ""
    words = signing(lines, "the clause of this private session", _KEPT_HERE, details)
    if minutes.heads is None or minutes.counted_at is None:
        return words
    count = f"{minutes.heads}, at {clock(minutes.counted_at)}, by {minutes.counted_by}."
    return (*words, Words(count, "People counted before it opened:"))


def _interests(minutes: PrivateMinutes) -> tuple[Block, ...]:
    """Of a part only what its reader may know: that others were talked about is not among it."""
    declared = tuple(
        Words(f"{joined(person.interests)}: {person.reference}.", "Interest declared by")
        for person in minutes.people
        if person.interests
    )
    return declared or (Words("None declared." if minutes.whole else "None declared about anyone in this copy."),)


def _annex(minutes: PrivateMinutes) -> tuple[Section, ...]:
    """What of those present is needed as evidence and not for reading: signatures and clauses."""
    if not minutes.whole or not minutes.present:
        return ()
    rows = tuple((one.line.name, signed_words(one.line), _clause(one)) for one in _lead_first(minutes))
    grid = Grid("Signatures and clauses", ("Name", "Signed", "Clause"), rows, (50, 40, 90))
    return (Section(ANNEX, "", 1, "Annex: signatures and clauses", (grid,)),)


def _clause(one: PresentLine) -> str:
    line = one.line
    words = [f"version {line.clause_version}"] if line.clause_version else []
    if line.read_at:
        how = "shown on screen" if line.shown else "read out"
        words.append(f"{how} {clock(line.read_at)} by {line.read_by}")
    words += [f"repeated {clock(at)}" for at in one.repeated if at != line.read_at]
    return ", ".join(words) or "none"


def _people_opening(minutes: PrivateMinutes) -> tuple[Block, ...]:
    if not minutes.whole:
        return () if minutes.people else (Words("Nobody whom this recipient may be told about was discussed."),)
    called, on_agenda = len(minutes.people), len(minutes.people) + len(minutes.unreached)
    if not on_agenda:
        return (Words("Nobody was on the sub-agenda."),)
    order = (tuple(one.name for one in some) for some in taken_out_of_order(minutes.people))
    return (Words(discussed(called, on_agenda, "person", "people", "sub-agenda")), *order_words(*order))


def _person(number: str, person: PersonPart) -> Section:
    blocks: list[Block] = [Words(risk_words(person.risk), "Risk:")]
    blocks += [Words(f"at {clock(person.joined_at)}.", "Added during the meeting")] if person.joined_at else []
    if person.heard is not None:
        out = f"; {person.stepped_out} left the room" if person.stepped_out else ""
        blocks.append(Words(f"{counted(person.heard, 'person', 'people')} present{out}."))
    blocks += [
        Words(f"At {clock(o.at)} {o.by} allowed {joined(o.names)} to stay. Reason: {_ended(o.reason)}", "Override.")
        for o in person.overrides
    ]
    blocks += [Words(f"{joined(person.interests)}.", "Interest declared by")] if person.interests else []
    if person.answers:
        blocks.append(answers_grid("Outcomes of last time's actions", person.answers, LAST_TIME))
    blocks += [_offers(person)] if person.offers else []
    blocks += paragraphs(person.note, "Discussion.")
    blocks.append(Words(decision(person), "Decision."))
    blocks += agreed_under(person.name, person.actions)
    blocks.append(read_back(person.read_back_at, person.changed_at))
    return Section(section_of(person), number, 2, person.name, tuple(blocks), person.person_id)


def _offers(person: PersonPart) -> Grid:
    """What was offered, when and by whom, and the answer."""
    rows = tuple((told(one.what), due_words(one.on), one.by, offer_answer(one)) for one in person.offers)
    return Grid(f"Offers: {person.name}", ("Offer", "Made", "Offered by", "Answer"), rows, (50, 34, 36, 60))


def offer_answer(line: OfferLine) -> str:
    """'Declined 26 November 2026: will not leave his dog'"""
    words = line.answer.value.capitalize()
    words += f" {due_words(line.answered_on)}" if line.answered_on else ""
    why = told(line.why.strip()).removesuffix(".")
    return f"{words}: {why}" if why else words


def section_of(person: PersonPart) -> str:
    """The id of a person's section."""
    return f"person-{person.reference}"


def risk_words(risk: RiskLine | None) -> str:
    """'score 41, High (illustrative matrix, version 1.0).'"""
    if risk is None:
        return "not scored."
    illustrative = "example matrix" if risk.illustrative else "matrix"
    words = f"score {risk.total_words}, {risk.band} ({illustrative}, {risk.matrix})."
    return f"{words} The band was changed by {_ended(risk.override)}" if risk.override else words


def _ended(words: str) -> str:
    return f"{words.strip().removesuffix('.')}."


def decision(person: PersonPart) -> str:
    """The outcome as a sentence, with the day to look again."""
    if person.outcome is None:
        return "None recorded."
    words = f"{person.outcome.rule.word.capitalize()}."
    again = person.outcome.again_words(person.see_again_on)
    words += f" {again}." if again else ""
    reason = person.reason.strip().removesuffix(".")
    return f"{words} Reason: {reason}." if reason else words


def _unreached(number: str, minutes: PrivateMinutes) -> Section:
    blocks = put_off(minutes.unreached, "person", "people", "the next session")
    return Section("unreached", number, 2, "People not discussed", blocks)


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
    if not blocks or (item.record and not item.walked):
        blocks.append(Words("Nothing was raised." if item.walked else "This item was not reached."))
    return (*put_on(item), *blocks)


def _next_date(minutes: PrivateMinutes) -> list[Block]:
    note: list[Block] = [Words(minutes.closing_note, "Note on closing.")] if minutes.closing_note else []
    if minutes.next_on is None:
        return [Words("No date was set."), *note]
    proposed = " (proposed, not yet confirmed)" if minutes.next_proposed else ""
    return [Words(f"The next session is on {paper_day(minutes.next_on)}{proposed}."), *note]
