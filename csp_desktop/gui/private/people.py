"""The people sleeping rough, for New Hope's lead to prepare: found by any name, and nobody entered twice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_private_people import Ui_PrivatePeople
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.private.people import Label, PersonField
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, FIND_HERE, HELP, IMPORT, LOCK, OPEN, UNDO, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.private import people
from csp_desktop.services.private.people import Alike, PersonLine


def person_entry(line: PersonLine) -> Entry:
    """One person of the list."""
    person, marks = line.person, line.latest
    workers = "1 worker" if line.workers == 1 else f"{line.workers} workers"
    known = f"also {', '.join(person.aliases)}" if person.aliases else ""
    label = "" if line.label is Label.KNOWN else line.label.value
    late = [f"score {overdue_words(line.score_overdue)}"] if line.score_overdue else []
    if line.actions_overdue:
        late.append(f"{count_of(line.actions_overdue, 'action', 'actions')} overdue")
    parts = [person.reference, person.initials, *late, label, known, f"seen {line.seen_words}", workers]
    rated = f"{marks.shown_band.value} {marks.total_words}" if marks else "Not scored"
    return Entry(
        person.id,
        person.name,
        " · ".join(part for part in parts if part),
        person=person.name,
        caption=overdue_words(line.days_overdue),
        tone=Tone.HIGH if line.days_overdue else Tone.NEUTRAL,
        pill=rated if person.on_list else "Off the list",
        pill_tone=BAND_TONES[marks.shown_band] if marks and person.on_list else Tone.NEUTRAL,
        dim=not person.on_list,
    )


def alike_entry(found: Alike) -> Entry:
    """Someone who may be the same person, and why."""
    person = found.person
    return Entry(person.id, f"{person.reference}  {person.name}", f"Already has {found.why}", person=person.name)


NEW = Action("new person, once no match is found", ADD.keys, "_new", strip="add person")


class PrivatePeoplePage(Page):
    """Enter on a row opens the person; the side column enters somebody new, after a look for who is alike."""

    ACTIONS = (
        NEW,
        FIND_HERE,
        OPEN.called("open the person", "open"),
        IMPORT.called("import people", "import"),
        UNDO,
        BACK.short(""),
        LOCK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._count = 0
        self._ui = Ui_PrivatePeople()
        self._ui.setupUi(self)
        self.errors = FieldErrors(
            {
                PersonField.NAME: (self._ui.new_error, self._ui.name_edit),
                PersonField.ALIASES: (self._ui.new_error, self._ui.aliases_edit),
            },
            (self._ui.new_error, None),
        )
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the list", side="add person")
        ui.search_edit.set_hint("Name, alias or reference", FIND_HERE.shown)
        ui.add_button.set_icon("plus")
        ui.add_button.set_key(NEW.shown)
        ui.import_button.set_icon("upload")
        for view in (ui.people_view, ui.alike_view):
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            view.set_flush(True)
        ui.alike_view.set_wrapping(True)
        ui.people_view.setMinimumHeight(current().px(110))
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.search_edit.textChanged.connect(lambda _: self._show_list())
        ui.former_check.toggled.connect(lambda _: self._show_list())
        ui.people_view.chosen.connect(self._open)
        ui.alike_view.chosen.connect(self._open)
        ui.people_empty.pressed.connect(self._new)
        ui.add_button.clicked.connect(self._new)
        ui.import_button.clicked.connect(lambda: self.navigate.emit("import_rough_sleepers", None))
        for edit in (ui.name_edit, ui.aliases_edit):
            edit.textChanged.connect(lambda _: self._show_alike())
            edit.returnPressed.connect(self._enter)
        ui.enter_button.clicked.connect(self._enter)
        ui.other_button.clicked.connect(lambda: self._enter(although_alike=True))
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("people")

    def entered(self, argument: object = None) -> None:
        """The list; "new" begins a person."""
        self._ui.done_bar.dismiss()
        self.refresh()
        if argument == "new" or not self._count:
            self._new()
        else:
            self._ui.people_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Nobody stays on the page behind another one."""
        self._ui.people_view.set_entries([])
        self._ui.alike_view.set_entries([])

    def refresh(self) -> None:
        """List, and who is alike to what is typed."""
        self._show_list()
        self._show_alike()

    def _show_list(self) -> None:
        ui = self._ui
        text, former = ui.search_edit.text(), ui.former_check.isChecked()
        try:
            lines = people.people(self._context.session, text, with_former=former)
        except Refused as refusal:
            lines = ()
            ui.people_empty.set_content("Nobody is shown during a session", refusal.sentence, icon="eye-off")
        else:
            words = "Nobody has this name or reference." if text.strip() else "Add the first person, or import a list."
            title = "Nobody found" if text.strip() else "Nobody on the list yet"
            ui.people_empty.set_content(title, words, "" if text.strip() else "New person", icon="users")
        self._count = sum(line.person.on_list for line in lines)
        ui.people_view.set_entries([person_entry(line) for line in lines])
        ui.people_card.setVisible(bool(lines))
        ui.people_empty.setVisible(not lines)
        ui.page_caption.setText(
            "Only you see this. In the meeting and in the minutes people are shown by initials only."
        )
        self.bar_changed.emit()

    def _show_alike(self) -> None:
        ui = self._ui
        typed = [ui.name_edit.text(), *self._aliases()]
        found = (
            people.alike(self._context.session, typed[0], typed[1:]) if any(len(t.strip()) > 2 for t in typed) else ()
        )
        ui.alike_view.set_entries([alike_entry(one) for one in found])
        for part in (ui.alike_title, ui.alike_view, ui.other_button):
            part.setVisible(bool(found))
        self.errors.clear()

    def _aliases(self) -> list[str]:
        return [alias.strip() for alias in self._ui.aliases_edit.text().split(",") if alias.strip()]

    def _new(self) -> None:
        columns = self._ui.columns
        if columns.is_single() and columns.shown() is not Column.SIDE:
            columns.go(Column.SIDE)
        self._ui.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, *, although_alike: bool = False) -> None:
        ui = self._ui
        try:
            made = people.add(
                self._context.session, ui.name_edit.text(), self._aliases(), although_alike=although_alike
            )
        except Refused as refusal:
            self.errors.show(refusal)
            return
        ui.name_edit.clear()
        ui.aliases_edit.clear()
        self._context.changes.tell("people")
        self._open(made.id)

    def _open(self, person_id: str) -> None:
        self.navigate.emit("private_person", person_id)

    def _find(self) -> None:
        self._ui.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _import(self) -> None:
        self.navigate.emit("import_rough_sleepers", None)

    def go_back(self) -> None:
        """From a field to the list, from there back."""
        if self._ui.side_frame.isAncestorOf(self.focusWidget()):
            self._ui.people_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """No name: the bar is seen from afar."""
        return BarState(
            title="Private rough-sleeping meeting",
            subtitle="Preparation, New Hope only",
            icon="lock",
            headline="People",
            figures=(Figure("users", str(self._count), self._counted()),),
        )

    def _counted(self) -> str:
        return "found" if self._ui.search_edit.text().strip() else "on the list"

    def strip_text(self) -> str:
        """Where they are kept."""
        return "In the private file only: the group's file has no key to it."
