"""The notice of a bug: what happened in plain words, where it broke for those who mend it, and nothing of a case."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton


class BugNotice(QDialog):
    """Beside the window, never in its way: it can stay open while people go on."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Something went wrong")
        self.setModal(False)
        title, text = QLabel("Something in the program went wrong", self), QLabel(self)
        text.setText(
            "Everything that was shown as saved is saved, and you can go on. "
            "If it happens again, start the program anew.\n"
            "The details say only where the program failed; they hold nothing that was typed."
        )
        text.setWordWrap(True)
        set_role(title, "heading")
        set_role(text, "body")
        close, copy = PrimaryButton(self, text="Go on", key="Esc"), SecondaryButton(self, text="&Copy details")
        close.clicked.connect(self.close)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        px = current().px
        layout.setContentsMargins(px(22), px(18), px(22), px(18))
        layout.setSpacing(px(14))
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addLayout(row)
        self.setMinimumWidth(px(460))
