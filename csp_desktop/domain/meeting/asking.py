"""What the chair asks first about a case or a person: the oldest promise not kept, then a referral or an offer nobody
has answered.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.common.days import days_words, screen_day
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.actions import Action, ActionState


@dataclass(frozen=True)
class Promised:
    """One action agreed before, and who answers for it."""

    action: Action
    officer: str
    agency: str


@dataclass(frozen=True)
class Referred:
    """To whom the case was referred when it was last discussed, and when."""

    to: str
    on: date


@dataclass(frozen=True)
class Offered:
    """Something offered that was neither taken up nor declined: by whom and when."""

    what: str
    by: str
    on: date


@dataclass(frozen=True)
class Ask:
    """One line for the chair: 'Joy Okafor', 'Report the broken lamps: is it done?', '2 days overdue'."""

    who: str
    question: str
    why: str = ""
    late: bool = False
    more: int = 0  # other things to ask about


def ask_now(
    promised: Sequence[Promised],
    referred: Referred | None,
    on: date,
    here: Collection[str] = (),
    offered: Sequence[Offered] = (),
) -> Ask | None:
    """What to ask now; None where nothing is open. Overdue actions come first, the most days late at the head; then the
    referral, unless somebody of that agency has an action to answer for; then what was offered and not answered, the
    oldest first; then what is still to come, the soonest first. `here` are the ids of the people present: somebody else
    is asked for their agency."""
    still = sorted((one for one in promised if one.action.state is ActionState.OPEN), key=_by_day)
    late = [one for one in still if days_overdue(one.action.due, on)]
    open_referral = referred if referred and not any(_is_of(one, referred) for one in promised) else None
    count = len(still) + len(offered) + (1 if open_referral else 0)
    if late:
        return _of_action(late[0], on, here, count - 1)
    if open_referral is not None:
        question = f"what was the result of the referral of {screen_day(open_referral.on, on)}?"
        return Ask(open_referral.to, question, more=count - 1)
    if offered:
        return _of_offer(min(offered, key=lambda one: one.on), on, count - 1)
    return _of_action(still[0], on, here, count - 1) if still else None


def _by_day(one: Promised) -> tuple[date, int]:
    return one.action.due or date.max, one.action.number


def _is_of(one: Promised, referred: Referred) -> bool:
    """Whether that agency promised something itself, which answers for the referral."""
    return bool(one.agency) and one.agency.casefold() == referred.to.casefold() and one.action.agreed_on >= referred.on


def _of_offer(one: Offered, on: date, more: int) -> Ask:
    question = f"{one.what.rstrip('.?!')}: what was the answer?"
    return Ask(one.by, question, f"{days_words((on - one.on).days)} without an answer", more=more)


def _of_action(one: Promised, on: date, here: Collection[str], more: int) -> Ask:
    due, absent = one.action.due, bool(here) and one.action.officer_id not in here
    who = f"{one.agency or one.officer}" if absent else one.officer
    what = one.action.what.rstrip(".?!")
    if absent:
        what = f"for {one.officer}, not here: {what[:1].lower()}{what[1:]}"
    late = overdue_words(days_overdue(due, on))
    why = late or ("Due today" if due == on else f"Due {screen_day(due, on)}" if due else "No date")
    return Ask(who, f"{what}: is it done?", why, bool(late), more)
