"""A case entered by hand, beside the list: for what Safety Net does not show yet. Half entered it is a draft."""

from datetime import date

from PySide6.QtCore import QDate, QObject, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit

from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop.domain.cases.cases import Band, SubjectType
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.widgets.field_errors import FieldErrors, Place
from csp_desktop.gui.window.saved_field import DRAFT_AFTER
from csp_desktop.services.cases.case_entry import CaseField, NewCase, enter_case, forget_half, half_entered, keep_half
from csp_desktop.services.people.people import agencies, people
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session


class NewCasePanel(QObject):
    """`added` with the case's id, `closed` when it was left."""

    added = Signal(str)
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
        self._filling = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DRAFT_AFTER)
        self._typing.timeout.connect(self._write)
        for edit in self._lines().values():
            edit.textChanged.connect(self._touched)
        for choice in self._choices().values():
            choice.currentTextChanged.connect(self._touched)
        for day_edit in self._days().values():
            day_edit.dateChanged.connect(self._touched)
        for check in self._checks().values():
            check.toggled.connect(self._touched)
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

    def _days(self) -> dict[str, QDateEdit]:
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
        typed |= {name: _day(edit).isoformat() if anything else "" for name, edit in self._days().items()}
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
                day_edit.setDate(_qt(date.fromisoformat(kept[name])))
        self._filling = False
        return bool(kept)

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
            day_edit.setDate(_qt(today))
        ui.assessed_edit.setEnabled(False)
        ui.area_combo.clear()
        ui.area_combo.addItems(["Choose", *settings(self._session).areas])
        _offer(ui.agency_combo, [agency.name for agency in agencies(self._session)])
        _offer(ui.officer_combo, [row.member.name for row in people(self._session)])
        ui.subject_combo.setCurrentIndex(0)
        ui.band_combo.setCurrentIndex(0)
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
            raise FieldRefused(CaseField.TOTAL, "A total is a whole number in figures, as 21.")
        return NewCase(
            summary=ui.summary_edit.text(),
            location=ui.location_edit.text(),
            area=ui.area_combo.currentText() if ui.area_combo.currentIndex() else "",
            subject_type=SubjectType(ui.subject_combo.currentText()),
            initials=ui.initials_edit.text(),
            created_on=_day(ui.created_edit),
            ward=ui.ward_edit.text(),
            lead_agency=ui.agency_combo.currentText(),
            lead_officer=ui.officer_combo.currentText(),
            total=int(text) if text else None,
            band=next((b for b in Band if b.value == ui.band_combo.currentText()), None),
            assessed_on=_day(ui.assessed_edit) if text else None,
            mental_health=ui.mental_check.isChecked(),
            repeat_victim=ui.repeat_check.isChecked(),
        )


def _offer(combo: QComboBox, names: list[str]) -> None:
    combo.clear()
    combo.addItems(names)
    combo.setCurrentIndex(-1)
    combo.clearEditText()


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(edit: QDateEdit) -> date:
    return date(edit.date().year(), edit.date().month(), edit.date().day())
