"""A paper of numbered sections as a Word file (DOCX): real headings, tables with a repeated header; same paper, same
bytes.

The parts of the file are written as they are: a library would add a template of three hundred styles, a picture and a
stranger's name, and take ten times as long. Sizes are half points and lengths twentieths of a point, as Word counts
them.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC
from functools import partial
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from csp_desktop.documents import large_print
from csp_desktop.documents.columns import Measures, column_widths
from csp_desktop.documents.paper import Paper
from csp_desktop.documents.styles import HEAD, INK, LINE, MARK, QUIET
from csp_desktop.domain.common.text import for_files
from csp_desktop.domain.minutes.paper_parts import ANNEX, Block, Grid, Section, Words

_LINES_OF_A_PAGE, _LETTERS_OF_A_LINE = 34, 92  # of the body at 12 points
_KEPT_TOGETHER = 0.75  # of a page
_MOST_LINES_UNSPLIT = 30  # a row of more lines goes on on the next page
_AFTER_TABLE = 7  # points
_BLANK = 30  # characters of a line to sign on
FONT = "Arial"  # what the recipients' computers have; Word embeds nothing
TABLE_TEXT, TABLE_HEADING, TABLE_LINE, MARKING, EDGE, LABEL, TABLE = (
    "Table Text",
    "Table Heading",
    "Table Line",
    "Marking",
    "Page Edge",
    "Strong",
    "Paper Table",
)
BODY_SIZE, TABLE_SIZE = 12.0, 11.0  # points
TEXT_WIDTH, CELL_SIDE = 9978, 80  # twentieths of a point: between the margins of the page, and of a cell
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATED = f"{_OFFICE}/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADER, FOOTER = "rId3", "rId4"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def print_word(paper: Paper, *, is_large: bool = False) -> bytes:
    """The paper as DOCX of A4 pages; `is_large`: in large print, 18 points for 12."""
    scale = large_print.SCALE if is_large else 1.0
    parts = {
        "docProps/core.xml": _properties(paper),
        "word/header1.xml": f'<w:hdr xmlns:w="{WORD}">{_head(paper, is_large=is_large)}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{WORD}">{_foot(paper)}</w:ftr>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATED}"><w:body>'
        f"{''.join(_Body(paper, scale).paragraphs())}{_page(scale)}</w:body></w:document>",
    }
    return packed(parts, paper.language, scale)


def _properties(paper: Paper) -> str:
    made = ""
    if paper.created:
        instant = paper.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        made = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{instant}</dcterms:{name}>' for name in ("created", "modified")
        )
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_escaped(paper.title)}</dc:title><dc:subject>{_escaped(paper.marking)}</dc:subject>"
        f"<dc:creator>{_escaped(paper.author)}</dc:creator><cp:lastModifiedBy>CSP Desktop</cp:lastModifiedBy>"
        f"<cp:revision>1</cp:revision>{made}<dc:language>{_escaped(paper.language)}</dc:language></cp:coreProperties>"
    )


def _page(scale: float) -> str:
    """A4 upright; what stands at the top and bottom needs more room in large print."""
    top, bottom = round(1701 * (1 + (scale - 1) / 2)), round(1644 * (1 + (scale - 1) / 2))
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER}"/>'
        f'<w:footerReference w:type="default" r:id="{FOOTER}"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="964" w:bottom="{bottom}" w:left="964" w:header="567" w:footer="454"'
        ' w:gutter="0"/></w:sectPr>'
    )


def _head(paper: Paper, *, is_large: bool) -> str:
    """Marking and names of every page."""
    marking = _run(paper.marking) + (watermark("DRAFT") if paper.is_draft else "")
    if is_large:
        return (
            _paragraph(marking, MARKING) + _paragraph(_run(paper.author), EDGE) + _paragraph(_run(paper.head), "header")
        )
    names = f"{_run(paper.author)}{_TAB}{_run(paper.head)}"
    return _paragraph(marking, MARKING) + _paragraph(names, "header")


def _foot(paper: Paper) -> str:
    """Edition and number of every page, and where the journal stood."""
    numbers = f"{_run(paper.edition)}{_TAB}{_run('Page ')}{_field('PAGE')}{_run(' of ')}{_field('NUMPAGES')}"
    journal = paper.journal
    entry = _paragraph(_run(f"Journal entry {journal.number}, {journal.digits}"), EDGE) if journal else ""
    return _paragraph(numbers, "footer") + entry + _paragraph(_run(paper.marking), MARKING)


_TAB = "<w:r><w:tab/></w:r>"


def _field(code: str) -> str:
    """A number that Word counts."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _paragraph(runs: str, style: str = "", *, keep: bool = False, before: float = 0) -> str:
    """`keep`: on the page of the next one; `before`: points of room above."""
    layout = f'<w:pStyle w:val="{identifier(style)}"/>' if style else ""
    layout += "<w:keepNext/>" if keep else ""
    layout += f'<w:spacing w:before="{round(before * 20)}"/>' if before else ""
    return f"<w:p>{f'<w:pPr>{layout}</w:pPr>' if layout else ''}{runs}</w:p>"


def _run(words: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{_escaped(words)}</w:t></w:r>'


def _escaped(words: str) -> str:
    return escape(for_files(words))


class _Body:
    """What stands on the pages: sections one below the other, each kept on one page where it may be."""

    def __init__(self, paper: Paper, scale: float) -> None:
        self._paper = paper
        self._scale = scale
        self._is_below_table = False
        size = TABLE_SIZE * scale
        self._measures = Measures(for_files, partial(_wide, "Helvetica-Bold", size), partial(_wide, "Helvetica", size))

    def paragraphs(self) -> Iterator[str]:
        """Paragraphs and tables in the order of the paper."""
        yield _paragraph(_run(self._paper.title), "Title")
        for words in self._paper.opening:
            yield self._words(words)
        for section in self._paper.sections:
            if section.id != ANNEX:
                yield from self._section(section)
        yield from self._signed()
        for section in self._paper.sections:
            if section.id == ANNEX:
                yield from self._section(section)
        if self._is_below_table:  # Word wants a paragraph after the last table
            yield _paragraph("", TABLE_TEXT)

    def _signed(self) -> Iterator[str]:
        """Who approved it, and lines to sign on by hand."""
        sign_off = self._paper.sign_off
        if sign_off is None:
            return
        for words in sign_off.words:
            yield self._words(words, keep=bool(sign_off.blanks), before=14 * self._scale)
        for at, label in enumerate(sign_off.blanks, 1):
            line = f"{label} {'_' * _BLANK}"
            yield self._words(Words(line), keep=at < len(sign_off.blanks), before=18 * self._scale)

    def _section(self, section: Section) -> Iterator[str]:
        """A short section is kept on one page; of a long one the last block stays with what is before it."""
        self._is_below_table = False
        yield _paragraph(_run(section.title), f"heading {section.level}")
        is_short = self._lines(section.blocks) <= _LINES_OF_A_PAGE / self._scale * _KEPT_TOGETHER
        for number, block in enumerate(section.blocks, 1):
            keep = number < len(section.blocks) and (is_short or number == len(section.blocks) - 1)
            if isinstance(block, Words):
                yield self._words(block, keep=keep)
            elif self._scale > 1 and large_print.is_too_wide(block):
                yield from self._as_lines(block, keep=keep, is_whole=is_short)
            else:
                yield self._table(block, keep=keep, is_whole=is_short)

    def _words(self, words: Words, *, keep: bool = False, style: str = "", before: float = 0) -> str:
        before = before or (_AFTER_TABLE if self._is_below_table else 0)
        self._is_below_table = False
        label = _run(f"{words.label} " if words.text else words.label, LABEL) if words.label else ""
        return _paragraph(label + (_run(words.text) if words.text else ""), style, keep=keep, before=before)

    def _as_lines(self, grid: Grid, *, keep: bool, is_whole: bool) -> Iterator[str]:
        """The rows of a wide table in large print; the lines of one are kept together."""
        yield self._words(Words("", grid.name), keep=True)
        rows = large_print.row_lines(grid)
        for number, lines in enumerate(rows, 1):
            stays = keep if number == len(rows) else is_whole
            for at, line in enumerate(lines, 1):
                before = _AFTER_TABLE * self._scale if at == 1 else 0
                yield self._words(line, keep=stays or at < len(lines), style=TABLE_LINE, before=before)
        self._is_below_table = True

    def _table(self, grid: Grid, *, keep: bool, is_whole: bool) -> str:
        """Two tables without a paragraph between them would be one."""
        between = _paragraph("", TABLE_TEXT, keep=True) if self._is_below_table else ""
        self._is_below_table = True
        widths = [round(wide * 20) for wide in column_widths(grid, TEXT_WIDTH / 20, self._measures)]
        columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
        rows = [
            self._row(row, widths, keep=keep if number == len(grid.rows) else is_whole)
            for number, row in enumerate(grid.rows, 1)
        ]
        head = self._row(grid.headers, widths, is_head=True)
        return f"{between}<w:tbl>{_described(grid)}<w:tblGrid>{columns}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"

    def _row(self, row: tuple[str, ...], widths: list[int], *, keep: bool = False, is_head: bool = False) -> str:
        unsplit = "<w:cantSplit/>" if self._row_lines(row, widths) <= _MOST_LINES_UNSPLIT / self._scale else ""
        repeated = "<w:tblHeader/>" if is_head else ""
        style = TABLE_HEADING if is_head else TABLE_TEXT
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
            f"{_paragraph(_run(cell), style, keep=keep)}</w:tc>"
            for cell, wide in zip(row, widths, strict=True)
        )
        return f"<w:tr><w:trPr>{unsplit}{repeated}</w:trPr>{cells}</w:tr>"

    def _lines(self, blocks: tuple[Block, ...]) -> float:
        """About so many lines of the body are needed."""
        lines = 0.0
        for block in blocks:
            if isinstance(block, Words):
                lines += ceil(len(block.text) * self._scale / _LETTERS_OF_A_LINE) + 0.3
                continue
            widths = [TEXT_WIDTH * share / sum(block.shares) for share in block.shares]
            lines += sum(self._row_lines(row, widths) + 0.3 for row in (block.headers, *block.rows))
        return lines

    def _row_lines(self, row: tuple[str, ...], widths: Iterable[float]) -> int:
        """About so many lines the tallest cell has."""
        letters = (max((wide - 2 * CELL_SIDE) / (TABLE_SIZE * self._scale * 10), 1) for wide in widths)
        return max(ceil(len(cell) / room) for cell, room in zip(row, letters, strict=True))


def _described(grid: Grid) -> str:
    """What a screen reader says of the table, a fixed layout, and a first row that is its header."""
    columns = quoteattr(f"Columns: {', '.join(map(for_files, grid.headers))}.")
    return (
        f'<w:tblPr><w:tblStyle w:val="{identifier(TABLE)}"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(for_files(grid.name))}/>'
        f"<w:tblDescription w:val={columns}/></w:tblPr>"
    )


def _wide(font: str, size: float, word: str) -> float:
    """Points with the cell's margins. Arial's letters are as wide as Helvetica's; one that is not of Western Europe
    counts as the widest."""
    known = word.encode("cp1252", "ignore").decode("cp1252")
    return float(stringWidth(known, font, size)) + (len(word) - len(known)) * size + CELL_SIDE / 10 + 0.5


def packed(written: dict[str, str], language: str, scale: float) -> bytes:
    """The file of the parts that were written and of those that are always the same; `scale` multiplies the sizes of
    all letters. It does not tell when or where it was made: the same paper, the same bytes."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/app.xml": _PROGRAM,
        "word/_rels/document.xml.rels": _PARTS,
        "word/settings.xml": _settings(language),
        "word/styles.xml": _styles(language, scale),
        **written,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
            file.writestr(info, _HEAD + text)
    return made.getvalue()


def colour(of: Color) -> str:
    """'A3170B'"""
    return str(of.hexval())[2:].upper()


_CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_KIND}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_KIND}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{RELATED}/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)
_PARTS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATED}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATED}/settings" Target="settings.xml"/>'
    f'<Relationship Id="{HEADER}" Type="{RELATED}/header" Target="header1.xml"/>'
    f'<Relationship Id="{FOOTER}" Type="{RELATED}/footer" Target="footer1.xml"/></Relationships>'
)
_PROGRAM = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>CSP Desktop</Application></Properties>'


def _settings(language: str) -> str:
    """Laid out as by the Word of today, not by one of 2007 for a file that does not say."""
    return (
        f'<w:settings xmlns:w="{WORD}"><w:defaultTabStop w:val="720"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def _styles(language: str, scale: float) -> str:
    edge = _letters(9.5 * scale, colour_of=QUIET)
    ink = _letters(BODY_SIZE * scale, colour_of=INK)
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    tongue = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
    return "".join(
        [
            f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{ink}{tongue}</w:rPr>'
            f"</w:rPrDefault><w:pPrDefault><w:pPr>{_spacing(0, 5, 276)}</w:pPr></w:pPrDefault></w:docDefaults>",
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
            "</w:style>",
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
            _TABLE_NORMAL,
            _style("Title", _spacing(0, 8), _letters(20 * scale, bold=True)),
            _style("heading 1", _heading(0, 14, 5), _letters(16 * scale, bold=True)),
            _style("heading 2", _heading(1, 10, 3), _letters(13 * scale, bold=True)),
            _style(TABLE_TEXT, _spacing(2, 2, 252), _letters(TABLE_SIZE * scale)),
            _style(TABLE_LINE, _spacing(0, 1), ""),
            _style(TABLE_HEADING, "<w:keepNext/>", _letters(TABLE_SIZE * scale, bold=True), TABLE_TEXT),
            _style(EDGE, _RIGHT + _spacing(0, 2, 240), edge),
            _style("header", _rule("bottom"), "", EDGE),
            _style("footer", _rule("top"), "", EDGE),
            _style(
                MARKING,
                _spacing(0, 4, 240) + '<w:jc w:val="center"/>',
                _letters(12 * scale, bold=True, colour_of=MARK),
            ),
            f'<w:style w:type="character" w:styleId="{LABEL}"><w:name w:val="{LABEL}"/><w:qFormat/>'
            "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>",
            _table(),
            "</w:styles>",
        ]
    )


def _style(name: str, layout: str, letters: str, based_on: str = "Normal") -> str:
    """One style; its identifier is its name as Word's own are formed."""
    following = "" if based_on != "Normal" else '<w:next w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{identifier(based_on)}"/>{following}<w:qFormat/>'
        f"<w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def identifier(name: str) -> str:
    """'heading 1' is Heading1"""
    return name.title().replace(" ", "")


def _letters(points: float, *, bold: bool = False, colour_of: Color | None = None) -> str:
    """Each twice: for Latin letters, and for scripts such as Arabic."""
    size = round(points * 2)
    weight = "<w:b/><w:bCs/>" if bold else ""
    shade = f'<w:color w:val="{colour(colour_of)}"/>' if colour_of else ""
    return f'{weight}{shade}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _spacing(before: float, after: float, line: int = 0) -> str:
    """Points before and after; `line` in 240ths of a line."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height}/>'


def _heading(level: int, before: float, after: float) -> str:
    return f'<w:keepNext/><w:keepLines/>{_spacing(before, after)}<w:outlineLvl w:val="{level}"/>'


_RIGHT = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'


def _rule(side: str) -> str:
    """A line above or below a paragraph."""
    return f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="4" w:color="{colour(LINE)}"/></w:pBdr>'


_TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    f'<w:top w:w="0" w:type="dxa"/><w:left w:w="{CELL_SIDE}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    f'<w:right w:w="{CELL_SIDE}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _table() -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{colour(LINE)}"'
    return (
        f'<w:style w:type="table" w:styleId="{identifier(TABLE)}"><w:name w:val="{TABLE}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"<w:top {line}/><w:bottom {line}/><w:insideH {line}/></w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(HEAD)}"/></w:tcPr></w:tblStylePr></w:style>'
    )


_SIGN = (
    'o:spt="136" adj="10800" coordsize="21600,21600" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    + "".join(
        f'<v:f eqn="{one}"/>'
        for one in (
            "sum #0 0 10800",
            "prod #0 2 1",
            "sum 21600 0 @1",
            "sum 0 0 @2",
            "sum 21600 0 @3",
            "if @0 @3 0",
            "if @0 21600 @1",
            "if @0 0 @2",
            "if @0 @4 21600",
            "mid @5 @6",
            "mid @8 @5",
            "mid @7 @8",
            "mid @6 @7",
            "sum @6 0 @5",
        )
    )
    + '</v:formulas><v:path textpathok="t" o:connecttype="custom" o:connectangles="270,180,90,0"'
    ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"/><v:textpath on="t" fitshape="t"/>'
)


def watermark(words: str) -> str:
    """A word across every page, in the only form that Word's own command for watermarks finds and takes away."""
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:380pt;height:127pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:w10="urn:schemas-microsoft-com:office:word">'
        f'<v:shapetype id="_x0000_t136" {_SIGN}</v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="{words}"'
        f' style="{style}" o:allowincell="f" fillcolor="#{colour(HEAD)}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{FONT}&quot;;font-size:1pt" string="{words}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )
