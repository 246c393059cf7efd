"""What a screen reader is told beside what it reads by itself: the one place that announces."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Have it read out once the widget is seen, which it may be only when all of this is laid out; `urgent` interrupts
    what is being read. Nobody is told of what is not seen, and without a screen reader nothing happens."""
    from PySide6.QtGui import QAccessible  # costs the start two milliseconds: loaded with the first sentence

    if sentence and QAccessible.isActive():
        QTimer.singleShot(0, widget, lambda: _tell(widget, sentence, urgent))


def _tell(widget: QWidget, sentence: str, urgent: bool) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
