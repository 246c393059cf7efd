"""Before a second person of one name is added, or somebody who is nobody, a person is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.likeness import is_near
from csp_desktop.domain.people.likely_names import Known, doubled, doubt_about, is_placeholder

LIST = [Known("PS Dan Holt", "Hertfordshire Constabulary"), Known("Ștefan Ionescu", "Watford Borough Council")]


@pytest.mark.parametrize("name", ["Duty Officer", "TBC", "A.N. Other", "John Doe", "Holt Holt", "Officer 2"])
def test_a_name_that_stands_for_nobody_is_asked_about(name: str) -> None:
    assert is_placeholder(name)
    assert doubt_about(name, LIST) == f"“{name}” does not look like a person’s name."


@pytest.mark.parametrize("name", ["Penny Guest", "Ewa Łukasik", "Dr Priya Raman", "Hope Newman", "Okafor"])
def test_a_name_of_a_person_is_not(name: str) -> None:
    assert not is_placeholder(name) and doubt_about(name, LIST) == ""


def test_a_second_person_of_one_name_is_asked_about_whatever_their_agency() -> None:
    asked = "PS Dan Holt of Hertfordshire Constabulary is already on the list. Is this someone else?"
    assert doubt_about("ps dan holt", LIST) == asked


def test_another_rank_accents_and_one_mistyped_letter_are_the_same_name() -> None:
    near = "Ștefan Ionescu of Watford Borough Council is on the list, with almost the same name. Is this someone else?"
    assert doubt_about("Stefan Ionesc", LIST) == near and doubt_about("Stefan Ioensc", LIST) == ""
    assert doubt_about("Insp Dan Holt", LIST).startswith("PS Dan Holt of")
    assert doubt_about("Dan Hole", LIST).startswith("PS Dan Holt of") and doubt_about("Dan Cole", LIST) == ""
    assert doubt_about("Holt Dan", LIST).startswith("PS Dan Holt of")


def test_of_a_list_those_called_the_same_are_found() -> None:
    assert doubled(["Ewa Łukasik", "Ewa Lukasik", "Dan Holt"]) == {"ewa lukasik"}


@given(st.text("abc ", min_size=9, max_size=14), st.integers(0, 8), st.sampled_from("abcx"))
def test_one_letter_left_out_added_or_changed_is_near_both_ways(name: str, at: int, letter: str) -> None:
    for other in (name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :]):
        assert is_near(name, other) and is_near(other, name)
    assert is_near(name, name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :])
