"""A field of a record, declared once: what shows it, what checks it and what saves it read the same row of a table.

A record's table stands beside its dataclass. Each kind of field is a class here, and knows which values can be kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import Any, NamedTuple

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.names import LONGEST, composed, fault_of


class Unit(NamedTuple):
    """What a number counts: one of it, several of it."""

    one: str = ""
    several: str = ""


@dataclass(frozen=True)
class Field:
    """By itself one that has a widget of its own. `name` is the attribute of the record; in `label` the letter after
    an & leads there; `spoken` is what a screen reader says where that is more than the label.
    """

    name: str
    label: str
    _: KW_ONLY
    section: str = ""  # of its page
    help: str = ""
    spoken: str = ""

    @property
    def plain_label(self) -> str:
        """Without the mark of its letter."""
        return self.label.replace("&", "")

    def kept(self, value: Any) -> Any:
        """The value as it is kept. Raises FieldRefused where it cannot be."""
        return value

    def refuse(self, sentence: str) -> FieldRefused:
        """To be raised."""
        return FieldRefused(self.name, sentence)


@dataclass(frozen=True)
class Line(Field):
    """One line of text. `subject` begins the sentence on a character nobody can see: 'The venue'."""

    _: KW_ONLY
    subject: str
    most: int = LONGEST  # letters
    needed: str = ""  # the sentence when it is empty; without one it may be

    def kept(self, value: str) -> str:
        """In one line, one space between words. Raises FieldRefused for what is too long or holds a sign nobody
        sees, and for nothing where it is needed."""
        if fault := fault_of(value, self.most):
            raise self.refuse(f"{self.subject} {fault}")
        text = composed(value)
        if self.needed and not text:
            raise self.refuse(self.needed)
        return text


@dataclass(frozen=True)
class Number(Field):
    """A whole number from `least` to `most`; any other is refused with `sentence`."""

    _: KW_ONLY
    least: int
    most: int
    sentence: str
    unit: Unit = Unit()

    def kept(self, value: int) -> int:
        """Itself. Raises FieldRefused outside `least` to `most`."""
        if not self.least <= value <= self.most:
            raise self.refuse(self.sentence)
        return value


@dataclass(frozen=True)
class Numbers(Field):
    """Pairs of a key and a number, each from `least` to `most`."""

    _: KW_ONLY
    least: int
    most: int
    sentence: str

    def kept(self, value: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        """Themselves. Raises FieldRefused outside `least` to `most`."""
        pairs = tuple(value)
        if not all(self.least <= number <= self.most for _, number in pairs):
            raise self.refuse(self.sentence)
        return pairs


@dataclass(frozen=True)
class Time(Field):
    """A time of day."""


@dataclass(frozen=True)
class Switch(Field):
    """On or off."""


@dataclass(frozen=True)
class Day(Field):
    """A day, or none."""


@dataclass(frozen=True)
class OneOf(Field):
    """One of a closed set, shown by its value."""

    _: KW_ONLY
    kind: type[Enum]


@dataclass(frozen=True)
class Choice(Field):
    """One of `choices`, each kept as its first text and shown as its second."""

    _: KW_ONLY
    choices: tuple[tuple[str, str], ...]
    sentence: str

    def kept(self, value: str) -> str:
        """Itself. Raises FieldRefused for what is none of the choices."""
        if value not in [kept for kept, _ in self.choices]:
            raise self.refuse(self.sentence)
        return value


@dataclass(frozen=True)
class Texts(Field):
    """A list of texts in their order; with several `columns` a row of texts each, the first of them its name. A list of
    one column has no text twice. `add` says what one more is: 'Add an area'.
    """

    _: KW_ONLY
    columns: tuple[str, ...]
    add: str
    subject: str
    unnamed: str = ""  # the sentence when a row has no name
    needed: str = ""  # the sentence when the list is empty; without one it may be

    def kept(self, value: Iterable[Any]) -> tuple[Any, ...]:
        """Each in one line, one space between words. Raises FieldRefused for none where they are needed, for one
        without its name where it needs one, and for one that stands twice."""
        rows = tuple(self._row((text,) if isinstance(text, str) else text) for text in value)
        if self.needed and not rows:
            raise self.refuse(self.needed)
        if self.unnamed and not all(row[0] for row in rows):
            raise self.refuse(self.unnamed)
        if len(self.columns) > 1:
            return rows
        texts = tuple(row[0] for row in rows)
        known = [text.casefold() for text in texts]
        twice = next((text for text in texts if known.count(text.casefold()) > 1), None)
        if twice:
            raise self.refuse(f"{twice} is listed twice. Rename or remove one of them.")
        return texts

    def _row(self, texts: Iterable[str]) -> tuple[str, ...]:
        found = tuple(texts)
        fault = next((fault for text in found if (fault := fault_of(text))), "")
        if fault:
            raise self.refuse(f"{self.subject} {fault}")
        return tuple(composed(text) for text in found)


def kept(fields: Iterable[Field], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as they are kept. Raises FieldRefused at the first that cannot be."""
    rows = {field.name: field for field in fields}
    return {name: rows[name].kept(value) if name in rows else value for name, value in changes.items()}
