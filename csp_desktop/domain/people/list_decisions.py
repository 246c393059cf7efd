"""What a person said of somebody known whom a list does not name."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from csp_desktop.domain.common.sender_columns import in_common


class ListAnswer(Enum):
    """Why somebody is not in a list: they left, they stay all the same, or the list is only a part of all."""

    HAS_LEFT = "has left"
    STAYS = "stays"
    PART_LIST = "part list"


@dataclass(frozen=True)
class ListDecision:
    """Whom it is of, says the kind of decision. `headings` are those of the list."""

    id: str
    answer: ListAnswer
    headings: tuple[str, ...]
    at: datetime
    by: str

    def holds_for(self, headings: tuple[str, ...]) -> bool:
        """Whether it need not be asked again of a list: who stays, stays until a list has their name; that a list is
        only a part says nothing of a list with other columns; who has left is not asked about while they are gone."""
        match self.answer:
            case ListAnswer.STAYS:
                return True
            case ListAnswer.PART_LIST:
                return in_common(self.headings, headings) == 1
            case ListAnswer.HAS_LEFT:
                return False


@dataclass(frozen=True)
class MemberDecision(ListDecision):
    """Of a member."""

    member_id: str
