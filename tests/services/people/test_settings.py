"""The partnership's own numbers, names and texts."""

from datetime import time

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.people.settings import AREAS
from csp_desktop.services.people import settings
from tests.support.fakes import fake_session

WORDING = "I will keep in confidence everything I see, hear or read at this meeting."


@pytest.fixture
def session():
    return fake_session()


@pytest.mark.parametrize("name", sorted(settings.LIMITS))
def test_every_number_has_its_limits_and_a_sentence_for_them(session, name):
    least, most, sentence = settings.LIMITS[name]
    for value in (least, most):
        assert getattr(settings.change_settings(session, **{name: value}), name) == value
    before = settings.settings(session)
    for value in (least - 1, most + 1):
        with pytest.raises(Refused) as refused:
            settings.change_settings(session, **{name: value})
        assert refused.value.sentence == sentence
    assert settings.settings(session) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"slot_ends": time(13, 0)},
        {"town": " "},
        {"areas": ()},
        {"areas": (*AREAS, AREAS[0].upper())},
        {"area_aliases": (("Noise", "No such area"),)},
        {"area_aliases": (("", AREAS[0]),)},
        {"bodies": (("", "weekly"),)},
        {"isp_version": ""},
        {"theme": "mauve"},
        {"agenda_minutes": (("apologies", 181),)},
    ],
)
def test_what_does_not_hold_together_is_refused_and_nothing_is_saved(session, changes):
    before = settings.settings(session)
    with pytest.raises(Refused):
        settings.change_settings(session, **changes)
    assert settings.settings(session) == before


def test_a_new_wording_is_a_new_version_and_illustrative_until_confirmed(session):
    settings.new_clause_version(session, ClauseKind.MEMBER, WORDING)
    second = settings.new_clause_version(session, ClauseKind.MEMBER, WORDING + " Always.")
    (row,) = settings.clauses(session)
    assert [clause.version for clause in row.versions] == [2, 1]
    assert row.versions[0].illustrative
    confirmed = settings.confirm_clause(session, second.id)
    assert (confirmed.confirmed_by, confirmed.illustrative) == (session.user_name, False)


def test_only_the_chair_confirms_a_wording():
    session = fake_session(roles=frozenset({Role.MINUTE_TAKER}))
    clause = settings.new_clause_version(session, ClauseKind.MEMBER, WORDING)
    with pytest.raises(NotAllowed, match="Only the chair"):
        settings.confirm_clause(session, clause.id)


def test_the_wording_in_force_or_a_scrap_is_no_new_version(session):
    settings.new_clause_version(session, ClauseKind.MEMBER, WORDING)
    for text in (WORDING, "Be quiet."):
        with pytest.raises(Refused):
            settings.new_clause_version(session, ClauseKind.MEMBER, text)
