"""The minutes of a meeting: sections, the page as it will be printed and its text, the checks, and saving it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csp_desktop._built.ui_minutes import Ui_Minutes
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import clock, day_and_time, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.minutes.checks import MinutesCheck
from csp_desktop.domain.minutes.correctable import section_places
from csp_desktop.domain.minutes.layout import sections
from csp_desktop.domain.minutes.paper_parts import PRESENT
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.minutes.versions import MinutesVersion
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.after_meeting_panel import AfterMeetingPanel, due_words
from csp_desktop.gui.widgets.approval_panel import SEND_BACK, SENT_BACK, Ways
from csp_desktop.gui.widgets.correction_panel import APOLOGIES, ATTENDANCE
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.meeting_figures import due_figure
from csp_desktop.gui.widgets.paper_preview import SAVE, TURN, PaperPreview
from csp_desktop.gui.widgets.pdf_preview import PdfPages
from csp_desktop.gui.widgets.record_checks import RecordChecks, page_checks
from csp_desktop.gui.widgets.record_side import CORRECT, NEXT, RecordLook, RecordSide
from csp_desktop.gui.widgets.record_steps import RecordDates, record_steps
from csp_desktop.gui.widgets.remarks_panel import ACCEPT
from csp_desktop.gui.widgets.section_entries import Counts, section_entry
from csp_desktop.gui.widgets.steps import StepMark
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import CHOOSE, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import PDF, WORD, Ask, is_word
from csp_desktop.gui.window.page import MARKS, Page
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.meeting.running_meeting import running
from csp_desktop.services.minutes import checks as minutes_checks
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.after_meeting import action_lists
from csp_desktop.services.minutes.minutes import circulation, draft_minutes, draft_saved, held_meetings, note_saved
from csp_desktop.services.minutes.versions import Standing
from csp_desktop.services.ports.work import Step, StepKind
from csp_desktop.services.session import Session

NEXT_CHECK = Action(
    "the next check that fails", ("F8",), "_next_check", when="_has_failing", strip="the next failed check"
)
LISTS = Action(
    "action lists and sign-in sheet, or back to the checks", ("Ctrl+J",), "_turn_lists", when="_may_list", strip="lists"
)
CHECKED, CLOSED = "Checked", "The meeting is closed"
BY_LISTS = "lists"  # entered with it: straight to them
ADDED_TO = {
    PRESENT: ATTENDANCE,
    "confidentiality": ATTENDANCE,
    "apologies": APOLOGIES,
}  # sections whose people can be added to
Work = Callable[[Progress], bytes]


def section_entries(
    minutes: Minutes, pages: PdfPages, checks: Sequence[MinutesCheck], counts: Counts | None = None
) -> list[Entry]:
    """Every section with the page it begins on; those a check fails in are marked, and where something was put right or
    a remark waits it is counted."""
    failing = {check.section_id for check in checks if not check.passed}
    placed = zip(sections(minutes), pages.marks(), strict=False)  # the bookmarks: one for each section, in order
    return [section_entry(section, mark.page, section.id in failing, counts or {}) for section, mark in placed]


def what_is_approved(minutes: Minutes, pages: int) -> str:
    """'Version 1, of 12 pages: 24 people present, 13 cases decided, 24 not called, 28 actions.'"""
    decided = sum(case.outcome is not None for case in minutes.cases)
    parts = (
        count_of(len(minutes.attendees), "person", "people") + " present",
        count_of(decided, "case", "cases") + " decided",
        f"{len(minutes.uncalled)} not called",
        count_of(len(minutes.actions), "action", "actions"),
    )
    return f"Version {minutes.version}, of {count_of(pages, 'page', 'pages')}: {', '.join(parts)}."


def _tone(check: MinutesCheck) -> Tone:
    return Tone.HIGH if "case" in check.section_id else Tone.MEDIUM


def file_name(minutes: Minutes) -> str:
    """No name of a person, no reference: day, kind and edition."""
    return f"CPG minutes {minutes.on:%Y-%m-%d} {minutes.edition.lower()}.pdf"


class MinutesPage(Page):
    """Entered with a meeting's id, or for the last meeting held. Pages are built off the window's thread."""

    ACTIONS = (
        *called(CHOOSE, "choose a section", "section"),
        *TURN,
        CORRECT,
        *MARKS,
        *WRITING,
        LISTS,
        ACCEPT,
        NEXT_CHECK,
        SEND_BACK,
        NEXT,
        SAVE,
        UNDO.short(""),
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._meeting_id = ""
        self._minutes: Minutes | None = None
        self._told_of: str = ""  # the closing that was said here once
        self._ui = Ui_Minutes()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.sections_frame, ui.preview_frame, ui.paper_frame)
        ui.columns.set_names(rail="sections", work="pages", side="checks")
        self._now: Standing | None = None
        self._preview = PaperPreview(ui, context.tasks, "Preparing the minutes", self._build, self)
        ways = Ways(partial(minutes_checks.mark_checked, context.session), minutes_checks.approve, "the chair")
        look = RecordLook(section_places, ADDED_TO, (ui.save_caption, ui.save_button), self._is_listing)
        self._side = RecordSide(ui, context.session, context.tasks, ways, look)
        self._side.follow_pages(self._preview)
        self._checks = RecordChecks(ui, context.session, _tone)
        self._panel, self._corrections = self._side.panel, self._side.corrections
        self._lists = AfterMeetingPanel(context.session, context.tasks, self._ask)
        self._lists.said.connect(self._lists_done)
        self._lists.hide()
        self._prepare_parts()
        self._connect()

    def _prepare_parts(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_widths(Column.SIDE, 430, 372)
        ui.save_button.set_height(44)
        ui.circulate_button.set_height(44)
        ui.circulate_button.set_icon("send")
        ui.circulate_button.set_key(NEXT.shown)
        ui.save_button.set_key(SAVE.shown)
        ui.text_edit.setFixedHeight(px(54))
        side = ui.paper_frame.layout()
        assert isinstance(side, QVBoxLayout)
        side.insertWidget(side.indexOf(ui.save_error), self._panel)
        side.insertWidget(side.indexOf(ui.checks_view), self._lists, 1)
        ui.lists_button.setToolTip(LISTS.shown)
        # It scrolls by itself: what wraps under it must not push the buttons off the column.
        ui.sections_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.sections_view.setMinimumHeight(px(110))

    def _connect(self) -> None:
        ui = self._ui
        ui.sections_view.current_moved.connect(self._show_section)
        ui.sections_view.chosen.connect(self._show_section)
        ui.meeting_combo.activated.connect(self._take_meeting)
        ui.save_button.clicked.connect(self._save)
        ui.circulate_button.clicked.connect(self._circulate)
        ui.saved_bar.undo_asked.connect(self.undo)
        self._preview.changed.connect(self._show_paper)
        self._checks.fix_asked.connect(self._fix)
        self._checks.kept.connect(self._show_paper)
        self._side.changed.connect(self._corrected)
        self._side.moved_on.connect(self._moved_on)
        self._side.section_asked.connect(self._show_section)
        self._side.turned.connect(self._turned)
        ui.lists_button.clicked.connect(self._show_lists)
        self._panel.save_asked.connect(self._save_version)
        self.follow("actions", "meeting", "attendance", "cases", "people")

    def entered(self, argument: object = None) -> None:
        """The minutes of this meeting, or of the last one held."""
        lists = argument == BY_LISTS  # of the last meeting held
        if isinstance(argument, str) and argument:
            self._meeting_id = "" if lists else argument
        self._ui.saved_bar.dismiss()
        self._ui.save_error.clear()
        self.refresh()
        last = self._context.session.work.last_step()
        if last is not None and last.kind is StepKind.CLOSING and last.id != self._told_of:
            self._told_of = last.id
            self._ui.saved_bar.say(CLOSED, f"at {clock(last.at)}", stay=True)
        self._side.take_focus()
        if lists != self._is_listing():
            self._turn_lists()

    def left(self) -> None:
        """What is being drawn up is no longer waited for, and no page of it stays in memory."""
        self._side.left(is_read=self._preview.is_read())
        self._preview.put_away()

    def _drawn_up(self) -> Minutes:
        session = self._context.session
        return draft_minutes(session, self._meeting_id)

    def refresh(self) -> None:
        """Draw the minutes up again and, when they differ from those shown, their pages."""
        meetings = held_meetings(self._context.session)
        combo = self._ui.meeting_combo
        combo.blockSignals(True)
        combo.clear()
        for meeting in meetings:
            combo.addItem(screen_day(meeting.on, self._context.session.today), meeting.id)
        if not self._meeting_id and meetings:
            self._meeting_id = meetings[0].id
        combo.setCurrentIndex(max(0, combo.findData(self._meeting_id)))
        combo.blockSignals(False)
        last = self._context.session.work.last_step()
        if self._ui.saved_bar.text().startswith(CLOSED) and (last is None or last.id != self._told_of):
            self._ui.saved_bar.dismiss()  # its Undo would take back something else
        before = self._minutes
        try:
            self._minutes = self._drawn_up() if self._meeting_id else None
        except Refused as refusal:
            self._show_none(refusal.sentence)
            return
        self._show_standing()
        if self._minutes is None:
            self._show_none("The minutes are created when a meeting is closed.")
        elif self._minutes != before or not (self._preview.pages or self._preview.is_at_work()):
            self._build(from_first=before is None or before.meeting_id != self._minutes.meeting_id)
        self.bar_changed.emit()

    def _show_standing(self) -> None:
        """How far the record is; a file opened for reading only may have none."""
        session, meeting_id = self._context.session, self._meeting_id
        self._now = None
        kept: tuple[MinutesVersion, ...] = ()
        if self._minutes is not None:
            with suppress(Refused):
                self._now = versions.standing(session, meeting_id)
                kept = versions.versions(session, meeting_id)
        found = action_lists(session, meeting_id) if self._now is not None else None
        self._lists.show_meeting(meeting_id, found)
        words, role = due_words(found, session) if found is not None else ("", "caption")
        self._ui.lists_label.setText(words)
        self._ui.lists_label.setVisible(bool(words))
        set_role(self._ui.lists_label, role)
        self._side.show_record(meeting_id, self._minutes.on if self._minutes else session.today, self._now, kept)
        self._show_lists_shown()
        before: QWidget = self._ui.text_edit
        for field in (*self._lists.fields, *self._panel.fields):
            QWidget.setTabOrder(before, field)
            before = field
        self.bar_changed.emit()

    def _is_listing(self) -> bool:
        return self._ui.lists_button.isChecked() and self._may_list()

    def _may_list(self) -> bool:
        return self._now is not None

    def _turn_lists(self) -> None:
        """Ctrl+J: what leaves right after the meeting, or back to the checks."""
        self._ui.lists_button.setChecked(not self._ui.lists_button.isChecked())
        self._show_lists()

    def _show_lists(self) -> None:
        if self._is_listing():
            self._corrections.end()
            self._ui.correct_button.setChecked(False)
        self._side.show_side()
        self._show_lists_shown()
        if self._is_listing():
            self._ui.columns.show_column_of(self._lists)
            self._lists.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._ui.columns.show_work()
            self._side.take_focus()
        self.bar_changed.emit()

    def _show_lists_shown(self) -> None:
        ui, listing = self._ui, self._is_listing()
        self._lists.setVisible(listing)
        ui.circulate_button.setVisible(self._may_circulate() and not listing)
        ui.lists_button.setEnabled(self._may_list())
        ui.correct_button.setVisible(not listing)
        ui.save_error.setVisible(not listing and bool(ui.save_error.text()))
        if listing:
            ui.checks_title.setText("Action lists")

    def _lists_done(self, words: str, more: str, undoes: bool) -> None:
        self._ui.saved_bar.say(words, more, undo="Undo" if undoes else "", stay=True)
        if undoes:
            self._context.changes.tell("meeting")

    def _turned(self) -> None:
        """Between the checks and the fields of a section."""
        if self._side.is_correcting():
            self._ui.lists_button.setChecked(False)
        self._show_lists_shown()
        self.bar_changed.emit()

    def _may_correct(self) -> bool:
        return self._side.may_correct()

    def _correct(self) -> None:
        self._side.correct()

    def go_back(self) -> None:
        """Escape: from the fields or the lists back to the sections first."""
        if self._is_listing():
            self._turn_lists()
        elif not self._side.go_back():
            super().go_back()

    def _corrected(self) -> None:
        """The pages follow, and so does every page that shows an action."""
        self._context.changes.tell("meeting", "actions")

    def _moved_on(self, words: str, more: str) -> None:
        """Checked, approved or confirmed: said here, and every page knows."""
        self._ui.saved_bar.say(words, more, undo="Undo" if words in (CHECKED, SENT_BACK) else "", stay=True)
        self._context.changes.tell("meeting")
        self._side.take_focus()

    def _press_next(self) -> None:
        if self._is_listing():
            self._lists.press()
        elif self._may_circulate():
            self._circulate()
        else:
            self._side.press_next()

    def _has_next(self) -> bool:
        return self._is_listing() or self._may_circulate() or self._side.has_next()

    def _may_circulate(self) -> bool:
        """What stands is approved and confirmed: the next step is to give it out."""
        now = self._now
        return now is not None and now.is_approved and not (now.awaits_confirmation or self._side.is_correcting())

    def _circulate(self) -> None:
        self.navigate.emit("circulate_minutes", self._meeting_id)

    def _send_back(self) -> None:
        self._side.send_back()

    def _may_send_back(self) -> bool:
        return self._side.may_send_back()

    def _accept_remark(self) -> None:
        self._side.accept_remark()

    def _has_remark(self) -> bool:
        return self._side.has_remark()

    def _next_check(self) -> None:
        """F8: the next check that fails, with its place."""
        check = self._checks.next_failing()
        if check is not None:
            self._show_section(check.section_id)

    def _has_failing(self) -> bool:
        return bool(self._checks.failing) and not (self._side.is_correcting() or self._is_listing())

    def strip_word(self, action: Action) -> str:
        """What comes next for the record is named by how it stands."""
        if action is NEXT and self._may_circulate() and not self._is_listing():
            return "circulate"
        shown = self._lists if self._is_listing() else self._side
        return shown.next_words() if action is NEXT else super().strip_word(action)

    def _show_none(self, sentence: str) -> None:
        self._minutes = self._now = None
        self._side.show_record("", self._context.session.today, None, ())
        self._lists.show_meeting("", None)
        self._ui.lists_label.hide()
        self._preview.show_none("No minutes yet", sentence)
        self.bar_changed.emit()

    def _take_meeting(self, _index: int) -> None:
        self._meeting_id = str(self._ui.meeting_combo.currentData())
        self.refresh()

    def _build(self, from_first: bool = False) -> None:
        if self._minutes is not None:
            work = _printing(self._context.session, self._minutes)
            if self._now is not None and self._now.is_approved:
                work = _as_kept(self._context.session, self._meeting_id, self._now.version, work)
            self._preview.draw_up(work, from_first=from_first)

    def _show_paper(self) -> None:
        """Sections and checks, once the pages came or went."""
        ui, pages, minutes = self._ui, self._preview.pages, self._minutes
        ui.save_button.setEnabled(pages is not None and minutes is not None)
        checks = minutes_checks.checks_of(self._context.session, minutes) if minutes and pages else ()
        self._side.show_sections(sections(minutes) if minutes and pages else (), len(pages) if pages else 0)
        self._show_lists_shown()
        counts = self._side.counts()
        ui.sections_view.set_entries(section_entries(minutes, pages, checks, counts) if minutes and pages else [])
        on_pages = page_checks(pages.unmarked(minutes.marking)) if minutes and pages else []
        self._checks.show(self._meeting_id, [*checks, *on_pages])
        if minutes and pages:
            words = [check.words for check in self._checks.failing]
            self._panel.set_facts(what_is_approved(minutes, len(pages)), words)
        self._side.show_fields()
        self.bar_changed.emit()

    def _fix(self, check: MinutesCheck) -> None:
        """The place in the pages; and for words to change, its fields."""
        self._show_section(check.section_id)
        if check.kept_as and self._may_correct():
            self._correct()

    def _show_section(self, section_id: str) -> None:
        if self._minutes is not None:
            self._ui.sections_view.set_current(section_id)
            self._preview.go_to(sections(self._minutes), section_id)
            self._side.show_fields()

    def _turn(self, by: int) -> None:
        self._preview.turn(by)

    def after_undo(self, step: Step) -> None:
        """A meeting that is open again: on to its end."""
        meeting = running(self._context.session) if step.kind is StepKind.CLOSING else None
        if meeting is not None:
            self.navigate.emit("closing", meeting.id)

    def _save(self) -> None:
        ui, minutes, pages = self._ui, self._minutes, self._preview.pages
        if minutes is None or pages is None:
            return
        ui.save_error.clear()
        path = self._ask.save_file(self, "Save the minutes", [PDF, WORD], Path.home() / file_name(minutes))
        if path is None:
            return
        if is_word(path):
            work = partial(versions.word_file, self._context.session, minutes)
            self._context.tasks.run(work, partial(self._write, minutes, path), self._not_written, asker=self)
        else:
            self._write(minutes, path, pages.content)

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self._ui.save_error.set_error(error.sentence)

    def _write(self, minutes: Minutes, path: Path, content: bytes) -> None:
        """Put it where the person said, and note that it left the file."""
        ui = self._ui
        try:
            save(path, content)
        except NotSaved as refusal:
            ui.save_error.set_error(refusal.sentence)
            return
        ui.saved_bar.say("Saved", str(path), undo="")
        try:
            note_saved(self._context.session, minutes.meeting_id, path)
        except Refused as refusal:
            ui.save_error.set_error(f"The file is saved, but this was not recorded. {refusal.sentence}")
        self.bar_changed.emit()

    def _save_version(self, number: int) -> None:
        """An approved version as it was approved, byte for byte."""
        ui, session = self._ui, self._context.session
        ui.save_error.clear()
        try:
            content = versions.printed_version(session, self._meeting_id, number)
        except Refused as refusal:
            ui.save_error.set_error(refusal.sentence)
            return
        name = f"CPG minutes {self._minutes.on:%Y-%m-%d} version {number}.pdf" if self._minutes else "CPG minutes.pdf"
        path = self._ask.save_file(self, f"Save version {number} of the minutes", [PDF], Path.home() / name)
        if path is None:
            return
        try:
            save(path, content)
        except NotSaved as refusal:
            ui.save_error.set_error(refusal.sentence)
            return
        ui.saved_bar.say(f"Version {number} saved", str(path), undo="")

    def bar_state(self) -> BarState:
        """Which minutes, how far they are, and how long until they must be out."""
        minutes = self._minutes
        if minutes is None:
            return BarState(title="Minutes", icon="file-text", headline="No minutes yet")
        today = self._context.session.today
        due = circulation(self._context.session, minutes.meeting_id)
        figure = due_figure("send", due.on, today, f"to circulate, {screen_day(due.on, today)}")
        return BarState(
            title="Minutes, CPG",
            subtitle=f"Meeting of {screen_day(minutes.on, today)}",
            icon="file-text",
            headline=f"{minutes.edition} for {minutes.recipient}",
            figures=(figure,),
            steps=self._steps(minutes, due.on, today),
        )

    def _steps(self, minutes: Minutes, due: date, today: date) -> tuple[StepMark, ...]:
        if self._now is None:
            return ()
        following = f"CPG, {screen_day(minutes.next_on, today)}" if minutes.next_on is not None else "at the next CPG"
        return record_steps(
            self._now, RecordDates(minutes.on, *self._checks.counts, "the chair", due, today, following)
        )

    def strip_text(self) -> str:
        """Where the pages are."""
        if self._now is not None and self._now.is_approved:
            return f"Version {self._now.version} is kept in this file as approved."
        saved_at = draft_saved(self._context.session, self._minutes.meeting_id) if self._minutes else None
        if saved_at is None:
            return "Not saved as a PDF yet."
        return f"Draft saved {day_and_time(saved_at, self._context.session.today)}."


def _printing(session: Session, minutes: Minutes) -> Work:
    """The work of the task: it tells each page, and ends at the next one when it was cancelled."""
    return partial(session.papers.print_minutes, minutes)


def _as_kept(session: Session, meeting_id: str, number: int, otherwise: Work) -> Work:
    """The pages of an approved version, which are not printed again."""

    def work(progress: Progress) -> bytes:
        try:
            return versions.printed_version(session, meeting_id, number)
        except Refused:
            return otherwise(progress)

    return work
