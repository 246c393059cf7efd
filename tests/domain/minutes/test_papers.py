"""The minutes word for word: what a whole meeting prints, and one at which nothing happened."""

from dataclasses import replace
from datetime import date, timedelta

from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes.checks import check_minutes
from csp_desktop.domain.minutes.layout import as_text, opening, sections, title
from csp_desktop.domain.minutes.printable import Unprintable, names_in, texts_of
from csp_desktop.domain.minutes.record import ApologyLine, AttendeeLine, CasePart, ItemPart, Minutes
from csp_desktop.domain.people.agencies import IspStatus
from tests.documents.minutes_models import OPENED, action, minutes
from tests.support.papers import kept, outline


def whole() -> Minutes:
    """Everything a paper can say, each once."""
    paper = minutes(cases=6, attendees=7, actions=2)
    late = replace(paper.actions[3], late="agreed after the read-back, 14:40", due=None)
    from_before = replace(action(7, "SN-2026-0302"), label="2026-10/07", earlier=date(2026, 10, 29), carried=2)
    unowned = replace(action(8, ""), label="2026-10/08", officer="", agency="", earlier=date(2026, 9, 24), carried=1)
    asked = replace(paper.answers[1], carried=2, about="", reason="")
    told = replace(
        asked, label="2026-10/09", answer=Answer.NO_LONGER_POSSIBLE, reason="they moved", about="Other business"
    )
    return replace(
        paper,
        attendees=_attendees(paper.attendees),
        apologies=(
            *paper.apologies,
            ApologyLine("Ruth Coyle", "Hertfordshire County Council", True, None),
            ApologyLine("Seán Ó Briain", "Probation Service", False, None),
        ),
        absent=(("Lewis Hart", "Watford Community Housing"), ("Femi Adeyemi", "")),
        answers=(*paper.answers, asked, told),
        cases=_cases(paper.cases),
        actions=(*paper.actions[:3], late, *paper.actions[4:], from_before, unowned),
        items=tuple(_item(item) for item in paper.items),
        closing_note="Thanks to all.\n\n The next one is in the small room. ",
        version=2,
        copy_number=7,
        recipient="PS Dan Holt, Hertfordshire Constabulary",
        approved_by="Hana Price",
        approved_at=OPENED,
    )


def _attendees(rows: tuple[AttendeeLine, ...]) -> tuple[AttendeeLine, ...]:
    first, second, third, fourth, fifth, sixth, seventh = rows
    away = ((OPENED + timedelta(minutes=10), OPENED + timedelta(minutes=18)),)
    return (
        replace(first, chairs=True),
        replace(second, chairs=True, capacity=Capacity.MINUTE_TAKER),
        replace(third, away=away, isp=IspStatus.OLD_VERSION),
        replace(fourth, arrived_at=None, isp=IspStatus.NONE, isp_version=""),
        replace(fifth, capacity=Capacity.OBSERVER, isp_version="", clause_version=0),
        replace(sixth, signed_at=None, signature="", left_at=OPENED + timedelta(minutes=3)),
        replace(seventh, read_by=f"{seventh.name}, chair"),
    )


def _cases(parts: tuple[CasePart, ...]) -> tuple[CasePart, ...]:
    first, second, third, fourth, fifth, sixth = parts
    return (
        replace(first, cmht_told=True, repeat_victim_asked=True, changed_at=OPENED + timedelta(minutes=40)),
        replace(second, cmht_told=False, repeat_victim_asked=False, dissent="Housing does not agree."),
        replace(third, monitor_until=None, since_unknown=True, refer_to="", reason=""),
        replace(fourth, area="", note="", actions=(), read_back_at=None),
        replace(fifth, outcome=None, reason="", total=None, band=None, reference="", intervention_planned=False),
        replace(sixth, band=None, area="", initials=""),
    )


def _item(item: ItemPart) -> ItemPart:
    if item.kind is ItemKind.CASE_REVIEWS:
        return replace(item, walked=False)
    if item.kind is ItemKind.OTHER:
        return replace(item, changed_at=OPENED + timedelta(minutes=30))
    return replace(item, read_back_at=OPENED) if item.kind is ItemKind.EMERGING else item


def bare() -> Minutes:
    """A first meeting at which nothing was said, of one person who stayed."""
    paper = minutes(cases=0, attendees=1)
    return replace(
        paper,
        opened_at=None,
        closed_at=None,
        venue="",
        chair="",
        minute_taker="",
        apologies=(),
        overrides=(),
        earlier_meeting=None,
        answers=(),
        still_open=0,
        items=tuple(replace(item, note="", actions=(), read_back_at=None) for item in paper.items),
        uncalled=(),
        actions=(),
        next_on=None,
        journal=None,
    )


def paper_of(one: Minutes) -> str:
    return outline(title(one), opening(one), sections(one))


def test_whole_minutes_say_each_thing_in_its_place() -> None:
    assert paper_of(whole()) == kept("minutes", paper_of(whole()))


def test_minutes_of_a_meeting_at_which_nothing_happened_say_so() -> None:
    assert paper_of(bare()) == kept("minutes-bare", paper_of(bare()))


def test_one_action_one_question_and_nothing_asked_are_told_as_such() -> None:
    paper = minutes(cases=1, actions=1)
    one = replace(paper, answers=(), still_open=1, uncalled=(), actions=paper.cases[0].actions)
    assert paper_of(one) == kept("minutes-one", paper_of(one))


def test_each_text_of_the_paper_knows_where_it_stands_and_whether_members_are_named_there() -> None:
    said = "\n".join(
        f"{text.number or 'head'} [{text.section_id}] {text.field}{' (members)' if text.members else ''}"
        f"{f' of {text.case_id}' if text.case_id else ''}: {text.words}"
        for text in texts_of(whole())
    )
    assert said == kept("minutes-texts", said)


def test_each_thing_wrong_with_whole_minutes_is_told_with_its_place() -> None:
    wrong = replace(whole(), next_on=None, cases=(*whole().cases, replace(whole().cases[0], initials="J. Kowalska")))
    checks = check_minutes(wrong, missing=lambda texts: ("Ł",) if any("Łukasik" in text for text in texts) else ())
    said = "\n".join(
        f"{'passed' if check.passed else 'FAILED'} [{check.section_id}] {check.words} | {check.detail}"
        f"{' | may be kept' if check.kept_as else ''}{f' | of {check.case_id}' if check.case_id else ''}"
        for check in checks
    )
    assert said == kept("minutes-checks", said)


def test_apologies_that_stand_in_the_note_alone_fail_a_check_that_says_so() -> None:
    paper = whole()
    items = tuple(
        replace(item, note="Apologies from Lewis Hart.") if item.kind is ItemKind.APOLOGIES else item
        for item in paper.items
    )
    found = [check.words for check in check_minutes(replace(paper, items=items)) if not check.passed]
    words = "Lewis Hart is named in the note on apologies, and listed as absent without apologies"
    assert words in found
    assert words not in [check.words for check in check_minutes(replace(paper, items=items, absent=()))]


def test_a_mark_that_no_words_follow_fails_a_check_that_nobody_can_let_stand() -> None:
    first = whole().cases[0]
    for note, fails in (("Seen.\n[police only]\n", True), ("[police only]\nSeen.", False)):
        checks = check_minutes(replace(whole(), cases=(replace(first, note=note),)))
        found = [check for check in checks if check.words == "A mark with no text: [police only]"]
        assert [(check.passed, check.may_stand) for check in found] == [(False, False)] * fails
        assert all(first.reference in check.detail for check in found)


def test_the_plain_text_is_marked_above_and_below() -> None:
    lines = as_text(bare()).splitlines()
    assert (lines[0], lines[-1], lines[2]) == (bare().marking, bare().marking, title(bare()))
    assert bare().language == "en-GB"
    assert "Name: Ștefan" not in as_text(bare()) and "; Agency: Hertfordshire Constabulary; " in as_text(bare())


def test_sound_minutes_pass_every_check_in_quiet_words() -> None:
    checks = check_minutes(minutes(attendees=7))
    assert [(check.passed, check.words) for check in checks] == [
        (True, "Everyone who came has signed"),
        (True, "Every case called has an outcome"),
        (True, "Every decision was read back"),
        (True, "An officer for each action"),
        (True, "A date for each action"),
        (True, "Initials only, no personal details found"),
        (True, "The next date is agreed"),
        (True, "All characters can be printed"),
    ]
    assert all((check.detail, check.section_id, check.kept_as, check.case_id) == ("", "", "", "") for check in checks)


def test_whom_the_paper_names_by_design_and_where_it_met() -> None:
    named = names_in(whole(), ["Mina Halloran"], ["Housing"])
    assert (named.people, named.places) == ((), ("Town Hall, Committee Room 2",))
    assert {"Hana Price", "Marcus Bell", "Mina Halloran", "PS Dan Holt", "Tom Ellis", "Lewis Hart"} <= set(
        named.members
    )
    assert {"Housing", "Probation Service", "Watford Community Safety Partnership"} <= set(named.spared)
    assert {"Hertfordshire Fire and Rescue", "Watford Community Housing", "Community Protection Group"} <= set(
        named.spared
    )


def test_a_place_on_paper_is_told_without_a_word_of_a_case_but_its_reference() -> None:
    head, heading, *_ = texts_of(whole())
    case = next(text for text in texts_of(whole()) if text.case_id and text.field == "Discussion")
    assert Unprintable(head, ("Ł",)).place == "head of the paper, Title"
    assert Unprintable(case, ("Ł",)).place == "section 5.1, SN-2026-0401, Discussion"
    assert (heading.section_id, heading.section) == ("head", "Head of the paper")


def test_of_many_characters_the_first_are_named_with_their_scripts() -> None:
    text = texts_of(bare())[0]
    characters = tuple("王小明李大山水火土金木日月")
    assert Unprintable(text, characters[:2]).words == "王 小 (Chinese, Japanese or Korean)"
    assert Unprintable(text, characters).words.endswith("日 and 1 more (Chinese, Japanese or Korean)")
    assert Unprintable(text, ("😀", "ア", "ک")).words == "😀 ア ک (emoji or symbol, Japanese, Arabic)"
