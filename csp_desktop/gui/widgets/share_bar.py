"""A whole and its parts in one bar, with the parts' numbers and words beneath: 7 done, 2 carried on, 21 to go."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import SEMIBOLD, Tone
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import Ink, box, dot, width_of


@dataclass(frozen=True)
class Share:
    """One part: how many, in what words, in what tone (neutral: what is left)."""

    count: int
    words: str
    tone: Tone


class ShareBar(Painted):
    """The words wrap where the column is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[Share, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_shares(self, shares: Sequence[Share]) -> None:
        """The parts from the left."""
        self._shares = tuple(shares)
        self.describe(", ".join(f"{share.count} {share.words}" for share in self._shares))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Bar and as many lines as the words need."""
        places = self._places(width)
        return int(places[-1].bottom()) + 1 if places else self.theme.px(16)

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(self.theme.px(280), self.heightForWidth(self.theme.px(280)))

    def minimumSizeHint(self) -> QSize:
        """The longest word."""
        return QSize(self.theme.px(140), self.theme.px(40))

    def _inks(self) -> tuple[Ink, Ink]:
        tokens = self.theme.tokens
        return Ink(13, tokens.ink, SEMIBOLD, True), Ink(12, tokens.ink2)

    def _places(self, width: int) -> list[QRectF]:
        px, (strong, plain) = self.theme.px, self._inks()
        left, top, placed = 0.0, float(px(22)), []
        for share in self._shares:
            wide = px(22) + width_of(self.theme, f"{share.count} ", strong) + width_of(self.theme, share.words, plain)
            if left and left + wide > width:
                left, top = 0.0, top + px(21)
            placed.append(QRectF(left, top, wide, px(20)))
            left += wide + px(12)
        return placed

    def draw(self, painter: QPainter) -> None:
        """The bar, then each part's dot, number and word."""
        px, tokens = self.theme.px, self.theme.tokens
        whole = sum(share.count for share in self._shares)
        box(painter, QRectF(0, 0, self.width(), px(13)), px(5), tokens.line)
        left = 0.0
        for share in self._shares:
            wide = self.width() * share.count / whole if whole else 0
            if wide and share.tone is not Tone.NEUTRAL:
                box(painter, QRectF(left, 0, max(px(3), wide - px(2)), px(13)), px(3), tokens.tone(share.tone)[0])
            left += wide
        strong, plain = self._inks()
        for share, place in zip(self._shares, self._places(self.width()), strict=True):
            colour = tokens.ink3 if share.tone is Tone.NEUTRAL else tokens.tone(share.tone)[0]
            dot(painter, QPointF(place.left() + px(5), place.center().y()), px(4), colour)
            number = f"{share.count} "
            wide = width_of(self.theme, number, strong)
            self.write(painter, QRectF(place.left() + px(16), place.top(), wide, px(20)), number, strong)
            at = place.left() + px(16) + wide
            self.write(painter, QRectF(at, place.top(), place.right() - at + 1, px(20)), share.words, plain)
