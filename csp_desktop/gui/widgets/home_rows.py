"""What both homes show: the rows of what needs someone, where each leads, and the number of a countdown."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from csp_desktop.domain.cases.cases import Band
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.home.home import Countdown
from csp_desktop.services.home.home_needs import Need, NeedKind


class StepLook(NamedTuple):
    """The page a next step leads to, and the icon of its button."""

    stem: str
    icon: str = "chevron-right"


class NeedLook(NamedTuple):
    """The icon of one kind of need, and the page it leads to; `part` is what the page is entered with where the need is
    about no record."""

    icon: str
    stem: str
    part: str = ""


FILE_NEEDS: dict[Enum, NeedLook] = {
    NeedKind.HAND_OVER_LEFT: NeedLook("triangle-alert", "safekeeping"),
    NeedKind.BACKUP_FAILED: NeedLook("triangle-alert", "safekeeping"),
    NeedKind.BACKUP: NeedLook("save", "safekeeping"),
    NeedKind.BACKUP_TRIAL: NeedLook("history", "safekeeping", "try"),
}


def need_entries(needs: Sequence[Need], looks: Mapping[Enum, NeedLook]) -> list[Entry]:
    """One row each; the key is its place."""
    return [
        Entry(
            str(at),
            need.title,
            need.detail,
            icon=looks[need.kind].icon,
            tile=Tone(need.tone),
            pill=need.when,
            pill_tone=Tone(need.tone) if need.tone != "accent" else Tone.NEUTRAL,
            people=need.officers,
            totals=tuple((str(total), BAND_TONES[Band(band) if band else None]) for total, band in need.totals),
        )
        for at, need in enumerate(needs)
    ]


def big_number(countdown: Countdown) -> tuple[str, str, Tone | None]:
    """The number of a countdown, its unit and its colour."""
    if countdown.days is None:
        return "None", "", None
    days = abs(countdown.days)
    unit = ("day" if days == 1 else "days") + (" ago" if countdown.days < 0 else "")
    return str(days), unit, Tone.MEDIUM if countdown.tone == "medium" else None
