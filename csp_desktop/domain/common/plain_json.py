"""JSON from a file that anybody may have written: whatever stands in it, it is read or it is ValueError."""

import json
import math
from collections.abc import Callable
from json import scanner
from json.decoder import JSONObject  # type: ignore[attr-defined]
from typing import Any, NoReturn


class Placed(dict[str, Any]):
    """An object of a file, which knows the line it begins in, from 1."""

    line = 1


def read_json(text: str | bytes) -> Any:
    """Numbers are finite, and what is nested too deeply is refused as what is cut off is. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


def read_placed_json(text: str) -> Any:
    """The same, with every object a `Placed`: for a file that a person wrote and puts right. Raises ValueError, whose
    `lineno` says the line where the text itself is wrong."""
    try:
        return json.loads(text, cls=_Placing, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


class _Placing(json.JSONDecoder):
    """The library's own reader, in the form whose parts can be handed in."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        whole: Callable[..., tuple[dict[str, Any], int]] = JSONObject

        def placed(begin: tuple[str, int], *more: Any) -> tuple[Placed, int]:
            found, end = whole(begin, *more)
            one = Placed(found)
            one.line = begin[0].count("\n", 0, begin[1]) + 1
            return one, end

        self.parse_object = placed
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number too large")
    return number
