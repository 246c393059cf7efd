"""Which column is which, written to a file that a person can correct, and read from it."""

import json
import tomllib
from collections import Counter
from pathlib import Path

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.likeness import plain_words
from csp_desktop.saving import save
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnMapping, DayOrder, Letters

_MOST_BYTES = 200_000
_KEYS = {"columns", "sheet", "dates", "letters"}


def write_mapping(path: Path, mapping: ColumnMapping) -> None:
    """Each heading of the file with the field it is taken for, empty where it is left out. No value of the list is in
    it: it may be sent to whoever makes the exports. Raises NotSaved."""
    lines = [
        f"# The columns of {json.dumps(mapping.file, ensure_ascii=False)}: their heading = our field.",
        '# Leave a column out with "". Fields: ' + ", ".join(mapping.fields),
        f"sheet = {_quoted(mapping.sheet)}",
    ]
    if mapping.order is not None:
        lines.append(f"dates = {_quoted(mapping.order.value)}")
    if mapping.letters is not None:
        lines.append(f"letters = {_quoted(mapping.letters.value)}")
    lines += ["", "[columns]"]
    for column in mapping.columns:
        lines += [f"# Column {column.letter}", f"{_quoted(column.heading)} = {_quoted(column.field)}"]
    save(path, ("\n".join(lines) + "\n").encode())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def read_mapping(path: Path) -> ChosenColumns:
    """What such a file says. Raises Refused, with what is wrong, where it is none."""
    try:
        with path.open("rb") as file:
            told = tomllib.loads(file.read(_MOST_BYTES).decode("utf-8-sig"))
    except OSError as error:
        raise Refused(f"{path.name} could not be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} does not say which column is which: {error}. Write it with --map-out.") from None
    columns, sheet, order = told.get("columns", {}), told.get("sheet", ""), told.get("dates")
    letters = told.get("letters")
    if not isinstance(columns, dict) or not isinstance(sheet, str) or set(told) - _KEYS:
        raise Refused(f"{path.name} does not say which column is which. Write it with --map-out.")
    if order is not None and order not in [one.value for one in DayOrder]:
        raise Refused(f"{path.name}: dates must be “{DayOrder.DAY_FIRST.value}” or “{DayOrder.MONTH_FIRST.value}”.")
    if letters is not None and letters not in [one.value for one in Letters]:
        words = ", ".join(f"“{one.value}”" for one in Letters)
        raise Refused(f"{path.name}: letters must be one of {words}.")
    if not all(isinstance(field, str) for field in columns.values()):
        raise Refused(f"{path.name}: each heading must stand before one of our fields, in quotation marks.")
    twice = [field for field, count in Counter(filter(None, columns.values())).items() if count > 1]
    if twice:
        named = " and ".join(f"“{theirs}”" for theirs, field in columns.items() if field == twice[0])
        raise Refused(f'{path.name} says that {named} are each {twice[0]}. Leave all but one out with "".')
    return ChosenColumns(columns, sheet, DayOrder(order) if order else None, Letters(letters) if letters else None)


def require_named(path: Path, chosen: ChosenColumns, mapping: ColumnMapping) -> None:
    """Raise Refused where a mapping file names a sheet or a column that the list lacks: another may be taken for it."""
    if chosen.sheet and chosen.sheet != mapping.sheet:
        raise Refused(
            f"{mapping.file} has no such list in a sheet “{chosen.sheet}”, which {path.name} names. Correct it, or "
            "delete its line."
        )
    there = {plain_words(column.heading) for column in mapping.columns}
    gone = [theirs for theirs, ours in chosen.fields.items() if ours and plain_words(theirs) not in there]
    if gone:
        raise Refused(
            f"{mapping.file} has no column “{gone[0]}”, which {path.name} names. Correct it, or delete its line."
        )
