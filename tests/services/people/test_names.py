"""However a name is entered or imported, it is kept one way; what nobody can see in it is refused with words."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import CaseStatus, SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.names import LONGEST, composed, entered
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.settings import Settings
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.exchange.members import COLUMNS as MEMBER_COLUMNS
from csp_desktop.exchange.members import read_members
from csp_desktop.exchange.private.rough_sleepers import COLUMNS as PEOPLE_COLUMNS
from csp_desktop.exchange.private.rough_sleepers import read_people
from csp_desktop.exchange.safety_net import COLUMNS as CASE_COLUMNS
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.cases import case_entry
from csp_desktop.services.file import unlock
from csp_desktop.services.file.unlock import FirstPerson
from csp_desktop.services.meeting import agenda as meeting_agenda
from csp_desktop.services.meeting import sign_in
from csp_desktop.services.meeting.agenda import MeetingPlan
from csp_desktop.services.meeting.walk_order import confirm_room_title
from csp_desktop.services.people import people as members
from csp_desktop.services.people import settings
from csp_desktop.services.private import agenda, people, register, room
from csp_desktop.services.private.settings import change_private_settings
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.private_session import DAY, LEAD, crossed_over, private_session

JOSE = "José Núñez"
APART = unicodedata.normalize("NFD", JOSE)
UNSEEN = ["\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u200f", "\x07", "\x9b", "\u00ad", "\u3164", "\U000e0041"]


class _NoVaults:
    """Keeps whom it was asked to found a partnership for."""

    def __init__(self) -> None:
        self.person: FirstPerson | None = None

    def refuse_unsuitable(self, folder: Any) -> None:
        """Any folder will do."""

    def holds_partnership(self, folder: Any) -> bool:
        """None yet."""
        return False

    def strength(self, passphrase: str, *further: Any) -> Any:
        """Strong enough."""
        raise AssertionError("not asked here")

    def create(self, folder: Any, person: FirstPerson, passphrase: str) -> Any:
        """Keep it."""
        self.person = person


def _kept(session: Any, kind: type[Any], field: str) -> list[Any]:
    with session.work.reading() as records:
        found = [getattr(record, field) for record in records.find(kind)]
    return [part for value in found for part in (value if isinstance(value, tuple) else (value,))]


def _new_case(**given: Any) -> case_entry.NewCase:
    texts: dict[str, Any] = {
        "summary": "Oak Way: noise",
        "location": "",
        "ward": "",
        "initials": "",
        "lead_agency": "",
        "lead_officer": "",
        **given,
    }
    return case_entry.NewCase(
        area="Community wellbeing", subject_type=SubjectType.VICTIM, created_on=date(2026, 11, 2), **texts
    )


def _member(name: str, **more: Any) -> Member:
    return Member("", name, "cgl", "", Standing.STANDING, **more)


Entry = tuple[str, Callable[[], Any], Callable[[Any, str], Any], type[Any], str]
ENTRIES: tuple[Entry, ...] = (
    ("agency", partnership, lambda s, n: members.save_agency(s, "", n, "", AgencyKind.OTHER), Agency, "name"),
    (
        "short name",
        partnership,
        lambda s, n: members.save_agency(s, "", "Oak", n, AgencyKind.OTHER),
        Agency,
        "short_name",
    ),
    ("member", partnership, lambda s, n: members.save_member(s, _member(n)), Member, "name"),
    (
        "post",
        partnership,
        lambda s, n: members.save_member(s, replace(_member("Jo Ash"), job_title=n)),
        Member,
        "job_title",
    ),
    (
        "newcomer",
        partnership,
        lambda s, n: sign_in.add_person(
            _signing(s), NOVEMBER, sign_in.NewPerson(n, "New Hope", "", Capacity.OCCASIONAL)
        ),
        Attendance,
        "name",
    ),
    (
        "newcomer's agency",
        partnership,
        lambda s, n: sign_in.add_person(_signing(s), NOVEMBER, sign_in.NewPerson("Jo Ash", n, "", Capacity.OCCASIONAL)),
        Agency,
        "name",
    ),
    ("case title", partnership, lambda s, n: case_entry.enter_case(s, _new_case(summary=n)), Any, "summary"),
    (
        "case officer",
        partnership,
        lambda s, n: case_entry.enter_case(s, _new_case(lead_officer=n)),
        Any,
        "lead_officer",
    ),
    ("room screen title", partnership, lambda s, n: confirm_room_title(s, "turn-6", n), CaseTurn, "room_title"),
    (
        "body",
        partnership,
        lambda s, n: settings.change_settings(s, bodies=(*Settings().bodies, (n, "monthly"))),
        Settings,
        "bodies",
    ),
    ("area", partnership, lambda s, n: settings.change_settings(s, areas=(*Settings().areas, n)), Settings, "areas"),
    ("partnership", partnership, lambda s, n: settings.change_settings(s, partnership=n), Settings, "partnership"),
    (
        "venue",
        partnership,
        lambda s, n: meeting_agenda.change_meeting(
            s, NOVEMBER, MeetingPlan(date(2026, 11, 26), time(14), time(16), n, "hana", "ruth")
        ),
        Meeting,
        "venue",
    ),
    (
        "private register",
        private_session,
        lambda s, n: register.save_member(s, "", n, "CGL", AgencyKind.SUPPORT),
        Member,
        "name",
    ),
    (
        "private agency",
        private_session,
        lambda s, n: register.save_member(s, "", "Jo Ash", n, AgencyKind.SUPPORT),
        Agency,
        "name",
    ),
    (
        "someone joining",
        private_session,
        lambda s, n: room.join(s, crossed_over(s, LEAD), n, "CGL"),
        Attendance,
        "name",
    ),
    ("person", private_session, lambda s, n: people.add(s, n), RoughSleeper, "name"),
    ("alias", private_session, lambda s, n: people.add(s, "Bo Finch", [n]), RoughSleeper, "aliases"),
    (
        "few words",
        private_session,
        lambda s, n: people.save(s, replace(people.people(s)[0].person, headline=n)),
        RoughSleeper,
        "headline",
    ),
    ("private venue", private_session, lambda s, n: agenda.plan(s, DAY, time(15), time(16), n), Meeting, "venue"),
    ("need", private_session, lambda s, n: change_private_settings(s, needs=(n,)), Any, "needs"),
)
BY_ENTRY = pytest.mark.parametrize("entry", ENTRIES, ids=[entry[0] for entry in ENTRIES])


def _signing(session: Any) -> Any:
    with session.work.step("sign-in") as records:
        records.save(replace(records.get(Meeting, NOVEMBER), state=MeetingState.SIGN_IN))
    return session


def _kind(entry: Entry) -> type[Any]:
    if entry[3] is not Any:
        return entry[3]
    from csp_desktop.domain.cases.cases import Case
    from csp_desktop.domain.private.settings import PrivateSettings

    return PrivateSettings if entry[0] == "need" else Case


@BY_ENTRY
def test_names_that_differ_in_their_composition_alone_are_one_name_everywhere(entry: Entry) -> None:
    _, make, enter, _, field = entry
    session = make()
    enter(session, f"  {APART} ")
    kept: list[str] = []
    for value in _kept(session, _kind(entry), field):
        kept += [value] if isinstance(value, str) else value
    assert JOSE in kept and APART not in kept


@BY_ENTRY
@pytest.mark.parametrize("character", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_what_nobody_can_see_in_a_name_is_refused_with_words_everywhere(entry: Entry, character: str) -> None:
    _, make, enter, _, _ = entry
    with pytest.raises(Refused, match=r"(?i)type it again|not an email address"):
        enter(make(), f"José{character} Núñez")


@BY_ENTRY
def test_no_name_is_longer_than_a_heading_holds(entry: Entry) -> None:
    _, make, enter, _, _ = entry
    with pytest.raises(Refused, match=f"is longer than {LONGEST} characters"):
        enter(make(), "José " + "x" * LONGEST)


def test_the_same_person_typed_both_ways_is_on_the_list_already() -> None:
    session = partnership()
    members.save_member(session, _member(JOSE))
    with pytest.raises(Refused, match="already on the list"):
        members.save_member(session, _member(APART))
    with session.work.step("kept apart by 0.1.0") as records:
        records.save(replace(_member(unicodedata.normalize("NFD", "Zoë Ash")), id="zoe"))
    with pytest.raises(Refused, match="already on the list"):
        members.save_member(session, _member("Zoë Ash"))


def test_the_first_start_keeps_its_names_composed(monkeypatch: pytest.MonkeyPatch) -> None:
    vaults: Any = _NoVaults()
    monkeypatch.setattr(unlock, "refuse_passphrase", lambda *given: None)
    person = FirstPerson(*[APART] * 5)
    unlock.found_partnership(vaults, Path("here"), person, "x", "x")
    assert vaults.person == FirstPerson(*[JOSE] * 5)
    with pytest.raises(Refused, match="reverses the reading order"):
        unlock.found_partnership(vaults, Path("here"), replace(person, town="a\u202eb"), "x", "x")


def _table(columns: tuple[str, ...], **cells: str) -> bytes:
    row = [cells.get(column.replace(" ", "_"), "") for column in columns]
    return ("\n".join((",".join(columns), ",".join(row))) + "\n").encode()


CASE = {
    "SN_Reference": "SN-2026-0401",
    "Date_Created": "02/11/2026",
    "Theme": "Community wellbeing",
    "Subject_Type": "Victim",
    "Status": CaseStatus.OPEN.value,
}
IMPORTS: dict[str, tuple[Callable[[str], Any], str]] = {
    "members": (lambda n: read_members(_table(MEMBER_COLUMNS, Name=n, Agency="CGL"), "m.csv"), "name"),
    "agencies": (lambda n: read_members(_table(MEMBER_COLUMNS, Name="Jo Ash", Agency=n), "m.csv"), "agency"),
    "people": (lambda n: read_people(_table(PEOPLE_COLUMNS, Name=n), "p.csv"), "name"),
    "case titles": (lambda n: read_cases(_table(CASE_COLUMNS, Summary=n, **CASE), "c.csv"), "summary"),
    "case officers": (lambda n: read_cases(_table(CASE_COLUMNS, Lead_Officer=n, **CASE), "c.csv"), "lead_officer"),
}


@pytest.mark.parametrize("which", IMPORTS)
def test_imports_keep_names_the_same_way_and_refuse_the_row_with_its_place(which: str) -> None:
    read, field = IMPORTS[which]
    (row,) = read(APART).rows
    assert getattr(row, field) == JOSE
    for character in UNSEEN:
        parsed = read(f"José{character} Núñez")
        (refused,) = parsed.refused
        assert parsed.rows == () and refused.line == 2 and "Type it again" in refused.reason, hex(ord(character))


def test_ordinary_names_of_the_town_pass() -> None:
    for name in ("Seán Ó Súilleabháin", "O’Neill-Łukasik", "Nguyễn Văn An", "Ọ̀gbẹ́ni", "王小明", "محمد", "Zoë  Ash"):
        assert entered(name, "The name") == composed(name)
    assert entered("Jo\tAsh\u00a0Ley", "The name") == "Jo Ash Ley"
