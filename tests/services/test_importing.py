"""Imports are snapshots: October then November gives the risk history."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.domain.cases import Case, CaseStatus, RiskPoint, Snapshot
from csp_desktop.domain.errors import Refused
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.importing import import_cases, preview_cases
from csp_desktop.services.session import Session
from tests.support.fakes import fake_session

FILES = Path(__file__).parents[1] / "data" / "safety-net"


def counts(preview):
    return preview.new, preview.changed, preview.unchanged, len(preview.refused)


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
    assert [(p.dated, p.total) for p in history(session, "SN-2026-056705")] == [(date(2026, 10, 20), 47), (date(2026, 10, 27), 44)]


def test_a_total_that_changed_under_an_unchanged_assessment_date_is_kept_dated_by_the_snapshot_and_marked():
    session = fake_session()
    october_and_november(session)
    first, second = history(session, "SN-2026-069502")
    assert (first.total, first.dated, first.without_assessment) == (12, date(2026, 9, 3), False)
    assert (second.total, second.dated, second.without_assessment) == (9, date(2026, 11, 21), True)


@pytest.mark.parametrize("again", ["cases-2026-11.csv", "cases-2026-11.xlsx"])
def test_the_same_content_twice_changes_nothing(again: str):
    session = fake_session()
    october_and_november(session)
    before = session.work.everything()
    assert counts(import_cases(session, read_cases(FILES / again))) == (0, 0, 48, 0)
    assert session.work.everything() == before


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


def test_a_preview_stores_nothing():
    session = fake_session()
    assert counts(preview_cases(session, read_cases(FILES / "cases-2026-10.csv"))) == (28, 0, 0, 0)
    assert session.work.everything() == {}


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


def test_youth_violence_and_vawg_is_an_alias_of_the_area_of_work():
    session = fake_session()
    october_and_november(session)
    assert case_of(session, "SN-2026-069601").area == "Youth violence and violence against women and girls"


def test_what_only_this_group_knows_survives_an_import():
    session = fake_session()
    import_cases(session, read_cases(FILES / "cases-2026-10.csv"))
    with session.work.step("CMHT told") as records:
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
    assert session.work.everything() == {}


def test_a_day_still_to_come_is_refused():
    with pytest.raises(Refused, match="still to come"):
        import_cases(fake_session(), read_cases(FILES / "cases-2026-10.csv"), date(2027, 1, 1))
