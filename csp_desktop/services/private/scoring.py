"""Scoring risk with the matrix in force: what was answered, what it comes to, what moved since last time."""

from collections.abc import Mapping
from dataclasses import replace

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import (
    Assessment,
    Moved,
    RiskMatrixFile,
    Score,
    read_matrix,
    score,
    what_moved,
)
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.services.cases.matrices import answered, in_force, in_force_in, keep_matrix, keep_used
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session


def keep_shipped_matrix(session: Session, text: str) -> RiskMatrixFile:
    """A new private file begins with the illustrative matrix."""
    return keep_matrix(session, text)


def load_matrix(session: Session, text: str) -> RiskMatrixFile:
    """Load another matrix; what was scored before keeps its version."""
    session.require(*LEADING)
    return keep_matrix(session, text)


def would_be(session: Session, answers: Mapping[str, str]) -> Score:
    """What the answers come to, while they are being given."""
    return score(in_force(session).matrix, answers)


def assess(session: Session, person_id: str, answers: Mapping[str, str]) -> Assessment:
    """Keep a scoring, dated today; a second one on the same day takes the place of the first. Raises Refused where
    nothing is answered, and where no matrix is in force."""
    session.require(*LEADING)
    with session.work.step("a risk scoring") as records:
        force = in_force_in(records, session)
        given, came = answered(force.matrix, answers)
        if not given:
            raise Refused("Answer at least one factor.")
        keep_used(records, force.file)
        today = [a for a in records.find(Assessment, person_id=person_id) if a.on == session.today]
        kept = Assessment(
            today[0].id if today else new_id(),
            person_id,
            session.today,
            session.user_name,
            force.file.id,
            force.matrix.version,
            given,
            came.total,
            came.ceiling,
            came.band,
            came.escalated_by,
        )
        records.save(kept)
    return kept


def override_band(session: Session, assessment_id: str, band: Band, reason: str) -> Assessment:
    """Another band than the matrix gives; it stands beside the original, with name and reason. Raises Refused without a
    reason."""
    session.require(*LEADING)
    if not reason.strip():
        raise Refused("Say why the risk level differs from the matrix.")
    with session.work.step("override of a risk level") as records:
        one = records.get(Assessment, assessment_id)
        words = " ".join(reason.split())
        after = replace(one, override_band=band, override_by=session.user_name, override_reason=words)
        records.save(after)
    return after


def moved(session: Session, before: Assessment | None, after: Assessment) -> tuple[Moved, ...]:
    """The factors that moved between two scorings of one matrix version; none when there is nothing to compare."""
    if before is None or before.matrix_id != after.matrix_id:
        return ()
    with session.work.reading() as records:
        matrix = read_matrix(records.get(RiskMatrixFile, after.matrix_id).text)
    return what_moved(matrix, dict(before.answers), dict(after.answers))
