"""British spelling with the words of a partnership; names, references and abbreviations are not judged."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.spelling import Dictionary, Speller, glossary_word, words_in

LIST = Path(__file__).parents[3] / "resources" / "words" / "en_gb.txt"
BRITISH = Dictionary(LIST.read_text(encoding="utf-8"))
SPELLER = Speller(BRITISH)


def wrong(text: str, speller: Speller = SPELLER) -> list[str]:
    return [span.word for span in speller.wrong(text)]


def test_the_list_is_the_one_made_from_the_kept_package() -> None:
    assert (
        hashlib.sha256(LIST.read_bytes()).hexdigest()
        == "f95ffbce17d120006ac11e334b24c700d5c703c6074564a65c1f16e873360093"
    )
    assert "SCOWL" in LIST.with_name("LICENSE-en-gb.txt").read_text(encoding="utf-8")


def test_what_is_in_no_list_is_found_where_it_stands() -> None:
    text = "The neighbor heard teh same threats."
    found = SPELLER.wrong(text)
    assert [text[span.start : span.end] for span in found] == ["neighbor", "teh"] == [span.word for span in found]


@pytest.mark.parametrize(
    "text",
    [
        "The neighbour organised it; their behaviour hasn’t changed, nor has the police's.",
        "SN-2026-030422 at 14:10, j.smith@council.gov.uk, 2nd visit",
        "J.K. and CMHT, MARAC, CGL met Ewa Łukasik at Hagden Lane.",
        "Hagden Lane is quiet. Cassiobury Drive too.",
        "[protect source] De-escalate; cuckooing stopped.",
    ],
)
def test_british_words_names_references_and_abbreviations_are_not_judged(text: str) -> None:
    assert wrong(text) == []


def test_the_words_of_the_partnership_are_known() -> None:
    assert wrong("A luton and a hagden") == ["luton", "hagden"]
    assert wrong("A luton and a hagden", Speller(BRITISH, words_in(["Hagden Lane, Luton Road"]))) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("teh", "the"), ("thretas", "threats"), ("neighbor", "neighbour"), ("recieving", "receiving"), ("Qiet", "Quiet")],
)
def test_what_was_meant_is_offered_first(typed: str, meant: str) -> None:
    assert SPELLER.offers(typed)[0] == meant


def test_two_words_run_together_are_offered_apart() -> None:
    assert "a lot" in SPELLER.offers("alot") and "no further" in SPELLER.offers("nofurther")


def test_a_glossary_word_stands_alone() -> None:
    assert (glossary_word(" Cuckooing "), glossary_word("two words"), glossary_word("SN-2026")) == ("cuckooing", "", "")


@given(st.text(max_size=60))
def test_every_span_is_a_word_of_the_text(text: str) -> None:
    assert all(text[span.start : span.end] == span.word for span in SPELLER.wrong(text))
