"""What needs someone: late actions, broken promises, papers to confirm, people without a current protocol."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.clocks import PromiseKind, PromiseState
from csp_desktop.domain.cases.incoming_referrals import IncomingState
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.days import day_and_time, local, screen_day
from csp_desktop.domain.common.deadlines import Deadline, papers_deadline
from csp_desktop.domain.common.overdue import days_overdue, due_words, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.protection import shown
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.cases.case_plans import PlanOfCase
from csp_desktop.services.cases.cases import CasePromise
from csp_desktop.services.cases.factor_asks import CmhtAsked
from csp_desktop.services.cases.incoming_referrals import IncomingRow
from csp_desktop.services.cases.referrals import ReferralRow
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting.professionals import CalledRow
from csp_desktop.services.minutes.versions import Standing
from csp_desktop.services.people.handing_on import Leaving
from csp_desktop.services.ports.work import Records


class NeedKind(Enum):
    """What needs someone; a promise that is broken is told by its own kind."""

    LATE_ACTIONS = "late actions"
    DUE = "due before the meeting"
    FIRST_PEOPLE = "first people"
    FIRST_CASES = "first cases"
    FIRST_ACTIONS = "first actions"
    FIRST_MEETING = "first meeting"
    REFERENCES = "references awaited"
    REFERRALS = "referrals without an answer"
    PROFESSIONALS = "professionals' meetings"
    CMHT = "CMHT to inform"
    REVIEW_RIGHT = "right to a review to tell"
    PLANS = "management plans overdue"
    HAND_ON = "left, to be handed on"
    CAME_IN = "referrals that came in"
    CAME_IN_OLD = "referrals that came in, to delete"
    CLAUSES = "texts to confirm"
    PROTOCOL = "protocol to sign"
    UPDATES = "officers to ask"
    ACTION_LISTS = "action lists to send"
    PAPERS = "papers to write"
    SAVE_MINUTES = "minutes to save"
    SEND_MINUTES = "minutes to send out"
    CHECK_MINUTES = "minutes to check"
    APPROVE_MINUTES = "minutes to approve"
    CONFIRM_MINUTES = "approval by e-mail to confirm"
    CONFIRM_MAIL = "agreed by email, to confirm"
    SENT_BACK = "minutes sent back"
    CORRECT_MINUTES = "corrections a meeting asked for"
    REMARKS = "comments to answer"
    HAND_OVER_LEFT = "hand-over left over"
    BACKUP_FAILED = "backup failed"
    BACKUP = "backup to make"
    BACKUP_TRIAL = "backup to try"


@dataclass(frozen=True)
class Need:
    """One line of "Needs you": what it is, how much it presses (high, medium or accent), and about which record."""

    kind: Enum  # NeedKind, PromiseKind, or the private meeting's own
    tone: str
    title: str
    detail: str
    when: str
    record_id: str = ""
    officers: tuple[tuple[str, int], ...] = ()  # name, count
    totals: tuple[tuple[int, str], ...] = ()  # total, band


@dataclass(frozen=True)
class OfficerLate:
    """How many actions of one officer are overdue, and for how many days the oldest."""

    member_id: str
    name: str
    agency: str
    late: int
    oldest_days: int


def late_officers(records: Records, late: Sequence[Action], today: date) -> list[OfficerLate]:
    by_officer: dict[str, list[Action]] = {}
    for action in late:
        for owner in action.owner_ids:
            by_officer.setdefault(owner, []).append(action)
    names = {m.id: m for m in records.find(Member)}
    homes = {a.id: a.short_name for a in records.find(Agency)}
    rows = []
    for officer_id, actions in by_officer.items():
        oldest = max(days_overdue(a.due, today) for a in actions)
        member = names.get(officer_id)
        name = member.name if member else "No officer"
        home = homes.get(member.agency_id, "") if member else ""
        rows.append(OfficerLate(officer_id, name, home, len(actions), oldest))
    return sorted(rows, key=lambda r: (-r.late, -r.oldest_days))


def action_needs(late: Sequence[Action], officers: Sequence[OfficerLate], today: date) -> list[Need]:
    if not late:
        return []
    oldest = min(late, key=lambda a: a.due or today)
    actions = f"{len(late)} {'action' if len(late) == 1 else 'actions'}"
    title = f"{actions} overdue, with {len(officers)} {'officer' if len(officers) == 1 else 'officers'}"
    detail = f"Oldest: {shown(oldest.what)}, due {screen_day(oldest.due or today, today)}"
    who = tuple((o.name, o.late) for o in officers[:4])
    return [
        Need(NeedKind.LATE_ACTIONS, "high", title, detail, overdue_words(days_overdue(oldest.due, today)), officers=who)
    ]


def promise_needs(standing: Sequence[CasePromise], today: date) -> list[Need]:
    """One line for each kind of broken promise, and one for what falls due before the meeting."""
    groups: dict[PromiseKind, list[CasePromise]] = {}
    for row in standing:
        if row.promise.state is PromiseState.BROKEN:
            groups.setdefault(row.promise.kind, []).append(row)
    needs = []
    for kind, rows in sorted(groups.items(), key=lambda g: -max(r.promise.days_late for r in g[1])):
        most = max(r.promise.days_late for r in rows)

        title, when = f"{kind.value}: {_cases(len(rows))}", overdue_words(most)
        needs.append(Need(kind, "high", title, _titles(rows), when, totals=_totals(rows)))
    due = [r for r in standing if r.promise.state is PromiseState.DUE]
    if due:
        first = min(r.promise.due_on for r in due if r.promise.due_on)
        title = f"Due before the meeting: {_cases(len(due))}"
        when = f"from {screen_day(first, today)}"
        needs.append(Need(NeedKind.DUE, "medium", title, _titles(due), when, totals=_totals(due)))
    return needs


def referral_needs(waiting: Sequence[ReferralRow], untold: Sequence[CmhtAsked]) -> list[Need]:
    """Referrals whose answer is overdue, until they are answered; cases of which the CMHT has not been informed."""
    needs, late = [], [row for row in waiting if row.late]
    if late:
        title = f"{count_of(len(late), 'referral', 'referrals')} without an answer"
        detail = "; ".join(f"{row.to}, {reference_of(row.case)}" for row in late[:3])
        needs.append(Need(NeedKind.REFERRALS, "high", title, detail, overdue_words(late[0].late)))
    if untold:
        title = f"CMHT not informed: {_cases(len(untold))}"
        needs.append(Need(NeedKind.CMHT, "medium", title, _titles(untold), untold[0].when))
    return needs


def victim_needs(untold: Sequence[Case]) -> list[Need]:
    """Repeat victims who were not told that they may ask for a review of their case."""
    if not untold:
        return []
    title = f"Repeat victims not told of the right to a review: {_cases(len(untold))}"
    return [Need(NeedKind.REVIEW_RIGHT, "medium", title, _named(untold), "to tell")]


def plan_needs(late: Sequence[PlanOfCase]) -> list[Need]:
    """Management plans with a step overdue, or that were to be looked at again; it leads to the most overdue."""
    if not late:
        return []
    first = late[0]
    what = "review" if first.review_late == first.most_late else "step"
    detail = f"{reference_of(first.case)}: {what} {overdue_words(first.most_late)}"
    more = f"; then {_named([one.case for one in late[1:]])}" if len(late) > 1 else ""
    title = f"Management plan overdue: {_cases(len(late))}"
    return [Need(NeedKind.PLANS, "high", title, f"{detail}{more}", overdue_words(first.most_late), first.case.id)]


def called_needs(waiting: Sequence[CalledRow], today: date) -> list[Need]:
    """Professionals' meetings to be held, and those on which the lead has still to report, each by itself."""
    needs = []
    for row in waiting:
        name, started = reference_of(row.case), row.meeting.state in (MeetingState.SIGN_IN, MeetingState.IN_SESSION)
        if row.is_over:
            title = f"{row.lead} reports back on {name}"
            detail = f"Professionals’ meeting of {screen_day(row.meeting.on, today)}"
            near = (row.called.report_by - today).days <= REPORT_SHOWN
            tone, when = "high" if row.late else "medium" if near else "accent", due_words(row.called.report_by, today)
        else:
            title = f"{'Continue' if started else 'Hold'} the professionals’ meeting about {name}"
            detail = f"Led by {row.lead}. {row.called.ground.value[:1].upper()}{row.called.ground.value[1:]}"
            tone = "high" if started or row.meeting.on < today else "medium"
            when = row.when if row.meeting.on >= today else overdue_words((today - row.meeting.on).days)
        needs.append(Need(NeedKind.PROFESSIONALS, tone, title, detail, when, row.case.id))
    return needs


_TO_DO = {
    IncomingState.RECEIVED: "to acknowledge",
    IncomingState.ACKNOWLEDGED: "to decide",
    IncomingState.TRIAGED: "whose referrer is to be informed",
}


def came_in_needs(rows: Sequence[IncomingRow], old: int) -> list[Need]:
    """Referrals from partners until they are acknowledged, decided and the referrer informed; those whose years are
    over."""
    needs = []
    for state, words in _TO_DO.items():
        found = [row for row in rows if row.referral.state is state]
        if found:
            first, late = found[0], any(row.late for row in found)
            title = f"{count_of(len(found), 'referral', 'referrals')} from partners {words}"
            detail = "; ".join(f"{row.source}, {row.about}" for row in found[:3])
            when = due_words(first.due, first.today) if first.due else ""
            needs.append(Need(NeedKind.CAME_IN, "high" if late else "medium", title, detail, when, first.referral.id))
    if old:
        title = f"{count_of(old, 'referral', 'referrals')} from partners to delete"
        needs.append(Need(NeedKind.CAME_IN_OLD, "accent", title, "Became no case; the years are over", "to delete"))
    return needs


def first_needs(people: int, has_cases: bool, has_actions: bool) -> list[Need]:
    """What a new partnership does first, until its first meeting is planned; what is done no longer stands here."""
    steps = (
        (people > 1, NeedKind.FIRST_PEOPLE, "Add the people of your group", "By hand, or from a member list"),
        (has_cases, NeedKind.FIRST_CASES, "Import the Safety Net cases", "CSV or XLSX, as exported"),
        (has_actions, NeedKind.FIRST_ACTIONS, "Import the open actions", "From Word or Excel, if you keep a list"),
        (False, NeedKind.FIRST_MEETING, "Plan the first meeting", "The agenda and the case order are created for you"),
    )
    left = [step[1:] for step in steps if not step[0]]
    return [
        Need(kind, "accent", title, detail, f"{place} of {len(left)}")
        for place, (kind, title, detail) in enumerate(left, 1)
    ]


def _cases(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"


def _titles(rows: Sequence[CasePromise] | Sequence[CmhtAsked]) -> str:
    return _named([row.case for row in rows])


def _named(cases: Sequence[Case]) -> str:
    words = ", ".join(case.title.split(",")[0] for case in cases[:3])
    return words if len(cases) <= 3 else f"{words} and {len(cases) - 3} more"


def _totals(rows: Sequence[CasePromise]) -> tuple[tuple[int, str], ...]:
    return tuple((r.case.total, r.case.band.value if r.case.band else "") for r in rows[:3] if r.case.total is not None)


def paper_needs(records: Records) -> list[Need]:
    needs = []
    waiting = [c for c in records.find(Case, reference="") if c.status is not CaseStatus.CLOSED]
    if waiting:
        title = f"Awaiting a Safety Net reference: {_cases(len(waiting))}"
        detail = "Entered by hand; enter them in Safety Net as well"
        needs.append(Need(NeedKind.REFERENCES, "medium", title, detail, "to enter"))
    newest: dict[ClauseKind, Clause] = {}
    for clause in records.find(Clause):
        if clause.kind not in newest or clause.version > newest[clause.kind].version:
            newest[clause.kind] = clause
    if any(c.illustrative for c in newest.values()):
        title, detail = "Confirm the confidentiality clauses", "The wording is an example until the chair confirms it"
        needs.append(Need(NeedKind.CLAUSES, "accent", title, detail, "once"))
    return needs


def handing_needs(leaving: Sequence[Leaving]) -> list[Need]:
    """One line for each person who has left and still owns something, until it is handed on."""
    return [
        Need(
            NeedKind.HAND_ON,
            "medium",
            f"{one.owner.name} has left and still owns {count_of(len(one.things), 'thing', 'things')}",
            one.words,
            "to hand on",
            one.owner.id,
        )
        for one in leaving
    ]


def people_needs(names: Sequence[str]) -> list[Need]:
    if not names:
        return []
    title = f"{len(names)} standing {'member' if len(names) == 1 else 'members'} without a current protocol"
    who = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    detail = f"{who}: the clause is read out to them"
    return [Need(NeedKind.PROTOCOL, "medium", title, detail, "until signed")]


def update_needs(count: int, coming: Meeting | None, today: date) -> list[Need]:
    """Officers with open actions who were not asked for updates, in the week before the meeting."""
    if not count or coming is None:
        return []
    on = coming.on
    title = f"Ask {count} {'officer' if count == 1 else 'officers'} for updates on their actions"
    detail = f"Before the meeting of {screen_day(on, today)}; enter the replies on the same page"
    return [Need(NeedKind.UPDATES, "accent", title, detail, due_words(on, today))]


REPORT_SHOWN = 7  # days before a report is due
PAPERS_SHOWN = 7  # days before they are due


def papers_need(coming: Meeting | None, settings: Settings, holidays: AbstractSet[date], today: date) -> list[Need]:
    """The papers of the meeting to come, from a week before they are due until it begins."""
    if coming is None or coming.state is not MeetingState.PLANNED or today > coming.on:
        return []
    by = papers_deadline(coming.on, settings, holidays)
    days = (by - today).days
    if days > PAPERS_SHOWN:
        return []
    tone = "high" if days < 0 else "medium" if days <= 1 else "accent"
    when = due_words(by, today)
    title = f"Save the papers for {screen_day(coming.on, today)}, due out by {screen_day(by, today)}"
    return [Need(NeedKind.PAPERS, tone, title, "Agenda, each agency’s list, email drafts, calendar file", when)]


def minutes_need(last: Meeting, deadline: Deadline, today: date, saved_at: datetime | None) -> list[Need]:
    """The draft to be saved and sent out; once the day has passed nothing is said, for nobody knows whether it was."""
    days = deadline.days_left(today)
    if days < 0:
        return []
    tone = "medium" if days <= 7 else "accent"
    when = due_words(deadline.on, today)
    held, by = screen_day(last.on, today), screen_day(deadline.on, today)
    title = f"Circulate the minutes of {held} by {by}" if saved_at else f"Save the draft minutes of {held}"
    detail = (
        f"The draft was saved {day_and_time(saved_at, today)}" if saved_at else f"As a PDF, and circulate them by {by}"
    )
    return [Need(NeedKind.SEND_MINUTES if saved_at else NeedKind.SAVE_MINUTES, tone, title, detail, when, last.id)]


def lists_need(due: datetime | None, now: datetime) -> list[Need]:
    """The action lists after the last meeting, until somebody notes that they were sent."""
    if due is None:
        return []
    today, late = local(now).date(), now > due
    detail = "One for each officer and agency, as PDF, spreadsheet and email draft"
    title = f"Action lists not sent yet, {'were due' if late else 'due'} by {day_and_time(due, today)}"
    when = due_words(local(due).date(), today)
    return [Need(NeedKind.ACTION_LISTS, "high" if late else "medium", title, detail, when)]


def record_need(last: Meeting, deadline: Deadline, today: date, now: Standing) -> list[Need]:
    """What the record of the last meeting waits for: the check, the approval, its confirmation, or being sent out. Not
    circulated in time it is late, until it is."""
    days, held, by = deadline.days_left(today), screen_day(last.on, today), screen_day(deadline.on, today)
    late, approval = days < 0, now.approval
    when = due_words(deadline.on, today)
    tone = "high" if late else "medium" if days <= 7 else "accent"
    due = f"Were due by {by}" if late else f"Due by {by}"
    if now.awaits_confirmation and approval is not None:
        detail = f"{approval.by} approved by email and must confirm with their passphrase"
        return [
            Need(NeedKind.CONFIRM_MINUTES, "medium", f"Confirm the minutes of {held}", detail, "to confirm", last.id)
        ]
    if now.is_approved:
        if now.state is not MinutesState.APPROVED:
            return []
        until = f"Were due by {by}; v" if late else "V"
        title, detail = f"Circulate the minutes of {held} by {by}", f"{until}ersion {now.version} is approved"
        return [Need(NeedKind.SEND_MINUTES, tone, title, detail, when, last.id)]
    if now.state is MinutesState.CHECKED and now.checked is not None:
        title, detail = f"Approve the minutes of {held}", f"Checked by {now.checked.by}. {due}"
        return [Need(NeedKind.APPROVE_MINUTES, tone, title, detail, when, last.id)]
    if now.sent_back is not None:
        tone = "high" if late else "medium"
        detail = f"Sent back by {now.sent_back.by}: {now.sent_back.note}"
        return [Need(NeedKind.SENT_BACK, tone, f"Correct the minutes of {held}", detail, when, last.id)]
    return [Need(NeedKind.CHECK_MINUTES, tone, f"Check the minutes of {held}", due, when, last.id)]


def mail_needs(waiting: Sequence[AgreedByMail], today: date) -> list[Need]:
    """What was agreed by email and waits for the passphrase of whoever is signed in."""
    if not waiting:
        return []
    title = f"Confirm {count_of(len(waiting), 'thing', 'things')} agreed by email"
    first, others = waiting[0], len(waiting) - 1
    more = f", and {others} more" if others else ""
    detail = f"{first.by}, email of {screen_day(first.mailed_on, today)}: {first.words}{more}"
    return [Need(NeedKind.CONFIRM_MAIL, "medium", title, detail, "to confirm")]


def remark_needs(records: Records, today: date) -> list[Need]:
    """Remarks on minutes that nobody has answered, and corrections that a meeting asked for, by meeting."""
    waiting: dict[tuple[str, bool], int] = {}
    for remark in records.find(Remark, accepted=None):
        about = remark.meeting_id, bool(remark.asked_at_id)
        waiting[about] = waiting.get(about, 0) + 1
    needs = []
    for (meeting_id, asked), count in waiting.items():
        held = screen_day(records.get(Meeting, meeting_id).on, today)
        if asked:
            title = f"Correct the minutes of {held}: {count} {'correction' if count == 1 else 'corrections'}"
            detail = "Requested by the meeting when it agreed them; creates the next version"
            needs.append(Need(NeedKind.CORRECT_MINUTES, "medium", title, detail, "to correct", meeting_id))
        else:
            title = f"{count} {'comment' if count == 1 else 'comments'} on the minutes of {held}"
            detail = "From those present: accept each one, or decline it with a reason"
            needs.append(Need(NeedKind.REMARKS, "accent", title, detail, "to answer", meeting_id))
    return needs
