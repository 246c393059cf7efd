"""The minutes as a Word file, opened by python-docx, by LibreOffice, and part by part as Word demands them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest
from docx.enum.section import WD_ORIENT
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.documents.minutes import minutes_paper, print_minutes_word
from csp_desktop.documents.paper import Paper
from csp_desktop.documents.word import TEXT_WIDTH, print_word
from csp_desktop.domain.common.text import for_files
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words
from tests.documents.minutes_models import OPENED, minutes
from tests.support.word_files import W, lines, lines_of, opened, parts, tree

MINUTES = minutes(6, 14)
PAPER = minutes_paper(MINUTES)
FILE = print_word(PAPER)
LONG = "The neighbours heard it again. " * 500  # a cell that fills more than three pages


def paper_of(*blocks: Words | Grid) -> Paper:
    return replace(PAPER, opening=(), sections=(Section("one", "1", 1, "Only section", blocks),), sign_off=None)


def grids(paper: Paper) -> list[Grid]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Grid)]


def test_every_word_of_the_paper_stands_in_the_file_in_its_order_and_nothing_else() -> None:
    assert list(lines(opened(FILE))) == list(lines_of(PAPER))


def test_title_and_headings_are_real_styles_with_their_level() -> None:
    found = [(p.style.name, p.text) for p in opened(FILE).paragraphs if p.style.name.startswith(("Title", "Heading"))]
    headings = [(f"Heading {section.level}", section.title) for section in PAPER.sections]
    assert found == [("Title", PAPER.title), *headings]


def test_a_label_is_strong_and_what_follows_it_is_not() -> None:
    chair = next(p for p in opened(FILE).paragraphs if p.text == "Chair: Hana Price")
    assert [(run.text, run.style.name) for run in chair.runs] == [
        ("Chair: ", "Strong"),
        ("Hana Price", "Default Paragraph Font"),
    ]


def test_every_table_repeats_its_header_splits_no_row_and_says_what_it_is() -> None:
    tables = opened(FILE).tables
    for table, grid in zip(tables, grids(PAPER), strict=True):
        properties = table._tbl.tblPr
        assert properties.xpath("./w:tblCaption/@w:val") == [grid.name]
        assert properties.xpath("./w:tblDescription/@w:val") == [f"Columns: {', '.join(grid.headers)}."]
        assert properties.xpath("./w:tblLook/@w:firstRow") == ["1"]
        first, *rest = table.rows
        assert first._tr.xpath("./w:trPr/w:tblHeader") and not any(
            row._tr.xpath("./w:trPr/w:tblHeader") for row in rest
        )
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        assert {p.style.name for cell in first.cells for p in cell.paragraphs} == {"Table Heading"}


def test_the_columns_fill_the_page_and_the_cells_are_as_wide_as_their_columns() -> None:
    for table in opened(FILE).tables:
        columns = [int(wide) for wide in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]
        assert abs(sum(columns) - TEXT_WIDTH) <= len(columns)
        assert table._tbl.xpath("./w:tblPr/w:tblLayout/@w:type") == ["fixed"]
        for row in table.rows:
            assert [int(wide) for wide in row._tr.xpath("./w:tc/w:tcPr/w:tcW/@w:w")] == columns


def test_two_tables_below_one_another_stay_two_and_the_last_has_a_paragraph_below_it() -> None:
    grid = Grid("Words", ("One", "Two"), (("a", "b"),), (1, 1))
    body = list(opened(print_word(paper_of(grid, grid))).iter_inner_content())
    assert [isinstance(block, Table) for block in body] == [False, False, True, False, True, False]


def test_a_short_case_is_kept_on_one_page_and_a_heading_never_stands_alone() -> None:
    document = opened(FILE)
    assert all(document.styles[f"Heading {level}"].paragraph_format.keep_with_next for level in (1, 2))
    blocks = list(document.iter_inner_content())
    start = next(n for n, block in enumerate(blocks) if _text(block).startswith("5.1 SN-2026-0401"))
    end = next(n for n, block in enumerate(blocks[start:], start) if _text(block).startswith("Read back"))
    paragraphs = [p for block in blocks[start + 1 : end] for p in _paragraphs(block)]
    assert len(paragraphs) > 12
    assert all(p.paragraph_format.keep_with_next or p.style.name == "Table Heading" for p in paragraphs)
    assert not blocks[end].paragraph_format.keep_with_next


def _text(block):
    return "" if isinstance(block, Table) else block.text


def _paragraphs(block):
    return [p for row in block.rows for c in row.cells for p in c.paragraphs] if isinstance(block, Table) else [block]


def test_of_a_long_section_only_the_last_block_is_kept_with_the_one_before_it() -> None:
    kept = [
        p.paragraph_format.keep_with_next
        for p in opened(print_word(paper_of(*[Words(LONG[:900])] * 9, Words("at 14:11.", "Read back")))).paragraphs[2:]
    ]
    assert kept == [None] * 8 + [True, None]


def test_every_page_is_marked_at_top_and_bottom_and_bears_names_edition_number_and_journal_head() -> None:
    section = opened(FILE).sections[0]
    head, foot = ([p.text for p in edge.paragraphs] for edge in (section.header, section.footer))
    assert head == ["OFFICIAL-SENSITIVE", f"{PAPER.author}\t{PAPER.head}"]
    assert foot[0].startswith("Draft 1, copy 1 for the partnership's record\tPage ")
    assert foot[1:] == ["Journal entry 812, 0f3a9c4477d1e2b6", "OFFICIAL-SENSITIVE"]
    fields = [field.get(f"{W}instr") for field in tree(FILE, "word/footer1.xml").iter(f"{W}fldSimple")]
    assert fields == [" PAGE ", " NUMPAGES "]
    assert (section.orientation, round(section.page_width.mm), round(section.page_height.mm)) == (
        WD_ORIENT.PORTRAIT,
        210,
        297,
    )


def test_draft_stands_across_every_page_until_the_minutes_are_approved() -> None:
    approved = replace(MINUTES, approved_by="Hana Price", approved_at=OPENED)
    assert 'string="DRAFT"' in parts(FILE)["word/header1.xml"]
    assert "DRAFT" not in "".join(parts(print_minutes_word(approved)).values())


def test_the_properties_name_the_paper_its_author_and_when_it_was_made_and_no_machine() -> None:
    told = opened(FILE).core_properties
    assert (told.title, told.author, told.subject) == (PAPER.title, PAPER.author, "OFFICIAL-SENSITIVE")
    assert (told.language, told.last_modified_by, told.revision) == ("en-GB", "CSP Desktop", 1)
    assert MINUTES.closed_at is not None and told.created == told.modified == MINUTES.closed_at
    assert "<Application>CSP Desktop</Application>" in parts(FILE)["docProps/app.xml"]


def test_when_it_was_made_is_told_in_universal_time_or_not_at_all() -> None:
    later = datetime.fromisoformat("2026-06-01T00:30:00+01:00")
    assert opened(print_word(replace(PAPER, created=later))).core_properties.created == datetime(
        2026, 5, 31, 23, 30, tzinfo=UTC
    )
    assert opened(print_word(replace(PAPER, created=None))).core_properties.created is None


def test_the_same_minutes_give_the_same_bytes_and_other_minutes_others() -> None:
    assert print_minutes_word(minutes(6, 14)) == FILE
    assert print_minutes_word(minutes(6, 13)) != FILE


def test_everything_is_in_arial_and_british_english() -> None:
    styles = tree(FILE, "word/styles.xml")
    fonts = {name for one in styles.iter(f"{W}rFonts") for name in one.attrib.values()}
    assert fonts == {"Arial"}
    assert [one.get(f"{W}val") for one in styles.iter(f"{W}lang")] == ["en-GB"]
    body = "".join(text for name, text in parts(FILE).items() if name != "word/styles.xml")
    assert "rFonts" not in body and "w:lang" not in body


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\x07c\x1bd", "abcd"),
        ("one\ntwo\tthree\r\nfour", "one two three  four"),
        ("half \ud83d of one", "half  of one"),
        ("turned \u202eround\u2066", "turned round"),
        ("\ufeffstart\ufffe\uffff", "start"),
        ("می\u200cخواهم and क्\u200dष", "می\u200cخواهم and क्\u200dष"),
        ('Jose\u0301 <b>&amp; "Sons" ]]>', 'José <b>&amp; "Sons" ]]>'),
    ],
)
def test_what_word_cannot_hold_goes_and_every_other_letter_stays(typed: str, shown: str) -> None:
    grid = Grid(typed, (typed, "Two"), ((typed, typed),), (1, 1))
    document = opened(print_word(paper_of(Words(typed, typed), grid)))
    assert document.paragraphs[2].text == f"{shown} {shown}"
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [shown, "Two", shown, shown]
    assert document.tables[0]._tbl.xpath("./w:tblPr/w:tblCaption/@w:val") == [shown]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_whatever_was_typed_the_file_opens_and_says_it(words: str, name: str) -> None:
    typed = replace(
        paper_of(Words(words), Grid(name, (name, words), ((words, name),), (3, 1))), title=words, author=name
    )
    document = opened(print_word(typed))
    assert document.paragraphs[2].text == for_files(words)
    assert document.tables[0].rows[1].cells[0].text == for_files(words)
    assert (document.core_properties.title, document.core_properties.author) == (for_files(words), for_files(name))


def test_large_print_has_half_as_large_letters_again_and_wide_tables_as_lines() -> None:
    large = opened(print_minutes_word(MINUTES, is_large=True))
    sizes = {name: large.styles[name].font.size.pt for name in ("Title", "Heading 1", "Heading 2", "Table Text")}
    assert sizes == {"Title": 30, "Heading 1": 24, "Heading 2": 19.5, "Table Text": 16.5}
    assert 'w:sz w:val="36"' in parts(print_minutes_word(MINUTES, is_large=True))["word/styles.xml"]
    assert max(len(table.columns) for table in large.tables) == 4
    texts = [p.text for p in large.paragraphs]
    at = texts.index("Officer: Ewa Łukasik, Change Grow Live")
    assert texts[at + 2 : at + 5] == [
        "Case or item: SN-2026-0402",
        "By: 9 Dec 2026",
        "Agreed on: 26 Nov 2026",
    ]
    assert [cell.text for cell in large.tables[0].rows[2].cells] == [
        "Ewa Łukasik 02",
        "Change Grow Live",
        "member",
        "13:55 to 15:58",
    ]


def test_large_print_leaves_out_no_word() -> None:
    said = " ".join(lines(opened(print_minutes_word(MINUTES, is_large=True))))
    for block in (block for section in PAPER.sections for block in section.blocks):
        words = [block.text] if isinstance(block, Words) else [cell for row in block.rows for cell in row]
        assert not [one for one in words if one not in said]


def test_every_part_has_a_type_and_every_relation_leads_to_a_part() -> None:
    found = parts(FILE)
    types = ElementTree.fromstring(found.pop("[Content_Types].xml"))
    named = {one.get("PartName") for one in types if one.get("PartName")}
    assert named == {f"/{name}" for name in found if not name.endswith(".rels")}
    for name in (name for name in found if name.endswith(".rels")):
        folder = PurePosixPath(name).parent.parent
        for relation in ElementTree.fromstring(found[name]):
            assert str(folder / str(relation.get("Target"))) in found
    used = set(re.findall(r'r:id="(\w+)"', found["word/document.xml"]))
    known = {one.get("Id") for one in ElementTree.fromstring(found["word/_rels/document.xml.rels"])}
    assert used <= known


# The order in which Word's schema has the children of what is written here; in another Word calls the file damaged.
ORDER = {
    "pPr": "pStyle keepNext keepLines pBdr tabs spacing jc outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW shd",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference footerReference pgSz pgMar",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr",
    "settings": "defaultTabStop compat themeFontLang decimalSymbol listSeparator",
    "tblBorders": "top bottom insideH",
    "tblCellMar": "top left bottom right",
}


@pytest.mark.parametrize("part", ["document", "styles", "settings", "header1", "footer1"])
def test_everything_stands_in_the_order_of_words_own_schema(part: str) -> None:
    for element in tree(FILE, f"word/{part}.xml").iter():
        order = ORDER.get(element.tag.removeprefix(W), "").split()
        if order:
            places = [order.index(child.tag.removeprefix(W)) for child in element]
            assert all(one <= two for one, two in pairwise(places)), ElementTree.tostring(element)


def test_every_style_that_is_used_is_in_the_file() -> None:
    known = {one.get(f"{W}styleId") for one in tree(FILE, "word/styles.xml").iter(f"{W}style")}
    for part in ("document", "header1", "footer1", "styles"):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            assert {one.get(f"{W}val") for one in tree(FILE, f"word/{part}.xml").iter(f"{W}{kind}")} <= known
