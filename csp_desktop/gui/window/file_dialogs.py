"""The only place that asks for a file. Qt's own dialog, never the desktop's: it can be typed in (tests and the
rehearsal do), looks the same everywhere, and F12 reaches it.

Left to itself that dialog writes down for all Qt programs, readable by everybody, which folders were visited and what
stands in its side bar; folders are named after people. So it is given nothing to write, nor where
(`application.keep_no_folders`), and what other programs keep there is put back as it was.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

SHEET_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".docx", ".htm", ".html")
SPREADSHEETS = f"Spreadsheets ({' '.join(f'*{ending}' for ending in SHEET_ENDINGS)})"
PDF = "PDF (*.pdf)"
WORD = "Word file (*.docx)"
CSV = "CSV (*.csv)"
_KEPT_BY_QT = "FileDialog"  # the group of its own settings


def is_word(path: Path) -> bool:
    """Whether a name says that a Word file is wanted."""
    return path.suffix.casefold() == ".docx"


class Ask:
    """Handed to the pages that need files; a test hands them one of its own with the answers in it."""

    def open_file(self, parent: QWidget, title: str, kinds: Sequence[str], start: Path | None = None) -> Path | None:
        """An existing file, or None when the person thought better of it."""
        dialog = _dialog(parent, title, kinds, start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _answer(dialog)

    def save_file(self, parent: QWidget, title: str, kinds: Sequence[str], suggested: Path) -> Path | None:
        """Where to write, with the ending of the kind that was chosen unless another was typed; asks before an existing
        file is replaced."""
        dialog = _dialog(parent, title, kinds, suggested.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
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
    before = _kept()
    dialog.finished.connect(lambda _: _forget_folders(dialog))
    dialog.destroyed.connect(lambda: _put_back(before))  # it writes when it goes
    return dialog


def _forget_folders(dialog: QFileDialog) -> None:
    dialog.setDirectory(QDir.rootPath())
    dialog.setHistory([])
    dialog.setSidebarUrls([])


def _kept() -> dict[str, object]:
    """What Qt keeps of file dialogs: on Windows and macOS in a place that is not ours to move."""
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    store.beginGroup(_KEPT_BY_QT)
    return {key: store.value(key) for key in store.allKeys()}


def _put_back(before: dict[str, object]) -> None:
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    store.remove(_KEPT_BY_QT)
    for key, value in before.items():
        store.setValue(f"{_KEPT_BY_QT}/{key}", value)


def _answer(dialog: QFileDialog) -> Path | None:
    chosen: list[str] = []
    dialog.accepted.connect(lambda: chosen.extend(dialog.selectedFiles()))
    dialog.exec()
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
