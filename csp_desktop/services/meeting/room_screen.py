"""What the room may see of the case in hand: no names, and nothing while someone present has not signed."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.unnamed_bodies import names_one
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.meeting.meeting import CaseTurn, MeetingState, TurnState
from csp_desktop.domain.meeting.walk import change_words
from csp_desktop.domain.minutes.protection import protection_of, title_for_all
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.case_walk import LiveCaseRow, live_case
from csp_desktop.services.meeting.running_meeting import LiveMeeting
from csp_desktop.services.meeting.walk import LiveItemRow, live_item
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class RoomAction:
    """An agreed action as the room sees it: the agency, never the person."""

    what: str
    agency: str
    due: str


@dataclass(frozen=True)
class RoomRow:
    """Everything on the room screen. `blank` says why it shows nothing; then all else is empty."""

    blank: str = ""
    heading: str = ""
    title: str = ""
    total: int | None = None
    band: str = ""
    change: str = ""
    change_down: bool = False
    day: str = ""
    actions: tuple[RoomAction, ...] = ()
    segments: tuple[str, ...] = ()
    left: str = ""
    amber: bool = False
    is_case: bool = False


InHand = LiveCaseRow | LiveItemRow | None


def room_row(session: Session, live: LiveMeeting, now: datetime, in_hand: InHand = None) -> RoomRow:
    """The room's view of a running meeting. `in_hand`: the case or item, where it was read already."""
    blank = blank_because(live)
    if blank:
        return RoomRow(blank=blank)
    pace = live.pace(now)
    minutes = int(pace.left_for_cases / timedelta(minutes=1))
    left = f"{minutes} min left" if minutes >= 0 else f"{-minutes} min over"
    segments = tuple(_segment(r.turn, live) for r in live.walk)
    row = live.row
    if row is None:
        item = in_hand if isinstance(in_hand, LiveItemRow) else None
        return _item_row(session, live, segments, left, pace.amber, item)
    case = in_hand if isinstance(in_hand, LiveCaseRow) else live_case(session, row.turn.id)
    change = change_words(case.change)
    return RoomRow(
        heading=f"Case {live.number} of {len(live.walk)}",
        title=room_title(row.turn, row.case),
        total=row.case.total,
        band=row.case.band.value if row.case.band else "",
        change=change,
        change_down=case.change is not None and case.change < 0,
        day=day_words(row.case, live),
        actions=tuple(_room_action(a, row.case, live.meeting.on) for a in case.agreed if _for_everybody(a)),
        segments=segments,
        left=left,
        amber=pace.amber,
        is_case=True,
    )


def blank_because(live: LiveMeeting) -> str:
    """Why the room screen shows nothing; empty when it may show the case."""
    if live.meeting.state is not MeetingState.IN_SESSION:
        return "not in session"
    return "someone present has not signed" if not live.gate.may_start else ""


def room_title(turn: CaseTurn, case: Case) -> str:
    """The title a person confirmed for the room; until then, and where it is marked, the reference only."""
    if turn.room_title_confirmed and turn.room_title and protection_of(turn.room_title) is None:
        return turn.room_title
    return case.reference or "Case awaiting its reference"


def day_words(case: Case, live: LiveMeeting) -> str:
    """'Day 20, fall due 6 Dec'"""
    due = add_months(case.created_on, live.settings.risk_drop_months)
    return f"Day {(live.meeting.on - case.created_on).days}, reduction due {screen_day(due, live.meeting.on)}"


def _segment(turn: CaseTurn, live: LiveMeeting) -> str:
    if turn.id == live.meeting.current_turn_id:
        return "current"
    return "done" if turn.state is TurnState.DONE else "to do"


def _for_everybody(row: ActionRow) -> bool:
    """What is marked for some alone the room never sees, nor what names a body whose details go to its panel alone."""
    return protection_of(f"{row.action.what} {row.action.power}") is None and not names_one(row.action.what)


def _room_action(row: ActionRow, case: Case, today: date) -> RoomAction:
    due = screen_day(row.action.due, today) if row.action.due else "no date"
    return RoomAction(without_subject(row.action.what, case), _agencies(row), due)


def _agencies(row: ActionRow) -> str:
    """'Police, CGL'"""
    return ", ".join(dict.fromkeys(one.agency or "Agency" for one in row.owners))


def without_subject(words: str, case: Case) -> str:
    """The words of an action with the subject's initials taken out: 'Assess M.T.' becomes 'Assess the person'."""
    letters = [c for c in case.initials if c.isalpha()]
    if len(letters) < 2:
        return words
    pattern = r"(?<!\w)" + r"\.?\s?".join(re.escape(c) for c in letters) + r"(?!\w)\.?(?!\w)"
    return re.sub(pattern, "the person", words)


def _item_row(
    session: Session,
    live: LiveMeeting,
    segments: tuple[str, ...],
    left: str,
    amber: bool,
    in_hand: LiveItemRow | None,
) -> RoomRow:
    item = live.item
    if item is None:
        return RoomRow(
            heading=live.body,
            title=screen_day(live.meeting.on, session.today),
            segments=segments,
            left=left,
            amber=amber,
        )
    agreed = (in_hand or live_item(session, item.id)).agreed
    return RoomRow(
        heading=f"Item {live.items.index(item) + 1} of {len(live.items)}",
        title=title_for_all(item.title),
        actions=tuple(RoomAction(a.action.what, _agencies(a), a.due_words) for a in agreed if _for_everybody(a)),
        segments=segments,
        left=left,
        amber=amber,
    )
