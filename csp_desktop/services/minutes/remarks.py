"""What those who were present remark about a draft: noted against a section, accepted or declined with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.minutes.corrections import Facts
from csp_desktop.domain.minutes.review import Remark, SentForChecking
from csp_desktop.services.minutes.record import corrections_of, facts_as_corrected, frozen_facts
from csp_desktop.services.minutes.versions import standing_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NOT_PRESENT = "is not recorded as present. Only people recorded as present can be asked, or comment."
GONE = "This comment has already been answered, or is no longer there."


class RemarkField(StrEnum):
    """What is typed about a remark, and when the draft is sent for checking."""

    WHO = "who"
    WORDS = "words"
    REASON = "reason"
    ASKED_BY = "asked_by"


def present_names(session: Session, meeting_id: str) -> tuple[str, ...]:
    """Everybody whose attendance is recorded, as it stands now, by name."""
    with session.work.reading() as records:
        return _present(session, records, meeting_id)


def _present(session: Session, records: Records, meeting_id: str) -> tuple[str, ...]:
    standing_in(session, records, meeting_id)  # refuses a meeting that is not closed, or not kept
    frozen = frozen_facts(records, meeting_id)
    assert frozen is not None
    facts = facts_as_corrected(records, frozen, corrections_of(records, meeting_id))
    whole: Facts = facts.get("minutes", facts)
    lines = [part.get("line", part) for part in whole[session.subject.record.attendance]]
    return tuple(sorted({str(line["name"]) for line in lines}))


def remarks(session: Session, meeting_id: str) -> tuple[Remark, ...]:
    """Every remark on a meeting's record, and what later meetings asked to be put right in it, in order."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return tuple(records.find(Remark, meeting_id=meeting_id))


def note_remark(
    session: Session, meeting_id: str, section_id: str, who: str, words: str, *, case_id: str = ""
) -> Remark:
    """Note what somebody who was present said about a section. Raises FieldRefused for somebody whose attendance is
    not recorded, and without words."""
    session.require_recorder()
    said = " ".join(words.split())
    with session.work.step(f"comment of {who}") as records:
        if who not in _present(session, records, meeting_id):
            raise FieldRefused(RemarkField.WHO, f"{who or 'This person'} {NOT_PRESENT}")
        if not said:
            raise FieldRefused(RemarkField.WORDS, "Write down their comment.")
        number = next_number(records, meeting_id)
        made = Remark(
            new_id(), meeting_id, number, section_id, who, said, session.now(), session.user_name, case_id=case_id
        )
        records.save(made)
    return made


def next_number(records: Records, meeting_id: str) -> int:
    """The number the next remark on a record gets."""
    return max((one.number for one in records.find(Remark, meeting_id=meeting_id)), default=0) + 1


def accept(session: Session, remark_id: str) -> Remark:
    """It is right: the record is put right by hand with its words beside the field. Raises Refused for one that is
    answered."""
    return _answer(session, remark_id, accepted=True)


def decline(session: Session, remark_id: str, reason: str) -> Remark:
    """It stays as it is, for a reason. Raises FieldRefused without one, Refused for one that is answered, or that a
    meeting asked for."""
    why = " ".join(reason.split())
    if not why:
        raise FieldRefused(RemarkField.REASON, "Give the reason for not changing it.")
    return _answer(session, remark_id, accepted=False, reason=why)


def _answer(session: Session, remark_id: str, *, accepted: bool, reason: str = "") -> Remark:
    session.require_recorder()
    with session.work.step("answer to a comment") as records:
        remark = next(iter(records.find(Remark, id=remark_id)), None)
        if remark is None or not remark.waits:
            raise Refused(GONE)
        if remark.asked_at_id and not accepted:
            raise Refused(
                "A meeting asked for this correction, so it cannot be declined. Only a meeting can remove it."
            )
        after = replace(
            remark, accepted=accepted, reason=reason, answered_at=session.now(), answered_by=session.user_name
        )
        records.save(after)
    return after


def send_for_checking(session: Session, meeting_id: str, names: Sequence[str], asked_by: date) -> SentForChecking:
    """Note that the draft was sent to some of those who were present, to look through by a day. Raises FieldRefused for
    somebody whose attendance is not recorded, for nobody, and for a day that has passed; Refused for minutes that are
    approved."""
    session.require_recorder()
    with session.work.step("sending the draft for checking") as records:
        present = _present(session, records, meeting_id)
        stranger = next((name for name in names if name not in present), None)
        if stranger is not None:
            raise FieldRefused(RemarkField.WHO, f"{stranger} {NOT_PRESENT}")
        if not names:
            raise FieldRefused(RemarkField.WHO, "Choose who to ask.")
        if asked_by < session.today:
            raise FieldRefused(
                RemarkField.ASKED_BY, "This date is in the past. Give the date by which they should reply."
            )
        if standing_in(session, records, meeting_id).is_approved:
            raise Refused("These minutes are approved: there is no draft to check.")
        made = SentForChecking(
            new_id(), meeting_id, session.now(), session.user_name, tuple(dict.fromkeys(names)), asked_by
        )
        records.save(made)
    return made


def sent_for_checking(session: Session, meeting_id: str) -> tuple[SentForChecking, ...]:
    """To whom the draft was sent for checking, the first first."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return tuple(sorted(records.find(SentForChecking, meeting_id=meeting_id), key=lambda one: one.at))
