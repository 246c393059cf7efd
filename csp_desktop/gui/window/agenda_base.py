"""What preparing an agenda is in both windows: when, the list with its keys, the minutes against the slot, one step on.

Each page hands in its form, its rows and its words, and keeps the column at the left.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.agenda_list import AgendaList
from csp_desktop.gui.widgets.badges import BigNumber
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.charts import Bar, BarList
from csp_desktop.gui.widgets.three_columns import Column, ThreeColumns
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.when_form import WhenFields, WhenForm

NEXT_STEP = Action("the next step", GO_ON.keys, "_press_next", strip="continue")


class AgendaFields(WhenFields, Protocol):
    """What the forms of both pages have."""

    columns: ThreeColumns
    agenda_card: QFrame
    agenda_view: AgendaList
    up_button: SecondaryButton
    down_button: SecondaryButton
    time_caption: QLabel
    spare_number: BigNumber
    spare_label: QLabel
    ends_words: QLabel
    time_bars: BarList
    fit_label: QLabel
    next_button: PrimaryButton


class AgendaBase(Page):
    """A page calls `_build` with its form; its `_go_on`, `_move`, `_set_minutes` and `_show_row` are called from it."""

    def _build(self, ui: AgendaFields, form: WhenForm) -> None:
        self._fields, self._when_form = ui, form
        ui.columns.set_widths(Column.SIDE, 360, 344)  # room for the longest words of the button, with its key
        ui.next_button.set_height(56)
        ui.next_button.set_key(NEXT_STEP.shown)
        ui.spare_number.set_size(68)
        for button, icon, by in ((ui.up_button, "arrow-up", -1), (ui.down_button, "arrow-down", 1)):
            button.set_height(34)
            button.set_icon(icon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the list
            button.clicked.connect(lambda _=False, by=by: ui.agenda_view.move_by(by))
        ui.agenda_card.setMinimumHeight(current().px(190))
        ui.agenda_view.moved.connect(self._move)
        ui.agenda_view.minutes_asked.connect(self._set_minutes)
        ui.agenda_view.current_moved.connect(lambda _: self._show_row())
        ui.said_bar.undo_asked.connect(self.undo)
        ui.next_button.clicked.connect(self._go_on)
        self.follow()

    def entered(self, argument: object = None) -> None:
        """Nothing is said of before; up to date."""
        self._when_form.errors.clear()
        self._fields.said_bar.dismiss()
        self.refresh()

    def left(self) -> None:
        """What is typed is saved."""
        self._when_form.finish()

    def _move(self, key: str, to: int) -> None:
        """A row of the list goes to this place."""

    def _set_minutes(self, key: str, minutes: int) -> None:
        """A row of the list gets so many minutes."""

    def _show_row(self) -> None:
        """What can be done with the line in hand."""

    def _go_on(self) -> None:
        """Plan it, or go to where it goes on."""

    def _meeting_changed(self) -> None:
        self._context.changes.tell("meeting")

    def _do(self, work: Callable[[], object], said: str = "", more: str = "") -> None:
        """One step; what it refuses is said in place, nothing is asked."""
        try:
            work()
        except Refused as refusal:
            self._fields.said_bar.say(refusal.sentence, tone=Tone.MEDIUM, undo="")
            return
        if said:
            self._fields.said_bar.say(said, more)
        self._meeting_changed()

    def _show_slot(self, meeting: Meeting, spare: int, ends: str, bars: Sequence[Bar], fits: str) -> None:
        """The minutes against the slot: `spare` of them are left, or over where it is negative; `ends` is the time of
        the last item's end, `fits` says what to do about it.
        """
        ui = self._fields
        ui.time_caption.setText(f"slot {clock(meeting.starts)} to {clock(meeting.ends)}")
        ui.spare_number.set_number(str(abs(spare)), tone=Tone.HIGH if spare < 0 else None)
        ui.spare_label.setText("min over" if spare < 0 else "min to spare")
        ui.ends_words.setText(f"last item ends {ends}")
        ui.time_bars.set_bars(bars)
        ui.fit_label.setText(fits)

    def _press_next(self) -> None:
        """Ctrl+Enter: a field half typed in is given first, as it is when the button is clicked."""
        button = self._fields.next_button
        self._fields.columns.show_column_of(button)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()

    def strip_word(self, action: Action) -> str:
        """The next step is what its button says."""
        words = self._fields.next_button.words()
        return words[:1].lower() + words[1:] if action is NEXT_STEP else action.strip
