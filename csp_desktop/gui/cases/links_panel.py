"""The cases that belong with one: shown side by side, linked by their words, unlinked with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from csp_desktop.domain.cases.case_links import LinkField, LinkKind
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.users import Duty
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import reveal
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.services.cases.case_links import (
    LinkedCaseRow,
    OfferedLink,
    link_cases,
    offered_links,
    unlink_cases,
)
from csp_desktop.services.session import Session

_SHOWN = 170  # of what is found, in height


class LinksPanel(QFrame):
    """`opened` with the id of a linked case, `changed` with what was done."""

    opened = Signal(str)
    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._case_id = ""
        self._rows: dict[str, LinkedCaseRow] = {}
        self._found: dict[str, OfferedLink] = {}
        self._heading, self._caption = QLabel("Linked cases"), QLabel()
        set_role(self._heading, "heading")
        set_role(self._caption, "caption")
        self.links_view = self._list("links_view", "Linked cases")
        self.found_view = self._list("found_links_view", "Cases that may belong with this one")
        self.open_button = self._button("Link a case", "link_button")
        self.end_button = self._button("Unlink", "unlink_button")
        self.find_edit = self._edit("link_edit", "Case to link: reference, place or initials")
        self.kind_combo = QComboBox()
        self.kind_combo.setObjectName("link_kind_combo")
        self.kind_combo.setAccessibleName("Why the two cases belong together")
        self.kind_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind_combo.setMinimumContentsLength(10)  # beside the button, in a narrow column
        for kind in LinkKind:
            self.kind_combo.addItem(kind.value.capitalize(), kind.value)
        self.link_button = self._button("Link", "link_now_button")
        self.reason_edit = self._edit("unlink_edit", "Reason for unlinking")
        self.unlink_button = self._button("Unlink now", "unlink_now_button")
        self.error = FieldError()
        self._link_fields = (self.find_edit, self.found_view, self.kind_combo, self.link_button)
        self._unlink_fields = (self.reason_edit, self.unlink_button)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.setLayout(
            vbox(
                hbox((self._heading, 1), self._caption, spacing=8),
                self.links_view,
                hbox(self.open_button, self.end_button, None, spacing=8),
                self.find_edit,
                self.found_view,
                self.kind_combo,
                self.link_button,
                hbox((self.reason_edit, 1), self.unlink_button, spacing=8),
                self.error,
                spacing=6,
            )
        )
        self.setFocusProxy(self.open_button)
        order = (self.links_view, self.open_button, self.end_button, *self._link_fields, *self._unlink_fields)
        for before, after in zip(order, order[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._show_fields()

    def _connect(self) -> None:
        self.links_view.chosen.connect(self.opened)
        self.open_button.clicked.connect(lambda: self.open() if self.find_edit.isHidden() else self._close())
        self.end_button.clicked.connect(lambda: self._ask_why() if self.reason_edit.isHidden() else self._close())
        self.find_edit.textChanged.connect(lambda _: self._look())
        self.find_edit.returnPressed.connect(self._link)
        self.found_view.current_moved.connect(lambda _: self._take_kind())
        self.found_view.chosen.connect(lambda _: self._take_kind())
        self.link_button.clicked.connect(self._link)
        self.unlink_button.clicked.connect(self._unlink)
        self.reason_edit.returnPressed.connect(self._unlink)

    def set_session(self, session: Session) -> None:
        """Whose file it is."""
        self._session = session

    def show_case(self, case_id: str, rows: Sequence[LinkedCaseRow]) -> None:
        """Of this case; another one closes the fields."""
        if case_id != self._case_id:
            self._case_id = case_id
            self._close()
        self._rows = {row.case.id: row for row in rows}
        self._caption.setText(str(len(rows)) if rows else "none")
        self.links_view.set_entries([_entry(row) for row in rows])
        self.links_view.setVisible(bool(rows))
        self.links_view.setFixedHeight(self.links_view.content_height() + 2)
        may = self._session is not None and self._session.may(Duty.WORK_CASES)
        self.open_button.setVisible(may)
        self.end_button.setVisible(may and bool(rows))

    def open(self) -> None:
        """The field in which a case is looked for; what looks like this one stands below it."""
        self._show_fields(*self._link_fields)
        self._look()
        self._bring(self.find_edit, self.link_button)

    def _bring(self, edit: QWidget, button: QWidget) -> None:
        """The caret in the field, and the column scrolled so that its button is in view too."""
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, button, lambda: reveal(button))
        QTimer.singleShot(0, edit, lambda: reveal(edit))

    def _ask_why(self) -> None:
        if not self.links_view.current_key() and self._rows:
            self.links_view.set_current(next(iter(self._rows)))
        self._show_fields(*self._unlink_fields)
        self._bring(self.reason_edit, self.unlink_button)

    def _close(self) -> None:
        self.find_edit.clear()
        self.reason_edit.clear()
        self._show_fields()

    def _show_fields(self, *shown: QWidget) -> None:
        for field in (*self._link_fields, *self._unlink_fields):
            field.setVisible(field in shown)
        self.error.clear(self.find_edit)
        self.error.clear(self.reason_edit)

    def _look(self) -> None:
        if self._session is None or self.find_edit.isHidden():
            return
        found = offered_links(self._session, self._case_id, self.find_edit.text())
        self._found = {one.case_id: one for one in found}
        self.found_view.set_entries([Entry(one.case_id, one.words, one.why) for one in found])
        self.found_view.setFixedHeight(min(self.found_view.content_height() + 2, _SHOWN))
        self.found_view.setVisible(bool(found))
        if found:
            self.found_view.set_current(found[0].case_id)
            self._take_kind()
        self.error.clear(self.find_edit)

    def _take_kind(self) -> None:
        one = self._found.get(self.found_view.current_key())
        if one is not None:
            self.kind_combo.setCurrentIndex(self.kind_combo.findData(one.kind.value))

    def _link(self) -> None:
        assert self._session is not None
        other = self.found_view.current_key() if self._found else ""
        try:
            link_cases(self._session, self._case_id, other, LinkKind(self.kind_combo.currentData()))
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.find_edit)
            self.find_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._close()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit("Cases linked")

    def _unlink(self) -> None:
        assert self._session is not None
        row = self._rows.get(self.links_view.current_key()) or next(iter(self._rows.values()))
        try:
            unlink_cases(self._session, row.link.id, self.reason_edit.text())
        except Refused as refusal:
            asked = isinstance(refusal, FieldRefused) and refusal.field == LinkField.REASON
            self.error.set_error(refusal.sentence, self.reason_edit if asked else self.find_edit)
            self.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._close()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit("Cases unlinked")

    def _list(self, name: str, said: str) -> EntryList:
        made = EntryList()
        made.setObjectName(name)
        made.setAccessibleName(said)
        made.set_flush(True)
        made.set_wrapping(True)
        return made

    def _edit(self, name: str, said: str) -> LineEdit:
        made = LineEdit()
        made.setObjectName(name)
        made.setAccessibleName(said)
        made.setPlaceholderText(said.partition(": ")[2].capitalize() or said)
        return made

    def _button(self, words: str, name: str) -> SecondaryButton:
        made = SecondaryButton(text=words, height=32)
        made.setObjectName(name)
        return made


def _entry(row: LinkedCaseRow) -> Entry:
    """A linked case: reference and initials, why, and its rating with its word for whoever cannot see it."""
    case = row.case
    band = case.band.value if case.band else "Not rated"
    rated = case.total is not None
    return Entry(
        case.id,
        row.name,
        row.link.kind.value.capitalize(),
        pill=f"{band} {case.total}" if rated else band,
        pill_tone=BAND_TONES[case.band],
    )
