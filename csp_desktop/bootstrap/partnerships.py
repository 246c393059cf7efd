"""The first screens' way to the real folders: making, opening, closing, and giving up a first start."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from csp_desktop.bootstrap.attempts import Attempts
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.file_kind import PLACES
from csp_desktop.bootstrap.partnership import (
    Founder,
    Partnership,
    create_partnership,
    holds_partnership,
    open_by_recovery,
    open_partnership,
)
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import EVERY_ROLE, Role
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.services.file.unlock import FirstPerson, wait_after
from csp_desktop.services.session import Session
from csp_desktop.store.engine import write_meta
from csp_desktop.vault import folders, header, lockfile, recovery, users
from csp_desktop.vault.creation import CreatedVault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.device_secret import KeyringSecrets
from csp_desktop.vault.errors import AlreadyAVault, OpenElsewhere, UnsuitableFolder
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.passphrase import OwnPassphrases
from csp_desktop.vault.rollback_guard import RollbackGuard
from csp_desktop.vault.unlock import unguarded

FOUNDING = {  # what the first person of a file comes from, and which roles they hold while alone
    VaultKind.CPG: (AgencyKind.COUNCIL, EVERY_ROLE),
    VaultKind.ROUGH_SLEEPING: (AgencyKind.SUPPORT, (Role.NEW_HOPE_LEAD,)),
}


class FirstStartRollback:
    """What lay in a folder before a partnership was begun in it.

    Made before the first file is. Only what came since is ever taken away."""

    def __init__(self, folder: Path, vault: Path) -> None:
        self._vault = vault
        self._new_folders = [part for part in (vault, *vault.parents) if not part.exists() and _within(part, folder)]
        self._before = frozenset(vault.rglob("*")) if vault.exists() else frozenset()

    def take_back(self) -> None:
        """Remove the files of the vault that came since, and the folders made for them; whatever else lies there
        stays. Twice does no harm."""
        for path in sorted(self._vault.rglob("*"), key=lambda p: len(p.parts), reverse=True):
            if path in self._before:
                continue
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
        for made in self._new_folders:
            if made.is_dir() and not any(made.iterdir()):
                made.rmdir()


def _within(part: Path, folder: Path) -> bool:
    return part == folder or folder in part.parents


class PreparedPartnership:
    """services.file.unlock.NewPartnership: a folder just made, waiting for two groups of its recovery key."""

    def __init__(self, partnership: Partnership, created: CreatedVault, rollback: FirstStartRollback) -> None:
        assert created.recovery_key is not None
        self.partnership = partnership
        self._rollback: FirstStartRollback | None = rollback
        self._key = created.recovery_key
        self._asked = recovery.groups_to_prove()

    @property
    def recovery_groups(self) -> Sequence[str]:
        """The recovery key as printed, eight groups."""
        return self._key.groups

    def recovery_sheet(self, name: str, folder: Path) -> bytes:
        """The key on a page of PDF."""
        from csp_desktop.documents.recovery_sheet import print_recovery_sheet

        return print_recovery_sheet(name, folder, self._key.groups)

    @property
    def groups_to_prove(self) -> tuple[int, int]:
        """Which two groups are to be typed back, numbered from 1."""
        return self._asked

    def prove(self, typed: Mapping[int, str]) -> bool:
        """Whether they were; remembered in the header."""
        if not self._key.is_proved_by({n: typed.get(n, "") for n in self._asked}):
            return False
        vault = self.partnership.vault
        if not vault.has_proved_recovery:
            users.mark_recovery_proved(vault)
            write_meta(self.partnership.engine, vault.vault_id, vault.epoch, vault.generation)
        return True

    def begin(self) -> Session:
        """Start working; the recovery key is forgotten, and from now on everything stays."""
        self._key.wipe()
        self._rollback = None
        return self.partnership.session

    def abandon(self) -> None:
        """Given up before it began: what was prepared is closed and taken away, so that the folder can be used again.
        A partnership that began is never touched; twice does no harm."""
        if self._rollback is None:
            return
        self._key.wipe()
        self.partnership.close()
        self._rollback.take_back()
        self._rollback = None


class Partnerships(OwnPassphrases):
    """services.file.unlock.Vaults on real folders; remembers what it opened, so that locking can close it. `told` hears
    of every file opened, before anything is done in it.
    """

    def __init__(
        self,
        now: Clock,
        cost: Cost | None = None,
        kind: VaultKind = VaultKind.CPG,
        rollback_guard: RollbackGuard | None = None,
        told: Callable[[Session], None] = lambda session: None,
        attempts: Attempts | None = None,
    ) -> None:
        self._now, self._told = now, told
        self._rollback_guard, self._attempts = rollback_guard, attempts
        self._guard = unguarded if attempts is None else attempts.guard
        self._cost = cost
        self._kind = kind
        self.opened: Partnership | None = None
        self._prepared: PreparedPartnership | None = None

    def holds_partnership(self, folder: Path) -> bool:
        """Whether the folder holds a partnership."""
        return holds_partnership(folder, self._kind)

    def open_elsewhere(self, folder: Path) -> str:
        """Who has the file open, in a sentence; nothing when it is free."""
        return lockfile.held_by(folder / PLACES[self._kind])

    def wait_after(self, folder: Path, wrong_tries: int) -> timedelta:
        """How long unlocking rests after so many wrong tries here; where they are counted for good, as that says."""
        if self._attempts is None:
            return wait_after(wrong_tries)
        try:
            return self._attempts.left(header.read(folder / PLACES[self._kind]).vault_id)
        except Refused:
            return timedelta(0)

    @property
    def bundle_import(self) -> FolderBundleImport:
        """The way in of backups and hand-overs."""
        return FolderBundleImport(self._now, KeyringSecrets(), kinds=(self._kind,), guard=self._guard)

    def refuse_unsuitable(self, folder: Path) -> None:
        """Raises when a vault must not lie there."""
        folders.refuse_unsuitable(folder)

    def create(self, folder: Path, person: FirstPerson, typed: str) -> PreparedPartnership:
        """Make the partnership with its first person, who holds every role while alone."""
        name, agency, post = person.name.strip(), person.agency.strip(), person.post.strip()
        agency_kind, roles = FOUNDING[self._kind]
        founder = Founder(name, agency, agency_kind, post, typed, roles)
        cost = self._cost or Cost.calibrated()
        rollback = FirstStartRollback(folder, folder / PLACES[self._kind])
        with ExitStack() as undo:
            undo.callback(rollback.take_back)
            try:
                partnership, created = create_partnership(
                    folder,
                    [founder],
                    cost,
                    self._now,
                    with_recovery=True,
                    kind=self._kind,
                    named=(person.town.strip(), person.partnership.strip()),
                )
            except (AlreadyAVault, OpenElsewhere, UnsuitableFolder):
                undo.pop_all()  # nothing was made here, and what lies there is someone else's
                raise
            undo.pop_all()
        self.opened = partnership
        self._prepared = PreparedPartnership(partnership, created, rollback)
        return self._prepared

    def open(self, folder: Path, name: str, typed: str) -> Session:
        """Open as a named person."""
        self.opened = open_partnership(
            folder,
            name,
            typed,
            self._now,
            device_secrets=KeyringSecrets(),
            kind=self._kind,
            rollback_guard=self._rollback_guard,
            guard=self._guard,
        )
        self._told(self.opened.session)
        return self.opened.session

    def open_with_recovery(self, folder: Path, typed_key: str, name: str, typed: str) -> Session:
        """Open with the key on paper; the named person gets a new passphrase."""
        self.opened = open_by_recovery(folder, typed_key, name, typed, self._now, kind=self._kind)
        self._told(self.opened.session)
        return self.opened.session

    def close(self) -> None:
        """Close what is open: at locking and at the end. What was prepared and never began goes, also where its making
        ended only after the window had closed."""
        if self._prepared is not None:
            self._prepared.abandon()
            self._prepared = None
        opened, self.opened = self.opened, None
        if opened is not None:
            opened.close()
