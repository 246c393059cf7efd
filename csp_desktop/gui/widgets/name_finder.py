"""A name typed at a desk: from two letters on the people it may mean stand beside the field, first names, surnames and
initials alike; the arrows walk along them and Enter takes one. The group's desk and the private meeting's work so.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from csp_desktop.gui.widgets.candidate_strip import Candidate, CandidateStrip
from csp_desktop.gui.window.keys import is_enter, step_of

LEAST = 2  # letters


class NameFinder(QObject):
    """`taken` gives the key of a person, empty for somebody who is not listed. `find` says whom some letters mean;
    with `hides` they take no room until something is typed."""

    taken = Signal(str)

    def __init__(
        self,
        field: QLineEdit,
        strip: CandidateStrip,
        find: Callable[[str], Sequence[Candidate]],
        *,
        hides: bool = False,
    ) -> None:
        super().__init__(field)
        self._field, self._strip, self._find, self._hides = field, strip, find, hides
        field.installEventFilter(self)
        field.textChanged.connect(self._show)
        strip.chosen.connect(self.taken)
        strip.setHidden(hides)

    def _show(self, text: str) -> None:
        asked = len(text.strip()) >= LEAST
        self._strip.set_candidates(self._find(text), asked)
        self._strip.setHidden(self._hides and not asked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field the arrows walk along the people found, and Enter takes one."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if step_of(event):
                self._strip.step(step_of(event))
                return True
            if is_enter(event):
                self._strip.take()
                return True
        return super().eventFilter(watched, event)
