"""Draws up the minutes of a meeting that was held: reads what the meeting left in the file, decides nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from csp_desktop.domain.cases.cases import Band, Case, RiskPoint
from csp_desktop.domain.cases.unnamed_bodies import WAS_MADE, is_unnamed, minuted, to_do
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.deadlines import Deadline, circulation_deadline, working_days_after
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, ActionState, Answer, action_label, after_read_back
from csp_desktop.domain.meeting.agenda import Presentation, presenter_words
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Clause, Override
from csp_desktop.domain.meeting.held_on_paper import SIGNED, HeldOnPaper, entered_words, kept_words
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote, place_words
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.offices import (
    Office,
    OfficeTaken,
    held_by,
    holder,
    of_office,
    spans_words,
    taken_words,
)
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting, called_words
from csp_desktop.domain.meeting.signatures import DRAWN, TYPED
from csp_desktop.domain.meeting.walk import change_after_read_back
from csp_desktop.domain.minutes.record import (
    ActionLine,
    AnswerLine,
    ApologyLine,
    AttendeeLine,
    CasePart,
    ClauseLine,
    DecisionLine,
    IssueLine,
    ItemPart,
    Minutes,
    OverrideLine,
    OwnerLine,
    UncalledLine,
    was_called,
    why_uncalled,
)
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.bodies import body_of
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.meeting.agreed_by_mail import decisions_between
from csp_desktop.services.meeting.earlier_minutes import day_before
from csp_desktop.services.meeting.regular import regular_meetings
from csp_desktop.services.meeting.table_time import paper_of, read_back_by
from csp_desktop.services.minutes.agreeing import minuted_in
from csp_desktop.services.minutes.versions import record_copy
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

EXPECTED_ITEMS = (
    (ItemKind.CONFIDENTIALITY, "Present and confidentiality"),
    (ItemKind.APOLOGIES, "Apologies"),
    (ItemKind.MATTERS_ARISING, "Matters arising"),
    (ItemKind.CASES, "Open Safety Net cases"),
    (ItemKind.OTHER, "Other business"),
    (ItemKind.NEXT_DATE, "Next meeting"),
)
OPENING = (ItemKind.CONFIDENTIALITY, ItemKind.APOLOGIES, ItemKind.MATTERS_ARISING)


def draft_minutes(session: Session, meeting_id: str) -> Minutes:
    """The minutes of a closed meeting as they stand: the last approved version, or the draft with what was put right
    since. Refused, with the reason, for a meeting not yet held."""
    with session.work.reading() as records:
        minutes: Minutes = record_copy(session, records, meeting_id)
    return minutes


def draw_minutes(session: Session, records: Records, meeting: Meeting) -> Minutes:
    """The facts of a meeting that closes, from the records as they are."""
    return _Drafting(session, records, meeting).minutes()


def meeting_on(session: Session, day: date) -> str:
    """The id of the meeting of a day. Raises Refused when there was none."""
    with session.work.reading() as records:
        held = sorted(records.find(Meeting, on=day), key=lambda one: not one.is_regular)
        if held:
            return held[0].id
    raise Refused(f"There is no meeting on {screen_day(day, session.today)} in this file.")


class _Drafting:
    """One drawing up: what is looked up again and again is read once."""

    def __init__(self, session: Session, records: Records, meeting: Meeting) -> None:
        self._session = session
        self._records = records
        self._meeting = meeting
        self._meetings = {m.id: m for m in records.find(Meeting)}
        self._members = {m.id: m for m in records.find(Member)}
        self._agencies = {a.id: a for a in records.find(Agency)}
        self._items = records.find(AgendaItem, meeting_id=meeting.id)
        self._turns = sorted(records.find(CaseTurn, meeting_id=meeting.id), key=lambda turn: turn.position)
        self._actions = {a.id: a for a in records.find(Action)}
        self._answers = _last_answers(records.find(ActionAnswer, meeting_id=meeting.id))
        self._carried_later = self._find_carried_later()
        self._between = decisions_between(records, meeting)
        self._acted_on = {a.case_id for a in self._actions.values() if a.meeting_id == meeting.id}
        self._cases = {c.id: c for c in records.find(Case, id=sorted(self._case_ids()))}
        walked = sorted({t.case_id for t in self._turns})
        points = records.find(RiskPoint, case_id=walked) if walked else []
        self._bands = {(point.case_id, point.total): point.band for point in points}
        self._settings = settings_in(records)
        presented = records.find(Presentation, meeting_id=meeting.id)
        self._paper = paper_of(session, records, meeting.id)
        self._taken = records.find(OfficeTaken, meeting_id=meeting.id)
        self._presented = {one.item_id: presenter_words(one, self._name(one.host_id)) for one in presented}

    def _find_carried_later(self) -> dict[str, list[ActionAnswer]]:
        """By action: how it was carried on after this meeting, which the paper of this meeting does not say."""
        held, found = self._meeting, dict[str, list[ActionAnswer]]()
        ids = sorted(a.id for a in self._actions.values() if a.agreed_on <= held.on)
        given = self._records.find(ActionAnswer, action_id=ids, answer=Answer.CARRY_ON) if ids else []
        for answer in sorted(given, key=lambda a: a.at):
            if answer.meeting_id != held.id and held.closed_at and answer.at >= held.closed_at:
                found.setdefault(answer.action_id, []).append(answer)
        return found

    def _case_ids(self) -> set[str]:
        acted = {a.case_id for a in self._actions.values() if a.case_id}
        return {t.case_id for t in self._turns} | acted | {one.case_id for one in self._between}

    def minutes(self) -> Minutes:
        meeting = self._meeting
        agreed = self._agreed()
        rows = self._records.find(Attendance, meeting_id=meeting.id)
        return Minutes(
            meeting_id=meeting.id,
            partnership=paper_name(self._settings.town, self._settings.partnership),
            body=body_of(self._settings, meeting.kind),
            on=meeting.on,
            starts=meeting.starts,
            ends=meeting.ends,
            opened_at=meeting.started_at or meeting.opened_at,
            closed_at=meeting.closed_at,
            venue=meeting.venue,
            chair=self._held_by(Office.CHAIR),
            minute_taker=self._held_by(Office.MINUTES),
            attendees=tuple(self._attendee(row) for row in sorted(rows, key=_by_agency) if _came(row)),
            apologies=tuple(
                ApologyLine(r.name, r.agency_name, r.information_sent, r.information_received_on, r.id)
                for r in sorted(rows, key=_by_agency)
                if r.apology and not _came(r)
            ),
            overrides=self._overrides(),
            earlier_meeting=day_before(self._session, self._records, meeting.on) if meeting.is_regular else None,
            answers=tuple(self._answer(self._actions[a.action_id], a) for a in self._answers),
            still_open=sum(self._not_asked(a) for a in self._actions.values()),
            items=self._item_parts(agreed),
            cases=tuple(self._case(turn, agreed) for turn in self._turns if self._called(turn)),
            uncalled=tuple(self._uncalled(turn) for turn in self._turns if not self._called(turn)),
            actions=tuple(self._line(a) for a in self._officers_list(agreed)),
            next_on=meeting.next_on,
            closing_note=meeting.closing_note,
            absent=tuple((r.name, r.agency_name) for r in sorted(rows, key=_by_agency) if _stayed_away(r)),
            clauses=clauses_of(self._records, rows),
            on_paper=entered_words(self._session.today, self._paper.by) if self._paper else "",
            signatures_kept=kept_words(self._paper.kept) if self._paper else "",
            between=tuple(map(self._decision, self._between)),
            called_for=self._called_for(),
            handed_over=tuple(map(taken_words, sorted(self._taken, key=lambda one: one.at))),
        )

    def _called_for(self) -> str:
        found = self._records.find(ProfessionalsMeeting, meeting_id=self._meeting.id)
        return called_words(found[0]) if found else ""

    def _decision(self, one: AgreedByMail) -> DecisionLine:
        case = self._cases[one.case_id]
        return DecisionLine(
            case.reference, case.initials, one.words, one.by, one.mailed_on, one.id, case.id, case.lead_agency
        )

    def _held_by(self, office: Office) -> str:
        return spans_words(self._name(holder(self._meeting, office)), of_office(self._taken, office))

    def _attendee(self, row: Attendance) -> AttendeeLine:
        """Whoever chaired, or took the minutes, for a part of the meeting did."""
        line = _attendee(row, self._paper)
        if row.member_id and row.member_id in held_by(self._meeting, Office.CHAIR, self._taken):
            line = replace(line, chairs=True)
        took = {one.to_id for one in of_office(self._taken, Office.MINUTES)}
        return replace(line, capacity=Capacity.MINUTE_TAKER) if row.member_id and row.member_id in took else line

    def _agreed(self) -> list[Action]:
        mine = [a for a in self._actions.values() if a.meeting_id == self._meeting.id]
        return sorted(mine, key=lambda action: action.number)

    def _officers_list(self, agreed: list[Action]) -> list[Action]:
        """All there is to do: what was agreed here, and what is open from before, asked about here or not."""
        return [*sorted(filter(self._stays_open, self._actions.values()), key=self._label), *agreed]

    def _stays_open(self, action: Action) -> bool:
        """Whether an earlier action was still to do after this meeting, whatever became of it since."""
        held = self._meeting
        if not held.is_regular or action.meeting_id == held.id or action.agreed_on > held.on:
            return False
        if any(a.action_id == action.id and a.answer is not Answer.CARRY_ON for a in self._answers):
            return False
        return action.state is ActionState.OPEN or bool(action.closed_on and action.closed_on > held.on)

    def _not_asked(self, action: Action) -> bool:
        return self._stays_open(action) and action.id not in {a.action_id for a in self._answers}

    def _overrides(self) -> tuple[OverrideLine, ...]:
        found = self._records.find(Override, meeting_id=self._meeting.id)
        return tuple(OverrideLine(o.at, o.by, o.reason, o.names) for o in sorted(found, key=lambda o: o.at))

    def _item_parts(self, agreed: list[Action]) -> tuple[ItemPart, ...]:
        """The agenda, completed by what every paper must have, in its own order."""
        have = {item.kind for item in self._items}
        expected = EXPECTED_ITEMS if self._meeting.is_regular else ()
        made = [ItemPart(kind, words, True, "", None, ()) for kind, words in expected if kind not in have]
        strays = self._strays(agreed)
        parts = [part for part in made if part.kind in OPENING]
        parts += [self._item(item, agreed) for item in self._items]
        parts += [part for part in made if part.kind not in OPENING]
        other = next(n for n, part in enumerate(parts) if part.kind is ItemKind.OTHER)
        parts[other] = replace(parts[other], actions=(*parts[other].actions, *strays))
        return tuple(parts)

    def _strays(self, agreed: list[Action]) -> tuple[ActionLine, ...]:
        """Actions that belong to no item and no called case still stand once in the paper: under other business."""
        items = {item.id for item in self._items if item.kind is not ItemKind.CASES}
        called = {turn.case_id for turn in self._turns if self._called(turn)}
        return tuple(
            self._line(a) for a in agreed if (a.case_id not in called if a.case_id else a.item_id not in items)
        )

    def _item(self, item: AgendaItem, agreed: list[Action]) -> ItemPart:
        mine = () if item.kind is ItemKind.CASES else [a for a in agreed if a.item_id == item.id and not a.case_id]
        walked = item.state is not TurnState.TO_DO
        return ItemPart(
            item.kind,
            item.title,
            walked,
            minuted(item.note),
            item.read_back_at,
            tuple(map(self._line, mine)),
            change_after_read_back(item),
            self._presented.get(item.id, ""),
            self._issues() if item.kind is ItemKind.EMERGING else (),
            item.id,
            read_back_by(self._paper, item.id),
            record=self._brought() if item.kind is ItemKind.LAST_MINUTES else (),
            added_at=item.added_at,
            title_before=item.title_before,
            renamed_at=item.renamed_at,
        )

    def _brought(self) -> tuple[str, ...]:
        return minuted_in(self._session, self._records, self._meeting)

    def _issues(self) -> tuple[IssueLine, ...]:
        """What was talked about under the emerging issues, by area of work; one closed since then was open here."""
        meeting, areas = self._meeting, {area: n for n, area in enumerate(self._settings.areas)}
        notes = self._records.find(IssueNote, meeting_id=meeting.id)
        found = {i.id: i for i in self._records.find(EmergingIssue, id=[n.issue_id for n in notes])} if notes else {}
        rows = [(found[note.issue_id], minuted(note.note)) for note in notes if note.issue_id in found]
        rows.sort(key=lambda row: (areas.get(row[0].area, len(areas)), row[0].first_seen, row[0].title))
        return tuple(
            IssueLine(i.title, i.area, place_words(i), note, i.closed_reason if i.closed_on == meeting.on else "")
            for i, note in rows
        )

    def _case(self, turn: CaseTurn, agreed: list[Action]) -> CasePart:
        case, unnamed = self._cases[turn.case_id], is_unnamed(turn.refer_to)
        return CasePart(
            case_id=case.id,
            reference=case.reference,
            initials=case.initials,
            area=case.area,
            total=turn.risk_total if turn.risk_total is not None else case.total,
            band=self._band(turn, case),
            note=minuted(turn.note),
            outcome=turn.outcome,
            reason="" if unnamed and turn.outcome is not None and turn.outcome.rule.refers else minuted(turn.reason),
            refer_to=WAS_MADE if unnamed else turn.refer_to,
            monitor_until=turn.monitor_until,
            intervention_planned=turn.intervention_planned,
            cmht_told=self._cmht_told(turn, case),
            dissent=minuted(turn.dissent),
            read_back_at=turn.read_back_at,
            actions=tuple(self._line(a) for a in agreed if a.case_id == case.id),
            repeat_victim_asked=turn.repeat_victim_asked if case.repeat_victim else None,
            since_unknown=turn.outcome is not None and turn.outcome.rule.closes and case.monitoring_since is None,
            changed_at=change_after_read_back(turn),
            id=turn.id,
            read_back_by=read_back_by(self._paper, turn.id),
            lead_agency=case.lead_agency,
            joined=turn.joined,
            joined_at=turn.joined_at,
            place=order.index(turn.id) + 1 if turn.id in (order := self._meeting.agenda_order) else 0,
            taken_at=turn.taken_at,
        )

    def _cmht_told(self, turn: CaseTurn, case: Case) -> bool | None:
        """What was said at the table; nothing said, and nobody told by then, is minuted as the read-back said it."""
        told = case.cmht_told_on is not None and case.cmht_told_on <= self._meeting.on
        return False if turn.cmht_told is None and case.mental_health and not told else turn.cmht_told

    def _band(self, turn: CaseTurn, case: Case) -> Band | None:
        """The band of the total shown at the meeting, which may not be today's."""
        if turn.risk_total is None or turn.risk_total == case.total:
            return case.band
        return self._bands.get((case.id, turn.risk_total))

    def _called(self, turn: CaseTurn) -> bool:
        return was_called(turn, turn.case_id in self._acted_on)

    def _uncalled(self, turn: CaseTurn) -> UncalledLine:
        case = self._cases[turn.case_id]
        return UncalledLine(case.reference, case.initials, why_uncalled(turn), turn.id, case.id, case.lead_agency)

    def _line(self, action: Action) -> ActionLine:
        return ActionLine(
            label=self._label(action),
            what=to_do(action.what),
            officer=self._name(action.officer_id),
            agency=self._agency(action.officer_id),
            due=self._due_then(action),
            kind=action.kind,
            power=action.power,
            about=self._about(action),
            carried=self._carried_then(action) if action.meeting_id != self._meeting.id else 0,
            earlier=action.agreed_on if action.meeting_id != self._meeting.id else None,
            late=after_read_back(action, self._read_back_of(action)),
            id=action.id,
            officer_id=action.officer_id,
            case_id=action.case_id,
            beside=self._beside(action),
        )

    def _read_back_of(self, action: Action) -> datetime | None:
        """When what an action of this meeting was agreed under was read back."""
        if action.meeting_id != self._meeting.id:
            return None
        if action.case_id:
            return next((turn.read_back_at for turn in self._turns if turn.case_id == action.case_id), None)
        return next((item.read_back_at for item in self._items if item.id == action.item_id), None)

    def _due_then(self, action: Action) -> date | None:
        """The day as it stood after this meeting, however often the action was carried on since."""
        later = self._carried_later.get(action.id)
        return later[0].due_before if later else action.due

    def _carried_then(self, action: Action) -> int:
        """How often it had been carried on by then; at one meeting it counts once."""
        later = self._carried_later.get(action.id, [])
        return max(0, action.carried - len({a.meeting_id or a.id for a in later}))

    def _answer(self, action: Action, answer: ActionAnswer) -> AnswerLine:
        return AnswerLine(
            label=self._label(action),
            what=to_do(action.what),
            officer=self._name(action.officer_id),
            agency=self._agency(action.officer_id),
            about=self._about(action),
            answer=answer.answer,
            reason=answer.reason,
            due_after=answer.due_after,
            carried=self._carried_then(action),
            id=action.id,
            officer_id=action.officer_id,
            case_id=action.case_id,
            beside=self._beside(action),
        )

    def _label(self, action: Action) -> str:
        """The meeting and the running number: '2026-11/07'."""
        return action_label(action, self._meetings.get(action.meeting_id))

    def _about(self, action: Action) -> str:
        if action.case_id:
            return self._cases[action.case_id].reference or "awaiting reference"
        return next((item.title for item in self._items if item.id == action.item_id), "")

    def _beside(self, action: Action) -> tuple[OwnerLine, ...]:
        return tuple(OwnerLine(self._name(one), self._agency(one), one) for one in action.with_ids)

    def _name(self, member_id: str) -> str:
        return self._members[member_id].name if member_id in self._members else ""

    def _agency(self, member_id: str) -> str:
        member = self._members.get(member_id)
        agency = self._agencies.get(member.agency_id) if member else None
        return agency.name if agency else ""


def _attendee(row: Attendance, paper: HeldOnPaper | None) -> AttendeeLine:
    given = DRAWN if row.strokes else TYPED if row.typed_name else SIGNED if paper and row.signed else ""
    return AttendeeLine(
        name=row.name,
        agency=row.agency_name,
        capacity=row.capacity,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        away=row.away,
        signed_at=row.signed_at,
        signature=given,
        isp=row.isp,
        isp_version=row.isp_version,
        clause_version=row.clause_version,
        read_by=row.read_by,
        read_at=row.read_at,
        interests=row.interests,
        id=row.id,
        clause=signing.clause_kind(row) if row.clause_version else None,
        strokes=row.strokes,
        remote=row.remote,
        alone=row.alone,
        shown=row.shown,
        here_for=row.here_for,
    )


def clauses_of(records: Records, rows: Sequence[Attendance]) -> tuple[ClauseLine, ...]:
    """The confidentiality texts signed or read out at a meeting, each once, word for word."""
    given = {row.clause_id for row in rows if row.clause_id}
    found = records.find(Clause, id=sorted(given)) if given else []
    lines = [ClauseLine(one.kind, one.version, one.text, one.sha256, one.id) for one in found]
    return tuple(sorted(lines, key=lambda line: (line.kind.value, line.version)))


def _came(row: Attendance) -> bool:
    return bool(row.arrived_at or row.signed_at)


def _stayed_away(row: Attendance) -> bool:
    return row.expected and not row.apology and not _came(row)


def _by_agency(row: Attendance) -> tuple[str, str]:
    return row.agency_name, row.name


def _last_answers(answers: list[ActionAnswer]) -> list[ActionAnswer]:
    """The last answer to each action, in the order they were given."""
    last = {answer.action_id: answer for answer in sorted(answers, key=lambda a: a.at)}
    return sorted(last.values(), key=lambda answer: answer.at)


def held_meetings(session: Session) -> tuple[Meeting, ...]:
    """The meetings there are minutes of, the newest first."""
    with session.work.reading() as records:
        held = [m for m in records.find(Meeting) if m.state is MeetingState.CLOSED]
    return tuple(sorted(held, key=lambda m: (m.on, m.starts), reverse=True))


def circulation(session: Session, meeting_id: str) -> Deadline:
    """By when the minutes of a meeting must be circulated: before the meeting that follows as it was held or planned,
    else as it was agreed, else as the frequency gives it. Those of one called for a case go out the next working
    day."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        if not meeting.is_regular:
            return Deadline(working_days_after(meeting.on, 1, session.holidays))
        later = [m.on for m in regular_meetings(records) if m.on > meeting.on]
        following = min(later, default=meeting.next_on)
        return circulation_deadline(meeting.on, following, settings_in(records), session.holidays)


def note_saved(session: Session, meeting_id: str, file: Path) -> SafeCopy:
    """The draft was saved as a file outside: what left the partnership's file stands in the journal, and Home knows."""
    with session.work.step("draft minutes saved as a PDF") as records:
        meeting = records.get(Meeting, meeting_id)
        saved = SafeCopy(
            new_id(),
            SafeCopyKind.MINUTES,
            session.now(),
            session.user_name,
            file.name,
            str(file.parent),
            note=_saved_mark(meeting),
        )
        records.save(saved)
    return saved


def draft_saved(session: Session, meeting_id: str) -> datetime | None:
    """When the draft of a meeting's minutes was last saved as a file, if it was."""
    with session.work.reading() as records:
        return draft_saved_at(records, records.get(Meeting, meeting_id))


def draft_saved_at(records: Records, meeting: Meeting) -> datetime | None:
    """The same inside a transaction."""
    saved = records.find(SafeCopy, kind=SafeCopyKind.MINUTES)
    return max((s.at for s in saved if s.note == _saved_mark(meeting)), default=None)


def _saved_mark(meeting: Meeting) -> str:
    """What tells whose draft a saved file is: the day; of one called for a case its own id, for on that day the group
    may meet too."""
    return meeting.on.isoformat() if meeting.is_regular else meeting.id
