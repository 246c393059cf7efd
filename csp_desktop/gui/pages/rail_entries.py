"""The left column of every page outside a meeting: where one can go, what waits there, and who is at the keyboard."""

from csp_desktop.domain.days import tiny_day
from csp_desktop.gui.pages.base import Page
from csp_desktop.gui.pages.private_rail import private_rail_entries
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.services.keeping_settings import settings
from csp_desktop.services.looking_ahead import waiting
from csp_desktop.services.session import Role, Session


def connect_rail(rail: Rail, page: Page, stem: str) -> None:
    """Let the rail lead the page's window; a page never leads to itself."""
    rail.chosen.connect(lambda key: page.navigate.emit(key, None) if key != stem else None)
    rail.lock_asked.connect(lambda: page.navigate.emit("lock", None))


def fill_rail(rail: Rail, session: Session, stem: str) -> None:
    """Bring entries, counts and footer up to date, and mark where we are."""
    rail.set_entries(rail_entries(session))
    rail.set_current(stem)
    rail.set_user(session.user_name, roles_in_words(session.roles))


def rail_entries(session: Session) -> list[Entry]:
    """The pages there are."""
    if session.private:
        return private_rail_entries()
    now = waiting(session)
    late = f"{now.late_actions} late" if now.late_actions else ""
    return [
        Entry("home", "Home", icon="house"),
        Entry("prepare", "Next meeting", icon="calendar-days", caption=tiny_day(now.next_on) if now.next_on else ""),
        Entry("cases", "Cases", icon="layers", caption=str(now.open_cases) if now.open_cases else ""),
        Entry("actions", "Actions", icon="list-checks", caption=late, tone=Tone.HIGH if late else Tone.NEUTRAL),
        Entry("minutes", "Minutes", icon="file-text"),
        Entry("private_part", "Private meeting", icon="eye-off"),
        Entry("", "Records", heading=True),
        Entry("people", "People and agencies", icon="users", caption=str(now.people) if now.people else ""),
        Entry("users", "Users", icon="key-round"),
        Entry("journal", "Journal", icon="history"),
        Entry("retention", "Retention", icon="calendar-clock"),
        Entry("safekeeping", "Safekeeping", icon="save"),
        Entry("settings", "Settings", icon="settings"),
        Entry("help", "Help", icon="circle-help"),
    ]


def bar_title(session: Session) -> str:
    """Whose file it is, at the head of the pages both windows have."""
    return "Rough sleeping, private" if session.private else settings(session).partnership


def roles_in_words(roles: frozenset[Role]) -> str:
    """'Chair'; whoever is alone holds every role."""
    if roles == frozenset(Role):
        return "Every role"
    names = {Role.NEW_HOPE_LEAD: "New Hope lead", Role.NEW_HOPE_DEPUTY: "New Hope deputy"}
    words = [names.get(role, role.value) for role in Role if role in roles]
    return ", ".join(words)[:1].upper() + ", ".join(words)[1:]
