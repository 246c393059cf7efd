"""Which column of a stranger's table is which field of ours: what was guessed, how sure that is, what a person says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from csp_desktop.domain.common.errors import Refused


@dataclass(frozen=True)
class LeftOut:
    """Something of a file that is neither read nor refused, and why: a whole sheet where there is no line."""

    sheet: str
    line: int | None
    why: str


class Sureness(Enum):
    """How sure it is what a column is."""

    SURE = "Sure"
    LIKELY = "Likely"
    ASKED = "Please say"
    SAID = "Set by you"
    LEFT_OUT = "Left out"


class Letters(Enum):
    """How the letters of a text file were written, where nothing in it says so; the values are codecs of Python."""

    WINDOWS = "cp1252"
    MAC = "mac-roman"
    DOS = "cp850"


class DayOrder(Enum):
    """Which comes first where a day is written in figures."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True)
class Misfit:
    """The first value of a column that is no value of the field somebody set for it, and why: '“Blue” is not a
    date'."""

    line: int
    value: str
    why: str


@dataclass(frozen=True)
class ColumnGuess:
    """One column: its letter and heading, its first values, and the field it is taken for; none: it is left out. There
    is a misfit where most values speak against what was set."""

    place: int  # from 0
    heading: str
    samples: tuple[str, ...]
    field: str
    sure: Sureness
    note: str = ""
    misfit: Misfit | None = None

    @property
    def letter(self) -> str:
        """As a spreadsheet names it."""
        return letter_of(self.place)


@dataclass(frozen=True)
class ColumnMapping:
    """What each column of the chosen sheet is. `fields` are all there are to choose from, `needed` those without which
    nothing can be read; `about` says in short words what was found: the sheet, the line of the headings."""

    file: str
    sheet: str
    header_line: int
    columns: tuple[ColumnGuess, ...]
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    order: DayOrder | None = None  # None: as the file shows it
    about: tuple[str, ...] = ()
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()  # fields that together stand for a needed one
    order_asked: str = ""  # the first day that shows only the American order, with its line: a person has to say
    sheets: tuple[str, ...] = ()  # where several fit alike
    sheet_asked: bool = False
    letters: Letters | None = None  # where nothing in the file says how its letters are written
    odd_values: tuple[str, ...] = ()  # some that hold other letters than English, as they were read

    @property
    def lacking(self) -> tuple[str, ...]:
        """Needed fields that no column is."""
        found = {column.field for column in self.columns}
        found |= {field for field, parts in self.instead if found.issuperset(parts)}
        return tuple(field for field in self.needed if field not in found)

    @property
    def asked(self) -> tuple[ColumnGuess, ...]:
        """Columns of which a person has to say what they are."""
        return tuple(column for column in self.columns if column.sure in (Sureness.ASKED, Sureness.LIKELY))

    @property
    def is_settled(self) -> bool:
        """Whether the file can be read by it without a further word."""
        return not (self.lacking or self.asked or self.order_asked or self.sheet_asked)

    def chosen(self) -> "ChosenColumns":
        """As it is kept and said again."""
        fields = {column.heading: column.field for column in self.columns}
        return ChosenColumns(fields, self.sheet, self.order, self.letters)


@dataclass(frozen=True)
class ChosenColumns:
    """What a person, a mapping file or an earlier import of the same sender says: heading to field, empty where the
    column is left out. What it does not name is guessed. `fixes` are cells corrected, by line and field, `dropped`
    lines left out: of this one file."""

    fields: Mapping[str, str]
    sheet: str = ""
    order: DayOrder | None = None
    letters: Letters | None = None
    fixes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()


class ColumnsUnclear(Refused):
    """A person has to say what some columns are before anything is read; `mapping` is what was guessed."""

    def __init__(self, sentence: str, mapping: ColumnMapping, book: Any) -> None:
        super().__init__(sentence)
        self.mapping = mapping
        self.book = book  # as it was read: to be read on without opening the file again


def letter_of(place: int) -> str:
    """'A', 'Z', 'AA'"""
    letters = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(65 + left) + letters
    return letters
