"""People are found by a few letters of their name, on any keyboard."""

import pytest

from csp_desktop.domain.meeting.confidentiality import Stroke
from csp_desktop.domain.meeting.signatures import closeness, names_agree, signature_is_drawn


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ru", "Ruth Coyle"),
        ("co", "Ruth Coyle"),
        ("rc", "Ruth Coyle"),
        ("ru co", "Ruth Coyle"),
        ("stef", "Ștefan Ionescu"),
        ("lu", "Ewa Łukasik"),
        ("o b", "Seán Ó Briain"),
        ("pc ai", "PC Aisha Rahman"),
        ("ai", "PC Aisha Rahman"),
    ],
)
def test_two_letters_or_the_initials_find_a_person(text: str, name: str) -> None:
    assert closeness(text, name) is not None


@pytest.mark.parametrize("text", ["", "  ", "th", "co ru", "xy"])
def test_letters_within_a_word_or_in_the_wrong_order_find_nobody(text: str) -> None:
    assert closeness(text, "Ruth Coyle") is None


def test_the_initials_come_before_a_first_name_and_a_first_name_before_a_surname() -> None:
    names = ["Hannah Price", "Prue Marsh", "Dr Priya Raman"]
    assert sorted(names, key=lambda n: closeness("pr", n) or 0) == ["Dr Priya Raman", "Prue Marsh", "Hannah Price"]


@pytest.mark.parametrize(
    ("text", "name", "fit"),
    [
        ("rc", "Ruth Coyle", 0),
        ("RU", "Ruth Coyle", 1),
        ("ru co", "Ruth Coyle", 1),
        ("co", "Ruth Coyle", 2),
        ("pc ai", "PC Aisha Rahman", 2),
        ("ai", "PC Aisha Rahman", 1),
        ("ps", "PS", 0),
        ("ra pi", "Nimmi Raghunathan-Pillai", 2),
        ("rx", "Ruth Coyle", None),
    ],
)
def test_initials_fit_best_then_a_first_name_then_any_other(text: str, name: str, fit: int | None) -> None:
    assert closeness(text, name) == fit


def line(*points: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    return points


@pytest.mark.parametrize(
    ("strokes", "drawn"),
    [
        ((), False),
        ((line((0.1, 0.1)),), False),
        ((line((0.1, 0.1), (0.9, 0.9)),), False),  # a bare line
        ((line((0.1, 0.1), (0.4, 0.4)), line((0.5, 0.1), (0.6, 0.4))), True),
        ((line((0.1, 0.1), (0.3, 0.5), (0.5, 0.1)),), True),  # one stroke that turns
        ((line((0.1, 0.1), (0.3, 0.12), (0.5, 0.1)),), False),  # a trembling line
        ((line((0.1, 0.1), (0.14, 0.5)), line((0.15, 0.1), (0.17, 0.5))), False),  # too narrow
        ((line((0.1, 0.1), (0.5, 0.14)), line((0.5, 0.1), (0.9, 0.15))), False),  # too flat
        ((line((0.1, 0.1), (0.16, 0.16)), line((0.17, 0.1), (0.19, 0.16))), False),  # too little drawn
    ],
)
def test_a_signature_has_some_size_some_length_and_a_turn(strokes: tuple[Stroke, ...], drawn: bool) -> None:
    assert signature_is_drawn(strokes) is drawn


@pytest.mark.parametrize(
    ("typed", "name", "agree"),
    [
        ("dan holt", "PS Dan Holt", True),
        ("PS Dan  Holt", "Dan Holt", True),
        ("stefan ionescu", "Ștefan Ionescu", True),
        ("Dan", "PS Dan Holt", False),
        ("Holt Dan", "PS Dan Holt", False),
        ("PS", "PS", False),
        ("nimmi raghunathan pillai", "Nimmi Raghunathan-Pillai", True),
    ],
)
def test_a_typed_name_is_the_persons_with_or_without_rank(typed: str, name: str, agree: bool) -> None:
    assert names_agree(typed, name) is agree
