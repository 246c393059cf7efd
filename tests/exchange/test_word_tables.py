"""Tables of a Word document: every cell as it stands there, whatever Word wraps round it, and the text with them."""

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.members import read_members
from csp_desktop.exchange.reading.reader import read_book
from tests.support.damage import archive_of, parts_of


def document(*tables: tuple[tuple[str, ...], ...], before: tuple[str, ...] = (), change: Any = None) -> bytes:
    """A document with these paragraphs and tables."""
    made = Document()
    for words in before:
        made.add_paragraph(words)
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for place, words in enumerate(row):
                table.cell(at, place).text = words
    if change is not None:
        change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _widen(made: Any) -> None:
    for cell in made.tables[0].rows[0]._tr.tc_lst:
        cell.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99"/>'))


LIST = (("Officer", "Action"), ("PS Holt", "Visit"), ("Ewa", "Call"))


def cells(file: bytes) -> list[tuple[Any, ...]]:
    return [row for _, row in read_book(file, "minutes.docx").sheets[0].rows]


def test_a_table_of_a_document_is_a_sheet_and_its_text_is_kept_in_order() -> None:
    read = read_book(document(LIST, (("Name",), ("Zoë",)), before=("Minutes of 29 October 2026", "")), "minutes.docx")
    assert [sheet.name for sheet in read.sheets] == ["table 1", "table 2"]
    assert read.sheets[0].rows[1] == (2, ("PS Holt", "Visit"))
    assert read.prose == (
        "Minutes of 29 October 2026",
        "Officer | Action",
        "PS Holt | Visit",
        "Ewa | Call",
        "Name",
        "Zoë",
    )


def test_a_cell_over_several_rows_stands_in_each_and_one_over_columns_in_the_first() -> None:
    def change(made: Any) -> None:
        table = made.tables[0]
        table.cell(2, 0).text = ""
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(0, 0).merge(table.cell(0, 1))

    assert cells(document(LIST, change=change)) == [
        ("Officer Action", ""),
        ("PS Holt", "Visit"),
        ("PS Holt", "Call"),
    ]


def test_what_was_inserted_under_tracking_is_read_and_what_was_deleted_is_not() -> None:
    def change(made: Any) -> None:
        paragraph = made.tables[0].cell(1, 1).paragraphs[0]._p
        run = "<w:r><w:t>{}</w:t></w:r>"
        paragraph.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1">{run.format(" at home")}</w:ins>'))
        deleted = f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>not</w:delText></w:r></w:del>'
        paragraph.append(parse_xml(deleted))

    assert cells(document(LIST, change=change))[1] == ("PS Holt", "Visit at home")


def test_a_row_inside_a_content_control_does_not_vanish() -> None:
    def change(made: Any) -> None:
        row = made.tables[0].rows[1]._tr
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        row.addprevious(control)
        control[0].append(row)

    assert cells(document(LIST, change=change)) == list(LIST)


def test_lines_in_a_cell_are_parted_by_a_space() -> None:
    assert cells(document((("Officer", "Action"), ("PS\nHolt", "Visit\tagain"))))[1] == ("PS Holt", "Visit again")


def test_any_list_may_stand_in_a_document_and_the_text_round_it_is_named_as_left_out() -> None:
    rows = (("Name", "Agency", "Agency kind"), ("Leo Park", "Foodbank", "other"))
    read = read_members(document(rows, before=("Our members", "by agency")), "members.docx")
    assert [row.name for row in read.rows] == ["Leo Park"]
    assert [one.why for one in read.left_out] == ["the text outside its tables (2 lines)"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (document(before=("Only words.",)), "is a Word document without a table"),
        (document(), "is a Word document without any text"),
        (document(LIST, before=("x" * 40_001,)), "more than 40,000 characters"),
        (document((("a",) * 60,) * 10, change=_widen), "more than 500 columns"),
        (archive_of({**parts_of(document(LIST)), "word/document.xml": b"<w"}), "is damaged, or is not a Word document"),
        (
            archive_of({**parts_of(document(LIST)), "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "defines its own XML entities",
        ),
        (document(LIST)[:-200], "is damaged"),
    ],
    ids=["no table", "empty", "long", "wide", "broken", "entities", "cut off"],
)
def test_what_cannot_be_read_is_told_in_a_sentence(file: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_members(file, "members.docx")
