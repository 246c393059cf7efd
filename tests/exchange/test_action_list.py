"""The action list as a workbook, read back by openpyxl, and by our own reader of spreadsheets."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import for_files
from csp_desktop.domain.minutes.action_list import ActionList, minutes_actions
from csp_desktop.domain.minutes.layout import NAMED
from csp_desktop.domain.minutes.paper_parts import HANDLING
from csp_desktop.domain.private.minutes import unnumbered
from csp_desktop.exchange.action_list import MOST_LETTERS, action_list_workbook
from tests.documents.minutes_models import OFFICERS, action, minutes

HEADERS = ("No.", "Action", "Case or item", "Officer", "Agency", "By", "Agreed on", "Carried forward", "Overdue")
LATE = replace(action(4, "SN-2026-0404"), due=date(2026, 11, 22), earlier=date(2026, 10, 29), carried=2)
ALL = minutes_actions(replace(minutes(3), actions=(*minutes(3).actions, LATE, replace(action(5, "Hall"), due=None))))


def sheet_of(listed: ActionList):
    return load_workbook(io.BytesIO(action_list_workbook(listed))).worksheets[0]


def table_of(listed: ActionList) -> list[tuple[object, ...]]:
    sheet = sheet_of(listed)
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def one(**values) -> ActionList:
    return replace(ALL, actions=(replace(action(1, "SN-2026-0401"), **values),))


def test_the_table_says_of_every_action_who_does_what_by_when() -> None:
    header, first, *_, late, undated = table_of(ALL)
    assert header == HEADERS
    line = ALL.actions[0]
    assert first == (
        *(line.label, f"{line.what} (intervention: Community Protection Warning)", line.about),
        *(line.officer, line.agency, datetime(2026, 12, 4), datetime(2026, 11, 26), 0, None),
    )
    assert late[5:] == (datetime(2026, 11, 22), datetime(2026, 10, 29), 2, "4 days overdue")
    assert undated[5] == "no date set"
    assert len(table_of(ALL)) == len(ALL.actions) + 1


def test_dates_are_dates_and_are_shown_as_days() -> None:
    sheet = sheet_of(one())
    (table,) = sheet.tables.values()
    cells = sheet[table.ref][1][5:7]
    assert [(cell.is_date, cell.number_format) for cell in cells] == [(True, "d mmmm yyyy")] * 2


@pytest.mark.parametrize(
    "typed",
    [
        *("=1+1", "+44 20 7946 0000", "-5", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "{=1}", "'=1"),
        *(
            "https://x.example",
            "mailto:a@b.example",
            "internal:Actions!A1",
            "0042",
            "1e5",
            "TRUE",
            " padded ",
            "प्रिया شكر",
        ),
    ],
)
def test_what_was_typed_is_text_and_never_a_formula_a_link_or_a_number(typed: str) -> None:
    listed = one(what=typed, about=typed, officer=typed, agency=typed, power="", kind=action(1, "").kind)
    sheet = sheet_of(listed)
    row = sheet[next(iter(sheet.tables.values())).ref][1]
    assert [cell.data_type for cell in row[:5]] == ["s"] * 5
    assert [cell.value for cell in row[1:5]] == [typed] * 4
    assert not [cell for cell in row if cell.hyperlink]
    assert not [name for name in _parts(listed) if "Link" in name or "calcChain" in name]
    assert b"<f>" not in _parts(listed)["xl/worksheets/sheet1.xml"]


def _parts(listed: ActionList) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(action_list_workbook(listed))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_was_typed_the_workbook_opens_and_says_it(what: str, name: str) -> None:
    row = table_of(one(what=what, officer=name, kind=action(1, "").kind))[1]
    assert (row[1] or "", row[3] or "") == (for_files(what), for_files(name))


def test_an_action_longer_than_a_cell_is_named_and_nothing_is_cut() -> None:
    long = "a" * (MOST_LETTERS + 1)
    with pytest.raises(Refused, match=r"Action 2026-11/01: .* 32,767 characters .* as PDF\."):
        action_list_workbook(one(what=long))
    with pytest.raises(Refused, match=r"^One of the actions: "):
        action_list_workbook(one(what=long, label=""))
    assert table_of(one(what=long[1:], kind=action(1, "").kind))[1][1] == long[1:]


def test_the_header_repeats_on_every_page_and_stays_in_sight_and_every_page_is_marked() -> None:
    sheet = sheet_of(ALL.of(*OFFICERS[3]))
    top = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "No.")
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.freeze_panes == f"A{top + 1}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
    assert sheet.oddFooter.center.text == "OFFICIAL-SENSITIVE"
    assert sheet.oddFooter.left.text == "Draft 1, copy 1 for the partnership's record"
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_a_row_is_as_high_as_its_words_need_and_never_higher_than_excel_allows() -> None:
    words = {"what": 6 * "visit the family ", "kind": action(1, "").kind}
    assert sheet_of(one(**words)).row_dimensions[7].height == 45
    assert sheet_of(one(what="Call", kind=action(1, "").kind)).row_dimensions[7].height is None  # one line
    assert sheet_of(one(what="a" * MOST_LETTERS, kind=action(1, "").kind)).row_dimensions[7].height == 408


def test_what_stands_above_the_table_says_what_it_is_and_whose() -> None:
    sheet = sheet_of(ALL.of(*OFFICERS[3]))
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == [
        "Actions of the Community Protection Group, Thursday 26 November 2026",
        "OFFICIAL-SENSITIVE",
        "For: Ravi Nair, New Hope",
        "Edition: Draft 1, copy 1 for the partnership's record",
        f"Handling: {HANDLING} {NAMED}",
        None,
    ]


def test_a_long_name_and_an_ampersand_do_no_harm_at_the_edge_of_a_page() -> None:
    sheet = sheet_of(replace(ALL, marking="O & S", copy="4 copies for " + "Smith & Sons, " * 40))
    assert sheet.oddHeader.center.text == "O && S"
    assert sheet.oddFooter.left.text.startswith(" 4 copies for Smith && Sons")
    assert sheet.oddFooter.left.text.endswith("…")


def test_an_officers_list_holds_no_word_of_another_officers() -> None:
    for owner in ALL.owners():
        text = b"".join(_parts(ALL.of(*owner)).values()).decode()
        for other in ALL.actions:
            assert (other.label in text and other.officer in text) is ((other.officer, other.agency) == owner)


def test_a_reader_without_numbers_has_no_column_for_them() -> None:
    assert table_of(replace(ALL, actions=unnumbered(ALL.actions)))[0] == HEADERS[1:]


def test_an_empty_list_says_so() -> None:
    assert table_of(replace(ALL, actions=()))[1][0] == "No actions were agreed."


def test_the_same_list_gives_the_same_bytes_and_the_properties_tell_of_the_meeting_alone() -> None:
    assert action_list_workbook(ALL) == action_list_workbook(ALL)
    told = load_workbook(io.BytesIO(action_list_workbook(ALL))).properties
    assert (told.title, told.creator, told.subject) == (ALL.title, ALL.partnership, ALL.marking)
    assert ALL.created is not None and told.created == ALL.created.replace(tzinfo=None)
    assert load_workbook(io.BytesIO(action_list_workbook(replace(ALL, created=None)))).properties.created == datetime(
        2026, 11, 26
    )
