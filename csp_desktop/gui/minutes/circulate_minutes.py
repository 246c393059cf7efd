"""The approved minutes go out: who gets what and why, written to a folder, given copy by copy, recalled, left out."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csp_desktop._built.ui_circulate_minutes import Ui_CirculateMinutes
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.circulation import CopyState
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.approval_panel import may_record
from csp_desktop.gui.widgets.containers import bring_into_view
from csp_desktop.gui.widgets.copy_ask import Asked, CopyAsk
from csp_desktop.gui.widgets.copy_deeds import CopyDeeds, Said, may_recall
from csp_desktop.gui.widgets.copy_list import RECORD
from csp_desktop.gui.widgets.copy_words import (
    EVERY,
    OF_THE_GROUP,
    REFUSAL,
    UNTOLD,
    WITHOUT_RIGHTS,
    Look,
    circulation_bar,
    copy_lines,
    filter_entries,
    holds_words,
    late_words,
    left_out_words,
    looks_of,
    place_words,
    register_entries,
    untold,
    version_words,
    written_words,
)
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.fix_row import FixRow
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.paper_preview import TURN, PaperPreview
from csp_desktop.gui.widgets.pdf_preview import PdfPages
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.widgets.rights_panel import ROW_KEYS, ROWS, RightsPanel
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import CHOOSE, GO_ON, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.services.minutes import circulation as service
from csp_desktop.services.minutes import copies, versions
from csp_desktop.services.minutes.circulation import CirculationList, CopyRow
from csp_desktop.services.minutes.copies import CopiesWritten
from csp_desktop.services.minutes.letters import lacking_words
from csp_desktop.services.minutes.minutes import held_meetings

_TALL = 900  # px of a page that has room for the words of the copy's page too
_SHORT = 44  # letters that leave room for a button beside them in the left column
NOTHING_YET = "Minutes are circulated once a meeting is closed and its minutes are approved."
ONCE_MORE = "Press again here to save them anyway."
_AT_REST = 120  # ms on a row before its copy is drawn up
ON_ROWS = {"on": "copies_view"}
NEXT = Action("next step: save the copies, then confirm them as given", GO_ON.keys, "_press_next", when="_has_next")
GIVEN = Action("given: confirm this copy", ("G",), "_give", strip="given", **ON_ROWS)
TELL = Action("give a person their passphrase", ("T",), "_tell", strip="give passphrase", **ON_ROWS)
LEAVE_OUT = Action("no copy, with a reason; again: a copy after all", ("X",), "_leave_out", strip="no copy", **ON_ROWS)
RECALL = Action(
    "recall a copy, with a reason; again: save the recall email", ("R",), "_recall", strip="recall", **ON_ROWS
)
SECURE = Action("agency has secure email, or not", ("M",), "_turn_secure", **ON_ROWS)
FORM = Action("the form of copies they can read: PDF, large print, Word file", ("N",), "_turn_form", **ON_ROWS)
SLIPS = Action("slips for passphrases not given yet", ("S",), "_slips", **ON_ROWS)
WHY = Action("people not listed, and why", ("W",), "_why", **ON_ROWS)
FOLDER = Action("the folder to save to", ("F",), "_choose_folder", **ON_ROWS)
RIGHTS = Action("table of rights, or back to the copies", ("L",), "_turn_rights", **ON_ROWS)
REGISTER = Action("the register of copies, or back", ("H",), "_turn_register", **ON_ROWS)
FIND_PERSON = Action("find a person", ("/",), "_find", strip="find", **ON_ROWS)
HOW_TOLD = tuple(
    Action("how the person was told", (str(number),), "_told_by", number, when="_asks_how") for number in (1, 2, 3, 4)
)
READY_SETS = tuple(
    Action("propose a ready-made set of rights", (f"Alt+{number}",), "_propose", number, when="_is_at_rights")
    for number in (1, 2, 3)
)


class CirculateMinutesPage(Page):
    """Entered with a meeting's id, or for the last meeting held."""

    meeting_words = OF_THE_GROUP
    minutes_stem = "minutes"
    has_rights_table = True  # the private file keeps none
    ACTIONS = (
        *called(CHOOSE, "choose a copy", "person"),
        GIVEN,
        TELL,
        LEAVE_OUT,
        RECALL,
        SECURE,
        FORM,
        SLIPS,
        WHY,
        FOLDER,
        RIGHTS,
        REGISTER,
        *HOW_TOLD,
        *READY_SETS,
        *ROW_KEYS,
        *(one.short("") for one in TURN),
        FIND_PERSON,
        NEXT,
        UNDO.short(""),
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._meeting: Meeting | None = None
        self._now: CirculationList | None = None
        self._standing: versions.Standing | None = None
        self._folder: Path | None = None
        self._is_warned = self._may_lack = False
        self._none = NOTHING_YET  # why there is no meeting to show
        self._missing: tuple[str, ...] = ()  # what cannot be printed of the copies to be written
        self._chosen = ""  # whose copy is shown
        self._drawn: tuple[str, int, str] | None = None  # meeting, version and whose the pages are
        self._pages: tuple[str, int, int] = ("", 0, 0)  # meeting, version, pages of its record
        self._ui = Ui_CirculateMinutes()
        self._ui.setupUi(self)
        self._ui.columns.set_columns(self._ui.rail_frame, self._ui.work_frame, self._ui.side_frame)
        self._ui.columns.set_names(rail="copies", work="who gets what", side="this copy")
        self._asking, self._progress, self._register = CopyAsk(), ProgressPanel(), EntryList()
        self._deeds = CopyDeeds(context.session, self._asking, self._ask, self)
        self._rights = RightsPanel(context.session, context.tasks, self._agencies)
        self._preview = PaperPreview(self._ui, context.tasks, "Preparing the copy", self._draw, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AT_REST)
        self._prepare_parts()
        self._connect()

    def _prepare_parts(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_widths(Column.SIDE, 366, 332)
        ui.filters_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        ui.look_view.body.setContentsMargins(px(10), 0, px(10), 0)
        ui.look_view.body.setSpacing(px(6))
        ui.look_view.setMinimumHeight(px(90))
        ui.find_edit.set_hint("Find a person", FIND_PERSON.shown)
        ui.find_edit.setMinimumWidth(px(150))
        ui.find_edit.setMaximumWidth(px(250))
        ui.text_edit.setFixedHeight(px(54))
        for button in (ui.minutes_button, ui.rights_button, ui.register_button, ui.folder_button):
            button.set_height(30)
        for button in (ui.previous_button, ui.following_button):
            button.set_height(26)
        ui.page_view.setMinimumHeight(px(140))
        ui.recall_button.set_height(34)
        ui.recall_button.set_key(RECALL.shown)
        ui.recall_button.set_icon("undo-2")
        ui.go_button.set_height(46)
        ui.go_button.set_key(NEXT.shown)
        ui.copies_head.follow(ui.copies_view)
        self._register.setObjectName("register_view")
        self._register.setAccessibleName("Register of copies, newest first")
        self._register.set_flush(True)
        self._register.hide()
        work, side = ui.work_frame.layout(), ui.side_frame.layout()
        assert isinstance(work, QVBoxLayout) and isinstance(side, QVBoxLayout)
        work.insertWidget(work.indexOf(ui.saved_bar), self._asking)
        side.insertWidget(1, self._rights, 1)
        side.insertWidget(1, self._register, 1)
        side.insertWidget(side.indexOf(ui.recall_button), self._progress)

    def _connect(self) -> None:
        ui = self._ui
        ui.filters_view.current_moved.connect(lambda _: self._show_rows())
        ui.filters_view.chosen.connect(self._filter)
        ui.find_edit.textChanged.connect(lambda _: self._show_rows())
        ui.find_edit.returnPressed.connect(self._to_rows)
        ui.copies_view.current_moved.connect(lambda _: self._show_copy())
        ui.copies_view.chosen.connect(lambda _: self._show_copy())
        ui.copies_view.given.connect(self._give_of)
        ui.none_state.pressed.connect(self._answer_none)
        ui.minutes_button.clicked.connect(self._to_minutes)
        ui.rights_button.clicked.connect(lambda: self._show_rights())
        ui.register_button.clicked.connect(lambda: self._show_side(ui.register_button))
        ui.folder_button.clicked.connect(self._choose_folder)
        ui.recall_button.clicked.connect(self._recall)
        ui.go_button.clicked.connect(self._press_next)
        ui.saved_bar.undo_asked.connect(self.undo)
        self._deeds.said.connect(self._say)
        self._asking.closed.connect(self._to_rows)
        self._progress.busy.connect(lambda _: self._show_next())
        self._progress.cancelled.connect(self._stopped)
        self._rights.changed.connect(self._rights_changed)
        self._rest.timeout.connect(self._draw)
        self._preview.changed.connect(self._show_pages)
        self.follow("actions", "meeting", "people", "settings")

    # what is shown

    def entered(self, argument: object = None) -> None:
        """The minutes of this meeting, or of the last one held."""
        held: Sequence[Meeting] = ()
        self._none = NOTHING_YET
        try:
            held = self._held()
        except Refused as refusal:
            self._none = refusal.sentence
        found = next((one for one in held if one.id == argument), held[0] if held else None)
        if found is None or self._meeting is None or found.id != self._meeting.id:
            self._folder, self._is_warned = None, False
        self._may_lack = False
        self._meeting = found
        self._ui.saved_bar.dismiss()
        self._ui.find_edit.clear()
        for button in (self._ui.rights_button, self._ui.register_button):
            button.setChecked(False)
        self.refresh()
        self._ui.filters_view.set_current(EVERY)
        self._to_rows()

    def _held(self) -> Sequence[Meeting]:
        """The meetings there are minutes of, the newest first."""
        return held_meetings(self._context.session)

    def left(self) -> None:
        """No page and no passphrase stays in memory."""
        self._rest.stop()
        self._drawn = None
        self._preview.put_away()
        self._asking.forget()
        self._rights.forget()

    def refresh(self) -> None:
        """Read it all anew; the copy in hand stays."""
        session = self._context.session
        self._now = self._standing = None
        self._missing = ()
        sentence = self._none
        if self._meeting is not None:
            try:
                self._standing = versions.standing(session, self._meeting.id)
                self._now = service.circulation_list(session, self._meeting.id)
                self._missing = copies.lacking_letters(session, self._meeting.id)
            except Refused as refusal:
                sentence = refusal.sentence
        self._show_head(sentence)
        self._show_rows()
        self._show_looks()
        if self.has_rights_table:
            self._rights.show_now()
        self._show_register()
        self._show_side()
        self.bar_changed.emit()

    def _show_head(self, sentence: str) -> None:
        ui, now = self._ui, self._now
        ui.filters_view.set_entries(filter_entries(now, self.meeting_words) if now else [])
        ui.copies_count.setText(str(len(now.rows) + 1) if now else "")
        refused = bool(now and now.refusal and not now.rows)
        ui.table_card.setVisible(now is not None and not refused)
        ui.none_state.setVisible(now is None or refused)
        if now is None:
            ui.none_state.set_content("Nothing to circulate yet", sentence, icon="send")
        elif refused:
            button = self.meeting_words.rights if now.approval else "Minutes"
            ui.none_state.set_content("Nobody may have a copy yet", now.refusal, button, "send")
        ui.version_label.setText(version_words(now) if now else "")
        pages = self._record_pages()
        ui.pages_pill.set_text(count_of(pages, "page", "pages") if pages else "")
        ui.pages_pill.setVisible(bool(pages))
        ui.late_label.setText(late_words(now, self._context.session.today) if now else "")
        ui.late_label.setVisible(bool(now and now.late))
        begun = now is not None and any(row.record is not None and not row.is_earlier for row in now.rows)
        ui.title_label.setText(f"Given to {now.given} of {len(now.rows)}" if now and begun else "Who gets what")
        ui.find_edit.setVisible(now is not None and not refused)

    def _record_pages(self) -> int:
        """How many pages the record of the version has; counted once."""
        now = self._now
        if now is None or now.approval is None:
            return 0
        if self._pages[:2] != (now.meeting_id, now.version):
            count = 0
            with suppress(Refused):
                pages = PdfPages(versions.printed_version(self._context.session, now.meeting_id, now.version))
                count = len(pages)
                pages.close()
            self._pages = now.meeting_id, now.version, count
        return self._pages[2]

    def _show_rows(self) -> None:
        ui, now = self._ui, self._now
        chosen, typed = ui.filters_view.current_key(), ui.find_edit.text()
        ui.copies_view.set_lines(copy_lines(now, chosen, typed, self.meeting_words) if now else [])
        self._show_copy()

    def _filter(self, _key: str) -> None:
        self._show_rows()
        self._to_rows()

    def _row(self) -> CopyRow | None:
        key = self._ui.copies_view.current_key()
        return next((row for row in self._now.rows if row.member_id == key), None) if self._now else None

    def _show_copy(self) -> None:
        """The chosen copy in words; its pages follow when the hand rests."""
        ui, now, row = self._ui, self._now, self._row()
        record = now is not None and row is None and ui.copies_view.current_key() == RECORD
        ui.side_title.setText(
            f"Copy {row.copy_number:02} for {row.person.name}" if row else "Record copy" if record else ""
        )
        ui.in_count.setText(f"{len(row.sections)} of {row.of_sections} sections" if row else "")
        ui.in_label.setText(holds_words(row) if row else "Everything, as approved." if record else "")
        ui.out_label.setText(left_out_words(row) if row else "Nothing." if record else "")
        if row is not None and row.warnings:
            ui.out_label.setText(f"{ui.out_label.text()} {' '.join(row.warnings)}")
        if ui.copies_view.current_key() != self._chosen:
            self._chosen = ui.copies_view.current_key()
            self._preview.show_none("Preparing the copy", "")  # nobody's pages stand under another name
        self._rest.start()
        self._show_next()
        self.bar_changed.emit()

    def _draw(self) -> None:
        row, now, session = self._row(), self._now, self._context.session
        if now is None or not self._shows_copy() or not self.isVisible():
            return
        drawn = now.meeting_id, now.version, self._ui.copies_view.current_key()
        is_other, self._drawn = drawn != self._drawn, drawn  # the same copy stays until it is drawn up again
        if row is not None:
            work = partial(copies.copy_pdf, session, now.meeting_id, row.member_id)
            self._preview.draw_up(work, from_first=is_other)
        elif self._ui.copies_view.current_key() == RECORD and now.approval is not None:
            number = now.version
            self._preview.draw_up(
                lambda _: versions.printed_version(session, now.meeting_id, number), from_first=is_other
            )
        else:
            self._preview.show_none("No copy selected", "")

    def _show_pages(self) -> None:
        pages = self._preview.pages
        self._ui.side_pages.setText(count_of(len(pages), "page", "pages") if pages is not None else "")
        self._show_text()
        if not self._shows_copy():
            self._show_side()
        layout = self._ui.side_frame.layout()
        if layout is not None:
            layout.invalidate()  # or the page keeps the height it had beside what stood there before it came
            layout.activate()

    def _shows_copy(self) -> bool:
        return not (self._ui.rights_button.isChecked() or self._ui.register_button.isChecked())

    def _show_side(self, pressed: QWidget | None = None) -> None:
        """The chosen copy, the table of rights, or the register."""
        ui = self._ui
        if pressed is not None:
            for button in (ui.rights_button, ui.register_button):
                if button is not pressed:
                    button.setChecked(False)
        rights, register = ui.rights_button.isChecked(), ui.register_button.isChecked()
        of_copy = not (rights or register)
        shown = self._preview.pages is not None
        words: tuple[QWidget, ...] = (ui.in_title, ui.in_count, ui.in_label, ui.out_title, ui.out_label)
        for part in words:
            part.setVisible(of_copy and self._now is not None and bool(ui.side_title.text()))
        pages: tuple[QWidget, ...] = (ui.page_view, ui.page_label, ui.previous_button, ui.following_button)
        for part in pages:
            part.setVisible(of_copy and shown)
        self._show_text()
        ui.empty_state.setVisible(of_copy and not shown)
        ui.side_pages.setVisible(of_copy)
        self._rights.setVisible(rights)
        self._register.setVisible(register)
        if rights or register:
            ui.side_title.setText("Table of rights" if rights else "Register of copies")
        elif pressed is not None:
            self._show_copy()
        self._show_next()
        if pressed is not None:
            self.bar_changed.emit()  # other keys act there
            if of_copy:
                ui.columns.show_work()
                self._to_rows()
            else:
                rows = self._rights.rows if rights else self._register
                ui.columns.show_column_of(rows)
                rows.setFocus(Qt.FocusReason.OtherFocusReason)
                QTimer.singleShot(0, rows, partial(bring_into_view, rows))

    def _show_text(self) -> None:
        """The words of the page, where there is room for them beside it."""
        shown = self._shows_copy() and self._preview.pages is not None and self.height() > current().px(_TALL)
        for part in (self._ui.text_label, self._ui.text_edit):
            part.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, more words."""
        super().resizeEvent(event)
        self._show_text()

    def _show_register(self) -> None:
        found = service.register(self._context.session, self._now.meeting_id) if self._now else ()
        self._register.set_entries(register_entries(found))
        self._ui.register_button.setEnabled(bool(found))

    def _show_looks(self) -> None:
        """What a person has to look at, each with its fix; once written the proof takes the place of what is solved."""
        body = self._ui.look_view.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for look in looks_of(self._now, self._missing, self.meeting_words) if self._now else ():
            body.addWidget(self._look_row(look))
        body.addStretch(1)
        self._ui.look_title.setVisible(body.count() > 1)

    def _look_row(self, look: Look) -> FixRow:
        row = FixRow(self, f"{look.key}_{look.about}".rstrip("_"), look.title, look.detail, look.tone)
        if look.fix:
            (row.put_beside if len(look.detail) < _SHORT else row.put_below)()
            row.offer_button(look.fix, look.cap).set_height(28)
            row.fixed.connect(lambda *_: self._look_at(look))
        return row

    def _look_at(self, look: Look) -> None:
        if look.key == REFUSAL:
            self._answer_none()
        elif look.key == WITHOUT_RIGHTS:
            self._why()
        elif look.key == UNTOLD:
            self._tell_of(look.about)
        else:
            self._show_person(look.about)

    # the next step

    def _has_next(self) -> bool:
        if self._progress.is_running():
            return False
        if self._is_at_rights():
            return self._rights.has_next()
        return self._ui.go_button.isEnabled() and self._ui.go_button.isVisibleTo(self)

    def _show_next(self) -> None:
        ui, now, at_rights = self._ui, self._now, self._is_at_rights()
        writes, confirms = (now.to_write, now.to_confirm) if now else ((), ())
        if writes:
            ui.go_button.setText(f"&Save {count_of(len(writes), 'copy', 'copies')}")
        elif confirms:
            ui.go_button.setText(f"Confirm the {len(confirms)} as given")
        ui.go_button.set_icon("send" if writes else "")
        ready = now is not None and not now.refusal and may_record(self._context.session)
        ui.go_button.setEnabled(ready and not self._progress.is_running())
        ui.go_button.setVisible(bool(writes or confirms) and not at_rights)
        row = self._row()
        recalled = row is not None and row.state is CopyState.RECALLED
        ui.recall_button.setText("Save reca&ll email" if recalled else "Reca&ll a copy")
        ui.recall_button.setVisible(row is not None and may_recall(row) and not at_rights)
        self._show_folder(len(writes), at_rights)

    def _show_folder(self, writes: int, at_rights: bool) -> None:
        ui, now = self._ui, self._now
        for part in (ui.foot_line, ui.folder_title, ui.folder_label):
            part.setVisible(now is not None and not at_rights)
        ui.folder_button.setVisible(bool(writes) and not at_rights)
        ui.folder_button.setText("Chan&ge" if self._folder else "C&hoose")
        warning = self._warning()
        ui.folder_sign.set_words(warning if writes and not at_rights else "")
        today = self._context.session.today
        title, words = place_words(now, self._folder, warning, today) if now is not None else ("", "")
        ui.folder_title.setText(title)
        ui.folder_label.setText(words)

    def _warning(self) -> str:
        return copies.folder_warning(self._context.session, self._folder) if self._folder else ""

    def _choose_folder(self) -> bool:
        start = self._folder or Path.home()
        folder = self._ask.open_folder(self, "Folder for the copies", start)
        if folder is not None:
            self._folder, self._is_warned = folder, False
            self._show_next()
        return folder is not None

    def _press_next(self) -> None:
        if self._is_at_rights():
            self._rights.press()
        elif self._now is not None and self._has_next():
            (self._write if self._now.to_write else partial(self._deeds.give_all, self._now.meeting_id))()

    def _write(self) -> None:
        """Every copy that is due, into the folder; a warning about it is seen before anything is written there."""
        now, session = self._now, self._context.session
        if now is None or (self._folder is None and not self._choose_folder()):
            return
        self._ui.write_error.clear()
        if self._warning() and not self._is_warned:
            self._is_warned = True
            self._ui.write_error.set_error("Nothing saved yet. Choose another folder, or continue here.")
            return
        if self._missing and not self._may_lack:
            self._may_lack = True
            self._ui.write_error.set_error(f"{lacking_words(self._missing)} Nothing is written yet. {ONCE_MORE}")
            self._ui.columns.show_column_of(self._ui.write_error)
            return
        folder, meeting_id, may_lack = self._folder, now.meeting_id, self._may_lack
        assert folder is not None

        def work(progress: Progress) -> CopiesWritten:
            return copies.write_copies(session, meeting_id, folder, progress, allow_missing=may_lack)

        self._preview.stop()
        self._progress.run(self._context.tasks, work, self._written, self._refuse, words="Saving the copies")

    def _written(self, made: CopiesWritten) -> None:
        self._context.changes.tell("meeting")
        words = f"{count_of(len(made.written), 'copy', 'copies')} saved"
        if made.failed:
            self._ui.write_error.set_error("; ".join(f"{one.name}: {one.why}" for one in made.failed))
            self._ui.columns.show_column_of(self._ui.write_error)
        more = f"Read back and searched, {count_of(made.searched, 'file', 'files')}. Confirm each one once it is given."
        self._ui.saved_bar.say(words, more, undo="", stay=True)
        self._to_rows()

    def _stopped(self) -> None:
        self._context.changes.tell("meeting")
        self._ui.write_error.set_error("Stopped. The copies saved so far are complete.")

    def _refuse(self, refusal: Refused) -> None:
        self._context.changes.tell("meeting")
        self._ui.columns.show_column_of(self._ui.write_error)
        self._ui.write_error.set_error(refusal.sentence)

    # one copy

    def _about(self, do: Callable[[str, CopyRow], None]) -> None:
        """Do it with the chosen copy."""
        row = self._row()
        if row is not None and self._now is not None:
            self._ui.saved_bar.dismiss()
            self._ui.columns.show_work()
            do(self._now.meeting_id, row)
            if self._asking.asked is not Asked.NOTHING:
                QTimer.singleShot(0, self._asking, partial(bring_into_view, self._asking))

    def _say(self, said: Said) -> None:
        if said.is_change:
            self._context.changes.tell("meeting", "people")
        self._ui.saved_bar.say(said.words, said.more, tone=said.tone, undo=said.undo, stay=said.stay)

    def _give(self) -> None:
        self._about(self._deeds.give)

    def _give_of(self, member_id: str) -> None:
        self._ui.copies_view.set_current(member_id)
        self._give()

    def _leave_out(self) -> None:
        self._about(self._deeds.leave_out)

    def _recall(self) -> None:
        self._about(self._deeds.recall)

    def _tell(self) -> None:
        self._about(lambda _meeting, row: self._deeds.tell(row))

    def _tell_of(self, member_id: str) -> None:
        self._show_person(member_id)
        self._tell()

    def _turn_secure(self) -> None:
        self._about(lambda _meeting, row: self._deeds.turn_secure(row))

    def _turn_form(self) -> None:
        self._about(lambda _meeting, row: self._deeds.turn_form(row))

    def _slips(self) -> None:
        self._deeds.slips([row.member_id for row in untold(self._now)] if self._now else [])

    def _asks_how(self) -> bool:
        return self._asking.asked is Asked.TELL

    def _told_by(self, number: int) -> None:
        self._asking.tell(number)

    def _why(self) -> None:
        """Why those who are not listed get no copy, each in their own words."""
        if self._now is not None and self._now.refused:
            told = "; ".join(f"{one.name}: {one.why}" for one in self._now.refused)
            self._ui.saved_bar.say("Not listed", told, tone=Tone.NEUTRAL, undo="", stay=True)

    def _show_person(self, member_id: str) -> None:
        self._ui.filters_view.set_current(EVERY)
        self._ui.find_edit.clear()
        self._show_rows()
        self._ui.copies_view.set_current(member_id)
        self._show_copy()
        self._to_rows()

    # getting about

    def _is_at_rights(self) -> bool:
        return self._ui.rights_button.isChecked()

    def _turn_rights(self) -> None:
        self._ui.rights_button.click()

    def _show_rights(self) -> None:
        """Who may have what: the table at the side, or back to the copies."""
        self._show_side(self._ui.rights_button)

    def _turn_register(self) -> None:
        if self._ui.register_button.isEnabled():
            self._ui.register_button.toggle()
            self._show_side(self._ui.register_button)

    def _propose(self, number: int) -> None:
        self._rights.propose(number)

    def _rights_changed(self, words: str, more: str, undoes: bool) -> None:
        self._context.changes.tell("meeting", "settings")
        self._ui.saved_bar.say(words, more, undo="Undo" if undoes else "", stay=True)

    def _answer_none(self) -> None:
        (self._turn_rights if self._now is not None and self._now.approval else self._to_minutes)()

    def _to_minutes(self) -> None:
        self.navigate.emit(self.minutes_stem, self._meeting.id if self._meeting else None)

    def _to_rows(self) -> None:
        ui = self._ui
        target = ui.copies_view if ui.copies_view.lines() else ui.minutes_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_gone(self) -> None:
        """The rows are there again."""
        self._to_rows()

    def _find(self) -> None:
        self._ui.find_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_back(self) -> None:
        """Escape: what is asked first, then the side, then where one came from."""
        if self._asking.asked is not Asked.NOTHING:
            self._asking.close_ask()
        elif self._is_at_rights():
            self._turn_rights()
        elif self._ui.register_button.isChecked():
            self._turn_register()
        elif self._ui.find_edit.hasFocus():
            self._to_rows()
        else:
            super().go_back()

    def _turn(self, by: int) -> None:
        self._preview.turn(by)

    def _agencies(self) -> dict[str, str]:
        with self._context.session.work.reading() as records:
            return {one.id: one.name for one in records.find(Agency)}

    # what the window asks

    def strip_word(self, action: Action) -> str:
        """What comes next is named by how far the copies are."""
        if action is NEXT:
            writes = bool(self._now and self._now.to_write)
            return "approve rights" if self._is_at_rights() else "save copies" if writes else "confirm given"
        return super().strip_word(action)

    def strip_actions(self) -> Iterable[Action]:
        """At the rights their keys, else those of the copies."""
        others = ON_ROWS["on"] if self._is_at_rights() else ROWS
        return (action for action in super().strip_actions() if action.on != others)

    def bar_state(self) -> BarState:
        """How far the minutes are, and how long until they must be out."""
        found = (self._now, self._meeting, self._standing)
        return circulation_bar(*found, self._context.session.today, self.meeting_words)

    def strip_text(self) -> str:
        """What is true of the copies."""
        return written_words(self._now, self._context.session.today) if self._now else "Encrypted on this laptop."
