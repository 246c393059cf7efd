"""Watches where the open file lies: apart, for the first unlock loads it and not the start.

When the file is no longer there every page says so, and the one thing offered is a rescue copy.
"""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.labels import FILE_LOST, SavedLabel
from csp_desktop.gui.window import unsent_text
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Task, Tasks
from csp_desktop.services.file import file_standing
from csp_desktop.services.file.unsent_text import keep
from csp_desktop.services.ports.backups import BackupFile
from csp_desktop.services.ports.file import FileStanding
from csp_desktop.services.session import Session

EVERY = 3000  # ms
OFFER = "Save a rescue copy…"
AFTERWARDS = (
    "Nothing more is saved here. Lock, put the folder back in its place if you can find it, "
    "and unlock. Or open the rescue copy with “Restore or receive a file”."
)
CLOCK_IS_RIGHT = "The clock is right: continue"
CLOCK_WAY = (
    "Correct the clock of this computer, then lock and unlock. Until then nothing is saved: "
    "dates, deadlines and the journal would be wrong. If the clock is right, confirm it; this "
    "is recorded in the journal."
)


class FileWatch(QObject):
    """One for the window; stands by each session in turn."""

    _found_lost = Signal()

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject, ask: Ask | None = None) -> None:
        super().__init__(parent)
        self._window, self._tasks, self.ask = window, tasks, ask or Ask()
        self._session: Session | None = None
        self._rescued: Path | None = None
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._found_lost.connect(self.look)
        window.destroyed.connect(self._end)
        window.page_shown.connect(lambda _: self._tell_labels())
        window.lost_notice.asked.connect(self._ask_rescue)
        window.standing_notice.asked.connect(self._accept_clock)

    def stand_by(self, session: Session) -> None:
        """A session is open."""
        self._session, self._rescued = session, None
        if session.standing is not None:
            session.standing.when_lost = self._found_lost.emit
            self._say_standing(session.standing)
            self._timer.start()
            self.look()

    def _say_standing(self, standing: FileStanding) -> None:
        bar = self._window.standing_notice
        if standing.reading_only:
            first, _, more = standing.reading_only.partition(". ")
            bar.say(f"{first}.", more, tone=Tone.MEDIUM)
        elif standing.clock_doubt:
            bar.say(standing.clock_doubt, CLOCK_WAY, tone=Tone.HIGH, button=CLOCK_IS_RIGHT)
        else:
            bar.dismiss()

    def _accept_clock(self) -> None:
        session, window = self._session, self._window
        if session is None or session.standing is None:
            return
        try:
            file_standing.accept_clock(session)
        except Refused as refusal:
            window.standing_notice.say(session.standing.clock_doubt, refusal.sentence, button=CLOCK_IS_RIGHT)
            return
        self._say_standing(session.standing)
        window.show_page(window.page_name(), window.argument())  # what it could not bring up to date before

    def _end(self) -> None:
        """The window is gone, and with it everything that could say something."""
        self._timer.stop()
        self._session = None

    def step_back(self) -> str:
        """The session ends; what the unlock screen is to say of the file. What nobody has copied yet is, if there is a
        place: the file that is open may be the last there is."""
        session, self._session = self._session, None
        self._timer.stop()
        self._window.setProperty(FILE_LOST, False)
        self._window.lost_notice.dismiss()
        self._window.standing_notice.dismiss()
        words = file_standing.trouble(session) if session is not None else ""
        if session is None or not words:
            return ""
        if self._task is not None:
            self._task.wait()
        rescued = self._rescued or file_standing.rescue_somewhere(session)
        where = f"A rescue copy is in {rescued.parent}: {rescued.name}." if rescued else "There is no rescue copy."
        return (
            f"{words.partition('. ')[0]}. {where} Put the folder back in its place, or open the rescue "
            "copy with “Restore or receive a file”."
        )

    def look(self) -> None:
        """Is it still there?"""
        words = file_standing.trouble(self._session) if self._session is not None else ""
        if words and self._rescued is None and not self._window.lost_notice.text():
            first, _, more = words.partition(". ")
            self._window.lost_notice.say(f"{first}.", more, button=OFFER)
        if words:
            self._window.setProperty(FILE_LOST, True)
            self._tell_labels()

    def _tell_labels(self) -> None:
        if self._window.property(FILE_LOST):
            for label in self._window.findChildren(SavedLabel):
                label.follow_file()

    def _ask_rescue(self) -> None:
        session = self._session
        if session is None or session.standing is None:
            return
        chosen = self.ask.open_folder(self._window, "USB stick or folder for the rescue copy")
        if chosen is None or self._session is not session:
            return
        page, notice = self._window.page(), self._window.lost_notice
        try:
            with session.standing.keeping_what_was_typed():
                keep(session, self._window.page_name(), unsent_text.read(page) if page is not None else {})
        except Refused as refusal:
            self._say_failed(refusal.sentence)
            return
        notice.set_busy(True)

        def work(progress: Progress) -> BackupFile:
            made = file_standing.rescue(session, chosen, progress)
            self._rescued = made.path
            return made

        self._task = self._tasks.run(work, self._say_rescued, self._failed, asker=self)
        self._task.finished.connect(self._ended)

    def _ended(self) -> None:
        self._task = None

    def _say_rescued(self, made: BackupFile) -> None:
        notice = self._window.lost_notice
        notice.set_busy(False)
        notice.say(
            f"Not saved in its folder, but everything is in a checked rescue copy: {made.path.name} in "
            f"{made.path.parent}.",
            AFTERWARDS,
            button=OFFER,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self._say_failed(error.sentence)

    def _say_failed(self, sentence: str) -> None:
        self._window.lost_notice.set_busy(False)
        self._window.lost_notice.say("Not saved, and no rescue copy was made.", sentence, button=OFFER)
