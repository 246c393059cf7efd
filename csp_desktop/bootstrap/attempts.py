"""Wrong passphrases are counted, for the window and the command line of both programs alike, and kept over a restart.

Kept in one small file of this user: for each vault a short digest of its number, how many wrong ones in a row, and when
the last was. It keeps off whoever guesses at this computer; whoever copies a vault away, or removes the file, guesses
at the speed of the slow derivation alone.
"""

import hashlib
import json
import math
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from csp_desktop import saving
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.services.file.unlock import wait_after
from csp_desktop.vault.errors import TooSoon, WrongPassphrase
from csp_desktop.vault.header import SealedHeader
from csp_desktop.vault.unlock import Unlock

FILE = "attempts.json"
FORGOTTEN_AFTER = timedelta(days=1)
MOST_BYTES, MOST_VAULTS = 64 * 1024, 200


class Attempts:
    """`guard` puts it in front of a way into a vault."""

    def __init__(self, folder: Path, now: Clock) -> None:
        """`now` is the computer's own clock, whatever clock the folder lives by."""
        self._file, self._now = folder / FILE, now

    def guard(self, unlock: Unlock) -> Unlock:
        """The same way in. Raises TooSoon while one must wait; then nothing is tried."""

        def guarded(sealed: SealedHeader) -> tuple[bytearray, bytes]:
            left = self.left(sealed.vault_id)
            if left:
                raise TooSoon(math.ceil(left.total_seconds()))
            try:
                opened = unlock(sealed)
            except WrongPassphrase:
                self._count(sealed.vault_id)
                raise
            self._forget(sealed.vault_id)
            return opened

        return guarded

    def left(self, vault_id: str) -> timedelta:
        """How long one must still wait. A clock set back is no way round, nor does it lock anybody out: one waits anew
        from then on, once."""
        known, now = self._known(), self._now()
        wrong, last = known.get(_name(vault_id), (0, now))
        if last > now:
            known[_name(vault_id)] = (wrong, last) = (wrong, now)
            self._keep(known)
        return max(last + wait_after(wrong) - now, timedelta(0))

    def _count(self, vault_id: str) -> None:
        known = self._known()
        wrong, _ = known.get(_name(vault_id), (0, self._now()))
        known[_name(vault_id)] = (wrong + 1, self._now())
        self._keep(known)

    def _forget(self, vault_id: str) -> None:
        known = self._known()
        if known.pop(_name(vault_id), None) is not None:
            self._keep(known)

    def _known(self) -> dict[str, tuple[int, datetime]]:
        """A file that is not as it was written says nothing."""
        try:
            with open(self._file, "rb") as file:
                said = read_json(file.read(MOST_BYTES))
            found = {str(name): (int(wrong), datetime.fromisoformat(at)) for name, (wrong, at) in said.items()}
            return {name: (wrong, at) for name, (wrong, at) in found.items() if self._now() - at < FORGOTTEN_AFTER}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _keep(self, known: dict[str, tuple[int, datetime]]) -> None:
        """Where it cannot be written, nobody is kept from unlocking."""
        newest = sorted(known.items(), key=lambda one: one[1][1])[-MOST_VAULTS:]
        written = json.dumps({name: [wrong, at.isoformat()] for name, (wrong, at) in newest}).encode()
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            saving.write(self._file, written, self._file.with_name(f"{FILE}.new"))


def _name(vault_id: str) -> str:
    return hashlib.sha256(f"attempts {vault_id}".encode()).hexdigest()[:16]
