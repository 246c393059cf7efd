"""The strict reading of a header's fields: anything but the expected form is DamagedHeader, whatever stands there."""

import binascii
import json
import re
from base64 import b64decode, b64encode
from enum import Enum
from typing import Any, NoReturn, TypeVar

from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import DamagedHeader

MOST_COUNT = 2**53
MOST_MARKS = 256
MOST_AWAY = 4096

E = TypeVar("E", bound=Enum)

_HEX = re.compile(r"[0-9a-f]{32}\Z")
_COST_FIELDS = {"memory", "time", "lanes", "quick"}


def loaded(raw: bytes) -> Any:
    """JSON in UTF-8 in which no field stands twice; raises DamagedHeader."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise DamagedHeader("it is not in the expected form") from wrong


def canonical(content: dict[str, Any]) -> bytes:
    """The same bytes for the same content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def base64(value: bytes) -> str:
    """As bytes stand in a header."""
    return b64encode(value).decode()


def exactly(content: Any, fields: set[str]) -> None:
    """These fields and no others. Raises DamagedHeader otherwise."""
    if not isinstance(content, dict) or set(content) != fields:
        raise DamagedHeader("a field is missing or unknown")


def text_in(content: dict[str, Any], field: str) -> str:
    """Text. Raises DamagedHeader for anything else."""
    value = content.get(field)
    if not isinstance(value, str):
        raise DamagedHeader(f"the field '{field}' is not text")
    return value


def list_in(content: dict[str, Any], field: str) -> list[Any]:
    """A list of anything. Raises DamagedHeader for anything else."""
    value = content.get(field)
    if not isinstance(value, list):
        raise DamagedHeader(f"the field '{field}' is not a list")
    return value


def flag_in(content: dict[str, Any], field: str) -> bool:
    """Yes or no. Raises DamagedHeader for anything else."""
    value = content.get(field)
    if not isinstance(value, bool):
        raise DamagedHeader(f"the field '{field}' is not yes or no")
    return value


def count_in(content: dict[str, Any], field: str, least: int = 1) -> int:
    """A whole number from `least`. Raises DamagedHeader for anything else."""
    value = content.get(field)
    if type(value) is not int or not least <= value <= MOST_COUNT:
        raise DamagedHeader(f"the field '{field}' is not a count")
    return value


def hex_in(content: dict[str, Any], field: str) -> str:
    """32 hexadecimal digits. Raises DamagedHeader for anything else."""
    value = text_in(content, field)
    if not _HEX.match(value):
        raise DamagedHeader(f"the field '{field}' is not an identity")
    return value


def marks_in(content: dict[str, Any], field: str) -> tuple[str, ...]:
    """A list of marks. Raises DamagedHeader for anything else, and for too many."""
    marks = list_in(content, field)
    if len(marks) > MOST_MARKS or not all(isinstance(mark, str) and _HEX.match(mark) for mark in marks):
        raise DamagedHeader(f"the field '{field}' is not a list of marks")
    return tuple(marks)


def bytes_in(content: dict[str, Any], field: str, length: int) -> bytes:
    """So many bytes. Raises DamagedHeader for more or fewer."""
    value = any_bytes_in(content, field, length)
    if len(value) != length:
        raise DamagedHeader(f"the field '{field}' has the wrong length")
    return value


def any_bytes_in(content: dict[str, Any], field: str, most: int) -> bytes:
    """At most so many bytes."""
    return bytes_of(text_in(content, field), field, most)


def bytes_of(text: Any, field: str, most: int) -> bytes:
    """Bytes written in the one canonical way. Raises DamagedHeader for any other way, and for more than `most`."""
    if not isinstance(text, str):
        raise DamagedHeader(f"the field '{field}' is not text")
    try:
        value = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise DamagedHeader(f"the field '{field}' cannot be decoded") from wrong
    if len(value) > most or base64(value) != text:
        raise DamagedHeader(f"the field '{field}' has the wrong length")
    return value


def one_of(choices: type[E], content: dict[str, Any], field: str) -> E:
    """One of an enumeration's values. Raises DamagedHeader for any other."""
    value = text_in(content, field)
    for choice in choices:
        if choice.value == value:
            return choice
    raise DamagedHeader(f"the field '{field}' has an unknown value")


def cost_of(content: Any) -> Cost:
    """The work of one guess, within its bounds: nothing is derived before. Raises DamagedHeader outside them."""
    exactly(content, _COST_FIELDS)
    numbers = (count_in(content, "memory"), count_in(content, "time"), count_in(content, "lanes"))
    cost = Cost(*numbers, flag_in(content, "quick"))
    if not cost.is_within_bounds:
        raise DamagedHeader("the work asked for a passphrase is outside the bounds")
    return cost


def content_of_cost(cost: Cost) -> dict[str, Any]:
    """As it stands in a header."""
    return {"memory": cost.memory, "time": cost.time, "lanes": cost.lanes, "quick": cost.is_quick}


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a field is listed twice")
    return content


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)
