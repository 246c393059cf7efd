"""How the minutes of a file's meetings are drawn up: what differs between the group and the private meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RecordKind:
    """Handed in with the subject of a file. `facts` is the class of what is frozen; `draw(session, records, meeting)`
    reads it from the records of a meeting that closes."""

    facts: type[Any]
    draw: Callable[[Any, Any, Any], Any]
