"""Looks for words wherever a window could hold them: on the screen, in tooltips, for a screen reader, in models, and in
what the widgets keep to draw."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCompleter,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

ROLES = range(14)


def held_words() -> Iterator[tuple[str, str]]:
    """Everything any window of the program holds, with where it was found."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for top in QApplication.topLevelWidgets():
        for held in (top, *top.findChildren(QObject)):
            where = f"{type(held).__name__} {held.objectName()}"
            for words in _words(held):
                yield where, words


def _words(held: QObject) -> Iterator[str]:
    if isinstance(held, QWidget):
        yield from (held.accessibleName(), held.accessibleDescription(), held.toolTip(), held.windowTitle())
        yield from (held.statusTip(), held.whatsThis())
    if isinstance(held, QLabel | QAbstractButton | QLineEdit):
        yield held.text()
    if isinstance(held, QLineEdit):
        yield held.placeholderText()
    if isinstance(held, QPlainTextEdit | QTextEdit):
        yield held.toPlainText()
    if isinstance(held, QCompleter) and held.model() is not None:
        yield from _rows(held.model())
    if isinstance(held, QAbstractItemModel):
        yield from _rows(held)
    for kept in vars(held).values():
        if isinstance(kept, str | tuple | list | dict) or hasattr(kept, "__dataclass_fields__"):
            yield repr(kept)


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else max(1, model.columnCount(QModelIndex()))
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            yield from (repr(model.index(row, column).data(role)) for role in (*ROLES, 0x0100))


def found(canaries: tuple[str, ...]) -> list[str]:
    """Where any of them is held."""
    return [f"{where}: {words[:120]}" for where, words in held_words() if any(one in words for one in canaries)]
