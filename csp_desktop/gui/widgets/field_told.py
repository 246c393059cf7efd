"""Why something was not put in, told under its field. Apart from the fields: most never say it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.spoken import announce

TOLD_FOR = 10_000  # ms


class FieldTold(QLabel):
    """One a window. It goes when the field is left, and by itself after ten seconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._field: QWidget | None = None
        set_role(self, "told")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str, field: QWidget) -> None:
        """Under the field, or above it where there is no room below."""
        if self._field is not field:
            if self._field is not None:
                self._field.removeEventFilter(self)
            self._field = field
            field.installEventFilter(self)
        self.setText(sentence)
        self.ensurePolished()
        window, px = field.window(), current().px
        wide = min(px(420), window.width() - px(16))
        self.resize(wide, self.heightForWidth(wide))
        at = field.mapTo(window, QPoint(0, field.height() + px(4)))
        if at.y() + self.height() > window.height():
            at = field.mapTo(window, QPoint(0, -self.height() - px(4)))
        self.move(max(px(8), min(at.x(), window.width() - wide - px(8))), max(0, at.y()))
        self.raise_()
        self.show()
        self._timer.start(TOLD_FOR)
        announce(field, sentence, urgent=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field is left: it goes."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return False


def tell_at(field: QWidget, sentence: str) -> None:
    """Say under a field why something was not put in; it is read out too."""
    window = field.window()
    told = window.findChild(FieldTold) or FieldTold(window)
    told.say(sentence, field)


def too_long(limit: int, would_be: int) -> str:
    """The sentence for what does not fit."""
    return f"There is room for {limit:,} characters here; this would be {would_be:,}. Nothing was added."
