"""An opened vault: it hands out keys for each purpose, writes its header, and wipes its own key on closing."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import derivation, header, slots
from csp_desktop.vault.header import Header, VaultKind
from csp_desktop.vault.slots import Slot, SlotKind, passphrase_slot


class Lock(Protocol):
    """What keeps other programs out of the folder while the vault is open."""

    def release(self) -> None:
        """Let them in."""


class OpenVault:
    """An unlocked vault. Every change of its slots is written at once, with the next generation."""

    def __init__(self, folder: Path, content: Header, vault_key: bytearray, user: str, way: bytes, lock: Lock) -> None:
        """By `creation` and `unlock` only. `way` is the wrapped half of the slot that
        opened it.
        """
        self.folder = folder
        self.user = user  # the name as typed, or RECOVERY_USER
        self.way = way
        self.user_id = content.user_of(way)  # stable over changes of name and passphrase; the database knows it too
        self._header = content
        self._vault_key = vault_key
        self._lock = lock
        self.before_change: Callable[[], None] = lambda: None  # raises when the header may not be changed now
        self._header_lock = threading.RLock()
        self._header_seen: tuple[int, int, int, int] | None = None  # looked at once, and again when it changed

    @property
    def vault_id(self) -> str:
        """32 hexadecimal digits; `meta.vault_id` of the database must be the same."""
        return self._header.vault_id

    @property
    def kind(self) -> VaultKind:
        """CPG or rough sleeping."""
        return self._header.kind

    @property
    def epoch(self) -> int:
        """Counts vault keys; `meta.epoch` must be the same."""
        return self._header.epoch

    @property
    def _old_epoch(self) -> int | None:
        """What slots of 0.1.0 are bound to while the header is of their form."""
        return self.epoch if self._header.version == 1 else None

    @property
    def generation(self) -> int:
        """Counts headers; see store.engine.check_meta."""
        return self._header.generation

    @property
    def user_ids(self) -> tuple[str, ...]:
        """Everybody who has a slot."""
        return tuple(dict.fromkeys(slot.user for slot in self._header.slots if slot.user != slots.NOBODY))

    @property
    def has_proved_recovery(self) -> bool:
        """Whether two groups of the recovery key have been typed back."""
        return any(slot.is_proved for slot in self._header.slots)

    @property
    def has_recovery_key(self) -> bool:
        """Whether there is a key on paper at all."""
        return any(slot.kind is SlotKind.RECOVERY for slot in self._header.slots)

    def is_user_tied(self, user_id: str) -> bool:
        """Whether a person needs a computer's key store beside the passphrase."""
        theirs = [slot.kind for slot in self._header.slots if slot.user == user_id]
        return bool(theirs) and all(kind is SlotKind.PASSPHRASE_AND_COMPUTER for kind in theirs)

    @property
    def may_be_tied(self) -> bool:
        """Whether losing this computer would lock nobody out: recovery was proved, or a second person has a slot."""
        return self.has_proved_recovery or len(self.user_ids) > 1

    @property
    def is_tied(self) -> bool:
        """Whether whoever opened it needs this computer's key store too."""
        mine = [slot for slot in self._header.slots if slot.user == self.user_id]
        return any(slot.kind is SlotKind.PASSPHRASE_AND_COMPUTER for slot in mine)

    @property
    def old_ways(self) -> tuple[str, ...]:
        """Whose slots still stand in the header as 0.1.0 made them, for anybody to test names on; NOBODY for the key on
        paper."""
        return tuple(dict.fromkeys(slot.user for slot in self._header.slots if slot.old is not None))

    @property
    def database_path(self) -> Path:
        """The encrypted database."""
        return self.folder / self._header.database

    def database_key(self) -> bytearray:
        """The raw cipher key: a fresh buffer, to be wiped by whoever asked."""
        return self._subkey("database")

    @property
    def journal_key(self) -> bytearray:
        """The key of the journal's chain: a fresh buffer."""
        return self._subkey("journal")

    @property
    def backup_key(self) -> bytearray:
        """The key of backups and hand-overs: a fresh buffer."""
        return self._subkey("backup")

    def header_stands(self) -> bool:
        """Whether the header on the disk is still the one proved on opening, or written since. Raises the header's
        refusals."""
        return header.read(self.folder).prove(self._vault_key) == self._header

    def is_header_in_place(self) -> bool:
        """Whether `vault.json` says what this program wrote last: cheap while nobody touched it, then read anew. A
        file put in its place that says the same does no harm.
        """
        with self._header_lock:
            seen = header.seen(self.folder)
            if seen is None or seen == self._header_seen:
                return seen is not None
            try:
                same = self.header_stands()
            except Refused:
                return False
            if same:
                self._header_seen = seen
            return same

    def commit(self) -> None:
        """Make the folder a vault: the last step of creating one, after its database is complete."""
        self.put_header(self._header)

    def write_header_to(self, folder: Path) -> None:
        """The same header beside a copy of the database, byte for byte, so that an earlier program can still read it:
        from then on that folder opens as this one does. Raises the header's refusals."""
        with self._header_lock:
            header.copy(self.folder, folder, self._vault_key)

    def put_header(self, content: Header, vault_key: bytearray | None = None) -> None:
        """Write the next header and go on with it; with `vault_key`, under that one, and the former is wiped."""
        self.before_change()
        with self._header_lock:
            key = vault_key or self._vault_key
            content = header.following(content, key)
            header.write(self.folder, content, key)
            if vault_key is not None:
                former, self._vault_key = self._vault_key, vault_key
                derivation.wipe(former)
            self._header, self._header_seen = content, header.seen(self.folder)

    def following(self, **changes: Any) -> Header:
        """The next header, of the next generation."""
        return header.following(self._header, self._vault_key, generation=self.generation + 1, **changes)

    def close(self) -> None:
        """Wipe the key and let another program open the folder; twice does no harm."""
        derivation.wipe(self._vault_key)
        self._vault_key = bytearray()
        self._lock.release()

    def _subkey(self, purpose: str) -> bytearray:
        if not self._vault_key:
            raise ValueError("the vault is closed")
        return derivation.subkey(self._vault_key, f"{purpose} {self.epoch}", bytes.fromhex(self.vault_id))

    def _change_slots(self, changed: Callable[[tuple[Slot, ...]], tuple[Slot, ...]]) -> None:
        standing = self.following()
        self.put_header(header.following(standing, self._vault_key, slots=changed(standing.slots)))

    def _new_slot(self, user_id: str, name: str, passphrase: str, device_secret: bytearray | None = None) -> Slot:
        salt, cost = self._header.salt, self._header.cost
        made = passphrase_slot(self.vault_id, user_id, name, passphrase, salt, cost, device_secret)
        return made.sealed(self._vault_key, self.vault_id)
