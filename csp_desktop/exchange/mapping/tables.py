"""A book read as one kind of list: which sheet, its rows by field, and every line that is no row named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.common.written_days import WrittenDay, written_day
from csp_desktop.exchange.likeness import plain_words
from csp_desktop.exchange.mapping.columns import (
    Headings,
    count_exact,
    find_headings,
    guess_columns,
    may_be_told,
    text_of,
)
from csp_desktop.exchange.mapping.fields import TableKind
from csp_desktop.exchange.reading.table import Book, Cell, CellFault, Row, Sheet
from csp_desktop.services.common.import_columns import (
    ChosenColumns,
    ColumnGuess,
    ColumnMapping,
    ColumnsUnclear,
    DayOrder,
    LeftOut,
    Letters,
    Sureness,
)
from csp_desktop.services.common.import_rows import ImportWarning, Refusal

_FOOTER = re.compile(
    r"\b(?:total|end of|report|page|printed|produced|generated|exported|extract(?:ed)?|rows|records|official|"
    r"confidential|sensitive|copyright|count)\b|©",
    re.IGNORECASE,
)
_ODD = 5  # values with other letters that are shown
_NEAR = 0.9  # two sheets that fit so alike are asked about


@dataclass(frozen=True)
class MappedTable:
    """The rows of a list by field, each with its line; days are days where they can be read. `refused` are lines of
    another width than the headings, `refused_keys` what they hold in the field that every row has."""

    mapping: ColumnMapping
    rows: tuple[tuple[int, Mapping[str, Cell]], ...]
    refused: tuple[Refusal, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[ImportWarning, ...]
    refused_keys: tuple[str, ...] = ()

    @property
    def named(self) -> dict[str, str]:
        """Their heading to ours, of the columns that are read."""
        return {column.heading: column.field for column in self.mapping.columns if column.field}


def mapped(book: Book, kind: TableKind, chosen: ChosenColumns | None = None) -> MappedTable:
    """Read a book as this kind of list. Raises Refused where it is none, ColumnsUnclear where a person has to say what
    a needed column is, or which order its days are in."""
    fields = {field.heading for field in kind.fields} | {""}
    unknown = [ours for ours in chosen.fields.values() if ours not in fields] if chosen else []
    if unknown:
        known = ", ".join(field.heading for field in kind.fields)
        raise Refused(f"“{unknown[0]}” is not a field of {kind.called}. Choose one of: {known}.")
    sheet, headings, left, alike = _chosen_sheet(book, kind, chosen)
    if sheet.fault:
        raise Refused(f"{book.name}{_of(sheet)} {sheet.fault}")
    rows, more = _without_footers(sheet, headings, kind)
    width = len(headings.texts)
    if not sheet.ragged:  # a value without a heading stands in a column of its own, not in a line of wrong width
        width = max([width, *(len(cells) for _, cells in rows)])
    columns = guess_columns(headings, rows, kind, chosen, width)
    mapping = ColumnMapping(
        book.name,
        sheet.name,
        headings.line,
        columns,
        tuple(field.heading for field in kind.fields),
        kind.needed,
        chosen.order if chosen else None,
        _about(sheet, headings, more),
        kind.instead,
        sheets=alike,
        sheet_asked=bool(alike) and not (chosen and chosen.sheet in alike),
        **_written(book, rows),
    )
    _require_kind(mapping, headings, kind)
    if chosen and chosen.dropped:
        more += [LeftOut(sheet.name, line, "left out by you") for line, _ in rows if line in chosen.dropped]
        rows = [row for row in rows if row[0] not in chosen.dropped]
    fixes = chosen.fixes if chosen else {}
    told = (*book.left_out, *_text_round(book), *left, *more)
    return _Reading(book, sheet, rows, mapping, kind, width, fixes).table(told)


def _text_round(book: Book) -> list[LeftOut]:
    """What a document says outside its tables."""
    lines = len(book.prose) - sum(len(sheet.rows) for sheet in book.sheets)
    return [LeftOut("", None, f"the text outside its tables ({count_of(lines, 'line', 'lines')})")] if lines > 0 else []


def _written(book: Book, rows: Sequence[Row]) -> dict[str, Any]:
    """Where nothing in a text says how its letters are written: how they were read, and some of them to look at."""
    known = {one.value: one for one in Letters}
    if book.encoding not in known:
        return {}
    texts = (text_of(cell) for _, cells in rows for cell in cells)
    odd = tuple(islice(dict.fromkeys(text for text in texts if not text.isascii()), _ODD))
    return {"letters": known[book.encoding], "odd_values": odd}


def _of(sheet: Sheet) -> str:
    return f", sheet “{sheet.name}”" if sheet.name else ""


def _chosen_sheet(
    book: Book, kind: TableKind, chosen: ChosenColumns | None
) -> tuple[Sheet, Headings, list[LeftOut], tuple[str, ...]]:
    """The one sheet that is said, or fits best; each other is named; and all those that fit as well as it does. Raises
    Refused where none fits."""
    found = [(sheet, headings) for sheet in book.sheets if (headings := find_headings(sheet, kind)) is not None]
    if not found:
        raise Refused(no_list(book, kind))
    found.sort(key=lambda one: -one[1].points)
    near = [one for one, other in found if other.known >= _NEAR * found[0][1].known and len(one.rows) > 1]
    said = chosen.sheet if chosen is not None else ""
    sheet, headings = next((one for one in found if one[0].name == said), found[0])
    alike = tuple(one.name for one in near) if len(near) > 1 else ()
    left = [
        LeftOut(one.name, None, "not the sheet chosen" if one.name in alike else f"not {kind.called}")
        for one in book.sheets
        if one is not sheet
    ]
    return sheet, headings, left, alike


def no_list(book: Book, kind: TableKind) -> str:
    """Why a book is no list of a kind, in a sentence."""
    seen = next((cells for sheet in book.sheets for _, cells in sheet.rows), ())
    texts = [text for text in map(text_of, seen) if text][:4]
    if not texts and not book.prose:
        return f"{book.name} is empty."
    needed = ", ".join(kind.needed)
    if book.prose and not book.sheets:
        return f"{book.name} is a Word document without a table. It needs one with columns such as {needed}."
    return (
        f"{book.name} is not {kind.called}: no line of it names columns such as {needed}. Check that it is the right "
        "file."
    )


def _require_kind(mapping: ColumnMapping, headings: Headings, kind: TableKind) -> None:
    """Raises Refused for another kind of list."""
    own = count_exact(headings.texts, kind)
    for other in kind.others:
        if (count := count_exact(headings.texts, other)) >= 3 and count > own:
            raise Refused(f"{mapping.file} looks like {other.called}, not like {kind.called}. Nothing was changed.")
    said = any(column.sure is Sureness.SAID for column in mapping.columns)
    if not said and len(mapping.lacking) * 2 > len(kind.needed):
        found = ", ".join(f"“{text}”" for text in headings.texts if text)
        told = f" Its columns are {found[:300]}." if may_be_told(headings.texts, kind) else ""
        raise Refused(
            f"{mapping.file} is not {kind.called}: it has no {', '.join(mapping.lacking)}.{told} Check that it is the "
            "right file."
        )


def _without_footers(sheet: Sheet, headings: Headings, kind: TableKind) -> tuple[list[Row], list[LeftOut]]:
    """The rows below the headings; titles, footers and headings that are repeated are named with their line."""
    left = [LeftOut(sheet.name, line, "above the headings") for line, _ in sheet.rows[: headings.at]]
    rows = list(sheet.rows[headings.at + 1 :])
    width = sum(bool(text) for text in headings.texts)
    below: list[LeftOut] = []
    while rows and _is_footer(rows[-1], width):
        line, _ = rows.pop()
        below.insert(0, LeftOut(sheet.name, line, "below the list"))
    plain = tuple(plain_words(text) for text in headings.texts)
    kept = []
    for line, cells in rows:
        again = len(cells) == len(plain) > 1
        again = again and all(plain_words(text_of(cell)) == head for cell, head in zip(cells, plain, strict=True))
        if again:
            left.append(LeftOut(sheet.name, line, "headings repeated"))
        else:
            kept.append((line, cells))
    return kept, [*left, *below]


def _is_footer(row: Row, width: int) -> bool:
    filled = [text for text in map(text_of, row[1]) if text.strip()]
    return width >= 3 and len(filled) <= 2 and len(filled) < width and bool(_FOOTER.search(filled[0]))


def _about(sheet: Sheet, headings: Headings, more: Sequence[LeftOut]) -> tuple[str, ...]:
    told = [f"sheet “{sheet.name}”"] if sheet.name else []
    told.append(f"headings in line {headings.line}")
    if more:
        told.append(f"{len(more)} {'line' if len(more) == 1 else 'lines'} left out")
    return tuple(told)


class _Reading:
    """The rows of one sheet by one mapping."""

    def __init__(
        self,
        book: Book,
        sheet: Sheet,
        rows: list[Row],
        mapping: ColumnMapping,
        kind: TableKind,
        width: int,
        fixes: Mapping[tuple[int, str], str],
    ) -> None:
        self._book, self._sheet, self._rows, self._mapping, self._kind = book, sheet, rows, mapping, kind
        self._width, self._fixes = width, fixes
        self._days: dict[str, WrittenDay] = {}

    def table(self, left: Sequence[LeftOut]) -> MappedTable:
        """All of them, or what is wrong with the whole."""
        mapping, warnings = self._settled()
        taken = [(column.field, column.place) for column in mapping.columns if column.field]
        refused: list[Refusal] = []
        keys: list[str] = []
        key = next((place for field, place in taken if field == self._kind.key), 0)
        rows: list[tuple[int, dict[str, Cell]]] = []
        for line, cells in self._rows:
            wrong = self._wrong_width(line, cells)
            if wrong:
                refused.append(wrong)
                keys.append(text_of(cells[key]) if key < len(cells) else "")
                continue
            rows.append((line, {field: cells[place] if place < len(cells) else "" for field, place in taken}))
        self._fix(rows)
        days = [field for field, _ in taken if self._kind.field(field).is_day]
        mapping = replace(mapping, order=self._order(mapping, rows, days))
        for _, row in rows:
            for field in days:
                row[field] = self._day(row[field], mapping.order)
        columns = [_left_column(self._sheet, mapping, one) for one in mapping.columns if not one.field]
        told = (*left, *columns)
        told_of = (*self._book.notes, *_hidden(self._sheet))
        notes = tuple(ImportWarning(None, "", "", note) for note in told_of)
        return MappedTable(mapping, tuple(rows), tuple(refused), told, (*notes, *warnings), tuple(keys))

    def _fix(self, rows: Sequence[tuple[int, dict[str, Cell]]]) -> None:
        """What a person corrected stands instead of what the file says, also in a field it has no column for."""
        if not self._fixes:
            return
        by_line = dict(rows)
        for (line, field), text in self._fixes.items():
            if line in by_line:
                day = written_day(text).day_first if self._kind.field(field).is_day else None
                by_line[line][field] = day or text

    def _settled(self) -> tuple[ColumnMapping, list[ImportWarning]]:
        """A needed column that is not sure is asked about; another is left out, and told."""
        mapping, warnings, columns = self._mapping, [], []
        if mapping.sheet_asked:
            raise ColumnsUnclear(_which_sheet(mapping, self._kind), mapping, self._book)
        unclear = [one for one in mapping.asked if one.field in mapping.needed]
        if mapping.lacking or unclear:
            raise ColumnsUnclear(_unclear_words(mapping, unclear, self._kind), mapping, self._book)
        for column in mapping.columns:
            if column.sure in (Sureness.LIKELY, Sureness.ASKED):
                warnings.append(_left_out_warning(column, mapping.header_line))
                column = replace(column, field="", note=column.note if column.misfit else f"perhaps {column.field}")
            columns.append(column)
        return replace(mapping, columns=tuple(columns)), warnings

    def _wrong_width(self, line: int, cells: tuple[Cell, ...]) -> Refusal | None:
        """A line of text with more or fewer cells than the headings: which value belongs where nobody can say."""
        if not self._sheet.ragged:
            return None
        headed = [c for c in self._mapping.columns if c.place < self._width]
        if len(cells) < self._width:
            first = next((c for c in headed if c.place >= len(cells)), headed[-1])
            name = first.field or first.heading
            reason = (
                f"The row is incomplete: {len(cells)} of {self._width} columns. Everything from {name} on is missing."
            )
            return Refusal(line, name, "", reason)
        extra = [text for text in map(text_of, cells[self._width :]) if text]
        if extra:
            column = headed[-1].field or headed[-1].heading
            reason = (
                f"The row has {len(cells)} cells, but there are {self._width} headings. A text with a "
                "comma may be missing its quotation marks."
            )
            return Refusal(line, column, extra[0][:100], reason)
        return None

    def _order(
        self, mapping: ColumnMapping, rows: Sequence[tuple[int, Mapping[str, Cell]]], days: Sequence[str]
    ) -> DayOrder:
        """Which order all day columns together show. Raises Refused where they show both, ColumnsUnclear where only
        the American one."""
        if mapping.order is not None:
            return mapping.order
        seen: dict[DayOrder, str] = {}
        for line, field, text in _texts(rows, days):
            shown = self._read(text)
            if shown.shows_day_first:
                seen.setdefault(DayOrder.DAY_FIRST, f"line {line}, {field}: {text}")
            elif shown.shows_month_first:
                seen.setdefault(DayOrder.MONTH_FIRST, f"line {line}, {field}: {text}")
            if len(seen) == 2:
                raise Refused(
                    f"{self._book.name} mixes British and American dates: {seen[DayOrder.DAY_FIRST]} has the day "
                    f"first, {seen[DayOrder.MONTH_FIRST]} the month. Its dates cannot be trusted. Are these American "
                    "dates? Export it again in one order."
                )
        if DayOrder.MONTH_FIRST in seen:
            raise ColumnsUnclear(
                f"{self._book.name}: {seen[DayOrder.MONTH_FIRST]} is not a British date. Are the dates of this file "
                "American, with the month first? Choose the date order.",
                replace(mapping, order_asked=seen[DayOrder.MONTH_FIRST]),
                self._book,
            )
        return DayOrder.DAY_FIRST

    def _read(self, text: str) -> WrittenDay:
        known = self._days.get(text)
        if known is None:
            known = self._days[text] = written_day(text)
        return known

    def _day(self, cell: Cell, order: DayOrder | None) -> Cell:
        if not isinstance(cell, str) or not cell:
            return cell
        shown = self._read(text_of(cell))
        return (shown.month_first if order is DayOrder.MONTH_FIRST else shown.day_first) or cell


def _hidden(sheet: Sheet) -> list[str]:
    """Rows that nobody sees in the spreadsheet are read like all others, and told."""
    if not sheet.hidden:
        return []
    shown = ", ".join(str(line) for line in sheet.hidden[:_ODD])
    more = f" and {len(sheet.hidden) - _ODD} more" if len(sheet.hidden) > _ODD else ""
    rows = count_of(len(sheet.hidden), "row is", "rows are")
    return [f"{rows} hidden in the file but were read: line {shown}{more}."]


def _texts(rows: Sequence[tuple[int, Mapping[str, Cell]]], fields: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for line, row in rows:
        for field in fields:
            cell = row[field]
            if isinstance(cell, str) and cell:
                yield line, field, text_of(cell)


def _left_out_warning(column: ColumnGuess, header_line: int) -> ImportWarning:
    """Why a column that is perhaps a field, or was set as one, is not read."""
    if column.misfit is None:
        why = f"This may be {column.field}. It was left out: set the column to import it."
        return ImportWarning(header_line, column.heading, column.field, why)
    line, value = column.misfit.line, column.misfit.value
    why = f"{column.misfit.why}. The column is set as {column.field}, but most values do not fit: it was left out."
    return ImportWarning(line, column.heading, value, why)


def _left_column(sheet: Sheet, mapping: ColumnMapping, column: ColumnGuess) -> LeftOut:
    note = f": {column.note}" if column.note else ""
    return LeftOut(
        sheet.name, mapping.header_line, f"column {column.letter}, “{column.heading}”, is not imported{note}"
    )


def _which_sheet(mapping: ColumnMapping, kind: TableKind) -> str:
    names = " and ".join(f"“{one}”" for one in mapping.sheets)
    return f"{mapping.file} has {len(mapping.sheets)} sheets that could be {kind.called}: {names}. Choose one."


def _unclear_words(mapping: ColumnMapping, unclear: Sequence[ColumnGuess], kind: TableKind) -> str:
    is_told = may_be_told((one.heading for one in mapping.columns), kind)
    named = {one.letter: f"column {one.letter}, “{one.heading}”," for one in mapping.columns if is_told}
    lacking = mapping.lacking
    parts = []
    end = "" if lacking else ":"
    if lacking:
        found = ", ".join(f"“{one.heading}”" for one in mapping.columns if not one.field and is_told)
        which = "the column" if len(lacking) == 1 else "the columns"
        other = f" Columns not used: {found[:200]}." if found else ""
        parts.append(f"has {which} {', '.join(lacking)} missing.{other}")
    for one in unclear:
        column = named.get(one.letter, f"column {one.letter}")
        if one.misfit:
            parts.append(f"{column} is set as {one.field}, but {one.note}.")
            continue
        note = f" ({one.note})" if one.note else ""
        parts.append(f"{column} may be {one.field}{note}: confirm it.")
    return f"{mapping.file}{end} {' '.join(parts)}"


def day_in(cell: Cell) -> date | None:
    """The day of a cell of a day column; None where it holds none."""
    return cell if isinstance(cell, date) else None


def fault_in(cell: Cell) -> str:
    """Why a cell holds no value at all; empty where it does."""
    return cell.reason if isinstance(cell, CellFault) else ""
