"""The table of rights: who may have what of the minutes, in words. Ready sets and single rows are changed by key, as a
proposal; it counts once the chair approves it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QSizePolicy, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import dated_day, local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Duty
from csp_desktop.domain.minutes.rights import (
    READY,
    Choice,
    Part,
    Rights,
    RightsRow,
    RightsTable,
    choices_for,
    idle_rows,
)
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.approval_panel import may_record
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.actions import DELETE, GO_ON, Action, which
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file.users import prove_own
from csp_desktop.services.minutes import rights as service
from csp_desktop.services.minutes.rights import RightsNow
from csp_desktop.services.session import Session

_TONES = {
    Rights.WHOLE: Tone.LOW,
    Rights.OWN_AGENCY: Tone.ACCENT,
    Rights.ACTIONS_ONLY: Tone.MEDIUM,
    Rights.NOTHING: Tone.NEUTRAL,
}
ROWS = "rights_view"
_GIVES = {
    Rights.WHOLE: "Whole minutes",
    Rights.OWN_AGENCY: "Own agency's",
    Rights.ACTIONS_ONLY: "Actions only",
    Rights.NOTHING: "No copy",
}
_FIELDS = {  # with what each says where it fits everybody
    "part": "Any role",
    "attended": "Present or not",
    "agency": "Any agency",
    "declared": "Interest or none",
    "rights": "",
}
_NAMES = {
    "part": "Role",
    "attended": "Attendance",
    "agency": "Agency, or kind of agency",
    "declared": "Declared interest",
    "rights": "Gets",
}
_PLACES = {"part": (0, 0, 1), "attended": (0, 1, 1), "agency": (1, 0, 2), "declared": (2, 0, 1), "rights": (2, 1, 1)}
TURNS = (
    Action("rights given by this row", ("Left",), given=("rights", -1), on=ROWS, strip="gives"),
    Action("rights given by this row", ("Right",), given=("rights", 1), on=ROWS, strip="gives"),
    Action("role of the person", ("P",), given=("part", 1), on=ROWS, strip="role"),
    Action("attendance of the person", ("T",), given=("attended", 1), on=ROWS, strip="attendance"),
    Action("kind of agency", ("K",), given=("agency_kind", 1), on=ROWS, strip="kind of agency"),
    Action("which one agency the row is about", ("O",), given=("agency_id", 1), on=ROWS, strip="one agency"),
    Action("whether they declared an interest", ("I",), given=("declared", 1), on=ROWS, strip="interest"),
)
GIVES = tuple(
    Action("whole minutes, own agency's, actions only, no copy", (str(number),), given=gives, on=ROWS)
    for number, gives in enumerate(Rights, 1)
)
ADD_ROW = Action("add a row before this one", ("A",), on=ROWS, strip="add row")
REMOVE_ROW = DELETE.called("remove the row", "remove")._replace(on=ROWS)
MOVES = (
    Action("move the row", ("Alt+Up",), given=-1, on=ROWS, strip="move"),
    Action("move the row", ("Alt+Down",), given=1, on=ROWS, strip="move"),
)
ROW_KEYS = (*TURNS, *GIVES, ADD_ROW, REMOVE_ROW, *MOVES)


class RightsList(EntryList):
    """`asked` with the action of a key that changes the table."""

    asked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the rows; the others as in every list."""
        action = which(event, ROW_KEYS)
        if action is not None:
            self.asked.emit(action)
        else:
            super().keyPressEvent(event)


def _choice_words(choice: Choice, agencies: dict[str, str]) -> str:
    """'Member', 'Kind: police', 'Declared one'; of an agency its name; nothing for whatever fits everybody."""
    if isinstance(choice, Rights):
        return _GIVES[choice]
    if isinstance(choice, AgencyKind):
        return f"Kind: {choice.value}"
    if isinstance(choice, Enum):
        return f"{choice.value[:1].upper()}{choice.value[1:]}"
    return "Declared one" if choice is True else agencies.get(str(choice), "") if choice else ""


def rows_in_words(table: RightsTable, agencies: dict[str, str]) -> list[Entry]:
    """Its rows in order; the first that fits somebody decides."""
    found, idle = [], idle_rows(table.rights)
    for number, row in enumerate(table.rights, 1):
        who = row.who(agencies.get(row.agency_id, ""))
        found.append(
            Entry(
                str(number),
                f"{who[:1].upper()}{who[1:]}",
                f"{row.rights.value[:1].upper()}{row.rights.value[1:]}",
                number=str(number),
                tone=_TONES[row.rights],
                pill="never applies" if number - 1 in idle else "",
                pill_tone=Tone.MEDIUM,
                told="never applies: an earlier row covers everyone" if number - 1 in idle else "",
            )
        )
    return found


class RightsPanel(QFrame):
    """`changed` when one was proposed or approved, with words for the message bar, and whether undo takes it back."""

    changed = Signal(str, str, bool)

    def __init__(self, session: Session, tasks: Tasks, agencies: Callable[[], dict[str, str]]) -> None:
        super().__init__()
        self._session, self._tasks, self._agencies = session, tasks, agencies
        self._now: RightsNow | None = None
        self._ids: list[str] = []  # of the agencies, by their names
        self.title, self.words = text_label("", "strong"), text_label("", "caption")
        self.rows = RightsList()
        self.rows.setObjectName(ROWS)
        self.rows.setAccessibleName("Table of rights: the first row that fits applies")
        self.rows.set_flush(True)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls by itself
        self.rows.setMinimumHeight(current().px(150))
        self._make_editor()
        self.sets_label = text_label("Propose a ready-made set", "label")
        self.set_buttons = [
            SecondaryButton(text=ready.name, key=f"Alt {number}", height=26) for number, ready in enumerate(READY, 1)
        ]
        self.day_edit, self.passphrase_edit = DayField(), PassphraseField()
        self.day_edit.setObjectName("from_edit")
        self.day_edit.setAccessibleName("In force from")
        self.day_edit.set_today(lambda: session.today)
        self.day_label = text_label("In &force from", "label", buddy=self.day_edit)
        self.passphrase_edit.setObjectName("rights_passphrase_edit")
        self.passphrase_edit.setAccessibleName("Your passphrase")
        self.secret_label = text_label("&Your passphrase", "label", buddy=self.passphrase_edit)
        self.error, self.progress = FieldError(), ProgressPanel()
        self.error.setObjectName("rights_error")
        self.approve_button = PrimaryButton(key=GO_ON.shown, height=44)
        self.approve_button.setObjectName("approve_rights_button")
        self._lay_out()
        for number, button in enumerate(self.set_buttons):
            button.setObjectName(f"ready_{number + 1}_button")
            button.clicked.connect(lambda _=False, number=number: self.propose(number + 1))
        self.rows.asked.connect(self.change)
        self.rows.current_moved.connect(lambda _: self._show_row())
        self.day_edit.given.connect(self._move)
        self.day_edit.unread.connect(lambda sentence: self.error.set_error(sentence, self.day_edit))
        self.approve_button.clicked.connect(self.press)
        self.passphrase_edit.returnPressed.connect(self.press)
        self.passphrase_edit.textChanged.connect(lambda _: self.error.clear(self.passphrase_edit))
        self.setFocusProxy(self.rows)
        self.hide()

    def _make_editor(self) -> None:
        """For the mouse, and for whoever wants to see what there is to choose."""
        self.combos = {field: QComboBox(self) for field in _FIELDS}
        for field, combo in self.combos.items():
            combo.setObjectName(f"{field}_combo")
            combo.setAccessibleName(_NAMES[field])
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # both of a line as wide
            combo.activated.connect(lambda at, field=field: self._choose(field, at))
        self.add_button = SecondaryButton(text="Add row", key=ADD_ROW.shown, height=28)
        self.remove_button = SecondaryButton(text="Remove", key=REMOVE_ROW.shown, height=28)
        self.back_button = SecondaryButton(text="Withdraw", height=26)
        self.add_button.setObjectName("add_row_button")
        self.remove_button.setObjectName("remove_row_button")
        self.back_button.setObjectName("withdraw_rights_button")
        self.back_button.setAccessibleName("Withdraw the proposed table")
        self.add_button.clicked.connect(lambda: self.change(ADD_ROW))
        self.remove_button.clicked.connect(lambda: self.change(REMOVE_ROW))
        self.back_button.clicked.connect(self.withdraw)

    def _lay_out(self) -> None:
        chosen = (self.sets_label, *self.set_buttons)
        day = vbox(self.day_label, self.day_edit, spacing=2)
        secret = vbox(self.secret_label, self.passphrase_edit, spacing=2)
        choices = QGridLayout()
        choices.setSpacing(current().px(5))
        for field, (row, column, wide) in _PLACES.items():
            choices.addWidget(self.combos[field], row, column, 1, wide)
        rest = (hbox((day, 1), (secret, 1)), self.error, self.progress, self.approve_button)
        head, keys = hbox((self.title, 1), self.back_button), hbox(self.add_button, self.remove_button, None)
        self.setLayout(vbox(head, self.words, (self.rows, 1), choices, keys, *chosen, *rest, spacing=4))

    def show_now(self) -> None:
        """The table that waits for the chair, else the one in force."""
        now = self._now = service.rights_table(self._session)
        table = now.proposed or now.current
        self._offer_choices()
        self.rows.set_entries(rows_in_words(table, self._agencies()) if table else [])
        if table and not self.rows.current_key():
            self.rows.set_current("1")
        self._show_row()
        self.title.setText(_title(now))
        self.words.setText(_words(now, self._session.today))
        self.back_button.setVisible(now.proposed is not None and may_record(self._session))
        may = self._may_approve()
        for part in (self.secret_label, self.passphrase_edit, self.approve_button):
            part.setVisible(may)
        for field in (self.day_label, self.day_edit):
            field.setVisible(now.proposed is not None)
        if now.proposed is not None:
            self.day_edit.setText(dated_day(now.proposed.valid_from))
            self.approve_button.setText(f"&Approve from {screen_day(now.proposed.valid_from, self._session.today)}")

    def _may_approve(self) -> bool:
        return self._now is not None and self._now.proposed is not None and self._session.may(Duty.CHAIR)

    def has_next(self) -> bool:
        """Whether Ctrl+Enter approves."""
        return self._may_approve() and not self.progress.is_running()

    def _table(self) -> RightsTable | None:
        """The one shown: what waits, else what counts."""
        return (self._now.proposed or self._now.current) if self._now else None

    def _at(self) -> int:
        """The place of the row in hand; -1 for none."""
        return int(self.rows.current_key() or 0) - 1

    def _show_row(self) -> None:
        """What the row in hand says, in the fields under the rows."""
        table, at = self._table(), self._at()
        row, may = table.rights[at] if table and 0 <= at < len(table.rights) else None, may_record(self._session)
        for field, combo in self.combos.items():
            combo.setEnabled(may and row is not None)
            combo.setCurrentIndex(self._chosen(field, row) if row is not None else -1)
        self.add_button.setEnabled(may)
        self.remove_button.setEnabled(may and row is not None)

    def _choices(self, field: str) -> list[tuple[str, Choice]]:
        """What a combo offers, with the field of the row it is about: kinds of agency and agencies stand in one."""
        if field != "agency":
            return [(field, choice) for choice in choices_for(field)]
        kinds = [("agency_kind", choice) for choice in choices_for("agency_kind")]
        return [*kinds, *(("agency_id", agency_id) for agency_id in self._ids)]

    def _chosen(self, field: str, row: RightsRow) -> int:
        """The place of what the row says; -1 for an agency that is not there."""
        if field == "agency":
            field = "agency_id" if row.agency_id else "agency_kind"
            said: tuple[str, Choice] = field, getattr(row, field)
            choices = self._choices("agency")
        else:
            said, choices = (field, getattr(row, field)), self._choices(field)
        return choices.index(said) if said in choices else -1

    def _offer_choices(self) -> None:
        """The agencies there are now, by name, and what else a row may say."""
        agencies = self._agencies()
        self._ids = sorted(agencies, key=lambda agency_id: agencies[agency_id].casefold())
        for field, combo in self.combos.items():
            words = [_choice_words(choice, agencies) or _FIELDS[field] for _, choice in self._choices(field)]
            if words != [combo.itemText(at) for at in range(combo.count())]:
                combo.clear()
                combo.addItems(words)

    def _choose(self, field: str, choice: int) -> None:
        table, at = self._table(), self._at()
        if table is not None and at >= 0:
            rows = list(table.rights)
            rows[at] = rows[at].chosen(*self._choices(field)[choice])
            self._take(rows, at)

    def change(self, action: Action) -> None:
        """What a key of the rows asks for; the row in hand stays in hand."""
        table, at = self._table(), self._at()
        rows, given = list(table.rights) if table else [], action.given
        if action is ADD_ROW:
            at = max(at, 0)
            rows.insert(at, RightsRow(Rights.NOTHING, part=Part.MEMBER))  # no more than nobody decided yet
        elif at < 0:
            return
        elif action == REMOVE_ROW:
            del rows[at]
            at = min(at, len(rows) - 1)
        elif action in MOVES and isinstance(given, int):
            to = min(max(at + given, 0), len(rows) - 1)
            rows.insert(to, rows.pop(at))
            at = to
        elif isinstance(given, Rights):
            rows[at] = rows[at].chosen("rights", given)
        elif isinstance(given, tuple):
            field, by = given
            rows[at] = rows[at].turned(field, by, self._ids)
        self._take(rows, at)

    def _take(self, rows: Sequence[RightsRow], at: int) -> None:
        """These rows from now on, as a proposal."""
        table, waiting = self._table(), self._now.proposed if self._now else None
        if table is not None and tuple(rows) == table.rights:
            return
        day = waiting.valid_from if waiting else None
        words = f"Row {at + 1} of {len(rows)}. It applies once the chair approves it."
        act = partial(service.propose_rights, self._session, rows, day, table.name if table else "")
        if self._do(act, "Table of rights proposed", words):
            self.rows.set_current(str(at + 1))
            self._show_row()

    def _do(self, act: Callable[[], object], words: str, more: str, field: QWidget | None = None) -> bool:
        """Do it, unless the chair is approving what stands here; say it, or say why not."""
        if self.progress.is_running():
            return False
        try:
            act()
        except Refused as refusal:
            self.error.set_error(refusal.sentence, field)
            return False
        self.error.clear(field)
        self.changed.emit(words, more, True)
        return True

    def propose(self, number: int) -> None:
        """Begin with a ready set; it waits for the chair."""
        name = READY[number - 1].name
        self._do(partial(service.propose_ready_set, self._session, name), "Table of rights proposed", name)

    def withdraw(self) -> None:
        """What waits for the chair is not wanted after all."""
        waiting = self._now.proposed if self._now else None
        if waiting is not None:
            act = partial(service.take_back_proposal, self._session, waiting.id)
            self._do(act, "Proposal withdrawn", "The table in force is unchanged.")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, _day: object) -> None:
        proposed, day = self._now.proposed if self._now else None, self.day_edit.day()
        if proposed is None or day is None or day == proposed.valid_from:
            return
        act = partial(service.propose_rights, self._session, proposed.rights, day, proposed.name)
        self._do(act, "Table of rights proposed", f"From {screen_day(day, self._session.today)}", self.day_edit)

    def press(self) -> None:
        """The chair approves with their own passphrase."""
        proposed = self._now.proposed if self._now else None
        if not self.has_next() or proposed is None:
            return
        session, passphrase, table_id = self._session, self.passphrase_edit.text(), proposed.id

        def work(progress: Progress) -> RightsTable:
            progress(0, 1, "Checking your passphrase")
            prove_own(session, passphrase)
            progress(1, 1, "Approving")
            return service.approve_rights(session, table_id)

        self.error.clear(self.passphrase_edit)
        self.progress.run(self._tasks, work, self._approved, self._refuse, words="Checking your passphrase", until=1)

    def _approved(self, table: RightsTable) -> None:
        self.forget()
        self.changed.emit(
            "Table of rights approved", f"In force from {screen_day(table.valid_from, self._session.today)}.", False
        )

    def _refuse(self, refusal: Refused) -> None:
        self.error.set_error(refusal.sentence, self.passphrase_edit)
        self.passphrase_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase_edit.selectAll()

    def forget(self) -> None:
        """What was typed does not stay."""
        self.passphrase_edit.clear()
        self.error.clear(self.passphrase_edit)


def _title(now: RightsNow) -> str:
    if now.proposed is not None:
        return "Proposed, waiting for the chair"
    return "In force" if now.current is not None else "No table of rights is approved"


def _words(now: RightsNow, today: date) -> str:
    if now.proposed is not None:
        return f"By {now.proposed.proposed_by}. The first row that fits decides."
    if now.current is None:
        return "Without one nobody gets a copy. Choose a ready-made set; the chair approves it."
    one = now.current
    at = (
        f", approved by {one.approved_by}, {screen_day(local(one.approved_at).date(), today)}"
        if one.approved_at
        else ""
    )
    return f"Since {screen_day(one.valid_from, today)}{at}. The first row that fits decides."
