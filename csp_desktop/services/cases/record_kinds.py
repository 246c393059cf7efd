"""Every kind of record a file holds, and how long: by a period of its own, with its case or person, or why it has none.
What differs between both files is handed in with their subject.
"""

from collections.abc import Mapping
from typing import Any

from csp_desktop.domain.cases.cases import Snapshot
from csp_desktop.domain.cases.record_periods import PERIODS, RecordDecision, RecordKept, period_of
from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.cases.risk_matrix import RiskMatrixFile
from csp_desktop.domain.common.sender_columns import SenderColumns
from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.domain.common.users import User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafekeepingRules
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.domain.meeting.absences import StandIn
from csp_desktop.domain.meeting.agenda import AgendaTemplate, Presentation
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause, Override
from csp_desktop.domain.meeting.earlier_minutes import EarlierMinutes
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting
from csp_desktop.domain.meeting.offices import OfficeTaken
from csp_desktop.domain.meeting.papers import PapersWritten
from csp_desktop.domain.meeting.update_requests import UpdateRequest
from csp_desktop.domain.minutes.action_list import ActionListsSent
from csp_desktop.domain.minutes.agreeing import AgreedMinutes
from csp_desktop.domain.minutes.circulation import Circulated, CopyPassphrase, CopyRecord
from csp_desktop.domain.minutes.review import ReadMark, Remark, SentBack, SentForChecking
from csp_desktop.domain.minutes.rights import Recipient, RightsTable
from csp_desktop.domain.minutes.versions import (
    Approval,
    CheckedMinutes,
    FrozenFacts,
    MinutesVersion,
    SealKey,
)
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.list_decisions import MemberDecision
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.file.record_labels import record_word
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.session import Session

BY_PERIOD: Mapping[type[Any], RecordKept] = {
    **dict.fromkeys((FrozenFacts, MinutesVersion, Approval, CheckedMinutes, AgreedMinutes), RecordKept.MINUTES),
    **dict.fromkeys((ReadMark, SentBack, SentForChecking, Meeting, AgendaItem, OfficeTaken), RecordKept.MINUTES),
    Attendance: RecordKept.SIGNATURES,
    Remark: RecordKept.COMMENTS,
    **dict.fromkeys((CopyRecord, Recipient), RecordKept.REGISTER),
}
GROUPS_BY_PERIOD: Mapping[type[Any], RecordKept] = {
    **dict.fromkeys((Override, HeldOnPaper, Presentation, StandIn, EarlierMinutes), RecordKept.MINUTES),
    ActionListsSent: RecordKept.REGISTER,
}
_SET_UP = "Settings of the program: they can be changed and have no period."
WITHOUT_PERIOD: Mapping[type[Any], str] = {
    Agency: "Kept while a person on the list belongs to it, or minutes name it.",
    Member: ("People who have left are removed from the list under People; minutes keep the name used at the time."),
    MemberDecision: "An answer about a person not in a list is kept until a list names them again.",
    User: "A user is kept until removed under Users; the journal can still name who did something.",
    Clause: "A signed text is kept as long as a signature refers to it.",
    Circulated: "The record that minutes were circulated contains no names and is part of the minutes.",
    CopyPassphrase: "The passphrase of a person's copies is kept until they get a new one.",
    SealKey: "The seal key is kept as long as there is a sealed copy to check.",
    RecordDecision: "The decision is the proof that records were deleted lawfully.",
    Disposal: "A certificate is the proof of a lawful deletion; it has no content.",
    OlderCopyAccepted: "The record that an older copy of the file was used is evidence, and names the user only.",
    UpdateRequest: "The record of a request for updates contains none of the officer's words.",
    RiskMatrixFile: "A risk matrix names nobody, and is kept as long as a score uses it.",
    SenderColumns: "The column headings of a sender's lists name nobody, and are kept for the next list.",
    GlossaryWord: "A word added to the spelling list is kept until it is removed.",
    **dict.fromkeys((Settings, SafekeepingRules, SafeCopy), _SET_UP),
}
GROUPS_WITHOUT_PERIOD: Mapping[type[Any], str] = {
    Snapshot: "Only the date and check code of an import are recorded, so that no list is imported twice.",
    PapersWritten: "The record that papers were saved names only the user who saved them.",
    EmergingIssue: "An issue becomes a case and is deleted with it, or is closed at a meeting with a reason.",
    IssueNote: "The discussion of an issue is kept with the issue.",
    RightsTable: "Rights and their approval are kept as long as there are copies.",
    AgendaTemplate: _SET_UP,
}


def how_long(subject: Subject, kind: type[Any]) -> str:
    """How long records of a kind are kept, or why they have no period, in a sentence; empty for a kind nobody thought
    of, which a test finds."""
    by_period = {**BY_PERIOD, **subject.by_period}
    if kind in by_period:
        return period_of(by_period[kind]).what
    if kind in subject.names:
        return f"Deleted with its {subject.word}."
    return {**WITHOUT_PERIOD, **subject.without_period}.get(kind, "")


def schedule(session: Session) -> tuple[str, ...]:
    """Every kind of record the file holds, a line for each length or reason: the periods first."""
    subject = session.subject
    with session.work.reading() as records:
        settings = settings_in(records)
    lines = {period.what: f"{_years(getattr(settings, period.setting))} {period.what}" for period in PERIODS}
    kinds: dict[str, list[str]] = {what: [] for what in lines}
    for kind in (*BY_PERIOD, *subject.by_period, *subject.names, *WITHOUT_PERIOD, *subject.without_period):
        words, name = how_long(subject, kind), record_word(kind)
        if name not in kinds.setdefault(words, []):
            kinds[words].append(name)
    return tuple(f"{', '.join(names)}: {lines.get(words, words)}" for words, names in kinds.items())


def _years(years: int) -> str:
    return "1 year after the meeting." if years == 1 else f"{years} years after the meeting."
