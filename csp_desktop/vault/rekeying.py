"""A new key for a vault: what taking somebody's way in away really means, and what makes an old recovery sheet
worthless.

The records are copied into a new file under the new key while the old one still counts; the slots that stay are sealed
to the new key without anybody's passphrase; one rename of the header is the moment from which the new file counts. A
note beside the header names both files, so that whatever interrupts the work, the next opening knows which of the two
is left over.
"""

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.saving import new_file
from csp_desktop.vault import derivation, header
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.header import Header
from csp_desktop.vault.slots import Slot

NOTE = "vault.moving"
MOST_BYTES = 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\.db\Z")
_BESIDE = ("-wal", "-shm", "-journal", "")


class NewKey:
    """A vault key prepared and not yet in force. Fill `database_path` under `database_key`, with `epoch` and
    `generation` in its meta; then `put_in_force`, move over to the new file, `finish`. Or `abandon`.
    """

    def __init__(self, vault: OpenVault, staying: Sequence[Slot]) -> None:
        """By `prepare` only."""
        self._vault, self._key = vault, derivation.random_key()
        now = vault.following()
        self._old = vault.database_path
        self._following = header.resealed(now, tuple(staying), self._key, now.epoch + 1)

    @property
    def database_path(self) -> Path:
        """Where the new file is to be written."""
        return self._vault.folder / self._following.database

    @property
    def epoch(self) -> int:
        """Of the new key."""
        return self._following.epoch

    @property
    def generation(self) -> int:
        """Of the new header."""
        return self._following.generation

    def database_key(self) -> bytearray:
        """The raw cipher key of the new file: a fresh buffer, to be wiped by whoever asked."""
        return self._subkey("database")

    def journal_key(self) -> bytearray:
        """What the journal goes on under: a fresh buffer."""
        return self._subkey("journal")

    def put_in_force(self) -> None:
        """One rename of the header: before it the old key counts, after it the new one. The open vault goes on."""
        self._vault.put_header(self._following, self._key)

    def finish(self) -> None:
        """Take the old file away, once nobody works in it any more."""
        _take_away(self._old)
        _forget_note(self._vault.folder)

    def abandon(self) -> None:
        """Leave everything as it was; once the key is in force there is nothing to abandon."""
        if self._vault._vault_key is self._key:
            return
        derivation.wipe(self._key)
        _take_away(self.database_path)
        _forget_note(self._vault.folder)

    def _subkey(self, purpose: str) -> bytearray:
        return derivation.subkey(self._key, f"{purpose} {self.epoch}", bytes.fromhex(self._following.vault_id))


def prepare(vault: OpenVault, staying: Sequence[Slot]) -> NewKey:
    """A new key for the slots that stay. The note is on the disk before the new file can be."""
    new = NewKey(vault, staying)
    _write_note(vault.folder, (vault.database_path.name, new.database_path.name))
    return new


def give_neutral_name(vault: OpenVault) -> None:
    """Let a database that 0.1.0 named after its meeting and the number of its keys have a name that says nothing, while
    nobody has it open. The file has both names until the header counts; `remove_left_over` takes away the one that does
    not. Where a disk knows no second names, the old one stays until the next new key.
    """
    old, new = vault.database_path, vault.folder / header.new_database()
    if not header.tells_too_much(old.name) or any(old.with_name(old.name + more).exists() for more in _BESIDE[:-1]):
        return
    _write_note(vault.folder, (old.name, new.name))
    try:
        os.link(old, new)
    except OSError:
        _forget_note(vault.folder)
        return
    vault.put_header(vault.following(database=new.name))
    remove_left_over(vault.folder, vault._header)


def remove_left_over(folder: Path, content: Header) -> None:
    """After an interruption: of the two files the note names, take away the one the proved header does not. What the
    system still holds open is taken away another time.
    """
    names = _noted(folder)
    if names is None:
        return
    for name in names:
        if name != content.database:
            _take_away(folder / name)
    _forget_note(folder)


def _noted(folder: Path) -> list[str] | None:
    try:
        with open(folder / NOTE, "rb") as file:
            names = read_json(file.read(MOST_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return []
    return [name for name in names if isinstance(name, str) and _NAME.match(name)] if isinstance(names, list) else []


def _write_note(folder: Path, names: Sequence[str]) -> None:
    _forget_note(folder)
    with new_file(folder / NOTE) as file:
        file.write(json.dumps(list(names)).encode("ascii"))


def _forget_note(folder: Path) -> None:
    (folder / NOTE).unlink(missing_ok=True)


def _take_away(database: Path) -> None:
    for ending in _BESIDE:
        with suppress(OSError):
            database.with_name(database.name + ending).unlink(missing_ok=True)
