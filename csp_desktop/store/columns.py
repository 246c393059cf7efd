"""Columns from the fields of a record: a new field of a domain record becomes a column by itself.

Both files of a partnership (the group's and the private one) build their tables with these factories.
"""

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Column, Dialect, Float, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

Decode = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """A field's value as JSON and SQLite hold it: ISO texts, an enum's value, lists. Raises ValueError for an instant
    without a time zone, TypeError for any other kind of value."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Enum():
            return value.value
        case datetime():
            if value.tzinfo is None:
                raise ValueError("an instant without a time zone")
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [plain(part) for part in value]
    raise TypeError(f"no column can hold a {type(value).__name__}")


@functools.cache
def decoder(hint: Any) -> Decode | None:
    """What makes a field's value of its plain form, or None where they are the same. Raises TypeError for a type that
    no column holds."""
    hint, _ = _required(hint)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if hint is time:
        return time.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    if typing.get_origin(hint) is tuple:
        return _tuple_decoder(typing.get_args(hint))
    if hint in (str, int, float, bool):
        return None
    raise TypeError(f"no column can hold {hint}")


def _tuple_decoder(parts: tuple[Any, ...]) -> Decode:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = decoder(parts[0])
        return tuple if each is None else lambda values: tuple(map(each, values))
    each_part = [decoder(part) for part in parts]
    return lambda values: tuple(d(v) if d else v for d, v in zip(each_part, values, strict=True))


def _required(hint: Any) -> tuple[Any, bool]:
    """The hint without None, and whether None was allowed."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        if len(inner) == 1:
            return inner[0], True
    return hint, False


class Coded(TypeDecorator[Any]):
    """A text column of days, times, instants or a closed set, in their plain form."""

    impl = Text
    cache_ok = True

    def __init__(self, hint: Any) -> None:
        super().__init__()
        self.hint = hint

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        decode = decoder(self.hint)
        return value if value is None or decode is None else decode(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Decode:
        """The same, found out once for a question and not for each of its values."""
        decode = decoder(self.hint)
        if decode is None:
            return lambda value: value
        return lambda value: None if value is None else decode(value)


class Listed(Coded):
    """A text column of a tuple, as JSON."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else canonical(plain(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else super().process_result_value(json.loads(value), dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Decode:
        """From JSON first."""
        decode = super().result_processor(dialect, coltype)
        return lambda value: None if value is None else decode(json.loads(value))


def canonical(value: Any) -> str:
    """JSON that is the same for the same value, whoever writes it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def column_type(hint: Any) -> TypeEngine[Any]:
    """The column type for a field's type."""
    hint, _ = _required(hint)
    simple: dict[Any, TypeEngine[Any]] = {str: Text(), int: Integer(), float: Float(), bool: Boolean()}
    if hint in simple:
        return simple[hint]
    decoder(hint)  # refuses what no column can hold
    return Listed(hint) if typing.get_origin(hint) is tuple else Coded(hint)


def table_for(
    metadata: MetaData,
    name: str,
    record: type[Any],
    *,
    indexes: Sequence[str] = (),
    parents: Mapping[str, str] | None = None,
    unique: Sequence[str] = (),
) -> Table:
    """One table of one record class. `indexes`: fields, or several joined by '+'; `parents`: field → table pointed to.

    Foreign keys are deferred to the commit, so the order of saving within a step does not matter.
    """
    hints = typing.get_type_hints(record)
    columns: list[Column[Any]] = []
    for field in dataclasses.fields(record):
        pointing = (parents or {}).get(field.name)
        key = [ForeignKey(f"{pointing}.id", deferrable=True, initially="DEFERRED")] if pointing else []
        columns.append(
            Column(
                field.name,
                column_type(hints[field.name]),
                *key,
                primary_key=field.name == "id",
                nullable=_required(hints[field.name])[1],
            )
        )
    table = Table(name, metadata, *columns)
    for fields in (*indexes, *unique):
        names = fields.split("+")
        Index(f"ix_{name}_{'_'.join(names)}", *(table.c[n] for n in names), unique=fields in unique)
    return table
