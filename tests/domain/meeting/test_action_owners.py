"""Officers are named as people speak, and nothing but the officers leaves the text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.meeting.action_line import ABSENT, ChipKind, line_of, parse
from csp_desktop.domain.meeting.action_owners import LIKELY, NOT_THIS_NAME, SHARED, UNKNOWN, Person, one_slip
from csp_desktop.domain.people.agencies import AgencyKind

MEETING, NEXT = date(2026, 11, 26), date(2026, 12, 17)
POLICE = ("Police", "Hertfordshire Constabulary", AgencyKind.POLICE)
CGL = ("CGL", "Change Grow Live", AgencyKind.SUPPORT)
HOLT = Person("holt", "PS Dan Holt", *POLICE)
HART = Person("hart", "PC Amy Hart", *POLICE, here=False)
EWA = Person("ewa", "Ewa Łukasik", *CGL)
NINA = Person("nina", "Nina Ross-Perry", "Watford BC", "Watford Borough Council", AgencyKind.COUNCIL, chairs=True)
SEAN = Person("sean", "Seán O'Donnell", "Probation", "Probation Service", AgencyKind.PROBATION)
LIAM = Person("liam", "Liam Reed", "Thrive", "Thrive Homes", AgencyKind.HOUSING)
JOY = Person("joy", "Dr Joy Okafor", "CMHT", "Community Mental Health Team", AgencyKind.HEALTH, here=False)
MARK = Person("mark", "Mark Ó Briain", "Thrive", "Thrive Homes", AgencyKind.HOUSING)
PEOPLE = (HOLT, HART, EWA, NINA, SEAN, LIAM, JOY, MARK)


def read(text, people=PEOPLE, chosen=()):
    return parse(text, people, MEETING, NEXT, chosen)


@pytest.mark.parametrize(
    ("named", "officer"),
    [
        ("dan", HOLT),
        ("holt", HOLT),
        ("dan holt", HOLT),
        ("Dan Holt:", HOLT),
        ("PS Holt", HOLT),
        ("Sgt Holt", HOLT),
        ("sergeant dan holt,", HOLT),
        ("Mr Holt", HOLT),
        ("PC Hart", HART),
        ("dan h", HOLT),
        ("ewa", EWA),
        ("lukasik", EWA),
        ("Łukasik", EWA),
        ("ross-perry", NINA),
        ("Ross Perry", NINA),
        ("o'donnell", SEAN),
        ("odonnell", SEAN),
        ("ODONNELL", SEAN),
        ("nrp", NINA),
        ("np", NINA),
        ("sod", SEAN),
        ("so", SEAN),
        ("mób", MARK),
        ("mark ó briain", MARK),
        ("o briain", MARK),
        ("Dr Okafor", JOY),
        ("Doctor Joy Okafor", JOY),
        ("chair", NINA),
        ("the chair", NINA),
        ("police", HOLT),
        ("the police", HOLT),
        ("Hertfordshire Constabulary", HOLT),
        ("hc", HOLT),
        ("CGL", EWA),
        ("change grow live", EWA),
        ("cmht", JOY),
        ("probation", SEAN),
        ("council", NINA),
    ],
)
def test_owners_by_first_name_surname_full_name_rank_and_name_agency_chair_and_natural_initials(named, officer):
    said = read(f"{named} visit the flat fri")
    assert (said.officer, said.what, said.due) == (officer, "Visit the flat", date(2026, 11, 27))
    assert said.ready


@pytest.mark.parametrize(
    ("named", "officer"),
    [
        ("hlot", HOLT),
        ("dna holt", HOLT),
        ("ps holr", HOLT),
        ("lukasic", EWA),
        ("okfor", JOY),
        ("odonell", SEAN),
        ("ross-pery", NINA),
        ("polcie", HOLT),
        ("probaton", SEAN),
        ("pc holt", HOLT),
    ],
)
def test_a_name_with_one_typing_error_is_offered_and_never_taken_by_itself(named, officer):
    asked = read(f"{named} visit the flat fri")
    assert (asked.officer, asked.offered[0]) == (None, officer)
    assert asked.wait == (SHARED if len(asked.offered) > 1 else LIKELY)
    assert asked.what == f"{named[0].upper()}{named[1:]} visit the flat", "it stays until somebody says so"
    said = read(f"{named} visit the flat fri", chosen=[officer.id])
    assert (said.officer, said.what, said.ready) == (officer, "Visit the flat", True)


def test_an_agency_of_several_people_here_is_asked_about_unless_one_of_them_leads():
    asked = read("thrive visit the flat")
    assert (asked.offered, asked.wait, asked.what) == ((LIAM, MARK), SHARED, "Visit the flat")
    leads = Person("mark", "Mark Ó Briain", "Thrive", "Thrive Homes", AgencyKind.HOUSING, leads=True)
    assert read("thrive visit the flat", (LIAM, leads)).officer == leads
    assert read("housing visit the flat", chosen=["liam"]).officer == LIAM


@pytest.mark.parametrize(
    "named", ["dh & el", "dh/el", "dh+el", "dh and el", "dh, el", "dh el", "dan with ewa", "Dan Holt & CGL"]
)
def test_several_owners_one_leads_and_the_others_are_with(named):
    said = read(f"{named} visit the flat fri")
    assert (said.officer, said.beside, said.what, said.ready) == (HOLT, (EWA,), "Visit the flat", True)
    assert [c.words for c in said.chips if c.kind is ChipKind.OFFICER] == ["PS Dan Holt leads", "with Ewa Łukasik"]


def test_three_owners_and_the_same_one_twice():
    said = read("dh/el/nrp meet the family")
    assert (said.officer, said.beside) == (HOLT, (EWA, NINA))
    assert read("dh & dan & el meet the family").owners == (HOLT, EWA)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("dh and the landlord meet", "And the landlord meet"),
        ("dh with the landlord", "With the landlord"),
        ("dh, visit the flat", "Visit the flat"),
        ("dh visit with CGL", "Visit with CGL"),
        ("dh: el house visit", "El house visit"),
        ("dh ps smith visit", "Ps smith visit"),
        ("dh re the letter", "Re the letter"),
        ("dh & family to meet", "& family to meet"),
        ("dh, police station visit", "Police station visit"),
        ("dh to serve notice", "To serve notice"),
        ("dh jk house visit", "Jk house visit"),
        ("dh el", "El"),
        ("dh / tidy the yard", "/ tidy the yard"),
    ],
)
def test_nothing_but_the_owner_leaves_the_text(line, what):
    said = read(line)
    assert (said.officer, said.beside, said.what) == (HOLT, (), what)


def test_a_name_that_is_also_a_word_is_asked_about_unless_it_stands_as_a_name():
    asked = read("mark the bins")
    assert (asked.officer, asked.offered, asked.what) == (None, (MARK,), "Mark the bins")
    for line in ("mark to do the bins", "mark: do the bins", "mark & dan do the bins", "mark ó briain do the bins"):
        assert read(line).officer == MARK
    assert read("hold the case open").offered == tuple(sorted(PEOPLE, key=lambda p: not p.here)), "no misspelt Holt"


TOM = Person("tom", "Tom Ellis", "Fire", "Hertfordshire Fire and Rescue", AgencyKind.FIRE, here=False)
SHORE = Person("shore", "Becky Shore", *CGL, here=False)
ANNA = Person("anna", "Anna Nash", "Thrive", "Thrive Homes", AgencyKind.HOUSING)
ROOM = (*PEOPLE, TOM, SHORE, ANNA)


@pytest.mark.parametrize(
    ("line", "may_be"),
    [
        ("shore up the fence fri", SHORE),
        ("fire safety visit fri", TOM),
        ("fire report fri", TOM),
        ("probation appointment fri", SEAN),
        ("police station visit fri", HOLT),
        ("cmht referral fri", JOY),
        ("council tax form fri", NINA),
        ("chair the next panel fri", NINA),
        ("an update from housing fri", ANNA),
        ("an ask to housing fri", ANNA),
    ],
)
def test_what_may_be_said_about_the_action_is_never_taken_as_its_owner_by_itself(line, may_be):
    asked = read(line, ROOM)
    assert (asked.officer, asked.wait, [p.id for p in asked.offered]) == (None, LIKELY, [may_be.id])
    assert asked.what == line[0].upper() + line[1:].removesuffix(" fri"), "no word is eaten"


def test_the_minute_taker_is_named_as_the_chair_is():
    taker = Person("bell", "Marcus Bell", takes_minutes=True)
    for named in ("minute-taker", "minute taker", "the minute-taker"):
        said = read(f"{named} circulate the agenda fri", (*ROOM, taker))
        assert (said.officer, said.what) == (taker, "Circulate the agenda")


def test_an_agency_s_name_stays_in_the_words_it_may_belong_to():
    said = read("fire safety visit fri", ROOM, chosen=["tom"])
    assert (said.officer, said.what, said.ready) == (TOM, "Fire safety visit", True)


@pytest.mark.parametrize(
    ("line", "officer", "what"),
    [
        ("shore ring the school", SHORE, "Ring the school"),
        ("shore: up the fence", SHORE, "Up the fence"),
        ("becky shore up the fence", SHORE, "Up the fence"),
        ("bs up the fence", SHORE, "Up the fence"),
        ("fire check the alarms", TOM, "Check the alarms"),
        ("fire to do a safety visit", TOM, "To do a safety visit"),
        ("fire: safety visit", TOM, "Safety visit"),
        ("tom visit the flat", TOM, "Visit the flat"),
        ("tom welfare check", TOM, "Welfare check"),
        ("tom ellis safety visit", TOM, "Safety visit"),
        ("AN update from housing", ANNA, "Update from housing"),
        ("an: update from housing", ANNA, "Update from housing"),
        ("so visit the flat", SEAN, "Visit the flat"),
    ],
)
def test_what_can_only_be_the_owner_is_taken(line, officer, what):
    said = read(line, ROOM)
    assert (said.officer, said.what, said.ready) == (officer, what, True)


@pytest.mark.parametrize("line", ["tom smith visit", "tom hart visit mon", "Tom Kowalska visit", "pc amy jones visit"])
def test_a_first_name_with_somebody_else_s_surname_is_asked_about(line):
    asked = read(line, ROOM)
    assert (asked.officer, asked.wait) == (None, NOT_THIS_NAME)
    assert asked.what.casefold() == line.removesuffix(" mon").casefold()
    assert len(asked.offered) == len(ROOM) and asked.offered[0] == (HART if "amy" in line else TOM)


def test_whose_surname_it_is_stands_second_and_whoever_is_chosen_is_taken():
    assert read("tom hart visit mon", ROOM).offered[:2] == (TOM, HART)
    said = read("tom hart visit mon", ROOM, chosen=["hart"])
    assert (said.officer, said.what, said.ready) == (HART, "Tom hart visit", True)
    assert read("tom smith visit mon", ROOM, chosen=["tom"]).what == "Smith visit"
    assert read("dh & tom smith visit mon", ROOM).wait == NOT_THIS_NAME
    assert read("tom elis visit mon", ROOM).wait == LIKELY, "one letter is missing"


def test_somebody_absent_is_accepted_and_the_chip_says_they_will_be_told():
    said = read("pc hart visit the flat")
    assert said.ready and said.chips[0].words == f"PC Amy Hart, {ABSENT}"
    said = read("dh & joy visit the flat")
    assert [c.words for c in said.chips[:2]] == ["PS Dan Holt leads", f"with Dr Joy Okafor, {ABSENT}"]


def test_who_is_here_is_meant_where_two_have_the_same_name_or_initials():
    dee = Person("dee", "Dee Hart", "Thrive")
    assert read("hart visit", (HART, dee)).officer == dee and read("ah visit", (HART, dee)).officer == HART
    assert read("pc hart visit", (HART, dee)).officer == HART
    assert read("hart visit", (HART, dee), chosen=["hart"]).officer == HART, "an action that is theirs stays theirs"


def test_nobody_meant_offers_everybody_who_is_here_first():
    said = read("visit the flat")
    assert said.wait == UNKNOWN and said.what == "Visit the flat"
    assert [p.here for p in said.offered] == sorted((p.here for p in PEOPLE), reverse=True)
    assert read("dh/visit").wait == UNKNOWN


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("محمد علي", ["محمد", "علي", "محمد علي", "مع"]),
        ("प्रिया शर्मा", ["प्रिया", "शर्मा", "पश"]),
        ("李明", ["李明", "李"]),
        ("陳 大文", ["陳 大文", "陳", "大文", "陳大"]),
        ("Олена Шевчук", ["олена", "ШЕВЧУК", "ош"]),
        ("Γιώργος Παππάς", ["γιωργος", "παππάς", "γπ"]),
        ("דוד לוי", ["דוד", "דל"]),
        ("தமிழ் செல்வி", ["தமிழ்", "தச"]),
    ],
)
def test_names_in_scripts_without_latin_letters_work_too(name, typed):
    person = Person("x", name)
    for words in typed:
        said = read(f"{words} visit fri", (HOLT, person))
        assert (said.officer, said.what) == (person, "Visit"), words
    assert read(f"{name} & dh visit", (HOLT, person)).owners == (person, HOLT)
    assert read(line_of("Visit", f"{person.initials} & dh", None), (HOLT, person)).owners == (person, HOLT)


_SAID = [
    "dh",
    "el",
    "nrp",
    "dan",
    "holt",
    "PS",
    "&",
    "and",
    "/",
    "with",
    ",",
    "police",
    "chair",
    "visit",
    "the",
    "flat",
]


@given(
    st.lists(st.sampled_from([*_SAID, "hlot", "mark", "to", "fri", "dh/el", "ewa,", "sod:"]), max_size=9).map(" ".join)
)
def test_text_out_is_text_in_less_the_owners_the_day_and_the_power(text):
    said = read(text)
    left, at = "", 0
    for span in sorted(said.taken, key=lambda one: one.start):
        left, at = left + text[at : span.start], span.end
    left += text[at:]
    assert "".join(said.what.split()).casefold() == "".join(left.split()).casefold()
    assert len({p.id for p in said.owners}) == len(said.owners)
    assert said.ready == bool(said.what and said.owners and not said.offered and said.question is None)


@pytest.mark.parametrize(
    ("typed", "same"),
    [("holt", True), ("hlot", True), ("hol", True), ("hoolt", True), ("hold", True), ("hlto", False), ("h", False)],
)
def test_one_slip_is_one_letter_wrong_missing_too_many_or_two_turned_round(typed, same):
    assert one_slip(typed, "holt") is same
