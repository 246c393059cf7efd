"""Under the agenda: the item of the group's own that is in hand, each field saved as it is left, or refused there."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLabel, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.agenda import Presentation
from csp_desktop.domain.meeting.meeting import AgendaItem
from csp_desktop.gui.meeting.prepare_form import fill_people
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import reveal
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.window.saved_field import KeptLine
from csp_desktop.services.meeting.agenda import ExpectedRow, ItemRow
from csp_desktop.services.meeting.agenda_items import OwnItem, change_item
from csp_desktop.services.session import Session

VISITS = "A visitor hears the clause read out at the sign-in, signs, and is in the room for this item only."
NAMED = "Name who presents, and whether they are a visitor."
PRESENTS = "A member or a named presenter. Only a visitor hears the read-out clause."


class OwnItemPanel(QFrame):
    """`changed` after each change that went in. Shown while an own item is in hand."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: ItemRow | None = None
        set_role(self, "chosen")
        self.title_edit, self.title_error = LineEdit(self), FieldError(self)
        self.who_edit, self.who_error = LineEdit(self), FieldError(self)
        self.who_edit.setPlaceholderText("Dawn Whitlock")
        self.visitor_check, self.host_combo = QCheckBox("&Visitor", self), QComboBox(self)
        self.clause_words = ElidedLabel(self)
        set_role(self.clause_words, "small")
        self.title_edit.setAccessibleName("Title")
        self.who_edit.setAccessibleName("Who presents")
        self.host_combo.setAccessibleName("Comes with")
        self._lay_out()
        work = session.work
        self._title = KeptLine(self.title_edit, self.title_error, work, AgendaItem, "title", self._save_title)
        self._who = KeptLine(self.who_edit, self.who_error, work, Presentation, "who", self._save_who)
        for line in (self._title, self._who):
            line.saved.connect(self.changed)
        self.title_edit.returnPressed.connect(lambda: self.who_edit.setFocus(Qt.FocusReason.TabFocusReason))
        self.visitor_check.clicked.connect(lambda on: self._choose(visitor=on))
        self.host_combo.activated.connect(lambda _: self._choose(host_id=self.host_combo.currentData() or ""))
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(current().px(10))
        grid.setVerticalSpacing(current().px(3))
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("Tit&le", self.title_edit, 4),
            ("&Who presents", self.who_edit, 3),
            ("Wit&h", self.host_combo, 3),
        )
        for column, (words, field, share) in enumerate(fields):
            label = QLabel(words, self)
            label.setBuddy(field)
            set_role(label, "label")
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, share)
        grid.addWidget(self.title_error, 2, 0)
        grid.addWidget(self.who_error, 2, 1, 1, 2)
        self.host_combo.setMinimumWidth(current().px(90))
        whole = vbox(
            grid, hbox(self.visitor_check, (self.clause_words, 1), spacing=12), spacing=6, margins=(12, 8, 12, 8)
        )
        self.setLayout(whole)
        order: tuple[QWidget, ...] = (self.title_edit, self.who_edit, self.host_combo, self.visitor_check)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def show_item(self, row: ItemRow | None, people: Sequence[ExpectedRow]) -> None:
        """This item of the group's own; none hides the panel."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        one = row.presented
        self._title.show(row.item.id, row.item.title)
        self._who.show(row.item.id, one.who if one else "")
        fill_people(self.host_combo, people, one.host_id if one else "", "Nobody")
        self.visitor_check.setChecked(bool(one and one.visitor))
        for field in (self.visitor_check, self.host_combo):
            field.setEnabled(one is not None)
        words = NAMED if one is None else VISITS if one.visitor else PRESENTS
        self.clause_words.setText(words)

    def begin(self) -> None:
        """A new item: its title first, ready to be typed over."""
        self.title_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.title_edit.selectAll()
        reveal(self)

    def finish(self) -> None:
        """What is typed is saved."""
        if self._row is not None:
            self._title.end()
            self._who.end()

    def _said(self) -> OwnItem:
        row = self._row
        assert row is not None
        one = row.presented
        said = OwnItem(row.item.title, row.item.planned_minutes)
        return replace(said, who=one.who, visitor=one.visitor, host_id=one.host_id) if one else said

    def _save_title(self, title: str) -> None:
        self._change(replace(self._said(), title=title))

    def _save_who(self, who: str) -> None:
        said = self._said()
        self._change(replace(said, who=who, visitor=said.visitor and bool(who.strip())))

    def _change(self, own: OwnItem) -> None:
        assert self._row is not None
        change_item(self._session, self._row.item.id, own)

    def _choose(self, *, visitor: bool | None = None, host_id: str | None = None) -> None:
        """A choice beside the name: at once."""
        said = self._said()
        said = replace(said, visitor=said.visitor if visitor is None else visitor)
        try:
            self._change(replace(said, host_id=said.host_id if host_id is None else host_id))
        except Refused as refusal:
            self.who_error.set_error(refusal.sentence, self.who_edit)
            return
        self.changed.emit()
