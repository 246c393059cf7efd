"""A record with every text in it whole. Apart from the text itself: what is typed needs no records."""

import dataclasses
import operator
from typing import Any, TypeVar, cast

from csp_desktop.domain.common.text import whole

T = TypeVar("T")


def mended(value: T) -> T:
    """The same record, list of values or text with every text in it whole; itself where there is nothing to mend."""
    return cast(T, _mended(value))


def _mended(value: Any) -> Any:
    if type(value) is str:
        return whole(value)
    if type(value) in (tuple, list):
        parts = [_mended(part) for part in value]
        return value if all(map(operator.is_, parts, value)) else type(value)(parts)
    if type(value) is dict:
        pairs = {_mended(key): _mended(part) for key, part in value.items()}
        return value if all(pairs.get(key) is part for key, part in value.items()) else pairs
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        changed = {name: new for name, old in held.items() if (new := _mended(old)) is not old}
        return dataclasses.replace(value, **changed) if changed else value
    return value
