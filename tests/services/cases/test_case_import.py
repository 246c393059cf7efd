"""Imports are snapshots: October then November gives the risk history."""

import re
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.cli.verbs import lists
from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, Snapshot, StatusChange
from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.cases.case_entry import mark_repeat_victim
from csp_desktop.services.cases.case_import import import_cases, preview_cases
from csp_desktop.services.cases.import_questions import KEEP, TAKE, Alike, changed_key, decisions, name_key
from csp_desktop.services.common.import_answers import said_of_each
from csp_desktop.services.common.import_rows import CaseFile
from csp_desktop.services.session import Session
from tests.support.fakes import NO_PAPERS, FakeWork, fake_session

FILES = Path(__file__).parents[2] / "data" / "safety-net"


def counts(preview):
    return preview.new, preview.changed, preview.unchanged, len(preview.refused)


def everything(session: Session) -> dict[type[Any], dict[str, Any]]:
    """All that is stored, to compare."""
    assert isinstance(session.work, FakeWork)
    return session.work.everything()


def october_and_november(session: Session) -> None:
    import_cases(session, read_cases(FILES / "cases-2026-10.csv"))
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))


def case_of(session: Session, reference: str) -> Case:
    with session.work.reading() as records:
        return records.find(Case, reference=reference)[0]


def history(session: Session, reference: str) -> list[RiskPoint]:
    case = case_of(session, reference)
    with session.work.reading() as records:
        return sorted(records.find(RiskPoint, case_id=case.id), key=lambda p: p.dated)


def test_october_then_november_gives_46_cases_to_walk_and_the_risk_history():
    session = fake_session()
    assert counts(import_cases(session, read_cases(FILES / "cases-2026-10.csv"))) == (28, 0, 0, 0)
    november = import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    assert november.new == 20 and november.new + november.changed + november.unchanged == 48
    with session.work.reading() as records:
        assert sum(c.status is not CaseStatus.CLOSED for c in records.find(Case)) == 46
    assert [(p.dated, p.total) for p in history(session, "SN-2026-056705")] == [
        (date(2026, 10, 20), 47),
        (date(2026, 10, 27), 44),
    ]


def test_a_total_that_changed_under_an_unchanged_assessment_date_is_kept_dated_by_the_snapshot_and_marked():
    session = fake_session()
    october_and_november(session)
    first, second = history(session, "SN-2026-069502")
    assert (first.total, first.dated, first.without_assessment) == (12, date(2026, 9, 3), False)
    assert (second.total, second.dated, second.without_assessment) == (9, date(2026, 11, 21), True)


@pytest.mark.parametrize(
    ("month", "proposed"),
    [
        (date(2026, 11, 1), date(2026, 11, 21)),  # the latest day of that month in the file
        (date(2026, 1, 1), date(2026, 1, 1)),  # no day of that month stands in it
        (date(2027, 3, 1), date(2026, 11, 23)),  # a month to come
        (None, date(2026, 11, 21)),
    ],
)
def test_an_export_named_by_a_month_is_as_of_the_latest_day_of_it(month: date | None, proposed: date):
    export = replace(read_cases(FILES / "cases-2026-11.csv"), named_day=None, named_month=month)
    assert export.proposed_as_of(date(2026, 11, 23)) == proposed


@pytest.mark.parametrize("again", ["cases-2026-11.csv", "cases-2026-11.xlsx"])
def test_the_same_content_twice_changes_nothing(again: str):
    session = fake_session()
    october_and_november(session)
    before = everything(session)
    assert counts(import_cases(session, read_cases(FILES / again))) == (0, 0, 48, 0)
    assert everything(session) == before


def test_an_older_snapshot_fills_history_and_never_overwrites_todays_row():
    right, late = fake_session(), fake_session()
    october_and_november(right)
    import_cases(late, read_cases(FILES / "cases-2026-11.csv"))
    now = case_of(late, "SN-2026-047003")
    preview = import_cases(late, read_cases(FILES / "cases-2026-10.csv"))
    assert preview.older
    assert case_of(late, "SN-2026-047003") == now
    assert (now.total, now.lead_officer) == (27, "Ewa Łukasik")
    assert {p.total for p in history(late, "SN-2026-056705")} == {p.total for p in history(right, "SN-2026-056705")}


def story(session: Session) -> dict[str, list[tuple[date, int, bool]]]:
    with session.work.reading() as records:
        references = {c.id: c.reference for c in records.find(Case)}
        told: dict[str, list[tuple[date, int, bool]]] = {}
        for p in sorted(records.find(RiskPoint), key=lambda p: (p.dated, p.as_of)):
            told.setdefault(references[p.case_id], []).append((p.dated, p.total, p.without_assessment))
    return told


def test_the_risk_history_is_the_same_in_whichever_order_the_snapshots_came_in():
    right, late = fake_session(), fake_session()
    october_and_november(right)
    import_cases(late, read_cases(FILES / "cases-2026-11.csv"))
    import_cases(late, read_cases(FILES / "cases-2026-10.csv"))
    assert story(late) == story(right)
    before = everything(late)
    assert counts(import_cases(late, read_cases(FILES / "cases-2026-10.csv"))) == (0, 0, 28, 0)
    assert everything(late) == before


def with_total(session: Session, total: int, as_of: date) -> None:
    parsed = read_cases(FILES / "cases-2026-10.csv")
    rows = tuple(replace(r, total=total) for r in parsed.rows if r.reference == "SN-2026-069502")
    import_cases(session, replace(parsed, rows=rows), as_of)


@pytest.mark.parametrize("order", list(permutations([(12, 20), (9, 24), (12, 28)])))
def test_a_total_that_went_and_came_back_is_told_as_it_happened(order: tuple[tuple[int, int], ...]):
    session = fake_session()
    for total, day in order:
        with_total(session, total, date(2026, 10, day))
    told = [(p.dated, p.total) for p in history(session, "SN-2026-069502")]
    assert told == [(date(2026, 9, 3), 12), (date(2026, 10, 24), 9), (date(2026, 10, 28), 12)]
    assert case_of(session, "SN-2026-069502").total == 12


def test_a_total_corrected_in_a_second_export_of_the_same_day_is_the_one_that_counts():
    session = fake_session()
    for total in (12, 9, 9):
        with_total(session, total, date(2026, 10, 20))
    assert [(p.total, p.without_assessment) for p in history(session, "SN-2026-069502")] == [(12, False), (9, True)]


def test_a_row_seen_again_unchanged_is_not_overwritten_by_a_snapshot_between():
    session = fake_session()
    for total, day in ((12, 20), (12, 28), (9, 24)):
        with_total(session, total, date(2026, 10, day))
    assert case_of(session, "SN-2026-069502").total == 12


def decide(session: Session, after: CaseStatus, on: date) -> None:
    case = case_of(session, "SN-2026-069502")
    with session.work.step("decided") as records:
        records.save(replace(case, status=after))
        records.save(StatusChange(f"c{on}", case.id, case.status, after, on, "chair", "agreed", meeting_id="m"))


@pytest.mark.parametrize("after", [CaseStatus.MONITORING, CaseStatus.CLOSED])
def test_a_snapshot_not_later_than_the_decision_of_the_group_does_not_undo_it(after: CaseStatus):
    session = fake_session()
    october_and_november(session)
    decide(session, after, date(2026, 11, 26))
    preview = import_cases(session, read_cases(FILES / "cases-2026-11.csv"), date(2026, 11, 25))
    assert case_of(session, "SN-2026-069502").status is after
    row = next(r for r in preview.rows if r.reference == "SN-2026-069502")
    assert row.words == f"status stays {after.value}, decided Thu 26 Nov 2026; Safety Net shows Open"


@pytest.mark.parametrize("shown", [CaseStatus.OPEN, CaseStatus.CLOSED])
def test_a_month_after_the_decision_safety_net_is_believed_again(shown: CaseStatus):
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-10.csv"), date(2026, 10, 20))
    decide(session, CaseStatus.MONITORING, date(2026, 10, 22))
    parsed = read_cases(FILES / "cases-2026-10.csv")
    parsed = replace(parsed, rows=tuple(replace(r, status=shown) for r in parsed.rows))
    import_cases(session, parsed, date(2026, 11, 22))
    lagging = CaseStatus.MONITORING if shown is CaseStatus.OPEN else CaseStatus.CLOSED
    assert case_of(session, "SN-2026-069502").status is lagging
    import_cases(session, parsed, date(2026, 11, 23))
    assert case_of(session, "SN-2026-069502").status is shown


def test_a_preview_stores_nothing():
    session = fake_session()
    assert counts(preview_cases(session, read_cases(FILES / "cases-2026-10.csv"))) == (28, 0, 0, 0)
    assert everything(session) == {}


def test_valid_rows_go_in_and_each_refused_row_is_named():
    session = fake_session()
    preview = import_cases(session, read_cases(FILES / "cases-with-mistakes.csv"))
    assert counts(preview) == (4, 0, 0, 8)
    assert (11, "Date Created", "01/12/2027") in [(r.line, r.column, r.value) for r in preview.refused]


def test_a_lost_letter_never_replaces_a_known_name():
    session = fake_session()
    october_and_november(session)
    import_cases(session, read_cases(FILES / "cases-2026-11-cp1252.csv"), date(2026, 11, 22))
    assert case_of(session, "SN-2026-047400").lead_officer == "Ewa Łukasik"
    assert "£50" in case_of(session, "SN-2026-047400").summary


def test_a_letter_lost_from_initials_ward_or_the_end_of_a_name_replaces_nothing_either():
    session = fake_session()
    october_and_november(session)
    text = (FILES / "cases-2026-11.csv").read_text(encoding="utf-8-sig")
    lost = text.replace(",WG,141 Tolpits Lane,Central", ",?G,141 Tolpits Lane,C?ntral").replace("Ionescu", "Ionesc?")
    parsed = read_cases(lost.encode(), "cases-2026-11.csv")
    import_cases(session, parsed)
    case = case_of(session, "SN-2026-069502")
    assert (case.initials, case.ward, case.lead_officer) == ("WG", "Central", "Ștefan Ionescu")
    assert [w.why.split(" contains")[0] for w in parsed.warnings] == ["Lead Officer", "Subject Initials", "Ward"]


def test_youth_violence_and_vawg_is_an_alias_of_the_area_of_work():
    session = fake_session()
    october_and_november(session)
    assert case_of(session, "SN-2026-069601").area == "Youth violence and violence against women and girls"


def test_what_only_this_group_knows_survives_an_import():
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-10.csv"))
    with session.work.step("CMHT informed") as records:
        case = records.find(Case, reference="SN-2026-047003")[0]
        records.save(replace(case, cmht_told_on=date(2026, 10, 29), status=CaseStatus.INTENSIVE))
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    after = case_of(session, "SN-2026-047003")
    assert (after.cmht_told_on, after.status, after.total) == (date(2026, 10, 29), CaseStatus.INTENSIVE, 27)


def test_one_import_is_one_step_and_can_be_undone():
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-10.csv"))
    with session.work.reading() as records:
        assert len(records.find(Snapshot)) == 1
    session.work.undo()
    assert everything(session) == {}


def test_a_day_still_to_come_is_refused():
    with pytest.raises(Refused, match="is in the future"):
        import_cases(fake_session(), read_cases(FILES / "cases-2026-10.csv"), date(2027, 1, 1))


def _flagged_november(repeat: bool) -> Any:
    """November's export with the first row's repeat-victim column set so."""
    parsed = read_cases(FILES / "cases-2026-11.csv")
    return replace(parsed, rows=(replace(parsed.rows[0], repeat_victim=repeat), *parsed.rows[1:]))


def _flagged(session: Session, repeat: bool) -> tuple[Case, Any]:
    """The case of that row, and such an export."""
    parsed = _flagged_november(repeat)
    return case_of(session, parsed.rows[0].reference), parsed


def words_of(preview: Any, case: Case) -> str:
    return str(next(row.words for row in preview.rows if row.reference == case.reference))


def test_a_repeat_victim_mark_set_by_hand_survives_the_next_import_and_both_are_shown():
    session = fake_session()
    import_cases(session, _flagged_november(repeat=False))
    case, december = _flagged(session, repeat=False)
    mark_repeat_victim(session, case.id, True)
    preview = import_cases(session, december, date(2026, 11, 25))
    after = case_of(session, case.reference)
    assert (after.repeat_victim, after.repeat_by, after.repeat_on) == (True, session.user_name, session.today)
    assert after.repeat_in_safety_net is False
    assert words_of(preview, case) == f"stays a repeat victim, set by {session.user_name}; Safety Net shows no"


def test_since_when_safety_net_marks_a_repeat_victim_is_the_export_that_first_showed_it():
    session = fake_session()
    import_cases(session, _flagged_november(repeat=False), date(2026, 11, 21))
    case, marked = _flagged(session, repeat=True)
    assert case.repeat_on is None
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        import_cases(session, marked, day)
        assert case_of(session, case.reference).repeat_on == date(2026, 11, 23)
    import_cases(session, _flagged_november(repeat=False), date(2026, 11, 25))
    assert case_of(session, case.reference).repeat_on is None
    mark_repeat_victim(session, case.id, True)
    import_cases(session, marked, date(2026, 11, 26))
    assert case_of(session, case.reference).repeat_on == session.today


def test_a_mark_taken_away_by_hand_survives_too():
    session = fake_session()
    import_cases(session, _flagged_november(repeat=True))
    case, december = _flagged(session, repeat=True)
    mark_repeat_victim(session, case.id, False)
    import_cases(session, december, date(2026, 11, 25))
    assert case_of(session, case.reference).repeat_victim is False


def test_a_mark_safety_net_comes_to_share_stays_the_persons_own():
    session = fake_session()
    import_cases(session, _flagged_november(repeat=False))
    case, agreeing = _flagged(session, repeat=True)
    mark_repeat_victim(session, case.id, True)
    preview = import_cases(session, agreeing, date(2026, 11, 25))
    assert words_of(preview, case) == "Safety Net now shows the repeat victim flag set here"
    _, turned = _flagged(session, repeat=False)
    import_cases(session, turned, date(2026, 11, 26))
    assert case_of(session, case.reference).repeat_victim is True


def test_a_person_who_changes_the_mark_back_lets_it_follow_safety_net_again():
    session = fake_session()
    import_cases(session, _flagged_november(repeat=False))
    case, turned = _flagged(session, repeat=True)
    mark_repeat_victim(session, case.id, True)
    mark_repeat_victim(session, case.id, False)
    assert case_of(session, case.reference).repeat_by == ""
    import_cases(session, turned, date(2026, 11, 25))
    after = case_of(session, case.reference)
    assert (after.repeat_victim, after.repeat_by) == (True, "")


def test_an_import_with_nothing_new_records_the_day_it_shows():
    session = fake_session()
    october_and_november(session)
    november = read_cases(FILES / "cases-2026-11.csv")
    same = preview_cases(session, november)
    assert (same.records_day, counts(same)) == (False, (0, 0, 48, 0))
    assert "There is nothing to import" in same.nothing_new
    later = preview_cases(session, november, date(2026, 11, 26))
    assert (later.records_day, counts(later)) == (True, (0, 0, 48, 0))
    import_cases(session, november, date(2026, 11, 26))
    with session.work.reading() as records:
        assert max(s.as_of for s in records.find(Snapshot)) == date(2026, 11, 26)
    assert preview_cases(session, november, date(2026, 11, 26)).records_day is False


NOVEMBER_LINES = (FILES / "cases-2026-11.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)


def november_with(change) -> bytes:
    return "".join(change(NOVEMBER_LINES)).encode()


def test_cases_that_are_not_in_a_later_export_are_listed_and_stay_open() -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    part = read_cases(november_with(lambda lines: lines[:11]), "cases-2026-11-22.csv")
    preview = import_cases(session, part)
    assert len(preview.vanished) == 38 and "SN-2026-047400" not in [case.reference for case in preview.vanished]
    assert all(case_of(session, case.reference).status is case.status for case in preview.vanished)
    assert preview.nothing_new.startswith("No case in it has changed")


def test_a_row_that_is_refused_has_not_vanished_and_an_older_export_says_nothing_of_it() -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    wrong = november_with(lambda lines: [line.replace(",13/11/2026,", ",31/02/2026,") for line in lines])
    preview = preview_cases(session, read_cases(wrong, "cases-2026-11-22.csv"))
    assert preview.refused and preview.vanished == ()
    assert preview_cases(session, read_cases(FILES / "cases-2026-10.csv")).vanished == ()


@pytest.mark.parametrize(("alike", "cases", "new"), [(Alike.ASKED, 48, 0), (Alike.SAME, 48, 0), (Alike.NEW, 49, 1)])
def test_a_reference_that_looks_like_a_known_one_is_asked_about_and_never_another_case(alike, cases, new) -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    lost = november_with(lambda lines: [line.replace("SN-2026-047400", "SN/2026/47400") for line in lines])
    preview = import_cases(session, read_cases(lost, "cases-2026-11-22.csv"), alike=alike)
    (one,) = preview.looks_like
    assert (one.line, one.reference, one.known) == (2, "SN-2026-47400", "SN-2026-047400")
    assert "zero" in one.why and preview.vanished == () and preview.new == new
    with session.work.reading() as records:
        assert len(records.find(Case)) == cases


def lost_zero() -> CaseFile:
    """The next export, with a zero lost in one reference and one case gone."""
    lines = [line.replace("SN-2026-047400", "SN/2026/47400") for line in NOVEMBER_LINES if "SN-2026-069601" not in line]
    return read_cases("".join(lines).encode(), "cases-2026-11-22.csv")


def test_each_case_an_export_leaves_open_is_asked_about_and_what_was_said_is_kept() -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    gone, alike = preview_cases(session, lost_zero()).questions
    assert gone.title == "1 case is not in this file" and gone.lines[0].title.startswith("SN-2026-069601, ")
    assert [choice.label for choice in gone.choices] == ["Closed there", "Moved away", "Part file"]
    assert alike.title == "1 reference looks like a known case" and alike.hint == "a leading zero is missing"
    assert alike.lines[0].title == "SN-2026-47400 → SN-2026-047400" and not alike.is_answered
    said = {**said_of_each({}, gone, "closed there"), alike.key: "same case"}
    preview = import_cases(session, lost_zero(), answers=said)
    assert all(question.is_answered for question in preview.questions) and preview.new == 0
    kept = decisions(session)
    assert {(one.reference, one.answer.value) for one in kept} == {
        ("SN-2026-069601", "closed there"),
        ("SN-2026-47400", "same case"),
    }
    assert case_of(session, "SN-2026-069601").status is not CaseStatus.CLOSED
    session.work.undo()
    assert decisions(session) == ()


def test_what_was_said_of_one_export_is_known_of_the_next_until_the_case_is_there_again() -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    asked = preview_cases(session, lost_zero()).questions
    said = {asked[0].key: "moved away", asked[1].key: "same case"}
    import_cases(session, lost_zero(), answers=said)
    later = replace(lost_zero(), named_day=date(2026, 11, 24))
    assert [question.is_answered for question in preview_cases(session, later).questions] == [True, True]
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"), date(2026, 11, 25))
    again = replace(lost_zero(), named_day=date(2026, 11, 26))
    assert [question.is_answered for question in preview_cases(session, again).questions] == [False, True]
    import_cases(session, again, answers={asked[0].key: "moved away"})
    assert [one.as_of for one in decisions(session) if one.reference == "SN-2026-069601"] == [date(2026, 11, 26)]


def test_that_a_file_was_only_part_of_all_cases_is_asked_of_each_file() -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    (gone, _) = preview_cases(session, lost_zero()).questions
    import_cases(session, lost_zero(), answers={gone.key: "part file"})
    later = replace(lost_zero(), named_day=date(2026, 11, 24))
    assert not preview_cases(session, later).questions[0].is_answered


@pytest.mark.parametrize(("answer", "initials"), [("", "WB"), (KEEP, "WB"), (TAKE, "XX")])
def test_initials_that_change_on_many_rows_at_once_are_a_warning_and_go_in_when_a_person_says_so(
    answer: str, initials: str
) -> None:
    session = fake_session()
    parsed = read_cases(FILES / "cases-2026-11.csv")
    import_cases(session, parsed)
    others = replace(parsed, rows=tuple(replace(row, initials="XX", ward="Oxhey") for row in parsed.rows))
    answers = {changed_key("initials"): answer} if answer else {}
    preview = preview_cases(session, others, answers=answers)
    (warning,) = preview.warnings
    assert warning.column == "Subject Initials" and "known cases at once" in warning.why
    (question,) = preview.questions
    assert question.is_answered is bool(answer)
    import_cases(session, others, answers=answers)
    with session.work.reading() as records:
        (case,) = records.find(Case, reference="SN-2026-047400")
    assert (case.initials, case.ward) == (initials, "Oxhey")


@pytest.mark.parametrize(("answer", "initials"), [("", "KH"), (TAKE, "KH"), (KEEP, "WB")])
def test_a_full_name_instead_of_initials_is_asked_about_and_never_goes_in(answer: str, initials: str) -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    text = (FILES / "cases-2026-11.csv").read_text("utf-8-sig").replace(",WB,10 Hagden", ",Karl Heinz,10 Hagden")
    parsed = read_cases(text.encode(), "cases-2026-11-25.csv")
    answers = {name_key("SN-2026-047400"): answer} if answer else {}
    (question,) = preview_cases(session, parsed, answers=answers).questions
    assert (question.title, question.lines[0].answer) == ("1 full name instead of initials", answer)
    import_cases(session, parsed, answers=answers)
    with session.work.reading() as records:
        (case,) = records.find(Case, reference="SN-2026-047400")
    assert case.initials == initials


def test_a_row_of_another_width_is_refused_and_its_case_has_not_vanished() -> None:
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-11.csv"))
    lines = (FILES / "cases-2026-11.csv").read_text("utf-8-sig").splitlines()
    lines[1], lines[2] = f"{lines[1]},surprise", lines[2].rpartition(",")[0]
    preview = preview_cases(session, read_cases("\n".join(lines).encode(), "cases-2026-11-25.csv"))
    assert [one.line for one in preview.refused] == [2, 3]
    assert preview.vanished == ()


def test_the_command_line_keeps_initials_that_change_at_once_and_says_how_letters_were_read(tmp_path: Path) -> None:
    session = fake_session(papers=replace(NO_PAPERS, read_cases=read_cases))
    text = (FILES / "cases-2026-11.csv").read_text("utf-8-sig").translate({0x141: "L", 0x218: "S"})
    lines = text.replace("Lukasik", "Lukász").splitlines()
    import_cases(session, read_cases("\n".join(lines).encode(), "cases-2026-11.csv"))
    rows = [lines[0], *(re.sub(r"^((?:[^,]*,){4})[^,]*", r"\1XX", line) for line in lines[1:])]
    file = tmp_path / "cases-2026-11-26.csv"
    file.write_bytes("\n".join(rows).encode("cp1252"))
    told = lists.import_cases(session, file, None, dry_run=True)
    assert told["changed"] == 0 and any("--take-changed" in sentence for sentence in told["sentences"])
    (letters,) = [one for one in told["warnings"] if "read as cp1252" in one["why"]]
    assert letters["line"] is None and "Lukász" in letters["value"]
    told = lists.import_cases(session, file, None, dry_run=True, take_changed=True)
    assert told["changed"] == 48 and not any("--take-changed" in sentence for sentence in told["sentences"])
