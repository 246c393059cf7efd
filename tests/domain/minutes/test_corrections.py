"""Corrections put into frozen facts."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from csp_desktop.domain.minutes.corrections import corrected, parts, value_of
from csp_desktop.domain.minutes.versions import Correction, CorrectionKind

FACTS: dict[str, Any] = {
    "meeting_id": "m",
    "venue": "Room 1",
    "attendees": [{"id": "a1", "name": "Hana Price"}],
    "cases": [{"id": "t1", "note": "said", "actions": [{"id": "x", "what": "Theme"}]}],
    "actions": [{"id": "x", "what": "Theme"}],
}
AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
CHANGE = Correction("c1", "m", 1, CorrectionKind.CHANGE, "x", "what", "an action", '"Look"', '"Look again"', AT, "Ruth")


def test_what_stands_in_several_lists_is_put_right_in_all_of_them() -> None:
    after = corrected(FACTS, [CHANGE])
    assert [part["what"] for part in parts(after, "x")] == ["Look again", "Look again"]


def test_what_was_frozen_stays_as_it_is() -> None:
    before = json.dumps(FACTS)
    corrected(FACTS, [CHANGE])
    assert json.dumps(FACTS) == before


def test_the_last_of_several_corrections_counts_whatever_order_they_come_in() -> None:
    second = replace(CHANGE, id="c2", number=2, after='"Look twice"')
    assert value_of(corrected(FACTS, [second, CHANGE]), "x", "what") == '"Look twice"'


def test_the_meeting_s_own_id_is_that_of_the_whole_paper() -> None:
    after = corrected(FACTS, [replace(CHANGE, part_id="m", field="venue", after='"Room 2"')])
    assert after["venue"] == "Room 2"


def test_somebody_missed_is_added_and_somebody_wrong_removed() -> None:
    add = replace(
        CHANGE, kind=CorrectionKind.ADD, part_id="a2", field="attendees", after='{"id": "a2", "name": "Tom Ellis"}'
    )
    remove = replace(CHANGE, number=2, kind=CorrectionKind.REMOVE, part_id="a1", field="attendees", after="")
    assert [one["name"] for one in corrected(FACTS, [add, remove])["attendees"]] == ["Tom Ellis"]


def test_a_correction_about_a_part_that_was_erased_changes_nothing() -> None:
    assert corrected(FACTS, [replace(CHANGE, part_id="gone")]) == FACTS


def test_a_field_that_is_not_there_is_no_value() -> None:
    with pytest.raises(KeyError):
        value_of(FACTS, "x", "colour")
