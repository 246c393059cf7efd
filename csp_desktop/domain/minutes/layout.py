"""How the group's minutes are set out: who was present, then the agenda item by item, the actions, and the annex.

What was decided about a case stands in them in all the words the read-back said.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from csp_desktop.domain.cases.unnamed_bodies import WAS_MADE
from csp_desktop.domain.common.days import clock, paper_day, table_day
from csp_desktop.domain.meeting.confidentiality import Capacity, remote_words
from csp_desktop.domain.meeting.meeting import ItemKind, Joined
from csp_desktop.domain.meeting.outcomes import Decided
from csp_desktop.domain.minutes.paper_parts import (
    ANNEX,
    BETWEEN,
    HANDLING,
    NO_ACTIONS,
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
    joined,
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
)
from csp_desktop.domain.minutes.protection import told
from csp_desktop.domain.minutes.record import (
    AttendeeLine,
    CasePart,
    IssueLine,
    ItemPart,
    Minutes,
    taken_out_of_order,
)

ABOUT = "Case or item"  # heads the column that says what an action is about
NAMED = "Cases are named by reference and initials only."
_UNCALLED, _ACTIONS, _CHANGES = "uncalled", "actions", "changes"  # keys of sections that are no item's and no case's
_KEPT_HERE = "The signatures are kept in the partnership's encrypted file."


def title(minutes: Minutes) -> str:
    """The document's title."""
    return f"Minutes of the {minutes.body}, {paper_day(minutes.on)}"


def opening(minutes: Minutes) -> tuple[Words, ...]:
    """The lines under the title."""
    held = f"{clock(minutes.opened_at or minutes.starts)} to {clock(minutes.closed_at or minutes.ends)}"
    return (
        Words(f"{paper_day(minutes.on)}, {held}" + (f", {minutes.venue}" if minutes.venue else ""), "Held:"),
        Words(minutes.chair or "not recorded", "Chair:"),
        Words(minutes.minute_taker or "not recorded", "Minutes taken by:"),
        Words(f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}", "Edition:"),
        *map(Words, filter(None, (minutes.on_paper, minutes.holds))),
        Words(f"{HANDLING} {NAMED}", "Handling:"),
        *abbreviations(sections(minutes)),
        *map(Words, minutes.erased),
    )


def sections(minutes: Minutes) -> tuple[Section, ...]:
    """All sections in the order of the paper; a copy of actions alone has no others. A part has the numbers of the
    whole record, so that whoever speaks of a section means the same one."""
    items, numbers = _items(minutes), _numbers(minutes)
    found = [Section(PRESENT, "", 1, "Present", _present(minutes))] if items else []
    for item in items:
        number = numbers[item_key(item)]
        blocks = (*_own_blocks(minutes, item), *_minuted(item))
        found.append(Section(_section_id(item, number), number, 1, item.title, blocks))
        if item.kind is ItemKind.MATTERS_ARISING and minutes.between:
            found.append(between(numbers[BETWEEN], 2, minutes.between, "Case"))
        if item.kind is ItemKind.CASES:
            found += [_case(numbers[case.case_id], case, minutes) for case in minutes.cases]
            if minutes.uncalled:
                found.append(_uncalled(numbers[_UNCALLED], minutes))
    none = "No actions are in this copy." if minutes.holds else NO_ACTIONS
    found = found if _has_next_date(items) else _with_closing_note(found, minutes)
    found.append(officers(numbers[_ACTIONS], minutes.actions, ABOUT, minutes.on, none))
    found += corrected(numbers[_CHANGES], minutes.changes)
    return (*found, *_annex(minutes))


def _has_next_date(items: Sequence[ItemPart]) -> bool:
    return not items or any(item.kind is ItemKind.NEXT_DATE for item in items)


def _with_closing_note(found: list[Section], minutes: Minutes) -> list[Section]:
    """The note on closing of a meeting after which none follows stands under its last item."""
    last = found[-1]
    return [*found[:-1], replace(last, blocks=(*last.blocks, *paragraphs(minutes.closing_note, "Note on closing.")))]


def whole_numbers(minutes: Minutes) -> tuple[tuple[str, str], ...]:
    """The number of each section of these minutes, by the key of what stands in it: for a copy of a part of them."""
    items, found = _items(minutes), []
    for at, item in enumerate(items, 1):
        found.append((item_key(item), str(at)))
        if item.kind is ItemKind.MATTERS_ARISING and minutes.between:
            found.append((BETWEEN, f"{at}.1"))
        if item.kind is ItemKind.CASES:
            found += [(case.case_id, f"{at}.{n}") for n, case in enumerate(minutes.cases, 1)]
            found.append((_UNCALLED, f"{at}.{len(minutes.cases) + 1}"))
    return (*found, (_ACTIONS, str(len(items) + 1)), (_CHANGES, str(len(items) + 2)))


def item_key(item: ItemPart) -> str:
    """By which the number of an agenda item's section is kept."""
    return f"{item.kind.name} {item.id}"


def _numbers(minutes: Minutes) -> dict[str, str]:
    return dict((*whole_numbers(minutes), *minutes.numbers))


def _items(minutes: Minutes) -> tuple[ItemPart, ...]:
    """The agenda; interests are told whether or not it asked for them."""
    items = list(minutes.items)
    if items and not any(item.kind is ItemKind.INTERESTS for item in items):
        first = [n for n, item in enumerate(items, 1) if item.kind in (ItemKind.CONFIDENTIALITY, ItemKind.APOLOGIES)]
        asked = ItemPart(ItemKind.INTERESTS, "Declarations of interest", True, "", None, ())
        items.insert(max(first, default=0), asked)
    return tuple(items)


def _section_id(item: ItemPart, number: str) -> str:
    stem = item.kind.name.lower().replace("_", "-")
    return f"{stem}-{number}" if item.kind in (ItemKind.EMERGING, ItemKind.OTHER, ItemKind.OWN) else stem


def _own_blocks(minutes: Minutes, item: ItemPart) -> tuple[Block, ...]:
    """What the program itself knows about an item, before what was minuted."""
    match item.kind:
        case ItemKind.CONFIDENTIALITY:
            return _confidentiality(minutes)
        case ItemKind.APOLOGIES:
            return _apologies(minutes)
        case ItemKind.MATTERS_ARISING:
            return _matters_arising(minutes)
        case ItemKind.CASES:
            return _cases_opening(minutes)
        case ItemKind.NEXT_DATE:
            return _next_date(minutes)
        case ItemKind.INTERESTS:
            return _interests(minutes, item)
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


def _minuted(item: ItemPart) -> tuple[Block, ...]:
    """How it came to the agenda, the note, the time of read-back and the actions of an item."""
    note = list(paragraphs(item.note))
    blocks: list[Block] = [*put_on(item), *note]
    said = note or item.actions or item.issues or item.kept_back
    if not item.walked and not said and item.kind in _DISCUSSED:
        blocks.append(Words("This item was not reached."))
    elif not said and not item.record and item.kind in _DISCUSSED:
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


def _present(minutes: Minutes) -> tuple[Block, ...]:
    """Who was there and until when, the chair first."""
    if not minutes.attendees:
        return (Words("Nobody was recorded as present."),)
    lines = _chair_first(minutes)
    rows = tuple((a.name, a.agency, capacity_words(a), present_words(a, minutes.closed_at)) for a in lines)
    grid = Grid("Present", ("Name", "Agency", "Role", "Times"), rows, (48, 66, 28, 38))
    return (grid, *(Words(f"{words}.") for words in minutes.handed_over), *remote_words_of(lines))


def _chair_first(minutes: Minutes) -> list[AttendeeLine]:
    return sorted(minutes.attendees, key=lambda a: (not a.chairs, a.capacity is not Capacity.MINUTE_TAKER))


def _confidentiality(minutes: Minutes) -> tuple[Block, ...]:
    """Who signed; and where somebody decided to continue although others had not."""
    document = "the confidentiality document of this meeting"
    return (
        *signing(minutes.attendees, document, minutes.signatures_kept or _KEPT_HERE, " (details in the annex)"),
        *(
            Words(
                f"At {clock(o.at)} {o.by} decided to continue although {joined(o.names)} had not signed."
                + (f" Reason: {told(o.reason.strip()).removesuffix('.')}." if o.reason.strip() else ""),
                "Override.",
            )
            for o in minutes.overrides
        ),
    )


def _annex(minutes: Minutes) -> tuple[Section, ...]:
    """What of those present is needed as evidence and not for reading: signatures, clauses, ISP."""
    rows = tuple((a.name, signed_words(a), _clause(a), _isp(a)) for a in _chair_first(minutes))
    if not rows:
        return ()
    grid = Grid("Signatures, clauses and ISP", ("Name", "Signed", "Clause", "ISP"), rows, (48, 28, 58, 46))
    return (Section(ANNEX, "", 1, "Annex: signatures, clauses and ISP", (grid,)),)


def _issue(line: IssueLine) -> tuple[Words, ...]:
    """'Mopeds in Radlett Road park (Community wellbeing, Central).' leads what was said of it."""
    where = ", ".join(filter(None, (line.area, line.place)))
    label = f"{line.title} ({where})." if where else f"{line.title}."
    said = paragraphs(line.note, label) or [Words("Discussed.", label)]
    closed = [Words(f"{line.closed.removesuffix('.')}.", "Closed:")] if line.closed else []
    return (*said, *closed)


def _interests(minutes: Minutes, item: ItemPart) -> tuple[Block, ...]:
    declared = tuple(
        Words(f"{a.name}: {', '.join(map(told, a.interests))}.", "Interest declared by")
        for a in minutes.attendees
        if a.interests
    )
    if item.kept_back and not declared:
        return ()
    return declared or (Words("None is in this copy." if minutes.holds else "None declared."),)


def capacity_words(line: AttendeeLine) -> str:
    """'chair', 'minute-taker', 'member, remote (Teams)', 'member, for Ravi Nair'"""
    if not line.chairs:
        words = line.capacity.value
    else:
        words = f"chair, {line.capacity.value}" if line.capacity is Capacity.MINUTE_TAKER else "chair"
    standing = f"for {line.here_for}" if line.here_for else ""
    return ", ".join(filter(None, (words, standing, remote_words(line.remote))))


def _clause(line: AttendeeLine) -> str:
    words = [f"version {line.clause_version}"] if line.clause_version else []
    if line.read_at:
        own = line.read_by.split(",")[0].strip() == line.name
        how = "shown on screen" if line.shown else "read out"
        words.append(f"read it out {clock(line.read_at)}" if own else f"{how} {clock(line.read_at)} by {line.read_by}")
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
    return f"yes, received {table_day(on)}" if on else "yes"


def _matters_arising(minutes: Minutes) -> tuple[Block, ...]:
    if minutes.earlier_meeting is None:
        return (Words("No earlier meeting is recorded, so there were no matters arising."),)
    blocks: list[Block] = []
    if minutes.answers:
        blocks.append(answers_grid("Outcomes of earlier actions", minutes.answers))
    else:
        none = f"No actions from {paper_day(minutes.earlier_meeting)} or before were reviewed."
        blocks.append(Words("No outcomes of earlier actions are in this copy." if minutes.holds else none))
    if minutes.still_open:
        carried = counted(minutes.still_open, "action was", "actions were")
        blocks.append(Words(f"{carried} carried forward (section {_numbers(minutes)[_ACTIONS]})."))
    return tuple(blocks)


def _cases_opening(minutes: Minutes) -> tuple[Block, ...]:
    called, on_agenda = len(minutes.cases), len(minutes.cases) + len(minutes.uncalled)
    if minutes.holds:
        count = counted(on_agenda, "case is", "cases are") if on_agenda else "No case is"
        return (Words(f"{count} in this copy."),)
    if not on_agenda:
        return (Words("No cases were on the agenda."),)
    if minutes.called_for:
        return (Words(minutes.called_for, "Called for."),)
    order = (tuple(one.name for one in some) for some in taken_out_of_order(minutes.cases))
    return (Words(discussed(called, on_agenda, "case", "cases", "agenda")), *order_words(*order))


def _joined(case: CasePart) -> tuple[Words, ...]:
    """'Added at the meeting at 15:02: reopened.'"""
    if case.joined is None or case.joined_at is None:
        return ()
    return (Words(f"at {clock(case.joined_at)}: {_JOINED[case.joined]}.", "Added during the meeting"),)


_JOINED = {Joined.NEW: "a new case", Joined.REOPENED: "the case was reopened", Joined.ASKED_FOR: "it was requested"}


def _case(number: str, case: CasePart, minutes: Minutes) -> Section:
    blocks: list[Block] = [Words(_about(case))] if _about(case) else []
    blocks += _joined(case)
    blocks += paragraphs(case.note, "Discussion.")
    blocks.append(Words(decision(case, minutes.next_on), "Decision."))
    if case.intervention_planned is not None:
        blocks.append(Words("yes." if case.intervention_planned else "no.", "Intervention planned:"))
    if case.cmht_told is not None:
        blocks.append(Words(f"The CMHT has {'' if case.cmht_told else 'not '}been informed."))
    if case.repeat_victim_asked is not None:
        blocks.append(Words("discussed." if case.repeat_victim_asked else "not discussed.", "Repeat victim:"))
    blocks += paragraphs(case.dissent, "Dissent.")
    blocks += agreed_under(case.name, case.actions)
    blocks.append(read_back(case.read_back_at, case.changed_at, case.read_back_by))
    return Section(f"case-{case.reference or case.case_id}", number, 2, case.name, tuple(blocks), case.case_id)


def _about(case: CasePart) -> str:
    band = f", {case.band.value}" if case.band else ""
    risk = f"Risk score {case.total}{band}" if case.total is not None else ""
    return ". ".join(part for part in (case.area, risk) if part) + ("." if case.area or risk else "")


def _uncalled(number: str, minutes: Minutes) -> Section:
    blocks = put_off(minutes.uncalled, "case", "cases", "the next meeting")
    return Section("uncalled", number, 2, "Cases deferred or not discussed", blocks)


def _next_date(minutes: Minutes) -> tuple[Block, ...]:
    note = paragraphs(minutes.closing_note, "Note on closing.")
    if minutes.next_on is None:
        return (Words("No date was set."), *note)
    return (Words(f"The next meeting is on {paper_day(minutes.next_on)}."), *note)


def as_text(minutes: Minutes) -> str:
    """The whole paper as plain text, for people who do not read the picture of a page."""
    return text_of(minutes.marking, title(minutes), opening(minutes), sections(minutes))


def decision(case: CasePart, next_on: date | None = None) -> str:
    """The outcome, to whom the case is referred whatever the outcome, and the reason, each as a sentence. A case is
    deferred to the next meeting, on its day where one was agreed."""
    referred = told(case.refer_to.strip()).removesuffix(".")
    if case.outcome is None:
        sentences = ["None recorded"]
    else:
        what = Decided(case.monitor_until, next_on, since_unknown=case.since_unknown)
        sentences = [case.outcome.minuted(what, referred)]
    if referred == WAS_MADE:
        sentences = [WAS_MADE] if case.outcome and case.outcome.rule.refers else [*sentences, WAS_MADE]
    elif referred and not (case.outcome and case.outcome.rule.refers):
        sentences.append(f"Referred to {referred}")
    reason = told(case.reason.strip()).removesuffix(".")
    if reason:
        sentences.append(f"Reason: {reason}")
    return " ".join(f"{sentence}." for sentence in sentences)
