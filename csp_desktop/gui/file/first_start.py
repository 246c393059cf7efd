"""The first start: where the file lies and who sets it up, a passphrase, and the recovery key proved from paper."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_first_start import Ui_FirstStart
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.file.user_fields import NewPassphraseField
from csp_desktop.domain.people.settings import Settings, paper_name, town_of
from csp_desktop.gui.file import recovery_sheet
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import once_painted
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.lock_panel import LockPanelState
from csp_desktop.gui.widgets.passphrase_field import PASTE, SHOW
from csp_desktop.gui.widgets.steps import StepState
from csp_desktop.gui.window.actions import OPEN, strip_of
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.saving import NotSaved
from csp_desktop.services.file import unlock
from csp_desktop.services.file.passphrases import Strength, strength_of
from csp_desktop.services.file.unlock import FirstField, FirstPerson, NewPartnership, Vaults

NARROW = 1000


@dataclass(frozen=True)
class FirstWords:
    """What the screens say of the file that is being made; `agency` is proposed."""

    name: str = "Community Safety Partnership"
    heading: str = "A new partnership"
    intro: str = ""  # in place of the form's own words
    agency: str = ""
    open_words: str = ""
    heads: str = "Name on papers"
    holds: str = "cpg"


GROUP_WORDS = FirstWords()
PRIVATE_WORDS = FirstWords(
    "Private rough-sleeping meeting",
    "The private file",
    "You lead for New Hope. The private meeting has its own file and key: nobody in the group "
    "can open it unless you make them a user here. Whoever creates it becomes its lead.",
    "New Hope",
    "&Open the private file",
    "Name on private papers",
    "rough-sleeping",
)
_LOOKS = {Strength.TOO_WEAK: (1, "high"), Strength.FAIR: (2, "medium"), Strength.STRONG: (3, "low")}


class FirstStartPage(QWidget):
    """`started` gives the open session; `existing_chosen` a folder that holds a partnership already."""

    started = Signal(object)
    existing_chosen = Signal(object)
    bring_in_asked = Signal(object)

    def __init__(
        self,
        vaults: Vaults,
        tasks: Tasks,
        ask: Ask,
        default_folder: Path,
        words: FirstWords = GROUP_WORDS,
        gone: str = "",  # why the file that was to be opened is not
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._words = words
        self._vaults, self._tasks, self._ask = vaults, tasks, ask
        self._new: NewPartnership | None = None
        self._ui = Ui_FirstStart()
        self._ui.setupUi(self)
        self._ui.folder_edit.setText(str(default_folder))
        self._know_fields()
        self._style()
        self._connect()
        self._go(1)
        if gone:
            self._ui.error_1.set_error(gone, self._ui.folder_edit)

    def _know_fields(self) -> None:
        ui = self._ui
        self.person_errors = FieldErrors(
            {
                FirstField.FOLDER: (ui.error_1, ui.folder_edit),
                FirstField.NAME: (ui.error_1, ui.name_edit),
                FirstField.AGENCY: (ui.error_1, ui.agency_edit),
                FirstField.POST: (ui.error_1, ui.post_edit),
                FirstField.TOWN: (ui.error_1, ui.town_edit),
                FirstField.PARTNERSHIP: (ui.error_1, ui.partnership_edit),
            },
            (ui.error_1, ui.folder_edit),
        )
        self.passphrase_errors = FieldErrors(
            {
                NewPassphraseField.NEW: (ui.error_2, ui.passphrase_edit),
                NewPassphraseField.AGAIN: (ui.error_2, ui.again_edit),
            },
            (ui.error_2, ui.passphrase_edit),
        )

    def _style(self) -> None:
        ui = self._ui
        ui.inside.setProperty("role", "scrolled")
        ui.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        once_painted(self, self._narrow)
        for card in (ui.step_1, ui.step_2, ui.step_3):
            card.setMaximumWidth(current().px(card.maximumWidth()))
        for label in (
            ui.name_label,
            ui.post_label,
            ui.agency_label,
            ui.passphrase_label,
            ui.again_label,
            ui.town_label,
            ui.partnership_label,
        ):
            label.setContentsMargins(0, current().px(6), 0, 0)  # nearer to its own field than to the one above
        for button in (ui.next_button, ui.create_button, ui.back_button, ui.begin_button):
            button.set_height(44)
        ui.print_button.set_icon("printer")
        ui.save_button.set_icon("save")
        ui.another_button.set_icon("refresh-cw")
        ui.caps_label.hide()
        ui.agency_edit.setText(self._words.agency)
        ui.partnership_edit.setText(Settings.partnership)
        self._propose_town(self._words.agency)
        if self._words.intro:
            ui.text_1.setText(self._words.intro)
            ui.begin_button.setText(self._words.open_words)
        ui.strip.set_text("Encrypted on this laptop. Nothing is sent anywhere.")
        ui.strip.set_keys(strip_of((OPEN.called("continue", "continue"), SHOW, PASTE)))

    def _narrow(self) -> None:
        from csp_desktop.gui.widgets.narrow import Narrow

        Narrow(self._ui.scroll)

    def _connect(self) -> None:
        ui = self._ui
        ui.folder_button.clicked.connect(self._choose_folder)
        ui.existing_button.clicked.connect(self._open_existing)
        ui.bring_button.clicked.connect(lambda: self.bring_in_asked.emit(self._folder()))
        ui.next_button.clicked.connect(self._settle_person)
        ui.agency_edit.textEdited.connect(self._propose_town)
        for edit in (ui.town_edit, ui.partnership_edit):
            edit.textChanged.connect(lambda _: self._show_name())
        ui.town_edit.textEdited.connect(lambda text: ui.town_edit.setProperty("typed", bool(text)))
        for edit in (ui.folder_edit, ui.name_edit, ui.post_edit, ui.agency_edit, ui.town_edit, ui.partnership_edit):
            edit.returnPressed.connect(self._settle_person)
        ui.back_button.clicked.connect(lambda: self._go(1))
        ui.passphrase_edit.textChanged.connect(self._show_strength)
        for edit in (ui.passphrase_edit, ui.again_edit):
            edit.caps_lock_changed.connect(ui.caps_label.setVisible)
            edit.returnPressed.connect(self._create)
        ui.another_button.clicked.connect(self._offer)
        ui.take_button.clicked.connect(self._take_offer)
        ui.create_button.clicked.connect(self._create)
        ui.print_button.clicked.connect(self._print)
        ui.save_button.clicked.connect(self._save)
        ui.begin_button.clicked.connect(self._begin)
        ui.group_a_edit.returnPressed.connect(ui.group_b_edit.setFocus)
        ui.group_b_edit.returnPressed.connect(self._begin)

    def _go(self, step: int) -> None:
        ui = self._ui
        for number, (card, mark) in enumerate(
            ((ui.step_1, ui.mark_1), (ui.step_2, ui.mark_2), (ui.step_3, ui.mark_3)), 1
        ):
            card.setVisible(number == step)
            mark.set_step(number, StepState.CURRENT)
        words = ("Folder and your details", "Your passphrase", "The recovery key")
        ui.panel.set_state(
            LockPanelState(
                self._words.name,
                heading=self._words.heading,
                below=words[step - 1],
                headline=f"Step {step} of 3",
                done=step - 1,
                total=3,
                foot="Everything stays on this computer, encrypted.",
            )
        )
        if step == 2:
            self._offer()
            self._show_strength(ui.passphrase_edit.text())
        self.focus_first()

    def focus_first(self) -> None:
        """The caret where typing begins."""
        ui = self._ui
        for card, edit in ((ui.step_1, ui.name_edit), (ui.step_2, ui.passphrase_edit), (ui.step_3, ui.group_a_edit)):
            if not card.isHidden():
                edit.setFocus()

    def _folder(self) -> Path:
        """What is typed; a name alone lies in the user's own folder, not wherever the program was started."""
        return Path.home() / os.path.expanduser(self._ui.folder_edit.text().strip())  # noqa: PTH111 - raises for no "~name"

    def _person(self) -> FirstPerson:
        ui = self._ui
        edits = (ui.name_edit, ui.agency_edit, ui.post_edit, ui.town_edit, ui.partnership_edit)
        return FirstPerson(*(" ".join(edit.text().split()) for edit in edits))

    def _propose_town(self, agency: str) -> None:
        """A council's town is the partnership's, until another is typed."""
        if not self._ui.town_edit.property("typed"):
            self._ui.town_edit.setText(town_of(agency))
        self._show_name()

    def _show_name(self) -> None:
        """What the papers will say."""
        ui = self._ui
        named = paper_name(ui.town_edit.text(), ui.partnership_edit.text())
        ui.paper_label.setText(f"{self._words.heads}: {named}. It can be changed in the settings.")

    def _choose_folder(self) -> None:
        chosen = self._ask.open_folder(self, "Folder of the partnership", self._folder().parent)
        if chosen is not None:
            self._ui.folder_edit.setText(str(chosen))

    def _open_existing(self) -> None:
        folder = self._folder()
        if not self._vaults.holds_partnership(folder):
            chosen = self._ask.open_folder(self, "Folder of the partnership", folder.parent)
            if chosen is None:
                return
            folder = chosen
        if self._vaults.holds_partnership(folder):
            self.existing_chosen.emit(folder)
        else:
            words = f"This folder holds no such file. Choose the folder that contains “{self._words.holds}”."
            self._ui.error_1.set_error(words)

    def _settle_person(self) -> None:
        ui = self._ui
        if not ui.folder_edit.text().strip():
            sentence = "Choose the folder for the partnership's file."
            self.person_errors.show(FieldRefused(FirstField.FOLDER, sentence))
            return
        try:
            person = unlock.first_person(self._vaults, self._folder(), self._person())
        except Refused as refused:
            self.person_errors.show(refused)
            if isinstance(refused, FieldRefused) and refused.field == FirstField.FOLDER:
                ui.existing_button.setFocus()
            return
        self.person_errors.clear()
        ui.name_edit.setText(person.name)
        self._go(2)

    def _show_strength(self, text: str) -> None:
        ui = self._ui
        strength = strength_of(self._vaults, text, unlock.known_of(self._person()))
        filled, role = _LOOKS[strength]
        ui.strength_bar.setValue(filled if text else 0)
        ui.strength_label.setText(strength.value if text else "")
        set_role(ui.strength_label, role)
        self.passphrase_errors.clear()

    def _offer(self) -> None:
        self._ui.offer_label.setText(self._vaults.made_of_words())

    def _take_offer(self) -> None:
        ui = self._ui
        for edit in (ui.passphrase_edit, ui.again_edit):
            edit.setText(ui.offer_label.text())
        ui.create_button.setFocus()

    def _create(self) -> None:
        ui = self._ui
        if not ui.create_button.isEnabled():
            return
        folder, person = self._folder(), self._person()
        passphrase, repeated = ui.passphrase_edit.text(), ui.again_edit.text()
        self._set_busy(True)
        self._tasks.run(
            lambda _: unlock.found_partnership(self._vaults, folder, person, passphrase, repeated),
            self._created,
            self._not_created,
        )

    def _set_busy(self, busy: bool) -> None:
        ui = self._ui
        ui.create_button.setText("Creating the file …" if busy else "&Create the file")
        for widget in (ui.create_button, ui.back_button, ui.begin_button, ui.passphrase_edit, ui.again_edit):
            widget.setEnabled(not busy)

    def _not_created(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, Refused):
            raise error
        at_person = isinstance(error, FieldRefused) and error.field in self.person_errors.names
        if at_person:
            self._go(1)
        (self.person_errors if at_person else self.passphrase_errors).show(error)

    def _created(self, new: NewPartnership) -> None:
        ui = self._ui
        self._set_busy(False)
        self._new = new
        for edit in (ui.passphrase_edit, ui.again_edit):
            edit.clear()
        ui.offer_label.clear()
        ui.key_label.setText(_in_two_columns(new.recovery_groups))
        ui.key_label.setAccessibleName(", ".join(f"{n}. {group}" for n, group in enumerate(new.recovery_groups, 1)))
        first, second = new.groups_to_prove
        fields = ((ui.group_a_label, ui.group_a_edit, first), (ui.group_b_label, ui.group_b_edit, second))
        for label, group, number in fields:
            label.setText(f"Group {number}")
            group.setAccessibleName(f"Group {number} of the recovery key")
        printer = recovery_sheet.can_print()
        ui.print_button.setVisible(printer)
        ui.saved_note.setText(
            "" if printer else "No printer is set up here: save the sheet and print it on another computer."
        )
        self._go(3)

    def _sheet(self) -> bytes:
        assert self._new is not None
        return self._new.recovery_sheet(self._person().name, self._folder())

    def _print(self) -> None:
        if recovery_sheet.print_on_paper(self, self._sheet()):
            self._ui.saved_note.setText("Sent to the printer.")

    def _save(self) -> None:
        ui = self._ui
        path = self._ask.save_file(self, "Save the recovery sheet", [PDF], Path.home() / "recovery-key.pdf")
        if path is None:
            return
        try:
            recovery_sheet.save_as_pdf(self._sheet(), path)
        except NotSaved as refusal:
            ui.error_3.set_error(refusal.sentence)
            return
        ui.error_3.clear()
        ui.saved_note.setText(
            f"Saved as {path}, not encrypted: anyone with this sheet and the folder can read "
            "everything. Print it, then delete the file."
        )

    def _begin(self) -> None:
        ui, new = self._ui, self._new
        if new is None or not ui.begin_button.isEnabled():
            return
        first, second = new.groups_to_prove
        if not new.prove({first: ui.group_a_edit.text(), second: ui.group_b_edit.text()}):
            ui.error_3.set_error("These are not the two groups on the sheet. Check the sheet and type them again.")
            ui.group_a_edit.setFocus()
            ui.group_a_edit.selectAll()
            return
        ui.error_3.clear()
        self._set_busy(True)
        self._tasks.run(lambda _: new.begin(), self._begun, self._not_begun)

    def _not_begun(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, Refused):
            raise error
        self._ui.error_3.set_error(error.sentence)

    def _begun(self, session: object) -> None:
        """Nothing of the key stays on the screen."""
        ui = self._ui
        self._set_busy(False)
        self._new = None
        ui.key_label.clear()
        ui.key_label.setAccessibleName("")
        for edit in (ui.group_a_edit, ui.group_b_edit):
            edit.clear()
        self.started.emit(session)

    def abandon(self) -> None:
        """The window closes before the key was proved: what was prepared is closed."""
        if self._new is not None:
            self._new.abandon()
            self._new = None

    def showEvent(self, event: QShowEvent) -> None:
        """The caret in the first field."""
        super().showEvent(event)
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window shows the fields only."""
        super().resizeEvent(event)
        self._ui.panel.setVisible(self.width() >= current().px(NARROW))


def _in_two_columns(groups: Sequence[str]) -> str:
    """The groups as they stand on the sheet, numbered, letters under letters."""
    cells = [f'<td align="right">{n}.</td><td>{group}</td>' for n, group in enumerate(groups, 1)]
    rows = (f"<tr>{cells[n]}<td width=24></td>{''.join(cells[n + 1 : n + 2])}</tr>" for n in range(0, len(cells), 2))
    return f'<table cellspacing="4">{"".join(rows)}</table>'
