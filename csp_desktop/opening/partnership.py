"""Makes and opens a partnership folder and hands out a session on it."""

import unicodedata
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.ids import new_id
from csp_desktop.exchange.calendar import bank_holidays
from csp_desktop.exchange.members import members_template, read_members
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.opening.computer import ThisComputer
from csp_desktop.resources import clause_texts
from csp_desktop.services.keeping_people import short_form
from csp_desktop.services.keeping_settings import settings_in
from csp_desktop.services.ports import Papers
from csp_desktop.services.session import Role, Session
from csp_desktop.services.signing_in import seed_clauses
from csp_desktop.store import checks
from csp_desktop.store.engine import check_meta, open_engine, write_meta
from csp_desktop.store.migrations import upgrade
from csp_desktop.store.unit_of_work import SqlWork, open_work
from csp_desktop.vault import container, derivation, header, recovery, users
from csp_desktop.vault.container import CreatedVault, NewUser, OpenVault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.device_secret import DeviceSecrets, KeyringSecrets
from csp_desktop.vault.header import VaultKind

CPG = "cpg"
Clock = Callable[[], datetime]


@dataclass
class Partnership:
    """An open partnership folder: leave the block, or call `close`, and its keys are wiped."""

    folder: Path
    vault: OpenVault
    engine: Engine
    work: SqlWork
    session: Session

    def __enter__(self) -> "Partnership":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database, wipe the keys, let another window open the folder. Twice does no harm."""
        self.engine.dispose()
        self.vault.close()

    def verify(self) -> dict[str, Any]:
        """Check database and journal: `{"ok", "findings", "sentences"}`. The header proved itself on opening."""
        journal_key = self.vault.journal_key
        findings = checks.verify(self.engine, bytes(journal_key))
        derivation.wipe(journal_key)
        number, head = self.work.head()
        good = [
            "The header is sealed by the vault key and belongs to this database.",
            f"The journal has {number} entries; its head is {head}.",
        ]
        sentences = good + (findings or ["Database and journal are sound."])
        return {"ok": not findings, "entries": number, "head": head, "findings": findings, "sentences": sentences}


@dataclass(frozen=True)
class Founder:
    """A person with a slot and a place in the register."""

    name: str
    agency: str
    agency_kind: AgencyKind
    post: str
    passphrase: str
    roles: tuple[Role, ...]


def holds_partnership(folder: Path) -> bool:
    """Whether a partnership lies in the folder."""
    return (folder / CPG / header.FILE).is_file()


def is_sample(folder: Path) -> bool:
    """Whether the folder's slots are the sample's: too quick to guard anything real. Opens nothing."""
    if not holds_partnership(folder):
        return False
    slots = header.read(folder / CPG).header.slots
    return bool(slots) and all(slot.cost is not None and slot.cost.is_quick for slot in slots)


def create_partnership(
    folder: Path, founders: Sequence[Founder], cost: Cost, now: Clock, *, with_recovery: bool
) -> tuple[Partnership, CreatedVault]:
    """Make `cpg/` with a slot for every founder, its tables, texts and first members; opened as the first founder."""
    users = [NewUser(f.name, f.passphrase) for f in founders]
    created = container.create_vault(folder / CPG, VaultKind.CPG, users, cost, recovery=with_recovery)
    vault = created.vault
    engine = _engine(vault, create=True)
    upgrade(engine)
    write_meta(engine, vault.vault_id, vault.epoch, vault.generation)
    work = _work(vault, engine, now)
    session = _session(work, now, vault.user)
    seed_clauses(session, clause_texts())
    _enrol(session, founders)
    vault.commit()
    return _with_computer(Partnership(folder, vault, engine, work, _as_member(session, work))), created


def _enrol(session: Session, founders: Sequence[Founder]) -> None:
    """The founders become the first members."""
    with session.work.step("first members", undoable=False) as records:
        settings = settings_in(records)
        records.save(settings)
        homes: dict[str, Agency] = {a.name: a for a in records.find(Agency)}
        for founder in founders:
            agency = homes.get(founder.agency)
            if agency is None:
                agency = Agency(new_id(), founder.agency, short_form(founder.agency), founder.agency_kind)
                homes[agency.name] = agency
                records.save(agency)
            roles = tuple(role.value for role in founder.roles)
            records.save(
                Member(
                    new_id(),
                    founder.name,
                    agency.id,
                    founder.post,
                    Standing.STANDING,
                    roles=roles,
                    user_name=founder.name,
                )  # fmt: skip
            )


def open_partnership(
    folder: Path, user: str, typed: str, now: Clock, *, device_secrets: DeviceSecrets | None = None
) -> Partnership:
    """Open as a named user. Raises the vault's and the store's refusals, each with its own sentence."""
    return _opened(folder, container.open_vault(folder / CPG, user, typed, device_secret=device_secrets), now)


def open_by_recovery(folder: Path, typed_key: str, name: str, new_passphrase: str, now: Clock) -> Partnership:
    """Open with the key on paper and give the named person a new passphrase."""
    key = recovery.parse(typed_key)
    try:
        vault = container.open_with_recovery(folder / CPG, key)
    finally:
        key.wipe()
    with ExitStack() as undo:
        undo.callback(vault.close)
        vault.user_id = users.renew_passphrase(vault, name, new_passphrase)
        vault.user = name
        undo.pop_all()
    return _opened(folder, vault, now)


def _opened(folder: Path, vault: OpenVault, now: Clock) -> Partnership:
    """Open the database of an unlocked vault; whatever fails, the vault is closed again."""
    with ExitStack() as undo:
        undo.callback(vault.close)
        engine = _engine(vault, create=False)
        undo.callback(engine.dispose)
        check_meta(engine, vault.vault_id, vault.epoch, vault.generation)
        upgrade(engine)
        work = _work(vault, engine, now)
        session = _as_member(_session(work, now, vault.user), work)
        undo.pop_all()
    return _with_computer(Partnership(folder, vault, engine, work, session))


def _with_computer(partnership: Partnership) -> Partnership:
    """The key store is offered on real partnerships; the sample never touches one."""
    if is_sample(partnership.folder):
        return partnership
    computer = ThisComputer(partnership.vault, partnership.engine, KeyringSecrets())
    partnership.session = replace(partnership.session, computer=computer)
    return partnership


def _engine(vault: OpenVault, *, create: bool) -> Engine:
    key = vault.database_key()
    try:
        return open_engine(vault.database_path, key, create=create)
    finally:
        derivation.wipe(key)


def _work(vault: OpenVault, engine: Engine, now: Clock) -> SqlWork:
    key = vault.journal_key
    try:
        return open_work(engine, bytes(key), now, vault.user)
    finally:
        derivation.wipe(key)


def _session(work: SqlWork, now: Clock, user: str) -> Session:
    papers = Papers(read_cases, read_members, members_template, print_minutes)
    return Session(work, work.queries, papers, now, user, "", frozenset(), bank_holidays())


def _as_member(session: Session, work: SqlWork) -> Session:
    """The session with the member and roles the register gives this user. Someone alone holds every role."""
    with work.reading() as records:
        users = [m for m in records.find(Member) if m.user_name]
    wanted = _folded(session.user_name)
    me = next((m for m in users if _folded(m.user_name) == wanted), None)
    if me is None:
        return session
    roles = frozenset(Role) if len(users) == 1 else frozenset(Role(r) for r in me.roles)
    return replace(session, user_name=me.user_name, member_id=me.id, roles=roles)


def _folded(name: str) -> str:
    """A name as the vault compares it: case, width and spacing do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
