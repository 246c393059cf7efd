"""What a screen reader is given: headings, paragraphs and tables in order, every piece of text in one of them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

import pikepdf
import pytest

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.minutes.layout import sections, title
from csp_desktop.domain.minutes.paper_parts import Grid, Words, as_line
from csp_desktop.domain.minutes.record import Minutes
from tests.documents.judges import elements, failures, heard, pieces
from tests.documents.minutes_models import minutes

LONG = "what was said, again and again " * 300


def _longer() -> Minutes:
    """Paragraphs and a table's cell that go over pages."""
    paper = minutes(cases=2, attendees=60)
    cases = tuple(
        replace(case, note=LONG, actions=tuple(replace(a, what=LONG) for a in case.actions)) for case in paper.cases
    )
    return replace(paper, cases=cases)


@pytest.fixture(scope="module", params=["ordinary", "over many pages"])
def paper(request: pytest.FixtureRequest) -> Minutes:
    return minutes(cases=3) if request.param == "ordinary" else _longer()


@pytest.fixture(scope="module")
def file(paper: Minutes) -> bytes:
    return print_minutes(paper)


@pytest.fixture
def pdf(file: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(file)) as opened:
        yield opened


def _pieces(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        ((page.objgen, number), element)
        for element in elements(pdf.Root.StructTreeRoot.K[0])
        for page, number in pieces(element)
    ]


def test_no_text_is_drawn_outside_an_element_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        depth = 0
        for told in pikepdf.parse_content_stream(page):
            match str(told.operator):
                case "BDC" | "BMC":
                    depth += 1
                    assert depth == 1  # nothing is both text and artifact
                case "EMC":
                    depth -= 1
                case "Tj" | "TJ" | "'" | "f" | "S" | "Do":
                    assert depth == 1
        assert depth == 0


def test_every_piece_drawn_belongs_to_one_element_and_is_found_from_its_page(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    found = dict(_pieces(pdf))
    assert len(found) == len(_pieces(pdf))
    for index, page in enumerate(pdf.pages):
        drawn = [
            int(told.operands[1].MCID)
            for told in pikepdf.parse_content_stream(page)
            if str(told.operator) == "BDC" and "/MCID" in told.operands[1]
        ]
        assert drawn == list(range(len(drawn)))
        parents = numbers[2 * index + 1]
        assert page.StructParents == numbers[2 * index] and len(parents) == len(drawn)
        for number in drawn:
            assert parents[number].objgen == found[page.obj.objgen, number].objgen


def test_headings_stand_in_their_order_and_levels(pdf: pikepdf.Pdf, paper: Minutes) -> None:
    kinds = [str(e.S)[1:] for e in elements(pdf.Root.StructTreeRoot.K[0])]
    headings = [kind for kind in kinds if kind.startswith("H")]
    contents = ["H2"] if "TOC" in kinds else []
    assert headings == ["H1", *contents, *(f"H{section.level + 1}" for section in sections(paper))]
    assert bool(contents) == (len(pdf.pages) > 20)


def test_a_table_has_its_rows_once_however_many_pages_it_takes(pdf: pikepdf.Pdf, paper: Minutes) -> None:
    tables = [e for e in elements(pdf.Root.StructTreeRoot.K[0]) if e.S == "/Table"]
    grids = [block for section in sections(paper) for block in section.blocks if isinstance(block, Grid)]
    for table, grid in zip(tables, grids, strict=True):
        head, *rows = table.K
        assert [cell.S for cell in head.K] == ["/TH"] * len(grid.headers)
        assert all(cell.A.Scope == "/Column" for cell in head.K)
        assert [len(row.K) for row in rows] == [len(grid.headers)] * len(grid.rows)


def test_the_file_says_that_it_is_tagged_in_which_language_and_what_it_is(pdf: pikepdf.Pdf, paper: Minutes) -> None:
    assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "en-GB"
    assert all(page.Tabs == "/S" for page in pdf.pages)
    with pdf.open_metadata() as words:
        assert words["dc:title"] == title(paper)
        assert words["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_the_validator_finds_nothing_to_say_by_either_standard(file: bytes) -> None:
    assert failures(file) == []


def test_no_two_words_are_heard_as_one_where_a_line_ends(file: bytes, paper: Minutes) -> None:
    told = {" ".join(said.split()) for said in heard(file)}
    for section in sections(paper):
        assert section.title in told
        for block in section.blocks:
            said = [as_line(block)] if isinstance(block, Words) else [*block.headers, *chain(*block.rows)]
            assert {" ".join(words.split()) for words in said if words} <= told


def test_the_file_bears_the_instant_it_was_made_of_in_both_places(pdf: pikepdf.Pdf, paper: Minutes) -> None:
    assert paper.closed_at is not None
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == f"{paper.closed_at:D:%Y%m%d%H%M%S}+00'00'"
    with pdf.open_metadata() as words:
        assert datetime.fromisoformat(words["xmp:CreateDate"]) == paper.closed_at
    assert pdf.pdf_version == "1.7"


def test_the_contents_list_leads_to_every_section_and_tells_its_page(pdf: pikepdf.Pdf, paper: Minutes) -> None:
    links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    if len(pdf.pages) <= 20:
        assert links == []
        return
    assert [str(link.Contents) for link in links] == [section.title for section in sections(paper)]
    entries = [e for e in elements(pdf.Root.StructTreeRoot.K[0]) if e.S == "/TOCI"]
    assert len(entries) == len(links)
    assert all(entry.K[0].S == "/Link" and "/Obj" in entry.K[0].K[-1] for entry in entries)
