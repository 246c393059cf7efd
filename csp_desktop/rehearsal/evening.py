"""The rehearsal as a whole: a copy of the sample, the program on it, the play, and what came of it compared."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from csp_desktop.app import AppEnvironment
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.starting import LocalMemory, Starting
from csp_desktop.rehearsal.clock import EveningClock
from csp_desktop.rehearsal.compare import compare
from csp_desktop.rehearsal.hands import Hands, Stuck
from csp_desktop.rehearsal.play import play_evening
from csp_desktop.rehearsal.private.evening import ACCOUNT, STOPPED
from csp_desktop.rehearsal.record import SLIPS, play_record
from csp_desktop.resources import sample_data, shipped
from csp_desktop.sample.clock import sample_clock
from csp_desktop.sample.partnership import require_sample
from csp_desktop.saving import save

SIZE = (1600, 900)
COPIES = "copies"  # the folder of what goes to the recipients
PRIVATE = "private"  # the folder of the private window's pictures and account, in that of the others


class EveningEnvironment(AppEnvironment):
    """The real vaults under the evening's clock."""

    def __init__(self, clock: Clock, private_out: Path) -> None:
        self._clock = clock
        self._private_out = private_out

    def computer_clock(self) -> datetime:
        """The evening's own, from the first screen on."""
        return self._clock()

    def steady_clock(self) -> float:
        """In step with it: an evening in which nobody slept."""
        return self._clock().timestamp()

    def clock(self, folder: Path) -> Clock:
        """The same for any folder."""
        return self._clock

    def private_first(self, folder: Path) -> Mapping[str, str]:
        """The private program plays its own part, from inside."""
        return {**super().private_first(folder), "out": str(self._private_out)}


def rehearse(folder: Path, out: Path) -> dict[str, Any]:
    """Play the sample meeting on a copy of `folder`, a sample; pictures and the minutes go to `out`. Raises Refused for
    another folder, and where something did not come out as it should."""
    out = out.absolute()  # it is typed into a file dialog, and handed to another process
    require_sample(folder).close()
    out.mkdir(parents=True, exist_ok=True)
    if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ and os.name == "posix":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    (out / PRIVATE / ACCOUNT).unlink(missing_ok=True)  # an earlier evening's
    with tempfile.TemporaryDirectory(prefix="rehearsal-", ignore_cleanup_errors=True) as work:
        copy, pdf = Path(work) / "partnership", out / "minutes-2026-11-26.pdf"
        for earlier in (pdf, out / SLIPS, *(out / COPIES).glob("*.pdf"), *(out / COPIES).glob("*.eml")):
            earlier.unlink(missing_ok=True)
        shutil.copytree(folder, copy)
        papers = Path(work) / "cases-2026-11-25.csv"
        save(papers, shipped("sample", papers.name).read_bytes())
        hands = _play(copy, out, papers, pdf, Path(work) / "memory.ini")
        findings = compare(copy, pdf, out / COPIES)
    if findings:
        raise Refused("The rehearsal did not come out as it should: " + " ".join(findings))
    return _account(hands.log, hands.pictures, pdf)


def _play(copy: Path, out: Path, papers: Path, pdf: Path, memory: Path) -> Hands:
    clock = EveningClock(sample_clock())
    app = make_application(["csp-desktop"])
    app.setQuitOnLastWindowClosed(False)
    kept = LocalMemory(QSettings(str(memory), QSettings.Format.IniFormat))
    private = out / PRIVATE
    (out / COPIES).mkdir(exist_ok=True)
    starting = Starting(EveningEnvironment(clock, private), kept, copy)
    window = starting.program.window
    window.resize(*SIZE)
    window.show()
    hands = Hands(window, out, clock.pass_time, clock.wait_until, clock.go_to_day)
    try:
        play_evening(hands, sample_data(), papers, pdf)
        play_record(hands, sample_data(), out / COPIES)
    except Stuck as stuck:
        raise Refused(f"The rehearsal stopped: {stuck}. The last picture is {hands.pictures[-1]}.") from stuck
    finally:
        window.close()
        window.deleteLater()
        hands.settle()
    _tell_of_private(hands, private)
    return hands


def _tell_of_private(hands: Hands, private: Path) -> None:
    """What the other window did and saw: it wrote that down itself."""
    if not (private / ACCOUNT).is_file():
        raise Refused("The private meeting's window never opened, so the evening could not be played to its end.")
    lines = (private / ACCOUNT).read_text(encoding="utf-8").splitlines()
    if lines and lines[-1].startswith(STOPPED):
        raise Refused(f"The private rehearsal {lines[-1]}. Its pictures are in {private}.")
    for line in lines:
        hands.say(f"in private: {line}")
    hands.pictures += sorted(private.glob("*.png"))


def _account(log: Sequence[str], pictures: Sequence[Path], pdf: Path) -> dict[str, Any]:
    out, copies = pdf.parent, sorted((pdf.parent / COPIES).glob("*.pdf"))
    return {
        "did": list(log),
        "pictures": [str(p) for p in pictures],
        "minutes": str(pdf),
        "copies": [str(p) for p in copies],
        "sentences": [
            *(f"- {line}" for line in log),
            f"Minutes: {pdf}",
            f"Copies: {len(copies)} in {out / COPIES}",
            f"Pictures: {len(pictures)} in {out}",
        ],
    }
