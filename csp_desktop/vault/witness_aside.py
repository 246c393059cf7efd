"""Keeping a witness beside what goes on: locking never waits for a key store.

Whoever reads a witness waits for what is still being kept of the same vault, and so does the end of the process, for
half a second; a store that is silent longer loses that witness, and the one before it stays.
"""

import atexit
import threading
from time import monotonic

from csp_desktop.domain.witness import Seen
from csp_desktop.vault.witness import SECONDS, Witnesses

AT_THE_END = 0.5  # seconds the process waits with its last word
_UNDER_WAY: dict[str, threading.Thread] = {}  # per vault the last one begun; it waits for the one before


class WitnessesAside:
    """Witnesses that are kept off the caller's thread."""

    def __init__(self, store: Witnesses) -> None:
        self._store = store

    def read(self, vault_id: str) -> Seen | None:
        """See Witnesses."""
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

        thread = threading.Thread(target=keep, name="witness", daemon=True)
        _UNDER_WAY[vault_id] = thread
        thread.start()
        return True


@atexit.register
def wait_for_the_last() -> None:
    """At the end of the process."""
    until = monotonic() + AT_THE_END
    for thread in list(_UNDER_WAY.values()):
        thread.join(max(0.0, until - monotonic()))
