"""Cases that belong together: linked both ways, proposed where they look alike, unlinked with a reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.domain.cases.case_links import CaseLink, LinkField, LinkKind
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.services.cases.case_entry import enter_case, set_reference
from csp_desktop.services.cases.case_links import LinkedCaseRow, link_cases, links_in, offered_links, unlink_cases
from csp_desktop.services.session import Session
from tests.services.cases.test_cases import NEW, case_of
from tests.support.case_files import NOVEMBER, OCTOBER, make_file, opened

ONE, OTHER = "SN-2026-069502", "SN-2026-047400"


@pytest.fixture(scope="module")
def both_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("links") / "records.db", OCTOBER, NOVEMBER)


@pytest.fixture
def session(both_exports: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(both_exports, tmp_path / "records.db") as made:
        yield made


def ids(session: Session) -> tuple[str, str]:
    return case_of(session, ONE).id, case_of(session, OTHER).id


def links(session: Session, case_id: str) -> tuple[LinkedCaseRow, ...]:
    with session.work.reading() as records:
        return links_in(records, case_id)


@pytest.mark.parametrize("kind", LinkKind)
def test_linked_cases_stand_side_by_side_both_ways(session: Session, kind: LinkKind) -> None:
    one, other = ids(session)
    link_cases(session, one, other, kind)
    assert [(row.case.id, row.link.kind) for row in links(session, one)] == [(other, kind)]
    assert [(row.case.id, row.link.kind) for row in links(session, other)] == [(one, kind)]
    assert links(session, other)[0].words.startswith(f"{ONE}, ")


@pytest.mark.parametrize("turned", [False, True])
def test_a_case_is_linked_once_and_never_with_itself(session: Session, turned: bool) -> None:
    one, other = ids(session)
    link_cases(session, one, other, LinkKind.PLACE)
    for pair in ((one, one), (other, one) if turned else (one, other), (one, "")):
        with pytest.raises(FieldRefused) as refused:
            link_cases(session, *pair, LinkKind.DISPUTE)
        assert refused.value.field == LinkField.OTHER


def test_it_is_unlinked_with_a_reason_and_may_be_linked_anew(session: Session) -> None:
    one, other = ids(session)
    link = link_cases(session, one, other, LinkKind.PERSON)
    with pytest.raises(FieldRefused) as refused:
        unlink_cases(session, link.id, " ")
    assert refused.value.field == LinkField.REASON
    ended = unlink_cases(session, link.id, "Two people of the same initials")
    assert (ended.ended_by, ended.reason) == (session.user_name, "Two people of the same initials")
    assert links(session, one) == ()
    link_cases(session, other, one, LinkKind.DISPUTE)
    assert len(links(session, one)) == 1


def test_linking_is_undone_like_every_step(session: Session) -> None:
    one, other = ids(session)
    link_cases(session, one, other, LinkKind.PLACE)
    session.work.undo()
    assert links(session, other) == ()


def test_what_looks_like_the_case_is_proposed_until_it_is_linked(session: Session) -> None:
    one = case_of(session, ONE)
    twin = enter_case(session, replace(NEW, location=one.location, initials="QQ"))
    offered = offered_links(session, one.id)
    assert [(each.case_id, each.kind) for each in offered if each.case_id == twin.id] == [(twin.id, LinkKind.PLACE)]
    link_cases(session, one.id, twin.id, LinkKind.PLACE)
    assert twin.id not in [each.case_id for each in offered_links(session, one.id)]


def test_a_case_to_link_is_found_by_its_words(session: Session) -> None:
    one, other = ids(session)
    assert [each.case_id for each in offered_links(session, one, OTHER)] == [other]
    assert offered_links(session, other, OTHER) == ()


def test_a_case_by_hand_that_safety_net_shows_too_takes_its_links_along(session: Session) -> None:
    one, other = ids(session)
    by_hand = enter_case(session, NEW)
    link_cases(session, by_hand.id, other, LinkKind.DISPUTE)
    link_cases(session, by_hand.id, one, LinkKind.PLACE)
    set_reference(session, by_hand.id, ONE)
    assert [row.case.id for row in links(session, one)] == [other]
    with session.work.reading() as records:
        assert not records.find(CaseLink, case_id=by_hand.id)
        assert not records.find(Case, id=by_hand.id)


def test_links_say_the_day_and_who(session: Session) -> None:
    one, other = ids(session)
    link = link_cases(session, one, other, LinkKind.PLACE)
    assert (link.on, link.by) == (date(2026, 11, 23), session.user_name)
