"""In the room: who is here and how, who chairs and takes the minutes, and what joins the walk or the agenda.

While the meeting runs everything here is minuted with its time and can be undone.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_room_changes import Ui_RoomChanges
from csp_desktop.domain.cases.cases import SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.user_fields import NewPassphraseField, UserField
from csp_desktop.domain.meeting.confidentiality import Remote
from csp_desktop.domain.meeting.meeting import Joined, Place
from csp_desktop.domain.meeting.offices import Office
from csp_desktop.gui.meeting.live_bar import keep_time, meeting_bar
from csp_desktop.gui.meeting.meeting_keys import ADD_CASE, ADD_ITEM
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, UNDO, Action, called
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_enter, step_of
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import LatestAnswer
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases.case_entry import CaseField, NewCase
from csp_desktop.services.file import users
from csp_desktop.services.meeting import joining, offices, running_meeting, sign_in
from csp_desktop.services.meeting.joining import JoinField, OfferedCase
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.people.settings import settings

NEW = "new"  # the key of the row that enters what was typed as a new case
HINT = "Type two letters of a case, or the title of a new one"
ROWS = "people_view"
PEOPLE = (
    Action("leaves", ("L",), "_leave", on=ROWS, when="_is_here", strip="leaves"),
    Action("comes back into the room", ("B",), "_come_back", on=ROWS, when="_is_away", strip="back"),
    Action("comes back on Teams", ("T",), "_come_back", Remote.TEAMS, on=ROWS, when="_is_away", strip="on Teams"),
    Action("comes back by telephone", ("P",), "_come_back", Remote.TELEPHONE, on=ROWS, when="_is_away", strip="phone"),
    Action("on Teams or telephone: is alone in the room", ("A",), "_alone", True, on=ROWS, when="_is_remote"),
    Action("on Teams or telephone: is not alone", ("N",), "_alone", False, on=ROWS, when="_is_remote"),
    Action("takes the chair", ("C",), "_take", Office.CHAIR, on=ROWS, when="_is_here", strip="chair"),
    Action("takes the minutes", ("M",), "_take", Office.MINUTES, on=ROWS, when="_is_here", strip="minutes"),
)


class RoomChangesPage(Page):
    """Entered with "people", "case" or "item": where the caret begins. Leads back to the meeting."""

    ACTIONS = (*PEOPLE, *called(CHOOSE, "choose a person", "person"), ADD_CASE, ADD_ITEM, SPELLING, UNDO, BACK, HELP)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._session, self._meeting_id = context.session, ""
        self._people: list[PersonRow] = []
        self._offices: tuple[offices.OfficeRow, ...] = ()
        self._ui = Ui_RoomChanges()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="who is here", side="add")
        ui.columns.set_widths(Column.SIDE, 440, 400)
        for rows in (ui.people_view, ui.cases_view):
            rows.set_flush(True)
        ui.people_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.people_view.setMinimumHeight(current().px(120))
        self._cases = AddCase(ui, context, self)
        self._stand_in = StandInSide(ui, context, self)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.people_view.current_moved.connect(lambda _: self._show_person())
        buttons = (
            (ui.leave_button, "log-out", self._leave),
            (ui.back_button, "undo-2", lambda: self._come_back(None)),
            (ui.teams_button, "monitor", lambda: self._come_back(Remote.TEAMS)),
            (ui.phone_button, "volume-2", lambda: self._come_back(Remote.TELEPHONE)),
            (ui.alone_button, "user-check", lambda: self._alone(True)),
            (ui.company_button, "users", lambda: self._alone(False)),
            (ui.chair_button, "landmark", lambda: self._take(Office.CHAIR)),
            (ui.minutes_button, "pencil", lambda: self._take(Office.MINUTES)),
        )
        for button, icon, verb in buttons:
            button.set_icon(icon)
            button.clicked.connect(partial(_call, verb))
        for action, button in zip(PEOPLE, (row[0] for row in buttons), strict=True):
            button.set_key(action.shown)
            button.setToolTip(f"{action.label[:1].upper()}{action.label[1:]}")
        ui.case_button.clicked.connect(lambda: self._change_room("case"))
        ui.agenda_button.clicked.connect(lambda: self._change_room("item"))
        ui.case_button.set_key(ADD_CASE.shown)
        ui.agenda_button.set_key(ADD_ITEM.shown)
        ui.done_bar.undo_asked.connect(self.undo)
        self._cases.joined.connect(self._joined)
        ui.item_page.changed.connect(lambda words: self._done(words, "meeting"))
        self._stand_in.done.connect(self._stood_in)
        keep_time(self)
        self.follow("attendance", "meeting", "cases")

    # what the window asks

    def entered(self, argument: object = None) -> None:
        """The meeting in session; the caret where the argument says."""
        running = running_meeting.running(self._session)
        self._meeting_id = running.id if running else ""
        ui = self._ui
        ui.done_bar.dismiss()
        ui.people_error.clear()
        self._cases.begin(self._meeting_id)
        self.refresh()
        self._change_room(argument if isinstance(argument, str) and argument else "people")

    def left(self) -> None:
        """No passphrase stays."""
        self._stand_in.forget()

    def refresh(self) -> None:
        """Who is here, and the agenda, as they are now."""
        ui = self._ui
        if not self._meeting_id:
            return
        self._people = sign_in.people_of_meeting(self._session, self._meeting_id)
        self._offices = offices.offices(self._session, self._meeting_id)
        live = running_meeting.meeting_state(self._session, self._meeting_id)
        held = ui.people_view.current_key()
        ui.people_view.set_entries([self._entry(row) for row in self._people])
        known = [row.member_id for row in self._people]
        ui.people_view.set_current(held if held in known else next(iter(known), ""))
        ui.count_label.setText(_count_words(self._people))
        ui.offices_label.setText("  ".join(_office_words(row) for row in self._offices))
        set_role(ui.offices_label, "second" if all(row.is_here for row in self._offices) else "medium")
        ui.item_page.show_agenda(self._session, live.meeting.id, live.items, live.meeting.current_item_id)
        self._show_person()
        self.bar_changed.emit()

    def bar_state(self) -> BarState:
        """The meeting goes on meanwhile."""
        if not self._meeting_id:
            return BarState(title="In the room")
        return meeting_bar(self._session, self._meeting_id, "In the room", ())

    def strip_text(self) -> str:
        """What becomes of it."""
        return "Changes here are minuted with the time."

    def focus_gone(self) -> None:
        """To the people."""
        self._ui.people_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def after_undo(self, step: object) -> None:
        """A case that was added may be gone."""
        self._cases.look_again()

    # where the caret goes

    def _change_room(self, what: str) -> None:
        ui = self._ui
        if what == "people":
            ui.columns.show_work()
            ui.people_view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._stand_in.forget()
        ui.stack.setCurrentWidget(ui.case_page if what == "case" else ui.item_page)
        ui.columns.bring(Column.SIDE)
        (ui.case_edit if what == "case" else ui.item_page.title_edit).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # people

    def _person(self) -> PersonRow | None:
        key = self._ui.people_view.current_key()
        return next((row for row in self._people if row.member_id == key), None)

    def _is_here(self) -> bool:
        row = self._person()
        return row is not None and row.present

    def _is_away(self) -> bool:
        row = self._person()
        return row is not None and not row.present

    def _is_remote(self) -> bool:
        row = self._person()
        return row is not None and row.present and row.remote is not None

    def _entry(self, row: PersonRow) -> Entry:
        alone = {True: "alone", False: "not alone", None: "ask if alone"}[row.alone] if row.remote else ""
        words = row.times if row.present else f"left; {row.times}"
        return Entry(
            row.member_id,
            row.name,
            row.remark,
            person=row.name,
            group=row.agency,
            caption=", ".join(filter(None, (alone, words))),
            caption_icon="circle-check" if row.present else "log-out",
            tone=Tone.MEDIUM if row.present and (alone and not row.alone or not row.signed_at) else Tone.NEUTRAL,
            dim=not row.present,
        )

    def _show_person(self) -> None:
        ui, here, away, remote = self._ui, self._is_here(), self._is_away(), self._is_remote()
        for button in (ui.leave_button, ui.chair_button, ui.minutes_button):
            button.setEnabled(here)
        for button in (ui.back_button, ui.teams_button, ui.phone_button):
            button.setVisible(away)
        ui.leave_button.setVisible(not away)
        for button in (ui.alone_button, ui.company_button):
            button.setVisible(remote)
        ui.people_error.clear()
        self.bar_changed.emit()

    def _leave(self) -> None:
        row = self._person()
        if row is not None:
            self._write(partial(sign_in.leave, self._session, row.attendance_id), f"{row.name} has left")

    def _come_back(self, remote: Remote | None = None) -> None:
        row = self._person()
        if row is not None:
            where = {Remote.TEAMS: " on Teams", Remote.TELEPHONE: " by telephone", None: ""}[remote]
            verb = partial(sign_in.come_back, self._session, row.attendance_id, remote)
            self._write(verb, f"{row.name} is back{where}")

    def _alone(self, alone: bool) -> None:
        row = self._person()
        if row is not None:
            verb = partial(sign_in.note_alone, self._session, self._meeting_id, row.member_id, alone)
            self._write(verb, f"{row.name} is {'' if alone else 'not '}alone")

    def _take(self, office: Office) -> None:
        row = self._person()
        if row is None:
            return
        if office is Office.MINUTES and self._stand_in.is_asked(row.member_id):
            self._stand_in.ask(self._meeting_id, row)
            if self._ui.columns.is_single():
                self._ui.columns.go(Column.SIDE)
            return
        words = "chairs from now on" if office is Office.CHAIR else "takes the minutes from now on"
        verb = partial(offices.take, self._session, self._meeting_id, office, row.member_id)
        self._write(verb, f"{row.name} {words}")

    def _stood_in(self, words: str) -> None:
        self._ui.stack.setCurrentWidget(self._ui.case_page)
        self._done(words, "meeting", "users")
        self._change_room("people")

    def _write(self, verb: Callable[[], object], words: str) -> None:
        try:
            verb()
        except Refused as refused:
            self._ui.people_error.set_error(refused.sentence)
            return
        self._done(words, "attendance", "meeting")

    def _done(self, words: str, *what: Kind) -> None:
        self._context.changes.tell(*what)
        self._ui.done_bar.say(words)

    def _joined(self, words: str, now: bool) -> None:
        self._context.changes.tell("meeting", "cases")
        if now:
            self.navigate.emit("live", self._meeting_id)
        else:
            self._ui.done_bar.say(words)


def _call(verb: Callable[[], object], *_: object) -> None:
    verb()


def _count_words(people: list[PersonRow]) -> str:
    here = [row for row in people if row.present]
    remote = sum(row.remote is not None for row in here)
    return f"Who is here now: {len(here)}" + (f", {remote} of them on Teams or telephone" if remote else "")


def _office_words(row: offices.OfficeRow) -> str:
    what = "Chair" if row.office is Office.CHAIR else "Minutes"
    if not row.name:
        return f"{what}: nobody."
    return f"{what}: {row.name}{'' if row.is_here else ', who is not here: hand it over'}."


class AddCase(QObject):
    """A case by its first letters, or a new one; `joined` with what was done and whether it is in hand now."""

    joined = Signal(str, bool)

    def __init__(self, ui: Ui_RoomChanges, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session, self._meeting_id = ui, context.session, ""
        self._latest = LatestAnswer(context.tasks, self)
        self._found: dict[str, OfferedCase] = {}
        self.errors = FieldErrors(
            {
                JoinField.REASON: (ui.case_error, ui.reason_edit),
                CaseField.SUMMARY: (ui.case_error, ui.case_edit),
                CaseField.AREA: (ui.case_error, ui.area_box),
                CaseField.INITIALS: (ui.case_error, ui.initials_edit),
            },
            (ui.case_error, ui.case_edit),
        )
        ui.case_edit.set_hint("Reference, place, initials, or a new title")
        ui.case_edit.installEventFilter(self)
        ui.case_edit.textChanged.connect(self._look)
        ui.cases_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.cases_view.setMinimumHeight(current().px(120))
        ui.cases_view.current_moved.connect(lambda _: self._show_fields())
        ui.cases_view.chosen.connect(lambda _: self._to_next_field())
        for button, place in ((ui.now_button, Place.NOW), (ui.next_button, Place.NEXT), (ui.end_button, Place.END)):
            button.clicked.connect(partial(self._join, place))
        for field in (ui.reason_edit, ui.initials_edit):
            field.returnPressed.connect(ui.now_button.setFocus)

    def begin(self, meeting_id: str) -> None:
        """An empty field."""
        ui = self._ui
        self._meeting_id = meeting_id
        ui.area_box.clear()
        ui.area_box.addItems(list(settings(self._session).areas))
        ui.area_box.setCurrentIndex(-1)
        for field in (ui.case_edit, ui.reason_edit, ui.initials_edit):
            field.clear()
        self.errors.clear()
        self._show(())

    def look_again(self) -> None:
        """What stands on the walk has changed."""
        self._look(self._ui.case_edit.text())

    def _look(self, text: str) -> None:
        self.errors.clear()
        if len(text.strip()) < 2:
            self._show(())
            return
        session, meeting_id = self._session, self._meeting_id
        self._latest.ask(
            lambda: joining.offered_cases(session, meeting_id, text),
            lambda found: self._show(found) if text == self._ui.case_edit.text() else None,
            lambda error: self._ui.case_error.set_error(error.sentence) if isinstance(error, Refused) else None,
        )

    def _show(self, found: tuple[OfferedCase, ...]) -> None:
        ui, typed = self._ui, self._ui.case_edit.text().strip()
        self._found = {one.case.id: one for one in found}
        rows = [
            Entry(
                one.case.id,
                one.case.title,
                f"{one.case.reference or 'awaiting reference'}, {one.standing}",
                icon="layers",
                dim=one.is_done,
            )
            for one in found
        ]
        if typed:
            rows.append(Entry(NEW, f"New case: {typed}", "not on Safety Net yet", icon="plus"))
        ui.cases_view.set_entries(rows or [Entry("", HINT, heading=True)])
        ui.cases_view.set_current(rows[0].key if rows else "")
        self._show_fields()

    def _show_fields(self) -> None:
        ui, key = self._ui, self._ui.cases_view.current_key()
        one = self._found.get(key)
        for part in (ui.area_label, ui.area_box, ui.initials_label, ui.initials_edit):
            part.setVisible(key == NEW)
        for part in (ui.reason_label, ui.reason_edit):
            part.setVisible(one is not None and one.joined is Joined.REOPENED)
        for button in (ui.now_button, ui.next_button, ui.end_button):
            button.setEnabled(key == NEW or (one is not None and not one.is_done))
        ui.now_button.setText("N&ow" if one is None or one.joined is not Joined.REOPENED else "Reopen, n&ow")

    def _to_next_field(self) -> None:
        """Enter on a row: what must be said of it, else where it comes."""
        ui = self._ui
        fields = (ui.area_box, ui.reason_edit, ui.now_button)
        next(field for field in fields if field.isVisible() and field.isEnabled()).setFocus()

    def _join(self, place: Place, *_: object) -> None:
        ui, key = self._ui, self._ui.cases_view.current_key()
        try:
            if key == NEW:
                joining.join_new(self._session, self._meeting_id, self._new(), place)
                title = ui.case_edit.text().strip()
            else:
                joining.join_case(self._session, self._meeting_id, key, place, ui.reason_edit.text())
                title = self._found[key].case.title
        except Refused as refused:
            self.errors.show(refused)
            return
        self.begin(self._meeting_id)
        self.joined.emit(f"{title.split(',')[0]}: taken {place.value}", place is Place.NOW)
        ui.case_edit.setFocus()

    def _new(self) -> NewCase:
        ui = self._ui
        return NewCase(
            summary=ui.case_edit.text(),
            location="",
            area=ui.area_box.currentText(),
            subject_type=SubjectType.VICTIM,
            initials=ui.initials_edit.text(),
            created_on=self._session.today,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field the arrows walk along what was found, and Enter takes it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if step_of(event):
                self._ui.cases_view.keyPressEvent(event)
                return True
            if is_enter(event) and self._ui.cases_view.current_key():
                self._to_next_field()
                return True
        return super().eventFilter(watched, event)


class StandInSide(QObject):
    """Who takes the minutes in the minute-taker's place, with or without a way into the file until the end; `done` with
    what was done."""

    done = Signal(str)

    def __init__(self, ui: Ui_RoomChanges, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        self._meeting_id = ""
        self._row: PersonRow | None = None
        self.errors = FieldErrors(
            {
                UserField.PERSON: (ui.stand_error, ui.first_edit),
                UserField.NAME: (ui.stand_error, ui.first_edit),
                NewPassphraseField.NEW: (ui.stand_error, ui.first_edit),
                NewPassphraseField.AGAIN: (ui.stand_error, ui.first_edit),
            },
            (ui.stand_error, ui.first_edit),
        )
        ui.let_in_button.set_icon("key-round")
        ui.let_in_button.clicked.connect(lambda: self._let_in())
        ui.first_edit.returnPressed.connect(self._let_in)
        ui.without_button.clicked.connect(lambda: self._without())

    def is_asked(self, member_id: str) -> bool:
        """Whether a way in can be given at all: the person has none, and whoever is signed in may let people in."""
        session = self._context.session
        return users.may_manage(session) and any(one.id == member_id for one in users.people_to_add(session))

    def ask(self, meeting_id: str, row: PersonRow) -> None:
        """A first passphrase, made of words."""
        ui, slots = self._ui, self._context.session.users
        self._meeting_id, self._row = meeting_id, row
        ui.stand_title.setText(f"{row.name} takes the minutes")
        self.errors.clear()
        ui.first_edit.setText(slots.made_of_words() if slots is not None else "")
        ui.stack.setCurrentWidget(ui.stand_in_page)
        ui.let_in_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """No passphrase stays in a field."""
        self._row = None
        self._ui.first_edit.clear()

    def _let_in(self) -> None:
        ui, row, meeting_id = self._ui, self._row, self._meeting_id
        if row is None or not ui.let_in_button.isEnabled():
            return
        typed, session = ui.first_edit.text(), self._context.session
        ui.let_in_button.setEnabled(False)
        self._context.tasks.run(
            lambda _: offices.let_stand_in(session, meeting_id, row.member_id, typed, typed),
            lambda _: self._in(f"{row.name} takes the minutes, with access until the meeting is closed"),
            self._not_in,
            asker=self,
        )

    def _in(self, words: str) -> None:
        self._ui.let_in_button.setEnabled(True)
        self.forget()
        self.done.emit(words)

    def _not_in(self, error: Exception) -> None:
        self._ui.let_in_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self.errors.show(error)

    def _without(self) -> None:
        row = self._row
        if row is None:
            return
        try:
            offices.take(self._context.session, self._meeting_id, Office.MINUTES, row.member_id)
        except Refused as refused:
            self.errors.show(refused)
            return
        self._in(f"{row.name} takes the minutes from now on")
