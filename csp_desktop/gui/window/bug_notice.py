"""The notice of a bug: what happened in plain words, where it broke for those who mend it, and nothing of a case."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.window.actions import BACK

MOST_TOLD = 10  # a bug that comes again and again is told often enough


class BugNotice(QDialog):
    """Beside the window, never in its way: it can stay open while people go on, and takes no key from them."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports = [report]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Something went wrong")
        self.setModal(False)
        title, text = QLabel("A fault occurred in the program", self), QLabel(self)
        text.setText(
            "Everything shown as saved is saved, and you can continue. "
            "If it happens again, lock the program, close it and restart it.\n"
            "The details are for IT support. They contain nothing that was typed."
        )
        text.setWordWrap(True)
        set_role(title, "heading")
        set_role(text, "body")
        self._copied = QLabel(self)
        set_role(self._copied, "second")
        close, copy = PrimaryButton(self, text="Continue", key=BACK.shown), SecondaryButton(self, text="&Copy details")
        close.clicked.connect(self.close)
        copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self._copied, 1)
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

    def add(self, report: str) -> None:
        """Another bug while this one is still shown: no second window."""
        if report not in self._reports and len(self._reports) < MOST_TOLD:
            self._reports.append(report)
            self._copied.clear()

    def details(self) -> str:
        """What is copied."""
        return "\n\n".join(self._reports)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details())
        self._copied.setText("Copied.")
