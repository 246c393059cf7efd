"""What a table of ours consists of: its fields, what others call them, and what their values look like."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from csp_desktop.domain.common.folding import key_of, reference_in, whole_number
from csp_desktop.domain.common.written_days import written_day

Fits = Callable[[str], bool]
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,4}")
_PERSON = re.compile(r"(?:[^\W\d_][\w'’.-]*)(?:\s+[^\W\d_][\w'’.-]*){1,4}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_YES_NO = frozenset(["y", "n", "yes", "no", "true", "false", "1", "0"])


@dataclass(frozen=True)
class TargetField:
    """One field. `words` are what others call it, `foreign` words in a heading say that it is something else. `fits`
    says whether a value looks like one; where it is `strict`, values that do not count against it."""

    heading: str
    words: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    fits: Fits | None = None
    strict: bool = False
    needed: bool = False
    is_day: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All it is called by."""
        return (self.heading, *self.words)

    @property
    def is_closed(self) -> bool:
        """Whether its values are a few words that are known."""
        return self.fits is not None and self.fits not in _VALUE_WORDS

    @property
    def value_words(self) -> str:
        """What a value of it is, for a sentence: 'a date'."""
        return _VALUE_WORDS.get(self.fits, f"a known {self.heading}")


@dataclass(frozen=True)
class TableKind:
    """One kind of list. `called` names it in a sentence; `others` are lists that it could be mistaken for; `instead`
    names fields that together stand for a needed one."""

    called: str
    fields: tuple[TargetField, ...]
    key: str  # the field that every row has
    others: tuple["TableKind", ...] = ()
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which nothing can be read."""
        return tuple(field.heading for field in self.fields if field.needed)

    def field(self, heading: str) -> TargetField:
        """The field of this heading; KeyError for another."""
        return {field.heading: field for field in self.fields}[heading]


def is_day(text: str) -> bool:
    """A day, in either order."""
    return written_day(text).is_a_day


def is_reference(text: str) -> bool:
    """A reference of Safety Net, however it is written."""
    return bool(reference_in(text))


def is_score(text: str) -> bool:
    """A total of the risk assessment."""
    number = whole_number(text)
    return number is not None and number <= 120


def is_initials(text: str) -> bool:
    """'JP', 'J.P.'"""
    return bool(_INITIALS.fullmatch(text.strip()))


def is_person(text: str) -> bool:
    """Two words or more without figures."""
    return bool(_PERSON.fullmatch(text.strip()))


def is_mail(text: str) -> bool:
    """Something with an @ in it."""
    return bool(_MAIL.fullmatch(text.strip()))


def is_yes_no(text: str) -> bool:
    """A mark of two."""
    return key_of(text) in _YES_NO


_VALUE_WORDS: dict[Fits | None, str] = {
    is_day: "a date",
    is_reference: "a Safety Net reference",
    is_score: "a number up to 120",
    is_initials: "initials",
    is_person: "a name",
    is_mail: "an email address",
    is_yes_no: "yes or no",
}


def one_of(words: Iterable[str]) -> Fits:
    """One of these words, whatever its dress."""
    known = frozenset(key_of(word) for word in words)
    return lambda text: key_of(text) in known
