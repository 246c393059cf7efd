"""A child process that hands over, takes over, restores or backs up, and is killed at a step or finds the disk full."""

import os
import resource
import signal
import sys
from pathlib import Path

from csp_desktop.domain.errors import Refused
from csp_desktop.opening.arrivals import FolderArrivals
from csp_desktop.opening.partnership import open_partnership
from csp_desktop.services import backing_up, handing_over
from tests.support.partnerships import CHAIR, Ticking


class Killer:
    """Kills its own process when these words are told for the so-manieth time: "Giving it away:2"."""

    def __init__(self, step: str) -> None:
        self.words, _, times = step.partition(":")
        self.left = int(times or 1)

    def __call__(self, done: int, total: int, words: str) -> None:
        self.left -= words == self.words
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """What to do, at which step to die (or how large a file may be), the folder, the file or stick."""
    what, step, folder, place = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    clock, steps = Ticking(), Killer(step)
    if what == "take":
        here = FolderArrivals(clock, None, "here")
        handing_over.bring_in(here, folder, place, CHAIR.name, CHAIR.passphrase, steps)
        return
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as partnership:
        session = partnership.session
        if what == "hand":
            handing_over.hand_over(session, place, "Jo's laptop", steps)
        elif what == "restore":
            backing_up.prepare_restore(session, place, CHAIR.name, CHAIR.passphrase, steps)
        else:
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(step), most))
            try:
                backing_up.back_up(session, steps, place)
            except Refused as refusal:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
                print(refusal.sentence)


if __name__ == "__main__":
    main()
