"""What this computer last saw of a vault, in the key store, where whoever can swap files cannot reach it.

Never in the way: a store that is missing, locked or silent keeps and tells nothing, and after one silence is not asked
again. Locking never waits for a key store: it is kept beside what goes on. Whoever reads waits for what is still being
kept of the same vault, and so does the end of the process, for half a second.
"""

import atexit
import json
import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Protocol

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.domain.file.rollback_guard import Seen
from csp_desktop.vault.device_secret import KeyringSecrets
from csp_desktop.vault.errors import KeyringSilent

SECONDS = 3.0
_FIELDS = {"generation": int, "number": int, "head": str, "at": str}


class RollbackGuard(Protocol):
    """Where it is kept what was last seen of each vault."""

    def read(self, vault_id: str) -> Seen | None:
        """What was last seen; None when nothing is known."""

    def keep(self, vault_id: str, seen: Seen) -> bool:
        """Keep it, if the store can; whether it did."""


class KeyringRollbackGuard:
    """In the operating system's key store, beside this computer's half of a key."""

    def __init__(self, store: KeyringSecrets | None = None) -> None:
        """The store of this computer by default, with little patience."""
        self._store = store or KeyringSecrets(seconds=SECONDS)
        self._silent = False

    def read(self, vault_id: str) -> Seen | None:
        """See RollbackGuard."""
        text = self._asked(lambda: self._store.recall(_name(vault_id)))
        return None if text is None else parse(text)

    def keep(self, vault_id: str, seen: Seen) -> bool:
        """See RollbackGuard."""
        text = written(seen)
        self._asked(lambda: self._store.remember(_name(vault_id), text))
        return self._asked(lambda: self._store.recall(_name(vault_id))) == text

    def _asked(self, ask: Callable[[], str | None]) -> str | None:
        if self._silent:
            return None
        try:
            return ask()
        except KeyringSilent:
            self._silent = True
        except Refused:
            pass
        return None


def _name(vault_id: str) -> str:
    return f"{vault_id} witness"


def written(seen: Seen) -> str:
    """As it lies in the store: no name, no word of the file's content."""
    return json.dumps(
        {"generation": seen.generation, "number": seen.number, "head": seen.head, "at": seen.at.isoformat()}
    )


def parse(text: str) -> Seen | None:
    """What was kept; None when it is not in the form it was written in."""
    try:
        content = read_json(text)
        if not isinstance(content, dict) or any(type(content.get(n)) is not kind for n, kind in _FIELDS.items()):
            return None
        at = datetime.fromisoformat(content["at"])
    except ValueError:
        return None
    return Seen(content["generation"], content["number"], content["head"], at) if at.tzinfo else None


AT_THE_END = 0.5  # seconds the process waits with its last word
_UNDER_WAY: dict[str, threading.Thread] = {}  # per vault the last one begun; it waits for the one before


class BackgroundRollbackGuard:
    """One that keeps off the caller's thread."""

    def __init__(self, store: RollbackGuard) -> None:
        self._store = store

    def read(self, vault_id: str) -> Seen | None:
        """See RollbackGuard."""
        last = _UNDER_WAY.get(vault_id)
        if last is not None:
            last.join(2 * SECONDS)
        return self._store.read(vault_id)

    def keep(self, vault_id: str, seen: Seen) -> bool:
        """Begun; whether the store could keep it, nobody waits to learn."""
        before = _UNDER_WAY.get(vault_id)

        def keep() -> None:
            if before is not None:
                before.join()
            self._store.keep(vault_id, seen)
            if _UNDER_WAY.get(vault_id) is threading.current_thread():
                del _UNDER_WAY[vault_id]

        thread = threading.Thread(target=keep, name="rollback guard", daemon=True)
        _UNDER_WAY[vault_id] = thread
        thread.start()
        return True


@atexit.register
def wait_for_the_last() -> None:
    """At the end of the process."""
    until = monotonic() + AT_THE_END
    for thread in list(_UNDER_WAY.values()):
        thread.join(max(0.0, until - monotonic()))
