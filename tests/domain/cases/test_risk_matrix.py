"""A matrix is read whole or refused with the place; a score never counts silence as nothing, and a move is told."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band, SubjectType
from csp_desktop.domain.cases.risk_matrix import (
    Assessment,
    BandRule,
    Matrix,
    Moved,
    Nature,
    Threshold,
    read_matrix,
    score,
    what_moved,
)
from csp_desktop.domain.common.errors import Refused
from csp_desktop.resources import shipped_case_matrix


def answers(*points: int, **forced: str) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = [{"key": str(n), "label": f"worth {p}", "points": p} for n, p in enumerate(points)]
    for key, band in forced.items():
        options[int(key.removeprefix("o"))]["forces"] = band
    return options


def said() -> dict[str, Any]:
    """A matrix of three factors: the third forces Medium by its second answer and High by its third."""
    return {
        "name": " Rough sleeping risk ",
        "issuer": "Nobody",
        "version": "2",
        "valid_from": "2026-01-31",
        "illustrative": True,
        "factors": [
            {"key": "health", "label": "Health", "group": "Board", "options": answers(0, 4, 10)},
            {"key": "cold", "label": "Cold", "options": answers(0, 3)},
            {"key": "harm", "label": "Harm", "group": "", "options": answers(0, 1, 2, o1="Medium", o2="High")},
        ],
        "bands": [
            {"band": "High", "from": 12, "review_days": 14},
            {"band": "Standard", "from": 0, "review_days": 56},
            {"band": "Medium", "from": 6, "review_days": 1},
        ],
    }


YES_NO = '[{"key": "0", "label": "no", "points": 0}, {"key": "1", "label": "yes", "points": 1}]'


def over_lines(lines: dict[int, str]) -> str:
    """A matrix over lines, some of which are handed in."""
    return f"""{{
"name": "Cold", "issuer": "Nobody", "version": "1", "valid_from": "2026-01-31",
"factors": [
{{"key": "harm", "label": "Harm", "options": {YES_NO}}},
{lines[5]}
"options": [
{lines[7]}
{lines[8]}
]}}
],
"bands": [{{"band": "Standard", "from": 0, "review_days": 56}}],

{lines[13]}
"illustrative": true
}}"""


@pytest.fixture
def matrix() -> Matrix:
    return read_matrix(json.dumps(said()))


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    text = said()
    change(text)
    return json.dumps(text)


def test_a_matrix_is_read_with_its_bands_rising(matrix: Matrix) -> None:
    assert (matrix.name, matrix.issuer, matrix.version) == ("Rough sleeping risk", "Nobody", "2")
    assert (matrix.valid_from, matrix.illustrative) == (date(2026, 1, 31), True)
    assert matrix.bands == (
        BandRule(Band.STANDARD, 0, 56),
        BandRule(Band.MEDIUM, 6, 1),
        BandRule(Band.HIGH, 12, 14),
    )
    health, cold, harm = matrix.factors
    assert (health.key, health.label, health.group, cold.group) == ("health", "Health", "Board", "")
    assert [(o.key, o.label, o.points, o.forces) for o in harm.options] == [
        ("0", "worth 0", 0, None),
        ("1", "worth 1", 1, Band.MEDIUM),
        ("2", "worth 2", 2, Band.HIGH),
    ]
    assert matrix.most == 15
    assert matrix.factor("cold") is cold and matrix.factor("heat") is None
    assert health.option("1") is health.options[1] and health.option("7") is None


def test_a_matrix_that_is_not_said_to_be_illustrative_is_not() -> None:
    assert not read_matrix(changed(lambda text: text.pop("illustrative"))).illustrative


@pytest.mark.parametrize(
    ("total", "band"), [(0, Band.STANDARD), (5, Band.STANDARD), (6, Band.MEDIUM), (11, Band.MEDIUM), (12, Band.HIGH)]
)
def test_a_total_falls_into_the_band_that_begins_at_or_below_it(matrix: Matrix, total: int, band: Band) -> None:
    assert matrix.band_of(total).band is band


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.pop("name"), "The matrix has no “name”"),
        (lambda text: text.update(issuer=" "), "The matrix has no “issuer”"),
        (lambda text: text.update(version=7), "The matrix has no “version”"),
        (lambda text: text.update(valid_from="26/11/2026"), "not a date of the form"),
        (lambda text: text.pop("factors"), "The matrix has no “factors”"),
        (lambda text: text.update(factors={}), "The matrix has no “factors”"),
        (lambda text: text.update(bands=[]), "The matrix has no “bands”"),
        (lambda text: text["factors"].insert(0, "cold"), "The factor 1 has no “options”"),
        (lambda text: text["factors"][1].update(options=answers(4)), "factor 2 needs at least two answers"),
        (lambda text: text["factors"][1].pop("label"), "The factor 2 has no “label”"),
        (lambda text: text["factors"][2].pop("key"), "The factor 3 has no “key”"),
        (lambda text: text["factors"][1].update(key="health"), "Two factors of this matrix have the same key"),
        (lambda text: text["factors"][0]["options"][1].update(points=-1), "factor 1 has no points, or not between 0"),
        (lambda text: text["factors"][0]["options"][1].update(points=1001), "factor 1 has no points"),
        (lambda text: text["factors"][0]["options"][1].update(points=True), "factor 1 has no points"),
        (lambda text: text["factors"][0]["options"][1].update(points="3"), "factor 1 has no points"),
        (lambda text: text["factors"][0]["options"].insert(0, "3"), "factor 1 has no points"),
        (lambda text: text["factors"][0]["options"][1].pop("label"), "The factor 1 has no “label”"),
        (lambda text: text["factors"][0]["options"][1].update(forces="Grave"), "names a band “Grave”"),
        (lambda text: text["bands"][1].update(**{"from": 1}), "must begin at 0 points, and each may be listed once"),
        (lambda text: text["bands"][0].update(band="Medium"), "must begin at 0 points, and each may be listed once"),
        (lambda text: text["bands"][0].update(band="Grave"), "names a band “Grave”"),
        (lambda text: text["bands"][0].update(review_days=0), "Each band of the matrix needs"),
        (lambda text: text["bands"][0].update(review_days="14"), "Each band of the matrix needs"),
        (lambda text: text["bands"][0].pop("from"), "Each band of the matrix needs"),
        (lambda text: text["bands"].insert(0, "High"), "Each band of the matrix needs"),
    ],
)
def test_a_matrix_with_a_fault_is_refused_with_the_place(
    change: Callable[[dict[str, Any]], object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        read_matrix(changed(change))


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ('"points": 4}', 8),
        ('"forces": "Grave"', 8),
        ('"key": "0", "points": 0', 7),
        ('"nature": "odd"', 5),
        ('"applies_to": ["dog"]', 5),
        ('"above": "31"', 13),
    ],
)
def test_what_is_wrong_is_told_with_its_line(wrong: str, line: int) -> None:
    lines = {
        5: '{"key": "cold", "label": "Cold", "nature": "aggravating", "applies_to": ["victim"],',
        7: '{"key": "0", "label": "none", "points": 0},',
        8: '{"key": "1", "label": "some", "points": 4, "forces": "High"}',
        13: '"threshold": {"above": 31, "words": "Ask"},',
    }
    right = {
        '"points": 4}': '"points": 4, "forces": "High"}',
        '"forces": "Grave"': '"forces": "High"',
        '"key": "0", "points": 0': '"key": "0", "label": "none", "points": 0',
        '"nature": "odd"': '"nature": "aggravating"',
        '"applies_to": ["dog"]': '"applies_to": ["victim"]',
        '"above": "31"': '"above": 31',
    }
    kept = dict(lines)
    kept[line] = lines[line].replace(right[wrong], wrong.replace('"points": 4}', '"point": 4}'))
    text = over_lines(kept)
    assert read_matrix(over_lines(lines)).threshold == Threshold(31, "Ask")
    with pytest.raises(Refused, match=rf"\(line {line}\)\.$"):
        read_matrix(text)


def test_text_that_is_not_json_is_told_with_its_line() -> None:
    with pytest.raises(Refused, match=r"not JSON \(line 3\)"):
        read_matrix('{"name":\n "Cold",\n}')


def test_factors_that_do_not_apply_to_a_place_are_left_out_of_its_matrix() -> None:
    matrix = read_matrix(changed(lambda text: text["factors"][0].update(applies_to=["victim", "perpetrator"])))
    place = matrix.for_subject(SubjectType.LOCATION)
    assert [one.key for one in place.factors] == ["cold", "harm"] and place.most == 5
    assert matrix.for_subject(SubjectType.VICTIM) == matrix
    assert score(place, {"cold": "1", "harm": "0"}).whole


def test_a_matrix_without_a_factor_for_some_kind_of_case_is_refused() -> None:
    def people_only(text: dict[str, Any]) -> None:
        for factor in text["factors"]:
            factor["applies_to"] = ["victim", "perpetrator"]

    with pytest.raises(Refused, match="for a location case"):
        read_matrix(changed(people_only))


def test_bands_rise_with_the_points() -> None:
    def swapped(text: dict[str, Any]) -> None:
        text["bands"][0]["band"], text["bands"][2]["band"] = "Medium", "High"

    with pytest.raises(Refused, match="must rise"):
        read_matrix(changed(swapped))


def test_an_unfinished_sheet_shows_both_totals_and_both_bands(matrix: Matrix) -> None:
    some = score(matrix, {"health": "1"})
    assert (some.words, some.band, some.worst, some.whole) == ("4 to 9", Band.STANDARD, Band.HIGH, False)  # harm forces
    left = score(matrix, {"health": "1", "harm": "0"})
    assert (left.words, left.band, left.worst) == ("4 to 7", Band.STANDARD, Band.MEDIUM)
    whole = score(matrix, {"health": "1", "harm": "0", "cold": "0"})
    assert (whole.words, whole.worst, whole.whole) == ("4", Band.STANDARD, True)


def test_what_an_answer_asks_for_is_told_once() -> None:
    def asking(text: dict[str, Any]) -> None:
        for number in (0, 1):
            text["factors"][number]["options"][1]["asks"] = "CMHT informed?"

    matrix = read_matrix(changed(asking))
    assert score(matrix, {"health": "1", "cold": "1"}).asks == ("CMHT informed?",)
    assert score(matrix, {"health": "0"}).asks == ()


def test_the_illustrative_matrix_has_18_factors_and_bands_from_0_18_and_32() -> None:
    matrix = read_matrix(shipped_case_matrix())
    assert matrix.illustrative and len(matrix.factors) == 18 and {one.nature for one in matrix.factors} == set(Nature)
    assert [rule.from_points for rule in matrix.bands] == [0, 18, 32]
    assert matrix.threshold is not None and matrix.threshold.above == 31
    assert all(len(one.label) <= 30 for one in matrix.factors)


@pytest.mark.parametrize(("text", "words"), [("{", "it is not JSON"), ("[]", "it needs a name, factors and bands")])
def test_a_file_that_is_no_matrix_is_refused(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_matrix(text)


def test_points_and_answers_at_their_limits_are_taken() -> None:
    text = changed(lambda text: text["factors"][0].update(options=answers(0, 1000)))
    assert read_matrix(text).most == 1005


def test_what_is_not_answered_is_counted_at_its_worst_and_named(matrix: Matrix) -> None:
    nothing = score(matrix, {})
    assert (nothing.total, nothing.ceiling, nothing.band) == (0, 15, Band.STANDARD)
    assert nothing.unanswered == ("Health", "Cold", "Harm") and nothing.escalated_by == ""
    some = score(matrix, {"health": "1", "cold": "", "harm": "0"})
    assert (some.total, some.ceiling, some.unanswered) == (4, 7, ("Cold",))
    whole = score(matrix, {"health": "2", "cold": "1", "harm": "0"})
    assert (whole.total, whole.ceiling, whole.band, whole.unanswered) == (13, 13, Band.HIGH, ())


def test_an_answer_the_matrix_does_not_know_is_refused(matrix: Matrix) -> None:
    with pytest.raises(Refused, match="no answer “9” to “Cold”"):
        score(matrix, {"cold": "9"})


@pytest.mark.parametrize(
    ("given", "band", "why"),
    [
        ({"harm": "1"}, Band.MEDIUM, "Harm: worth 1"),
        ({"harm": "2"}, Band.HIGH, "Harm: worth 2"),
        ({"health": "1", "harm": "1"}, Band.MEDIUM, "Harm: worth 1"),
        ({"health": "2", "cold": "1", "harm": "1"}, Band.HIGH, ""),  # higher by its points already
        ({"health": "2", "cold": "0", "harm": "0"}, Band.MEDIUM, ""),
    ],
)
def test_an_answer_may_force_a_higher_band_and_never_a_lower(
    matrix: Matrix, given: dict[str, str], band: Band, why: str
) -> None:
    came = score(matrix, given)
    assert (came.band, came.escalated_by) == (band, why)


def test_of_two_forcing_answers_the_higher_counts_and_of_equals_the_first() -> None:
    def three(text: dict[str, Any]) -> None:
        text["factors"][0]["options"][1]["forces"] = "Medium"
        text["factors"][1]["options"][1]["forces"] = "High"

    matrix = read_matrix(changed(three))
    assert score(matrix, {"health": "1", "cold": "1", "harm": "1"}).escalated_by == "Cold: worth 3"
    assert score(matrix, {"cold": "1", "harm": "2"}).escalated_by == "Cold: worth 3"


def test_moves_are_told_the_largest_first_and_those_without_points_last(matrix: Matrix) -> None:
    before = {"health": "2", "cold": "0", "harm": "1"}
    assert what_moved(matrix, before, {"health": "0", "cold": "1", "harm": "1"}) == (
        Moved("Health", -10, "worth 0"),
        Moved("Cold", 3, "worth 3"),
    )
    assert what_moved(matrix, before, {"health": "1", "cold": "1"}) == (
        Moved("Health", -6, "worth 4"),
        Moved("Cold", 3, "worth 3"),
        Moved("Harm", None, "no longer answered"),
    )
    assert what_moved(matrix, {}, {"cold": "1"}) == (Moved("Cold", None, "worth 3"),)
    assert what_moved(matrix, before, before) == ()


def assessment(**more: Any) -> Assessment:
    return Assessment(
        "a", "kit", date(2026, 11, 26), "Ravi", "m", "2", (), 35, more.pop("ceiling", 35), Band.HIGH, **more
    )


def test_an_incomplete_total_never_pretends_and_an_override_is_the_band_that_counts() -> None:
    assert (assessment().total_words, assessment(ceiling=36).total_words) == ("35", "35+")
    assert assessment().shown_band is Band.HIGH
    assert assessment(override_band=Band.MEDIUM).shown_band is Band.MEDIUM
