"""The left column of Prepare and its rows: apart from the page, for they know nothing of what one does to the agenda.

Each field is saved at once or refused at its place.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLabel, QWidget

from csp_desktop._built.ui_prepare import Ui_Prepare
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.absences import Gap
from csp_desktop.domain.meeting.agenda import Presentation
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting
from csp_desktop.domain.people.agencies import Standing
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.badges import BAND_TONES, Trend
from csp_desktop.gui.widgets.charts import Bar
from csp_desktop.gui.widgets.check_list import CheckLine
from csp_desktop.gui.widgets.containers import reveal
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.meeting_figures import until_figure
from csp_desktop.gui.widgets.person_picker import PersonPicker
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.widgets.slot_time import slot_words, spare_words
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.gui.window.when_form import When, WhenForm
from csp_desktop.services.meeting.absences import Absences, candidates, choose_stand_in
from csp_desktop.services.meeting.agenda import (
    CheckKind,
    ExpectedRow,
    ItemRow,
    MeetingPlan,
    Preparation,
    TurnRow,
    change_meeting,
    roles_left,
)
from csp_desktop.services.meeting.agenda_items import OwnItem, change_item
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.meeting.walk_order import OrderBy
from csp_desktop.services.session import Session


class MeetingForm(WhenForm):
    """When it is, who chairs it and who takes the minutes."""

    def __init__(self, ui: Ui_Prepare, session: Session, changed: Callable[[], None]) -> None:
        super().__init__(ui, session, self._change, changed)
        self._ui = ui
        for combo in (ui.chair_field, ui.taker_field):
            combo.activated.connect(self._choose)

    def plan_of(self, when: When) -> MeetingPlan:
        """With the chair and the minute-taker chosen."""
        chair, taker = (combo.currentData() or "" for combo in (self._ui.chair_field, self._ui.taker_field))
        return MeetingPlan(when.on, when.starts, when.ends, when.venue, chair, taker)

    def show_plan(self, plan: MeetingPlan, people: Sequence[ExpectedRow], meeting: Meeting | None) -> None:
        """Fill the fields; one that is being typed in, or refused, stays as it is."""
        ui = self._ui
        for combo, chosen in ((ui.chair_field, plan.chair_id), (ui.taker_field, plan.minute_taker_id)):
            fill_people(combo, people, chosen)
        self.show_when(When(plan.on, plan.starts, plan.ends, plan.venue), meeting)
        ui.roles_sign.set_words("" if meeting else roles_left(plan))

    def _change(self, when: When) -> None:
        if self._meeting is not None:
            change_meeting(self._session, self._meeting.id, self.plan_of(when))

    def _choose(self) -> None:
        """One of the two was chosen by hand."""
        ui = self._ui
        if self._meeting is None:
            fields = (("chair", ui.chair_field), ("minute-taker", ui.taker_field))
            left = " and ".join(role for role, field in fields if not field.currentData())
            ui.roles_sign.set_words(f"Still to choose: {left}." if left else "")
        self.save_changes(besides=True)


def fill_people(combo: QComboBox, people: Sequence[ExpectedRow], chosen: str, nobody: str = "Nobody yet") -> None:
    """Everyone by agency, with nobody first; the agency stands with a name only where two people share it."""
    names = [row.member.name for row in people]
    wanted = [(nobody, "")]
    for row in people:
        shared = names.count(row.member.name) > 1
        wanted.append((f"{row.member.name}, {row.agency_name}" if shared else row.member.name, row.member.id))
    if [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())] != wanted:
        combo.clear()
        for words, member_id in wanted:
            combo.addItem(words, member_id)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))


_FIXES = {
    CheckKind.CASES: "Import",
    CheckKind.TITLES: "Confirm all",
    CheckKind.ROLES: "Choose",
    CheckKind.EXPECTED: "Choose",
    CheckKind.CLAUSES: "Open",
    CheckKind.ITEMS: "Add",
}


def agenda_rows(prepared: Preparation) -> list[AgendaRow]:
    """Every item, and under the cases each case of the walk."""
    rows: list[AgendaRow] = []
    for number, item in enumerate(prepared.items, 1):
        cases = item.item.kind is ItemKind.CASES
        rows.append(
            AgendaRow(
                RowKind.ITEM,
                item.item.id,
                item.item.title,
                item.minutes,
                begins=clock(item.begins),
                number=str(number),
                detail=item.detail,
                movable=item.item.kind is not ItemKind.CONFIDENTIALITY,
                adjustable=not cases,
                renamable=True,
                badge="Added item" if item.item.kind is ItemKind.OWN else "",
            )
        )
        if cases:
            rows += _case_rows(prepared)
    return rows


def _case_rows(prepared: Preparation) -> list[AgendaRow]:
    """In the order of the walk the broken promises have a heading of their own; in any other order there is one."""
    if not prepared.turns:
        return []
    by = prepared.ordered_by
    if by is None or by not in _PARTED:
        words = f"By {by.value}" if by else "In your own order"
        return [_heading(words, prepared.turns), *(_case_row(row) for row in prepared.turns)]
    rows = []
    stands_first, first, then = _PARTED[by]
    for is_first, group in groupby(prepared.turns, key=stands_first):
        turns = list(group)
        rows += [_heading(first if is_first else then, turns), *(_case_row(row) for row in turns)]
    return rows


def _is_broken(row: TurnRow) -> bool:
    return row.candidate is not None and row.candidate.promise.state is PromiseState.BROKEN


_PARTED: dict[OrderBy, tuple[Callable[[TurnRow], bool], str, str]] = {
    OrderBy.PROMISE: (
        _is_broken,
        "Overdue cases, most overdue first",
        "Other cases: due, deferred twice, by risk level, oldest first",
    ),
    OrderBy.EARLY: (lambda row: row.early, "Agency may leave early", "The others, in the usual order"),
}


def _heading(words: str, turns: Sequence[TurnRow]) -> AgendaRow:
    minutes = sum(row.turn.planned_minutes for row in turns if not row.turn.propose_defer)
    return AgendaRow(RowKind.GROUP, "", words, minutes, detail="1 case" if len(turns) == 1 else f"{len(turns)} cases")


def _case_row(row: TurnRow) -> AgendaRow:
    state = row.candidate.promise.state if row.candidate else PromiseState.KEPT
    tone = {PromiseState.BROKEN: Tone.HIGH, PromiseState.DUE: Tone.MEDIUM}.get(state, Tone.NEUTRAL)
    reason = row.candidate.why if row.candidate else "Closed in the meantime"
    said = [reason, *(sign.words for sign in row.stale)]
    if row.turn.reason_to_defer:
        reason = f"Deferred again: {row.turn.reason_to_defer}"
    elif row.early:
        reason = f"{row.case.lead_agency} may leave early"
    elif row.stale and tone is Tone.NEUTRAL:  # nothing presses: a rating that may no longer hold says more than its age
        reason, tone = row.stale[0].words, Tone.MEDIUM
    return AgendaRow(
        RowKind.CASE,
        row.turn.id,
        row.case.title,
        row.turn.planned_minutes,
        reason=reason,
        reason_tone=tone,
        more=". ".join(part for part in said if part != reason),
        rating="–" if row.case.total is None else str(row.case.total),
        rating_word=row.case.band.value if row.case.band else "not rated",
        rating_tone=BAND_TONES[row.case.band],
        trend=_trend(row),
        reference=row.case.reference or "no reference yet",
        room_title=row.turn.room_title,
        confirmed=row.turn.room_title_confirmed,
        deferred=row.turn.propose_defer,
        movable=True,
        adjustable=not row.turn.propose_defer,
    )


def _trend(row: TurnRow) -> Trend:
    if row.total_before is None or row.case.total is None:
        return Trend.NONE
    if row.case.total == row.total_before:
        return Trend.FLAT
    return Trend.UP if row.case.total > row.total_before else Trend.DOWN


def expected_entries(rows: Sequence[ExpectedRow]) -> list[Entry]:
    """The group's members, then those who come now and then."""
    entries: list[Entry] = []
    for standing, words in ((Standing.STANDING, "Members"), (Standing.OCCASIONAL, "Occasional attendees")):
        people = [row for row in rows if row.member.standing is standing]
        if people:
            there = sum(row.expected for row in people)
            entries.append(Entry("", words, caption=f"{there} of {len(people)}", heading=True))
        entries += [_person(row) for row in people]
    return entries


def _person(row: ExpectedRow) -> Entry:
    return Entry(
        row.member.id,
        row.member.name,
        row.agency_name,
        mark=EntryMark.DONE if row.expected else EntryMark.AHEAD,
        person=row.member.name,
        group=row.member.agency_id,
        pill="Apologies" if row.apology else "",
        pill_tone=Tone.MEDIUM,
        dim=not row.expected,
    )


def prepare_bar(prepared: Preparation, today: date) -> BarState:
    """The minutes planned against the slot, item by item."""
    meeting, spare = prepared.meeting, prepared.spare_minutes
    segments = [
        Segment(SegmentState.GOAL if row.item.kind is ItemKind.CASES else SegmentState.DONE, row.minutes)
        for row in prepared.items
        if row.minutes
    ]
    if spare > 0:
        segments.append(Segment(SegmentState.AHEAD, spare))
    coming = sum(row.expected and not row.apology for row in prepared.expected)
    return BarState(
        title="Prepare agenda",
        subtitle=f"CPG, {slot_words(meeting, today)}",
        headline=f"{prepared.planned_minutes} of {prepared.slot_minutes} min planned",
        segments=tuple(segments),
        notes=(BarNote(spare_words(spare), amber=spare < 0),),
        figures=(
            Figure("layers", str(len(prepared.turns)), "cases"),
            Figure("user-check", str(coming), "expected"),
            until_figure(meeting.on, today, "the meeting"),
        ),
    )


def time_bars(prepared: Preparation) -> list[Bar]:
    """Where the minutes go."""
    staying = [row for row in prepared.turns if not row.turn.propose_defer]
    broken = sum(row.turn.planned_minutes for row in staying if _is_broken(row))
    cases = sum(row.turn.planned_minutes for row in staying)
    whole = max(1, prepared.planned_minutes, prepared.slot_minutes)
    parts = (
        ("Overdue cases", broken, Tone.HIGH),
        ("Other cases", cases - broken, Tone.LOW),
        ("Other items", prepared.planned_minutes - cases, Tone.NEUTRAL),
    )
    return [Bar(words, f"{minutes} min", minutes / whole, tone) for words, minutes, tone in parts]


def check_lines(prepared: Preparation) -> list[CheckLine]:
    """What is looked at before the meeting, each with its fix."""
    return [CheckLine(check.kind.name, check.words, check.passed, _FIXES[check.kind]) for check in prepared.checks]


_NOT_THERE = (None, None, None, False, 0, "", ())  # whoever is picked is in no room yet
UPDATES = "updates"
OUT = "papers"
CAME_IN = "came in"
GAP = "gap-"  # before the agency's id, in the key of its line


class StandInPicker(PersonPicker):
    """The agency's own people first, then everybody who is coming."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Who comes instead?", parent)
        self._agency_id = ""
        self.people_view.setMaximumHeight(current().px(128))  # the step on stays in sight below it

    def ask(self, meeting_id: str, gap: Gap) -> None:
        """Open it for this agency."""
        self._agency_id = gap.agency_id
        self.title_label.setText(f"Who comes for {gap.name}?")
        self.find_edit.setAccessibleName(f"Who comes for {gap.name}?")
        self.open_picker(meeting_id)

    def people(self) -> Sequence[PersonRow]:
        """Everybody who sent no apologies."""
        return [
            PersonRow("", one.member.id, one.member.name, one.member.agency_id, one.remark, *_NOT_THERE)
            for one in candidates(self._session, self.meeting_id, self._agency_id)
        ]

    def act(self, person: PersonRow) -> None:
        """They are expected, and speak for the agency."""
        choose_stand_in(self._session, self.meeting_id, self._agency_id, person.member_id)


def gap_lines(missing: Absences) -> list[CheckLine]:
    """A line for each agency missing, with its fix, and one for each that somebody comes for."""
    lines = [CheckLine(f"{GAP}{gap.agency_id}", gap.words, False, "Who comes?") for gap in missing.gaps]
    return lines + [CheckLine(f"{GAP}{key}", words, True) for key, words in missing.stand_ins]


def update_lines(count: int) -> list[CheckLine]:
    """Officers still to be asked how their actions stand."""
    words = f"{count_of(count, 'officer', 'officers')} to ask for updates"
    return [CheckLine(UPDATES, words, False, "Ask")] if count else []


def came_in_lines(count: int) -> list[CheckLine]:
    """Referrals from partners with something still to do."""
    words = f"{count_of(count, 'referral', 'referrals')} from partners to deal with"
    return [CheckLine(CAME_IN, words, False, "Open")] if count else []


def papers_lines(words: str, is_out: bool) -> list[CheckLine]:
    """Whether the papers went out, while there is something to say of it."""
    return [CheckLine(OUT, words, is_out, "Write")] if words else []


VISITS = "A visitor hears the clause read out at sign-in, signs, and is in the room for this item only."
NAMED = "Name the presenter, and say whether they are a visitor."
PRESENTS = "A member or a named presenter. The clause is read out to visitors only."


class OwnItemPanel(QFrame):
    """`changed` after each change that went in. Shown while an own item is in hand."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: ItemRow | None = None
        set_role(self, "chosen")
        self.title_edit, self.title_error = ProseLine(self), FieldError(self)
        self.who_edit, self.who_error = LineEdit(self), FieldError(self)
        self.who_edit.setPlaceholderText("Dawn Whitlock")
        self.visitor_check, self.host_combo = QCheckBox("&Visitor", self), QComboBox(self)
        self.clause_words = ElidedLabel(self)
        set_role(self.clause_words, "small")
        self.title_edit.setAccessibleName("Title")
        self.who_edit.setAccessibleName("Presented by")
        self.host_combo.setAccessibleName("From")
        self._lay_out()
        work = session.work
        self._title = SavedField(self.title_edit, self.title_error, work, AgendaItem, "title", self._save_title)
        self._who = SavedField(self.who_edit, self.who_error, work, Presentation, "who", self._save_who)
        for line in (self._title, self._who):
            line.saved.connect(self.changed)
        self.title_edit.returnPressed.connect(lambda: self.who_edit.setFocus(Qt.FocusReason.TabFocusReason))
        self.visitor_check.clicked.connect(lambda on: self._choose(visitor=on))
        self.host_combo.activated.connect(lambda _: self._choose(host_id=self.host_combo.currentData() or ""))
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(current().px(10))
        grid.setVerticalSpacing(current().px(3))
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("Tit&le", self.title_edit, 4),
            ("&Presented by", self.who_edit, 3),
            ("&From", self.host_combo, 3),
        )
        for column, (words, field, share) in enumerate(fields):
            label = QLabel(words, self)
            label.setBuddy(field)
            set_role(label, "label")
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, share)
        grid.addWidget(self.title_error, 2, 0)
        grid.addWidget(self.who_error, 2, 1, 1, 2)
        self.host_combo.setMinimumWidth(current().px(90))
        whole = vbox(
            grid, hbox(self.visitor_check, (self.clause_words, 1), spacing=12), spacing=6, margins=(12, 8, 12, 8)
        )
        self.setLayout(whole)
        order: tuple[QWidget, ...] = (self.title_edit, self.who_edit, self.host_combo, self.visitor_check)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def show_item(self, row: ItemRow | None, people: Sequence[ExpectedRow]) -> None:
        """This item of the group's own; none hides the panel."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        one = row.presented
        self._title.show(row.item.id, row.item.title)
        self._who.show(row.item.id, one.who if one else "")
        fill_people(self.host_combo, people, one.host_id if one else "", "Nobody")
        self.visitor_check.setChecked(bool(one and one.visitor))
        for field in (self.visitor_check, self.host_combo):
            field.setEnabled(one is not None)
        words = NAMED if one is None else VISITS if one.visitor else PRESENTS
        self.clause_words.setText(words)

    def begin(self) -> None:
        """A new item: its title first, ready to be typed over."""
        self.title_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.title_edit.selectAll()
        reveal(self)

    def finish(self) -> None:
        """What is typed is saved."""
        if self._row is not None:
            self._title.end()
            self._who.end()

    def _said(self) -> OwnItem:
        row = self._row
        assert row is not None
        one = row.presented
        said = OwnItem(row.item.title, row.item.planned_minutes)
        return replace(said, who=one.who, visitor=one.visitor, host_id=one.host_id) if one else said

    def _save_title(self, title: str) -> None:
        self._change(replace(self._said(), title=title))

    def _save_who(self, who: str) -> None:
        said = self._said()
        self._change(replace(said, who=who, visitor=said.visitor and bool(who.strip())))

    def _change(self, own: OwnItem) -> None:
        assert self._row is not None
        change_item(self._session, self._row.item.id, own)

    def _choose(self, *, visitor: bool | None = None, host_id: str | None = None) -> None:
        """A choice beside the name: at once."""
        said = self._said()
        said = replace(said, visitor=said.visitor if visitor is None else visitor)
        try:
            self._change(replace(said, host_id=said.host_id if host_id is None else host_id))
        except Refused as refusal:
            self.who_error.set_error(refusal.sentence, self.who_edit)
            return
        self.changed.emit()
