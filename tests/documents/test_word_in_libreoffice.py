"""The minutes as a Word file, as LibreOffice prints them; it is asked once for all the tests here."""

import io
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.minutes import minutes_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.minutes.paper_parts import Grid, Section
from tests.documents.minutes_models import minutes
from tests.support.word_files import as_pdf, opened

pytestmark = pytest.mark.xdist_group("libreoffice")
PAPER = minutes_paper(minutes(6, 34))
FILE = print_word(PAPER)
LONG = "The neighbours heard it again. " * 500  # a cell that fills more than three pages


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pdfium.PdfDocument]:
    """The minutes, the same in large print, and a table with a cell of three pages."""
    long_row = Grid("Words", ("One", "Two"), (("a", LONG), ("last", "row")), (1, 3))
    paper = replace(PAPER, opening=(), sections=(Section("one", "1", 1, "Only section", (long_row,)),))
    files = {"minutes": FILE, "large": print_word(PAPER, is_large=True), "long": print_word(paper)}
    made = as_pdf(tmp_path_factory.mktemp("word"), files)
    return {name: pdfium.PdfDocument(io.BytesIO(content)) for name, content in made.items()}


def _pages(document: pdfium.PdfDocument) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("name", ["minutes", "large"])
def test_libreoffice_prints_every_page_with_its_marking_and_number(converted, name: str) -> None:
    pages = _pages(converted[name])
    assert len(pages) > 4
    for number, text in enumerate(pages, 1):
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number} of {len(pages)}" in text
        assert PAPER.author in text and PAPER.head in text


def test_libreoffice_finds_the_headings_and_prints_every_section(converted) -> None:
    headings = [mark.get_title() for mark in converted["minutes"].get_toc()]
    assert [one for one in headings if one != PAPER.title] == [section.title for section in PAPER.sections]


def test_libreoffice_repeats_the_header_of_a_table_that_goes_on_and_obeys_the_widths(converted) -> None:
    first, second = _pages(converted["minutes"])[:2]
    header = "Name Agency Role Times"
    assert header in first and header in second
    page = converted["minutes"][0].get_textpage()
    columns = [int(wide) / 20 for wide in opened(FILE).tables[0]._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]
    lefts = [_left(page, word) for word in ("Agency", "Role", "Times")]
    assert [round(b - a) for a, b in pairwise(lefts)] == pytest.approx(columns[1:3], abs=2)


def _left(page: pdfium.PdfTextPage, word: str) -> float:
    """Where a header begins, in points."""
    text = page.get_text_range()
    return float(page.get_charbox(text.index(word, text.index("Name")))[0])


def test_a_cell_of_several_pages_is_printed_to_its_end(converted) -> None:
    pages = _pages(converted["long"])
    assert sum(text.count("again.") for text in pages) == 500
    assert "last row" in pages[-1]
