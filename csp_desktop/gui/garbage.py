"""Cyclic garbage is collected on the window's thread only.

Python collects wherever an allocation happens to cross the threshold. In a worker thread that would destroy widgets
caught in a cycle from the wrong thread, which crashes Qt.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # ms


class Garbage(QObject):
    """Takes the collector's work over while it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY)

    def _collect(self) -> None:
        """Young garbage each time there is enough of it, the old when it is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
