"""The ways into an open file, its header and its records kept together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.documents.recovery_sheet import print_recovery_sheet
from csp_desktop.domain.common.aliases import Clock, Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.saving import put_on_disk
from csp_desktop.services.ports.users import Leave, NewPaper, OldWays, Paper, WayIn
from csp_desktop.store.copying import copy_database
from csp_desktop.store.engine import move_engine, open_engine, write_meta
from csp_desktop.store.journal import retire_key
from csp_desktop.store.tables import CPG, Schema
from csp_desktop.store.unit_of_work import SqlWork
from csp_desktop.vault import derivation, recovery, users
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import WrongPassphrase
from csp_desktop.vault.passphrase import OwnPassphrases
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.rekeying import NewKey
from csp_desktop.vault.slots import NOBODY


@dataclass(frozen=True)
class OpenFile:
    """An open vault with its records: what a change of its ways in must keep together."""

    vault: OpenVault
    engine: Engine
    work: SqlWork
    now: Clock
    schema: Schema = CPG

    def written(self) -> None:
        """The header has changed: let the database know which one it belongs to."""
        write_meta(self.engine, self.vault.vault_id, self.vault.epoch, self.vault.generation)
        if self.work.guard is not None:
            self.work.guard.after()


class VaultUsers(OwnPassphrases):
    """services.ports.users.UserSlots on an open vault. `secrets` is None where no key store is ever used."""

    def __init__(self, file: OpenFile, secrets: DeviceSecrets | None) -> None:
        self._file, self._secrets = file, secrets

    @property
    def me(self) -> str:
        """Whoever unlocked."""
        return self._file.vault.user_id

    @property
    def folder(self) -> Path:
        """The partnership folder."""
        return self._file.vault.folder.parent

    @property
    def managers(self) -> tuple[Role, ...]:
        """Who decides in a file of this kind."""
        return file_kind(self._file.vault.kind).managers

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of a file of this kind."""
        return file_kind(self._file.vault.kind).roles

    def ways_in(self) -> Mapping[str, WayIn]:
        """By the header, which alone decides."""
        vault = self._file.vault
        return {who: WayIn.TIED if vault.is_user_tied(who) else WayIn.PASSPHRASE for who in vault.user_ids}

    def old_ways(self) -> OldWays:
        """By the header."""
        left = set(self._file.vault.old_ways)
        return OldWays(frozenset(left - {NOBODY}), NOBODY in left)

    def add(self, user_id: str, name: str, typed: str) -> None:
        """A slot more."""
        users.add_user(self._file.vault, name, typed, user_id)
        self._file.written()

    def give_passphrase(self, user_id: str, name: str, typed: str) -> None:
        """One slot in place of all that person's."""
        users.give_passphrase(self._file.vault, user_id, name, typed)
        self._file.written()

    def change_passphrase(self, old: str, new: str) -> None:
        """Of whoever unlocked."""
        users.change_passphrase(self._file.vault, old, new, self._secrets)
        self._file.written()

    def prove(self, typed: str) -> None:
        """By the slots of whoever unlocked. Raises Refused for another passphrase than theirs."""
        try:
            users.prove_passphrase(self._file.vault, typed, self._secrets)
        except WrongPassphrase:
            raise Refused("This is not your passphrase. Check that Caps Lock is off, then type it again.") from None

    def rename(self, typed: str, name: str) -> None:
        """Of whoever unlocked."""
        users.change_passphrase(self._file.vault, typed, typed, self._secrets, name=name)
        self._file.written()

    def remove(self, user_id: str, words: str, leave: Leave, progress: Progress) -> None:
        """A new vault key for everybody else."""
        change_key(self._file, lambda: users.without_user(self._file.vault, user_id), words, leave, progress)

    def paper(self) -> Paper:
        """By the header."""
        vault = self._file.vault
        if not vault.has_recovery_key:
            return Paper.NONE
        return Paper.PROVED if vault.has_proved_recovery else Paper.UNPROVED

    def prove_paper(self, typed: str) -> None:
        """All of it, from the sheet."""
        key = recovery.parse(typed)
        try:
            users.prove_recovery(self._file.vault, key)
        finally:
            key.wipe()
        self._file.written()

    def new_paper(self) -> NewPaper:
        """Made, and not yet in force."""
        return PreparedPaper(self._file)


class PreparedPaper:
    """services.ports.users.NewPaper."""

    def __init__(self, file: OpenFile) -> None:
        self._file, self._key = file, RecoveryKey.new()
        self._asked = recovery.groups_to_prove()

    @property
    def groups(self) -> Sequence[str]:
        """As printed."""
        return self._key.groups

    def sheet(self, name: str, folder: Path) -> bytes:
        """The key on a page of PDF."""
        return print_recovery_sheet(name, folder, self._key.groups)

    @property
    def groups_to_prove(self) -> tuple[int, int]:
        """Which two are to be typed back."""
        return self._asked

    def prove(self, typed: Mapping[int, str]) -> bool:
        """Whether they were."""
        return self._key.is_proved_by({number: typed.get(number, "") for number in self._asked})

    def put_in_force(self, progress: Progress) -> None:
        """With a new vault key: an older paper and an older header together open nothing written from now on."""
        vault = self._file.vault
        change_key(self._file, lambda: users.with_recovery_key(vault, self._key), "", lambda _: None, progress)
        self.forget()

    def forget(self) -> None:
        """Wiped."""
        self._key.wipe()


def change_key(file: OpenFile, prepare: Callable[[], NewKey], words: str, leave: Leave, progress: Progress) -> None:
    """Give the vault a new key and go on in the new file without a new unlock. Until the header is renamed everything
    is as before; `progress` may end the work until then. People read on meanwhile; who writes is refused with a
    sentence.
    """
    file.vault.before_change()
    with file.work.held(), ExitStack() as undo:
        new = prepare()
        undo.callback(new.abandon)
        with _wiped(new.database_key()) as key, _wiped(new.journal_key()) as journal_key:
            copy_database(
                file.engine, new.database_path, key, lambda done, of, _: progress(done, of, "Copying the file")
            )
            _complete(file, new, key, journal_key, words, leave)
            progress(1, 1, "Applying the new key")
            new.put_in_force()
            move_engine(file.engine, new.database_path, key)
            file.work.go_on_under(journal_key)
    new.finish()


def _complete(file: OpenFile, new: NewKey, key: bytearray, journal_key: bytearray, words: str, leave: Leave) -> None:
    """What the new file knows from its first moment: its header, the journal's earlier key, and what was done."""
    copy = open_engine(new.database_path, key)
    try:
        with _wiped(file.vault.journal_key) as former, copy.begin() as connection:
            retire_key(connection, file.schema, former)
        write_meta(copy, file.vault.vault_id, new.epoch, new.generation)
        work = SqlWork(copy, journal_key, file.now, file.vault.user, file.schema)
        with work.step(words, undoable=False) as records:
            leave(records)
    finally:
        copy.dispose()
    put_on_disk(new.database_path)


@contextmanager
def _wiped(secret: bytearray) -> Iterator[bytearray]:
    try:
        yield secret
    finally:
        derivation.wipe(secret)


class ThisComputer:
    """This computer as a second key of the person who unlocked: services.ports.ComputerKey on the open vault and the
    operating system's key store.
    """

    def __init__(self, file: OpenFile, secrets: DeviceSecrets) -> None:
        self._file, self._vault, self._secrets = file, file.vault, secrets

    def is_tied(self) -> bool:
        """Whether the passphrase works on this computer only."""
        return self._vault.is_tied

    def may_tie(self) -> bool:
        """Whether there is a way back."""
        return self._vault.may_be_tied

    def tie(self, typed: str) -> None:
        """Tie it, and let the database know the new header."""
        users.tie_to_computer(self._vault, typed, self._secrets)
        self._file.written()

    def untie(self, typed: str) -> None:
        """Let it work on any computer again."""
        users.untie_from_computer(self._vault, typed, self._secrets)
        self._file.written()
