"""Under whose name the columns of a list are remembered, and the way to take those of the last time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.sender_columns import SenderColumns
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import LineEdit

LONGEST = 60  # letters


class SenderField(QWidget):
    """Shown while there is something to remember, or somebody whose list it may be: `used` gives them."""

    used = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposed: SenderColumns | None = None
        self._is_own = False  # typed by a person
        self.edit = LineEdit(self)
        self.edit.setMaxLength(LONGEST)
        self.edit.setAccessibleName("Remember these columns as")
        self.label = text_label("&Remember these columns as", "label", buddy=self.edit)
        self.use_button = SecondaryButton(self, height=30)
        self.setLayout(vbox(self.use_button, self.label, self.edit, spacing=4))
        self.edit.textEdited.connect(self._typed)
        self.use_button.clicked.connect(self._use)
        self.hide()

    def show_sender(
        self, known: SenderColumns | None, proposed: SenderColumns | None, usual: str, *, said: bool
    ) -> None:
        """Whose columns these are, whose they may be, or, where something was said of them, what it is kept under."""
        self._proposed = proposed
        self.use_button.setVisible(proposed is not None)
        if proposed is not None:
            self.use_button.setText(f"&Use the columns of {proposed.sender}".replace("&&", "&"))
        for part in (self.label, self.edit):
            part.setVisible(said)
        if not self._is_own:
            self.edit.setText(known.sender if known else proposed.sender if proposed else usual)
        self.setVisible(said or proposed is not None)

    def name(self) -> str:
        """The name; empty where nothing is to be remembered."""
        return self.edit.text() if not self.edit.isHidden() and not self.isHidden() else ""

    def forget(self) -> None:
        """Another file."""
        self._is_own = False
        self.hide()

    def _typed(self, _text: str) -> None:
        self._is_own = True

    def _use(self) -> None:
        if self._proposed is not None:
            self.used.emit(self._proposed)
