"""The sub-agenda: whom to talk about, proposed by risk and by what changed since last time, with the reason in words.

The lead picks and orders; this only proposes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.days import days_words
from csp_desktop.domain.private.people import Label, Offer, OfferAnswer, RoughSleeper, Sighting

BANDS = (Band.HIGH, Band.MEDIUM, Band.STANDARD, None)
UNSEEN_DAYS = 14


@dataclass(frozen=True)
class Standing:
    """What the proposal weighs of one person."""

    person: RoughSleeper
    label: Label
    latest: Assessment | None
    before: Assessment | None  # the one before the last session
    seen: Sighting | None
    offers: tuple[Offer, ...] = ()
    open_actions: int = 0
    late_actions: int = 0


@dataclass(frozen=True)
class Proposed:
    """One person in the proposed order, and why."""

    person: RoughSleeper
    why: str
    rise: int | None
    latest: Assessment | None = None


def propose(people: Iterable[Standing], today: date, since: date | None) -> list[Proposed]:
    """Everyone on the list: band first, then the largest rise, then what happened since the last session, then the
    total. `since` is the day of that session."""
    ranked = sorted((one for one in people if one.person.on_list), key=lambda one: _rank(one, today, since))
    return [Proposed(one.person, why(one, today, since), rise_of(one), one.latest) for one in ranked]


def rise_of(one: Standing) -> int | None:
    """How the total moved since last time; None when fewer than two are known or the matrix changed."""
    if one.latest is None or one.before is None or one.latest.matrix_version != one.before.matrix_version:
        return None
    return one.latest.total - one.before.total


def _rank(one: Standing, today: date, since: date | None) -> tuple[int, int, int, int, int]:
    band = BANDS.index(one.latest.shown_band if one.latest else None)
    if one.latest is None:
        band = 0  # nobody has looked: that is a risk, not a low one
    news = -len(_news(one, today, since))
    return band, -(rise_of(one) or 0), news, -(one.latest.total if one.latest else 0), one.person.number


def why(one: Standing, today: date, since: date | None) -> str:
    """'High 41, up 5; found unwell; not seen for 16 days'"""
    if one.latest is None:
        words = ["no risk score yet"]
    else:
        rise = rise_of(one)
        moved = "" if not rise else f", {'up' if rise > 0 else 'down'} {abs(rise)}"
        words = [f"{one.latest.shown_band.value} {one.latest.total_words}{moved}"]
    return "; ".join([*words, *_news(one, today, since)])


def _news(one: Standing, today: date, since: date | None) -> Sequence[str]:
    words = []
    if one.label in (Label.NEW, Label.RETURNING):
        words.append(one.label.value)
    if one.seen is not None and one.seen.unwell and (since is None or one.seen.on >= since):
        words.append("found unwell")
    unseen = (today - one.seen.on).days if one.seen else None
    if unseen is None:
        words.append("never seen by a worker")
    elif unseen >= UNSEEN_DAYS:
        words.append(f"not seen for {days_words(unseen)}")
    declined = [o.answered_on or o.on for o in one.offers if o.answer is OfferAnswer.DECLINED]
    if any(since is None or on >= since for on in declined):
        words.append("an offer was declined")
    if any(o.answer is OfferAnswer.THINKING for o in one.offers):
        words.append("an offer is open")
    if one.late_actions:
        words.append("1 action overdue" if one.late_actions == 1 else f"{one.late_actions} actions overdue")
    return words


def released(count: int, small: int) -> str:
    """A figure as it may leave the room: '12', or 'fewer than 5'; nobody is a figure too."""
    return str(count) if count >= small or count == 0 else f"fewer than {small}"
