"""The Qt application set up the way every window here expects.

Cyclic garbage is collected on the window's thread only: in a worker thread that would destroy widgets caught in a cycle
from the wrong thread, which crashes Qt.
"""

import gc
import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.gui.style import fonts, style
from csp_desktop.gui.style.access_letters import AccessLetterStyle, AltKey
from csp_desktop.gui.style.theme import Theme, current

EVERY = 1000  # ms


def keep_no_folders() -> None:
    """Where Qt keeps the settings of its file dialogs in a file (Linux), it finds none and can write none: see
    `file_dialogs`. Before the application is made."""
    nowhere = os.path.join(os.devnull, "qt")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, nowhere)


class Garbage(QObject):
    """Takes the collector's work over while it lives. What is loaded by then stays, and is not looked through again:
    each time that would hold the window up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY)

    def _collect(self) -> None:
        """Young garbage each time there is enough of it, the old when it is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return


def _told(name: str, thing: QObject) -> QAccessibleInterface | None:
    """What a screen reader sees of it: loaded when one first asks, for it delays every start."""
    from csp_desktop.gui.widgets import accessible

    return accessible.made(name, thing)


def _tell(_before: QWidget | None, now: QWidget | None) -> None:
    if QAccessible.isActive():
        from csp_desktop.gui.widgets import accessible

        accessible.tell_row(now)


def make_application(arguments: Sequence[str], theme: Theme | None = None) -> QApplication:
    """The application with fonts, Fusion and the theme; the one there is when it was made before (tests), which is
    dressed anew for another theme only."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    keep_no_folders()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([*arguments, "-style", "fusion"])
    app.setApplicationName("CSP Desktop")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    is_new = not app.property("collects")  # asking for a child by its kind is slow the first time
    if is_new:
        fonts.register()
        app.setStyle(AccessLetterStyle())
    if is_new or current() != (theme or Theme()):
        style.apply(app, theme or Theme())
    if is_new:
        Garbage(app)
        QAccessible.installFactory(_told)
        app.focusChanged.connect(_tell)
        AltKey(app)
        app.setProperty("collects", True)
    return app
