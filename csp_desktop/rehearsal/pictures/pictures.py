"""Every screen as a picture: light and dark, at two sizes, and at twice the scale on a small screen.

The screens of keeping the file come last: the services put it into their state after everything else was seen.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from csp_desktop.app import own_command
from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.domain.cases.cases import Case, CaseStatus, StatusChange
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.rollback_guard import OlderCopy, Seen
from csp_desktop.gui.file.older_copy import OlderCopyPage
from csp_desktop.gui.lock.unlock import UnlockCalls, UnlockPage, UnlockState
from csp_desktop.gui.style.theme import DARK, LIGHT
from csp_desktop.gui.widgets.lock_warning import LockWarning
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.bug_notice import BugNotice
from csp_desktop.gui.window.program import Program
from csp_desktop.rehearsal.hands import png_of
from csp_desktop.rehearsal.pictures.screens import Screen, Sitting, Size, page, seen, sittings
from csp_desktop.rehearsal.private.screens import private_sittings
from csp_desktop.sample.clock import sample_clock
from csp_desktop.sample.partnership import make_sample, require_private_sample, require_sample, sample_users
from csp_desktop.saving import save
from csp_desktop.services.cases import retention
from csp_desktop.services.file import backups
from csp_desktop.services.file.file_checks import go_on_with_older_copy
from csp_desktop.services.file.unlock import wait_after
from csp_desktop.services.session import Session

YEARS_AGO = ((6, 40), (6, 2), (7, 15), (5, 290), (6, 90))  # years and days since the closing
LAUREL, HELD = "Laurel Parade: noise at night", 2
ELSEWHERE = (
    "This partnership file is already open in another window, since 11:02 on Thu 26 Nov 2026, by the account "
    "mbell on COUNCIL-LAPTOP-7 (process 4711). Go on working there, or lock or close that window first."
)


def kept_sittings(sample: Partnership, base: Path) -> Iterator[Sitting]:
    """What is seen of them, by somebody who may do it all."""
    session = replace(sample.session, roles=frozenset(Role))
    _close_long_ago(session)
    made = retention.retention(session)
    retention.keep_longer(session, made.due[HELD].id, "Appeal to the ombudsman is under way", None)
    retention.erase(session, made.due[0].id, "Six years are over, nothing is pending")
    _back_up(session, base / "stick")
    screens: list[Screen] = [
        ("retention-filled", page("retention")),
        ("retention-certificate", page("retention", retention.retention(session).certificates[0].id)),
        ("safekeeping-backups", page("safekeeping")),
        ("lock-warning", _lock_warning),
        ("bug-notice", _bug_notice),
        ("older-copy", lambda program: _older_copy(program, session)),
        ("unlock-elsewhere", _open_elsewhere),
    ]
    yield Sitting(screens, base, session)


def _close_long_ago(session: Session) -> None:
    with session.work.step("cases closed years ago", undoable=False) as records:
        pattern = records.find(Case)[0]
        for number, (years, days) in enumerate(YEARS_AGO):
            on = add_months(session.today, -12 * years) - timedelta(days=days)
            case = replace(
                pattern,
                id=new_id(),
                reference=f"SN-{on.year}-00{number}417",
                created_on=on - timedelta(days=200),
                status=CaseStatus.CLOSED,
                summary=f"{number + 3} {LAUREL}",
                location=f"{number + 3} Laurel Parade",
                as_of=on,
                assessed_on=None,
                monitoring_since=None,
            )
            records.save(case)
            step = (CaseStatus.MONITORING, CaseStatus.CLOSED, on, session.user_name, "Quiet for three months")
            records.save(StatusChange(new_id(), case.id, *step))


def _back_up(session: Session, stick: Path) -> None:
    stick.mkdir()
    backups.change_rules(session, folder=str(stick))
    for _ in range(2):
        copy = backups.back_up(session, _unwatched)
    taker = next(user for user in sample_users() if user["name"] == session.user_name)
    backups.try_backup(session, stick / copy.file, taker["name"], taker["passphrase"], _unwatched)


def _unwatched(done: int, total: int, words: str) -> None:
    """Nobody watches the progress."""


def _lock_warning(program: Program) -> QWidget:
    page("home")(program)
    LockWarning(program.window).count(42)
    return program.window


def _bug_notice(program: Program) -> QWidget:
    for told in program.window.findChildren(LockWarning):
        told.hide()
    notice = BugNotice("ValueError in csp_desktop.gui.cases.cases:214", program.window)
    notice.show()
    return notice


def _older_copy(program: Program, session: Session) -> QWidget:
    for told in program.window.findChildren(BugNotice):
        told.close()
    number, head = session.work.head()
    seen = Seen(9, number + 118, head, session.now() - timedelta(days=2))
    program.window.cover(OlderCopyPage(session, OlderCopy(seen, number), go_on_with_older_copy))
    return program.window


def _open_elsewhere(program: Program) -> QWidget:
    now = sample_clock().astimezone()
    calls = UnlockCalls(lambda *typed: None, lambda: now, wait_after, lambda *typed: None, lambda: ELSEWHERE)
    program.window.cover(UnlockPage(UnlockState(), calls, program.tasks))
    return program.window


SIZES: tuple[Size, ...] = ((1366, 768), (1600, 900))
SMALL: Size = (640, 360)  # logical, at scale 2
LOOKS = (LIGHT, DARK)


def make_pictures(out: Path) -> dict[str, Any]:
    """Render every screen into `out`; `{"pictures", "sentences"}`. Raises RuntimeError where those at scale 2 could not
    be made."""
    out.mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="pictures-") as work:
        folder = Path(work) / "partnership"
        make_sample(folder)
        small = {**os.environ, "QT_SCALE_FACTOR": "2"}
        child = subprocess.Popen([*own_command(), "pictures", "--out", str(out), "--small-of", str(folder)], env=small)
        done = paint(folder, out, SIZES)
        if child.wait():
            raise RuntimeError("the pictures at scale 2 could not be made")
    names = sorted(str(p) for p in out.glob("*.png"))
    return {"pictures": names, "sentences": [f"{len(names)} pictures in {out}, {len(done)} of them at full size."]}


def make_small_pictures(folder: Path, out: Path) -> dict[str, Any]:
    """The part of `make_pictures` that a process of its own does, at twice the scale."""
    done = paint(folder, out, (SMALL,))
    return {"pictures": [str(p) for p in done], "sentences": []}


def paint(folder: Path, out: Path, sizes: tuple[Size, ...]) -> list[Path]:
    """All screens of a sample at these sizes, light and dark."""
    make_application(["csp-desktop"])
    done: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="painting-") as work:
        copy = Path(work) / "partnership"
        shutil.copytree(folder, copy)
        with require_sample(copy) as partnership:
            done += _painted(sittings(partnership, Path(work)), out, sizes)
            done += _painted(kept_sittings(partnership, Path(work)), out, sizes)
        with require_private_sample(copy) as partnership:
            done += _painted(private_sittings(partnership, Path(work)), out, sizes)
    return done


def _painted(shown: Iterable[Sitting], out: Path, sizes: tuple[Size, ...]) -> list[Path]:
    done = []
    for sitting in shown:
        for tokens in LOOKS:
            for size in sizes:
                for name, widget in seen(sitting, size, tokens):
                    ratio = "@2" if widget.devicePixelRatioF() > 1 else ""
                    look = "dark" if tokens.dark else "light"
                    done.append(out / f"{name}-{look}-{size[0]}x{size[1]}{ratio}.png")
                    save(done[-1], png_of(widget))
    return done
