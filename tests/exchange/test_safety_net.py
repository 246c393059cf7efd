"""The Safety Net export as it arrives, with every mistake named."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.safety_net import read_cases

FILES = Path(__file__).parents[1] / "data" / "safety-net"
TODAY = date(2026, 11, 26)


def test_october_and_november_are_read_whole():
    october, november = (read_cases(FILES / f"cases-2026-{month}.csv") for month in (10, 11))
    assert (len(october.rows), october.refused, october.warnings) == (28, (), ())
    assert (len(november.rows), november.refused, november.warnings) == (48, (), ())
    assert november.rows[0].lead_officer == "Ewa Łukasik"


def test_the_workbook_with_real_dates_has_the_same_content():
    assert read_cases(FILES / "cases-2026-11.xlsx").rows == read_cases(FILES / "cases-2026-11.csv").rows


def test_an_empty_last_cell_of_a_workbook_is_empty_and_not_missing():
    book = load_workbook(FILES / "cases-2026-11.xlsx")
    book.active.cell(row=2, column=16).value = None
    kept = io.BytesIO()
    book.save(kept)
    whole, cut = zipfile.ZipFile(kept), io.BytesIO()
    with zipfile.ZipFile(cut, "w") as target:  # as other programs write it: no word of the sheet's size
        for name in whole.namelist():
            target.writestr(name, re.sub(rb"<dimension[^>]*/>", b"", whole.read(name)))
    parsed = read_cases(cut.getvalue(), "cases-2026-11.xlsx")
    assert (len(parsed.rows), parsed.refused, parsed.rows[0].summary) == (48, (), "")


def test_the_as_of_date_is_the_latest_one_of_the_month_in_the_files_name():
    assert read_cases(FILES / "cases-2026-10.csv").proposed_as_of(TODAY) == date(2026, 10, 20)
    assert read_cases(FILES / "cases-2026-11.csv").proposed_as_of(TODAY) == date(2026, 11, 21)


def test_a_day_in_the_files_name_is_the_as_of_date():
    content = (FILES / "cases-2026-11.csv").read_bytes()
    assert read_cases(content, "export 20261122.csv").proposed_as_of(TODAY) == date(2026, 11, 22)


def test_a_date_still_to_come_is_no_as_of_date():
    assert read_cases(FILES / "cases-with-mistakes.csv").proposed_as_of(TODAY) == date(2026, 11, 14)


def test_every_mistake_is_named_with_line_column_and_value():
    refused = read_cases(FILES / "cases-with-mistakes.csv").refused
    assert [(r.line, r.column, r.value) for r in refused] == [
        (3, "SN Reference", ""),
        (4, "Date Created", "31/02/2026"),
        (5, "Date Created", "23/11/1026"),
        (6, "Risk Score", "forty"),
        (7, "SN Reference", "SN-2026-047400"),
        (8, "Risk Score", ""),
        (10, "Subject Type", "Dog"),
    ]
    assert all(r.reason.endswith(".") for r in refused)


def test_a_formula_is_inert_text():
    row = next(r for r in read_cases(FILES / "cases-with-mistakes.csv").rows if r.line == 9)
    assert row.summary == '=HYPERLINK("http://example.invalid","x")'


def test_a_question_mark_inside_a_name_warns():
    parsed = read_cases(FILES / "cases-2026-11-cp1252.csv")
    assert len(parsed.rows) == 9 and len(parsed.warnings) == 1
    assert parsed.warnings[0].why.startswith("Lead Officer contains a “?”")
    assert "£50" in parsed.rows[0].summary


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, ending: str):
    text = (FILES / "cases-2026-11.csv").read_text(encoding="utf-8-sig")
    content = text.replace("\n", ending).encode(encoding)
    assert read_cases(content, "cases-2026-11.csv").rows == read_cases(FILES / "cases-2026-11.csv").rows


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 no workbook", b"name,colour\nA,red\n"])
def test_what_is_no_export_is_refused_with_a_sentence(content: bytes):
    with pytest.raises(Refused) as refusal:
        read_cases(content, "letter.csv")
    assert "letter.csv" in refusal.value.sentence
