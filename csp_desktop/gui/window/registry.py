"""The pages of a window, each declared once: the rail, Ctrl+K and the picture list are drawn from these rows."""

from collections.abc import Callable, Collection
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from csp_desktop.domain.common.users import CASE_WORKERS, FILE_KEEPERS, RECORDERS, Role
from csp_desktop.gui.window.actions import HELP

if TYPE_CHECKING:
    from csp_desktop.domain.file.idle_lock import LockAfter
    from csp_desktop.services.session import Session

Where = tuple[str, object]  # a page's stem and what the page is entered with
GATE = "new_passphrase"  # nothing leads away from it but a passphrase of one's own; entered with where one goes on


class RailPart(Enum):
    """Where in the rail a page stands; the value is the heading above it."""

    HOME = ""
    MEETING = "Meeting"
    CASES = "Cases"
    PEOPLE = "People"
    ACCOUNTABILITY = "Accountability"
    REPORTS = "Reports"
    FILE = "File"


LEAVE_DESK = "leave the desk"  # what the sign-in asks for: the pages, once somebody has unlocked
FOR_THE_QUEUE = "for the queue"  # what help is entered with where it stands over such a page


class PageInfo(NamedTuple):
    """One page. `where` is its class below `csp_desktop.gui`, loaded when the page is first shown; a page without
    `rail` is reached from another page only, one without `command` and `rail` is not offered by Ctrl+K either.
    """

    stem: str  # also its form's
    where: str
    title: str
    icon: str = ""
    rail: RailPart | None = None
    key: str = ""  # leads there from anywhere
    command: str = ""  # what Ctrl+K calls it, where that is more than the title
    at_table: bool = True  # whether Ctrl+K offers it while the meeting runs; the live page has commands of its own
    finds: bool = True  # whether it has Ctrl+K at all
    pictured: bool = False  # whether it is seen whole by entering it, before any meeting
    alone: bool = False  # no rail beside it: it is turned to the room, or nothing leads away from it
    faces_room: bool = False  # whoever queues at it sees it and types: nothing leads from it to a case, help neither
    part_of: str = ""  # the page of the rail that stays marked while it is shown
    roles: tuple[Role, ...] = ()  # who works with it, where not everybody does; the others find it under More

    def is_used_by(self, roles: Collection[Role]) -> bool:
        """Whether somebody with these roles works with it."""
        return not self.roles or bool(set(self.roles) & set(roles))

    def load(self) -> type[Any]:
        """The page's class, called with the context."""
        module, name = self.where.split(":")
        kind: type[Any] = getattr(import_module(f"csp_desktop.gui.{module}"), name)
        return kind


class Verb(NamedTuple):
    """Something that Ctrl+K does from any page: `stem` is shown, entered with `argument`, and the action of it done
    whose method is `do`.
    """

    words: str  # what people type to find it
    stem: str
    do: str = ""
    argument: str | None = None
    icon: str = "chevron-right"
    at_table: bool = True  # whether the page at the table offers it, which has commands of its own
    running: bool = False  # only while a meeting is in session; without an argument its id is the argument
    idle: bool = False  # only while none is


class WindowKind(NamedTuple):
    """One kind of window: its pages in the order of the rail. Every way begins at `home` or at the table; while
    `running` names a page, Escape leads straight there.
    """

    title: str
    pages: tuple[PageInfo, ...]
    begins: "Callable[[Session], Where]"
    running: "Callable[[Session], Where | None]"
    lock_after: "Callable[[Session | None], LockAfter]"  # by the settings; without a session the usual ones
    home: str
    table: str
    help: str
    private: bool = False
    verbs: tuple[Verb, ...] = ()

    def page(self, stem: str) -> PageInfo:
        """The page of this stem. Raises KeyError where this window has none."""
        for page in self.pages:
            if page.stem == stem:
                return page
        raise KeyError(stem)

    def in_rail(self) -> tuple[PageInfo, ...]:
        """The pages of the rail, in its order."""
        return tuple(page for page in self.pages if page.rail is not None)

    def commands(self) -> tuple[PageInfo, ...]:
        """The pages that Ctrl+K offers."""
        return tuple(page for page in self.pages if page.rail is not None or page.command)


def _begins(session: "Session") -> Where:
    """A meeting that runs is gone on with; a sign-in that is open stays open."""
    from csp_desktop.domain.meeting.meeting import MeetingState
    from csp_desktop.services.meeting.running_meeting import begun

    meeting = begun(session)
    if meeting is None:
        return "home", None
    return "live" if meeting.state is MeetingState.IN_SESSION else "sign_in", meeting.id


def _running(session: "Session") -> Where | None:
    """The meeting in session."""
    from csp_desktop.services.meeting.running_meeting import running

    meeting = running(session)
    return ("live", meeting.id) if meeting else None


def _lock_after(session: "Session | None") -> "LockAfter":
    from csp_desktop.domain.people.settings import Settings
    from csp_desktop.services.people.settings import settings

    return (Settings() if session is None else settings(session)).lock_after


KEEPERS = (*FILE_KEEPERS, Role.NEW_HOPE_LEAD)  # who answers for a file
USERS = PageInfo(
    "users",
    "file.users:UsersPage",
    "Users",
    "key-round",
    RailPart.PEOPLE,
    command="Users: who can open this file",
    pictured=True,
    roles=(*KEEPERS, Role.IT_ADMINISTRATOR),
)
JOURNAL = PageInfo(
    "journal",
    "file.journal:JournalPage",
    "Journal",
    "history",
    RailPart.ACCOUNTABILITY,
    command="Journal: who did what and when; check this file",
    pictured=True,
    roles=KEEPERS,
)
RETENTION = PageInfo(
    "retention",
    "cases.retention:RetentionPage",
    "Retention",
    "calendar-clock",
    RailPart.FILE,
    command="Retention: closed cases due for deletion",
    pictured=True,
    roles=KEEPERS,
)
SAFEKEEPING = PageInfo(
    "safekeeping",
    "file.backups:SafekeepingPage",
    "Backups",
    "save",
    RailPart.FILE,
    command="Backups and handover",
    pictured=True,
)
NEW_PASSPHRASE = PageInfo(GATE, "file.new_passphrase:NewPassphrasePage", "Your own passphrase", finds=False, alone=True)
HELP_PAGE = PageInfo(
    "help",
    "help.help:HelpPage",
    "Help",
    "circle-help",
    RailPart.FILE,
    HELP.shown,
    "Help and all keys",
    pictured=True,
)
PAGES = (
    PageInfo("home", "home.home:HomePage", "Home", "house", RailPart.HOME, pictured=True),
    PageInfo(
        "prepare",
        "meeting.prepare:PreparePage",
        "Next meeting",
        "calendar-days",
        RailPart.MEETING,
        command="Prepare the next meeting",
        pictured=True,
        roles=(*RECORDERS, Role.DEPUTY_CHAIR),
    ),
    PageInfo(
        "year_dates",
        "meeting.year_dates:YearDatesPage",
        "Meeting dates",
        command="Meeting dates: plan all meetings at once",
        at_table=False,
        pictured=True,
        part_of="prepare",
    ),
    PageInfo(
        "officer_updates",
        "meeting.officer_updates:OfficerUpdatesPage",
        "Updates from officers",
        command="Updates: ask officers, enter their replies",
        at_table=False,
        pictured=True,
        part_of="prepare",
    ),
    PageInfo(
        "meeting_papers",
        "meeting.meeting_papers:MeetingPapersPage",
        "Papers",
        command="Papers: agenda, each agency’s list, the paper set",
        at_table=False,
        pictured=True,
        part_of="prepare",
    ),
    PageInfo("sign_in", "meeting.sign_in:SignInPage", "Sign-in", finds=False, alone=True, faces_room=True),
    PageInfo("live", "meeting.live:LivePage", "The meeting", alone=True),
    PageInfo("room_changes", "meeting.room_changes:RoomChangesPage", "In the room", alone=True),
    PageInfo("closing", "meeting.closing:ClosingPage", "Closing", alone=True),
    PageInfo(
        "actions",
        "meeting.actions:ActionsPage",
        "Actions",
        "list-checks",
        RailPart.MEETING,
        at_table=False,
        pictured=True,
        roles=CASE_WORKERS,
    ),
    PageInfo(
        "import_actions",
        "meeting.import_actions:ImportActionsPage",
        "Import open actions",
        "upload",
        command="Open actions from Word or Excel",
        at_table=False,
        pictured=True,
        part_of="actions",
    ),
    PageInfo(
        "issues",
        "meeting.issues:IssuesPage",
        "Emerging issues",
        "trending-up",
        RailPart.MEETING,
        pictured=True,
        roles=CASE_WORKERS,
    ),
    PageInfo("minutes", "minutes.minutes:MinutesPage", "Minutes", "file-text", RailPart.MEETING, pictured=True),
    PageInfo(
        "circulate_minutes",
        "minutes.circulate_minutes:CirculateMinutesPage",
        "Circulate",
        "send",
        command="Circulate the minutes: who gets what",
        at_table=False,
        pictured=True,
    ),
    PageInfo(
        "private_part",
        "meeting.private_part:PrivatePartPage",
        "Private meeting",
        "eye-off",
        RailPart.MEETING,
        command="Begin the private meeting",
        at_table=False,
        roles=(*RECORDERS, Role.DEPUTY_CHAIR),
    ),
    PageInfo("cases", "cases.cases:CasesPage", "Cases", "layers", RailPart.CASES, pictured=True),
    PageInfo("case", "cases.case:CasePage", "Case", pictured=True, part_of="cases"),
    PageInfo(
        "risk_assessment", "cases.risk_assessment:RiskAssessmentPage", "Risk assessment", pictured=True, part_of="cases"
    ),
    PageInfo(
        "repeat_victims",
        "cases.repeat_victims:RepeatVictimsPage",
        "Repeat victims",
        command="Repeat victims: told of the right to a review, and what is next",
        pictured=True,
        part_of="cases",
    ),
    PageInfo(
        "case_referrals",
        "cases.case_referrals:CaseReferralsPage",
        "Referrals",
        "send",
        RailPart.CASES,
        command="Referrals: who was asked, and what came back",
        pictured=True,
        roles=CASE_WORKERS,
    ),
    PageInfo(
        "management_plan",
        "cases.management_plan:ManagementPlanPage",
        "Management plan",
        pictured=True,
        part_of="cases",
        roles=CASE_WORKERS,
    ),
    PageInfo(
        "professionals_calls",
        "meeting.professionals_calls:ProfessionalsCallsPage",
        "Professionals’ meetings",
        command="Professionals’ meetings: those called, and their reports",
        at_table=False,
        pictured=True,
        part_of="cases",
    ),
    PageInfo(
        "partner_referrals",
        "cases.partner_referrals:PartnerReferralsPage",
        "Partner referrals",
        "download",
        RailPart.CASES,
        command="Referrals from partners: acknowledge, decide, inform the referrer",
        pictured=True,
        roles=CASE_WORKERS,
    ),
    PageInfo(
        "import_cases",
        "cases.import_cases:ImportCasesPage",
        "Import cases",
        "upload",
        command="Import Safety Net cases",
        pictured=True,
        part_of="cases",
    ),
    PageInfo("people", "people.people:PeoplePage", "People and agencies", "users", RailPart.PEOPLE, pictured=True),
    PageInfo(
        "owned_things",
        "people.owned_things:OwnedThingsPage",
        "Handing on",
        "users",
        command="Hand on what a person owns, when someone leaves",
        at_table=False,
        pictured=True,
        part_of="people",
    ),
    USERS,
    JOURNAL,
    PageInfo(
        "factor_year",
        "reports.factor_year:FactorYearPage",
        "Tasks and risk",
        "list-checks",
        RailPart.REPORTS,
        command="Tasks and risk: which actions were followed by a fall",
        at_table=False,
        pictured=True,
        roles=CASE_WORKERS,
    ),
    RETENTION,
    SAFEKEEPING,
    PageInfo("settings", "settings.settings:SettingsPage", "Settings", "settings", RailPart.FILE),
    HELP_PAGE,
    NEW_PASSPHRASE,
)
VERBS = (
    Verb("New case", "cases", "_new_case", icon="plus", at_table=False),
    Verb("Add a case to the meeting", "room_changes", argument="case", icon="plus", at_table=False, running=True),
    Verb("Add an item to the agenda", "room_changes", argument="item", icon="plus", at_table=False, running=True),
    Verb(
        "Who is here: deputy, stand-in",
        "room_changes",
        argument="people",
        icon="users",
        at_table=False,
        running=True,
    ),
    Verb("Agree an action in the meeting", "live", "_to_side", icon="list-checks", running=True),
    Verb("Add a person or an agency", "people", "_add", icon="user-plus"),
    Verb("New emerging issue", "issues", "_new", icon="plus"),
    Verb("Print the minutes, or save them as a PDF", "minutes", "_save", icon="save"),
    Verb("Print the agenda and papers", "meeting_papers", icon="save"),
    Verb("Correct the minutes", "minutes", "_correct", icon="pencil"),
    Verb("Agree and approve the minutes", "minutes", icon="check"),
    Verb("Start the tour of the program", "tour", icon="circle-help", at_table=False, idle=True),
)
GROUP = WindowKind(
    "Community Safety Partnership",
    PAGES,
    _begins,
    _running,
    _lock_after,
    home="home",
    table="live",
    help="help",
    verbs=VERBS,
)
FILE_HOME = PageInfo("file_home", "file.file_home:FileHomePage", "Home", "house", RailPart.HOME, pictured=True)
IT_SUPPORT = WindowKind(  # the group's window for an IT administrator, who opens no case
    GROUP.title,
    (FILE_HOME, USERS, SAFEKEEPING, HELP_PAGE, NEW_PASSPHRASE),
    lambda session: (FILE_HOME.stem, None),
    lambda session: None,
    _lock_after,
    home=FILE_HOME.stem,
    table=FILE_HOME.stem,
    help="help",
)
