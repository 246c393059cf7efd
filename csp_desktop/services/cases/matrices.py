"""Risk matrices as a file keeps them: which one is in force, and loading another. The same for both meetings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csp_desktop.domain.cases.risk_matrix import Answers, Matrix, RiskMatrixFile, Score, Scored, read_matrix, score
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

SHIPPED = "shipped"  # of the matrix that came with the program, kept once something is scored with it


@dataclass(frozen=True)
class InForce:
    """The matrix in force and the file it came from."""

    file: RiskMatrixFile
    matrix: Matrix


@dataclass(frozen=True)
class KeptMatrix:
    """One matrix the file keeps, or the one that came with the program; `in_force` is the one that is scored with."""

    file: RiskMatrixFile
    in_force: bool


def kept_matrices(session: Session) -> tuple[KeptMatrix, ...]:
    """Every matrix ever loaded, the one in force first."""
    with session.work.reading() as records:
        kept = records.find(RiskMatrixFile)
        force = valid_in(records, session)
    if force is not None and force.id not in {one.id for one in kept}:
        kept = [*kept, force]
    newest = sorted(kept, key=lambda one: (one.loaded_on, one.valid_from, one.version), reverse=True)
    rows = [KeptMatrix(one, force is not None and one.id == force.id) for one in newest]
    return tuple(sorted(rows, key=lambda row: not row.in_force))


def in_force(session: Session) -> InForce:
    """The newest matrix whose day has come. Raises Refused where there is none."""
    with session.work.reading() as records:
        return in_force_in(records, session)


def in_force_in(records: Records, session: Session) -> InForce:
    """The same inside a transaction. Raises Refused where there is none."""
    newest = valid_in(records, session)
    if newest is None:
        raise Refused("No risk matrix is in force. Load one under Settings, Risk matrix.")
    return InForce(newest, read_matrix(newest.text))


def valid_in(records: Records, session: Session) -> RiskMatrixFile | None:
    """The newest file whose day has come; until one is kept, the shipped one."""
    kept = records.find(RiskMatrixFile)
    valid = [one for one in kept if one.valid_from <= session.today]
    shipped = session.papers.shipped_matrix
    if not kept and shipped is not None:
        return replace(_file(shipped(), session), id=SHIPPED)
    return max(valid, key=lambda one: (one.loaded_on, one.valid_from, one.version), default=None)


def keep_used(records: Records, file: RiskMatrixFile) -> None:
    """Keep the matrix something is scored with, if it is the shipped one that nothing was scored with before."""
    if not records.find(RiskMatrixFile, id=file.id):
        records.save(file)


def days_out_of_date(scored: Scored | None, today: date, matrix: Matrix | None) -> int:
    """How many days a score is past the review days of its band; 0 without a score or matrix."""
    if scored is None or matrix is None:
        return 0
    limits = {rule.band: rule.review_days for rule in matrix.bands}
    return days_overdue(scored.on + timedelta(days=limits.get(scored.shown_band, 0)), today)


def keep_matrix(session: Session, text: str) -> RiskMatrixFile:
    """Keep a matrix: from its day on it is in force. Raises Refused for one that cannot be read, is in force already,
    or has the name and version of another."""
    matrix = read_matrix(text)
    with session.work.step(f"risk matrix {matrix.name} {matrix.version}") as records:
        for other in records.find(RiskMatrixFile):
            if (other.name, other.version) == (matrix.name, matrix.version) and other.text != text:
                raise Refused(
                    f"A different matrix “{matrix.name}”, version {matrix.version}, is already kept. Give the "
                    "new one its own version."
                )
        force = valid_in(records, session)
        if force is not None and force.id != SHIPPED and force.text == text:
            raise Refused("This matrix is already in force.")
        made = _file(text, session)
        records.save(made)
    return made


def _file(text: str, session: Session) -> RiskMatrixFile:
    matrix = read_matrix(text)
    return RiskMatrixFile(
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


def answered(matrix: Matrix, answers: Mapping[str, str]) -> tuple[Answers, Score]:
    """What is answered, in the matrix's order, and what it comes to."""
    came = score(matrix, answers)
    return tuple((one.key, answers[one.key]) for one in matrix.factors if answers.get(one.key)), came
