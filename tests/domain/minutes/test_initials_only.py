"""Names typed into a note become initials; whom a reader may not hear of becomes someone else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.minutes.personal_text import InitialsOnly, Known

KIT = Known("1", ("Kit Barlow", "Birdie"), "K.B.", "RS-001")
LUK = Known("2", ("Łukasz Wiśniewski",), "L.W.", "RS-002")
MAN = Known("3", ("unknown man, bridge",), "U.M.B.", "RS-003")
JOY = Known("4", ("Joy Smith",), "J.S.", "RS-004")
ALL = (KIT, LUK, MAN, JOY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Kit's dog ate. KIT  BARLOW and kit barlow.", "K.B.'s dog ate. K.B. and K.B."),
        ("The kit bag is with Birdie; a birdie sang.", "The kit bag is with K.B.; a birdie sang."),
        ("lukasz wisniewski left, Łukasz said so", "L.W. left, L.W. said so"),
        ("Wiśniewski’s tent", "L.W.’s tent"),
        ("The unknown man, bridge. On Bridge Street.", "The U.M.B. On Bridge Street."),
        ("Joy rang Joy Smith", "Joy rang J.S."),
        ("Kitty and Barlowe are others", "Kitty and Barlowe are others"),
        ("", ""),
    ],
)
def test_a_name_becomes_initials_and_ordinary_words_stay(typed: str, said: str) -> None:
    assert InitialsOnly(ALL, spared=("Joy Okafor",))(typed) == said


def test_whom_a_reader_may_not_hear_of_is_someone_else_however_they_are_called() -> None:
    for_one = InitialsOnly(ALL, readable={"1"})
    typed = "K.B. met L.W., LW, RS-002, Łukasz and Łukasz Wiśniewski"
    assert for_one(typed) == "K.B. met " + ", ".join(["someone else"] * 3) + ", someone else and someone else"


def test_initials_shared_with_someone_the_reader_may_hear_of_stay() -> None:
    other = Known("5", ("Karim Bell",), "K.B.", "RS-005")
    assert InitialsOnly((KIT, other), readable={"1"})("K.B. and Karim") == "K.B. and someone else"


def test_nobody_is_known_and_nothing_changes() -> None:
    assert InitialsOnly(())("Kit Barlow") == "Kit Barlow"


WORDS = st.lists(
    st.sampled_from(["Kit Barlow", "kit", "barlow", "Birdie", "L.W.", "and", "straße", "ﬁ", "İ", ".", "\n"])
)


@given(WORDS, st.sampled_from([" ", "  ", "\n", "-", "/", "'"]))
def test_no_name_in_full_is_ever_left(words: list[str], between: str) -> None:
    said = InitialsOnly(ALL)(between.join(words))
    assert not re.search(r"(?<!\w)Kit\s+Barlow(?!\w)", said) and not re.search(r"(?<!\w)Birdie(?!\w)", said)
