"""Text as it comes in: whole characters, one line where one is asked for, one thing a line where several are given."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.mended import mended
from csp_desktop.domain.common.text import for_files, in_one_line, one_a_line, whole

ANY = st.text(st.characters(codec=None, exclude_categories=()) | st.sampled_from("\ud800\udc00\r\n\t\u2028 -•1."))


@dataclass(frozen=True)
class Inside:
    words: tuple[str, ...]


@dataclass(frozen=True)
class Outside:
    title: str
    inside: Inside
    by_name: dict[str, str]
    number: int = 3


@given(ANY)
def test_whatever_comes_in_can_be_written(text: str) -> None:
    for cleaned in (whole(text), in_one_line(text), *one_a_line(text)):
        cleaned.encode()


@given(ANY)
def test_one_line_is_one_line_and_keeps_every_word_apart(text: str) -> None:
    line = in_one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.split() == whole(text).split()
    assert in_one_line(line) == line


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_whole_stays_as_it_is(text: str) -> None:
    assert whole(text) == text


def test_two_halves_that_belong_together_are_one_character() -> None:
    assert whole("\ud83d\ude00") == "\U0001f600"


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("dh serve notice\nrn visit fri", ["dh serve notice", "rn visit fri"]),
        ("• dh serve\tnotice\r\n\r\n  - rn visit fri\n", ["dh serve notice", "rn visit fri"]),
        ("1. dh serve notice\n2) rn visit 3/12", ["dh serve notice", "rn visit 3/12"]),
        ("3/12 visit", ["3/12 visit"]),
        ("10 Oak Way: visit", ["10 Oak Way: visit"]),
        ("\n \n", []),
    ],
)
def test_several_lines_are_several_things_without_their_bullets(pasted: str, lines: list[str]) -> None:
    assert one_a_line(pasted) == lines


def test_a_record_is_mended_to_its_depth_and_stays_itself_where_it_is_whole() -> None:
    good = Outside("Se\u00e1n", Inside(("one", "two")), {"a": "b"})
    assert mended(good) is good
    bad = Outside("Se\ud800\u00e1n", Inside(("one\udfff", "two")), {"a\ud800": "b"})
    assert mended(bad) == good


@given(ANY)
def test_what_goes_into_a_file_is_one_line_that_any_file_holds(text: str) -> None:
    line = for_files(text)
    line.encode()
    assert len(line.splitlines()) <= 1
    assert not [c for c in line if c < " " or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066\u200e\ufeff\uffff"]
    assert for_files(line) == line


def test_joiners_and_half_letters_of_a_whole_one_stay() -> None:
    assert for_files("می\u200cخواهم") == "می\u200cخواهم"
    assert for_files("\ud83d\ude00 Jose\u0301 e\u200e\u0301") == "\U0001f600 José é"
