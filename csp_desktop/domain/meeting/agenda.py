"""What a meeting goes through, and how long each part may take."""

from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting
from csp_desktop.domain.people.settings import Settings

DEFAULT_ITEMS: tuple[tuple[ItemKind, str, int], ...] = (
    (ItemKind.CONFIDENTIALITY, "Confidentiality", 5),
    (ItemKind.APOLOGIES, "Apologies", 2),
    (ItemKind.MATTERS_ARISING, "Minutes, matters arising", 8),
    (ItemKind.CASES, "Open Safety Net cases", 80),
    (ItemKind.EMERGING, "Emerging issues by area of work", 12),
    (ItemKind.CASE_REVIEWS, "ASB case reviews", 6),
    (ItemKind.OTHER, "Other business", 5),
    (ItemKind.NEXT_DATE, "Next date", 2),
)


def default_agenda(meeting: Meeting, settings: Settings) -> tuple[AgendaItem, ...]:
    """The usual agenda of a meeting in its order, with the partnership's own minutes where it has set them."""
    own = dict(settings.agenda_minutes)
    return tuple(
        AgendaItem(new_id(), meeting.id, position, kind, title, own.get(kind.value, minutes))
        for position, (kind, title, minutes) in enumerate(DEFAULT_ITEMS, start=1)
    )
