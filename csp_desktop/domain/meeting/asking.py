"""What the chair asks first about a case or a person: the oldest promise not kept, whether the factor of a task fell,
then a referral or an offer nobody has answered.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.common.days import days_words, screen_day
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Action, ActionState


@dataclass(frozen=True)
class Promised:
    """One action agreed before, and who answers for it; `now` are the points its risk factor came to since, None where
    it was not assessed again."""

    action: Action
    officer: str
    agency: str
    now: int | None = None

    @property
    def asks_of_factor(self) -> bool:
        """Whether it is done, and nobody has looked yet whether the factor it was to reduce fell."""
        action = self.action
        return action.state is ActionState.DONE and bool(action.factor_label) and self.now is None


@dataclass(frozen=True)
class Referred:
    """To whom the case was referred, when, and for how many days an answer is overdue."""

    to: str
    on: date
    late: int = 0


@dataclass(frozen=True)
class Offered:
    """Something offered that was neither taken up nor declined: by whom and when."""

    what: str
    by: str
    on: date


@dataclass(frozen=True)
class Untold:
    """What a risk factor asks for and nobody has answered, and who is asked."""

    who: str
    question: str


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
    untold: Untold | None = None,
) -> Ask | None:
    """What to ask now; None where nothing is open. Overdue actions come first, the most days late at the head; then
    what a factor asks for (children at home); then the tasks that are done for a factor nobody has assessed since; then
    the referral, unless somebody of that agency has an action to answer for; then what was offered and not answered,
    the oldest first; then what is still to come, the soonest first. `here` are the ids of the people present: somebody
    else is asked for their agency."""
    still = sorted((one for one in promised if one.action.state is ActionState.OPEN), key=_by_day)
    late = [one for one in still if days_overdue(one.action.due, on)]
    of_factor = sorted((one for one in promised if one.asks_of_factor), key=_by_day)
    open_referral = referred if referred and not any(_is_of(one, referred) for one in promised) else None
    count = len(still) + len(of_factor) + len(offered) + (open_referral is not None) + (untold is not None)
    if late:
        return _of_action(late[0], on, here, count - 1)
    if untold is not None:
        return Ask(untold.who, untold.question, more=count - 1)
    if of_factor:
        return _of_factor(of_factor[0], here, count - 1)
    if open_referral is not None:
        question = f"what was the result of the referral of {screen_day(open_referral.on, on)}?"
        return Ask(
            open_referral.to, question, overdue_words(open_referral.late), bool(open_referral.late), more=count - 1
        )
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
    due, absent = one.action.due, _is_absent(one, here)
    what = one.action.what.rstrip(".?!")
    if absent:
        what = f"for {one.officer}, not here: {_inside(what)}"
    late = overdue_words(days_overdue(due, on))
    why = late or ("Due today" if due == on else f"Due {screen_day(due, on)}" if due else "No date")
    return Ask(_asked(one, here), f"{what}: is it done{_and_the_factor(one)}?", why, bool(late), more)


def _of_factor(one: Promised, here: Collection[str], more: int) -> Ask:
    """'PS Dan Holt', 'was to visit the landlord: did “How often it happens” fall from 4 points?', 'Done'"""
    who = f"{one.officer} " if _is_absent(one, here) else ""
    question = f"{who}was to {_inside(one.action.what.rstrip('.?!'))}: {did_it_fall(one.action)}?"
    return Ask(_asked(one, here), question, "Done", more=more)


def did_it_fall(action: Action) -> str:
    """'did “How often it happens” fall from 4 points'"""
    points = "" if action.factor_points is None else f" from {count_of(action.factor_points, 'point', 'points')}"
    return f"did “{action.factor_label}” fall{points}"


def _and_the_factor(one: Promised) -> str:
    """For an action that is still open; empty where it is for no factor. What is known is not asked."""
    if not one.action.factor_label:
        return ""
    if one.now is not None and one.action.factor_points is not None:
        return f" (“{one.action.factor_label}” was {one.action.factor_points}, is now {one.now})"
    return f", and {did_it_fall(one.action)}"


def _inside(what: str) -> str:
    """As it stands inside a sentence; 'CMHT' keeps its capitals."""
    return what if what[1:2].isupper() else f"{what[:1].lower()}{what[1:]}"


def _asked(one: Promised, here: Collection[str]) -> str:
    return one.agency or one.officer if _is_absent(one, here) else one.officer


def _is_absent(one: Promised, here: Collection[str]) -> bool:
    return bool(here) and one.action.officer_id not in here
