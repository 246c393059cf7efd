"""Risk is scored with the matrix in force; a scoring keeps its version, and another band stands beside it with why."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import Assessment, RiskMatrixFile
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.services.cases import matrices
from csp_desktop.services.private import scoring
from csp_desktop.services.session import Session
from tests.support.private_session import DAY, LEAD, MATRIX, private_session


def matrix(**changes: Any) -> str:
    return json.dumps({**json.loads(MATRIX), **changes}, ensure_ascii=False)


@pytest.fixture
def session() -> Session:
    return private_session()


def later(session: Session, days: int) -> Session:
    return replace(session, now=lambda: session.now() + timedelta(days=days))


def kept(session: Session, kind: type[Any]) -> list[Any]:
    with session.work.reading() as records:
        return list(records.find(kind))


def test_a_matrix_is_loaded_with_the_day_and_who_loaded_it(session: Session) -> None:
    (file,) = kept(session, RiskMatrixFile)
    assert (file.name, file.version, file.illustrative) == ("Rough sleeping risk", "1", True)
    assert (file.valid_from, file.loaded_on, file.loaded_by, file.text) == (date(2026, 1, 1), DAY, LEAD, MATRIX)
    assert file.issuer.startswith("Made for this program")
    force = matrices.in_force(session)
    assert force.file == file and force.matrix.name == file.name


def test_the_newest_matrix_whose_day_has_come_is_in_force(session: Session) -> None:
    scoring.load_matrix(later(session, 1), matrix(version="3", valid_from=(DAY + timedelta(days=10)).isoformat()))
    assert matrices.in_force(session).matrix.version == "1"
    assert matrices.in_force(later(session, 9)).matrix.version == "1"
    assert matrices.in_force(later(session, 10)).matrix.version == "3"
    scoring.load_matrix(session, matrix(version="2", valid_from=DAY.isoformat()))
    assert matrices.in_force(session).matrix.version == "2"
    rows = matrices.kept_matrices(session)
    assert [(row.file.version, row.in_force) for row in rows] == [("2", True), ("3", False), ("1", False)]


def test_of_two_loaded_on_one_day_the_one_that_is_valid_later_counts(session: Session) -> None:
    scoring.load_matrix(session, matrix(version="0", valid_from="2026-02-01"))
    assert matrices.in_force(session).matrix.version == "0"
    scoring.load_matrix(session, matrix(version="5", valid_from="2026-02-01"))
    assert matrices.in_force(session).matrix.version == "5"


def test_without_a_matrix_nothing_is_scored() -> None:
    session = private_session()
    for file in kept(session, RiskMatrixFile):
        with session.work.step("gone") as records:
            records.remove(file)
    with pytest.raises(Refused, match="No risk matrix is in force"):
        scoring.would_be(session, {})
    assert scoring.keep_shipped_matrix(replace(session, roles=frozenset()), MATRIX).version == "1"


def test_one_version_has_one_content_and_the_matrix_in_force_is_not_loaded_again(session: Session) -> None:
    with pytest.raises(Refused, match="version 1, is already kept"):
        scoring.load_matrix(session, matrix(issuer="Another body"))
    with pytest.raises(Refused, match="already in force"):
        scoring.load_matrix(session, MATRIX)
    other_name = scoring.load_matrix(
        session, matrix(name="Another risk", issuer="Another body", valid_from="2026-02-01")
    )
    assert matrices.in_force(session).file == other_name
    assert scoring.load_matrix(session, MATRIX).version == "1", "an earlier one may be put in force again"


def test_only_the_lead_and_deputy_load_score_and_override(session: Session) -> None:
    chair = replace(session, roles=frozenset({Role.CHAIR}))
    acts: list[Callable[[], object]] = [
        lambda: scoring.load_matrix(chair, matrix(version="2")),
        lambda: scoring.assess(chair, "kit", {"cold": "1"}),
        lambda: scoring.override_band(chair, "a", Band.HIGH, "why"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    deputy = replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY}))
    assert scoring.assess(deputy, "kit", {"cold": "1"}).total == 2


def test_a_scoring_keeps_what_was_answered_and_what_it_came_to(session: Session) -> None:
    given = {"cold": "2", "health": "3", "drugs": "", "violence": "0"}
    made = scoring.assess(session, "kit", given)
    came = scoring.would_be(session, given)
    assert made.answers == (("health", "3"), ("cold", "2"), ("violence", "0"))
    assert (made.person_id, made.on, made.by, made.matrix_version) == ("kit", DAY, LEAD, "1")
    assert made.matrix_id == matrices.in_force(session).file.id
    assert (made.total, made.ceiling, made.band, made.escalated_by) == (13, came.ceiling, Band.HIGH, came.escalated_by)
    assert made.escalated_by.startswith("Physical health") and kept(session, Assessment) == [made]


def test_a_second_scoring_of_a_day_takes_the_place_of_the_first_and_of_another_day_stands_beside_it(
    session: Session,
) -> None:
    first = scoring.assess(session, "kit", {"cold": "1"})
    second = scoring.assess(session, "kit", {"cold": "2"})
    assert second.id == first.id and kept(session, Assessment) == [second]
    scoring.assess(session, "dana", {"cold": "1"})
    scoring.assess(later(session, 1), "kit", {"cold": "0"})
    assert len(kept(session, Assessment)) == 3


def test_a_scoring_without_an_answer_is_none(session: Session) -> None:
    for given in ({}, {"cold": ""}, {"no such factor": "1"}):
        with pytest.raises(Refused, match="at least one factor"):
            scoring.assess(session, "kit", given)
    assert kept(session, Assessment) == []


def test_another_band_stands_beside_the_matrixs_with_name_and_reason(session: Session) -> None:
    made = scoring.assess(session, "kit", {"cold": "1"})
    with pytest.raises(Refused, match="Say why"):
        scoring.override_band(session, made.id, Band.HIGH, "  ")
    after = scoring.override_band(session, made.id, Band.HIGH, " seen  in hospital ")
    assert (after.band, after.shown_band) == (made.band, Band.HIGH)
    assert (after.override_by, after.override_reason) == (LEAD, "seen in hospital")
    assert kept(session, Assessment) == [after]


def test_two_scorings_are_compared_only_of_one_matrix(session: Session) -> None:
    before = scoring.assess(session, "kit", {"cold": "1", "care": "1"})
    after = scoring.assess(later(session, 7), "kit", {"cold": "2", "care": "1"})
    assert [(move.label, move.points) for move in scoring.moved(session, before, after)] == [
        (matrices.in_force(session).matrix.factor("cold").label, 2)  # type: ignore[union-attr]
    ]
    assert scoring.moved(session, None, after) == ()
    assert scoring.moved(session, replace(before, matrix_id="another"), after) == ()
