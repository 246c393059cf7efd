"""The record of a meeting beside its pages, the same for both meetings: its checks or the fields of the chosen section,
what comes next, and for whoever approves what changed since the draft they read.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.correctable import Place
from csp_desktop.domain.minutes.paper_parts import Section
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import Correction, CorrectionKind, MinutesVersion
from csp_desktop.gui.style.layouts import hbox
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.approval_panel import ApprovalPanel, Ways, may_record
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, focus_in_view
from csp_desktop.gui.widgets.correction_panel import APOLOGIES, ATTENDANCE, CorrectionPanel
from csp_desktop.gui.widgets.paper_preview import PaperPreview
from csp_desktop.gui.widgets.remarks_panel import became_words
from csp_desktop.gui.widgets.review_changes import ReviewChanges, words_of
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.minutes import corrections, remarks, review
from csp_desktop.services.minutes.review import ChangeSince, Reading
from csp_desktop.services.minutes.versions import Standing, may_approve
from csp_desktop.services.session import Session

NEXT = Action(
    "the next step: mark as checked, approve, or confirm", GO_ON.keys, "_press_next", when="_has_next", strip="next"
)
CORRECT = Action(
    "correct the words of the section, or back to the checks", ("F2",), "_correct", when="_may_correct", strip="correct"
)
UNREAD = Reading(None, ())


@dataclass(frozen=True)
class RecordLook:
    """How the two meetings differ here. `places_of` tells what of the record can be put right in a section; `lists`
    the sections whose people can be added to; `besides` what stands beside the checks alone; `is_aside` whether
    something else of the page stands in the place of both."""

    places_of: Callable[[Section, Sequence[Place]], list[Place]]
    lists: Mapping[str, str]
    besides: Sequence[QWidget]
    is_aside: Callable[[], bool] = lambda: False


class RecordSide(QObject):
    """Fills the form's side, and the top of its rail. `changed` after each correction or remark, `moved_on` with what
    is now true of the record, `section_asked` with the section of a change, `turned` between checks and fields."""

    changed = Signal()
    moved_on = Signal(str, str)
    section_asked = Signal(str)
    turned = Signal()

    def __init__(self, form: Any, session: Session, tasks: Tasks, ways: Ways, look: RecordLook) -> None:
        super().__init__()
        self._ui, self._session, self._look = form, session, look
        self._meeting_id, self._held = "", session.today
        self._now: Standing | None = None
        self._reading, self._all_sections = UNREAD, False
        self._sections: tuple[Section, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._remarks: tuple[Remark, ...] = ()
        self._shown = False  # whether the pages are there
        self.panel, self.corrections = ApprovalPanel(session, tasks, ways), CorrectionPanel(session)
        self.review, self.rail_button = ReviewChanges(), SecondaryButton(text="All sections", height=32)
        self.marked_button, self.plain_button = (
            SecondaryButton(text="Marked", height=34),
            SecondaryButton(text="Unmarked", height=34),
        )
        self.changed_button, self.all_button = SecondaryButton(height=34), SecondaryButton(height=34)
        self._preview: PaperPreview | None = None
        self._came_from: QWidget | None = None  # the focus as the fields opened
        self._all_pages, self._is_fresh = False, True
        self._read_of = b""  # the pages of the record that are being read
        self._lay_out()
        self.corrections.changed.connect(self.changed)
        self.panel.done.connect(self.moved_on)
        self.review.chosen.connect(self.section_asked)
        self.rail_button.clicked.connect(self._turn_rail)
        for button in (self.marked_button, self.plain_button):
            button.clicked.connect(lambda _=False, button=button: self._mark(button is self.marked_button))
        self.changed_button.clicked.connect(lambda: self._keep_to(False, from_first=True))
        self.all_button.clicked.connect(lambda: self._keep_to(True, from_first=True))
        form.correct_button.clicked.connect(self._turn)

    def _lay_out(self) -> None:
        ui = self._ui
        row = QWidget(ui.pages_frame)
        ways = Flow(row)  # one below the other where the window is narrow
        for button in (self.changed_button, self.all_button, self.marked_button, self.plain_button):
            button.setCheckable(True)
            button.hide()
            ways.addWidget(button)
        ui.pages_frame.layout().insertWidget(ui.pages_frame.layout().indexOf(ui.following_button) + 1, row, 1)
        self.changed_button.setObjectName("changed_button")
        self.all_button.setObjectName("all_button")
        self.marked_button.setObjectName("marked_button")
        self.plain_button.setObjectName("plain_button")
        self.marked_button.setChecked(True)
        rail, side = ui.sections_frame.layout(), ui.paper_frame.layout()
        assert isinstance(rail, QVBoxLayout) and isinstance(side, QVBoxLayout)
        at = rail.indexOf(ui.sections_view)
        rail.insertWidget(at, self.review, 1)
        rail.insertLayout(at, hbox((self.rail_button, 1), margins=(18, 0, 18, 0)))
        self.rail_button.setObjectName("rail_button")
        self.review.hide()
        self.rail_button.hide()
        side.insertWidget(side.indexOf(ui.checks_view), self.corrections, 1)
        self.corrections.hide()
        ui.correct_button.set_height(34)
        ui.correct_button.set_key(CORRECT.shown)

    # what the page tells

    def show_record(self, meeting_id: str, held: date, now: Standing | None, kept: Sequence[MinutesVersion]) -> None:
        """How the record of this meeting stands; None where there is none."""
        if meeting_id != self._meeting_id:
            self._all_sections = self._all_pages = False
            self._is_fresh = True
        self._meeting_id, self._held, self._now = meeting_id, held, now
        self._reading, self._places, self._remarks = UNREAD, (), ()
        if now is not None:
            with suppress(Refused):
                self._places = corrections.correctable(self._session, meeting_id)
                self._remarks = remarks.remarks(self._session, meeting_id)
                self._reading = review.reading_of(self._session, meeting_id) if self.is_reviewing() else UNREAD
        self.panel.set_comments(became_words(self._remarks))
        self.panel.show_record(meeting_id, now, kept)
        self.show_side()

    def show_sections(self, found: Sequence[Section], pages: int) -> None:
        """The sections of the pages that are shown; none while there are no pages."""
        self._sections, self._shown = tuple(found), pages > 0
        self.panel.set_ready(pages > 0)
        self.review.show_reading(self._reading, pages, self._section_of)
        self._mark(self.marked_button.isChecked())
        self._keep_to(self._all_pages, from_first=self._is_fresh)
        self._is_fresh = self._is_fresh and not pages
        self._read_anew()
        self.show_side()

    def follow_pages(self, preview: PaperPreview) -> None:
        """The pages in which what was put right is marked until a version with it is approved."""
        self._preview = preview
        preview.turned.connect(self._follow_reading)

    def _read_anew(self) -> None:
        """Other pages of the record than before are to be read anew."""
        pages = self._preview.pages if self._preview is not None else None
        if pages is not None and self._shown and pages.content != self._read_of:
            self._read_of = pages.content
            self.panel.set_read(False)
        self._follow_reading()

    def _follow_reading(self) -> None:
        """Every page of the record was in sight, or of one read before every page on which something changed since: it
        counts as read."""
        preview = self._preview
        if preview is None or preview.pages is None or not self._shown:
            return
        if preview.pages.content == self._read_of and preview.is_seen():
            self.panel.set_read(True)

    def _mark(self, marked: bool) -> None:
        self.marked_button.setChecked(marked)
        self.plain_button.setChecked(not marked)
        words = [
            (section.id, words_of(one))
            for one, section in self.corrected()
            if section is not None and one.kind is not CorrectionKind.REMOVE
        ]
        for button in (self.marked_button, self.plain_button):
            button.setVisible(bool(words) and self._shown)
        if self._preview is not None:
            self._preview.mark(self._sections, words if marked else ())

    def _keep_to(self, all_pages: bool, *, from_first: bool) -> None:
        """Turn through the pages on which something changed since the draft was read, or through all."""
        self._all_pages, preview = all_pages, self._preview
        if preview is None:
            return
        first = self._sections[0].id if self._sections else ""
        words = [(self._section_of(one)[0] or first, words_of(one)) for one in self._reading.changes if self._shown]
        changed = preview.pages_of(self._sections, words)
        count = len(preview.pages) if preview.pages is not None else 0
        self.changed_button.setText(f"Changed pages {len(changed)}")
        self.all_button.setText(f"All {count}")
        self.all_button.setAccessibleName(f"All {count} pages")
        self.changed_button.setChecked(not all_pages)
        self.all_button.setChecked(all_pages)
        for button in (self.changed_button, self.all_button):
            button.setVisible(bool(changed))
        preview.keep_to(() if all_pages else changed, from_first=from_first)

    def show_fields(self) -> None:
        """The facts of the chosen section, its remarks, and every correction."""
        now, section = self._now, self._section()
        if now is None or section is None or not self.is_correcting():
            return
        places = self._look.places_of(section, self._places)
        self.corrections.set_since(now.since)
        self.corrections.show_section(self._meeting_id, self._held, places, self._look.lists.get(section.id, ""))
        self.corrections.show_remarks(section.id, section.case_id)

    def _section(self) -> Section | None:
        key = self._ui.sections_view.current_key()
        first = self._sections[0] if self._sections else None
        return next((one for one in self._sections if one.id == key), first)

    # where something stands

    def _by_place(self) -> dict[tuple[str, str], Section]:
        found: dict[tuple[str, str], Section] = {}
        for section in self._sections:
            for place in self._look.places_of(section, self._places):
                found.setdefault((place.part_id, place.fact.field), section)
        return found

    def _of_list(self, field: str) -> Section | None:
        called = ATTENDANCE if field == self._session.subject.record.attendance else APOLOGIES
        return next((one for one in self._sections if self._look.lists.get(one.id) == called), None)

    def section_of(self, part_id: str, field: str) -> Section | None:
        """The section in which a fact that was put right stands."""
        return self._by_place().get((part_id, field)) or self._of_list(field)

    def _section_of(self, change: ChangeSince) -> tuple[str, str]:
        section = self.section_of(change.part_id, change.field)
        return (section.id, section.title) if section is not None else ("", "The meeting")

    def corrected(self) -> list[tuple[Correction, Section | None]]:
        """What no version was approved with, and where each stands."""
        by_place = self._by_place()
        since = self._now.since if self._now is not None else ()
        return [(one, by_place.get((one.part_id, one.field)) or self._of_list(one.field)) for one in since]

    def counts(self) -> dict[str, tuple[int, int]]:
        """By section: how many corrections stand in it, and how many remarks wait."""
        found: dict[str, tuple[int, int]] = {}
        for _, section in self.corrected():
            if section is not None:
                made, waiting = found.get(section.id, (0, 0))
                found[section.id] = made + 1, waiting
        for remark in self._remarks:
            if remark.waits and remark.section_id:
                made, waiting = found.get(remark.section_id, (0, 0))
                found[remark.section_id] = made, waiting + 1
        return found

    # correcting

    def is_correcting(self) -> bool:
        """Whether the fields of a section are shown."""
        return bool(self._ui.correct_button.isChecked()) and self._now is not None

    def may_correct(self) -> bool:
        """Whether this person may put the record right, and there is one."""
        return self._now is not None and bool(self._ui.correct_button.isEnabled())

    def correct(self) -> None:
        """F2: the words of the chosen section as fields, or back to the checks."""
        if not self._ui.correct_button.isChecked():
            self._came_from = self._ui.paper_frame.window().focusWidget()
        self._ui.correct_button.setChecked(not self._ui.correct_button.isChecked())
        self._turn()

    def _turn(self) -> None:
        self.show_side()
        if self.is_correcting():
            self._ui.columns.show_column_of(self.corrections)
            self.corrections.take_focus()
        else:
            self._ui.columns.show_work()
            self._go_back_to()
        self.turned.emit()

    def _go_back_to(self) -> None:
        """Where one was before the fields, unless that is gone."""
        before, self._came_from = self._came_from, None
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            focus_in_view(before)
        else:
            self.take_focus()

    def go_back(self) -> bool:
        """Escape: from the fields back to the sections; whether there was a way."""
        if not self.is_correcting():
            return False
        self.corrections.end()
        self.correct()
        return True

    def show_side(self) -> None:
        """Either the checks and what comes next, or the fields of the chosen section."""
        ui, correcting = self._ui, self.is_correcting()
        on = correcting or self._look.is_aside()
        ui.correct_button.setEnabled(self._now is not None and may_record(self._session))
        ui.correct_button.setText("Back to checks" if correcting else "Correct")
        ui.checks_title.setText("Correct" if correcting else "Checks")
        self.corrections.setVisible(correcting)
        self.panel.setVisible(not on and self._now is not None)
        for part in (ui.checks_view, ui.checks_count, *self._look.besides):
            part.setVisible(not on)
        ui.text_label.setVisible(self._shown and not on)
        ui.text_edit.setVisible(self._shown and not on)
        self._show_rail()
        self.show_fields()

    # what changed since it was read

    def is_reviewing(self) -> bool:
        """Whether this person approves, and there is a draft."""
        waits = self._now is not None and not self._now.is_approved
        return waits and may_approve(self._session, self._meeting_id)

    def _show_rail(self) -> None:
        """For whoever approves the changes in place of the sections, unless they ask for all."""
        ui = self._ui
        listed = bool(self._reading.changes) and self.is_reviewing()
        waits = self.panel.waits()
        changes = listed and self._shown and not self._all_sections and waits and not self.is_correcting()
        told = self.is_reviewing() and waits and self._shown
        self.review.setVisible(told and (changes or not listed))
        self.review.setMaximumHeight(16777215 if changes else current().px(48))
        was_here = ui.sections_view.hasFocus()
        ui.sections_view.setVisible(not changes)
        if was_here and changes:
            self.review.take_focus()
        self.rail_button.setVisible(listed and waits and not self.is_correcting())
        count = len(self._reading.changes)
        self.rail_button.setText("All sections" if changes else f"What changed: {count}")
        ui.sections_title.setText("What changed" if changes else "Sections")
        ui.sections_caption.setText(str(count) if changes else "page")

    def _turn_rail(self) -> None:
        self._all_sections = not self._all_sections
        self._show_rail()
        self.take_focus()

    def take_focus(self) -> None:
        """Where one goes on: the changes, or the sections."""
        if self.review.isHidden() or not self.review.take_focus():
            self._ui.sections_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self, *, is_read: bool) -> None:
        """The page is left. `is_read`: every page was seen, or every change was listed; so it counts as read."""
        self.corrections.end()
        self.panel.forget()
        self._read_of = b""
        listed = self._reading.mark is not None and self._shown
        if self.is_reviewing() and (is_read or listed):
            with suppress(Refused):
                review.mark_read(self._session, self._meeting_id)

    # keys

    def press_next(self) -> None:
        """Take the record the next step on; whatever it refuses stands there. Beside the fields: save them."""
        if self.is_correcting():
            self.corrections.save()
            return
        self._ui.columns.show_column_of(self.panel)
        self.panel.press()

    def has_next(self) -> bool:
        """Whether this person can take the record one step on, or save what they correct."""
        return self.is_correcting() or self.panel.has_next()

    def next_words(self) -> str:
        """What Ctrl+Enter does, for the strip."""
        return "save" if self.is_correcting() else self.panel.next_words()

    def send_back(self) -> None:
        """The note with which the draft goes back."""
        self._ui.columns.show_column_of(self.panel)
        self.panel.ask_back()

    def may_send_back(self) -> bool:
        """Whether the draft waits for this person."""
        return self.panel.may_send_back() and not self.is_correcting()

    def accept_remark(self) -> None:
        """The first remark on the section that waits."""
        self.corrections.remarks.accept_first()

    def has_remark(self) -> bool:
        """Whether one waits here."""
        return self.is_correcting() and self.corrections.remarks.waits()
