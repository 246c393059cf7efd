"""Whether a repeat victim was told that they may ask for a review of their case: the day, and by whom."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QWidget

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.services.cases.case_entry import TOLD_BY, mark_review_told
from csp_desktop.services.session import Session


class ReviewRight(QFrame):
    """Shown for a repeat victim's case alone. `changed` with what was noted, in words."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._case: Case | None = None
        self.check = QCheckBox("Told of the right to a &review")
        self.check.setObjectName("review_check")
        self.day_edit, self.by_edit, self.error = DayField(), LineEdit(), FieldError()
        self.day_edit.setObjectName("review_day")
        self.day_edit.setAccessibleName("The victim was told on")
        self.by_edit.setObjectName("review_by")
        self.by_edit.setAccessibleName("Who told the victim")
        self.by_edit.setPlaceholderText("Told by")
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self._fields = hbox((self.day_edit, 1), (self.by_edit, 2), spacing=8)
        self.setLayout(vbox(self.check, self._fields, self.error, self.hint, spacing=6))
        self.setFocusProxy(self.check)
        QWidget.setTabOrder(self.check, self.day_edit)
        QWidget.setTabOrder(self.day_edit, self.by_edit)
        self.check.clicked.connect(self._tick)
        self.day_edit.given.connect(lambda _: self._move())
        self.by_edit.editingFinished.connect(self._move)

    def set_session(self, session: Session) -> None:
        """Whose file it is."""
        self._session = session
        self.day_edit.set_today(lambda: session.today, past=True)
        self.day_edit.tell_at(self.error)

    def show_case(self, case: Case, today: date) -> None:
        """Of this case."""
        other = self._case is None or self._case.id != case.id
        self._case = case
        told = case.review_told_on
        self.setVisible(case.repeat_victim)
        self.check.setChecked(told is not None)
        for field in (self.day_edit, self.by_edit):
            field.setVisible(told is not None)
        if other or not self.day_edit.isModified():
            self.day_edit.set_day(told or today)
        if other or not self.by_edit.isModified():
            self.by_edit.setText(case.review_told_by)
        noted = (
            f"Told {screen_day(told, today)}, by {case.review_told_by}." if told else "Not told yet. Tell the victim."
        )
        self.hint.setText(noted)
        set_role(self.hint, "caption" if told else "medium")

    def _tick(self, told: bool) -> None:
        assert self._session is not None
        self._note(self._session.today if told else None, "")

    def _move(self) -> None:
        """A day or a name half typed is taken as it stands."""
        case, day = self._case, self.day_edit.day()
        if case is None or case.review_told_on is None or day is None:
            return
        if (day, self.by_edit.text().strip()) != (case.review_told_on, case.review_told_by):
            self._note(day, self.by_edit.text())

    def _note(self, on: date | None, by: str) -> None:
        assert self._session is not None
        assert self._case is not None
        for field in (self.day_edit, self.by_edit):
            field.setModified(False)
        try:
            mark_review_told(self._session, self._case.id, on, by)
        except Refused as refusal:
            named = isinstance(refusal, FieldRefused) and refusal.field == TOLD_BY
            self.error.set_error(refusal.sentence, self.by_edit if named else self.day_edit)
            return
        self.error.clear(self.day_edit)
        self.changed.emit("The victim was told of the right to a review" if on else "Right to a review: not told yet")
