"""A failing check as a full row with its fix in it; and the passed ones as one quiet block."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit


class FixRow(QFrame):
    """`fixed` with the row's key and what was chosen or typed: nothing for a button, a person's id, a day in words.
    `kept` with its key when it is right as it is."""

    fixed = Signal(str, str)
    kept = Signal(str)

    def __init__(self, parent: QWidget | None, key: str, words: str, detail: str, tone: Tone) -> None:
        super().__init__(parent)
        self.key = key
        self._people: QComboBox | None = None
        self._day: QLineEdit | None = None
        set_role(self, f"bar-{tone.value}")
        self.setAccessibleName(f"{words}, {detail}" if detail else words)
        theme, px = current(), current().px
        mark, title, below = QLabel(self), QLabel(words, self), QLabel(detail, self)
        icon = "check" if tone is Tone.LOW else "circle-alert"
        mark.setPixmap(icons.pixmap(icon, px(18), theme.tokens.tone(tone)[0], self.devicePixelRatioF()))
        set_role(title, "strong")
        set_role(below, "second")
        for label in (title, below):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        below.setVisible(bool(detail))
        self._below = below
        self._error = FieldError(self)
        self._text = QVBoxLayout()
        self._text.setSpacing(px(2))
        for part in (title, below, self._error):
            self._text.addWidget(part)
        self._row = self._place = QHBoxLayout(self)
        self._row.setContentsMargins(px(14), px(9), px(10), px(9))
        self._row.setSpacing(px(10))
        self._row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._text, 1)

    def offer_button(self, words: str, key: str = "") -> SecondaryButton:
        """The fix is somewhere else, or one press."""
        button = SecondaryButton(self, text=words, key=key, height=36)
        button.setObjectName(f"fix_{self.key}")
        button.setAccessibleName(f"{words}: {self.accessibleName()}")
        button.clicked.connect(lambda: self.fixed.emit(self.key, self._chosen()))
        self._place.addWidget(button)
        return button

    def offer_keep(self) -> SecondaryButton:
        """A person looked at it: it is right as it is. Two buttons stand below the words, which keep their width."""
        self.put_below()
        button = SecondaryButton(self, text="Keep", height=36)
        button.setObjectName(f"keep_{self.key}")
        button.setAccessibleName(f"Keep {self.accessibleName()}")
        button.clicked.connect(lambda: self.kept.emit(self.key))
        self._place.addWidget(button)
        return button

    def put_below(self) -> None:
        """What is offered from now on stands below the words: in a narrow column."""
        self._place = QHBoxLayout()
        self._place.setSpacing(current().px(8))
        self._place.setContentsMargins(0, current().px(6), 0, 0)
        self._text.addLayout(self._place)

    def put_beside(self) -> None:
        """What is offered from now on stands beside a few words more, under the first: no higher than it must be."""
        self._place = QHBoxLayout()
        self._place.setSpacing(current().px(6))
        self._text.insertLayout(self._text.indexOf(self._below), self._place)
        self._text.removeWidget(self._below)
        self._place.addWidget(self._below, 1)

    def offer_people(self, people: Sequence[tuple[str, str]], words: str) -> None:
        """The fix is a person: (id, name) to choose from."""
        self._people = QComboBox(self)
        self._people.setObjectName(f"people_{self.key}")
        self._people.setAccessibleName("Officer")
        self._people.addItem("Choose", "")
        for person_id, name in people:
            self._people.addItem(name, person_id)
        self._row.addWidget(self._people)
        self.offer_button(words)

    def offer_day(self, hint: str, words: str) -> None:
        """The fix is a day, typed as people say it."""
        self._day = LineEdit(self)
        self._day.setObjectName(f"day_{self.key}")
        self._day.setAccessibleName("Date")
        self._day.setPlaceholderText(hint)
        self._day.setFixedWidth(current().px(215))
        self._day.returnPressed.connect(lambda: self.fixed.emit(self.key, self._chosen()))
        self._row.addWidget(self._day)
        self.offer_button(words)

    def _chosen(self) -> str:
        if self._people is not None:
            return str(self._people.currentData())
        return self._day.text() if self._day is not None else ""

    def refuse(self, sentence: str) -> None:
        """Why the fix could not be taken."""
        self._error.set_error(sentence, self._day or self._people)


def tab_through(before: QWidget, rows: Scroll) -> None:
    """The rows were made after the rest of the page: Tab still comes to their buttons after what stands before them."""
    for n in range(rows.body.count()):
        row = item.widget() if (item := rows.body.itemAt(n)) is not None else None
        for button in row.findChildren(SecondaryButton) if isinstance(row, FixRow) else ():
            QWidget.setTabOrder(before, button)
            before = button


class PassedBlock(QFrame):
    """What is in order, in two columns of quiet words."""

    def __init__(self, parent: QWidget | None = None, passed: Sequence[str] = ()) -> None:
        super().__init__(parent)
        set_role(self, "card")
        px = current().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(14), px(11), px(14), px(11))
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(7))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._shown: tuple[str, ...] = ()
        self.show_passed(passed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """However low the column is, no line of it is cut: the column scrolls."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self._grid.minimumHeightForWidth(event.size().width())))

    def show_passed(self, passed: Sequence[str]) -> None:
        """These, in place of the ones before."""
        if tuple(passed) == self._shown:
            return
        self._shown = tuple(passed)
        self.setAccessibleName("In order: " + ", ".join(passed))
        px, tokens, grid = current().px, current().tokens, self._grid
        while (item := grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for n, words in enumerate(passed):
            mark, label = QLabel(self), QLabel(words, self)
            mark.setPixmap(icons.pixmap("check", px(15), tokens.low, self.devicePixelRatioF()))
            set_role(label, "second")
            label.setWordWrap(True)
            grid.addWidget(mark, n // 2, 2 * (n % 2), Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, n // 2, 2 * (n % 2) + 1, Qt.AlignmentFlag.AlignTop)
