"""A card that counts the days to something: the number, its day, how it stands, and the steps on the way."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop._built.ui_countdown_card import Ui_CountdownCard
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.steps import StepMark
from csp_desktop.services.home.home import Countdown

_WORD, _LOW, _HIGH = 34, 68, 84  # sizes of the number, in px at the usual text size


class CountdownCard(QFrame):
    """On a low window the note goes and the number is smaller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_CountdownCard()
        self.ui.setupUi(self)
        self._counts, self._low = True, False

    def show_countdown(self, countdown: Countdown, steps: Sequence[StepMark]) -> None:
        """Fill everything anew."""
        ui, self._counts = self.ui, bool(countdown.days)
        ui.title_label.setText(countdown.title)
        ui.by_label.setText(countdown.by)
        ui.number.set_number(*_number(countdown))
        ui.pill.set_text(countdown.status, Tone(countdown.tone))
        ui.note_label.setText(countdown.note)
        ui.steps.set_steps(steps)
        self._fit()

    def set_low(self, low: bool) -> None:
        """Whether the window is low."""
        self._low = low
        self._fit()

    def _fit(self) -> None:
        self.ui.note_label.setHidden(self._low)
        self.ui.number.set_size(_WORD if not self._counts else _LOW if self._low else _HIGH)


def _number(countdown: Countdown) -> tuple[str, str, Tone | None]:
    """The number, its unit and its colour."""
    if not countdown.days:
        is_done = countdown.tone in ("low", "high")  # green or red: it was done, in time or not; else nothing is due
        return ("Done" if is_done else "None", "", None) if countdown.days is None else ("Today", "", Tone.MEDIUM)
    days, late = abs(countdown.days), countdown.days < 0 and countdown.tone == "high"
    unit = ("day" if days == 1 else "days") + (" overdue" if late else " ago" if countdown.days < 0 else "")
    return str(days), unit, Tone.HIGH if late else Tone.MEDIUM if countdown.tone == "medium" else None
