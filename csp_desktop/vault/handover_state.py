"""What a vault's header keeps, wrapped by the vault key, while its one writable home is another laptop."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.saving import publish
from csp_desktop.vault import derivation
from csp_desktop.vault.derivation import CannotUnwrap
from csp_desktop.vault.errors import DamagedHeader
from csp_desktop.vault.header import Header

_BOUND_TO = b"csp-desktop 1 away"


@dataclass(frozen=True)
class Away:
    """To which laptop it went, by whom, when, and in which file."""

    to: str
    by: str
    at: datetime
    file: str

    @property
    def when(self) -> str:
        """'Thu 26 Nov at 16:20'"""
        return f"{dated_day(local(self.at).date())} at {clock(self.at)}"

    def publish(self) -> None:
        """Finish what an interruption left: the file is whole and the header says it is away, but it still has the
        name it was written under. Without its stick nothing happens."""
        made, target = Path(f"{self.file}.part"), Path(self.file)
        with suppress(OSError):
            if made.exists() and not target.exists():
                publish(made, target)

    def wrapped(self, content: Header, vault_key: bytearray) -> bytes:
        """For the field `away` of a header of this vault."""
        key = _key(content, vault_key)
        words = {"to": self.to, "by": self.by, "at": self.at.isoformat(), "file": self.file}
        try:
            return derivation.wrap(json.dumps(words).encode(), key, _BOUND_TO)
        finally:
            derivation.wipe(key)

    @classmethod
    def unwrapped(cls, content: Header, vault_key: bytearray) -> "Away | None":
        """What a proved header says; None when it says nothing. Raises DamagedHeader where it cannot be read."""
        if not content.away:
            return None
        key = _key(content, vault_key)
        try:
            words = json.loads(derivation.unwrap(content.away, key, _BOUND_TO))
            return cls(words["to"], words["by"], datetime.fromisoformat(words["at"]), words["file"])
        except (CannotUnwrap, ValueError, KeyError, TypeError) as wrong:
            raise DamagedHeader("it does not say where the file went") from wrong
        finally:
            derivation.wipe(key)


def _key(content: Header, vault_key: bytearray) -> bytearray:
    return derivation.subkey(vault_key, f"away {content.epoch}", bytes.fromhex(content.vault_id))
