"""The side column of one agency: name, short name and kind, saved as they are left; a new one by its button."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_people import Ui_People
from csp_desktop.domain.agencies import Agency, AgencyKind
from csp_desktop.domain.days import clock_seconds
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.kept_line import KeptLine
from csp_desktop.services import keeping_people

NEW = "new"


class AgencyForm(QObject):
    """`saved` with what changed, in words, after each change; `closed` when adding was given up."""

    saved = Signal(str, str)
    closed = Signal()

    def __init__(self, ui: Ui_People, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self._agency_id = ""
        work = desk.session.work
        self._name = KeptLine(ui.full_edit, ui.full_error, work, Agency, "name", lambda t: self._change(name=t))
        self._short = KeptLine(
            ui.short_edit, ui.short_error, work, Agency, "short_name", lambda t: self._change(short_name=t)
        )
        for kind in AgencyKind:
            ui.kind_combo.addItem(kind.value.capitalize(), kind.value)
        for line in (self._name, self._short):
            line.saved.connect(lambda: self._tell("Saved"))
            line.edit.returnPressed.connect(lambda: self.add() if self.is_new() else None)
        ui.kind_combo.activated.connect(lambda _: self._take_kind())
        ui.add_agency_button.clicked.connect(self.add)
        ui.drop_agency_button.clicked.connect(self._give_up)

    def is_new(self) -> bool:
        """Whether an agency is being added."""
        return self._agency_id == NEW

    def agency_id(self) -> str:
        """Which is shown; empty for none or a new one."""
        return "" if self.is_new() else self._agency_id

    def end(self) -> None:
        """End the edits."""
        self._name.end()
        self._short.end()

    def show_new(self) -> None:
        """An empty form; what was begun before comes back."""
        self._agency_id = NEW
        self._ui.agency_title.setText("New agency")
        self._ui.agency_caption.setText("Without a short name one is made from the name.")
        self._ui.agency_saved_label.clear()
        self._fill(Agency(NEW, "", "", AgencyKind.COUNCIL))

    def show_agency(self, agency_id: str) -> None:
        """The fields of this agency."""
        if agency_id != self._agency_id:
            self._ui.agency_saved_label.clear()
        self._agency_id = agency_id
        agency = self._agency()
        self._ui.agency_title.setText(agency.name)
        self._ui.agency_caption.setText("Every field is saved when you leave it.")
        self._fill(agency)

    def _fill(self, agency: Agency) -> None:
        ui, new = self._ui, self.is_new()
        for part in (ui.add_agency_button, ui.drop_agency_button):
            part.setVisible(new)
        self._name.show(agency.id, agency.name, saves=not new)
        self._short.show(agency.id, agency.short_name, saves=not new)
        ui.kind_combo.setCurrentIndex(ui.kind_combo.findData(agency.kind.value))

    def _agency(self) -> Agency:
        with self._desk.session.work.reading() as records:
            return records.get(Agency, self._agency_id)

    def _change(self, **fields: object) -> None:
        after = replace(self._agency(), **fields)  # type: ignore[arg-type]
        keeping_people.save_agency(self._desk.session, after.id, after.name, after.short_name, after.kind)

    def _take_kind(self) -> None:
        if not self.is_new():
            self._change(kind=AgencyKind(self._ui.kind_combo.currentData()))
            self._tell("Saved")

    def _tell(self, words: str) -> None:
        self._ui.agency_saved_label.set_saved(clock_seconds(self._desk.session.now()))
        self.saved.emit(words, self._agency().name)

    def add(self) -> None:
        """The new agency goes on the list, or its name says why not."""
        ui = self._ui
        kind = AgencyKind(ui.kind_combo.currentData())
        try:
            agency = keeping_people.save_agency(self._desk.session, "", ui.full_edit.text(), ui.short_edit.text(), kind)
        except Refused as refusal:
            ui.full_error.set_error(refusal.sentence, ui.full_edit)
            ui.full_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._forget()
        self._agency_id = agency.id
        self._tell("Added")

    def _give_up(self) -> None:
        self._forget()
        self._agency_id = ""
        self.closed.emit()

    def _forget(self) -> None:
        for field, line in (("name", self._name), ("short_name", self._short)):
            self._desk.session.work.drop_draft(Agency, NEW, field)
            line.show("", "")
