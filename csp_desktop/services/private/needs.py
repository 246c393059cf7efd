"""What needs New Hope's lead: scores out of date, people not seen, offers and actions, the room, the file itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.actions import Action, ActionState, days_late
from csp_desktop.domain.confidentiality import Attendance, Clause, ClauseKind
from csp_desktop.domain.days import days_words
from csp_desktop.domain.meeting import MeetingState
from csp_desktop.domain.risk_matrix import Assessment, read_matrix
from csp_desktop.domain.rough_sleeping import Consent, Offer, OfferAnswer, RoughSleeper, Sighting, last_seen
from csp_desktop.domain.sub_agenda import UNSEEN_DAYS
from csp_desktop.services.backing_up import safekeeping_needs
from csp_desktop.services.keeping_users import Paper
from csp_desktop.services.noticing_needs import Need
from csp_desktop.services.ports import Records
from csp_desktop.services.private.agenda import next_meeting_in
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.register import rows_in
from csp_desktop.services.private.scoring import valid_in
from csp_desktop.services.session import Role, Session

MOST_NAMED = 4
RATED = ("hourglass", "eye-off")  # where the scores themselves say how much it presses


@dataclass(frozen=True)
class _Known:
    """One person with what the needs ask about."""

    person: RoughSleeper
    latest: Assessment | None
    seen: Sighting | None
    offers: Sequence[Offer]
    late: Sequence[Action]


def people_needs(session: Session, records: Records) -> list[Need]:
    """What is wanting about the people, most pressing first; each names them by initials."""
    today, known = session.today, list(_known(session, records))
    late = [action for one in known for action in one.late]
    needs = _late_actions(late, today)
    needs += _need(
        [one for one in known if one.latest is None], "circle-dashed", "high", "No risk score yet",
        lambda _: "never scored", "private_risk",
    )  # fmt: skip
    needs += _out_of_date(session, records, known)
    unseen = [one for one in known if one.seen is None or (today - one.seen.on).days >= UNSEEN_DAYS]
    needs += _need(
        unseen, "eye-off", "medium", f"Not seen for {UNSEEN_DAYS} days", lambda ones: _longest(ones, today),
        "private_person",
    )  # fmt: skip
    thinking = [one for one in known if any(offer.answer is OfferAnswer.THINKING for offer in one.offers)]
    words = "An offer is open"
    needs += _need(thinking, "message-square", "medium", words, lambda _: "answer wanted", "private_person")
    unasked = [one for one in known if one.person.consent is Consent.NOT_ASKED]
    needs += _need(unasked, "file-check", "accent", "Not asked about sharing", lambda _: "to ask", "private_person")
    return needs


def _known(session: Session, records: Records) -> Iterable[_Known]:
    for person in sorted(records.find(RoughSleeper, on_list=True), key=lambda one: one.number):
        marks = sorted(records.find(Assessment, person_id=person.id), key=lambda one: one.on)
        actions = records.find(Action, case_id=person.id, state=ActionState.OPEN)
        yield _Known(
            person,
            marks[-1] if marks else None,
            last_seen(records.find(Sighting, person_id=person.id)),
            records.find(Offer, person_id=person.id),
            [action for action in actions if days_late(action, session.today) > 0],
        )


def _need(
    ones: Sequence[_Known], icon: str, tone: str, title: str, when: Callable[[Sequence[_Known]], str], stem: str
) -> list[Need]:
    """One line; with one person it leads to them, else to the list."""
    if not ones:
        return []
    alone = len(ones) == 1
    scored = ones[:3] if icon in RATED else ()
    totals = tuple((one.latest.total, one.latest.shown_band.value) for one in scored if one.latest)
    people = "1 person" if alone else f"{len(ones)} people"
    argument = ones[0].person.id if alone else ""
    where = stem if alone else "private_people"
    return [Need(icon, tone, f"{title}: {people}", _named(ones), when(ones), where, argument, totals=totals)]


def _named(ones: Sequence[_Known]) -> str:
    words = ", ".join(f"{one.person.initials} {one.person.reference}" for one in ones[:MOST_NAMED])
    return words if len(ones) <= MOST_NAMED else f"{words} and {len(ones) - MOST_NAMED} more"


def _late_actions(late: Sequence[Action], today: date) -> list[Need]:
    if not late:
        return []
    most = max(days_late(action, today) for action in late)
    actions = "1 action" if len(late) == 1 else f"{len(late)} actions"
    detail = "They are reviewed in the next private session, and there only"
    return [Need("clock", "high", f"{actions} late", detail, f"{days_words(most)} late", "private_minutes")]


def _out_of_date(session: Session, records: Records, known: Sequence[_Known]) -> list[Need]:
    """Scores older than their band's review days in the matrix in force."""
    force = valid_in(records, session)
    if force is None:
        title, detail = "No risk matrix is in force", "Nobody can be scored until one is loaded"
        return [Need("triangle-alert", "high", title, detail, "load one", "private_settings", "matrix")]
    holds = {rule.band: rule.review_days for rule in read_matrix(force.text).bands}

    def over(one: _Known) -> int:
        if one.latest is None:
            return 0
        return (session.today - one.latest.on).days - holds.get(one.latest.shown_band, 0)

    old = sorted((one for one in known if over(one) > 0), key=over, reverse=True)
    words = "Risk score out of date"
    return _need(old, "hourglass", "medium", words, lambda ones: f"{days_words(over(ones[0]))} over", "private_risk")


def _longest(ones: Sequence[_Known], today: date) -> str:
    days = [(today - one.seen.on).days for one in ones if one.seen]
    return f"{days_words(max(days))}" if days else "never seen"


def file_needs(session: Session, records: Records) -> list[Need]:
    """The room, the papers and the file."""
    return [
        *_room_needs(records), *_deputy_needs(records), *_paper_needs(records), *_recovery_need(session),
        *safekeeping_needs(session, records),
    ]  # fmt: skip


def _room_needs(records: Records) -> list[Need]:
    """Whoever came over and is nobody of the register may hear no one."""
    meeting = next_meeting_in(records)
    if meeting is None or meeting.state is not MeetingState.SIGN_IN:
        return []
    unknown = [row for row in records.find(Attendance, meeting_id=meeting.id, member_id="") if row.present]
    if not unknown:
        return []
    title = f"In the room and not in the register: {'1 person' if len(unknown) == 1 else f'{len(unknown)} people'}"
    names = ", ".join(row.name for row in unknown[:MOST_NAMED])
    return [Need("user-check", "high", title, names, "confirm", "private_room", meeting.id)]


def _deputy_needs(records: Records) -> list[Need]:
    deputies = [row for row in rows_in(records) if Role.NEW_HOPE_DEPUTY.value in row.member.roles]
    if not deputies:
        title, detail = "Name a deputy", "If you are absent, nobody else can lead the private session"
        return [Need("user-plus", "accent", title, detail, "once", "private_register")]
    locked_out = next((row for row in deputies if not row.has_slot), None)
    if locked_out is None:
        return []
    title = f"{locked_out.member.name} is deputy, and cannot open this file"
    detail = "Let them in under Users, with a passphrase of their own"
    return [Need("key-round", "medium", title, detail, "once", "users")]


def _paper_needs(records: Records) -> list[Need]:
    needs = []
    clauses = sorted(records.find(Clause, kind=ClauseKind.PRIVATE), key=lambda one: one.version)
    if not clauses or clauses[-1].illustrative:
        title, detail = "Confirm the text people sign", "The wording is illustrative until you confirm it"
        needs.append(Need("scroll-text", "accent", title, detail, "once", "private_settings", "clauses"))
    if not private_settings_in(records).circulation:
        title, detail = "Say who gets the private minutes", "The circulation list is empty"
        needs.append(Need("send", "accent", title, detail, "once", "private_settings", "minutes"))
    return needs


def _recovery_need(session: Session) -> list[Need]:
    if session.users is None or session.users.paper() is Paper.PROVED:
        return []
    detail = "Without it, a forgotten passphrase closes this file for good"
    return [Need("key-round", "medium", "Prove the recovery key from its sheet", detail, "once", "users")]
