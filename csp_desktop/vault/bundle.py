"""One vault in one file: a backup, or what is handed over to another laptop. Readable by a slot of its own header only.

A label in clear (purpose, day, the sealed header), then a note and the database in pieces of a mebibyte, each sealed by
AES-256-GCM and bound to the label, to its place and to being the last: a byte changed anywhere, a piece left out, moved
or cut off is found. The database inside is encrypted besides, so unpacking never puts a readable page on a disk.
"""

import hashlib
import json
import os
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.saving import new_file, reason
from csp_desktop.vault import derivation, header
from csp_desktop.vault.errors import (
    BundleDamaged,
    BundleNotWritten,
    DamagedHeader,
    NewerProgram,
    NotABundle,
)
from csp_desktop.vault.header import SealedHeader

MAGIC = b"CSPD BUNDLE 1\n\x00\x00"
VERSION = 1
SEALED_VERSION = 2  # a hand-over only one laptop opens
PIECE = 1024 * 1024
MOST_LABEL = 512 * 1024
_LABEL_FIELDS = {"version", "purpose", "made", "salt", "size", "header"}
_SEALED_FIELDS = _LABEL_FIELDS | {"sealed_for"}


class Purpose(Enum):
    """What the file is for; neither is taken for the other."""

    BACKUP = "backup"
    HAND_OVER = "hand-over"


@dataclass(frozen=True)
class Label:
    """What a bundle says in clear, not to be trusted before it is unpacked: no name, no place, no number of records."""

    purpose: Purpose
    made_at: datetime
    salt: bytes
    size: int  # bytes of the database
    sealed: SealedHeader
    raw: bytes
    sealed_for: str = ""  # the mark of a receiving code: then only the laptop that showed it opens the file

    @property
    def digest(self) -> bytes:
        """What every piece is bound to."""
        return hashlib.sha256(self.raw).digest()


def label_for(purpose: Purpose, made_at: datetime, header_bytes: bytes, size: int, sealed_for: str = "") -> Label:
    """The label of a new bundle."""
    salt = os.urandom(32)
    content = {
        "version": SEALED_VERSION if sealed_for else VERSION,
        "purpose": purpose.value,
        "made": made_at.isoformat(),
        "salt": salt.hex(),
        "size": size,
        "header": b64encode(header_bytes).decode(),
    }
    if sealed_for:
        content["sealed_for"] = sealed_for
    raw = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return Label(purpose, made_at, salt, size, header.parse(header_bytes), raw, sealed_for)


def write(target: Path, label: Label, key: bytearray, note: dict[str, Any], database: Path, progress: Progress) -> None:
    """Write the bundle to a name that must not exist, mode 0600, on the disk before returning. A part is never left
    behind. `key` is the vault's backup key (see `handover`) and stays the caller's to wipe. Raises BundleNotWritten
    where the disk fails.
    """
    try:
        with new_file(target) as file, open(database, "rb") as source:
            file.write(MAGIC + struct.pack(">I", len(label.raw)) + label.raw)
            _write_pieces(file, source, label, key, json.dumps(note).encode(), progress)
    except OSError as error:
        raise BundleNotWritten(reason(error)) from error


def read_label(path: Path) -> Label:
    """The label, strictly read; raises NotABundle, NewerProgram, BundleDamaged."""
    with _opened(path) as file:
        return _read_label(file)


def unpack(path: Path, key: bytearray, database: Path, progress: Progress) -> dict[str, Any]:
    """Check every byte, write the database to a name that must not exist, and return the note. Raises BundleDamaged, or
    BundleNotWritten where the disk fails; whatever happens, a database that is not whole is removed.
    """
    try:
        with _opened(path) as file:
            label = _read_label(file)
            pieces = _pieces(file, label, key)
            note = json.loads(next(pieces))
            with new_file(database) as out:
                for piece in pieces:
                    out.write(piece)
                    progress(min(out.tell(), label.size), label.size, "")
                if out.tell() != label.size:
                    raise BundleDamaged
    except (ValueError, StopIteration) as wrong:
        raise BundleDamaged from wrong
    except OSError as error:
        raise BundleNotWritten(reason(error)) from error
    return dict(note)


def forget_cached(path: Path) -> None:
    """Ask the system to read the file from its disk next time, not from memory: a check after writing is to see what
    the stick really holds. Where a system offers no such thing, the check reads what it is given.
    """
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _opened(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise NotABundle from error


def _read_label(file: BinaryIO) -> Label:
    begun = file.read(len(MAGIC) + 4)
    if begun[: len(MAGIC)] != MAGIC:
        raise NotABundle
    length = int.from_bytes(begun[len(MAGIC) :], "big")
    raw = file.read(length) if length <= MOST_LABEL else b""
    try:
        content = json.loads(raw.decode("utf-8"))
        if content["version"] > SEALED_VERSION:
            raise NewerProgram
        fields = _SEALED_FIELDS if content["version"] == SEALED_VERSION else _LABEL_FIELDS
        if set(content) != fields or type(content["size"]) is not int or content["size"] < 1:
            raise BundleDamaged
        made_at, salt = datetime.fromisoformat(content["made"]), bytes.fromhex(content["salt"])
        if made_at.tzinfo is None or len(salt) != derivation.KEY:
            raise BundleDamaged
        sealed = header.parse(b64decode(content["header"], validate=True))
        mark = str(content.get("sealed_for", ""))
        return Label(Purpose(content["purpose"]), made_at, salt, content["size"], sealed, raw, mark)
    except (ValueError, KeyError, TypeError, RecursionError, DamagedHeader) as wrong:
        raise BundleDamaged from wrong


def _write_pieces(
    file: BinaryIO, source: BinaryIO, label: Label, key: bytearray, note: bytes, progress: Progress
) -> None:
    cipher, bound_to = _cipher(label, key), label.digest
    file.write(struct.pack(">I", len(note)))
    file.write(cipher.encrypt(_nonce(0, last=False), note, bound_to))
    written, place = 0, 0
    while written < label.size:
        piece = source.read(PIECE)
        written, place = written + len(piece), place + 1
        if not piece or written > label.size:
            raise BundleNotWritten("the copy changed while it was being written")
        file.write(cipher.encrypt(_nonce(place, last=written == label.size), piece, bound_to))
        progress(written, label.size, "")


def _pieces(file: BinaryIO, label: Label, key: bytearray) -> Iterator[bytes]:
    """The note, then the pieces of the database, each proved before it is given."""
    cipher, bound_to, left, place = _cipher(label, key), label.digest, label.size, 0
    noted = int.from_bytes(file.read(4), "big")
    if noted > PIECE:
        raise BundleDamaged
    try:
        yield cipher.decrypt(_nonce(0, last=False), file.read(noted + derivation.TAG), bound_to)
        while left:
            size = min(PIECE, left)
            left, place = left - size, place + 1
            yield cipher.decrypt(_nonce(place, last=not left), file.read(size + derivation.TAG), bound_to)
    except InvalidTag as wrong:
        raise BundleDamaged from wrong
    if file.read(1):
        raise BundleDamaged


def _cipher(label: Label, key: bytearray) -> AESGCM:
    own = derivation.subkey(key, "bundle", label.salt)  # a key of its own for each file: places may serve as nonces
    try:
        return AESGCM(own)
    finally:
        derivation.wipe(own)


def _nonce(place: int, *, last: bool) -> bytes:
    return struct.pack(">QI", place, int(last))
