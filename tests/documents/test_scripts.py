"""Names of the town in every script that is printed: in the right shape and order, heard and found as typed."""

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from bidi import algorithm
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.documents.fonts import SCRIPTS, script_of
from csp_desktop.documents.letters import plain
from csp_desktop.documents.paper import Paper, alone, print_paper
from csp_desktop.documents.shaping import Inks, in_order_of_sight, levels_of
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words
from tests.documents.judges import elements, failures, heard, pages_of, pieces, text_of

NAMES = {
    "Hindi": "प्रिया शर्मा",
    "Gujarati": "પ્રિયંકા ક્ષત્રિય",
    "Punjabi": "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Bengali": "প্রিয়াঙ্কা চক্রবর্তী",
    "Tamil": "கோபாலகிருஷ்ணன் ஸ்ரீ",
    "Arabic": "محمد عبد الله",
    "Persian": "علی\u200cرضا یگانه",
    "Urdu": "عائشہ چوہدری",
    "Hebrew": "שרה כהן",
    "Hebrew with points": "שָׂרָה כֹּהֵן",
    "Chinese": "王小明",
    "Chinese, older letters": "陳麗華",
    "Yoruba": "Ọ̀gbẹ́ni Ṣẹ́gun",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Emoji": "\U0001f44d\U0001f3fd",
}
POINTED = "Hebrew with points"  # readers of the page alone put the points elsewhere; the tree has them right
ARABIC = "قال السيد محمد عبد الله إن الباب قد أصلح وإن الجيران راضون عن النتيجة حتى الآن (رقم 12) وشكر الجميع"


def _paper(*blocks: Words | Grid, heading: str = "Names") -> bytes:
    section = Section("names", "1", 1, heading, blocks)
    return print_paper(Paper("Names", "Testford", "OFFICIAL", "Names", "Draft 1", "en-GB", (), (section,)))


@pytest.fixture(scope="module")
def names() -> bytes:
    blocks = [
        Words(f"{name} told the group; {name}, of flat 7, agrees & signs <here>.", k) for k, name in NAMES.items()
    ]
    grid = Grid("Names", ("Language", "Name"), tuple(NAMES.items()), (1, 3))
    return _paper(*blocks, grid, Words(ARABIC, "He wrote:"), heading=f"Names: {' '.join(NAMES.values())}")


@pytest.fixture(scope="module")
def told(names: bytes) -> list[str]:
    return [" ".join(said.split()) for said in heard(names)]


@pytest.mark.parametrize("language", NAMES)
def test_a_name_is_heard_as_it_was_typed_in_paragraphs_and_cells(language: str, told: list[str]) -> None:
    name = unicodedata.normalize("NFC", NAMES[language])
    assert f"{language} {name} told the group; {name}, of flat 7, agrees & signs <here>." in told
    assert name in told


def test_a_heading_of_many_scripts_is_heard_whole(told: list[str]) -> None:
    assert f"1 Names: {unicodedata.normalize('NFC', ' '.join(NAMES.values()))}" in told


def test_a_long_passage_from_the_right_is_heard_in_the_order_of_reading(told: list[str]) -> None:
    assert f"He wrote: {ARABIC}" in told


@pytest.mark.parametrize("language", [language for language in NAMES if language not in (POINTED, "Emoji")])
def test_a_name_is_found_in_the_text_of_the_page(language: str, names: bytes) -> None:
    assert unicodedata.normalize("NFC", NAMES[language]) in text_of(names)


def test_validators_find_nothing_to_say(names: bytes) -> None:
    assert failures(names) == []


def test_the_same_names_print_to_the_same_bytes_whatever_was_printed_between(names: bytes) -> None:
    first = _paper(Words("शर्मा and 王"))
    _paper(Words("محمد and शर्मा"))
    assert _paper(Words("शर्मा and 王")) == first


@pytest.fixture
def inks() -> Iterator[Inks]:
    with alone() as found:
        yield found


def _letters(inks: Inks, word: str) -> list[tuple[str, int]]:
    """What each glyph of a word says, in the order of sight, and which glyph of its font it is."""
    ink = inks[inks.shown(word)]
    return [(g.font.says[ord(g.letter)], g.font.face.charToGlyph[ord(g.letter)]) for g in ink.shapes["Regular"].glyphs]


def test_a_vowel_sign_of_hindi_that_is_written_before_its_letter_stands_before_it(inks: Inks) -> None:
    typed = [glyph for _, glyph in _letters(inks, "क") + _letters(inks, "कि")]
    assert typed[0] != typed[1] and typed[0] == typed[2]


def test_letters_of_arabic_take_the_form_of_their_place_and_run_from_the_right(inks: Inks) -> None:
    word = _letters(inks, "ممم")
    assert len({glyph for _, glyph in word}) == 3
    assert [says for says, _ in _letters(inks, "محد")] == ["د", "ح", "م"]


def test_a_joiner_parts_two_letters_of_persian(inks: Inks) -> None:
    joined, parted = (
        [glyph for says, glyph in _letters(inks, word) if says.strip("\u200c")] for word in ("علیرضا", "علی\u200cرضا")
    )
    assert joined != parted


def test_the_accents_of_yoruba_stand_over_their_letter(inks: Inks) -> None:
    *_, accent = inks[inks.shown("Ọ̀")].shapes["Regular"].glyphs
    assert accent.advance == 0 or accent.right < 0


def test_every_font_prints_the_letters_it_is_chosen_for_in_both_weights() -> None:
    for name in NAMES.values():
        assert all(script_of(letter) is not None for letter in plain(name))
    assert len({script.stem for script in SCRIPTS}) == len(SCRIPTS)


def _boxes(file: bytes) -> list[tuple[float, float]]:
    with pdfium.PdfDocument(file) as document:
        return [
            (left, right)
            for page in document
            for text in [page.get_textpage()]
            for left, _, right, _ in (text.get_charbox(n) for n in range(text.count_chars()))
        ]


@pytest.mark.parametrize("letter", ["क", "ம", "م", "王"])
def test_a_word_wider_than_its_column_is_cut_between_letters_and_stays_in_it(letter: str) -> None:
    word = letter * 120
    file = _paper(Grid("Names", ("A", "B"), ((word, "next"),), (1, 1)), Words(word))
    assert max(right for _, right in _boxes(file)) < 560
    assert "".join(heard(file)).replace(" ", "").count(letter) == 240


def test_an_arabic_word_that_is_cut_stays_joined_at_the_cut(inks: Inks) -> None:
    whole = inks.shown("م" * 60)
    parts = inks.fitted(whole, 100, "NotoSans-Regular", 11)
    alone_glyph = _letters(inks, "م")[0][1]
    assert len(parts) > 1
    for part in parts:
        glyphs = inks[part].shapes["Regular"].glyphs
        assert alone_glyph not in {g.font.face.charToGlyph[ord(g.letter)] for g in glyphs}


def test_a_stretch_of_a_script_is_an_element_of_its_own_that_says_its_letters(names: bytes) -> None:
    with pikepdf.open(io.BytesIO(names)) as pdf:
        spans = [e for e in elements(pdf.Root.StructTreeRoot.K[0]) if e.S == "/Span"]
        assert {str(span.ActualText) for span in spans} >= {"محمد عبد الله", "王", "शर्मा"}
        assert all(span.P.S in ("/P", "/TD", "/H2") and list(pieces(span)) for span in spans)


ALPHABET = "abc אבג محم 123 ٤٥ ().,-+/%:; \u200c\u05b8é प王"


def _levels_by_the_book(text: str) -> list[int]:
    state: dict[str, Any] = {"base_level": 0, "base_dir": "L", "chars": [], "runs": []}
    algorithm.get_embedding_levels(text, state)
    algorithm.explicit_embed_and_overrides(state)
    algorithm.resolve_weak_types(state)
    algorithm.resolve_neutral_types(state, False)
    algorithm.resolve_implicit_levels(state, False)
    left = iter(state["chars"])
    found: list[int] = []
    for letter in text:  # a joiner is none of its characters: it goes with the one before
        joins = unicodedata.bidirectional(letter) == "BN"
        found.append((found[-1] if found else 0) if joins else next(left)["level"])
    return found


@given(st.text(st.sampled_from(ALPHABET), max_size=40))
@settings(max_examples=300, deadline=None)
def test_the_order_of_letters_is_that_of_another_maker(text: str) -> None:
    assert levels_of(text) == _levels_by_the_book(text)


def test_letters_stand_in_the_order_of_sight() -> None:
    text = "a אבג 12 ד b"
    assert "".join(in_order_of_sight(list(text), levels_of(text))) == "a ד 12 גבא b"


TYPED = st.text(st.sampled_from("ab-<& प्रियाکمدשָ王ক্ষகோ👍🏽Ọ̀ก\u200c\u200d\u202e\u00a0\n7"), max_size=60)


@given(st.lists(TYPED, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_in_whatever_script_is_printed_and_heard(typed: list[str]) -> None:
    file = _paper(*(Words(words, f"N{n}:") for n, words in enumerate(typed)), Grid("G", ("A",), ((typed[0],),), (1,)))
    told = "".join("".join(heard(file)).split())
    for number, words in enumerate(typed):
        assert f"N{number}:{''.join(plain(words).split())}" in told


def test_names_at_the_edges_of_pages_are_printed_in_their_scripts() -> None:
    paper = Paper("N", "Office of प्रिया", "OFFICIAL", "王", "Copy 2 for محمد", "en-GB", (Words("Text."),), ())
    file = print_paper(paper)
    (page,) = pages_of(file)
    assert "محمد" in page and "王" in page and "Office of प्रिया" in page and failures(file) == []
