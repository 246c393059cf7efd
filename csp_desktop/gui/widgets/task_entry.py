"""A task for a risk factor, typed in one line where the factor stands: on the assessment and on the page of a case."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from csp_desktop.domain.cases.factor_tasks import FactorThen
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.action_line import ActionLine
from csp_desktop.services.cases.factor_tasks import WhoAndWhen


class TaskEntry(QFrame):
    """Hidden until it is opened for a factor. `agreed` gives the key of the factor and what the line says, `typed` the
    key and the line as it stands."""

    agreed = Signal(str, object)
    typed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "sunken")
        self.factor = ""
        self._title, self.entry = QLabel(self), ActionEntry(self)
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setBuddy(self.entry.line)
        set_role(self._title, "strong")
        self.entry.set_hint("Who, what, when: dh visit fri")
        self.entry.line.setAccessibleName("Task for the factor")
        self._line = ActionLine(self.entry, self)
        self._line.kept = lambda text: self.typed.emit(self.factor, text)
        self._line.agreed.connect(self._agree)
        self.setLayout(vbox(self._title, self.entry, margins=(10, 8, 10, 10), spacing=6))
        self.hide()

    def open_for(self, then: FactorThen, basis: WhoAndWhen, text: str = "") -> None:
        """Ready to type a task for this factor; `text` is what was half typed for it before."""
        self.factor = then.key
        self._title.setText(f"Task: {then.label}, {count_of(then.points, 'point', 'points')}")
        self._line.set_people(basis.people, basis.days)
        self._line.clear()
        if text:
            self._line.restore(text, ())
        self.show()
        self.entry.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Why the task was not agreed."""
        self.entry.set_error(sentence)

    def go_on(self) -> bool:
        """The line was agreed: ready for the next one pasted, where any follows."""
        self._line.clear()
        return not self.entry.is_empty()

    def close_up(self) -> None:
        """The line is put away; what was half typed is kept elsewhere."""
        self.factor = ""
        self._line.clear()
        self.hide()

    def _agree(self, said: ParsedAction) -> None:
        self.agreed.emit(self.factor, said)
