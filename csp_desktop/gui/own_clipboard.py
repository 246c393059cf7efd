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
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class OwnClipboard(QObject):
    """Follows the clipboard while the program runs. What comes from other programs is left alone."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._clipboard = app.clipboard()
        self._clipboard.dataChanged.connect(self._mark)

    def clear(self) -> None:
        """Take back what lies there if it is ours, and what is selected."""
        for mode in MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def _mark(self) -> None:
        """Fields copy without the marks; the same text is put there again with them."""
        held = self._clipboard.mimeData()
        if not self._is_ours(QClipboard.Mode.Clipboard) or not held.hasText():
            return
        if all(held.hasFormat(mark) for mark in MARKS):
            return
        marked = QMimeData()
        marked.setText(held.text())
        for mark, value in MARKS.items():
            marked.setData(mark, value)
        self._clipboard.setMimeData(marked)
