"""Scoring risk with the matrix in force: what was answered, what it comes to, what moved since last time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import (
    Assessment,
    Matrix,
    Moved,
    RiskMatrixFile,
    Score,
    read_matrix,
    score,
    what_moved,
)
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class InForce:
    """The matrix in force and the file it came from."""

    file: RiskMatrixFile
    matrix: Matrix


def in_force(session: Session) -> InForce:
    """The newest matrix whose day has come."""
    with session.work.reading() as records:
        return in_force_in(records, session)


def in_force_in(records: Records, session: Session) -> InForce:
    """The same inside a transaction. Raises Refused where no matrix is in force."""
    newest = valid_in(records, session)
    if newest is None:
        raise Refused("No risk matrix is in force. Load one under Settings, Risk matrix.")
    return InForce(newest, read_matrix(newest.text))


def valid_in(records: Records, session: Session) -> RiskMatrixFile | None:
    """The newest file whose day has come."""
    valid = [one for one in records.find(RiskMatrixFile) if one.valid_from <= session.today]
    return max(valid, key=lambda one: (one.loaded_on, one.valid_from, one.version), default=None)


def days_out_of_date(scored: Assessment | None, today: date, matrix: Matrix | None) -> int:
    """How many days a score is past the review days of its band in the matrix in force; 0 without a score or matrix."""
    if scored is None or matrix is None:
        return 0
    limits = {rule.band: rule.review_days for rule in matrix.bands}
    return days_overdue(scored.on + timedelta(days=limits.get(scored.shown_band, 0)), today)


def keep_shipped_matrix(session: Session, text: str) -> RiskMatrixFile:
    """A new private file begins with the illustrative matrix."""
    return _keep(session, text)


def load_matrix(session: Session, text: str) -> RiskMatrixFile:
    """Load another matrix; what was scored before keeps its version."""
    session.require(*LEADING)
    return _keep(session, text)


def _keep(session: Session, text: str) -> RiskMatrixFile:
    matrix = read_matrix(text)
    with session.work.step(f"risk matrix {matrix.name} {matrix.version}") as records:
        for other in records.find(RiskMatrixFile):
            if (other.name, other.version) == (matrix.name, matrix.version) and other.text != text:
                raise Refused(
                    f"A different matrix “{matrix.name}”, version {matrix.version}, is already kept. Give the "
                    "new one its own version."
                )
        force = valid_in(records, session)
        if force is not None and force.text == text:
            raise Refused("This matrix is already in force.")
        kept = RiskMatrixFile(
            new_id(),
            matrix.name,
            matrix.issuer,
            matrix.version,
            matrix.valid_from,
            matrix.illustrative,
            text,
            session.today,
            session.user_name,
        )
        records.save(kept)
    return kept


def would_be(session: Session, answers: Mapping[str, str]) -> Score:
    """What the answers come to, while they are being given."""
    return score(in_force(session).matrix, answers)


def assess(session: Session, person_id: str, answers: Mapping[str, str]) -> Assessment:
    """Keep a scoring, dated today; a second one on the same day takes the place of the first. Raises Refused where
    nothing is answered, and where no matrix is in force."""
    session.require(*LEADING)
    with session.work.step("a risk scoring") as records:
        force = in_force_in(records, session)
        came = score(force.matrix, answers)
        given = tuple((f.key, answers[f.key]) for f in force.matrix.factors if answers.get(f.key))
        if not given:
            raise Refused("Answer at least one factor.")
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
