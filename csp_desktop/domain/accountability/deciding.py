"""Who may decide on a case review or a request for information: nobody in their own cause, nobody twice."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from csp_desktop.domain.common.errors import NotAllowed
from csp_desktop.domain.common.users import Role


class Seat(Enum):
    """For whom somebody decides."""

    CHAIR = "chair"
    COORDINATOR = "police ASB coordinator"


SITTING = {
    Seat.CHAIR: (Role.CHAIR, Role.DEPUTY_CHAIR),
    Seat.COORDINATOR: (Role.ASB_COORDINATOR, Role.DEPUTY_CHAIR),
}


@dataclass(frozen=True)
class Matter:
    """What is to be decided, and who has to do with it; people by the id of the member they are."""

    words: str  # 'this request', 'this case review'
    asker_id: str = ""
    declared: frozenset[str] = frozenset()  # who declared an interest in it
    decided_by: tuple[str, ...] = ()  # who has decided already, where a second person is wanted


def seats_of(roles: Collection[Role]) -> tuple[Seat, ...]:
    """For whom somebody with these roles may decide; a deputy chair for either."""
    return tuple(seat for seat, sitting in SITTING.items() if set(sitting) & set(roles))


def refusal_to_decide(matter: Matter, member_id: str) -> str:
    """Why this person may not decide, and who is asked instead; empty where they may."""
    if member_id and member_id == matter.asker_id:
        return f"You asked for {matter.words}, so you cannot decide on it. Ask another person who may decide."
    if member_id in matter.declared:
        return (
            f"You declared an interest in {matter.words}, so you cannot decide on it. Ask the deputy chair, or "
            "another person who may decide."
        )
    if member_id in matter.decided_by:
        return f"You have decided on {matter.words} already. The second decision must be another person’s."
    return ""


def require_free_to_decide(matter: Matter, member_id: str) -> None:
    """Raise NotAllowed for the asker, for whoever declared an interest, and for whoever has decided already."""
    sentence = refusal_to_decide(matter, member_id)
    if sentence:
        raise NotAllowed(sentence)
