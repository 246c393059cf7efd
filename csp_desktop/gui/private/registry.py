"""The pages of the private window, each declared once. No title names a person: the rail can be seen by whoever sits
beside the screen.
"""

from typing import TYPE_CHECKING

from csp_desktop.gui.window.actions import HELP
from csp_desktop.gui.window.registry import (
    JOURNAL,
    NEW_PASSPHRASE,
    RETENTION,
    SAFEKEEPING,
    USERS,
    PageInfo,
    RailPart,
    Verb,
    Where,
    WindowKind,
)

if TYPE_CHECKING:
    from csp_desktop.domain.file.idle_lock import LockAfter
    from csp_desktop.services.session import Session


def _begins(session: "Session") -> Where:
    """A session that runs is gone on with, at its gate; a crossing that has begun goes on."""
    from csp_desktop.domain.meeting.meeting import MeetingState
    from csp_desktop.services.private.agenda import next_meeting

    meeting = next_meeting(session)
    stems = {MeetingState.IN_SESSION: "private_live", MeetingState.SIGN_IN: "private_room"}
    if meeting is not None and meeting.state in stems:
        return stems[meeting.state], meeting.id
    return "private_home", None


def _running(session: "Session") -> Where | None:
    """The session at its gate, or the crossing that has begun."""
    begins = _begins(session)
    return None if begins[0] == "private_home" else begins


def _lock_after(session: "Session | None") -> "LockAfter":
    from csp_desktop.domain.private.settings import PrivateSettings
    from csp_desktop.services.private.settings import private_settings

    return (PrivateSettings() if session is None else private_settings(session)).lock_after


MEETING, PEOPLE, FILE = RailPart.MEETING, RailPart.PEOPLE, RailPart.FILE
PRIVATE_PAGES = (
    PageInfo("private_home", "private.home:PrivateHomePage", "Home", "house", RailPart.HOME, at_table=False),
    PageInfo(
        "private_agenda", "private.agenda:PrivateAgendaPage", "Sub-agenda", "list-checks", MEETING, at_table=False
    ),
    PageInfo(
        "private_updates",
        "private.updates:PrivateUpdatesPage",
        "Updates from officers",
        command="Updates: ask officers, enter their replies",
        at_table=False,
        part_of="private_agenda",
    ),
    PageInfo("private_room", "private.room:PrivateRoomPage", "The room", alone=True),
    PageInfo("private_live", "private.session:PrivateLivePage", "The session", alone=True),
    PageInfo("private_minutes", "private.minutes:PrivateMinutesPage", "Minutes", "file-text", MEETING, at_table=False),
    PageInfo(
        "private_circulate",
        "private.circulate:PrivateCirculatePage",
        "Circulate",
        "send",
        MEETING,
        command="Circulate the private minutes: who gets what",
        at_table=False,
    ),
    PageInfo("private_people", "private.people:PrivatePeoplePage", "People", "users", PEOPLE, at_table=False),
    PageInfo("private_person", "private.person:PrivatePersonPage", "Person", part_of="private_people"),
    PageInfo("private_risk", "private.risk:PrivateRiskPage", "Risk matrix", part_of="private_people"),
    PageInfo(
        "private_register",
        "private.register:PrivateRegisterPage",
        "Who may be in the room",
        "user-check",
        PEOPLE,
        at_table=False,
    ),
    PageInfo(
        "import_rough_sleepers",
        "private.import_rough_sleepers:ImportRoughSleepersPage",
        "Import people",
        "upload",
        PEOPLE,
        at_table=False,
    ),
    *(page._replace(command="", at_table=False) for page in (USERS, JOURNAL, RETENTION, SAFEKEEPING)),
    PageInfo("private_settings", "private.settings:PrivateSettingsPage", "Settings", "settings", FILE),
    PageInfo("private_help", "private.help:PrivateHelpPage", "Help", "circle-help", FILE, HELP.shown),
    NEW_PASSPHRASE,
)
PRIVATE = WindowKind(
    "Private rough-sleeping meeting",
    PRIVATE_PAGES,
    _begins,
    _running,
    _lock_after,
    home="private_home",
    table="private_live",
    help="private_help",
    private=True,
    verbs=(
        Verb("Add a new person sleeping rough", "private_people", "_new", icon="user-plus", at_table=False),
        Verb("Add a person to this session", "private_live", "_add_person", icon="plus", at_table=False, running=True),
        Verb("Add an item to the agenda", "private_live", "_change_agenda", icon="plus", at_table=False, running=True),
        Verb("Agree an action in the session", "private_live", "_to_side", icon="list-checks", running=True),
        Verb("Add a person who may be in the room", "private_register", "_add", icon="user-plus", at_table=False),
        Verb("Print the minutes, or save them as a PDF", "private_minutes", "_save", icon="save", at_table=False),
        Verb("Print the sub-agenda and papers", "private_agenda", icon="save", at_table=False),
        Verb("Correct the minutes", "private_minutes", "_correct", icon="pencil", at_table=False),
        Verb("Agree and approve the minutes", "private_minutes", icon="check", at_table=False),
    ),
)
