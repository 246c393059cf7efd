"""The program as one sitting: first screens, the window with its pages, locking, and back to the same place.

Pages are made when they are first shown and destroyed at locking, so that nothing of a case stays behind a lock.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.registry import FOR_THE_QUEUE, GATE, GROUP, IT_SUPPORT, LEAVE_DESK, WindowKind
from csp_desktop.gui.window.tasks import Tasks

if TYPE_CHECKING:
    from csp_desktop.gui.lock.hide_keys import HideKeys
    from csp_desktop.gui.lock.idle_lock import Clocks
    from csp_desktop.gui.lock.locked_words import RunningMeeting
    from csp_desktop.gui.lock.session_guard import Guard
    from csp_desktop.gui.widgets.tour import Tour
    from csp_desktop.gui.window.context import PageContext
    from csp_desktop.gui.window.file_watch import FileWatch
    from csp_desktop.gui.window.navigation import Place
    from csp_desktop.gui.window.page import Page
    from csp_desktop.gui.window.private_handover import Crossing
    from csp_desktop.services.session import Session

PRIVATE_PART = "private_part"  # the one page of the group's window while the private meeting runs


class Program(QObject):
    """Holds window and session together. `now` is the clock; `close_vault` wipes the keys at locking."""

    hidden = Signal()  # F12

    def __init__(
        self,
        now: Clock,
        close_vault: Callable[[], None],
        keep_theme: Callable[[str, float], None],
        kind: WindowKind = GROUP,
    ) -> None:
        super().__init__()
        self._kind = self._whole = kind
        self.crossing: Crossing | None = None
        self.make_context: Callable[..., PageContext] = (
            _context  # given what every page is, makes what they are given here
        )
        self.at_lock: list[Callable[[], None]] = []  # what more is put away
        self._now, self._close_vault, self._keep_theme = now, close_vault, keep_theme
        self.window = MainWindow(kind.title)
        self.window.make_page = self._make
        self.window.commands = {
            "lock": lambda _: self.lock(),
            "find": lambda _: self._find(),
            "back": lambda _: self._back(),
            "tour": lambda _: self.start_tour(),
            LEAVE_DESK: lambda _: self._leave_desk(),
        }
        self._tour: Tour | None = None
        self.tasks, self.changes = Tasks(self), Changes(self)
        self._session: Session | None = None
        self._place: Place | None = None
        self._cover: Callable[[], QWidget] | None = None
        self._guard: Guard | None = None
        self.last_user = ""
        self.locked_meeting: RunningMeeting | None = None
        self._hide_keys: HideKeys | None = None
        self.file_watch: FileWatch | None = None
        self.file_trouble = ""  # what the unlock screen says of the file
        self.window.closing.connect(self.close)
        self.changes.changed.connect(self._refresh)
        self.window.has_rail, self.window.faces_room = self._has_rail, self._faces_room
        self.window.require_page = self._require_page
        self.window.page_shown.connect(self._fill_rail)

    def _keys(self) -> None:
        """From the first unlock on: before there is nothing to hide, and a filter on every event delays the start."""
        from csp_desktop.gui.lock.hide_keys import HideKeys
        from csp_desktop.gui.window.actions import FIND, HELP, TO_PAGES
        from csp_desktop.gui.window.keys import shortcut

        self._hide_keys = HideKeys(_app(), self)
        self._hide_keys.hidden.connect(self.hide)
        self._hide_keys.lock_asked.connect(self.lock)
        shortcut(self.window, HELP.keys[0], self._help, Qt.ShortcutContext.WindowShortcut)
        shortcut(self.window, TO_PAGES.keys[0], self.window.go_to_pages, Qt.ShortcutContext.WindowShortcut)
        rail = self.window.rail
        rail.chosen.connect(self._go_to)
        rail.back_asked.connect(self._back)
        rail.find_asked.connect(self._find)
        shortcut(rail, FIND.keys[0], self._find)  # a page answers it only while the caret is in it
        rail.lock_asked.connect(self.lock)

    def _has_rail(self, stem: str) -> bool:
        """Beside every page outside a running meeting."""
        session = self._session
        if session is None or self._kind.page(stem).alone or self._faces_room():
            return False
        return self._kind.running(session) is None

    def _faces_room(self) -> bool:
        """At the sign-in desk, and over it: no search, no list of pages, no tour."""
        stem = self.window.page_name()
        over = stem == self._kind.help and self.window.argument() == FOR_THE_QUEUE
        return over or bool(stem) and self._kind.page(stem).faces_room

    def _fill_rail(self) -> None:
        stem = self.window.page_name()
        if self._session is not None and stem and self._has_rail(stem):
            from csp_desktop.gui.window.rail_entries import fill_rail

            self.window.rail.set_back(stem != self._kind.home)
            fill_rail(self.window.rail, self._session, self._kind, self._kind.page(stem).part_of or stem)

    def _go_to(self, stem: str) -> None:
        """A page chosen in the rail; the one that is shown is not entered anew."""
        if stem != self.window.page_name():
            self.window.show_page(stem)
        else:
            self.window.leave_pages()

    def start_tour(self) -> None:
        """Lead through the pages of the group's window; while a meeting runs there is none."""
        session = self._session
        if session is None or self._kind is not GROUP or self._kind.running(session):
            return
        if self.window.page_name() == GATE or self._faces_room():
            return
        from csp_desktop.gui.widgets.tour import Tour

        self._end_tour()
        self._tour = Tour(self.window.show_page, self.window.put_above_keys, self._to_page, self)
        self._tour.ended.connect(self._tour_ended)
        self._tour.begin()

    def _to_page(self) -> None:
        page = self.window.page()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_tour(self) -> None:
        if self._tour is not None:
            self._tour.leave()

    def _tour_ended(self) -> None:
        self._tour = None
        page = self.window.page()
        if page is not None and self.window.focusWidget() is None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _help(self) -> None:
        if self._session is not None and self.window.page_name() != GATE:
            self.window.show_page(self._kind.help, FOR_THE_QUEUE if self._faces_room() else None)

    def cover_with(self, make_cover: Callable[[], QWidget]) -> None:
        """Show what stands over everything while no one is unlocked."""
        self.cover_factory(make_cover)
        self.window.cover(make_cover())

    def cover_factory(self, make_cover: Callable[[], QWidget]) -> None:
        """What to show at the next lock: a fresh page each time."""
        self._cover = make_cover

    def lead_to_private(self, command: Sequence[str], first: Mapping[str, str]) -> None:
        """From now on the private meeting can begin from here: `command` starts its program, which is told `first`."""
        if self.crossing is not None:
            return
        from csp_desktop.domain.meeting.private_handover import Begin
        from csp_desktop.gui.window.private_handover import Crossing

        self.crossing = crossing = Crossing(command, lambda: self._session, self, Begin(**first))
        crossing.hide_asked.connect(self.lock)
        crossing.changed.connect(lambda: self.window.hold(PRIVATE_PART if crossing.is_running() else ""))

    def lock_unattended(self, clocks: "Clocks") -> None:
        """From now on it also locks when nobody is there, and when the operating system says so."""
        from csp_desktop.gui.lock.session_guard import Guard

        self._guard = Guard(
            _app(), self.window, clocks, self, lock_after=self._kind.lock_after, keeps_out=self._kind.private
        )
        self._guard.lock_asked.connect(self.lock)

    def is_locked(self) -> bool:
        """Whether no session is open."""
        return self._session is None

    def begin(self, session: "Session") -> None:
        """Someone unlocked: show where they were, the meeting that runs, or home."""
        self._session, self.last_user = session, session.user_name
        self._take_kind(session)
        if self.window.way is None:
            from csp_desktop.gui.window.navigation import WayBack

            self.window.way = WayBack(roots=(self._kind.home, self._kind.table), gates=(GATE, PRIVATE_PART))
        if self._hide_keys is None:
            self._keys()
            hints = QGuiApplication.styleHints()
            hints.colorSchemeChanged.connect(self._follow_computer)
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_computer)
        self._apply_look()
        crossing = self.crossing if self._kind is self._whole else None
        if crossing is not None:
            crossing.catch_up()
        from csp_desktop.gui.window.navigation import Place, return_to

        place = self._place or Place(*self._kind.begins(session), field="", caret=0)
        held = crossing is not None and crossing.is_running()
        if self.window.is_held() and not held:
            self.window.hold("")
        if held:
            place = Place(PRIVATE_PART, None, field="", caret=0)
        if self._must_renew(session):
            place = Place(GATE, (place.stem, place.argument), field="", caret=0)
        self._place = self.locked_meeting = None
        self.window.show_page(place.stem, place.argument)
        if held:
            self.window.hold(PRIVATE_PART)
        self.window.uncover()
        page = self.window.page()
        if page is not None:
            return_to(place, page, session)
        if self._guard is not None:
            self._guard.stand_by(session)
        self._watch_file(session)

    def _take_kind(self, session: "Session") -> None:
        """The window this person works in; the way and the place of somebody with another lead nowhere here."""
        from csp_desktop.services.file.without_cases import is_without_cases

        before = self._kind
        self._kind = IT_SUPPORT if not self._whole.private and is_without_cases(session) else self._whole
        if self._kind is not before:
            self._place = self.window.way = None

    def _require_page(self, stem: str) -> None:
        """Raise NotAllowed for a page that is no part of this person's window."""
        if self._kind is IT_SUPPORT and all(page.stem != stem for page in self._kind.pages):
            from csp_desktop.services.file.without_cases import refuse

            refuse()

    def _watch_file(self, session: "Session") -> None:
        from csp_desktop.gui.window.file_watch import FileWatch

        self.file_trouble = ""
        if self.file_watch is None:
            self.file_watch = FileWatch(self.window, self.tasks, self)
        self.file_watch.stand_by(session)

    def _must_renew(self, session: "Session") -> bool:
        """A passphrase somebody else chose is replaced before anything is shown."""
        from csp_desktop.services.file.users import must_renew

        return must_renew(session)

    def _apply_look(self) -> bool:
        """Theme and text size are the partnership's settings, kept for the unlock screen. Whether they changed."""
        assert self._session is not None
        from csp_desktop.gui.style.style import apply_look
        from csp_desktop.services.people.settings import settings

        chosen = settings(self._session)
        changed = apply_look(chosen)
        self._keep_theme(chosen.theme, current().scale)
        return changed

    def _follow_computer(self) -> None:
        """The computer's own look is another now."""
        if self._session is not None:
            self._refresh({"settings"})

    def hide(self) -> None:
        """F12: nothing can be seen at once; the passphrase brings it back. The private window, or from there the
        group's, is hidden too.
        """
        self.hidden.emit()
        if self.crossing is not None:
            self.crossing.hide()
        self.lock()

    def lock(self) -> None:
        """Ctrl+L: cover first, then put everything away, write over it, and ask for the passphrase. The private program
        ends instead when there is nothing to come back to, and its memory with it.
        """
        if self._session is None:
            return
        texts = self._half_typed()
        stays = not self._kind.private or bool(texts) or self._runs(self._session) or self._is_lost(self._session)
        with ExitStack() as whatever_fails:
            whatever_fails.callback(QTimer.singleShot, 0, self, self._forget if stays else self.window.close)
            whatever_fails.callback(self._put_away, texts)
            self.window.cover()

    def _leave_desk(self) -> None:
        """From what faces the room to the pages: it locks, and whoever proves who they are is at home."""
        from csp_desktop.gui.window.navigation import Place

        self.lock()
        self._place = Place(self._kind.home, None)

    def _runs(self, session: "Session") -> bool:
        """Whether a meeting waits behind the lock; a file that cannot be read may hold one."""
        try:
            return self._kind.running(session) is not None
        except Refused:
            return True

    def _is_lost(self, session: "Session") -> bool:
        """Whether the unlock screen must say where the rescue copy is."""
        return session.standing is not None and bool(session.standing.look())

    def _forget(self) -> None:
        """Once nothing of what was shown is at work any more: what it held is written over, before anything new takes
        a part of its place. What is typed meanwhile waits for the field.
        """
        if self._session is not None:
            return
        from csp_desktop.gui.lock import freed_memory

        with ExitStack() as whatever_fails:
            whatever_fails.callback(self._ask_passphrase)
            freed_memory.overwrite()

    def _half_typed(self) -> dict[str, str]:
        """Read before the cover: fields that lose the caret take back what they cannot make sense of."""
        from csp_desktop.gui.window import unsent_text

        page = self.window.page()
        return unsent_text.read(page) if page is not None else {}

    def _ask_passphrase(self) -> None:
        if self._cover is not None:
            self.window.cover(self._cover())

    def _put_away(self, texts: dict[str, str]) -> None:
        """Remember the place, destroy the pages, close the vault; whatever fails, the rest is done."""
        from csp_desktop.gui.window.navigation import place_in

        session, self._session = self._session, None
        assert session is not None
        with ExitStack() as whatever_fails:
            whatever_fails.callback(self._close_vault)
            whatever_fails.callback(self._end_tour)
            for put_away in self.at_lock:
                whatever_fails.callback(put_away)
            whatever_fails.callback(_close_room)
            whatever_fails.callback(self.window.forget_pages)
            whatever_fails.callback(self.tasks.close)
            if self._guard is not None:
                whatever_fails.callback(self._guard.step_back)
            here = self.window.page_name(), self.window.argument(), self.window.focus_before_cover()
            self._place = place_in(session, *here, texts)
            self._remember_meeting(session)
            if self.file_watch is not None:
                self.file_trouble = self.file_watch.step_back()

    def _remember_meeting(self, session: "Session") -> None:
        """What the unlock screen says of a running meeting; a file that cannot be read says nothing."""
        from csp_desktop.gui.lock.locked_words import running_in_words

        if self.crossing is not None and self.crossing.is_running():
            return  # the screen comes back to the private part, not to a case
        try:
            self.locked_meeting = running_in_words(session)
        except Refused:
            self.locked_meeting = None

    def _make(self, stem: str) -> "Page":
        """A page by its stem, given the desk."""
        assert self._session is not None
        from csp_desktop.gui.window.finder import attach_finder

        info = self._kind.page(stem)
        context = self.make_context(self._session, self.changes, self.tasks, self.crossing, self._kind)
        page: Page = info.load()(context)
        if info.finds:
            attach_finder(page, self.window, context)
        return page

    def _refresh(self, what: set[str]) -> None:
        if "settings" in what and self._guard is not None:
            self._guard.follow_settings()
        if "settings" in what and self._session is not None and self._apply_look():
            # margins and icons are measured when a page is made
            here, argument = self.window.page_name(), self.window.argument()
            self.window.forget_pages()
            self.window.show_page(here, argument)
        self._fill_rail()
        self.window.show_frame()

    def tell_of_bug(self, report: str) -> None:
        """A bug: the person is told once, without a word of a case; what was saved is saved."""
        from csp_desktop.gui.window.bug_notice import BugNotice

        told = self.window.findChild(BugNotice)
        if told is None:
            BugNotice(report, self.window).show()
        else:
            told.add(report)

    def tell_of_refusal(self, sentence: str) -> None:
        """Something a person's role does not allow, wherever on the page it was asked for."""
        from csp_desktop.gui.widgets.message_bar import InlineBar

        page = self.window.page()
        bars = page.findChildren(InlineBar) if page is not None else []
        seen = [bar for bar in bars if (above := bar.parentWidget()) is not None and above.isVisible()]
        if seen:
            seen[0].say(sentence, tone=Tone.HIGH, undo="")
        else:
            self.window.strip.set_text(sentence)

    def _back(self) -> None:
        """Escape: to the desk help stands over or the meeting that runs, else to where one came from, else home."""
        here, session = self.window.page_name(), self._session
        if session is None or here == GATE:
            return
        running = self._kind.running(session)
        if here == self._kind.help and self._faces_room() and self.window.go_back():
            return
        if running is not None:
            if here != running[0]:
                self.window.show_page(*running)
        elif not self.window.go_back() and here != self._kind.home:
            self.window.show_page(self._kind.home)

    def _find(self) -> None:
        from csp_desktop.gui.window.finder import open_finder

        page = self.window.page()
        if page is not None:
            if not page.isVisible():  # the rail stands in its place
                self.window.leave_pages()
            open_finder(page)

    def close(self) -> None:
        """The window closes: edits are on disk, the keys are wiped."""
        if self._session is not None:
            with ExitStack() as whatever_fails:
                whatever_fails.callback(self._put_away, self._half_typed())
                self.window.cover()  # a field that loses the caret later would write to a closed file
            self.tasks.end()
            return
        self.tasks.end()  # what the first screens began ends with them, an unlocking under way too
        self._close_vault()


def _context(*given: Any) -> "PageContext":
    from csp_desktop.gui.window.context import PageContext

    return PageContext(*given)


def _close_room() -> None:
    """The second screen goes with the first."""
    for other in QApplication.topLevelWidgets():
        if other.objectName() == "room_window":
            other.close()
            other.deleteLater()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
