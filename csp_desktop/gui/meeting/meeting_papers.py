"""The papers before a meeting: each agency's own as it will be printed, who they go to, and the set for the table."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from csp_desktop._built.ui_meeting_papers import Ui_MeetingPapers
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.papers import MeetingPaper, went_out_words
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.meeting_figures import due_figure
from csp_desktop.gui.widgets.paper_preview import SAVE, TURN, PaperPreview
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, GO_ON, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.saving import save
from csp_desktop.services.meeting import papers as service
from csp_desktop.services.meeting import papers_out
from csp_desktop.services.meeting.agenda import next_meeting
from csp_desktop.services.meeting.papers import AgencyRow, PapersAhead
from csp_desktop.services.meeting.papers_out import PapersMade, PapersToWrite
from csp_desktop.services.minutes.letters import LettersMissing, lacking_words, of_meeting_paper, require_letters

ASK_UPDATES = Action("ask officers for updates, or enter their updates", ("U",), "_ask_updates", strip="updates")
PAPER_SET = Action("print the paper set, in case the laptop fails", ("P",), "_print_set", strip="paper set")
SAVE_ONE = SAVE.called("save the paper shown as PDF")
WRITE = Action("save the papers", GO_ON.keys, "_press_next", when="_may_write", strip="write")
AGENDA = "agenda"


class MeetingPapersPage(Page):
    """Reached from Prepare, Home and Ctrl+K. Pages are built off the window's thread."""

    ACTIONS = (
        *called(CHOOSE, "choose the agenda or an agency", "paper"),
        *TURN,
        ASK_UPDATES,
        PAPER_SET,
        SAVE_ONE,
        WRITE,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._ahead: PapersAhead | None = None
        self._shown = AGENDA
        self._may_lack: set[Callable[..., object]] = set()  # what goes on though characters cannot be printed
        self._drawn: MeetingPaper | None = None
        self._ui = Ui_MeetingPapers()
        self._ui.setupUi(self)
        ui, px = self._ui, current().px
        ui.columns.set_columns(ui.rail_frame, ui.preview_frame, ui.side_frame)
        ui.columns.set_names(rail="agencies", work="the paper", side="saving them")
        ui.columns.set_widths(Column.RAIL, 360, 300)
        ui.columns.set_widths(Column.SIDE, 408, 404)
        ui.papers_view.set_flush(True)
        ui.text_edit.setReadOnly(True)
        ui.text_edit.setMinimumHeight(px(60))
        ui.next_button.set_height(48)
        ui.next_button.set_icon("send")
        ui.next_button.set_key(WRITE.shown)
        for button, action in ((ui.ask_button, ASK_UPDATES), (ui.set_button, PAPER_SET)):
            button.set_height(32)
            button.set_key(action.shown)
        self._preview = PaperPreview(ui, context.tasks, "Preparing the paper", self._draw_up, self)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.papers_view.current_moved.connect(self._turn_to)
        ui.papers_view.chosen.connect(self._take)
        ui.ask_button.clicked.connect(self._ask_updates)
        ui.set_button.clicked.connect(self._print_set)
        ui.next_button.clicked.connect(self._write)
        ui.done_bar.undo_asked.connect(self.undo)
        ui.progress_panel.busy.connect(lambda _: self._show_writing())
        self.follow("actions", "meeting", "people", "cases", "attendance")

    def entered(self, argument: object = None) -> None:
        """The paper in hand, or the agenda."""
        self._ui.done_bar.dismiss()
        self._ui.write_error.clear()
        self._may_lack.clear()
        self._drawn = None
        self.refresh()
        self._ui.papers_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """No page stays in memory."""
        self._preview.put_away()
        self._drawn = None

    def refresh(self) -> None:
        """Read it all anew; the paper in hand stays."""
        ui, session = self._ui, self._context.session
        meeting = next_meeting(session)
        may = meeting is not None and meeting.state in (MeetingState.PLANNED, MeetingState.SIGN_IN)
        self._ahead = service.papers_ahead(session, meeting.id) if meeting is not None and may else None
        ahead = self._ahead
        ui.papers_view.setVisible(ahead is not None)
        ui.side_frame.setEnabled(ahead is not None)
        if ahead is None:
            self._drawn = None
            self._show_none(meeting)
        else:
            if self._shown not in (AGENDA, *(row.agency_id for row in ahead.agencies)):
                self._shown = AGENDA
            ui.papers_view.set_entries(_entries(ahead))
            ui.papers_view.set_current(self._shown)
            self._show_paper()
        self._show_writing()
        self.bar_changed.emit()

    def _show_none(self, meeting: Meeting | None) -> None:
        words = "The papers are created from its agenda." if meeting else "Plan the next meeting first."
        self._preview.show_none("The meeting has begun" if meeting else "No meeting is planned", words)
        for label in (self._ui.whose_label, self._ui.whose_caption, self._ui.inside_label, self._ui.updates_caption):
            label.setText("")

    def _row(self) -> AgencyRow | None:
        rows = self._ahead.agencies if self._ahead else ()
        return next((row for row in rows if row.agency_id == self._shown), None)

    def _show_paper(self) -> None:
        """The paper in hand: drawn up where it is another than before."""
        ui, ahead, row = self._ui, self._ahead, self._row()
        if ahead is None:
            return
        paper = row.listed.paper() if row else ahead.agenda.paper()
        ui.whose_label.setText(row.name if row else "Agenda")
        people = len(row.people) if row else len(ahead.recipients)
        ui.whose_caption.setText(f"to {count_of(people, 'person', 'people')}")
        ui.inside_label.setText(_inside(row) if row else "Each item with its start time. No case is named.")
        ui.updates_caption.setText(f"{ahead.answered} of {ahead.all} received" if ahead.all else "none asked")
        if _same(paper, self._drawn):
            return
        is_other = self._drawn is None or self._drawn.title != paper.title
        self._drawn = paper
        self._draw_up(from_first=is_other)

    def _draw_up(self, *, from_first: bool = True) -> None:
        printer, paper = self._context.session.papers.print_meeting_paper, self._drawn
        if paper is not None and printer is not None:
            self._preview.draw_up(partial(_printed, printer, paper), from_first=from_first)

    def _show_writing(self) -> None:
        ui, ahead = self._ui, self._ahead
        busy = ui.progress_panel.is_running()
        count = len(ahead.recipients) if ahead else 0
        ui.next_button.setText(f"&Save papers for {count_of(count, 'person', 'people')}")
        ui.next_button.setEnabled(self._may_write())
        ui.set_button.setEnabled(ahead is not None and not busy)
        ui.mail_sign.set_words(_who_lacks(ahead) if ahead else "")
        ui.letters_sign.set_words(
            lacking_words(papers_out.letters_lacking(self._context.session, ahead)) if ahead else ""
        )
        ui.out_sign.set_words(_late_words(ahead, self._context.session.today) if ahead else "")

    def _may_write(self) -> bool:
        return self._ahead is not None and bool(self._ahead.recipients) and not self._ui.progress_panel.is_running()

    def _turn_to(self, key: str) -> None:
        if key and key != self._shown:
            self._shown = key
            self._show_paper()

    def _take(self, key: str) -> None:
        self._turn_to(key)
        if self._ui.columns.is_single():
            self._ui.columns.show_work()

    def _turn(self, by: int) -> None:
        self._preview.turn(by)

    def _ask_updates(self) -> None:
        self.navigate.emit("officer_updates", None)

    # writing

    def _press_next(self) -> None:
        button = self._ui.next_button
        self._ui.columns.show_column_of(button)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()

    def _write(self) -> None:
        """Into a folder the person chooses; the record is kept once all are there."""
        ui, ahead = self._ui, self._ahead
        if ahead is None or not self._may_write():
            return
        ui.write_error.clear()
        session, allow = self._context.session, self._write in self._may_lack
        try:
            job = papers_out.papers_to_write(session, ahead.meeting.id, allow_missing=allow)
        except Refused as refusal:
            self._refuse(refusal, self._write)
            return
        folder = self._ask.open_folder(self, "The folder for the papers", Path.home())
        if folder is None:
            return
        work = partial(papers_out.write_papers, self._context.session, job, folder)
        ui.progress_panel.run(
            self._context.tasks,
            work,
            partial(self._written, job, folder),
            lambda refusal: ui.write_error.set_error(refusal.sentence),
            words="Agenda",
        )

    def _refuse(self, refusal: Refused, tried: Callable[..., object]) -> None:
        """What cannot be printed is named; whoever goes on once more has it all the same."""
        once_more = ""
        if isinstance(refusal, LettersMissing):
            self._may_lack.add(tried)
            once_more = " Press again here to save it anyway."
        self._ui.write_error.set_error(f"{refusal.sentence}{once_more}")

    def _written(self, job: PapersToWrite, folder: Path, made: PapersMade) -> None:
        try:
            papers_out.note_written(self._context.session, job, folder, made.with_minutes)
        except Refused as refusal:
            self._ui.write_error.set_error(refusal.sentence)
            return
        drafts = sum(file.suffix == ".eml" for file in made.files)
        words = f"{count_of(len(made.files), 'file', 'files')} saved, {drafts} of them email drafts"
        more = f"In {folder}. Open each draft, check it, and send it. "
        more += f"{made.with_minutes} have their copy of the last minutes with them." if made.with_minutes else ""
        self._ui.done_bar.say(words, " ".join((more.strip(), *made.failed)), undo="", stay=bool(made.failed))
        self._context.changes.tell("meeting")

    def _save(self) -> None:
        """The paper shown alone, once its pages are drawn up."""
        ui, ahead, pages = self._ui, self._ahead, self._preview.pages
        if ahead is None or pages is None:
            return
        ui.write_error.clear()
        number = next((n for n, row in enumerate(ahead.agencies, 1) if row.agency_id == self._shown), 0)
        suggested = Path.home() / papers_out.paper_file_name(ahead.meeting.on, number)
        path = self._ask.save_file(self, "Save this paper", [PDF], suggested)
        if path is None:
            return
        try:
            save(path, pages.content)
        except Refused as refusal:
            ui.write_error.set_error(refusal.sentence)
            return
        ui.done_bar.say("The paper is saved", str(path), undo="")

    def _print_set(self) -> None:
        ui, ahead = self._ui, self._ahead
        if ahead is None or ui.progress_panel.is_running():
            return
        ui.write_error.clear()
        session, allow = self._context.session, self._print_set in self._may_lack
        try:
            told = service.paper_set(session, ahead.meeting.id).paper()
            require_letters(session, [of_meeting_paper(told)], allow_missing=allow)
        except Refused as refusal:
            self._refuse(refusal, self._print_set)
            return
        suggested = Path.home() / papers_out.set_file_name(ahead.meeting.on)
        path = self._ask.save_file(self, "Save the paper set, then print it", [PDF], suggested)
        printer = session.papers.print_meeting_paper
        if path is None or printer is None:
            return

        def work(progress: Progress) -> None:
            save(path, printer(told, progress))

        ui.progress_panel.run(
            self._context.tasks,
            work,
            lambda _: ui.done_bar.say("The paper set is saved", f"{path}. Print it and keep it locked away.", undo=""),
            lambda refusal: ui.write_error.set_error(refusal.sentence),
            words="Agenda",
        )

    # what the window asks

    def bar_state(self) -> BarState:
        """How long until they are due, and how many updates are in."""
        ahead = self._ahead
        if ahead is None:
            return BarState("Papers", "Before the meeting", icon="send", headline="No papers are due")
        written, today = ahead.written, self._context.session.today
        due = due_figure("send", ahead.out_by, today, f"due out by {screen_day(ahead.out_by, today)}")
        done = Figure("send", "out", went_out_words(written).removeprefix("Papers sent out ")) if written else due
        return BarState(
            "Papers",
            f"For the meeting of {screen_day(ahead.meeting.on, today)}",
            icon="send",
            headline=went_out_words(written)
            if written
            else f"Papers {_go_out(ahead.out_by, today)} by {screen_day(ahead.out_by, today)}",
            segments=tuple(
                Segment(SegmentState.DONE if row.answered == row.all else SegmentState.AHEAD, max(1, row.all))
                for row in ahead.agencies
            ),
            figures=(
                Figure("users", str(len(ahead.recipients)), "people"),
                Figure("list-checks", f"{ahead.answered} of {ahead.all}", "updates received"),
                done,
            ),
        )

    def strip_actions(self) -> Iterable[Action]:
        """What acts on the papers, where there are any."""
        return self.ACTIONS if self._ahead is not None else (BACK, HELP)

    def strip_text(self) -> str:
        """What the mails never hold."""
        return "Emails contain no case details."


def _go_out(by: date, today: date) -> str:
    return "were due out" if days_overdue(by, today) else "go out"


def _printed(printer: Callable[..., bytes], paper: MeetingPaper, progress: Progress) -> bytes:
    return printer(paper, progress)


def _same(paper: MeetingPaper, before: MeetingPaper | None) -> bool:
    """But for the instant they were drawn up."""
    return before is not None and (paper.title, paper.opening, paper.sections) == (
        before.title,
        before.opening,
        before.sections,
    )


def _inside(row: AgencyRow) -> str:
    listed = row.listed
    asked = count_of(len(listed.asked), "request", "requests")
    words = f"With the agenda: {listed.counts}. Cases by reference and initials. {asked} of them."
    return " ".join((words, *row.withheld))


def _who_lacks(ahead: PapersAhead) -> str:
    """Who gets no draft, and who the agenda alone."""
    found = (
        ("No email address, so no draft", ahead.without_mail),
        ("Agenda only, by the table of rights", ahead.agenda_only),
    )
    return " ".join(f"{why}: {_some(names)}." for why, names in found if names)


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _late_words(ahead: PapersAhead, today: date) -> str:
    """Only what somebody has to do something about."""
    if ahead.written or today < ahead.out_by:
        return ""
    late = overdue_words(days_overdue(ahead.out_by, today))
    return f"Were due out by {screen_day(ahead.out_by, today)}: {late}." if late else "Due out today."


def _entries(ahead: PapersAhead) -> list[Entry]:
    """The agenda, then one line an agency: cases, actions, updates in."""
    agenda, held = ahead.agenda, len(ahead.agencies)
    entries = [
        Entry(AGENDA, "Agenda", f"{len(agenda.items)} items, ends {agenda.ends:%H:%M}", icon="file-text"),
        Entry("", "For each agency", caption=str(held), heading=True),
    ]
    for row in ahead.agencies:
        entries.append(
            Entry(
                row.agency_id,
                row.name,
                f"Part left out, {row.listed.counts}" if row.withheld else row.listed.counts,
                caption=row.updates,
                tone=Tone.NEUTRAL if not row.all else Tone.LOW if row.answered == row.all else Tone.MEDIUM,
            )
        )
    return entries
