"""Retention: closed cases, in the private window people off the list, that are due, held or soon due; the
records of meetings past their period; and the certificates of what was erased.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_retention import Ui_Retention
from csp_desktop.domain.cases.retention import Disposal, certificate_words
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.cases.retention_cases import RetentionCase, case_entries, certificate_entries, words_for
from csp_desktop.gui.cases.retention_records import (
    EVERY_KIND,
    RecordsPart,
    deleted_words,
    record_entries,
    schedule_entries,
)
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import bar_title
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.cases.record_kinds import schedule
from csp_desktop.services.cases.record_periods import (
    RecordsDue,
    due_records,
)
from csp_desktop.services.cases.retention import (
    Retention,
    certificate,
    confirm_years,
    retention,
    wording,
)

NOTHING = Retention(0, False, (), (), (), ())


MOVES = called(CHOOSE, "choose a case", "case")


class RetentionPage(Page):
    """Entered with the id of a case or person, or nothing."""

    ACTIONS = (
        *MOVES,
        OPEN.called("keep longer or delete", "keep or delete"),
        UNDO.short("undo a legal hold"),
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._kept, self._records, self._words = NOTHING, RecordsDue(), words_for(context.session)
        self._ui = Ui_Retention()
        self._ui.setupUi(self)
        self._case = RetentionCase(self._ui, context, self)
        self._past = RecordsPart(self._ui, context, self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the list", side="details")
        ui.columns.set_widths(Column.SIDE, 380, 330)
        ui.years_field.setRange(1, 30)
        ui.cases_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.cases_view.setMinimumHeight(px(110))
        words = self._words
        for part, told in (
            (ui.title_label, words.subtitle),
            (ui.hold_title, words.keep_title),
            (ui.hold_button, words.hold),
            (ui.erase_title, words.erase_title),
            (ui.erase_hint, words.erase_hint),
        ):
            part.setText(told)
        ui.open_button.setText(words.open_it)
        ui.cases_view.setAccessibleName(words.list_name)
        ui.years_field.setAccessibleName(words.years_name)
        ui.save_button.set_icon("download")

    def _connect(self) -> None:
        ui = self._ui
        ui.cases_view.current_moved.connect(self._show)
        ui.cases_view.chosen.connect(self._go_into)
        ui.years_button.clicked.connect(self._confirm)
        ui.open_button.clicked.connect(lambda: self.navigate.emit(self._words.page, self._case.case_id()))
        ui.save_button.clicked.connect(self._save)
        ui.done_bar.undo_asked.connect(self.undo)
        self._case.changed.connect(self._told)
        self._case.erased.connect(self._erased)
        self._past.changed.connect(self._told)
        self._past.deleted.connect(self._deleted)
        self.follow()

    def entered(self, argument: object = None) -> None:
        """All of it; with an id, that case in hand."""
        self._ui.done_bar.dismiss()
        self.refresh()
        if isinstance(argument, str) and argument:
            self._ui.cases_view.set_current(argument)
        first = next((entry.key for entry in self._ui.cases_view.entries() if entry.key), "")
        if not self._ui.cases_view.current_key() and first:
            self._ui.cases_view.set_current(first)
        self._show(self._ui.cases_view.current_key())
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """An erasing or deleting that has not begun is given up."""
        self._case.cancel()
        self._past.cancel()

    def refresh(self) -> None:
        """Lists, years and the chosen one as they are now."""
        ui = self._ui
        title, words = self._words.none_due, self._words.none_due_words
        try:
            self._kept = retention(self._context.session)
            self._records = due_records(self._context.session)
        except Refused as refusal:  # people are shown at the table only
            self._kept, title, words = NOTHING, "Not shown here", refusal.sentence
            self._records = RecordsDue()
        ui.years_frame.setVisible(self._kept is not NOTHING)
        entries = case_entries(self._kept, self._words, self._context.session.today) + record_entries(self._records)
        entries += certificate_entries(self._kept)
        every = schedule_entries() if self._kept is not NOTHING else []
        ui.cases_view.set_entries(entries + every)
        ui.list_frame.setVisible(bool(entries or every))
        ui.empty_state.setVisible(not entries)
        ui.empty_state.set_content(title, words, icon="calendar-clock")
        due = len(self._kept.due)
        ui.count_label.setText(self._words.counted(due))
        self._show_years()
        self._show(ui.cases_view.current_key())
        self.bar_changed.emit()

    def _show_years(self) -> None:
        ui, confirmed = self._ui, self._kept.confirmed
        set_role(ui.years_frame, "bar-neutral" if confirmed else "bar-medium")
        ui.years_field.setValue(self._kept.years)
        ui.years_label.setText(self._words.decided if confirmed else self._words.asked)
        ui.years_button.setText("Con&firm a different period" if confirmed else "Con&firm the period")
        ui.years_error.clear(ui.years_field)

    def _show(self, key: str) -> None:
        """The case or certificate one stands on, beside the list."""
        ui = self._ui
        one = next((k for k in (*self._kept.due, *self._kept.held, *self._kept.coming) if k.id == key), None)
        if one is not None:
            self._past.forget()
            self._case.show_case(one)
            ui.side_stack.setCurrentWidget(ui.case_page)
            return
        self._case.forget()
        past = next((r for r in (*self._records.due, *self._records.kept) if r.key == key), None)
        if past is not None:
            self._past.show_records(past)
            ui.side_stack.setCurrentWidget(ui.record_page)
            return
        self._past.forget()
        made = self._certificate(key)
        if made is not None or key == EVERY_KIND:
            session = self._context.session
            lines = certificate_words(made, wording(session, made)) if made is not None else schedule(session)
            ui.certificate_title.setText("Certificate of deletion" if made is not None else "Every kind of record")
            ui.certificate_label.setText("\n\n".join(lines))
            ui.save_button.setVisible(made is not None)
            ui.save_error.clear()
            ui.side_stack.setCurrentWidget(ui.certificate_page)
            return
        gone = next((g for g in self._records.deleted if g.decision.id == key), None)
        told = deleted_words(gone) if gone is not None else ("Nothing chosen", self._words.choose)
        ui.nobody_empty.set_content(*told)
        ui.side_stack.setCurrentWidget(ui.nobody_page)

    def _certificate(self, key: str) -> Disposal | None:
        """Of a case, a person or records."""
        of_records = (gone.certificate for gone in self._records.deleted)
        return next((c for c in (*self._kept.certificates, *of_records) if c is not None and c.id == key), None)

    def _go_into(self, key: str) -> None:
        """Enter on a row: its first field."""
        self._show(key)
        ui, on = self._ui, self._ui.side_stack.currentWidget()
        if on is None or on is ui.nobody_page:
            return
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        if key == EVERY_KIND:  # is only read
            return
        first: dict[QWidget, QWidget] = {ui.case_page: ui.reason_edit, ui.record_page: ui.record_reason_edit}
        field = first.get(on, ui.save_button)
        (field if field.isVisibleTo(self) else ui.lift_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        try:
            confirm_years(self._context.session, self._ui.years_field.value())
        except Refused as refusal:
            self._ui.years_error.set_error(refusal.sentence, self._ui.years_field)
            return
        self._told("Period confirmed", f"{self._ui.years_field.value()} {self._words.after}")
        self._context.changes.tell("settings")

    def _told(self, words: str, more: str) -> None:
        self.refresh()
        self._ui.done_bar.say(words, more)

    def _erased(self, disposal_id: str) -> None:
        self.refresh()
        self._ui.cases_view.set_current(disposal_id)
        self._show(disposal_id)
        self._ui.done_bar.say("Deleted permanently", "Its certificate is kept.", undo="")
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.changes.tell("cases", "actions", "meeting")

    def _deleted(self, decision_id: str) -> None:
        self.refresh()
        self._ui.cases_view.set_current(decision_id)
        self._show(decision_id)
        self._ui.done_bar.say("Deleted permanently", "Its certificate is kept.", undo="")
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.changes.tell("meeting")

    def _save(self) -> None:
        """The certificate as a PDF, where the person says."""
        key = self._ui.cases_view.current_key()
        made = self._certificate(key)
        if made is None:
            return
        suggested = Path.home() / "Certificate.pdf"  # neither whose nor when
        path = self._ask.save_file(self, "Save the certificate", [PDF], suggested)
        if path is None:
            return
        try:
            save(path, certificate(self._context.session, made.id))
        except NotSaved as refusal:
            self._ui.save_error.set_error(refusal.sentence)
            return
        self._ui.done_bar.say("Saved", str(path), undo="")

    def go_back(self) -> None:
        """From the details to the list, and from there back."""
        ui = self._ui
        if ui.side_frame.isAncestorOf(self.focusWidget()):
            ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.navigate.emit("back", None)

    def bar_state(self) -> BarState:
        """How many are due and held."""
        kept = self._kept
        return BarState(
            title=bar_title(self._context.session),
            subtitle=screen_day(self._context.session.today, self._context.session.today),
            headline="Retention",
            icon="calendar-clock",
            figures=(
                Figure("calendar-clock", str(len(kept.due)), "due", amber=bool(kept.due)),
                Figure("lock", str(len(kept.held)), "held"),
            ),
        )

    def strip_word(self, action: Action) -> str:
        """A case of the group, a person of the private file."""
        return self._words.one if action in MOVES else action.strip

    def strip_text(self) -> str:
        """Who decides."""
        return self._words.who_decides
