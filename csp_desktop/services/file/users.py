"""Who can open the file: let in, given another role or a fresh passphrase, taken out; and the recovery key.

What a file's header holds is behind `UserSlots`; names and roles stand in the register. Chair and administrator decide
(in the private file its lead). Inside one file roles are rules of the program: whoever opens it could read all of it.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import composed, entered
from csp_desktop.domain.common.users import EVERY_ROLE, ROLE_WORDS, Duty, Role, User
from csp_desktop.domain.file.user_fields import NewPassphraseField, UserField
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.signatures import folded as without_accents
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.file.passphrases import known_in, refuse_passphrase
from csp_desktop.services.ports.users import NewPaper, OldWays, UserSlots, WayIn
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class UserRow:
    """One person who can open the file."""

    user: User
    member: Member
    agency: str
    roles: tuple[Role, ...]
    way_in: WayIn
    is_me: bool
    is_old: bool = False  # see OldWays
    until: date | None = None  # the day of the meeting whose closing takes this way in away

    @property
    def name(self) -> str:
        """The name the person unlocks with."""
        return self.member.user_name


def users(session: Session) -> list[UserRow]:
    """Everybody who can open the file, by name."""
    slots = _slots(session)
    ways, old = slots.ways_in(), slots.old_ways().users
    with session.work.reading() as records:
        found = [user for user in records.find(User) if user.id in ways]
        rows = [_row(records, user, ways[user.id], slots.me, alone=len(found) == 1) for user in found]
    rows = [replace(row, is_old=row.user.id in old) for row in rows]
    return sorted(rows, key=lambda row: without_accents(row.name))


def old_ways(session: Session) -> OldWays:
    """What is left of version 0.1.0."""
    return OldWays() if session.users is None else session.users.old_ways()


def may_manage(session: Session) -> bool:
    """Whether this person may change who can open the file."""
    return session.users is not None and session.holds(*session.users.managers)


def must_renew(session: Session) -> bool:
    """Whether the passphrase this person came in with was chosen by somebody else."""
    if session.users is None or (session.standing is not None and session.standing.reading_only):
        return False  # none can be given there
    with session.work.reading() as records:
        return any(user.must_renew for user in records.find(User, id=session.users.me))


def people_to_add(session: Session) -> list[Member]:
    """Everybody in the register who cannot open the file yet, by name."""
    with session.work.reading() as records:
        known = {user.member_id for user in records.find(User)}
        found = [m for m in records.find(Member, active=True) if m.id not in known]
    return sorted(found, key=lambda m: without_accents(m.name))


def add_user(
    session: Session,
    member_id: str,
    roles: Sequence[Role],
    passphrase: str,
    repeated: str,
    *,
    ends_with_id: str = "",
) -> User:
    """Let a person of the register in, with a first passphrase to be replaced at the first unlock; `ends_with_id`: only
    until this meeting is closed. Raises FieldRefused without a person or a role, for a name that is taken, and for a
    passphrase that is weak or mistyped."""
    slots = _managing(session)
    if not member_id:
        raise FieldRefused(UserField.PERSON, "Choose the person to add.")
    _refuse_roles(roles)
    refuse_passphrase(slots, passphrase, repeated, tried_first_here(session))
    user = User(new_id(), member_id, session.today, session.today, must_renew=True, ends_with_id=ends_with_id)
    with session.work.step("adding a user", undoable=False) as records:
        before = records.get(Member, member_id)
        _refuse_name(records, before.name, "")
        records.save(replace(before, user_name=before.name, roles=_values(roles)))
        records.save(user)
    try:
        slots.add(user.id, before.name, passphrase)
    except Refused:
        with session.work.step("removal of the newest user", undoable=False) as records:
            records.remove(user)
            records.save(before)
        raise
    return user


def change_roles(session: Session, user_id: str, roles: Sequence[Role]) -> None:
    """What a person may do; counts from the next unlock. Raises Refused for an IT administrator's own."""
    slots = _managing(session)
    _refuse_roles(roles)
    if user_id == slots.me and session.roles == frozenset({Role.IT_ADMINISTRATOR}):
        raise Refused("You cannot give yourself another role. Ask the chair or an administrator to do it.")
    with session.work.step("roles of a user", undoable=False) as records:
        if not set(roles) & (set(slots.managers) - {Role.IT_ADMINISTRATOR}):
            _refuse_last(records, slots, user_id)
        member = records.get(Member, records.get(User, user_id).member_id)
        records.save(replace(member, roles=_values(roles)))


def readmit(session: Session, user_id: str, passphrase: str, repeated: str) -> None:
    """Passphrase or computer lost: a fresh first passphrase; what the person had before opens nothing any more. Raises
    Refused for oneself, FieldRefused for a passphrase that is weak or mistyped."""
    slots = _managing(session)
    if user_id == slots.me:
        raise Refused("This is you: change your own passphrase below.")
    refuse_passphrase(slots, passphrase, repeated, tried_first_here(session))
    with session.work.reading() as records:
        user = records.get(User, user_id)
        name = records.get(Member, user.member_id).user_name
    slots.give_passphrase(user_id, name, passphrase)
    _renewed(session, user_id, must_renew=True)


def tried_first_here(session: Session) -> tuple[str, ...]:
    """What somebody who knows this partnership would try first."""
    with session.work.reading() as records:
        return known_in(records, session.user_name)


def change_own_passphrase(session: Session, old: str, new: str, repeated: str) -> None:
    """The old one is asked again. Raises FieldRefused without it, and for a new one that is weak, mistyped or the
    same."""
    slots = _slots(session)
    if not old:
        raise FieldRefused(UserField.OLD, "Type your current passphrase to confirm.")
    refuse_passphrase(slots, new, repeated, tried_first_here(session))
    if old == new:
        raise FieldRefused(NewPassphraseField.NEW, "This is your current passphrase. Choose another one.")
    slots.change_passphrase(old, new)
    _renewed(session, slots.me, must_renew=False)


def prove_own(session: Session, passphrase: str) -> None:
    """It is the person who unlocked who does this: their own passphrase is asked again. Raises FieldRefused without it,
    Refused in a session that cannot check it, and what the file refuses a wrong one with."""
    if not passphrase:
        raise FieldRefused(UserField.OLD, "Type your passphrase to confirm.")
    if session.users is None:
        raise Refused("Your passphrase cannot be checked here. Open the file with its own name and passphrase.")
    session.users.prove(passphrase)


def change_own_name(session: Session, passphrase: str, name: str) -> None:
    """The name one unlocks with; the name in the minutes is the register's. Raises FieldRefused for one that is empty
    or taken."""
    slots = _slots(session)
    name = entered(name, "The name", UserField.NAME)
    if not name:
        raise FieldRefused(UserField.NAME, "Type your user name.")
    with session.work.reading() as records:
        user = records.get(User, slots.me)
        _refuse_name(records, name, user.member_id)
    slots.rename(passphrase, name)
    with session.work.step("name of a user", undoable=False) as records:
        records.save(replace(records.get(Member, user.member_id), user_name=name))


def remove_user(session: Session, user_id: str, progress: Progress) -> None:
    """Take a person out for good: a new key, to which everybody else's way in is sealed while they are away. Raises
    Refused for oneself, and for the last one who can let people in."""
    slots = _managing(session)
    if user_id == slots.me:
        raise Refused("You cannot remove your own access. Ask another chair or administrator to do it.")
    with session.work.reading() as records:
        records.get(User, user_id)
        _refuse_last(records, slots, user_id)

    def leave(records: Records) -> None:
        _forget(records, records.get(User, user_id))

    slots.remove(user_id, "removal of a user", leave, progress)


def ended_users(session: Session) -> list[User]:
    """Those whose way in was to end with a meeting that is closed now, and who still have one."""
    ways = session.users.ways_in() if session.users is not None else {}
    with session.work.reading() as records:
        standing_in = [user for user in records.find(User) if user.ends_with_id and user.id in ways]
        ids = sorted({user.ends_with_id for user in standing_in})
        closed = {m.id for m in records.find(Meeting, id=ids, state=MeetingState.CLOSED)} if ids else set()
    return [user for user in standing_in if user.ends_with_id in closed]


def end_access(session: Session, progress: Progress) -> int:
    """Take those out for good whose way in ended with their meeting, as whoever let them in decided then: a new key, to
    which everybody else's way in is sealed. Whoever is signed in may do it, a stand-in to themselves as well: the file
    stays open to them until it is locked. Returns how many; nothing happens where nothing may be written."""
    ended = ended_users(session) if session.is_writable() else []
    for user in ended:

        def leave(records: Records, user_id: str = user.id) -> None:
            _forget(records, records.get(User, user_id))

        _slots(session).remove(user.id, "a stand-in, whose access ended with the meeting", leave, progress)
    return len(ended)


def refuse_ended(session: Session) -> None:
    """Raise Refused for somebody whose way in ended with a meeting."""
    slots = session.users
    if slots is not None and (slots.me not in slots.ways_in() or any(u.id == slots.me for u in ended_users(session))):
        raise Refused(
            "You had access until the end of the meeting where you stood in. Ask the chair or the "
            "administrator if you need it again."
        )


def follow_header(session: Session, user_name: str) -> None:
    """After an interruption: the register follows the header, which alone decides who can open the file, and by which
    name whoever just did.
    """
    slots = _slots(session)
    ways = slots.ways_in()
    with session.work.reading() as records:
        gone = [user for user in records.find(User) if user.id not in ways]
        mine = [records.get(Member, user.member_id) for user in records.find(User, id=slots.me)]
    renamed = [member for member in mine if folded(member.user_name) != folded(user_name)]
    if not gone and not renamed:
        return
    with session.work.step("users of the file", undoable=False) as records:
        for user in gone:
            _forget(records, user)
        for member in renamed:
            records.save(replace(member, user_name=composed(user_name)))


def prove_paper(session: Session, typed: str) -> None:
    """The recovery key typed from its sheet: known to be at hand. Raises FieldRefused where nothing is typed."""
    if not typed.strip():
        raise FieldRefused(UserField.PAPER, "Type the eight groups from the recovery sheet.")
    _slots(session).prove_paper(typed)


def new_paper(session: Session) -> NewPaper:
    """A fresh recovery key; the old sheet stays good until this one is put in force."""
    session.require_duty(Duty.KEEP_FILE)
    return _managing(session).new_paper()


def put_paper_in_force(session: Session, paper: NewPaper, typed: Mapping[int, str], progress: Progress) -> None:
    """Once two groups were typed back the new sheet counts, and only it. Raises FieldRefused for other groups."""
    session.require_duty(Duty.KEEP_FILE)
    if not paper.prove(typed):
        raise FieldRefused(
            UserField.GROUPS, "These are not the two groups on the sheet. Check the sheet and type them again."
        )
    paper.put_in_force(progress)


def folded(name: str) -> str:
    """A name as the file's header compares it: case, width and spacing do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _slots(session: Session) -> UserSlots:
    if session.users is None:
        raise Refused("Users cannot be changed here.")
    return session.users


def _managing(session: Session) -> UserSlots:
    slots = _slots(session)
    session.require(*slots.managers)
    return slots


def _row(records: Records, user: User, way_in: WayIn, me: str, *, alone: bool) -> UserRow:
    member = records.get(Member, user.member_id)
    try:
        agency = records.get(Agency, member.agency_id).name
    except NotFound:
        agency = ""
    roles = tuple(role for role in Role if role.value in member.roles)
    held = records.find(Meeting, id=user.ends_with_id) if user.ends_with_id else []
    until = held[0].on if held else None
    alone = alone and roles != (Role.IT_ADMINISTRATOR,)
    return UserRow(user, member, agency, EVERY_ROLE if alone else roles, way_in, user.id == me, until=until)


def _refuse_roles(roles: Sequence[Role]) -> None:
    if not roles:
        raise FieldRefused(UserField.ROLES, "Choose at least one role for this person.")
    if Role.IT_ADMINISTRATOR in roles and len(roles) > 1:
        raise FieldRefused(
            UserField.ROLES,
            "An IT administrator opens no case, so this role cannot go with another. Choose the one or the others.",
        )


def _refuse_name(records: Records, name: str, own_member_id: str) -> None:
    taken = [records.get(Member, user.member_id) for user in records.find(User)]
    if any(folded(other.user_name) == folded(name) and other.id != own_member_id for other in taken):
        raise FieldRefused(UserField.NAME, "A user with this name already exists. Add something to tell the two apart.")


def _refuse_last(records: Records, slots: UserSlots, user_id: str) -> None:
    """Somebody must stay who can let people in, and who may read what the file holds."""
    lasting = [role for role in slots.managers if role is not Role.IT_ADMINISTRATOR]
    ways = slots.ways_in()
    others = [user for user in records.find(User) if user.id != user_id and user.id in ways]
    wanted = {role.value for role in lasting}
    if not any(wanted & set(records.get(Member, user.member_id).roles) for user in others):
        words = " or ".join(ROLE_WORDS[role] for role in lasting)
        raise Refused(
            f"Nobody would be left who can add users. Give someone else the role of {words} first, then try again."
        )


def _renewed(session: Session, user_id: str, *, must_renew: bool) -> None:
    with session.work.step("a passphrase", undoable=False) as records:
        user = records.get(User, user_id)
        records.save(replace(user, renewed_on=session.today, must_renew=must_renew))


def _forget(records: Records, user: User) -> None:
    records.save(replace(records.get(Member, user.member_id), user_name="", roles=()))
    records.remove(user)


def _values(roles: Sequence[Role]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if role in roles)
