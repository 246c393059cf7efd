"""The newer items of the agenda in the minutes; a meeting held without them stays as it was."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.meeting.agenda import Presentation
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, TurnState
from csp_desktop.domain.minutes.layout import sections
from csp_desktop.domain.minutes.paper_parts import Words, as_line
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.support.held_meeting import NOVEMBER, partnership

DAY = date(2026, 11, 26)
NEW = (
    ("interests", ItemKind.INTERESTS, "Declarations of interest"),
    ("boards", ItemKind.BOARDS, "Answers from the boards"),
    ("fires", ItemKind.OWN, "Cooking fires in flats"),
    ("flood", ItemKind.OWN, "Flood wardens"),
)


def held(*kinds, declared=(), notes=None):
    session = partnership()
    with session.work.step("the agenda", undoable=False) as records:
        for place, (key, kind, title) in enumerate(NEW):
            if kind in kinds:
                note = (notes or {}).get(key, "")
                item = AgendaItem(key, NOVEMBER, 20 + place, kind, title, 5, TurnState.DONE, note)
                records.save(item)
        if ItemKind.OWN in kinds:
            records.save(Presentation("p", NOVEMBER, "fires", "Dawn Whitlock", True, "tom"))
        row = records.find(Attendance, meeting_id=NOVEMBER, member_id="dan")[0]
        records.save(replace(row, interests=tuple(declared)))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="the hall closed")
    return {
        s.id: [as_line(b) for b in s.blocks if isinstance(b, Words)] for s in sections(draft_minutes(session, NOVEMBER))
    }


def test_declarations_of_interest_have_their_own_item_and_stand_there_alone():
    paper = held(ItemKind.INTERESTS, declared=("SN-2026-0402",))
    assert paper["interests"] == ["Interest declared by PS Dan Holt: SN-2026-0402."]
    assert not [line for line in paper["confidentiality"] if "Interest" in line]


def test_where_nobody_declared_anything_the_minutes_say_so():
    assert held(ItemKind.INTERESTS)["interests"] == ["None declared."]


def test_what_was_minuted_under_the_item_follows_what_was_declared():
    said = {"interests": "PS Holt left the room for it."}
    paper = held(ItemKind.INTERESTS, declared=("SN-2026-0402",), notes=said)
    assert paper["interests"][1] == "PS Holt left the room for it."


def test_a_meeting_held_without_the_item_has_the_section_all_the_same_after_the_apologies():
    paper = held(declared=("SN-2026-0402",))
    assert "boards" not in paper
    assert paper["interests"] == ["Interest declared by PS Dan Holt: SN-2026-0402."]
    assert list(paper).index("interests") == list(paper).index("apologies") + 1
    assert held()["interests"] == ["None declared."]


def test_an_own_item_says_who_presented_it_and_each_has_a_section_of_its_own():
    paper = held(ItemKind.OWN, notes={"fires": "Chip pans cause most of them."})
    (fires,) = [lines for lines in paper.values() if "Chip pans cause most of them." in lines]
    assert fires[0] == "Presented by Dawn Whitlock, visitor, with Tom Ellis."
    assert len([key for key in paper if key.startswith("own-")]) == 2


@pytest.mark.parametrize("kind", [ItemKind.BOARDS, ItemKind.OWN], ids=lambda kind: kind.name)
def test_where_nothing_was_said_the_minutes_say_that(kind):
    paper = held(kind)
    said = [lines for key, lines in paper.items() if key.startswith(kind.name.lower())]
    assert all("Nothing was raised." in lines or lines[0].startswith("Presented by") for lines in said) and said


def test_each_issue_talked_about_is_minuted_by_area_with_why_it_was_closed():
    session = partnership()
    with session.work.step("issues", undoable=False, of_held=True) as records:
        for key, title, area in (
            ("shop", "Knives sold in a shop", "Acquisitive crime"),
            ("park", "Mopeds in the park", "Repeat victims of ASB"),
        ):
            records.save(EmergingIssue(key, title, area, "", "Radlett Road", "Central", "x", date(2026, 9, 1)))
        records.save(replace(records.get(EmergingIssue, "park"), closed_on=DAY, closed_reason="The gate is built."))
        records.save(IssueNote("n1", "shop", NOVEMBER, DAY, "", "x"))
        records.save(IssueNote("n2", "park", NOVEMBER, DAY, "No call since the gate.", "x"))
        records.save(IssueNote("n3", "park", "october", date(2026, 10, 29), "Letters went out.", "x"))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="the hall closed")
    emerging = next(s for s in sections(draft_minutes(session, NOVEMBER)) if s.id.startswith("emerging"))
    assert [as_line(block) for block in emerging.blocks if isinstance(block, Words)] == [
        "Mopeds in the park (Repeat victims of ASB, Radlett Road, Central). No call since the gate.",
        "Closed: The gate is built.",
        "Knives sold in a shop (Acquisitive crime, Radlett Road, Central). Discussed.",
    ]
