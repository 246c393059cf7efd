"""The home of an IT administrator: backups, who can open the file, and how the file stands; nothing of a case."""

from enum import Enum

from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_file_home import Ui_FileHome
from csp_desktop.domain.common.days import clock, screen_day, weekday
from csp_desktop.gui.file.file_check import CHECK, FileCheck
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.home_work import FILE_NEEDS, HomeContent, NeedLook, NoNeed, StepLook
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.gui.window.actions import CHOOSE, FIND, HELP, LOCK, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.home_base import NEXT_STEP, HomeBase
from csp_desktop.gui.window.rail_entries import bar_title
from csp_desktop.services.file.file_home import FileAhead, FileNeed, FileStep, look_at_file

STEPS: dict[Enum, StepLook] = {
    FileStep.BACK_UP: StepLook("safekeeping", "save"),
    FileStep.CHECK_BACKUP: StepLook("safekeeping", "shield-check", "try"),
    FileStep.USERS: StepLook("users", "key-round"),
}
NEEDS: dict[Enum, NeedLook] = {
    FileNeed.TEMPORARY: NeedLook("key-round", "users"),
    FileNeed.RECOVERY: NeedLook("circle-alert", "users"),
    **FILE_NEEDS,
}
NO_NEED = NoNeed("Nothing to do", "Backups to make or check and users to see to are listed here.")


def backup_steps(ahead: FileAhead) -> list[StepMark]:
    """From the choice of a folder to the backup in it."""
    chosen = StepState.DONE if ahead.has_folder else StepState.CURRENT
    return [StepMark("Folder chosen" if ahead.has_folder else "Choose folder", "", chosen), _backed_up(ahead)]


def check_steps(ahead: FileAhead) -> list[StepMark]:
    """From the backup to its check."""
    done = ahead.checked_on
    state = StepState.DONE if done else StepState.CURRENT if ahead.backed_up_on else StepState.AHEAD
    words = screen_day(done, ahead.today) if done else ""
    return [_backed_up(ahead), StepMark("Checked" if done else "Check it", words, state)]


def _backed_up(ahead: FileAhead) -> StepMark:
    done = ahead.backed_up_on
    state = StepState.DONE if done else StepState.CURRENT if ahead.has_folder else StepState.AHEAD
    return StepMark("Backed up" if done else "Back up", screen_day(done, ahead.today) if done else "", state)


class FileHomePage(HomeBase):
    """The file's state stands at the side, with the check of the whole file."""

    STEM = "file_home"
    STEPS = STEPS
    NEEDS = NEEDS
    ACTIONS = (NEXT_STEP, *called(CHOOSE, "choose an item", "choose"), CHECK, FIND, LOCK, HELP)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ahead: FileAhead | None = None
        self._ui = ui = Ui_FileHome()
        ui.setupUi(self)
        ui.work.set_notice(ui.closed_label)
        ui.facts_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.check_button.set_icon("shield-check")
        ui.check_button.set_key(CHECK.shown)
        self._check = FileCheck(ui, ui.facts_view, context, self)
        self._build(ui.columns, ui.work, ui.side_frame, "this file")

    def refresh(self) -> None:
        """Read everything anew and show it."""
        ahead = self._ahead = look_at_file(self._context.session)
        self._ui.facts_view.set_entries([Entry(title, title, words) for title, words in ahead.facts])
        first, second = (ahead.backup, backup_steps(ahead)), (ahead.check, check_steps(ahead))
        self._show_home(HomeContent(ahead.next_step, first, second, ahead.needs, NO_NEED))

    def left(self) -> None:
        """A check under way is given up: nothing depends on it."""
        super().left()
        self._check.cancel()

    def _check_file(self) -> None:
        self._check.start()

    def bar_state(self) -> BarState:
        """Whose file it is, and how many can open it."""
        session, ahead = self._context.session, self._ahead
        now = session.now()
        return BarState(
            title=bar_title(session),
            subtitle=screen_day(session.today, session.today),
            headline="Backups and users",
            figures=(
                Figure("users", str(ahead.users if ahead else 0), "can open this file"),
                Figure("clock", clock(now), weekday(session.today)),
            ),
        )

    def strip_text(self) -> str:
        """What is true of the file."""
        return "Encrypted on this laptop. Your role opens no case."
