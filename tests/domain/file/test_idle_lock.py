"""When an unattended program locks."""

from datetime import timedelta

from csp_desktop.domain.file.idle_lock import Idle, is_warned, until_lock

TEN = timedelta(minutes=10)


def idle(wall: float, steady: float | None = None) -> Idle:
    return Idle(timedelta(minutes=wall), timedelta(minutes=wall if steady is None else steady))


def test_it_locks_when_the_time_is_over_and_not_before() -> None:
    assert until_lock(idle(9.9), TEN) > timedelta(0)
    assert until_lock(idle(10), TEN) == timedelta(0)


def test_the_minute_before_is_warned_of() -> None:
    assert [is_warned(until_lock(idle(minutes), TEN), TEN) for minutes in (8, 8.9, 9, 9.9)] == [
        False,
        False,
        True,
        True,
    ]


def test_of_a_single_minute_the_last_third_is_warned_of() -> None:
    one = timedelta(minutes=1)
    assert [is_warned(until_lock(idle(minutes), one), one) for minutes in (0.1, 0.6, 0.7)] == [False, False, True]


def test_a_clock_put_back_gives_nobody_more_time() -> None:
    assert until_lock(idle(0.5, 1.2), TEN) == TEN - timedelta(minutes=1.2)
    assert until_lock(idle(-60, 2), TEN) == timedelta(0)


def test_a_clock_put_forward_and_a_sleep_lock() -> None:
    assert until_lock(idle(4, 0.1), TEN) == timedelta(0)


def test_a_clock_set_right_by_seconds_is_no_reason() -> None:
    assert until_lock(idle(0.2, 0.1), TEN) > timedelta(0)
