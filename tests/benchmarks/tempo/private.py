"""The private side: what the group's program starts in the private program's place, at the end of its pipe."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.domain.meeting.private_handover import Begin, message_of
from csp_desktop.gui.private.starting import PrivateStarting
from csp_desktop.gui.style.theme import LIGHT, Theme, private
from csp_desktop.gui.widgets.factor_table import FactorLine, FactorTable
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.pipe import own_pipe
from csp_desktop.gui.window.starting import LocalMemory
from csp_desktop.rehearsal.clock import EveningClock
from csp_desktop.rehearsal.hands import Stuck
from csp_desktop.rehearsal.private.evening import NOTES, PrivateEveningEnvironment, play_private
from csp_desktop.sample.clock import private_clock
from csp_desktop.sample.partnership import sample_users
from tests.benchmarks.tempo.keyboard import Beats, KeyboardHands
from tests.benchmarks.tempo.rows import STUCK, tell

LAPTOP = QSize(1366, 768)


class _Quick(KeyboardHands):
    """Takes no pictures: they would stand between two keys. One of where it got stuck lies beside the partnership."""

    def picture(self, name: str, window: QWidget | None = None) -> Path:
        return super().picture(name, window) if name == "stuck" else self.out / name


def main() -> None:
    """Told by the pipe which folder, as the real one is."""
    first = message_of(sys.stdin.buffer.readline())
    assert isinstance(first, Begin)
    folder, clock = Path(first.folder), EveningClock(private_clock())
    app = make_application(["csp-desktop"], Theme(private(LIGHT)))
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    pipe = own_pipe()
    with tempfile.TemporaryDirectory() as work:
        memory = LocalMemory(QSettings(str(Path(work) / "memory.ini"), QSettings.Format.IniFormat))
        window = PrivateStarting(PrivateEveningEnvironment(clock), memory, folder, pipe).program.window
        window.resize(LAPTOP)
        window.show()
        window.activateWindow()
        pipe.start()
        hands = _Quick(window, folder.parent, pass_time=clock.pass_time, wait_until=clock.wait_until)
        try:
            with hands.step() as whole:
                lead = next(user for user in sample_users() if user["role"] == "new-hope-lead")
                play_private(hands, lead, Path(work) / "minutes.pdf", hides=False)
            tell(f"the private meeting of {len(NOTES)} people, from the door to approved minutes", [whole])
            tell("a person's risk scored, beside the meeting", [_score(hands)])
        except Stuck as stuck:
            (folder.parent / STUCK).write_text(f"the private meeting {stuck}", encoding="utf-8")  # nobody hears its own
            raise
        finally:
            window.close()
            hands.end()
    pipe.end()


def _score(hands: KeyboardHands) -> Beats:
    """Every factor of the matrix answered again, and kept."""
    hands.key("Ctrl+K")
    hands.write("People")
    hands.key("Return")
    hands.wait(lambda: hands.on_page("private_people"), "the people")
    hands.key("Down", "Return")
    hands.wait(lambda: hands.on_page("private_person"), "a person")
    hands.key("Ctrl+R")
    hands.wait(lambda: hands.on_page("private_risk"), "the matrix")
    with hands.step() as beats:
        (table,) = hands.visible(FactorTable)
        assert isinstance(table, FactorTable)
        hands.write("1" * sum(isinstance(row, FactorLine) for row in table.rows()))
        hands.key("Ctrl+Return")
    return beats


if __name__ == "__main__":
    main()
