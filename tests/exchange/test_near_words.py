"""Which words are one typing error from what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.exchange.likeness import near_words

WORDS = ["vicarage", "village", "market", "mark", "neighbour", "police"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vicarge", ["vicarage"]),
        ("vicaarage", ["vicarage"]),
        ("vocarage", ["vicarage"]),
        ("mraket", ["market"]),
        ("neigb", ["neighbour"]),
        ("plice", ["police"]),
        ("vcrge", []),
        ("garden", []),
    ],
)
def test_a_letter_wrong_lost_doubled_or_changed_about_is_one_error(typed: str, meant: list[str]) -> None:
    assert list(near_words([typed], WORDS)) == meant


def test_any_form_of_what_was_typed_may_be_near() -> None:
    assert near_words(["vicarges", "vicarge"], WORDS) == ("vicarage",)
    assert near_words([], WORDS) == near_words(["x"], []) == ()


@given(st.sampled_from(["vicarage", "neighbour", "police"]), st.data())
def test_no_lost_letter_hides_a_word(word: str, data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, len(word) - 1))
    assert word in near_words([word[:lost] + word[lost + 1 :]], WORDS)
