"""Reviewing actions: round the table in a meeting, the same list with filters between meetings."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from csp_desktop._built.ui_actions import Ui_Actions
from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import clock_seconds, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.meeting.actions import Action, ActionKind, Answer, owner_words
from csp_desktop.domain.minutes.protection import shown
from csp_desktop.gui.meeting.live_bar import keep_time, meeting_bar
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.answer_panel import ANSWERS, WITH_POWER, Given
from csp_desktop.gui.widgets.charts import Bar, Share
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState, Segment, SegmentState
from csp_desktop.gui.widgets.reason_field import REASONS
from csp_desktop.gui.widgets.reviews import LineGroup, LineWords
from csp_desktop.gui.window.actions import CHOOSE, GO_ON, HELP, UNDO, called
from csp_desktop.gui.window.actions import Action as KeyAction
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.services.meeting.action_review import (
    WHAT_CHANGED,
    WHY_NOT,
    Due,
    OfficerRow,
    ReviewRow,
    RoundTable,
    Show,
    round_table,
)
from csp_desktop.services.meeting.actions import answer_action, change_action

_TONES = {
    Answer.DONE: Tone.LOW,
    Answer.NOT_DONE: Tone.HIGH,
    Answer.CARRY_ON: Tone.MEDIUM,
    Answer.NO_LONGER_POSSIBLE: Tone.NEUTRAL,
}
_ICONS = {
    Answer.DONE: "check",
    Answer.NOT_DONE: "x",
    Answer.CARRY_ON: "arrow-right",
    Answer.NO_LONGER_POSSIBLE: "minus",
}
_GROUPS = {
    Due.LATE: ("most overdue first", "triangle-alert", Tone.HIGH),
    Due.NOW: ("", "calendar", Tone.NEUTRAL),
    Due.LATER: ("review if there is an update", "calendar-clock", Tone.NEUTRAL),
    Due.UNDATED: ("give each a date", "circle-help", Tone.NEUTRAL),
}


def officer_entries(table: RoundTable) -> list[Entry]:
    """The rail: agencies as headings, their officers beneath, each with what is still to ask."""
    entries: list[Entry] = []
    agency = ""
    for row in table.officers:
        if row.agency != agency or not entries:
            agency = row.agency
            entries.append(Entry("", agency or "No agency", heading=True))
        done = row.to_ask == 0
        entries.append(
            Entry(
                row.officer.id,
                row.officer.name,
                person=row.officer.name,
                group=row.officer.agency_id,
                caption="done" if done else str(row.to_ask),
                tone=Tone.LOW if done else Tone.NEUTRAL,
                caption_icon="circle-check" if done else "",
                pill=f"{row.late} overdue" if row.late else "",
                pill_tone=Tone.HIGH,
                dim=done,
            )
        )
    return entries


def finished_words(table: RoundTable) -> str:
    """Who has nothing left to answer."""
    names = [row.officer.name for row in table.officers if not row.to_ask]
    if not names:
        return ""
    more = f" and {len(names) - 4} others" if len(names) > 4 else ""
    return f"Nothing left to review: {', '.join(names[:4])}{more}"


def line_groups(rows: tuple[ReviewRow, ...], on: date, officer_id: str) -> tuple[LineGroup, ...]:
    """One officer's rows under their headings."""
    groups = []
    for due in Due:
        mine = tuple(_line(row, on, officer_id) for row in rows if row.group is due)
        if mine:
            caption, icon, tone = _GROUPS[due]
            caption = screen_day(on, on) if due is Due.NOW else caption
            groups.append(LineGroup(f"{due.value}  {len(mine)}", caption, icon, tone, mine))
    return tuple(groups)


def _others(row: ReviewRow, officer_id: str) -> str:
    """Who leads what this officer is with, and who is with them: 'PS Dan Holt leads, with Ewa Łukasik'."""
    if not row.beside:
        return ""
    others = [one.name for one in row.beside if one.id != officer_id]
    return owner_words("" if row.officer.id == officer_id else f"{row.officer.name} leads", others).removeprefix(", ")


def _line(row: ReviewRow, today: date, officer_id: str) -> LineWords:
    words, tone = _answer(row, today)
    repeated = row.times if row.times and not row.days_late else ""
    late = overdue_words(row.days_late) or repeated
    return LineWords(
        key=row.action.id,
        reference=row.reference,
        what=row.action.what,
        about=", ".join(
            part
            for part in (row.factor, row.about, _others(row, officer_id), row.times if row.days_late else "")
            if part
        ),
        late=late,
        late_tone=Tone.HIGH if row.days_late else Tone.MEDIUM,
        due=screen_day(row.due, today) if row.due else "",
        answer=words,
        answer_tone=tone,
    )


def _answer(row: ReviewRow, today: date) -> tuple[str, Tone]:
    if row.answer is None:
        return "", Tone.NEUTRAL
    given = row.answer.answer
    words = {Answer.NO_LONGER_POSSIBLE: "Not possible"}.get(given, given.value.capitalize())
    if given is Answer.CARRY_ON and row.answer.due_after:
        words = f"To {screen_day(row.answer.due_after, today)}"
    return words, _TONES[given]


def shares(table: RoundTable) -> list[Share]:
    """How the answers divide."""
    found = [Share(table.count(answer), answer.value, _TONES[answer]) for answer in Answer]
    found[-1] = Share(found[-1].count, "no longer possible", Tone.ACCENT)
    left = Share(len(table.rows) - table.answered, "to go", Tone.NEUTRAL)
    return [*(share for share in found if share.count), left]


def latest_entries(table: RoundTable) -> tuple[list[Entry], list[Entry]]:
    """What was answered last, and what was carried on before, most often first."""
    latest = [
        Entry(
            row.action.id,
            row.action.what,
            icon=_ICONS[row.answer.answer],
            caption=clock_seconds(row.answer.at),
        )
        for row in table.latest()
        if row.answer
    ]
    carried = [
        Entry(
            row.action.id,
            row.action.what,
            person=row.officer.name,
            group=row.officer.agency_id,
            caption=row.times,
            tone=Tone.MEDIUM,
        )
        for row in table.carried_more
    ]
    return latest, carried


_ANSWERS = {action.shown: Answer(action.given) for action in ANSWERS}
_TICKS = {True: SegmentState.AHEAD, False: SegmentState.DONE}


KIND = KeyAction("its kind", ("K",), "_next_kind", on="review_view", strip="kind")
POWER = KeyAction("its legal power", ("P",), "_to_power", on="review_view", strip="power")
NEXT_OFFICER = KeyAction("next officer", GO_ON.keys, "_next", strip="next officer")
BY_LETTER = tuple(action._replace(do="_choose", given=action.shown, on="review_view") for action in ANSWERS)


class ActionsPage(Page):
    """Entered with a meeting's id it asks round the table and leads back to the agenda; without one it is the list."""

    ACTIONS = (
        *BY_LETTER,
        *REASONS,
        KIND,
        POWER,
        *called(CHOOSE, "choose an action", "action"),
        NEXT_OFFICER,
        UNDO,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._meeting_id, self._officer_id, self._action_id = "", "", ""
        self._table: RoundTable | None = None
        self._ui = Ui_Actions()
        self._ui.setupUi(self)
        self._ui.columns.set_columns(self._ui.table_frame, self._ui.review_frame, self._ui.all_frame)
        self._ui.columns.set_names(rail="actions by officer", work="choose officer", side="all actions")
        panel, work = self._ui.review_view.panel, context.session.work
        self._power = SavedField(panel.power_edit, panel.power_error, work, Action, "power", self._name_power)
        self._prepare_parts()
        self._connect()

    def _prepare_parts(self) -> None:
        ui = self._ui
        for show in Show:
            ui.show_combo.addItem(show.value, show)
        ui.officer_avatar.set_size(60)
        ui.next_avatar.set_size(40)
        ui.officer_number.set_size(34)
        ui.all_number.set_size(56)
        ui.next_button.set_height(52)
        ui.next_button.set_key(NEXT_OFFICER.shown)
        layout = ui.card_frame.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretch(0, 1)

    def _connect(self) -> None:
        ui = self._ui
        ui.officers_view.current_moved.connect(self._turn_to)
        ui.officers_view.chosen.connect(self._take_officer)
        ui.show_combo.currentIndexChanged.connect(lambda _: self.refresh())
        ui.review_view.opened.connect(self._open)
        ui.review_view.pressed.connect(self._press)
        ui.review_view.panel.given.connect(self._answer)
        ui.review_view.panel.resumed.connect(self._find)
        ui.review_view.panel.kind_chosen.connect(self._set_kind)
        self._power.saved.connect(lambda: self._changed("Legal power changed"))
        ui.review_view.panel.power_edit.returnPressed.connect(self._end_power)
        ui.done_bar.undo_asked.connect(self.undo)
        ui.empty_state.pressed.connect(lambda: self.navigate.emit("import_actions", None))
        ui.next_button.clicked.connect(self._next)
        ui.latest_view.chosen.connect(self._find)
        ui.carried_view.chosen.connect(self._find)
        keep_time(self)
        self.follow("actions", "meeting", "people", "cases")

    def entered(self, argument: object = None) -> None:
        """A meeting's id, or nothing between meetings."""
        self._meeting_id = argument if isinstance(argument, str) else ""
        self._officer_id = self._action_id = ""
        self._ui.done_bar.dismiss()
        self.refresh()
        self._ui.review_view.focus_row()

    def left(self) -> None:
        """A half answer is not given, but comes back with its action. A power half typed is kept."""
        self._power.end()
        self._ui.review_view.panel.put_by()

    def refresh(self) -> None:
        """Read the whole list again; the officer and the row in hand stay."""
        show = self._ui.show_combo.currentData() or Show.ALL
        table = self._table = round_table(self._context.session, self._meeting_id, show)
        ids = [row.officer.id for row in table.officers]
        if self._officer_id not in ids:
            self._officer_id = next((r.officer.id for r in table.officers if r.to_ask), ids[0] if ids else "")
        self._ui.officers_view.set_entries(officer_entries(table))
        self._ui.officers_view.set_current(self._officer_id)
        self._ui.finished_label.setText(finished_words(table))
        self._ui.finished_label.setVisible(bool(finished_words(table)))
        self._show_officer()
        self._show_all()
        self.bar_changed.emit()

    def _show_officer(self) -> None:
        ui, officer = self._ui, self._officer()
        for part in (
            ui.officer_avatar,
            ui.speaking_label,
            ui.agency_label,
            ui.officer_label,
            ui.officer_number,
            ui.officer_caption,
            ui.card_frame,
        ):
            part.setVisible(officer is not None)
        ui.empty_state.setVisible(officer is None)
        if officer is None or self._table is None:
            self._show_nothing()
            return
        rows = self._table.of(officer.officer.id)
        ui.officer_avatar.set_person(officer.officer.name, officer.officer.agency_id, officer.officer.initials)
        asked = "Current officer" if officer.here else "Not here"
        ui.speaking_label.setText(asked if self._meeting_id else "Actions of")
        ui.agency_label.setText(officer.agency)
        ui.officer_label.setText(officer.officer.name)
        ui.officer_number.set_number(str(officer.total - officer.to_ask), f"of {officer.total}")
        if self._action_id not in [row.action.id for row in rows]:
            self._action_id = next((r.action.id for r in rows if r.answer is None), rows[0].action.id)
        ui.review_view.set_groups(line_groups(rows, self._table.on, self._officer_id), self._action_id)
        self._open_panel()

    def _show_nothing(self) -> None:
        self._ui.review_view.set_groups((), "")
        narrowed = self._ui.show_combo.currentData() is not Show.ALL
        words = "Show all to see the others." if narrowed else "Actions agreed at a meeting are reviewed at the next."
        button = "" if narrowed or self._meeting_id else "&Import open actions"
        self._ui.empty_state.set_content("No actions to review", words, button, icon="list-checks")

    def _show_all(self) -> None:
        ui, table = self._ui, self._table
        if table is None:
            return
        ui.from_label.setText(
            f"since {screen_day(table.from_on, self._context.session.today)}" if table.from_on else ""
        )
        ui.all_number.set_number(str(table.answered), f"of {len(table.rows)} reviewed")
        ui.all_bar.set_shares(shares(table))
        most = max((count for _, count in table.reasons), default=1)
        ui.why_list.set_bars([Bar(words, str(count), count / most) for words, count in table.reasons])
        for part in (ui.why_title, ui.why_caption, ui.why_list):
            part.setVisible(bool(table.reasons))
        latest, carried = latest_entries(table)
        ui.latest_view.set_entries(latest)
        ui.carried_view.set_entries(carried)
        ui.latest_title.setVisible(bool(latest))
        ui.latest_view.setVisible(bool(latest))
        ui.latest_view.setFixedHeight(ui.latest_view.content_height() + 2)
        ui.carried_count.setText(str(len(table.carried_more)) if table.carried_more else "none")
        self._show_next()

    def _show_next(self) -> None:
        ui, following = self._ui, self._following()
        ui.next_card.setVisible(following is not None)
        if following is not None:
            ui.next_avatar.set_person(following.officer.name, following.officer.agency_id, following.officer.initials)
            ui.next_label.setText(f"Next: {following.officer.name}")
            late = f", {following.late} overdue" if following.late else ", none overdue"
            ui.next_caption.setText(f"{following.to_ask} to review{late}")
            ui.next_button.setText("&Next officer")
        else:
            ui.next_button.setText("&Back to the agenda")
        ui.next_button.setVisible(following is not None or bool(self._meeting_id))

    def _officer(self) -> OfficerRow | None:
        rows = self._table.officers if self._table else ()
        return next((row for row in rows if row.officer.id == self._officer_id), None)

    def _following(self) -> OfficerRow | None:
        """The next one round the table who has something to answer; those passed over come at the end."""
        rows = list(self._table.officers) if self._table else []
        at = next((n for n, row in enumerate(rows) if row.officer.id == self._officer_id), -1)
        return next((row for row in (*rows[at + 1 :], *rows[: max(at, 0)]) if row.to_ask), None)

    def _row(self) -> ReviewRow | None:
        rows = self._table.rows if self._table else ()
        return next((row for row in rows if row.action.id == self._action_id), None)

    def _open_panel(self) -> None:
        row = self._row()
        if row is None or self._table is None:
            return
        panel, action = self._ui.review_view.panel, row.action
        history = ". ".join(filter(None, (row.history, row.factor)))
        usual = (WHY_NOT[:-1], WHAT_CHANGED[:-1])  # any other reason is typed
        panel.open_for(action.id, history, *usual, screen_day(self._table.propose_due, self._context.session.today))
        panel.show_kind(action.kind.value.capitalize())
        self._power.show(action.id, action.power)

    def _set_kind(self, words: str) -> None:
        row, kind = self._row(), ActionKind(words.lower())
        if row is not None and row.action.kind is not kind:
            change_action(self._context.session, row.action.id, kind=kind)
            self._changed(f"Now {kind.value}: {shown(row.action.what)}")

    def _end_power(self) -> None:
        """Enter: back to the row, where the letters answer; a power refused is put right first."""
        if self._power.end():
            self._ui.review_view.focus_row()

    def _name_power(self, power: str) -> None:
        row = self._row()
        if row is not None:
            change_action(self._context.session, row.action.id, power=power)

    def _changed(self, words: str) -> None:
        self._ui.done_bar.say(words)
        self._context.changes.tell("actions")

    def _turn_to(self, officer_id: str) -> None:
        if officer_id and officer_id != self._officer_id:
            self._officer_id, self._action_id = officer_id, ""
            self._show_officer()
            self._show_next()
            self.bar_changed.emit()

    def _take_officer(self, officer_id: str) -> None:
        self._turn_to(officer_id)
        self._ui.review_view.focus_row()

    def _open(self, action_id: str) -> None:
        self._action_id = action_id
        self._ui.review_view.open_row(action_id)
        self._open_panel()

    def _press(self, action_id: str, letter: str) -> None:
        """A letter of a row pressed with the mouse."""
        if action_id != self._action_id:
            self._open(action_id)
        self._choose(letter)

    def _choose(self, letter: str) -> None:
        self._ui.review_view.panel.choose(letter)

    def _next_kind(self) -> None:
        self._ui.review_view.panel.next_kind()

    def _to_power(self) -> None:
        panel = self._ui.review_view.panel
        self._set_kind(WITH_POWER)
        panel.power_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ui.review_view.ensureWidgetVisible(panel.power_edit)

    def _answer(self, given: Given) -> None:
        row, table = self._row(), self._table
        if row is None or table is None:
            return
        answer = _ANSWERS[given.letter]
        due = None
        if answer is Answer.CARRY_ON:
            due = read_day(given.day, table.on) if given.day.strip() else table.propose_due
            if due is None:
                how = "Type the date as 17 dec, 17/12 or fri."
                self._ui.review_view.panel.refuse(day_problem(given.day, table.on, how))
                return
        try:
            answer_action(
                self._context.session, row.action.id, answer, reason=given.words, due=due, meeting_id=self._meeting_id
            )
        except Refused as refusal:
            self._ui.review_view.panel.refuse(refusal.sentence)
            return
        self._ui.review_view.panel.clear()
        self._said(row, answer, screen_day(due, self._context.session.today) if due else "")
        self._go_on(row)
        self._context.changes.tell("actions")

    def _said(self, row: ReviewRow, answer: Answer, until: str) -> None:
        words = f"{answer.value.capitalize()}{f' to {until}' if until else ''}"
        tone = Tone.LOW if answer is Answer.DONE else Tone.MEDIUM
        self._ui.done_bar.say(words, f"{row.who}: {shown(row.action.what)}", tone=tone)

    def _go_on(self, answered: ReviewRow) -> None:
        """To the next row of this officer without an answer."""
        rows = self._table.of(self._officer_id) if self._table else ()
        ids = [row.action.id for row in rows]
        at = ids.index(answered.action.id) if answered.action.id in ids else 0
        waiting = [row for row in (*rows[at + 1 :], *rows[:at]) if row.answer is None]
        if waiting:
            self._action_id = waiting[0].action.id
        self.refresh()
        self._ui.review_view.focus_row()

    def focus_gone(self) -> None:
        """The rows are made anew."""
        self._ui.review_view.focus_row()

    def _next(self) -> None:
        following = self._following()
        if following is not None:
            self._ui.officers_view.set_current(following.officer.id)
            self._take_officer(following.officer.id)
        elif self._meeting_id:
            self.navigate.emit("live", self._meeting_id)

    def _find(self, action_id: str) -> None:
        row = next((r for r in self._table.rows if r.action.id == action_id), None) if self._table else None
        if row is not None:
            if self._officer_id not in row.action.owner_ids:
                self._officer_id = row.officer.id
            self._action_id = action_id
            self.refresh()
            self._ui.review_view.focus_row()

    def bar_state(self) -> BarState:
        """Which officer of how many; the meeting's own figures when there is one."""
        rows = self._table.officers if self._table else ()
        at = next((n for n, row in enumerate(rows) if row.officer.id == self._officer_id), 0)
        if not self._meeting_id:
            waiting = [row for row in self._table.rows if row.answer is None] if self._table else []
            late, open_now = sum(row.days_late > 0 for row in waiting), len(waiting)
            words = (
                f"{_count(open_now, 'open action')} of {_count(len(rows), 'officer')}"
                if open_now
                else "No open actions"
            )
            return BarState(
                "Actions", f"{late} overdue" if late else "None overdue", icon="list-checks", headline=words
            )
        headline = f"Matters arising: officer {at + 1} of {len(rows)}" if rows else "Matters arising"
        states = [SegmentState.CURRENT if n == at else _TICKS[row.to_ask > 0] for n, row in enumerate(rows)]
        ticks = tuple(Segment(state, row.total) for state, row in zip(states, rows, strict=True))
        return meeting_bar(self._context.session, self._meeting_id, headline, ticks)

    def strip_word(self, action: KeyAction) -> str:
        """After the last officer, back to the agenda."""
        if action is not NEXT_OFFICER or self._following():
            return action.strip
        return "agenda" if self._meeting_id else ""

    def strip_text(self) -> str:
        """No button saves."""
        return "Each outcome is saved straight away."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
