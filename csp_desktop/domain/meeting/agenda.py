"""What a meeting goes through, and how long each part may take: the standard items, those of the group's own, and the
template that the next meetings begin with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting
from csp_desktop.domain.people.settings import MOST_ITEM_MINUTES, Settings

DEFAULT_ITEMS: tuple[tuple[ItemKind, str, int], ...] = (
    (ItemKind.CONFIDENTIALITY, "Confidentiality", 5),
    (ItemKind.APOLOGIES, "Apologies", 2),
    (ItemKind.INTERESTS, "Declarations of interest", 1),
    (ItemKind.LAST_MINUTES, "Minutes of the last meeting", 2),
    (ItemKind.MATTERS_ARISING, "Matters arising", 5),
    (ItemKind.CASES, "Open Safety Net cases", 80),
    (ItemKind.EMERGING, "Emerging issues by area of work", 10),
    (ItemKind.CASE_REVIEWS, "ASB case reviews", 5),
    (ItemKind.PERFORMANCE, "The group’s own performance", 2),
    (ItemKind.BOARDS, "Answers from the boards", 2),
    (ItemKind.INFORMATION, "Information for members", 2),
    (ItemKind.OTHER, "Other business", 2),
    (ItemKind.NEXT_DATE, "Next date", 2),
)
STANDARD = tuple(kind for kind, _, _ in DEFAULT_ITEMS)
OWN_MINUTES = 10  # proposed for an item of the group's own
TEMPLATE = "agenda"


class ItemField(StrEnum):
    """What is asked of an item of the group's own."""

    TITLE = "title"
    WHO = "who"
    MINUTES = "planned_minutes"


@dataclass(frozen=True)
class Presentation:
    """Who presents an item of the group's own. A visitor belongs to no agency of the group: the clause is read out to
    them, and they are in the room for this item only.
    """

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    item_id: str
    who: str
    visitor: bool = False
    host_id: str = ""  # the member with whom they come


@dataclass(frozen=True)
class AgendaTemplate:
    """The partnership's own agenda. `items`: kind, title and minutes in their order; of a standard item the minutes in
    the settings count.
    """

    items: tuple[tuple[str, str, int], ...]
    kept_on: date
    by: str
    id: str = TEMPLATE


def default_agenda(
    meeting: Meeting, settings: Settings, template: AgendaTemplate | None = None
) -> tuple[AgendaItem, ...]:
    """The agenda a meeting begins with: the template's items, or the usual ones, with the partnership's own minutes
    where it has set them. A standard item the template does not know stands where the usual agenda has it.
    """
    own = dict(settings.agenda_minutes)
    return tuple(
        AgendaItem(new_id(), meeting.id, position, kind, title, own.get(kind.value, minutes))
        for position, (kind, title, minutes) in enumerate(_begun_with(template), start=1)
    )


def _begun_with(template: AgendaTemplate | None) -> Sequence[tuple[ItemKind, str, int]]:
    if template is None:
        return DEFAULT_ITEMS
    rows = [(ItemKind(kind), title, minutes) for kind, title, minutes in template.items]
    for place, row in enumerate(DEFAULT_ITEMS):
        if row[0] not in {kind for kind, _, _ in rows}:
            before = {kind for kind, _, _ in DEFAULT_ITEMS[:place]}
            at = max((n for n, (kind, _, _) in enumerate(rows, 1) if kind in before), default=0)
            rows.insert(at, row)
    return rows


def missing_items(items: Sequence[AgendaItem]) -> tuple[tuple[ItemKind, str, int], ...]:
    """The standard items an agenda has not: one planned by an earlier version of the program."""
    have = {item.kind for item in items}
    return tuple(row for row in DEFAULT_ITEMS if row[0] not in have)


def item_title(text: str) -> str:
    """An item's title as it is kept. Raises FieldRefused for an empty one."""
    title = entered(text, "The title", ItemField.TITLE)
    if not title:
        raise FieldRefused(ItemField.TITLE, "The item needs a title.")
    return title


def item_minutes(minutes: int) -> int:
    """The planned minutes of an item, 0 to 180. Raises Refused for any other."""
    if not 0 <= minutes <= MOST_ITEM_MINUTES:
        raise Refused(f"Give from 0 to {MOST_ITEM_MINUTES} minutes for an item.")
    return minutes


def refuse_removal(item: AgendaItem) -> None:
    """A standard item is never lost. Raises Refused, saying what to do instead."""
    if item.kind is not ItemKind.OWN:
        raise Refused(
            f"“{item.title}” is a standard item and cannot be removed. Give it 0 minutes if there is "
            "nothing to discuss."
        )


def place_of_new(items: Sequence[AgendaItem], after_id: str = "") -> int:
    """Where an item of the group's own comes, from 1: under the one in hand, else before other business."""
    places = {item.id: place for place, item in enumerate(items, 1)}
    if after_id in places:
        return places[after_id] + 1
    ends = (ItemKind.OTHER, ItemKind.NEXT_DATE)
    return next((place for place, item in enumerate(items, 1) if item.kind in ends), len(items) + 1)


def presenter_words(one: Presentation, host: str = "") -> str:
    """'Dawn Whitlock, visitor, with Tom Ellis'"""
    return ", ".join(filter(None, (one.who, "visitor" if one.visitor else "", f"with {host}" if host else "")))
