"""Help: the text shipped with the program, set for reading, and all keys beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from csp_desktop._built.ui_help import Ui_Help
from csp_desktop.domain.common.users import Duty
from csp_desktop.gui.cases import case_table
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import BOLD, REGULAR, SEMIBOLD, current
from csp_desktop.gui.widgets import chips, day_field, passphrase_field, pdf_preview, tour
from csp_desktop.gui.widgets.badges import KeyCap
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import (
    BACK,
    CHOOSE,
    EVERYWHERE,
    NEXT,
    OPEN,
    PRESS,
    TO_SIDE,
    Action,
    called,
    help_rows,
)
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.registry import FOR_THE_QUEUE, GROUP, WindowKind
from csp_desktop.services.people.settings import settings

LINE = 72  # characters, the longest line that reads well
IN_LISTS_AND_FIELDS = (
    *CHOOSE,
    OPEN,
    PRESS,
    case_table.FIRST,
    case_table.LAST,
    *chips.ASIDE,
    *chips.BY_NUMBER,
    *day_field.DAYS,
    *day_field.WEEKS,
    day_field.CALENDAR,
    *pdf_preview.PAGE_KEYS,
    *tour.TURNS,
    passphrase_field.SHOW.short(""),
    passphrase_field.PASTE.short(""),
)


@dataclass(frozen=True)
class KeyGroup:
    """A place and its keys, each with what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


def key_groups(kind: WindowKind, window: Iterable[Action]) -> Iterator[KeyGroup]:
    """Every key of a window, read from the declarations: those that act everywhere, then page by page what acts there
    alone, then what every list and field knows. Each page's class is loaded for it.
    """
    yield KeyGroup("Everywhere", tuple(help_rows(window)))
    elsewhere = {action.keys for action in window}
    for page in kind.pages:
        own = (action for action in page.load().ACTIONS if action.keys not in elsewhere)
        rows = help_rows(action for action in own if action.short("") not in IN_LISTS_AND_FIELDS)
        if rows:
            yield KeyGroup(page.title, tuple(rows))
    yield KeyGroup("In lists and fields", tuple(help_rows(IN_LISTS_AND_FIELDS)))


def help_text(name: str = "help.md") -> str:
    """A shipped help, as Markdown, with the words used in both meetings at its end."""
    folder = files("csp_desktop._built").joinpath("data", "help")
    return "\n".join(folder.joinpath(part).read_text(encoding="utf-8") for part in (name, "words.md"))


class HelpPage(Page):
    """Reached by F1 from anywhere; the back button leads where Escape does: to where one came from."""

    text_name = "help.md"
    kind, window_keys = GROUP, EVERYWHERE
    ACTIONS = (
        TO_SIDE.short("all keys"),
        *called(CHOOSE, "go to a heading", "heading"),
        NEXT.short("into the text"),
        BACK,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._headings: list[tuple[str, int]] = []
        self._ui = Ui_Help()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail_frame, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="contents", work="the text", side="all keys")
        ui.columns.set_widths(Column.SIDE, 430, 380)
        ui.back_button.set_icon("chevron-left")
        ui.back_button.set_key(BACK.shown)
        ui.back_button.clicked.connect(self.go_back)
        ui.tour_button.clicked.connect(lambda: self.navigate.emit("tour", None))
        ui.contents_view.current_moved.connect(self._go_to)
        ui.contents_view.chosen.connect(self._go_to)
        self._set_text()
        QTimer.singleShot(0, self, self._set_keys)  # which loads every page: the text stands before

    def entered(self, argument: object = None) -> None:
        """The focus on the contents; a heading's words as argument open there."""
        ui = self._ui
        kind, session = self.kind, self._context.session
        may = argument != FOR_THE_QUEUE and session.may(Duty.READ_CASES) and not kind.private
        may = may and kind.running(session) is None
        ui.tour_button.setVisible(may)
        wanted = next((key for key, entry in enumerate(self._headings) if entry[0] == argument), 0)
        ui.contents_view.set_current(str(wanted))
        self._go_to(str(wanted))
        ui.contents_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_text(self) -> None:
        """Markdown first, then our fonts, measures and colours on every block."""
        view, theme = self._ui.text_view, current()
        document = view.document()
        document.setDefaultFont(theme.font(15))
        document.setMarkdown(help_text(self.text_name))
        document.setDocumentMargin(theme.px(18))
        wide = _width_of_line(theme.px(15))
        view.setMaximumWidth(wide + theme.px(18) * 2 + theme.px(14))
        view.setMinimumWidth(theme.px(240))
        block = document.begin()
        while block.isValid():
            self._set_block(block)
            block = block.next()
        entries = [Entry(str(number), title) for number, (title, _) in enumerate(self._headings)]
        self._ui.contents_view.set_entries(entries)

    def _set_block(self, block: QTextBlock) -> None:
        theme, level = current(), block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        form = block.blockFormat()
        form.setLineHeight(100.0 if level else 140.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(theme.px(26) if level and block.position() else 0)
        form.setBottomMargin(theme.px(10 if level else 7))
        cursor.setBlockFormat(form)
        if level:
            self._headings.append((block.text(), block.position()))
            letters = QTextCharFormat()
            letters.setFont(theme.font(26 if level == 1 and len(self._headings) == 1 else 18, BOLD))
            letters.setForeground(QColor(theme.tokens.ink))
            cursor.setCharFormat(letters)
            return
        self._set_letters(block)

    def _set_letters(self, block: QTextBlock) -> None:
        """Body text keeps what is bold, slanted or typed; each in our own fonts."""
        theme = current()
        pieces = []
        each: Any = block.begin()
        while not each.atEnd():
            piece = each.fragment()
            pieces.append((piece.position(), piece.length(), piece.charFormat()))
            each += 1
        for position, length, before in pieces:
            typed, bold = before.fontFixedPitch(), before.fontWeight() > REGULAR
            letters = QTextCharFormat()
            font = theme.font(15, SEMIBOLD if bold or typed else REGULAR)
            letters.setFont(font)
            letters.setFontItalic(before.fontItalic())
            letters.setForeground(QColor(theme.tokens.accent if typed else theme.tokens.ink))
            cursor = QTextCursor(block)
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(letters)

    def _own_kind(self) -> WindowKind:
        """An IT administrator's window has fewer pages than the group's, whose help it shows."""
        return self._context.kind if self.kind is GROUP else self.kind

    def _set_keys(self) -> None:
        scroll = self._ui.keys_scroll
        scroll.body.setContentsMargins(0, 0, current().px(10), 0)
        for group in key_groups(self._own_kind(), self.window_keys):
            scroll.body.addWidget(_key_table(group))
        scroll.body.addStretch(1)

    def _go_to(self, key: str) -> None:
        if not key or not self._headings:
            return
        view = self._ui.text_view
        block = view.document().findBlock(self._headings[int(key)][1])
        top = view.document().documentLayout().blockBoundingRect(block).top()
        view.verticalScrollBar().setValue(max(0, round(top) - current().px(18)) if int(key) else 0)

    def bar_state(self) -> BarState:
        """Where we are."""
        now = settings(self._context.session)
        return BarState(title=now.partnership, subtitle=now.town, headline="Help", icon="circle-help")


def _width_of_line(pixels: int) -> int:
    """A line of so many characters at this size: Inter's letters are a little less than half as wide as high."""
    return round(LINE * pixels * 0.46)


def _key_table(group: KeyGroup) -> QWidget:
    """A place, and under it each key with its words."""
    px = current().px
    table = QWidget()
    table.setAccessibleName(f"Keys: {group.title}")
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, px(4))
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(6))
    grid.setColumnMinimumWidth(0, px(112))
    grid.setColumnStretch(1, 1)
    title = QLabel(group.title, table)
    set_role(title, "label")
    grid.addWidget(title, 0, 0, 1, 2)
    for row, (key, words) in enumerate(group.keys, start=1):
        cap, label = KeyCap(table, key=key), QLabel(words, table)
        set_role(label, "second")
        label.setWordWrap(True)
        label.setAccessibleName(f"{key}: {words}")
        grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, row, 1)
    return table
