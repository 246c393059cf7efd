"""Files brought to a laptop where nothing is open: a backup, a hand-over; and taking back what was given away."""

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from csp_desktop.bootstrap.backups import VaultBackups
from csp_desktop.bootstrap.bundle_contents import Arriving, Unpacked, engine_of, unpacked, way_in
from csp_desktop.bootstrap.file_kind import PLACES, place_of
from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.bootstrap.updating import bring_up_to_date
from csp_desktop.bootstrap.users import OpenFile
from csp_desktop.domain.common.aliases import Clock, Progress
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.text import written
from csp_desktop.domain.common.users import Duty, User, who_may
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.domain.people.agencies import Member
from csp_desktop.saving import reason
from csp_desktop.services.ports.handover import Brought
from csp_desktop.store.engine import check_meta, write_meta
from csp_desktop.store.migrations import refuse_newer
from csp_desktop.store.unit_of_work import SqlWork
from csp_desktop.vault import (
    bundle,
    derivation,
    folders,
    handover,
    handover_file,
    header,
    receiving,
    vault_install,
)
from csp_desktop.vault.bundle import Label, Purpose
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import HandedOver, OpenElsewhere, TooSoon, WrongBundle, WrongPlace
from csp_desktop.vault.header import Home, VaultKind
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.receiving import ReceivingCode
from csp_desktop.vault.unlock import Guard, open_away, open_vault, unguarded

OTHER_MEETING = (
    "This file belongs to the other meeting: the group and the private meeting have separate "
    "files. Open it from that meeting's own window."
)
PRESENT_SHUT = (
    "The file now in this folder does not open with that passphrase, so the program cannot "
    "tell who may open it today. Use a passphrase that opens it now. Or rename the folder "
    "“{name}” and restore again: then anyone who could open the backup can open it."
)


class FolderBundleImport:
    """services.ports.handover.BundleImport on real folders."""

    def __init__(
        self,
        now: Clock,
        device_secrets: DeviceSecrets | None,
        laptop: str = "",
        kinds: Sequence[VaultKind] = tuple(PLACES),
        guard: Guard = unguarded,
    ) -> None:
        self._now, self._secrets, self._kinds = now, device_secrets, kinds
        self._laptop, self._guard = laptop or platform.node() or "this laptop", guard

    def restore(self, folder: Path, file: Path, name: str, secret: str, progress: Progress) -> Brought:
        """Into an empty place with the backup's own users; where a vault lies already, by whoever can open it today."""
        label = self._label(file)
        kind = label.sealed.kind
        place = folder / PLACES[kind]
        if vault_install.holds_vault(place):
            self._restore_over(place, file, name, secret, progress)
            return Brought(label.made_at, "", kind.value)
        folders.refuse_unsuitable(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._coming(place, file, Purpose.BACKUP, name, secret, progress) as there:
            user = name.strip()
            note = SafeCopy(
                new_id(), SafeCopyKind.RESTORED, self._now(), user, file=written(file.name), made_at=label.made_at
            )
            self._make_home(there, note)
        vault_install.put_in_place(place, None)
        return Brought(label.made_at, "", kind.value)

    def _label(self, file: Path) -> Label:
        label = bundle.read_label(file)
        if label.sealed.kind not in self._kinds:
            raise WrongBundle(OTHER_MEETING)
        return label

    def _restore_over(self, place: Path, file: Path, name: str, secret: str, progress: Progress) -> None:
        at_close: list[Callable[[], None]] = []
        with ExitStack() as undo:
            try:
                place_of(place.parent, bundle.read_label(file).sealed.kind)
                present = self._opened(self._present(place, name, secret), undo)
            except (HandedOver, OpenElsewhere, TooSoon, WrongPlace):
                raise
            except Refused as shut:
                raise Refused(PRESENT_SHUT.format(name=place.name)) from shut
            _refuse_others(present)
            VaultBackups(present, at_close, self._secrets, self._laptop).prepare_restore(file, name, secret, progress)
        for step in at_close:
            step()

    def take_over(self, folder: Path, file: Path, name: str, secret: str, progress: Progress) -> Brought:
        """What lies here must be away, and the file must come back from where it went. The file is taken away after,
        so that nobody takes it over a second time."""
        label = self._label(file)
        kind = label.sealed.kind
        place = place_of(folder, kind)
        present = header.read(place) if vault_install.holds_vault(place) else None
        folders.refuse_unsuitable(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if present is not None:
            handover.refuse_other_vault(label, present)
        code = receiving.kept(place)
        with self._coming(place, file, Purpose.HAND_OVER, name, secret, progress, code) as there:
            if present is not None:
                handover.refuse_other_ways(there.packed, present)
                FolderLock(place).release()  # nobody has it open
            origin, called = str(there.packed.note.get("from", "")), str(there.packed.note.get("to", ""))
            kept = SafeCopy(new_id(), SafeCopyKind.TAKEN_OVER, self._now(), name.strip(), written(file.name), origin)
            self._make_home(there, replace(kept, made_at=label.made_at, note=called))
        progress(98, 100, "Moving the file into place")
        aside = place.with_name(f"{place.name}-before-return") if present is not None else None
        vault_install.put_in_place(place, aside, handover_file.of(file, label))
        with suppress(Exception):  # from here on there is no way back, and nothing to cancel
            progress(99, 100, "Moving the file into place")
        left = handover_file.remove(place)
        return Brought(label.made_at, origin, kind.value, "" if left is None else left.sentence)

    def receiving_code(self, folder: Path, *, wanted: bool) -> str:
        """The code this laptop keeps for the folder until a hand-over has arrived; where it is `wanted` and there is
        none yet, a fresh one. Raises Refused where it cannot be kept."""
        place = folder / PLACES[self._kinds[0]]
        if not wanted:
            code = receiving.kept(place)
            return "" if code is None else code.text
        folders.refuse_unsuitable(folder)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return receiving.keep(place).text
        except OSError as error:
            raise Refused(f"The receiving code could not be saved in {folder}: {reason(error)}.") from error

    @contextmanager
    def _coming(
        self,
        place: Path,
        file: Path,
        purpose: Purpose,
        name: str,
        secret: str,
        progress: Progress,
        code: ReceivingCode | None = None,
    ) -> Iterator[Unpacked]:
        """A vault made whole beside its place; kept when the block ends well."""
        ready = vault_install.coming(place)
        with Arriving(ready) as new, way_in(name, secret, self._secrets) as unlock:
            with unpacked(file, purpose, ready, name, self._guard(unlock), progress, code) as there:
                yield there
            new.is_kept = True

    def _make_home(self, there: Unpacked, note: SafeCopy) -> None:
        """At home here from now on: written into its records, then into its header."""
        vault = there.vault
        with self._work(vault, there.engine).step(note.kind.value, undoable=False) as records:
            records.save(note)
        handover.take_home(vault, handover.new_mark())
        write_meta(there.engine, vault.vault_id, vault.epoch, vault.generation)

    def take_back(self, folder: Path, name: str, passphrase: str, reason: str) -> None:
        """By a chair or administrator, who answers for it: the copy on the other laptop no longer counts. Raises
        Refused where nothing in the folder is away."""
        for kind in self._kinds:
            place = place_of(folder, kind)
            if vault_install.holds_vault(place) and header.read(place).home is Home.AWAY:
                self._take_back(place, name, passphrase, reason)
                return
        raise Refused("No file in this folder has been handed over. Unlock it as usual.")

    def _take_back(self, place: Path, name: str, passphrase: str, reason: str) -> None:
        with ExitStack() as undo:
            vault = open_away(place, name, passphrase, self._secrets, self._guard)
            opened = self._opened(vault, undo)
            away = handover.away_of(vault)
            _refuse_others(opened)
            at, to = self._now(), away.to if away is not None else ""
            with opened.work.step("file taken back", undoable=False) as records:
                records.save(SafeCopy(new_id(), SafeCopyKind.RECLAIMED, at, vault.user, place=to, note=reason))
            handover.take_home(vault, handover.new_mark())
            opened.written()

    def _present(self, place: Path, name: str, secret: str) -> OpenVault:
        return open_vault(place, name, secret, device_secret=self._secrets, guard=self._guard)

    def _opened(self, vault: OpenVault, undo: ExitStack) -> OpenFile:
        undo.callback(vault.close)
        engine = engine_of(vault)
        undo.callback(engine.dispose)
        refuse_newer(engine, file_kind(vault.kind).branch)
        check_meta(engine, vault.vault_id, vault.epoch, vault.generation)
        bring_up_to_date(vault, engine, self._now)
        return OpenFile(vault, engine, self._work(vault, engine), self._now, file_kind(vault.kind).schema)

    def _work(self, vault: OpenVault, engine: Engine) -> SqlWork:
        key = vault.journal_key
        try:
            return SqlWork(engine, key, self._now, vault.user, file_kind(vault.kind).schema)
        finally:
            derivation.wipe(key)


def _refuse_others(file: OpenFile) -> None:
    """Someone alone holds every role."""
    with file.work.reading() as records:
        users = {user.id: user for user in records.find(User)}
        me = users.get(file.vault.user_id)
        roles = set(records.get(Member, me.member_id).roles) if me is not None else set()
    is_private = file.vault.kind is VaultKind.ROUGH_SLEEPING
    keepers = who_may(Duty.KEEP_FILE, private=is_private)
    if len(file.vault.user_ids) == 1 or {role.value for role in keepers} & roles:
        return
    who = "the New Hope lead" if is_private else "the chair or an administrator"
    raise NotAllowed(f"Only {who} can do this. Ask them.")
