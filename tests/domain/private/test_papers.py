"""The private minutes word for word: the record, one reader's part of it, and a session at which nothing happened."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.minutes.action_list import action_list
from csp_desktop.domain.minutes.record import ActionLine, AnswerLine, AttendeeLine, ItemPart, OverrideLine
from csp_desktop.domain.people.agencies import IspStatus
from csp_desktop.domain.private.minutes import (
    OfferLine,
    PersonPart,
    PresentLine,
    PrivateMinutes,
    RiskLine,
    UnreachedLine,
    unnumbered,
)
from csp_desktop.domain.private.minutes_checks import check_private_minutes
from csp_desktop.domain.private.minutes_layout import (
    as_text,
    opening,
    private_actions,
    section_of,
    sections,
    title,
)
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import OfferAnswer
from csp_desktop.domain.private.printable import names_in
from tests.documents.minutes_models import action
from tests.support.papers import kept, outline

OPENED = datetime(2026, 11, 26, 15, 46, tzinfo=UTC)


def present(name: str, agency: str, minute: int, *, signed: bool = True, read: bool = False) -> PresentLine:
    at = OPENED + timedelta(minutes=minute)
    line = AttendeeLine(
        name,
        agency,
        Capacity.PRIVATE,
        at,
        at + timedelta(minutes=20) if minute else None,
        at if signed else None,
        "typed" if signed else "",
        IspStatus.CURRENT,
        "",
        1 if signed else 0,
        "Ravi Nair" if read else "",
        at if read else None,
        away=((at, at + timedelta(minutes=4)),) if read else (),
    )
    return PresentLine(line, (at, at + timedelta(minutes=9)) if read else ())


def agreed(number: int, about: str) -> ActionLine:
    return replace(action(number, about), label=f"2026-11/{number:02}")


ANSWERS = (
    AnswerLine("2026-10/02", "Tell the shifts", "PC Sara Lyle", "Police", "RS-001", Answer.DONE, "", None, 0),
    AnswerLine(
        "2026-10/03", "Find a bed", "Ravi Nair", "New Hope", "", Answer.CARRY_ON, "none free", date(2026, 12, 17), 2
    ),
)
KIT = PersonPart(
    "kit",
    "RS-001",
    "K.B.",
    RiskLine("41+", "High", "version 1.0", True, "Ravi Nair: seen with a new group"),
    5,
    1,
    (OverrideLine(OPENED, "Ravi Nair", "ran the shelter", ("Ewa Łukasik", "Joy Okafor")),),
    ("Amira Shah",),
    ANSWERS[:1],
    "Left A&E early.\nWill come in if the dog can.",
    PersonOutcome.INTENSIFY,
    " needs a bed tonight. ",
    date(2026, 12, 17),
    OPENED + timedelta(minutes=12),
    (agreed(1, "RS-001"), agreed(3, "RS-001")),
    OPENED + timedelta(minutes=30),
)
DANA = replace(
    KIT,
    person_id="dana",
    reference="RS-002",
    initials="D.W.",
    risk=RiskLine("12", "Standard", "version 1.0", False),
    stepped_out=0,
    overrides=(),
    interests=(),
    answers=(),
    note="",
    outcome=PersonOutcome.MOVED_IN,
    reason="",
    see_again_on=date(2026, 12, 24),
    actions=(),
    changed_at=None,
    offers=(
        OfferLine(
            "Room at the lodge", date(2026, 11, 12), "Ravi Nair", OfferAnswer.DECLINED, OPENED.date(), "no dogs there."
        ),
        OfferLine("Winter bed", OPENED.date(), "Ewa Łukasik", OfferAnswer.NO_ANSWER),
    ),
)
SOL = replace(
    DANA,
    person_id="sol",
    reference="RS-003",
    initials="S.M.",
    risk=None,
    heard=None,
    outcome=None,
    read_back_at=None,
    offers=(),
)
ITEMS = (
    ItemPart(ItemKind.WINTER, "Winter beds", True, "Eleven beds from Friday.", OPENED, ()),
    ItemPart(ItemKind.COUNT, "Count and new arrivals", True, "", None, ()),
    ItemPart(ItemKind.OTHER, "Other business", True, "", OPENED, (agreed(4, "Other business"),), OPENED),
    ItemPart(ItemKind.EMERGING, "Anything else", False, "", None, ()),
    ItemPart(ItemKind.NEXT_DATE, "Next date", True, "", None, ()),
)


def record() -> PrivateMinutes:
    """Everything the record can say, each once."""
    actions = (*KIT.actions, agreed(4, "Other business"))
    return PrivateMinutes(
        "m",
        "Watford Community Safety Partnership",
        date(2026, 11, 26),
        time(15, 45),
        time(16, 30),
        OPENED,
        OPENED + timedelta(minutes=50),
        "Town Hall",
        "Ravi Nair",
        (
            present("Ravi Nair", "New Hope", 0),
            present("PC Sara Lyle", "Police", 2, read=True),
            present("Tom Ellis", "Fire", 3, signed=False),
        ),
        3,
        "Ravi Nair",
        OPENED,
        (KIT, DANA, SOL),
        (UnreachedLine("RS-004", "A.B.", "not reached"),),
        ANSWERS[1:],
        ITEMS,
        winter_protocol=True,
        on_list=1,
        actions=actions,
        next_on=date(2026, 12, 17),
        next_proposed=True,
        closing_note="Thanks to all.",
        approved_by="Ravi Nair",
        approved_at=OPENED,
        version=2,
        copy_number=3,
    )


def part() -> PrivateMinutes:
    """A copy for somebody who may hear of one person alone."""
    return replace(
        record(),
        whole=False,
        people=(replace(KIT, actions=unnumbered(KIT.actions), heard=None),),
        unreached=(),
        answers=(),
        heads=None,
        on_list=None,
        winter_protocol=False,
        actions=unnumbered(KIT.actions),
        recipient="Joy Okafor, Community Mental Health Team",
        next_proposed=False,
    )


def bare() -> PrivateMinutes:
    """A session at which nothing was said."""
    return replace(
        record(),
        opened_at=None,
        closed_at=None,
        venue="",
        led_by="",
        present=record().present[:1],
        heads=None,
        people=(),
        unreached=(),
        answers=(),
        items=tuple(replace(item, note="", actions=(), changed_at=None) for item in ITEMS),
        on_list=2,
        winter_protocol=False,
        actions=(),
        next_on=None,
        closing_note="",
        approved_at=None,
    )


def paper_of(one: PrivateMinutes) -> str:
    actions = private_actions(one)
    listed = outline(actions.title, (), action_list(actions))
    return outline(title(one), opening(one), sections(one)) + "\n" + listed


def test_the_record_says_each_thing_in_its_place() -> None:
    assert paper_of(record()) == kept("private-minutes", paper_of(record()))


def test_a_readers_part_tells_of_nobody_else_and_of_no_number() -> None:
    assert paper_of(part()) == kept("private-part", paper_of(part()))
    nobody = replace(part(), people=(), actions=())
    assert paper_of(nobody) == kept("private-part-of-nobody", paper_of(nobody))


def test_one_person_is_told_as_one() -> None:
    one = replace(record(), people=(KIT,), unreached=())
    assert "1 of 1 person on the sub-agenda was discussed." in as_text(one)
    assert "1 of 2 people on the sub-agenda was discussed." in as_text(replace(one, unreached=record().unreached))


def test_a_session_at_which_nothing_happened_says_so() -> None:
    assert paper_of(bare()) == kept("private-minutes-bare", paper_of(bare()))


def test_each_thing_wrong_with_the_private_minutes_is_told_with_its_place() -> None:
    later = replace(agreed(5, "RS-003"), officer="", agency="", due=None, late="agreed after the read-back, 16:10")
    mary = replace(SOL, initials="S. Marshall", outcome=PersonOutcome.CONTINUE, note="Kit Barlow said so.")
    kit = replace(KIT, actions=(later,))
    wrong = replace(
        record(),
        people=(kit, DANA, SOL, mary),
        unreached=(UnreachedLine("RS-004", "A. Bellamy", "not reached"),),
        items=(*ITEMS, replace(ITEMS[2], title="Later business", read_back_at=None)),
        actions=(*record().actions, later),
    )
    checks = check_private_minutes(
        wrong,
        [("Joy Okafor", "person-RS-001")],
        names_in(wrong, ["Kit Barlow"]),
        missing=lambda texts: ("Ł",) if any("Łukasik" in text for text in texts) else (),
    )
    said = "\n".join(
        f"{'passed' if check.passed else 'FAILED'} [{check.section_id}] {check.words} | {check.detail}"
        f"{' | may be kept' if check.kept_as else ''}{f' | of {check.case_id}' if check.case_id else ''}"
        for check in checks
    )
    assert said == kept("private-minutes-checks", said)


def test_sound_private_minutes_pass_every_check_in_quiet_words() -> None:
    sound = replace(
        record(),
        present=record().present[:2],
        people=(replace(KIT, changed_at=None), DANA),
        items=tuple(replace(item, changed_at=None) for item in ITEMS),
        next_proposed=False,
    )
    assert [(check.passed, check.words) for check in check_private_minutes(sound)] == [
        (True, "Everyone present has signed"),
        (True, "Everyone discussed has an outcome"),
        (True, "Every decision was read back"),
        (True, "An officer for each action"),
        (True, "A date for each action"),
        (True, "Initials only, no personal details found"),
        (True, "Officers’ copies include all their own actions"),
        (True, "The next date is set"),
        (True, "All characters can be printed"),
    ]
    (unfixed,) = [check for check in check_private_minutes(replace(sound, next_on=None)) if not check.passed]
    assert (unfixed.words, unfixed.detail, unfixed.section_id) == ("The next date is not set", "", "next-date")


def test_whom_the_paper_names_by_design_is_nobody_of_the_file() -> None:
    named = names_in(record(), ["Kit Barlow", "", "Kit Barlow"], ["Mina Halloran"], ["CGL"])
    assert named.people == ("Kit Barlow",) and named.places == ("Town Hall",)
    assert {"Ravi Nair", "Mina Halloran", "Ewa Łukasik", "PC Aisha Rahman", "PC Sara Lyle"} <= set(named.members)
    assert {"CGL", "New Hope", "Police", "Hertfordshire Constabulary"} <= set(named.spared)


def test_an_edition_is_a_draft_until_it_is_approved() -> None:
    assert (record().edition, bare().edition) == ("Approved, version 2", "Draft 2")


def test_the_plain_text_is_marked_and_a_person_has_a_place_of_their_own() -> None:
    lines = as_text(record()).splitlines()
    assert lines[0] == lines[-1] == record().marking and record().language == "en-GB"
    assert section_of(KIT) == "person-RS-001"
