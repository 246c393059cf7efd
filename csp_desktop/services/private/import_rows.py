"""What the reader of a list of people sleeping rough hands over."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.private.people import Accommodation, Consent
from csp_desktop.services.common.import_columns import ColumnMapping, LeftOut
from csp_desktop.services.common.import_rows import ImportWarning, Refusal


@dataclass(frozen=True)
class RoughSleeperLine:
    """One row of a list of people sleeping rough; an empty field says nothing."""

    line: int
    name: str
    aliases: tuple[str, ...]
    initials: str
    headline: str
    contact: str
    needs: tuple[str, ...]
    accommodation: Accommodation | None
    accommodation_since: date | None
    consent: Consent | None
    consent_on: date | None
    consent_limits: str
    begging: str
    seen_on: date | None
    seen_where: str
    seen_by: str
    safety_net: str


@dataclass(frozen=True)
class RoughSleeperFile:
    """A list of people as read: rows in order, and those refused."""

    name: str
    rows: tuple[RoughSleeperLine, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[ImportWarning, ...] = ()
    mapping: ColumnMapping | None = None
    left_out: tuple[LeftOut, ...] = ()
    named: frozenset[str] = frozenset()  # every name in it, folded, also of rows that are refused
