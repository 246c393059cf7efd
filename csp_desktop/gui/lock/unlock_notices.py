"""What the unlock screen says now and then. Apart from it: most starts have none of it to say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.labels import ElidedLabel


class ElsewhereNotice(QFrame):
    """Who else has the file open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("elsewhere_frame")
        self.setProperty("role", "bar-medium")
        self._words = _words(self, "elsewhere_label", "body")
        row = QHBoxLayout(self)
        row.setSpacing(12)
        row.setContentsMargins(16, 12, 16, 12)
        row.addWidget(_icon(self, "monitor", "medium"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def say(self, sentence: str) -> None:
        """Hidden without a sentence."""
        if self._words.text() != sentence:
            self._words.setText(sentence)
        self.setVisible(bool(sentence))


class CapsLockNotice(QFrame):
    """Under the passphrase while Caps Lock seems to be on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("caps_frame")
        self.setProperty("role", "bar-medium")
        words, note = QLabel("Caps Lock is on", self), ElidedLabel(self)
        words.setProperty("role", "medium")
        words.setTextFormat(Qt.TextFormat.PlainText)
        note.setProperty("role", "second")
        note.setText("capitals count in a passphrase")
        row = QHBoxLayout(self)
        row.setSpacing(12)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(_icon(self, "arrow-big-up-dash", "medium"))
        row.addWidget(words)
        row.addWidget(note, 1)


class MeetingFacts(QWidget):
    """Of a meeting that was running when the program was locked: whether every word is saved, and that it runs on."""

    def __init__(self, parent: QWidget, *, saved_at: str, file_trouble: bool) -> None:
        super().__init__(parent)
        self.setObjectName("facts_frame")
        saved, runs = _words(self, "saved_label", "second"), _words(self, "clock_label", "second")
        words = f"Every word saved, the last at {saved_at}" if saved_at else "Every word saved"
        saved.setText("Not saved" if file_trouble else words)
        runs.setText("The meeting clock kept running")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.setContentsMargins(0, 0, 0, 0)
        mark = _icon(self, "circle-alert", "high") if file_trouble else _icon(self, "circle-check", "low")
        for icon, label in ((mark, saved), (_icon(self, "clock", "ink2"), runs)):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(icon)
            row.addWidget(label, 1)
            column.addLayout(row)


def _icon(parent: QWidget, name: str, token: str) -> QLabel:
    theme, label = current(), QLabel(parent)
    label.setPixmap(icons.pixmap(name, theme.px(18), getattr(theme.tokens, token)))
    return label


def _words(parent: QWidget, name: str, role: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
