"""The risk matrix in force, and loading another: what is wrong with a file stands at the button, nothing changes."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from csp_desktop._built.ui_private_settings import Ui_PrivateSettings
from csp_desktop.domain.days import short_day
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.risk_matrix import RiskMatrixFile, read_matrix
from csp_desktop.gui.ask import Ask
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.private.scoring import load_matrix
from csp_desktop.services.private.settings import matrices

KINDS = ["Risk matrices (*.json)"]
MOST_BYTES = 1_000_000


class MatrixPart(QObject):
    """`saved` when another matrix was taken in."""

    saved = Signal()

    def __init__(self, ui: Ui_PrivateSettings, desk: Desk, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._ask = ui, desk, ask
        ui.matrix_button.set_icon("upload")
        ui.matrices_view.set_flush(True)
        ui.matrices_view.set_wrapping(True)
        ui.matrix_button.clicked.connect(self._load)

    def show(self) -> None:
        """What is in force, in words, and every file ever loaded."""
        ui, rows = self._ui, matrices(self._desk.session)
        force = next((row.file for row in rows if row.in_force), None)
        ui.force_title.setText(_titled(force) if force else "No matrix is in force")
        ui.force_words.setText(_described(force) if force else "Nobody can be scored until one is loaded.")
        tone = Tone.MEDIUM if force is None or force.illustrative else Tone.LOW
        words = "None" if force is None else "Illustrative" if force.illustrative else "In force"
        ui.force_pill.set_text(words, tone)
        ui.matrices_view.set_entries([
            Entry(
                row.file.id, _titled(row.file),
                f"{row.file.issuer}, loaded {_day(row.file.loaded_on)} by {row.file.loaded_by or 'the program'}",
                pill="In force" if row.in_force else _waits(row.file, self._desk), pill_tone=Tone.LOW if row.in_force
                else Tone.NEUTRAL,
            )
            for row in rows
        ])  # fmt: skip

    def _load(self) -> None:
        ui, session = self._ui, self._desk.session
        path = self._ask.open_file(ui.matrix_button, "Load a risk matrix", KINDS)
        if path is None:
            return
        try:
            kept = load_matrix(session, _text(path))
        except Refused as refusal:
            ui.matrix_error.set_error(refusal.sentence)
            return
        ui.matrix_error.clear()
        self.saved.emit()
        force = next(row.file for row in matrices(session) if row.in_force)
        later = "" if force.id == kept.id else f"From {_day(kept.valid_from)} on; until then {_titled(force)}."
        ui.done_bar.say(f"Loaded: {_titled(kept)}", later)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("This file is far too large for a risk matrix. Choose another.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This is no text file. A risk matrix is a JSON file.") from None
    except OSError as error:
        raise Refused(f"The file could not be read: {error.strerror}. Choose it again.") from None


def _titled(file: RiskMatrixFile) -> str:
    return f"{file.name}, version {file.version}"


def _described(file: RiskMatrixFile) -> str:
    matrix = read_matrix(file.text)
    bands = ", ".join(f"{rule.band.value} from {rule.from_points} ({rule.review_days} days)" for rule in matrix.bands)
    words = f"{file.issuer}. {len(matrix.factors)} factors, at most {matrix.most} points. Scored again: {bands}."
    return words + (" No force publishes its own; New Hope may load one that is agreed." if file.illustrative else "")


def _waits(file: RiskMatrixFile, desk: Desk) -> str:
    return f"From {short_day(file.valid_from)}" if file.valid_from > desk.session.today else "Earlier"


def _day(day: date) -> str:
    return f"{short_day(day)} {day.year}"
