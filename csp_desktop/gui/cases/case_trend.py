"""The rating of a case through time, with what was done meanwhile; apart from the page, whose form holds it."""

from PySide6.QtWidgets import QWidget

from csp_desktop.domain.cases.cases import CaseStatus
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.charts import RiskBand
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.risk_trend import RiskTrend
from csp_desktop.services.cases.cases import CaseRecord


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
