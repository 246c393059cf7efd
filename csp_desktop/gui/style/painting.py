"""What painted widgets and delegates share, so that a person or a rating looks the same everywhere."""

import zlib
from abc import abstractmethod
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.access_letters import alt_is_held
from csp_desktop.gui.style.theme import BOLD, REGULAR, SEMIBOLD, Theme, Tone, current

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

MOST_WIDTHS = 4096
_WIDTHS: dict[tuple[int, int, bool, int, int], int] = {}  # by the text's hash: no word of a case outlives a lock here
_AVATARS = (
    ("#DBE5FA", "#1D3A7A"),
    ("#D3EFEA", "#0B4F4A"),
    ("#F2DDF6", "#6B1F7A"),
    ("#FBE4C8", "#7A3E06"),
    ("#FBDCE6", "#8A1440"),
    ("#E7EFC8", "#46560C"),
    ("#E2E2FA", "#3A36A0"),
    ("#FCE0DC", "#93221A"),
    ("#D6EEF8", "#0A4A66"),
)
_RANKS = frozenset(
    {"ps", "pc", "pcso", "dc", "ds", "di", "insp", "ci", "supt", "sgt", "dr", "mr", "mrs", "ms", "miss", "cllr", "rev"}
)


class Ink(NamedTuple):
    """How one piece of text is drawn: the design's pixel size, weight, colour."""

    size: float
    colour: str
    weight: int = REGULAR
    tabular: bool = False


def width_of(theme: Theme, text: str, ink: Ink) -> int:
    """The room a text needs, in whole pixels (rounded up)."""
    key = (round(ink.size * theme.scale), ink.weight, ink.tabular, len(text), hash(text))
    if key not in _WIDTHS:
        if len(_WIDTHS) >= MOST_WIDTHS:
            _WIDTHS.clear()
        metrics = QFontMetricsF(theme.font(ink.size, ink.weight, ink.tabular))
        _WIDTHS[key] = int(metrics.horizontalAdvance(text) + 0.999)
    return _WIDTHS[key]


def height_of(theme: Theme, ink: Ink) -> int:
    """The height of one line."""
    return int(QFontMetricsF(theme.font(ink.size, ink.weight, ink.tabular)).height() + 0.999)


def fits(theme: Theme, width: float, text: str, ink: Ink) -> bool:
    """Whether a text fits a width whole."""
    return width_of(theme, text, ink) <= width + 0.5


def write(
    painter: QPainter, theme: Theme, rect: QRect | QRectF, text: str, ink: Ink, align: Qt.AlignmentFlag = LEFT
) -> bool:
    """Write one line into `rect`, with an ellipsis where it does not fit; whether it stood whole."""
    font = theme.font(ink.size, ink.weight, ink.tabular)
    painter.setFont(font)
    painter.setPen(QColor(ink.colour))
    whole = fits(theme, rect.width(), text, ink)
    shown = text if whole else QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(QRectF(rect), int(align) | int(Qt.TextFlag.TextSingleLine), shown)
    return whole


def write_label(
    painter: QPainter, theme: Theme, rect: QRect | QRectF, text: str, ink: Ink, align: Qt.AlignmentFlag = LEFT
) -> None:
    """The same for the words of something to press: `&` marks its access letter, underlined while Alt is held."""
    if not alt_is_held() or not fits(theme, rect.width(), plain(text), ink):
        write(painter, theme, rect, plain(text), ink, align)
        return
    painter.setFont(theme.font(ink.size, ink.weight, ink.tabular))
    painter.setPen(QColor(ink.colour))
    flags = Qt.TextFlag.TextSingleLine.value | Qt.TextFlag.TextShowMnemonic.value
    painter.drawText(QRectF(rect), int(align) | flags, text)


def plain(text: str) -> str:
    """Words as people see them, without the mark of the access letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def fill_rect(painter: QPainter, rect: QRect | QRectF, colour: str) -> None:
    """Fill a rectangle with one colour. Not by `fillRect`: only to choose among its many forms PySide makes the hundred
    and seventy named gradients of Qt, before the first paint."""
    painter.setBackground(QColor(colour))
    painter.eraseRect(rect)


def box(painter: QPainter, rect: QRectF, radius: float, fill: str = "", border: str = "", width: float = 1.0) -> None:
    """A rounded rectangle whose border lies inside `rect`, sharp at any pixel ratio."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    inset = width / 2 if border else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def dot(painter: QPainter, centre: QPointF, radius: float, fill: str, border: str = "", width: float = 2.0) -> None:
    """A disc, or a ring when it has a border."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill))
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.drawEllipse(centre, radius, radius)


def initials_of(name: str) -> str:
    """Two letters for a name, without its rank: "PS Dan Holt" gives DH."""
    words = [word for word in name.replace("-", " ").split() if word.strip(".").lower() not in _RANKS]
    if not words:
        words = name.split()
    letters = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in letters).upper()


def avatar(painter: QPainter, theme: Theme, rect: QRectF, name: str, initials: str = "") -> None:
    """A disc with initials. The colour goes by the name alone, so that a person has one on every screen."""
    ground, letters = _AVATARS[zlib.crc32(name.casefold().encode()) % len(_AVATARS)]
    dot(painter, rect.center(), rect.width() / 2, ground)
    size = rect.width() / theme.scale * (0.36 if rect.width() / theme.scale >= 24 else 0.4)
    write(painter, theme, rect, initials or initials_of(name), Ink(size, letters, SEMIBOLD), CENTRE)


def pill(painter: QPainter, theme: Theme, rect: QRectF, text: str, tone: Tone, size: float = 12) -> None:
    """A word on its tone's ground; the neutral one has a line round it."""
    ink, ground = theme.tokens.tone(tone)
    border = theme.tokens.line if tone is Tone.NEUTRAL else ""
    box(painter, rect, theme.px(6), ground, border)
    write(painter, theme, rect, text, Ink(size, ink, SEMIBOLD, True), CENTRE)


def pill_width(theme: Theme, text: str, size: float = 12) -> int:
    """The room a pill needs."""
    return width_of(theme, text, Ink(size, "#000000", SEMIBOLD, True)) + theme.px(18)


def key_cap(painter: QPainter, theme: Theme, rect: QRectF, text: str, on_accent: bool = False) -> None:
    """A key as it looks on the keyboard: light, with a thicker lower edge."""
    tokens = theme.tokens
    if on_accent:
        box(painter, rect, theme.px(4), "", tokens.on_accent)
        write(painter, theme, rect, text, Ink(11, tokens.on_accent, SEMIBOLD), CENTRE)
        return
    box(painter, rect, theme.px(4), tokens.line)
    box(painter, rect.adjusted(0, 0, 0, -theme.px(1)), theme.px(4), tokens.sunken, tokens.line)
    write(painter, theme, rect, text, Ink(11, tokens.ink2, SEMIBOLD), CENTRE)


def key_cap_width(theme: Theme, text: str) -> int:
    """The room a key cap needs."""
    return max(theme.px(24), width_of(theme, text, Ink(11, "#000000", SEMIBOLD)) + theme.px(16))


def number_disc(painter: QPainter, theme: Theme, rect: QRectF, text: str, filled: bool) -> None:
    """The number of a step: filled while one is in it, a ring before."""
    tokens = theme.tokens
    radius = rect.width() / 2
    if filled:
        dot(painter, rect.center(), radius, tokens.accent)
    else:
        dot(painter, rect.center(), radius - 0.75, tokens.surface, tokens.line2, 1.5)
    ink = Ink(11, tokens.on_accent if filled else tokens.ink2, BOLD, True)
    write(painter, theme, rect, text, ink, CENTRE)


def symbol(painter: QPainter, theme: Theme, name: str, left: float, middle: float, size: float, colour: str) -> None:
    """An icon of the design's size whose left edge and vertical middle are given."""
    pixels = theme.px(size)
    icons.draw(painter, name, QRectF(left, round(middle - pixels / 2), pixels, pixels), colour)


class Painted(QWidget):
    """Keeps what it had to elide in its tooltip. Qt itself has it measured and drawn again when the theme changes. It
    hears of no plain `QEvent`: told of the first one, PySide makes all fifty kinds of Qt's, before the first paint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._elided: list[str] = []

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return current()

    def elided_texts(self) -> list[str]:
        """What was last drawn with an ellipsis; each is whole in the tooltip."""
        return list(self._elided)

    def describe(self, name: str, description: str = "") -> None:
        """What a screen reader says of this widget; told again only when it differs."""
        if self.accessibleName() != name:
            self.setAccessibleName(name)
        if self.accessibleDescription() != description:
            self.setAccessibleDescription(description)

    def write(
        self, painter: QPainter, rect: QRect | QRectF, text: str, ink: Ink, align: Qt.AlignmentFlag = LEFT
    ) -> None:
        """Write one line, remembering what did not fit for the tooltip."""
        if not write(painter, self.theme, rect, text, ink, align):
            self._elided.append(text)

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """What the widget looks like; each draws its own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw, then keep in the tooltip whatever was elided."""
        self._elided = []
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.draw(painter)
        painter.end()
        tip = "\n".join(dict.fromkeys(self._elided))
        if self.toolTip() != tip:
            self.setToolTip(tip)
