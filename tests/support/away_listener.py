"""Prints "away" each time the operating system says that the person has left; "listening" first."""

from PySide6.QtCore import QCoreApplication, QTimer

from csp_desktop.gui.lock.session_guard import OsSignals


def main() -> None:
    app = QCoreApplication([])
    signals = OsSignals()
    signals.away.connect(lambda: print("away", flush=True))
    signals.start(None)
    QTimer.singleShot(0, lambda: print("listening", flush=True))
    app.exec()


if __name__ == "__main__":
    main()
