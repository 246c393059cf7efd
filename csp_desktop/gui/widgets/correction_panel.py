"""Putting the record right beside its pages: the words of the chosen section as fields, each saved as it is left, and
every correction as a line 'what, from, to, who, when' with its own undo.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import clock_seconds, day_and_time
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.minutes.correctable import Place
from csp_desktop.domain.minutes.record import ApologyLine, AttendeeLine
from csp_desktop.domain.minutes.versions import Correction
from csp_desktop.domain.people.agencies import IspStatus
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import LinkButton, SecondaryButton
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.widgets.correction_fields import Around, FactField, focus_first
from csp_desktop.gui.widgets.labels import SavedLabel, text_label
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.remarks_panel import RemarkForm, RemarkRows
from csp_desktop.gui.widgets.review_changes import from_to
from csp_desktop.services.minutes import corrections, remarks
from csp_desktop.services.minutes.corrections import CorrectionField
from csp_desktop.services.people.people import people
from csp_desktop.services.session import Session

NOTHING = "Nothing in this section can be corrected separately. Choose another section."
ATTENDANCE, APOLOGIES = "attendance", "apologies"
MISSED = {ATTENDANCE: "Person missed from the list", APOLOGIES: "Apologies not recorded"}
WRONG = {ATTENDANCE: "Was not present: remove from the list", APOLOGIES: "Sent no apologies: remove from the list"}


class CorrectionPanel(Scroll):
    """`changed` after each correction, made or taken back."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, margins=(0, 0, 4, 0))
        self._session = session
        self._meeting_id, self._held = "", session.today
        self._places: tuple[Place, ...] = ()
        self._list, self._since = "", frozenset[str]()
        self._fields: list[FactField] = []
        self.setObjectName("correction_panel")
        self.part_combo = QComboBox()
        self.part_combo.setObjectName("part_combo")
        self.part_combo.setAccessibleName("What to correct")
        self.nothing_label = text_label(NOTHING, "caption")
        self.nothing_label.setObjectName("nothing_label")
        self.nothing_label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read out where F2 finds nothing
        self.saved_label = SavedLabel()
        self._form = QVBoxLayout()
        self._form.setSpacing(current().px(10))
        self._error = FieldError()
        self._unsaved: dict[tuple[str, str], tuple[str, str]] = {}
        self.section_id = ""  # of the section whose facts are shown
        self.remove_button = LinkButton(text=WRONG[ATTENDANCE])
        self.remove_button.setObjectName("remove_button")
        self.list_title = text_label("Corrections", "strong")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(current().px(8))
        self.remarks, self.remark_form = RemarkRows(session, self), RemarkForm(session, self)
        self._lay_out()
        for part in (self.remarks, self.remark_form):
            part.changed.connect(self.changed)
        self.remarks.accepted.connect(self.take_focus)
        self.part_combo.activated.connect(lambda _: self._show_part())
        self.remove_button.clicked.connect(self._remove)

    def _lay_out(self) -> None:
        self.body.addWidget(self.remarks)
        self.body.addLayout(vbox(self.part_combo, self.nothing_label, spacing=4))
        self.body.addLayout(self._form)
        self.body.addWidget(self.saved_label)
        self.body.addWidget(self.remove_button)
        self.body.addWidget(self._error)
        self.body.addWidget(self.list_title)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.remark_form)
        self.body.addStretch(1)

    def show_section(self, meeting_id: str, held: date, places: Sequence[Place], lists: str = "") -> None:
        """The facts of the chosen section; `lists` names the list of people it holds, so that somebody can be added."""
        chosen, same = self.part_combo.currentData(), (meeting_id, lists) == (self._meeting_id, self._list)
        if meeting_id != self._meeting_id:
            self._put_by()
            self._fields, self._unsaved = [], {}
        self._meeting_id, self._held, self._places, self._list = meeting_id, held, tuple(places), lists
        before = [self.part_combo.itemData(at) for at in range(self.part_combo.count())]
        parts = dict.fromkeys(place.part_id for place in places)
        now = [*parts, *([lists] if lists else [])]
        self.part_combo.clear()
        for part_id in parts:
            called = next(place.called for place in places if place.part_id == part_id)
            self.part_combo.addItem(called or "The meeting", part_id)
        if lists:
            self.part_combo.addItem(MISSED[lists], lists)
        self.part_combo.setCurrentIndex(max(0, self.part_combo.findData(chosen)) if now else -1)
        if same and now == before and chosen in now and chosen != lists:
            self._follow()
        else:
            self._show_part()
        self.show_corrections()

    def show_remarks(self, section_id: str, case_id: str) -> None:
        """What those who were present said about the section, and what a later meeting asked to be put right."""
        self.section_id = section_id
        found = remarks.remarks(self._session, self._meeting_id)
        about = [one for one in found if one.section_id == section_id or one.asked_at_id]
        self.remarks.show_remarks(about)
        sent = remarks.sent_for_checking(self._session, self._meeting_id)
        self.remark_form.show_section(self._meeting_id, section_id, case_id, sent)

    def _follow(self) -> None:
        """The same fields stay, with what stands in the record now."""
        by_field = {(place.part_id, place.fact.field): place for place in self._places}
        for field in self._fields:
            place = by_field.get((field.place.part_id, field.place.fact.field))
            if place is not None:
                field.show_place(place)

    def _show_part(self) -> None:
        self._put_by()
        self.saved_label.clear()
        _empty(self._form)
        self._fields = []
        part_id = self.part_combo.currentData()
        mine = [place for place in self._places if place.part_id == part_id]
        self.nothing_label.setVisible(not self.part_combo.count())
        self.part_combo.setVisible(bool(self.part_combo.count()))
        if part_id in MISSED:
            self._form.addWidget(_Missed(self, str(part_id)))
        around = Around(self._held, lambda: self._session.today, self._officers())
        for place in mine:
            field = FactField(place, around)
            field.left.connect(lambda field=field: self._save(field))
            self._form.addWidget(field)
            self._fields.append(field)
            refused = self._unsaved.pop((place.part_id, place.fact.field), None)
            if refused is not None:
                field.type_again(*refused)
        self.remove_button.setVisible(bool(self._list) and bool(mine) and part_id != self._meeting_id)
        self.remove_button.setText(WRONG.get(self._list, ""))

    def _put_by(self) -> None:
        """What was typed and refused stands here again when its part is chosen again."""
        for field in self._fields:
            typed, why = field.unsaved()
            if why:
                self._unsaved[field.place.part_id, field.place.fact.field] = typed, why

    def _officers(self) -> list[tuple[str, str, str]]:
        return [(row.member.name, row.agency.name, row.member.id) for row in people(self._session)]

    def _save(self, field: FactField) -> None:
        if field not in self._fields:
            return
        if not field.is_changed():
            field.settle()
            return
        place, meeting_id = field.place, self._meeting_id
        try:
            value, reason = field.value(), field.reason()
            what = meeting_id, place.part_id, place.fact.field, value
            corrections.correct(self._session, *what, reason=reason, section_id=self.section_id)
        except FieldRefused as refusal:
            if refusal.field == CorrectionField.REASON:
                field.ask_reason(refusal.sentence)
            else:
                field.refuse(refusal.sentence)
            return
        except Refused as refusal:
            field.refuse(refusal.sentence)
            return
        field.settle()
        self.changed.emit()

    def end(self) -> None:
        """The page is left: what is typed is saved, if it may be."""
        for field in list(self._fields):
            self._save(field)

    def save(self) -> None:
        """Ctrl+Enter: everything typed here; the caret goes to the first that is refused."""
        self.end()
        refused = next((field for field in self._fields if field.unsaved()[1]), None)
        if refused is None:
            self.saved_label.set_saved(clock_seconds(self._session.now()))
        else:
            refused.take_missing()

    def take_focus(self) -> None:
        """Where one types; where there is nothing to put right, that is said."""
        focus_first(self._fields, self.part_combo if self.part_combo.count() else self.nothing_label)

    def _remove(self) -> None:
        part_id, called = str(self.part_combo.currentData()), self.part_combo.currentText()
        name = self._session.subject.record.attendance if self._list == ATTENDANCE else APOLOGIES
        what = self._meeting_id, name, part_id, f"{called}: removed"
        self.act(lambda: corrections.remove_part(self._session, *what, self.section_id))

    def act(self, do: Callable[[], object], error: FieldError | None = None) -> bool:
        """Do something to the record and tell it; why not stands at `error`, or above the list of corrections."""
        error = error or self._error
        error.clear()
        try:
            do()
        except Refused as refusal:
            error.set_error(refusal.sentence)
            return False
        self.changed.emit()
        return True

    @property
    def fields(self) -> tuple[FactField, ...]:
        """The fields shown now."""
        return tuple(self._fields)

    @property
    def meeting_id(self) -> str:
        """Whose record it is."""
        return self._meeting_id

    @property
    def session(self) -> Session:
        """Whoever corrects."""
        return self._session

    def set_since(self, since: Sequence[Correction]) -> None:
        """The corrections that no version was approved with: those can be taken back."""
        self._since = frozenset(one.id for one in since)

    def show_corrections(self) -> None:
        """Every correction of the record, the newest first."""
        _empty(self._lines)
        found = corrections.corrections(self._session, self._meeting_id) if self._meeting_id else ()
        self.list_title.setText(f"Corrections {len(found)}" if found else "No corrections")
        for one in found:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Correction) -> QFrame:
        row = QFrame()
        who = text_label(f"{one.by}, {day_and_time(one.at, self._session.today)}", "caption")
        button = SecondaryButton(text="Undo", height=30)
        button.setObjectName(f"undo_{one.number}")
        button.setAccessibleName(f"Undo the correction of {one.what}")
        button.clicked.connect(lambda: self.act(lambda: corrections.take_back(self._session, one.id)))
        button.setVisible(one.id in self._since)
        words = [text_label(one.what, "strong")]
        words += from_to(one.kind, one.before, one.after)
        if one.wrongly_recorded:
            words.append(text_label(f"Recorded wrongly: {one.reason}", "caption"))
        elif one.reason:
            words.append(text_label(f"{one.reason[:1].upper()}{one.reason[1:]}", "caption"))
        row.setLayout(vbox(*words, hbox((who, 1), button, spacing=8), spacing=2, margins=(0, 0, 0, 4)))
        return row


class _Missed(QWidget):
    """Somebody who was there, or sent apologies, and stands in no list."""

    def __init__(self, panel: CorrectionPanel, kind: str) -> None:
        super().__init__(panel)
        self._panel, self._kind = panel, kind
        self.name_edit, self.agency_edit, self.error = LineEdit(), LineEdit(), FieldError()
        self.capacity_combo = QComboBox()
        self.capacity_combo.addItems([one.value for one in Capacity if one is not Capacity.PRIVATE])
        self.capacity_combo.setVisible(kind == ATTENDANCE)
        add = SecondaryButton(text="Add to the list", height=36)
        named = (("name", self.name_edit), ("agency", self.agency_edit), ("capacity", self.capacity_combo))
        for name, field in named:
            field.setObjectName(f"missed_{name}")
            field.setAccessibleName(name.capitalize())
        add.setObjectName("missed_button")
        add.clicked.connect(self._add)
        self.name_edit.returnPressed.connect(self._add)
        labels = [text_label(name.capitalize(), "label", buddy=field) for name, field in named]
        labels[-1].setVisible(kind == ATTENDANCE)
        fields = [part for label, (_, field) in zip(labels, named, strict=True) for part in (label, field)]
        self.setLayout(vbox(*fields, self.error, add, spacing=4))

    def _add(self) -> None:
        panel, name, agency = self._panel, self.name_edit.text().strip(), self.agency_edit.text().strip()
        if self._kind == ATTENDANCE:
            capacity = Capacity(self.capacity_combo.currentText())
            person = AttendeeLine(name, agency, capacity, None, None, None, "", IspStatus.NONE, "", 0, "", None)
            panel.act(
                lambda: corrections.add_attendee(panel.session, panel.meeting_id, person, panel.section_id), self.error
            )
        else:
            sent = ApologyLine(name, agency, False, None)
            panel.act(
                lambda: corrections.add_apology(panel.session, panel.meeting_id, sent, panel.section_id), self.error
            )


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
