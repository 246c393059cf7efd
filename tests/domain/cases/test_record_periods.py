"""Each kind of record has years of its own in the settings, and a person decides about what is past them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.record_periods import (
    PERIODS,
    RecordDecision,
    RecordKept,
    deletion,
    keep,
    period_of,
    standing_keep,
)
from csp_desktop.domain.cases.retention import RetentionField
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.people.settings import FIELDS, Settings

TODAY = date(2033, 3, 1)
KEPT = RecordDecision("k", "october", RecordKept.COMMENTS, "a court asked", "Ruth Coyle", TODAY, 3, date(2034, 3, 1))


def test_every_kind_has_one_row_and_its_years_are_a_setting_on_the_page() -> None:
    assert [period.kind for period in PERIODS] == list(RecordKept)
    assert [period.setting for period in PERIODS] == [field.name for field in FIELDS if field.section == "records"]
    years = {period.kind: getattr(Settings(), period.setting) for period in PERIODS}
    assert list(years.values()) == [6, 6, 1, 6]


def test_they_are_kept_until_a_day_to_come_and_its_last_day_still_counts() -> None:
    made = keep("october", RecordKept.MINUTES, "a complaint", TODAY + timedelta(days=1), "Ruth Coyle", TODAY, 1)
    assert made.keeps(TODAY) and made.keeps(TODAY + timedelta(days=1)) and not made.keeps(TODAY + timedelta(days=2))
    with pytest.raises(FieldRefused, match="Give a date in the future") as refused:
        keep("october", RecordKept.MINUTES, "a complaint", TODAY, "Ruth Coyle", TODAY, 1)
    assert refused.value.field == RetentionField.UNTIL
    with pytest.raises(FieldRefused, match="Say why they are kept longer"):
        keep("october", RecordKept.MINUTES, " ", TODAY + timedelta(days=1), "Ruth Coyle", TODAY, 1)


def test_of_several_decisions_the_longest_stands_and_a_deletion_keeps_nothing() -> None:
    shorter, over = replace(KEPT, id="s", until=date(2033, 4, 1)), replace(KEPT, id="o", until=date(2033, 2, 28))
    assert standing_keep([shorter, KEPT, over], TODAY) == KEPT
    assert standing_keep([over, replace(KEPT, until=None)], TODAY) is None


def test_minutes_are_not_deleted_and_the_sentence_says_why() -> None:
    kind = RecordKept.MINUTES
    with pytest.raises(Refused, match="are not deleted here"):
        deletion("october", kind, "its years are over", "Ruth Coyle", TODAY, 1, None)
    assert period_of(kind).stays


def test_what_is_kept_longer_is_not_deleted_and_a_deletion_needs_a_reason() -> None:
    with pytest.raises(Refused, match="to be kept until Wed 1 Mar 2034"):
        deletion("october", RecordKept.COMMENTS, "its year is over", "Ruth Coyle", TODAY, 3, KEPT)
    with pytest.raises(FieldRefused, match="Say why they are deleted"):
        deletion("october", RecordKept.COMMENTS, "no", "Ruth Coyle", TODAY, 3, None)
    made = deletion("october", RecordKept.COMMENTS, "its year is over", "Ruth Coyle", TODAY, 3, None)
    assert (made.until, made.count, made.reason) == (None, 3, "its year is over")
