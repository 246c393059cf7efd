"""Cases that belong together: the same place, one person under two references, or two sides of one dispute."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.ids import new_id


class LinkKind(Enum):
    """Why two cases belong together."""

    PLACE = "same place"
    PERSON = "same person, two references"
    DISPUTE = "two sides of one dispute"


class LinkField(StrEnum):
    """What a form asks of a link."""

    OTHER = "other"
    REASON = "reason"


@dataclass(frozen=True)
class CaseLink:
    """Two cases that belong together, either way round. It ends with a reason, and what was linked can still be read in
    the journal."""

    id: str
    case_id: str
    other_id: str
    kind: LinkKind
    on: date
    by: str
    ended_on: date | None = None
    ended_by: str = ""
    reason: str = ""

    def other_than(self, case_id: str) -> str:
        """The case at the other end."""
        return self.other_id if case_id == self.case_id else self.case_id


def linked(case_id: str, other_id: str, kind: LinkKind, known: Iterable[CaseLink], on: date, by: str) -> CaseLink:
    """Two cases belong together; `known` are the links of the first. Raises FieldRefused for a case and itself, and for
    two that are linked already."""
    if not other_id:
        raise FieldRefused(LinkField.OTHER, "Choose the case that belongs with this one.")
    if other_id == case_id:
        raise FieldRefused(LinkField.OTHER, "A case cannot be linked to itself. Choose another case.")
    if any(one.other_than(case_id) == other_id for one in known if one.ended_on is None):
        raise FieldRefused(
            LinkField.OTHER, "These two cases are linked already. Unlink them first to give another reason."
        )
    return CaseLink(new_id(), case_id, other_id, kind, on, by)


def unlinked(link: CaseLink, reason: str, on: date, by: str) -> CaseLink:
    """They do not belong together after all. Raises FieldRefused without a reason."""
    words = " ".join(reason.split())
    if not words:
        raise FieldRefused(LinkField.REASON, "Say why the two cases do not belong together.")
    return replace(link, ended_on=on, ended_by=by, reason=words)
