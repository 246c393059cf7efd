"""A sender's columns are said once: found again by the headings, in the file they were said in."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.sender_columns import in_common
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.common.import_columns import ColumnMapping, DayOrder, Letters
from csp_desktop.services.common.sender_columns import remember, remembered, said_by, senders
from csp_desktop.services.session import Session
from tests.support.case_files import NOVEMBER
from tests.support.fakes import fake_session


def mapping() -> ColumnMapping:
    found = read_cases(NOVEMBER).mapping
    assert found is not None
    return replace(found, order=DayOrder.MONTH_FIRST, letters=Letters.MAC, sheet="Export")


def kept(session: Session, sender: str, told: ColumnMapping) -> None:
    with session.work.step("import") as records:
        remember(session, records, "cases", sender, told)


def test_what_was_said_of_a_sender_is_found_again_by_the_headings() -> None:
    session, told = fake_session(), mapping()
    kept(session, "  The  county ", told)
    headings = [column.heading for column in told.columns]
    found = remembered(session, "cases", [heading.upper() for heading in reversed(headings)])
    assert found is not None and found[0].sender == "The county" and found[1]
    assert said_by(found[0]) == told.chosen()
    assert remembered(session, "members", headings) is None


def test_a_list_that_is_nearly_a_senders_is_found_and_not_taken_for_theirs() -> None:
    session, told = fake_session(), mapping()
    kept(session, "The county", told)
    headings = [column.heading for column in told.columns]
    found = remembered(session, "cases", [*headings[:-1], "Synopsis"])
    assert found is not None and not found[1]
    assert remembered(session, "cases", headings[:8]) is None


def test_a_sender_has_one_set_of_columns_and_a_nameless_one_none() -> None:
    session, told = fake_session(), mapping()
    kept(session, "The county", told)
    kept(session, "The county", replace(told, sheet="Other"))
    kept(session, "  ", told)
    assert senders(session, "cases") == ("The county",)
    found = remembered(session, "cases", [column.heading for column in told.columns])
    assert found is not None and found[0].sheet == "Other"


@given(st.sets(st.text("abcdef", min_size=1, max_size=4)), st.sets(st.text("abcdef", min_size=1, max_size=4)))
def test_what_two_lists_have_in_common_is_the_same_from_either_side(one: set[str], other: set[str]) -> None:
    assert in_common(one, other) == in_common(other, one)
    assert (in_common(one, one) == 1) is bool(one)
