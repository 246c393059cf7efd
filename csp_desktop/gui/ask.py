"""The only place that asks for a file. Qt's own dialog, never the desktop's: it can be typed in (tests and the
rehearsal do), looks the same everywhere, and F12 reaches it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

SPREADSHEETS = "Spreadsheets (*.csv *.xlsx)"
PDF = "PDF (*.pdf)"
CSV = "CSV (*.csv)"


class Ask:
    """Handed to the pages that need files; a test hands them one of its own with the answers in it."""

    def open_file(self, parent: QWidget, title: str, kinds: Sequence[str], start: Path | None = None) -> Path | None:
        """An existing file, or None when the person thought better of it."""
        dialog = _dialog(parent, title, kinds, start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _answer(dialog)

    def save_file(self, parent: QWidget, title: str, kinds: Sequence[str], suggested: Path) -> Path | None:
        """Where to write; asks before an existing file is replaced."""
        dialog = _dialog(parent, title, kinds, suggested.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
        dialog.selectFile(suggested.name)
        return _answer(dialog)

    def open_folder(self, parent: QWidget, title: str, start: Path | None = None) -> Path | None:
        """A folder, new or existing."""
        dialog = _dialog(parent, title, (), start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return _answer(dialog)


def _dialog(parent: QWidget, title: str, kinds: Sequence[str], start: Path | None) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start) if start is not None else "")
    dialog.setObjectName("ask_file")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if kinds:
        dialog.setNameFilters(list(kinds))
    return dialog


def _answer(dialog: QFileDialog) -> Path | None:
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
