"""The sample partnership: both files made at once or not at all, and opened again. Passphrase slots only: no keyring is
touched.

The group's: invented people, October held and closed, November planned. Made through the services alone, so that it can
hold nothing the program could not have recorded.
"""

import json
import math
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from csp_desktop.bootstrap.partnership import (
    Founder,
    Partnership,
    create_partnership,
    holds_partnership,
    is_sample,
    open_partnership,
)
from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.domain.cases.factor_tasks import FactorThen
from csp_desktop.domain.cases.incoming_referrals import (
    About,
    CameBy,
    ChildrenAtHome,
    DeclineReason,
    PersonTold,
)
from csp_desktop.domain.cases.referrals import ReferralAnswer, ReferralBody
from csp_desktop.domain.common.days import instant, paper_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance, Stroke
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueState
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.private_handover import RoomList
from csp_desktop.domain.minutes.rights import READY
from csp_desktop.domain.people.agencies import AgencyKind, Member, Standing
from csp_desktop.resources import private_sample_data, sample_data, shipped, shipped_case_matrix
from csp_desktop.sample.clock import ScriptedClock, private_clock, sample_clock
from csp_desktop.services.cases import assessing, case_import, factor_tasks, incoming_referrals, referrals
from csp_desktop.services.meeting import (
    actions,
    agenda,
    case_walk,
    closing,
    issue_talks,
    issues,
    private_handover,
    running_meeting,
    sign_in,
    triage,
    walk_order,
)
from csp_desktop.services.minutes import after_meeting, checks, rights
from csp_desktop.services.people import people, settings
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import WrongPassphrase
from csp_desktop.vault.header import VaultKind


def sample_users() -> list[dict[str, str]]:
    """Name, role and passphrase of everyone who can open the sample. They are public: the data is invented."""
    return [{"name": u["name"], "role": u["role"], "passphrase": u["passphrase"]} for u in sample_data()["users"]]


def make_sample(folder: Path) -> dict[str, Any]:
    """Make the sample partnership, all of it or nothing. Raises Refused where a partnership, or anything else, lies
    already."""
    from csp_desktop.sample.private import make_private  # the window on the group's sample knows nothing of it

    if holds_partnership(folder):
        raise Refused(f"{folder} already contains a partnership. Choose a new folder for the sample.")
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty. Choose a new folder for the sample.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder.parent) as work:
        made = Path(work) / "partnership"
        meetings, october = make_group(made, sample_data())
        private = make_private(made, sample_data(), private_sample_data(), october, ScriptedClock(sample_clock()))
        if folder.exists():
            folder.rmdir()
        shutil.move(str(made), str(folder))
    users = sample_users()
    return {
        "users": users,
        "meetings": meetings,
        "private_meetings": private,
        "sentences": [
            f"The sample partnership is in {folder}.",
            *(f"{u['name']} ({u['role']}): {u['passphrase']}" for u in users),
            *(f"{m['kind']} of {m['date']}: {m['state']}" for m in (*meetings, *private)),
        ],
    }


def require_sample(folder: Path) -> Partnership:
    """Open a folder that `make_sample` made, as its minute-taker. Raises Refused when it is any other."""
    user = next(u for u in sample_users() if u["role"] == Role.MINUTE_TAKER.value)
    if not holds_partnership(folder):
        raise Refused(f"{folder} contains no partnership. Make the sample first: csp-desktop sample --folder {folder}")
    try:
        partnership = open_partnership(folder, user["name"], user["passphrase"], ScriptedClock(sample_clock()))
    except WrongPassphrase:
        raise Refused(f"{folder} is not a sample partnership and was not changed.") from None
    if settings.settings(partnership.session).made_as_sample_on is None:
        partnership.close()
        raise Refused(f"{folder} is not a sample partnership and was not changed.")
    return partnership


def require_private_sample(folder: Path) -> Partnership:
    """Open the private file of a folder that `make_sample` made, as its lead. Raises Refused when it is any other."""
    lead, private = next(u for u in sample_users() if u["role"] == Role.NEW_HOPE_LEAD.value), VaultKind.ROUGH_SLEEPING
    if not is_sample(folder, private):
        raise Refused(f"{folder} does not contain a sample's private file and was not changed.")
    try:
        return open_partnership(folder, lead["name"], lead["passphrase"], ScriptedClock(private_clock()), kind=private)
    except WrongPassphrase:
        raise Refused(f"{folder} does not contain a sample's private file and was not changed.") from None


def make_group(folder: Path, data: Mapping[str, Any]) -> tuple[list[dict[str, str]], RoomList]:
    """The group's file: its meetings, and who was in the room at the end of October's."""
    clock = ScriptedClock(instant(date(2026, 10, 12), time(9, 0)))
    jobs = {m["name"]: m for m in data["members"]}
    kinds = {a["name"]: AgencyKind(a["kind"]) for a in data["agencies"]}
    founders = [
        Founder(u["name"], job["agency"], kinds[job["agency"]], job["job"], u["passphrase"], (Role(u["role"]),))
        for u in data["users"]
        for job in [jobs[u["name"]]]
    ]
    partnership, _ = create_partnership(folder, founders, Cost.quick(), clock, with_recovery=False)
    with partnership:
        session = replace(partnership.session, roles=frozenset(Role))
        _register(session, data)
        _issues(session, data)
        october = _hold_october(session, clock, data)
        _plan_november(session, clock, data)
        held = agenda.meetings(session)
        return [{"date": m.on.isoformat(), "kind": m.kind.value, "state": m.state.value} for m in held], october


def _register(session: Session, data: Mapping[str, Any]) -> None:
    """People, agencies, settings, and clauses confirmed by the chair."""
    settings.change_settings(session, made_as_sample_on=date.fromisoformat(data["today"]))
    known = {a.name: a.id for a in people.agencies(session)}
    for a in data["agencies"]:
        kind = AgencyKind(a["kind"])
        agency = people.save_agency(session, known.get(a["name"], ""), a["name"], a["short"], kind)
        known[agency.name] = agency.id
    already = {r.member.name: r.member for r in people.people(session)}
    for m in data["members"]:
        before = already.get(m["name"]) or Member("", m["name"], known[m["agency"]], m["job"], Standing.STANDING)
        mail = f"{m['name'].split()[-1].lower()}@example.org" if m["name"].isascii() else ""
        signed = date.fromisoformat(m["isp"]) if m.get("isp") else None
        standing, version = Standing(m.get("standing", "standing")), "1" if signed else ""
        member = replace(before, standing=standing, mail=mail, isp_version=version, isp_signed_on=signed)
        people.save_member(session, member)
    for row in settings.clauses(session):
        if row.current:
            settings.confirm_clause(session, row.current.id)
    rights.approve_rights(session, rights.propose_ready_set(session, READY[0].name).id)


def _import(session: Session, name: str) -> None:
    content = shipped("sample", name).read_bytes()
    case_import.import_cases(session, session.papers.read_cases(content, name))


def _issues(session: Session, data: Mapping[str, Any]) -> None:
    """What the group sees coming, as it stood before October's meeting."""
    ids = _member_ids(session)
    for said in data["issues"]:
        made = issues.new_issue(session, said["title"])
        issues.change_issue(
            session,
            made.id,
            area=said["area"],
            words=said["words"],
            place=said["place"],
            ward=said["ward"],
            raised_by=said["raised_by"],
            first_seen=date.fromisoformat(said["first_seen"]),
            owner_id=ids.get(said["owner"], ""),
        )


def _talk(session: Session, meeting: Meeting, data: Mapping[str, Any]) -> None:
    """What October said of them, and what is next for each."""
    found = {row.issue.title: row.issue.id for row in issues.issues(session).open}
    for said in data["issues"]:
        if said["said"]:
            issue_talks.discuss(session, meeting.id, found[said["title"]], said["said"])
        if said["next_step"]:
            by = date.fromisoformat(said["next_by"])
            issues.change_issue(session, found[said["title"]], next_step=said["next_step"], next_by=by)


def _see_between_meetings(session: Session, data: Mapping[str, Any]) -> None:
    """What was seen of them since."""
    found = {row.issue.title: row.issue.id for row in issues.issues(session).open}
    for said in data["issues"]:
        if said["between"]:
            issues.note_between(session, found[said["title"]], said["between"])


def _member_ids(session: Session) -> dict[str, str]:
    return {r.member.name: r.member.id for r in people.people(session)}


def _plan(session: Session, when: Mapping[str, Any], day: date) -> Meeting:
    ids = _member_ids(session)
    starts, ends = time.fromisoformat(when["starts"]), time.fromisoformat(when["ends"])
    plan = agenda.MeetingPlan(day, starts, ends, when["venue"], ids["Hannah Price"], ids["Marcus Bell"])
    return agenda.plan_meeting(session, plan)


def _hold_october(session: Session, clock: ScriptedClock, data: Mapping[str, Any]) -> RoomList:
    october = data["october"]
    day = date.fromisoformat(october["on"])
    clock.on(date(2026, 10, 21), time(10, 0))
    _import(session, data["november_papers"]["during_october"])
    meeting = _plan(session, october, day)
    walk_order.confirm_all_room_titles(session, meeting.id)
    _assess(session, clock, data, date(2026, 10, 27))
    clock.on(day, time(13, 41))
    _sign_in(session, clock, meeting, october)
    clock.on(day, time(14, 3))
    running_meeting.start(session, meeting.id)
    _walk(session, clock, meeting, data)
    room = private_handover.room_list(session, meeting.id)
    closing.close_meeting(session, meeting.id, next_on=date.fromisoformat(data["november"]["on"]))
    clock.on(date(2026, 10, 30), time(9, 5))
    after_meeting.note_lists_sent(session, meeting.id)
    clock.on(date(2026, 10, 30), time(9, 40))
    checks.mark_checked(session, meeting.id)
    clock.on(date(2026, 11, 12), time(11, 0))
    _report_between_meetings(session)
    _see_between_meetings(session, data)
    return room


def _sign_in(session: Session, clock: ScriptedClock, meeting: Meeting, october: Mapping[str, Any]) -> None:
    sign_in.open_sign_in(session, meeting.id)
    ids = _member_ids(session)
    for apology in october["apologies"]:
        received = date.fromisoformat(apology["received_on"]) if apology["received_on"] else None
        sign_in.record_apology(session, meeting.id, ids[apology["name"]], apology["information_sent"], received)
    with session.work.reading() as records:
        expected = [a for a in records.find(Attendance, meeting_id=meeting.id) if not a.apology]
    for number, row in enumerate(sorted(expected, key=lambda a: a.name)):
        clock.pass_seconds(38)
        if number % 5 == 4:
            sign_in.sign(session, meeting.id, row.member_id, typed_name=row.name)
        else:
            sign_in.sign(session, meeting.id, row.member_id, strokes=_signature(number))


def _signature(seed: int) -> tuple[Stroke, ...]:
    """Three invented strokes, another for each seed."""
    return tuple(
        tuple(
            (0.1 + 0.27 * part + 0.25 * t / 30, 0.5 + 0.28 * math.sin(t / (2.1 + seed % 4) + part + seed))
            for t in range(31)
        )
        for part in range(3)
    )


def _walk(session: Session, clock: ScriptedClock, meeting: Meeting, data: Mapping[str, Any]) -> None:
    """Every item and every case of October, from start to the next date."""
    october = data["october"]
    notes = {
        ItemKind.MATTERS_ARISING: october["matters_arising"],
        ItemKind.EMERGING: october["emerging"],
        ItemKind.OTHER: october["other"],
        ItemKind.NEXT_DATE: f"The group meets again on {paper_day(date.fromisoformat(data['november']['on']))}.",
    }
    with session.work.reading() as records:
        items = records.find(AgendaItem, meeting_id=meeting.id)
        turns = records.find(CaseTurn, meeting_id=meeting.id)
    for item in items:
        if item.kind is ItemKind.CONFIDENTIALITY:
            continue
        running_meeting.go_to_item(session, item.id)
        if item.kind is ItemKind.CASES:
            for number, turn in enumerate(turns):
                _walk_case(session, clock, meeting, turn, number, data)
            continue
        clock.pass_seconds(70)
        if item.kind is ItemKind.EMERGING:
            _talk(session, meeting, data)
        if text := notes.get(item.kind):
            running_meeting.keep_item_note(session, item.id, text)
            running_meeting.end_item_note(session, item.id)
        running_meeting.finish_item(session, item.id)


def _walk_case(
    session: Session,
    clock: ScriptedClock,
    meeting: Meeting,
    turn: CaseTurn,
    number: int,
    data: Mapping[str, Any],
) -> None:
    """One case of October: note, actions, outcome, read-back."""
    with session.work.reading() as records:
        case = records.get(Case, turn.case_id)
    topic = next((t for t in data["topics"] if t["match"] in case.summary), None)
    assert topic is not None, case.summary
    case_walk.open_turn(session, turn.id)
    clock.pass_seconds(80)
    case_walk.keep_typing(session, turn.id, topic["note"])
    case_walk.end_note(session, turn.id)
    for index, (what, kind, power) in enumerate(topic["actions"]):
        _agree(session, meeting, case, (what, kind, power), number + index, data if index == 0 else None)
    outcome = _outcome(case, number)
    case_walk.choose_outcome(session, turn.id, outcome)
    if outcome is Outcome.DEFER:
        case_walk.say(session, turn.id, reason="The lead officer was called away; nobody else could speak to it.")
    elif outcome in (Outcome.INTENSIFY, Outcome.REFER):
        specialist = "Community Mental Health Team" if case.mental_health else "Adult safeguarding"
        case_walk.say(session, turn.id, refer_to=specialist, intervention_planned=case.band is Band.HIGH)
    if case.mental_health:
        case_walk.say(session, turn.id, cmht_told=True)
    if case.repeat_victim:
        case_walk.say(session, turn.id, repeat_victim_asked=True, review_told=True if number % 3 else None)
    clock.pass_seconds(75)
    case_walk.accept(session, turn.id)


def _outcome(case: Case, number: int) -> Outcome:
    """A mix people would recognise: monitored cases go on, a few come down, the worst are intensified."""
    if case.status is CaseStatus.MONITORING:
        return Outcome.CONTINUE
    if case.band is Band.STANDARD and number % 2:
        return Outcome.DE_ESCALATE
    if case.band is Band.HIGH and number % 3 == 0:
        return Outcome.INTENSIFY
    return {7: Outcome.REFER, 13: Outcome.DEFER}.get(number % 17, Outcome.CONTINUE)


def _agree(
    session: Session,
    meeting: Meeting,
    case: Case,
    said_of: tuple[str, str, str],
    number: int,
    data: Mapping[str, Any] | None,
) -> None:
    """An action for the lead officer of the case, or for a colleague of another agency every fourth time; with the data
    the first of an assessed case is a task for its factor."""
    what, kind, power = said_of
    others = ("Amira Shah", "PS Dan Holt", "Joy Okafor", "Liam Reed", "Femi Adeyemi")
    who = others[number // 4 % len(others)] if number % 4 == 3 else case.lead_officer
    day = ("", " 12 nov", " 19 nov", "", " 24 nov", " 3 dec")[number % 6]
    said = actions.read_line(session, meeting.id, f"{who}: {what}{day}", kind=ActionKind(kind))
    then = _meant_for(session, case, data) if data is not None else None
    actions.agree_action(session, meeting.id, said, case_id=case.id, power=power, then=then)


def _assess(session: Session, clock: ScriptedClock, data: Mapping[str, Any], day: date) -> None:
    """The cases assessed here on a day: a few answers are told, every other is the second of its factor."""
    clock.on(day, time(10, 0))
    for said in data["assessments"]:
        if day.isoformat() in said:
            case_id, told = _case_id(session, said["reference"]), said[day.isoformat()]
            factors = assessing.sheet(session, case_id).matrix.factors
            usual = {one.key: one.options[1].key for one in factors}
            assessing.assess(session, case_id, usual | told)


def _case_id(session: Session, reference: str) -> str:
    with session.work.reading() as records:
        return str(records.find(Case, reference=reference)[0].id)


def _meant_for(session: Session, case: Case, data: Mapping[str, Any]) -> FactorThen | None:
    """The factor that the first action of an assessed case is to reduce."""
    said = next((one for one in data["assessments"] if one["reference"] == case.reference), None)
    return factor_tasks.factor_then(assessing.sheet(session, case.id), said["task"]) if said else None


def _report_between_meetings(session: Session) -> None:
    """A few officers reported before the next meeting."""
    with session.work.reading() as records:
        open_actions = records.find(Action, state=ActionState.OPEN)
    for action in open_actions[::7]:
        actions.answer_action(session, action.id, Answer.DONE)


def _referrals(session: Session) -> None:
    """What came back of October's referrals, and others made between the meetings: one in every state."""
    first, second, *_ = (row.referral for row in referrals.referrals(session) if row.referral.is_open)
    referrals.answer(session, first.id, ReferralAnswer.TAKEN, came_back="A worker visits from Monday")
    came_back = "Below their threshold"
    referrals.answer(session, second.id, ReferralAnswer.NOT_TAKEN, came_back=came_back, next_step="Ask the GP")
    with session.work.reading() as records:
        cases = [one for one in records.find(Case) if one.subject_type is SubjectType.VICTIM]
    ids = [one.id for one in sorted(cases, key=lambda one: one.reference)]
    referrals.refer(session, ids[0], ReferralBody.MARAC.value, "Threats from a former partner")
    mistaken = referrals.refer(session, ids[1], ReferralBody.HOUSING.value, "Wants to move away")
    referrals.withdraw(session, mistaken.id, "Moved in with her sister")
    halo = referrals.refer(session, ids[2], ReferralBody.HALO.value, "Comes home with presents nobody bought")
    referrals.write_note(session, halo.id, "Names and places for the panel alone.")
    referrals.hand_over(session, halo.id)
    prevent = referrals.refer(session, ids[3], ReferralBody.CHANNEL.value, "Shares films of attacks at school")
    referrals.write_note(session, prevent.id, "What the class teacher saw, on which days.")


def _came_in(session: Session) -> None:
    """Referrals from partners: one in every state."""

    def came(days: int, key: str, about: tuple[str, str, str, str], *who: str) -> str:
        initials, place, asked, risk = about
        children = ChildrenAtHome.YES if "children" in risk else ChildrenAtHome.NOT_KNOWN
        said = About(
            session.today - timedelta(days=days), CameBy.MAIL, asked, initials, place, risk, children, PersonTold.TOLD
        )
        return incoming_referrals.enter(session, incoming_referrals.referrer_of(key, *who), said).id

    keys = {words: key for key, words in incoming_referrals.referrers(session)}
    with session.work.reading() as records:
        case = min((one for one in records.find(Case) if one.initials), key=lambda one: one.reference)
        issue = min(records.find(EmergingIssue, state=IssueState.OPEN), key=lambda one: one.title)
    school = ("Larkfield School", "Una Marsh", "una.marsh@larkfield.example")
    came(4, "", ("KB", "Elm Court", "Two pupils are afraid to walk home", "Threats, two children at home"), *school)
    waiting = came(
        3, keys["Change Grow Live"], ("TN", "Mill Row", "Visit with us", "Debts to a dealer"), "", "Ewa Łukasik"
    )
    known = came(6, keys["Watford Community Housing"], (case.initials, case.location, "Third complaint", "Shouting"))
    seen = came(6, keys["Hertfordshire Fire and Rescue"], ("", issue.place or "High Street", "Bins on fire again", ""))
    other = came(11, "", ("RP", "Station Road", "Parking on the pavement", ""), "Larkfield Traders", "Sol Pike")
    for one in (waiting, known, seen, other):
        incoming_referrals.acknowledge(session, one)
    triage.join_case(session, known, case.id)
    triage.join_issue(session, seen, issue.id)
    triage.decline(session, other, DeclineReason.NOT_OURS, "For the county council’s highways team")
    incoming_referrals.tell_referrer(session, other, CameBy.TELEPHONE)


def _plan_november(session: Session, clock: ScriptedClock, data: Mapping[str, Any]) -> None:
    november = data["november"]
    _assess(session, clock, data, date(2026, 11, 19))
    clock.on(date(2026, 11, 20), time(9, 0))
    said = json.loads(shipped_case_matrix()) | {"version": "2", "valid_from": "2026-11-20"}
    assessing.load_matrix(session, json.dumps(said, ensure_ascii=False, indent=1))
    clock.on(date(2026, 11, 23), time(9, 30))
    _import(session, data["november_papers"]["before_meeting"])
    _assess(session, clock, data, date(2026, 11, 23))
    _referrals(session)
    _came_in(session)
    _plan(session, november, date.fromisoformat(november["on"]))
    clock.at = datetime.fromisoformat(data["clock"])
