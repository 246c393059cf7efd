"""The day each phrase means at a meeting on Thursday 26 November 2026 with the next on 17 December."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.domain.common.day_phrases import day_problem, read_day, read_past_day
from csp_desktop.domain.meeting.action_line import ChipKind, DayAnswer, changes, line_of, parse, without
from csp_desktop.domain.meeting.action_owners import Person

MEETING, NEXT = date(2026, 11, 26), date(2026, 12, 17)
HOLIDAYS = frozenset([date(2026, 12, 25), date(2026, 12, 28)])
RAVI, SMITH, GRACE = Person("1", "Ravi Nair"), Person("2", "PC Jo Smith"), Person("3", "Grace Long", chairs=True)
PEOPLE = (RAVI, SMITH, GRACE)
NO_DAY = "next meeting"  # nothing is taken: due at the next meeting
ASKS = "asks"


def read(line, **more):
    return parse(line, PEOPLE, MEETING, NEXT, holidays=HOLIDAYS, **more)


def day(month, number, year=2026):
    return date(year, month, number)


UNDERSTOOD = [  # the words after 'rn', what is left of them, the day
    ("visit fri", "Visit", day(11, 27)),
    ("visit by fri", "Visit", day(11, 27)),
    ("visit, by friday.", "Visit", day(11, 27)),
    ("visit – fri", "Visit", day(11, 27)),
    ("visit due fri", "Visit", day(11, 27)),
    ("visit weds", "Visit", day(12, 2)),
    ("visit this fri", "Visit", day(11, 27)),
    ("visit monday next week", "Visit", day(11, 30)),
    ("visit sun next week", "Visit", day(12, 6)),
    ("visit start of next week", "Visit", day(11, 30)),
    ("visit monday week", "Visit", day(12, 7)),
    ("visit a week on monday", "Visit", day(12, 7)),
    ("visit fri fortnight", "Visit", day(12, 11)),
    ("visit tmrw", "Visit", day(11, 27)),
    ("visit today", "Visit", day(11, 26)),
    ("visit in 2 weeks", "Visit", day(12, 10)),
    ("visit in two weeks' time", "Visit", day(12, 10)),
    ("visit in a fortnight", "Visit", day(12, 10)),
    ("visit within 10 days", "Visit", day(12, 6)),
    ("visit within 3 working days", "Visit", day(12, 1)),
    ("visit within 22 working days", "Visit", day(12, 30)),
    ("visit within a month", "Visit", day(12, 26)),
    ("visit end of month", "Visit", day(11, 30)),
    ("visit by the end of the month", "Visit", day(11, 30)),
    ("visit by end of next month", "Visit", day(12, 31)),
    ("visit end of the week", "Visit", day(11, 27)),
    ("visit by end of next week", "Visit", day(12, 4)),
    ("visit end of dec", "Visit", day(12, 31)),
    ("visit by 12th", "Visit", day(12, 12)),
    ("visit on the 12th", "Visit", day(12, 12)),
    ("visit by 31st", "Visit", day(12, 31)),
    ("visit 2026-12-05", "Visit", day(12, 5)),
    ("visit 5.12", "Visit", day(12, 5)),
    ("visit 5/12", "Visit", day(12, 5)),
    ("visit 04-12-2026", "Visit", day(12, 4)),
    ("visit 4.12.26", "Visit", day(12, 4)),
    ("visit dec 5", "Visit", day(12, 5)),
    ("visit December 5th 2026", "Visit", day(12, 5)),
    ("visit 5th of december", "Visit", day(12, 5)),
    ("visit fri 4 dec", "Visit", day(12, 4)),
    ("visit 4 dec (fri)", "Visit", day(12, 4)),
    ("visit 15 jan", "Visit", day(1, 15, 2027)),
    ("visit by 3/3/2027", "Visit", day(3, 3, 2027)),
    ("visit before Xmas", "Visit", day(12, 24)),
    ("visit by christmas eve", "Visit", day(12, 24)),
    ("visit before 4 dec", "Visit", day(12, 3)),
    ("visit fri pm", "Visit fri pm", day(11, 27)),
    ("visit tomorrow morning", "Visit tomorrow morning", day(11, 27)),
    ("visit fri at 10.30am", "Visit fri at 10.30am", day(11, 27)),
    ("ring back by 5pm", "Ring back by 5pm", day(11, 26)),
    ("ring back by 5 pm", "Ring back by 5 pm", day(11, 26)),
    ("monitor until 4 dec", "Monitor until 4 dec", day(12, 4)),
    ("book a room for fri", "Book a room for fri", day(11, 27)),
    ("keep heating on fri", "Keep heating on", day(11, 27)),
    ("pass the letter on by fri", "Pass the letter on", day(11, 27)),
    ("happened last friday", "Happened last friday", NO_DAY),
    ("visit every friday", "Visit every friday", NO_DAY),
    ("answer the letter of 4 nov", "Answer the letter of 4 nov", NO_DAY),
    ("move the visit to fri", "Move the visit to fri", NO_DAY),
    ("find out where he sat", "Find out where he sat", NO_DAY),
    ("note the risk of 32/40", "Note the risk of 32/40", NO_DAY),
    ("visit fri with CGL", "Visit fri with CGL", NO_DAY),
    ("monitor for 2 weeks", "Monitor for 2 weeks", NO_DAY),
    ("keep heating on", "Keep heating on", NO_DAY),
    ("report to next meeting", "Report to next meeting", NO_DAY),
    ("report by next meeting", "Report", NO_DAY),
    ("report by next cpg", "Report", NO_DAY),
    ("report by next session", "Report", NO_DAY),
]

QUESTIONS = [  # the words after 'rn', and the days they may mean
    ("visit asap", [day(11, 26), day(11, 27), NEXT]),
    ("visit as soon as possible", [day(11, 26), day(11, 27), NEXT]),
    ("ring soon", [day(11, 26), day(11, 27), NEXT]),
    ("ring them straight away", [day(11, 26), day(11, 27), NEXT]),
    ("visit, date tbc", [day(11, 26), day(11, 27), NEXT]),
    ("visit next week", [day(11, 30), day(12, 4)]),
    ("visit next monday", [day(11, 30), day(12, 7)]),
    ("visit next thursday", [day(12, 3), day(12, 10)]),
    ("visit by next fri", [day(11, 27), day(12, 4)]),
    ("visit mid december", [day(12, 11), day(12, 20)]),
    ("visit mid-december", [day(12, 11), day(12, 20)]),
    ("visit early dec", [day(12, 1), day(12, 10)]),
    ("visit late dec", [day(12, 21), day(12, 31)]),
    ("visit first week of december", [day(12, 1), day(12, 7)]),
    ("visit in the last week of december", [day(12, 25), day(12, 31)]),
    ("visit in a few days", [day(11, 28), day(11, 29)]),
    ("visit in a couple of weeks", [day(12, 10), day(12, 17)]),
    ("visit next january", [day(1, 1, 2027), day(1, 31, 2027)]),
    ("visit this month", [day(11, 30)]),
    ("visit later this month", []),
    ("visit after half term", []),
    ("visit before the school holidays", []),
    ("visit in the new year", []),
    ("ring after fri", [day(11, 28)]),
    ("visit this week", [day(11, 27)]),
    ("visit next month", [day(12, 1), day(12, 31)]),
    ("visit weekend", [day(11, 28), day(11, 29)]),
    ("visit w/c 7 dec", [day(12, 7), day(12, 11)]),
    ("visit in december", [day(12, 1), day(12, 31)]),
    ("review risk 24/7", [day(7, 24, 2027)]),
    ("visit flat 3/4", [day(4, 3, 2027)]),
    ("visit by 3/4", [day(4, 3, 2027)]),
    ("visit flat 5/12", [day(12, 5)]),
    ("raise the dose to 1.5", None),  # 'to' makes it a part of the sentence
    ("raise the dose 1.5", [day(5, 1, 2027)]),
    ("aged 4-12", [day(12, 4)]),
    ("visit fri 5 dec", [day(12, 4), day(12, 5)]),
    ("visit mon and fri", [day(11, 27), day(11, 30)]),
    ("visit mon-fri", [day(11, 27), day(11, 30)]),
    ("visit by 31/11", []),
    ("visit 31 nov", []),
    ("visit 30 feb", []),
    ("visit 29 feb", []),
    ("visit 29/2/2027", []),
    ("visit 4/13", []),
    ("visit 11/23/2026", []),
    ("visit 32nd", []),
    ("visit by easter", []),
    ("visit by 12", [day(12, 12)]),
    ("visit at 5pm", [day(11, 26), day(11, 27)]),
]


@pytest.mark.parametrize(("words", "left", "due"), UNDERSTOOD, ids=[words for words, _, _ in UNDERSTOOD])
def test_the_day_a_phrase_means(words, left, due):
    said = read(f"rn {words}")
    assert (said.what, said.wait) == (left, "")
    assert (said.due, said.due_typed) == ((NEXT, False) if due == NO_DAY else (due, True))


@pytest.mark.parametrize(("words", "options"), QUESTIONS, ids=[words for words, _ in QUESTIONS])
def test_an_ambiguous_or_impossible_phrase_waits_with_a_question_instead_of_choosing(words, options):
    said = read(f"rn {words}")
    if options is None:
        assert said.question is None
        return
    assert said.question is not None
    assert (list(said.question.options), said.due_typed, said.ready) == (options, False, False)
    assert said.wait == said.question.sentence
    assert said.what == words[0].upper() + words[1:], "nothing is taken before it is answered"
    assert ChipKind.DUE not in {chip.kind for chip in said.chips}


def test_a_day_that_has_just_passed_is_not_a_year_later():
    said = read("rn visit 25/11")
    assert (said.due, said.ready) == (day(11, 25), False)
    assert read("rn visit 24 nov").due == day(11, 24)


def test_an_answer_to_the_question_counts_for_its_phrase_alone():
    week = DayAnswer("next week", day(12, 4))
    assert (read("rn visit next week", answer=week).due, read("rn visit next week", answer=week).what) == (
        day(12, 4),
        "Visit",
    )
    assert read("rn visit 24/7", answer=week).question is not None
    no_day = read("rn review risk 24/7", answer=DayAnswer("24/7", None))
    assert (no_day.what, no_day.due_typed, no_day.ready) == ("Review risk 24/7", False, True)
    soon = read("rn visit asap", answer=DayAnswer("asap", day(11, 27)))
    assert read("rn visit asap").wait == "“asap” is not a date: choose one of the dates, or type it"
    assert (soon.what, soon.due) == ("Visit", day(11, 27)), "the date says it"
    assert read("rn visit asap", answer=DayAnswer("asap", None)).what == "Visit asap"
    later = DayAnswer("after half term", None)
    assert read("rn visit after half term", answer=later).what == "Visit after half term"


@pytest.mark.parametrize(
    ("line", "chosen", "what"),
    [
        ("gp letter by fri", RAVI, "Gp letter"),
        ("tv licence to be paid", GRACE, "Tv licence to be paid"),
        ("pc smith call", SMITH, "Call"),
        ("pc call", SMITH, "Pc call"),
        ("ravi visit", RAVI, "Visit"),
        ("ravi nair: visit", RAVI, "Visit"),
        ("a grant form", GRACE, "A grant form"),
        ("gr grant form", GRACE, "Grant form"),
    ],
)
def test_only_the_officer_s_own_name_leaves_the_words_once_a_person_is_chosen(line, chosen, what):
    said = read(line, chosen=[chosen.id])
    assert (said.officer, said.what) == (chosen, what)


def test_initials_typed_later_win_over_a_person_chosen_before():
    assert read("rn visit", chosen=[GRACE.id]).officer == RAVI


def test_power_waits_for_its_name():
    assert read("rn serve notice power:").wait.startswith("Name the legal power")
    said = read("rn serve notice, power: closure order by fri")
    assert (said.what, said.power, said.due) == ("Serve notice", "Closure order", day(11, 27))


_WORDS = st.sampled_from(
    [
        "rn",
        "js",
        "rn/js",
        "gl,",
        "&",
        "with",
        "pc",
        "smith",
        "chair",
        "smiht",
        "visit",
        "Flat",
        "3/4",
        "24/7",
        "fri",
        "last",
        "every",
        "by",
        "on",
        "before",
        "next",
        "week",
        "keep",
        "heating",
        "power:",
        "asap",
        "5.12",
        "31/11",
        "in",
        "2",
        "weeks",
        "the",
        "end",
        "of",
        "month",
        "dec",
        "12th",
        "to",
        "and",
        "xmas",
        "mon,",
        "pm",
        "5pm",
        "–",
        "for",
        "until",
        "meeting",
    ]
)
_LINES = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=9).map(" ".join))


@given(_LINES, st.sampled_from(["", "1", "2", "nobody"]))
@example("POWER:- XMAS", "")
@example("ı", "")  # its capital is I, whose small letter is i
@example("rn serve notice power: –, fri", "")
def test_text_out_is_text_in_less_what_the_chips_show(text, chosen):
    said = read(text, chosen=[chosen])
    assert said.what == without(text, said.taken)
    shown = {chip.kind for chip in said.chips}
    assert {span.kind for span in said.taken} <= shown
    assert not (said.owners and ChipKind.OFFICER not in shown)
    spans = sorted((span.start, span.end) for span in said.taken)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    left = "".join(text[a:b] for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), None], strict=True))
    assert "".join(said.what.split()).upper() == "".join(left.split()).upper()


@given(
    st.one_of(st.text(min_size=1, max_size=40), st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)),
    st.one_of(st.none(), st.dates(MEETING, date(2029, 1, 1))),
    st.sampled_from(["", "Closure order", "S.59"]),
)
def test_an_unchanged_edit_is_an_unchanged_action(what, due, power):
    line = line_of(what, "RN", due, power)
    assert changes(read(line), read(line)).__dict__ == changes(read("rn visit"), read("rn visit")).__dict__
    changed = changes(read(line), read(line.replace("rn:", "gl:", 1)))
    assert (changed.what, changed.due, changed.power, changed.no_day) == (None, None, None, False)


@pytest.mark.parametrize("what", ["Keep heating on", "Visit every friday", "Call on Friday", "Flat 3/4", "Ring asap"])
@pytest.mark.parametrize("due", [None, day(12, 24)])
def test_an_agreed_action_is_put_back_as_the_line_it_was(what, due):
    said = read(line_of(what, "RN", due, "Closure order" if due else ""))
    assert (said.what, said.due if said.due_typed else None, said.officer, said.ready) == (what, due, RAVI, True)


def test_changing_the_day_changes_the_day_alone():
    before = read(line_of("Serve notice", "RN", day(12, 24), "Closure order"))
    change = changes(before, read("rn Serve notice power: Closure order by 10/12/2026"))
    assert change == type(change)(due=day(12, 10))
    assert changes(before, read("rn Serve notice power: Closure order")).no_day


def test_a_field_says_why_its_words_are_no_day():
    assert day_problem("31/11", MEETING, "How") == "31 November does not exist: type another date."
    assert day_problem("next week", MEETING, "How").endswith(
        "can mean several dates: type Mon 30 Nov 2026 or Fri 4 Dec 2026."
    )
    assert day_problem("gibberish", MEETING, "How") == day_problem("fri", MEETING, "How") == "How"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mon", day(11, 23)),
        ("yesterday", day(11, 25)),
        ("today", day(11, 26)),
        ("3 mar", day(3, 3)),
        ("27 nov", day(11, 27, 2025)),
        ("5/12", day(12, 5, 2025)),
        ("5/12/2026", day(12, 5)),
        ("tomorrow", day(11, 27)),
        ("in 2 weeks", day(12, 10)),
        ("31/11", None),
    ],
)
def test_a_past_day_is_the_last_such_day(words, found):
    assert read_past_day(words, MEETING) == found


@given(st.dates(date(2025, 11, 27), MEETING))
def test_every_day_of_the_past_year_is_found_without_its_year(on):
    assert read_past_day(f"{on.day}/{on.month}", MEETING) == on
    assert read_past_day(f"{on.day} {on:%b}", MEETING) == on


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_a_day_without_its_year_is_never_half_a_year_away(today):
    for ahead in range(-180, 181, 45):
        on = today + timedelta(days=ahead)
        if (on.month, on.day) != (2, 29):
            assert read_day(f"{on.day} {on:%b}", today) == on
