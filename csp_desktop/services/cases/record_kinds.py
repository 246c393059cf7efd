"""Every kind of record a file holds, and how long: by a period of its own, with its case or person, or why it has none.
What differs between both files is handed in with their subject.
"""

from collections.abc import Mapping
from typing import Any

from csp_desktop.domain.cases.cases import Snapshot
from csp_desktop.domain.cases.record_periods import PERIODS, RecordDecision, RecordKept, period_of
from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.common.users import User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafekeepingRules
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.domain.meeting.absences import StandIn
from csp_desktop.domain.meeting.agenda import AgendaTemplate, Presentation
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause, Override
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting
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
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.file.record_labels import record_word
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.session import Session

BY_PERIOD: Mapping[type[Any], RecordKept] = {
    **dict.fromkeys((FrozenFacts, MinutesVersion, Approval, CheckedMinutes, AgreedMinutes), RecordKept.MINUTES),
    **dict.fromkeys((ReadMark, SentBack, SentForChecking, Meeting, AgendaItem), RecordKept.MINUTES),
    Attendance: RecordKept.SIGNATURES,
    Remark: RecordKept.COMMENTS,
    **dict.fromkeys((CopyRecord, Recipient), RecordKept.REGISTER),
}
GROUPS_BY_PERIOD: Mapping[type[Any], RecordKept] = {
    **dict.fromkeys((Override, HeldOnPaper, Presentation, StandIn), RecordKept.MINUTES),
    ActionListsSent: RecordKept.REGISTER,
}
_SET_UP = "They say how the program is set up and are changed, not kept for years."
WITHOUT_PERIOD: Mapping[type[Any], str] = {
    Agency: "It stays while somebody of the list belongs to it or minutes name it.",
    Member: "Whoever left is taken off the list on People; minutes keep the name they were signed under.",
    User: "A user stays until removed on Users, and the journal can name who did something.",
    Clause: "A text that was signed stays as long as a signature refers to it.",
    Circulated: "That minutes went out to everybody, and when, holds no names and is part of the minutes.",
    CopyPassphrase: "The passphrase of somebody's copies stays until they get another one.",
    SealKey: "The key of the seals stays as long as there is a sealed copy to be checked.",
    RecordDecision: "What was decided about records is the proof that they went lawfully.",
    Disposal: "A certificate is the proof that something went lawfully; it holds no content.",
    OlderCopyAccepted: "That an older copy of the file was gone on with is evidence, and names the user alone.",
    **dict.fromkeys((Settings, SafekeepingRules, SafeCopy), _SET_UP),
}
GROUPS_WITHOUT_PERIOD: Mapping[type[Any], str] = {
    Snapshot: "An import is known by its day and fingerprint alone, so that no list is taken in twice.",
    PapersWritten: "That papers were written for a meeting names nobody but whoever wrote them.",
    UpdateRequest: "That an officer was asked for an update holds none of their words.",
    EmergingIssue: "An issue becomes a case and goes with that, or is closed with a reason at a meeting.",
    IssueNote: "What was said of an issue stays with the issue.",
    RightsTable: "Who might have what, and who approved it, can be told for as long as there are copies.",
    AgendaTemplate: _SET_UP,
}


def how_long(subject: Subject, kind: type[Any]) -> str:
    """How long records of a kind are kept, or why they have no period, in a sentence; empty for a kind nobody thought
    of, which a test finds."""
    by_period = {**BY_PERIOD, **subject.by_period}
    if kind in by_period:
        return period_of(by_period[kind]).what
    if kind in subject.names:
        return f"It goes with its {subject.word}."
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
