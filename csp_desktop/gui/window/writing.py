"""What helps whoever writes prose: spelling as one types, what may have been meant by key, and the usual phrases."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib.resources import files

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.spelling import Dictionary, Span, Speller
from csp_desktop.domain.meeting.phrases import PHRASES
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.prose_edit import ProseEdit
from csp_desktop.gui.widgets.prose_line import Prose
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.keys import is_enter, is_escape, letter
from csp_desktop.gui.window.tasks import LatestAnswer, Tasks
from csp_desktop.services.common.spelling import add_word, own_words
from csp_desktop.services.session import Session

PAUSE = 400  # ms after the last key, so that nothing is looked up while somebody types
SPELLING = Action("spelling of the word at the cursor", ("Ctrl+.",), "_spell")
PHRASE = Action("insert a standard phrase", ("Ctrl+;",), "_phrase")
WRITING = (SPELLING, PHRASE)


@cache
def dictionary() -> Dictionary:
    """The British list as shipped; read once, in whatever thread asks first."""
    return Dictionary(files("csp_desktop._built").joinpath("data", "words", "en_gb.txt").read_text(encoding="utf-8"))


class Writing(QObject):
    """For all notes of one page. What is looked up is looked up in a thread of its own; the words of the file are held
    only as long as the page."""

    def __init__(self, session: Session, tasks: Tasks, parent: QObject, say: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._session, self._tasks, self._say = session, tasks, say
        self._own: frozenset[str] | None = None

    def watch(self, note: Prose) -> None:
        """Underline what is in no list, as one types. Nothing of the note is held here: it goes with the note."""
        if note.findChild(Spelling) is None:
            Spelling(note, self._tasks, self.own)

    def own(self) -> frozenset[str]:
        """The words of the file, read once a page."""
        if self._own is None:
            self._own = own_words(self._session)
        return self._own

    def forget(self) -> None:
        """People or cases may have changed: read the words again when they are next needed."""
        self._own = None

    def spell(self, note: Prose) -> None:
        """Offer what may have been meant by the word at the caret, or by the next one that is in no list."""
        watched = note.findChild(Spelling)
        if watched is not None:
            watched.offer(partial(self._offer, note), lambda: self._say("No spelling errors found here."))

    def _offer(self, note: Prose, span: Span, offers: Sequence[str]) -> None:
        choices = [(words, partial(note.replace_span, span.start, span.end, words)) for words in offers]
        choices.append((f"Add “{span.word}” to the partnership’s words", partial(self._add, note, span.word)))
        Choices(note, span.end, f"Spelling of {span.word}", choices)

    def _add(self, note: Prose, word: str) -> None:
        try:
            add_word(self._session, word)
        except Refused as refusal:
            self._say(refusal.sentence)
            return
        self.forget()
        watched = note.findChild(Spelling)
        if watched is not None:
            watched.look()
        self._say(f"“{word}” is in the partnership’s words.")

    def phrase(self, note: ProseEdit) -> None:
        """Offer the usual phrases, each by its number."""
        choices = [(words, partial(note.put_in, words)) for words in PHRASES]
        Choices(note, note.caret(), "Standard phrases", choices)


class Choices(QListWidget):
    """Under a place of the note, in the window itself: no popup that would take the keyboard. Enter, a click or its
    number takes one, Esc none; gone for good either way."""

    def __init__(
        self, note: Prose, position: int, name: str, choices: Sequence[tuple[str, Callable[[], None]]]
    ) -> None:
        super().__init__(note.window())
        self._note, self._do = note, [do for _, do in choices]
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.addItems([f"{number}  {words}" for number, (words, _) in enumerate(choices, start=1)])
        self.itemClicked.connect(lambda _: self._take(self.currentRow()))
        wide = self.sizeHintForColumn(0) + current().px(36)
        high = self.sizeHintForRow(0) * self.count() + current().px(8)
        place = note.place_of(position)
        inside = note.window().rect()
        left = max(0, min(place.x(), inside.width() - wide))
        top = place.y() if place.y() + high <= inside.height() else max(0, place.y() - high - current().px(28))
        self.setGeometry(left, top, wide, high)
        self.setCurrentRow(0)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, a number or Esc; the arrows move."""
        number = letter(event)
        if is_enter(event):
            self._take(self.currentRow())
        elif is_escape(event):
            self._take(-1)
        elif number.isdecimal() and 0 < int(number) <= self.count():
            self._take(int(number) - 1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere takes none."""
        super().focusOutEvent(event)
        self.hide()
        self.deleteLater()

    def _take(self, row: int) -> None:
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        if row >= 0:
            self._do[row]()


class Spelling(QObject):
    """Of one note."""

    def __init__(self, note: Prose, tasks: Tasks, own: Callable[[], frozenset[str]]) -> None:
        super().__init__(note)
        self._note, self._own = note, own
        self._answer, self._offers = LatestAnswer(tasks, self, idle=True), LatestAnswer(tasks, self, idle=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        note.textChanged.connect(lambda *_: self._pause.start())

    def look(self) -> None:
        """Look at the whole text in another thread; what was typed meanwhile has it looked at again."""
        text = self._note.text()
        if not text.strip():
            self._show(text, ())
            return
        own = self._own()
        self._answer.ask(
            lambda: Speller(dictionary(), own).wrong(text), lambda spans: self._show(text, spans), lambda _: None
        )

    def _show(self, text: str, spans: Sequence[Span]) -> None:
        if text != self._note.text():
            self._pause.start()
            return
        caret = self._note.caret() if self._note.hasFocus() else -1
        judged = [span for span in spans if span.end != caret and not _is_within(span, self._note.not_prose())]
        self._note.underline([(span.start, span.end) for span in judged])

    def offer(self, shown: Callable[[Span, Sequence[str]], None], nothing: Callable[[], None]) -> None:
        """What may have been meant at the caret, or at the next word in no list."""
        text, caret, own, skipped = self._note.text(), self._note.caret(), self._own(), self._note.not_prose()

        def ask() -> tuple[Span, tuple[str, ...]] | None:
            known = Speller(dictionary(), own)
            spans = [span for span in known.wrong(text) if not _is_within(span, skipped)]
            ahead = [span for span in spans if span.end >= caret] or spans
            return (ahead[0], known.offers(ahead[0].word)) if ahead else None

        def answered(found: tuple[Span, tuple[str, ...]] | None) -> None:
            if found is None or text != self._note.text():
                nothing()
            else:
                shown(*found)

        self._offers.ask(ask, answered, lambda _: None)


def _is_within(span: Span, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in places)
