"""Putting the record right after the meeting: words, attendance, actions, each as a line 'what, from, to, who'."""

import json
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.minutes.correctable import BESIDE, OFFICER, Place, places
from csp_desktop.domain.minutes.corrections import Facts, as_json, parts, value_of
from csp_desktop.domain.minutes.paper_parts import joined
from csp_desktop.domain.minutes.record import ApologyLine, AttendeeLine
from csp_desktop.domain.minutes.review import ReadMark, Remark
from csp_desktop.domain.minutes.versions import CheckedMinutes, Correction, CorrectionKind
from csp_desktop.services.minutes.facts import of_plain, plain
from csp_desktop.services.minutes.record import corrections_of, facts_as_corrected, frozen_facts
from csp_desktop.services.minutes.versions import standing_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

DUE: Any = date | None
ASKED_BY = "asked for by"


class CorrectionField(StrEnum):
    """What is typed where the record is put right."""

    VALUE = "value"
    REASON = "reason"
    NAME = "name"


def correctable(session: Session, meeting_id: str) -> tuple[Place, ...]:
    """Everything of a closed meeting's record that can be put right, as it stands now."""
    with session.work.reading() as records:
        return tuple(_places(session, records, meeting_id))


def corrections(session: Session, meeting_id: str) -> tuple[Correction, ...]:
    """Every correction of a meeting's record, the newest first."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return tuple(reversed(corrections_of(records, meeting_id)))


def _facts(session: Session, records: Records, meeting_id: str) -> Facts:
    standing_in(session, records, meeting_id)  # refuses a meeting that is not closed, or not kept
    frozen = frozen_facts(records, meeting_id)
    assert frozen is not None
    return facts_as_corrected(records, frozen, corrections_of(records, meeting_id))


def _places(session: Session, records: Records, meeting_id: str) -> list[Place]:
    facts = _facts(session, records, meeting_id)
    return list(places(facts, meeting_id, session.subject.record.parts))


def correct(
    session: Session, meeting_id: str, part_id: str, field: str, value: Any, *, reason: str = "", section_id: str = ""
) -> Correction | None:
    """Put one fact right: `value` as it shall stand (a day or instant as such; an officer as name, agency and id). What
    was typed twice since the last check is one line; nothing is kept where it stands so already. A decision that was
    read back and accepted needs the reason why it was recorded wrongly: raises FieldRefused without one. Whose accepted
    comment on the section it answers is part of its reason."""
    session.require_recorder()
    why = " ".join(reason.split())
    with session.work.step("correction of the minutes") as records:
        facts = _facts(session, records, meeting_id)
        place = _place(session, facts, meeting_id, part_id, field)
        before, after = value_of(facts, part_id, field), as_json(plain(value))
        if before == after:
            return None
        if place.is_accepted and not why:
            raise FieldRefused(
                CorrectionField.REASON,
                "This decision was read back and accepted. Say what was recorded wrongly, or leave it: "
                "anything else is a new decision.",
            )
        earlier = _same_place(session, records, meeting_id, part_id, field)
        made = Correction(
            earlier.id if earlier else new_id(),
            meeting_id,
            earlier.number if earlier else _next_number(records, meeting_id),
            CorrectionKind.CHANGE,
            part_id,
            field,
            place.what,
            earlier.before if earlier else before,
            after,
            session.now(),
            session.user_name,
            _with_comment(records, meeting_id, section_id, why or (earlier.reason if earlier else "")),
            place.is_accepted,
            place.case_id,
        )
        _let_action_follow(records, part_id, field, before, after)
        if made.before == made.after:
            assert earlier is not None
            records.remove(earlier)
            return None
        records.save(made)
    return made


def _with_comment(records: Records, meeting_id: str, section_id: str, reason: str) -> str:
    """The reason with those whose comments on the section were accepted since the last check: that the record is put
    right is the answer to them."""
    if not section_id:
        return reason
    checked = max((one.at for one in records.find(CheckedMinutes, meeting_id=meeting_id)), default=None)
    open_ = [
        one.who
        for one in records.find(Remark, meeting_id=meeting_id, accepted=True)
        if one.section_id in ("", section_id) and one.answered_at and (checked is None or one.answered_at > checked)
    ]
    if not open_:
        return reason
    asked = f"{ASKED_BY} {joined(tuple(dict.fromkeys(open_)))}"
    said = reason.rpartition(ASKED_BY)[0] if reason.endswith(asked) else reason
    said = said.strip(" ,").rstrip(".")
    return f"{said}, {asked}" if said else asked


def _place(session: Session, facts: Facts, meeting_id: str, part_id: str, field: str) -> Place:
    for place in places(facts, meeting_id, session.subject.record.parts):
        if (place.part_id, place.fact.field) == (part_id, field):
            return place
    raise Refused("This is no longer part of the minutes. Someone may have removed it.")


def _same_place(session: Session, records: Records, meeting_id: str, part_id: str, field: str) -> Correction | None:
    """The newest line of all, where it is about the same fact and neither approved nor read by whoever approves: what
    is typed on becomes part of it."""
    since = standing_in(session, records, meeting_id).since
    last = since[-1] if since and since[-1].number > _read_to(records, meeting_id) else None
    return last if last is not None and (last.part_id, last.field) == (part_id, field) else None


def _read_to(records: Records, meeting_id: str) -> int:
    """The last line that whoever approves has read: it stays, so that every change since is shown to them."""
    return max((one.corrected_to for one in records.find(ReadMark, meeting_id=meeting_id)), default=0)


def _next_number(records: Records, meeting_id: str) -> int:
    return max((one.number for one in corrections_of(records, meeting_id)), default=0) + 1


def _let_action_follow(records: Records, part_id: str, field: str, before: str, after: str) -> None:
    """An action that still stands as it was minuted is put right where officers find it too."""
    for action in records.find(Action, id=part_id):
        if field == "what" and as_json(action.what) == before:
            records.save(replace(action, what=json.loads(after)))
        elif field == "due" and as_json(plain(action.due)) == before:
            records.save(replace(action, due=of_plain(DUE, json.loads(after))))
        elif field == OFFICER and json.loads(before)[2] == action.officer_id:
            records.save(replace(action, officer_id=json.loads(after)[2]))
        elif field == BESIDE and _member_ids(before) == action.with_ids:
            records.save(replace(action, with_ids=_member_ids(after)))


def _member_ids(owners: str) -> tuple[str, ...]:
    return tuple(one["member_id"] for one in json.loads(owners) if one["member_id"])


def add_attendee(session: Session, meeting_id: str, line: AttendeeLine, section_id: str = "") -> Correction:
    """Somebody who was there and was missed. They have not signed: the paper says so. Raises FieldRefused without a
    name."""
    if not line.name.strip():
        raise FieldRefused(CorrectionField.NAME, "Give the name of the person who was present.")
    name = session.subject.record.attendance
    return _add(session, meeting_id, name, f"{line.name} was present", line, section_id)


def add_apology(session: Session, meeting_id: str, line: ApologyLine, section_id: str = "") -> Correction:
    """Apologies that were not noted. Raises FieldRefused without a name."""
    if not line.name.strip():
        raise FieldRefused(CorrectionField.NAME, "Give the name of the person who sent apologies.")
    return _add(session, meeting_id, "apologies", f"Apologies of {line.name}", line, section_id)


def _add(
    session: Session, meeting_id: str, name: str, what: str, line: AttendeeLine | ApologyLine, section_id: str
) -> Correction:
    session.require_recorder()
    with session.work.step("correction of the minutes") as records:
        _facts(session, records, meeting_id)
        wrapped = replace(line, id=new_id())
        part = plain(session.subject.record.attended(wrapped) if isinstance(wrapped, AttendeeLine) else wrapped)
        made = _listed(session, records, meeting_id, CorrectionKind.ADD, part["id"], name, what, after=as_json(part))
        made = replace(made, reason=_with_comment(records, meeting_id, section_id, ""))
        records.save(made)
    return made


def remove_part(
    session: Session, meeting_id: str, name: str, part_id: str, what: str, section_id: str = ""
) -> Correction:
    """Somebody who was not there, or apologies that were not sent, leave the list of that name. Raises Refused for one
    that is no longer there."""
    session.require_recorder()
    with session.work.step("correction of the minutes") as records:
        facts = _facts(session, records, meeting_id)
        part = next(parts(facts, part_id), None)
        if part is None:
            raise Refused("This is no longer part of the minutes. Someone may have removed it.")
        made = _listed(session, records, meeting_id, CorrectionKind.REMOVE, part_id, name, what, before=as_json(part))
        made = replace(made, reason=_with_comment(records, meeting_id, section_id, ""))
        records.save(made)
    return made


def _listed(
    session: Session,
    records: Records,
    meeting_id: str,
    kind: CorrectionKind,
    part_id: str,
    name: str,
    what: str,
    *,
    before: str = "",
    after: str = "",
) -> Correction:
    number, at = _next_number(records, meeting_id), session.now()
    return Correction(new_id(), meeting_id, number, kind, part_id, name, what, before, after, at, session.user_name)


def take_back(session: Session, correction_id: str) -> None:
    """A correction that was wrong itself. Raises Refused once a version with it was approved, or where the same fact
    was put right again since."""
    session.require_recorder()
    with session.work.step("undoing a correction") as records:
        correction = records.get(Correction, correction_id)
        now = standing_in(session, records, correction.meeting_id)
        if correction not in now.since:
            raise Refused("This correction is part of an approved version. Correct the record again instead.")
        same = [one for one in now.since if (one.part_id, one.field) == (correction.part_id, correction.field)]
        if same[-1] != correction:
            raise Refused("The same entry was corrected again since. Undo that first.")
        if correction.kind is CorrectionKind.CHANGE:
            _let_action_follow(records, correction.part_id, correction.field, correction.after, correction.before)
        if correction.number > _read_to(records, correction.meeting_id):
            records.remove(correction)
        else:
            records.save(_against(session, records, correction))


def _against(session: Session, records: Records, one: Correction) -> Correction:
    """What takes back a line that whoever approves has read: a line of its own, so that they see it."""
    opposite = {CorrectionKind.ADD: CorrectionKind.REMOVE, CorrectionKind.REMOVE: CorrectionKind.ADD}
    return replace(
        one,
        id=new_id(),
        number=_next_number(records, one.meeting_id),
        kind=opposite.get(one.kind, one.kind),
        before=one.after,
        after=one.before,
        at=session.now(),
        by=session.user_name,
        reason="",
        wrongly_recorded=False,
    )
