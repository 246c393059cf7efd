"""Somebody who opens the private file, looks, and locks, in the program as it really runs: in a process of its own."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from csp_desktop.gui.private.starting import run_private
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.rehearsal.hands import Hands
from tests.scenarios.private_windows import QuickPrivateEnvironment
from tests.scenarios.test_private_file import NOW
from tests.scenarios.windows import MovingClock


def main(folder: Path, base: Path, name: str, passphrase: str, key: str) -> int:
    def act() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        hands = Hands(window, base, lambda seconds: None)
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        hands.fill("Name", name)
        hands.fill("Passphrase", passphrase)
        hands.key("Return")
        hands.wait(lambda: hands.on_page("private_home"), "home")
        print("locking", flush=True)
        hands.key(key)

    make_application(sys.argv[:1])
    QTimer.singleShot(0, act)
    return run_private(folder, QuickPrivateEnvironment(MovingClock(NOW)), follows_meeting=False)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
