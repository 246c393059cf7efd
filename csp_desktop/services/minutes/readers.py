"""Who may have what of the group's minutes: everybody on the list or in the room, by the table of rights, what they
declared and what is marked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.offices import Office, OfficeTaken, held_by
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes import shares, withheld
from csp_desktop.domain.minutes.action_list import ActionList, ActionListsSent, minutes_actions
from csp_desktop.domain.minutes.layout import sections
from csp_desktop.domain.minutes.paper_parts import without_empty_numbers
from csp_desktop.domain.minutes.protection import Marks, Protection
from csp_desktop.domain.minutes.record import ActionLine, Minutes
from csp_desktop.domain.minutes.rights import Attended, Part, Recipient, Rights, RightsRow, decide
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.minutes.minutes import circulation
from csp_desktop.services.minutes.rights import NO_TABLE, table_in_force
from csp_desktop.services.ports.copies import CopyKind, CopyModel, ListReader, Source
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NOTHING_OF_THEIRS = "was not present, and has no case or action"
NAMED = "A case withheld from them is named in text they may read: mark that paragraph, or correct it first."
INTEREST = "declared interest"
UNCLEAR = "An interest was declared in words that name no case: nothing is withheld for it."


def people_of(session: Session, records: Records, source: Source) -> tuple[Recipient, ...]:
    """Everybody on the group's list, and whoever else was in the room, as the register has them now."""
    meeting, homes = records.get(Meeting, source.meeting_id), {one.id: one for one in records.find(Agency)}
    rows = {row.member_id: row for row in records.find(Attendance, meeting_id=meeting.id) if row.member_id}
    taken = records.find(OfficeTaken, meeting_id=meeting.id)
    minutes: Minutes = source.facts
    here = {line.id: line for line in minutes.attendees}
    names = {(folded(line.name), folded(line.agency)): line for line in minutes.attendees}
    sorry = {line.id for line in minutes.apologies} | {(folded(a.name), folded(a.agency)) for a in minutes.apologies}
    found = []
    for member in records.find(Member, active=True):
        home, row = homes[member.agency_id], rows.get(member.id)
        called = (folded(member.name), folded(home.name))
        line = here.get(row.id) if row else names.get(called)
        excused = bool(sorry & {row.id if row else "", called})
        is_awaited = member.standing is Standing.STANDING if meeting.is_regular else row is not None
        if line is None and not excused and not is_awaited:
            continue
        part = _part(meeting, member, line.capacity if line else None, taken)
        attended = Attended.PRESENT if line else Attended.APOLOGIES if excused else Attended.ABSENT
        if attended is Attended.ABSENT and row is None and _joined_since(session, meeting, member):
            attended = Attended.SINCE
        at, line_id = (meeting.id, source.version), line.id if line else ""
        found.append(Recipient.of(new_id(), at, member, home, attended, part, line_id))
    order = {Part.CHAIR: 0, Part.MINUTE_TAKER: 1}
    found.sort(key=lambda one: (order.get(one.part, 2), folded(one.agency), folded(one.name)))
    return tuple(found)


def _joined_since(session: Session, meeting: Meeting, member: Member) -> bool:
    """Whether somebody who is on no list of a meeting came to the group after it."""
    return meeting.closed_at is not None and session.work.first_written(Member, member.id) > meeting.closed_at


def _part(meeting: Meeting, member: Member, capacity: Capacity | None, taken: Sequence[OfficeTaken]) -> Part:
    if member.id in held_by(meeting, Office.CHAIR, taken):
        return Part.CHAIR
    if member.id in held_by(meeting, Office.MINUTES, taken) or capacity is Capacity.MINUTE_TAKER:
        return Part.MINUTE_TAKER
    if capacity is Capacity.OBSERVER:
        return Part.OBSERVER
    if capacity is Capacity.OCCASIONAL or (capacity is None and member.standing is Standing.OCCASIONAL):
        return Part.OCCASIONAL
    return Part.MEMBER


def models_of(session: Session, records: Records, source: Source, people: Sequence[Recipient]) -> list[CopyModel]:
    """What each of them gets by the table of rights that counts today; nobody anything where there is none. It is
    worked out anew only where the minutes, the table or the people are others."""
    table = table_in_force(session, records)
    whole: Minutes = source.edition(session.subject.record.copy(source.facts))
    rows = table.rights if table else ()

    def models() -> list[CopyModel]:
        every = len(sections(whole))
        return [_model(session, whole, every, rows, person, people) for person in people]

    basis = whole, rows, session.user_name, [replace(person, id="") for person in people]
    return session.remembered.answer("copies of the minutes", basis, models)


def _model(
    session: Session,
    whole: Minutes,
    every: int,
    rows: Iterable[RightsRow],
    person: Recipient,
    people: Sequence[Recipient],
) -> CopyModel:
    rights, why = decide(rows, person, has_declared=_has_declared(whole, person))
    colleagues = {one.member_id for one in people if one.agency_id == person.agency_id}
    share = shares.share_of(whole, person, rights, colleagues)
    copy = shares.copy_for(whole, share)
    own = _own(copy, person)
    pieces = withheld.pieces_withheld(whole, share, _also(session, person, own))
    refused = ""
    if person.attended is Attended.SINCE:
        refused = why
    elif rights is Rights.NOTHING:
        refused = f"no rights: {why}"
    elif rights is not Rights.WHOLE and not shares.has_something(copy, person):
        refused = NOTHING_OF_THEIRS
    return CopyModel(
        minutes=copy,
        rights=rights,
        why=why,
        gets=f"{rights.value[:1].upper()}{rights.value[1:]}",
        sections=tuple(section.title for section in map(without_empty_numbers, sections(copy))),
        of_sections=every,
        held=tuple(dict.fromkeys(one.case_id for one in shares.cases_in(copy))),
        withheld=withheld.withheld_words(whole, share),
        own=own,
        must_not=tuple(filter(None, pieces)),
        unsearched=pieces.count(()),
        blank=withheld.blank(whole),
        warnings=_warnings(whole, share, person),
        refused=refused,
    )


def list_readers(session: Session, records: Records, minutes: Minutes) -> Callable[[Member], ListReader]:
    """What the list of their own actions may not tell somebody: of a case they declared an interest in, of what is
    marked, and nothing where the table of rights gives them nothing."""
    people = people_of(session, records, Source(minutes.meeting_id, 0, minutes, lambda copy: copy, ()))
    found, table = {one.member_id: one for one in people}, table_in_force(session, records)
    kinds = {one.id: one.kind for one in records.find(Agency)}

    def reader(member: Member) -> ListReader:
        person = found.get(member.id)
        if person is None:
            return of_marks(kinds.get(member.agency_id))
        rights, why = decide(table.rights if table else (), person, has_declared=_has_declared(minutes, person))
        is_barred = table is not None and rights is Rights.NOTHING and person.attended is not Attended.SINCE
        share = shares.share_of(minutes, person, Rights.ACTIONS_ONLY, {member.id})
        warning = UNCLEAR if shares.unclear_interests(minutes, person) else ""
        return ListReader(share.marks, partial(_against, share), f"no rights: {why}" if is_barred else "", warning)

    return reader


def of_marks(kind: AgencyKind | None) -> ListReader:
    """Somebody of whom nothing is known but the kind of their agency."""
    marks = frozenset({Protection.POLICE} if kind is AgencyKind.POLICE else ())
    return ListReader(marks, partial(_marked, marks))


def _against(share: shares.Share, line: ActionLine) -> str:
    return INTEREST if line.case_id in share.declared else _marked(share.marks, line)


def _marked(marks: Marks, line: ActionLine) -> str:
    mark = shares.mark_of(line)
    return "" if mark is None or mark in marks else mark.value


def _has_declared(minutes: Minutes, person: Recipient) -> bool:
    return bool(shares.declared_by(minutes, person))


def _own(copy: Minutes, person: Recipient) -> ActionList | None:
    mine = shares.own_actions(copy, person)
    listed = minutes_actions(copy)
    return replace(listed, actions=mine, officer=person.name, agency=person.agency) if mine else None


def _also(session: Session, person: Recipient, own: ActionList | None) -> list[str]:
    """What is in somebody's file besides their copy: their name, their own actions, and who sends it."""
    return [person.named, session.user_name, *([own.title, *(words.text for words in own.opening)] if own else [])]


def _warnings(whole: Minutes, share: shares.Share, person: Recipient) -> tuple[str, ...]:
    told = [UNCLEAR] if shares.unclear_interests(whole, person) else []
    if withheld.names_withheld(whole, share):
        told.append(NAMED)
    mine = shares.own_actions(whole, person)
    cut = sum(not share.may_read_action(line) for line in mine)
    if cut:
        are = "1 action of theirs is" if cut == 1 else f"{cut} actions of theirs are"
        told.append(f"{are} about something withheld from them: tell them in person or by phone.")
    return tuple(told)


def _refusal(session: Session, records: Records) -> str:
    return "" if table_in_force(session, records) is not None else NO_TABLE


def _due(session: Session, records: Records, meeting_id: str) -> date:
    return circulation(session, meeting_id).on


GROUP_COPIES = CopyKind(
    people=people_of,
    models=models_of,
    refusal=_refusal,
    due=_due,
    earlier=lambda records, meeting_id: [],
    list_readers=list_readers,
    noted_as=(ActionListsSent,),
)
