"""From a factor to a task, and back: did it fall. Points of different versions of a matrix are never compared."""

from dataclasses import replace
from datetime import date

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.factor_tasks import (
    Came,
    FactorNow,
    FactorThen,
    Fall,
    fall_of,
    fell_without_task,
    for_factor,
    since,
    what_moved_it,
)
from csp_desktop.domain.cases.risk_matrix import BandRule, Factor, Matrix, Option
from csp_desktop.domain.meeting.actions import Action, ActionState, factor_words

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 20), date(2026, 11, 20), date(2026, 12, 18)
OPTIONS = tuple(Option(str(n), f"level {n}", n) for n in range(5))
MATRIX = Matrix(
    "Example",
    "nobody",
    "1",
    date(2026, 1, 1),
    True,
    tuple(Factor(key, f"Factor {key}", "g", OPTIONS) for key in ("a", "b", "c", "d")),
    (BandRule(Band.STANDARD, 0, 90),),
)
MATRICES = {"m1": MATRIX}


def made(on, matrix="m1", **answers):
    total = sum(int(value) for value in answers.values())
    return CaseAssessment(
        f"{matrix}{on}", "oak", on, "Ruth", matrix, matrix, tuple(answers.items()), total, total, Band.HIGH
    )


def task(factor="a", state=ActionState.OPEN, agreed=OCTOBER, closed=None, points=3):
    action = Action(f"x{factor}", "m", 1, "Visit", "dan", DECEMBER, agreed, "oak", state=state, closed_on=closed)
    return for_factor(action, FactorThen(factor, f"Factor {factor}", points, "m1"))


def test_an_action_carries_the_factor_and_its_points_at_that_time():
    action = task("b", points=4)
    assert (action.factor, action.factor_label, action.factor_points, action.matrix_id) == ("b", "Factor b", 4, "m1")
    assert factor_words(action) == "to reduce “Factor b”, 4 points then"
    assert factor_words(replace(action, factor_points=1)).endswith("1 point then")
    assert factor_words(replace(action, factor_label="")) == ""


def test_whether_a_factor_fell_is_told_by_an_assessment_made_after_the_task():
    done = task("a", ActionState.DONE, closed=date(2026, 11, 10))
    assert since(done, [made(OCTOBER, a="3")], MATRICES) is None, "it was the one the task came from"
    assert since(done, [made(date(2026, 11, 9), a="1")], MATRICES) is None, "the task was not done yet"
    now = since(done, [made(NOVEMBER, a="1"), made(OCTOBER, a="3")], MATRICES)
    assert now == FactorNow(1, NOVEMBER) and fall_of(done, now) is Fall.FELL
    assert fall_of(done, FactorNow(3, NOVEMBER)) is Fall.STAYED
    assert fall_of(done, None) is Fall.UNKNOWN
    assert since(done, [made(NOVEMBER, b="1")], MATRICES) is None, "it was not answered"
    assert since(done, [made(NOVEMBER, "m2", a="1")], {**MATRICES, "m2": MATRIX}) is None, "another version"


def test_what_moved_it_is_told_per_factor_with_the_tasks_that_were_meant_to():
    earlier, later = made(OCTOBER, a="3", b="3", c="2", d="2"), made(NOVEMBER, a="1", b="3", c="4", d="1")
    actions = [
        task("a", ActionState.DONE, closed=date(2026, 11, 1)),
        task("b", ActionState.DONE, closed=date(2026, 11, 2)),
        task("c", ActionState.NOT_DONE, closed=date(2026, 11, 3)),
    ]
    rows = {row.key: row for row in what_moved_it(MATRIX, earlier, later, actions)}
    assert list(rows) == ["c", "a", "d", "b"], "the largest change first, what rose before what fell"
    told = {key: (row.before, row.now, row.change, row.came) for key, row in rows.items()}
    assert told == {
        "c": (2, 4, 2, Came.NOT_DONE),
        "a": (3, 1, -2, Came.DONE_FELL),
        "d": (2, 1, -1, Came.FELL_ALONE),
        "b": (3, 3, 0, Came.DONE_STAYED),
    }
    assert sum(row.change or 0 for row in rows.values()) == later.total - earlier.total


def test_a_task_done_after_the_assessment_is_not_judged_by_it():
    earlier, later = made(OCTOBER, a="3"), made(NOVEMBER, a="1")
    (row,) = what_moved_it(MATRIX, earlier, later, [task("a", ActionState.DONE, closed=date(2026, 11, 25))])
    assert row.came is Came.DONE_UNKNOWN
    (row,) = what_moved_it(MATRIX, earlier, later, [task("a", agreed=NOVEMBER)])
    assert row.tasks == () and row.coming and row.came is Came.OPEN_FELL
    (row,) = what_moved_it(MATRIX, earlier, later, [task("a", ActionState.DONE, date(2026, 9, 1), date(2026, 9, 9))])
    assert row.came is Came.FELL_ALONE, "that task was over before the earlier assessment"


def test_points_of_two_versions_of_the_matrix_are_not_compared():
    rows = what_moved_it(MATRIX, made(OCTOBER, "m0", a="4"), made(NOVEMBER, a="1"), [task("a"), task("gone")])
    assert [(row.key, row.change, row.came) for row in rows] == [("a", None, Came.OPEN), ("gone", None, Came.OPEN)]
    assert what_moved_it(MATRIX, None, made(NOVEMBER, a="1"), []) == (), "one assessment alone moved nothing"


def test_a_factor_that_fell_without_a_task_is_counted_as_that():
    assessed = [made(OCTOBER, a="3", b="2"), made(NOVEMBER, a="1", b="1"), made(DECEMBER, "m2", a="0", b="0")]
    found = fell_without_task(assessed, [task("a")], {**MATRICES, "m2": MATRIX})
    assert found == (("b", "Factor b", NOVEMBER),)
