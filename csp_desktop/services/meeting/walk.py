"""The agenda items beside the cases: what each needs to be talked through, its note and its actions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import takewhile
from typing import assert_never

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.days import clock, dated_day, days_words, screen_day
from csp_desktop.domain.common.overdue import days_overdue, due_words
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.agenda import Presentation
from csp_desktop.domain.meeting.confidentiality import Attendance, Override, remote_words
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.agreeing import NO_EARLIER, minuted
from csp_desktop.domain.minutes.protection import title_for_all
from csp_desktop.domain.minutes.record import case_name
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.bodies import GROUP, bodies_of
from csp_desktop.services.meeting.actions import (
    ActionRow,
    Officer,
    action_rows,
    actions_of_item,
    officers,
    overdue_first,
)
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.earlier_minutes import day_before
from csp_desktop.services.meeting.issue_talks import IssueTalk, talks
from csp_desktop.services.meeting.regular import regular_held
from csp_desktop.services.meeting.running_meeting import fold_drafts
from csp_desktop.services.minutes.agreeing import ToAgree, to_agree
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Line:
    """One line of what an item needs: `tone` is high, medium, low or neutral for the words at its right."""

    title: str
    detail: str = ""
    status: str = ""
    tone: str = "neutral"
    heading: bool = False
    person: str = ""  # whose initials stand before it
    group: str = ""


@dataclass(frozen=True)
class LiveItemRow:
    """One agenda item in hand: everything its screen shows."""

    item: AgendaItem  # with what is being typed in it
    heading: str  # over what it needs: 'Apologies received'
    caption: str
    lines: tuple[Line, ...]
    nothing: str  # said when there are no lines
    answers: tuple[ActionRow, ...]  # earlier actions to be answered here
    agreed: tuple[ActionRow, ...]
    on: date
    following: date  # the next meeting: fixed, planned or proposed
    fixed: date | None  # as agreed at this one
    saved_at: datetime | None
    officers: Mapping[str, Officer] = field(default_factory=dict)  # everyone an action can belong to
    issues: tuple[IssueTalk, ...] = ()  # emerging issues to be talked about here
    brought: tuple[ToAgree, ...] = ()  # minutes to be agreed here


def live_item(session: Session, item_id: str) -> LiveItemRow:
    """Everything about the item in hand, read at once."""
    with session.work.reading() as records:
        item = fold_drafts(session, records.get(AgendaItem, item_id))
        meeting = records.get(Meeting, item.meeting_id)
        heading, caption, lines, nothing = _needs(session, records, item, meeting)
        answers = _matters(records, meeting) if item.kind is ItemKind.MATTERS_ARISING else ()
        draft, known = session.work.draft(AgendaItem, item_id, "note"), officers(records)
        return LiveItemRow(
            item=item,
            heading=heading,
            caption=caption,
            lines=lines,
            nothing=nothing,
            answers=answers,
            agreed=actions_of_item(records, item, meeting.on, known),
            on=meeting.on,
            following=next_meeting_day(session, records, meeting),
            fixed=meeting.next_on,
            saved_at=draft.at if draft else None,
            officers=known,
            issues=talks(session, records, meeting) if item.kind is ItemKind.EMERGING else (),
            brought=to_agree(session, records, meeting) if item.kind is ItemKind.LAST_MINUTES else (),
        )


def with_agreed(session: Session, row: LiveItemRow) -> LiveItemRow:
    """The item in hand after an action was agreed, changed or taken away: nothing else of it is read again."""
    with session.work.reading() as records:
        stored = records.get(AgendaItem, row.item.id)
        agreed = actions_of_item(records, stored, row.on, row.officers)
    return replace(row, item=replace(row.item, changed_at=stored.changed_at), agreed=agreed)


def read_back_of(row: LiveItemRow) -> ReadBack | None:
    """What is read out before an item is done; None when there is nothing."""
    details = [said_of(talk) for talk in row.issues if talk.discussed]
    details += [words for one in row.brought for words in minuted(one.brought)]
    details += [row.item.note] if row.item.note else []
    questions = []
    if row.item.kind is ItemKind.NEXT_DATE:
        if row.fixed is not None:
            details.append(f"Next meeting on {screen_day(row.fixed, row.on)}")
        else:
            questions.append("No date agreed")
    if not (details or questions or row.agreed):
        return None
    return ReadBack("", title_for_all(row.item.title), tuple(details), row.agreed, tuple(questions))


def said_of(talk: IssueTalk) -> str:
    """'Mopeds in Radlett Road park: gate at the north path'"""
    note = talk.note.strip()
    return f"{talk.issue.title}: {note}" if note else f"{talk.issue.title}: discussed"


Needs = tuple[str, str, tuple[Line, ...], str]


def _needs(session: Session, records: Records, item: AgendaItem, meeting: Meeting) -> Needs:
    match item.kind:
        case ItemKind.CONFIDENTIALITY:
            return _signed(records, meeting)
        case ItemKind.APOLOGIES:
            return _apologies(records, meeting)
        case ItemKind.MATTERS_ARISING:
            return _last_meeting(session, records, meeting)
        case ItemKind.LAST_MINUTES:
            return "To be agreed as a correct record", "", (), NO_EARLIER
        case ItemKind.EMERGING:
            return _areas(records, meeting)
        case ItemKind.CASE_REVIEWS:
            sentence = (
                "Any member of the public may ask for a review of how anti-social behaviour was dealt "
                "with. Minute every application and decision."
            )
            return "Applications", "", (), sentence
        case ItemKind.OTHER:
            return _agencies(records, meeting)
        case ItemKind.NEXT_DATE:
            return "Next meeting", "", (), ""
        case ItemKind.INTERESTS:
            return _interests(records, meeting)
        case ItemKind.PERFORMANCE:
            return _performance(records, meeting)
        case ItemKind.BOARDS:
            return _boards(records)
        case ItemKind.INFORMATION:
            return "Information", "", (), "Minute what members were told, and where to find it."
        case ItemKind.OWN:
            return _presentation(records, item, meeting)
        case ItemKind.CASES:
            return "Cases", "", (), "No cases left to discuss."
        case ItemKind.PEOPLE | ItemKind.WINTER | ItemKind.COUNT:
            return item.title, "", (), "This item belongs to the private meeting."
        case _:
            assert_never(item.kind)


def _signed(records: Records, meeting: Meeting) -> Needs:
    here = [a for a in records.find(Attendance, meeting_id=meeting.id) if a.present]
    lines = [
        Line(o.reason, ", ".join(o.names), f"Override {clock(o.at)}", "medium")
        for o in records.find(Override, meeting_id=meeting.id)
    ]
    for row in sorted(here, key=lambda a: folded(a.name)):
        status = f"Signed {clock(row.signed_at)}" if row.signed_at else "Not signed"
        tone = "low" if row.signed else "high"
        told = ", ".join(filter(None, (row.agency_name, remote_words(row.remote))))
        lines.append(Line(row.name, told, status, tone, person=row.name, group=row.agency_name))
    return "Present", f"{sum(a.signed for a in here)} of {len(here)} signed", tuple(lines), "Nobody is here."


def _interests(records: Records, meeting: Meeting) -> Needs:
    """What was declared at the sign-in; what is declared now is added there, at the person's row."""
    rows = sorted(records.find(Attendance, meeting_id=meeting.id), key=lambda a: folded(a.name))
    lines = tuple(_person(a, ", ".join(a.interests), "medium") for a in rows if a.interests)
    nothing = "Nobody has declared an interest in a case of this meeting. Ask again, and minute the answer."
    return "Declared at the sign-in", str(len(lines)) if lines else "none", lines, nothing


def _performance(records: Records, meeting: Meeting) -> Needs:
    """How the group kept what it agreed: what was due since the last meeting, what is late, what was carried on."""
    last = _last(records, meeting)
    actions = [a for a in records.find(Action) if a.meeting_id != meeting.id and a.agreed_on < meeting.on]
    due = [a for a in actions if a.due and (last is None or a.due > last.on) and a.due <= meeting.on]
    closed = [a for a in actions if a.closed_on and (last is None or a.closed_on > last.on)]
    done = sum(a.state is ActionState.DONE for a in closed)
    late = sum(_late(a, meeting.on) for a in actions if a.state is ActionState.OPEN)
    often = sum(a.carried >= 2 for a in actions if a.state is ActionState.OPEN)
    lines = (
        Line("Actions due since the last meeting", "", str(len(due))),
        Line("Actions done since then", "", str(done), "low"),
        Line("Closed without being done", "", str(len(closed) - done), "high" if len(closed) > done else "neutral"),
        Line("Open and overdue", "", str(late), "high" if late else "low"),
        Line("Carried forward twice or more", "", str(often), "medium" if often else "low"),
    )
    since = f"since {screen_day(last.on, meeting.on)}" if last else ""
    return (
        "Actions since the last meeting",
        since,
        lines if actions else (),
        "No actions were agreed at an earlier meeting.",
    )


def _boards(records: Records) -> Needs:
    """The bodies this group reports to, those that stand above it: what each answered is minuted."""
    above = takewhile(lambda body: body.key != GROUP, bodies_of(settings_in(records)))
    lines = tuple(Line(body.name, "", body.rhythm) for body in above)
    return "Boards this group reports to", "", lines, "No board is set. Minute the response, and who gave it."


def _presentation(records: Records, item: AgendaItem, meeting: Meeting) -> Needs:
    """Who presents, and of a visitor whether the clause was read out to them."""
    lines = []
    here = {folded(a.name): a for a in records.find(Attendance, meeting_id=meeting.id)}
    for one in records.find(Presentation, item_id=item.id):
        host = records.find(Member, id=one.host_id) if one.host_id else []
        row = here.get(folded(one.who))
        if not one.visitor:
            status, tone = "Presented by", "neutral"
        elif row is not None and row.signed:
            status, tone = "Clause read out, signed", "low"
        else:
            status, tone = "Clause to be read out", "high"
        detail = f"visitor, with {host[0].name}" if one.visitor and host else "visitor" if one.visitor else ""
        lines.append(Line(one.who, detail or (f"with {host[0].name}" if host else ""), status, tone, person=one.who))
    for called in records.find(ProfessionalsMeeting, item_id=item.id):
        lines += _to_report_on(records, called, meeting)
    return "Presented by", "", tuple(lines), "No presenter is named for this item. Minute what was said."


def _to_report_on(records: Records, called: ProfessionalsMeeting, meeting: Meeting) -> list[Line]:
    """Why a professionals' meeting was called, and what was agreed there, as it stands today."""
    case = records.get(Case, called.case_id)
    name = case_name(case.reference, case.initials)
    lines = [Line(f"{name}: {called.ground.value}", called.why, due_words(called.report_by, meeting.on), heading=True)]
    rows = action_rows(records, records.find(Action, meeting_id=called.meeting_id), meeting.on, meeting.id)
    lines += [Line(row.action.what, row.line, row.status, row.tone, person=row.officer.name) for row in rows]
    said = f"Reported {screen_day(called.reported_on, meeting.on)}" if called.reported_on else ""
    return [*lines, Line(called.report, said)] if said else lines


def _apologies(records: Records, meeting: Meeting) -> Needs:
    rows = sorted(records.find(Attendance, meeting_id=meeting.id), key=lambda a: folded(a.name))
    sent = [a for a in rows if a.apology]
    away = [a for a in rows if a.expected and not a.apology and a.arrived_at is None]
    lines = [_person(a, *_information(a)) for a in sent]
    if away:
        lines.append(Line(f"Absent without apologies: {len(away)}", heading=True))
        lines += [_person(a, "Not here", "neutral") for a in away]
    return (
        "Apologies received",
        str(len(sent)),
        tuple(lines),
        "No apologies, and everyone expected is here.",
    )


def _information(row: Attendance) -> tuple[str, str]:
    if not row.information_sent:
        return "No information sent", "medium"
    on = row.information_received_on
    return (f"Information {dated_day(on)}" if on else "Information sent"), "low"


def _person(row: Attendance, status: str, tone: str) -> Line:
    return Line(row.name, row.agency_name, status, tone, person=row.name, group=row.agency_name)


def _last(records: Records, meeting: Meeting) -> Meeting | None:
    held = [m for m in regular_held(records) if m.on < meeting.on]
    return max(held, key=lambda m: m.on, default=None)


def _last_meeting(session: Session, records: Records, meeting: Meeting) -> Needs:
    last = day_before(session, records, meeting.on)
    if last is None:
        return "Matters arising", "", (), "There was no earlier meeting, so there are no matters arising."
    nothing = "All actions agreed outside a case have been reviewed, and none are overdue."
    return "Open from earlier meetings", f"last meeting {screen_day(last, meeting.on)}", (), nothing


def _matters(records: Records, meeting: Meeting) -> tuple[ActionRow, ...]:
    """Earlier actions that belong to no case of today's walk, and all that are late."""
    walked = {t.case_id for t in records.find(CaseTurn, meeting_id=meeting.id)}
    earlier = [a for a in records.find(Action) if a.agreed_on < meeting.on and a.meeting_id != meeting.id]
    shown = [a for a in earlier if _open_or_answered(a, meeting) and (a.case_id not in walked or _late(a, meeting.on))]
    shown.sort(key=lambda a: (a.due or date.max, a.number))
    return action_rows(records, overdue_first(records, shown, meeting.on, meeting.id), meeting.on, meeting.id)


def _open_or_answered(action: Action, meeting: Meeting) -> bool:
    return action.state is ActionState.OPEN or action.closed_on == meeting.on


def _late(action: Action, on: date) -> bool:
    return days_overdue(action.due, on) > 0


def _areas(records: Records, meeting: Meeting) -> Needs:
    """By area of work: how many cases are open, and those that are new since the last meeting."""
    last = _last(records, meeting)
    ids = [t.case_id for t in records.find(CaseTurn, meeting_id=meeting.id)]
    cases = records.find(Case, id=ids) if ids else []
    lines: list[Line] = []
    for area in settings_in(records).areas:
        mine = [c for c in cases if c.area == area]
        fresh = [c for c in mine if last is None or c.created_on > last.on]
        words = f"{len(mine)} open, {len(fresh)} new" if mine else "no open case"
        lines.append(Line(area, "", words, heading=True))
        lines += [_new_case(c, meeting.on) for c in sorted(fresh, key=lambda c: (c.total is None, -(c.total or 0)))]
    since = f"since {screen_day(last.on, meeting.on)}" if last else ""
    return "Areas of work", since, tuple(lines), "No area of work is set."


def _new_case(case: Case, on: date) -> Line:
    age = days_words((on - case.created_on).days)
    total = "not rated" if case.total is None else f"{case.total} {case.band.value if case.band else ''}".strip()
    tone = {"High": "high", "Medium": "medium", "Standard": "low"}.get(case.band.value if case.band else "", "neutral")
    return Line(case.title, f"{case.reference or 'awaiting its reference'}, opened {age} ago", total, tone)


def _agencies(records: Records, meeting: Meeting) -> Needs:
    here = [a for a in records.find(Attendance, meeting_id=meeting.id) if a.present]
    names = {a.id: a.name for a in records.find(Agency)}
    lines = [
        Line(
            names.get(agency_id, ""),
            ", ".join(_names(here, agency_id)),
            person=names.get(agency_id, ""),
            group=agency_id,
        )
        for agency_id in sorted({a.agency_id for a in here}, key=lambda i: folded(names.get(i, "")))
    ]
    return "Actions by officer", f"{len(lines)} agencies", tuple(lines), "Nobody is here."


def _names(rows: Iterable[Attendance], agency_id: str) -> list[str]:
    return sorted((a.name for a in rows if a.agency_id == agency_id), key=folded)
