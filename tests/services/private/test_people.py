"""People as New Hope keeps them: nobody entered twice, nothing dated ahead, and who is involved decides who hears."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, NotFound, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.private.people import (
    Involvement,
    InvolvementField,
    Label,
    Offer,
    OfferAnswer,
    PersonField,
    RoughSleeper,
    Sighting,
    SightingField,
)
from csp_desktop.exchange.likeness import likeness
from csp_desktop.services.private import people
from csp_desktop.services.session import Session
from tests.support.private_session import DAY, begun, member_named, private_session

TOMORROW = DAY + timedelta(days=1)
JOY, EWA, SARA = "Joy Okafor", "Ewa Lukasik", "PC Sara Lyle"
SEEN = Sighting("", "kit", DAY, "the  bridge ", " Joy  O", True)


@pytest.fixture
def session() -> Session:
    return private_session()


def person(session: Session, name: str = "Kit Barlow") -> RoughSleeper:
    return next(line.person for line in people.people(session, with_former=True) if line.person.name == name)


def kept(session: Session, kind: type[Any], **equals: Any) -> list[Any]:
    with session.work.reading() as records:
        return list(records.find(kind, **equals))


def save(session: Session, *changed: Any) -> None:
    with session.work.step("changed") as records:
        for record in changed:
            records.save(record)


def scored(key: str, days_ago: int, total: int = 20) -> Assessment:
    on = DAY - timedelta(days=days_ago)
    return Assessment(key, "", on, "Ravi", "m", "1", (), total, total, Band.MEDIUM)


def refused_at(act: Any) -> str:
    with pytest.raises(FieldRefused) as refused:
        act()
    return refused.value.field


def test_a_sighting_is_kept_in_plain_words_and_told(session: Session) -> None:
    made = people.note_sighting(session, replace(SEEN, person_id=person(session).id))
    assert (made.where, made.by, bool(made.id)) == ("the bridge", "Joy O", True)
    corrected = people.note_sighting(session, replace(made, where="the park"))
    assert kept(session, Sighting) == [corrected] and corrected.id == made.id
    line = people.people(session)[0]
    assert (line.seen, line.seen_words, line.label) == (corrected, "today", Label.NEW)


def test_a_sighting_cannot_lie_ahead_and_says_where(session: Session) -> None:
    assert refused_at(lambda: people.note_sighting(session, replace(SEEN, on=TOMORROW))) == SightingField.DAY
    assert refused_at(lambda: people.note_sighting(session, replace(SEEN, where="  "))) == SightingField.WHERE
    with pytest.raises(FieldRefused, match=r"^Say where the person was seen\.$"):
        people.note_sighting(session, replace(SEEN, where=""))
    assert kept(session, Sighting) == []


def test_an_offer_is_answered_today_unless_another_day_is_given(session: Session) -> None:
    offered = Offer("", "kit", DAY - timedelta(days=3), " a   bed", "Joy")
    open_offer = people.offer(session, offered)
    assert (open_offer.what, open_offer.answered_on) == ("a bed", None)
    declined = people.offer(session, replace(open_offer, answer=OfferAnswer.DECLINED))
    assert declined.id == open_offer.id and declined.answered_on == DAY
    earlier = people.offer(session, replace(declined, answered_on=DAY - timedelta(days=1)))
    assert earlier.answered_on == DAY - timedelta(days=1) and kept(session, Offer) == [earlier]


def test_an_offer_says_what_and_does_not_lie_ahead(session: Session) -> None:
    with pytest.raises(Refused, match="what was offered"):
        people.offer(session, Offer("", "kit", DAY, " ", "Joy"))
    with pytest.raises(Refused, match="cannot be in the future"):
        people.offer(session, Offer("", "kit", TOMORROW, "a bed", "Joy"))
    assert kept(session, Offer) == [] and people.offer(session, Offer("", "kit", DAY, "a bed", "Joy")).on == DAY


def test_a_worker_is_involved_once_from_a_day_that_has_come_and_in_something(session: Session) -> None:
    kit, sara = person(session).id, member_named(session, SARA).id

    def involve(since: date = DAY, what: str = " key   worker") -> Involvement:
        return people.involve(session, kit, sara, since, what)

    assert refused_at(lambda: involve(since=TOMORROW)) == InvolvementField.SINCE
    assert refused_at(lambda: involve(what=" ")) == InvolvementField.WHAT
    made = involve()
    assert (made.person_id, made.member_id, made.since, made.what, made.until) == (kit, sara, DAY, "key worker", None)
    assert refused_at(involve) == InvolvementField.MEMBER
    save(session, replace(made, since=DAY - timedelta(days=9), until=DAY - timedelta(days=2)))
    assert involve().id != made.id
    with pytest.raises(NotFound):
        people.involve(session, kit, "nobody", DAY, "key worker")
    with pytest.raises(NotAllowed):
        people.involve(replace(session, roles=frozenset({Role.CHAIR})), kit, sara, DAY, "key worker")


def test_who_is_no_longer_involved_was_until_yesterday_and_who_began_today_never_was(session: Session) -> None:
    kit = person(session)
    (worker,) = people.page(session, kit.id).workers
    people.end_involvement(session, worker.involvement.id)
    assert people.page(session, kit.id).workers == () and kept(session, Involvement, person_id=kit.id) == []
    since = people.involve(session, kit.id, worker.member.id, DAY - timedelta(days=1), "key worker")
    assert people.end_involvement(session, since.id).until == DAY - timedelta(days=1)
    assert kept(session, Involvement, id=since.id) == [replace(since, until=DAY - timedelta(days=1))]
    with pytest.raises(NotAllowed):
        people.end_involvement(replace(session, roles=frozenset({Role.CHAIR})), since.id)


def test_the_list_shows_each_person_with_the_newest_score_and_the_workers_of_now(session: Session) -> None:
    kit = person(session)
    save(
        session,
        replace(scored("new", 1, 31), person_id=kit.id),
        replace(scored("old", 40, 12), person_id=kit.id),
    )
    people.involve(session, kit.id, member_named(session, EWA).id, DAY, "shelter")
    line, *others = people.people(session)
    assert line.latest is not None and (line.latest.total, line.workers) == (31, 2)
    assert [(one.latest, one.seen_words, one.workers) for one in others] == [(None, "not seen yet", 1)] * 2
    assert [one.person.number for one in people.people(session)] == [1, 2, 3]


def test_somebody_about_whom_something_is_overdue_stands_first_with_how_many_days(session: Session) -> None:
    kit, _, other = (line.person for line in people.people(session))
    due = DAY - timedelta(days=3)
    save(session, Action("a", "old", 1, "see the vet", "", due, DAY - timedelta(days=28), case_id=other.id))
    first = people.people(session)[0]
    assert (first.person, first.actions_overdue, first.days_overdue) == (other, 1, 3)
    save(session, replace(scored("old", 400), person_id=kit.id))
    first = people.people(session)[0]
    assert first.person == kit and first.score_overdue == first.days_overdue > 300


@pytest.mark.parametrize("text", ["kit", " BARLOW", "k.b", "kb", "rs-001", "birdie", ""])
def test_somebody_is_found_by_name_initials_reference_or_other_name(session: Session, text: str) -> None:
    people.save(session, replace(person(session), aliases=("Birdie",)))
    found = [line.person.name for line in people.people(session, text)]
    assert found[0] == "Kit Barlow" and len(found) == (1 if text else 3)


def test_who_came_off_the_list_is_found_only_among_the_former(session: Session) -> None:
    people.save(session, replace(person(session, "Dana Wells"), on_list=False))
    assert [line.person.name for line in people.people(session)] == ["Kit Barlow", "Sol Marsh"]
    assert [line.person.name for line in people.people(session, with_former=True)][1] == "Dana Wells"


def test_a_page_has_what_is_known_the_newest_first_and_scores_the_oldest_first(session: Session) -> None:
    kit = person(session).id
    for days, hour in ((40, ""), (1, "02:00"), (1, "23:00")):
        people.note_sighting(
            session, replace(SEEN, person_id=kit, on=DAY - timedelta(days=days), hour=hour, where="the park")
        )
        people.offer(session, Offer("", kit, DAY - timedelta(days=days), f"a bed {hour}", "Joy"))
    save(session, replace(scored("new", 1), person_id=kit), replace(scored("old", 40), person_id=kit))
    page = people.page(session, kit)
    assert [(DAY - seen.on).days for seen in page.sightings] == [1, 1, 40] and page.sightings[0].hour == "23:00"
    assert [offer.what for offer in page.offers][-1] == "a bed" and page.nights == 1
    assert [mark.id for mark in page.assessments] == ["old", "new"] and page.label is Label.KNOWN
    (worker,) = page.workers
    assert (worker.member.name, worker.agency.name) == (JOY, "Community Mental Health Team")


def test_workers_stand_by_how_long_they_have_been_involved(session: Session) -> None:
    kit = person(session).id
    people.involve(session, kit, member_named(session, EWA).id, DAY - timedelta(days=90), "shelter")
    assert [worker.member.name for worker in people.page(session, kit).workers] == [EWA, JOY]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("Kit Barlow",), "the same name"),
        (("kit  BARLOW",), "the same name"),
        (("Barlow Kit",), "the same names in another order"),
        (("Kit Barlo",), "a name like “Kit Barlow”"),
        (("Sam Twig", "birdie"), "an alias"),
        (("Kim Barr",), ""),
        ((" ",), ""),
    ],
)
def test_a_name_that_may_be_somebody_kept_says_why(session: Session, typed: tuple[str, ...], why: str) -> None:
    kit = replace(person(session), aliases=("Birdie",))
    assert people.why_alike(typed, kit, likeness) == why
    people.save(session, kit)
    assert [(one.person.id, one.why) for one in people.alike(session, typed[0], typed[1:])] == (
        [(kit.id, why)] if why else []
    )
    assert people.alike(session, typed[0], typed[1:], but=kit.id) == ()


def test_nobody_is_entered_twice_unless_the_lead_says_it_is_another(session: Session) -> None:
    assert refused_at(lambda: people.add(session, "Barlow Kit")) == PersonField.NAME
    with pytest.raises(FieldRefused, match="RS-001 has the same names in another order"):
        people.add(session, "Barlow Kit")
    made = people.add(session, " Barlow  Kit ", ["Birdie"], although_alike=True)
    assert (made.number, made.name, made.initials, made.aliases, made.entered_on) == (
        4,
        "Barlow Kit",
        "B.K.",
        ("Birdie",),
        DAY,
    )
    with pytest.raises(NotAllowed):
        people.add(replace(session, roles=frozenset({Role.CHAIR})), "Somebody Else")


def test_a_number_once_given_is_never_given_again(session: Session) -> None:
    save(session, Disposal("d", "RS-009", DAY, DAY, 6, session.now(), "Ravi", "due", (), 9))
    assert people.add(session, "Ines Vale").number == 10
    with session.work.reading() as records:
        assert people.last_number(records) == 10
    empty = private_session()
    for one in kept(empty, RoughSleeper):
        with empty.work.step("gone") as records:
            records.remove(one)
    assert people.add(empty, "Ines Vale").number == 1


def test_a_change_is_kept_as_it_may_be_and_of_nobody_who_is_gone(session: Session) -> None:
    kit = person(session)
    assert people.save(session, replace(kit, name=" Kit   Barlow-Hill ")).name == "Kit Barlow-Hill"
    with pytest.raises(NotFound):
        people.save(session, replace(kit, id="gone"))
    with pytest.raises(NotAllowed):
        people.save(replace(session, roles=frozenset({Role.CHAIR})), kit)


def test_while_a_session_runs_nobody_is_listed_opened_or_compared(session: Session) -> None:
    kit = person(session).id
    begun(session, "Ravi Nair", SARA)
    for act in (
        lambda: people.people(session),
        lambda: people.page(session, kit),
        lambda: people.alike(session, "Kit"),
        lambda: people.add(session, "Ines Vale"),
    ):
        with pytest.raises(Refused, match="session is in progress"):
            act()
