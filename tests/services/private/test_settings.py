"""The private meeting's own numbers, words and lists."""

from dataclasses import replace

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed
from csp_desktop.domain.common.fields import Number
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.private.settings import FIELDS
from csp_desktop.services.private.settings import change_private_settings, private_settings
from tests.support.private_session import private_session


@pytest.fixture
def session():
    return private_session()


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if isinstance(field, Number)], ids=lambda field: field.name
)
def test_every_number_has_its_limits_and_a_sentence_for_them(session, field):
    change_private_settings(session, new_within_days=1, returning_after_days=730)
    before = private_settings(session)
    for value in (field.least - 1, field.most + 1):
        with pytest.raises(FieldRefused) as refused:
            change_private_settings(session, **{field.name: value})
        assert (refused.value.field, refused.value.sentence) == (field.name, field.sentence)
    assert private_settings(session) == before
    for value in (field.least, field.most):
        assert getattr(change_private_settings(session, **{field.name: value}), field.name) == value


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"returning_after_days": 20}, "more days than"),
        ({"new_within_days": 200}, "more days than"),
        ({"marking": " "}, "cannot be empty"),
        ({"marking": "OFFICIAL\u200b"}, "a zero-width space"),
        ({"needs": ("Drugs", "drugs")}, "is listed twice"),
        ({"needs": (("Drugs",), ("drugs ",))}, "is listed twice"),
        ({"winter_protocol_note": "a" * 241}, "longer than 240 characters"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_saved(session, changes, words):
    before = private_settings(session)
    with pytest.raises(FieldRefused, match=words) as refused:
        change_private_settings(session, **changes)
    assert refused.value.field in changes
    assert private_settings(session) == before


def test_only_lead_and_deputy_change_them():
    session = private_session(roles=frozenset({Role.NEW_HOPE_DEPUTY}))
    assert change_private_settings(session, person_minutes=5).person_minutes == 5
    with pytest.raises(NotAllowed, match="Only the New Hope lead or the New Hope deputy"):
        change_private_settings(replace(session, roles=frozenset({Role.ADMINISTRATOR})), person_minutes=5)
