"""Colours, sizes and fonts of the program, in one value every widget reads.

There is one theme in force, as there is one palette of Qt's, so that a promoted widget made by a form needs nothing
passed in. Putting a new one in force (`style.apply`) sends every widget a style change event, upon which painted
widgets measure and draw themselves again.
"""

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont

FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans")
REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700
SMALLEST, LARGEST = 1.0, 2.0


class Tone(Enum):
    """What a colour says; always beside a word or an arrow, never alone."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NEUTRAL = "neutral"
    ACCENT = "accent"


class Tokens(NamedTuple):
    """The named colours of one look, as #RRGGBB."""

    name: str
    dark: bool
    bg: str
    canvas: str
    surface: str
    sunken: str
    line: str
    line2: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    tint: str
    high: str
    high_bg: str
    medium: str
    medium_bg: str
    low: str
    low_bg: str
    broken: str
    due: str
    kept: str
    idle_bar: str
    idle_second: str
    idle_line: str
    bar: str = "#0D1728"
    bar_ink: str = "#F4F7FB"
    bar_second: str = "#B9C4D6"
    bar_line: str = "#2A3852"
    bar_done: str = "#8FB1FF"
    plum_bar: str = "#3B1440"
    plum_second: str = "#DFC7E4"
    plum_line: str = "#74407C"
    plum_done: str = "#E2A9EC"
    amber: str = "#FFC46B"
    live: str = "#FF6B5E"

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Text colour and ground of a tone."""
        return {
            Tone.HIGH: (self.high, self.high_bg),
            Tone.MEDIUM: (self.medium, self.medium_bg),
            Tone.LOW: (self.low, self.low_bg),
            Tone.NEUTRAL: (self.ink2, self.sunken),
            Tone.ACCENT: (self.accent, self.tint),
        }[tone]


LIGHT = Tokens(
    name="light",
    dark=False,
    bg="#F3F4F7",
    canvas="#E3E7ED",
    surface="#FFFFFF",
    sunken="#F8F9FB",
    line="#DFE3EA",
    line2="#7E899C",
    ink="#131A26",
    ink2="#414B5C",
    ink3="#5B6577",
    accent="#1C4ED0",
    on_accent="#FFFFFF",
    tint="#E9EFFD",
    high="#A3170B",
    high_bg="#FCE6E3",
    medium="#874600",
    medium_bg="#FDEFD3",
    low="#0A5C36",
    low_bg="#DDF2E5",
    broken="#C2311F",
    due="#C77700",
    kept="#2E8B5B",
    idle_bar="#343D4C",
    idle_second="#C4CCD9",
    idle_line="#566176",
)
DARK = Tokens(
    name="dark",
    dark=True,
    bg="#0E131B",
    canvas="#0A0E15",
    surface="#161D28",
    sunken="#121822",
    line="#2A3444",
    line2="#75829A",
    ink="#EEF2F8",
    ink2="#C3CCDA",
    ink3="#9AA6B8",
    accent="#8FB1FF",
    on_accent="#0E131B",
    tint="#1D2A47",
    high="#FFB0A6",
    high_bg="#4A1712",
    medium="#FFCB80",
    medium_bg="#432B08",
    low="#8FE0B0",
    low_bg="#0F3A24",
    broken="#FF8F82",
    due="#F0B04A",
    kept="#5CC08B",
    idle_bar="#1C232F",
    idle_second="#B4BFCE",
    idle_line="#3C4759",
)
CONTRAST = Tokens(
    name="contrast",
    dark=True,
    bg="#000000",
    canvas="#000000",
    surface="#000000",
    sunken="#0B0B0B",
    line="#9A9A9A",
    line2="#FFFFFF",
    ink="#FFFFFF",
    ink2="#FFFFFF",
    ink3="#E6E6E6",
    accent="#FFE14D",
    on_accent="#000000",
    tint="#2A2400",
    high="#FFB9B0",
    high_bg="#330500",
    medium="#FFD27A",
    medium_bg="#2B1C00",
    low="#8CF0B0",
    low_bg="#002612",
    broken="#FF8F82",
    due="#F7C25C",
    kept="#6FE0A0",
    idle_bar="#000000",
    idle_second="#FFFFFF",
    idle_line="#FFFFFF",
    bar="#000000",
    bar_ink="#FFFFFF",
    bar_second="#FFFFFF",
    bar_line="#9A9A9A",
    bar_done="#FFE14D",
    plum_bar="#2B002F",
    plum_second="#FFFFFF",
    plum_line="#D9A3E0",
    plum_done="#F0B8F8",
    live="#FF9A8F",
)
FIXED = {tokens.name: tokens for tokens in (LIGHT, DARK, CONTRAST)}


def private(tokens: Tokens) -> Tokens:
    """The same look in plum, for the private meeting's own window."""
    accent, tint = ("#E2A9EC", "#35203B") if tokens.dark else ("#7A2784", "#F6EBF8")
    if tokens.name == CONTRAST.name:
        accent, tint = "#F0B8F8", "#2B002F"
    return tokens._replace(
        name=f"{tokens.name}-private",
        accent=accent,
        tint=tint,
        bar=tokens.plum_bar,
        bar_second=tokens.plum_second,
        bar_line=tokens.plum_line,
        bar_done=tokens.plum_done,
    )


def is_private(tokens: Tokens) -> bool:
    """Whether it is the private meeting's look."""
    return tokens.name.endswith("-private")


class Theme(NamedTuple):
    """A look and a text size (1.0 to 2.0; the whole layout grows with the text)."""

    tokens: Tokens = LIGHT
    scale: float = 1.0

    def px(self, size: float) -> int:
        """A length of the design, in the pixels of this text size."""
        return round(size * self.scale)

    def font(self, size: float, weight: int = REGULAR, tabular: bool = False) -> QFont:
        """A font of the design's pixel size; `tabular` keeps digits under one another."""
        return _font(round(size * self.scale), weight, tabular)


@lru_cache(maxsize=256)
def _font(pixels: int, weight: int, tabular: bool) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if pixels >= 24:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 97.5)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


_IN_FORCE = [Theme()]  # plain light before any was applied (a widget shown alone in Designer)


def current() -> Theme:
    """The theme in force; asked some thousand times for one paint."""
    return _IN_FORCE[0]


def put_in_force(theme: Theme) -> None:
    """From now on; `style.apply` tells the widgets."""
    _IN_FORCE[0] = theme


def colour(value: str, alpha: float = 1.0) -> QColor:
    """A token as a colour, optionally see-through."""
    made = QColor(value)
    made.setAlphaF(alpha)
    return made
