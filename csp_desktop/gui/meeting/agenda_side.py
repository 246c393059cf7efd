"""The agenda of a meeting that runs: items are added under the one in hand, and any item is renamed. Both meetings use
it; only the group's file knows who presents an item.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.agenda import ItemField
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.services.meeting import agenda_items
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.session import Session

LEAST = 110  # high, the list shows three items


class AgendaSide(QFrame):
    """`changed` with what was done. `wide`: what is new and what is renamed stand side by side, and nobody presents."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "" if wide else "surface")
        self._session: Session | None = None
        self._meeting_id, self._current_id = "", ""
        self._titles: dict[str, str] = {}
        self._new_title, self._other_title = QLabel("New item, below the current one", self), QLabel(self)
        self._other_title.setText("Another title")
        for label in (self._new_title, self._other_title):
            set_role(label, "subheading")
            label.setWordWrap(True)
        self.title_edit, self.who_edit = ProseLine(self), LineEdit(self)
        self._labels = self._label("T&itle", self.title_edit), self._label("&Presenter (optional)", self.who_edit)
        kind = SecondaryButton if wide else PrimaryButton  # over other work there is a primary one already
        self.item_error, self.item_button = FieldError(self), kind(self, text="&Add the item")
        self.items_view, self.rename_edit = EntryList(self), ProseLine(self)
        self.rename_error, self.rename_button = FieldError(self), SecondaryButton(self, text="&Rename")
        self.errors = FieldErrors(
            {ItemField.TITLE: (self.item_error, self.title_edit), ItemField.WHO: (self.item_error, self.who_edit)},
            (self.item_error, self.title_edit),
        )
        for part in (self._labels[1], self.who_edit):
            part.setVisible(not wide)
        self._name()
        if not wide:  # a column is as high as it is; side by side all items are in sight
            self.items_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self.items_view.setMinimumHeight(current().px(LEAST))
        self._lay_out(wide)
        self._connect()

    def _label(self, words: str, field: QWidget) -> QLabel:
        label = QLabel(words, self)
        label.setBuddy(field)
        set_role(label, "label")
        return label

    def _name(self) -> None:
        self.title_edit.setAccessibleName("Title of the new item")
        self.who_edit.setAccessibleName("Presented by")
        self.items_view.setAccessibleName("Items of the agenda")
        self.rename_edit.setAccessibleName("Title of the item chosen")
        self.items_view.set_flush(True)

    def _lay_out(self, wide: bool) -> None:
        new = (self._new_title, self._labels[0], self.title_edit, self._labels[1], self.who_edit)
        add = (self.item_error, self.item_button)
        other = (self._other_title, (self.items_view, 1), self.rename_edit, self.rename_error, self.rename_button)
        if wide:
            self.setLayout(hbox((vbox(*new, *add, None), 1), (vbox(*other), 1), spacing=16))
        else:
            self.setLayout(vbox(*new, *add, *other))

    def _connect(self) -> None:
        self.items_view.current_moved.connect(lambda _: self._show_title())
        self.items_view.chosen.connect(lambda _: self.rename_edit.setFocus())
        self.item_button.clicked.connect(lambda: self._add())
        self.rename_button.clicked.connect(lambda: self._rename())
        self.title_edit.returnPressed.connect(self._add)
        self.who_edit.returnPressed.connect(self._add)
        self.rename_edit.returnPressed.connect(self._rename)

    def show_agenda(self, session: Session, meeting_id: str, items: Sequence[AgendaItem], current_id: str) -> None:
        """The agenda as it is now; what is new comes under the item `current_id`, which may be empty. The people of a
        private session are no item to rename."""
        held = self.items_view.current_key()
        self._session, self._meeting_id, self._current_id = session, meeting_id, current_id
        rows = [(n, item) for n, item in enumerate(items, 1) if item.kind is not ItemKind.PEOPLE]
        self._titles = {item.id: item.title for _, item in rows}
        self.items_view.set_entries([Entry(item.id, item.title, number=str(n)) for n, item in rows])
        wanted = next((one for one in (held, current_id, *self._titles) if one in self._titles), "")
        self.items_view.set_current(wanted)
        if not self.rename_edit.hasFocus():
            self._show_title()

    def take_focus(self) -> None:
        """Where a new item is named."""
        self.title_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Nothing is half typed."""
        self.errors.clear()
        self.rename_error.clear(self.rename_edit)
        for field in (self.title_edit, self.who_edit):
            field.clear()

    def _show_title(self) -> None:
        self.rename_edit.setText(self._titles.get(self.items_view.current_key(), ""))
        self.rename_error.clear(self.rename_edit)

    def _add(self) -> None:
        if self._session is None:
            return
        own = OwnItem(self.title_edit.text(), who=self.who_edit.text())
        try:
            item = agenda_items.add_item(self._session, self._meeting_id, own, self._current_id)
        except Refused as refused:
            self.errors.show(refused)
            return
        self.clear()
        self.changed.emit(f"{item.title} is on the agenda")

    def _rename(self) -> None:
        key = self.items_view.current_key()
        if self._session is None or not key:
            return
        try:
            item = agenda_items.rename_item(self._session, key, self.rename_edit.text())
        except FieldRefused as refused:
            self.rename_error.set_error(refused.sentence, self.rename_edit)
            return
        self.items_view.setFocus()
        self.changed.emit(f"Renamed: {item.title}")
