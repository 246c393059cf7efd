"""Assessing the risk of a case with the matrix in force: answers kept one by one, and what they come to.

What is scored here is a worksheet: the total of the case stays Safety Net's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from csp_desktop.domain.cases.case_assessment import CaseAssessment, Entered, Standing, standing
from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint
from csp_desktop.domain.cases.risk_matrix import Matrix, Moved, RiskMatrixFile, Score, read_matrix, score, what_moved
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.services.cases.matrices import answered, in_force_in, keep_matrix, keep_used
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Sheet:
    """The assessment of one case as it stands today. `matrix` holds the factors that apply to such a case; `before` is
    the last assessment of an earlier day, `then` its answers where it was made with this version of the matrix."""

    case: Case
    file: RiskMatrixFile
    matrix: Matrix
    today: CaseAssessment | None
    before: CaseAssessment | None
    answers: Mapping[str, str]
    then: Mapping[str, str]
    score: Score

    @property
    def shown_band(self) -> Band:
        """The band that counts: an override's, else that of the answers given."""
        return self.today.shown_band if self.today is not None else self.score.band

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Of the factors answered today, those whose answers differ from last time's; none where there is nothing to
        compare with."""
        then = {key: value for key, value in self.then.items() if self.answers.get(key)}
        return what_moved(self.matrix, then, self.answers) if self.then else ()


@dataclass(frozen=True)
class Worksheet:
    """The latest assessment of a case made here, and where it stands with Safety Net."""

    case: Case
    made: CaseAssessment
    standing: Standing

    @property
    def words(self) -> str:
        """'to enter in Safety Net: 29', 'unfinished assessment: 20+', 'assessed here 29, Safety Net 31'; nothing once
        Safety Net has it."""
        total, there = self.made.total_words, self.standing.point
        if self.standing.state is Entered.CONFIRMED:
            return ""
        if self.standing.state is Entered.UNFINISHED:
            return f"unfinished assessment: {total}"
        if self.standing.state is Entered.DIFFERS and there is not None:
            return f"assessed here {total}, Safety Net {there.total}"
        return f"to enter in Safety Net: {total}"


def sheet(session: Session, case_id: str) -> Sheet:
    """The sheet of one case."""
    with session.work.reading() as records:
        return _sheet(records, session, records.get(Case, case_id))


def _sheet(records: Records, session: Session, case: Case) -> Sheet:
    force = in_force_in(records, session)
    matrix = force.matrix.for_subject(case.subject_type)
    made = assessments_in(records, case.id)
    today = next((one for one in made if one.on == session.today), None)
    before = next((one for one in reversed(made) if one.on < session.today), None)
    answers = dict(today.answers) if today is not None and today.matrix_id == force.file.id else {}
    then = dict(before.answers) if before is not None and before.matrix_id == force.file.id else {}
    return Sheet(case, force.file, matrix, today, before, answers, then, score(matrix, answers))


def assessments(session: Session, case_id: str) -> tuple[CaseAssessment, ...]:
    """Every assessment of a case made here, the oldest first."""
    with session.work.reading() as records:
        return tuple(assessments_in(records, case_id))


def answer(session: Session, case_id: str, factor: str, option: str) -> Sheet:
    """Keep one answer of today's assessment; an empty one takes it back, and with the last the assessment. Raises
    Refused for a factor that is not asked of such a case, a closed case, and an answer the matrix does not know."""
    return _change(session, case_id, lambda now: {**now.answers, factor: option}, "one answer")


def answer_as_before(session: Session, case_id: str) -> Sheet:
    """What is still unanswered today takes the answer of the last assessment. Raises Refused where there is none to
    take."""

    def changed(now: Sheet) -> dict[str, str]:
        if not now.then:
            raise Refused(
                "No earlier assessment was made with this version of the matrix. Answer the factors one by one."
            )
        return {**now.then, **now.answers}

    return _change(session, case_id, changed, "answers as last time")


def assess(session: Session, case_id: str, answers: Mapping[str, str]) -> Sheet:
    """Keep a whole set of answers as today's assessment; those given today before and not named stay."""
    return _change(session, case_id, lambda now: {**now.answers, **answers}, "answers together")


def override_band(session: Session, case_id: str, band: Band | None, reason: str) -> CaseAssessment:
    """Another level than the matrix gives, beside the original with name and reason; none takes it back. Raises Refused
    without a reason, or where nothing is answered today."""
    session.require_case_worker()
    words = " ".join(reason.split())
    if band is not None and not words:
        raise Refused("Say why the risk level differs from the matrix.")
    with session.work.step("override of a risk level") as records:
        case = _open_case(records, case_id)
        now = _sheet(records, session, case)
        if now.today is None:
            raise Refused("Answer at least one factor first.")
        by = session.user_name if band is not None else ""
        after = replace(now.today, override_band=band, override_by=by, override_reason=words if band else "")
        records.save(after)
    return after


def worksheets(session: Session) -> list[Worksheet]:
    """The latest assessment made here of each open case that Safety Net has not confirmed, the oldest first."""
    with session.work.reading() as records:
        return worksheets_in(records)


def worksheets_in(records: Records) -> list[Worksheet]:
    """The same inside a transaction."""
    latest = {one.case_id: one for one in sorted(records.find(CaseAssessment), key=lambda made: made.on)}
    if not latest:
        return []
    cases = {case.id: case for case in records.find(Case, id=tuple(latest)) if case.status is not CaseStatus.CLOSED}
    points = records.find(RiskPoint, case_id=tuple(latest))
    found = [
        Worksheet(cases[key], made, standing(made, [one for one in points if one.case_id == key]))
        for key, made in latest.items()
        if key in cases
    ]
    return sorted((one for one in found if one.standing.state is not Entered.CONFIRMED), key=lambda one: one.made.on)


def worksheet_of(session: Session, case_id: str) -> Worksheet | None:
    """The latest assessment of a case made here; None where none was made."""
    with session.work.reading() as records:
        made = assessments_in(records, case_id)
        if not made:
            return None
        there = standing(made[-1], records.find(RiskPoint, case_id=case_id))
        return Worksheet(records.get(Case, case_id), made[-1], there)


def load_matrix(session: Session, text: str) -> RiskMatrixFile:
    """Load another matrix for cases; what was scored before keeps its version."""
    session.require_settings_keeper()
    return keep_matrix(session, text)


def matrix_of(session: Session, made: CaseAssessment) -> Matrix:
    """The matrix an assessment was made with."""
    with session.work.reading() as records:
        return read_matrix(records.get(RiskMatrixFile, made.matrix_id).text)


def assessments_in(records: Records, case_id: str) -> list[CaseAssessment]:
    """The same inside a transaction."""
    return sorted(records.find(CaseAssessment, case_id=case_id), key=lambda one: one.on)


def _open_case(records: Records, case_id: str) -> Case:
    case: Case = records.get(Case, case_id)
    if case.status is CaseStatus.CLOSED:
        raise Refused("This case is closed. Reopen it before assessing its risk.")
    return case


def _change(session: Session, case_id: str, changed: Callable[[Sheet], Mapping[str, str]], what: str) -> Sheet:
    session.require_case_worker()
    with session.work.step(f"risk assessment: {what}") as records:
        case = _open_case(records, case_id)
        now = _sheet(records, session, case)
        wanted = {key: value for key, value in changed(now).items() if value}
        unknown = [key for key in wanted if now.matrix.factor(key) is None]
        if unknown:
            raise Refused(f"The matrix has no factor “{unknown[0]}” for a {case.subject_type.value.lower()} case.")
        _keep(records, session, now, wanted)
        return _sheet(records, session, case)


def _keep(records: Records, session: Session, now: Sheet, wanted: Mapping[str, str]) -> None:
    given, came = answered(now.matrix, wanted)
    if not given:
        if now.today is not None:
            records.remove(now.today)
        return
    keep_used(records, now.file)
    kept = now.today
    records.save(
        CaseAssessment(
            kept.id if kept else new_id(),
            now.case.id,
            session.today,
            session.user_name,
            now.file.id,
            now.matrix.version,
            given,
            came.total,
            came.ceiling,
            came.band,
            came.escalated_by,
            kept.override_band if kept else None,
            kept.override_by if kept else "",
            kept.override_reason if kept else "",
            _at_table(records, now.case.id),
        )
    )


def _at_table(records: Records, case_id: str) -> str:
    """The meeting that is in session with this case on its walk; empty between meetings."""
    running = records.find(Meeting, state=MeetingState.IN_SESSION)
    if not running or not records.find(CaseTurn, meeting_id=running[0].id, case_id=case_id):
        return ""
    return str(running[0].id)
