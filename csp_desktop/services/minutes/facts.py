"""The facts of a paper as bytes and back: JSON that is the same for the same facts, whoever writes it."""

import json
from datetime import time
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

F = TypeVar("F")

_converter = make_converter()
_converter.register_unstructure_hook(time, time.isoformat)
_converter.register_structure_hook(time, lambda value, _: time.fromisoformat(value))


def plain(facts: Any) -> Any:
    """Facts, or a part of them, as JSON's own values: days and instants as ISO texts, an enum as its value."""
    return _converter.unstructure(facts)


def of_plain(kind: type[F], values: Any) -> F:
    """The facts of plain values. A field of a later version has its default, one that is gone is left out."""
    return _converter.structure(values, kind)


def encoded(values: Any) -> bytes:
    """Plain values as the file keeps them."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decoded(content: bytes) -> Any:
    """The plain values of what the file keeps."""
    return json.loads(content.decode("utf-8", "surrogatepass"))
