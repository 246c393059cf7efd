"""The sample's November meeting brought into session through the services, for scenarios that begin in its middle."""

from pathlib import Path

from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind
from csp_desktop.sample.clock import ScriptedClock, sample_clock
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.meeting import running_meeting, sign_in, walk_order
from csp_desktop.services.meeting.agenda import meetings

UNSIGNED = "Lewis Hart"
LATE = "Tom Ellis"
TAKER = next(u for u in sample_users() if u["role"] == "minute-taker")


def opened(folder: Path) -> tuple[Partnership, ScriptedClock]:
    """The folder as its minute-taker opens it, and the clock it lives by."""
    clock = ScriptedClock(sample_clock())
    return open_partnership(folder, TAKER["name"], TAKER["passphrase"], clock), clock


def start_november(folder: Path) -> str:
    """Everyone signs but one who is expected late and one who cannot yet; the meeting begins and
    turns to its first case. Returns its id."""
    partnership, clock = opened(folder)
    with partnership:
        session = partnership.session
        meeting = meetings(session)[-1]
        walk_order.confirm_all_room_titles(session, meeting.id)
        sign_in.open_sign_in(session, meeting.id)
        with session.work.reading() as records:
            rows = records.find(Attendance, meeting_id=meeting.id)
        for row in rows:
            clock.pass_seconds(20)
            if row.name == UNSIGNED:
                sign_in.arrive(session, meeting.id, row.member_id)
            elif row.name != LATE:
                if not sign_in.signer(session, meeting.id, row.member_id).may_sign:
                    sign_in.read_out(session, meeting.id, [row.member_id], "Hannah Price")
                sign_in.sign(session, meeting.id, row.member_id, typed_name=row.name)
        sign_in.override(session, meeting.id, "Signs before the first case")
        clock.pass_seconds(60)
        running_meeting.start(session, meeting.id)
        with session.work.reading() as records:
            items = records.find(AgendaItem, meeting_id=meeting.id)
        running_meeting.go_to_item(session, next(i.id for i in items if i.kind is ItemKind.CASES))
        return meeting.id
