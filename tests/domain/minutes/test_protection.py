"""A paragraph marked for some alone: read however it is typed, put on and taken off, absent from what others read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.minutes.paper_parts import as_line, paragraphs
from csp_desktop.domain.minutes.protection import (
    Protection,
    lines_of,
    parted,
    protection_of,
    toggled,
    told,
    without_protected,
)

POLICE, SOURCE = Protection.POLICE, Protection.SOURCE


@pytest.mark.parametrize(
    "line", ["[police only] Seen.", "[Police Only]: Seen.", "  [ POLICE-ONLY ] Seen.", "[policeonly]Seen."]
)
def test_a_mark_is_read_whatever_its_case_and_spaces(line: str) -> None:
    assert parted(line) == (POLICE, "Seen.")


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("[police\u2011only]", POLICE),
        ("[police \u2013 only]", POLICE),
        ("[police\u00adonly]", POLICE),
        ("[\u200bpolice only]", POLICE),
        ("[police only:]", POLICE),
        ("[_police_only_]", POLICE),
        ("[police only", POLICE),
        ("\uff3bpolice only\uff3d", POLICE),
        ("[protected source]", SOURCE),
        ("[protect the sources.]", SOURCE),
        ("[police only, protect source]", SOURCE),
        ("[police only and protect source]", SOURCE),
    ],
)
def test_a_mark_is_read_with_any_dash_or_stop_and_though_it_is_not_closed(mark: str, kind: Protection) -> None:
    assert parted(f"{mark} Seen.") == (kind, "Seen.")
    assert without_protected(f"One.\n{mark} Seen.\nTwo.") == "One.\nTwo."


def test_what_else_stands_in_the_brackets_of_a_mark_is_withheld_with_it() -> None:
    assert without_protected("[police only: the car was seen] And more.") == ""
    assert told("[police only: the car]") == "Police only: the car]"


def test_of_two_marks_the_stricter_counts() -> None:
    assert parted("[police only] [protect source] Seen.") == (SOURCE, "Seen.")
    assert parted("[protect source] [police only] Seen.") == (SOURCE, "Seen.")


def test_a_mark_in_the_middle_of_a_line_withholds_the_whole_line() -> None:
    line = "No visit in uniform. [police only] The landlord called. [Protect source]"
    assert parted(line) == (SOURCE, "No visit in uniform. The landlord called. ")
    for may in (frozenset[Protection](), frozenset({POLICE})):
        assert without_protected(f"One.\n{line}\nTwo.", may) == "One.\nTwo."
    assert told("Seen. [police only] Called.") == "Police only: Seen. Called."


def test_words_without_brackets_are_no_mark() -> None:
    assert protection_of("police only: news") is None and protection_of("This is for the police only.") is None
    assert protection_of("[sic] police only") is None and protection_of("(police only)") is None


def test_a_marked_line_is_absent_for_whoever_may_not_read_it() -> None:
    text = "One.\n[police only] Two.\n[protect source] Three.\nFour."
    assert without_protected(text) == "One.\nFour."
    assert without_protected(text, {POLICE}) == "One.\n[police only] Two.\nFour."
    assert without_protected(text, {POLICE, SOURCE}) == text


def test_the_record_prints_it_as_a_label() -> None:
    lines = [as_line(words) for words in paragraphs("[police only] One.\nTwo.\n[protect source] Three.", "Discussion.")]
    assert lines == ["Discussion. Police only: One.", "Two.", "Protect source: Three."]
    assert told("[police only] Call.") == "Police only: Call."


@given(st.text(alphabet="ab [].", max_size=8), st.sampled_from([POLICE, SOURCE]))
def test_a_mark_put_on_and_taken_off_leaves_the_words(line: str, kind: Protection) -> None:
    marked = toggled(line, kind)
    assert protection_of(marked) is kind
    assert toggled(marked, kind).strip() == line.strip()


def test_another_mark_takes_the_place_of_the_first() -> None:
    assert toggled("[police only] Seen.", SOURCE) == "[protect source] Seen."


@pytest.mark.parametrize("mark", ["[police only]", " - [police only]: ", "[police only", "[police only]\n"])
def test_a_mark_on_a_line_of_its_own_is_for_the_paragraph_that_follows(mark: str) -> None:
    text = f"One.\n{mark}\nTwo.\nThree.\n\nFour."
    assert without_protected(text) == "One.\n\nFour." or mark.endswith("\n")
    assert "Two" not in without_protected(text) and "Three" not in without_protected(text)
    assert "One." in without_protected(text) and "Four." in without_protected(text)
    assert without_protected(text, {POLICE}) == text
    assert [words.label for words in paragraphs(text)] == ["", "Police only:", "Police only:", ""]


def test_within_a_marked_paragraph_the_stricter_of_two_marks_counts() -> None:
    assert without_protected("[police only]\nOne.\n[protect source] Two.", {POLICE}) == "[police only] One."
    assert without_protected("[protect source]\n[police only]\nOne.", {POLICE}) == ""


def test_a_mark_that_no_words_follow_stays_to_be_seen_and_is_in_no_copy() -> None:
    assert lines_of("One.\n[protect source]\n\n") == ["One.", "", "[protect source]"]
    assert without_protected("One.\n[protect source]\n") == "One."


PARAGRAPHS = st.lists(st.lists(st.sampled_from(["Alpha.", "Beta [sic].", "- Gamma"]), min_size=1), min_size=1)


@given(PARAGRAPHS, st.data())
def test_whatever_paragraph_is_led_by_a_mark_none_of_it_is_left_and_all_of_the_others(paragraphs_, data) -> None:
    marked = data.draw(st.sets(st.integers(0, len(paragraphs_) - 1)))
    told, kept = [], []
    for at, lines in enumerate(paragraphs_):
        own = [f"{line} {at}" for line in lines]
        told.append("\n".join(["[protect source]", *own] if at in marked else own))
        kept += [] if at in marked else own
    assert [line for line in without_protected("\n\n".join(told)).splitlines() if line] == kept
