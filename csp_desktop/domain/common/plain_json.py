"""JSON from a file that anybody may have written: whatever stands in it, it is read or it is ValueError."""

import json
import math
from typing import Any, NoReturn


def read_json(text: str | bytes) -> Any:
    """Numbers are finite, and what is nested too deeply is refused as what is cut off is. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number too large")
    return number
