"""Questions about many records, answered in SQL and returned as rows."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection

from csp_desktop.store import searching
from csp_desktop.store.searching import Found
from csp_desktop.store.tables import Shelves


class SqlQueries:
    """The port `CaseQueries` on the open file."""

    def __init__(self, connected: Callable[[], AbstractContextManager[Connection]], shelves: Shelves) -> None:
        self._connected = connected
        self._shelves = shelves

    def page_of_cases(self, query: Any, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        raise NotImplementedError

    def search(self, text: str, limit: int) -> list[Found]:
        """The records whose words match what was typed, the best first."""
        with self._connected() as connection:
            return searching.search(connection, text, limit)
