"""Who can open the file: let in once and by one name, never the last who could let people in, and renewed by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, NotFound, Refused
from csp_desktop.domain.common.users import EVERY_ROLE, Role, User
from csp_desktop.domain.file.user_fields import NewPassphraseField, UserField
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.file import users
from csp_desktop.services.ports.passphrases import Estimate, Weakness
from csp_desktop.services.ports.users import Leave, OldWays, Paper, WayIn
from csp_desktop.services.session import Session
from tests.support.fakes import FakeStanding, FixedClock, fake_session

GOOD, OTHER = "velvet canyon spoon reed", "marble otter ladder hall"
JOINED, TODAY = date(2026, 1, 5), date(2026, 11, 26)


@dataclass
class FakePaper:
    """A recovery key whose two groups are the first and the last."""

    groups: Sequence[str] = ("AAAA", "BBBB")
    groups_to_prove: tuple[int, int] = (1, 2)
    done: list[str] = field(default_factory=list)

    def sheet(self, name: str, folder: Path) -> bytes:
        return f"{name} {folder} {self.groups}".encode()

    def prove(self, typed: Mapping[int, str]) -> bool:
        return dict(typed) == {1: "AAAA", 2: "BBBB"}

    def put_in_force(self, progress: Any) -> None:
        self.done.append("in force")

    def forget(self) -> None:
        self.done.append("forgotten")


@dataclass
class FakeSlots:
    """The ways into a file, by id; every letter of a passphrase is worth ten guesses."""

    ways: dict[str, WayIn]
    work: Any
    me: str = "u-ruth"
    managers: tuple[Role, ...] = (Role.CHAIR, Role.ADMINISTRATOR)
    roles: tuple[Role, ...] = (Role.CHAIR, Role.MINUTE_TAKER, Role.ADMINISTRATOR)
    folder: Path = Path("here")
    old: OldWays = OldWays()
    refuses: str = ""
    asked: list[tuple[str, ...]] = field(default_factory=list)
    known: tuple[str, ...] = ()

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        self.known = tuple(known)
        return Estimate(10.0 ** len(passphrase), Weakness.SHORT)

    def made_of_words(self) -> str:
        return GOOD

    def ways_in(self) -> Mapping[str, WayIn]:
        return self.ways

    def old_ways(self) -> OldWays:
        return self.old

    def add(self, user_id: str, name: str, passphrase: str) -> None:
        if self.refuses:
            raise Refused(self.refuses)
        self.asked.append(("add", name, passphrase))
        self.ways[user_id] = WayIn.PASSPHRASE

    def give_passphrase(self, user_id: str, name: str, passphrase: str) -> None:
        self.asked.append(("give", user_id, name, passphrase))

    def change_passphrase(self, old: str, new: str) -> None:
        self.asked.append(("change", old, new))

    def prove(self, passphrase: str) -> None:
        if passphrase != GOOD:
            raise Refused("This is not it.")
        self.asked.append(("prove", passphrase))

    def rename(self, passphrase: str, name: str) -> None:
        self.asked.append(("rename", passphrase, name))

    def remove(self, user_id: str, words: str, leave: Leave, progress: Any) -> None:
        del self.ways[user_id]
        with self.work.step(words) as records:
            leave(records)

    def paper(self) -> Paper:
        return Paper.NONE

    def prove_paper(self, typed: str) -> None:
        self.asked.append(("prove", typed))

    def new_paper(self) -> FakePaper:
        return FakePaper()


def member(
    key: str, name: str, *roles: Role, user_name: str = "", agency: str = "council", active: bool = True
) -> Member:
    names = tuple(role.value for role in roles)
    return Member(key, name, agency, "Officer", Standing.STANDING, roles=names, user_name=user_name, active=active)


@pytest.fixture
def session() -> Session:
    """Ruth is the chair, Dilip takes minutes; Maeve, Ęwa and Tom are in the register only, and Tom has left."""
    session = fake_session(now=FixedClock())
    people = (
        member("ruth", "Ruth Coyle", Role.CHAIR, user_name="Ruth Coyle"),
        member("dilip", "Dilip Anand", Role.MINUTE_TAKER, user_name="Dilip Anand", agency="gone"),
        member("maeve", "Maeve Quill"),
        member("ewa", "Ęwa Łuk"),
        member("tom", "Tom Ellis", active=False),
    )
    with session.work.step("people", undoable=False, of_held=True) as records:
        records.save(Agency("council", "Watford Borough Council", "Council", AgencyKind.COUNCIL))
        for one in people:
            records.save(one)
        for key in ("ruth", "dilip"):
            records.save(User(f"u-{key}", key, JOINED, JOINED))
    slots = FakeSlots({"u-ruth": WayIn.PASSPHRASE, "u-dilip": WayIn.TIED}, session.work)
    return replace(session, users=slots, roles=frozenset({Role.CHAIR}))


def slots_of(session: Session) -> FakeSlots:
    assert isinstance(session.users, FakeSlots)
    return session.users


def stored(session: Session, key: str) -> tuple[Member, User | None]:
    with session.work.reading() as records:
        return records.get(Member, key), next(iter(records.find(User, member_id=key)), None)


def user_of(session: Session, key: str) -> User:
    user = stored(session, key)[1]
    assert user is not None
    return user


def save(session: Session, *changed: Any) -> None:
    with session.work.step("changed") as records:
        for record in changed:
            records.save(record)


def refused_at(act: Any) -> str:
    with pytest.raises(FieldRefused) as refused:
        act()
    return refused.value.field


def test_they_are_listed_by_name_with_agency_roles_and_way_in(session: Session) -> None:
    rows = users.users(session)
    assert [(row.name, row.agency, row.way_in, row.is_me) for row in rows] == [
        ("Dilip Anand", "", WayIn.TIED, False),
        ("Ruth Coyle", "Watford Borough Council", WayIn.PASSPHRASE, True),
    ]
    assert [row.roles for row in rows] == [(Role.MINUTE_TAKER,), (Role.CHAIR,)]


def test_who_no_longer_has_a_way_in_is_not_listed_and_who_is_alone_holds_every_role(session: Session) -> None:
    del slots_of(session).ways["u-dilip"]
    (row,) = users.users(session)
    assert row.roles == EVERY_ROLE


def test_whose_way_in_is_of_an_older_version_is_marked(session: Session) -> None:
    slots_of(session).old = OldWays(frozenset({"u-dilip"}))
    assert [row.is_old for row in users.users(session)] == [True, False]
    assert users.old_ways(session).users == {"u-dilip"}
    assert users.old_ways(replace(session, users=None)) == OldWays()


def test_only_chair_and_administrator_may_change_who_can_open_it(session: Session) -> None:
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER}))
    assert users.may_manage(session) and not users.may_manage(taker)
    assert not users.may_manage(replace(session, users=None))
    for act in (
        lambda: users.add_user(taker, "maeve", [Role.CHAIR], GOOD, GOOD),
        lambda: users.change_roles(taker, "u-dilip", [Role.CHAIR]),
        lambda: users.readmit(taker, "u-dilip", GOOD, GOOD),
        lambda: users.remove_user(taker, "u-ruth", print),
        lambda: users.new_paper(taker),
        lambda: users.put_paper_in_force(taker, FakePaper(), {1: "AAAA", 2: "BBBB"}, print),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_where_nobody_can_be_changed_it_says_so(session: Session) -> None:
    with pytest.raises(Refused, match="cannot be changed here"):
        users.users(replace(session, users=None))


def test_those_to_add_are_the_active_people_who_cannot_open_it_yet_by_name(session: Session) -> None:
    assert [one.name for one in users.people_to_add(session)] == ["Ęwa Łuk", "Maeve Quill"]


def test_who_is_let_in_opens_it_by_the_registers_name_and_must_choose_a_passphrase(session: Session) -> None:
    user = users.add_user(session, "maeve", [Role.ADMINISTRATOR, Role.CHAIR], GOOD, GOOD)
    entry, kept = stored(session, "maeve")
    assert (entry.user_name, entry.roles) == ("Maeve Quill", ("chair", "administrator"))
    assert kept == user == User(user.id, "maeve", TODAY, TODAY, must_renew=True)
    assert slots_of(session).asked == [("add", "Maeve Quill", GOOD)]
    assert {"maeve quill", "ruth coyle", "watford borough council"} <= set(slots_of(session).known)
    assert session.work.last_step() is None


@pytest.mark.parametrize(
    ("key", "roles", "passphrase", "repeated", "at"),
    [
        ("", [Role.CHAIR], GOOD, GOOD, UserField.PERSON),
        ("maeve", [], GOOD, GOOD, UserField.ROLES),
        ("maeve", [Role.CHAIR], "short", "short", NewPassphraseField.NEW),
        ("maeve", [Role.CHAIR], GOOD, OTHER, NewPassphraseField.AGAIN),
    ],
)
def test_what_is_missing_to_let_somebody_in_is_said_at_its_field(
    session: Session, key: str, roles: list[Role], passphrase: str, repeated: str, at: str
) -> None:
    assert refused_at(lambda: users.add_user(session, key, roles, passphrase, repeated)) == at
    assert slots_of(session).asked == [] and users.people_to_add(session)[1].id == "maeve"


@pytest.mark.parametrize("taken", ["Maeve Quill", "MAEVE  quill", "Ｍaeve Quill"])
def test_nobody_is_let_in_by_a_name_that_already_opens_the_file(session: Session, taken: str) -> None:
    save(session, replace(stored(session, "dilip")[0], user_name=taken))
    assert refused_at(lambda: users.add_user(session, "maeve", [Role.CHAIR], GOOD, GOOD)) == UserField.NAME
    assert stored(session, "maeve")[1] is None and slots_of(session).asked == []


def test_where_the_file_takes_nobody_further_the_register_says_nothing_of_it(session: Session) -> None:
    slots_of(session).refuses = "There is no room for another person."
    before = stored(session, "maeve")
    with pytest.raises(Refused, match="no room"):
        users.add_user(session, "maeve", [Role.CHAIR], GOOD, GOOD)
    assert stored(session, "maeve") == before


def test_roles_are_changed_and_somebody_must_keep_one_that_lets_people_in(session: Session) -> None:
    users.change_roles(session, "u-dilip", [Role.ADMINISTRATOR, Role.MINUTE_TAKER])
    assert stored(session, "dilip")[0].roles == ("minute-taker", "administrator")
    users.change_roles(session, "u-ruth", [Role.MINUTE_TAKER])
    with pytest.raises(Refused, match="Give someone else the role of chair or administrator first"):
        users.change_roles(session, "u-dilip", [Role.MINUTE_TAKER])
    users.change_roles(session, "u-dilip", [Role.CHAIR])
    assert refused_at(lambda: users.change_roles(session, "u-dilip", [])) == UserField.ROLES


def test_a_manager_without_a_way_in_does_not_count_as_left(session: Session) -> None:
    save(session, replace(stored(session, "dilip")[0], roles=("chair",)))
    users.change_roles(session, "u-ruth", [Role.MINUTE_TAKER])
    del slots_of(session).ways["u-ruth"]
    with pytest.raises(Refused, match="Nobody would be left"):
        users.change_roles(session, "u-dilip", [Role.MINUTE_TAKER])


def test_who_lost_the_passphrase_gets_a_fresh_first_one(session: Session) -> None:
    users.readmit(session, "u-dilip", GOOD, GOOD)
    assert slots_of(session).asked == [("give", "u-dilip", "Dilip Anand", GOOD)]
    assert stored(session, "dilip")[1] == User("u-dilip", "dilip", JOINED, TODAY, must_renew=True)
    assert session.work.last_step() is None
    with pytest.raises(Refused, match="This is you"):
        users.readmit(session, "u-ruth", GOOD, GOOD)
    assert refused_at(lambda: users.readmit(session, "u-dilip", "short", "short")) == NewPassphraseField.NEW


def test_a_first_passphrase_is_to_be_replaced_until_it_is(session: Session) -> None:
    assert not users.must_renew(session)
    save(session, replace(user_of(session, "ruth"), must_renew=True))
    assert users.must_renew(session) and not users.must_renew(replace(session, users=None))
    users.change_own_passphrase(session, GOOD, OTHER, OTHER)
    assert not users.must_renew(session)
    assert user_of(session, "ruth").renewed_on == TODAY
    assert slots_of(session).asked == [("change", GOOD, OTHER)]


def test_somebody_elses_first_passphrase_is_not_ones_own_to_replace(session: Session) -> None:
    save(session, replace(user_of(session, "dilip"), must_renew=True))
    assert not users.must_renew(session)


@pytest.mark.parametrize(
    ("old", "new", "repeated", "at"),
    [
        ("", GOOD, GOOD, UserField.OLD),
        (GOOD, "short", "short", NewPassphraseField.NEW),
        (GOOD, GOOD, GOOD, NewPassphraseField.NEW),
        (GOOD, OTHER, GOOD, NewPassphraseField.AGAIN),
    ],
)
def test_ones_own_passphrase_is_not_changed_without_the_old_one_and_a_good_new_one(
    session: Session, old: str, new: str, repeated: str, at: str
) -> None:
    assert refused_at(lambda: users.change_own_passphrase(session, old, new, repeated)) == at
    assert slots_of(session).asked == [] and user_of(session, "ruth").renewed_on == JOINED


def test_the_passphrase_one_has_now_is_no_new_one(session: Session) -> None:
    with pytest.raises(FieldRefused) as refused:
        users.change_own_passphrase(session, GOOD, GOOD, GOOD)
    assert refused.value.sentence == "This is your current passphrase. Choose another one."


def test_ones_own_name_is_changed_but_not_to_one_that_is_taken(session: Session) -> None:
    users.change_own_name(session, GOOD, "  Ruth  C ")
    assert slots_of(session).asked == [("rename", GOOD, "Ruth C")]
    entry = stored(session, "ruth")[0]
    assert (entry.user_name, entry.name) == ("Ruth C", "Ruth Coyle")
    assert refused_at(lambda: users.change_own_name(session, GOOD, "dilip anand")) == UserField.NAME
    assert refused_at(lambda: users.change_own_name(session, GOOD, " ")) == UserField.NAME
    users.change_own_name(session, GOOD, "RUTH C")
    assert stored(session, "ruth")[0].user_name == "RUTH C"


def test_who_is_taken_out_stays_in_the_register_without_name_and_roles(session: Session) -> None:
    users.remove_user(session, "u-dilip", print)
    entry, user = stored(session, "dilip")
    assert (entry.name, entry.user_name, entry.roles, user) == ("Dilip Anand", "", (), None)
    assert [row.name for row in users.users(session)] == ["Ruth Coyle"]


def test_nobody_takes_out_themselves_the_last_manager_or_somebody_unknown(session: Session) -> None:
    with pytest.raises(Refused, match="your own access"):
        users.remove_user(session, "u-ruth", print)
    with pytest.raises(NotFound):
        users.remove_user(session, "u-nobody", print)
    save(session, replace(stored(session, "dilip")[0], roles=("chair",)), replace(stored(session, "ruth")[0], roles=()))
    with pytest.raises(Refused, match="Nobody would be left"):
        users.remove_user(session, "u-dilip", print)
    assert set(slots_of(session).ways) == {"u-ruth", "u-dilip"}


def test_after_an_interruption_the_register_follows_the_header(session: Session) -> None:
    del slots_of(session).ways["u-dilip"]
    users.follow_header(session, "Ruth of the Council")
    assert stored(session, "dilip") == (replace(member("dilip", "Dilip Anand", agency="gone"), roles=()), None)
    assert stored(session, "ruth")[0].user_name == "Ruth of the Council"
    assert session.work.last_step() is None


def test_without_an_interruption_nothing_is_written(session: Session) -> None:
    head = session.work.head()
    users.follow_header(session, "ruth  COYLE")
    assert session.work.head() == head


def test_the_recovery_key_is_proved_from_its_sheet(session: Session) -> None:
    assert refused_at(lambda: users.prove_paper(session, "  ")) == UserField.PAPER
    users.prove_paper(session, "AAAA BBBB")
    assert slots_of(session).asked == [("prove", "AAAA BBBB")]


def test_a_new_recovery_key_counts_once_its_groups_were_typed_back(session: Session) -> None:
    assert users.new_paper(session).groups == ("AAAA", "BBBB")
    paper = FakePaper()
    wrong = {1: "AAAA", 2: "BBBA"}
    assert refused_at(lambda: users.put_paper_in_force(session, paper, wrong, print)) == UserField.GROUPS
    assert paper.done == []
    users.put_paper_in_force(session, paper, {1: "AAAA", 2: "BBBB"}, print)
    assert paper.done == ["in force"]


def test_where_the_file_is_only_read_no_passphrase_is_asked_for(session: Session) -> None:
    save(session, replace(user_of(session, "ruth"), must_renew=True))
    reading = FakeStanding(reading_only="It is open for reading.")
    assert not users.must_renew(replace(session, standing=reading))
    reading.reading_only = ""
    assert users.must_renew(replace(session, standing=reading))
