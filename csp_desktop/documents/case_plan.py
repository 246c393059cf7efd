"""The management plan of a case as a PDF of one page: aim, lead, steps by month, and when the case would close."""

from collections.abc import Iterator
from datetime import datetime

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.cases.case_plan import PlanSheet
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.minutes.paper_parts import HANDLING, Block, Grid, Section, Words
from csp_desktop.domain.minutes.record import MARKING

TITLE = "Case management plan"


def print_case_plan(plan: PlanSheet, partnership: str, at: datetime) -> bytes:
    """A4; `at` is when it is printed."""
    day = paper_day(at.date())
    return print_paper(
        Paper(
            title=f"{TITLE}, {partnership}",
            author=partnership,
            marking=MARKING,
            head=f"{TITLE}, {day}",
            edition=plan.reference,
            language="en-GB",
            opening=tuple(_facts(plan)),
            sections=(Section("steps", "", 1, "Steps by month", _steps(plan)),),
            created=at,
        )
    )


def _facts(plan: PlanSheet) -> Iterator[Words]:
    yield Words(HANDLING)
    yield Words(f"{plan.reference}.", "Safety Net case:")
    yield Words(f"{plan.aim.rstrip('.')}.", "Aim:")
    yield Words(f"{plan.lead or 'Not named'}.", "Lead agency:")
    if plan.close_when:
        yield Words(f"{plan.close_when.rstrip('.')}.", "We would close when:")
    if plan.review_on is not None:
        yield Words(f"{paper_day(plan.review_on)}.", "Looked at next:")
    yield Words(f"{plan.tried.rstrip('.') or 'Nothing yet'}.", "Support tried so far:")


def _steps(plan: PlanSheet) -> tuple[Block, ...]:
    if not plan.rows:
        return (Words("No steps yet."),)
    return (Grid("Steps by month", ("By the end of", "Step", "Whose", "How it stands"), plan.rows, (18, 42, 22, 18)),)
