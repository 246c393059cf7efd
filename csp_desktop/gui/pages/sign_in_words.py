"""Words the parts of the sign-in desk share."""

from csp_desktop.domain.confidentiality import Capacity
from csp_desktop.services.sign_in_rows import SignInDesk

CAPACITIES = (
    (Capacity.MEMBER, "Member"),
    (Capacity.OCCASIONAL, "Occasional attendee"),
    (Capacity.OBSERVER, "Observer"),
    (Capacity.MINUTE_TAKER, "Minute-taker"),
)


def names(people: list[str], most: int = 4) -> str:
    """'Owen Pryce, Ann Lee and 3 more'"""
    if len(people) > most:
        return f"{', '.join(people[:most])} and {len(people) - most} more"
    return people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}" if people else ""


def standing_words(desk: SignInDesk) -> tuple[str, bool]:
    """What the bar says above its ticks, and whether it asks for attention."""
    unsigned = len(desk.gate.unsigned)
    if unsigned:
        return f"{unsigned} here and not signed", True
    if desk.gate.awaited and not desk.in_session:
        return f"{len(desk.gate.awaited)} more expected", True
    if not desk.signed:
        return desk.gate.reason, True
    return ("Going on with an override" if desk.gate.overridden else "Everyone here has signed"), False
