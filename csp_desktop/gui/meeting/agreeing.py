"""The minutes of the last meeting while the next one is at them: the version that was sent, agreed by a key, or with
the corrections the meeting asks for.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csp_desktop.domain.common.days import clock, dated_day
from csp_desktop.domain.minutes.agreeing import standing_words
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.containers import focus_in_view
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import ElidedLabel, text_label
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.pdf_preview import PagePreview, PdfPages
from csp_desktop.gui.window.actions import Action, which
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.services.minutes.agreeing import ToAgree

AGREED = Action("minutes of the last meeting: agreed, or not", ("A",), strip="agreed")
CORRECTION = Action("minutes of the last meeting: ask for a correction", ("C",), strip="a correction")
TAKE_AWAY = Action("minutes of the last meeting: remove a correction", ("Delete",), strip="remove one")
TURN = (
    Action("minutes of the last meeting: turn the page", ("PgDown",), strip="pages"),
    Action("minutes of the last meeting: turn the page", ("PgUp",), strip="pages"),
)
AGREEING = (AGREED, CORRECTION, TAKE_AWAY, *TURN)
ASKED = "asked:"  # leads the key of a correction's row
NOT_SHOWN = "The pages are not shown while people are in the room: everyone has their own copy."


class AgreeingMinutes(QWidget):
    """`agreed` gives whose minutes and whether, `asked` whose and the correction in words, `taken_away` the
    correction. The keys act while a row has the focus. `pages_of` gives the pages of a version, or None."""

    agreed = Signal(str, bool)
    asked = Signal(str, str)
    taken_away = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages_of: Callable[[str, int], bytes | None] = lambda _of, _version: None
        self._brought: tuple[ToAgree, ...] = ()
        self._pages: PdfPages | None = None
        self._shown, self._page = ("", 0), 0
        self.rows, self.words_edit, self.error = EntryList(self), LineEdit(self), FieldError(self)
        self.preview, self.page_label = PagePreview(self), ElidedLabel(self)
        self.heading, self.standing_label = text_label("", "strong"), text_label("", "second")
        self._why = text_label("&Correction", "label", buddy=self.words_edit)
        self._keys = QLabel("   ".join(f"{a.shown} {a.strip}" for a in (*AGREEING[:3], TURN[0])), self)
        self._prepare()
        self._asks(False)
        self.rows.current_moved.connect(lambda _: self._turn_to())
        self.words_edit.returnPressed.connect(self._ask)
        self.preview.turned.connect(self._turn)
        self.rows.installEventFilter(self)
        self.words_edit.installEventFilter(self)

    def _prepare(self) -> None:
        px = current().px
        self.rows.setAccessibleName("Minutes to agree")
        self.rows.set_flush(True)
        self.rows.set_wrapping(True)
        self.rows.setMinimumHeight(px(96))
        self.rows.setMaximumHeight(px(190))
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.words_edit.setObjectName("correction_edit")
        self.words_edit.setAccessibleName("What to correct, in a few words")
        for label in (self._keys, self.page_label):
            set_role(label, "small")
        self._keys.setWordWrap(True)
        asking = hbox(self._why, (self.words_edit, 1), spacing=8)
        self.setLayout(
            vbox(
                self.heading,
                self.rows,
                self.standing_label,
                self._keys,
                asking,
                self.error,
                self.page_label,
                (self.preview, 1),
                spacing=6,
            )
        )

    def show_brought(self, brought: Sequence[ToAgree]) -> None:
        """These minutes; the row in hand stays in hand."""
        self._brought = tuple(brought)
        self.rows.set_entries([entry for one in brought for entry in entries(one)])
        if not self.rows.current_key() and brought:
            self.rows.set_current(brought[0].of_meeting_id)
        self._show_pages()

    def waits(self) -> bool:
        """Whether something here can still be agreed."""
        return any(one.agreed is None and one.brought.may_be_agreed for one in self._brought)

    def refuse(self, sentence: str) -> None:
        """What was asked for was not done, and why."""
        self.error.set_error(sentence, self.words_edit)

    def _in_hand(self) -> ToAgree | None:
        key = self.rows.current_key()
        for one in self._brought:
            if key == one.of_meeting_id or key in {f"{ASKED}{remark.id}" for remark in one.asked}:
                return one
        return self._brought[0] if self._brought else None

    def _turn_to(self) -> None:
        self._asks(False)
        self._show_pages()

    def _show_pages(self) -> None:
        """The version that was sent, from its first page when it is another one."""
        one = self._in_hand()
        self.heading.setText(heading_words(one) if one is not None else "")
        self.standing_label.setText(whole_words(one) if one is not None else "")
        wanted = (one.of_meeting_id, one.brought.version) if one is not None and self.isVisible() else ("", 0)
        if wanted == self._shown and (self._pages is not None or not wanted[1]):
            return
        self._put_away()
        self._shown = wanted
        content = self.pages_of(*wanted) if wanted[1] else None
        if content is not None:
            self._pages, self._page = PdfPages(content), 0
            self.preview.show_page(self._pages, 0)
        self.preview.setVisible(self._pages is not None)
        self._say_page()

    def _say_page(self) -> None:
        one = self._in_hand()
        if self._pages is not None and one is not None:
            kept_before = one.brought.kept_before
            version = "As they were kept" if kept_before else f"Version {one.brought.version}, as approved"
            self.page_label.setText(f"{version}: page {self._page + 1} of {len(self._pages)}")
        else:
            self.page_label.setText(NOT_SHOWN if one is not None and one.brought.version else "")
        self.page_label.setVisible(bool(self.page_label.text()))

    def _put_away(self) -> None:
        """No page stays in memory."""
        self.preview.show_page(None, 0)
        if self._pages is not None:
            self._pages.close()
        self._pages, self._shown = None, ("", 0)

    def _turn(self, by: int) -> None:
        if self._pages is not None and 0 <= self._page + by < len(self._pages):
            self._page += by
            self.preview.show_page(self._pages, self._page)
            self._say_page()

    def _asks(self, asks: bool) -> None:
        self._why.setVisible(asks)
        self.words_edit.setVisible(asks)
        self.words_edit.clear()
        self.error.clear(self.words_edit)

    def _ask(self) -> None:
        one = self._in_hand()
        if one is None:
            return
        self.error.clear(self.words_edit)
        self.asked.emit(one.of_meeting_id, self.words_edit.text())
        if not self.error.text():
            self._back()

    def _back(self) -> None:
        self._asks(False)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, event: QKeyEvent) -> bool:
        """The keys act on the row one stands on."""
        action, one = which(event, AGREEING), self._in_hand()
        if action is None or one is None:
            return False
        if action is AGREED:
            self.error.clear(self.words_edit)
            self.agreed.emit(one.of_meeting_id, one.agreed is None)
        elif action is CORRECTION:
            self._asks(True)
            focus_in_view(self.words_edit)
        elif action is TAKE_AWAY:
            key = self.rows.current_key()
            if key.startswith(ASKED):
                self.taken_away.emit(key.removeprefix(ASKED))
        else:
            self._turn(1 if action is TURN[0] else -1)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rows' keys; Escape leads from the field back to them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.rows:
                return self._press(event)
            if watched is self.words_edit and is_escape(event):
                self._back()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Seen: the pages come."""
        super().showEvent(event)
        self._show_pages()

    def hideEvent(self, event: QHideEvent) -> None:
        """Covered, locked or left: the pages go."""
        self._put_away()
        super().hideEvent(event)


def entries(one: ToAgree) -> list[Entry]:
    """The minutes, then what was put right in them as recorded wrongly, then what the meeting asks for."""
    brought, version = one.brought, one.brought.version
    title = dated_day(brought.on) + (f", version {version}" if version and not brought.kept_before else "")
    pill, tone = (f"Agreed {clock(one.agreed.at)}", Tone.LOW) if one.agreed else ("To agree", Tone.NEUTRAL)
    if not brought.may_be_agreed:
        pill, tone = "Not approved", Tone.MEDIUM
    mark = EntryMark.DONE if one.agreed else EntryMark.AHEAD
    first = Entry(one.of_meeting_id, title, _short(one), mark=mark, pill=pill, pill_tone=tone)
    wrongly = [
        Entry(f"wrongly:{n}", words, "Corrected in this version", icon="circle-alert", dim=True)
        for n, words in enumerate(brought.wrongly)
    ]
    asked = [Entry(f"{ASKED}{remark.id}", remark.words, "Correction requested", icon="pencil") for remark in one.asked]
    return [first, *wrongly, *asked]


def _short(one: ToAgree) -> str:
    """What stands in the row, where there is little room."""
    brought = one.brought
    if brought.kept_before:
        return "From before this program"
    if brought.late:
        return "Circulated late"
    if brought.circulated_on is not None:
        return f"Circulated {dated_day(brought.circulated_on)}"
    return "Not circulated" if brought.version else "Draft"


def heading_words(one: ToAgree) -> str:
    """'To agree: version 1, circulated Tue 8 Dec 2026'; what is agreed is no longer asked."""
    brought, version = one.brought, f"version {one.brought.version}"
    if brought.kept_before:
        words = f"minutes of {dated_day(brought.on)}"
        return f"Agreed as a correct record: {words}" if one.agreed else f"To agree: {words}"
    if one.agreed is not None:
        return f"Agreed as a correct record: version {one.agreed.version}"
    if not brought.may_be_agreed:
        return "Not approved yet: there is no version to agree"
    out = brought.circulated_on
    return f"To agree: {version}, circulated {dated_day(out)}" if out else f"To agree: {version}, not circulated yet"


def whole_words(one: ToAgree) -> str:
    """'Approved by Hannah Price, circulated 8 December, 2 days late.'"""
    words = standing_words(one.brought)
    if one.brought.version and not one.brought.kept_before:
        words = f"approved by {one.approved_by}, {words.removeprefix('approved, ')}"
    return f"{words[:1].upper()}{words[1:]}."
