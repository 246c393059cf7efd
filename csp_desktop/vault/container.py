"""A vault as a whole: made and opened. What is opened hands out keys for each purpose and wipes
its own on closing.

A new vault is committed last: first its database stands there complete, then one rename of the header makes the folder
a vault.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import derivation, folders, header, old_slots, slots, vault_install
from csp_desktop.vault.derivation import CannotUnwrap, Cost
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import (
    AlreadyAVault,
    DamagedHeader,
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
from csp_desktop.vault.handover_state import Away
from csp_desktop.vault.header import Header, Home, SealedHeader, VaultKind
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.rekeying import settle
from csp_desktop.vault.slots import Slot, SlotKind

RECOVERY_USER = "recovery key"
Guard = Callable[["Unlock"], "Unlock"]  # stands in front of a way in
Unlock = Callable[[SealedHeader], tuple[bytearray, bytes]]  # the vault key, and the wrapped half of the slot it is from


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

    def __init__(self, folder: Path, content: Header, vault_key: bytearray, user: str, way: bytes, lock: Lock) -> None:
        """By `create_vault`, `open_vault` and `open_with_recovery` only. `way` is the wrapped half of the slot that
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
        made = _passphrase_slot(self.vault_id, user_id, name, passphrase, salt, cost, device_secret)
        return made.sealed(self._vault_key, self.vault_id)


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
        vault_install.clear(folder)
        vault_id, salt = uuid.uuid4().hex, derivation.random_key()[: slots.SALT]
        vault_key = derivation.random_key()
        undo.callback(derivation.wipe, vault_key)
        key = RecoveryKey.new() if recovery else None
        made = _slots_of(users, vault_id, bytes(salt), cost)
        if key is not None:
            made.append(recovery_slot(vault_id, bytes(salt), key))
        sealed = tuple(slot.sealed(vault_key, vault_id) for slot in made)
        content = Header(vault_id, kind, Home.HERE, header.new_database(), 1, 1, bytes(salt), cost, sealed)
        content = header.following(content, vault_key)
        vault = OpenVault(folder, content, vault_key, users[0].name, made[0].private_key, lock)
        undo.pop_all()
    return CreatedVault(vault, key, vault.user_ids)


def unguarded(unlock: Unlock) -> Unlock:
    """Nobody counts what is tried."""
    return unlock


def open_vault(
    folder: Path, user: str, passphrase: str, *, device_secret: DeviceSecrets | None = None, guard: Guard = unguarded
) -> OpenVault:
    """Open as a named user. The key store is asked only for a slot that is tied to a computer.

    Raises NotAVault, NewerProgram, DamagedHeader, OpenElsewhere, HandedOver, WrongPassphrase, DatabaseMissing and the
    Keyring errors.
    """
    return _open(folder, user, guard(by_passphrase(user, passphrase, device_secret)))


def open_away(
    folder: Path, user: str, passphrase: str, device_secret: DeviceSecrets | None = None, guard: Guard = unguarded
) -> OpenVault:
    """Open one that was handed over, to take it back by force; its home is still away. Raises as `open_vault`."""
    return _open(folder, user, guard(by_passphrase(user, passphrase, device_secret)), Home.AWAY)


def open_to_look(
    folder: Path, user: str, passphrase: str, *, device_secret: DeviceSecrets | None = None, guard: Guard = unguarded
) -> OpenVault:
    """Its keys for one look at its database, without the folder's lock and without a byte written, while another
    program may have it open. Close it at once. Raises as `open_vault`, but never OpenElsewhere.
    """
    if not vault_install.holds_vault(folder):
        raise NotAVault
    sealed = header.read(folder)
    vault_key, way = guard(by_passphrase(user, passphrase, device_secret))(sealed)
    with ExitStack() as undo:
        undo.callback(derivation.wipe, vault_key)
        content = sealed.prove(vault_key)
        undo.pop_all()
    return OpenVault(folder, content, vault_key, user, way, _NoLock())


class _NoLock:
    """Whoever only looks holds up nobody."""

    def release(self) -> None:
        """Nothing was taken."""


def by_passphrase(user: str, passphrase: str, device_secret: DeviceSecrets | None) -> Unlock:
    """The way in of a named user, for any header of this vault: the folder's, or one that came in a bundle. Whatever is
    wrong, one sentence; in a header of the new form after one slow derivation.
    """

    def unlock(sealed: SealedHeader) -> tuple[bytearray, bytes]:
        name = slots.hashed_name(user, sealed.salt)
        mine = [slot for slot in sealed.old if slot.kind is not SlotKind.RECOVERY and slot.name == name]
        if not mine and sealed.entries:
            return _try_entries(sealed, user, passphrase, device_secret)
        try:
            return _try_old(sealed, mine, passphrase, device_secret)
        except (WrongPassphrase, KeyringMissing):
            if not sealed.entries:
                raise
            with suppress(WrongPassphrase):
                return _try_entries(sealed, user, passphrase, device_secret)
            raise  # what the old slot says

    return unlock


def open_with_recovery(folder: Path, key: RecoveryKey) -> OpenVault:
    """Open with the key on paper; follow with `renew_passphrase`. Raises as `open_vault`, WrongRecoveryKey,
    NoRecoveryKey.
    """
    return _open(folder, RECOVERY_USER, by_recovery_key(key))


def by_recovery_key(key: RecoveryKey) -> Unlock:
    """The way in of the key on paper."""

    def unlock(sealed: SealedHeader) -> tuple[bytearray, bytes]:
        papers = [slot for slot in sealed.old if slot.kind is SlotKind.RECOVERY]
        if not papers and not sealed.entries:
            raise NoRecoveryKey
        for slot in papers:
            try:
                opened = old_slots.open_with_recovery_key(slot, sealed.vault_id, sealed.epoch, key.secret)
            except CannotUnwrap:
                continue
            return opened, slot.private_key
        slot_key = slots.recovery_slot_key(key.secret, sealed.salt)
        try:
            found = slots.tried(sealed.entries, slot_key, sealed.vault_id)
            if found is None:
                raise WrongRecoveryKey
            return slots.vault_key_in(found, slot_key, sealed.vault_id), found.entry[: slots.WRAPPED]
        finally:
            derivation.wipe(slot_key)

    return unlock


def _open(folder: Path, user: str, unlock: Unlock, home: Home = Home.HERE) -> OpenVault:
    folders.refuse_unsuitable(folder)
    if not vault_install.holds_vault(folder):
        raise NotAVault
    header.read(folder)  # what is wrong with it is said before anything is written beside it
    with ExitStack() as undo:
        lock = FolderLock(folder)
        undo.callback(lock.release)
        sealed = header.read(folder)
        vault_key, way = unlock(sealed)
        undo.callback(derivation.wipe, vault_key)
        content = sealed.prove(vault_key)
        if content.home is not home and home is Home.HERE:
            raise _handed_over(content, vault_key)
        if not (folder / content.database).is_file():
            raise DatabaseMissing
        settle(folder, content)
        vault_install.clear(folder)
        undo.pop_all()
    return OpenVault(folder, content, vault_key, user, way, lock)


def _handed_over(content: Header, vault_key: bytearray) -> HandedOver:
    away = Away.unwrapped(content, vault_key)
    if away is None:
        return HandedOver()
    away.publish()
    return HandedOver(away.to, away.when, away.by)


def _try_entries(
    sealed: SealedHeader, user: str, passphrase: str, device_secrets: DeviceSecrets | None
) -> tuple[bytearray, bytes]:
    """One slow derivation, then every slot. Which of them needs a computer only the passphrase tells, so the key store
    is not asked without need.
    """
    key = slots.passphrase_key(user, passphrase, sealed.salt, sealed.cost)
    secret: bytearray | None = None
    try:
        found = slots.tried(sealed.entries, key, sealed.vault_id)
        if found is None:
            raise WrongPassphrase
        if found.kind is SlotKind.PASSPHRASE_AND_COMPUTER:
            secret = _secret_of(sealed.vault_id, device_secrets)
            if slots.computer_mark(secret, sealed.vault_id) != found.computer:
                raise KeyringMissing
        try:
            return slots.vault_key_in(found, key, sealed.vault_id, secret), found.entry[: slots.WRAPPED]
        except CannotUnwrap as wrong:
            raise DamagedHeader("a slot does not open with this computer's key") from wrong
    finally:
        derivation.wipe(key)
        if secret is not None:
            derivation.wipe(secret)


def _secret_of(vault_id: str, device_secrets: DeviceSecrets | None) -> bytearray:
    if device_secrets is None:
        raise KeyringMissing
    try:
        return device_secrets.read(vault_id)
    except KeyringUnfit as none:
        raise KeyringMissing from none


def _try_old(
    sealed: SealedHeader, mine: list[Slot], passphrase: str, device_secrets: DeviceSecrets | None
) -> tuple[bytearray, bytes]:
    """The slots of one name, as 0.1.0 made them: those a passphrase alone opens first, so that the key store is not
    asked without need.
    """
    vault_id, epoch = sealed.vault_id, sealed.epoch
    for slot in (one for one in mine if one.kind is SlotKind.PASSPHRASE):
        try:
            return old_slots.open_with_passphrase(slot, vault_id, epoch, passphrase, None), slot.private_key
        except CannotUnwrap:
            continue
    tied = [slot for slot in mine if slot.kind is SlotKind.PASSPHRASE_AND_COMPUTER]
    if not tied:
        raise WrongPassphrase
    secret = _secret_of(vault_id, device_secrets)
    try:
        mark = slots.computer_mark(secret, vault_id)
        here = [slot for slot in tied if slot.computer == mark]
        if not here:
            raise KeyringMissing
        for slot in here:
            try:
                return old_slots.open_with_passphrase(slot, vault_id, epoch, passphrase, secret), slot.private_key
            except CannotUnwrap:
                continue
        raise WrongPassphrase
    finally:
        derivation.wipe(secret)


def _slots_of(users: Sequence[NewUser], vault_id: str, salt: bytes, cost: Cost) -> list[Slot]:
    made: list[Slot] = []
    for user in users:
        refuse_name(user.name, [slot.name for slot in made], salt)
        made.append(_passphrase_slot(vault_id, uuid.uuid4().hex, user.name, user.passphrase, salt, cost))
    if not made:
        raise NameMissing
    return made


def _passphrase_slot(
    vault_id: str, user_id: str, name: str, passphrase: str, salt: bytes, cost: Cost, secret: bytearray | None = None
) -> Slot:
    key = slots.passphrase_key(name, passphrase, salt, cost)
    kind = SlotKind.PASSPHRASE if secret is None else SlotKind.PASSPHRASE_AND_COMPUTER
    try:
        return slots.new_slot(vault_id, kind, key, user_id, slots.hashed_name(name, salt), secret)
    finally:
        derivation.wipe(key)


def recovery_slot(vault_id: str, salt: bytes, paper: RecoveryKey) -> Slot:
    """A slot opened by the key on paper; the vault key is still to be sealed to it."""
    key = slots.recovery_slot_key(paper.secret, salt)
    try:
        return slots.new_slot(vault_id, SlotKind.RECOVERY, key, slots.NOBODY, bytes(32))
    finally:
        derivation.wipe(key)


def refuse_name(name: str, taken: Sequence[bytes], salt: bytes) -> None:
    if not name.strip():
        raise NameMissing
    if slots.hashed_name(name, salt) in taken:
        raise NameTaken
