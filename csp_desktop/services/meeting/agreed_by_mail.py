"""An officer's update or a decision between two meetings that came by email: noted by the minute-taker, confirmed by
the person with their own passphrase when they next sit at the laptop.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from csp_desktop.domain.common.by_mail import AgreedByMail, MailAbout, awaits, confirmed, mail_words, require_mail_day
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import User
from csp_desktop.domain.meeting.actions import Action, Answer
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.meeting.regular import regular_held
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

WORDS, WHO = "words", "who"  # the fields of a form


def note_update_in(session: Session, records: Records, action: Action, answer: Answer, mailed_on: date) -> AgreedByMail:
    """Inside the step that enters the answer: its officer gave it by email. Raises Refused for oneself, for a day to
    come, and for an action without an officer."""
    officer = next(iter(records.find(Member, id=action.officer_id)), None)
    if officer is None:
        raise Refused("This action has no officer, so nobody can have answered by email. Leave the date empty.")
    words = f"{answer.value.capitalize()}: {action.what}"
    return _note(session, records, MailAbout.UPDATE, action.id, action.case_id or "", officer, words, mailed_on)


def forget_update_in(records: Records, action_id: str) -> None:
    """The action is answered anew: what waited for a confirmation does so no more."""
    for one in records.find(AgreedByMail, about_id=action_id):
        if awaits(one):
            records.remove(one)


def note_decision(session: Session, case_id: str, member_id: str, words: str, mailed_on: date) -> AgreedByMail:
    """A decision about a case, in private a person, between two meetings, agreed by email of one person. Raises
    FieldRefused without words or without whoever agreed, Refused for oneself and for a day to come."""
    session.require_recorder()
    words = " ".join(words.split())
    if not words:
        raise FieldRefused(WORDS, "Say what was decided.")
    if not member_id:
        raise FieldRefused(WHO, "Choose who agreed to it by email.")
    with session.work.step("decision between meetings") as records:
        session.subject.record.refuse(session, records)
        records.get(session.subject.kind, case_id)
        member = records.get(Member, member_id)
        return _note(session, records, MailAbout.DECISION, "", case_id, member, words, mailed_on)


def _note(
    session: Session,
    records: Records,
    about: MailAbout,
    about_id: str,
    case_id: str,
    member: Member,
    words: str,
    mailed_on: date,
) -> AgreedByMail:
    require_mail_day(mailed_on, session.today)
    if member.id == session.member_id:
        raise Refused("You are signed in as this person, so no email is needed. Leave the date of the email empty.")
    made = AgreedByMail(
        new_id(), about, about_id, case_id, member.id, member.name, words, mailed_on, session.user_name, session.now()
    )
    records.save(made)
    return made


def decisions_in(records: Records, case_id: str) -> tuple[AgreedByMail, ...]:
    """Inside a transaction: every decision about a case between two meetings, the newest first."""
    found = records.find(AgreedByMail, case_id=case_id, about=MailAbout.DECISION)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def decisions_since(records: Records, case_id: str, since: datetime | None) -> tuple[AgreedByMail, ...]:
    """Those noted after an instant, None for all, the oldest first: what the table has not heard yet."""
    found = [one for one in decisions_in(records, case_id) if since is None or one.at > since]
    return tuple(reversed(found))


def decisions_between(records: Records, meeting: Meeting) -> tuple[AgreedByMail, ...]:
    """Every decision noted since the meeting before closed and until this one did, in the order of the emails: each
    stands in the minutes of one meeting of the group."""
    if not meeting.is_regular:
        return ()
    earlier = [one for one in regular_held(records) if one.on < meeting.on]
    since = max((one.closed_at for one in earlier if one.closed_at), default=None)
    found = [
        one
        for one in records.find(AgreedByMail, about=MailAbout.DECISION)
        if (since is None or one.at > since) and (meeting.closed_at is None or one.at <= meeting.closed_at)
    ]
    return tuple(sorted(found, key=lambda one: (one.mailed_on, one.at)))


def mail_marks(
    records: Records, action_ids: Iterable[str], day_words: Callable[[date], str] = dated_day
) -> dict[str, str]:
    """For each of these actions whose last update waits for a confirmation: 'agreed by email of Thu 3 Dec 2026, not yet
    confirmed'. A paper hands in how it says a day."""
    ids = tuple(action_ids)
    found = records.find(AgreedByMail, about_id=ids) if ids else []
    return {one.about_id: mail_words(one, day_words) for one in found if awaits(one)}


def may_confirm(session: Session, one: AgreedByMail) -> bool:
    """Whether it is theirs who is signed in; or they may approve the minutes."""
    return one.member_id == session.member_id or session.holds(*session.subject.record.approvers)


def to_confirm(session: Session) -> tuple[AgreedByMail, ...]:
    """What waits for the passphrase of the person who is signed in, the oldest first: what they agreed; and for whoever
    may approve, what people agreed who have no way into the file."""
    with session.work.reading() as records:
        return to_confirm_in(session, records)


def to_confirm_in(session: Session, records: Records) -> tuple[AgreedByMail, ...]:
    """The same inside a transaction."""
    have_way_in = {one.member_id for one in records.find(User)}
    waiting = [
        one
        for one in records.find(AgreedByMail, confirmed_at=None)
        if one.member_id == session.member_id or (may_confirm(session, one) and one.member_id not in have_way_in)
    ]
    return tuple(sorted(waiting, key=lambda one: one.at))


def confirm(session: Session, ids: Iterable[str]) -> int:
    """They are confirmed, in one step; how many. The caller has asked for the person's own passphrase. Raises
    NotAllowed for somebody else's, Refused for what is confirmed already."""
    with session.work.step("confirmation of what was agreed by email", undoable=False) as records:
        found = records.find(AgreedByMail, id=tuple(ids))
        for one in found:
            if not may_confirm(session, one):
                raise NotAllowed(f"Only {one.by}, or the person who approves the minutes, can confirm this.")
            records.save(confirmed(one, session.user_name, session.now()))
    return len(found)
