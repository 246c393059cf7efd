"""Finding a case, a note or an action by any of its words, as they are typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.meeting.actions import Action, ActionState, owner_words
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting
from csp_desktop.domain.meeting.signatures import closeness
from csp_desktop.domain.minutes.protection import NOT_SHOWN, protection_of, shown, title_for_all
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

KINDS: tuple[type[Any], ...] = (Case, CaseTurn, AgendaItem, Action)
LEAST_OF_A_NAME = 2  # letters


@dataclass(frozen=True)
class Hit:
    """One thing found. `kind` is "case", "note", "item", "action" or "person"; `case_id`, `meeting_id` say where to
    go, for a person `record_id`."""

    kind: str
    record_id: str
    title: str
    snippet: str
    where: str
    case_id: str = ""
    meeting_id: str = ""


def find(session: Session, text: str, limit: int = 20) -> list[Hit]:
    """Cases first, then the newest; every word typed must begin a word of what is found. The list may be read over a
    shoulder: of what is marked for some alone only where it stands."""
    rows = session.queries.search(text, limit)
    with session.work.reading() as records:
        held = {(kind.__name__, record.id): record for kind in KINDS for record in _asked(records, kind, rows)}
        found = [(held.get((row.kind, row.record_id)), row.snippet) for row in rows]
        hits = [(record, snippet) for record, snippet in found if record is not None]
        known = {record.id for record, _ in hits}
        hits += [(action, "") for action in _actions_of(records, text) if action.id not in known]
        return _hits(records, hits[:limit])


def find_people(session: Session, text: str, limit: int = 3) -> list[Hit]:
    """People of the agencies whose name begins so or who have these initials, the best fit first; from two letters."""
    if len(text.strip()) < LEAST_OF_A_NAME:
        return []
    with session.work.reading() as records:
        members = [member for member in records.find(Member) if member.active]
        agencies = {agency.id: agency.name for agency in records.find(Agency)}
    near = [(close, m.name, m) for m in members if (close := closeness(text, m.name)) is not None]
    return [
        Hit("person", member.id, name, member.job_title, agencies.get(member.agency_id, ""))
        for _, name, member in sorted(near, key=lambda one: one[:2])[:limit]
    ]


def _actions_of(records: Records, text: str) -> list[Action]:
    """The open actions of whoever is called so, those they do with somebody else too; the newest first."""
    named = text.strip()
    members = {m.id: m.name for m in records.find(Member)} if len(named) >= LEAST_OF_A_NAME else {}
    theirs = {member_id for member_id, name in members.items() if closeness(named, name) is not None}
    found = [a for a in records.find(Action, state=ActionState.OPEN) if theirs & set(a.owner_ids)] if theirs else []
    return sorted(found, key=lambda action: (action.agreed_on, action.number), reverse=True)


def _asked(records: Records, kind: type[Any], rows: Sequence[Any]) -> list[Any]:
    ids = tuple(row.record_id for row in rows if row.kind == kind.__name__)
    return records.find(kind, id=ids) if ids else []


def _hits(records: Records, found: Sequence[tuple[Any, str]]) -> list[Hit]:
    cases = _by_id(records, Case, {record.case_id for record, _ in found if hasattr(record, "case_id")})
    meetings = _by_id(records, Meeting, {record.meeting_id for record, _ in found if hasattr(record, "meeting_id")})
    owners = {one for record, _ in found if isinstance(record, Action) for one in record.owner_ids}
    members = _by_id(records, Member, owners)

    def who(action: Action) -> str:
        leads, *beside = [members[one].name for one in action.owner_ids if one in members] or [""]
        return owner_words(leads, beside)

    return [_hit(record, snippet, cases, meetings, who) for record, snippet in found]


def _by_id(records: Records, kind: type[Any], ids: set[str]) -> dict[str, Any]:
    wanted = tuple(sorted(ids - {""}))
    return {record.id: record for record in records.find(kind, id=wanted)} if wanted else {}


def _hit(
    record: Any,
    snippet: str,
    cases: dict[str, Case],
    meetings: dict[str, Meeting],
    names: Callable[[Action], str],
) -> Hit:
    is_marked = any(protection_of(text) for text in vars(record).values() if isinstance(text, str))
    snippet = NOT_SHOWN if is_marked and snippet else snippet
    if isinstance(record, Case):
        return Hit("case", record.id, record.title, snippet, reference_of(record), case_id=record.id)
    meeting = meetings.get(record.meeting_id)
    where = f"{meeting.kind.value} of {dated_day(meeting.on)}" if meeting else ""
    if isinstance(record, AgendaItem):
        return Hit("item", record.id, title_for_all(record.title), snippet, where, meeting_id=record.meeting_id)
    case = cases.get(record.case_id)
    about = f"{reference_of(case)} · {case.title}" if case else ""
    if isinstance(record, Action):
        said = ", ".join(filter(None, (names(record), where)))
        return Hit("action", record.id, shown(record.what), about or snippet, said, record.case_id, record.meeting_id)
    return Hit("note", record.id, about, snippet, where, record.case_id, record.meeting_id)


def reference_of(case: Case) -> str:
    """The reference, or what stands in its place for a case entered by hand."""
    return case.reference or "awaiting reference"
