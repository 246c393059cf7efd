"""Who may have what of the minutes: a dated table of rights by role, agency, attendance and declared interest, approved
by the chair. Its rows are gone through in order and the first that fits decides; whom none fits gets no copy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member


class Rights(Enum):
    """How much of the minutes somebody may have."""

    WHOLE = "whole minutes"
    OWN_AGENCY = "own agency's cases and actions"
    ACTIONS_ONLY = "own agency's actions only"
    NOTHING = "no copy"


class Attended(Enum):
    """How somebody stood to the meeting."""

    PRESENT = "present"
    APOLOGIES = "sent apologies"
    ABSENT = "absent"
    SINCE = "joined since"  # was not in the group yet


class Part(Enum):
    """In what part somebody belongs to the meeting."""

    CHAIR = "chair"
    MINUTE_TAKER = "minute-taker"
    MEMBER = "member"
    OCCASIONAL = "occasional"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Recipient:
    """One person as they stood when a version was approved, whatever the register says later; `attendee_id` finds their
    line in the attendance."""

    id: str
    meeting_id: str
    version: int
    member_id: str
    name: str
    agency_id: str
    agency: str
    agency_short: str
    agency_kind: AgencyKind
    job_title: str
    attended: Attended
    part: Part
    attendee_id: str = ""

    @classmethod
    def of(
        cls,
        id: str,
        at: tuple[str, int],
        member: Member,
        home: Agency,
        attended: Attended,
        part: Part,
        attendee_id: str,
    ) -> "Recipient":
        """A member as they stand in the register now; `at` is the meeting and the version."""
        return cls(
            id,
            *at,
            member.id,
            member.name,
            home.id,
            home.name,
            home.short_name,
            home.kind,
            member.job_title,
            attended,
            part,
            attendee_id,
        )

    @property
    def named(self) -> str:
        """'Joy Okafor, Community Mental Health Team'"""
        return f"{self.name}, {self.agency}" if self.agency else self.name


JOINED_SINCE = "joined the group after this meeting"
Choice = Enum | str | bool | None  # of one field of a row


@dataclass(frozen=True)
class RightsRow:
    """Whoever it fits has these rights; what is not said fits everybody."""

    rights: Rights
    attended: Attended | None = None
    part: Part | None = None
    agency_kind: AgencyKind | None = None
    agency_id: str = ""
    declared: bool = False  # only those who declared an interest in a case

    def fits(self, person: Recipient, *, has_declared: bool) -> bool:
        """Whether it is about this person."""
        return (
            self.attended in (None, person.attended)
            and self.part in (None, person.part)
            and self.agency_kind in (None, person.agency_kind)
            and self.agency_id in ("", person.agency_id)
            and (has_declared or not self.declared)
        )

    def covers(self, other: "RightsRow") -> bool:
        """Whether it fits everybody the other one fits."""
        return (
            self.attended in (None, other.attended)
            and self.part in (None, other.part)
            and self.agency_kind in (None, other.agency_kind)
            and self.agency_id in ("", other.agency_id)
            and (other.declared or not self.declared)
        )

    def turned(self, field: str, by: int = 1, agencies: Sequence[str] = ()) -> "RightsRow":
        """The same with the next of the choices for this field, round and round; `agencies` are the ids there are."""
        choices, now = choices_for(field, agencies), getattr(self, field)
        following = choices[((choices.index(now) if now in choices else 0) + by) % len(choices)]
        return self if following == now else self.chosen(field, following)

    def chosen(self, field: str, value: Choice) -> "RightsRow":
        """The same with this choice for this field; one agency and a kind of agency take each other's place."""
        gives_way = {"agency_id": ("agency_kind", None), "agency_kind": ("agency_id", "")}
        other = dict([gives_way[field]]) if field in gives_way else {}
        return replace(self, **{field: value, **other})  # type: ignore[arg-type]  # the fields are of as many kinds

    def who(self, agency: str = "") -> str:
        """'member, police, present'; `agency` is the name of the one it is about."""
        words = [
            self.part.value if self.part else "",
            (agency or "one agency") if self.agency_id else "",
            self.agency_kind.value if self.agency_kind else "",
            self.attended.value if self.attended else "",
            "declared an interest" if self.declared else "",
        ]
        return ", ".join(filter(None, words)) or "everyone else"

    def plain(self) -> tuple[str, ...]:
        """As a table keeps it."""
        parts = (self.rights, self.attended, self.part, self.agency_kind)
        declared = "declared" if self.declared else ""
        return (*("" if one is None else str(one.value) for one in parts), self.agency_id, declared)

    @classmethod
    def of(cls, plain: Sequence[str]) -> "RightsRow":
        """From what a table keeps."""
        rights, attended, part, kind, agency_id, declared = plain
        return cls(
            Rights(rights),
            Attended(attended) if attended else None,
            Part(part) if part else None,
            AgencyKind(kind) if kind else None,
            agency_id,
            bool(declared),
        )


CHOICES: Mapping[str, tuple[Choice, ...]] = {  # what a row may say of each; the first of all but rights fits everybody
    "rights": tuple(Rights),
    "part": (None, *Part),
    "attended": (None, Attended.PRESENT, Attended.APOLOGIES, Attended.ABSENT),
    "agency_kind": (None, *AgencyKind),
    "agency_id": ("",),
    "declared": (False, True),
}


def choices_for(field: str, agencies: Iterable[str] = ()) -> tuple[Choice, ...]:
    """What a row may say of a field, where these agencies are at the table."""
    return (*CHOICES[field], *(agencies if field == "agency_id" else ()))


@dataclass(frozen=True)
class RightsTable:
    """One table: proposed by whoever keeps the minutes, in force from a day once a chair has approved it. Earlier ones
    stay. `name` is the ready set it began as."""

    id: str
    number: int
    valid_from: date
    rows: tuple[tuple[str, ...], ...]
    name: str
    proposed_at: datetime
    proposed_by: str
    approved_at: datetime | None = None
    approved_by: str = ""

    @property
    def rights(self) -> tuple[RightsRow, ...]:
        """Its rows."""
        return tuple(map(RightsRow.of, self.rows))


@dataclass(frozen=True)
class ReadySet:
    """A table to begin with."""

    name: str
    rows: tuple[RightsRow, ...]


_CHAIR = RightsRow(Rights.WHOLE, part=Part.CHAIR)
_MINUTE_TAKER = RightsRow(Rights.WHOLE, part=Part.MINUTE_TAKER)
_NO_OBSERVERS = RightsRow(Rights.NOTHING, part=Part.OBSERVER)
READY = (
    ReadySet(
        "Everyone present: whole",
        (
            _CHAIR,
            _MINUTE_TAKER,
            _NO_OBSERVERS,
            RightsRow(Rights.WHOLE, Attended.PRESENT, Part.MEMBER),
            RightsRow(Rights.OWN_AGENCY),
        ),
    ),
    ReadySet(
        "Own agency's cases and actions",
        (_CHAIR, _MINUTE_TAKER, _NO_OBSERVERS, RightsRow(Rights.OWN_AGENCY)),
    ),
    ReadySet(
        "Actions only",
        (_CHAIR, _MINUTE_TAKER, _NO_OBSERVERS, RightsRow(Rights.ACTIONS_ONLY)),
    ),
)


def idle_rows(rows: Sequence[RightsRow]) -> frozenset[int]:
    """The places of the rows that never decide: an earlier one fits everybody they fit."""
    return frozenset(at for at, row in enumerate(rows) if any(earlier.covers(row) for earlier in rows[:at]))


def in_force(tables: Iterable[RightsTable], on: date) -> RightsTable | None:
    """The table that counts on a day: of those approved and begun, the latest."""
    begun = [one for one in tables if one.approved_at is not None and one.valid_from <= on]
    return max(begun, key=lambda one: (one.valid_from, one.number), default=None)


def decide(rows: Iterable[RightsRow], person: Recipient, *, has_declared: bool) -> tuple[Rights, str]:
    """What somebody may have, and why: the words of the row that decided. No row decides for whoever joined since."""
    if person.attended is Attended.SINCE:
        return Rights.NOTHING, JOINED_SINCE
    for row in rows:
        if row.fits(person, has_declared=has_declared):
            return row.rights, row.who(person.agency)
    return Rights.NOTHING, "no row of the table of rights applies to them"
