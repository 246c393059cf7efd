"""A child process that hands over, takes over, restores or backs up, and is killed at a step or finds the disk full."""

import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.services.file import backups, handover
from tests.support.partnerships import CHAIR, Ticking

CHANGING = ("rename", "replace", "unlink", "rmdir", "fsync")  # what a move on the disk is made of


class Killer:
    """Kills its own process when these words are told for the so-manieth time: "Preparing the handover:2"; or before
    the so-manieth change on the disk once the moving begins: "change:5"."""

    def __init__(self, step: str) -> None:
        self.words, _, times = step.partition(":")
        self.left = int(times or 1)

    def __call__(self, done: int, total: int, words: str) -> None:
        if words == "Moving the file into place" and done == 98:
            self.watch()
        if words == self.words:
            self.count()

    def count(self) -> None:
        """One of them less to live for."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """From here on changes on the disk count."""
        if self.words == "change":
            for name in CHANGING:
                setattr(os, name, self.counted(getattr(os, name)))

    def counted(self, change: Callable[..., Any]) -> Callable[..., Any]:
        """The same, after a count."""

        def changed(*arguments: Any, **named: Any) -> Any:
            self.count()
            return change(*arguments, **named)

        return changed


def main() -> None:
    """What to do, at which step to die (or how large a file may be), the folder, the file or stick, the time."""
    what, step, folder, place = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    clock, steps = Ticking(datetime.fromisoformat(sys.argv[5])), Killer(step)
    if what == "take":
        here = FolderBundleImport(clock, None, "here")
        handover.bring_in(here, folder, place, CHAIR.name, CHAIR.passphrase, steps)
        return
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as partnership:
        session = partnership.session
        if what == "hand":
            handover.hand_over(session, place, "Jo's laptop", steps)
        elif what == "restore":
            backups.prepare_restore(session, place, CHAIR.name, CHAIR.passphrase, steps)
            partnership.at_close.append(steps.watch)  # the last put in is done first
        else:
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(step), most))
            try:
                backups.back_up(session, steps, place)
            except Refused as refusal:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
                print(refusal.sentence)


if __name__ == "__main__":
    main()
