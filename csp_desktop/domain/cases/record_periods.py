"""How long the records of a meeting are kept, kind by kind, and what a person decided about those past their period.

The years are settings, and what stands here is where they begin. Six for minutes, signatures and registers: as long as
claims may be brought (Limitation Act 1980, sections 2 and 5), and as a closed case is kept. One for comments: what was
accepted stands in the minutes by then.

They are illustrative until the partnership sets its own; nothing goes by itself. Daily entries have no row, since no
file holds any yet. Why each other kind of record has none stands in `services.cases.record_kinds`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.retention import RetentionField, Wording, given
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id


class RecordKept(Enum):
    """A kind of record with a period of its own. The values stand in people's files."""

    MINUTES = "minutes"
    SIGNATURES = "signatures"
    COMMENTS = "comments"
    REGISTER = "register"


@dataclass(frozen=True)
class Period:
    """One kind: what it is called and is, the setting that holds its years, why it is not deleted by itself (empty: a
    person may delete it), and what is left where it is."""

    kind: RecordKept
    setting: str
    name: str
    what: str
    stays: str = ""
    left: str = ""


PERIODS: tuple[Period, ...] = (
    Period(
        RecordKept.MINUTES,
        "minutes_years",
        "Minutes",
        "The record of the meeting and its approved versions.",
        "Minutes are not deleted here. Deleting a case or a person replaces the minutes with a redacted version.",
    ),
    Period(
        RecordKept.SIGNATURES,
        "signatures_years",
        "Signatures",
        "Signatures drawn on the confidentiality document of the meeting.",
        left=(
            "Who signed which text, when and how stays in the minutes; versions that contained a "
            "signature are replaced by redacted versions."
        ),
    ),
    Period(
        RecordKept.COMMENTS,
        "comments_years",
        "Comments on the minutes",
        "Comments from those present on the draft.",
        left="Accepted corrections stay in the minutes.",
    ),
    Period(
        RecordKept.REGISTER,
        "registers_years",
        "Circulation register",
        "Who received which copy of the minutes and which action list, when and how.",
        left="The date the minutes were circulated is kept.",
    ),
)


@dataclass(frozen=True)
class RecordDecision:
    """What a person decided about one kind of record of one meeting: keep it until a day, or (no day) that so many
    were deleted."""

    id: str
    meeting_id: str
    kind: RecordKept
    reason: str
    by: str
    on: date
    count: int
    until: date | None = None

    def keeps(self, today: date) -> bool:
        """Whether they are kept on that day because of it; its last day still counts."""
        return self.until is not None and today <= self.until


def deleted_wording(left: str) -> Wording:
    """How the certificate of such a deletion reads."""
    erased, ended = "The records “{0}” were deleted", "They are of the meeting held"
    return Wording("these records", "are", "records", erased, ended, left)


def period_of(kind: RecordKept) -> Period:
    """Its row."""
    return next(period for period in PERIODS if period.kind is kind)


def standing_keep(decisions: Iterable[RecordDecision], today: date) -> RecordDecision | None:
    """The decision that keeps them longest, or None."""
    return max((one for one in decisions if one.keeps(today)), key=lambda one: one.until or today, default=None)


def keep(
    meeting_id: str, kind: RecordKept, reason: str, until: date, by: str, today: date, count: int
) -> RecordDecision:
    """They are kept until that day. Raises FieldRefused without a reason, or for a day that has passed."""
    if until <= today:
        raise FieldRefused(RetentionField.UNTIL, "Give a date in the future to keep them until.")
    why = given(reason, "Say why they are kept longer.")
    return RecordDecision(new_id(), meeting_id, kind, why, by, today, count, until)


def deletion(
    meeting_id: str, kind: RecordKept, reason: str, by: str, today: date, count: int, kept: RecordDecision | None
) -> RecordDecision:
    """They are deleted. Raises Refused for a kind that stays and for what is kept longer, FieldRefused without a
    reason."""
    stays = period_of(kind).stays
    if stays:
        raise Refused(stays)
    if kept is not None and kept.until is not None:
        raise Refused(f"These are to be kept until {dated_day(kept.until)}. Undo that first, if it is wrong.")
    why = given(reason, "Say why they are deleted. The reason is kept.")
    return RecordDecision(new_id(), meeting_id, kind, why, by, today, count)
