"""The cards of a case's risk, apart from the page: the rating through time, and what moved it factor by factor."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop.domain.cases.cases import CaseStatus
from csp_desktop.domain.cases.factor_tasks import Came, FactorMoved
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import ActionState
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.charts import RiskBand
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.factor_table import moved_words
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.risk_trend import RiskTrend
from csp_desktop.services.cases.cases import CaseRecord
from csp_desktop.services.cases.factor_tasks import WhatMoved
from csp_desktop.services.meeting.actions import ActionRow

CAME_TONES = {
    Came.DONE_FELL: Tone.LOW,
    Came.DONE_STAYED: Tone.MEDIUM,
    Came.NOT_DONE: Tone.HIGH,
    Came.NOT_DONE_FELL: Tone.MEDIUM,
    Came.FELL_ALONE: Tone.LOW,
    Came.NO_TASK: Tone.MEDIUM,
    Came.OPEN_FELL: Tone.LOW,
}


class MovedCard(Card):
    """`task_asked` gives the factor for which a task is wanted, empty for one still to be chosen."""

    task_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="What moved it")
        self.view, self._why, self.button = EntryList(self), QLabel(self), SecondaryButton(self, text="Task", height=28)
        self.view.setObjectName("moved_view")
        self.view.setAccessibleName("Factors that changed, and the tasks for them")
        self.view.set_flush(True)
        self._why.setWordWrap(True)
        set_role(self._why, "second")
        self.button.setObjectName("task_button")
        self.button.setAccessibleName("Agree a task for the chosen factor")
        self.head.addWidget(self.button)
        self.add(self._why)
        self.add(self.view)
        self.button.clicked.connect(lambda: self.task_asked.emit(self.factor()))

    def show_moved(self, moved: WhatMoved, today: date, *, may_task: bool) -> None:
        """Another case, in place; hidden for one that was never assessed here."""
        self.setVisible(moved.later is not None)
        if moved.later is None:
            return
        self.set_title("What moved it", _between(moved, today))
        self.button.setVisible(may_task)
        self._why.setText(moved.refused or ("" if moved.rows else "No factor changed."))
        self._why.setVisible(bool(self._why.text()))
        self.view.set_entries([_entry(row, moved, today) for row in moved.rows])
        self.view.setVisible(bool(moved.rows))
        self.view.setFixedHeight(self.view.content_height() + 2)

    def factor(self) -> str:
        """The one chosen in the list, else the first that nobody has a task for."""
        chosen = self.view.current_key()
        without = [one.key for one in self.view.entries() if one.pill == Came.NO_TASK.value]
        return chosen or next(iter(without), "")


def _between(moved: WhatMoved, today: date) -> str:
    """'Thu 29 Oct to Thu 26 Nov: 30, then 33'"""
    assert moved.later is not None
    on = screen_day(moved.later.on, today)
    if moved.earlier is None:
        return f"{on}: {moved.later.total_words}"
    return f"{screen_day(moved.earlier.on, today)} to {on}: {moved.earlier.total_words}, then {moved.later.total_words}"


def _entry(row: FactorMoved, moved: WhatMoved, today: date) -> Entry:
    """'Threats and fear · 2 points, now 4 · Visit, PS Dan Holt: done Thu 5 Nov'"""
    points = "" if row.before is None or row.now is None else f"{row.before} then, {row.now} now"
    tasks = [task_words(moved.named[one.id], today) for one in (*row.tasks, *row.coming)]
    change = row.change
    tone = Tone.NEUTRAL if not change else Tone.HIGH if change > 0 else Tone.LOW
    return Entry(
        row.key,
        row.label,
        ". ".join(filter(None, (points, *tasks))),
        pill=row.came.value,
        pill_tone=CAME_TONES.get(row.came, Tone.NEUTRAL),
        rating="" if change is None else moved_words(change) if change else "0",
        rating_word="" if change is None else "points",
        rating_tone=tone,
    )


def task_words(row: ActionRow, today: date) -> str:
    """'Visit, PS Dan Holt: done Thu 5 Nov', or with the day it is due."""
    action = row.action
    if action.state is ActionState.OPEN:
        came = row.status if row.tone == "high" else f"due {row.due_words}"
    else:
        came = f"{action.state.value} {screen_day(action.closed_on, today)}" if action.closed_on else action.state.value
    return f"{action.what.rstrip('.')}, {row.who}: {came[:1].lower()}{came[1:]}"


class TrendCard(Card):
    """The totals through time with what was done meanwhile; hidden while there is one total alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Rating and what was done")
        self.set_edges(16, 8, 10, 8)
        self.chart = RiskTrend(self)
        self.add(self.chart)

    def show_case(self, page: CaseRecord) -> None:
        """Another case, in place."""
        trend, matrix = page.trend.trend, page.trend.matrix
        self.setVisible(trend.is_drawn)
        rules = matrix.bands if matrix is not None else ()
        bands = [RiskBand(one.band.value, one.from_points, BAND_TONES[one.band]) for one in rules]
        self.set_title("Rating and what was done", trend_caption(page))
        due = None if page.case.status is CaseStatus.CLOSED else page.clocks.fall_due
        self.chart.set_trend(trend, bands, page.clocks.today, due)


def trend_caption(page: CaseRecord) -> str:
    """'5 totals of Safety Net, 2 assessments here (squares); levels of the example matrix 0.3'"""
    trend, matrix = page.trend.trend, page.trend.matrix
    counts = [
        count_of(len(trend.known), "total in Safety Net", "totals in Safety Net") if trend.known else "",
        count_of(len(trend.made), "assessment here (square)", "assessments here (squares)") if trend.made else "",
    ]
    example = "example " if matrix is not None and matrix.illustrative else ""
    levels = f"; levels of the {example}matrix, version {matrix.version}" if matrix is not None else ""
    return ", ".join(filter(None, counts)) + levels
