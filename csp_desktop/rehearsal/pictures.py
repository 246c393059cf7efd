"""Every screen as a picture: light and dark, at two sizes, and at twice the scale on a small screen.

Not a part of the play: it puts the sample into the states wanted by the services, then shows page after page.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.domain.confidentiality import Attendance
from csp_desktop.domain.meeting import AgendaItem, CaseTurn, ItemKind, Outcome
from csp_desktop.gui.application import make_application
from csp_desktop.gui.main_window import MainWindow
from csp_desktop.gui.pages.unlock import KnownUser, UnlockCalls, UnlockPage, UnlockState
from csp_desktop.gui.program import Program
from csp_desktop.gui.theme import DARK, LIGHT
from csp_desktop.opening.partnership import Partnership
from csp_desktop.sample import make_sample, require_sample, sample_clock, sample_users
from csp_desktop.services import agreeing_actions, reviewing_cases, running_meeting, signing_in
from csp_desktop.services.keeping_settings import change_settings
from csp_desktop.services.preparing import meetings
from csp_desktop.services.session import Role, Session
from csp_desktop.services.unlocking import wait_after

SIZES = ((1366, 768), (1600, 900))
SMALL = (640, 360)  # logical, at scale 2
LOOKS = (LIGHT, DARK)
BEFORE = ("home", "prepare", "cases", "case", "import_cases", "people", "actions", "minutes", "help")
SECTIONS = ("partnership", "meeting", "clocks", "areas", "protocol", "clauses", "computer", "appearance")


def make_pictures(out: Path) -> dict[str, Any]:
    """Render every screen into `out`; `{"pictures", "sentences"}`."""
    out.mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="pictures-") as work:
        folder = Path(work) / "partnership"
        make_sample(folder)
        small = {**os.environ, "QT_SCALE_FACTOR": "2"}
        child = subprocess.Popen([sys.executable, "-m", __name__, str(folder), str(out)], env=small)
        done = paint(folder, out, SIZES)
        if child.wait():
            raise RuntimeError("the pictures at scale 2 could not be made")
    names = sorted(str(p) for p in out.glob("*.png"))
    return {"pictures": names, "sentences": [f"{len(names)} pictures in {out}, {len(done)} of them at full size."]}


def paint(folder: Path, out: Path, sizes: tuple[tuple[int, int], ...]) -> list[Path]:
    """All screens of a sample at these sizes, light and dark."""
    make_application(["csp-desktop"])
    done: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="painting-") as work:
        copy = Path(work) / "partnership"
        shutil.copytree(folder, copy)
        with require_sample(copy) as partnership:
            for screens in (_before, _in_session):
                shown = screens(partnership)
                for tokens in LOOKS:
                    for size in sizes:
                        done += _paint(shown, out, size, "dark" if tokens.dark else "light")
    return done


Screen = tuple[str, Callable[[Program], QWidget]]


def _page(stem: str, argument: object = None) -> Callable[[Program], QWidget]:
    def show(program: Program) -> QWidget:
        program.window.show_page(stem, argument)
        program.window.uncover()
        return program.window

    return show


def _before(partnership: Partnership) -> tuple[Session, list[Screen]]:
    """What is seen before the meeting."""
    session = partnership.session
    with session.work.reading() as records:
        case = records.find(CaseTurn, meeting_id=meetings(session)[-1].id)[0].case_id
    arguments = {"prepare": meetings(session)[-1].id, "case": case, "minutes": meetings(session)[0].id}
    screens: list[Screen] = [("unlock", _unlock)]
    screens += [(stem, _page(stem, arguments.get(stem))) for stem in BEFORE]
    screens += [(f"settings-{section}", _page("settings", section)) for section in SECTIONS]
    return session, screens


def _unlock(program: Program) -> QWidget:
    known = tuple(KnownUser(u["name"], u["role"], "", u["passphrase"]) for u in sample_users())
    calls = UnlockCalls(lambda name, typed: None, lambda: sample_clock().astimezone(), wait_after)
    program.window.cover(UnlockPage(UnlockState(users=known), calls, program.tasks))
    return program.window


def _in_session(partnership: Partnership) -> tuple[Session, list[Screen]]:
    """What is seen at the desk and in the meeting: a few people signed, then all, then a case in hand."""
    session = replace(partnership.session, roles=frozenset(Role))
    meeting = meetings(session)[-1]
    signing_in.open_sign_in(session, meeting.id)
    with session.work.reading() as records:
        people = records.find(Attendance, meeting_id=meeting.id)
    for row in people[:-1]:
        if signing_in.signer(session, meeting.id, row.member_id).hears:
            signing_in.read_out(session, meeting.id, [row.member_id], "Hannah Price, chair")
        signing_in.sign(session, meeting.id, row.member_id, typed_name=row.name)
    running_meeting.start(session, meeting.id)
    with session.work.reading() as records:
        items = records.find(AgendaItem, meeting_id=meeting.id)
        turn = records.find(CaseTurn, meeting_id=meeting.id)[1]
    arising = next(i for i in items if i.kind is ItemKind.MATTERS_ARISING)
    _decide(session, meeting.id, turn)

    def at_item(program: Program) -> QWidget:
        running_meeting.go_to_item(session, arising.id)
        return _page("live", meeting.id)(program)

    def at_case(program: Program) -> QWidget:
        reviewing_cases.open_turn(session, turn.id)
        return _page("live", meeting.id)(program)

    screens: list[Screen] = [("sign_in", _page("sign_in", meeting.id)), ("live-item", at_item)]
    screens.append(("live-case-walk", at_case))
    screens += [(f"{stem}-in-session", _page(stem, meeting.id)) for stem in ("actions", "closing")]
    screens.append(("room-screen", _room(session, meeting.id)))
    return session, screens


def _decide(session: Session, meeting_id: str, turn: CaseTurn) -> None:
    reviewing_cases.open_turn(session, turn.id)
    reviewing_cases.keep_typing(session, turn.id, "Neighbour heard the same threats again. Risk is not coming down.")
    reviewing_cases.end_note(session, turn.id)
    for line in ("lr serve the warning next fri", "as noise recorder for four more weeks 4 dec"):
        said = agreeing_actions.read_line(session, meeting_id, line)
        agreeing_actions.agree_action(session, meeting_id, said, case_id=turn.case_id)
    reviewing_cases.choose_outcome(session, turn.id, Outcome.CONTINUE)


def _room(session: Session, meeting_id: str) -> Callable[[Program], QWidget]:
    from csp_desktop.gui.widgets.room_view import RoomView
    from csp_desktop.services.showing_room import room_row

    def show(program: Program) -> QWidget:
        view = RoomView()
        view.resize(program.window.size())
        view.show_row(room_row(session, running_meeting.meeting_state(session, meeting_id), session.now()))
        return view

    return show


def _paint(shown: tuple[Session, list[Screen]], out: Path, size: tuple[int, int], look: str) -> list[Path]:
    session, screens = shown
    change_settings(session, theme=look)
    program = Program(session.now, lambda: None, lambda dark, scale: None)
    window: MainWindow = program.window
    window.resize(*size)
    window.show()
    program.begin(session)
    done = []
    for name, show in screens:
        widget = show(program)
        _settle(program)
        ratio = "@2" if widget.devicePixelRatioF() > 1 else ""
        path = out / f"{name}-{look}-{size[0]}x{size[1]}{ratio}.png"
        widget.grab().save(str(path))
        done.append(path)
    window.forget_pages()
    window.hide()
    window.deleteLater()
    return done


def _settle(program: Program) -> None:
    """Until everything is drawn and nothing is being made any more."""
    QApplication.processEvents()
    while program.tasks.busy():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    for _ in range(4):
        QApplication.processEvents()


if __name__ == "__main__":
    paint(Path(sys.argv[1]), Path(sys.argv[2]), (SMALL,))
