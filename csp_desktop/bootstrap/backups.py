"""Backups of the open vault, going back to one, and giving the vault to another laptop.

What does not go back with a backup: who may open the file and with which roles, where backups go, and what was done
with copies since.
"""

import platform
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from csp_desktop.bootstrap.bundle_contents import Arriving, engine_of, part, room, unpacked, way_in
from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.bootstrap.users import OpenFile
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import dated_day, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.text import written
from csp_desktop.domain.common.users import User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind, SafekeepingRules
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.saving import publish, reason
from csp_desktop.services.ports.backups import BackupFile, TriedBackup
from csp_desktop.services.ports.handover import Passing
from csp_desktop.services.ports.work import Records, Work
from csp_desktop.store import journal
from csp_desktop.store.copying import copy_database
from csp_desktop.store.engine import write_meta
from csp_desktop.store.transactions import transaction
from csp_desktop.store.unit_of_work import SqlWork
from csp_desktop.vault import bundle, derivation, folders, handover, receiving, vault_install
from csp_desktop.vault.bundle import Label, Purpose
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import BundleNotWritten, UnsuitableFolder
from csp_desktop.vault.handover_state import Away
from csp_desktop.vault.receiving import ReceivingCode

BACKUP, HAND_OVER, PART = ".cspbackup", ".csphandover", ".part"
ON_SHARED_DRIVE = (
    "This folder is on a network or shared drive. That is allowed because backups are "
    "encrypted. Whoever runs the drive can see the file and its size, nothing else."
)
ON_SAME_DISK = (
    "This folder is on the same disk as the file: if this laptop is lost or breaks, you lose "
    "both. A USB stick kept elsewhere is safer."
)


class VaultBackups:
    """The ports Backups and Handover on an open vault. What is put into `at_close` is done once
    everything is closed; `device_secrets` is None where no key store is ever used.
    """

    def __init__(
        self, file: OpenFile, at_close: list[Callable[[], None]], device_secrets: DeviceSecrets | None, laptop: str = ""
    ) -> None:
        self._file, self._at_close, self._secrets = file, at_close, device_secrets
        self._laptop = laptop or platform.node() or "this laptop"
        self._one_at_a_time = threading.Lock()

    @property
    def this_laptop(self) -> str:
        """What this computer is called."""
        return self._laptop

    @property
    def _vault(self) -> OpenVault:
        return self._file.vault

    @property
    def _place(self) -> Path:
        return self._file.vault.folder

    def refuse_folder(self, folder: Path) -> None:
        """Not beside the file itself, and it must be there. Raises Refused otherwise."""
        place, own = folder.expanduser().absolute().resolve(), self._place.parent.absolute().resolve()
        if place == own or own in place.parents:
            raise Refused(
                "Choose a folder outside the partnership's own folder: anything next to the file is lost with it."
            )
        if not place.is_dir():
            raise Refused(f"The folder {folder} was not found. Connect the USB stick, or choose another folder.")

    def warning(self, folder: Path) -> str:
        """What is to be known of a folder that is allowed."""
        try:
            folders.refuse_unsuitable(folder)
        except UnsuitableFolder:
            return ON_SHARED_DRIVE
        with suppress(OSError):
            if folder.stat().st_dev == self._place.stat().st_dev:
                return ON_SAME_DISK
        return ""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """All of it needs the same room beside the vault."""
        if not self._one_at_a_time.acquire(blocking=False):
            raise Refused("Another copy is being made or checked. Try again when it is finished.")
        try:
            yield
        finally:
            self._one_at_a_time.release()

    def write(self, folder: Path, progress: Progress) -> BackupFile:
        """Copy, pack, read back, and only then give it its name."""
        self.refuse_folder(folder)
        at = self._file.now()
        name = f"cspd-backup-{local(at):%Y-%m-%d-%H%M}{BACKUP}"  # of either file: on a stick it tells no more
        target = vault_install.free_name(folder / name)
        with self._alone():
            made = self._pack(target, lambda size: handover.backup_label(self._vault, at, size), {}, progress)
            publish(made, target)
        return BackupFile(target, at, target.stat().st_size)

    def rescue(self, folder: Path, progress: Progress) -> BackupFile:
        """Made and read back in the folder it goes to: where the vault lay there may be nothing, or another one."""
        self.refuse_folder(folder)
        at = self._file.now()
        target = vault_install.free_name(folder / f"cspd-rescue-{local(at):%Y-%m-%d-%H%M}{BACKUP}")
        with self._alone():
            label = lambda size: handover.backup_label(self._vault, at, size)  # noqa: E731
            made = self._pack(target, label, {}, progress, beside=target.with_suffix(".making"))
            publish(made, target)
        return BackupFile(target, at, target.stat().st_size)

    def _clear_parts(self, folder: Path) -> None:
        """What an interrupted backup or hand-over of this file left there: while it is open here, none is under way,
        and a part of a hand-over would be a second home under another name."""
        for ending in (BACKUP, HAND_OVER):
            for path in folder.glob(f"*{ending}{PART}"):
                with suppress(Refused, OSError):
                    if bundle.read_label(path).sealed.vault_id == self._vault.vault_id:
                        path.unlink()

    def listed(self, folder: Path) -> Sequence[BackupFile]:
        """This vault's backups, the newest first; other files are none of ours."""
        found = []
        for path in folder.glob(f"cspd-backup-*{BACKUP}"):
            with suppress(Refused, OSError):
                label = bundle.read_label(path)
                if label.purpose is Purpose.BACKUP and label.sealed.vault_id == self._vault.vault_id:
                    found.append(BackupFile(path, label.made_at, path.stat().st_size))
        return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)

    def remove(self, backup: BackupFile) -> None:
        """What cannot be taken away now is so next time."""
        with suppress(OSError):
            backup.path.unlink()

    def try_out(self, file: Path, name: str, secret: str, progress: Progress) -> TriedBackup:
        """Restore it into a folder of its own, and take that away again."""
        with (
            self._alone(),
            room(vault_install.trying(self._place)) as trial,
            way_in(name, secret, self._secrets) as unlock,
        ):
            handover.refuse_other_vault(handover.label_of(file), self._vault)
            with unpacked(file, Purpose.BACKUP, trial, name, unlock, progress) as there:
                return there.told()

    def prepare_restore(self, file: Path, name: str, secret: str, progress: Progress) -> TriedBackup:
        """A whole new vault beside the present one: the backup's records, a new key, the slots of today's users. It
        takes its place when the present one is closed, which is then kept under another name."""
        place, ready = self._place, vault_install.coming(self._place)
        with (
            self._alone(),
            room(vault_install.trying(place)) as trial,
            way_in(name, secret, self._secrets) as unlock,
            ExitStack() as undo,
        ):
            handover.refuse_other_vault(handover.label_of(file), self._vault)
            there = undo.enter_context(
                unpacked(
                    file, Purpose.BACKUP, trial, name, unlock, lambda done, _, words: progress(done // 2, 100, words)
                )
            )
            told = there.told()
            new = undo.enter_context(Arriving(ready))
            vault = handover.renewed(there.vault, self._vault, ready)
            undo.callback(vault.close)
            self._fill(vault, there.engine, there.vault, told, file, progress)
            vault.commit()
            new.is_kept = True
        aside = place.with_name(f"{place.name}-before-restore-{local(self._file.now()):%Y-%m-%d-%H%M}")
        self._at_close[:] = [lambda: vault_install.put_in_place(place, aside)]
        return told

    def _fill(
        self, vault: OpenVault, source: Engine, then: OpenVault, told: TriedBackup, file: Path, progress: Progress
    ) -> None:
        """The backup's records under the new key, what must not go back carried over, and the restore written down."""
        key = vault.database_key()
        try:
            copy_database(source, vault.database_path, key, part(progress, 50, 95, "Changing the key"))
        finally:
            derivation.wipe(key)
        engine, kind = engine_of(vault), file_kind(vault.kind)
        try:
            old_key, new_key = then.journal_key, vault.journal_key
            with transaction(engine) as connection:
                journal.retire_key(connection, kind.schema, old_key)
            write_meta(engine, vault.vault_id, vault.epoch, vault.generation)
            work = SqlWork(engine, new_key, self._file.now, self._vault.user, kind.schema)
            restored = SafeCopy(
                new_id(),
                SafeCopyKind.RESTORED,
                self._file.now(),
                self._vault.user,
                written(file.name),
                made_at=told.made_at,
            )
            carry_over(self._file.work, work, restored)
            derivation.wipe(old_key)
            derivation.wipe(new_key)
        finally:
            engine.dispose()
        progress(100, 100, "Ready")

    def hand_over(self, folder: Path, passing: Passing, progress: Progress) -> Path:
        """First the file, whole and read back; then the header that says it is away; then the file gets its name. So
        there is never a moment with two homes; what an interruption leaves is finished at the next unlock here."""
        self.refuse_folder(folder)
        at, mark, vault = self._file.now(), handover.new_mark(), self._vault
        name = f"cspd-hand-over-{local(at):%Y-%m-%d-%H%M}{HAND_OVER}"
        target = vault_install.free_name(folder / name)
        note = {"from": passing.origin, "to": passing.to, "by": passing.by}
        code = receiving.parse(passing.code) if passing.code else None
        with self._alone():
            made = self._pack(
                target, lambda size: handover.hand_over_label(vault, at, size, mark, code), note, progress, code
            )
            progress(96, 100, "Preparing the handover")
            handover.give_away(vault, Away(passing.to, passing.by, at, str(target)), mark)
            with suppress(Exception):  # from here on there is no way back, and nothing to cancel
                progress(97, 100, "Preparing the handover")
            with suppress(Refused):  # the next opening puts it right
                self._file.written()
            with suppress(Exception):
                progress(98, 100, "Preparing the handover")
            with suppress(OSError):  # the stick was pulled out: the next unlocking with it in finishes this
                publish(made, target)
            with suppress(Exception):
                progress(100, 100, "Handed over")
        return target

    def refuse_code(self, typed: str) -> None:
        """Its last group checks the others."""
        receiving.parse(typed)

    def _pack(
        self,
        target: Path,
        label: Callable[[int], Label],
        note: dict[str, str],
        progress: Progress,
        code: ReceivingCode | None = None,
        beside: Path | None = None,
    ) -> Path:
        """The bundle beside its name, proved by opening it again as on another day, in a folder of its own."""
        made, vault, proved = target.with_name(target.name + PART), self._vault, False
        self._clear_parts(target.parent)
        try:
            with room(beside or vault_install.trying(self._place)) as trial:
                copy = self._copied(trial, part(progress, 0, 40, "Copying the records"))
                made.unlink(missing_ok=True)
                wanted = label(copy.stat().st_size)
                handover.pack(vault, wanted, note, copy, made, part(progress, 40, 65, "Writing the file"), code)
                copy.unlink()
                bundle.forget_cached(made)

                def again(done: int, _: int, words: str) -> None:
                    progress(65 + done * 3 // 10, 100, f"{words} again")

                with unpacked(made, wanted.purpose, trial, vault.user, handover.own_key(vault), again, code):
                    proved = True
        except OSError as error:
            raise BundleNotWritten(reason(error)) from error
        finally:
            if not proved:
                with suppress(OSError):
                    made.unlink(missing_ok=True)
        return made

    def _copied(self, trial: Path, progress: Progress) -> Path:
        """One moment of the records, while people go on writing."""
        copy, key = trial / "copied.db", self._vault.database_key()
        try:
            copy_database(self._file.engine, copy, key, progress)
        finally:
            derivation.wipe(key)
        return copy


def carry_over(today: Work, restored: Work, note: SafeCopy) -> None:
    """One step in the restored records, which cannot be undone; `note` writes the restore down."""
    day = dated_day(local(note.made_at or note.at).date())
    with today.reading() as now, restored.step(f"restore of the backup of {day}", undoable=False) as then:
        _users(now, then)
        _rows(now, then, User)
        for kind in (SafekeepingRules, SafeCopy):
            for record in now.find(kind):
                then.save(record)
        then.save(note)


def _users(now: Records, then: Records) -> None:
    """The members who are users today, as they are today; nobody else keeps a role."""
    users = {member.id: member for member in now.find(Member) if member.user_name}
    for member in then.find(Member):
        if member.id not in users and (member.user_name or member.roles):
            then.save(replace(member, user_name="", roles=()))
    known = {agency.id for agency in then.find(Agency)}
    for member in users.values():
        if member.agency_id not in known:
            then.save(now.get(Agency, member.agency_id))
        then.save(member)


def _rows(now: Records, then: Records, kind: type[User]) -> None:
    """The same rows as today, no more and no fewer."""
    wanted = {record.id: record for record in now.find(kind)}
    for record in then.find(kind):
        if record.id not in wanted:
            then.remove(record)
    for record in wanted.values():
        then.save(record)
