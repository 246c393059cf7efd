"""The cards and notices the unlock screen shows now and then: apart, for most starts need none and load none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop._built.ui_recover import Ui_Recover
from csp_desktop.domain.file.user_fields import NewPassphraseField, UnlockField
from csp_desktop.gui.lock.known_user import KnownUser
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.labels import ElidedLabel


class RecoverCard(QFrame):
    """The way in with the recovery key. `asked` gives key, name, new passphrase and its repetition; `left` says the
    person thought better of it.
    """

    asked = Signal(str, str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recover_card")
        self._ui = ui = Ui_Recover()
        ui.setupUi(self)
        theme = current()
        self.setMaximumWidth(theme.px(self.maximumWidth()))
        for above in (ui.whose_label, ui.new_label, ui.again_label):
            above.setContentsMargins(0, theme.px(6), 0, 0)  # nearer to its own field than to the one before
        ui.open_button.set_height(44)
        ui.back_button.set_height(44)
        self.errors = FieldErrors(
            {
                UnlockField.NAME: (ui.recover_error, ui.whose_edit),
                NewPassphraseField.NEW: (ui.recover_error, ui.new_edit),
                NewPassphraseField.AGAIN: (ui.recover_error, ui.again_edit),
            },
            (ui.recover_error, ui.key_edit),
        )
        ui.open_button.clicked.connect(self._ask)
        ui.again_edit.returnPressed.connect(self._ask)
        ui.back_button.clicked.connect(self.left)

    def begin(self, name: str) -> None:
        """The caret at the key; what was typed before stays."""
        self.errors.clear()
        self._ui.whose_edit.setText(name)
        self._ui.key_edit.setFocus()

    def empty(self) -> None:
        """Nothing typed stays."""
        for edit in (self._ui.key_edit, self._ui.whose_edit, self._ui.new_edit, self._ui.again_edit):
            edit.clear()

    def set_open(self, can_open: bool) -> None:
        """Whether the file could be opened now: it is free, and nothing is under way."""
        self._ui.open_button.setEnabled(can_open)

    def _ask(self) -> None:
        ui = self._ui
        self.asked.emit(ui.key_edit.text(), ui.whose_edit.text().strip(), ui.new_edit.text(), ui.again_edit.text())


class SampleCard(QFrame):
    """Who can open the sample, with their passphrases: a button for each; `taken` gives whose was pressed."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sample_card")
        self.setProperty("role", "card")
        self.setMaximumWidth(current().px(536))
        label = QLabel("This is the sample partnership with invented people. Choose one:", self)
        label.setProperty("role", "label")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(6)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.setContentsMargins(40, 12, 40, 14)
        column.addWidget(label)
        column.addLayout(self._buttons)

    def set_users(self, users: Sequence[KnownUser]) -> None:
        """These and no others."""
        while (old := self._buttons.takeAt(0)) is not None and (row := old.widget()) is not None:
            row.hide()
            row.deleteLater()
        for user in users:
            words = f"{user.name}, {user.role_words}"
            row = QWidget(self)
            button = SecondaryButton(row, text=words.replace("&", "&&"), icon="user-check")
            button.setObjectName(f"sample_{user.role}")
            button.setAccessibleName(f"{words}: {user.passphrase}")
            button.clicked.connect(lambda _=False, who=user: self.taken.emit(who))
            passphrase = QLabel(user.passphrase, row)
            passphrase.setTextFormat(Qt.TextFormat.PlainText)
            passphrase.setProperty("role", "second")
            line = Flow(row, spacing=8)
            line.addWidget(button)
            line.addWidget(passphrase)
            self._buttons.addWidget(row)


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
        note.setText("passphrases are case-sensitive")
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
        words = f"Everything saved, last at {saved_at}" if saved_at else "Everything saved"
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
