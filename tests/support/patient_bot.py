"""Waits for windows and signals as long as it takes: no computer is too slow for a test."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.patience import MILLISECONDS


class PatientBot(QtBot):
    """pytest-qt's own, which gives up after five seconds unless each call says otherwise."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = MILLISECONDS) -> None:  # noqa: N802
        """Until it holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = MILLISECONDS, **more: Any) -> Any:  # noqa: N802
        """Until the block's signal has come."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = MILLISECONDS, **more: Any) -> Any:  # noqa: N802
        """Until all have come."""
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitExposed(self, widget: QWidget, *, timeout: int = MILLISECONDS) -> Any:  # noqa: N802
        """Until it can be seen."""
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: QWidget, *, timeout: int = MILLISECONDS) -> Any:  # noqa: N802
        """Until keys go there."""
        return super().waitActive(widget, timeout=timeout)


def once_shown(kind: type[QWidget], act: Callable[[Any], None]) -> None:
    """Do something with the first visible window of a kind, as soon as there is one: for dialogs that hold the caller
    until they are answered."""
    watch = QTimer(QApplication.instance())

    def look() -> None:
        found = next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)
        if found is not None:
            watch.stop()
            watch.deleteLater()
            act(found)

    watch.timeout.connect(look)
    watch.start(10)
