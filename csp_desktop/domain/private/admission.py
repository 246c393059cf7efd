"""Who may hear a person: the rule of the private meeting. Everything that shows a person asks here, and nowhere else.

Admitted for a person are police, council, New Hope's lead or deputy, and anyone of any agency recorded as directly
involved with this person; nobody else. Someone who has not signed, whom the lead has not confirmed in the private
register, or who declared an interest in the person is not admitted either. New Hope's lead alone may decide otherwise,
with a reason that is minuted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.confidentiality import Remote, where_words
from csp_desktop.domain.people.agencies import AgencyKind

STAYING = (AgencyKind.POLICE, AgencyKind.COUNCIL)


class Ground(Enum):
    """Why someone may hear a person."""

    POLICE = "police"
    COUNCIL = "council"
    LEADS = "leads for New Hope"
    INVOLVED = "directly involved"
    OVERRIDE = "New Hope's lead decided"


class Bar(Enum):
    """Why someone may not; the words go behind the name."""

    UNSIGNED = "has not signed the private session's clause"
    UNKNOWN = "is not confirmed in the private register"
    INTEREST = "declared an interest"
    NOT_INVOLVED = "is not recorded as working with this person"
    REMOTE = "is on Teams or telephone, and New Hope's lead has not admitted them"


@dataclass(frozen=True)
class InRoom:
    """Someone in the room. `member_id` is the private register's, empty until the lead has confirmed who this is;
    `kind` comes from that register and from nowhere else."""

    id: str
    name: str
    agency: str = ""
    member_id: str = ""
    kind: AgencyKind | None = None
    signed: bool = False
    interests: frozenset[str] = frozenset()  # ids of people they declared an interest in
    outside: bool = False  # on Teams or telephone, and not admitted by the lead
    remote: Remote | None = None  # on Teams or telephone, admitted or not


@dataclass(frozen=True)
class AdmissionOverride:
    """New Hope's lead lets named people hear one person: who decided, why, about whom. Minuted."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    person_id: str
    at: datetime
    by: str
    reason: str
    entry_ids: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Admitted:
    """Someone who may hear the person, and on what ground."""

    who: InRoom
    ground: Ground


@dataclass(frozen=True)
class Barred:
    """Someone who may not, and why."""

    who: InRoom
    bar: Bar


@dataclass(frozen=True)
class Clearance:
    """How the room stands towards one person. `to_call_in`: members directly involved who are not in the room."""

    person_id: str
    may_hear: tuple[Admitted, ...]
    must_leave: tuple[Barred, ...]
    to_call_in: tuple[str, ...]
    led: bool

    @property
    def cleared(self) -> bool:
        """Whether the person may be shown: someone leads, and nobody is there who may not hear."""
        return self.led and not self.must_leave


def clearance(
    person_id: str,
    room: Iterable[InRoom],
    involved: frozenset[str],
    leads: frozenset[str],
    overrides: Iterable[AdmissionOverride] = (),
) -> Clearance:
    """Compare the room with who may hear a person. `involved` and `leads` are ids of the private register's members;
    without one of the `leads` in the room nobody hears anything."""
    rows = tuple(room)
    overridden = {entry for one in overrides if one.person_id == person_id for entry in one.entry_ids}
    may, must = [], []
    for who in rows:
        bar, ground = _judge(who, person_id, involved, leads)
        if ground is not None:
            may.append(Admitted(who, ground))
        elif who.id in overridden and bar is not Bar.UNSIGNED:
            may.append(Admitted(who, Ground.OVERRIDE))
        else:
            assert bar is not None
            must.append(Barred(who, bar))
    here = {who.member_id for who in rows}
    led = any(who.member_id in leads and who.signed and not who.outside for who in rows)
    return Clearance(person_id, tuple(may), tuple(must), tuple(sorted(involved - here)), led)


def _judge(
    who: InRoom, person_id: str, involved: frozenset[str], leads: frozenset[str]
) -> tuple[Bar | None, Ground | None]:
    if not who.signed:
        return Bar.UNSIGNED, None
    if who.outside:
        return Bar.REMOTE, None
    if not who.member_id or who.kind is None:
        return Bar.UNKNOWN, None
    if person_id in who.interests:
        return Bar.INTEREST, None
    if who.member_id in leads:
        return None, Ground.LEADS
    if who.kind is AgencyKind.POLICE:
        return None, Ground.POLICE
    if who.kind is AgencyKind.COUNCIL:
        return None, Ground.COUNCIL
    if who.member_id in involved:
        return None, Ground.INVOLVED
    return Bar.NOT_INVOLVED, None


def override(
    clear: Clearance, meeting_id: str, entry_ids: Iterable[str], by: str, leads: bool, reason: str, at: datetime
) -> AdmissionOverride:
    """Let people hear someone although they are not in the history. Only New Hope's lead may, and says why; a
    signature is never waived. Raises NotAllowed for anybody else, Refused without a reason, for one who has not signed,
    and where everyone chosen may hear already."""
    if not leads:
        raise NotAllowed("Only New Hope's lead, or the named deputy, can allow someone else to stay.")
    wanted = set(entry_ids)
    chosen = [one for one in clear.must_leave if one.who.id in wanted]
    if not chosen:
        raise Refused("Everyone chosen is already allowed to stay.")
    unsigned = [one.who.name for one in chosen if one.bar is Bar.UNSIGNED]
    if unsigned:
        raise Refused(f"{unsigned[0]} must sign the private session's clause first.")
    words = " ".join(reason.split())
    if not words:
        raise Refused("Say why they may stay. The reason is recorded in the private minutes.")
    return AdmissionOverride(
        new_id(),
        meeting_id,
        clear.person_id,
        at,
        by,
        words,
        tuple(one.who.id for one in chosen),
        tuple(one.who.name for one in chosen),
    )


@dataclass(frozen=True)
class Sitting:
    """The private session as the table sees it, kept in memory only: after a power cut it begins at the gate again.

    `shown` is a wish. What is on the screen is `visible`, which asks the rule anew every time, so that no event can
    leave a person on the screen while someone is in the room who may not hear.
    """

    room: tuple[InRoom, ...] = ()
    leads: frozenset[str] = frozenset()
    involved: Mapping[str, frozenset[str]] = field(default_factory=dict)  # person id → the register's members
    overrides: tuple[AdmissionOverride, ...] = ()
    person_id: str = ""
    shown: bool = False
    locked: bool = False

    def clearance(self) -> Clearance:
        """How the room stands towards the person whose turn it is."""
        involved = self.involved.get(self.person_id, frozenset())
        return clearance(self.person_id, self.room, involved, self.leads, self.overrides)

    @property
    def visible(self) -> bool:
        """Whether anything of the person may be on the screen now."""
        return bool(self.person_id) and self.shown and not self.locked and self.clearance().cleared

    def turned_to(self, person_id: str) -> "Sitting":
        """The next person: always at the gate first."""
        return replace(self, person_id=person_id, shown=False)

    def opened(self) -> "Sitting":
        """Show the person. Raises Refused while locked, without a person, without a lead or deputy in the room, and
        while someone is there who may not hear."""
        if self.locked:
            raise Refused("Unlock first.")
        if not self.person_id:
            raise Refused("Choose a person first.")
        clear = self.clearance()
        if not clear.led:
            raise Refused("New Hope's lead or deputy is not here. Nobody is discussed until one of them is.")
        if clear.must_leave:
            first = clear.must_leave[0]
            raise Refused(f"{first.who.name} {first.bar.value} and is still {where_words(first.who.remote)}.")
        return replace(self, shown=True)

    def with_room(self, room: Iterable[InRoom]) -> "Sitting":
        """Someone came, went, signed or was confirmed. Whoever may not hear covers the person again, and it stays
        covered until it is opened anew."""
        changed = replace(self, room=tuple(room))
        return changed if changed.visible or not self.shown else replace(changed, shown=False)

    def with_rules(
        self,
        involved: Mapping[str, frozenset[str]],
        overrides: Iterable[AdmissionOverride],
        leads: frozenset[str] | None = None,
    ) -> "Sitting":
        """The histories, the lead's decisions or the leads changed."""
        changed = replace(
            self, involved=dict(involved), overrides=tuple(overrides), leads=self.leads if leads is None else leads
        )
        return changed if changed.visible or not self.shown else replace(changed, shown=False)

    def locked_now(self) -> "Sitting":
        """Locked, or hidden by F12: on return the gate asks again."""
        return replace(self, locked=True, shown=False)

    def unlocked(self) -> "Sitting":
        """Back, at the gate."""
        return replace(self, locked=False, shown=False)
