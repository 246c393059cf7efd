"""What the window's rail shows: where one can go, what waits there, and who is at the keyboard."""

from collections.abc import Collection, Mapping
from itertools import groupby

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.users import EVERY_ROLE, ROLE_WORDS, Duty, Role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.window.navigation_rail import NavigationRail
from csp_desktop.gui.window.registry import PageInfo, WindowKind
from csp_desktop.services.home.home import waiting
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session

MORE = "More"


def fill_rail(rail: NavigationRail, session: Session, kind: WindowKind, stem: str) -> None:
    """Bring entries, counts and footer up to date, and mark where we are."""
    counts = {} if kind.private or not session.may(Duty.READ_CASES) else _counts(session)
    rail.show_pages(entries(kind, session.roles, counts), stem, session.user_name, roles_in_words(session.roles))


def entries(kind: WindowKind, roles: Collection[Role], counts: Mapping[str, tuple[str, Tone]]) -> list[Entry]:
    """The pages there are by their parts, each with what waits there; last, under More, those that none of these roles
    works with."""
    used = [page for page in kind.in_rail() if page.is_used_by(roles)]
    more = [page for page in kind.in_rail() if page not in used]
    found: list[Entry] = []
    for part, pages in groupby(used, lambda page: page.rail):
        if part is not None and part.value:
            found.append(Entry("", part.value, heading=True))
        found += [_entry(page, counts) for page in pages]
    return [*found, *([Entry("", MORE, heading=True)] if more else []), *(_entry(page, counts) for page in more)]


def _entry(page: PageInfo, counts: Mapping[str, tuple[str, Tone]]) -> Entry:
    caption, tone = counts.get(page.stem, ("", Tone.NEUTRAL))
    return Entry(page.stem, page.title, icon=page.icon, caption=caption, tone=tone)


def _counts(session: Session) -> Mapping[str, tuple[str, Tone]]:
    """What waits behind the entries of the group's rail. A private rail says nothing: it can be seen."""
    now = waiting(session)
    counts = {"cases": now.open_cases, "people": now.people, "issues": now.issues}
    return {
        "prepare": (screen_day(now.next_on, session.today) if now.next_on else "", Tone.NEUTRAL),
        **{stem: (str(count) if count else "", Tone.NEUTRAL) for stem, count in counts.items()},
        "actions": (f"{now.late_actions} overdue", Tone.HIGH) if now.late_actions else ("", Tone.NEUTRAL),
    }


def bar_title(session: Session) -> str:
    """Whose file it is, at the head of the pages both windows have."""
    return "Private rough-sleeping meeting" if session.private else settings(session).partnership


def roles_in_words(roles: frozenset[Role]) -> str:
    """'Chair'; whoever is alone holds every role."""
    if roles >= frozenset(EVERY_ROLE):
        return "All roles"
    words = [ROLE_WORDS[role] for role in Role if role in roles]
    return ", ".join(words)[:1].upper() + ", ".join(words)[1:]
