"""Open actions kept elsewhere come in once: officers by the one matcher, what is not certain is asked, undone whole."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import NotAllowed
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.common.import_rows import OpenActionFile, OpenActionLine
from csp_desktop.services.meeting.action_import import (
    ADD,
    GROUP,
    OUT,
    SAME,
    ActionsPreview,
    case_key,
    import_actions,
    officer_key,
    preview_actions,
)
from csp_desktop.services.meeting.action_review import round_table
from csp_desktop.services.session import Session
from tests.support.fakes import fake_session
from tests.support.prepared_meeting import prepared_session

OCTOBER = date(2026, 10, 29)


def row(line: int = 2, officer: str = "PS Dan Holt", what: str = "Visit the flat", **more: Any) -> OpenActionLine:
    said = {"beside": "", "by": date(2026, 11, 12), "reference": "", "agreed_on": None, **more}
    return OpenActionLine(line, officer, what=what, **said)


def listed(*rows: OpenActionLine, **more: Any) -> OpenActionFile:
    return OpenActionFile("actions.docx", rows, (), **more)


@pytest.fixture
def session() -> Session:
    made = fake_session()
    with made.work.step("people") as records:
        records.save(Agency("police", "Hertfordshire Police", "Police", AgencyKind.POLICE))
        records.save(Agency("hope", "New Hope", "New Hope", AgencyKind.SUPPORT))
        for key, name, agency in (
            ("dan", "PS Dan Holt", "police"),
            ("dee", "Dee Holt", "hope"),
            ("mina", "Mina Halloran", "hope"),
        ):
            records.save(Member(key, name, agency, "", Standing.STANDING))
    return made


def actions(session: Session) -> list[Action]:
    with session.work.reading() as records:
        return records.find(Action)


def waiting(preview: ActionsPreview) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in preview.waiting]


def test_an_action_comes_in_with_officer_day_and_the_meeting_it_was_agreed_at(session: Session) -> None:
    done = import_actions(session, listed(row(officer="DH/MH", beside="")), OCTOBER)
    assert done.new == 0 and waiting(done) == [(2, "Officer")]  # two people are DH
    done = import_actions(session, listed(row(officer="Dan Holt and Mina")), OCTOBER)
    (action,) = actions(session)
    assert (action.officer_id, action.with_ids, action.what) == ("dan", ("mina",), "Visit the flat")
    assert (action.due, action.agreed_on, action.meeting_id, action.number) == (date(2026, 11, 12), OCTOBER, "", 1)
    assert (done.new, [one.about for one in done.details]) == (1, ["the group"])


def test_undo_takes_the_whole_import_back(session: Session) -> None:
    import_actions(session, listed(row(), row(3, "Mina Halloran", "Call")), OCTOBER)
    assert len(actions(session)) == 2
    session.work.undo()
    assert actions(session) == []


def test_whoever_may_be_meant_is_offered_by_digit(session: Session) -> None:
    preview = preview_actions(session, listed(row(officer="Holt"), row(3, "Holt", "Call")), OCTOBER)
    (question,) = preview.questions
    assert [one.label for one in question.choices] == ["Dee Holt, New Hope", "PS Dan Holt, Police", "Leave out"]
    assert waiting(preview) == [(2, "Officer"), (3, "Officer")]
    done = import_actions(session, listed(row(officer="Holt"), row(3, "Holt", "Call")), OCTOBER, {question.key: "dee"})
    assert done.new == 2 and {one.officer_id for one in actions(session)} == {"dee"}


def test_an_agency_behind_the_name_is_no_doubt(session: Session) -> None:
    assert preview_actions(session, listed(row(officer="Dan Holt (Police)")), OCTOBER).new == 1


def test_somebody_nobody_knows_is_added_or_left_out(session: Session) -> None:
    parsed = listed(row(officer="Leo Park"), row(3, "Leo Park", "Call"))
    preview = preview_actions(session, parsed, OCTOBER)
    (question,) = preview.questions
    assert [one.label for one in question.choices] == ["Leave out", "Add to New Hope", "Add to Police"]
    left = import_actions(session, parsed, OCTOBER, {officer_key("Leo Park"): OUT})
    assert (left.new, [one.line for one in left.dropped]) == (0, [2, 3])
    done = import_actions(session, parsed, OCTOBER, {officer_key("Leo Park"): f"{ADD}hope"})
    assert (done.new, done.added) == (2, ("Leo Park",))
    with session.work.reading() as records:
        (leo,) = records.find(Member, name="Leo Park")
    assert leo.standing is Standing.OCCASIONAL and {one.officer_id for one in actions(session)} == {leo.id}


def test_nobody_in_particular_is_not_added(session: Session) -> None:
    (question,) = preview_actions(session, listed(row(officer="Duty Officer")), OCTOBER).questions
    assert [one.value for one in question.choices] == [OUT]


def test_a_case_that_is_known_takes_its_action_and_one_that_is_not_is_asked_about() -> None:
    session = prepared_session()
    with session.work.reading() as records:
        case = next(one for one in records.find(Case) if one.reference)
        member = records.find(Member)[0]
    parsed = listed(
        row(officer=member.name, reference=case.reference),
        row(3, member.name, "Call", reference="SN-2019-999999"),
    )
    preview = preview_actions(session, parsed, OCTOBER)
    assert [one.about for one in preview.details] == [case.reference] and waiting(preview) == [(3, "Case reference")]
    assert import_actions(session, parsed, OCTOBER, {case_key("SN-2019-999999"): GROUP}).new == 2


def test_a_reference_that_lost_a_zero_is_asked_about_with_the_known_one() -> None:
    session = prepared_session()
    with session.work.reading() as records:
        case = next(one for one in records.find(Case) if one.reference)
        member = records.find(Member)[0]
    year, number = case.reference.removeprefix("SN-").split("-")
    mangled = f"SN-{year}-0{number}"
    parsed = listed(row(officer=member.name, reference=mangled))
    preview = preview_actions(session, parsed, OCTOBER)
    assert [(one.reference, one.known) for one in preview.looks_like] == [(mangled, case.reference)]
    done = import_actions(session, parsed, OCTOBER, {case_key(mangled): SAME})
    assert [one.about for one in done.details] == [case.reference]


def test_the_same_list_twice_brings_nothing_new(session: Session) -> None:
    import_actions(session, listed(row()), OCTOBER)
    again = import_actions(session, listed(row()), OCTOBER)
    assert (again.new, again.unchanged, len(actions(session))) == (0, 1, 1)


def test_without_a_day_the_day_of_the_document_counts_and_without_that_it_is_asked_for(session: Session) -> None:
    assert waiting(preview_actions(session, listed(row()))) == [(2, "Agreed on")]
    assert preview_actions(session, listed(row(), named_day=OCTOBER)).held_on == OCTOBER
    ahead = preview_actions(session, listed(row(agreed_on=date(2030, 1, 1))))
    assert [(one.line, one.column) for one in ahead.refused] == [(2, "Agreed on")]


def test_they_are_asked_about_round_the_table_of_the_first_meeting() -> None:
    session = prepared_session()
    with session.work.reading() as records:
        member = records.find(Member)[0]
    before = len(round_table(session).rows)
    import_actions(session, listed(row(officer=member.name, what="Mend the gate")), OCTOBER)
    rows = round_table(session).rows
    assert len(rows) == before + 1
    assert [one.history for one in rows if one.action.what == "Mend the gate"][0].startswith("Agreed")


def test_who_only_reads_cannot_bring_them_in(session: Session) -> None:
    with pytest.raises(NotAllowed):
        import_actions(replace(session, roles=frozenset({Role.NEW_HOPE_LEAD})), listed(row()), OCTOBER)
