"""What a partnership can change: clocks, deadlines, names and text sizes, in one record and the table of its fields;
and what it is called.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time

from csp_desktop.domain.common.fields import Choice, Field, Line, Number, Numbers, Switch, Texts, Time, Unit
from csp_desktop.domain.file.idle_lock import LockAfter

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
    acknowledge_days: int = 3  # working days, of a referral that came in; the referrer hears as soon
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
    leave_early: tuple[str, ...] = ()  # names of agencies that may have to leave before the end
    early_first: bool = False  # the walk is proposed with their cases first; else the clocks' order alone
    agenda_minutes: tuple[tuple[str, int], ...] = field(default=())  # item kind value → planned minutes
    disclosure_purpose: str = DISCLOSURE_PURPOSE
    disclosure_basis: str = DISCLOSURE_BASIS
    retention_years: int = 6  # after closure
    minutes_years: int = 6  # after the meeting, these four: see domain.cases.record_periods
    signatures_years: int = 6
    comments_years: int = 1
    registers_years: int = 6
    incoming_years: int = 1  # a referral that came in and became no case, after the referrer was informed
    retention_confirmed: bool = False  # until then the years are illustrative
    text_size: int = 100  # per cent
    theme: str = "light"
    lock_after_minutes: int = 10  # without a key or the mouse
    lock_after_minutes_in_meeting: int = 45
    hide_from_capture: bool = False  # the window stays out of pictures of the screen; it is projected, so not by itself
    made_as_sample_on: date | None = None  # set only in the sample partnership: its "today"

    @property
    def lock_after(self) -> LockAfter:
        """Longer while a meeting runs, since people talk for minutes without a key."""
        return LockAfter(self.lock_after_minutes, self.lock_after_minutes_in_meeting)


DAYS, WEEKS, MONTHS, YEARS = Unit("day", "days"), Unit("week", "weeks"), Unit("month", "months"), Unit("year", "years")
MINUTES, MIN, PER_CENT = Unit("minute", "minutes"), Unit("min", "min"), Unit("%", "%")
MOST_ITEM_MINUTES = 180
MOST_WORDS = 1000  # letters of a purpose or a lawful basis
_NAMED = "Give the partnership and its town a name: both are on every paper."
_WORDED = "Purpose and lawful basis are on every disclosure line: neither may be empty."
_AREAS = "There must be at least one area of work, and each needs a name."
_HOLDS = "Give from 1 to 365 days as the limit for assessments."

FIELDS: tuple[Field, ...] = (
    Line("partnership", "&Partnership", section="partnership", subject="The partnership’s name", needed=_NAMED),
    Line("town", "&Town", section="partnership", subject="The town’s name", needed=_NAMED),
    Texts(
        "bodies",
        "Boards this group reports to, and when",
        spoken="Boards",
        section="partnership",
        columns=("Board", "When"),
        add="Add a board",
        subject="The board’s name",
        unnamed="Each board needs a name. Remove the row if it is not wanted.",
    ),
    Time("slot_starts", "Slot &from", section="meeting"),
    Time("slot_ends", "Slot t&o", section="meeting"),
    Number(
        "meeting_every_weeks",
        "Meets ever&y",
        section="meeting",
        unit=WEEKS,
        least=1,
        most=13,
        sentence="Give from 1 to 13 weeks between meetings.",
    ),
    Number(
        "circulate_days_before",
        "Circulate &minutes before the next meeting",
        section="meeting",
        unit=DAYS,
        least=1,
        most=28,
        sentence="Give from 1 to 28 days before the next meeting.",
    ),
    Number(
        "case_minutes_most",
        "Ma&ximum minutes for one case",
        section="meeting",
        unit=MIN,
        least=1,
        most=60,
        sentence="Give from 1 to 60 minutes as the maximum for one case.",
    ),
    Line("default_venue", "Usual &venue", section="meeting", subject="The venue"),
    Texts(
        "leave_early",
        "Agencies that may leave early",
        help="Use the agency’s name as it is under People and agencies.",
        section="meeting",
        columns=("Agency",),
        add="Add an agency",
        subject="The agency’s name",
        unnamed="Give the agency’s name, or remove the row.",
    ),
    Switch("early_first", "Their cases come firs&t", section="meeting"),
    Numbers(
        "agenda_minutes",
        "Minutes for each item of the agenda",
        section="meeting",
        least=0,
        most=MOST_ITEM_MINUTES,
        sentence=f"Give from 0 to {MOST_ITEM_MINUTES} minutes for an item.",
    ),
    Number(
        "first_review_days",
        "&First review after",
        help="Counted from the date a case was created in Safety Net.",
        section="clocks",
        unit=DAYS,
        least=1,
        most=90,
        sentence="Give from 1 to 90 days for the first review.",
    ),
    Number(
        "risk_drop_months",
        "Risk to re&duce within",
        help="The leaflet says risk reduces within one month.",
        section="clocks",
        unit=MONTHS,
        least=1,
        most=12,
        sentence="Give from 1 to 12 months for the risk to reduce.",
    ),
    Number(
        "monitoring_months",
        "&Monitoring lasts",
        help="After de-escalation; then the case is closed or escalated.",
        section="clocks",
        unit=MONTHS,
        least=1,
        most=12,
        sentence="Give from 1 to 12 months of monitoring.",
    ),
    Number(
        "acknowledge_days",
        "&Acknowledge a referral within",
        help="Working days after a partner’s referral came in; the referrer is informed as soon after the decision.",
        section="clocks",
        unit=DAYS,
        least=1,
        most=20,
        sentence="Give from 1 to 20 working days to acknowledge a referral.",
    ),
    Number(
        "high_review_days",
        "High",
        spoken="Limit for assessments at level High",
        help="A case at this level must be assessed again within this many days.",
        section="assessments",
        unit=DAYS,
        least=1,
        most=365,
        sentence=_HOLDS,
    ),
    Number(
        "medium_review_days",
        "Medium",
        spoken="Limit for assessments at level Medium",
        help="Also used where Safety Net gives no level.",
        section="assessments",
        unit=DAYS,
        least=1,
        most=365,
        sentence=_HOLDS,
    ),
    Number(
        "standard_review_days",
        "Standard",
        spoken="Limit for assessments at level Standard",
        help="The lowest level.",
        section="assessments",
        unit=DAYS,
        least=1,
        most=365,
        sentence=_HOLDS,
    ),
    Texts(
        "areas",
        "Areas",
        spoken="Areas of work",
        section="areas",
        columns=("Area of work",),
        add="Add an area",
        subject="The area’s name",
        unnamed=_AREAS,
        needed=_AREAS,
    ),
    Texts(
        "area_aliases",
        "Other names in exports",
        spoken="Other names",
        help="An export that uses the other name is counted under the area.",
        section="areas",
        columns=("Name in the export", "Counted under"),
        add="Add another name",
        subject="The other name",
        unnamed="Give the other name as written in the exports, or remove the row.",
    ),
    Line(
        "isp_version",
        "&Version in force",
        section="protocol",
        subject="The version",
        needed="Give the version of the protocol: it shows which signatures are out of date.",
    ),
    Number(
        "isp_valid_years",
        "Valid for",
        section="protocol",
        unit=YEARS,
        least=1,
        most=10,
        sentence="Give from 1 to 10 years for which the protocol is valid.",
    ),
    Line(
        "disclosure_purpose",
        "&Purpose on every disclosure line",
        section="disclosure",
        subject="The purpose",
        most=MOST_WORDS,
        needed=_WORDED,
    ),
    Line(
        "disclosure_basis",
        "Lawful &basis on every disclosure line",
        section="disclosure",
        subject="The lawful basis",
        most=MOST_WORDS,
        needed=_WORDED,
    ),
    *(
        Number(
            name,
            label,
            spoken=spoken,
            section="records",
            unit=YEARS,
            least=1,
            most=30,
            sentence=f"{kept} from 1 to 30 years. Correct the number.",
        )
        for name, label, spoken, kept in (
            ("minutes_years", "&Minutes", "Years minutes are kept", "Minutes are kept"),
            ("signatures_years", "&Signatures", "Years signatures are kept", "Signatures are kept"),
            ("comments_years", "&Comments on minutes", "Years comments are kept", "Comments are kept"),
            ("registers_years", "Circulation &register", "Years registers are kept", "Registers are kept"),
        )
    ),
    Number(
        "retention_years",
        "Years a closed case is kept",
        section="retention",
        unit=YEARS,
        least=1,
        most=30,
        sentence="Give from 1 to 30 years for closed cases.",
    ),
    Number(
        "incoming_years",
        "Years a referral that became no case is kept",
        section="retention",
        unit=YEARS,
        least=1,
        most=30,
        sentence="Give from 1 to 30 years for referrals that became no case.",
    ),
    Number(
        "lock_after_minutes",
        "Locks &after",
        help="Time without keyboard or mouse use. You are warned one minute before.",
        section="locking",
        unit=MINUTES,
        least=1,
        most=60,
        sentence="Give from 1 to 60 minutes without use before the program locks.",
    ),
    Number(
        "lock_after_minutes_in_meeting",
        "Du&ring a meeting",
        spoken="Locks after, during a meeting",
        help="Longer, because people talk without using the keyboard.",
        section="locking",
        unit=MINUTES,
        least=5,
        most=120,
        sentence="Give from 5 to 120 minutes without use during a meeting.",
    ),
    Switch("hide_from_capture", "Bloc&k screenshots (Windows only)", section="locking"),
    Number(
        "text_size",
        "&Text size",
        help="100 to 200 %. The whole layout grows with the text.",
        section="appearance",
        unit=PER_CENT,
        least=100,
        most=200,
        sentence="Give a text size from 100 to 200 per cent.",
    ),
    Choice(
        "theme",
        "Theme",
        section="appearance",
        choices=(
            ("light", "&Light"),
            ("dark", "&Dark"),
            ("contrast", "&High contrast"),
            ("system", "Same as the &computer"),
        ),
        sentence="Choose one of the themes.",
    ),
)


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
