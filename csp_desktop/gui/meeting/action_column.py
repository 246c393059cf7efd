"""The column of actions: the line they are agreed in, those agreed now, and who is in the room."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.gui.style.painting import RIGHT, Ink, Painted, avatar, width_of
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Tone
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.action_line import ActionLine
from csp_desktop.gui.widgets.avatar import Avatars
from csp_desktop.gui.widgets.badges import KeyCap, Pill
from csp_desktop.gui.widgets.buttons import LinkButton
from csp_desktop.gui.widgets.containers import Scroll, reveal
from csp_desktop.gui.window.actions import CHOOSE, DELETE, OPEN
from csp_desktop.gui.window.keys import is_enter
from csp_desktop.services.meeting.actions import ActionRow, InTheRoom

REMOVE = DELETE.called("remove an agreed action")
AGREED = (OPEN.called("change an agreed action"), REMOVE)


class AgreedCard(QFrame):
    """One action agreed now. With the focus, or under the mouse, it says its keys: Enter puts it back in the line,
    Delete takes it away; while it stands in the line it is marked."""

    change_asked = Signal(str)
    removal_asked = Signal(str)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "sunken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"{OPEN.shown} changes it, {REMOVE.shown} removes it")
        self._id, self._changing = "", False
        self._avatars, self._what, self._who = Avatars(self, size=32), QLabel(self), QLabel(self)
        self._mark, self._keys = Pill(self), self._make_keys()
        set_role(self._what, "strong")
        set_role(self._who, "caption")
        for label in (self._what, self._who):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._what)
        words.addWidget(self._who)
        words.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._avatars, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._show_marks()

    def _make_keys(self) -> QWidget:
        """What Enter and Delete do here, each pressed with the mouse too."""
        keys = QWidget(self)
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(2)
        for action, words, asked in (
            (OPEN, "Change", lambda: self.change_asked.emit(self._id)),
            (REMOVE, "Remove", lambda: self.removal_asked.emit(self._id)),
        ):
            button = LinkButton(keys, text=words, height=22)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # never wider than the card
            button.setMaximumWidth(button.sizeHint().width())
            button.clicked.connect(asked)
            row.addWidget(KeyCap(keys, key=action.shown), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(button, 1)
        return keys

    def mark_changing(self, changing: bool) -> None:
        """Whether it stands in the line now, to be changed."""
        self._changing = changing
        self.setAccessibleDescription("in the line, being changed" if changing else "")
        self._show_marks()

    def _show_marks(self) -> None:
        self._mark.set_text("Being changed in the line" if self._changing else "", Tone.MEDIUM)
        self._mark.setVisible(self._changing)
        self._keys.setVisible(not self._changing and (self.hasFocus() or self.underMouse()))
        set_role(self, "chosen" if self.hasFocus() or self._changing else "sunken")

    def show_action(self, row: ActionRow) -> None:
        """Fill it."""
        action = row.action
        self._id = action.id
        self._avatars.set_people([one.name for one in row.owners])
        self._what.setText(action.what)
        kind = "" if action.kind is ActionKind.SUPPORT else f", {action.kind.value}"
        kind += f": {action.power}" if action.power else ""
        later = f"; {row.later}" if row.later else ""
        self._who.setText(row.whole_line + kind + later)
        self.setAccessibleName(f"{action.what}, {row.whole_line}{kind}{later}")

    def shows(self, action_id: str) -> bool:
        """Whether it is the card of this action."""
        return self._id == action_id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Delete; the arrows go from card to card."""
        above, below = CHOOSE
        if above.pressed(event) or below.pressed(event):
            self.moved.emit(1 if below.pressed(event) else -1)
        elif is_enter(event):
            self.change_asked.emit(self._id)
        elif REMOVE.pressed(event):
            self.removal_asked.emit(self._id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Show where we are."""
        self._show_marks()

    def focusOutEvent(self, event: object) -> None:
        """And no longer."""
        self._show_marks()

    def enterEvent(self, event: object) -> None:
        """The keys are shown to the mouse too."""
        self._show_marks()

    def leaveEvent(self, event: object) -> None:
        """And no longer."""
        self._show_marks()


class RoomList(Painted):
    """Everyone in the room with their open actions, two beside each other, a long name alone; those that do not fit are
    counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[InTheRoom, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_people(self, people: Sequence[InTheRoom]) -> None:
        """Those present, the most open actions first."""
        self._people = tuple(people)
        said = [f"{p.officer.name}, {p.officer.agency}, {p.open} open" for p in self._people]
        self.describe("Present", "; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Four rows of two."""
        return QSize(self.theme.px(280), self.theme.px(160))

    def minimumSizeHint(self) -> QSize:
        """Two rows."""
        return QSize(self.theme.px(200), self.theme.px(84))

    def draw(self, painter: QPainter) -> None:
        """Avatar, name, agency, count."""
        px = self.theme.px
        places = self._places()
        shown = [place for place in places if place.bottom() <= self.height()]
        if len(shown) < len(places):
            shown = [place for place in shown if place.bottom() <= self.height() - px(18)] or places[:1]
        for person, place in zip(self._people, shown, strict=False):
            self._draw_person(painter, place, person)
        hidden = self._people[len(shown) :]
        if hidden:
            area = QRectF(0, shown[-1].bottom(), self.width(), px(18))
            self.write(painter, area, f"and {len(hidden)} more", Ink(12, self.theme.tokens.ink2))
            self._elided += [f"{p.officer.name}, {p.open} open" for p in hidden]

    def _places(self) -> list[QRectF]:
        """Where each person stands: half a row, or a whole one for a name that needs it."""
        px, name = self.theme.px, Ink(12, self.theme.tokens.ink, MEDIUM)
        count = Ink(13, self.theme.tokens.ink, SEMIBOLD, True)
        half, high = (self.width() - px(14)) / 2, px(36)
        places: list[QRectF] = []
        top, second = 0.0, False
        for person in self._people:
            beside = px(36 + 6) + width_of(self.theme, str(person.open), count)
            fits = width_of(self.theme, person.officer.name, name) <= half - beside
            if second and not fits:
                top, second = top + high, False
            left = half + px(14) if second else 0.0
            places.append(QRectF(left, top, half if fits else self.width(), high))
            if second or not fits:
                top += high
            second = fits and not second
        return places

    def _draw_person(self, painter: QPainter, rect: QRectF, person: InTheRoom) -> None:
        px, tokens, officer = self.theme.px, self.theme.tokens, person.officer
        disc = QRectF(rect.left(), rect.top() + px(3), px(28), px(28))
        avatar(painter, self.theme, disc, officer.name)
        count = Ink(13, tokens.high if person.late else tokens.ink, SEMIBOLD, True)
        self.write(painter, QRectF(rect.left(), rect.top(), rect.width(), px(34)), str(person.open), count, RIGHT)
        left = rect.left() + px(36)
        room = rect.right() - left - width_of(self.theme, str(person.open), count) - px(6)
        name = Ink(12, tokens.ink, MEDIUM)
        below = officer.agency if person.signed else "not signed"
        second = Ink(11, tokens.ink2 if person.signed else tokens.high)
        self.write(painter, QRectF(left, rect.top() + px(1), room, px(17)), officer.name, name)
        self.write(painter, QRectF(left, rect.top() + px(17), room, px(15)), below, second)


class AgreedActions(QFrame):
    """The line actions are agreed in and those agreed now; a subclass adds to `column` what stands below them.

    Cards are made once and filled again.
    """

    change_asked = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = ActionEntry(self)
        self.entry.set_hint("Who, what, when: rn & el visit fri")
        self.line = ActionLine(self.entry, self)
        heading, self._count = QLabel("Actions agreed now", self), QLabel(self)
        set_role(heading, "subheading")
        set_role(self._count, "count")
        heading.setBuddy(self.entry.line)
        self.cards: list[AgreedCard] = []
        self._changing = ""
        self.entry.below_asked.connect(lambda: self._go_to(0))
        self.line.changing.connect(self._mark_changing)
        self._scroll = Scroll(self, margins=(0, 0, 0, 0))
        self._scroll.body.setSpacing(8)
        self._scroll.body.addStretch(1)
        rule = QFrame(self)
        set_role(rule, "line")
        self.column = QVBoxLayout(self)
        self.column.setSpacing(10)
        self.column.addLayout(beside(heading, self._count))
        self.column.addWidget(self.entry)
        self.column.addWidget(self._scroll, 3)
        self.column.addWidget(rule)

    def show_agreed(self, rows: Sequence[ActionRow]) -> None:
        """The actions agreed for what is in hand, the newest first."""
        newest = list(reversed(rows))
        self._count.setText(str(len(newest)) if newest else "")
        while len(self.cards) < len(newest):
            self._add_card()
        for number, card in enumerate(self.cards):
            card.setVisible(number < len(newest))
            if number < len(newest):
                card.show_action(newest[number])
        self._mark_changing(self._changing)

    def _mark_changing(self, action_id: str) -> None:
        self._changing = action_id
        for card in self.cards:
            card.mark_changing(bool(action_id) and card.shows(action_id))

    def _add_card(self) -> None:
        card = AgreedCard(self)
        card.change_asked.connect(self.change_asked)
        card.removal_asked.connect(self.removal_asked)
        place = len(self.cards)
        card.moved.connect(lambda step: self._go_to(place + step))
        self.cards.append(card)
        self._scroll.body.insertWidget(len(self.cards) - 1, card)
        after = self.after_cards()
        if after is not None:  # made after what stands below them
            QWidget.setTabOrder(card, after)

    def _go_to(self, place: int) -> None:
        """A card by its place, or above the first the line."""
        shown = [card for card in self.cards if not card.isHidden()]
        target = self.entry.line if place < 0 else shown[place] if place < len(shown) else None
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            reveal(target)

    def after_cards(self) -> QWidget | None:
        """What Tab leads to from the last card, where that takes the focus."""
        return None


class ActionsColumn(AgreedActions):
    """What the side of the live page holds: below the actions, who is in the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "side")
        self.room, self.below = RoomList(self), QVBoxLayout()
        words, caption = QLabel("Present", self), QLabel("open actions", self)
        set_role(words, "strong")
        set_role(caption, "caption")
        self.column.setContentsMargins(16, 14, 16, 12)
        self.column.addLayout(beside(words, caption))
        self.column.addWidget(self.room, 2)
        self.column.addLayout(self.below)


def beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    """A heading at the left and its count or caption at the right."""
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
