"""Unlocking, before anything else of the program is loaded: it knows no service and no vault, only what it is given."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QWidget

from csp_desktop._built.ui_unlock import Ui_Unlock
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.lock.known_user import KnownUser
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import once_painted
from csp_desktop.gui.widgets.lock_panel import LockPanelState
from csp_desktop.gui.widgets.passphrase_field import PASTE, SHOW
from csp_desktop.gui.window.actions import OPEN, strip_of
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.gui.window.tasks import Tasks

if TYPE_CHECKING:
    from csp_desktop.gui.lock.locked_words import RunningMeeting
    from csp_desktop.gui.lock.unlock_cards import CapsLockNotice, ElsewhereNotice, MeetingFacts, RecoverCard, SampleCard

TICK = 1000
NARROW = 1000
LOW = 440  # px below which only what one types stands there


class UnlockState(NamedTuple):
    """What the screen may show before the passphrase. `users` of the sample are buttons; `user` is who locked, or was
    last here."""

    partnership: str = "Community Safety Partnership"
    private: bool = False  # the private meeting's file
    town: str = ""
    user: KnownUser | None = None
    users: tuple[KnownUser, ...] = ()
    meeting: "RunningMeeting | None" = None
    strip: str = "Encrypted on this laptop. Nothing is sent anywhere."
    file_trouble: str = ""  # why what was typed last is not saved
    not_done: str = ""  # why what was to happen at locking did not


class UnlockCalls(NamedTuple):
    """What the composition root hands in. `try_unlock` runs off the window's thread and raises Refused with a sentence;
    `recover` takes key, name, new passphrase and its repetition, and is None where there is no recovery."""

    try_unlock: Callable[[str, str], object]
    now: Clock  # local time, for the clock
    wait_after: Callable[[int], timedelta]
    recover: Callable[[str, str, str, str], object] | None = None
    open_elsewhere: Callable[[], str] = str  # who has the file open, in a sentence; nothing when it is free or unknown


class _Tries:
    wrong: int = 0
    open_again: datetime | None = None


class UnlockPage(QWidget):
    """`unlocked` gives what `try_unlock` returned. Fields are emptied before it is emitted."""

    unlocked = Signal(object)
    painted = Signal()  # for the first time: before, nothing is loaded in the background
    bring_in_asked = Signal(str)

    def __init__(self, state: UnlockState, calls: UnlockCalls, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._state, self._calls, self._tasks = state, calls, tasks
        self._tries = _Tries()
        self._busy = self._was_painted = False
        self._recovery: RecoverCard | None = None  # these five are made when there is something to show in them
        self._sample: SampleCard | None = None
        self._elsewhere: ElsewhereNotice | None = None
        self._caps: CapsLockNotice | None = None
        self._facts: MeetingFacts | None = None
        self._ui = Ui_Unlock()
        self._ui.setupUi(self)
        self._style()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        self.set_state(state)

    def _style(self) -> None:
        ui, theme = self._ui, current()
        ui.avatar.set_size(48)
        ui.unlock_button.set_height(56)
        ui.inside.setProperty("role", "scrolled")
        ui.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        once_painted(self, self._narrow)
        ui.unlock_card.setMaximumWidth(theme.px(ui.unlock_card.maximumWidth()))
        ui.passphrase_label.setContentsMargins(0, theme.px(6), 0, 0)  # nearer to its own field than to the one before
        for label, name in ((ui.recover_icon, "file-text"), (ui.bring_icon, "download")):
            label.setPixmap(icons.pixmap(name, theme.px(18), theme.tokens.ink2))
        ui.strip.set_keys(strip_of((OPEN.called("unlock", "unlock"), SHOW, PASTE)))

    def _narrow(self) -> None:
        from csp_desktop.gui.widgets.narrow import Narrow

        Narrow(self._ui.scroll)

    def _connect(self) -> None:
        ui = self._ui
        ui.unlock_button.clicked.connect(self._unlock)
        ui.passphrase_edit.returnPressed.connect(self._unlock)
        ui.name_edit.returnPressed.connect(ui.passphrase_edit.setFocus)
        ui.passphrase_edit.textEdited.connect(lambda: ui.error_label.clear(ui.passphrase_edit))
        ui.passphrase_edit.caps_lock_changed.connect(self._show_caps_lock)
        ui.other_button.clicked.connect(self._ask_for_name)
        ui.bring_button.clicked.connect(lambda: self.bring_in_asked.emit(ui.name_edit.text().strip()))
        ui.recover_button.clicked.connect(lambda: self._show_recovery(True))

    def set_state(self, state: UnlockState) -> None:
        """Show the screen for this moment: the start, or locked from a meeting; nothing typed before stays."""
        self._state = state
        ui, meeting = self._ui, state.meeting
        ui.name_edit.clear()
        ui.passphrase_edit.clear()
        if self._recovery is not None:
            self._recovery.empty()
        ui.strip.set_text(state.strip)
        ui.title_label.setText("Unlock and continue" if meeting else "Unlock")
        place = f"You return to {meeting.place}, where you stopped typing." if meeting else ""
        whose = "private" if state.private else "partnership's"
        usual = f"Your name and passphrase open the {whose} file."
        ui.text_label.setText(state.file_trouble or state.not_done or place or usual)
        if state.private:
            ui.recover_label.setText(
                "Forgotten your passphrase, or using a new laptop? Use the recovery sheet, or ask New Hope's lead"
            )
        ui.recover_frame.setVisible(self._calls.recover is not None)
        ui.facts_line.setVisible(meeting is not None or self._calls.recover is not None)
        self._show_facts()
        self._show_user(state.user)
        self._show_sample(state.users)
        self._show_recovery(False)
        self._set_busy(False)
        self._tick()

    def _show_user(self, user: KnownUser | None) -> None:
        ui = self._ui
        ui.person_frame.setVisible(user is not None)
        ui.name_frame.setVisible(user is None)
        if user is not None:
            ui.avatar.set_person(user.name, user.agency)
            ui.person_label.setText(user.name)
            ui.person_role.setText(", ".join(part for part in (user.role_words, user.agency) if part))
            ui.name_edit.setText(user.name)

    def offer_sample(self, users: tuple[KnownUser, ...]) -> None:
        """The sample's people, once they are known; what has been typed meanwhile stays."""
        self._state = self._state._replace(users=users)
        self._show_sample(users)

    def _show_sample(self, users: tuple[KnownUser, ...]) -> None:
        if users and self._sample is None:
            from csp_desktop.gui.lock.unlock_cards import SampleCard

            self._sample, row = SampleCard(self._ui.inside), QHBoxLayout()
            self._sample.taken.connect(self._take)
            for item in (_beside(), self._sample, _beside()):
                row.addItem(item) if isinstance(item, QSpacerItem) else row.addWidget(item)
            for place, share in enumerate((1, 100, 1)):
                row.setStretch(place, share)
            self._ui.inside_column.insertLayout(self._ui.inside_column.indexOf(self._ui.card_row) + 1, row)
        if self._sample is not None:
            self._sample.set_users(users)
            self._sample.setVisible(bool(users) and not self._ui.unlock_card.isHidden())

    def _show_facts(self) -> None:
        """Of the meeting that was running, under the line."""
        if self._facts is not None:
            self._facts.hide()
            self._facts.deleteLater()
            self._facts = None
        meeting = self._state.meeting
        if meeting is not None:
            from csp_desktop.gui.lock.unlock_cards import MeetingFacts

            trouble = bool(self._state.file_trouble)
            self._facts = MeetingFacts(self._ui.unlock_card, saved_at=meeting.saved_at, file_trouble=trouble)
            self._put_in_before(self._ui.recover_frame, self._facts)
            self._facts.show()

    def _show_caps_lock(self, is_on: bool) -> None:
        if self._caps is None:
            from csp_desktop.gui.lock.unlock_cards import CapsLockNotice

            self._caps = CapsLockNotice(self._ui.unlock_card)
            self._put_in_before(self._ui.unlock_button, self._caps)
        self._caps.setVisible(is_on)

    def _put_in_before(self, following: QWidget, part: QWidget) -> None:
        column = self._ui.card_column
        column.insertWidget(column.indexOf(following), part)

    def _take(self, user: KnownUser) -> None:
        self._show_user(user)
        self._ui.passphrase_edit.setText(user.passphrase)
        self._ui.unlock_button.setFocus()

    def _ask_for_name(self) -> None:
        self._show_user(None)
        self._ui.name_edit.clear()
        self._ui.name_edit.setFocus()

    def _show_recovery(self, shown: bool) -> None:
        ui = self._ui
        ui.unlock_card.setVisible(not shown)
        if self._sample is not None:
            self._sample.setVisible(not shown and bool(self._state.users))
        ui.error_label.clear(ui.passphrase_edit)
        if shown:
            card = self._recover_card()
            card.show()
            card.begin(ui.name_edit.text())
            return
        if self._recovery is not None:
            self._recovery.hide()
            self._recovery.errors.clear()
        self.focus_first()

    def _recover_card(self) -> "RecoverCard":
        if self._recovery is None:
            from csp_desktop.gui.lock.unlock_cards import RecoverCard

            self._recovery = RecoverCard(self._ui.inside)
            self._recovery.asked.connect(self._recover)
            self._recovery.left.connect(lambda: self._show_recovery(False))
            self._ui.card_row.insertWidget(self._ui.card_row.indexOf(self._ui.unlock_card) + 1, self._recovery, 100)
            self._tick()
        return self._recovery

    def focus_first(self) -> None:
        """The caret where typing begins."""
        ui = self._ui
        (ui.passphrase_edit if ui.name_frame.isHidden() or ui.name_edit.text() else ui.name_edit).setFocus()

    def _unlock(self) -> None:
        ui = self._ui
        name, passphrase = ui.name_edit.text().strip(), ui.passphrase_edit.text()
        if self._busy or not ui.unlock_button.isEnabled():
            return
        if not name:
            ui.error_label.set_error("Type your name.", ui.name_edit)
            ui.name_edit.setFocus()
        elif not passphrase:
            ui.error_label.set_error("Type your passphrase.", ui.passphrase_edit)
            ui.passphrase_edit.setFocus()
        else:
            ui.error_label.clear(ui.passphrase_edit)
            self._set_busy(True)
            self._tasks.run(lambda _: self._calls.try_unlock(name, passphrase), self._opened, self._wrong)

    def _opened(self, result: object) -> None:
        self._tries = _Tries()
        self.set_state(self._state)
        self.unlocked.emit(result)

    def _wrong(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, Refused):
            raise error
        ui = self._ui
        self._tries.wrong += 1
        wait = self._calls.wait_after(self._tries.wrong)
        self._tries.open_again = self._calls.now() + wait if wait else None
        ui.error_label.set_error(error.sentence, ui.passphrase_edit)
        ui.passphrase_edit.selectAll()
        ui.passphrase_edit.setFocus()
        self._tick()

    def _recover(self, key: str, name: str, new: str, again: str) -> None:
        recover = self._calls.recover
        if self._busy or recover is None:
            return
        self._set_busy(True)
        self._tasks.run(lambda _: recover(key, name, new, again), self._opened, self._not_recovered)

    def _not_recovered(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, Refused):
            raise error
        self._recover_card().errors.show(error)

    def _set_busy(self, busy: bool) -> None:
        ui = self._ui
        self._busy = busy
        for widget in (ui.name_edit, ui.passphrase_edit, ui.other_button):
            widget.setEnabled(not busy)
        if self._sample is not None:
            self._sample.setEnabled(not busy)
        self._tick()

    def _tick(self) -> None:
        """The clock, and the seconds until another try."""
        ui, now = self._ui, self._calls.now()
        left = (self._tries.open_again - now).total_seconds() if self._tries.open_again else 0
        if left <= 0:
            self._tries.open_again = None
        elsewhere = "" if self._busy else self._calls.open_elsewhere()
        self._show_elsewhere(elsewhere)
        words = "Unlocking …" if self._busy else f"Try again in {int(left + 0.999)} s" if left > 0 else "Unlock"
        if ui.unlock_button.text() != words:
            ui.unlock_button.setText(words)
        ui.unlock_button.set_icon("lock" if self._busy or left > 0 else "lock-open")
        ui.unlock_button.setEnabled(not self._busy and left <= 0 and not elsewhere)
        if self._recovery is not None:
            self._recovery.set_open(not self._busy and not elsewhere)
        ui.panel.set_state(_panel(self._state, now))

    def _show_elsewhere(self, sentence: str) -> None:
        """Said before anything is typed, and gone as soon as the file is free."""
        if sentence and self._elsewhere is None:
            from csp_desktop.gui.lock.unlock_cards import ElsewhereNotice

            self._elsewhere = ElsewhereNotice(self._ui.unlock_card)
            self._put_in_before(self._ui.name_frame, self._elsewhere)
        if self._elsewhere is not None:
            self._elsewhere.say(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs while someone sees it."""
        super().showEvent(event)
        self._clock.start()
        self.focus_first()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Told once."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """And not otherwise."""
        self._clock.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window shows the fields only."""
        super().resizeEvent(event)
        ui, px = self._ui, current().px
        ui.panel.setVisible(self.width() >= px(NARROW))
        low = self.height() < px(LOW)
        for words in (ui.title_label, ui.text_label):
            words.setVisible(not low)
        above, below = (px(10), px(10)) if low else (px(26), px(18))
        ui.card_column.setContentsMargins(px(40), above, px(40), below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter anywhere tries; Escape leaves the recovery."""
        if self._recovery is not None and self._recovery.isVisible() and is_escape(event):
            self._show_recovery(False)
            return
        super().keyPressEvent(event)


def _beside() -> QSpacerItem:
    """What keeps a card in the middle."""
    return QSpacerItem(20, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


def _panel(state: UnlockState, now: datetime) -> LockPanelState:
    clock, meeting = f"{now.hour:02}:{now.minute:02}", state.meeting
    if meeting is None:
        return LockPanelState(
            state.partnership,
            state.town,
            clock=clock,
            heading="Locked",
            below="The file opens with a passphrase only.",
            foot="Nothing is shown while locked.",
        )
    return LockPanelState(
        state.partnership,
        state.town,
        f"Meeting running since {meeting.since}",
        True,
        clock,
        meeting.body,
        meeting.day,
        meeting.headline,
        meeting.pace,
        meeting.done,
        meeting.total,
        meeting.figures,
        "No case is shown while locked. The room screen is blank.",
    )
