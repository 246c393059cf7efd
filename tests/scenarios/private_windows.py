"""The same for the private program, alone or at the end of the pipe from the group's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize

from csp_desktop.app import PrivateEnvironment
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.starting import PrivateStarting
from csp_desktop.gui.style.theme import LIGHT, Theme, private
from csp_desktop.gui.window.pipe import Pipe
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.windows import SIZE, QuickEnvironment, Sitting, set_up, shown


def table_of(sitting: Sitting) -> PrivateTable:
    """What the private window knows beside its file."""
    assert isinstance(sitting.starting, PrivateStarting)
    return sitting.starting.table


@dataclass
class QuickPrivateEnvironment(QuickEnvironment, PrivateEnvironment):
    """The same on the private file."""

    def vaults(self, now: Clock) -> Partnerships:
        """Real files, quick to open."""
        return Partnerships(now, Cost.quick(), VaultKind.ROUGH_SLEEPING)


@contextmanager
def private_sitting(
    folder: Path, base: Path, begin: datetime, pipe: Pipe | None = None, size: QSize = SIZE
) -> Iterator[Sitting]:
    """The private program in the same way; `pipe` is its end of the one to the group's program."""
    clock, memory = set_up(base, begin, Theme(private(LIGHT)))
    with shown(PrivateStarting(QuickPrivateEnvironment(clock), memory, folder, pipe), base, clock, size) as begun:
        yield begun
