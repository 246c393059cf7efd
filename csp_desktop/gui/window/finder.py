"""Ctrl+K on every page but the sign-in desk: find a case, a note, an action or a person, or go anywhere."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Duty
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.palette import Palette, Show
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.window.actions import FIND, LOCK, Command
from csp_desktop.gui.window.actions import commands as own_commands
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import shortcut
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.registry import PageInfo, Verb, Where
from csp_desktop.gui.window.tasks import LatestAnswer
from csp_desktop.services.cases.incoming_referrals import find_incoming
from csp_desktop.services.cases.search import Hit, find, find_people
from csp_desktop.services.session import Session

OWN, VERB = "own:", "verb:"
LOCKING = Command("lock", LOCK.label.capitalize(), LOCK.shown, icon="lock")
ICONS = {
    "case": "layers",
    "note": "message-square",
    "item": "scroll-text",
    "action": "list-checks",
    "person": "user-check",
    "came in": "download",
}


class FloatingFind(QFrame):
    """The find box: over the page while it is used, gone after. `asked` opens it with its list."""

    asked: Callable[[], None]

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        set_role(self, "card")
        self.line = SearchBox(self)
        self.line.setAccessibleName("Find or command")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.line)
        self.line.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left for another field, it goes."""
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        return False

    def open(self) -> None:
        """Over the middle of the page, the caret in it."""
        wide = min(current().px(520), self._page.width() - current().px(24))
        self.setGeometry((self._page.width() - wide) // 2, current().px(18), wide, self.sizeHint().height())
        self.show()
        self.raise_()


class Lead:
    """Where the rows of Ctrl+K lead from one page: to pages, to what is done on them, and to the page's own keys."""

    def __init__(self, page: Page, window: MainWindow, context: PageContext) -> None:
        self._page, self._window, self._context = page, window, context

    def everything(self) -> list[Command]:
        """Places, what can be done from anywhere, and what this page's own keys do."""
        own = [each._replace(key=f"{OWN}{each.key}") for each in own_commands(self._page.ACTIONS)]
        return commands(self._context.kind.commands()) + self.verbs() + own

    def verbs(self, *, at_table: bool = False) -> list[Command]:
        """What can be done now; `at_table`: from the page at the table, which has commands of its own."""
        running, verbs = self._running() is not None, enumerate(self._context.kind.verbs)
        return [
            Command(f"{VERB}{n}", verb.words, icon=verb.icon)
            for n, verb in verbs
            if (verb.at_table or not at_table) and (running or not verb.running) and not (running and verb.idle)
        ]

    def _running(self) -> Where | None:
        kind = self._context.kind
        found = kind.running(self._context.session)
        return found if found is not None and found[0] == kind.table else None

    def __call__(self, key: str) -> None:
        """A row was taken."""
        if key.startswith(OWN):
            self._page.run(key.removeprefix(OWN))
        elif key.startswith(VERB):
            self._do(self._context.kind.verbs[int(key.removeprefix(VERB))])
        else:
            self._window.show_page(key)

    def _do(self, verb: Verb) -> None:
        running = self._running() if verb.running else None
        self._window.show_page(verb.stem, verb.argument or (running[1] if running is not None else None))
        page = self._window.page()
        if page is not None and verb.do and self._window.page_name() == verb.stem:
            page.act(next(action for action in page.ACTIONS if action.do == verb.do))


def attach_finder(page: Page, window: MainWindow, context: PageContext) -> Palette:
    """Give a page its Ctrl+K; one that brings its own gets the places."""
    session, kind = context.session, context.kind
    own, lead = page.findChild(Palette), Lead(page, window, context)
    if own is not None:
        places = commands([info for info in kind.commands() if info.at_table])
        own.set_places(places + lead.verbs(at_table=True))
        own.led.connect(lead)
        return own
    floating, latest = FloatingFind(page), LatestAnswer(context.tasks, page)

    def look(text: str, show: Show) -> None:
        # a person is found in their own list, never over somebody's shoulder; no case while the private meeting runs
        closed = session.private or not session.may(Duty.READ_CASES)
        if closed or window.is_held() or window.faces_room():
            show([])
            return
        latest.ask(
            lambda: _entries(_found(session, text)),
            show,
            lambda error: show(not_found(error)),
        )

    palette = Palette(floating.line, page, look)
    palette.ran.connect(lead)
    palette.found.connect(lambda key: window.show_page(*_where(key)))
    palette.closed.connect(floating.hide)

    def open_list() -> None:
        floating.open()
        palette.set_commands([LOCKING] if window.is_held() or window.faces_room() else lead.everything())
        palette.open()

    floating.asked = open_list
    palette.set_commands(lead.everything())
    shortcut(page, FIND.keys[0], open_list)
    return palette


def open_finder(page: Page) -> None:
    """What Ctrl+K does on this page, asked for by a button."""
    floating = page.findChild(FloatingFind)
    if floating is not None:
        floating.asked()


def commands(pages: Sequence[PageInfo]) -> list[Command]:
    """These pages by their names, and the lock."""
    return [
        *(Command(page.stem, page.command or page.title, page.key, icon=page.icon) for page in pages),
        LOCKING,
    ]


def not_found(error: Exception) -> list[Entry]:
    """The refusal in place of what was looked for; anything else is a bug."""
    if not isinstance(error, Refused):
        raise error
    return [Entry("", error.sentence, heading=True)]


def _found(session: Session, text: str) -> list[Hit]:
    return [*find_people(session, text), *find(session, text), *find_incoming(session, text)]


def _entries(hits: Sequence[Hit]) -> list[Entry]:
    return [
        Entry(_key(hit), hit.title, f"{hit.where}  {hit.snippet}".strip(), icon=ICONS.get(hit.kind, "search"))
        for hit in hits
    ]


def _key(hit: Hit) -> str:
    if hit.case_id:
        return f"case:{hit.case_id}"
    if hit.kind == "came in":
        return f"partner_referrals:{hit.record_id}"
    if hit.kind == "person":
        return f"people:{hit.record_id}"
    return f"minutes:{hit.meeting_id}" if hit.kind in ("note", "item") else "actions:"


def _where(key: str) -> tuple[str, str | None]:
    stem, _, argument = key.partition(":")
    return stem, argument or None
