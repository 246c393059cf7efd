"""Scoring one person's risk with the matrix in force: an incomplete total never pretends, and an override says why.

One row a factor: a digit answers the row that has the focus, Delete takes the answer back.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop._built.ui_private_risk import Ui_PrivateRisk
from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import Assessment, Factor, Moved, Score, score, what_moved
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.charts import RiskBand, RiskPoint
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.meeting_bar import BarState, progress
from csp_desktop.gui.window.actions import CHOOSE, DELETE, GO_ON, HELP, UNDO, Action, called, which
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import step_of
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases.matrices import InForce, in_force
from csp_desktop.services.private import people, scoring
from csp_desktop.services.private.people import PersonPage

ANSWERS = tuple(Action("answer a risk factor", (str(number),), strip="answer, next") for number in range(6))
NO_ANSWER = DELETE.called("remove the answer", "no answer")
KEEP = Action("save this score", GO_ON.keys, "_keep", strip="keep")
TO_PERSON = Action("back to the person", ("Ctrl+P",), "_to_person", strip="back to the person")


class FactorRow(QFrame):
    """`answered` gives the factor's key and the option's, or an empty one; `moved` asks for the row above or below."""

    answered = Signal(str, str)
    moved = Signal(int)

    def __init__(self, factor: Factor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.factor = factor
        self.setObjectName(f"factor_{factor.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(factor.label)
        set_role(self, "sunken")
        self._label, self._said = QLabel(factor.label, self), ElidedLabel(self)
        set_role(self._label, "strong")
        set_role(self._said, "caption")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self._said, 1)
        self.buttons: dict[str, SecondaryButton] = {}
        holder = QWidget(self)
        flow = Flow(holder, spacing=6)
        for number, option in enumerate(factor.options):
            words = f"{option.label}, {option.points}"
            button = SecondaryButton(holder, text=words, key=ANSWERS[number].shown, height=32)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(f"{factor.label}: {option.label}, {option.points} points")
            button.clicked.connect(lambda _=False, key=option.key: self._choose(key))
            flow.addWidget(button)
            self.buttons[option.key] = button
        px = current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(holder)

    def show_answer(self, key: str, before: str) -> None:
        """What is answered, and what it was last time."""
        for option in self.factor.options:
            button, chosen_now = self.buttons[option.key], option.key == key
            button.setChecked(chosen_now)
            button.setText(f"{'✓ ' if chosen_now else ''}{option.label}, {option.points}")
        then = self.factor.option(before)
        last = f"last time: {then.label}" if then else "not answered last time"
        self._said.setText(last if key else f"not answered; {last}")
        chosen = self.factor.option(key)
        self.setAccessibleDescription(chosen.label if chosen else "not answered")

    def _choose(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(self.factor.key, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer and go on to the next row; arrows move, Delete takes the answer back."""
        number = ANSWERS.index(answer) if (answer := which(event, ANSWERS)) is not None else len(ANSWERS)
        if number < len(self.factor.options):
            self.answered.emit(self.factor.key, self.factor.options[number].key)
            self.moved.emit(1)
        elif NO_ANSWER.pressed(event):
            self.answered.emit(self.factor.key, "")
        elif step_of(event):
            self.moved.emit(step_of(event))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that answers is framed."""
        super().focusInEvent(event)
        set_role(self, "chosen")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No longer."""
        super().focusOutEvent(event)
        set_role(self, "sunken")


class PrivateRiskPage(Page):
    """Entered with the person's id. Answers are kept together, with Ctrl+Enter: half a score is none."""

    ACTIONS = (*ANSWERS, *called(CHOOSE, "choose a factor", "factor"), NO_ANSWER, KEEP, TO_PERSON, SPELLING, UNDO, HELP)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._person_id = ""
        self._page: PersonPage | None = None
        self._force: InForce | None = None
        self._answers: dict[str, str] = {}
        self._rows: list[FactorRow] = []
        self._ui = Ui_PrivateRisk()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the factors", side="total")
        ui.factors_scroll.body.setContentsMargins(0, 0, 6, 0)
        ui.factors_scroll.body.setSpacing(current().px(8))
        ui.total_number.set_size(64)
        ui.moved_view.set_flush(True)
        ui.moved_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)  # its rows and no more
        ui.history_chart.setMinimumHeight(110)
        ui.history_chart.setMaximumHeight(current().px(260))
        ui.keep_button.set_key(KEEP.shown)
        for band in Band:
            ui.band_combo.addItem(band.value, band)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.keep_button.clicked.connect(self._keep)
        ui.person_button.clicked.connect(self._to_person)
        ui.override_button.clicked.connect(self._override)
        ui.why_edit.returnPressed.connect(self._override)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("people", "settings")

    def entered(self, argument: object = None) -> None:
        """The matrix in force with the answers of the last score, the focus on its first row."""
        self._person_id = argument if isinstance(argument, str) else self._person_id
        self._ui.done_bar.dismiss()
        self._answers = {}
        self.refresh()
        latest = self._latest()
        if latest is not None and self._force is not None and latest.matrix_id == self._force.file.id:
            self._answers = dict(latest.answers)
        self._show_score()
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Nobody stays on the page behind another one; answers not kept are gone, half a score is none."""
        self._answers = {}
        self._clear()

    def _clear(self) -> None:
        ui = self._ui
        self._page = None
        for label in (ui.reference_label, ui.title_label, ui.band_label, ui.open_label):
            label.clear()
        ui.total_number.set_number("")
        ui.moved_view.set_entries([])
        ui.history_chart.set_history((), (), 1)
        ui.why_edit.clear()
        ui.why_edit.setPlaceholderText("why")
        for row in self._rows:
            row.show_answer("", "")

    def _show_parts(self, shown: bool) -> None:
        ui = self._ui
        for part in (ui.factors_scroll, ui.side_frame):
            part.setVisible(shown)
        ui.keep_button.setEnabled(shown)

    def refresh(self) -> None:
        """Person and matrix as the file has them."""
        ui, session = self._ui, self._context.session
        if not self._person_id:
            return
        try:
            self._page = people.page(session, self._person_id)
            force = in_force(session)
        except Refused as refusal:
            self._clear()
            self._show_parts(False)
            ui.matrix_label.setText(refusal.sentence)
            return
        self._show_parts(True)
        ui.reference_label.setText(self._page.person.reference)
        ui.title_label.setText(f"Risk of {self._page.person.initials}")
        made = ", example matrix, not issued by any agency" if force.matrix.illustrative else f", {force.matrix.issuer}"
        ui.matrix_label.setText(f"{force.matrix.name}, version {force.matrix.version}{made}.")
        if self._force is None or self._force.file.id != force.file.id:
            self._lay(force)
        self._force = force
        self._show_history()
        self._show_score()

    def _lay(self, force: InForce) -> None:
        body = self._ui.factors_scroll.body
        group = ""
        for factor in force.matrix.factors:
            if factor.group != group:
                group = factor.group
                heading = QLabel(group, self)
                set_role(heading, "subheading")
                body.addWidget(heading)
            row = FactorRow(factor, self)
            row.answered.connect(self._answer)
            row.moved.connect(lambda by, row=row: self._move(row, by))
            body.addWidget(row)
            row.show()  # now, not when events are handled: it takes the focus
            self._rows.append(row)
        body.addStretch(1)

    def _latest(self) -> Assessment | None:
        return self._page.assessments[-1] if self._page is not None and self._page.assessments else None

    def _before(self) -> Assessment | None:
        """The score to compare with: the last one of another day."""
        marks = self._page.assessments if self._page is not None else ()
        return next((mark for mark in reversed(marks) if mark.on != self._context.session.today), None)

    def _answer(self, factor: str, option: str) -> None:
        self._answers[factor] = option
        self._show_score()

    def _move(self, row: FactorRow, by: int) -> None:
        number = self._rows.index(row) + by
        if 0 <= number < len(self._rows):
            target = self._rows[number]
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ui.factors_scroll.ensureWidgetVisible(target)

    def _show_score(self) -> None:
        """Total, band and what moved, while it is being answered."""
        if self._force is None or self._page is None:
            return
        before = self._before()
        then = dict(before.answers) if before and before.matrix_id == self._force.file.id else {}
        for row in self._rows:
            row.show_answer(self._answers.get(row.factor.key, ""), then.get(row.factor.key, ""))
        given = {key: value for key, value in self._answers.items() if value}
        came = score(self._force.matrix, given)
        self._show_total(came)
        moved = what_moved(self._force.matrix, then, given) if then else ()
        self._ui.moved_view.set_entries([_moved_entry(one) for one in moved])
        self._ui.moved_view.setVisible(bool(moved))
        words = (
            f"Changed since {screen_day(before.on, self._context.session.today)}"
            if before and then
            else "Nothing to compare with"
        )
        self._ui.moved_title.setText(words if moved or not then else f"Nothing changed since {words[12:]}")
        self.bar_changed.emit()

    def _show_total(self, came: Score) -> None:
        ui = self._ui
        whole = came.total == came.ceiling
        ui.total_number.set_number(str(came.total) if whole else f"{came.total}+", tone=BAND_TONES[came.band])
        ui.band_label.setText(came.band.value + (f", forced by {came.escalated_by}" if came.escalated_by else ""))
        left = len(came.unanswered)
        factors = "1 factor is" if left == 1 else f"{left} factors are"
        words = f"{factors} not answered: up to {came.ceiling} if all are at their highest."
        ui.open_label.setText("" if whole else words)
        ui.open_label.setVisible(not whole)

    def _show_history(self) -> None:
        ui, page, force = self._ui, self._page, self._force
        assert page is not None and force is not None
        marks = page.assessments[-6:]
        points = [
            RiskPoint(
                screen_day(m.on, self._context.session.today),
                m.total,
                BAND_TONES[m.shown_band],
                float(m.ceiling) if m.ceiling > m.total else None,
            )
            for m in marks
        ]
        bands = [RiskBand(rule.band.value, rule.from_points, BAND_TONES[rule.band]) for rule in force.matrix.bands]
        ui.history_chart.set_history(points, bands, force.matrix.most)
        ui.history_chart.setVisible(bool(marks))
        latest = self._latest()
        ui.override_frame.setVisible(latest is not None and latest.on == self._context.session.today)
        if latest is not None and latest.override_band is not None:
            ui.why_edit.setPlaceholderText(f"{latest.override_band.value}: {latest.override_reason}")

    def _keep(self) -> None:
        given = {key: value for key, value in self._answers.items() if value}
        try:
            kept = scoring.assess(self._context.session, self._person_id, given)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._ui.done_bar.say(f"Saved: {kept.shown_band.value} {kept.total_words}")
        self._context.changes.tell("people")

    def _override(self) -> None:
        latest, ui = self._latest(), self._ui
        if latest is None:
            return
        try:
            scoring.override_band(self._context.session, latest.id, ui.band_combo.currentData(), ui.why_edit.text())
        except Refused as refusal:
            ui.override_error.set_error(refusal.sentence, ui.why_edit)
            return
        ui.override_error.clear(ui.why_edit)
        ui.why_edit.clear()
        self._ui.done_bar.say(f"{ui.band_combo.currentText()} applies; the matrix result is shown beside it")
        self._context.changes.tell("people")

    def bar_state(self) -> BarState:
        """How many factors are answered; the reference alone."""
        answered = sum(bool(value) for value in self._answers.values())
        total = len(self._rows)
        return BarState(
            title="Private rough-sleeping meeting",
            subtitle="Preparation, New Hope only",
            icon="lock",
            headline=f"{self._page.person.reference}: {answered} of {total} answered" if self._page else "",
            segments=progress(answered, total) if total else (),
        )

    def _to_person(self) -> None:
        self.navigate.emit("private_person", self._person_id)

    def strip_text(self) -> str:
        """What a score keeps."""
        return "A score keeps the version of the matrix it was made with."


def _moved_entry(one: Moved) -> Entry:
    up = one.points is not None and one.points > 0
    said = "new" if one.points is None else f"+{one.points} ↑" if up else f"−{-one.points} ↓"
    tone = Tone.NEUTRAL if one.points is None else Tone.HIGH if up else Tone.LOW
    return Entry(one.label, one.label, one.words, pill=said, pill_tone=tone)
