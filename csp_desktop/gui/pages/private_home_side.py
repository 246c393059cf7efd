"""The right column of the private Home: the severe weather flag, and the figures that are let out."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from csp_desktop._built.ui_private_home import Ui_PrivateHome
from csp_desktop.domain.days import tiny_day
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.private_settings import PrivateSettings
from csp_desktop.domain.released_figures import Counted
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.kept_line import KeptLine
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.private import figures
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.private.settings import change_private_settings, private_settings, set_winter_protocol

TITLES = {
    Counted.SEEN: "Seen out, last 28 days",
    Counted.ON_LIST: "On this meeting's list",
    Counted.NEW: "New, last 28 days",
}


class WinterPart(QObject):
    """On or off by hand, with a note that everyone at the keyboard reads."""

    def __init__(self, ui: Ui_PrivateHome, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        session = desk.session
        self._line = KeptLine(
            ui.winter_note_edit, ui.winter_note_error, session.work, PrivateSettings, "winter_protocol_note",
            lambda text: change_private_settings(session, winter_protocol_note=text),
        )  # fmt: skip
        self._line.saved.connect(lambda: desk.changes.tell("settings"))
        ui.winter_button.clicked.connect(self._turn)

    def show(self, now: PrivateSettings, *, may_change: bool) -> None:
        """The flag, large while it is on."""
        ui, on = self._ui, now.winter_protocol
        ui.winter_banner.setVisible(on)
        ui.winter_note.setText(now.winter_protocol_note)
        ui.winter_note.setVisible(bool(now.winter_protocol_note))
        ui.winter_pill.set_text("On" if on else "Off", Tone.MEDIUM if on else Tone.NEUTRAL)
        ui.winter_button.setText("Turn o&ff" if on else "Turn o&n")
        for part in (ui.winter_button, ui.winter_note_edit):
            part.setEnabled(may_change)
        self._line.show(now.id, now.winter_protocol_note)
        if not ui.winter_note_edit.hasFocus():
            ui.winter_note_edit.setCursorPosition(0)

    def end(self) -> None:
        """What is typed is saved."""
        self._line.end()

    def _turn(self) -> None:
        self._line.end()
        on = not private_settings(self._desk.session).winter_protocol
        set_winter_protocol(self._desk.session, on=on)
        self._ui.done_bar.say(f"Severe weather protocol is {'on' if on else 'off'}.")
        self._desk.changes.tell("settings")


class FigurePart(QObject):
    """A number of people leaves this file as a sentence, by the lead's own press of a button."""

    def __init__(self, ui: Ui_PrivateHome, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        for counted in Counted:
            ui.counted_combo.addItem(TITLES[counted], counted)
        ui.counted_combo.currentIndexChanged.connect(lambda _: ui.counted_error.clear(ui.counted_combo))
        ui.release_button.clicked.connect(self._release)
        ui.released_view.set_flush(True)
        ui.released_view.set_wrapping(True)
        ui.released_view.chosen.connect(self._copy_again)

    def show(self, *, may_release: bool) -> None:
        """What was let out before; a click copies it again."""
        ui, session = self._ui, self._desk.session
        known = figures.released(session) if session.roles & set(LEADING) else ()
        ui.released_view.set_entries([
            Entry(one.id, f"{one.count[:1].upper()}{one.count[1:]} {one.counted.value}", tiny_day(one.on))
            for one in known
        ])  # fmt: skip
        ui.released_view.setVisible(bool(known))
        ui.released_empty.setVisible(not known)
        ui.counted_combo.setEnabled(may_release)
        ui.release_button.setEnabled(may_release)

    def _release(self) -> None:
        ui = self._ui
        try:
            figure = figures.release(self._desk.session, Counted(ui.counted_combo.currentData()))
        except Refused as refusal:
            ui.counted_error.set_error(refusal.sentence, ui.counted_combo)
            return
        ui.counted_error.clear(ui.counted_combo)
        self._copy(figure.sentence)
        self._desk.changes.tell("figures")

    def _copy_again(self, key: str) -> None:
        sentence = next(one.sentence for one in figures.released(self._desk.session) if one.id == key)
        self._copy(sentence)

    def _copy(self, sentence: str) -> None:
        QGuiApplication.clipboard().setText(sentence)
        self._ui.done_bar.say("Copied:", sentence, undo="")
