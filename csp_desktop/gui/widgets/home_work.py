"""The middle of Home: the next step as the one primary button, a notice, two countdowns, what needs someone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from csp_desktop._built.ui_home_work import Ui_HomeWork
from csp_desktop.domain.cases.cases import Band
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.containers import Flow, wrapping
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.steps import StepMark
from csp_desktop.gui.window.keys import step_of
from csp_desktop.services.home.home import Countdown
from csp_desktop.services.home.home_needs import Need, NeedKind
from csp_desktop.services.home.next_step import NextStep


class StepLook(NamedTuple):
    """The page a next step leads to, the icon of its button, and what the page is entered with in place of the
    meeting."""

    stem: str
    icon: str = "chevron-right"
    part: str = ""


class NeedLook(NamedTuple):
    """The icon of one kind of need, and the page it leads to; `part` is what the page is entered with where the need is
    about no record, `several` the page instead of `stem` then.
    """

    icon: str
    stem: str
    part: str = ""
    several: str = ""

    def leads(self, need: Need) -> tuple[str, str | None]:
        """The page, and what it is entered with."""
        stem = self.several if self.several and not need.record_id else self.stem
        return stem, need.record_id or self.part or None


FILE_NEEDS: dict[Enum, NeedLook] = {
    NeedKind.HAND_OVER_LEFT: NeedLook("triangle-alert", "safekeeping"),
    NeedKind.BACKUP_FAILED: NeedLook("triangle-alert", "safekeeping"),
    NeedKind.BACKUP: NeedLook("save", "safekeeping"),
    NeedKind.BACKUP_TRIAL: NeedLook("history", "safekeeping", "try"),
}


@dataclass(frozen=True)
class NoNeed:
    """What stands in place of the needs where there are none."""

    title: str
    words: str
    icon: str = "circle-check"


@dataclass(frozen=True)
class HomeContent:
    """What the middle of Home shows."""

    next_step: NextStep
    first: tuple[Countdown, Sequence[StepMark]]
    second: tuple[Countdown, Sequence[StepMark]]
    needs: tuple[Need, ...]
    no_need: NoNeed


class HomeWork(QFrame):
    """`need_chosen` gives the `Need`; from the next step ↓ goes on to the first of them."""

    next_pressed = Signal()
    need_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs: tuple[Need, ...] = ()
        self._steps: Mapping[Enum, StepLook] = {}
        self._looks: Mapping[Enum, NeedLook] = {}
        self.ui = ui = Ui_HomeWork()
        ui.setupUi(self)
        wrapping(ui.next_layout)
        line = Flow(ui.next_line, spacing=10)
        for part in (ui.next_label, ui.chip_one, ui.chip_two):
            line.addWidget(part)
        # The list scrolls by itself, so that the next step stays in sight above it.
        ui.needs_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.needs_view.setMinimumHeight(current().px(110))
        ui.next_button.clicked.connect(self.next_pressed)
        ui.next_button.installEventFilter(self)
        ui.needs_view.chosen.connect(lambda key: self.need_chosen.emit(self._needs[int(key)]))
        self.setFocusProxy(ui.next_button)

    def look_up(self, steps: Mapping[Enum, StepLook], needs: Mapping[Enum, NeedLook]) -> None:
        """How every kind of step and need looks here."""
        self._steps, self._looks = steps, needs

    def set_key(self, key: str) -> None:
        """The key on the button of the next step."""
        self.ui.next_button.set_key(key)

    def set_notice(self, notice: QWidget) -> None:
        """Something of the page's own, between the next step and the countdowns."""
        self.ui.whole_layout.insertWidget(1, notice)

    def set_room(self, *, low: bool, narrow: bool) -> None:
        """On a low window the notes of the countdowns give way to what needs someone; on a narrow one the next step's
        words and its button share a line."""
        self.ui.next_button.set_height(40 if narrow else 52)
        for card in (self.ui.first_card, self.ui.second_card):
            card.set_low(low)

    def show_content(self, content: HomeContent) -> None:
        """Fill everything anew."""
        ui, step = self.ui, content.next_step
        ui.next_title.setText(step.title)
        ui.next_button.setText(f"&{step.button}")
        ui.next_button.set_icon(self._steps[step.kind].icon)
        late = Tone.HIGH if step.is_late else Tone.NEUTRAL
        for chip, words, tone in zip(
            (ui.chip_one, ui.chip_two), (*step.chips, "", ""), (late, Tone.NEUTRAL), strict=False
        ):
            chip.set_text(words, tone)
        ui.first_card.show_countdown(*content.first)
        ui.second_card.show_countdown(*content.second)
        self._show_needs(content.needs, content.no_need)

    def _show_needs(self, needs: tuple[Need, ...], no_need: NoNeed) -> None:
        ui, count, self._needs = self.ui, len(needs), needs
        ui.needs_view.set_entries(_entries(needs, self._looks))
        ui.needs_view.setVisible(bool(count))
        ui.needs_empty.setVisible(not count)
        ui.needs_empty.set_content(no_need.title, no_need.words, icon=no_need.icon)
        ui.needs_caption.setText("1 item" if count == 1 else f"{count} items, most urgent first" if count else "")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """From the next step, ↓ goes on to what needs someone."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and step_of(event) > 0:
            view = self.ui.needs_view
            if view.entries():
                view.setFocus(Qt.FocusReason.TabFocusReason)
                view.set_current(view.entries()[0].key)
                return True
        return False


def _entries(needs: Sequence[Need], looks: Mapping[Enum, NeedLook]) -> list[Entry]:
    """One row each; the key is its place."""
    return [
        Entry(
            str(at),
            need.title,
            need.detail,
            icon=looks[need.kind].icon,
            tile=Tone(need.tone),
            pill=need.when,
            pill_tone=Tone(need.tone) if need.tone != "accent" else Tone.NEUTRAL,
            people=need.officers,
            totals=tuple((str(total), BAND_TONES[Band(band) if band else None]) for total, band in need.totals),
        )
        for at, need in enumerate(needs)
    ]
