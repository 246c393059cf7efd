"""How a paper is set out: what stays on one page, what long papers and drafts have, large print."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.minutes import minutes_paper, print_minutes
from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.minutes.layout import sections
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words
from csp_desktop.domain.minutes.record import Minutes
from tests.documents.judges import by_page, failures, heard, pages_of, text_of
from tests.documents.minutes_models import minutes

APPROVED = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
MANY = minutes(cases=30, attendees=20)


def _uneven() -> Minutes:
    """Cases of every length, so that pages end in every place of one."""
    cases = tuple(replace(case, note="\n".join([case.note] * (n % 7))) for n, case in enumerate(MANY.cases))
    return replace(MANY, cases=cases)


@pytest.fixture(scope="module", params=[False, True], ids=["ordinary", "large"])
def uneven(request: pytest.FixtureRequest) -> bytes:
    return print_minutes(_uneven(), is_large=request.param)


def test_no_page_ends_with_a_heading_or_begins_with_a_read_back_line(uneven: bytes) -> None:
    pages = by_page(uneven)
    assert len(pages) > 20
    for page in pages[:-1]:
        assert not page[-1][0].startswith("/H"), page[-1]
    for page in pages:
        assert not page[0][1].startswith("Read back"), page[0]


def test_a_table_of_actions_stands_on_the_page_of_what_leads_to_it(uneven: bytes) -> None:
    """Only one that goes on from the page before begins a page."""
    pages = pages_of(uneven)
    for before, page in pairwise(pages):
        if re.search(r"26 November 2026 No\. Action Officer By", page):
            assert "No. Action Officer By" in before, page[:200]


def test_a_paragraph_is_cut_only_where_it_is_as_tall_as_much_of_a_page(uneven: bytes) -> None:
    begun = [page[0][1] for page in by_page(uneven) if page[0][0] == "/P"]
    assert all(re.match(r"[A-Z0-9]", words) for words in begun)
    body = sections(_uneven())
    starts = {block.text[:12] for section in body for block in section.blocks if isinstance(block, Words)}
    assert all(any(start in words for start in starts) or ":" in words for words in begun)


def test_a_case_that_fits_well_on_a_page_stays_on_one() -> None:
    pages = pages_of(print_minutes(MANY))
    for number, case in enumerate(MANY.cases, 1):
        (page,) = [page for page in pages if f"5.{number} {case.reference}, JK Adults" in page]
        assert f"Read back and accepted at 14:{10 + number}." in page


def test_a_paper_has_a_contents_list_from_twenty_pages_on() -> None:
    short, long = print_minutes(minutes(cases=14)), print_minutes(MANY)
    assert len(pages_of(short)) < 20 < len(pages_of(long))
    assert "Contents" not in text_of(short)
    pages = pages_of(long)
    for section in sections(MANY):
        (number,) = re.findall(rf"{re.escape(section.title)} (\d+)(?= |$)", " ".join(pages[:2]))[:1]
        assert section.title in pages[int(number) - 1]


def test_links_of_the_contents_list_lead_where_its_numbers_say() -> None:
    with pdfium.PdfDocument(print_minutes(MANY)) as document:
        marks = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
    with pikepdf.open(io.BytesIO(print_minutes(MANY))) as pdf:
        names = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        assert len(links) == len(sections(MANY))
        assert all(int(link.F) == 4 for link in links)
        for link in links:
            assert names[link.Dest[0].objgen] == marks[str(link.Contents)]


def test_a_draft_says_so_across_every_page_and_an_approved_paper_nowhere() -> None:
    draft, approved = minutes(), replace(minutes(), approved_by="Hana Price", approved_at=APPROVED)
    assert all("DRAFT" in page for page in pages_of(print_minutes(draft)))
    assert "DRAFT" not in text_of(print_minutes(approved))
    assert "DRAFT" not in "".join(heard(print_minutes(draft)))


def test_the_approval_stands_before_the_annex_with_room_to_sign() -> None:
    draft, approved = minutes(), replace(minutes(), approved_by="Hana Price", approved_at=APPROVED)
    assert _before_annex(draft, 1) == ["Approval: not yet approved by the chair. This is a draft."]
    told = _before_annex(approved, 3)
    assert told == [
        "Approval: approved by Hana Price on Tuesday 1 December 2026 at 09:05.",
        "Agreed as a correct record at the meeting on",
        "Signed by the chair of that meeting",
    ]
    assert failures(print_minutes(approved)) == []


def _before_annex(paper: Any, count: int) -> list[str]:
    told = [words.strip() for words in heard(print_minutes(paper))]
    at = told.index("Annex: signatures, clauses and ISP")
    return told[at - count : at]


def _sizes(file: bytes) -> set[float]:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        streams: list[Any] = [*pdf.pages, *forms]
        told = [one for stream in streams for one in pikepdf.parse_content_stream(stream)]
        return {float(one.operands[1]) for one in told if str(one.operator) == "Tf"}


def test_in_large_print_every_letter_is_half_as_large_again() -> None:
    ordinary, large = _sizes(print_minutes(minutes())), _sizes(print_minutes(minutes(), is_large=True))
    drawn = {130.0}  # the word across a draft is as large as the page allows
    assert {round(size * 1.5, 2) for size in ordinary - drawn} == {round(size, 2) for size in large - drawn}
    assert 18 in large


def test_in_large_print_a_wide_table_becomes_lines_led_by_their_headers() -> None:
    file = print_minutes(minutes(), is_large=True)
    told = [words.strip() for words in heard(file)]
    (told_of,) = [words for words in told if "2026-11/04 Task 4 of the plan" in words and words.startswith("Officer:")]
    assert "Officer: Ruth Coyle, Hertfordshire County Council" in told_of and "Case or item: SN-2026-0401" in told_of
    assert "By: 5 Dec 2026" in told_of and "Agreed on: 26 Nov 2026" in told_of and "Overdue:" not in told_of
    narrow = [words for words in told if words in ("Name", "Agency", "Role", "Times")]
    assert narrow[:4] == ["Name", "Agency", "Role", "Times"]
    assert failures(file) == []


def test_a_heading_with_nothing_under_it_goes_with_the_next_section() -> None:
    for lines in range(24, 36):
        filler = Section("filler", "1", 1, "Filler", tuple(Words("Line.") for _ in range(lines)))
        lone = Section("lone", "2", 1, "Lone heading", ())
        last = Section("last", "2.1", 2, "Last", (Words("End of it."), Words("The end.")))
        file = print_paper(Paper("P", "T", "OFFICIAL", "H", "E", "en-GB", (), (filler, lone, last)))
        for page in pages_of(file):
            assert ("2 Lone heading" in page) == ("2.1 Last" in page)


def test_a_table_s_last_row_goes_with_the_line_under_it() -> None:
    for rows in range(26, 38):
        grid = Grid("G", ("A", "B"), tuple((f"row {n}", "words") for n in range(rows)), (1, 1))
        section = Section("s", "1", 1, "Heading", (grid, Words("at 14:11.", "Read back")))
        file = print_paper(Paper("P", "T", "OFFICIAL", "H", "E", "en-GB", (), (section,)))
        (page,) = [page for page in pages_of(file) if "Read back" in page]
        assert f"row {rows - 1} words" in page


def test_a_header_that_could_fill_a_page_is_a_fault_of_ours() -> None:
    grid = Grid("G", ("A" * 41,), (("words",),), (1,))
    section = Section("s", "1", 1, "Heading", (grid,))
    with pytest.raises(AssertionError):
        print_paper(Paper("P", "T", "OFFICIAL", "H", "E", "en-GB", (), (section,)))


def test_a_paper_may_be_printed_bare() -> None:
    bare = replace(minutes_paper(MANY), is_draft=False, kept_together=False, contents_from=0)
    file = print_paper(bare)
    assert "Contents" not in text_of(file) and failures(file) == []
    assert len(pages_of(file)) < len(pages_of(print_minutes(MANY)))
