"""The person at the desk: apart from the desk's lists, which it knows nothing of.

Who they are, the text, the reading out where it is needed, and the signature.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Capacity, Remote
from csp_desktop.gui.meeting.sign_in_people import CAPACITIES
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.how_here import FOR_THEMSELVES, fill_alone, fill_ways, show_in
from csp_desktop.gui.window.actions import GO_ON, LARGER, SMALLER, Action
from csp_desktop.services.meeting import sign_in
from csp_desktop.services.meeting.sign_in_rows import SignerRow
from csp_desktop.services.session import Session

SIGN = Action("sign and next person; at the end start the meeting", GO_ON.keys, "_sign_or_next", strip="next person")


class HowHere(QObject):
    """Who is not in the room, or is here for somebody who sent apologies: a row of its own, shown once it is asked for
    or says something. `changed` after anything was written."""

    changed = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id, self._member_id, self._asked = "", "", False
        fill_ways(ui.remote_box)
        fill_alone(ui.alone_box)
        ui.how_button.set_height(24)
        ui.how_button.clicked.connect(self.ask)
        ui.remote_box.activated.connect(lambda _: self._write(sign_in.choose_remote, ui.remote_box.currentData()))
        ui.alone_box.activated.connect(lambda _: self._write(sign_in.note_alone, ui.alone_box.currentData()))
        ui.here_for_box.activated.connect(lambda _: self._write(sign_in.stand_for, ui.here_for_box.currentData()))
        self.clear()

    def clear(self) -> None:
        """Nobody is at the desk."""
        self._member_id, self._asked = "", False
        for part in (self._ui.how_button, self._ui.how_frame):
            part.hide()

    def ask(self) -> None:
        """The row, the caret in it."""
        self._asked = True
        self._ui.how_frame.show()
        self._ui.how_button.hide()
        self._ui.remote_box.setFocus()

    def show(self, meeting_id: str, row: SignerRow) -> None:
        """How this person is here."""
        ui = self._ui
        if row.member_id != self._member_id:
            self._asked = False
            ui.how_error.clear()
        self._meeting_id, self._member_id = meeting_id, row.member_id
        shown = self._asked or row.remote is not None or bool(row.here_for_id)
        ui.how_frame.setVisible(shown)
        ui.how_button.setVisible(not shown and row.signed_at is None)
        show_in(ui.remote_box, row.remote)
        show_in(ui.alone_box, row.alone)
        ui.alone_box.setVisible(row.remote is not None)
        ui.how_note.setText("Type their full name, as they give it" if row.remote is not None else "")
        ui.here_for_box.clear()
        ui.here_for_box.addItem(FOR_THEMSELVES, "")
        for one in row.absent:
            ui.here_for_box.addItem(f"{one.name}{', sent apologies' if one.apology else ''}", one.member_id)
        ui.here_for_box.setCurrentIndex(max(0, ui.here_for_box.findData(row.here_for_id)))

    def _write(self, verb: Callable[[Session, str, str, Any], None], value: object) -> None:
        try:
            verb(self._session, self._meeting_id, self._member_id, value)
        except Refused as refused:
            self._ui.how_error.set_error(refused.sentence)
            return
        self._ui.how_error.clear()
        self.changed.emit()


class Signer(QObject):
    """Shows one person and takes their signature. `changed` after anything was written, `signed` with the name."""

    changed = Signal()
    signed = Signal(str)
    undo_asked = Signal()
    apology_asked = Signal(str)
    left_unsigned = Signal(str)

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id = ""
        self._row: SignerRow | None = None
        self._readers: tuple[str, ...] = ()
        self._large: bool | None = None
        self._paper_at: datetime | None = None
        self._listeners = Flow(ui.listeners_frame, spacing=14)
        self._how = HowHere(ui, session, self)
        self._how.changed.connect(self._how_changed)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui = self._ui
        ui.clause.set_number(2)
        ui.signature.set_number(3)
        ui.signature.set_button(ui.next_button)
        QWidget.setTabOrder(ui.read_undo_button, ui.clause.text_scroll)
        QWidget.setTabOrder(ui.clause.text_scroll, ui.interest_box)
        QWidget.setTabOrder(ui.interest_box, ui.interest_edit)
        follows: QWidget = ui.interest_edit
        for part in (*ui.signature.fields, ui.next_button, ui.secret_button):
            QWidget.setTabOrder(follows, part)
            follows = part
        label = QLabel("Also read to", ui.listeners_frame)
        set_role(label, "label")
        self._listeners.addWidget(label)
        for box, name in ((ui.reader_box, "Read out by"), (ui.new_agency_box, "Agency")):
            line = box.lineEdit()
            if line is not None:
                line.setAccessibleName(name)
        ui.avatar.set_size(52)
        ui.read_button.set_icon("volume-2")
        ui.read_undo_button.set_icon("undo-2")
        ui.next_button.set_icon("arrow-right")
        ui.next_button.set_key(SIGN.shown)
        for button in (ui.read_button, ui.next_button):
            button.set_height(56)
        ui.smaller_cap.set_key(SMALLER.shown)
        ui.larger_cap.set_key(LARGER.shown)
        for capacity, words in CAPACITIES:
            ui.capacity_box.addItem(words, capacity)
        ui.reader_box.setMinimumWidth(220)

    def _connect(self) -> None:
        ui = self._ui
        ui.capacity_box.activated.connect(self._choose_capacity)
        ui.read_button.clicked.connect(lambda: self._read_out())
        ui.shown_button.clicked.connect(lambda: self._read_out(shown=True))
        ui.read_undo_button.clicked.connect(self._take_back_reading)
        ui.interest_box.toggled.connect(self._show_interest)
        ui.clause.read_to_end.connect(self._show_steps)
        ui.signature.changed.connect(self._show_steps)
        ui.signature.entered.connect(self.sign)
        ui.next_button.clicked.connect(self.sign)
        ui.apology_button.clicked.connect(lambda: self.apology_asked.emit(self.member_id()))
        ui.here_button.clicked.connect(self._here_unsigned)

    def set_paper_at(self, at: datetime | None) -> None:
        """Of a meeting held on paper: the time on its sheets, on which everybody signed."""
        self._paper_at = at
        self._ui.signature.set_on_paper(at is not None)
        if self._row is not None:
            self._show_signature(self._row)

    def member_id(self) -> str:
        """Who is at the desk; empty for nobody."""
        return self._row.member_id if self._row else ""

    def clear(self) -> None:
        """Nothing of the last person stays on the screen."""
        ui = self._ui
        self._row = None
        ui.interest_edit.clear()
        ui.interest_box.setChecked(False)
        ui.read_error.clear()
        for button in (ui.apology_button, ui.here_button):
            button.hide()
        self._how.clear()
        self._large = None
        ui.clause.start()
        ui.signature.clear()

    def show(self, meeting_id: str, member_id: str, readers: tuple[str, ...]) -> None:
        """Someone has come to the desk; a signature begun by another is gone."""
        if member_id != self.member_id():
            self.clear()
        self._meeting_id, self._readers = meeting_id, readers
        self._row = sign_in.signer(self._session, meeting_id, member_id)
        self._show_person(self._row)
        self._show_clause(self._row)
        self._show_signature(self._row)
        self._how.show(meeting_id, self._row)

    def _how_changed(self) -> None:
        """Another text or another signature may be asked for; the caret stays in the row."""
        if self._row is not None:
            self.show(self._meeting_id, self._row.member_id, self._readers)
        self.changed.emit()

    def focus(self) -> None:
        """To what comes next: the reading, or the signature."""
        ui, row = self._ui, self._row
        waits = row is not None and not row.may_sign
        if waits:
            ui.read_button.setFocus()
        else:
            ui.signature.set_focus()

    def _show_person(self, row: SignerRow) -> None:
        ui, theme = self._ui, current()
        ui.avatar.set_person(row.name, row.agency)
        ui.name_label.setText(row.name)
        roomy = ui.work_frame.width() >= theme.px(1180)
        ui.agency_label.setText(row.agency if roomy else row.agency_short)
        ui.agency_icon.setPixmap(icons.pixmap("landmark", theme.px(18), theme.tokens.ink2))
        tone, icon = ("low", "shield-check") if row.isp_current else ("medium", "circle-alert")
        set_role(ui.isp_label, tone)
        ui.isp_label.setText(row.isp_words if roomy else row.isp_short)
        ui.isp_label.setToolTip(row.isp_words)
        ui.isp_icon.setPixmap(icons.pixmap(icon, theme.px(18), getattr(theme.tokens, tone)))
        ui.capacity_box.setCurrentIndex([capacity for capacity, _ in CAPACITIES].index(row.capacity))

    def _show_clause(self, row: SignerRow) -> None:
        ui, theme = self._ui, current()
        read = row.read_at is not None
        large = row.hears if self._large is None else self._large
        ui.clause.show_clause(row.clause, self._title(row), large=large)
        ui.reading_frame.setVisible(row.hears and not read)
        ui.read_frame.setVisible(row.hears and read)
        for widget in (ui.clause_line, ui.interest_frame):
            widget.setVisible(row.may_sign)
        ui.same_frame.setVisible(not row.hears)
        ui.cards_layout.setStretch(0, 7 if row.hears else 6)
        ui.cards_layout.setStretch(1, 4 if row.hears else 5)
        ui.same_icon.setPixmap(icons.pixmap("file-check", theme.px(16), theme.tokens.ink2))
        self._show_interest(ui.interest_box.isChecked())
        if read and row.read_at is not None:
            ui.read_icon.setPixmap(icons.pixmap("circle-check", theme.px(22), theme.tokens.low))
            how = "Shown on their screen" if row.shown else "Read out"
            ui.read_label.setText(f"{how} at {clock(row.read_at)} by {row.read_by}")
        elif row.hears:
            self._offer_reading(row)

    def _title(self, row: SignerRow) -> str:
        if not row.hears:
            return "Read the confidentiality clause"
        return "The chair reads this out" if self._reader().endswith(", chair") else "This is read out"

    def _reader(self) -> str:
        return self._ui.reader_box.currentText().strip() or (self._readers[0] if self._readers else "")

    def _offer_reading(self, row: SignerRow) -> None:
        ui, reader = self._ui, self._ui.reader_box.currentText()
        ui.reader_box.clear()
        ui.reader_box.addItems(list(self._readers))
        if reader in self._readers:
            ui.reader_box.setCurrentText(reader)
        for box in ui.listeners_frame.findChildren(QCheckBox):
            self._listeners.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        others = sign_in.listeners(self._session, self._meeting_id, row.member_id)
        for person in others:
            box = QCheckBox(f"{person.name}, {person.remark}", ui.listeners_frame)
            box.setObjectName(f"listener_{person.member_id}")
            box.setProperty("member_id", person.member_id)
            self._listeners.addWidget(box)
        ui.listeners_frame.setVisible(bool(others))

    def _show_signature(self, row: SignerRow) -> None:
        ui = self._ui
        ui.signature.set_typed_only(row.remote is not None)
        ui.shown_button.setVisible(row.remote is Remote.TEAMS)
        ui.signature.show_note(not row.hears or ui.work_frame.width() >= current().px(1180))
        ui.apology_button.setVisible(row.read_at is None)
        ui.here_button.setVisible(row.read_at is None)
        when = clock(self._paper_at or self._session.now())
        signs = "Records “signed on paper”" if self._paper_at else "Signs you in"
        ui.next_note.setText(f"{signs} at {when} and clears this screen")
        ui.signature.allow(row.may_sign)

    def _show_steps(self) -> None:
        """The text is ticked once it has been read out, scrolled to its end, or is being signed; before that it is the
        step one is in."""
        row, ui = self._row, self._ui
        read = row is not None and row.may_sign and (row.hears or ui.clause.was_read or ui.signature.is_begun)
        ui.clause.set_read(read)
        ui.signature.set_read(read)

    def _show_interest(self, declared: bool) -> None:
        self._ui.interest_edit.setVisible(declared)
        if declared and self._ui.interest_box.hasFocus():
            self._ui.interest_edit.setFocus()

    def set_large(self, large: bool) -> None:
        """Ctrl and plus or minus: the clause in 32 or in 20 px."""
        self._large = large
        if self._row is not None:
            self._show_clause(self._row)

    def _choose_capacity(self) -> None:
        chosen = self._ui.capacity_box.currentData()
        if self._row is not None and chosen is not self._row.capacity:
            self._write(
                lambda: sign_in.choose_capacity(self._session, self._meeting_id, self.member_id(), Capacity(chosen))
            )

    def _read_out(self, *, shown: bool = False) -> None:
        boxes = self._ui.listeners_frame.findChildren(QCheckBox)
        others = [str(box.property("member_id")) for box in boxes if box.isChecked()]
        reader = self._reader()
        everyone = [self.member_id(), *others]
        self._write(lambda: sign_in.read_out(self._session, self._meeting_id, everyone, reader, shown=shown))

    def _take_back_reading(self) -> None:
        self._write(lambda: sign_in.take_back_reading(self._session, self._meeting_id, self.member_id()))

    def _here_unsigned(self) -> None:
        name = self._row.name if self._row else ""
        if self._write(lambda: sign_in.arrive(self._session, self._meeting_id, self.member_id())):
            self.left_unsigned.emit(name)

    def _write(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Refused as refused:
            self._ui.read_error.set_error(refused.sentence)
            return False
        self._ui.read_error.clear()
        self.show(self._meeting_id, self.member_id(), self._readers)
        self.focus()
        self.changed.emit()
        return True

    def sign(self) -> None:
        """Next person: keep the signature and clear the screen, or say in place why it cannot be taken."""
        ui, row = self._ui, self._row
        if row is None or not ui.next_button.isEnabled():
            return
        try:
            sign_in.sign(
                self._session,
                self._meeting_id,
                row.member_id,
                strokes=ui.signature.strokes,
                typed_name=ui.signature.typed_name,
                interests=_interests(ui) if ui.interest_box.isChecked() else (),
            )
        except Refused as refused:
            ui.signature.refuse(refused.sentence)
            return
        self.clear()
        self.signed.emit(row.name)


def _interests(ui: Ui_SignIn) -> tuple[str, ...]:
    typed = tuple(part.strip() for part in ui.interest_edit.text().replace(";", ",").split(",") if part.strip())
    return typed or ("declared, to be explained when the case is discussed",)
