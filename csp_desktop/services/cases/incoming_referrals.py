"""Referrals that partners send in: entered, acknowledged, the referrer informed; what becomes of each is decided in
`services.meeting.triage`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from csp_desktop.domain.cases import incoming_referrals as rules
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.incoming_referrals import (
    About,
    CameBy,
    IncomingReferral,
    IncomingState,
    Referrer,
    Triage,
    next_first,
)
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.mail import MailKind, Sender, papers_mail
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.issues import EmergingIssue
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.cases.search import Hit, reference_of
from csp_desktop.services.meeting.due_next import next_cpg_day
from csp_desktop.services.meeting.regular import regular_meetings
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MEMBER, AGENCY = "member", "agency"
LEAST_TYPED = 3  # letters, before one is looked for
HALF = "unfinished entry"  # what the drafts of one not yet added belong to
_HOW = {
    CameBy.MAIL: "by email",
    CameBy.TELEPHONE: "by telephone",
    CameBy.IN_PERSON: "in person",
    CameBy.LETTER: "by letter",
    CameBy.MEETING: "at a meeting",
}
_NEXT = {
    IncomingState.RECEIVED: "Acknowledge by",
    IncomingState.ACKNOWLEDGED: "Decide by",
    IncomingState.TRIAGED: "Inform the referrer by",
}


@dataclass(frozen=True)
class IncomingRow:
    """One of them: from whom, what it became in words, and when its next step is due."""

    referral: IncomingReferral
    source: str  # 'Joy Okafor, CMHT'
    name: str  # whom a mail greets
    mail: str
    became: str  # 'Case SN-2026-047400, JP'
    due: date | None
    decide_by: date
    today: date
    may_delete: bool = False  # it became no case, and its years are over

    @property
    def late(self) -> int:
        """Days since its next step was due."""
        return days_overdue(self.due, self.today)

    @property
    def standing(self) -> str:
        """'2 days overdue', 'Decide by Thu 10 Dec', 'Declined Mon 7 Dec'."""
        one = self.referral
        if one.told_on is not None and one.triage is not None:
            word = "Declined" if one.triage is Triage.DECLINED else "Accepted"
            return f"{word}, referrer informed {screen_day(one.told_on, self.today)}"
        if self.late:
            return f"{one.state.value.capitalize()}: {overdue_words(self.late)}"
        return f"{_NEXT[one.state]} {screen_day(self.due, self.today)}" if self.due else one.state.value.capitalize()

    @property
    def about(self) -> str:
        """'JP, Oak Way'"""
        return ", ".join(filter(None, (self.referral.initials, self.referral.place)))

    @property
    def proposed_title(self) -> str:
        """'Oak Way: look at the nights on the stairs'"""
        one = self.referral
        asked = f"{one.asked[:1].lower()}{one.asked[1:]}" if one.place else one.asked
        return ": ".join(filter(None, (one.place, asked)))

    @property
    def facts(self) -> tuple[str, ...]:
        """Everything that is known of it, a line each."""
        one = self.referral
        by = f" by {one.acknowledged_by}" if one.acknowledged_by else ""
        lines = (
            f"{self.came_words}, {_HOW[one.came_by]}.",
            f"About {self.about}.",
            f"Asked: {one.asked}.",
            f"Risk: {one.risk}." if one.risk else "",
            f"Children at home: {one.children.value}. The person: {one.person_told.value}.",
            f"Acknowledged {screen_day(one.acknowledged_on, self.today)}{by}." if one.acknowledged_on else "",
            f"{self.became}." if one.triage is Triage.DECLINED else "",
            f"The referrer is told: {one.declined.value}." if one.declined else "",
            f"Decided {screen_day(one.triaged_on, self.today)} by {one.triaged_by}." if one.triaged_on else "",
            f"{self.standing}.",
        )
        return tuple(filter(None, lines))

    @property
    def came_words(self) -> str:
        """'Came in from Joy Okafor, CMHT, on Mon 23 Nov'"""
        return f"Came in from {self.source}, on {screen_day(self.referral.received_on, self.today)}"


def _next_cpg(session: Session, records: Records, days: list[date], after: date) -> date:
    """The first meeting of the group after a day, held, planned or proposed."""
    later = [on for on in days if on > after]
    return min(later) if later else next_cpg_day(session, records, after + timedelta(days=1))


def rows_in(session: Session, records: Records, found: Iterable[IncomingReferral]) -> tuple[IncomingRow, ...]:
    """Inside a transaction: these, what is due soonest first."""
    known = list(found)
    if not known:
        return ()
    members = {one.id: one for one in records.find(Member)}
    agencies = {one.id: one for one in records.find(Agency)}
    cases, issues = (
        _by_id(records, Case, [r.case_id for r in known]),
        _by_id(records, EmergingIssue, [r.issue_id for r in known]),
    )
    days = [meeting.on for meeting in regular_meetings(records)]
    settings = settings_in(records)
    rows = {}
    for one in known:
        decide_by = _next_cpg(session, records, days, one.received_on)
        due = one.due(settings.acknowledge_days, session.holidays, decide_by)
        source, name, mail = _who(one, members, agencies)
        became = _became(one, cases, issues)
        old = rules.old_from(one, settings.incoming_years)
        gone = old is not None and old <= session.today
        rows[one.id] = IncomingRow(one, source, name, mail, became, due, decide_by, session.today, gone)
    return tuple(rows[one.id] for one in next_first((row.referral, row.due) for row in rows.values()))


def _by_id(records: Records, kind: type[Any], ids: Iterable[str]) -> dict[str, Any]:
    wanted = tuple(sorted({*ids} - {""}))
    return {one.id: one for one in records.find(kind, id=wanted)} if wanted else {}


def _who(one: IncomingReferral, members: dict[str, Member], agencies: dict[str, Agency]) -> tuple[str, str, str]:
    """The source in words, whom a mail greets, and its address."""
    if one.member_id:
        member = members.get(one.member_id)
        if member is None:
            return "someone who was removed", "", ""
        home = agencies.get(member.agency_id)
        return ", ".join(filter(None, (member.name, home.short_name if home else ""))), member.name, member.mail
    agency = agencies.get(one.agency_id)
    body = agency.name if agency else one.body or "an agency that was removed"
    return ", ".join(filter(None, (one.name, body))), one.name or body, one.mail


def _became(one: IncomingReferral, cases: dict[str, Case], issues: dict[str, EmergingIssue]) -> str:
    if one.case_id in cases:
        case = cases[one.case_id]
        return f"Case {', '.join(filter(None, (reference_of(case), case.initials)))}"
    if one.issue_id in issues:
        return f"Emerging issue: {issues[one.issue_id].title}"
    return f"Declined: {one.reason}" if one.triage is Triage.DECLINED else ""


def incoming(session: Session) -> tuple[IncomingRow, ...]:
    """All of them, what is due soonest first."""
    with session.work.reading() as records:
        return rows_in(session, records, records.find(IncomingReferral))


def open_incoming_in(session: Session, records: Records) -> tuple[IncomingRow, ...]:
    """Inside a transaction: those with something to do."""
    return rows_in(session, records, records.find(IncomingReferral, told_on=None))


def open_incoming(session: Session) -> int:
    """How many have something to do."""
    with session.work.reading() as records:
        return len(records.find(IncomingReferral, told_on=None))


def of_case(records: Records, case_id: str) -> list[IncomingReferral]:
    """Inside a transaction: those that became this case, or an issue that did."""
    issues = tuple(issue.id for issue in records.find(EmergingIssue, became_case_id=case_id))
    found = records.find(IncomingReferral, case_id=case_id)
    return [*found, *(records.find(IncomingReferral, issue_id=issues) if issues else ())]


def incoming_of_case(session: Session, records: Records, case_id: str) -> tuple[IncomingRow, ...]:
    """The same as rows."""
    return rows_in(session, records, of_case(records, case_id))


def incoming_of_issue(session: Session, issue_id: str) -> tuple[IncomingRow, ...]:
    """Those that became this issue."""
    with session.work.reading() as records:
        return rows_in(session, records, records.find(IncomingReferral, issue_id=issue_id))


def find_incoming(session: Session, text: str, limit: int = 3) -> list[Hit]:
    """Those from whom, about whom or about what is called so; every word typed begins a word of it. From three
    letters."""
    typed = folded(text).split()
    if sum(map(len, typed)) < LEAST_TYPED:
        return []
    hits = []
    for row in incoming(session):
        words = folded(f"{row.source} {row.about} {row.referral.asked}").replace(",", " ").split()
        if all(any(word.startswith(one) for word in words) for one in typed):
            hits.append(Hit("came in", row.referral.id, f"{row.about}: {row.referral.asked}", row.standing, row.source))
    return hits[:limit]


def referrers(session: Session) -> tuple[tuple[str, str], ...]:
    """From whom one can come: (key, name), the agencies by name, then the people."""
    with session.work.reading() as records:
        agencies = sorted((a for a in records.find(Agency) if a.active), key=lambda a: a.name.casefold())
        members = sorted((m for m in records.find(Member) if m.active), key=lambda m: m.name.casefold())
    homes = {agency.id: agency.short_name for agency in agencies}
    return (
        *((f"{AGENCY}:{one.id}", one.name) for one in agencies),
        *((f"{MEMBER}:{m.id}", ", ".join(filter(None, (m.name, homes.get(m.agency_id, ""))))) for m in members),
    )


def referrer_of(key: str, body: str = "", name: str = "", mail: str = "") -> Referrer:
    """Whom a key of `referrers` means; without one another body."""
    kind, _, record_id = key.partition(":")
    if kind == MEMBER:
        return Referrer(member_id=record_id)
    return Referrer("", record_id if kind == AGENCY else "", body, name, mail)


def enter(session: Session, referrer: Referrer, about: About) -> IncomingReferral:
    """Enter one that came in. Raises FieldRefused at the field that is not in order."""
    session.require_case_worker()
    made = rules.received(referrer, about, session.today, session.user_name)
    with session.work.step("referral that came in") as records:
        records.save(made)
        forget_half(session)
    return made


def keep_half(session: Session, field: str, text: str) -> None:
    """Keep what is typed of one not yet added; an emptied field is forgotten."""
    if text:
        session.work.keep_draft(IncomingReferral, HALF, field, text)
    elif session.work.draft(IncomingReferral, HALF, field) is not None:
        session.work.drop_draft(IncomingReferral, HALF, field)


def half_entered(session: Session) -> dict[str, str]:
    """What was typed of one not yet added, by field: after a lock or a crash it is there again."""
    return {
        d.field: d.text for d in session.work.drafts() if (d.kind, d.record_id) == (IncomingReferral.__name__, HALF)
    }


def forget_half(session: Session) -> None:
    """It was added, or given up."""
    for field in half_entered(session):
        session.work.drop_draft(IncomingReferral, HALF, field)


def _changed(
    session: Session, referral_id: str, words: str, change: Callable[[IncomingReferral], IncomingReferral]
) -> IncomingReferral:
    session.require_case_worker()
    with session.work.step(words) as records:
        after = change(records.get(IncomingReferral, referral_id))
        records.save(after)
    return after


def acknowledge(session: Session, referral_id: str, on: date | None = None) -> IncomingReferral:
    """The referrer knows that it came, today unless another day is given. Raises FieldRefused for one that cannot
    be."""
    on, by = on or session.today, session.user_name
    return _changed(
        session,
        referral_id,
        "acknowledging a referral",
        lambda one: rules.acknowledged(one, on, session.today, by),
    )


def tell_referrer(session: Session, referral_id: str, how: CameBy | None, on: date | None = None) -> IncomingReferral:
    """The referrer knows what became of it. Raises FieldRefused at the field that is not in order."""
    on, by = on or session.today, session.user_name
    return _changed(
        session,
        referral_id,
        "informing a referrer",
        lambda one: rules.referrer_told(one, on, how, session.today, by),
    )


def referrer_mail(session: Session, referral_id: str) -> tuple[str, bytes]:
    """What the referrer is written at this step as a mail draft, with the name of its file. Raises Refused without an
    address, RuntimeError in a session without a writer of mail drafts."""
    if session.papers.mail_draft is None:
        raise RuntimeError("a session without a writer of email drafts")
    with session.work.reading() as records:
        (row,), settings = (
            rows_in(session, records, [records.get(IncomingReferral, referral_id)]),
            settings_in(records),
        )
    if not row.mail:
        raise Refused(f"No email address is known for {row.source}. Inform them by telephone or letter.")
    one = row.referral
    sender = Sender(session.user_name, paper_name(settings.town, settings.partnership))
    mail = papers_mail(
        MailKind.REFERRAL,
        (row.name, row.mail),
        one.received_on,
        sender,
        session.now(),
        more=rules.letter(one, max(row.decide_by, session.today)),
    )
    return f"{MailKind.REFERRAL.value}-{one.received_on.isoformat()}.eml", session.papers.mail_draft(mail)


def may_be_deleted(session: Session, records: Records) -> tuple[IncomingReferral, ...]:
    """Inside a transaction: those done that became no case, past the years they are kept."""
    years = settings_in(records).incoming_years
    old = [(rules.old_from(one, years), one) for one in records.find(IncomingReferral)]
    return tuple(one for day, one in old if day is not None and day <= session.today)


def delete_old(session: Session, referral_id: str) -> None:
    """Delete it for good, in the journal too: the step cannot be undone. Raises Refused for one that is not past its
    years."""
    session.require_case_worker()
    with session.work.step("deletion of a referral that came in", undoable=False) as records:
        one = records.get(IncomingReferral, referral_id)
        rules.require_old(one, settings_in(records).incoming_years, session.today)
        records.erase(one)
    session.work.sweep()


def incoming_facts(rows: Iterable[IncomingRow], cases: Iterable[Case]) -> list[dict[str, Any]]:
    """For the command line: `[{"direction": "in", "case", "from", "on", "state", "due", "days_late", "triage",
    "told_on", "children"}]`; nothing of what was said."""
    references = {case.id: case.reference for case in cases}
    return [
        {
            "direction": "in",
            "case": references.get(row.referral.case_id),
            "from": row.source,
            "on": row.referral.received_on.isoformat(),
            "state": row.referral.state.value,
            "due": row.due.isoformat() if row.due else None,
            "days_late": row.late,
            "triage": row.referral.triage.value if row.referral.triage else None,
            "told_on": row.referral.told_on.isoformat() if row.referral.told_on else None,
            "children": row.referral.children.value,
        }
        for row in rows
    ]
