"""What of the private record can be put right after the session."""

from csp_desktop.domain.minutes.correctable import (
    NOTE,
    OF_ACTION,
    OF_ATTENDEE,
    OF_DECISION,
    OF_ITEM,
    REASON,
    Correctable,
    PartKind,
    Parts,
    ValueKind,
)
from csp_desktop.domain.private.minutes import person_name
from csp_desktop.domain.private.outcomes import PersonOutcome

OF_SESSION = PartKind(
    lambda part: "",
    (
        Correctable("led_by", "led for New Hope by", ValueKind.LINE),
        Correctable("venue", "venue", ValueKind.LINE),
        Correctable("closing_note", "note on closing", ValueKind.TEXT),
        Correctable("next_on", "next session", ValueKind.DAY),
    ),
)
OF_PERSON = PartKind(
    lambda part: person_name(part["reference"], part["initials"]),
    (
        NOTE,
        Correctable("outcome", "decision", ValueKind.OUTCOME, decision=True, choices=PersonOutcome),
        REASON,
        Correctable("see_again_on", "looked at again on", ValueKind.DAY, decision=True),
    ),
    about="person_id",
)
PRIVATE_HEAD = ("led_by", "venue")  # what stands with the attendance
PRIVATE_PARTS: Parts = {
    "": OF_SESSION,
    "present": OF_ATTENDEE,
    "people": OF_PERSON,
    "between": OF_DECISION,
    "items": OF_ITEM,
    "actions": OF_ACTION,
}
