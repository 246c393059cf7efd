"""The fields of one emerging issue: apart, for they know nothing of the list. Each is saved as it is left."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox

from csp_desktop._built.ui_issues import Ui_Issues
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueField
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.window.saved_field import DRAFT_AFTER, SavedField
from csp_desktop.services.meeting.issues import IssueRow, Issues, change_issue
from csp_desktop.services.session import Session


class IssueForm(QObject):
    """`changed` after each change that went in."""

    changed = Signal()

    def __init__(self, ui: Ui_Issues, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._issue: EmergingIssue | None = None
        work = session.work
        self._lines = {
            name: SavedField(edit, error, work, EmergingIssue, name, self._keeper(name))
            for name, edit, error in (
                ("title", ui.title_edit, ui.title_error),
                ("place", ui.place_edit, ui.place_error),
                ("ward", ui.ward_edit, ui.ward_error),
                ("raised_by", ui.raised_edit, ui.raised_error),
                ("next_step", ui.step_edit, ui.step_error),
            )
        }
        for line in self._lines.values():
            line.saved.connect(self.changed)
        self.errors = FieldErrors(
            {
                IssueField.AREA: (ui.area_error, ui.area_combo),
                IssueField.FIRST_SEEN: (ui.seen_error, ui.seen_field),
                IssueField.NEXT_BY: (ui.by_error, ui.by_field),
                IssueField.OWNER: (ui.owner_error, ui.owner_combo),
            },
            (ui.title_error, ui.title_edit),
        )
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DRAFT_AFTER)
        self._typing.timeout.connect(self._keep_words)
        ui.words_edit.edited.connect(lambda _: self._typing.start())
        ui.words_edit.edit_ended.connect(lambda _: self._end_words())
        ui.area_combo.activated.connect(lambda _: self._choose("area", ui.area_combo.currentData()))
        ui.owner_combo.activated.connect(lambda _: self._choose("owner_id", ui.owner_combo.currentData() or ""))
        for field, name, error in (
            (ui.seen_field, "first_seen", ui.seen_error),
            (ui.by_field, "next_by", ui.by_error),
        ):
            field.set_today(lambda: session.today, past=field is ui.seen_field)
            field.given.connect(lambda day, name=name: self._choose(name, day))
            field.textEdited.connect(lambda _, field=field, error=error: error.clear(field))
        ui.seen_field.unread.connect(lambda how: ui.seen_error.set_error(how, ui.seen_field))
        ui.by_field.unread.connect(lambda _: self._no_day())

    def _keeper(self, name: str) -> Callable[[str], object]:
        return lambda text: self._save(**{name: text})

    def _save(self, **changes: object) -> None:
        if self._issue is not None:
            self._issue = change_issue(self._session, self._issue.id, **changes)

    def _choose(self, name: str, value: object) -> None:
        """A choice or a day: at once."""
        try:
            self._save(**{name: value})
        except Refused as refusal:
            self.errors.show(refusal, focus=False)
            return
        self.errors.clear()
        self.changed.emit()

    def _no_day(self) -> None:
        """The day by which the next step is due may be none."""
        ui = self._ui
        if ui.by_field.text().strip():
            ui.by_error.set_error(HOW, ui.by_field)
        else:
            ui.by_field.setModified(False)
            self._choose("next_by", None)

    def show(self, row: IssueRow, everything: Issues) -> None:
        """This issue; a field that is being typed in stays as it is."""
        ui, issue = self._ui, row.issue
        other = self._issue is None or self._issue.id != issue.id
        if other:
            self.finish()
            self.errors.clear()
        self._issue = issue
        for name, line in self._lines.items():
            line.show(issue.id, str(getattr(issue, name)))
        areas = everything.areas if issue.area in everything.areas else (*everything.areas, issue.area)
        _fill(ui.area_combo, [(area, area) for area in areas], issue.area)
        people = [(f"{one.name}, {one.agency}" if one.agency else one.name, one.id) for one in everything.people]
        _fill(ui.owner_combo, [("No owner", ""), *people], issue.owner_id)
        if other or not ui.words_edit.hasFocus():
            draft = self._session.work.draft(EmergingIssue, issue.id, "words")
            ui.words_edit.set_text(draft.text if draft else issue.words)
        if not (ui.seen_field.hasFocus() and ui.seen_field.isModified()):
            ui.seen_field.set_day(issue.first_seen)
        if not (ui.by_field.hasFocus() and ui.by_field.isModified()):
            if issue.next_by is not None:
                ui.by_field.set_day(issue.next_by)
            elif not ui.by_error.text():
                ui.by_field.clear()

    def begin(self) -> None:
        """The title first, ready to be typed over."""
        self._ui.title_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ui.title_edit.selectAll()

    def finish(self) -> None:
        """What is typed is saved."""
        for line in self._lines.values():
            line.end()
        self._end_words()

    def _keep_words(self) -> None:
        if self._issue is not None:
            self._session.work.keep_draft(EmergingIssue, self._issue.id, "words", self._ui.words_edit.text())

    def _end_words(self) -> None:
        self._typing.stop()
        issue, text = self._issue, self._ui.words_edit.text().strip()
        if issue is None:
            return
        if text != issue.words:
            try:
                self._save(words=text)
            except FieldRefused as refusal:
                self.errors.show(refusal, focus=False)
                self._keep_words()
                return
            self.changed.emit()
        if self._session.work.draft(EmergingIssue, issue.id, "words") is not None:
            self._session.work.drop_draft(EmergingIssue, issue.id, "words")


def _fill(combo: QComboBox, wanted: list[tuple[str, str]], chosen: str) -> None:
    if [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())] != wanted:
        combo.clear()
        for words, key in wanted:
            combo.addItem(words, key)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))


def day_or_none(field_text: str, day: date | None) -> date | None:
    """What a field of a day that may be empty says. Raises FieldRefused for what is no day."""
    if field_text.strip() and day is None:
        raise FieldRefused(IssueField.NEXT_BY, HOW)
    return day if field_text.strip() else None
