"""Records, their fields and their values in the words people use, and whom or what a line of the journal is about.

The group's file tells of cases, the private one of people. A person is called by reference and initials, and nobody's
line is read while a private session runs.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import PRIVATE_RECORDERS
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.people import member_fields
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def require_journal(session: Session, records: Records) -> None:
    """In the private file only New Hope's lead or deputy reads it, and not while people are shown one at a time. Raises
    NotAllowed for anybody else, Refused while a private session runs."""
    if not session.private:
        return
    session.require(*PRIVATE_RECORDERS)
    if records.find(Meeting, state=MeetingState.IN_SESSION):
        raise Refused("A private session is running. The journal can be read when it is closed.")


def subjects_called(session: Session, records: Records, ids: Sequence[str]) -> dict[str, str]:
    """What those with these ids are called."""
    subject = session.subject
    return {one.id: subject.called(one) for one in records.find(subject.kind, id=tuple(ids))} if ids else {}


def subject_id(session: Session, called: str) -> str:
    """The id of the case of a reference, or of the person (RS-014); empty when there is none."""
    typed = "".join(called.split()).upper().split(",")[0]
    with session.work.reading() as records:
        require_journal(session, records)
        found = session.subject.of_reference(records, typed)
    return found[0].id if found else ""


def subject_reference(session: Session, record_id: str) -> str:
    """The reference of a case or a person; empty for one no longer there."""
    with session.work.reading() as records:
        require_journal(session, records)
        found = records.find(session.subject.kind, id=record_id)
    return str(found[0].reference) if found else ""


RECORDS = {
    "Action": "Action",
    "AgreedByMail": "Agreed by email",
    "AgreedMinutes": "Minutes agreed as a correct record",
    "ActionAnswer": "Outcome of an action",
    "AdmissionOverride": "Decision on who may be present",
    "AgendaItem": "Agenda item",
    "ActionListsSent": "Action lists sent",
    "AgendaTemplate": "Agenda template",
    "Approval": "Approval of the minutes",
    "Assessment": "Risk scoring",
    "CaseAssessment": "Risk assessment",
    "CaseLook": "View of a linked case",
    "CaseTurn": "Case at a meeting",
    "CheckedMinutes": "Check of the minutes",
    "Circulated": "Circulation completed",
    "Clause": "Confidentiality text",
    "CopyPassphrase": "Passphrase for someone's copies",
    "CopyRecord": "Copy of the minutes",
    "Correction": "Correction of the minutes",
    "Disclosure": "Disclosure",
    "Disposal": "Certificate of deletion",
    "EarlierMinutes": "Minutes from before this program",
    "EmergingIssue": "Emerging issue",
    "FrozenFacts": "Record of the meeting",
    "Hearing": "Who was present for a person",
    "GlossaryWord": "Word of the spelling list",
    "Involvement": "Worker involved",
    "IssueNote": "Comment on an issue",
    "KeptText": "Text kept in the minutes",
    "LegalHold": "Legal hold",
    "Member": "Person",
    "OlderCopyAccepted": "Older copy of the file",
    "MinutesVersion": "Version of the minutes",
    "MinutesApproval": "Approval of the private minutes",
    "OfficeTaken": "Chair or minutes handed over",
    "Override": "Continuing without a signature",
    "PersonTurn": "Person at a session",
    "Presentation": "Presentation at a meeting",
    "PrivateCirculation": "Copy of the private minutes",
    "Recipient": "Recipient of the minutes",
    "RightsTable": "Table of rights",
    "ReadMark": "Reading of the minutes",
    "RecordDecision": "Decision on records due for deletion",
    "ReleasedFigure": "Published figure",
    "Remark": "Comment on the minutes",
    "RiskMatrixFile": "Risk matrix",
    "RiskPoint": "Risk score",
    "RoomEntry": "Place in the private session",
    "RoomPlace": "Place in the private session",
    "RoughSleeper": "Person sleeping rough",
    "SafeCopy": "Copy of the file",
    "SealKey": "Seal key",
    "SafekeepingRules": "Backup settings",
    "SentBack": "Minutes sent back",
    "SentForChecking": "Draft sent for checking",
    "Snapshot": "Import",
    "ImportDecision": "Answer about an import",
    "Referral": "Referral",
    "IncomingReferral": "Referral that came in",
    "CaseLink": "Link between cases",
    "ProfessionalsMeeting": "Professionals’ meeting called",
    "CasePlan": "Plan of a case",
    "PlanStep": "Step of a plan",
    "HandedOn": "Handed on",
    "MemberDecision": "Answer about a list",
    "PersonDecision": "Answer about a list",
    "SenderColumns": "Columns of a sender's lists",
    "StandIn": "Deputy for someone absent",
    "StatusChange": "Case history entry",
    "PapersWritten": "Papers saved",
    "HeldOnPaper": "Meeting held on paper",
    "UpdateRequest": "Request for updates",
}
FIELDS = {
    "case_id": "case",
    "other_id": "other case",
    "person_id": "person",
    "meeting_id": "meeting",
    "agency_id": "agency",
    "action_id": "action",
    "member_id": "person",
    "officer_id": "officer",
    "with_ids": "with",
    "chair_id": "chair",
    "ends_with_id": "access ends with the meeting",
    "here_for_id": "here for",
    "from_id": "handed over by",
    "to_id": "handed over to",
    "agenda_order": "order of the agenda",
    "added_at": "added at",
    "joined": "added as",
    "minute_taker_id": "minute-taker",
    "next_of_id": "due at the meeting after",
    "item_id": "agenda item",
    "issue_id": "emerging issue",
    "host_id": "comes with",
    "owner_id": "owner",
    "left_out_of_id": "left out of",
    "became_case_id": "became the case",
    "became_case_on": "became a case on",
    "closed_reason": "closed because",
    "lead_id": "lead, who reports back",
    "ground": "called for",
    "report_by": "report due by",
    "reported_on": "reported on",
    "reported_by": "reported by",
    "called_by": "called by",
    "called_at": "called at",
    "of_meeting_id": "minutes of the meeting",
    "asked_at_id": "requested at the meeting",
    "asked_by": "asked to answer by",
    "on": "day",
    "at": "time",
    "isp": "information sharing protocol",
    "strokes": "signature",
    "as_of": "as of",
    "cmht_told": "CMHT informed",
    "body": "referred to",
    "answer_by": "answer expected by",
    "part": "part of the CMHT",
    "received_on": "received on",
    "came_by": "came by",
    "person_told": "whether the person knows",
    "children": "children at home",
    "acknowledged_on": "acknowledged on",
    "acknowledged_by": "acknowledged by",
    "triage": "decision",
    "triaged_on": "decided on",
    "triaged_by": "decided by",
    "declined": "what the referrer is told",
    "told_on": "referrer informed on",
    "told_by": "referrer informed by",
    "told_from": "who informed the referrer",
    "answered_on": "answered on",
    "came_back": "what came back",
    "next_step": "next step",
    "handed_over_on": "handed over on",
    "withdrawn_on": "withdrawn on",
    "withdrawn_why": "why it was withdrawn",
    "cmht_told_on": "CMHT informed on",
    "review_told_on": "told of the right to a review on",
    "review_told_by": "told of it by",
    "close_when": "when the case would close",
    "review_on": "looked at next on",
    "why_first": "why a legal power came first",
    "tried": "support tried before",
    "what": "what is to be done",
    "read_back_at": "read back at",
    "agreed_at": "agreed at",
    "changed_at": "changed at",
    "user_name": "user of the file",
    "seconds": "seconds spent",
    **{row.name: row.word for row in member_fields.ROWS},
}
NOTHING = "nothing"
MOST_LISTED = 12


def record_word(kind: type[Any]) -> str:
    """What people call a record class: 'Case at a meeting'. A class of the private part may say it itself."""
    name = kind.__name__
    return RECORDS.get(name) or getattr(kind, "called", "") or re.sub(r"(?<=.)([A-Z])", r" \1", name).capitalize()


def field_word(name: str) -> str:
    """What people call a field: 'lead officer'."""
    return FIELDS.get(name, name.removesuffix("_id").replace("_", " "))


def value_words(name: str, value: Any, named: Callable[[str, str], str]) -> str:
    """A field's value. `named` says what a record is called whose id stands in a field."""
    if value is None or value == "" or value == ():
        return NOTHING
    if name == "strokes":
        return "a drawn signature"
    if name.endswith("sha256"):
        return f"fingerprint {str(value)[:8]}…"
    if name.endswith("_id"):
        return named(name, value) or "another record"
    match value:
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case datetime():
            return f"{dated_day(local(value).date())}, {clock(value)}"
        case date():
            return dated_day(value)
        case time():
            return clock(value)
        case tuple():
            return _listed(name, value, named)
    return str(value)


def _listed(name: str, value: tuple[Any, ...], named: Callable[[str, str], str]) -> str:
    shown = [value_words(name.removesuffix("s"), part, named) for part in value[:MOST_LISTED]]
    more = len(value) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
