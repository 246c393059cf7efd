"""The open cases flagged as repeat victim: how often and since when, whether the victim was told of the right to a
review, noted here by one key, and what is next."""

from PySide6.QtCore import Qt

from csp_desktop._built.ui_repeat_victims import Ui_RepeatVictims
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.common.users import Duty
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.cases.case_entry import mark_review_told
from csp_desktop.services.cases.repeat_victims import RepeatVictim, repeat_victims
from csp_desktop.services.cases.search import reference_of

TOLD = Action(
    "the victim was told of the right to a review", ("T",), "_tell", on="victims_view", when="_may_tell", strip="told"
)


def entries(rows: tuple[RepeatVictim, ...]) -> list[Entry]:
    """Those not told and those told under a heading each: where, since when and how often, the rating, what is next."""
    found: list[Entry] = []
    for told, heading in ((False, "Not told of the right to a review"), (True, "Told")):
        of_these = [row for row in rows if row.told is told]
        if of_these:
            found.append(Entry("", heading, caption=str(len(of_these)), heading=True))
        found += [_entry(row) for row in of_these]
    return found


def _entry(row: RepeatVictim) -> Entry:
    case, band = row.case, row.case.band.value if row.case.band else "Not rated"
    return Entry(
        case.id,
        f"{reference_of(case)}, {case.location or case.title.split(':')[0]}",
        f"{band} · {row.brief} · {row.next_words[0]}",
        pill=row.told_words,
        pill_tone=Tone.LOW if row.told else Tone.MEDIUM,
        rating="–" if case.total is None else str(case.total),
        rating_tone=BAND_TONES[case.band],
    )


class RepeatVictimsPage(Page):
    """Entered with a case's id, or with nothing. Leads to "case" and "cases"."""

    NEEDS_ROOM = True

    ACTIONS = (*called(CHOOSE, "choose a case", "case"), OPEN.called("open the case", "open"), TOLD, UNDO, BACK, HELP)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._session = context.session
        self._rows: tuple[RepeatVictim, ...] = ()
        self._shown_id = ""
        self._ui = ui = Ui_RepeatVictims()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="repeat victims", side="the case")
        ui.columns.set_widths(Column.SIDE, 430, 400)
        ui.victims_view.set_flush(True)
        ui.victims_view.set_wrapping(True)
        ui.victims_view.setMinimumHeight(current().px(120))
        ui.empty_state.set_content(
            "No repeat victims",
            "A case is flagged in Safety Net, or on its own page. Those that are open are listed here.",
            icon="user-check",
        )
        ui.nobody_empty.set_content("No case chosen", "Choose one in the list.", icon="user-check")
        ui.review_right.set_session(self._session)
        ui.victims_view.current_moved.connect(self._open)
        ui.victims_view.chosen.connect(lambda key: self.navigate.emit("case", key))
        ui.case_button.clicked.connect(lambda: self.navigate.emit("case", self._shown_id))
        ui.all_button.clicked.connect(lambda: self.navigate.emit("cases", None))
        ui.review_right.changed.connect(self._noted)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("cases", "meeting", "actions", "settings")

    def entered(self, argument: object = None) -> None:
        """All of them, the one asked for or the first in hand."""
        self._ui.done_bar.dismiss()
        self._shown_id = argument if isinstance(argument, str) else ""
        self.refresh()
        (self._ui.victims_view if self._rows else self._ui.all_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Nothing of a case stays behind another page."""
        ui = self._ui
        self._rows = ()
        ui.victims_view.set_entries([])
        for label in (ui.case_label, ui.facts_label, ui.next_label):
            label.clear()
        ui.side_stack.setCurrentWidget(ui.nobody_page)

    def refresh(self) -> None:
        """Read it all anew; the case in hand stays."""
        ui = self._ui
        self._rows = repeat_victims(self._session)
        untold = sum(not row.told for row in self._rows)
        words = count_of(len(self._rows), "open case", "open cases")
        ui.count_label.setText(f"{words}, {untold} not told of the right to a review" if untold else words)
        ui.victims_view.set_entries(entries(self._rows))
        ui.list_frame.setVisible(bool(self._rows))
        ui.empty_state.setVisible(not self._rows)
        ui.hint_label.setVisible(bool(self._rows))
        if self._row() is None:
            self._shown_id = self._rows[0].case.id if self._rows else ""
        ui.victims_view.set_current(self._shown_id)
        self._show()
        self.bar_changed.emit()

    def _row(self) -> RepeatVictim | None:
        return next((row for row in self._rows if row.case.id == self._shown_id), None)

    def _open(self, key: str) -> None:
        """The row one stands on."""
        if key and key != self._shown_id:
            self._shown_id = key
            self._show()

    def _show(self) -> None:
        ui, row = self._ui, self._row()
        ui.side_stack.setCurrentWidget(ui.case_page if row is not None else ui.nobody_page)
        if row is None:
            return
        case, often = row.case, row.often_words
        ui.case_label.setText(f"{reference_of(case)}: {case.title}")
        named = ", ".join(filter(None, (case.subject_type.value, case.initials, case.lead_officer or case.lead_agency)))
        opened = f"{case.status.value}, created {screen_day(case.created_on, row.today)}"
        ui.facts_label.setText(f"{named}.\n{row.since_words}.\n{often[:1].upper()}{often[1:]}.\n{opened}.")
        ui.review_right.show_case(case, row.today)
        ui.review_right.setEnabled(self._may_work())
        ui.next_label.setText("\n".join(f"{line}." for line in row.next_words))

    def _may_work(self) -> bool:
        return self._session.may(Duty.WORK_CASES)

    def _may_tell(self) -> bool:
        return self._row() is not None and self._may_work()

    def _tell(self) -> None:
        """T: told today, by whoever is signed in; of one told already, the day and by whom can be corrected."""
        ui, row = self._ui, self._row()
        assert row is not None
        if row.told:
            if ui.columns.is_single():
                ui.columns.bring(Column.SIDE)
            ui.review_right.day_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        waiting = [one.case.id for one in self._rows if not one.told]
        at = waiting.index(self._shown_id)
        following = [*waiting[at + 1 :], *waiting[:at], self._shown_id][0]
        try:
            mark_review_told(self._session, self._shown_id, self._session.today)
        except Refused as refusal:
            ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._shown_id = following
        self._noted(f"{reference_of(row.case)}: told of the right to a review")
        ui.victims_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _noted(self, words: str) -> None:
        self.refresh()
        self._context.changes.tell("cases")
        self._ui.done_bar.say(words, "")

    def go_back(self) -> None:
        """Escape: from the side to the list first, then back."""
        if self._ui.side_frame.isAncestorOf(self.focusWidget()) and self._rows:
            self._ui.victims_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """How many wait to be told."""
        untold = sum(not row.told for row in self._rows)
        return BarState("Repeat victims", icon="user-check", headline=f"{untold} not told" if untold else "")

    def strip_text(self) -> str:
        """Where the list comes from."""
        return "Flagged in Safety Net, or on the page of the case."
