"""What differs between the group's window and the private one: its pages, where it begins, what runs in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csp_desktop.services.session import Session

Where = tuple[str, object]  # a page and what it is entered with
GATE = "new_passphrase"  # nothing leads away from it but a passphrase of one's own; entered with where one goes on


@dataclass(frozen=True)
class Shape:
    """One kind of window. `pages` are made from `csp_desktop.gui.pages.<stem>` when they are first shown. Every way
    begins at `home` or at the table; while `running` names a page, Escape leads straight there.
    """

    title: str
    pages: Mapping[str, str]
    begins: "Callable[[Session], Where]"
    running: "Callable[[Session], Where | None]"
    home: str
    table: str
    private: bool = False


def _group_begins(session: "Session") -> Where:
    """A meeting that runs is gone on with; a sign-in that is open stays open."""
    from csp_desktop.domain.meeting import MeetingState
    from csp_desktop.services.preparing import next_meeting

    meeting = next_meeting(session)
    stems = {MeetingState.IN_SESSION: "live", MeetingState.SIGN_IN: "sign_in"}
    if meeting is not None and meeting.state in stems:
        return stems[meeting.state], meeting.id
    return "home", None


def _group_running(session: "Session") -> Where | None:
    """The meeting in session."""
    from csp_desktop.services.running_meeting import running

    meeting = running(session)
    return ("live", meeting.id) if meeting else None


def _private_begins(session: "Session") -> Where:
    """A session that runs is gone on with, at its gate; a crossing that has begun goes on."""
    from csp_desktop.domain.meeting import MeetingState
    from csp_desktop.services.private.agenda import next_meeting

    meeting = next_meeting(session)
    stems = {MeetingState.IN_SESSION: "private_live", MeetingState.SIGN_IN: "private_room"}
    if meeting is not None and meeting.state in stems:
        return stems[meeting.state], meeting.id
    return "private_home", None


def _private_running(session: "Session") -> Where | None:
    """The session at its gate, or the crossing that has begun."""
    begins = _private_begins(session)
    return None if begins[0] == "private_home" else begins


GROUP = Shape(
    "Community Safety Partnership",
    {
        "home": "HomePage", "prepare": "PreparePage", "sign_in": "SignInPage", "live": "LivePage",
        "actions": "ActionsPage", "closing": "ClosingPage", "minutes": "MinutesPage", "cases": "CasesPage",
        "case": "CasePage", "import_cases": "ImportCasesPage", "people": "PeoplePage", "settings": "SettingsPage",
        "help": "HelpPage", "private_part": "PrivatePartPage", "journal": "JournalPage",
        "retention": "RetentionPage", "safekeeping": "SafekeepingPage", "users": "UsersPage",
        GATE: "NewPassphrasePage",
    },
    _group_begins,
    _group_running,
    home="home",
    table="live",
)  # fmt: skip
PRIVATE = Shape(
    "Rough sleeping, private",
    {
        "private_home": "PrivateHomePage", "private_people": "PrivatePeoplePage",
        "private_person": "PrivatePersonPage", "private_risk": "PrivateRiskPage",
        "private_agenda": "PrivateAgendaPage", "private_register": "PrivateRegisterPage",
        "private_room": "PrivateRoomPage", "private_live": "PrivateLivePage", "private_minutes": "PrivateMinutesPage",
        "private_settings": "PrivateSettingsPage", "import_rough_sleepers": "ImportRoughSleepersPage",
        "private_help": "PrivateHelpPage", "journal": "JournalPage",
        "safekeeping": "SafekeepingPage", "users": "UsersPage", "retention": "RetentionPage",
        GATE: "NewPassphrasePage",
    },
    _private_begins,
    _private_running,
    home="private_home",
    table="private_live",
    private=True,
)  # fmt: skip
