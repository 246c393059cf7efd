"""The parts of a Word file that say nothing of the paper: its styles, in Arial, what Word is told of the file, and how
its parts hang together.

Sizes are half points and lengths twentieths of a point, as Word counts them.
"""

import io
import zipfile

from reportlab.lib.colors import Color

from csp_desktop.documents.styles import HEAD, INK, LINE, MARK, QUIET

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
            _paragraph("Title", _spacing(0, 8), _letters(20 * scale, bold=True)),
            _paragraph("heading 1", _heading(0, 14, 5), _letters(16 * scale, bold=True)),
            _paragraph("heading 2", _heading(1, 10, 3), _letters(13 * scale, bold=True)),
            _paragraph(TABLE_TEXT, _spacing(2, 2, 252), _letters(TABLE_SIZE * scale)),
            _paragraph(TABLE_LINE, _spacing(0, 1), ""),
            _paragraph(TABLE_HEADING, "<w:keepNext/>", _letters(TABLE_SIZE * scale, bold=True), TABLE_TEXT),
            _paragraph(EDGE, _RIGHT + _spacing(0, 2, 240), edge),
            _paragraph("header", _rule("bottom"), "", EDGE),
            _paragraph("footer", _rule("top"), "", EDGE),
            _paragraph(
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


def _paragraph(name: str, layout: str, letters: str, based_on: str = "Normal") -> str:
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
