"""What a person owns, by kind, and handing it on: everything in one step, or the selected rows to somebody else."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from csp_desktop._built.ui_owned_things import Ui_OwnedThings
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.people.handing_on import HandingField
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.people_lists import MARK, PersonEntry
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, GO_ON, HELP, UNDO, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.people import handing_on as service
from csp_desktop.services.people.handing_on import Leaving

HAND_ON = GO_ON.called("hand on everything, or what is selected", "hand on", "_hand_on")._replace(when="_owns_any")


def entries(leaving: Leaving, marked: Collection[str], today: date) -> list[Entry]:
    """The things under their kinds, with counts."""
    rows: list[Entry] = []
    for kind, count in leaving.counts:
        rows.append(Entry("", kind.value.capitalize(), caption=service.counted(kind, count), heading=True))
        for thing in leaving.things:
            if thing.kind is not kind:
                continue
            late = thing.late(today)
            rows.append(
                PersonEntry(
                    thing.key,
                    thing.title,
                    thing.about,
                    group=kind.value,
                    pill=thing.due_words(today),
                    pill_tone=Tone.HIGH if late else Tone.NEUTRAL,
                    marked=thing.key in marked,
                )
            )
    return rows


class OwnedThingsPage(Page):
    """Entered with a person's id, or with nothing for whoever has left and owns most."""

    ACTIONS = (
        *called(CHOOSE, "choose a row", "row"),
        MARK.called("select the row", "select"),
        HAND_ON,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._session = context.session
        self._owner_id = ""
        self._leaving: Leaving | None = None
        self._marked: list[str] = []
        self._ui = ui = Ui_OwnedThings()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="what they own", side="who takes it on")
        ui.things_view.setMinimumHeight(current().px(120))
        ui.hand_button.set_key(HAND_ON.shown)
        ui.empty_state.hide()
        self.errors = FieldErrors({HandingField.TO: (ui.to_error, ui.to_combo)}, ui.done_bar)
        ui.things_view.mark_asked.connect(self._mark)
        ui.things_view.chosen.connect(lambda _: self._to_successor())
        ui.owner_combo.activated.connect(lambda _: self._choose_owner())
        ui.to_combo.activated.connect(lambda _: self.errors.clear())
        ui.hand_button.clicked.connect(self._hand_on)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("people", "actions", "cases", "meeting")

    def entered(self, argument: object = None) -> None:
        """Their things, the focus on who takes them on."""
        self._ui.done_bar.dismiss()
        self.errors.clear()
        self._show_owner(argument if isinstance(argument, str) else "")
        if self._ui.columns.is_single() and self._owns_any():
            self._ui.things_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_successor()

    def left(self) -> None:
        """Nothing of a case stays behind another page."""
        self._leaving, self._marked = None, []
        self._ui.things_view.set_entries([])

    def refresh(self) -> None:
        """Read it all anew; who is chosen to take it on stays chosen."""
        ui, to = self._ui, self._ui.to_combo.currentData()
        owners = service.owners(self._session)
        if self._owner_id not in {key for key, _ in owners}:
            self._owner_id = owners[0][0] if owners else ""
        _fill(ui.owner_combo, owners, self._owner_id)
        if not self._owner_id:
            return
        leaving = self._leaving = service.owned(self._session, self._owner_id)
        _fill(ui.to_combo, (("", "Choose"), *service.successors(self._session, self._owner_id)), to)
        known = {thing.key for thing in leaving.things}
        self._marked = [key for key in self._marked if key in known]
        self._show_things(leaving)
        self.bar_changed.emit()

    def _show_things(self, leaving: Leaving) -> None:
        ui, today = self._ui, self._session.today
        ui.title_label.setText(f"What {leaving.owner.name} owns")
        late = sum(thing.late(today) > 0 for thing in leaving.things)
        words = leaving.words or "Nothing to hand on"
        ui.count_label.setText(f"{words}; {late} overdue" if late else words)
        ui.left_label.setText("" if leaving.owner.active else f"{leaving.owner.name} has left the group.")
        ui.left_label.setVisible(bool(ui.left_label.text()))
        ui.things_view.set_entries(entries(leaving, self._marked, today))
        any_thing = bool(leaving.things)
        ui.list_frame.setVisible(any_thing)
        ui.empty_state.setVisible(not any_thing)
        ui.empty_state.set_content(
            "Nothing to hand on", f"{leaving.owner.name} owns nothing that is open.", icon="users"
        )
        count = len(self._marked) or len(leaving.things)
        what = f"{count} selected" if self._marked else f"all {count}" if count > 1 else "1 thing"
        ui.hand_button.setText(f"&Hand on {what}" if any_thing else "&Hand on")
        for part in (ui.to_combo, ui.hand_button):
            part.setEnabled(any_thing)

    def _show_owner(self, member_id: str) -> None:
        self._owner_id, self._marked = member_id, []
        self._ui.to_combo.clear()
        self.refresh()

    def _choose_owner(self) -> None:
        self._show_owner(self._ui.owner_combo.currentData() or "")

    def _to_successor(self) -> None:
        ui = self._ui
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        (ui.to_combo if ui.to_combo.isEnabled() else ui.owner_combo).setFocus(Qt.FocusReason.OtherFocusReason)

    def _owns_any(self) -> bool:
        return self._leaving is not None and bool(self._leaving.things)

    def _mark(self, key: str) -> None:
        if key in self._marked:
            self._marked.remove(key)
        else:
            self._marked.append(key)
        if self._leaving is not None:
            self._show_things(self._leaving)

    def _hand_on(self) -> None:
        """Ctrl+Enter: everything, or the selected rows, to whoever is chosen."""
        ui = self._ui
        to, keys = ui.to_combo.currentText(), tuple(self._marked) or None
        try:
            count = service.hand_on(self._session, self._owner_id, ui.to_combo.currentData() or "", keys)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.errors.clear()
        self._marked = []
        self.refresh()
        self._context.changes.tell("people", "actions", "cases", "meeting")
        ui.done_bar.say("Handed on", f"{count_of(count, 'thing', 'things')} to {to}")
        self._to_successor()

    def go_back(self) -> None:
        """Escape: off the selected rows first, then back."""
        if self._marked and self._leaving is not None:
            self._marked = []
            self._show_things(self._leaving)
            self._ui.things_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """Whose, and how much."""
        leaving = self._leaving
        owns = count_of(len(leaving.things), "thing", "things") if leaving is not None else ""
        return BarState("Handing on", icon="users", headline=f"{leaving.owner.name}: {owns}" if leaving else "")

    def strip_text(self) -> str:
        """What is kept of it."""
        return "Who handed on what, to whom and when is kept with each thing."


def _fill(combo: QComboBox, rows: Sequence[tuple[str, str]], chosen: object) -> None:
    combo.clear()
    for key, words in rows:
        combo.addItem(words, key)
    combo.setCurrentIndex(max(0, combo.findData(chosen)) if rows else -1)
