"""Whatever is typed and is not in somebody's copy is searched for in the finished file, wherever it was typed."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes import shares, withheld
from csp_desktop.domain.minutes.agreeing import Brought, minuted
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import DecisionLine, IssueLine, ItemPart, Minutes
from csp_desktop.domain.minutes.rights import Recipient, Rights
from csp_desktop.domain.minutes.searched import searched
from csp_desktop.domain.minutes.versions import MinutesState
from tests.domain.minutes.test_shares import CHAIR, EWA, POLICE, person, whole

AT = datetime(2026, 11, 26, 15, tzinfo=UTC)
TYPED = {
    "about",
    "changes",
    "closed",
    "closing_note",
    "dissent",
    "erased",
    "interests",
    "note",
    "power",
    "presented",
    "reason",
    "record",
    "refer_to",
    "title_before",
    "what",
    "why",
    "words",
}
NAMES = {"name", "here_for", "absent"}  # of people: no mark is typed in them
NOBODY = person("Nobody", "Nowhere")
Path = tuple[str | int, ...]


def full() -> Minutes:
    """Minutes in which everything that can be typed is."""
    made = whole()
    issue = IssueLine("Mopeds in the park", "", "", "seen on Monday", "all quiet")
    items = (
        *made.items,
        ItemPart(
            ItemKind.OWN,
            "Youth hub",
            True,
            "a talk",
            AT,
            made.actions[:1],
            presented="Dawn Whitlock",
            id="own",
            title_before="Hub",
            renamed_at=AT,
        ),
        ItemPart(
            ItemKind.LAST_MINUTES, "Minutes of the last meeting", True, "", AT, (), id="last", record=("Agreed.",)
        ),
        ItemPart(ItemKind.INTERESTS, "Declarations of interest", True, "", AT, (), id="interests"),
        ItemPart(ItemKind.EMERGING, "Emerging issues", True, "a word", AT, (), id="issues", issues=(issue,)),
    )
    first = replace(made.attendees[0], interests=("my neighbour", "SN-2026-0402"), here_for="Tom Ellis")
    return replace(
        made,
        items=items,
        attendees=(first, *made.attendees[1:]),
        cases=(replace(made.cases[0], dissent="One was against."), *made.cases[1:]),
        absent=(("Grace Obi", "Probation"),),
        closing_note="Closed early.",
        changes=("SN-2026-0402: discussion. Recorded wrongly: misheard.",),
        erased=("Case 9 was erased.",),
        between=(DecisionLine("SN-2026-0403", "JK", "Close it early.", "Hana Price", AT.date(), case_id="case-3"),),
    )


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where every text stands."""
    if type(value) is str:
        yield path
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), (*path, field.name))


def put(value: Any, path: Path, words: str) -> Any:
    """The same with other words there."""
    if not path:
        return words
    first, *rest = path
    if isinstance(first, int):
        return (*value[:first], put(value[first], tuple(rest), words), *value[first + 1 :])
    return replace(value, **{first: put(getattr(value, first), tuple(rest), words)})


def named(path: Path) -> str:
    return next(str(part) for part in reversed(path) if isinstance(part, str))


def is_typed(path: Path) -> bool:
    is_title = named(path) == "title" and ("issues" in path or path[:2] == ("items", OWN_AT))
    return is_title or named(path) in TYPED


OWN_AT = next(at for at, item in enumerate(full().items) if item.kind is ItemKind.OWN)
WORDS = "Zebra quince marigold teapot"


def cases_of(paths: list[Path], mark: str) -> Iterator[tuple[Path, Minutes]]:
    made = full()
    for path in paths:
        changed = put(made, path, f"{mark}{WORDS}")
        if searched(WORDS) in searched(as_text(changed)):
            yield path, changed


def hit(made: Minutes, share: shares.Share) -> bool:
    """Whether the words would be found in a file that has them."""
    return any(searched(one) in searched(WORDS) for found in withheld.pieces_withheld(made, share) for one in found)


def in_copy(made: Minutes, share: shares.Share) -> bool:
    return searched(WORDS) in searched(as_text(shares.copy_for(made, share)))


@pytest.mark.parametrize("who", [CHAIR, POLICE, EWA, NOBODY], ids=lambda one: one.name)
@pytest.mark.parametrize("rights", [Rights.WHOLE, Rights.OWN_AGENCY, Rights.ACTIONS_ONLY])
def test_all_that_is_typed_is_in_the_copy_or_searched_for(who: Recipient, rights: Rights) -> None:
    paths = [path for path in leaves(full()) if is_typed(path) or named(path) in NAMES and "agency" not in path]
    looked = []
    for path, made in cases_of(paths, ""):
        if path[0] == "absent" and path[-1] == 1:
            continue  # an agency
        share = shares.share_of(made, who, rights, {who.member_id})
        is_readable = any(WORDS in line.words for line in withheld.said_in(made) if withheld.may_read(line, share))
        assert in_copy(made, share) is not hit(made, share) or is_readable, path
        assert not (in_copy(made, share) and hit(made, share)), path
        looked.append(named(path))
    assert {*looked} >= TYPED, TYPED - {*looked}


@pytest.mark.parametrize("rights", [Rights.WHOLE, Rights.OWN_AGENCY, Rights.ACTIONS_ONLY])
@pytest.mark.parametrize("who", [POLICE, EWA], ids=lambda one: one.name)
def test_what_is_marked_is_in_no_copy_wherever_it_was_typed_and_searched_for(who: Recipient, rights: Rights) -> None:
    for path, made in cases_of([path for path in leaves(full()) if is_typed(path)], "[protect source] "):
        share = shares.share_of(made, who, rights, {who.member_id})
        assert not in_copy(made, share), path
        assert hit(made, share) or named(path) == "about", path  # of a marked title, which is searched for itself


def test_a_correction_of_the_last_minutes_that_is_marked_has_a_line_of_its_own() -> None:
    asked = ("the date was the 3rd", "[police only] the van was blue")
    one = Brought(AT.date(), 1, MinutesState.CIRCULATED, AT.date(), agreed=True, corrections=asked)
    first, second = minuted(one)
    assert first.endswith("with these corrections: the date was the 3rd.")
    assert second == "A correction was asked for: [police only] the van was blue."


def test_of_a_case_with_a_declared_interest_the_corrections_say_nothing_either() -> None:
    made = full()
    line = replace(made.attendees[0], name=CHAIR.name, agency=CHAIR.agency, interests=("SN-2026-0402",))
    record = ("Agreed.", "Recorded wrongly at first, and corrected in them: SN-2026-0402: decision.")
    items = tuple(replace(one, record=record) if one.record else one for one in made.items)
    made = replace(made, attendees=(line, *made.attendees[1:]), items=items)
    text = as_text(shares.copy_for(made, shares.share_of(made, CHAIR, Rights.WHOLE, set())))
    assert "SN-2026-0402" not in text and "Agreed." in text


def test_where_an_interest_is_kept_back_the_copy_does_not_say_that_none_was_declared() -> None:
    made = full()
    line = replace(made.attendees[0], interests=("[police only] SN-2026-0402",))
    made = replace(made, attendees=(line, *(replace(one, interests=()) for one in made.attendees[1:])))
    assert "None declared" not in as_text(shares.copy_for(made, shares.share_of(made, EWA, Rights.WHOLE, set())))


def test_a_deferral_whose_reason_is_marked_stays_a_deferral() -> None:
    made = full()
    put_off = (*made.uncalled[:1], replace(made.uncalled[1], why="deferred: [police only] the officer is away"))
    text = as_text(shares.copy_for(replace(made, uncalled=put_off), shares.share_of(made, EWA, Rights.WHOLE, set())))
    assert "1 case was deferred" in text and "officer is away" not in text
