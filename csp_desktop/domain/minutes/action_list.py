"""The actions after a meeting as a list of their own: of one officer, of one agency, or of all.

Both meetings use it. A list holds its own actions and nothing of anybody else's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.minutes.layout import ABOUT, NAMED
from csp_desktop.domain.minutes.paper_parts import HANDLING, Section, Words, officer_grid, officers
from csp_desktop.domain.minutes.record import ActionLine, JournalHead, Minutes

SEND_WITHIN = timedelta(hours=24)  # of the end of the meeting


@dataclass(frozen=True)
class ActionListsSent:
    """The lists after one meeting were sent: when, noted by whom, and to whom (officers and agencies by name)."""

    id: str
    meeting_id: str
    at: datetime
    by: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class ActionList:
    """What is to be done after the meeting of a day. Without an officer and an agency it is everybody's."""

    body: str
    partnership: str
    on: date
    actions: tuple[ActionLine, ...]
    about: str  # heads the column that says which case, person or item an action is about
    handling: str
    edition: Words
    copy: str  # edition, copy and recipient, at the foot of every page
    marking: str
    language: str
    officer: str = ""
    agency: str = ""
    is_draft: bool = False
    created: datetime | None = None
    journal: JournalHead | None = None

    @property
    def title(self) -> str:
        """The title of the paper."""
        return f"Actions of the {self.body}, {paper_day(self.on)}"

    @property
    def whose(self) -> str:
        """'Ravi Nair, New Hope'; an agency; or nobody in particular."""
        return ", ".join(filter(None, (self.officer, self.agency)))

    @property
    def opening(self) -> tuple[Words, ...]:
        """The lines under the title."""
        whose = (Words(self.whose, "For:"),) if self.whose else ()
        return (*whose, self.edition, Words(self.handling, "Handling:"))

    def of(self, officer: str = "", agency: str = "") -> "ActionList":
        """Only what this officer, or this agency, has to do."""
        theirs = actions_of(self.actions, officer, agency)
        return replace(self, actions=theirs, officer=officer, agency=agency)

    def owners(self) -> tuple[tuple[str, str], ...]:
        """Each officer who has something to do, with the agency, in the order of agency and name."""
        found = {(one.name, one.agency) for a in self.actions for one in a.owners if one.name}
        return tuple(sorted(found, key=lambda pair: pair[::-1]))

    def agencies(self) -> tuple[str, ...]:
        """Each agency that has something to do."""
        return tuple(sorted({one.agency for a in self.actions for one in a.owners if one.agency}))


def actions_of(actions: Iterable[ActionLine], officer: str = "", agency: str = "") -> tuple[ActionLine, ...]:
    """Those of one officer, of one agency, or, where two agencies have officers of one name, of one in the other: what
    they lead, and what they do with somebody else."""
    return tuple(
        a for a in actions if any(officer in ("", one.name) and agency in ("", one.agency) for one in a.owners)
    )


def minutes_actions(minutes: Minutes) -> ActionList:
    """All actions after a meeting of the group."""
    copy = f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}"
    return ActionList(
        minutes.body,
        minutes.partnership,
        minutes.on,
        minutes.actions,
        ABOUT,
        f"{HANDLING} {NAMED}",
        Words(copy, "Edition:"),
        copy,
        minutes.marking,
        minutes.language,
        is_draft=minutes.approved_at is None,
        created=minutes.written_at or minutes.closed_at,
        journal=minutes.journal,
    )


def action_list(listed: ActionList) -> tuple[Section, ...]:
    """The list as a section; one officer's own is in their name."""
    found = officers("1", listed.actions, listed.about, listed.on)
    if not listed.officer:
        return (found,)
    heading = f"Actions of {listed.whose}"
    table = (officer_grid(heading, listed.actions, listed.about, listed.on),) if listed.actions else ()
    return (replace(found, heading=heading, blocks=(found.blocks[0], *table)),)
