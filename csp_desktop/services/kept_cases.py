"""The group's file: closed cases and everything that belongs to one."""

from typing import Any

from csp_desktop.domain.actions import Action, ActionAnswer
from csp_desktop.domain.cases import Case, CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.disclosures import Disclosure
from csp_desktop.domain.kept_text import KeptText
from csp_desktop.domain.meeting import CaseTurn
from csp_desktop.domain.retention import CASE, LegalHold
from csp_desktop.services.kept_subjects import Ended, Subjects
from csp_desktop.services.ports import Records
from csp_desktop.services.session import Role, Session


def _anybody(session: Session, records: Records) -> None:
    """Reading is everybody's."""


def _closed(records: Records) -> list[Ended]:
    cases = records.find(Case, status=CaseStatus.CLOSED)
    ids = tuple(case.id for case in cases)
    steps = records.find(StatusChange, case_id=ids, after=CaseStatus.CLOSED) if ids else []
    return [
        Ended(
            case.id, case.reference, case.title,
            max((s.on for s in steps if s.case_id == case.id), default=case.as_of or case.created_on),
        )
        for case in cases
    ]  # fmt: skip


def _belonging(records: Records, case: Case) -> list[Any]:
    actions = records.find(Action, case_id=case.id)
    found: list[Any] = []
    if actions:
        found += records.find(ActionAnswer, action_id=tuple(action.id for action in actions))
    found += actions
    for kind in (CaseTurn, RiskPoint, StatusChange, Disclosure, LegalHold, KeptText):
        found += records.find(kind, case_id=case.id)
    return [*found, case]


def _nothing_else(records: Records, case: Case) -> None:
    """No record that stays knows a case by its id."""


CASES = Subjects(
    Case,
    CASE,
    (Role.CHAIR, Role.ADMINISTRATOR),
    _anybody,
    _closed,
    "Only a closed case can be erased. Close it at a meeting first.",
    _belonging,
    _nothing_else,
    {
        Case: "case",
        CaseTurn: "discussions at meetings",
        Action: "actions",
        ActionAnswer: "answers to actions",
        RiskPoint: "risk scores",
        StatusChange: "steps in its life",
        Disclosure: "disclosure lines",
        LegalHold: "past legal holds",
        KeptText: "texts kept in minutes",
    },
)
