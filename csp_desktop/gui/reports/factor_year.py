"""A year of tasks for risk factors: which kinds of action were followed by a fall of which factor, in counts."""

from PySide6.QtCore import Qt

from csp_desktop._built.ui_factor_year import Ui_FactorYear
from csp_desktop.domain.cases.factor_year import FactorYear
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.cases.factor_tasks import factor_year

HEADS = ("Factor: kind of action", "Tasks", "Done", "Fell", "Not fallen", "Unknown", "Not done", "Open")
WIDTHS = (198, 54, 54, 48, 82, 78, 72)  # px; the last column takes the rest
LIMITS = (
    "These are counts. A factor can fall for other reasons than the task, and a task can help although the factor did "
    "not fall. “Fell” means done, and fewer points at the latest assessment in the year than when the task was agreed, "
    "with the same version of the matrix. “Unknown” means done, and not assessed since."
)


class FactorYearPage(Page):
    """The newest year first; another is chosen above the table."""

    ACTIONS = (*called(CHOOSE, "choose a row", "row"), BACK, HELP)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._ui = Ui_FactorYear()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the tasks", side="what the counts say")
        ui.limits_label.setText(LIMITS)
        ui.year_combo.activated.connect(lambda _: self.refresh())
        self.follow("cases", "actions", "meeting")

    def entered(self, argument: object = None) -> None:
        """This year."""
        self._ui.year_combo.setCurrentIndex(0)
        self.refresh()
        self._ui.rows_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """The year chosen, as the file has it."""
        ui, chosen = self._ui, self._ui.year_combo.currentData()
        found = factor_year(self._context.session, chosen)
        ui.year_combo.clear()
        for one in found.years:
            ui.year_combo.addItem(str(one), one)
        ui.year_combo.setCurrentIndex(max(0, ui.year_combo.findData(found.shown.year)))
        year = found.shown
        ui.title_label.setText(f"Tasks for risk factors, {year.year}")
        ui.rows_view.show_rows(HEADS, _rows(year), WIDTHS)
        ui.rows_view.setVisible(bool(year.rows))
        ui.none_label.setVisible(not year.rows)
        ui.fell_label.setText(fell_words(year))
        ui.alone_title.setText(f"Fell without a task: {year.alone}")
        ui.alone_label.setText("\n".join(f"{count}  {label}" for label, count in year.fell_alone) or "None.")
        self.bar_changed.emit()

    def bar_state(self) -> BarState:
        """Where we are."""
        return BarState("Reports", icon="list-checks", headline="Tasks and risk")

    def strip_text(self) -> str:
        """No names stand here."""
        return "Counts only: no case and no person is named."


def _rows(year: FactorYear) -> list[tuple[str, ...]]:
    return [
        (
            f"{row.label}: {row.kind.value}",
            *(str(one) for one in (row.tasks, row.done, row.fell, row.stayed, row.unknown, row.ended, row.open)),
        )
        for row in year.rows
    ]


def fell_words(year: FactorYear) -> str:
    """'12 tasks agreed. 4 done and the factor fell. 3 done and it did not fall. 2 done, not assessed since.'"""
    return "\n".join(
        (
            f"{count_of(sum(row.tasks for row in year.rows), 'task', 'tasks')} agreed.",
            f"{year.fell_after} done, and the factor fell.",
            f"{year.done_without_fall} done, and the factor did not fall.",
            f"{year.unknown} done, and the factor was not assessed since.",
        )
    )
