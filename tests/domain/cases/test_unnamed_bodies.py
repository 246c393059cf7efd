"""Papers for many say that a referral was made, and not to a body whose details go to its panel alone."""

import pytest

from csp_desktop.domain.cases.referrals import BODIES
from csp_desktop.domain.cases.unnamed_bodies import TO_MAKE, is_unnamed, minuted, names_one, to_do


@pytest.mark.parametrize(
    "words",
    [
        "Refer to Police Prevent team (Channel)",
        "refer to prevent",
        "Refer him to Channel.",
        "Send the form to the Prevent team",
        "Halo form for the girl",
        "Ask the Channel panel",
        "The school told Prevent",
        "CSE concerns to the social worker",
    ],
)
def test_words_that_name_such_a_body_are_found(words: str) -> None:
    assert names_one(words) and to_do(words) == TO_MAKE


@pytest.mark.parametrize(
    "words",
    [
        "Prevent access to the garages",
        "Fit a gate to prevent parking",
        "Refer to CMHT",
        "Channel the rain water away from the door",
        "Refer the landlord to the council, to prevent a fire",
        "Tell the police",
    ],
)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert not names_one(words) and to_do(words) == words and minuted(words) == words


def test_every_restricted_body_is_unnamed_by_whatever_name_and_no_other_is() -> None:
    for body in BODIES:
        for name in (body.rule.name, body.value, *body.rule.known_as):
            assert is_unnamed(name) is body.rule.restricted


def test_only_the_sentence_that_names_it_is_told_otherwise() -> None:
    said = "Heard from the school. Refer to Operation Halo. A gate is fitted."
    assert minuted(said) == "Heard from the school. A referral was made. A gate is fitted."
