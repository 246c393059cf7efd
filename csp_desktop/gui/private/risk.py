"""Scoring one person's risk with the matrix in force: an incomplete total never pretends, and an override says why.

The factors are answered as the group answers those of a case: a digit for the row in hand, Delete takes it back.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_private_risk import Ui_PrivateRisk
from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import Assessment, Moved, Score, score, what_moved
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.charts import RiskBand, RiskPoint
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.factor_rows import factor_rows
from csp_desktop.gui.widgets.factor_table import ANSWERS, AS_BEFORE, NO_ANSWER
from csp_desktop.gui.widgets.meeting_bar import BarState, progress
from csp_desktop.gui.window.actions import CHOOSE, GO_ON, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases.matrices import InForce, in_force
from csp_desktop.services.private import people, scoring
from csp_desktop.services.private.people import PersonPage

KEEP = Action("save this score", GO_ON.keys, "_keep", strip="keep")
TO_PERSON = Action("back to the person", ("Ctrl+P",), "_to_person", strip="back to the person")


class PrivateRiskPage(Page):
    """Entered with the person's id. Answers are kept together, with Ctrl+Enter: half a score is none."""

    ACTIONS = (
        *(answer.short("") for answer in ANSWERS[4:]),
        *ANSWERS[:4],
        AS_BEFORE,
        NO_ANSWER,
        *called(CHOOSE, "choose a factor", "factor"),
        KEEP,
        TO_PERSON,
        SPELLING,
        UNDO,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._person_id = ""
        self._page: PersonPage | None = None
        self._force: InForce | None = None
        self._answers: dict[str, str] = {}
        self._ui = Ui_PrivateRisk()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the factors", side="total")
        ui.factors_view.setMinimumHeight(current().px(160))
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
        ui.factors_view.answered.connect(self._answer)
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
        view = self._ui.factors_view
        if self._page is not None:
            view.focus_factor(self._force.matrix.factors[0].key if self._force is not None else "")
            view.setFocus(Qt.FocusReason.OtherFocusReason)

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
        ui.factors_view.set_rows(())

    def _show_parts(self, shown: bool) -> None:
        ui = self._ui
        for part in (ui.factors_frame, ui.side_frame):
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
        self._force = force
        self._show_history()
        self._show_score()

    def _latest(self) -> Assessment | None:
        return self._page.assessments[-1] if self._page is not None and self._page.assessments else None

    def _before(self) -> Assessment | None:
        """The score to compare with: the last one of another day."""
        marks = self._page.assessments if self._page is not None else ()
        return next((mark for mark in reversed(marks) if mark.on != self._context.session.today), None)

    def _answer(self, factor: str, option: str) -> None:
        self._answers[factor] = option
        self._show_score()

    def _show_score(self) -> None:
        """Total, band and what moved, while it is being answered."""
        if self._force is None or self._page is None:
            return
        before = self._before()
        then = dict(before.answers) if before and before.matrix_id == self._force.file.id else {}
        self._ui.factors_view.set_rows(factor_rows(self._force.matrix, self._answers, then))
        given = {key: value for key, value in self._answers.items() if value}
        came = score(self._force.matrix, given)
        self._show_total(came)
        moved = what_moved(self._force.matrix, then, given) if then else ()
        self._ui.moved_view.set_entries([_moved_entry(one) for one in moved])
        self._ui.moved_view.setVisible(bool(moved))
        self._ui.moved_title.setText(self._since_words(before if then else None, changed=bool(moved)))
        self.bar_changed.emit()

    def _since_words(self, before: Assessment | None, *, changed: bool) -> str:
        """'Changed since Tue 24 Nov'."""
        if before is None:
            return "Nothing to compare with"
        return (
            f"{'Changed' if changed else 'Nothing changed'} since {screen_day(before.on, self._context.session.today)}"
        )

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
        total = len(self._force.matrix.factors) if self._force is not None else 0
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
