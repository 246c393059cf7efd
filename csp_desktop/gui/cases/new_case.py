"""The panel in which a case is entered by hand, apart from the list of cases that it stands beside."""

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop.domain.cases.cases import Band, SubjectType
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.field_errors import FieldErrors, Place
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.saved_field import DRAFT_AFTER
from csp_desktop.services.cases.case_entry import CaseField, NewCase, enter_case, forget_half, half_entered, keep_half
from csp_desktop.services.cases.like_cases import LikeCase, like_cases
from csp_desktop.services.people.people import agencies, people
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session


class NewCasePanel(QObject):
    """A case entered by hand: for what Safety Net does not show yet. Half entered it is a draft.

    `added` with the case's id, `opened` with that of one like it, `closed` when it was left.
    """

    added = Signal(str)
    opened = Signal(str)
    closed = Signal()

    def __init__(self, ui: Ui_Cases, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        for subject in SubjectType:
            ui.subject_combo.addItem(subject.value, subject)
        ui.band_combo.addItem("not known", None)
        for band in Band:
            ui.band_combo.addItem(band.value, band)
        self.errors = FieldErrors(self._places(), (ui.new_error, ui.add_button))
        for combo in (ui.agency_combo, ui.officer_combo):
            line = combo.lineEdit()
            if line is not None:
                line.setAccessibleName(combo.accessibleName())
        ui.total_edit.textChanged.connect(lambda text: ui.assessed_edit.setEnabled(bool(text.strip())))
        ui.created_edit.tell_at(ui.created_error)
        ui.assessed_edit.tell_at(ui.total_error)
        self._filling = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DRAFT_AFTER)
        self._typing.timeout.connect(self._write)
        for edit in self._lines().values():
            edit.textChanged.connect(self._touched)
            edit.returnPressed.connect(self._add)
        for choice in self._choices().values():
            typed = choice.lineEdit()
            if typed is not None:
                typed.returnPressed.connect(self._add)
        for day_edit in self._days().values():
            day_edit.set_today(lambda: session.today, past=True)
            day_edit.returnPressed.connect(self._add)
        for choice in self._choices().values():
            choice.currentTextChanged.connect(self._touched)
        for day_edit in self._days().values():
            day_edit.textChanged.connect(self._touched)
        for check in self._checks().values():
            check.toggled.connect(self._touched)
        self._like: list[LikeCase] = []
        for like in (ui.location_edit, ui.initials_edit, ui.created_edit):
            like.editingFinished.connect(self._look_for_like)
        ui.like_button.clicked.connect(self._open_like)
        ui.add_button.clicked.connect(self._add)
        ui.cancel_button.clicked.connect(self._give_up)

    def _lines(self) -> dict[str, QLineEdit]:
        ui = self._ui
        return {
            "summary": ui.summary_edit,
            "location": ui.location_edit,
            "initials": ui.initials_edit,
            "ward": ui.ward_edit,
            "total": ui.total_edit,
        }

    def _choices(self) -> dict[str, QComboBox]:
        ui = self._ui
        return {
            "area": ui.area_combo,
            "subject_type": ui.subject_combo,
            "band": ui.band_combo,
            "lead_agency": ui.agency_combo,
            "lead_officer": ui.officer_combo,
        }

    def _days(self) -> dict[str, DayField]:
        return {"created_on": self._ui.created_edit, "assessed_on": self._ui.assessed_edit}

    def _checks(self) -> dict[str, QCheckBox]:
        return {"mental_health": self._ui.mental_check, "repeat_victim": self._ui.repeat_check}

    def _touched(self) -> None:
        if not self._filling:
            self._typing.start()

    def keep(self) -> None:
        """What was just typed goes to disk at once."""
        if self._typing.isActive():
            self._typing.stop()
            self._write()

    def _write(self) -> None:
        """The fields as they stand; the days only beside something else."""
        typed = {name: edit.text() for name, edit in self._lines().items()}
        for name, choice in self._choices().items():
            said = choice.currentText() if choice.isEditable() or choice.currentIndex() > 0 else ""
            typed[name] = said
        typed |= {name: "yes" if check.isChecked() else "" for name, check in self._checks().items()}
        anything = any(typed.values())
        typed |= {name: _day_text(edit) if anything else "" for name, edit in self._days().items()}
        keep_half(self._session, typed)

    def open(self) -> bool:
        """Ready for a case: what was half entered, else nothing. Whether something came back."""
        self._filling = True
        self.clear()
        kept = half_entered(self._session)
        for name, edit in self._lines().items():
            edit.setText(kept.get(name, ""))
        for name, choice in self._choices().items():
            if name in kept:
                choice.setCurrentText(kept[name])
        for name, check in self._checks().items():
            check.setChecked(name in kept)
        for name, day_edit in self._days().items():
            if name in kept:
                _show_day(day_edit, kept[name])
        self._filling = False
        self._look_for_like()
        return bool(kept)

    def _look_for_like(self) -> None:
        """Before it is added twice: which known cases it looks like, and why."""
        ui = self._ui
        found = list(like_cases(self._session, ui.location_edit.text(), ui.initials_edit.text(), ui.created_edit.day()))
        if found == self._like:
            return
        self._like = found
        words = "; ".join(f"{one.words}: {one.why}" for one in found)
        ui.like_label.setText(f"Looks like {words}." if found else "")
        ui.like_button.setText(f"Open {found[0].words.partition(',')[0]}" if found else "")
        for part in (ui.like_label, ui.like_button):
            part.setVisible(bool(found))
        announce(ui.like_label, ui.like_label.text())

    def _open_like(self) -> None:
        """What is half entered stays."""
        self.keep()
        self.opened.emit(self._like[0].case_id)

    def _give_up(self) -> None:
        self._typing.stop()
        forget_half(self._session)
        self.closed.emit()

    def clear(self) -> None:
        """Empty fields, today's day, the areas, agencies and officers of now."""
        ui = self._ui
        for edit in (ui.summary_edit, ui.location_edit, ui.initials_edit, ui.ward_edit, ui.total_edit):
            edit.clear()
        today = self._session.today
        for day_edit in (ui.created_edit, ui.assessed_edit):
            day_edit.set_day(today)
        ui.assessed_edit.setEnabled(False)
        ui.area_combo.clear()
        ui.area_combo.addItems(["Choose", *settings(self._session).areas])
        _offer(ui.agency_combo, [agency.name for agency in agencies(self._session)])
        _offer(ui.officer_combo, [row.member.name for row in people(self._session)])
        ui.subject_combo.setCurrentIndex(0)
        ui.band_combo.setCurrentIndex(0)
        for part in (ui.like_label, ui.like_button):
            part.setVisible(bool(self._like))
        ui.mental_check.setChecked(False)
        ui.repeat_check.setChecked(False)
        self.errors.clear()

    def _places(self) -> dict[str, Place]:
        ui = self._ui
        return {
            CaseField.SUMMARY: (ui.summary_error, ui.summary_edit),
            CaseField.AREA: (ui.area_error, ui.area_combo),
            CaseField.CREATED_ON: (ui.created_error, ui.created_edit),
            CaseField.TOTAL: (ui.total_error, ui.total_edit),
            CaseField.ASSESSED_ON: (ui.total_error, ui.assessed_edit),
            CaseField.LOCATION: (ui.new_error, ui.location_edit),
            CaseField.INITIALS: (ui.new_error, ui.initials_edit),
            CaseField.WARD: (ui.new_error, ui.ward_edit),
            CaseField.LEAD_AGENCY: (ui.new_error, ui.agency_combo),
            CaseField.LEAD_OFFICER: (ui.new_error, ui.officer_combo),
        }

    def _add(self) -> None:
        try:
            case = enter_case(self._session, self._typed())
        except Refused as refusal:
            self.errors.show(refusal)
        else:
            self._typing.stop()
            self.added.emit(case.id)

    def _typed(self) -> NewCase:
        ui = self._ui
        text = ui.total_edit.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            raise FieldRefused(CaseField.TOTAL, "The total must be a whole number, for example 21.")
        return NewCase(
            summary=ui.summary_edit.text(),
            location=ui.location_edit.text(),
            area=ui.area_combo.currentText() if ui.area_combo.currentIndex() else "",
            subject_type=SubjectType(ui.subject_combo.currentText()),
            initials=ui.initials_edit.text(),
            created_on=ui.created_edit.required_day(CaseField.CREATED_ON),
            ward=ui.ward_edit.text(),
            lead_agency=ui.agency_combo.currentText(),
            lead_officer=ui.officer_combo.currentText(),
            total=int(text) if text else None,
            band=next((b for b in Band if b.value == ui.band_combo.currentText()), None),
            assessed_on=ui.assessed_edit.required_day(CaseField.ASSESSED_ON) if text else None,
            mental_health=ui.mental_check.isChecked(),
            repeat_victim=ui.repeat_check.isChecked(),
        )


def _offer(combo: QComboBox, names: list[str]) -> None:
    combo.clear()
    combo.addItems(names)
    combo.setCurrentIndex(-1)
    combo.clearEditText()


def _day_text(edit: DayField) -> str:
    """The day for the draft; what is none as it was typed."""
    day = edit.day()
    return day.isoformat() if day is not None else edit.text()


def _show_day(edit: DayField, text: str) -> None:
    try:
        edit.set_day(date.fromisoformat(text))
    except ValueError:
        edit.setText(text)
