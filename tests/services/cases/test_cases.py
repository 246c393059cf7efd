"""The list of cases: sorted and filtered by the encrypted file itself; a case by hand awaits its reference."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, StatusChange, SubjectType
from csp_desktop.domain.cases.clocks import PromiseKind, PromiseState
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.services.cases.case_entry import (
    NewCase,
    enter_case,
    forget_half,
    half_entered,
    keep_half,
    mark_cmht_told,
    mark_repeat_victim,
    set_reference,
)
from csp_desktop.services.cases.cases import (
    CaseQuery,
    CaseSort,
    case_page,
    clocks_of,
    open_cases,
    page_of_cases,
    promises_in,
    walk_candidates,
)
from csp_desktop.services.session import Session
from tests.support.case_files import NOVEMBER, OCTOBER, make_file, opened

THURSDAY = date(2026, 11, 26)
NEW = NewCase(
    "Oak Way: noise at night", "3 Oak Way", "Community wellbeing", SubjectType.VICTIM, "kd", date(2026, 11, 20)
)
OPEN_ONES = CaseQuery()


@pytest.fixture(scope="module")
def both_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("cases") / "records.db", OCTOBER, NOVEMBER)


@pytest.fixture
def session(both_exports: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(both_exports, tmp_path / "records.db") as made:
        yield made


def shown(session: Session, query: CaseQuery = OPEN_ONES, offset: int = 0, limit: int = 100) -> list[Case]:
    return [row.case for row in page_of_cases(session, query, offset, limit, open_cases(session))[0]]


def case_of(session: Session, reference: str) -> Case:
    with session.work.reading() as records:
        return records.find(Case, reference=reference)[0]


def discussed(
    session: Session, case_id: str, outcome: Outcome | None, on: date, state: TurnState = TurnState.DONE
) -> None:
    meeting = Meeting(f"m-{on}", MeetingKind.CPG, on, time(14), time(16), "", "", "", MeetingState.CLOSED)
    turn = CaseTurn(
        f"t-{case_id}-{on}", meeting.id, case_id, 1, 5, "", state=state, outcome=outcome, note="Spoken about."
    )
    with session.work.step("a meeting", of_held=True) as records:
        records.save(meeting)
        records.save(turn)


def test_the_list_begins_with_broken_promises_most_days_late_first(session: Session) -> None:
    rows, total = page_of_cases(session, CaseQuery(), 0, 100, open_cases(session))
    with session.work.reading() as records:
        walk = walk_candidates(session, records, THURSDAY)
    assert total == 46
    assert [row.case.id for row in rows] == [w.case.id for w in walk]
    late = [row.promise.days_late for row in rows if row.promise and row.promise.state is PromiseState.BROKEN]
    assert late and late == sorted(late, reverse=True)
    assert [row.case for row in page_of_cases(session, CaseQuery(descending=True), 0, 1, open_cases(session))[0]] == [
        rows[-1].case
    ]


def test_home_and_the_walk_see_the_same_cases_in_the_same_order(session: Session) -> None:
    with session.work.reading() as records:
        assert promises_in(session, records, THURSDAY) == walk_candidates(session, records, THURSDAY)


def test_closed_cases_are_not_walked_and_monitored_ones_are(session: Session) -> None:
    with session.work.reading() as records:
        statuses = {w.case.status for w in walk_candidates(session, records, THURSDAY)}
    assert CaseStatus.CLOSED not in statuses and CaseStatus.MONITORING in statuses
    closed = shown(session, CaseQuery(status=(CaseStatus.CLOSED,)))
    assert len(closed) == 2
    assert all(
        row.promise is None
        for row in page_of_cases(session, CaseQuery(status=(CaseStatus.CLOSED,)), 0, 9, open_cases(session))[0]
    )


def test_pages_lie_side_by_side_without_gap_or_overlap(session: Session) -> None:
    for sort in CaseSort:
        query = CaseQuery(sort=sort)
        pages = [case.id for offset in range(0, 50, 7) for case in shown(session, query, offset, 7)]
        assert pages == [case.id for case in shown(session, query)] and len(set(pages)) == 46


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        (CaseSort.REFERENCE, lambda c: c.reference),
        (CaseSort.TITLE, lambda c: c.title.lower()),
        (CaseSort.AREA, lambda c: c.area),
        (CaseSort.LEAD, lambda c: (c.lead_agency, c.lead_officer)),
        (CaseSort.STATUS, lambda c: c.status.value),
        (CaseSort.RATING, lambda c: c.total),
        (CaseSort.OPENED, lambda c: c.created_on),
        (CaseSort.REVIEWED, lambda c: c.last_reviewed_on),
    ],
)
def test_every_column_sorts_both_ways_and_what_is_not_known_stands_last(session: Session, sort, key) -> None:
    def empty(keys):
        return [k for k in keys if k is not None]

    up = [key(c) for c in shown(session, CaseQuery(sort=sort))]
    down = [key(c) for c in shown(session, CaseQuery(sort=sort, descending=True))]
    assert empty(up) == sorted(empty(up)) and empty(down) == sorted(empty(down), reverse=True)
    assert up[: len(empty(up))] == empty(up) and down[: len(empty(down))] == empty(down)


def test_what_the_list_sorts_by_is_the_head_of_its_column() -> None:
    heads = "Deadline, Reference, Case, Area of work, Lead, Status, Rating, Opened, Reviewed"
    assert ", ".join(sort.value for sort in CaseSort) == heads


def test_filters_narrow_the_list_together(session: Session) -> None:
    every = shown(session, CaseQuery(status=()))
    assert len(every) == 48
    area = every[0].area
    assert set(shown(session, CaseQuery(status=(), area=area))) == {c for c in every if c.area == area}
    assert set(shown(session, CaseQuery(status=(), band=Band.HIGH))) == {c for c in every if c.band is Band.HIGH}
    both = shown(session, CaseQuery(status=(), area=area, repeat_victim=True))
    assert set(both) == {c for c in every if c.area == area and c.repeat_victim}
    assert shown(session, CaseQuery(awaiting=True)) == []


def test_a_search_finds_words_as_they_are_typed_and_takes_no_sign_for_an_order(session: Session) -> None:
    assert {c.reference for c in shown(session, CaseQuery("tolpits cuck"))} >= {"SN-2026-069502"}
    assert [c.reference for c in shown(session, CaseQuery("sn-2026-0695"))] == ["SN-2026-069502"]
    assert shown(session, CaseQuery('no such " OR *')) == []
    assert len(shown(session, CaseQuery(" - "))) == 46


def test_the_broken_and_the_due_ones_can_be_seen_alone(session: Session) -> None:
    counts = open_cases(session).counts()
    for state, count in ((PromiseState.BROKEN, counts.broken), (PromiseState.DUE, counts.due)):
        rows, total = page_of_cases(
            session, CaseQuery(promise=state, sort=CaseSort.REFERENCE), 0, 100, open_cases(session)
        )
        assert (total, {row.promise.state for row in rows if row.promise}) == (count, {state})
    assert counts.open == 46 and counts.closed == 2 and counts.broken and counts.due
    assert counts.repeat == len(shown(session, CaseQuery(repeat_victim=True)))
    assert counts.monitoring == len(shown(session, CaseQuery(status=(CaseStatus.MONITORING,))))


def test_an_outcome_of_this_group_is_a_review_and_a_deferral_is_none(session: Session) -> None:
    case = enter_case(session, replace(NEW, created_on=date(2026, 11, 1)))

    def kinds() -> dict[PromiseKind, PromiseState]:
        with session.work.reading() as records:
            return {p.kind: p.state for p in clocks_of(session, records, case, THURSDAY).promises}

    assert kinds()[PromiseKind.REVIEW] is PromiseState.BROKEN
    discussed(session, case.id, Outcome.DEFER, date(2026, 11, 10))
    discussed(session, case.id, Outcome.CONTINUE, date(2026, 11, 11), TurnState.OUTCOME_CHOSEN)
    assert kinds()[PromiseKind.REVIEW] is PromiseState.BROKEN
    discussed(session, case.id, Outcome.CONTINUE, date(2026, 11, 12))
    assert kinds()[PromiseKind.REVIEW] is PromiseState.KEPT


def test_the_page_of_a_case_shows_its_risk_history_notes_and_actions(session: Session) -> None:
    case = case_of(session, "SN-2026-056705")
    discussed(session, case.id, Outcome.CONTINUE, date(2026, 10, 29))
    discussed(session, case.id, Outcome.REFER, date(2026, 11, 12))
    with session.work.step("an action", of_held=True) as records:
        records.save(
            Action("x1", "m-2026-11-12", 1, "Change the locks", "", date(2026, 11, 20), date(2026, 11, 12), case.id)
        )
    page = case_page(session, case.id)
    assert [(p.dated, p.total) for p in page.points] == [(date(2026, 10, 20), 47), (date(2026, 10, 27), 44)]
    assert [(n.on, n.outcome) for n in page.notes] == [
        (date(2026, 11, 12), Outcome.REFER),
        (date(2026, 10, 29), Outcome.CONTINUE),
    ]
    assert [(a.action.what, a.status) for a in page.actions] == [("Change the locks", "3 days overdue")]
    assert page.changes[0].reason == "Seen in Safety Net"
    assert page.clocks.opened == case.created_on


def test_a_case_no_longer_in_the_file_is_said_to_be_so(session: Session) -> None:
    with pytest.raises(NotFound):
        case_page(session, "gone")


def test_a_case_entered_by_hand_awaits_its_safety_net_reference_and_is_counted(session: Session) -> None:
    case = enter_case(session, replace(NEW, total=21, band=Band.MEDIUM, assessed_on=date(2026, 11, 21)))
    assert (case.reference, case.entered_by_hand, case.initials, case.status) == ("", True, "KD", CaseStatus.OPEN)
    assert case.last_reviewed_on == date(2026, 11, 21)
    assert open_cases(session).counts().awaiting == 1
    assert shown(session, CaseQuery(awaiting=True)) == [case]
    assert shown(session, CaseQuery("oak way noise")) == [case]
    assert shown(session, CaseQuery(sort=CaseSort.REFERENCE))[-1] == case
    assert [(p.total, p.dated) for p in case_page(session, case.id).points] == [(21, date(2026, 11, 21))]


def test_a_case_by_hand_enters_the_walk_of_the_coming_meeting_until_it_is_in_session(session: Session) -> None:
    def walked() -> set[str]:
        with session.work.reading() as records:
            return {turn.case_id for turn in records.find(CaseTurn, meeting_id="november")}

    first = enter_case(session, NEW)
    assert first.id in walked() and len(walked()) == 47
    with session.work.step("start", of_held=True) as records:
        records.save(replace(records.get(Meeting, "november"), state=MeetingState.IN_SESSION))
    assert enter_case(session, replace(NEW, summary="Elm Close: mopeds")).id not in walked()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"summary": " ", "location": ""}, "what the case is about"),
        ({"area": "Parking"}, "area of work"),
        ({"created_on": date(2026, 11, 24)}, "in the future"),
        ({"assessed_on": date(2026, 11, 1)}, "between the date opened"),
        ({"total": 1000, "band": Band.HIGH}, "0 to 999"),
        ({"total": 20}, "or neither"),
    ],
)
def test_a_case_by_hand_that_is_not_in_order_is_refused_in_words(session: Session, changes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        enter_case(session, replace(NEW, **changes))
    assert open_cases(session).counts().open == 46


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("summary", "The title"),
        ("location", "The place"),
        ("initials", "The initials"),
        ("ward", "The ward"),
        ("lead_agency", "The lead agency"),
        ("lead_officer", "The lead officer"),
    ],
)
def test_a_character_nobody_can_see_is_refused_at_its_field_of_a_case_by_hand(
    session: Session, field: str, subject: str
) -> None:
    typed: dict[str, Any] = {field: "Ho\u200blt"}
    with pytest.raises(FieldRefused) as refused:
        enter_case(session, replace(NEW, **typed))
    assert refused.value.field == field and refused.value.sentence.startswith(f"{subject} contains a zero-width space")


def test_the_reference_given_later_must_look_like_one(session: Session) -> None:
    case = enter_case(session, NEW)
    with pytest.raises(Refused, match="look like SN-"):
        set_reference(session, case.id, "47400")
    assert set_reference(session, case.id, " sn-2026-990001 ").reference == "SN-2026-990001"
    assert open_cases(session).counts().awaiting == 0
    with pytest.raises(Refused, match="entered by hand"):
        set_reference(session, case_of(session, "SN-2026-069502").id, "SN-2026-990002")


def test_a_case_by_hand_that_an_import_brought_too_becomes_one_with_it(session: Session) -> None:
    by_hand = enter_case(session, replace(NEW, repeat_victim=True))
    discussed(session, by_hand.id, Outcome.CONTINUE, date(2026, 11, 21))
    with session.work.step("an action", of_held=True) as records:
        records.save(Action("x1", "m-2026-11-21", 1, "Ring the landlord", "", None, date(2026, 11, 21), by_hand.id))
    joined = set_reference(session, by_hand.id, "SN-2026-069502")
    page = case_page(session, joined.id)
    assert (joined.reference, joined.repeat_victim) == ("SN-2026-069502", True)
    assert [n.note for n in page.notes] == ["Spoken about."] and len(page.actions) == 1
    with session.work.reading() as records:
        assert not any(records.find(kind, case_id=by_hand.id) for kind in (CaseTurn, Action, StatusChange, RiskPoint))
    with pytest.raises(NotFound):
        case_page(session, by_hand.id)
    session.work.undo()
    assert case_page(session, by_hand.id).case == by_hand


def test_what_is_typed_of_a_case_not_yet_added_is_kept_until_it_is_emptied_added_or_given_up(session: Session) -> None:
    keep_half(session, {"summary": "Oak Way: noise", "ward": "", "initials": "kd"})
    assert half_entered(session) == {"summary": "Oak Way: noise", "initials": "kd"}
    kept = {draft.field: draft.at for draft in session.work.drafts()}
    session.now.advance(minutes=1)  # type: ignore[attr-defined]
    keep_half(session, {"summary": "Oak Way: noise at night", "initials": "kd"})
    again = {draft.field: draft.at for draft in session.work.drafts()}
    assert again["summary"] > kept["summary"] and again["initials"] == kept["initials"]  # the same is not kept again
    keep_half(session, {"initials": ""})
    assert half_entered(session) == {"summary": "Oak Way: noise at night"}
    forget_half(session)
    assert half_entered(session) == {}
    keep_half(session, {"summary": "Oak Way"})
    enter_case(session, NEW)
    assert half_entered(session) == {}


def test_two_cases_by_hand_are_never_made_one(session: Session) -> None:
    first, second = enter_case(session, NEW), enter_case(session, NEW)
    set_reference(session, first.id, "SN-2026-990001")
    with pytest.raises(Refused, match="Another case entered by hand already has this reference"):
        set_reference(session, second.id, "SN-2026-990001")
    assert case_page(session, second.id).case == second


@pytest.mark.parametrize(
    ("by_hand", "imported", "after"),
    [(True, None, True), (None, True, True), (None, False, False), (True, False, False), (False, True, True)],
)
def test_of_two_marks_of_a_repeat_victim_the_one_this_group_set_stays(
    session: Session, by_hand: bool | None, imported: bool | None, after: bool
) -> None:
    """None: nobody here set it. The imported case is none in Safety Net, unless it was marked so that it differs."""
    mine = enter_case(session, replace(NEW, repeat_victim=by_hand is True))
    theirs = replace(
        case_of(session, "SN-2026-069502"),
        repeat_victim=imported is True,
        repeat_in_safety_net=imported is False,
        repeat_by="" if imported is None else "Ruth Coyle",
    )
    with session.work.step("marks", of_held=True) as records:
        records.save(theirs)
        if by_hand is False:
            records.save(replace(mine, repeat_by="Ruth Coyle"))
    joined = set_reference(session, mine.id, theirs.reference)
    assert joined.repeat_victim is after
    assert joined.repeat_by == ("" if (by_hand, imported) == (None, None) else "Ruth Coyle")


def test_two_cases_discussed_at_one_meeting_do_not_become_one(session: Session) -> None:
    by_hand, other = enter_case(session, NEW), case_of(session, "SN-2026-069502")
    discussed(session, by_hand.id, Outcome.CONTINUE, date(2026, 11, 21))
    discussed(session, other.id, Outcome.CONTINUE, date(2026, 11, 21))
    with pytest.raises(Refused, match="same meeting"):
        set_reference(session, by_hand.id, other.reference)


def test_a_mental_health_factor_shows_whether_cmht_has_been_told(session: Session) -> None:
    ill = next(c for c in shown(session) if c.mental_health)
    well = next(c for c in shown(session) if not c.mental_health)
    assert mark_cmht_told(session, ill.id, date(2026, 11, 23)).cmht_told_on == date(2026, 11, 23)
    assert mark_cmht_told(session, ill.id, None).cmht_told_on is None
    with pytest.raises(Refused, match="no mental-health factor"):
        mark_cmht_told(session, well.id, date(2026, 11, 23))
    with pytest.raises(Refused, match="in the future"):
        mark_cmht_told(session, ill.id, date(2026, 11, 24))


def test_repeat_victims_are_marked_and_listed(session: Session) -> None:
    case = next(c for c in shown(session) if not c.repeat_victim)
    before = open_cases(session).counts().repeat
    mark_repeat_victim(session, case.id, True)
    assert open_cases(session).counts().repeat == before + 1
    mark_repeat_victim(session, case.id, False)
    assert open_cases(session).counts().repeat == before


def test_due_reaches_to_the_next_meeting_and_no_further(session: Session) -> None:
    due = open_cases(session).counts().due
    with session.work.step("a later meeting", of_held=True) as records:
        later = replace(records.get(Meeting, "november"), on=date(2026, 12, 17))
        records.save(later)
    assert open_cases(session).counts().due > due
    with session.work.step("no meeting", of_held=True) as records:
        records.save(replace(later, state=MeetingState.CLOSED, closed_at=datetime(2026, 12, 17, 16, tzinfo=UTC)))
    assert open_cases(session).counts().due <= due
