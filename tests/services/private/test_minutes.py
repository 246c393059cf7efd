"""The private minutes: initials only, one copy for each reader with nobody they may not hear of, who received what."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.minutes.action_list import action_list
from csp_desktop.domain.minutes.paper_parts import Grid
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import AgencyKind, Member
from csp_desktop.domain.private.meeting import PersonTurn, RoomEntry
from csp_desktop.domain.private.minutes_checks import check_private_minutes
from csp_desktop.domain.private.minutes_layout import as_text, private_actions, sections
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import Offer, OfferAnswer, RoughSleeper
from csp_desktop.services.minutes.checks import keep
from csp_desktop.services.private import circulation, people, register
from csp_desktop.services.private.minutes import draft_private_minutes, held_sessions
from csp_desktop.services.private.minutes_checks import checks_of
from csp_desktop.services.private.settings import change_private_settings, send_to
from csp_desktop.services.session import Session
from tests.support.frozen import frozen_again
from tests.support.private_minutes import AMIRA, EWA, JOY, NAMES, NEXT, SARA, held
from tests.support.private_session import LEAD, begun, member_named, private_session, row_of

WHOLE = (SARA, AMIRA, LEAD)  # police, council, New Hope's lead


def of(session: Session, meeting_id: str, name: str = "") -> str:
    member = member_named(session, name).id if name else ""
    return as_text(circulation.copy_for(session, meeting_id, member))


def test_no_name_alias_or_headline_of_anybody_is_in_the_minutes_although_they_were_typed() -> None:
    session = private_session()
    text = of(session, held(session))
    for name in (*NAMES, "old chapel"):
        assert name.casefold() not in text.casefold()
    assert "K.B. left A&E early; K.B. was with D.W. K.B. and D.W. share the tent." in text


def test_each_person_is_counted_decided_and_read_back() -> None:
    session = private_session()
    kit, dana = draft_private_minutes(session, held(session)).people
    assert (kit.name, kit.heard, kit.stepped_out) == ("RS-001, K.B.", 5, 0)
    assert (dana.name, dana.heard, dana.stepped_out) == ("RS-002, D.W.", 4, 1)
    assert (kit.outcome, kit.reason) == (PersonOutcome.INTENSIFY, "K.B. needs a bed tonight")
    assert (dana.outcome, dana.see_again_on) == (PersonOutcome.MOVED_IN, date(2026, 12, 24))
    assert kit.read_back_at is not None
    assert [(o.by, o.reason, o.names) for o in kit.overrides] == [(LEAD, "ran the shelter K.B. slept in", (EWA,))]


def test_the_risk_says_that_its_matrix_is_illustrative_and_a_person_not_scored_is_said_to_be() -> None:
    session = private_session()
    text = of(session, held(session))
    assert "Risk: score 68, High (example matrix, version 1)." in text
    assert "Risk: not scored." in text


def test_nobody_who_left_at_the_crossing_is_present_here() -> None:
    session = private_session()
    meeting_id = held(session)
    with session.work.step("left at the crossing", of_held=True) as records:
        place = records.get(RoomEntry, row_of(session, meeting_id, AMIRA).id)
        records.save(replace(place, left_at_crossing=session.now()))
    frozen_again(session, meeting_id)
    assert AMIRA not in [one.line.name for one in draft_private_minutes(session, meeting_id).present]


def test_the_offers_made_and_their_answers_are_minuted_and_frozen_with_the_record() -> None:
    session = private_session()
    kit = next(line.person for line in people.people(session) if line.person.initials == "K.B.")
    for what, on, answer, why in (
        ("Long ago", date(2026, 6, 1), OfferAnswer.DECLINED, "too far"),
        ("Bed at the shelter", date(2026, 11, 20), OfferAnswer.DECLINED, "Kit Barlow wants his dog with him"),
        ("Still to be answered", date(2026, 5, 2), OfferAnswer.THINKING, ""),
    ):
        answered = on if answer is OfferAnswer.DECLINED else None
        people.offer(session, Offer("", kit.id, on, what, EWA, answer, answered, why))
    earlier = Meeting("earlier", MeetingKind.ROUGH_SLEEPING, date(2026, 10, 29), time(16), time(17), "", "", "")
    with session.work.step("the session before", of_held=True) as records:
        records.save(replace(earlier, state=MeetingState.CLOSED))
    meeting_id = held(session)
    (part, _) = draft_private_minutes(session, meeting_id).people
    assert [line.what for line in part.offers] == ["Still to be answered", "Bed at the shelter"]
    text = " ".join(of(session, meeting_id).split())
    assert EWA in text and "Declined 20 Nov 2026: K.B. wants his dog with him" in text
    made = next(one for one in people.page(session, kit.id).offers if one.what == "Still to be answered")
    people.offer(session, replace(made, answer=OfferAnswer.TAKEN_UP))
    assert draft_private_minutes(session, meeting_id).people[0] == part, "what was held stays as it was"


def test_a_person_not_reached_has_a_line_and_no_part() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session))
    assert [(one.reference, one.initials, one.why) for one in minutes.unreached] == [("RS-003", "S.M.", "not reached")]
    assert not any(section.title.endswith("RS-003, S.M.") for section in sections(minutes))


def test_the_action_list_stands_by_officer_with_initials() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session))
    (section,) = action_list(private_actions(minutes))
    grid = section.blocks[1]
    assert isinstance(grid, Grid) and section.heading == "Actions by officer"
    assert [row[0] for row in grid.rows] == [
        "Ewa Lukasik, CGL",
        "Ewa Lukasik",
        "PC Sara Lyle, Hertfordshire Constabulary",
    ]
    mine = circulation.own_actions(minutes, EWA)
    assert [(line.what, line.about) for line in mine.actions] == [
        ("Ask the shelter", "RS-001, K.B."),
        ("Help her move", "RS-002, D.W."),
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_police_council_and_new_hopes_lead_get_the_whole_minutes(name: str) -> None:
    session = private_session()
    meeting_id = held(session)
    member = member_named(session, name).id
    assert draft_private_minutes(session, meeting_id, member) == draft_private_minutes(session, meeting_id)


def test_a_worker_gets_only_whom_they_are_involved_with_and_nothing_that_tells_of_others() -> None:
    session = private_session()
    text = of(session, held(session), JOY)
    assert "RS-001, K.B." in text
    for left_out in (
        "RS-002",
        "RS-003",
        "D.W.",
        "S.M.",
        "Help her move",
        "on the sub-agenda",
        "on the list",
        "2026-11/",
        "Not discussed",
        "away 15:40",
        "Other business",
        "Eleven beds",
    ):
        assert left_out not in text
    assert "K.B. was with someone else. K.B. and someone else share the tent." in text


def test_of_the_actions_about_nobody_in_particular_a_worker_gets_their_own() -> None:
    session = private_session()
    meeting_id = held(session)
    with session.work.step("agreed under an item", of_held=True) as records:
        for number, name, what in ((8, JOY, "Print the posters"), (9, SARA, "Look at the camp by the river")):
            officer = member_named(session, name).id
            records.save(Action(f"item-{number}", meeting_id, number, what, officer, None, NEXT))
    frozen_again(session, meeting_id)
    text = of(session, meeting_id, JOY)
    assert "Print the posters" in text and "camp by the river" not in text
    assert "Print the posters" in of(session, meeting_id) and "camp by the river" in of(session, meeting_id)


def test_an_action_agreed_under_an_item_stands_there_and_is_marked_when_it_was_agreed_after_the_read_back() -> None:
    session = private_session()
    meeting_id = held(session)
    with session.work.step("agreed under an item", of_held=True) as records:
        (other,) = records.find(AgendaItem, meeting_id=meeting_id, kind=ItemKind.OTHER)
        records.save(replace(other, read_back_at=session.now()))
        sara, later = member_named(session, SARA).id, session.now() + timedelta(minutes=10)
        for number, what, at in ((8, "Print the posters", session.now()), (9, "Book the hall", later)):
            made = Action(f"item-{number}", meeting_id, number, what, sara, None, NEXT, item_id=other.id, agreed_at=at)
            records.save(made)
    frozen_again(session, meeting_id)
    minutes = draft_private_minutes(session, meeting_id)
    agreed = {part.kind: [(line.what, line.late) for line in part.actions] for part in minutes.items}
    assert agreed.pop(ItemKind.OTHER) == [
        ("Print the posters", ""),
        ("Book the hall", "agreed after the read-back, 15:50"),
    ]
    assert not any(agreed.values())


def test_an_action_carried_on_twice_since_is_due_in_the_minutes_on_the_day_agreed() -> None:
    session = private_session()
    meeting_id = held(session)
    before = {line.what: line.due for line in draft_private_minutes(session, meeting_id).actions}
    with session.work.step("carried on since, the later one first") as records:
        (action,) = [one for one in records.find(Action) if "shelter" in one.what]
        days = (action.due, date(2027, 1, 7), date(2027, 1, 21))
        for key, number in (("b", 1), ("a", 0)):
            at = session.now() + timedelta(days=10 + number)
            was, due = days[number], days[number + 1]
            records.save(ActionAnswer(key, action.id, "", at, LEAD, Answer.CARRY_ON, "", was, due))
        records.save(replace(action, due=days[2], carried=2))
    assert {line.what: line.due for line in draft_private_minutes(session, meeting_id).actions} == before


def test_sessions_held_stand_the_newest_first() -> None:
    session = private_session()
    meeting_id = held(session)
    with session.work.step("others", of_held=True) as records:
        last = records.get(Meeting, meeting_id)
        for key, on, starts in (("a", NEXT, time(9)), ("b", date(2026, 10, 29), time(15)), ("c", NEXT, time(15))):
            records.save(replace(last, id=key, on=on, starts=starts))
        records.save(replace(last, id="d", on=NEXT, state=MeetingState.PLANNED))
    assert [meeting.id for meeting in held_sessions(session)] == ["c", "a", meeting_id, "b"]


def test_sections_of_a_part_are_numbered_without_gaps() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session), member_named(session, EWA).id)
    numbers = [section.number for section in sections(minutes)]
    assert numbers == ["", "1", "2", "3", "3.1", "4", "5", "6"]


def test_being_let_in_by_the_lead_once_gives_no_paper() -> None:
    session = private_session()
    text = of(session, held(session), EWA)
    assert "RS-001" not in text and "K.B." not in text and "RS-002, D.W." in text


def test_an_officer_who_would_not_get_their_own_action_is_told_to_the_lead() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session))
    found = circulation.cut_off(session, minutes)
    assert found == ((EWA, "person-RS-001"),)
    failed = [check for check in check_private_minutes(minutes, found) if not check.passed]
    assert [(check.words, check.section_id) for check in failed] == [
        ("Ewa Lukasik’s copy leaves out an action", "person-RS-001")
    ]


def test_a_policewoman_with_an_interest_in_somebody_does_not_read_of_them() -> None:
    session = private_session()
    meeting_id = held(session)
    kit = people.people(session)[0].person.id
    with session.work.step("declared at the session", of_held=True) as records:
        row = records.get(Attendance, row_of(session, meeting_id, SARA).id)
        records.save(replace(row, interests=(kit,)))
    text = of(session, meeting_id, SARA)
    assert "RS-001" not in text and "RS-002, D.W." in text and "on the sub-agenda" not in text


def test_someone_no_longer_involved_gets_nothing_more() -> None:
    session = private_session()
    meeting_id = held(session)
    kit = people.people(session)[0].person.id
    (worker,) = people.page(session, kit).workers
    people.end_involvement(session, worker.involvement.id)
    assert "RS-001" not in of(session, meeting_id, JOY)


def test_a_support_worker_of_new_hope_who_does_not_lead_is_a_worker_like_any_other() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session), member_named(session, "Hana Lowe").id)
    assert (minutes.whole, minutes.people) == (False, ())


def test_only_the_lead_approves_and_only_then_do_copies_go_out() -> None:
    session = private_session()
    meeting_id = held(session)
    joy = member_named(session, JOY).id
    with pytest.raises(Refused, match="approves them first"):
        circulation.may_leave(session, meeting_id, joy)
    circulation.may_leave(session, meeting_id, "")
    with pytest.raises(NotAllowed):
        circulation.approve(replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY})), meeting_id)
    circulation.approve(session, meeting_id)
    assert session.work.last_step() is None
    circulation.may_leave(session, meeting_id, joy)
    copy = circulation.copy_for(session, meeting_id, joy)
    assert (copy.edition, copy.approved_by) == ("Approved, version 1", LEAD)
    assert circulation.circulation_of(session, meeting_id).state is MinutesState.APPROVED
    with pytest.raises(Refused, match="already approved"):
        circulation.approve(session, meeting_id)


def test_every_recipient_has_a_number_of_their_own_and_keeps_it() -> None:
    session = private_session()
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    joy = member_named(session, JOY).id
    before = {row.name: row.copy_number for row in circulation.circulation_of(session, meeting_id).rows}
    assert sorted(before.values()) == [2, 3, 4, 5, 6]
    circulation.note_given(session, circulation.copy_for(session, meeting_id, joy), joy)
    send_to(session, member_named(session, SARA).id, receives=False)
    after = {row.name: row.copy_number for row in circulation.circulation_of(session, meeting_id).rows}
    assert after[JOY] == before[JOY]
    assert len(set(after.values())) == 4


def test_who_received_what_and_when_is_kept_and_the_last_one_makes_them_circulated() -> None:
    session = private_session()
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    for row in circulation.circulation_of(session, meeting_id).rows:
        assert circulation.circulation_of(session, meeting_id).state is MinutesState.APPROVED
        circulation.note_given(session, circulation.copy_for(session, meeting_id, row.member_id), row.member_id)
    now = circulation.circulation_of(session, meeting_id)
    assert (now.state, now.given, now.circulated_at) == (MinutesState.CIRCULATED, 5, session.now())
    given = {one.name: len(one.person_ids) for one in circulation.given_copies(session, meeting_id)}
    assert given == {SARA: 2, AMIRA: 2, LEAD: 2, JOY: 1, EWA: 1}


def test_what_changes_after_the_approval_makes_a_draft_of_the_next_version() -> None:
    session = private_session()
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    joy = member_named(session, JOY).id
    circulation.note_given(session, circulation.copy_for(session, meeting_id, joy), joy)
    with session.work.step("put right", of_held=True) as records:
        turn = records.find(PersonTurn, meeting_id=meeting_id)[0]
        records.save(replace(turn, note="Left on his own wish."))
    frozen_again(session, meeting_id)
    now = circulation.circulation_of(session, meeting_id)
    assert (now.state, now.changed, now.version, now.given) == (MinutesState.DRAFT, True, 2, 0)
    assert circulation.copy_for(session, meeting_id).edition == "Draft 2"
    circulation.approve(session, meeting_id)
    assert circulation.copy_for(session, meeting_id).edition == "Approved, version 2"


def test_what_goes_on_after_the_session_does_not_change_approved_minutes() -> None:
    session = private_session()
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    before = of(session, meeting_id)
    change_private_settings(session, winter_protocol=True)
    people.add(session, "Noor Vale")
    assert of(session, meeting_id) == before
    assert circulation.circulation_of(session, meeting_id).state is MinutesState.APPROVED


def test_the_deadline_counts_working_days() -> None:
    session = private_session()
    meeting_id = held(session)
    assert circulation.circulation_of(session, meeting_id).due == date(2026, 12, 3)
    change_private_settings(session, circulate_days=2)
    assert circulation.circulation_of(session, meeting_id).due == date(2026, 11, 30)
    with_holiday = replace(session, holidays=frozenset({date(2026, 11, 30)}))
    assert circulation.circulation_of(with_holiday, meeting_id).due == date(2026, 12, 1)


def test_a_session_still_running_or_one_of_the_group_has_no_private_minutes() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    with pytest.raises(Refused, match=r"^A private session is in progress; people are shown there, one at a time\.$"):
        draft_private_minutes(session, sitting.meeting_id)
    with session.work.step("paused", of_held=True) as records:
        records.save(replace(records.get(Meeting, sitting.meeting_id), state=MeetingState.SIGN_IN))
    with pytest.raises(Refused, match="not closed"):
        draft_private_minutes(session, sitting.meeting_id)


@pytest.mark.parametrize("roles", [{Role.MINUTE_TAKER}, {Role.CHAIR}, {Role.ADMINISTRATOR}])
def test_nobody_but_lead_and_deputy_reads_them(roles: set[Role]) -> None:
    session = private_session()
    meeting_id = held(session)
    other = replace(session, roles=frozenset(roles))
    for read in (
        lambda: held_sessions(other),
        lambda: draft_private_minutes(other, meeting_id),
        lambda: circulation.circulation_of(other, meeting_id),
        lambda: circulation.copy_for(other, meeting_id),
        lambda: circulation.given_copies(other, meeting_id),
    ):
        with pytest.raises(NotAllowed):
            read()


def test_a_retired_member_is_no_recipient_any_more() -> None:
    session = private_session()
    meeting_id = held(session)
    sara = member_named(session, SARA).id
    register.retire(session, [sara])
    assert SARA not in [row.name for row in circulation.circulation_of(session, meeting_id).rows]
    with session.work.reading() as records:
        assert not records.get(Member, sara).active
    with pytest.raises(Refused, match="circulation list"):
        circulation.copy_for(session, meeting_id, sara)


def test_the_next_date_is_the_one_fixed_at_the_end() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session))
    assert (minutes.next_on, minutes.next_proposed) == (NEXT, False)


def test_the_register_alone_says_what_kind_of_agency_a_reader_is_of() -> None:
    session = private_session()
    meeting_id = held(session)
    amira = member_named(session, AMIRA)
    register.save_member(session, amira.id, AMIRA, "Elsewhere", AgencyKind.OTHER)
    assert "RS-001" not in of(session, meeting_id, AMIRA)


def test_someone_in_the_room_who_never_signed_is_minuted_and_fails_the_check() -> None:
    session = private_session()
    meeting_id = held(session)
    with session.work.step("unsigned", of_held=True) as records:
        row = next(r for r in records.find(Attendance, meeting_id=meeting_id) if r.name == JOY)
        records.save(replace(row, signed_at=None, strokes=(), typed_name=""))
    frozen_again(session, meeting_id)
    minutes = draft_private_minutes(session, meeting_id)
    text = as_text(minutes)
    assert "4 of the 5 people present signed the clause" in text and "Not signed: Joy Okafor." in text
    failed = [check.words for check in check_private_minutes(minutes) if not check.passed]
    assert "Joy Okafor did not sign" in failed


def test_an_item_under_which_an_action_was_agreed_is_read_back_too() -> None:
    session = private_session()
    meeting_id = held(session)
    minutes = draft_private_minutes(session, meeting_id)
    line = minutes.actions[0]
    items = tuple(replace(i, actions=(line,) if i.kind is ItemKind.OTHER else ()) for i in minutes.items)
    failed = [check for check in check_private_minutes(replace(minutes, items=items)) if not check.passed]
    assert "Other business was not read back" in [check.words for check in failed]


def test_initials_as_long_as_a_name_fail_for_one_not_reached_too() -> None:
    session = private_session()
    minutes = draft_private_minutes(session, held(session))
    unreached = replace(minutes, unreached=(replace(minutes.unreached[0], initials="Sol Marsh"),))
    failed = [(check.words, check.section_id) for check in check_private_minutes(unreached) if not check.passed]
    assert ("RS-003 may show a name", "unreached") in failed


def call_somebody(session: Session, alias: str) -> None:
    with session.work.step("alias") as records:
        records.save(replace(records.find(RoughSleeper)[0], aliases=(alias,)))


def test_a_name_that_became_no_initials_is_found_by_the_file_s_own_names() -> None:
    session = private_session()
    meeting_id = held(session)
    with session.work.step("title", of_held=True) as records:
        item = next(i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is ItemKind.OTHER)
        records.save(replace(item, title="Marlow family"))
    frozen_again(session, meeting_id)
    call_somebody(session, "Marlow")  # learnt only after the session
    minutes = draft_private_minutes(session, meeting_id)
    (found,) = [check for check in checks_of(session, minutes) if check.kept_as]
    assert found.words == "“Marlow”: a name in this file"
    keep(session, meeting_id, found)
    assert not [check for check in checks_of(session, minutes) if check.kept_as]
