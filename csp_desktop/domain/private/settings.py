"""What the private meeting can change for itself. One record of the private file; the defaults are common practice."""

from dataclasses import dataclass


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
