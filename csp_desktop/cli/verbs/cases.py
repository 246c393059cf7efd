"""Cases: those that are open, and assessing the risk of one."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.clocks import Promise
from csp_desktop.domain.cases.risk_matrix import Matrix
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.walk import Walked, place_sums
from csp_desktop.services.cases import assessing
from csp_desktop.services.cases.case_links import links_in
from csp_desktop.services.cases.case_plans import PlanOfCase, plan_facts, plans_of
from csp_desktop.services.cases.cases import until_next_meeting, walk_candidates
from csp_desktop.services.cases.incoming_referrals import incoming, incoming_facts
from csp_desktop.services.cases.referrals import referral_facts, referrals, referrals_of_case
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session
from csp_desktop.terminal import LISTED

MOST_BYTES = 100_000
EXAMPLE = "Write one line for each factor, such as “often = 2”."


def list_referrals(session: Session) -> dict[str, Any]:
    """All referrals, those overdue first, then those that came in: a list as `referral_facts` and `incoming_facts` give
    it, and a sentence for each."""
    rows, came_in = referrals(session), incoming(session)
    words = [f"{row.case.reference}, {row.to}: {row.standing}. {row.referred_words}." for row in rows]
    words += [f"{row.came_words}: {row.standing}." for row in came_in]
    with session.work.reading() as records:
        facts = [*referral_facts(rows), *incoming_facts(came_in, records.find(Case))]
    return {LISTED: facts, "sentences": words or ["No case was referred, and no referral came in."]}


def list_cases(session: Session) -> dict[str, Any]:
    """Every open case in the order of the next meeting: `[{"reference", "title", "status", "band", "total", "clocks",
    "deferrals", "place", "why", "linked", "referrals", "repeat_victim", "review_told_on", "review_told_by",
    "plan"}]`; a plan as `plan_facts` gives it."""
    with session.work.reading() as records:
        walked = walk_candidates(session, records, until_next_meeting(session, records))
        plans = plans_of(records, [one.case for one in walked], session.today)
        rows = [
            _row(records, place, one, plan)
            for place, (one, plan) in enumerate(zip(walked, plans, strict=True), start=1)
        ]
    words = [f"{_words(row)}{f' {plan.words}.' if plan.words else ''}" for row, plan in zip(rows, plans, strict=True)]
    return {LISTED: rows, "sentences": words}


def _row(records: Records, place: int, walked: Walked, plan: PlanOfCase) -> dict[str, Any]:
    case = walked.case
    return {
        "reference": case.reference,
        "title": case.title,
        "status": case.status.value,
        "band": case.band.value if case.band else None,
        "total": case.total,
        "clocks": [_clock(one) for one in walked.clocks.promises],
        "deferrals": walked.deferrals.meetings,
        "place": place,
        "why": walked.why,
        "sums": list(place_sums(walked)),
        "linked": [
            {"reference": one.case.reference, "kind": one.link.kind.value, "since": one.link.on.isoformat()}
            for one in links_in(records, case.id)
        ],
        "referrals": referral_facts(referrals_of_case(records, case.id, plan.today)),
        "repeat_victim": case.repeat_victim,
        "review_told_on": case.review_told_on.isoformat() if case.review_told_on else None,
        "review_told_by": case.review_told_by,
        "plan": plan_facts(plan),
    }


def _clock(promise: Promise) -> dict[str, Any]:
    return {
        "kind": promise.kind.value,
        "state": promise.state.value,
        "due_on": promise.due_on.isoformat() if promise.due_on else None,
        "days_overdue": promise.days_late,
        "words": promise.words,
    }


def _words(row: dict[str, Any]) -> str:
    rating = f"{row['band']} {row['total']}" if row["band"] and row["total"] is not None else "not rated"
    name = row["reference"] or "Awaiting reference"
    linked = ", ".join(one["reference"] or "awaiting reference" for one in row["linked"])
    return f"{row['place']}. {name}, {rating}: {row['why']}{f'; linked with {linked}' if linked else ''}{_untold(row)}."


def _untold(row: dict[str, Any]) -> str:
    untold = row["repeat_victim"] and row["review_told_on"] is None
    return "; repeat victim not told of the right to a review" if untold else ""


def assess(session: Session, reference: str, path: Path) -> dict[str, Any]:
    """Keep the answers of a file as today's assessment of a case: `{"reference", "matrix", "version", "total",
    "ceiling", "band", "worst", "escalated_by", "unanswered", "asks", "illustrative"}`. Raises Refused for an unknown
    case, and for a file that is not one line for each answer."""
    case = _case(session, reference)
    now = assessing.sheet(session, case.id)
    kept = assessing.assess(session, case.id, _answers(now.matrix, _read(path)))
    score = kept.score
    return {
        "reference": case.reference,
        "matrix": kept.matrix.name,
        "version": kept.matrix.version,
        "illustrative": kept.matrix.illustrative,
        "total": score.total,
        "ceiling": score.ceiling,
        "band": kept.shown_band.value,
        "worst": score.worst.value,
        "escalated_by": score.escalated_by,
        "unanswered": list(score.unanswered),
        "asks": list(score.asks),
        "sentences": _told(kept),
    }


def _told(kept: assessing.Sheet) -> list[str]:
    score, matrix = kept.score, kept.matrix
    bands = kept.shown_band.value if score.worst is score.band else f"{score.band.value} to {score.worst.value}"
    told = [f"{kept.case.reference}: {score.words} of {matrix.most}, {bands}."]
    if score.escalated_by:
        told.append(f"The level is forced by: {score.escalated_by}.")
    if score.unanswered:
        told.append(f"Not answered: {', '.join(score.unanswered)}.")
    told += [f"Ask: {one}" for one in score.asks]
    example = " It is an example, not issued by any agency." if matrix.illustrative else ""
    return [*told, f"Matrix: {matrix.name}, version {matrix.version}.{example}", "To enter in Safety Net."]


def _case(session: Session, reference: str) -> Case:
    typed = "".join(reference.split()).upper()
    with session.work.reading() as records:
        found = records.find(Case, reference=typed)
    if not found:
        raise Refused(f"There is no case {typed}. Check the reference.")
    return found[0]


def _read(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("The file of answers is too large. It has one line for each factor.")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused("The file of answers cannot be read. Check its name and folder.") from error
    except UnicodeDecodeError as error:
        raise Refused("The file of answers is not text in UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The file of answers is not TOML: {error}. {EXAMPLE}") from error


def _answers(matrix: Matrix, said: Mapping[str, Any]) -> dict[str, str]:
    """By factor, the key of the option or its words."""
    given = {}
    for key, value in said.items():
        factor = matrix.factor(key)
        if factor is None:
            known = ", ".join(one.key for one in matrix.factors)
            raise Refused(f"The matrix has no factor “{key}” for this case. Its factors are: {known}.")
        words = str(value).strip().casefold()
        option = next((one for one in factor.options if words in (one.key.casefold(), one.label.casefold())), None)
        if option is None or isinstance(value, bool | list | dict):
            choices = ", ".join(f"{one.key} ({one.label})" for one in factor.options)
            raise Refused(f"“{key}” cannot have this answer. Choose one of: {choices}.")
        given[key] = option.key
    if not given:
        raise Refused(f"The file contains no answers. {EXAMPLE}")
    return given
