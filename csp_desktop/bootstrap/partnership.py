"""Makes and opens a partnership folder and hands out a session on it."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine

from csp_desktop.bootstrap.backups import VaultBackups
from csp_desktop.bootstrap.file_kind import PLACES, place_of
from csp_desktop.bootstrap.file_kinds import GROUP, file_kind
from csp_desktop.bootstrap.file_standing import OpenFileStanding, Unwritable, copy_to_read, why_unwritable
from csp_desktop.bootstrap.left_copies import BesideFile
from csp_desktop.bootstrap.recipient_copies import RecipientCopies
from csp_desktop.bootstrap.rollback_checks import OpenFileChecks, told
from csp_desktop.bootstrap.updating import Updated, bring_up_to_date
from csp_desktop.bootstrap.users import OpenFile, ThisComputer, VaultUsers
from csp_desktop.documents.action_list import print_action_list, print_action_list_word
from csp_desktop.documents.case_plan import print_case_plan
from csp_desktop.documents.certificate import print_certificate
from csp_desktop.documents.earlier_minutes import print_earlier_minutes
from csp_desktop.documents.hand_over_note import print_hand_over_note
from csp_desktop.documents.letters import missing_letters
from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.documents.minutes import minutes_paper, print_minutes, print_minutes_word
from csp_desktop.documents.sign_in_sheet import print_sign_in_sheet
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.linked_case import LinkedCase, linked_case
from csp_desktop.domain.common.aliases import Clock, unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.domain.file.rollback_guard import clock_doubt
from csp_desktop.domain.meeting.actions import Action, ActionState, owner_words
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.exchange.action_list import action_list_workbook
from csp_desktop.exchange.calendar import bank_holidays
from csp_desktop.exchange.calendar_file import calendar_file
from csp_desktop.exchange.likeness import likeness, near_words
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.exchange.members import members_template, read_members
from csp_desktop.exchange.open_actions import actions_template, read_actions
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.exchange.shared_folders import folder_warning
from csp_desktop.resources import clause_texts
from csp_desktop.services.file import handover
from csp_desktop.services.file import users as file_users
from csp_desktop.services.file.passphrases import known_in, refuse_passphrase
from csp_desktop.services.file.without_cases import is_without_cases, without_cases
from csp_desktop.services.meeting.sign_in import seed_clauses
from csp_desktop.services.minutes.circulation import settle_left
from csp_desktop.services.minutes.record import freeze_held
from csp_desktop.services.minutes.versions import keep_versions
from csp_desktop.services.people.people import short_form
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session
from csp_desktop.store.engine import check_meta, only_read, open_engine, write_meta
from csp_desktop.store.errors import StoreRefused
from csp_desktop.store.looking import looking
from csp_desktop.store.migrations import refuse_newer, upgrade
from csp_desktop.store.queries import SqlQueries
from csp_desktop.store.unit_of_work import SqlRecords, SqlWork, open_work
from csp_desktop.vault import (
    creation,
    derivation,
    folders,
    handover_file,
    header,
    recovery,
    rekeying,
    users,
    vault_install,
)
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.creation import CreatedVault, NewUser
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.device_secret import DeviceSecrets, KeyringSecrets
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.passphrase import OwnPassphrases
from csp_desktop.vault.rollback_guard import BackgroundRollbackGuard, KeyringRollbackGuard, RollbackGuard
from csp_desktop.vault.unlock import Guard, open_to_look, open_vault, open_with_recovery, unguarded


@dataclass
class Partnership:
    """An open partnership folder: leave the block, or call `close`, and its keys are wiped."""

    folder: Path
    vault: OpenVault
    engine: Engine
    work: SqlWork
    session: Session
    at_close: list[Callable[[], None]] = field(default_factory=list)  # done once everything is closed
    checks: OpenFileChecks | None = None  # set once the session stands
    guard: Guard = unguarded  # counts wrong passphrases, also for the group's file beside it

    def __enter__(self) -> "Partnership":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Keep what is seen, close the database, wipe the keys, let another window open the folder. Twice does no
        harm.
        """
        only_read = self.session.standing is not None and self.session.standing.reading_only
        if self.checks is not None and self.session.older is None and not only_read:
            with suppress(Refused):  # a broken file has no head to keep
                self.checks.keep_seen()
        self.checks = None
        self.engine.dispose()
        self.vault.close()
        while self.at_close:
            self.at_close.pop()()

    def verify(self) -> dict[str, Any]:
        """Look the whole file through: see `checking.told`."""
        assert self.checks is not None
        return told(self.checks.check(unheard), self.place / self.vault.database_path.name)

    @property
    def place(self) -> Path:
        """Where the file lies in the folder; the vault that is open may be a private copy of it."""
        return self.folder / PLACES[self.vault.kind]


@dataclass(frozen=True)
class Founder:
    """A person with a slot and a place in the register."""

    name: str
    agency: str
    agency_kind: AgencyKind
    post: str
    passphrase: str
    roles: tuple[Role, ...]


def holds_partnership(folder: Path, kind: VaultKind = VaultKind.CPG) -> bool:
    """Whether a partnership's file of this kind lies in the folder, once what was interrupted is finished."""
    place = folder / PLACES[kind]
    found = vault_install.holds_vault(place)
    handover_file.remove(place)
    return found


def is_sample(folder: Path, kind: VaultKind = VaultKind.CPG) -> bool:
    """Whether the file's slots are the sample's: too quick to guard anything real. Opens nothing; of a header that
    cannot be read nothing is known, and unlocking says what is wrong with it.
    """
    if not holds_partnership(folder, kind):
        return False
    try:
        return header.read(folder / PLACES[kind]).is_sample
    except Refused:
        return False


def is_for_trying(folder: Path, kind: VaultKind = VaultKind.CPG) -> bool:
    """Whether its passphrases are too quick to guard anything real, recovery key or not: no key store is ever used."""
    return header.read(folder / PLACES[kind]).cost.is_quick


def create_partnership(
    folder: Path,
    founders: Sequence[Founder],
    cost: Cost,
    now: Clock,
    *,
    with_recovery: bool,
    kind: VaultKind = VaultKind.CPG,
    named: tuple[str, str] | None = None,
) -> tuple[Partnership, CreatedVault]:
    """Make the file with a slot for every founder, its tables, texts and first members; opened as the first founder.
    `named`: the partnership's town and what it is called."""
    people = [NewUser(f.name, f.passphrase) for f in founders]
    created = creation.create_vault(folder / PLACES[kind], kind, people, cost, recovery=with_recovery)
    vault, made = created.vault, file_kind(kind)
    engine = _engine(vault, create=True)
    upgrade(engine, made.branch)
    write_meta(engine, vault.vault_id, vault.epoch, vault.generation)
    work = _work(vault, engine, now)
    session = _session(work, now, vault)
    texts = clause_texts()
    seed_clauses(session, {clause: texts[clause] for clause in made.clauses})
    made.begin(session)
    _enrol(session, founders, created.user_ids, named)
    vault.commit()
    return _with_users(Partnership(folder, vault, engine, work, session)), created


def _enrol(
    session: Session, founders: Sequence[Founder], user_ids: Sequence[str], named: tuple[str, str] | None
) -> None:
    """The partnership gets its name; the founders become the first members and users."""
    with session.work.step("first users", undoable=False) as records:
        settings = settings_in(records)
        records.save(replace(settings, town=named[0], partnership=named[1]) if named else settings)
        homes: dict[str, Agency] = {a.name: a for a in records.find(Agency)}
        for founder, user_id in zip(founders, user_ids, strict=True):
            agency = homes.get(founder.agency)
            if agency is None:
                agency = Agency(new_id(), founder.agency, short_form(founder.agency), founder.agency_kind)
                homes[agency.name] = agency
                records.save(agency)
            roles = tuple(role.value for role in founder.roles)
            member = Member(new_id(), founder.name, agency.id, founder.post, Standing.STANDING, roles=roles)
            records.save(replace(member, user_name=founder.name))
            records.save(User(user_id, member.id, session.today, session.today))


def open_partnership(
    folder: Path,
    user: str,
    typed: str,
    now: Clock,
    *,
    device_secrets: DeviceSecrets | None = None,
    kind: VaultKind = VaultKind.CPG,
    rollback_guard: RollbackGuard | None = None,
    guard: Guard = unguarded,
) -> Partnership:
    """Open as a named user. Raises the vault's and the store's refusals, each with its own sentence. What was last seen
    is kept in this computer's key store unless another place is given; the sample has none. `guard` counts wrong
    passphrases.
    """
    place = place_of(folder, kind)
    why = why_unwritable(place)
    if why is not None:
        return _opened_for_reading(folder, place, why, user, typed, now, device_secrets, rollback_guard, guard)
    vault = open_vault(place, user, typed, device_secret=device_secrets, guard=guard)
    renew = lambda: users.renew_old_way(vault, typed, device_secrets)  # noqa: E731
    return _opened(folder, vault, now, rollback_guard, new_form=renew, guard=guard)


def _opened_for_reading(
    folder: Path,
    place: Path,
    why: Unwritable,
    user: str,
    typed: str,
    now: Clock,
    secrets: DeviceSecrets | None,
    rollback_guard: RollbackGuard | None,
    guard: Guard,
) -> Partnership:
    """From a private copy, which is taken away at closing."""
    folders.refuse_unsuitable(place)
    copy = copy_to_read(place, why)
    with ExitStack() as undo:
        undo.callback(copy.take_away)
        vault = open_vault(copy.place, user, typed, device_secret=secrets, guard=guard)
        opened = _opened(folder, vault, now, rollback_guard, guard=guard, reading_only=why.sentence)
        opened.at_close.append(copy.take_away)
        undo.pop_all()
    return opened


def open_by_recovery(
    folder: Path, typed_key: str, name: str, new_passphrase: str, now: Clock, *, kind: VaultKind = VaultKind.CPG
) -> Partnership:
    """Open with the key on paper and give the named person a new passphrase. Raises Refused where the folder cannot be
    written to."""
    key, place = recovery.parse(typed_key), place_of(folder, kind)
    why = why_unwritable(place)
    try:
        if why is not None:
            raise Refused(f"No passphrase can be set now: {why.reason}. {why.remedy}, and try again.")
        vault = open_with_recovery(place, key)

        def renew(records: Records) -> None:
            refuse_passphrase(OwnPassphrases(), new_passphrase, new_passphrase, known_in(records, name))
            vault.user_id = users.renew_passphrase(vault, name, new_passphrase)
            vault.user = name

        return _opened(folder, vault, now, renew=renew, new_form=lambda: users.renew_old_way(vault, key))
    finally:
        key.wipe()


def _opened(
    folder: Path,
    vault: OpenVault,
    now: Clock,
    rollback_guard: RollbackGuard | None = None,
    renew: Callable[[Records], None] | None = None,
    new_form: Callable[[], bool] = lambda: False,
    guard: Guard = unguarded,
    reading_only: str = "",
) -> Partnership:
    """Open the database of an unlocked vault; whatever fails, the vault is closed again. `new_form` replaces a slot of
    0.1.0 that opened it; `renew` changes the slots by what stands in the records. `reading_only`: why it is a private
    copy and nothing can be changed.
    """
    with ExitStack() as undo:
        undo.callback(vault.close)
        engine = _engine(vault, create=False)
        undo.callback(engine.dispose)
        refuse_newer(engine, file_kind(vault.kind).branch)
        check_meta(engine, vault.vault_id, vault.epoch, vault.generation)
        newest = _work(vault, engine, now).journal.newest()
        doubt = "" if is_sample(folder, vault.kind) else clock_doubt(now(), newest)
        day = newest if doubt and newest is not None else now()  # a doubted clock dates no copy
        updated = None if reading_only else bring_up_to_date(vault, engine, lambda: day)
        if reading_only:
            upgrade(engine, file_kind(vault.kind).branch)
            only_read(engine)
        elif not doubt:
            engine = _in_todays_form(vault, engine, new_form)
            undo.callback(engine.dispose)
        if renew is not None:
            with _work(vault, engine, now).reading() as records:
                renew(records)
            write_meta(engine, vault.vault_id, vault.epoch, vault.generation)
        work = _work(vault, engine, now)
        partnership = Partnership(folder, vault, engine, work, _session(work, now, vault), guard=guard)
        standing = OpenFileStanding(vault, engine, folder, reading_only=reading_only, clock_doubt=doubt)
        if updated is not None:
            standing.postponed.append(partial(_note_update, work, updated, now, vault.user))
        opened = _with_users(partnership, rollback_guard, standing)
        undo.pop_all()
    return opened


def _note_update(work: SqlWork, updated: Updated, now: Clock, user: str) -> None:
    with work.step(SafeCopyKind.UPDATED.value, undoable=False) as records:
        versions = f"{updated.before} to {updated.after}"
        records.save(SafeCopy(new_id(), SafeCopyKind.UPDATED, now(), user, file=updated.copy, note=versions))


def _in_todays_form(vault: OpenVault, engine: Engine, new_form: Callable[[], bool]) -> Engine:
    """Once header and records are known to belong together, what 0.1.0 let anybody read goes out of the header, as far
    as whoever unlocked can see to it. No room on the disk: another time.
    """
    with suppress(OSError, StoreRefused):
        if new_form():
            write_meta(engine, vault.vault_id, vault.epoch, vault.generation)
    if not header.tells_too_much(vault.database_path.name):
        return engine
    engine.dispose()
    with suppress(OSError):
        rekeying.give_neutral_name(vault)
    engine = _engine(vault, create=False)
    with suppress(StoreRefused):
        write_meta(engine, vault.vault_id, vault.epoch, vault.generation)
    return engine


def _with_users(
    partnership: Partnership, rollback_guard: RollbackGuard | None = None, standing: OpenFileStanding | None = None
) -> Partnership:
    """The session as the person who unlocked, with the ways into the file. The key store is offered on real
    partnerships; the sample never touches one.
    """
    kind = partnership.vault.kind
    secrets = None if is_for_trying(partnership.folder, kind) else KeyringSecrets()
    schema = file_kind(kind).schema
    file = OpenFile(partnership.vault, partnership.engine, partnership.work, partnership.session.now, schema)
    computer = None if secrets is None else ThisComputer(file, secrets)
    store = rollback_guard or (None if secrets is None else KeyringRollbackGuard())
    partnership.checks = OpenFileChecks(file, None if store is None else BackgroundRollbackGuard(store))
    keeping = VaultBackups(file, partnership.at_close, secrets)
    standing = standing or OpenFileStanding(partnership.vault, partnership.engine, partnership.folder)
    partnership.work.guard = standing
    partnership.vault.before_change = standing.refuse_change
    linked = GroupsCases(partnership.folder, secrets, partnership.guard) if kind is VaultKind.ROUGH_SLEEPING else None
    session = replace(
        partnership.session,
        backups=keeping,
        handover=keeping,
        left_copies=BesideFile(partnership.place),
        users=VaultUsers(file, secrets),
        computer=computer,
        linked_cases=linked,
        journal=partnership.work.journal,
        checks=partnership.checks,
        older=partnership.checks.older(),
        standing=standing,
    )
    if standing.reading_only and session.older is not None:
        standing.reading_only += f" {session.older.sentence}"
        session = replace(session, older=None)  # nobody can give a reason, and nothing is gone on with
    standing.postponed += _at_opening(session, partnership.vault)
    if session.is_writable():
        standing.do_postponed()
    file_users.refuse_ended(session)
    partnership.session = _as_member(session)
    return partnership


def _at_opening(session: Session, vault: OpenVault) -> list[Callable[[], object]]:
    """What is done first, or finished, once the file may be written."""
    return [
        partial(file_users.follow_header, session, vault.user),
        partial(_end_access, session),
        partial(handover.forget_cut_off, session),
        partial(file_kind(vault.kind).at_opening, session),
        *(partial(after, session) for after in (freeze_held, keep_versions, settle_left)),
    ]


def _end_access(session: Session) -> None:
    """What was cut short after a meeting was closed. No room on the disk: another time, and whoever it is about is
    refused all the same."""
    with suppress(OSError, Refused):
        file_users.end_access(session, unheard)


def _engine(vault: OpenVault, *, create: bool) -> Engine:
    key = vault.database_key()
    try:
        return open_engine(vault.database_path, key, create=create)
    finally:
        derivation.wipe(key)


def _work(vault: OpenVault, engine: Engine, now: Clock) -> SqlWork:
    key = vault.journal_key
    try:
        return open_work(engine, key, now, vault.user, file_kind(vault.kind).schema)
    finally:
        derivation.wipe(key)


def _session(work: SqlWork, now: Clock, vault: OpenVault) -> Session:
    kind = file_kind(vault.kind)
    papers = Papers(
        read_book,
        read_cases,
        read_members,
        members_template,
        print_minutes,
        read_actions=read_actions,
        actions_template=actions_template,
        print_certificate=print_certificate,
        print_hand_over_note=print_hand_over_note,
        print_case_plan=print_case_plan,
        print_earlier_minutes=print_earlier_minutes,
        print_minutes_word=print_minutes_word,
        print_action_list=print_action_list,
        print_action_list_word=print_action_list_word,
        print_sign_in_sheet=print_sign_in_sheet,
        action_list_workbook=action_list_workbook,
        mail_draft=mail_draft,
        print_meeting_paper=print_meeting_paper,
        calendar_file=calendar_file,
        likeness=likeness,
        missing_letters=missing_letters,
        copies=RecipientCopies(
            minutes_paper,
            OwnPassphrases().made_of_words,
            folder_warning,
            make_key=_new_seal_key,
            sign=_seal,
            weigh=OwnPassphrases().estimate,
        ),
    )
    return Session(
        work,
        SqlQueries(work, near_words),
        kind.papers(papers),
        now,
        vault.user,
        "",
        frozenset(),
        kind.subject,
        bank_holidays(),
    )


def _new_seal_key(owner: str, at: datetime) -> tuple[bytes, bytes]:
    from csp_desktop.vault.seal import new_seal_key  # certificates are read when one is made

    made = new_seal_key(owner, at)
    return made.key, made.certificate


def _seal(words: bytes, key: bytes, certificate: bytes) -> bytes:
    from csp_desktop.vault.seal import SealKey

    return SealKey(key, certificate).sign(words)


def _as_member(session: Session) -> Session:
    """The session with the member and roles the register gives this user. Someone alone holds every role, and an
    IT administrator has a session without cases."""
    everyone = file_users.users(session)
    me = next((row for row in everyone if row.is_me), None)
    if me is None:
        return session
    known = replace(session, user_name=me.name, member_id=me.member.id, roles=frozenset(me.roles))
    return without_cases(known) if is_without_cases(known) else known


class GroupsCases:
    """services.ports.linked_case.LinkedCases on the real folder. Without `secrets` no key store is asked.

    The group's file as New Hope's lead looks into it from the private window: by their own slot there, read-only,
    beside the group's window if that is open, and closed at once. The group's program is never asked: it would learn
    about whom.
    """

    def __init__(self, folder: Path, secrets: DeviceSecrets | None, guard: Guard = unguarded) -> None:
        self._folder = folder
        self._secrets, self._guard = secrets, guard

    def is_here(self) -> bool:
        """Cheap: a header lies there."""
        return vault_install.holds_vault(self._folder / PLACES[VaultKind.CPG])

    def look(self, reference: str, user: str, passphrase: str) -> LinkedCase:
        """One look. Raises Refused: no such case, a wrong passphrase, no slot there, a file that cannot be read."""
        place = place_of(self._folder, VaultKind.CPG)
        vault = open_to_look(place, user, passphrase, device_secret=self._secrets, guard=self._guard)
        key = bytearray()
        try:
            key = vault.database_key()
            with (
                looking(vault.database_path, key, GROUP.branch) as engine,
                engine.connect() as connection,
                connection.begin(),
            ):
                return _found(SqlRecords(connection, GROUP.schema, writing=False), reference)
        finally:
            derivation.wipe(key)
            vault.close()


def _found(records: Records, reference: str) -> LinkedCase:
    cases = records.find(Case, reference=reference)
    if not cases:
        raise Refused(f"The group's file has no case {reference}. Check the reference.")
    names = {member.id: member.name for member in records.find(Member)}
    actions = records.find(Action, case_id=cases[0].id, state=ActionState.OPEN)
    owners = [[names.get(one, "") for one in action.owner_ids] for action in actions]
    who = [owner_words(leads, beside) for leads, *beside in owners]
    return linked_case(cases[0], tuple(zip(actions, who, strict=True)))
