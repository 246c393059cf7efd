"""What one test had printed, searched or read is not worked out anew for the next that wants the same: of the same
comes the same, as `tests/documents` and `tests/exchange` prove with this at rest."""

import hashlib
import pickle
from collections.abc import Callable
from typing import Any

from csp_desktop.documents import paper as papers
from csp_desktop.documents.absence import Found, Search
from csp_desktop.documents.paper import Paper
from csp_desktop.documents.shaping import Inks
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.exchange.reading import reader

MOST = 600  # results kept
Told = list[tuple[int, int, str]]
_printed, _found_in, _ask = papers._printed, Search.found_in, reader._ask


class MadeOnce:
    """Stands in for what prints a paper, searches a file for words, and has a table read by a child process. Whoever
    listens to the progress hears what was heard the first time; work that was ended by it is not kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], tuple[Any, Told]] = {}

    def begin(self) -> None:
        """From here on."""
        self._use(self._print, self._search(), self._read)

    def rest(self) -> None:
        """All is made anew."""
        self._use(_printed, _found_in, _ask)

    def _use(self, printed: Any, found_in: Any, ask: Any) -> None:
        for where, name, does in (
            (papers, "_printed", printed),
            (Search, "found_in", found_in),
            (reader, "_ask", ask),
        ):
            setattr(where, name, does)

    def _print(self, paper: Paper, progress: Progress | None, inks: Inks, *, is_large: bool) -> bytes:
        def make(hear: Progress) -> bytes:
            return _printed(paper, hear, inks, is_large=is_large)

        made: bytes = self._once("printed", (paper, is_large), make, progress)
        return made

    def _search(self) -> Any:
        def found_in(search: Search, file: bytes, *, name: str = "", passphrase: str = "") -> tuple[Found, ...]:
            def look(_: Progress) -> tuple[Found, ...]:
                return _found_in(search, file, name=name, passphrase=passphrase)

            found: tuple[Found, ...] = self._once("searched", (search.withheld, _hash(file), name, passphrase), look)
            return found

        return found_in

    def _read(self, content: bytes, about: dict[str, str], progress: Progress) -> bytes:
        answer: bytes = self._once("read", (about, _hash(content)), lambda hear: _ask(content, about, hear), progress)
        return answer

    def _once(self, deed: str, asked: Any, make: Callable[[Progress], Any], progress: Progress | None = None) -> Any:
        key = deed, _hash(pickle.dumps(asked))  # what is pickled otherwise though equal is made once more
        if key in self._kept:
            result, told = self._kept[key]
            if progress:
                for each in told:
                    progress(*each)
            return result
        told = []

        def hear(done: int, total: int, words: str) -> None:
            told.append((done, total, words))
            if progress:
                progress(done, total, words)

        result = make(hear)
        while len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = result, told
        return result


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
