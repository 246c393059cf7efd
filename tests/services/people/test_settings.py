"""The partnership's own numbers, names and texts."""

from datetime import time

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.fields import Number
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.people.settings import AREAS, FIELDS, Settings
from csp_desktop.services.people import settings
from tests.support.fakes import fake_session

WORDING = "I will keep in confidence everything I see, hear or read at this meeting."


@pytest.fixture
def session():
    return fake_session()


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if isinstance(field, Number)], ids=lambda field: field.name
)
def test_every_number_has_its_limits_and_a_sentence_for_them(session, field):
    for value in (field.least, field.most):
        assert getattr(settings.change_settings(session, **{field.name: value}), field.name) == value
        assert session.work.last_step().words == "settings"
    before = settings.settings(session)
    for value in (field.least - 1, field.most + 1):
        with pytest.raises(FieldRefused) as refused:
            settings.change_settings(session, **{field.name: value})
        assert (refused.value.field, refused.value.sentence) == (field.name, field.sentence)
    assert settings.settings(session) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"slot_ends": time(13, 0)},
        {"slot_starts": time(17, 0)},
        {"town": " "},
        {"areas": ()},
        {"areas": (*AREAS, AREAS[0].upper())},
        {"areas": AREAS[:3]},
        {"area_aliases": (("Noise", "No such area"),)},
        {"area_aliases": (("", AREAS[0]),)},
        {"bodies": (("", "weekly"),)},
        {"bodies": (("One Watford", "weekly"),)},
        {"isp_version": ""},
        {"disclosure_basis": "An Act\u200b"},
        {"theme": "mauve"},
        {"agenda_minutes": (("apologies", 181),)},
    ],
    ids=str,
)
def test_what_does_not_hold_together_is_refused_at_its_field_and_nothing_is_saved(session, changes):
    before = settings.settings(session)
    with pytest.raises(FieldRefused) as refused:
        settings.change_settings(session, **changes)
    assert refused.value.field in changes
    assert settings.settings(session) == before


def test_an_area_called_something_else_takes_its_other_names_along(session):
    after = settings.change_settings(session, areas=(*AREAS[:3], "Youth violence", *AREAS[4:]))
    assert after.area_aliases == (("Youth violence and VAWG", "Youth violence"),)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"area_aliases": (("Noise", "Parking"),)}, "area_aliases"),
        ({"areas": ("Parking", "Litter")}, "areas"),
    ],
)
def test_another_name_that_leads_nowhere_is_refused_at_what_was_changed(session, changes, field):
    with pytest.raises(FieldRefused) as refused:
        settings.change_settings(session, **changes)
    assert refused.value.field == field
    assert refused.value.sentence.endswith("which is not an area of work here. Change that first.")


def test_what_no_longer_holds_in_an_old_file_is_in_the_way_of_nothing_else(session):
    with session.work.step("a file of long ago", undoable=False, of_held=True) as records:
        records.save(Settings(town="", area_aliases=(("Noise", "No such area"),), slot_ends=time(13, 0)))
    assert settings.change_settings(session, text_size=150).text_size == 150


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
