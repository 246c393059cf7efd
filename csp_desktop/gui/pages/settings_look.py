"""Light or dark and the text size: in force at once, in the window one is in."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from csp_desktop._built.ui_private_settings import Ui_PrivateSettings
from csp_desktop._built.ui_settings import Ui_Settings
from csp_desktop.gui.looks import apply_look
from csp_desktop.gui.pages.settings_saving import Saver
from csp_desktop.gui.theme import Theme, current

SIZES = (100, 150, 200)


class LookPart(QObject):
    """`changed` once another look is in force: the window makes its pages anew at the new size."""

    changed = Signal()

    def __init__(self, ui: Ui_Settings | Ui_PrivateSettings, saver: Saver, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._saver = ui, saver
        ui.size_field.setSingleStep(5)
        ui.size_field.setKeyboardTracking(False)
        ui.size_field.valueChanged.connect(lambda size: self._take(text_size=size))
        for size in SIZES:
            button = getattr(ui, f"size_{size}_button")
            button.setCheckable(True)
            button.clicked.connect(lambda _, size=size: self._take(text_size=size))
        ui.light_radio.clicked.connect(lambda: self._take(theme="light"))
        ui.dark_radio.clicked.connect(lambda: self._take(theme="dark"))

    def show(self, now: Any) -> None:
        """As the file has it, but for a size that was refused."""
        ui = self._ui
        if not ui.size_error.text():
            ui.size_field.blockSignals(True)
            ui.size_field.setValue(now.text_size)
            ui.size_field.blockSignals(False)
        for size in SIZES:
            getattr(ui, f"size_{size}_button").setChecked(size == now.text_size)
        ui.light_radio.setChecked(now.theme == "light")
        ui.dark_radio.setChecked(now.theme == "dark")

    def _take(self, **changes: object) -> None:
        ui, before = self._ui, current()
        field = ui.size_field if "text_size" in changes else None
        if self._saver.save(ui.size_error, field, **changes):
            self.put_on(before)

    def put_on(self, before: Theme) -> None:
        """Everywhere at once, where it is another than `before`."""
        now = self._saver.now()
        self.show(now)
        apply_look(now)
        if current() != before:
            self.changed.emit()
