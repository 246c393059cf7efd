"""Retention: closed cases, in the private window people off the list, that are due, held or soon due; and the
certificates of those erased.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_retention import Ui_Retention
from csp_desktop.domain.cases.retention import Disposal, certificate_words
from csp_desktop.domain.common.days import local, long_day, tiny_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.cases.retention_case import RetentionCase, RetentionWords, words_for
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import bar_title, connect_rail, fill_rail
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.cases.retention import Kept, Retention, certificate, confirm_years, retention, wording

NOTHING = Retention(0, False, (), (), (), ())


MOVES = called(CHOOSE, "choose a case", "case")


class RetentionPage(Page):
    """Entered with the id of a case or person, or nothing."""

    ACTIONS = (*MOVES, OPEN.called("hold or erase it", "hold or erase"), UNDO.short("undo a hold"), BACK, HELP)

    def __init__(self, desk: Desk, ask: Ask | None = None) -> None:
        super().__init__(desk)
        self._ask = ask or Ask()
        self._kept, self._words = NOTHING, words_for(desk.session)
        self._ui = Ui_Retention()
        self._ui.setupUi(self)
        self._case = RetentionCase(self._ui, desk, self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(ui.rail, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="pages", work="the list", side="details")
        ui.columns.set_widths(Column.SIDE, 380, 330)
        ui.years_field.setRange(1, 30)
        ui.cases_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.cases_view.setMinimumHeight(px(110))
        words = self._words
        ui.nobody_empty.set_content("Nothing chosen", words.choose)
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
        ui.erase_button.set_icon("x")
        ui.save_button.set_icon("download")

    def _connect(self) -> None:
        ui = self._ui
        connect_rail(ui.rail, self, "retention")
        ui.cases_view.current_moved.connect(self._show)
        ui.cases_view.chosen.connect(self._go_into)
        ui.years_button.clicked.connect(self._confirm)
        ui.open_button.clicked.connect(lambda: self.navigate.emit(self._words.page, self._case.case_id()))
        ui.save_button.clicked.connect(self._save)
        ui.done_bar.undo_asked.connect(self.undo)
        self._case.changed.connect(self._told)
        self._case.erased.connect(self._erased)
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
        """An erasing that has not begun is given up."""
        self._case.cancel()

    def refresh(self) -> None:
        """Lists, years and the chosen one as they are now."""
        ui = self._ui
        fill_rail(ui.rail, self._desk, "retention")
        title, words = self._words.none_due, self._words.none_due_words
        try:
            self._kept = retention(self._desk.session)
        except Refused as refusal:  # people are shown at the table only
            self._kept, title, words = NOTHING, "Not now", refusal.sentence
        ui.years_frame.setVisible(self._kept is not NOTHING)
        entries = _entries(self._kept, self._words)
        ui.cases_view.set_entries(entries)
        ui.list_frame.setVisible(bool(entries))
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
        ui.years_button.setText("Con&firm other years" if confirmed else "Con&firm the years")
        ui.years_error.clear(ui.years_field)

    def _show(self, key: str) -> None:
        """The case or certificate one stands on, beside the list."""
        ui = self._ui
        one = next((k for k in (*self._kept.due, *self._kept.held, *self._kept.coming) if k.id == key), None)
        made = next((c for c in self._kept.certificates if c.id == key), None)
        if one is not None:
            self._case.show_case(one)
            ui.side_stack.setCurrentWidget(ui.case_page)
            return
        self._case.forget()
        if made is not None:
            ui.certificate_label.setText("\n\n".join(certificate_words(made, wording(self._desk.session))))
            ui.save_error.clear()
            ui.side_stack.setCurrentWidget(ui.certificate_page)
        else:
            ui.side_stack.setCurrentWidget(ui.nobody_page)

    def _go_into(self, key: str) -> None:
        """Enter on a row: its first field."""
        self._show(key)
        if self._ui.columns.is_single():
            self._ui.columns.go(Column.SIDE)
        on_case = self._ui.side_stack.currentWidget() is self._ui.case_page
        field: QWidget = self._ui.reason_edit if on_case else self._ui.save_button
        (field if field.isVisibleTo(self) else self._ui.lift_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        try:
            confirm_years(self._desk.session, self._ui.years_field.value())
        except Refused as refusal:
            self._ui.years_error.set_error(refusal.sentence, self._ui.years_field)
            return
        self._told("Years confirmed", f"{self._ui.years_field.value()} {self._words.after}")
        self._desk.changes.tell("settings")

    def _told(self, words: str, more: str) -> None:
        self.refresh()
        self._ui.done_bar.say(words, more)

    def _erased(self, disposal_id: str) -> None:
        self.refresh()
        self._ui.cases_view.set_current(disposal_id)
        self._show(disposal_id)
        self._ui.done_bar.say("Erased for good", "Its certificate stays.", undo="")
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.changes.tell("cases", "actions", "meeting")

    def _save(self) -> None:
        """The certificate as a PDF, where the person says."""
        key = self._ui.cases_view.current_key()
        made = next((c for c in self._kept.certificates if c.id == key), None)
        if made is None:
            return
        suggested = Path.home() / "Certificate.pdf"  # neither whose nor when
        path = self._ask.save_file(self, "Save the certificate", [PDF], suggested)
        if path is None:
            return
        try:
            save(path, certificate(self._desk.session, made.id))
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
            title=bar_title(self._desk.session),
            subtitle=long_day(self._desk.session.today),
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


def _entries(kept: Retention, words: RetentionWords) -> list[Entry]:
    """The four groups; an empty one has no heading."""
    groups: tuple[tuple[str, Sequence[Kept]], ...] = (
        ("Due", kept.due),
        ("Held", kept.held),
        ("Due within six months", kept.coming),
    )
    entries: list[Entry] = []
    for heading, cases in groups:
        entries += [Entry("", heading, caption=str(len(cases)), heading=True)] if cases else []
        entries += [_case_entry(one, heading, words) for one in cases]
    if kept.certificates:
        entries.append(Entry("", "Certificates", caption=str(len(kept.certificates)), heading=True))
    return entries + [_certificate_entry(made) for made in kept.certificates]


def _case_entry(one: Kept, group: str, words: RetentionWords) -> Entry:
    pill, tone = {"Due": ("Due", Tone.MEDIUM), "Held": ("Held", Tone.NEUTRAL)}.get(group, ("", Tone.NEUTRAL))
    ended = f"{words.ended_short} {tiny_day(one.subject.on)} {one.subject.on.year}"
    due = f"{tiny_day(one.due_on)} {one.due_on.year}"
    return Entry(one.id, one.subject.full_title, f"{ended}, due {due}", icon=words.icon, pill=pill, pill_tone=tone)


def _certificate_entry(made: Disposal) -> Entry:
    day = local(made.at).date()
    words = f"Erased {tiny_day(day)} {day.year} by {made.by}: {made.reason}"
    return Entry(made.id, made.reference, words, icon="file-check", dim=True)
