"""A case is assessed with the matrix in force, answer by answer; Safety Net confirms the sheet or contradicts it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.case_assessment import CaseAssessment, Entered
from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.cases.risk_matrix import RiskMatrixFile, read_matrix
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases import assessing, matrices
from csp_desktop.services.session import Session
from tests.support.held_meeting import partnership

WHOLE = {one.key: one.options[0].key for one in read_matrix(shipped_case_matrix()).factors}  # nothing of anything: 0


@pytest.fixture
def session() -> Session:
    made: Session = partnership()
    return replace(made, papers=replace(made.papers, shipped_matrix=shipped_case_matrix))


def case_of(session: Session) -> Case:
    with session.work.reading() as records:
        return min(records.find(Case), key=lambda one: one.reference)


def changed(session: Session, **fields: Any) -> Case:
    with session.work.step("a case changed") as records:
        after = replace(records.get(Case, case_of(session).id), **fields)
        records.save(after)
    return after


def later(session: Session, days: int) -> Session:
    return replace(session, now=lambda: session.now() + timedelta(days=days))


def kept(session: Session, kind: type[Any]) -> list[Any]:
    with session.work.reading() as records:
        return list(records.find(kind))


def test_every_answer_is_kept_at_once_and_what_is_open_is_named_and_never_zero(session: Session) -> None:
    case = changed(session, subject_type=SubjectType.VICTIM)
    begun = assessing.sheet(session, case.id)
    assert (begun.today, begun.score.words, len(begun.score.unanswered)) == (None, "0 to 79", 18)
    one = assessing.answer(session, case.id, "often", "3")
    (made,) = kept(session, CaseAssessment)
    assert (made.total, made.ceiling, made.answers, made.by) == (5, 79, (("often", "3"),), session.user_name)
    assert one.score.words == "5 to 79" and (one.score.band, one.score.worst) == (Band.STANDARD, Band.HIGH)
    assert "How often it happens" not in one.score.unanswered and len(one.score.unanswered) == 17
    two = assessing.answer(session, case.id, "kind", "3")
    assert two.score.band is Band.HIGH and two.score.escalated_by == "Most serious incident: violence, fire or a weapon"
    assert len(kept(session, CaseAssessment)) == 1
    session.work.undo()
    assert assessing.sheet(session, case.id).answers == {"often": "3"}


def test_an_answer_taken_back_is_unanswered_and_with_the_last_the_sheet_is_gone(session: Session) -> None:
    case = case_of(session)
    assessing.answer(session, case.id, "often", "1")
    assert assessing.answer(session, case.id, "often", "").today is None
    assert kept(session, CaseAssessment) == []


def test_factors_that_do_not_apply_to_a_place_are_not_asked_of_it(session: Session) -> None:
    case = changed(session, subject_type=SubjectType.LOCATION)
    place = assessing.sheet(session, case.id)
    assert len(place.matrix.factors) == 11 and place.matrix.factor("mind") is None
    with pytest.raises(Refused, match="has no factor “mind” for a location case"):
        assessing.answer(session, case.id, "mind", "1")
    answers = {key: value for key, value in WHOLE.items() if place.matrix.factor(key)}
    assert assessing.assess(session, case.id, answers).score.whole


def test_next_time_last_time_s_answers_stand_beside_and_are_taken_where_nothing_changed(session: Session) -> None:
    case = changed(session, subject_type=SubjectType.VICTIM)
    assessing.assess(session, case.id, {**WHOLE, "often": "2"})
    month = later(session, 28)
    fresh = assessing.sheet(month, case.id)
    assert (dict(fresh.answers), fresh.then["often"], fresh.today) == ({}, "2", None)
    assessing.answer(month, case.id, "often", "3")
    whole = assessing.answer_as_before(month, case.id)
    assert whole.score.whole and whole.score.total == 5
    assert [(one.label, one.points) for one in whole.moved] == [("How often it happens", 2)]
    assert [one.total for one in assessing.assessments(month, case.id)] == [3, 5]


def test_with_another_version_nothing_is_compared_and_a_score_keeps_its_version(session: Session) -> None:
    case = changed(session, subject_type=SubjectType.VICTIM)
    assessing.assess(session, case.id, WHOLE)
    said = json.loads(shipped_case_matrix())
    said["version"] = "2"
    said["factors"][0]["options"][1]["points"] = 2
    month = later(session, 28)
    assessing.load_matrix(month, json.dumps(said))
    fresh = assessing.sheet(month, case.id)
    assert (fresh.matrix.version, fresh.then) == ("2", {})
    with pytest.raises(Refused, match="No earlier assessment was made with this version"):
        assessing.answer_as_before(month, case.id)
    (made,) = kept(session, CaseAssessment)
    assert assessing.matrix_of(month, made).version == "1"
    assert {file.version for file in kept(session, RiskMatrixFile)} == {"1", "2"}


def test_an_override_stands_beside_the_original_with_name_and_reason(session: Session) -> None:
    case = case_of(session)
    with pytest.raises(Refused, match="Answer at least one factor first"):
        assessing.override_band(session, case.id, Band.HIGH, "Known to three agencies")
    assessing.answer(session, case.id, "often", "1")
    with pytest.raises(Refused, match="Say why"):
        assessing.override_band(session, case.id, Band.HIGH, "  ")
    over = assessing.override_band(session, case.id, Band.HIGH, " Known to  three agencies ")
    assert (over.band, over.shown_band) == (Band.STANDARD, Band.HIGH)
    assert (over.override_by, over.override_reason) == (session.user_name, "Known to three agencies")
    assert assessing.answer(session, case.id, "long", "1").shown_band is Band.HIGH
    assert assessing.override_band(session, case.id, None, "").shown_band is Band.STANDARD


@pytest.mark.parametrize(
    ("total", "days", "state"),
    [(0, 0, None), (0, 3, None), (4, 3, Entered.DIFFERS), (0, -1, Entered.TO_ENTER)],
)
def test_a_worksheet_is_to_be_entered_until_an_import_confirms_or_contradicts_it(
    session: Session, total: int, days: int, state: Entered | None
) -> None:
    case = changed(session, subject_type=SubjectType.VICTIM)
    assessing.answer(session, case.id, "often", "0")
    assert [one.standing.state for one in assessing.worksheets(session)] == [Entered.UNFINISHED]
    assessing.assess(session, case.id, WHOLE)
    assert [one.standing.state for one in assessing.worksheets(session)] == [Entered.TO_ENTER]
    day = session.today + timedelta(days=days)
    with session.work.step("an import") as records:
        records.save(RiskPoint("p", case.id, day, total, Band.STANDARD, day, day))
    found = [one.standing.state for one in assessing.worksheets(session)]
    assert found == ([] if state is None else [state])


def test_a_closed_case_is_not_assessed(session: Session) -> None:
    case = changed(session, status=CaseStatus.CLOSED)
    with pytest.raises(Refused, match="Reopen it before"):
        assessing.answer(session, case.id, "often", "1")


def test_an_unknown_answer_is_refused_and_nothing_is_kept(session: Session) -> None:
    with pytest.raises(Refused, match="no answer “9”"):
        assessing.answer(session, case_of(session).id, "often", "9")
    assert kept(session, CaseAssessment) == [] and kept(session, RiskMatrixFile) == []


def test_only_who_records_the_meeting_assesses(session: Session) -> None:
    reader = replace(session, roles=frozenset())
    case = case_of(session)
    for change in (
        lambda: assessing.answer(reader, case.id, "often", "1"),
        lambda: assessing.override_band(reader, case.id, Band.HIGH, "why"),
        lambda: assessing.load_matrix(reader, shipped_case_matrix()),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_the_shipped_matrix_is_kept_with_the_first_score_and_once(session: Session) -> None:
    case = case_of(session)
    assert kept(session, RiskMatrixFile) == [] and matrices.in_force(session).matrix.version == "1"
    assessing.answer(session, case.id, "often", "1")
    assessing.answer(session, case.id, "long", "1")
    (file,) = kept(session, RiskMatrixFile)
    assert file.text == shipped_case_matrix() and file.loaded_by == session.user_name
