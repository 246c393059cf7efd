"""What a partnership can change: clocks, deadlines, names and text sizes, in one record; and what it is called."""

import re
from dataclasses import dataclass, field
from datetime import date, time

AREAS = (
    "Repeat victims of ASB",
    "Adults with complex needs",
    "Exploitation and extremism",
    "Youth violence and violence against women and girls",
    "Community wellbeing",
    "Acquisitive crime",
)
AREA_ALIASES = (("Youth violence and VAWG", "Youth violence and violence against women and girls"),)
BODIES = (
    ("One Watford", "quarterly"),
    ("Responsible Authorities Group", "annual plan, monthly report"),
    ("Community Protection Group", "monthly"),
    ("Weekly case review", "weekly"),
    ("Daily briefing", "daily"),
)
DISCLOSURE_PURPOSE = "Preventing and reducing crime, disorder and anti-social behaviour, and safeguarding those at risk"
DISCLOSURE_BASIS = "Crime and Disorder Act 1998, section 115; UK GDPR Article 6(1)(e); information sharing protocol"


@dataclass(frozen=True)
class Settings:
    """The partnership's own numbers and names; the defaults are the newer leaflet's and the terms of reference's."""

    id: str = "settings"
    partnership: str = "Community Safety Partnership"
    town: str = "Watford"
    bodies: tuple[tuple[str, ...], ...] = BODIES  # name, how often, key; a file of 0.1.0 has no keys: see `keyed`
    areas: tuple[str, ...] = AREAS
    area_aliases: tuple[tuple[str, str], ...] = AREA_ALIASES
    first_review_days: int = 14
    risk_drop_months: int = 1
    monitoring_months: int = 1
    high_review_days: int = 28  # so long an assessment holds, by level: illustrative, Safety Net does not say
    medium_review_days: int = 28
    standard_review_days: int = 56
    circulate_days_before: int = 7
    meeting_every_weeks: int = 4
    slot_starts: time = time(14, 0)
    slot_ends: time = time(16, 0)
    case_minutes_most: int = 15
    isp_version: str = "1"
    isp_valid_years: int = 2
    default_venue: str = ""
    agenda_minutes: tuple[tuple[str, int], ...] = field(default=())  # item kind value → planned minutes
    disclosure_purpose: str = DISCLOSURE_PURPOSE
    disclosure_basis: str = DISCLOSURE_BASIS
    retention_years: int = 6  # after closure
    retention_confirmed: bool = False  # until then the years are illustrative
    text_size: int = 100  # per cent, 100–200
    theme: str = "light"  # light, dark
    lock_after_minutes: int = 10  # without a key or the mouse
    lock_after_minutes_in_meeting: int = 45
    hide_from_capture: bool = False  # the window stays out of pictures of the screen; it is projected, so not by itself
    made_as_sample_on: date | None = None  # set only in the sample partnership: its "today"


_COUNCIL = re.compile(
    r"(?:(?:london |royal |metropolitan )*(?:borough|city|town) of )?"
    r"(?P<town>.+?)"
    r"(?: (?:metropolitan )?(?:borough|city|district|town))?(?: council)?",
    re.IGNORECASE,
)


def paper_name(town: str, partnership: str) -> str:
    """'Testford Community Safety Partnership'; the name alone where the town stands in it already."""
    town, partnership = " ".join(town.split()), " ".join(partnership.split())
    return partnership if town.casefold() in partnership.casefold() else f"{town} {partnership}".strip()


def town_of(agency: str) -> str:
    """'Testford' for Testford Borough Council: a partnership is its council's district. Nothing for other agencies."""
    agency = " ".join(agency.split())
    words = agency.casefold().split()
    if "county" in words or not {"council", "borough"} & set(words):
        return ""
    found = _COUNCIL.fullmatch(agency)
    town = found["town"] if found else ""
    return "" if town.casefold() in ("", "borough", "council") else town
