"""What is still open at the end of a private session, without a word of a person: everyone is in the room."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.meeting.actions import Action, owner_words
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, TurnState
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.services.meeting.actions import officer_of, officers
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private import session_items
from csp_desktop.services.private.agenda import turns_of
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class PrivateClosing:
    """How a private session stands at its end. Of people only their turns' ids, in their order."""

    meeting: Meeting
    unsigned: tuple[str, ...]  # 'Ewa Lukasik, CGL'
    undecided: tuple[str, ...]  # turns in which something was said, and no decision was read back
    waiting: int  # people not talked about
    of: int
    items: tuple[AgendaItem, ...]  # not discussed; the next date is fixed here
    undated: tuple[str, ...]  # whose action has no date
    proposed: date  # the next session's day: agreed, planned or proposed
    present: int
    dated: int  # actions agreed here with a date


def closing(session: Session, meeting_id: str) -> PrivateClosing:
    """Everything that stands open now."""
    with session.work.reading() as records:
        meeting, turns = records.get(Meeting, meeting_id), turns_of(records, meeting_id)
        actions = records.find(Action, meeting_id=meeting_id)
        acted_on, known = {action.case_id for action in actions}, officers(records)
        left = [turn for turn in turns if turn.state is not TurnState.DONE]
        undecided = [turn for turn in left if _is_begun(turn) or turn.person_id in acted_on]
        here = [row for row in records.find(Attendance, meeting_id=meeting_id) if row.present]
        undated = [action for action in actions if action.due is None]
        owners = [[officer_of(known, one).name for one in action.owner_ids] for action in undated]
        return PrivateClosing(
            meeting,
            tuple(", ".join(filter(None, (row.name, row.agency_name))) for row in here if not row.signed),
            tuple(turn.id for turn in undecided),
            len(left) - len(undecided),
            len(turns),
            _items(records, meeting_id),
            tuple(owner_words(names[0], names[1:]) for names in owners),
            next_meeting_day(session, records, meeting),
            len(here),
            len(actions) - len(undated),
        )


def _is_begun(turn: PersonTurn) -> bool:
    return bool(turn.outcome or turn.note.strip())


def _items(records: Records, meeting_id: str) -> tuple[AgendaItem, ...]:
    items = session_items.others(records, meeting_id)
    return tuple(i for i in items if i.state is TurnState.TO_DO and i.kind is not ItemKind.NEXT_DATE)
