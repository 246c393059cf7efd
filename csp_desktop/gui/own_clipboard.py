"""What is copied here is marked as not for clipboard histories and the cloud, and gone when the program locks."""

import sys

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
MARKS = (
    {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\0",
        _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
        _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    }
    if sys.platform == "win32"
    else {"application/x-nspasteboard-concealed-type": b"", "org.nspasteboard.ConcealedType": b""}
    if sys.platform == "darwin"
    else {"x-kde-passwordManagerHint": b"secret"}
)
NO_DESKTOP = ("offscreen", "minimal")  # there the clipboard is the program's alone, and no history looks at it
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class OwnClipboard(QObject):
    """Follows the clipboard while the program runs. What comes from other programs is left alone."""

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = app.clipboard()
        self._clipboard.dataChanged.connect(self._mark)

    def clear(self) -> None:
        """Take back what lies there if it is ours, and what is selected."""
        for mode in MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() in NO_DESKTOP:
            return mode is QClipboard.Mode.Clipboard
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def _mark(self) -> None:
        """Fields copy without the marks; the same text is put there again with them."""
        if QGuiApplication.platformName() in NO_DESKTOP or not self._is_ours(QClipboard.Mode.Clipboard):
            return
        held: QMimeData | None = self._clipboard.mimeData()  # none when it was emptied
        if held is not None and held.hasText() and not is_marked(held):
            self._clipboard.setMimeData(marked(held.text()))


def marked(text: str) -> QMimeData:
    """The text as it is put on the clipboard."""
    content = QMimeData()
    content.setText(text)
    for mark, value in MARKS.items():
        content.setData(mark, value)
    return content


def is_marked(content: QMimeData) -> bool:
    """Whether every program that looks for a mark finds its own."""
    return all(content.hasFormat(mark) for mark in MARKS)
