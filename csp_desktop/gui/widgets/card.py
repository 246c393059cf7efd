"""A surface with a title at the left and a caption at the right; what it holds goes into `body`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.elided_label import ElidedLabel


class Card(QFrame):
    """`body` is a vertical layout to fill; `head` a row one can add things to (a SavedLabel)."""

    def __init__(self, parent: QWidget | None = None, *, title: str = "", caption: str = "") -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title_label, self.caption_label = QLabel(self), ElidedLabel(self)
        set_role(self.title_label, "label")
        self.caption_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head, self.body = QHBoxLayout(), QVBoxLayout()
        self.head.addWidget(self.title_label)
        self.head.addWidget(self.caption_label, 1)
        px = current().px
        self.title_label.setMinimumHeight(px(20))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(12), px(16), px(14))
        whole.setSpacing(px(8))
        whole.addLayout(self.head)
        whole.addLayout(self.body, 1)
        self.body.setSpacing(px(8))
        self.set_title(title, caption)

    def set_title(self, title: str, caption: str = "", tone: Tone | None = None) -> None:
        """Title, and what stands at its right ("Matrix scored 24 Nov"; with a tone it is bold)."""
        self.title_label.setText(title)
        self.caption_label.setText(caption)
        roles = {None: "caption", Tone.HIGH: "high", Tone.MEDIUM: "medium", Tone.LOW: "low", Tone.ACCENT: "accent"}
        set_role(self.caption_label, roles.get(tone, "strong"))
        self.title_label.setVisible(bool(title))
        self.caption_label.setVisible(bool(caption))
        self.setAccessibleName(", ".join(part for part in (title, caption) if part))

    def set_foot(self, air: int) -> None:
        """Less air below what it holds than a card usually has."""
        whole = self.layout()
        if whole is not None:
            edge = whole.contentsMargins()
            whole.setContentsMargins(edge.left(), edge.top(), edge.right(), current().px(air))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or layout at the end of the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
