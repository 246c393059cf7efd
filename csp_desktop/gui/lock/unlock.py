"""Unlocking, before anything else of the program is loaded: it knows no service and no vault, only what it is given."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_unlock import Ui_Unlock
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.user_fields import NewPassphraseField, UnlockField
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.lock_panel import LockFigure, LockPanelState
from csp_desktop.gui.widgets.passphrase_field import PASTE, SHOW
from csp_desktop.gui.window.actions import OPEN, strip_of
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.gui.window.tasks import Tasks

TICK = 1000
NARROW = 1000
ROLES = {"new-hope-lead": "New Hope lead"}  # the others are words already


class KnownUser(NamedTuple):
    """Someone who may unlock, as far as it is known outside the vault; `passphrase` only in the sample partnership."""

    name: str
    role: str = ""
    agency: str = ""
    passphrase: str = ""


class RunningMeeting(NamedTuple):
    """A meeting that was running when the program was locked, in words; never a case."""

    since: str  # '14:00'
    body: str  # 'Community Protection Group'
    day: str  # 'Thursday 26 November 2026, ends 16:00'
    place: str  # 'Case 8'
    headline: str = ""  # 'Case 8 of 23'
    pace: str = ""  # '4 min behind'
    done: int = 0
    total: int = 0
    saved_at: str = ""  # '14:49:31'
    figures: tuple[LockFigure, ...] = ()


class UnlockState(NamedTuple):
    """What the screen may show before the passphrase. `users` of the sample are buttons; `user` is who locked, or was
    last here."""

    partnership: str = "Community Safety Partnership"
    private: bool = False  # the private meeting's file
    town: str = ""
    user: KnownUser | None = None
    users: tuple[KnownUser, ...] = ()
    meeting: RunningMeeting | None = None
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
        self._sample_buttons: list[SecondaryButton] = []
        self._ui = Ui_Unlock()
        self._ui.setupUi(self)
        ui = self._ui
        self.recover_errors = FieldErrors(
            {
                UnlockField.NAME: (ui.recover_error, ui.whose_edit),
                NewPassphraseField.NEW: (ui.recover_error, ui.new_edit),
                NewPassphraseField.AGAIN: (ui.recover_error, ui.again_edit),
            },
            (ui.recover_error, ui.key_edit),
        )
        self._dress()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        self.set_state(state)

    def _dress(self) -> None:
        ui, theme = self._ui, current()
        ui.avatar.set_size(48)
        ui.unlock_button.set_height(56)
        ui.open_button.set_height(44)
        ui.back_button.set_height(44)
        ui.inside.setProperty("role", "scrolled")
        ui.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for card in (ui.unlock_card, ui.recover_card, ui.sample_card):
            card.setMaximumWidth(theme.px(card.maximumWidth()))
        for above in (ui.passphrase_label, ui.whose_label, ui.new_label, ui.again_label):
            above.setContentsMargins(0, theme.px(6), 0, 0)  # nearer to its own field than to the one before
        for label, name, tone in (
            (ui.caps_icon, "arrow-big-up-dash", "medium"),
            (ui.saved_icon, "circle-check", "low"),
            (ui.clock_icon, "clock", "ink2"),
            (ui.recover_icon, "file-text", "ink2"),
            (ui.bring_icon, "download", "ink2"),
            (ui.elsewhere_icon, "monitor", "medium"),
        ):
            label.setPixmap(icons.pixmap(name, theme.px(18), getattr(theme.tokens, tone)))
        ui.strip.set_keys(strip_of((OPEN.called("unlock", "unlock"), SHOW, PASTE)))

    def _connect(self) -> None:
        ui = self._ui
        ui.unlock_button.clicked.connect(self._unlock)
        ui.passphrase_edit.returnPressed.connect(self._unlock)
        ui.name_edit.returnPressed.connect(ui.passphrase_edit.setFocus)
        ui.passphrase_edit.textEdited.connect(lambda: ui.error_label.clear(ui.passphrase_edit))
        ui.passphrase_edit.caps_lock_changed.connect(ui.caps_frame.setVisible)
        ui.other_button.clicked.connect(self._ask_for_name)
        ui.bring_button.clicked.connect(lambda: self.bring_in_asked.emit(ui.name_edit.text().strip()))
        ui.recover_button.clicked.connect(lambda: self._show_recovery(True))
        ui.back_button.clicked.connect(lambda: self._show_recovery(False))
        ui.open_button.clicked.connect(self._recover)
        ui.again_edit.returnPressed.connect(self._recover)

    def set_state(self, state: UnlockState) -> None:
        """Show the screen for this moment: the start, or locked from a meeting; nothing typed before stays."""
        self._state = state
        ui, meeting = self._ui, state.meeting
        for edit in (ui.name_edit, ui.passphrase_edit, ui.key_edit, ui.whose_edit, ui.new_edit, ui.again_edit):
            edit.clear()
        ui.strip.set_text(state.strip)
        ui.title_label.setText("Unlock and go on" if meeting else "Unlock")
        place = f"You come back to {meeting.place}, to the word you were typing." if meeting else ""
        whose = "private" if state.private else "partnership's"
        usual = f"Your name and passphrase open the {whose} file."
        ui.text_label.setText(state.file_trouble or state.not_done or place or usual)
        if state.private:
            ui.recover_label.setText("Forgotten it, or a new laptop? Use the recovery sheet, or ask New Hope's lead")
        ui.facts_frame.setVisible(meeting is not None)
        saved = f"Every word saved, the last at {meeting.saved_at}" if meeting and meeting.saved_at else ""
        ui.saved_label.setText("Not saved" if state.file_trouble else saved or "Every word saved")
        if state.file_trouble:
            pixmap = icons.pixmap("circle-alert", current().px(18), current().tokens.high)
            ui.saved_icon.setPixmap(pixmap)
        ui.recover_frame.setVisible(self._calls.recover is not None)
        ui.facts_line.setVisible(meeting is not None or self._calls.recover is not None)
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
            ui.person_role.setText(", ".join(part for part in (ROLES.get(user.role, user.role), user.agency) if part))
            ui.name_edit.setText(user.name)

    def offer_sample(self, users: tuple[KnownUser, ...]) -> None:
        """The sample's people, once they are known; what has been typed meanwhile stays."""
        self._state = self._state._replace(users=users)
        self._show_sample(users)

    def _show_sample(self, users: tuple[KnownUser, ...]) -> None:
        ui = self._ui
        while self._sample_buttons:
            button = self._sample_buttons.pop()
            ui.sample_layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        for user in users:
            words = f"{user.name}, {ROLES.get(user.role, user.role)}: {user.passphrase}"
            button = SecondaryButton(ui.sample_card, text=words.replace("&", "&&"), icon="user-check")
            button.setObjectName(f"sample_{user.role}")
            button.clicked.connect(lambda _=False, who=user: self._take(who))
            ui.sample_layout.addWidget(button)
            self._sample_buttons.append(button)
        ui.sample_card.setVisible(bool(users) and ui.recover_card.isHidden())

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
        ui.recover_card.setVisible(shown)
        ui.unlock_card.setVisible(not shown)
        ui.sample_card.setVisible(not shown and bool(self._state.users))
        self.recover_errors.clear()
        ui.error_label.clear(ui.passphrase_edit)
        if shown:
            ui.whose_edit.setText(ui.name_edit.text())
            ui.key_edit.setFocus()
        else:
            self.focus_first()

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

    def _recover(self) -> None:
        ui = self._ui
        recover = self._calls.recover
        if self._busy or recover is None:
            return
        typed = (ui.key_edit.text(), ui.whose_edit.text().strip(), ui.new_edit.text(), ui.again_edit.text())
        self._set_busy(True)
        self._tasks.run(lambda _: recover(*typed), self._opened, self._not_recovered)

    def _not_recovered(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, Refused):
            raise error
        self.recover_errors.show(error)

    def _set_busy(self, busy: bool) -> None:
        ui = self._ui
        self._busy = busy
        for widget in (ui.name_edit, ui.passphrase_edit, ui.other_button, ui.sample_card, ui.open_button):
            widget.setEnabled(not busy)
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
        ui.open_button.setEnabled(not self._busy and not elsewhere)
        ui.panel.set_state(_panel(self._state, now))

    def _show_elsewhere(self, sentence: str) -> None:
        """Said before anything is typed, and gone as soon as the file is free."""
        ui = self._ui
        if ui.elsewhere_label.text() != sentence:
            ui.elsewhere_label.setText(sentence)
        ui.elsewhere_frame.setVisible(bool(sentence))

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
        self._ui.panel.setVisible(self.width() >= current().px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter anywhere tries; Escape leaves the recovery."""
        if is_escape(event) and self._ui.recover_card.isVisible():
            self._show_recovery(False)
            return
        super().keyPressEvent(event)


def _panel(state: UnlockState, now: datetime) -> LockPanelState:
    clock, meeting = f"{now.hour:02}:{now.minute:02}", state.meeting
    if meeting is None:
        return LockPanelState(
            state.partnership,
            state.town,
            clock=clock,
            heading="Locked",
            below="The file opens with a passphrase only.",
            foot="Nothing of the partnership is shown while locked.",
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
