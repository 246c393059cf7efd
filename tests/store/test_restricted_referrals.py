"""Of a referral to Channel or Operation Halo only "referred, when, by whom, why" stays in the encrypted file."""

from datetime import date

import pytest
from sqlalchemy import Engine, inspect, text

from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.cases.referrals import Referral, ReferralBody, handed_over, noted, refer
from csp_desktop.store.unit_of_work import SqlWork

DAY = date(2026, 11, 26)
PROBE = "Quillfeather"
TITLE = "Oak Way: gifts nobody bought"


def everything(engine: Engine) -> str:
    """Every value of every table of the file, the search index and the journal among them."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        assert {"referrals", "revisions", "journal"} <= set(tables)
        return "\n".join(
            str(tuple(row)) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        )


@pytest.mark.parametrize("body", [ReferralBody.CHANNEL, ReferralBody.HALO])
def test_once_handed_over_the_details_are_nowhere_in_the_file(
    work: SqlWork, engine: Engine, body: ReferralBody
) -> None:
    with work.step("a case") as records:
        records.save(
            Case(
                "case",
                "SN-2026-000421",
                DAY,
                "",
                SubjectType.VICTIM,
                "MT",
                "",
                "",
                "",
                "",
                20,
                None,
                None,
                False,
                False,
                CaseStatus.OPEN,
                TITLE,
            )
        )
        made = refer("case", body, "", "Comes home with presents", DAY, "Marcus Bell")
        records.save(made)
    for words in (f"{PROBE} drives a blue van", f"{PROBE} drives a blue van, and more"):
        with work.step("the note") as records:
            records.save(noted(records.get(Referral, made.id), words))
    work.keep_draft(Referral, made.id, "note", f"{PROBE} half typed")
    assert PROBE in everything(engine)
    with work.step("handed over", undoable=False) as records:
        records.rewrite(handed_over(records.get(Referral, made.id), DAY))
    left = everything(engine)
    assert PROBE not in left and "Comes home with presents" in left
    work.undo()
    assert PROBE not in everything(engine)
