"""Reading the journal: every step with who, when and what in plain words, and on demand what each record was before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.days import dated_day, instant
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.issues import EmergingIssue
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.file.record_labels import (
    NOTHING,
    field_word,
    record_word,
    require_journal,
    subjects_called,
    value_words,
)
from csp_desktop.services.ports.journal import JournalChange, JournalQueries, JournalQuery, JournalStep
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class JournalRow:
    """One line of the journal."""

    step: str
    entries: str  # '312' or '312–318'
    at: datetime
    who: str
    what: str
    case: str  # the reference of the one case it is about
    undone: bool
    more: str = ""  # behind what was done: who heard of a case


@dataclass(frozen=True)
class FieldRow:
    """One field, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeRow:
    """One record, in words."""

    title: str
    verb: str
    fields: tuple[FieldRow, ...]
    erased: bool


def on_day(day: date) -> tuple[datetime, datetime]:
    """A day at the table, as instants: from its midnight to the next."""
    return instant(day, time(0)), instant(day + timedelta(days=1), time(0))


def journal_of(session: Session) -> JournalQueries:
    """The journal of the open file. Raises RuntimeError in a session without one."""
    if session.journal is None:
        raise RuntimeError("a session without a journal")
    return session.journal


def page_of_journal(session: Session, query: JournalQuery, offset: int, limit: int) -> list[JournalRow]:
    """One page of lines, the newest first."""
    steps = journal_of(session).page(query, offset, limit)
    ids = tuple({case_id for step in steps for case_id in step.about if len(step.about) == 1})
    with session.work.reading() as records:
        require_journal(session, records)
        cases = subjects_called(session, records, ids)
        lines = records.find(Disclosure, case_id=ids) if ids and query.kind is Disclosure else []
    rows = [_row(step, cases) for step in steps]
    return [_told(row, step, lines) for row, step in zip(rows, steps, strict=True)] if lines else rows


def _told(row: JournalRow, step: JournalStep, lines: Sequence[Disclosure]) -> JournalRow:
    """A line among the disclosures says who heard, instead of what else was done in the step."""
    mine = [line for line in lines if line.case_id in step.about and line.at <= step.at]
    if not mine:
        return row
    heard = max(mine, key=lambda line: line.at).agencies
    count = f"{len(heard)} agency" if len(heard) == 1 else f"{len(heard)} agencies"
    return replace(row, what=f"Disclosed to {count}", more=", ".join(heard))


def _row(step: JournalStep, cases: dict[str, str]) -> JournalRow:
    words = step.words or "details deleted"
    what = f"Undone: {words}" if step.undoes else words[:1].upper() + words[1:]
    entries = str(step.first) if step.first == step.last else f"{step.first}–{step.last}"
    case = cases.get(step.about[0], "") if len(step.about) == 1 else ""
    return JournalRow(step.step, entries, step.at, step.by or "no longer recorded", what, case, step.undone)


def details(session: Session, row: JournalRow, limit: int) -> tuple[list[ChangeRow], int]:
    """What a step changed, record by record, values in words; and how many records in all."""
    changes, total = journal_of(session).changes(row.step, limit)
    if row.more:
        changes = sorted(changes, key=lambda change: change.kind is not Disclosure)
    with session.work.reading() as records:
        require_journal(session, records)
        named = Names(records, session.subject)
        rows = [_change_row(change, named) for change in changes]
    return rows, total


def _change_row(change: JournalChange, named: "Names") -> ChangeRow:
    names = [] if change.erased else [name for name in change.fields if name != "id"]
    rows = [
        FieldRow(field_word(name), _value(change.before, name, named), _value(change.after, name, named))
        for name in names
    ]
    fields = tuple(row for row in rows if row.before != row.after and {row.before, row.after} != {"", NOTHING})
    title = record_word(change.kind)
    record = change.after or change.before
    about = named.of_record(record) if record is not None else ""
    return ChangeRow(f"{title}: {about}" if about else title, change.verb, fields, change.erased)


def _value(record: Any | None, name: str, named: "Names") -> str:
    if record is None or not hasattr(record, name):
        return ""
    return value_words(name, getattr(record, name), named.of_id)


class Names:
    """What people call the records that others name by their ids; each looked up once."""

    def __init__(self, records: Records, subject: Subject) -> None:
        self._records, self._kinds = records, {**KINDS, "case_id": subject.kind, "person_id": subject.kind}
        self._words = {**CALLED, subject.kind: subject.called}
        self._known: dict[tuple[type[Any], str], str] = {}

    def of_id(self, field: str, record_id: str) -> str:
        """The record a field names, in words."""
        kind = self._kinds.get(field)
        return self._called(kind, record_id) if kind is not None else ""

    def of_record(self, record: Any) -> str:
        """A record itself: a case by its reference, a person by the name; else the case or meeting it belongs to."""
        if type(record) in self._words:
            return self._words[type(record)](record)
        for field in ("case_id", "person_id", "member_id", "meeting_id"):
            if getattr(record, field, ""):
                return self.of_id(field, getattr(record, field))
        return ""

    def _called(self, kind: type[Any], record_id: str) -> str:
        if (kind, record_id) not in self._known:
            found = self._records.find(kind, id=record_id)
            self._known[kind, record_id] = self._words[kind](found[0]) if found else "no longer in the file"
        return self._known[kind, record_id]


KINDS: dict[str, type[Any]] = {
    "meeting_id": Meeting,
    "next_of_id": Meeting,
    "left_out_of_id": Meeting,
    "item_id": AgendaItem,
    "issue_id": EmergingIssue,
    "became_case_id": Case,
    "agency_id": Agency,
    "action_id": Action,
    "ends_with_id": Meeting,
    **dict.fromkeys(
        ("member_id", "officer_id", "with_id", "owner_id", "host_id", "chair_id", "minute_taker_id"), Member
    ),
    **dict.fromkeys(("here_for_id", "from_id", "to_id"), Member),
}
CALLED: dict[type[Any], Callable[[Any], str]] = {
    Meeting: lambda meeting: f"meeting of {dated_day(meeting.on)}",
    Agency: lambda agency: str(agency.name),
    Member: lambda member: str(member.name),
    Action: lambda action: str(action.what),
    AgendaItem: lambda item: str(item.title),
    EmergingIssue: lambda issue: str(issue.title),
    Case: lambda case: str(case.reference or case.title),
}
DISCLOSURES = JournalQuery(kind=Disclosure)
