"""What people type appears on paper letter for letter, whatever it is."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.documents.letters import missing_letters, plain
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.minutes.printable import texts_of, unprintable
from csp_desktop.domain.minutes.record import Minutes
from tests.documents.judges import text_of
from tests.documents.minutes_models import minutes

TYPED = [
    "<unknown>tag</unknown>",
    "<b>alone",
    "R&B at <5 Queens Road> & more",
    "&lt; is not <",
    "</para>",
    '<font size="90">big</font>',
    "a]]>b",
]


@pytest.mark.parametrize("typed", TYPED)
def test_markup_typed_in_a_note_is_printed_and_not_obeyed(typed: str) -> None:
    assert typed in text_of(print_minutes(_noted(typed)))


def test_a_nul_and_other_control_characters_are_left_out() -> None:
    assert plain("a\x00b\x07c\x1bd\x7fe\x85f") == "abcdef"


def test_breaks_become_spaces() -> None:
    assert plain("one\ntwo\tthree\u2028four") == "one two three four"


def test_half_a_surrogate_pair_is_left_out() -> None:
    assert plain("a\ud83db") == "ab"


def test_what_no_font_prints_becomes_the_sign_for_a_missing_letter_and_is_reported() -> None:
    typed = _noted("All well \u0e01 here")
    assert plain("All well \u0e01 here") == "All well \ufffd here"
    assert [one.characters for one in unprintable(texts_of(typed), missing_letters)] == [("\u0e01",)]
    assert "All well \ufffd here" in text_of(print_minutes(typed))


def test_what_turns_the_reading_order_round_is_left_out() -> None:
    assert plain("a\u202eb\u2067c\u200fd") == "abcd"


def test_a_joiner_stays_where_a_script_needs_it_and_nowhere_else() -> None:
    assert plain("علی\u200cرضا") == "علی\u200cرضا"
    assert plain("क्\u200dष") == "क्\u200dष"
    assert plain("New\u200d Hope 1\ufe0f") == "New Hope 1"


def test_the_letters_of_the_town_are_all_there() -> None:
    assert missing_letters(["Ștefan Łukasik Ó Briain Ğülşen Nguyễn Ọ̀gbẹ́ni Божидар Αθηνά £ € ½ – — ‘ ’ “ ” …"]) == ()


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_what_is_reported_missing_is_what_is_printed_as_missing(typed: str) -> None:
    typed = typed.replace("\ufffd", "")
    assert plain(typed).count("\ufffd") == sum(
        unicodedata.normalize("NFC", typed).count(letter) for letter in missing_letters([typed])
    )


def _noted(text: str) -> Minutes:
    paper = minutes(cases=1)
    return replace(paper, cases=(replace(paper.cases[0], note=text),))
