"""A vault as a whole: made and opened. What is opened hands out keys for each purpose and wipes
its own on closing.

A new vault is committed last: first its database stands there complete, then one rename of the header makes the folder
a vault.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.errors import Refused
from csp_desktop.vault import arriving, derivation, folders, header, slots
from csp_desktop.vault.away import Away
from csp_desktop.vault.derivation import CannotUnwrap, Cost
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import (
    AlreadyAVault,
    DatabaseMissing,
    HandedOver,
    KeyringMissing,
    KeyringUnfit,
    NameMissing,
    NameTaken,
    NoRecoveryKey,
    NotAVault,
    WrongPassphrase,
    WrongRecoveryKey,
)
from csp_desktop.vault.header import Header, Home, VaultKind
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.rekeying import settle
from csp_desktop.vault.slots import Slot, SlotKind

RECOVERY_USER = "recovery key"
Unlock = Callable[[Header], tuple[bytearray, Slot]]  # the vault key and the slot it came from


@dataclass(frozen=True)
class NewUser:
    """Somebody who is to open a vault."""

    name: str
    passphrase: str = field(repr=False)


class Lock(Protocol):
    """What keeps other programs out of the folder while the vault is open."""

    def release(self) -> None:
        """Let them in."""


class OpenVault:
    """An unlocked vault. Every change of its slots is written at once, with the next generation."""

    def __init__(
        self, folder: Path, content: Header, vault_key: bytearray, user: str, user_id: str, lock: Lock
    ) -> None:
        """By `create_vault`, `open_vault` and `open_with_recovery` only."""
        self.folder = folder
        self.user = user  # the name as typed, or RECOVERY_USER
        self.user_id = user_id  # stable over changes of name and passphrase; the database knows the person by it
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
        """The same header beside a copy of the database: from then on that folder opens as this one does."""
        with self._header_lock:
            header.write(folder, self._header, self._vault_key)

    def put_header(self, following: Header, vault_key: bytearray | None = None) -> None:
        """Write the next header and go on with it; with `vault_key`, under that one, and the former is wiped."""
        self.before_change()
        with self._header_lock:
            header.write(self.folder, following, vault_key or self._vault_key)
            if vault_key is not None:
                former, self._vault_key = self._vault_key, vault_key
                derivation.wipe(former)
            self._header, self._header_seen = following, header.seen(self.folder)

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
        following = replace(self._header, slots=changed(self._header.slots), generation=self.generation + 1)
        self.put_header(following)

    def _new_slot(self, user_id: str, name: str, passphrase: str, device_secret: bytearray | None = None) -> Slot:
        cost = next(slot.cost for slot in self._header.slots if slot.cost is not None)
        hashed = slots.hashed_name(name, self._header.salt)
        return slots.passphrase_slot(self.vault_id, user_id, hashed, passphrase, cost, device_secret).sealed(
            self._vault_key, self.vault_id, self.epoch
        )


@dataclass(frozen=True)
class CreatedVault:
    """A vault still to be committed, and the key to print."""

    vault: OpenVault
    recovery_key: RecoveryKey | None
    user_ids: tuple[str, ...]  # in the order of the people given


def create_vault(
    folder: Path, kind: VaultKind, users: Sequence[NewUser], cost: Cost, *, recovery: bool
) -> CreatedVault:
    """Prepare a new vault in its own folder, opened as the first user. Fill its database, then `vault.commit()`.

    Raises UnsuitableFolder, AlreadyAVault, OpenElsewhere, NameTaken, NameMissing.
    """
    folders.refuse_unsuitable(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as undo:
        lock = FolderLock(folder)
        undo.callback(lock.release)
        if (folder / header.FILE).exists():
            raise AlreadyAVault
        arriving.clear(folder)
        vault_id, salt = uuid.uuid4().hex, derivation.random_key()[: slots.SALT]
        vault_key = derivation.random_key()
        undo.callback(derivation.wipe, vault_key)
        key = RecoveryKey.new() if recovery else None
        made = _slots_of(users, vault_id, bytes(salt), cost)
        if key is not None:
            made.append(slots.recovery_slot(vault_id, key.secret))
        content = Header(
            vault_id, kind, Home.HERE, f"{kind.value}-1-{uuid.uuid4().hex[:8]}.db", 1, 1, bytes(salt),
            tuple(slot.sealed(vault_key, vault_id, 1) for slot in made),
        )  # fmt: skip
        vault = OpenVault(folder, content, vault_key, users[0].name, made[0].user, lock)
        undo.pop_all()
    return CreatedVault(vault, key, vault.user_ids)


def open_vault(folder: Path, user: str, passphrase: str, *, device_secret: DeviceSecrets | None = None) -> OpenVault:
    """Open as a named user. The key store is asked only for a slot that is tied to a computer.

    Raises NotAVault, NewerProgram, DamagedHeader, OpenElsewhere, HandedOver, WrongPassphrase, DatabaseMissing and the
    Keyring errors.
    """
    return _open(folder, user, by_passphrase(user, passphrase, device_secret))


def open_away(folder: Path, user: str, passphrase: str, device_secret: DeviceSecrets | None = None) -> OpenVault:
    """Open one that was handed over, to take it back by force; its home is still away. Raises as `open_vault`."""
    return _open(folder, user, by_passphrase(user, passphrase, device_secret), Home.AWAY)


def open_to_look(folder: Path, user: str, passphrase: str, *, device_secret: DeviceSecrets | None = None) -> OpenVault:
    """Its keys for one look at its database, without the folder's lock and without a byte written, while another
    program may have it open. Close it at once. Raises as `open_vault`, but never OpenElsewhere.
    """
    if not arriving.holds_vault(folder):
        raise NotAVault
    sealed = header.read(folder)
    vault_key, slot = by_passphrase(user, passphrase, device_secret)(sealed.header)
    with ExitStack() as undo:
        undo.callback(derivation.wipe, vault_key)
        content = sealed.prove(vault_key)
        undo.pop_all()
    return OpenVault(folder, content, vault_key, user, slot.user, _NoLock())


class _NoLock:
    """Whoever only looks holds up nobody."""

    def release(self) -> None:
        """Nothing was taken."""


def by_passphrase(user: str, passphrase: str, device_secret: DeviceSecrets | None) -> Unlock:
    """The way in of a named user, for any header of this vault: the folder's, or one that came in a bundle."""

    def unlock(content: Header) -> tuple[bytearray, Slot]:
        name = slots.hashed_name(user, content.salt)
        mine = [slot for slot in content.slots if slot.kind is not SlotKind.RECOVERY and slot.name == name]
        if not mine:
            raise WrongPassphrase
        return _try_slots(content, mine, passphrase, device_secret)

    return unlock


def open_with_recovery(folder: Path, key: RecoveryKey) -> OpenVault:
    """Open with the key on paper; follow with `renew_passphrase`. Raises as `open_vault`, WrongRecoveryKey,
    NoRecoveryKey.
    """
    return _open(folder, RECOVERY_USER, by_recovery_key(key))


def by_recovery_key(key: RecoveryKey) -> Unlock:
    """The way in of the key on paper."""

    def unlock(content: Header) -> tuple[bytearray, Slot]:
        papers = [slot for slot in content.slots if slot.kind is SlotKind.RECOVERY]
        if not papers:
            raise NoRecoveryKey
        for slot in papers:
            try:
                return slots.open_with_recovery_key(slot, content.vault_id, content.epoch, key.secret), slot
            except CannotUnwrap:
                continue
        raise WrongRecoveryKey

    return unlock


def _open(folder: Path, user: str, unlock: Unlock, home: Home = Home.HERE) -> OpenVault:
    folders.refuse_unsuitable(folder)
    if not arriving.holds_vault(folder):
        raise NotAVault
    with ExitStack() as undo:
        lock = FolderLock(folder)
        undo.callback(lock.release)
        sealed = header.read(folder)
        vault_key, slot = unlock(sealed.header)
        undo.callback(derivation.wipe, vault_key)
        content = sealed.prove(vault_key)
        if content.home is not home and home is Home.HERE:
            raise _handed_over(content, vault_key)
        if not (folder / content.database).is_file():
            raise DatabaseMissing
        settle(folder, content)
        arriving.clear(folder)
        undo.pop_all()
    return OpenVault(folder, content, vault_key, user, slot.user, lock)


def _handed_over(content: Header, vault_key: bytearray) -> HandedOver:
    away = Away.unwrapped(content, vault_key)
    if away is None:
        return HandedOver()
    away.publish()
    return HandedOver(away.to, away.when, away.by)


def _try_slots(
    content: Header, mine: list[Slot], passphrase: str, device_secrets: DeviceSecrets | None
) -> tuple[bytearray, Slot]:
    """The slots of one name: those a passphrase alone opens first, so that the key store is not asked without need."""
    for slot in (one for one in mine if one.kind is SlotKind.PASSPHRASE):
        try:
            return slots.open_with_passphrase(slot, content.vault_id, content.epoch, passphrase, None), slot
        except CannotUnwrap:
            continue
    tied = [slot for slot in mine if slot.kind is SlotKind.PASSPHRASE_AND_COMPUTER]
    if not tied:
        raise WrongPassphrase
    if device_secrets is None:
        raise KeyringMissing
    try:
        secret = device_secrets.read(content.vault_id)
    except KeyringUnfit as none:
        raise KeyringMissing from none
    try:
        mark = slots.computer_mark(secret, content.vault_id)
        here = [slot for slot in tied if slot.computer == mark]
        if not here:
            raise KeyringMissing
        for slot in here:
            try:
                return slots.open_with_passphrase(slot, content.vault_id, content.epoch, passphrase, secret), slot
            except CannotUnwrap:
                continue
        raise WrongPassphrase
    finally:
        derivation.wipe(secret)


def _slots_of(users: Sequence[NewUser], vault_id: str, salt: bytes, cost: Cost) -> list[Slot]:
    made: list[Slot] = []
    for user in users:
        refuse_name(user.name, [slot.name for slot in made], salt)
        hashed = slots.hashed_name(user.name, salt)
        made.append(slots.passphrase_slot(vault_id, uuid.uuid4().hex, hashed, user.passphrase, cost))
    if not made:
        raise NameMissing
    return made


def refuse_name(name: str, taken: Sequence[bytes], salt: bytes) -> None:
    if not name.strip():
        raise NameMissing
    if slots.hashed_name(name, salt) in taken:
        raise NameTaken
