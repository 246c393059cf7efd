"""The header `vault.json`: the only file of a vault that is not encrypted, and the only module that knows its form.

Read strictly in this order: size, shape, checksum, bounds of the work; then (by `container`) slot, seal, bare file
name, database. The checksum only tells accidents from a wrong passphrase; the seal, keyed by the vault key, is what
proves that nobody changed it.
"""

import binascii
import hashlib
import hmac
import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from csp_desktop import saving
from csp_desktop.vault import derivation
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import DamagedHeader, NewerProgram, NotAVault
from csp_desktop.vault.slots import SALT, Slot, SlotKind

FILE = "vault.json"
FORMAT = "csp-desktop vault"
VERSION = 1
MOST_BYTES = 256 * 1024
MOST_SLOTS = 64
MOST_COUNT = 2**53
MOST_MARKS = 256
MOST_AWAY = 4096

E = TypeVar("E", bound=Enum)

_HEX = re.compile(r"[0-9a-f]{32}\Z")
_BARE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.db\Z")
_FIELDS = {
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
_SLOT_FIELDS = {
    "id",
    "kind",
    "user",
    "name",
    "computer",
    "salt",
    "cost",
    "proved",
    "public_key",
    "private_key",
    "vault_key",
}
_COST_FIELDS = {"memory", "time", "lanes", "quick"}


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
    """The content of `vault.json` but its seal."""

    vault_id: str
    kind: VaultKind
    home: Home
    database: str
    epoch: int
    generation: int
    salt: bytes
    slots: tuple[Slot, ...]
    trail: tuple[str, ...] = ()  # a random mark for each hand-over, take-over, restore and reclaim, the newest last
    away: bytes = b""  # to whom it was handed over, wrapped by the vault key; empty while its home is here

    def marked(self, mark: str) -> tuple[str, ...]:
        """The trail with one mark more; the oldest go when it grows too long."""
        return (*self.trail, mark)[-MOST_MARKS:]


@dataclass(frozen=True)
class SealedHeader:
    """A header as read: not to be trusted before `prove`."""

    header: Header
    seal: bytes

    def prove(self, vault_key: bytearray) -> Header:
        """The header, once the seal and the file name have been checked; raises DamagedHeader."""
        if not hmac.compare_digest(self.seal, _seal(self.header, vault_key)):
            raise DamagedHeader("its seal does not fit")
        if not _BARE_NAME.match(self.header.database):
            raise DamagedHeader("the name of the records file is not allowed")
        return self.header


def read(folder: Path) -> SealedHeader:
    """Read `vault.json` of a folder without costly work; raises NotAVault, NewerProgram or DamagedHeader."""
    try:
        with open(folder / FILE, "rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as missing:
        raise NotAVault from missing
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
    """The strict reading of the file's bytes."""
    try:
        content = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise DamagedHeader("it is not in the expected form") from wrong
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotAVault
    if _count(content, "version") > VERSION:
        raise NewerProgram
    _exactly(content, _FIELDS)
    checksum = _bytes(content, "checksum", 32)
    del content["checksum"]
    if hashlib.sha256(_canonical(content)).digest() != checksum:
        raise DamagedHeader("its checksum does not fit")
    seal = _bytes(content, "seal", 32)
    slots = _list(content, "slots")
    if not 1 <= len(slots) <= MOST_SLOTS:
        raise DamagedHeader("the number of slots is not allowed")
    header = Header(
        vault_id=_hex(content, "vault"),
        kind=_one_of(VaultKind, content, "kind"),
        home=_one_of(Home, content, "home"),
        database=_text(content, "database"),
        epoch=_count(content, "epoch"),
        generation=_count(content, "generation"),
        salt=_bytes(content, "salt", SALT),
        slots=tuple(_slot(slot) for slot in slots),
        trail=_marks(content),
        away=_any_bytes(content, "away", MOST_AWAY),
    )
    if len({slot.id for slot in header.slots}) != len(header.slots):
        raise DamagedHeader("two slots are the same")
    return SealedHeader(header, seal)


def written(header: Header, vault_key: bytearray) -> bytes:
    """The file's bytes, sealed."""
    content = _content(header)
    content["seal"] = _base64(_seal(header, vault_key))
    content["checksum"] = _base64(hashlib.sha256(_canonical(content)).digest())
    return (json.dumps(content, indent=1) + "\n").encode()


def write(folder: Path, header: Header, vault_key: bytearray) -> None:
    """Put the header in place in one step: after a crash the old one or the new one stands there, never a part."""
    saving.write(folder / FILE, written(header, vault_key), folder / f"{FILE}.new")


def _seal(header: Header, vault_key: bytearray) -> bytes:
    key = derivation.subkey(vault_key, f"header seal {header.epoch}", bytes.fromhex(header.vault_id))
    mac = hmac.new(key, _canonical(_content(header)), hashlib.sha256).digest()
    derivation.wipe(key)
    return mac


def _content(header: Header) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "vault": header.vault_id,
        "kind": header.kind.value,
        "home": header.home.value,
        "database": header.database,
        "epoch": header.epoch,
        "generation": header.generation,
        "trail": list(header.trail),
        "away": _base64(header.away),
        "salt": _base64(header.salt),
        "slots": [_slot_content(slot) for slot in header.slots],
    }


def _slot_content(slot: Slot) -> dict[str, Any]:
    cost = slot.cost
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "user": slot.user,
        "name": _base64(slot.name),
        "computer": _base64(slot.computer),
        "salt": _base64(slot.salt),
        "cost": None
        if cost is None
        else {"memory": cost.memory, "time": cost.time, "lanes": cost.lanes, "quick": cost.is_quick},
        "proved": slot.is_proved,
        "public_key": _base64(slot.public_key),
        "private_key": _base64(slot.private_key),
        "vault_key": _base64(slot.vault_key),
    }


def _slot(content: Any) -> Slot:
    _exactly(content, _SLOT_FIELDS)
    kind = _one_of(SlotKind, content, "kind")
    cost = _cost(content["cost"])
    if (cost is None) != (kind is SlotKind.RECOVERY):
        raise DamagedHeader("a slot's cost does not fit its kind")
    return Slot(
        id=_hex(content, "id"),
        kind=kind,
        user=_hex(content, "user"),
        name=_bytes(content, "name", 32),
        computer=_bytes(content, "computer", 16),
        salt=_bytes(content, "salt", SALT),
        cost=cost,
        is_proved=_flag(content, "proved"),
        public_key=_bytes(content, "public_key", 32),
        private_key=_bytes(content, "private_key", derivation.WRAPPED_KEY),
        vault_key=_bytes(content, "vault_key", derivation.SEALED_KEY),
    )


def _cost(content: Any) -> Cost | None:
    if content is None:
        return None
    _exactly(content, _COST_FIELDS)
    cost = Cost(_count(content, "memory"), _count(content, "time"), _count(content, "lanes"), _flag(content, "quick"))
    if not cost.is_within_bounds:
        raise DamagedHeader("the work asked for a passphrase is outside the bounds")
    return cost


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a field stands twice")
    return content


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _exactly(content: Any, fields: set[str]) -> None:
    if not isinstance(content, dict) or set(content) != fields:
        raise DamagedHeader("a field is missing or unknown")


def _text(content: dict[str, Any], field: str) -> str:
    value = content.get(field)
    if not isinstance(value, str):
        raise DamagedHeader(f"the field '{field}' is not text")
    return value


def _list(content: dict[str, Any], field: str) -> list[Any]:
    value = content.get(field)
    if not isinstance(value, list):
        raise DamagedHeader(f"the field '{field}' is not a list")
    return value


def _flag(content: dict[str, Any], field: str) -> bool:
    value = content.get(field)
    if not isinstance(value, bool):
        raise DamagedHeader(f"the field '{field}' is not yes or no")
    return value


def _count(content: dict[str, Any], field: str) -> int:
    value = content.get(field)
    if type(value) is not int or not 1 <= value <= MOST_COUNT:
        raise DamagedHeader(f"the field '{field}' is not a count")
    return value


def _hex(content: dict[str, Any], field: str) -> str:
    value = _text(content, field)
    if not _HEX.match(value):
        raise DamagedHeader(f"the field '{field}' is not an identity")
    return value


def _marks(content: dict[str, Any]) -> tuple[str, ...]:
    marks = _list(content, "trail")
    if len(marks) > MOST_MARKS or not all(isinstance(mark, str) and _HEX.match(mark) for mark in marks):
        raise DamagedHeader("the field 'trail' is not a list of marks")
    return tuple(marks)


def _bytes(content: dict[str, Any], field: str, length: int) -> bytes:
    value = _any_bytes(content, field, length)
    if len(value) != length:
        raise DamagedHeader(f"the field '{field}' has the wrong length")
    return value


def _any_bytes(content: dict[str, Any], field: str, most: int) -> bytes:
    text = _text(content, field)
    try:
        value = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise DamagedHeader(f"the field '{field}' cannot be decoded") from wrong
    if len(value) > most or _base64(value) != text:
        raise DamagedHeader(f"the field '{field}' has the wrong length")
    return value


def _one_of(choices: type[E], content: dict[str, Any], field: str) -> E:
    value = _text(content, field)
    for choice in choices:
        if choice.value == value:
            return choice
    raise DamagedHeader(f"the field '{field}' has an unknown value")
