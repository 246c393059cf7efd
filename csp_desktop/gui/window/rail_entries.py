"""The left column of every page outside a meeting: where one can go, what waits there, and who is at the keyboard."""

from collections.abc import Mapping
from itertools import groupby

from csp_desktop.domain.common.days import tiny_day
from csp_desktop.domain.common.users import Role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.registry import WindowKind
from csp_desktop.services.home.home import waiting
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session


def connect_rail(rail: Rail, page: Page, stem: str) -> None:
    """Let the rail lead the page's window; a page never leads to itself."""
    rail.chosen.connect(lambda key: page.navigate.emit(key, None) if key != stem else None)
    rail.lock_asked.connect(lambda: page.navigate.emit("lock", None))


def fill_rail(rail: Rail, context: PageContext, stem: str) -> None:
    """Bring entries, counts and footer up to date, and mark where we are."""
    session = context.session
    rail.set_entries(_entries(context.kind, {} if context.kind.private else _counts(session)))
    rail.set_current(stem)
    rail.set_user(session.user_name, roles_in_words(session.roles))


def _entries(kind: WindowKind, counts: Mapping[str, tuple[str, Tone]]) -> list[Entry]:
    """The pages there are, each with what waits there."""
    found: list[Entry] = []
    for part, pages in groupby(kind.in_rail(), lambda page: page.rail):
        if part is not None and part.value:
            found.append(Entry("", part.value, heading=True))
        for page in pages:
            caption, tone = counts.get(page.stem, ("", Tone.NEUTRAL))
            found.append(Entry(page.stem, page.title, icon=page.icon, caption=caption, tone=tone))
    return found


def _counts(session: Session) -> Mapping[str, tuple[str, Tone]]:
    """What waits behind the entries of the group's rail. A private rail says nothing: it can be seen."""
    now = waiting(session)
    counts = {"cases": now.open_cases, "people": now.people, "issues": now.issues}
    return {
        "prepare": (tiny_day(now.next_on) if now.next_on else "", Tone.NEUTRAL),
        **{stem: (str(count) if count else "", Tone.NEUTRAL) for stem, count in counts.items()},
        "actions": (f"{now.late_actions} late", Tone.HIGH) if now.late_actions else ("", Tone.NEUTRAL),
    }


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
