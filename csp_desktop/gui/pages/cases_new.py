"""A case entered by hand, beside the list: for what Safety Net does not show yet."""

from datetime import date

from PySide6.QtCore import QDate, QObject, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop.domain.cases import Band, SubjectType
from csp_desktop.domain.errors import Refused
from csp_desktop.services.entering_cases import NewCase, NotInOrder, enter_case
from csp_desktop.services.keeping_people import agencies, people
from csp_desktop.services.keeping_settings import settings
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
        for combo in (ui.agency_combo, ui.officer_combo):
            line = combo.lineEdit()
            if line is not None:
                line.setAccessibleName(combo.accessibleName())
        ui.total_edit.textChanged.connect(lambda text: ui.assessed_edit.setEnabled(bool(text.strip())))
        ui.add_button.clicked.connect(self._add)
        ui.cancel_button.clicked.connect(self.closed)

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
        self._show_error("", "")

    def _places(self) -> dict[str, tuple[QWidget, QWidget]]:
        ui = self._ui
        return {
            "summary": (ui.summary_error, ui.summary_edit),
            "area": (ui.area_error, ui.area_combo),
            "created_on": (ui.created_error, ui.created_edit),
            "total": (ui.total_error, ui.total_edit),
            "": (ui.new_error, ui.add_button),
        }

    def _show_error(self, field: str, sentence: str) -> None:
        for name, (error, edit) in self._places().items():
            error.set_error(sentence if name == field else "", edit)  # type: ignore[attr-defined]
        if sentence:
            self._places().get(field, self._places()[""])[1].setFocus()

    def _add(self) -> None:
        try:
            case = enter_case(self._session, self._typed())
        except NotInOrder as wrong:
            self._show_error(wrong.field, wrong.sentence)
        except Refused as refusal:
            self._show_error("", refusal.sentence)
        else:
            self.added.emit(case.id)

    def _typed(self) -> NewCase:
        ui = self._ui
        text = ui.total_edit.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            raise NotInOrder("total", "A total is a whole number in figures, as 21.")
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
