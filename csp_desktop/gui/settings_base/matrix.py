"""The risk matrix of a file: what is in force, every one ever loaded, and loading another; for both meetings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout

from csp_desktop.domain.cases.risk_matrix import RiskMatrixFile, read_matrix
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.settings_base.shell import Panel
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.cases.matrices import SHIPPED, kept_matrices
from csp_desktop.services.session import Session

KINDS = ["Risk matrices (*.json)"]
MOST_BYTES = 1_000_000
FILE_WORDS = (
    "A matrix is a JSON file: factors with options and points, bands with review days. A mistake is "
    "named with its line, and nothing changes until the file is right."
)


@dataclass(frozen=True)
class MatrixWords:
    """What differs between the meetings: what the matrix is used for, what is missing without one, and what is said of
    an example."""

    used: str
    none: str
    example: str


class MatrixPanel(Panel):
    """What is in force, in words, and every file ever loaded. `loaded` says what another one is, and from when on."""

    loaded = Signal(str, str)

    def __init__(
        self, context: PageContext, ask: Ask, load: Callable[[Session, str], RiskMatrixFile], words: MatrixWords
    ) -> None:
        super().__init__()
        self._context, self._ask, self._load_text, self._said = context, ask, load, words
        self.title, self.pill, self.words = text_label("", "subheading"), Pill(), text_label("", "second")
        self.button = SecondaryButton(text="&Load another matrix", icon="upload")
        self.error, self.view = FieldError(), EntryList()
        self.view.setAccessibleName("Matrices kept in this file")
        self.view.set_flush(True)
        self.view.set_wrapping(True)
        self.button.clicked.connect(self._load)
        force = sunken(vbox(hbox((self.title, 1), self.pill), self.words, spacing=4, margins=(14, 12, 14, 12)))
        parts = (
            text_label("Risk matrix", "heading"),
            text_label(words.used, "second"),
            force,
            text_label(FILE_WORDS, "second"),
            hbox(self.button, None),
            self.error,
            text_label("Kept in this file", "label"),
            self.view,
        )
        self.setLayout(vbox(*parts, None, spacing=10, margins=(16, 12, 16, 12)))

    def fill(self) -> None:
        """As the file has them."""
        rows = kept_matrices(self._context.session)
        force = next((row.file for row in rows if row.in_force), None)
        self.title.setText(_titled(force) if force else "No matrix is in force")
        self.words.setText(_described(force, self._said) if force else self._said.none)
        tone = Tone.MEDIUM if force is None or force.illustrative else Tone.LOW
        words = "None" if force is None else "Example" if force.illustrative else "In force"
        self.pill.set_text(words, tone)
        self.view.set_entries(
            [
                Entry(
                    row.file.id,
                    _titled(row.file),
                    f"{row.file.issuer}, {_origin(row.file)}",
                    pill="In force" if row.in_force else _waits(row.file, self._context),
                    pill_tone=Tone.LOW if row.in_force else Tone.NEUTRAL,
                )
                for row in rows
            ]
        )

    def _load(self) -> None:
        session = self._context.session
        path = self._ask.open_file(self.button, "Load a risk matrix", KINDS)
        if path is None:
            return
        try:
            kept = self._load_text(session, _text(path))
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.button)
            return
        self.error.clear(self.button)
        self.saved.emit()
        force = next(row.file for row in kept_matrices(session) if row.in_force)
        later = "" if force.id == kept.id else f"From {_day(kept.valid_from)} on; until then {_titled(force)}."
        self.loaded.emit(f"Loaded: {_titled(kept)}", later)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("This file is too large for a risk matrix. Choose another.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This is not a text file. A risk matrix is a JSON file.") from None
    except OSError as error:
        raise Refused(f"The file could not be read: {error.strerror}. Choose it again.") from None


def _origin(file: RiskMatrixFile) -> str:
    if file.id == SHIPPED:
        return "came with the program"
    return f"loaded {_day(file.loaded_on)} by {file.loaded_by or 'the program'}"


def _titled(file: RiskMatrixFile) -> str:
    return f"{file.name}, version {file.version}"


def _described(file: RiskMatrixFile, said: MatrixWords) -> str:
    matrix = read_matrix(file.text)
    bands = ", ".join(f"{rule.band.value} from {rule.from_points} ({rule.review_days} days)" for rule in matrix.bands)
    words = f"{file.issuer}. {len(matrix.factors)} factors, at most {matrix.most} points. Scored again: {bands}."
    return f"{words} {said.example}" if file.illustrative else words


def _waits(file: RiskMatrixFile, context: PageContext) -> str:
    return (
        f"From {screen_day(file.valid_from, context.session.today)}"
        if file.valid_from > context.session.today
        else "Earlier"
    )


def _day(day: date) -> str:
    return dated_day(day)


def sunken(layout: QLayout) -> QFrame:
    """A frame around it, a shade darker."""
    frame = QFrame()
    set_role(frame, "sunken")
    frame.setLayout(layout)
    return frame
