"""The private minutes: the pages of each reader's copy, the checks, who gets what; approved by New Hope's lead and
saved one numbered copy at a time. While a private session runs nothing shows here.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csp_desktop._built.ui_private_minutes import Ui_PrivateMinutes
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import clock, local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.action_list import action_list
from csp_desktop.domain.minutes.checks import MinutesCheck
from csp_desktop.domain.minutes.correctable import section_places
from csp_desktop.domain.minutes.paper_parts import PRESENT, Section
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.private.correctable import PRIVATE_HEAD
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.domain.private.minutes_layout import private_actions, sections
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.approval_panel import SEND_BACK, Ways
from csp_desktop.gui.widgets.correction_panel import ATTENDANCE
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState
from csp_desktop.gui.widgets.meeting_figures import due_figure, until_figure
from csp_desktop.gui.widgets.paper_preview import SAVE, TURN, PaperPreview
from csp_desktop.gui.widgets.record_checks import RecordChecks, page_checks
from csp_desktop.gui.widgets.record_side import CORRECT, RecordLook, RecordSide
from csp_desktop.gui.widgets.record_steps import NOT_CIRCULATED
from csp_desktop.gui.widgets.remarks_panel import ACCEPT
from csp_desktop.gui.widgets.section_entries import section_entry
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import CHOOSE, GO_ON, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import PDF, WORD, Ask, is_word
from csp_desktop.gui.window.page import MARKS, Page
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.minutes.versions import Standing, standing, word_file
from csp_desktop.services.private import circulation
from csp_desktop.services.private.circulation import Circulation, CopyRow
from csp_desktop.services.private.minutes import held_sessions
from csp_desktop.services.private.minutes_checks import checks_of as private_checks_of
from csp_desktop.services.private.minutes_checks import mark_checked
from csp_desktop.services.session import Session

ADDED_TO = {PRESENT: ATTENDANCE, "confidentiality": ATTENDANCE}  # the sections whose people can be added to
APPROVE = Action(
    "approve, confirm an approval, circulate", GO_ON.keys, "_press_next", when="_has_next", strip="approve"
)
SAVE_ONE = SAVE.called("save the minutes, or the copy shown, as PDF", SAVE.strip)
RECORD = "record"  # the key of the first row: nobody's copy
MINUTES, ACTION_LIST = "minutes", "actions"  # the papers
PAPERS = ((MINUTES, "Minutes"), (ACTION_LIST, "Action list"))


class PrivateMinutesPage(Page):
    """Entered with a private meeting's id, or for the last session held."""

    ACTIONS = (
        *called(CHOOSE, "choose a section or a copy", "section or copy"),
        *TURN,
        CORRECT,
        *MARKS,
        *WRITING,
        ACCEPT,
        SEND_BACK,
        APPROVE,
        SAVE_ONE,
        UNDO.short(""),
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._meeting_id = ""
        self._member_id = ""  # whose copy is shown; empty for the record
        self._record: PrivateMinutes | None = None
        self._minutes: PrivateMinutes | None = None
        self._drawn: tuple[PrivateMinutes, str] | None = None
        self._now: Circulation | None = None
        self._ui = Ui_PrivateMinutes()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.sections_frame, ui.preview_frame, ui.paper_frame)
        ui.columns.set_names(rail="sections", work="pages", side="checks")
        self._preview = PaperPreview(ui, context.tasks, "Preparing the minutes", self._build, self)
        check = partial(mark_checked, context.session)
        ways = Ways(check, circulation.approve, "New Hope’s lead", in_one=True)
        copies: tuple[QWidget, ...] = (ui.copies_title, ui.copies_count, ui.copies_caption, ui.copies_view)
        besides = (*copies, ui.save_caption, ui.save_button, ui.save_draft_button, ui.circulate_button)
        places = partial(section_places, head=PRIVATE_HEAD)
        self._side = RecordSide(ui, context.session, context.tasks, ways, RecordLook(places, ADDED_TO, besides))
        self._side.follow_pages(self._preview)
        self._checks = RecordChecks(ui, context.session, lambda _check: Tone.MEDIUM)
        self._panel = self._side.panel
        self._prepare_parts()
        self._connect()

    def _prepare_parts(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_widths(Column.SIDE, 430, 372)
        ui.save_button.set_height(40)
        ui.save_button.set_key(SAVE_ONE.shown)
        ui.circulate_button.set_height(48)
        ui.circulate_button.set_icon("send")
        ui.circulate_button.set_key(APPROVE.shown)
        ui.save_draft_button.set_height(40)
        side = ui.paper_frame.layout()
        assert isinstance(side, QVBoxLayout)
        side.insertWidget(0, self._panel)  # the column scrolls on a small screen: what comes next is seen first
        ui.text_edit.setFixedHeight(px(54))
        ui.copies_view.set_flush(True)
        ui.copies_view.set_wrapping(True)
        for key, words in PAPERS:
            ui.paper_combo.addItem(words, key)

    def _connect(self) -> None:
        ui = self._ui
        ui.sections_view.current_moved.connect(self._show_section)
        ui.sections_view.chosen.connect(self._show_section)
        ui.meeting_combo.activated.connect(self._take_meeting)
        ui.paper_combo.activated.connect(lambda _index: self._build())
        ui.copies_view.current_moved.connect(self._take_copy)
        ui.copies_view.chosen.connect(self._take_copy)
        self._checks.fix_asked.connect(self._fix)
        self._checks.kept.connect(self._show_paper)
        self._side.moved_on.connect(self._moved_on)
        self._side.changed.connect(lambda: self._context.changes.tell("meeting", "actions"))
        self._side.section_asked.connect(self._show_check)
        self._side.turned.connect(self._turned)
        ui.save_button.clicked.connect(self._save)
        ui.save_draft_button.clicked.connect(self._save)
        ui.circulate_button.clicked.connect(self._circulate)
        ui.done_bar.undo_asked.connect(self.undo)
        self._preview.changed.connect(self._show_paper)
        self.follow("actions", "meeting", "attendance", "people", "settings")

    def entered(self, argument: object = None) -> None:
        """The minutes of this session, or of the last one held; the record first."""
        if isinstance(argument, str) and argument:
            self._meeting_id = argument
        self._member_id = ""
        self._ui.done_bar.dismiss()
        self._ui.save_error.clear()
        self.refresh()
        self._side.take_focus()

    def left(self) -> None:
        """No page stays in memory, and no word of one in a field."""
        self._side.left(is_read=self._preview.is_read() and self._is_record())
        self._preview.put_away()
        self._drawn = None

    def refresh(self) -> None:
        """Draw the copy up again and, when it differs from the one shown, its pages."""
        session = self._context.session
        try:
            self._show_sessions()
            if not self._meeting_id:
                self._show_none("The minutes are created when a private session is closed.")
                return
            self._now = circulation.circulation_of(session, self._meeting_id)
            self._record = circulation.copy_for(session, self._meeting_id)
            known = {row.member_id for row in self._now.rows}
            self._member_id = self._member_id if self._member_id in known else ""
            self._minutes = circulation.copy_for(session, self._meeting_id, self._member_id)
        except Refused as refusal:
            self._show_none(refusal.sentence)
            return
        self._show_copies(self._now)
        self._build()
        self.bar_changed.emit()

    def _show_sessions(self) -> None:
        combo, held = self._ui.meeting_combo, held_sessions(self._context.session)
        combo.clear()
        for meeting in held:
            combo.addItem(f"{screen_day(meeting.on, self._context.session.today)}", meeting.id)
        if not self._meeting_id and held:
            self._meeting_id = held[0].id
        combo.setCurrentIndex(max(0, combo.findData(self._meeting_id)))

    def _show_none(self, sentence: str) -> None:
        self._minutes = self._record = self._now = self._drawn = None
        self._ui.copies_view.set_entries([])
        self._ui.copies_caption.clear()
        self._ui.copies_count.clear()
        self._preview.show_none("No minutes yet", sentence)
        self.bar_changed.emit()

    def _show_copies(self, now: Circulation) -> None:
        ui = self._ui
        ui.copies_view.set_entries(copy_rows(now, self._context.session.today))
        ui.copies_view.set_current(self._member_id or RECORD)
        ui.copies_caption.setText(copies_caption(now))
        ui.copies_count.setText(copies_count(now))

    def _take_meeting(self, _index: int) -> None:
        self._meeting_id, self._member_id = str(self._ui.meeting_combo.currentData()), ""
        self.refresh()

    def _take_copy(self, key: str) -> None:
        member_id = "" if key == RECORD else key
        if member_id != self._member_id:
            self._member_id = member_id
            self._ui.save_error.clear()
            self.refresh()

    def _row(self) -> CopyRow | None:
        return next((row for row in self._now.rows if row.member_id == self._member_id), None) if self._now else None

    def _paper(self) -> str:
        return str(self._ui.paper_combo.currentData())

    def _sections(self) -> tuple[Section, ...]:
        if self._drawn is None:
            return ()
        minutes, paper = self._drawn
        return action_list(private_actions(minutes)) if paper == ACTION_LIST else sections(minutes)

    def _build(self) -> None:
        minutes, paper, row = self._minutes, self._paper(), self._row()
        if minutes is None:
            return
        if paper == ACTION_LIST and row is not None:
            minutes = circulation.own_actions(minutes, row.name)
        if (minutes, paper) == self._drawn and (self._preview.pages is not None or self._preview.is_at_work()):
            self._show_paper()
            return
        other = self._drawn is None or (self._drawn[1], self._drawn[0].recipient) != (paper, minutes.recipient)
        self._drawn = minutes, paper
        self._preview.draw_up(_printing(self._context.session, minutes, paper), from_first=other)

    def _show_paper(self) -> None:
        """Sections, checks and what may be done, once the pages came or went."""
        ui, record = self._ui, self._record
        found: list[MinutesCheck] = []
        if record is not None and self._preview.pages is not None:
            printed = page_checks(self._preview.unmarked(record.marking))
            found = [*private_checks_of(self._context.session, record), *printed]
        self._checks.show(self._meeting_id, found)
        failed = self._checks.failing
        ui.sections_view.set_entries(self._section_rows(failed))
        self._show_buttons()
        shown = self._sections() if self._is_record() else ()
        pages = self._preview.pages
        self._side.show_sections(shown, len(pages) if pages is not None and shown else 0)
        self._panel.set_ready(pages is not None)
        ui.sections_view.set_entries(self._section_rows(failed))
        self._show_buttons_shown()
        self.bar_changed.emit()

    def _fix(self, check: MinutesCheck) -> None:
        self._show_check(check.section_id)
        if check.kept_as and self._side.may_correct():
            self._correct()

    def _show_buttons(self) -> None:
        now, record = self._now, self._record
        standing_now = self._record_now() if now is not None else None
        held = record.on if record is not None else self._context.session.today
        self._side.show_record(self._meeting_id, held, standing_now, ())

    def _show_buttons_shown(self) -> None:
        """What may be saved, and the approval while there is one to give; none of it beside the fields."""
        ui, now, correcting = self._ui, self._now, self._side.is_correcting()
        draft, shown = self._is_draft(), self._preview.pages is not None
        self._panel.setVisible(not correcting and now is not None and (draft or self._panel.has_next()))
        ui.save_button.setVisible(not (draft or correcting))
        ui.save_button.setEnabled(shown)
        ui.circulate_button.setVisible(self._may_circulate())
        ui.save_draft_button.setVisible(draft and not correcting)
        ui.save_draft_button.setEnabled(shown and not self._member_id)

    def _is_record(self) -> bool:
        """Whether the record's own pages are shown, and no copy and no other paper."""
        return not self._member_id and self._paper() == MINUTES

    def _section_rows(self, failed: Sequence[MinutesCheck]) -> list[Entry]:
        failing = {check.section_id for check in failed}
        counts = self._side.counts() if self._is_record() else {}
        placed = self._preview.placed(self._sections())
        return [section_entry(section, mark.page, section.id in failing, counts) for section, mark in placed]

    def _correct(self) -> None:
        """F2: the record's words as fields, or back."""
        if not self._side.is_correcting():
            self._to_record()
        self._side.correct()

    def _may_correct(self) -> bool:
        return self._side.may_correct()

    def _turned(self) -> None:
        if self._side.is_correcting() and not self._is_record():
            self._to_record()
        self._show_buttons_shown()
        self.bar_changed.emit()

    def go_back(self) -> None:
        """Escape: from the fields back to the sections first."""
        if not self._side.go_back():
            super().go_back()

    def _send_back(self) -> None:
        self._side.send_back()

    def _may_send_back(self) -> bool:
        return self._side.may_send_back()

    def _accept_remark(self) -> None:
        self._side.accept_remark()

    def _has_remark(self) -> bool:
        return self._side.has_remark()

    def _show_check(self, section_id: str) -> None:
        """A check is about the record: it is shown there."""
        self._to_record()
        self._show_section(section_id)

    def _to_record(self) -> None:
        ui = self._ui
        if self._member_id or self._paper() != MINUTES:
            ui.paper_combo.setCurrentIndex(ui.paper_combo.findData(MINUTES))
            ui.copies_view.set_current(RECORD)
            self._take_copy(RECORD)
            self._build()

    def _show_section(self, section_id: str) -> None:
        self._ui.sections_view.set_current(section_id)
        self._preview.go_to(self._sections(), section_id)
        self._side.show_fields()

    def _record_now(self) -> Standing | None:
        try:
            return standing(self._context.session, self._meeting_id)
        except Refused:
            return None

    def _press_next(self) -> None:
        if self._may_circulate():
            self._circulate()
        else:
            self._side.press_next()

    def _may_circulate(self) -> bool:
        """What stands is approved and confirmed: the next step is to give it out."""
        now = self._record_now()
        return now is not None and now.is_approved and not (now.awaits_confirmation or self._side.is_correcting())

    def _circulate(self) -> None:
        self.navigate.emit("private_circulate", self._meeting_id)

    def _moved_on(self, words: str, more: str) -> None:
        """Approved: copies may go out."""
        self.refresh()
        now = self._now
        if now is not None and not self._is_draft():
            more = f"{at_words(now)}. Copies can be given out now."
        self._ui.done_bar.say(words, more, stay=True)
        self._context.changes.tell("meeting")

    def _save(self) -> None:
        """One copy, where the lead says; a recipient's is noted as given."""
        ui, pages, drawn = self._ui, self._preview.pages, self._drawn
        if pages is None or drawn is None:
            return
        minutes, paper = drawn
        ui.save_error.clear()
        try:
            circulation.may_leave(self._context.session, self._meeting_id, self._member_id)
        except Refused as refusal:
            ui.save_error.set_error(refusal.sentence)
            return
        kinds = [PDF] if paper == ACTION_LIST else [PDF, WORD]
        path = self._ask.save_file(self, "Save the private paper", kinds, Path.home() / file_name(minutes, paper))
        if path is None:
            return
        if is_word(path) and paper != ACTION_LIST:
            work = partial(word_file, self._context.session, minutes)
            written = partial(self._write, minutes, paper, path)
            self._context.tasks.run(work, written, self._not_written, asker=self)
        else:
            self._write(minutes, paper, path, pages.content)

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self._ui.save_error.set_error(error.sentence)

    def _write(self, minutes: PrivateMinutes, paper: str, path: Path, content: bytes) -> None:
        """Put it where the lead said; a recipient's copy is noted as given."""
        ui = self._ui
        try:
            save(path, content)
        except NotSaved as refusal:
            ui.save_error.set_error(refusal.sentence)
            return
        row = self._row()
        if row is not None:
            actions_only = paper == ACTION_LIST
            circulation.note_given(self._context.session, minutes, self._member_id, actions_only=actions_only)
            self._now = circulation.circulation_of(self._context.session, self._meeting_id)
            self._show_copies(self._now)
            self.bar_changed.emit()
        ui.done_bar.say(saved_words(minutes, paper, row), f"not encrypted, in {path}", undo="", stay=True)

    def bar_state(self) -> BarState:
        """How far they are, and how long until they must be out."""
        return minutes_bar(self._now, self._record, self._checks.counts, self._context.session.today)

    def _turn(self, by: int) -> None:
        self._preview.turn(by)

    def _is_draft(self) -> bool:
        return self._now is None or self._now.state in (MinutesState.DRAFT, MinutesState.CHECKED)

    def _has_next(self) -> bool:
        return self._may_circulate() or self._side.has_next()

    def strip_word(self, action: Action) -> str:
        """What comes next is named by how far the minutes are."""
        if action is not APPROVE:
            return super().strip_word(action)
        return "circulate" if self._may_circulate() else self._side.next_words()

    def strip_text(self) -> str:
        """Where the pages are."""
        return "Not saved as a PDF yet."


def _printing(session: Session, minutes: PrivateMinutes, paper: str) -> Callable[[Progress], bytes]:
    """The work of the task: it tells each page, and ends at the next one when it was cancelled."""
    papers = session.papers
    if paper == ACTION_LIST:
        assert papers.print_action_list is not None
        return partial(papers.print_action_list, private_actions(minutes))
    assert papers.print_private_minutes is not None
    return partial(papers.print_private_minutes, minutes)


def copy_rows(now: Circulation, today: date) -> list[Entry]:
    """The record first, then everyone on the list: how much is in their copy and whether they have it."""
    record = Entry(RECORD, "New Hope’s record", "Whole minutes, copy 1", icon="lock")
    return [record, *(_copy_row(row, now, today) for row in now.rows)]


def _copy_row(row: CopyRow, now: Circulation, today: date) -> Entry:
    has = row.given_at is not None and row.given_version == now.version
    had = row.given_at is not None and not has
    pill = f"Given {screen_day(local(row.given_at).date(), today)}" if row.given_at is not None and has else ""
    tone = Tone.LOW
    if had:
        pill, tone = f"Has version {row.given_version}", Tone.MEDIUM
    elif not has and now.state is not MinutesState.DRAFT:
        pill, tone = "To give", Tone.NEUTRAL
    return Entry(row.member_id, row.name, gets_words(row), person=row.name, pill=pill, pill_tone=tone)


def gets_words(row: CopyRow) -> str:
    """'2 people, copy 5, CGL'"""
    if row.whole:
        gets = "Whole minutes"
    elif row.people:
        gets = "1 person" if row.people == 1 else f"{row.people} people"
    else:
        gets = "Attendance only"
    return f"{gets}, copy {row.copy_number}, {row.agency}"


def copies_caption(now: Circulation) -> str:
    """Why somebody gets a part, or what to do first."""
    if not now.rows:
        return "Nobody is on the list yet: see Settings."
    return "Each file contains only the people its recipient may be told about."


def copies_count(now: Circulation) -> str:
    """'2 of 5 given'"""
    return f"{now.given} of {len(now.rows)} given" if now.rows else ""


def step_marks(now: Circulation, minutes: PrivateMinutes, passed: int, of: int, today: date) -> tuple[StepMark, ...]:
    """Draft, checked, approved by the lead, circulated."""
    draft = now.state is MinutesState.DRAFT
    approval = now.approval if now.approval is not None and not now.changed else None
    approved_words = f"{approval.by}, {screen_day(local(approval.at).date(), today)}" if approval else "New Hope’s lead"
    if now.changed:
        approved_words = "changed since version " + str(now.version - 1)
    end, agreed = now.circulated_at, now.state is MinutesState.AGREED
    ended = f"all given {screen_day(local(end).date(), today)}" if end else f"by {screen_day(now.due, today)}"
    ended = NOT_CIRCULATED if agreed and not end else ended
    return (
        StepMark("Draft", f"session of {screen_day(minutes.on, today)}", StepState.DONE),
        StepMark("Checked", f"{passed} of {of} pass", StepState.CURRENT if draft else StepState.DONE),
        StepMark("Approved", approved_words, StepState.AHEAD if draft else StepState.DONE),
        StepMark("Circulated", ended, _sent_step(now)),
        StepMark("Agreed", _agreed_words(now, today), StepState.DONE if agreed else _next_step(now)),
    )


def _sent_step(now: Circulation) -> StepState:
    if now.circulated_at is not None:
        return StepState.DONE
    return StepState.CURRENT if now.state is MinutesState.APPROVED else StepState.AHEAD


def _next_step(now: Circulation) -> StepState:
    return StepState.CURRENT if now.state is MinutesState.CIRCULATED else StepState.AHEAD


def _agreed_words(now: Circulation, today: date) -> str:
    if now.state is MinutesState.AGREED and now.agreed is not None:
        return f"correct record, {screen_day(local(now.agreed.at).date(), today)}"
    return "at the next session"


def minutes_bar(
    now: Circulation | None, minutes: PrivateMinutes | None, checks: tuple[int, int], today: date
) -> BarState:
    """How far they are, and how long until they must be out."""
    if now is None or minutes is None:
        return BarState(title="Private minutes", kind=BarKind.PLUM, icon="file-text", headline="No minutes yet")
    figures = []
    if now.state not in (MinutesState.CIRCULATED, MinutesState.AGREED):
        figures.append(due_figure("send", now.due, today, f"to circulate, {screen_day(now.due, today)}"))
    if minutes.next_on is not None and minutes.next_on >= today:
        following = f"next session, {screen_day(minutes.next_on, today)}"
        figures.append(until_figure(minutes.next_on, today, following))
    return BarState(
        title="Private minutes",
        subtitle=f"Session of {screen_day(minutes.on, today)}",
        kind=BarKind.PLUM,
        icon="file-text",
        figures=tuple(figures),
        steps=step_marks(now, minutes, *checks, today),
    )


def saved_words(minutes: PrivateMinutes, paper: str, row: CopyRow | None) -> str:
    """'Copy 4 saved for Joy Okafor at 10:42'"""
    what = "Action list" if paper == ACTION_LIST else f"Copy {minutes.copy_number}"
    return f"{what} saved for {row.name}" if row is not None else f"{what} saved for the record"


def file_name(minutes: PrivateMinutes, paper: str) -> str:
    """No name of a person, no reference, no word of which meeting: day, kind, edition, copy."""
    kind = "Actions" if paper == ACTION_LIST else "Minutes"
    return f"{kind} {minutes.on:%Y-%m-%d} {minutes.edition.lower()} copy {minutes.copy_number}.pdf"


def at_words(now: Circulation) -> str:
    """When it was approved: 'at 10:42'."""
    return f"at {clock(now.approval.at)}" if now.approval is not None else ""
