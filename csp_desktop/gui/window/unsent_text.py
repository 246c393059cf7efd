"""Reads what is half-typed in the fields of a page, and types it again."""

from collections.abc import Iterator, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

Field = QLineEdit | QPlainTextEdit


@runtime_checkable
class Answering(Protocol):
    """A widget in which an answer is half given: more than the text of a field."""

    def half(self) -> str:
        """What is half given, in its own words; empty for nothing."""
        ...

    def resume(self, half: str) -> None:
        """The same again, as far as it still belongs there."""
        ...


def called(field: QWidget) -> str:
    """What tells a field from the others of its page, also after the page was made anew."""
    owner = field.parentWidget()
    named = owner if isinstance(owner, QAbstractSpinBox) else field
    return f"{type(named).__name__} {named.objectName() or named.accessibleName()}"


def read(page: QWidget) -> dict[str, str]:
    """The texts a person has changed in fields that show them, by the fields' names."""
    texts = {called(field): text(field) for field in _fields(page) if _was_typed_in(field)}
    return texts | {_half_of(number): half for number, one in enumerate(_answering(page)) if (half := one.half())}


def type_again(page: QWidget, texts: Mapping[str, str]) -> None:
    """Into the fields that do not have them by themselves; the page takes it as typed. Answers half given come first:
    they bring their fields."""
    for number, one in enumerate(_answering(page)):
        if _half_of(number) in texts:
            one.resume(texts[_half_of(number)])
    for field in _fields(page):
        wanted = texts.get(called(field))
        if wanted is None or wanted == text(field):
            continue
        field.selectAll()
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(wanted)
        else:
            field.insert(wanted)


def text(field: Field) -> str:
    """What stands in it."""
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def _answering(page: QWidget) -> list[Answering]:
    return [widget for widget in (page, *page.findChildren(QWidget)) if isinstance(widget, Answering)]


def _half_of(number: int) -> str:
    return f"outcome {number}"


def _fields(page: QWidget) -> Iterator[Field]:
    """Those that can be written in, but no passphrase's."""
    lines = [line for line in page.findChildren(QLineEdit) if line.echoMode() is QLineEdit.EchoMode.Normal]
    fields: list[Field] = [*lines, *page.findChildren(QPlainTextEdit)]
    for field in fields:
        if field.isVisibleTo(page) and field.isEnabled() and not field.isReadOnly():
            yield field


def _was_typed_in(field: Field) -> bool:
    return field.document().isModified() if isinstance(field, QPlainTextEdit) else field.isModified()
