"""Every kind of record of both files has a period, goes with its case or person, or a sentence says why it has none."""

from typing import Any

import pytest

from csp_desktop.services.cases.record_kinds import WITHOUT_PERIOD, how_long, schedule
from csp_desktop.services.cases.subject import CASES
from csp_desktop.services.file import record_labels
from csp_desktop.services.people.settings import change_settings
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.private.subject import PEOPLE
from csp_desktop.store import aggregates
from csp_desktop.store.private.tables import PRIVATE
from csp_desktop.store.tables import CPG, Schema
from tests.support.fakes import fake_session

FILES = [(CASES, CPG), (PEOPLE, PRIVATE)]


@pytest.mark.parametrize(("subject", "schema"), FILES)
def test_each_kind_of_record_has_a_period_or_a_sentence_saying_why_none(subject: Subject, schema: Schema) -> None:
    told = {kind.__name__: how_long(subject, kind) for kind in schema.register}
    assert {name for name, words in told.items() if not words.endswith(".")} == set()


@pytest.mark.parametrize(("subject", "schema"), FILES)
def test_none_is_told_of_that_the_file_does_not_hold(subject: Subject, schema: Schema) -> None:
    told: set[type[Any]] = {*subject.by_period, *subject.without_period, *subject.names, *WITHOUT_PERIOD}
    assert told <= set(schema.register)
    assert not {*subject.by_period, *subject.names} & {*subject.without_period, *WITHOUT_PERIOD}


def test_the_schedule_names_each_kind_once_with_the_years_as_they_are_set() -> None:
    session = fake_session()
    change_settings(session, comments_years=3)
    lines = schedule(session)
    assert any(
        line.startswith("Comment on the minutes: 3 years after the meeting. Comments from those") for line in lines
    )
    assert sum("Copy of the minutes" in line for line in lines) == 1
    assert any(line.endswith(": Deleted with its case.") and "Disclosure" in line for line in lines)


def test_every_word_for_a_kind_of_record_belongs_to_a_kind_there_is() -> None:
    kinds = {kind.__name__ for schema in (CPG, PRIVATE) for kind in schema.register}
    assert {*record_labels.RECORDS, *aggregates.WORDS} - kinds == set()


PLAIN = {"Action", "Agency", "Attendance", "Case", "Meeting", "Offer", "Settings", "Sighting", "User"}


@pytest.mark.parametrize("schema", [CPG, PRIVATE])
def test_no_kind_of_record_is_called_by_a_word_of_the_program(schema: Schema) -> None:
    names = {kind.__name__ for kind in schema.register if not hasattr(kind, "called")}
    assert names - {*record_labels.RECORDS} <= PLAIN | {"PrivateSettings", "Settings"}
    said = {record_labels.record_word(kind) for kind in schema.register}
    assert not {
        word for word in said if any(odd in word for odd in ("crossing", "Crossing", "Frozen", "Case look", "Released"))
    }
