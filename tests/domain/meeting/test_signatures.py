"""People are found by a few letters of their name, on any keyboard."""

import pytest

from csp_desktop.domain.meeting.signatures import closeness


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
