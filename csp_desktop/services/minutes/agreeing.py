"""The minutes of the last meeting come before the next one: agreed as a correct record, or with what it puts right."""

from dataclasses import dataclass

from csp_desktop.domain.common.days import local, paper_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.agreeing import AgreedMinutes, Brought, all_minuted
from csp_desktop.domain.minutes.circulation import Circulated
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import FrozenFacts, MinutesState
from csp_desktop.services.meeting.earlier_minutes import earlier_in
from csp_desktop.services.meeting.regular import regular_held
from csp_desktop.services.minutes.record import corrections_of
from csp_desktop.services.minutes.remarks import RemarkField, next_number
from csp_desktop.services.minutes.versions import standing_of, told
from csp_desktop.services.ports.minutes import Sent
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class ToAgree:
    """The minutes of one earlier meeting at a later one: how they stand, who approved them, whether they were agreed
    here, and the corrections asked for here."""

    of_meeting_id: str
    brought: Brought
    approved_by: str
    agreed: AgreedMinutes | None
    asked: tuple[Remark, ...]


def circulated(session: Session, records: Records, meeting: Meeting, version: int) -> Sent | None:
    """When everybody it goes to had this version, and by how many days that was late; None before that."""
    done = next(iter(records.find(Circulated, meeting_id=meeting.id, version=version)), None)
    if done is None:
        return None
    due = session.subject.record.copies.due(session, records, meeting.id)
    return Sent(done.at, days_overdue(due, local(done.at).date()))


def to_agree(session: Session, records: Records, meeting: Meeting) -> tuple[ToAgree, ...]:
    """What is brought before a meeting: the minutes of the one before, and of earlier ones what was approved and never
    agreed, the newest first."""
    earlier = [one for one in regular_held(records) if one.on < meeting.on]
    earlier.sort(key=lambda one: one.on, reverse=True)
    kept = {one.meeting_id: one for one in records.find(FrozenFacts)}
    found = []
    for place, held in enumerate(earlier):
        frozen = kept.get(held.id)
        if frozen is not None and (place == 0 or not frozen.later):
            row = _row(session, records, meeting, held)
            if place == 0 or row.agreed or row.asked or _still_to_agree(records, row):
                found.append(row)
    return (*found, *_from_before(session, records, meeting))


def _from_before(session: Session, records: Records, meeting: Meeting) -> tuple[ToAgree, ...]:
    """The minutes of the last meeting before this program, until a meeting here agreed them."""
    kept = earlier_in(session, records, meeting.on)
    if kept is None:
        return ()
    agreed = records.find(AgreedMinutes, of_meeting_id=kept.id)
    here = [one for one in agreed if one.meeting_id == meeting.id]
    if len(agreed) > len(here):
        return ()
    brought = Brought(kept.on, 1, MinutesState.APPROVED, agreed=bool(here), kept_before=True)
    return (ToAgree(kept.id, brought, "", here[0] if here else None, ()),)


def _still_to_agree(records: Records, row: ToAgree) -> bool:
    agreed = [one.version for one in records.find(AgreedMinutes, of_meeting_id=row.of_meeting_id)]
    return row.brought.version > max(agreed, default=0)


def _row(session: Session, records: Records, meeting: Meeting, held: Meeting) -> ToAgree:
    now, corrections = standing_of(records, held.id), corrections_of(records, held.id)
    approval = now.approval
    sent = session.subject.record.sent(session, records, held, approval.version) if approval else None
    here = records.find(AgreedMinutes, meeting_id=meeting.id, of_meeting_id=held.id)
    asked = tuple(records.find(Remark, meeting_id=held.id, asked_at_id=meeting.id))
    to = approval.corrected_to if approval else 0
    last = {(one.part_id, one.field): one for one in corrections if one.number <= to}
    wrongly = [told(one) for one in last.values() if one.wrongly_recorded]
    brought = Brought(
        held.on,
        approval.version if approval else 0,
        now.state,
        local(sent.at).date() if sent else None,
        sent.days_late if sent else 0,
        approval is not None and not now.is_approved,
        bool(here),
        tuple(one.words for one in asked),
        tuple(wrongly),
    )
    return ToAgree(held.id, brought, approval.by if approval else "", here[0] if here else None, asked)


def minuted_in(session: Session, records: Records, meeting: Meeting) -> tuple[str, ...]:
    """What the paper of a meeting says of the minutes brought before it."""
    return all_minuted([row.brought for row in to_agree(session, records, meeting)])


def agree(session: Session, meeting_id: str, of_meeting_id: str) -> AgreedMinutes:
    """The meeting agrees these minutes as a correct record, with what it asked to be put right. Raises Refused where no
    version is approved, and where the meeting does not run."""
    session.require_recorder()
    with session.work.step("agreeing of the minutes") as records:
        row = _brought_row(session, records, meeting_id, of_meeting_id)
        if row.agreed is not None:
            return row.agreed
        if not row.brought.may_be_agreed:
            raise Refused(
                f"{row.brought.name} are not approved, so they cannot be agreed. They come back at the next meeting."
            )
        made = AgreedMinutes(new_id(), meeting_id, of_meeting_id, row.brought.version, session.now(), session.user_name)
        records.save(made)
    return made


def not_agreed(session: Session, meeting_id: str, of_meeting_id: str) -> None:
    """The meeting did not agree them after all. Raises Refused where it does not run."""
    session.require_recorder()
    with session.work.step("undoing the agreement of the minutes") as records:
        row = _brought_row(session, records, meeting_id, of_meeting_id)
        if row.agreed is not None:
            records.remove(row.agreed)


def ask_correction(session: Session, meeting_id: str, of_meeting_id: str, words: str) -> Remark:
    """The meeting asks for something to be put right in these minutes: noted in words, minuted, and for the
    minute-taker to do afterwards. Raises FieldRefused without words, Refused where the meeting does not run."""
    session.require_recorder()
    said = " ".join(words.split())
    if not said:
        raise FieldRefused(RemarkField.WORDS, "Say in a few words what to correct.")
    with session.work.step("correction requested by the meeting") as records:
        if _brought_row(session, records, meeting_id, of_meeting_id).brought.kept_before:
            raise Refused(
                "These minutes are from before this program, so it cannot correct them. Write the correction in the "
                "note of this item: it is minuted."
            )
        made = Remark(
            new_id(),
            of_meeting_id,
            next_number(records, of_meeting_id),
            "",
            f"the meeting of {paper_day(records.get(Meeting, meeting_id).on)}",
            said,
            session.now(),
            session.user_name,
            asked_at_id=meeting_id,
        )
        records.save(made)
    return made


def drop_correction(session: Session, remark_id: str) -> None:
    """A correction that the meeting did not ask for after all. Raises Refused once the meeting does not run."""
    session.require_recorder()
    with session.work.step("removal of a requested correction") as records:
        remark = records.get(Remark, remark_id)
        _require_running(records, remark.asked_at_id)
        records.remove(remark)


def _require_running(records: Records, meeting_id: str) -> Meeting:
    meeting = records.get(Meeting, meeting_id)
    if meeting.state is not MeetingState.IN_SESSION:
        raise Refused("Minutes can only be agreed during a meeting. Corrections are on the Minutes page.")
    return meeting


def _brought_row(session: Session, records: Records, meeting_id: str, of_meeting_id: str) -> ToAgree:
    rows = to_agree(session, records, _require_running(records, meeting_id))
    found = next((row for row in rows if row.of_meeting_id == of_meeting_id), None)
    if found is None:
        raise Refused("These minutes are not for agreement at this meeting.")
    return found
