"""What was held is printed again as it was, in every form and for every recipient, on the real encrypted file of the
sample: whatever is imported, renamed, answered, carried on or put right afterwards.
"""

import csv
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csp_desktop.documents.copies import base_of, copy_of
from csp_desktop.documents.minutes import minutes_paper
from csp_desktop.documents.paper import print_paper
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState, Answer
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.resources import shipped
from csp_desktop.sample.clock import ScriptedClock
from csp_desktop.services.cases import case_import
from csp_desktop.services.meeting import actions
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.services.minutes import circulation, copies, versions
from csp_desktop.services.minutes.corrections import correct, correctable, take_back
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.people import people
from csp_desktop.services.session import Session
from tests.scenarios.in_session import opened

pytestmark = [
    pytest.mark.xdist_group("what was held"),  # its file is made once
    pytest.mark.usefixtures("made_anew"),
]
CHAIR = "Hannah Price"
EXPORT = "cases-2026-11-25.csv"
OTHERWISE = " Otherwise"
READER = (3, "PS Dan Holt, Hertfordshire Constabulary")


@dataclass
class Held:
    """October, open in a real file, for its minute-taker and for the chair."""

    session: Session
    clock: ScriptedClock
    meeting_id: str
    done: int = 0  # of what came afterwards: each time something else is typed
    kept: dict[int, str] = field(default_factory=dict)  # of each approved version the SHA-256 of its bytes

    @property
    def chair(self) -> Session:
        return replace(self.session, roles=frozenset({Role.CHAIR}), user_name=CHAIR)


@pytest.fixture
def october(sample: Path) -> Iterator[Held]:
    partnership, clock = opened(sample)
    with partnership:
        yield Held(partnership.session, clock, meetings(partnership.session)[0].id)


def printed(held: Held) -> dict[str, bytes]:
    """Every form of October's minutes, and one recipient's copy of each."""
    papers, made = held.session.papers, draft_minutes(held.session, held.meeting_id)
    assert papers.print_minutes_word is not None
    forms: dict[str, bytes] = {}
    for whose, minutes in (("record", made), ("recipient", made.copy_for(*READER))):
        for size, is_large in (("", False), (", large print", True)):
            forms[f"{whose}, PDF{size}"] = papers.print_minutes(minutes, is_large=is_large)
            forms[f"{whose}, Word{size}"] = papers.print_minutes_word(minutes, is_large=is_large)
    forms["recipient, of the base of all copies"] = _of_base(made.copy_for(*READER))
    return forms


def _of_base(minutes: Minutes) -> bytes:
    paper = minutes_paper(minutes)
    return copy_of(print_paper(base_of(paper)), paper.edition)


def import_otherwise(held: Held) -> None:
    """Safety Net shows the same cases with other initials, another area of work and another lead."""
    rows = list(csv.DictReader(io.StringIO(shipped("sample", "cases-2026-11.csv").read_text("utf-8-sig"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    for row in rows:
        initials = {"Subject Initials": "ZQ"} if row["Subject Type"] != "Location" else {}
        area = "Acquisitive crime" if held.done % 2 else "Community wellbeing"
        writer.writerow({**row, **initials, "Theme": area, "Lead Officer": f"Nobody Known {'I' * (held.done + 1)}"})
    read = held.session.papers.read_cases(out.getvalue().encode(), EXPORT)
    told = case_import.import_cases(held.session, read, held.session.today)
    assert told.changed > 20


def rename_people_and_agencies(held: Held) -> None:
    """Everyone is called otherwise: the chair, the leads, the officers, and where they come from."""
    session = held.session
    with session.work.reading() as records:
        members, agencies = records.find(Member), records.find(Agency)
    for one in members:
        people.save_member(session, replace(one, name=_other(one.name, held), job_title="Another job"))
    for agency in agencies:
        people.save_agency(session, agency.id, _other(agency.name, held), agency.short_name, agency.kind)


def _other(name: str, held: Held) -> str:
    return f"{name.split(OTHERWISE)[0]}{OTHERWISE} {held.done}"


def change_kind_and_power(held: Held) -> None:
    """K and P on the page of the actions."""
    for action in _actions(held):
        actions.change_action(
            held.session, action.id, kind=ActionKind.INTERVENTION, power="Community Protection Notice"
        )


def give_to_others(held: Held) -> None:
    """Every action becomes somebody else's, for another day and in other words."""
    with held.session.work.reading() as records:
        other = records.find(Member)[held.done % 20].id
    for action in _actions(held):
        due = held.session.today + timedelta(days=9 + held.done)
        actions.change_action(held.session, action.id, what=f"{action.what} again", officer_id=other, due=due)


def answer_all(held: Held) -> None:
    """Every open action is answered, in each of the four ways."""
    ways = list(Answer)
    for number, action in enumerate(_actions(held)):
        if action.state is ActionState.OPEN:
            _answer(held, action, ways[(number + held.done) % len(ways)])


def carry_on_all(held: Held) -> None:
    """Every open action is carried on."""
    for action in _actions(held):
        if action.state is ActionState.OPEN:
            _answer(held, action, Answer.CARRY_ON)


def _answer(held: Held, action: Action, answer: Answer) -> None:
    due = date(2027, 2, 1) + timedelta(days=held.done)
    actions.answer_action(held.session, action.id, answer, reason="It came otherwise", due=due)


def _actions(held: Held) -> list[Action]:
    with held.session.work.reading() as records:
        return list(records.find(Action, meeting_id=held.meeting_id))


def put_right(held: Held) -> None:
    """A note of a case, and the venue."""
    places = correctable(held.session, held.meeting_id)
    note = next(one for one in places if one.fact.field == "note" and one.case_id)
    venue = next(one for one in places if one.fact.field == "venue")
    for place in (note, venue):
        correct(
            held.session, held.meeting_id, place.part_id, place.fact.field, f"Put right {held.done}", reason="Heard"
        )


def take_a_correction_back(held: Held) -> None:
    """The last one that no version holds yet."""
    since = versions.standing(held.session, held.meeting_id).since
    if since:
        take_back(held.session, since[-1].id)


def check_and_approve(held: Held) -> None:
    """The next version, where there is something to approve."""
    now = versions.standing(held.session, held.meeting_id)
    if now.is_approved:
        return
    if now.state is MinutesState.DRAFT:
        versions.check(held.session, held.meeting_id)
    versions.approve(held.chair, held.meeting_id)


CHANGES: Sequence[Callable[[Held], None]] = (
    import_otherwise,
    rename_people_and_agencies,
    change_kind_and_power,
    give_to_others,
    answer_all,
)


def test_after_an_import_renames_and_changed_actions_october_is_printed_again_without_one_byte_changed(
    october: Held,
) -> None:
    before = printed(october)
    assert len({sha256(paper).digest() for paper in before.values()}) == len(before) == 9
    for change in CHANGES:
        october.clock.pass_seconds(60)
        change(october)
    after = printed(october)
    assert [form for form, paper in before.items() if after[form] != paper] == []


def test_the_chair_the_lead_and_the_agency_stand_in_october_as_they_were_called_then(october: Held) -> None:
    before = draft_minutes(october.session, october.meeting_id)
    rename_people_and_agencies(october)
    with october.session.work.reading() as records:
        chair = records.get(Member, records.get(Meeting, october.meeting_id).chair_id)
    now = draft_minutes(october.session, october.meeting_id)
    assert chair.name == f"{CHAIR}{OTHERWISE} 0" and now.chair == before.chair == CHAIR
    assert not any(OTHERWISE in line.officer + line.agency for line in now.actions)


def drawn_anew(held: Held, people: Sequence[str]) -> dict[str, bytes]:
    """Version 1 in every form but the PDF that is kept, and people's copies as they are written, all made only now."""
    session, papers = held.session, held.session.papers
    made = versions.copy_of_version(session, held.meeting_id, 1)
    assert papers.print_minutes_word is not None
    forms = {f"copy for {one}": copies.copy_pdf(session, held.meeting_id, one) for one in people}
    forms["PDF"] = papers.print_minutes(made)
    forms["large print"] = papers.print_minutes(made, is_large=True)
    forms["Word"] = papers.print_minutes_word(made)
    forms["Word, large print"] = papers.print_minutes_word(made, is_large=True)
    return forms


def test_what_is_made_only_after_the_changes_is_what_would_have_been_made_without_them(
    sample: Path, tmp_path: Path
) -> None:
    """Two copies of one file, October approved in it: in the one everything changes before anything is drawn."""
    partnership, clock = opened(sample)
    with partnership:
        held = Held(partnership.session, clock, meetings(partnership.session)[0].id)
        check_and_approve(held)
        rows = circulation.circulation_list(held.session, held.meeting_id).rows
        people = [next(row.member_id for row in rows if row.rights is one) for one in {row.rights for row in rows}]
    other = shutil.copytree(sample, tmp_path / "changed")
    forms = []
    for folder, changes in ((sample, ()), (other, (*CHANGES, put_right))):
        partnership, clock = opened(folder)
        with partnership:
            held = Held(partnership.session, clock, meetings(partnership.session)[0].id)
            for change in changes:
                clock.pass_seconds(60)
                change(held)
            forms.append(drawn_anew(held, people))
            assert forms[-1]["PDF"] == versions.printed_version(held.session, held.meeting_id, 1)
    before, after = forms
    assert len(people) > 1 and len({sha256(paper).digest() for paper in before.values()}) == len(before)
    assert [form for form, paper in before.items() if after[form] != paper] == []


DOINGS = (*CHANGES, carry_on_all, put_right, take_a_correction_back, check_and_approve)


@pytest.fixture(scope="module")
def approved_october(
    sample_made: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Held]:
    """October approved once; what comes afterwards comes on top of all that came before."""
    folder = tmp_path_factory.mktemp("approved") / "partnership"
    shutil.copytree(sample_made[0], folder)
    partnership, clock = opened(folder)
    with partnership:
        held = Held(partnership.session, clock, meetings(partnership.session)[0].id)
        check_and_approve(held)
        yield held


@settings(max_examples=8)
@given(st.lists(st.sampled_from(DOINGS), min_size=1, max_size=4))
@example([put_right, check_and_approve, import_otherwise, carry_on_all])
def test_any_sequence_of_imports_renames_answers_carries_and_corrections_leaves_approved_versions_byte_identical(
    approved_october: Held, doings: list[Callable[[Held], None]]
) -> None:
    held = approved_october
    for doing in doings:
        held.done += 1
        held.clock.pass_seconds(60)
        try:
            doing(held)
        except Refused:
            continue
    found = versions.versions(held.session, held.meeting_id)
    now = {one.number: versions.printed_version(held.session, held.meeting_id, one.number) for one in found}
    for number, paper in now.items():
        digest = held.kept.setdefault(number, sha256(paper).hexdigest())
        assert sha256(paper).hexdigest() == digest == found[number - 1].pdf_sha256
    assert set(held.kept) == set(now) and len(now) > 1
