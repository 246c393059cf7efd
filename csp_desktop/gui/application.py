"""The Qt application set up the way every window here expects, and what happens to a bug."""

import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QStyleFactory

from csp_desktop.gui import fonts, style
from csp_desktop.gui.garbage import Garbage
from csp_desktop.gui.theme import Theme

_log = logging.getLogger(__name__)


def make_application(arguments: Sequence[str], theme: Theme | None = None) -> QApplication:
    """The application with fonts, Fusion and the theme; the one there is when it was made before (tests)."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
    app.setApplicationName("CSP Desktop")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    fonts.register()
    app.setStyle(QStyleFactory.create("Fusion"))
    style.apply(app, theme or Theme())
    if app.findChild(Garbage) is None:
        Garbage(app)
    return app


def where_it_broke(error: BaseException) -> str:
    """Files, lines and kinds of error only: what an exception says may hold words from a case."""
    lines = [f"{type(error).__name__} in"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n".join(lines)


def install_excepthook(tell: Callable[[str], None]) -> None:
    """Log a bug and tell the person once, through `tell`; the program stays open, what was saved is saved."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = where_it_broke(error.with_traceback(trace))
        _log.error("%s", report)
        try:
            tell(report)
        except Exception as second:  # noqa: BLE001 - the hook must not raise
            _log.error("%s", where_it_broke(second))

    sys.excepthook = hook
