"""The line that says that the program locks in a moment."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.spoken import announce


class LockWarning(QFrame):
    """At the foot of its window, above the keys. Takes neither focus nor clicks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon, self._words, self._more = QLabel(self), QLabel(self), QLabel(self)
        set_role(self, f"bar-{Tone.MEDIUM.value}")
        set_role(self._words, "strong")
        set_role(self._more, "second")
        self._more.setText("Move the mouse or press Shift to stay.")
        layout, self._row = QHBoxLayout(self), QHBoxLayout()
        layout.addWidget(self._icon)
        layout.addLayout(self._row, 1)
        for part in (self._words, self._more):
            self._row.addWidget(part)
        window.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def count(self, seconds: int) -> None:
        """So many seconds are left."""
        self._words.setText(f"Locks in {seconds} {'second' if seconds == 1 else 'seconds'}")
        self.setAccessibleName(f"{self._words.text()}. {self._more.text()}")
        if self.isHidden():
            self._style()
            self.show()
            announce(self, self.accessibleName(), urgent=True)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the foot when the window changes."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _style(self) -> None:
        theme = current()
        colour = theme.tokens.tone(Tone.MEDIUM)[0]
        self._icon.setPixmap(icons.pixmap("lock", theme.px(18), colour, self.devicePixelRatioF()))
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        layout.setSpacing(theme.px(10))
        self._row.setSpacing(theme.px(10))

    def _place(self) -> None:
        window, px = self.parentWidget(), current().px
        assert window is not None
        room = window.width() - px(16)
        wide, high = self._lay(QBoxLayout.Direction.LeftToRight)
        if wide > room:  # how to stay is said below
            wide, high = self._lay(QBoxLayout.Direction.TopToBottom)
        wide = min(wide, room)
        self.setGeometry((window.width() - wide) // 2, window.height() - px(32 + 14) - high, wide, high)
        self.raise_()

    def _lay(self, direction: QBoxLayout.Direction) -> tuple[int, int]:
        """Its words beside each other or below; how wide and high it wants to be."""
        layout = self.layout()
        assert layout is not None
        self._row.setDirection(direction)
        layout.invalidate()
        return layout.totalSizeHint().width(), layout.totalSizeHint().height()
