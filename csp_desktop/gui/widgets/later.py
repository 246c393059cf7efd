"""Something done once all that waits has been handled: everything has its place then, and nothing is painted yet."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject


class Later(QObject):
    """Does it once, however often it is asked for until then; goes with its parent."""

    def __init__(self, do: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._do, self._is_asked = do, False

    def ask(self) -> None:
        """Not at once."""
        if not self._is_asked:
            self._is_asked = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        """Its time has come."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._is_asked = False
        self._do()
        return True
