"""The header `vault.json`: the only file of a vault that is not encrypted, and the only module that knows its form.

Read strictly in this order: size, format number, shape, checksum, bounds of the work; then (by `unlock`) slot, seal,
bare file name, database. The checksum only tells accidents from a wrong passphrase; the seal, keyed by the vault key,
is what proves that nobody changed it.

In clear stand the two vaults' kinds, whether it was handed over, the database's name, one salt and one cost, and 16
slots (32, 64) of which nobody can tell how many are anybody's. Who they are, and how often anything was changed, stands
in the sealed part, always of one size. A slot of 0.1.0 stays in clear beside them until its owner next opens the file.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import uuid
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from csp_desktop import saving
from csp_desktop.vault import derivation, old_slots, slots
from csp_desktop.vault import header_shape as shape
from csp_desktop.vault.derivation import CannotUnwrap, Cost
from csp_desktop.vault.errors import DamagedHeader, NewerProgram, NotAVault, NotReadable, TooManyUsers
from csp_desktop.vault.header_shape import MOST_AWAY, MOST_MARKS
from csp_desktop.vault.slots import SALT, Slot, SlotKind

FILE = "vault.json"
FORMAT = "csp-desktop vault"
VERSION = 2
MOST_BYTES = 256 * 1024
MOST_SLOTS = 64
PLACES = (16, 32, MOST_SLOTS)
SEALED_PART = 48 * 1024  # bytes, whatever it holds

_BARE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.db\Z")
_TELLING_NAME = re.compile(r"(cpg|rough-sleeping)-\d+-")
_FIRST_FIELDS = {
    "format",
    "version",
    "vault",
    "kind",
    "home",
    "database",
    "epoch",
    "generation",
    "trail",
    "away",
    "salt",
    "slots",
    "seal",
    "checksum",
}
_FIELDS = {
    "format",
    "version",
    "vault",
    "kind",
    "home",
    "mark",
    "database",
    "salt",
    "cost",
    "sample",
    "slots",
    "old",
    "sealed",
    "seal",
    "checksum",
}
_SEALED_FIELDS = {"epoch", "generation", "trail", "away", "owners"}
_OWNER_FIELDS = {"slot", "kind", "user", "name", "computer", "proved", "public_key"}


class VaultKind(Enum):
    """Which of the two vaults; also the name of its folder inside the partnership folder."""

    CPG = "cpg"
    ROUGH_SLEEPING = "rough-sleeping"


class Home(Enum):
    """Where the one writable copy is."""

    HERE = "here"
    AWAY = "away"


@dataclass(frozen=True)
class Header:
    """All that a header says, to whoever has opened the vault."""

    vault_id: str
    kind: VaultKind
    home: Home
    database: str
    epoch: int
    generation: int
    salt: bytes
    cost: Cost
    slots: tuple[Slot, ...]
    trail: tuple[str, ...] = ()  # a random mark for each hand-over, take-over, restore and reclaim, the newest last
    away: bytes = b""  # to whom it was handed over, wrapped by the vault key; empty while its home is here
    fillers: tuple[bytes, ...] = ()
    places: int = PLACES[0]  # slots and fillers together; never less again
    version: int = VERSION

    def marked(self, mark: str) -> tuple[str, ...]:
        """The trail with one mark more; the oldest go when it grows too long."""
        return (*self.trail, mark)[-MOST_MARKS:]

    def user_of(self, way: bytes) -> str:
        """Whose slot it is, by its wrapped half; NOBODY's when it is none of them."""
        return next((slot.user for slot in self.slots if slot.private_key == way), slots.NOBODY)

    @property
    def is_sample(self) -> bool:
        """Passphrases too quick to guard anything real, and no key on paper."""
        return self.cost.is_quick and all(slot.kind is not SlotKind.RECOVERY for slot in self.slots)


@dataclass(frozen=True)
class SealedHeader:
    """A header as read, not to be trusted before `prove`: what anybody can read of it."""

    version: int
    vault_id: str
    kind: VaultKind
    home: Home
    mark: str  # of the last hand-over while its home is away; else it says nothing
    database: str
    salt: bytes
    cost: Cost
    is_sample: bool
    entries: tuple[bytes, ...]  # slots, and fillers that look like slots
    old: tuple[Slot, ...]  # as 0.1.0 made them
    sealed: bytes
    seal: bytes
    signed: bytes  # what the seal is over
    first: Header | None = None  # of the first form, where everything stood in clear

    @property
    def epoch(self) -> int | None:
        """In clear in the first form only."""
        return None if self.first is None else self.first.epoch

    def prove(self, vault_key: bytearray) -> Header:
        """The header, once the seal and the file name have been checked; raises DamagedHeader."""
        if not hmac.compare_digest(self.seal, _seal(self.signed, self.vault_id, self.epoch, vault_key)):
            raise DamagedHeader("its seal does not fit")
        if not _BARE_NAME.match(self.database):
            raise DamagedHeader("the name of the records file is not allowed")
        return self.first if self.first is not None else _opened(self, vault_key)


def read(folder: Path) -> SealedHeader:
    """Read `vault.json` of a folder without costly work; raises NotAVault, NotReadable, NewerProgram, DamagedHeader."""
    try:
        if (folder / FILE).is_dir():
            raise DamagedHeader("it is a folder, not a file")
        with open(folder / FILE, "rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as missing:
        if os.path.islink(folder / FILE):
            raise DamagedHeader("it is a link to a file that is not there") from missing
        raise NotAVault from missing
    except PermissionError as forbidden:
        raise NotReadable(folder) from forbidden
    except OSError as unreadable:
        raise DamagedHeader("it cannot be read") from unreadable
    if len(raw) > MOST_BYTES:
        raise DamagedHeader("it is too long")
    return parse(raw)


def seen(folder: Path) -> tuple[int, int, int, int] | None:
    """What tells `vault.json` from another one without reading it; None when it is not there or cannot be asked."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def parse(raw: bytes) -> SealedHeader:
    """The strict reading of the file's bytes. Raises NewerProgram for a later version, DamagedHeader for anything else
    that is not as it must be."""
    content = shape.loaded(raw)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DamagedHeader("it was not written by this program")
    version = shape.count_in(content, "version")
    if version > VERSION:
        raise NewerProgram
    shape.exactly(content, _FIELDS if version == VERSION else _FIRST_FIELDS)
    checksum = shape.bytes_in(content, "checksum", 32)
    del content["checksum"]
    if hashlib.sha256(shape.canonical(content)).digest() != checksum:
        raise DamagedHeader("its checksum does not fit")
    seal = shape.bytes_in(content, "seal", 32)
    del content["seal"]
    return _parsed(content, seal) if version == VERSION else _parsed_first(content, seal)


def _parsed(content: dict[str, Any], seal: bytes) -> SealedHeader:
    places, old = shape.list_in(content, "slots"), shape.list_in(content, "old")
    if len(places) not in PLACES or len(old) > MOST_SLOTS:
        raise DamagedHeader("the number of slots is not allowed")
    entries = tuple(shape.bytes_of(entry, "slots", slots.ENTRY) for entry in places)
    if any(len(entry) != slots.ENTRY for entry in entries) or list(entries) != sorted(set(entries)):
        raise DamagedHeader("the slots are not in order")
    return SealedHeader(
        version=VERSION,
        vault_id=shape.hex_in(content, "vault"),
        kind=shape.one_of(VaultKind, content, "kind"),
        home=shape.one_of(Home, content, "home"),
        mark=shape.hex_in(content, "mark"),
        database=shape.text_in(content, "database"),
        salt=shape.bytes_in(content, "salt", SALT),
        cost=shape.cost_of(content["cost"]),
        is_sample=shape.flag_in(content, "sample"),
        entries=entries,
        old=_different(tuple(old_slots.read(slot) for slot in old)),
        sealed=shape.bytes_in(content, "sealed", derivation.NONCE + SEALED_PART + derivation.TAG),
        seal=seal,
        signed=shape.canonical(content),
    )


def _parsed_first(content: dict[str, Any], seal: bytes) -> SealedHeader:
    """As 0.1.0 wrote it."""
    listed = shape.list_in(content, "slots")
    if not 1 <= len(listed) <= MOST_SLOTS:
        raise DamagedHeader("the number of slots is not allowed")
    old = _different(tuple(old_slots.read(slot) for slot in listed))
    costs = [slot.old.cost for slot in old if slot.old is not None and slot.old.cost is not None]
    first = Header(
        vault_id=shape.hex_in(content, "vault"),
        kind=shape.one_of(VaultKind, content, "kind"),
        home=shape.one_of(Home, content, "home"),
        database=shape.text_in(content, "database"),
        epoch=shape.count_in(content, "epoch"),
        generation=shape.count_in(content, "generation"),
        salt=shape.bytes_in(content, "salt", SALT),
        cost=next((cost for cost in costs if not cost.is_quick), costs[0] if costs else Cost.floor()),
        slots=old,
        trail=shape.marks_in(content, "trail"),
        away=shape.any_bytes_in(content, "away", MOST_AWAY),
        version=1,
    )
    mark = first.trail[-1] if first.trail else ""
    return SealedHeader(
        1,
        first.vault_id,
        first.kind,
        first.home,
        mark,
        first.database,
        first.salt,
        first.cost,
        first.is_sample,
        (),
        old,
        b"",
        seal,
        shape.canonical(content),
        first,
    )


def _different(old: tuple[Slot, ...]) -> tuple[Slot, ...]:
    if len({slot.old.id for slot in old if slot.old is not None}) != len(old):
        raise DamagedHeader("two slots are the same")
    return old


def following(content: Header, vault_key: bytearray, **changes: Any) -> Header:
    """The next header of a vault, in the form of today: as many fillers as it takes that nobody can count its slots."""
    if content.version != VERSION:
        again = tuple(slot.sealed(vault_key, content.vault_id) for slot in content.slots)
        content = replace(content, version=VERSION, slots=again)
    return _filled(replace(content, **changes))


def resealed(content: Header, staying: tuple[Slot, ...], vault_key: bytearray, epoch: int) -> Header:
    """The header under a new vault key: the slots that stay, and fillers that changed as they did. Its database has a
    new name, which does not tell how many there were.
    """
    again = tuple(slot.sealed(vault_key, content.vault_id) for slot in staying)
    fillers = tuple(slots.resealed_filler(filler, content.vault_id) for filler in content.fillers)
    return _filled(
        replace(content, version=VERSION, database=new_database(), epoch=epoch, slots=again, fillers=fillers)
    )


def new_database() -> str:
    """A name for a database: no kind, no number."""
    return f"records-{uuid.uuid4().hex[:8]}.db"


def tells_too_much(database: str) -> bool:
    """Whether a database's name says which meeting's it is and how often it got a new key, as 0.1.0 named them."""
    return _TELLING_NAME.match(database) is not None


def _filled(content: Header) -> Header:
    used = sum(slot.old is None for slot in content.slots)
    if used > MOST_SLOTS:
        raise TooManyUsers
    places = max(content.places, next(places for places in PLACES if used <= places))
    fillers, wanted = content.fillers, places - used
    if len(fillers) > wanted:
        kept = set(secrets.SystemRandom().sample(fillers, wanted))
        fillers = tuple(filler for filler in fillers if filler in kept)
    fillers += tuple(slots.filler(content.vault_id) for _ in range(wanted - len(fillers)))
    in_order = tuple(sorted(content.slots, key=lambda slot: slot.old is not None))
    return replace(content, slots=in_order, fillers=tuple(sorted(fillers)), places=places)


def written(header: Header, vault_key: bytearray) -> bytes:
    """The file's bytes, sealed."""
    content = _content(following(header, vault_key), vault_key)
    content["seal"] = shape.base64(_seal(shape.canonical(content), header.vault_id, None, vault_key))
    content["checksum"] = shape.base64(hashlib.sha256(shape.canonical(content)).digest())
    return (json.dumps(content, indent=1) + "\n").encode()


def write(folder: Path, header: Header, vault_key: bytearray) -> None:
    """Put the header in place in one step: after a crash the old one or the new one stands there, never a part."""
    saving.write(folder / FILE, written(header, vault_key), folder / f"{FILE}.new")


def copy(source: Path, folder: Path, vault_key: bytearray) -> None:
    """Put the header of a folder into another one as it stands, in whichever form."""
    raw = (source / FILE).read_bytes()
    parse(raw).prove(vault_key)
    saving.write(folder / FILE, raw, folder / f"{FILE}.new")


def _seal(signed: bytes, vault_id: str, epoch: int | None, vault_key: bytearray) -> bytes:
    purpose = "header seal" if epoch is None else f"header seal {epoch}"
    key = derivation.subkey(vault_key, purpose, bytes.fromhex(vault_id))
    mac = hmac.new(key, signed, hashlib.sha256).digest()
    derivation.wipe(key)
    return mac


def _content(header: Header, vault_key: bytearray) -> dict[str, Any]:
    entries = sorted([slot.entry for slot in header.slots if slot.old is None] + list(header.fillers))
    away = header.home is Home.AWAY and bool(header.trail)
    return {
        "format": FORMAT,
        "version": VERSION,
        "vault": header.vault_id,
        "kind": header.kind.value,
        "home": header.home.value,
        "mark": header.trail[-1] if away else uuid.uuid4().hex,
        "database": header.database,
        "salt": shape.base64(header.salt),
        "cost": shape.content_of_cost(header.cost),
        "sample": header.is_sample,
        "slots": [shape.base64(entry) for entry in entries],
        "old": [old_slots.written(slot) for slot in header.slots if slot.old is not None],
        "sealed": shape.base64(_sealed_part(header, entries, vault_key)),
    }


def _sealed_part(header: Header, entries: list[bytes], vault_key: bytearray) -> bytes:
    owners = [
        {
            "slot": entries.index(slot.entry),
            "kind": slot.kind.value,
            "user": slot.user,
            "name": shape.base64(slot.name),
            "computer": shape.base64(slot.computer),
            "proved": slot.is_proved,
            "public_key": shape.base64(slot.public_key),
        }
        for slot in header.slots
        if slot.old is None
    ]
    content = {
        "epoch": header.epoch,
        "generation": header.generation,
        "trail": list(header.trail),
        "away": shape.base64(header.away),
        "owners": owners,
    }
    key = _sealed_key(header.vault_id, vault_key)
    try:
        return derivation.wrap(shape.canonical(content).ljust(SEALED_PART), key, _bound_to(header.vault_id))
    finally:
        derivation.wipe(key)


def _opened(sealed: SealedHeader, vault_key: bytearray) -> Header:
    key = _sealed_key(sealed.vault_id, vault_key)
    try:
        content = shape.loaded(bytes(derivation.unwrap(sealed.sealed, key, _bound_to(sealed.vault_id))))
    except CannotUnwrap as wrong:
        raise DamagedHeader("its sealed part cannot be opened") from wrong
    finally:
        derivation.wipe(key)
    shape.exactly(content, _SEALED_FIELDS)
    owned = [_owned(owner, sealed.entries) for owner in shape.list_in(content, "owners")]
    entries = {slot.entry for slot in owned}
    return Header(
        vault_id=sealed.vault_id,
        kind=sealed.kind,
        home=sealed.home,
        database=sealed.database,
        epoch=shape.count_in(content, "epoch"),
        generation=shape.count_in(content, "generation"),
        salt=sealed.salt,
        cost=sealed.cost,
        slots=(*owned, *sealed.old),
        trail=shape.marks_in(content, "trail"),
        away=shape.any_bytes_in(content, "away", MOST_AWAY),
        fillers=tuple(entry for entry in sealed.entries if entry not in entries),
        places=len(sealed.entries),
    )


def _owned(content: Any, entries: tuple[bytes, ...]) -> Slot:
    shape.exactly(content, _OWNER_FIELDS)
    at = shape.count_in(content, "slot", 0)
    if at >= len(entries):
        raise DamagedHeader("a slot is missing")
    return Slot(
        kind=shape.one_of(SlotKind, content, "kind"),
        user=shape.hex_in(content, "user"),
        name=shape.bytes_in(content, "name", 32),
        computer=shape.bytes_in(content, "computer", 16),
        is_proved=shape.flag_in(content, "proved"),
        public_key=shape.bytes_in(content, "public_key", 32),
        private_key=entries[at][: slots.WRAPPED],
        vault_key=entries[at][slots.WRAPPED :],
    )


def _sealed_key(vault_id: str, vault_key: bytearray) -> bytearray:
    return derivation.subkey(vault_key, "sealed part of the header", bytes.fromhex(vault_id))


def _bound_to(vault_id: str) -> bytes:
    return f"csp-desktop 2 sealed part {vault_id}".encode()
