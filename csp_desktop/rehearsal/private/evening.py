"""The private part of the rehearsal: the private program plays itself, told by the group's who is in the room.

The two know of each other what they always do, by the pipe; the account and the pictures are read when it has ended.
"""

import tempfile
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings

from csp_desktop.app import PrivateDoors
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.gui.private.starting import PrivateStarting
from csp_desktop.gui.style.theme import LIGHT, Theme, private
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.pipe import own_pipe
from csp_desktop.gui.window.starting import LocalMemory
from csp_desktop.rehearsal.clock import EveningClock
from csp_desktop.rehearsal.hands import Hands, Stuck
from csp_desktop.rehearsal.private.play import play_private
from csp_desktop.sample.group import private_clock, require_private_sample, sample_users
from csp_desktop.saving import save

STOPPED = "stopped"  # how the last line of the account begins when the play did not end
ACCOUNT, MINUTES = "account.txt", "private-minutes-2026-11-26.pdf"
SIZE = (1600, 900)


class _Doors(PrivateDoors):
    """The real private file under the evening's clock."""

    def __init__(self, clock: EveningClock) -> None:
        self._clock = clock

    def computer_clock(self) -> datetime:
        """The evening's own, from the first screen on."""
        return self._clock()

    def steady_clock(self) -> float:
        """In step with it."""
        return self._clock().timestamp()

    def clock(self, folder: Path) -> Clock:
        """The same for any folder."""
        return self._clock


def rehearse_private(folder: Path, out: Path) -> int:
    """Play the private meeting on the sample in `folder`, never on anything else; pictures, minutes and what was done
    go to `out`. 0 when it came to its end."""
    require_private_sample(folder).close()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="private-rehearsal-", ignore_cleanup_errors=True) as work:
        return _play(folder, out, Path(work) / "memory.ini")


def _play(folder: Path, out: Path, memory: Path) -> int:
    clock = EveningClock(private_clock())
    app = make_application(["csp-desktop"], Theme(private(LIGHT)))
    app.setQuitOnLastWindowClosed(False)
    pipe = own_pipe()
    kept = LocalMemory(QSettings(str(memory), QSettings.Format.IniFormat))
    starting = PrivateStarting(_Doors(clock), kept, folder, pipe)
    window = starting.program.window
    window.resize(*SIZE)
    window.show()
    pipe.start()
    hands = Hands(window, out, clock.pass_time, clock.wait_until)
    lead = next(user for user in sample_users() if user["role"] == "new-hope-lead")
    try:
        play_private(hands, lead, out / MINUTES)
    except Stuck as stuck:
        hands.say(f"{STOPPED}: {stuck}")
        return 1
    finally:
        save(out / ACCOUNT, "".join(f"{line}\n" for line in hands.log).encode())
        window.close()
        window.deleteLater()
        hands.settle()
    pipe.end()
    return 0
