"""Where a person signs, in either meeting: drawn by pen, finger or mouse, or the full name typed instead."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_signature_panel import Ui_SignaturePanel
from csp_desktop.domain.meeting.confidentiality import Stroke
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import reveal
from csp_desktop.gui.widgets.steps import StepState
from csp_desktop.gui.window.keys import letter

BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class SignaturePanel(QWidget):
    """`changed` whenever a signature is begun, grows or is cleared; `entered` when Enter ends a typed name. The button
    that takes the signature is the page's own, handed to `set_button`: it acts once a signature was begun.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SignaturePanel()
        self.ui.setupUi(self)
        self._may_sign, self._number, self._on_paper, self._typed_only = False, 2, False, False
        self._button: QWidget | None = None
        ui = self.ui
        ui.signature_pad.setMinimumHeight(current().px(120))
        ui.clear_button.set_icon("eraser")
        ui.typed_button.set_icon("keyboard")
        ui.clear_button.clicked.connect(self._begin_again)
        ui.typed_button.clicked.connect(lambda: self.set_typed(not self.is_typed))
        ui.signature_pad.changed.connect(self._changed)
        ui.typed_edit.textChanged.connect(self._changed)
        ui.typed_edit.returnPressed.connect(self.entered)
        for part in (ui.signature_pad, ui.typed_edit):
            part.installEventFilter(self)
        self.clear()

    def set_number(self, number: int) -> None:
        """Which step it is."""
        self._number = number

    def set_button(self, button: QWidget) -> None:
        """What takes the signature; brought to view with it where the page scrolls."""
        self._button = button
        self._changed()

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab leads through, in its order."""
        ui = self.ui
        return (ui.signature_pad, ui.typed_edit, ui.clear_button, ui.typed_button)

    @property
    def is_typed(self) -> bool:
        """Whether the name is typed instead of drawn."""
        return self.ui.signature_pad.isHidden() and not self._on_paper

    @property
    def is_begun(self) -> bool:
        """Whether anything was drawn or typed, or it is on paper."""
        ui = self.ui
        if self._on_paper:
            return True
        return bool(ui.typed_edit.text().strip()) if self.is_typed else bool(ui.signature_pad.strokes())

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, x and y from 0 to 1; nothing while the name is typed."""
        drawn = () if self.is_typed else self.ui.signature_pad.strokes()
        return tuple(tuple((x, y) for x, y, _ in stroke) for stroke in drawn)

    @property
    def typed_name(self) -> str:
        """The name typed instead; nothing while the signature is drawn."""
        return self.ui.typed_edit.text() if self.is_typed else ""

    def allow(self, may_sign: bool) -> None:
        """Whether whoever is here may sign already: who must hear the text first does not."""
        self._may_sign = may_sign
        ui = self.ui
        for widget in (ui.signature_pad, ui.typed_edit, ui.typed_button):
            widget.setEnabled(may_sign)
        self._changed()

    def set_on_paper(self, on_paper: bool) -> None:
        """The signature is on a sheet of paper: nothing is drawn or typed here."""
        if on_paper != self._on_paper:
            self._on_paper = on_paper
            self._show_typed(False)

    def set_typed_only(self, typed_only: bool) -> None:
        """The person is not at the desk: their full name is typed, as they give it."""
        if typed_only != self._typed_only:
            self._typed_only = typed_only
            self._show_typed(typed_only)

    def clear(self) -> None:
        """Nothing of the last person stays; a signature is drawn unless somebody chooses to type."""
        ui = self.ui
        self._typed_only = False
        ui.signature_pad.clear()
        ui.typed_edit.clear()
        self._show_typed(False)

    def refuse(self, sentence: str) -> None:
        """Why it cannot be taken; what was drawn is cleared, what was typed can be mended."""
        self.ui.signature_pad.clear()
        self.ui.sign_error.set_error(sentence, self.ui.typed_edit if self.is_typed else None)

    def set_typed(self, typed: bool) -> None:
        """The other way to sign, with the focus in it."""
        self._show_typed(typed)
        self.set_focus()
        self._bring_to_view()

    def set_focus(self) -> None:
        """To where one signs."""
        drawn = self._button if self._on_paper and self._button is not None else self.ui.signature_pad
        (self.ui.typed_edit if self.is_typed else drawn).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_note(self, shown: bool) -> None:
        """The words beside the other way to sign, where there is room for them."""
        self.ui.sign_note.setVisible(shown)

    def set_read(self, read: bool) -> None:
        """The step one is in once the text was read."""
        self.ui.sign_mark.set_step(self._number, StepState.CURRENT if read else StepState.AHEAD)

    def _show_typed(self, typed: bool) -> None:
        ui = self.ui
        ui.signature_pad.setVisible(not typed and not self._on_paper)
        for button in (ui.clear_button, ui.typed_button):
            button.setVisible(not self._on_paper and not (self._typed_only and button is ui.typed_button))
        ui.typed_frame.setVisible(typed)
        ui.typed_button.setText("&Draw my signature instead" if typed else "&Type my full name instead")
        drawn = "The signature is on the paper sheet." if self._on_paper else "Pen, finger or mouse."
        ui.sign_note.setText("As shown above." if typed else drawn)
        self._changed()

    def _begin_again(self) -> None:
        self.ui.signature_pad.clear()
        self.ui.typed_edit.clear()
        self.set_focus()

    def _changed(self) -> None:
        begun = self.is_begun
        if begun:
            self._bring_to_view()
        self.ui.clear_button.setEnabled(begun)
        if self._button is not None:
            self._button.setEnabled(begun and self._may_sign)
        self.ui.sign_error.clear(self.ui.typed_edit)
        self.changed.emit()

    def _bring_to_view(self) -> None:
        """Where the page scrolls: the button, and above it the signature."""
        ui = self.ui
        for part in (self._button, ui.typed_edit if self.is_typed else ui.signature_pad):
            if part is not None:
                reveal(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come to by key, the signature is brought to view; under a pen nothing moves. A letter begins a typed name."""
        if watched is self.ui.signature_pad and isinstance(event, QKeyEvent) and self._begins_name(event):
            self.set_typed(True)
            self.ui.typed_edit.insert(event.text())
            return True
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in BY_KEY:
            self._bring_to_view()
        return super().eventFilter(watched, event)

    def _begins_name(self, event: QKeyEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and letter(event).isalpha()
        return pressed and self._may_sign and not self.ui.signature_pad.strokes()
