"""The checks of a record beside its pages, the same for both meetings: what fails with its place, what passed as one
block.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.checks import MinutesCheck
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.fix_row import FixRow, PassedBlock, tab_through
from csp_desktop.services.minutes import checks as minutes_checks
from csp_desktop.services.session import Session

MOST_PAGES = 5  # named in one check


def page_checks(unmarked: Sequence[int]) -> list[MinutesCheck]:
    """What is looked at on the printed pages themselves: `unmarked` are the numbers of those without the marking."""
    numbers = ", ".join(map(str, unmarked[:MOST_PAGES])) + (" and more" if len(unmarked) > MOST_PAGES else "")
    return [MinutesCheck(not unmarked, "Marked on every page", f"Not on page {numbers}" if unmarked else "")]


class RecordChecks(QObject):
    """Fills the form's list of checks. `fix_asked` with a check that is to be put right or shown, `kept` once a text
    stays as it is."""

    fix_asked = Signal(object)
    kept = Signal()

    def __init__(self, form: Any, session: Session, tone: Callable[[MinutesCheck], Tone]) -> None:
        super().__init__()
        self._ui, self._session, self._tone = form, session, tone
        self._meeting_id = ""
        self._failing: list[MinutesCheck] = []
        self._passed: list[str] = []
        self._at = -1  # the failing check one went to last
        form.checks_view.body.setContentsMargins(0, 0, 0, 0)
        form.checks_view.body.setSpacing(current().px(8))
        form.checks_view.setMinimumHeight(current().px(96))

    @property
    def failing(self) -> Sequence[MinutesCheck]:
        """What fails, in the order shown."""
        return tuple(self._failing)

    @property
    def counts(self) -> tuple[int, int]:
        """How many pass, of how many."""
        return len(self._passed), len(self._passed) + len(self._failing)

    def show(self, meeting_id: str, found: Sequence[MinutesCheck]) -> None:
        """These checks of a meeting's record; none while there are no pages."""
        ui, body = self._ui, self._ui.checks_view.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._meeting_id, self._at = meeting_id, -1
        self._failing = [check for check in found if not check.passed]
        self._passed = [check.words for check in found if check.passed]
        ui.checks_count.setText(f"{len(self._passed)} of {len(found)}" if found else "")
        for number, check in enumerate(self._failing):
            body.addWidget(self._row(number, check))
        if self._passed:
            body.addWidget(PassedBlock(ui.checks_view, self._passed))
        body.addStretch(1)
        tab_through(ui.page_view, ui.checks_view)

    def _row(self, number: int, check: MinutesCheck) -> FixRow:
        row = FixRow(self._ui.checks_view, f"check_{number}", check.words, check.detail, self._tone(check))
        if check.kept_as or check.stands_as:
            row.offer_keep()
            row.kept.connect(lambda _key: self._keep(row, check))
        if check.section_id:
            row.offer_button("Fix" if check.kept_as else "Show")
            row.fixed.connect(lambda _key, _chosen: self.fix_asked.emit(check))
        return row

    def _keep(self, row: FixRow, check: MinutesCheck) -> None:
        """The text stays as it is and is not asked about again."""
        try:
            minutes_checks.keep(self._session, self._meeting_id, check)
        except Refused as refusal:
            row.refuse(refusal.sentence)
            return
        self.kept.emit()
        self._ui.sections_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_failing(self) -> MinutesCheck | None:
        """The next one that fails, brought into view; after the last the first again."""
        if not self._failing:
            return None
        self._at = (self._at + 1) % len(self._failing)
        self._ui.columns.show_column_of(self._ui.checks_view)
        rows = self._ui.checks_view.findChildren(FixRow)
        if self._at < len(rows):
            self._ui.checks_view.ensureWidgetVisible(rows[self._at])
        return self._failing[self._at]
