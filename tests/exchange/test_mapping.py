"""Their columns to ours: found under titles and above footers, in any order and dress, and never surer than shown."""

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.cases import Band, CaseStatus, SubjectType
from csp_desktop.domain.cases.references import KnownReferences
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.folding import reference_in, whole_number
from csp_desktop.domain.common.likeness import Of, why_alike
from csp_desktop.domain.common.written_days import written_day
from csp_desktop.exchange.mapping.files import read_mapping, require_named, write_mapping
from csp_desktop.exchange.members import read_members
from csp_desktop.exchange.private.rough_sleepers import read_people
from csp_desktop.exchange.reading.table import Book, Sheet
from csp_desktop.exchange.safety_net import COLUMNS, read_cases
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnsUnclear, DayOrder, Letters, Sureness
from tests.support.damage import PERSONAL, good_csvs

FILES = Path(__file__).parents[1] / "data" / "safety-net"
with (FILES / "cases-2026-11.csv").open(encoding="utf-8-sig", newline="") as _file:
    NOVEMBER = [tuple(row) for row in csv.reader(_file)]
THEIRS = dict(
    zip(
        COLUMNS,
        (
            *("SN Ref No", "Dt Created", "Category", "V/P/L", "Inits", "Loc", "Ward", "Agency", "OIC", "RA", "Band"),
            *("Last RA", "MH", "Rpt", "Stat", "Headline"),
        ),
        strict=True,
    )
)
SHAPES = ("%d/%m/%Y", "%d-%b-%Y", "%d %B %Y", "%Y-%m-%d 14:35", "%d.%m.%Y", "%a %d %b %Y", "%d/%m/%Y 00:00", "%Y%m%d")


def book(rows, ragged=True, name="cases.csv") -> Book:
    """As the reader hands it over."""
    lines = tuple((line, tuple(row)) for line, row in enumerate(rows, 1) if any(row))
    return Book(name, (Sheet("", lines, ragged=ragged),), "utf-8")


def changed(column: str, values: dict[int, str], rows=NOVEMBER[:6]) -> Book:
    """November's first cases, with other values in some lines of a column."""
    place = COLUMNS.index(column)
    made = [list(row) for row in rows]
    for line, value in values.items():
        made[line - 1][place] = value
    return book(made)


GOOD = read_cases(book(NOVEMBER)).rows


def plain(rows):
    return [(row.reference, row.created_on, row.total, row.status, row.summary) for row in rows]


def test_other_headings_in_another_order_under_a_title_and_above_a_footer_give_the_same_cases() -> None:
    order = list(range(16))
    random.Random(7).shuffle(order)
    table = [[THEIRS[name] for name in COLUMNS], *NOVEMBER[1:]]
    rows = [["SafetyNet+ export"], [], *([row[place] for place in order] for row in table), ["Total: 48"]]
    read = read_cases(book(rows, ragged=False))
    assert (plain(read.rows), read.refused) == (plain(GOOD), ())
    assert read.mapping is not None
    assert {column.sure for column in read.mapping.columns} == {Sureness.SURE}
    assert [(one.line, one.why) for one in read.left_out] == [(1, "above the headings"), (52, "below the list")]


@given(st.permutations(range(16)), st.integers(0, 5))
def test_the_order_of_the_columns_and_the_number_of_titles_do_not_matter(order, titles) -> None:
    rows = [["A title"]] * titles + [[row[place] for place in order] for row in NOVEMBER[:20]]
    assert plain(read_cases(book(rows, ragged=False)).rows) == plain(GOOD[:19])


def test_a_column_nobody_asked_for_is_named_and_not_brought_in() -> None:
    rows = [[*row, "Notes (internal)" if row is NOVEMBER[0] else "tel. mother"] for row in NOVEMBER[:5]]
    (left,) = read_cases(book(rows)).left_out
    assert "column Q, “Notes (internal)”, is not imported" in left.why


def test_what_a_file_has_no_column_for_is_named() -> None:
    place = COLUMNS.index("Ward")
    read = read_cases(book([row[:place] + row[place + 1 :] for row in NOVEMBER[:5]]))
    assert read.lacking == {"ward"} and "no column for Ward" in read.warnings[0].why


def test_a_needed_column_that_is_lacking_is_named_with_what_was_found() -> None:
    rows = [[*row[:14], "Notes" if row is NOVEMBER[0] else "see log", row[15]] for row in NOVEMBER[:5]]
    with pytest.raises(ColumnsUnclear, match="has the column Status missing. Columns not used: “Notes”"):
        read_cases(book(rows))


def test_a_column_that_is_not_sure_is_asked_and_the_answer_believed() -> None:
    rows = [list(row) for row in NOVEMBER[:5]]
    rows[0][9] = "Points"
    with pytest.raises(ColumnsUnclear, match="Risk Score"):
        read_cases(book(rows))
    read = read_cases(book(rows), chosen=ChosenColumns({"Points": "Risk Score"}))
    assert plain(read.rows) == plain(GOOD[:4])


@pytest.mark.parametrize("trap", ["CAD Number", "Next Review Due", "Date of Birth", "Closed On", "Previous Risk Score"])
def test_a_column_of_another_meaning_is_never_taken_for_sure(trap: str) -> None:
    values = {"CAD Number": "1234-20261110", "Previous Risk Score": "31"}
    rows = [[trap if row is NOVEMBER[0] else values.get(trap, "03/12/2026"), *row] for row in NOVEMBER[:12]]
    read = read_cases(book(rows))
    assert plain(read.rows) == plain(GOOD[:11])
    assert read.mapping is not None
    assert all(column.heading != trap for column in read.mapping.columns if column.field)


def test_a_heading_that_stands_twice_is_asked_with_both_columns() -> None:
    rows = [[*row, "Status" if row is NOVEMBER[0] else "Closed"] for row in NOVEMBER[:5]]
    with pytest.raises(ColumnsUnclear, match="column O.*column Q"):
        read_cases(book(rows))
    read = read_cases(book(rows), chosen=ChosenColumns({"Status (column O)": "Status", "Status (column Q)": ""}))
    assert {row.status for row in read.rows} == {CaseStatus.OPEN}


def test_a_line_with_a_cell_too_many_is_refused_with_what_it_holds() -> None:
    rows = [*NOVEMBER[:3], (*NOVEMBER[3], "with a comma"), *NOVEMBER[4:6]]
    (refusal,) = read_cases(book(rows)).refused
    assert (refusal.line, refusal.value) == (4, "with a comma") and "17 cells" in refusal.reason


@pytest.mark.parametrize("shape", SHAPES)
def test_a_day_in_every_dress_is_that_day(shape: str) -> None:
    day = date(2026, 11, 10)
    read = read_cases(changed("Date Created", dict.fromkeys(range(2, 7), day.strftime(shape))))
    assert {row.created_on for row in read.rows} == {day}


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.sampled_from([*SHAPES, "%d/%m/%y", "%d %b %y", "%B %d, %Y"]))
def test_any_day_is_read_back_from_any_shape(day, shape) -> None:
    assert written_day(day.strftime(shape)).day_first == day


@pytest.mark.parametrize("text", ["40", "May", "2026", "10/11", "31/02/2026", "last Tuesday", "14:35", "11/10/", "0"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert not written_day(text).is_a_day


def test_a_file_that_mixes_british_and_american_dates_is_refused_whole_with_both_lines() -> None:
    with pytest.raises(Refused, match="line 3, Date Created: 11/23/2026") as refused:
        read_cases(changed("Date Created", {2: "23/11/2026", 3: "11/23/2026"}))
    assert "23/11/2026" in refused.value.sentence or "day first" in refused.value.sentence


def test_american_dates_alone_are_asked_and_then_read() -> None:
    american = {2: "11/13/2026", 3: "11/06/2026"}
    rows = changed("Last Risk Assessment", {2: "11/14/2026", 3: "11/09/2026"}, NOVEMBER[:3]).sheets[0].rows
    made = changed("Date Created", american, [cells for _, cells in rows])
    with pytest.raises(ColumnsUnclear, match="American") as asked:
        read_cases(made)
    assert asked.value.mapping.order_asked.startswith("line 2")
    read = read_cases(made, chosen=ChosenColumns({}, order=DayOrder.MONTH_FIRST))
    assert [row.created_on for row in read.rows] == [date(2026, 11, 13), date(2026, 11, 6)]


@pytest.mark.parametrize("value", ["10/11/1026", "01/01/1900"])
def test_a_year_no_case_can_have_is_refused(value: str) -> None:
    (refusal,) = read_cases(changed("Date Created", {3: value})).refused
    assert (refusal.line, refusal.column) == (3, "Date Created") and "year" in refusal.reason


@pytest.mark.parametrize(
    ("column", "value", "attribute", "meant"),
    [
        ("Subject Type", "V", "subject_type", SubjectType.VICTIM),
        ("Subject Type", "p", "subject_type", SubjectType.PERPETRATOR),
        ("Subject Type", "L", "subject_type", SubjectType.LOCATION),
        ("Risk Level", "M", "band", Band.MEDIUM),
        ("Risk Score", "40.0", "total", 40),
        ("Risk Score", "'40", "total", 40),
        ("Risk Score", "\uff14\uff10", "total", 40),
        ("Status", "Open \u2013 monitoring", "status", CaseStatus.MONITORING),
        ("Status", "OPEN\u00a0- monitoring\u200b", "status", CaseStatus.MONITORING),
        ("SN Reference", "sn/2030/100001", "reference", "SN-2030-100001"),
        ("SN Reference", "SN\u2011\uff12\uff10\uff13\uff10\u2013100001\u00a0", "reference", "SN-2030-100001"),
        ("Mental Health", "Yes", "mental_health", True),
    ],
)
def test_values_that_people_type_are_folded(column: str, value: str, attribute: str, meant: object) -> None:
    read = read_cases(changed(column, {3: value}))
    assert (getattr(read.rows[1], attribute), read.refused) == (meant, ())


def test_a_full_name_where_initials_belong_goes_in_as_initials_and_is_told() -> None:
    read = read_cases(changed("Subject Initials", {3: "Zebedee Quartz"}))
    assert read.rows[1].initials == "ZQ"
    (warning,) = read.warnings
    assert (warning.line, warning.column, warning.value) == (3, "Subject Initials", "Zebedee Quartz")


def test_forename_and_surname_are_one_person() -> None:
    rows = [
        ("Forename", "Surname", "Organisation", "Role", "E-mail"),
        ("Ewa", "Łukasik", "Change Grow Live", "Team leader", "ewa@cgl.example.org"),
    ]
    (row,) = read_members(book(rows)).rows
    assert (row.name, row.agency, row.said["job_title"]) == ("Ewa Łukasik", "Change Grow Live", "Team leader")


def test_a_list_of_members_is_no_list_of_people_sleeping_rough() -> None:
    rows = [("Name", "Agency", "Agency kind", "Job title", "ISP version"), ("Zed One", "Council", "council", "", "")]
    with pytest.raises(Refused, match="looks like a list of people, not like a list of people sleeping rough"):
        read_people(book(rows))


def test_every_mistake_of_a_line_about_a_person_is_told_at_once() -> None:
    rows = [
        ("Name", "Consent to share", "Last seen on", "Safety Net reference"),
        ("Fern Ode", "perhaps", "yesterday", "12"),
        ("Gil Marr", "", "", ""),
    ]
    read = read_people(book(rows))
    wrong = {"Consent to share", "Last seen on", "Last seen where", "Safety Net reference"}
    assert {one.column for one in read.refused} == wrong and len(read.rows) == 1


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("SN-2026-54132", "SN-2026-054132", "a leading zero is missing"),
        ("SN-2026-0541", "SN-2026-054132", "digits are missing at the end"),
        ("SN-2026-045132", "SN-2026-054132", "two digits are swapped"),
        ("SN-2026-054133", "SN-2026-054132", ""),
        ("SN-2025-054132", "SN-2026-054132", ""),
    ],
)
def test_why_two_references_may_be_one(one: str, other: str, why: str) -> None:
    assert why_alike(Of.REFERENCES, one, other) == why
    assert KnownReferences([other]).alike(one) == ((other, why) if why else None)


@given(st.integers(1, 99_999_999), st.sampled_from("-/_. "))
def test_a_reference_is_one_whatever_stands_between(number: int, between: str) -> None:
    assert reference_in(f"sn{between}2026{between}{number}") == f"SN-2026-{number}"
    assert whole_number(f" {number}.0 ") == number or number > 999_999_999


def test_two_sheets_that_fit_alike_are_not_chosen_between() -> None:
    lines = tuple((line, row) for line, row in enumerate(NOVEMBER[:5], 1))
    two = Book("cases.xlsx", (Sheet("Export", lines), Sheet("Copy", lines)))
    with pytest.raises(
        ColumnsUnclear, match="2 sheets that could be a Safety Net export: “Export” and “Copy”"
    ) as asked:
        read_cases(two)
    assert asked.value.mapping.sheets == ("Export", "Copy") and not asked.value.mapping.is_settled
    read = read_cases(two, chosen=ChosenColumns({}, sheet="Copy"))
    assert read.mapping is not None
    assert read.mapping.sheet == "Copy" and [one.sheet for one in read.left_out] == ["Export"]


def test_a_cell_corrected_by_a_person_stands_instead_of_the_files_and_a_line_can_be_left_out() -> None:
    wrong = changed("Date Created", {2: "30/02/2026", 3: "soon"})
    assert [one.line for one in read_cases(wrong).refused] == [2, 3]
    said = ChosenColumns({}, fixes={(2, "Date Created"): "28 Feb 2026"}, dropped=frozenset([3]))
    read = read_cases(wrong, chosen=said)
    assert read.refused == () and read.rows[0].created_on == date(2026, 2, 28)
    assert [(one.line, one.why) for one in read.left_out] == [(3, "left out by you")]


def test_what_a_list_has_no_column_for_can_be_filled_in_for_one_line() -> None:
    lines = [("Name", "Agency"), ("Leo Park", "Foodbank"), ("Moira Vance", "Foodbank")]
    read = read_members(book(lines, name="people.csv"), chosen=ChosenColumns({}, fixes={(3, "Job title"): "Lead"}))
    assert [row.said.get("job_title") for row in read.rows] == [None, "Lead"]


def test_how_letters_are_written_is_shown_and_can_be_said() -> None:
    plain_rows = [[cell.encode("ascii", "ignore").decode() for cell in row] for row in NOVEMBER[:4]]
    text = "\r\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in [*plain_rows[:3], (*plain_rows[3][:15], "Café")]
    )
    windows = read_cases(text.encode("mac-roman"), "cases.csv")
    assert windows.mapping is not None and windows.mapping.letters is Letters.WINDOWS
    assert windows.rows[-1].summary == "CafŽ" == windows.mapping.odd_values[-1]
    said = read_cases(text.encode("mac-roman"), "cases.csv", ChosenColumns({}, letters=Letters.MAC))
    assert said.mapping is not None and said.rows[-1].summary == "Café" and said.mapping.letters is Letters.MAC
    told = read_cases(text.encode(), "cases.csv", ChosenColumns({}, letters=Letters.MAC))
    assert told.mapping is not None and told.rows[-1].summary == "Café" and told.mapping.letters is None


def test_rows_hidden_in_a_workbook_are_read_and_told() -> None:
    from openpyxl import Workbook

    made = Workbook()
    for row in NOVEMBER[:6]:
        made.worksheets[0].append(row)
    for line in (3, 5):
        made.worksheets[0].row_dimensions[line].hidden = True
    content = io.BytesIO()
    made.save(content)
    read = read_cases(content.getvalue(), "cases.xlsx")
    assert plain(read.rows) == plain(GOOD[:5])
    assert "2 rows are hidden in the file but were read: line 3, 5." in [one.why for one in read.warnings]


def test_a_line_of_values_is_never_taken_for_headings() -> None:
    """Where the headings have other separators than their lines; no sentence tells what the lines hold."""
    heads, *rows = good_csvs()["members"].decode().splitlines()
    with pytest.raises(Refused) as refused:
        read_members("\n".join([heads.replace(",", "\t"), *rows]).encode(), "list.csv")
    assert not any(word in refused.value.sentence for word in PERSONAL), refused.value.sentence


def test_an_export_without_headings_is_refused_in_words() -> None:
    told = io.StringIO()
    csv.writer(told).writerows(NOVEMBER[1:4])
    with pytest.raises(Refused, match="is not a Safety Net export"):
        read_cases(told.getvalue().encode(), "cases.csv")


def test_a_mapping_is_written_corrected_and_read_again(tmp_path: Path) -> None:
    rows = [list(row) for row in NOVEMBER[:5]]
    rows[0][9] = 'Points "new"'
    with pytest.raises(ColumnsUnclear) as unclear:
        read_cases(book(rows))
    file = tmp_path / "map.toml"
    write_mapping(file, unclear.value.mapping)
    told = file.read_text("utf-8")
    assert '"SN Reference" = "SN Reference"' in told
    values = {value for row in rows[1:] for value in row if len(value) > 3 and value not in " ".join(COLUMNS)}
    assert len(values) > 20 and not any(value in told for value in values), "no value of the list is in it"
    file.write_text(told.replace('new\\"" = ""', 'new\\"" = "Risk Score"'), "utf-8")
    assert plain(read_cases(book(rows), chosen=read_mapping(file)).rows) == plain(GOOD[:4])


@pytest.mark.parametrize(
    "told", ["[columns", "columns = 3", "[other]\na = 1", 'dates = "any"', 'letters = "any"', "[columns]\na = 1"]
)
def test_a_file_that_is_no_mapping_is_refused_in_words(told: str, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(told, "utf-8")
    with pytest.raises(Refused, match=r"map\.toml"):
        read_mapping(tmp_path / "map.toml")


def test_a_mapping_to_a_field_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="“Colour” is not a field of a Safety Net export.*Risk Score"):
        read_cases(book(NOVEMBER[:4]), chosen=ChosenColumns({"Ward": "Colour"}))


def test_a_mapping_that_takes_two_columns_for_one_is_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        '[columns]\n"Ward" = "Location"\n"Road" = "Location"\n"A" = ""\n"B" = ""', "utf-8"
    )
    with pytest.raises(Refused, match=r"“Ward” and “Road” are each Location"):
        read_mapping(tmp_path / "map.toml")


def test_a_mapping_that_names_a_column_the_list_has_not_is_refused() -> None:
    read = read_cases(book(NOVEMBER[:4])).mapping
    assert read is not None
    require_named(Path("map.toml"), ChosenColumns({"WARD": "Ward", "Gone": ""}), read)
    with pytest.raises(Refused, match=r"no column “Warden”, which map\.toml names"):
        require_named(Path("map.toml"), ChosenColumns({"Warden": "Ward"}), read)


def test_a_mapping_that_names_a_sheet_the_book_has_not_is_refused() -> None:
    read = read_cases(book(NOVEMBER[:4])).mapping
    assert read is not None
    require_named(Path("map.toml"), ChosenColumns({}, read.sheet), read)
    with pytest.raises(Refused, match=r"sheet “Cases 2027”, which map\.toml names"):
        require_named(Path("map.toml"), ChosenColumns({}, "Cases 2027"), read)


def test_a_column_whose_values_do_not_fit_what_was_set_is_left_out_with_the_first_of_them() -> None:
    read = read_cases(book(NOVEMBER[:5]), chosen=ChosenColumns({"Ward": "Mental Health", "Mental Health": ""}))
    (warning,) = [one for one in read.warnings if one.column == "Ward"]
    assert (warning.line, warning.value) == (2, "Leggatts")
    assert warning.why == (
        "“Leggatts” is not yes or no. The column is set as Mental Health, but most values do not fit: it was left out."
    )


def test_a_needed_column_whose_values_do_not_fit_what_was_set_is_refused_with_the_first_of_them() -> None:
    chosen = ChosenColumns({"Ward": "Date Created", "Date Created": ""})
    with pytest.raises(ColumnsUnclear, match=r"is set as Date Created, but line 2: “.+” is not a date\."):
        read_cases(book(NOVEMBER[:5]), chosen=chosen)
