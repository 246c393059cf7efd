"""What was said of cases that an export leaves open, kept for whoever acts on them. Nothing closes by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.import_decisions import ALIKE, ImportAnswer, ImportDecision
from csp_desktop.domain.common.ids import new_id
from csp_desktop.services.cases.import_questions import LooksLike
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Said:
    """An answer: of which case, under which reference in the export."""

    case_id: str
    reference: str
    answer: ImportAnswer


def said_of(
    looks_like: Sequence[LooksLike],
    vanished: Sequence[Case],
    gone: Mapping[str, ImportAnswer],
    known: Mapping[str, Case],
) -> tuple[Said, ...]:
    """What the answers to an export come to."""
    alike = [Said(known[one.known].id, one.reference, one.answer) for one in looks_like if one.answer]
    left = [Said(case.id, case.reference, gone[case.reference]) for case in vanished if case.reference in gone]
    return (*alike, *left)


def keep_decisions(session: Session, records: Records, said: Sequence[Said], as_of: date) -> None:
    """Keep each answer that is not known already. Within the step that takes the export in."""
    known = {(one.case_id, one.reference): one for one in decisions_in(records)}
    for one in said:
        before = known.get((one.case_id, one.reference))
        if before is None or before.answer is not one.answer or _is_over(records, before, as_of):
            made = ImportDecision(
                new_id(), one.case_id, one.reference, one.answer, as_of, session.now(), session.user_name
            )
            records.save(made)


def _is_over(records: Records, before: ImportDecision, as_of: date) -> bool:
    """Whether an answer is said again of something new: the case was there in between, or it was only of one file."""
    if before.answer in ALIKE:
        return False
    since = as_of if before.answer is ImportAnswer.PART_FILE else records.get(Case, before.case_id).as_of
    return since is not None and before.as_of < since


def decisions_in(records: Records) -> list[ImportDecision]:
    """All of them, the latest last."""
    return sorted(records.find(ImportDecision), key=lambda one: (one.as_of, one.at))


def decisions(session: Session) -> tuple[ImportDecision, ...]:
    """The last answer of each case and reference, the latest first: what is to be acted on."""
    with session.work.reading() as records:
        last = {(one.case_id, one.reference): one for one in decisions_in(records)}
    return tuple(sorted(last.values(), key=lambda one: (one.as_of, one.at), reverse=True))
