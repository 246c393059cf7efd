"""The private minutes leave: approved by New Hope's lead, then a numbered copy for each of their own circulation list,
holding only the people its recipient may hear of and what is not marked. No table of rights: the rule of admission
decides. Who received what, and when, stays in the private file.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.days import local
from csp_desktop.domain.common.deadlines import working_days_after
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.action_list import ActionList, actions_of
from csp_desktop.domain.minutes.agreeing import AgreedMinutes
from csp_desktop.domain.minutes.circulation import CopyRecord, CopyState, How, copy_numbers
from csp_desktop.domain.minutes.protection import (
    ALL,
    Marks,
    Protection,
    lines_of,
    parted,
    protection_of,
    without_protected,
)
from csp_desktop.domain.minutes.record import ActionLine, reason_given
from csp_desktop.domain.minutes.rights import Attended, Part, Recipient, Rights
from csp_desktop.domain.minutes.searched import pieces_of
from csp_desktop.domain.minutes.shares import mark_of
from csp_desktop.domain.minutes.versions import Approval, MinutesState, MinutesVersion
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.domain.private.circulation import PrivateCirculation
from csp_desktop.domain.private.minutes import PrivateFacts, PrivateMinutes
from csp_desktop.domain.private.minutes_copy import FOR_ALL, copy_of
from csp_desktop.domain.private.minutes_layout import as_text, private_actions, section_of, sections
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.agreeing import circulated
from csp_desktop.services.minutes.versions import standing, standing_in
from csp_desktop.services.ports.copies import CopyKind, CopyModel, ListReader, Source
from csp_desktop.services.ports.minutes import Sent
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.minutes import draft_in, readable_by
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.private.register import leading_ids
from csp_desktop.services.session import Session

NOBODY = "Nobody is on the circulation list yet, so no copy can be given. Add people under Settings, Minutes."


@dataclass(frozen=True)
class CopyRow:
    """One recipient: which copy, how much of the minutes is in it, and when it was given."""

    member_id: str
    name: str
    agency: str
    copy_number: int
    whole: bool
    people: int  # of those talked about at the session
    given_at: datetime | None
    given_version: int


@dataclass(frozen=True)
class Circulation:
    """How the minutes of one session stand. `changed`: the records are others than those that were approved."""

    state: MinutesState
    version: int
    approval: Approval | None
    changed: bool
    rows: tuple[CopyRow, ...]
    due: date
    agreed: AgreedMinutes | None = None

    @property
    def given(self) -> int:
        """How many have the version that counts."""
        return sum(row.given_at is not None and row.given_version == self.version for row in self.rows)

    @property
    def circulated_at(self) -> datetime | None:
        """When the last of them got theirs."""
        has_all = bool(self.rows) and self.given == len(self.rows)
        if not has_all or self.state not in (MinutesState.CIRCULATED, MinutesState.AGREED):
            return None
        return max((row.given_at for row in self.rows if row.given_at is not None), default=None)


def circulation_of(session: Session, meeting_id: str) -> Circulation:
    """How the minutes of a session stand, and who gets which copy."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return _standing(session, records, meeting_id)


def _standing(session: Session, records: Records, meeting_id: str) -> Circulation:
    meeting, settings = records.get(Meeting, meeting_id), private_settings_in(records)
    now = standing_in(session, records, meeting_id)
    rows = _rows(session, records, draft_in(session, records, meeting_id), settings.circulation)
    has_all = bool(rows) and all(row.given_at is not None and row.given_version == now.version for row in rows)
    state = MinutesState.CIRCULATED if now.state is MinutesState.APPROVED and has_all else now.state
    due = working_days_after(meeting.on, settings.circulate_days, session.holidays)
    return Circulation(
        state, now.version, now.approval, now.approval is not None and not now.is_approved, rows, due, now.agreed
    )


def _rows(session: Session, records: Records, record: PrivateMinutes, members: Sequence[str]) -> tuple[CopyRow, ...]:
    given: dict[str, PrivateCirculation] = {}
    for one in given_in(records, record.meeting_id):
        if not one.actions_only:
            given[one.member_id] = one
    register = {m.id: m for m in records.find(Member, active=True)}
    listed = [member_id for member_id in members if member_id in register]
    written = {one.member_id: one.copy_number for one in records.find(CopyRecord, meeting_id=record.meeting_id)}
    numbers = copy_numbers(listed, written | {one.member_id: one.copy_number for one in given.values()})
    agencies = {agency.id: agency.name for agency in records.find(Agency)}
    rows = []
    for member_id in listed:
        member, had = register[member_id], given.get(member_id)
        readable = readable_by(records, member_id, session.today)
        people = sum(readable is None or one.person_id in readable for one in record.people)
        at, version = (had.at, had.version) if had else (None, 0)
        agency = agencies[member.agency_id]
        rows.append(CopyRow(member_id, member.name, agency, numbers[member_id], readable is None, people, at, version))
    return tuple(rows)


def sent_out(session: Session, records: Records, meeting: Meeting, version: int) -> Sent | None:
    """When everybody on the list had this version, and how late; None before that. It may be asked for while a session
    runs, since it tells of nobody who is talked about."""
    if (sent := circulated(session, records, meeting, version)) is not None:
        return sent
    settings = private_settings_in(records)
    listed = {one.id for one in records.find(Member, active=True)} & set(settings.circulation)
    given = [one for one in given_in(records, meeting.id) if one.version == version and not one.actions_only]
    first = {one.member_id: one.at for one in sorted(given, key=lambda one: one.at, reverse=True)}
    if not listed or not listed <= first.keys():
        return None
    at = max(first[member_id] for member_id in listed)
    due = working_days_after(meeting.on, settings.circulate_days, session.holidays)
    return Sent(at, days_overdue(due, local(at).date()))


def approve(session: Session, meeting_id: str, progress: Progress = unheard) -> MinutesVersion:
    """New Hope's lead, who checks what they approve, approves the minutes as they stand now: from now on copies may go
    out."""
    session.require(Role.NEW_HOPE_LEAD)
    if standing(session, meeting_id).state is MinutesState.DRAFT:
        versions.check(session, meeting_id)
    return versions.approve(session, meeting_id, progress)


def copy_for(session: Session, meeting_id: str, member_id: str = "") -> PrivateMinutes:
    """The minutes as one recipient gets them, numbered and named; without one the record."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return _copy(session, records, meeting_id, member_id)


def _copy(session: Session, records: Records, meeting_id: str, member_id: str) -> PrivateMinutes:
    minutes = draft_in(session, records, meeting_id, member_id)
    if not member_id:
        return minutes
    row = _row(_standing(session, records, meeting_id), member_id)
    return replace(minutes, copy_number=row.copy_number, recipient=f"{row.name}, {row.agency}")


def _row(now: Circulation, member_id: str) -> CopyRow:
    for row in now.rows:
        if row.member_id == member_id:
            return row
    raise Refused("This person is no longer on the circulation list. Choose another copy.")


def own_actions(minutes: PrivateMinutes, name: str) -> PrivateMinutes:
    """The copy of an action list: only what this officer is to do."""
    return replace(minutes, actions=actions_of(minutes.actions, name))


def may_leave(session: Session, meeting_id: str, member_id: str) -> None:
    """Raise Refused while nobody has approved what a recipient would get. The record may be saved as a draft."""
    if member_id and not standing(session, meeting_id).is_approved:
        raise Refused("Only approved minutes may be given. New Hope's lead approves them first.")


def note_given(
    session: Session, minutes: PrivateMinutes, member_id: str, *, actions_only: bool = False
) -> PrivateCirculation:
    """A recipient's copy was saved to hand it over: who received what, and when. It cannot be taken back."""
    session.require(Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)
    with session.work.step("circulation of the private minutes", undoable=False) as records:
        row = _row(_standing(session, records, minutes.meeting_id), member_id)
        given = PrivateCirculation(
            new_id(),
            minutes.meeting_id,
            member_id,
            row.name,
            minutes.copy_number,
            minutes.version,
            session.now(),
            session.user_name,
            tuple(sorted(one.person_id for one in minutes.people)),
            actions_only,
        )
        records.save(given)
    return given


def given_copies(session: Session, meeting_id: str) -> tuple[PrivateCirculation, ...]:
    """Every copy ever given of a session's minutes, the newest first."""
    with session.work.reading() as records:
        require_preparing(session, records)
        found = given_in(records, meeting_id)
    return tuple(reversed(found))


def given_in(records: Records, meeting_id: str) -> list[PrivateCirculation]:
    """The same, the oldest first: saved one by one, or written together and confirmed as given."""
    found = records.find(PrivateCirculation, meeting_id=meeting_id)
    for one in records.find(CopyRecord, meeting_id=meeting_id):
        if one.state is CopyState.GIVEN and one.given_at is not None:
            found.append(
                PrivateCirculation(
                    one.id,
                    meeting_id,
                    one.member_id,
                    one.name,
                    one.copy_number,
                    one.version,
                    one.given_at,
                    one.given_by,
                    one.held,
                )
            )
    return sorted(found, key=lambda one: one.at)


def cut_off(session: Session, minutes: PrivateMinutes) -> tuple[tuple[str, str], ...]:
    """Officers with an action about someone they may not hear of, and the section it stands in: their copy would leave
    it out.
    """
    with session.work.reading() as records:
        require_preparing(session, records)
        members = {member.name: member.id for member in records.find(Member, active=True)}
        found: dict[tuple[str, str], None] = {}
        for person in minutes.people:
            for name in (one.name for line in person.actions for one in line.owners):
                readable = readable_by(records, members[name], session.today) if name in members else None
                if readable is not None and person.person_id not in readable:
                    found[name, section_of(person)] = None
    return tuple(found)


def people_of(session: Session, records: Records, source: Source) -> tuple[Recipient, ...]:
    """Everybody on New Hope's own circulation list, in its order."""
    facts: PrivateFacts = source.facts
    register = {one.id: one for one in records.find(Member, active=True)}
    homes = {one.id: one for one in records.find(Agency)}
    here = {(folded(one.line.name), folded(one.line.agency)): one.id for one in facts.minutes.present}
    leading = leading_ids(records)
    found = []
    for member in [register[one] for one in private_settings_in(records).circulation if one in register]:
        home = homes[member.agency_id]
        line = here.get((folded(member.name), folded(home.name)))
        attended = Attended.ABSENT if line is None else Attended.PRESENT
        part = Part.CHAIR if member.id in leading else Part.MEMBER
        at = source.meeting_id, source.version
        found.append(Recipient.of(new_id(), at, member, home, attended, part, line or ""))
    return tuple(found)


def marks_of(person: Recipient) -> Marks:
    """Which marked paragraphs somebody may read."""
    if person.part is Part.CHAIR:
        return ALL
    return frozenset({Protection.POLICE} if person.agency_kind is AgencyKind.POLICE else ())


def models_of(session: Session, records: Records, source: Source, people: Sequence[Recipient]) -> list[CopyModel]:
    """What each of them gets."""
    facts: PrivateFacts = source.facts
    whole: PrivateMinutes = source.edition(copy_of(facts))
    every = len(sections(whole))
    return [_model(session, records, source, whole, every, person) for person in people]


def _model(
    session: Session, records: Records, source: Source, whole: PrivateMinutes, every: int, person: Recipient
) -> CopyModel:
    readable, marks = readable_by(records, person.member_id, session.today), marks_of(person)
    copy: PrivateMinutes = source.edition(copy_of(source.facts, readable, person.member_id, marks))
    told = [without_protected(line, marks) for line in copy.changes] if copy.whole else []  # they may tell of others
    copy = replace(copy, changes=tuple(filter(None, told)))
    people = len(copy.people)
    gets = "Whole minutes" if copy.whole else "1 person" if people == 1 else f"{people} people"
    lines = list(_said_in(whole))
    kept = [one for one in lines if _may_read(one, readable, marks, person)]
    out = dict.fromkeys(parted(words)[1] for words, *_ in (one for one in lines if one not in kept))
    plain = as_text(_plain_for(whole, readable, marks, person))
    pieces = pieces_of(out, [*(words for words, *_ in kept), plain, person.named, whole.edition])
    return CopyModel(
        minutes=copy,
        rights=Rights.WHOLE if copy.whole else Rights.OWN_AGENCY,
        why="may attend for everyone" if copy.whole else "may attend for those they work with",
        gets=gets if copy.whole or people else "Attendance only",
        sections=tuple(section.title for section in sections(copy)),
        of_sections=every,
        held=tuple(dict.fromkeys((*(one.person_id for one in copy.people), *(one.case_id for one in copy.between)))),
        withheld=_withheld(whole, copy, marks),
        own=_own(copy, person),
        must_not=tuple(filter(None, pieces)),
        unsearched=pieces.count(()),
        blank=replace(_without_words(whole), present=()),
        warnings=_warnings(whole, readable, person),
    )


Line = tuple[str, str, tuple[str, ...], bool]  # words, the person's id, its officers' ids, whether it is for everybody


def _said_in(whole: PrivateMinutes) -> Iterator[Line]:
    """Every line typed: apart from how copies are made, so that the one can prove the other."""
    for one in whole.people:
        answered = [text for line in one.answers for text in (line.what, line.reason)]
        decided = [text for line in one.overrides for text in (line.reason,)]
        offered = [text for line in one.offers for text in (line.what, line.why)]
        for text in (
            one.name,
            one.note,
            one.reason,
            *answered,
            *decided,
            *offered,
            *(line.what for line in one.actions),
        ):
            yield from ((line.strip(), one.person_id, (), False) for line in lines_of(text) if line.strip())
    for mailed in whole.between:
        yield from ((text, mailed.case_id, (), False) for text in (mailed.name, mailed.words))
    for left in whole.unreached:
        yield from ((text, "?", (), False) for text in (left.reference, reason_given(left.why)) if text)
    for item in whole.items:
        for text in (item.note, *(line.what for line in item.actions)):
            yield from ((line.strip(), "?", (), False) for line in lines_of(text) if line.strip())
    for action in whole.actions:
        yield action.what, action.case_id or "?", _owner_ids(action), False
    for answer in whole.answers:
        yield answer.what, "", (), True
    yield from ((line, "?", (), False) for line in whole.changes)


def _without_words(whole: PrivateMinutes) -> PrivateMinutes:
    """The paper with nothing about anybody: what is left says the same to everybody."""
    items = tuple(replace(one, note="", actions=()) for one in whole.items)
    return replace(
        whole,
        people=(),
        unreached=(),
        between=(),
        answers=(),
        actions=(),
        items=items,
        closing_note="",
        changes=(),
        erased=(),
    )


def _plain_for(whole: PrivateMinutes, readable: Set[str] | None, marks: Marks, person: Recipient) -> PrivateMinutes:
    """What stands in somebody's copy besides the lines typed: the paper without words, with what is known of those they
    may hear of, and their actions."""

    def may(action: ActionLine, person_id: str) -> bool:
        return _may_read((action.what, person_id or "?", _owner_ids(action), False), readable, marks, person)

    people = tuple(
        replace(
            one,
            note="",
            reason="",
            answers=(),
            overrides=tuple(replace(line, reason="") for line in one.overrides),
            offers=(),
            actions=tuple(line for line in one.actions if may(line, one.person_id)),
        )
        for one in whole.people
        if readable is None or one.person_id in readable
    )
    actions = tuple(line for line in whole.actions if may(line, line.case_id))
    return replace(_without_words(whole), people=people, actions=actions)


def _may_read(line: Line, readable: Set[str] | None, marks: Marks, person: Recipient) -> bool:
    words, person_id, owner_ids, for_all = line
    if protection_of(words) not in (None, *marks):
        return False
    if readable is None or for_all or person_id in readable:
        return True
    return person_id == "?" and person.member_id in owner_ids


def _withheld(whole: PrivateMinutes, copy: PrivateMinutes, marks: Marks) -> tuple[str, ...]:
    words = []
    left = len(whole.people) - len(copy.people)
    if left:
        words.append(f"{'1 person' if left == 1 else f'{left} people'}, not shared with them")
    if not copy.whole:
        titles = len(whole.items) - sum(item.kind in FOR_ALL for item in whole.items)
        words += [f"{titles} other items"] if titles > 1 else ["1 other item"] if titles else []
    for mark in Protection:
        count = sum(protection_of(line) is mark for one in copy.people for line in _notes(whole, one.person_id))
        words += (
            [f"{'1 paragraph' if count == 1 else f'{count} paragraphs'}: {mark.value}"]
            if (count and mark not in marks)
            else []
        )
    return tuple(words)


def _owner_ids(line: ActionLine) -> tuple[str, ...]:
    return tuple(one.member_id for one in line.owners if one.member_id)


def _notes(whole: PrivateMinutes, person_id: str) -> list[str]:
    return [line for one in whole.people if one.person_id == person_id for line in lines_of(one.note)]


def _own(copy: PrivateMinutes, person: Recipient) -> ActionList | None:
    mine = tuple(line for line in copy.actions if person.member_id in _owner_ids(line))
    return replace(private_actions(copy), actions=mine, officer=person.name, agency=person.agency) if mine else None


def _warnings(whole: PrivateMinutes, readable: Set[str] | None, person: Recipient) -> tuple[str, ...]:
    """An action about somebody they may not hear of would be cut off from whoever has to do it."""
    if readable is None:
        return ()
    cut = [
        line
        for one in whole.people
        if one.person_id not in readable
        for line in one.actions
        if person.member_id in _owner_ids(line)
    ]
    if not cut:
        return ()
    are = "1 action of theirs is" if len(cut) == 1 else f"{len(cut)} actions of theirs are"
    return (f"{are} about someone they may not be told about, and not in their copy.",)


def list_readers(session: Session, records: Records, minutes: PrivateMinutes) -> Callable[[Member], ListReader]:
    """What the list of their own actions may not tell somebody: of people they may not hear of, and what is marked."""
    leading, kinds = leading_ids(records), {one.id: one.kind for one in records.find(Agency)}

    def reader(member: Member) -> ListReader:
        readable = readable_by(records, member.id, session.today)
        is_police = kinds.get(member.agency_id) is AgencyKind.POLICE
        marks = ALL if member.id in leading else frozenset({Protection.POLICE} if is_police else ())

        def against(line: ActionLine) -> str:
            if line.case_id and readable is not None and line.case_id not in readable:
                return "about someone they may not be told about"
            mark = mark_of(line)
            return "" if mark is None or mark in marks else mark.value

        return ListReader(marks, against)

    return reader


def _refusal(session: Session, records: Records) -> str:
    listed = {one.id for one in records.find(Member, active=True)} & set(private_settings_in(records).circulation)
    return "" if listed else NOBODY


def _due(session: Session, records: Records, meeting_id: str) -> date:
    meeting, settings = records.get(Meeting, meeting_id), private_settings_in(records)
    return working_days_after(meeting.on, settings.circulate_days, session.holidays)


def _saved_one_by_one(records: Records, meeting_id: str) -> list[CopyRecord]:
    """Copies saved and noted as given by the Minutes page, each by itself."""
    homes = {one.id: one.name for one in records.find(Agency)}
    agencies = {one.id: homes.get(one.agency_id, "") for one in records.find(Member)}
    return [
        CopyRecord(
            one.id,
            meeting_id,
            one.version,
            one.member_id,
            one.name,
            agencies.get(one.member_id, ""),
            one.copy_number,
            Rights.OWN_AGENCY,
            "",
            0,
            (),
            one.person_ids,
            How.HAND,
            written_at=one.at,
            written_by=one.by,
            given_at=one.at,
            given_by=one.by,
        )
        for one in records.find(PrivateCirculation, meeting_id=meeting_id)
        if not one.actions_only
    ]


PRIVATE_COPIES = CopyKind(
    people=people_of,
    models=models_of,
    refusal=_refusal,
    due=_due,
    earlier=_saved_one_by_one,
    list_readers=list_readers,
    noted_as=(PrivateCirculation,),
)
