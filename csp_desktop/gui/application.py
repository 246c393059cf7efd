"""The Qt application set up the way every window here expects."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QStyleFactory

from csp_desktop.gui import ask, fonts, style
from csp_desktop.gui.garbage import Garbage
from csp_desktop.gui.theme import Theme


def make_application(arguments: Sequence[str], theme: Theme | None = None) -> QApplication:
    """The application with fonts, Fusion and the theme; the one there is when it was made before (tests)."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    ask.keep_nothing()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([*arguments, "-style", "fusion"])
    app.setApplicationName("CSP Desktop")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    fonts.register()
    if app is existing:
        app.setStyle(QStyleFactory.create("Fusion"))
    style.apply(app, theme or Theme())
    if not app.property("collects"):  # asking for a child by its kind is slow the first time
        Garbage(app)
        app.setProperty("collects", True)
    return app
