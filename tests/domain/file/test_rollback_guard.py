"""An older copy of the file is known by what this computer last saw, and a wrong clock by the newest entry."""

from datetime import UTC, datetime, timedelta

import pytest

from csp_desktop.domain.file.backup_settings import SafekeepingRules
from csp_desktop.domain.file.rollback_guard import OlderCopy, Seen, clock_doubt, judge

AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
SEEN = Seen(4, 812, "f" * 16, AT)
NEWEST = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("generation", "number", "stands", "older", "another_way"),
    [
        (4, 812, True, False, False),
        (5, 900, True, False, False),
        (3, 812, True, True, False),  # a header from before
        (3, 900, True, True, False),
        (4, 811, False, True, False),  # the entry is gone
        (4, 812, False, True, True),  # as many entries, but others
        (5, 900, False, True, True),
        (3, 900, False, True, False),
        (5, 811, False, True, False),
    ],
)
def test_a_file_behind_what_was_seen_or_gone_another_way_is_told(
    generation: int, number: int, stands: bool, older: bool, another_way: bool
) -> None:
    found = judge(SEEN, generation, number, stands)
    assert found == (OlderCopy(SEEN, number, another_way) if older else None)


def test_where_nothing_was_seen_nothing_is_said() -> None:
    assert judge(None, 0, 0, stands=False) is None


def test_an_older_copy_says_when_a_newer_one_was_seen_and_how_many_entries_are_missing() -> None:
    older = OlderCopy(SEEN, 700)
    assert older.sentence == "This is an older copy than this computer last saw (Fri 20 Nov 2026, 09:05)."
    assert (older.missing, OlderCopy(SEEN, 900).missing, OlderCopy(SEEN, 812).missing) == (112, 0, 0)
    other = OlderCopy(SEEN, 900, another_way=True)
    assert other.sentence == "This is another copy than this computer last saw (Fri 20 Nov 2026, 09:05)."


@pytest.mark.parametrize(
    ("off", "wrong"),
    [
        (timedelta(), ""),
        (-timedelta(minutes=5), ""),
        (-timedelta(minutes=5, seconds=1), "behind it"),
        (timedelta(days=400), ""),
        (timedelta(days=400, seconds=1), "more than a year after it"),
    ],
)
def test_a_clock_far_from_the_newest_entry_is_doubted(off: timedelta, wrong: str) -> None:
    said = clock_doubt(NEWEST + off, NEWEST)
    assert bool(said) == bool(wrong) and said.endswith(f"the clock is {wrong}." if wrong else "")


def test_the_doubt_says_both_times_as_they_are_at_the_table() -> None:
    assert clock_doubt(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), NEWEST) == (
        "This computer's clock says Wed 1 Jul 2026, 00:30. The newest entry in the file is of Wed 1 Jul 2026, "
        "13:00: the clock is behind it."
    )


def test_a_file_without_entries_doubts_no_clock() -> None:
    assert clock_doubt(NEWEST, None) == ""


def test_backups_are_made_after_meetings_and_a_dozen_stay_until_somebody_says_otherwise() -> None:
    rules = SafekeepingRules()
    assert (rules.folder, rules.kept, rules.after_meetings, rules.trial_days, rules.quiet_days) == (
        "",
        12,
        True,
        90,
        31,
    )
