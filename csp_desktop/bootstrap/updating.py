"""A file of an earlier version brought to this one: never without a whole copy of it, read back, beside it."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.bootstrap.left_copies import BesideFile
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.days import local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.saving import copy_file, reason, rename, sync_folder
from csp_desktop.store import checks
from csp_desktop.store.chain import verify_chain
from csp_desktop.store.copying import copy_database, remove_database
from csp_desktop.store.engine import log_of, reading
from csp_desktop.store.migrations import HEADS, refuse_newer, upgrade, version
from csp_desktop.store.transactions import transaction
from csp_desktop.vault import derivation, vault_install, vault_presence
from csp_desktop.vault.container import OpenVault

KEPT = 2  # copies made before an update; the oldest go
WHY = "update"
AS_IT_WAS = "The file is unchanged and still opens with the earlier version of the program."


class NotUpdated(Refused):
    """The file was not brought to this version; it is as it was."""


@dataclass(frozen=True)
class Updated:
    """What was done: the name of the copy's folder, and from which version of the tables to which."""

    copy: str
    before: str
    after: str


def free_bytes(folder: Path) -> int:
    """On the disk of the folder."""
    return shutil.disk_usage(folder).free


def bring_up_to_date(vault: OpenVault, engine: Engine, now: Clock) -> Updated | None:
    """Copy, read back, migrate in one transaction, look through; None when the file is of this version. Raises
    NewerProgram, NotUpdated and the copy's refusals, and then the file is as it was. On a refusal after the migration
    the engine is closed.
    """
    branch = file_kind(vault.kind).branch
    refuse_newer(engine, branch)
    before = version(engine) or ""
    if before == HEADS[branch]:
        return None
    _refuse_without_room(vault)
    copy = _copy_beside(vault, engine, local(now()).date().isoformat(), HEADS[branch])
    known = _chain(vault, engine)
    try:
        upgrade(engine, branch)
    except SQLAlchemyError as error:
        raise NotUpdated(f"The file could not be updated to this version of the program. {AS_IT_WAS}") from error
    if set(_findings(vault, engine)) - set(known):
        engine.dispose()
        _put_back(vault, copy)
        raise NotUpdated(
            "The file was updated to this version of the program but then failed its checks. "
            f"{AS_IT_WAS} Ask IT before you continue."
        )
    _keep_newest(vault)
    return Updated(copy.name, before, HEADS[branch])


def _refuse_without_room(vault: OpenVault) -> None:
    """Twice the file: the copy, and what the migration writes before it is done."""
    database = vault.database_path
    size = sum(path.stat().st_size for path in (database, log_of(database)) if path.exists())
    left = free_bytes(vault.folder)
    if left < 2 * size:
        raise NotUpdated(
            "This version of the program first makes a copy of the file. It needs "
            f"{_megabytes(2 * size)} free on the disk of the folder {vault.folder.parent}; "
            f"{_megabytes(left)} available. Free some space there and unlock again. Nothing was changed."
        )


def _megabytes(size: int) -> str:
    return f"{max(size, 0) / 1_000_000:,.1f} MB"


def _copy_beside(vault: OpenVault, engine: Engine, day: str, head: str) -> Path:
    """The whole file under its own key in a folder beside it; its header last, so that half a copy never opens."""
    _clear_unfinished(vault.folder)
    name = f"{vault.folder.name}-before-{WHY}-{day}-to-{head.rpartition('_')[2]}"
    copy = vault_install.free_name(vault.folder.with_name(name))
    key = vault.database_key()
    try:
        copy.mkdir(mode=0o700)
        copy_database(engine, copy / vault.database_path.name, key)
        vault.write_header_to(copy)
        sync_folder(copy.parent)
    except OSError as error:
        shutil.rmtree(copy, ignore_errors=True)
        raise NotUpdated(
            f"The safety copy needed before updating the file could not be saved: {reason(error)}. {AS_IT_WAS}"
        ) from error
    except Refused:
        shutil.rmtree(copy, ignore_errors=True)
        raise
    finally:
        derivation.wipe(key)
    return copy


def _clear_unfinished(place: Path) -> None:
    """What a killed program left of a copy."""
    for path in place.parent.glob(f"{place.name}-before-{WHY}-*"):
        if not (path / vault_presence.HEADER).exists():
            shutil.rmtree(path, ignore_errors=True)


def _chain(vault: OpenVault, engine: Engine) -> list[str]:
    """What was wrong with the journal before: this program did not do it."""
    key = vault.journal_key
    try:
        with transaction(reading(engine)) as connection:
            return verify_chain(connection, key, file_kind(vault.kind).schema)
    finally:
        derivation.wipe(key)


def _findings(vault: OpenVault, engine: Engine) -> list[str]:
    key = vault.journal_key
    try:
        return checks.verify(engine, key, schema=file_kind(vault.kind).schema)
    finally:
        derivation.wipe(key)


def _put_back(vault: OpenVault, copy: Path) -> None:
    """The file as it was takes its place again in one rename; the copy stays."""
    database = vault.database_path
    beside = database.with_name(f"{database.name}.back")
    remove_database(beside)
    copy_file(copy / database.name, beside)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            database.with_name(f"{database.name}{ending}").unlink()
    rename(beside, database)
    sync_folder(database.parent)


def _keep_newest(vault: OpenVault) -> None:
    """Older ones hold what was erased since, and open with passphrases that no longer count."""
    beside = BesideFile(vault.folder)
    made = [copy for copy in beside.earlier() if copy.path.name.startswith(f"{vault.folder.name}-before-{WHY}-")]
    for copy in made[KEPT:]:
        with suppress(Refused):
            beside.remove(copy)
