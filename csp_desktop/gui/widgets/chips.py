"""Small rounded words in a row that wraps: what a typed line was understood as, or choices offered."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import Ink, Painted, avatar, box, symbol, width_of
from csp_desktop.gui.style.theme import SEMIBOLD, Tone
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import PRESS, Action, which
from csp_desktop.gui.window.keys import is_enter, letter, step_of

LEAST = 180  # px, room for a name


@dataclass(frozen=True)
class Chip:
    """`key` is given back when it is pressed; `person` draws the avatar, `icon` an icon; a MEDIUM tone asks. `number`
    is the digit that presses it while the chips have the focus."""

    text: str
    key: str = ""
    person: str = ""
    group: str = ""
    icon: str = ""
    tone: Tone = Tone.ACCENT
    number: int = 0


ASIDE = (Action("the choice beside it", ("Left",)), Action("the choice beside it", ("Right",)))


BY_NUMBER = tuple(Action("press the choice with this number", (str(number),)) for number in range(1, 10))


class Chips(Painted):
    """Pressable with the mouse; with the keyboard the arrows choose, Space or Enter presses, and so does a choice's
    digit. `left` when the arrow up leaves the first one, or with the letter that was typed."""

    pressed = Signal(str)
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: tuple[Chip, ...] = ()
        self._at, self._marked = 0, -1
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def chips(self) -> tuple[Chip, ...]:
        """Those shown."""
        return self._chips

    def set_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these; chips with a key can be pressed."""
        if chips == self._chips:
            return
        pressable = [number for number, chip in enumerate(chips) if chip.key]
        self._chips, self._at, self._marked = chips, pressable[0] if pressable else 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if pressable else Qt.FocusPolicy.NoFocus)
        self.describe(", ".join(chip.text for chip in chips) or "Nothing recognised yet")
        self.updateGeometry()
        self.update()

    def choose_first(self) -> bool:
        """Take the focus at the first that can be pressed; False where there is none."""
        pressable = [number for number, chip in enumerate(self._chips) if chip.key]
        if pressable:
            self._at = pressable[0]
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._step(0)
        return bool(pressable)

    def _step(self, step: int) -> None:
        """To another that can be pressed; a screen reader says which."""
        pressable = [number for number, chip in enumerate(self._chips) if chip.key]
        if not pressable:
            return
        self._at = pressable[(pressable.index(self._at) + step) % len(pressable)]
        announce(self, self._chips[self._at].text)
        self.update()

    def _is_first(self) -> bool:
        return not any(chip.key for chip in self._chips[: self._at])

    def mark(self, at: int) -> None:
        """Fill the one that Enter in the field beside would take, -1 for none."""
        self._marked = at
        self.update()

    def _width(self, chip: Chip) -> int:
        lead = self.theme.px(28) if chip.person else self.theme.px(30) if chip.icon else self.theme.px(12)
        lead += self.theme.px(16) if chip.number else 0
        return lead + width_of(self.theme, chip.text, Ink(13, "#000000", SEMIBOLD)) + self.theme.px(13)

    def places(self, width: int) -> list[QRectF]:
        """Where each chip stands when the row is so wide."""
        px, left, top, placed = self.theme.px, 0.0, 0.0, []
        for chip in self._chips:
            wide = min(self._width(chip), max(width, 1))
            if left and left + wide > width:
                left, top = 0.0, top + px(36)
            placed.append(QRectF(left, top, wide, px(30)))
            left += wide + px(8)
        return placed

    def heightForWidth(self, width: int) -> int:
        """One row, or more where they wrap."""
        placed = self.places(width)
        return int(placed[-1].bottom()) + 1 if placed else self.theme.px(30)

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def sizeHint(self) -> QSize:
        """All in one row."""
        wide = sum(self._width(chip) + self.theme.px(8) for chip in self._chips)
        return QSize(wide, self.heightForWidth(max(wide, 1)))

    def minimumSizeHint(self) -> QSize:
        """The widest chip, as far as a narrow column has room: longer words end in dots, nothing scrolls sideways."""
        widest = max([0, *(self._width(chip) for chip in self._chips)])
        return QSize(min(widest, self.theme.px(LEAST)), self.theme.px(30))

    def draw(self, painter: QPainter) -> None:
        """Each chip with its avatar or icon."""
        px, tokens = self.theme.px, self.theme.tokens
        for index, (chip, rect) in enumerate(zip(self._chips, self.places(self.width()), strict=True)):
            asks = chip.tone is not Tone.ACCENT
            ink, ground = tokens.tone(chip.tone)
            ring, marked = self.hasFocus() and index == self._at, index == self._marked
            if marked:
                ink, ground = tokens.on_accent, tokens.accent
            border = ink if asks or ring else tokens.accent if chip.key else tokens.line
            box(painter, rect, rect.height() / 2, ground, border, 2.0 if ring else 1.0)
            left = rect.left()
            if chip.number:
                digit = Ink(12, ink if asks or marked else tokens.ink2, SEMIBOLD, True)
                self.write(painter, QRectF(left + px(10), rect.top(), px(12), rect.height()), str(chip.number), digit)
                left += px(16)
            at = left + px(12)
            if chip.person:
                disc = QRectF(left + px(4), rect.top() + px(4), px(22), px(22))
                avatar(painter, self.theme, disc, chip.person)
                at = left + px(32)
            elif chip.icon:
                symbol(painter, self.theme, chip.icon, left + px(9), rect.center().y(), 15, ink)
                at = left + px(30)
            word = Ink(13, ink if asks or marked else tokens.ink, SEMIBOLD)
            self.write(painter, QRectF(at, rect.top(), rect.right() - at - px(6), rect.height()), chip.text, word)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the chip under the pointer."""
        for chip, rect in zip(self._chips, self.places(self.width()), strict=True):
            if chip.key and rect.contains(event.position()):
                self.pressed.emit(chip.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose among those that can be pressed, Space or Enter presses, a digit presses the one it stands on;
        what else is typed belongs to the line."""
        aside, down, by_number = which(event, ASIDE), step_of(event), which(event, BY_NUMBER)
        numbered = [chip.key for chip in self._chips if by_number is not None and str(chip.number) == by_number.keys[0]]
        if aside is not None and self._chips:
            self._step(1 if aside is ASIDE[1] else -1)
        elif down < 0 and self._is_first():
            self.left.emit("")
        elif down and self._chips:
            self._step(down)
        elif numbered:
            self.pressed.emit(numbered[0])
        elif (is_enter(event) or PRESS.pressed(event)) and self._chips[self._at].key:
            self.pressed.emit(self._chips[self._at].key)
        elif letter(event) and letter(event) != " ":
            self.left.emit(letter(event))
        else:
            super().keyPressEvent(event)
