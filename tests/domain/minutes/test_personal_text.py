"""What counts as personal in a text that leaves, and what does not though it looks like it."""

import unicodedata

import pytest

from csp_desktop.domain.minutes.personal_text import Hit, Mark, Names, Text, find

NAMES = Names(
    people=("Kit Barlow", "Łukasz Ó Súilleabháin", "unknown man, bridge"),
    members=("Hana Price", "PS Dan Holt", "Dr Priya Raman", "Kit Marsden"),
    spared=("St John Ambulance", "Dr Barnardo’s", "Watford Borough Council"),
    places=("14 Market Street",),
)


def _hits(words: str, *, members: bool = False) -> tuple[Hit, ...]:
    return find([Text(words, "Discussion.", "case-1", "SN-2026-0401, JK", "case-1", members)], NAMES)


@pytest.mark.parametrize(
    ("words", "mark", "place"),
    [
        ("Mrs O'Neill (No. 27) has called again.", Mark.TITLED, "Mrs O'Neill"),
        ("Mr Ó Súilleabháin (victim) agrees.", Mark.TITLED, "Mr Ó Súilleabháin"),
        ("The officer spoke with Ms Łukasik-Ionescu today.", Mark.TITLED, "Ms Łukasik-Ionescu"),
        ("Seen by Dr. Patel on Tuesday.", Mark.TITLED, "Dr. Patel"),
        ("mrs green is afraid to go out", Mark.TITLED, "mrs green"),
        ("Barlow was there, so was his brother.", Mark.KNOWN, "Barlow"),
        ("Information came from Hana Price at home.", Mark.MEMBER, "Hana Price"),
        ("Noise again at 27 Vicarage Road.", Mark.HOUSE, "27 Vicarage Road"),
        ("Letters to 14a-16 St Albans Rd were returned.", Mark.HOUSE, "14a-16 St Albans Rd"),
        ("The tenant of Flat 3b moved out.", Mark.HOUSE, "Flat 3b"),
        ("The dog belongs to no. 27, not to them.", Mark.HOUSE, "no. 27"),
        ("He answers on 07700 900123 after six.", Mark.TELEPHONE, "07700 900123"),
        ("Perpetrator, DOB 1.2.1980, was warned.", Mark.BIRTH, "DOB 1.2.1980"),
        ("The son, born 3 March 2009, is out of school.", Mark.BIRTH, "born 3 March 2009"),
        ("Write to jo.o'neill@example.org first.", Mark.MAIL, "jo.o'neill@example.org"),
        ("Moved to WD17 1AB in October.", Mark.POSTCODE, "WD17 1AB"),
        ("His NHS number 943 476 5919 is known.", Mark.NUMBER, "NHS number 943 476 5919"),
        ("NI QQ is none, but AB 12 34 56 C is one.", Mark.NUMBER, "AB 12 34 56 C"),
    ],
)
def test_what_may_tell_who_a_person_is_is_found_where_it_stands(words: str, mark: Mark, place: str) -> None:
    hits = _hits(words)
    assert (mark, place) in [(hit.mark, hit.words) for hit in hits]


@pytest.mark.parametrize(
    "words",
    [
        "Youths gather in Doctor’s Lane after school.",
        "Miss Lane and Lady’s Close are lit again.",
        "Lady Bay Road was swept on Friday.",
        "King Street and St Albans Road: 12 reports in four weeks.",
        "PC Smith and PS Holt visit on Thursday at 14:02.",
        "St John Ambulance stands by; Dr Barnardo’s sends its report.",
        "Mr K.B. and Ms J agreed; Mr Chair thanked them.",
        "Watford Borough Council, 14 Market Street, hosts it.",
        "Case no. 3 of SN-2026-0371, bus number 10, action no. 12.",
        "Call 101, or 0800 123 4567 at night.",
        "The hearing is on 4 December at Watford Magistrates Court.",
        "Risk 38, down 6; 24/7 watch until 26 December 2026.",
        "2 visits failed on 9 November, Queens Road was quiet.",
        "An older man was born abroad; the DOB is not known.",
        "Crime reference 41/23456/26 and 40 HC 12 were read out.",
        "Committee Room 2, Unit 4 of the clause, version 1.0.",
        "They miss school; the unknown man is at the bridge.",
        "Kit needs are met by the kit box at the hall.",
    ],
)
def test_what_only_looks_like_a_person_is_left_alone(words: str) -> None:
    assert [(hit.mark.value, hit.words) for hit in _hits(words)] == []


def test_members_stand_in_their_place_and_are_found_out_of_it() -> None:
    words = "Dr Raman and Hana Price disagree; so does Mrs Green."
    assert [hit.words for hit in _hits(words, members=True)] == ["Mrs Green"]
    assert [hit.words for hit in _hits(words)] == ["Dr Raman", "Hana Price", "Mrs Green"]


@pytest.mark.parametrize(
    "words", ["She spoke with Dr Raman.", "It is Dr. Raman’s view.", "It is in Dr Raman's letter."]
)
def test_a_member_with_a_title_stands_in_their_place_at_the_end_of_a_sentence_too(words: str) -> None:
    assert _hits(words, members=True) == ()


def test_a_name_composed_otherwise_is_the_same_name() -> None:
    apart = unicodedata.normalize("NFD", "Then ŁUKASZ Ó SÚILLEABHÁIN left.")
    (hit,) = _hits(apart)
    assert (hit.mark, hit.words) == (Mark.KNOWN, "ŁUKASZ Ó SÚILLEABHÁIN")


def test_a_hit_says_where_it_stands() -> None:
    (hit,) = _hits("Ask Mr Green about it.")
    assert hit.text.section_id == "case-1" and hit.text.field == "Discussion." and hit.text.case_id == "case-1"
    assert hit.text.words[hit.start : hit.end] == "Mr Green"


def test_places_do_not_overlap_and_stand_in_order() -> None:
    hits = _hits("Mrs O’Neill, Flat 3, 27 Vicarage Road, WD17 1AB, born 1979, 01923 226400.")
    spans = [(hit.start, hit.end) for hit in hits]
    assert len(hits) == 6 and all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("words", ["x" * 50_000, "a-" * 25_000, "1" * 50_000, "Mr " + "Aa-" * 16_000, "a@a." * 12_000])
def test_a_book_pasted_into_a_note_is_looked_at_to_its_end(words: str) -> None:
    assert _hits(f"{words} Ask Mrs Green.")[-1].words == "Mrs Green"
