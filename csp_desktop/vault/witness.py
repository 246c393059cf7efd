"""The witness: what this computer last saw of a vault, in the key store, where whoever can swap files cannot reach it.

Never in the way: a store that is missing, locked or silent keeps and tells nothing, and after one silence is not asked
again.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from csp_desktop.domain.errors import Refused
from csp_desktop.domain.plain_json import read_json
from csp_desktop.domain.witness import Seen
from csp_desktop.vault.device_secret import KeyringSecrets
from csp_desktop.vault.errors import KeyringSilent

SECONDS = 3.0
_FIELDS = {"generation": int, "number": int, "head": str, "at": str}


class Witnesses(Protocol):
    """Where the witness of each vault lies."""

    def read(self, vault_id: str) -> Seen | None:
        """What was last seen; None when nothing is known."""

    def keep(self, vault_id: str, seen: Seen) -> bool:
        """Keep it, if the store can; whether it did."""


class KeyringWitnesses:
    """Witnesses in the operating system's key store, beside this computer's half of a key."""

    def __init__(self, store: KeyringSecrets | None = None) -> None:
        """The store of this computer by default, with little patience."""
        self._store = store or KeyringSecrets(seconds=SECONDS)
        self._silent = False

    def read(self, vault_id: str) -> Seen | None:
        """See Witnesses."""
        text = self._asked(lambda: self._store.recall(_name(vault_id)))
        return None if text is None else parse(text)

    def keep(self, vault_id: str, seen: Seen) -> bool:
        """See Witnesses."""
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
    return json.dumps({"generation": seen.generation, "number": seen.number, "head": seen.head,
                       "at": seen.at.isoformat()})  # fmt: skip


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
