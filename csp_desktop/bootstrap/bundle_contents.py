"""Backups and hand-overs unpacked into a folder of their own and looked through: pages, structure, journal, records."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select

from csp_desktop.bootstrap.file_kind import FileKind
from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.services.ports.backups import TriedBackup
from csp_desktop.store import checks
from csp_desktop.store.engine import check_meta, open_engine
from csp_desktop.store.migrations import refuse_newer, upgrade
from csp_desktop.store.transactions import transaction
from csp_desktop.vault import derivation, handover, recovery, vault_install
from csp_desktop.vault.bundle import Purpose
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import BundleDamaged, RecoveryKeyMistyped, WrongPassphrase
from csp_desktop.vault.handover import Packed
from csp_desktop.vault.receiving import ReceivingCode
from csp_desktop.vault.unlock import Unlock, by_passphrase, by_recovery_key

DOES_NOT_OPEN = (
    "This file does not open with that name and passphrase. Use a passphrase from the day it "
    "was made, or the recovery key of that time."
)
COUNTED = {
    "Case": "cases",
    "RoughSleeper": "people known",
    "Meeting": "meetings",
    "Action": "actions",
    "Member": "people in the register",
}


@dataclass(frozen=True)
class Unpacked:
    """An unpacked bundle, its records open and proved whole."""

    packed: Packed
    engine: Engine
    kind: FileKind

    @property
    def vault(self) -> OpenVault:
        """In the folder it was unpacked into."""
        return self.packed.vault

    def told(self) -> TriedBackup:
        """What it holds, in numbers."""
        with transaction(self.engine) as connection:
            entries = connection.execute(select(func.count()).select_from(self.kind.schema.journal)).scalar_one()
            tables = {kind.__name__: table for kind, table in self.kind.schema.register.items()}
            counts = tuple(
                (words, int(connection.execute(select(func.count()).select_from(tables[kind])).scalar_one()))
                for kind, words in COUNTED.items()
                if kind in tables
            )
        return TriedBackup(self.packed.label.made_at, int(entries), counts)


@contextmanager
def room(place: Path) -> Iterator[Path]:
    """A folder of one's own for a while, readable by nobody else; what a killed program left there goes first."""
    vault_install.make_room(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@dataclass
class Arriving:
    """The folder a vault is made whole in; taken away again unless it is kept."""

    place: Path
    is_kept: bool = False

    def __enter__(self) -> "Arriving":
        vault_install.make_room(self.place)
        return self

    def __exit__(self, *_: object) -> None:
        if not self.is_kept:
            shutil.rmtree(self.place, ignore_errors=True)


@contextmanager
def way_in(name: str, secret: str, device_secrets: DeviceSecrets | None) -> Iterator[Unlock]:
    """By the recovery key where that is what was typed, else by name and passphrase."""
    try:
        key = recovery.parse(secret)
    except RecoveryKeyMistyped:
        yield by_passphrase(name, secret, device_secrets)
        return
    try:
        yield by_recovery_key(key)
    finally:
        key.wipe()


@contextmanager
def unpacked(
    file: Path,
    wanted: Purpose,
    into: Path,
    name: str,
    unlock: Unlock,
    progress: Progress,
    code: ReceivingCode | None = None,
) -> Iterator[Unpacked]:
    """A bundle in `into`, its records open; or a whole copy kept in a folder, looked at there. `code` is the receiving
    code a bundle may be sealed with. Raises BundleDamaged when anything in it is not sound, Refused where name and
    passphrase do not open it."""
    with ExitStack() as undo:
        try:
            if file.is_dir():
                packed = handover.open_copy(file, into, name, unlock)
            else:
                packed = handover.unpack(
                    file, wanted, into, name, unlock, part(progress, 0, 50, "Reading the whole file"), code
                )
        except WrongPassphrase as wrong:
            raise Refused(DOES_NOT_OPEN) from wrong
        vault = packed.vault
        undo.callback(vault.close)
        kind = file_kind(vault.kind)
        engine = engine_of(vault)
        undo.callback(engine.dispose)
        refuse_newer(engine, kind.branch)
        check_meta(engine, vault.vault_id, vault.epoch, vault.generation)
        upgrade(engine, kind.branch)
        refuse_unsound(engine, vault, kind, part(progress, 50, 100, "Checking the records and the journal"))
        yield Unpacked(packed, engine, kind)


def refuse_unsound(engine: Engine, vault: OpenVault, kind: FileKind, progress: Progress) -> None:
    """Pages, structure, journal and records; raises BundleDamaged."""
    key = vault.journal_key
    try:
        found = checks.verify(engine, key, schema=kind.schema, progress=progress)
        if found:
            raise BundleDamaged
    finally:
        derivation.wipe(key)


def engine_of(vault: OpenVault) -> Engine:
    """The records of an open vault."""
    key = vault.database_key()
    try:
        return open_engine(vault.database_path, key)
    finally:
        derivation.wipe(key)


def part(progress: Progress, begin: int, end: int, words: str) -> Progress:
    """A stretch of the whole way, which is 100."""
    return lambda done, total, _: progress(begin + (end - begin) * done // max(1, total), 100, words)
