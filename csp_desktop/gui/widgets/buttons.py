"""Buttons that draw themselves: the one next step, the other choices, a quiet link, an outcome with its key."""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from csp_desktop.gui.style.painting import (
    LEFT,
    Ink,
    box,
    fits,
    key_cap,
    key_cap_width,
    plain,
    symbol,
    width_of,
    write,
    write_label,
)
from csp_desktop.gui.style.theme import SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.window.keys import is_enter

LOW = 34  # of the choices in a small window
DANGER = "triangle-alert"


class DrawnButton(QPushButton):
    """Icon, words, key cap, centred; never narrower than they need. `&` marks a mnemonic and is not shown."""

    def __init__(
        self, parent: QWidget | None = None, *, text: str = "", icon: str = "", key: str = "", height: int = 36
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._key, self._height = icon, key, height
        self._tight = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does: outside a dialog Qt leaves it to Space alone."""
        if is_enter(event) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return current()

    def words(self) -> str:
        """The text as people see it."""
        return plain(self.text())

    def set_icon(self, name: str) -> None:
        """A Lucide icon before the words."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """The key that does the same, shown as a cap after the words."""
        self._key = key
        self.setAccessibleDescription(f"Key {key}" if key else "")
        self.updateGeometry()
        self.update()

    def set_tight(self, tight: bool) -> None:
        """Its words alone, where a window has no room for icon and key too."""
        if tight != self._tight:
            self._tight = tight
            self.updateGeometry()
            self.update()

    def set_height(self, height: int) -> None:
        """28 in rows, 36 on pages, 44 to 56 in the meeting."""
        self._height = height
        self.updateGeometry()
        self.update()

    def _size(self) -> int:
        return 16 if self._height >= 48 else 14 if self._height >= 40 else 13

    def _content(self) -> tuple[int, int, int]:
        """Widths of icon, words and key with their gaps."""
        theme = self.theme
        words = width_of(theme, self.words(), Ink(self._size(), "#000000", SEMIBOLD))
        if self._tight and words:
            return 0, words, 0
        icon = theme.px(self._size() + 4) + theme.px(8) if self._icon_name else 0
        return icon, words, theme.px(10) + key_cap_width(theme, self._key) if self._key else 0

    def _side(self) -> int:
        return self.theme.px(10 if self._height < 32 else 14 if self._height < 44 else 22)

    def sizeHint(self) -> QSize:
        """What stands in it, and room at both sides."""
        return QSize(sum(self._content()) + 2 * self._side(), self.theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return QSize(sum(self._content()) + self.theme.px(12), self.theme.px(self._height))

    @abstractmethod
    def look(self) -> tuple[str, str, str]:
        """Ground, border and ink for the present state."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, ring when focused, content."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground, border, ink = self.look()
        area = QRectF(self.rect())
        radius = self.theme.px(6 if self._height < 32 else 9)
        box(painter, area, radius, ground, border, 1.0)
        if self.hasFocus():
            draw_focus(painter, self.theme, area, radius, ground)
        self._draw_content(painter, ink)
        painter.end()

    def _draw_content(self, painter: QPainter, ink: str) -> None:
        theme, high = self.theme, self.height()
        icon, words, key = self._content()
        left = (self.width() - icon - words - key) / 2
        if icon:
            symbol(painter, theme, self._icon_name, left, high / 2, self._size() + 4, ink)
        write_label(
            painter, theme, QRectF(left + icon, 0, words + 1, high), self.text(), Ink(self._size(), ink, SEMIBOLD)
        )
        if key:
            tall = theme.px(18)
            rect = QRectF(left + icon + words + theme.px(10), (high - tall) / 2, key - theme.px(10), tall)
            filled = isinstance(self, PrimaryButton) and self.is_next() and self.isEnabled()
            key_cap(painter, theme, rect, self._key, filled)


def once_painted(widget: QWidget, act: Callable[[], object], wait: int = 0) -> None:
    """What the first paint of the window need not wait for, `wait` ms from now at the earliest."""

    def look() -> None:
        if widget.window().property("painted") is False:  # the window says when it was
            once_painted(widget, act, 20)
        else:
            act()

    QTimer.singleShot(wait, widget, look)


def draw_focus(painter: QPainter, theme: Theme, area: QRectF, radius: float, ground: str) -> None:
    """The 2 px ring: ink on a filled button, accent elsewhere."""
    filled = ground == theme.tokens.accent
    box(painter, area, radius, "", theme.tokens.ink if filled else theme.tokens.accent, 2.0)
    if filled:
        box(painter, area.adjusted(2, 2, -2, -2), max(1, radius - 2), "", theme.tokens.on_accent, 1.0)


def plain_look(button: DrawnButton) -> tuple[str, str, str]:
    """Ground, border and ink of any choice that is not the next step."""
    tokens = button.theme.tokens
    if not button.isEnabled():
        return tokens.sunken, tokens.line, tokens.ink3
    if button.isChecked():
        return tokens.tint, tokens.accent, tokens.accent
    return (tokens.sunken if button.isDown() or button.underMouse() else tokens.surface), tokens.line2, tokens.ink


class PrimaryButton(DrawnButton):
    """The next step, whole in a window of any size. One on a page; while another is the next step it is plain."""

    _next = True

    def __init__(
        self, parent: QWidget | None = None, *, text: str = "", icon: str = "", key: str = "", height: int = 36
    ) -> None:
        self._is_pinned = False
        super().__init__(parent, text=text, icon=icon, key=key, height=height)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time it is seen it is watched over from then on; the first paint need not wait for that."""
        super().showEvent(event)
        if not self._is_pinned:
            self._is_pinned = True
            once_painted(self, self._pin)

    def _pin(self) -> None:
        from csp_desktop.gui.widgets.scrolled import Pin

        Pin(self)

    def set_next(self, is_next: bool) -> None:
        """Whether this is the next step now."""
        self._next = is_next
        self.update()

    def is_next(self) -> bool:
        """Whether it is filled, once it can be pressed."""
        return self._next

    def look(self) -> tuple[str, str, str]:
        """Filled with the accent; sunken while it cannot be pressed."""
        tokens = self.theme.tokens
        if not self._next:
            return plain_look(self)
        if not self.isEnabled():
            return tokens.sunken, tokens.line2, tokens.ink3
        if self.isDown() or self.underMouse():
            return tokens.accent, tokens.ink, tokens.on_accent
        return tokens.accent, "", tokens.on_accent


class SecondaryButton(DrawnButton):
    """Any other choice; checked it takes the accent's tint."""

    def look(self) -> tuple[str, str, str]:
        """Surface with a line."""
        return plain_look(self)


class DangerButton(DrawnButton):
    """What cannot be undone, or takes something from somebody: red words and a red line, and its sign before them."""

    def __init__(
        self, parent: QWidget | None = None, *, text: str = "", icon: str = DANGER, key: str = "", height: int = 36
    ) -> None:
        super().__init__(parent, text=text, icon=icon, key=key, height=height)

    def look(self) -> tuple[str, str, str]:
        """Red on the surface; on a red ground under the pointer."""
        tokens = self.theme.tokens
        if not self.isEnabled():
            return plain_look(self)
        return (tokens.high_bg if self.isDown() or self.underMouse() else tokens.surface), tokens.high, tokens.high


class LinkButton(DrawnButton):
    """A quiet choice in the accent's colour, without a frame."""

    def look(self) -> tuple[str, str, str]:
        """Words only."""
        tokens = self.theme.tokens
        ground = tokens.tint if self.isEnabled() and (self.isDown() or self.underMouse()) else ""
        return ground, "", tokens.accent if self.isEnabled() else tokens.ink3


class OutcomeButton(DrawnButton):
    """A choice in the meeting: key cap, title, second line; checkable, with a check in place of its cap. The tone
    colours it once chosen (accent, or red for "Not done")."""

    def __init__(
        self, parent: QWidget | None = None, *, text: str = "", subtitle: str = "", key: str = "", height: int = 56
    ) -> None:
        self._subtitle, self._tone = subtitle, Tone.ACCENT
        super().__init__(parent, text=text, key=key, height=height)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_subtitle(subtitle)

    def set_subtitle(self, subtitle: str) -> None:
        """What it leads to: "monitor to 26 Dec". Left out where it does not fit, and said to a screen reader."""
        self._subtitle = subtitle
        parts = (subtitle, f"Key {self._key}" if self._key else "")
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        self.setToolTip(subtitle)
        self.update()

    def set_tone(self, tone: Tone) -> None:
        """What its colour says once it is chosen."""
        self._tone = tone
        self.update()

    def look(self) -> tuple[str, str, str]:
        """A card; tinted when chosen."""
        tokens = self.theme.tokens
        if not self.isEnabled():
            return tokens.sunken, tokens.line, tokens.ink3
        if self.isChecked():
            ink, ground = tokens.tone(self._tone)
            return ground, ink, ink
        return (tokens.sunken if self.isDown() or self.underMouse() else tokens.surface), tokens.line2, tokens.ink

    def _title_size(self) -> int:
        return 15 if self._height >= 52 else 14

    def _lead(self) -> int:
        return self.theme.px(11) + max(self.theme.px(24), key_cap_width(self.theme, self._key)) + self.theme.px(9)

    def sizeHint(self) -> QSize:
        """Cap, title or second line, whichever is wider."""
        theme = self.theme
        title = width_of(theme, self.words(), Ink(self._title_size(), "#000000", SEMIBOLD))
        below = width_of(theme, self._subtitle, Ink(12, "#000000")) if self._subtitle else 0
        return QSize(self._lead() + max(title, below) + theme.px(12), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The title is never cut; the second line may go."""
        title = width_of(self.theme, self.words(), Ink(self._title_size(), "#000000", SEMIBOLD))
        return QSize(self._lead() + title + self.theme.px(8), self.theme.px(self._height))

    def _draw_content(self, painter: QPainter, ink: str) -> None:
        theme, px, high = self.theme, self.theme.px, self.height()
        if self.isChecked():
            box(painter, QRectF(self.rect()), px(9), "", ink, 2.0)
            symbol(painter, theme, "check", px(12), high / 2, 22, ink)
        elif self._key:
            wide = key_cap_width(theme, self._key)
            key_cap(painter, theme, QRectF(px(11), high / 2 - px(9), wide, px(18)), self._key)
        left, room = self._lead(), self.width() - self._lead() - px(6)
        second = Ink(12, theme.tokens.ink2 if self.isEnabled() else ink)
        two = bool(self._subtitle) and high >= px(44) and fits(theme, room, self._subtitle, second)
        title = Ink(self._title_size(), ink, SEMIBOLD)
        if two:
            write_label(painter, theme, QRectF(left, high / 2 - px(20), room, px(22)), self.text(), title, LEFT)
            write(painter, theme, QRectF(left, high / 2 + px(1), room, px(17)), self._subtitle, second)
        else:
            write_label(painter, theme, QRectF(left, 0, room, high), self.text(), title)


class ChoiceButton(OutcomeButton):
    """One of the ways a turn ends: its title, below it the key and in few words what it leads to. Where there is no
    height for two lines the title stands alone."""

    def __init__(self, parent: QWidget | None = None, *, text: str = "", key: str = "", height: int = 60) -> None:
        self._brief, self._compact, self._tall = "", False, height
        super().__init__(parent, text=text, key=key, height=height)

    def set_brief(self, brief: str) -> None:
        """The subtitle where there is no room for it: "26 Dec"."""
        self._brief = brief
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Titles alone, in one low line."""
        if compact != self._compact:
            self._compact = compact
            self.set_height(LOW if compact else self._tall)

    def _title_size(self) -> int:
        return 13 if self._compact else 14

    def _title_width(self) -> int:
        check = self.theme.px(18) if self._compact and self.isChecked() else 0
        return check + width_of(self.theme, self.words(), Ink(self._title_size(), "#000000", SEMIBOLD))

    def _lead(self) -> int:
        return self.theme.px(10) + max(self.theme.px(24), key_cap_width(self.theme, self._key)) + self.theme.px(7)

    def sizeHint(self) -> QSize:
        """Title or second line, whichever is wider."""
        theme, below = self.theme, 0
        if not self._compact:
            below = self._lead() + width_of(theme, self._brief or self._subtitle, Ink(12, "#000000"))
        wide = max(self._title_width() + theme.px(10), below)
        return QSize(wide + theme.px(10), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The title is never cut; the second line may go."""
        wide = self._title_width() + self.theme.px(12 if self._compact else 16)
        return QSize(wide, self.theme.px(self._height))

    def _draw_content(self, painter: QPainter, ink: str) -> None:
        theme, px, high = self.theme, self.theme.px, self.height()
        title = Ink(self._title_size(), ink, SEMIBOLD)
        if self.isChecked():
            box(painter, QRectF(self.rect()), px(9), "", ink, 2.0)
        if self._compact:
            left = (self.width() - self._title_width()) / 2
            if self.isChecked():
                symbol(painter, theme, "check", left, high / 2, 14, ink)
                left += px(18)
            write_label(painter, theme, QRectF(left, 0, self.width() - left, high), self.text(), title)
            return
        write_label(
            painter, theme, QRectF(px(10), high / 2 - px(23), self.width() - px(14), px(22)), self.text(), title
        )
        middle, second = high / 2 + px(12), Ink(12, theme.tokens.ink2 if self.isEnabled() else ink)
        if self.isChecked():
            symbol(painter, theme, "check", px(12), middle, 18, ink)
        elif self._key:
            key_cap(painter, theme, QRectF(px(10), middle - px(9), key_cap_width(theme, self._key), px(18)), self._key)
        room = self.width() - self._lead() - px(5)
        for words in (self._subtitle, self._brief):
            if words and fits(theme, room, words, second):
                write(painter, theme, QRectF(self._lead(), middle - px(9), room, px(18)), words, second)
                return


class NextButton(PrimaryButton):
    """The next step beside tall choices: its words, and below them its key."""

    def __init__(self, parent: QWidget | None = None, *, text: str = "", key: str = "", height: int = 60) -> None:
        self._tall = height
        super().__init__(parent, text=text, key=key, height=height)

    def set_compact(self, compact: bool) -> None:
        """The words alone, as low as the choices beside it."""
        self.set_height(LOW if compact else self._tall)

    def _is_tall(self) -> bool:
        return self._height > LOW

    def _content(self) -> tuple[int, int, int]:
        icon, words, key = super()._content()
        return (icon, words, key) if not self._key else (icon, max(words, key) if self._is_tall() else words, 0)

    def _draw_content(self, painter: QPainter, ink: str) -> None:
        theme, px, high = self.theme, self.theme.px, self.height()
        if not (self._key and self._is_tall()):
            key, self._key = self._key, ""
            super()._draw_content(painter, ink)
            self._key = key
            return
        words = Ink(self._size(), ink, SEMIBOLD)
        wide = width_of(theme, self.words(), words)
        write_label(painter, theme, QRectF((self.width() - wide) / 2, px(7), wide + 1, px(24)), self.text(), words)
        cap = key_cap_width(theme, self._key)
        rect = QRectF((self.width() - cap) / 2, high - px(26), cap, px(18))
        key_cap(painter, theme, rect, self._key, self.is_next() and self.isEnabled())
