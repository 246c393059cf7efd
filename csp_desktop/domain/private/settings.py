"""What the private meeting can change for itself: one record of the private file, and the table of its fields.

The defaults are common practice.
"""

from dataclasses import dataclass

from csp_desktop.domain.common.fields import Field, Line, Number, Switch, Texts, Unit
from csp_desktop.domain.file.idle_lock import LockAfter


@dataclass(frozen=True)
class PrivateSettings:
    """Numbers and texts of the private rough-sleeping meeting. Days and months count back from the day asked about."""

    id: str = "private settings"
    new_within_days: int = 31  # first seen bedded down within so many days
    returning_after_days: int = 180  # seen again after so many days without a night out
    long_term_months: int = 3  # seen in so many months of the last twelve
    person_minutes: int = 7
    people_on_list: int = 6  # how many the sub-agenda proposes
    small_count: int = 5  # a released figure below this is given as "fewer than"
    circulate_days: int = 5  # working days after the meeting by which its minutes go to their own list
    needs: tuple[str, ...] = (
        "Physical health",
        "Mental health",
        "Drugs",
        "Alcohol",
        "Immigration status",
        "Benefits or income",
        "Domestic abuse",
        "Leaving prison",
        "Leaving care",
        "A dog",
    )
    marking: str = "OFFICIAL-SENSITIVE"
    circulation: tuple[str, ...] = ()  # the register's members who get the private minutes
    winter_protocol: bool = False  # SWEP is on
    winter_protocol_note: str = ""
    lock_after_preparing: int = 5  # minutes without a key
    lock_after_in_session: int = 15

    @property
    def lock_after(self) -> LockAfter:
        """Never long."""
        return LockAfter(self.lock_after_preparing, self.lock_after_in_session)


DAYS, MONTHS, MINUTES = Unit("day", "days"), Unit("month", "months"), Unit("minute", "minutes")
MOST_NOTE = 240

FIELDS: tuple[Field, ...] = (
    Number(
        "new_within_days",
        "Ne&w",
        help="first seen sleeping rough within this time",
        section="people",
        unit=DAYS,
        least=1,
        most=365,
        sentence="Give from 1 to 365 days for “new”.",
    ),
    Number(
        "returning_after_days",
        "&Returning",
        help="seen sleeping rough again after this long without being seen",
        section="people",
        unit=DAYS,
        least=14,
        most=730,
        sentence="Give from 14 to 730 days for “returning”.",
    ),
    Number(
        "long_term_months",
        "&Long-term",
        help="seen sleeping rough in this many of the last 12 months",
        section="people",
        unit=MONTHS,
        least=2,
        most=12,
        sentence="Give from 2 to 12 months for “long-term”.",
    ),
    Texts(
        "needs",
        "Support needs to choose from",
        spoken="Support needs",
        section="people",
        columns=("Support need",),
        add="Add a support need",
        subject="The need",
    ),
    Number(
        "person_minutes",
        "&Minutes for a person",
        section="session",
        unit=MINUTES,
        least=1,
        most=60,
        sentence="Give from 1 to 60 minutes for a person.",
    ),
    Number(
        "people_on_list",
        "&People proposed for the sub-agenda",
        section="session",
        unit=Unit("person", "people"),
        least=1,
        most=40,
        sentence="Give from 1 to 40 people for the sub-agenda.",
    ),
    Number(
        "small_count",
        "&Smallest figure released",
        help="smaller figures are given as “fewer than”",
        section="session",
        least=2,
        most=20,
        sentence="Give from 2 to 20 as the smallest figure released.",
    ),
    Number(
        "circulate_days",
        "&Days until they are circulated",
        section="minutes",
        unit=Unit("working day", "working days"),
        least=1,
        most=20,
        sentence="Give from 1 to 20 working days.",
    ),
    Line(
        "marking",
        "&Handling marking",
        section="minutes",
        subject="The handling marking",
        needed="The handling marking is on every page of the minutes: it cannot be empty.",
    ),
    Field("circulation", "&Circulation list: Space adds or removes", spoken="Circulation list", section="minutes"),
    Switch("winter_protocol", "Severe weather protocol", section="home"),
    Line(
        "winter_protocol_note",
        "No&te for everyone",
        spoken="Note on the severe weather protocol",
        section="home",
        subject="The note",
        most=MOST_NOTE,
    ),
    Number(
        "lock_after_preparing",
        "While you &prepare",
        section="locking",
        unit=MINUTES,
        least=1,
        most=30,
        sentence="Give from 1 to 30 minutes without use while you prepare.",
    ),
    Number(
        "lock_after_in_session",
        "During a &session",
        section="locking",
        unit=MINUTES,
        least=1,
        most=60,
        sentence="Give from 1 to 60 minutes without use during a session.",
    ),
)
