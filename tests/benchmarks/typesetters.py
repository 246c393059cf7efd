"""The same sections by typesetters that are not among the program's libraries, for whoever has one installed: as HTML
by WeasyPrint, and by Typst. Each makes a file tagged as PDF/UA-1 in the fonts of our papers, which it reads once."""

from collections.abc import Callable
from html import escape
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from csp_desktop.documents.fonts import FAMILY, WEIGHTS
from csp_desktop.documents.paper import Paper
from csp_desktop.domain.minutes.paper_parts import Block, Words

Prints = Callable[[], bytes]

FONTS = Path(str(files("csp_desktop._built").joinpath("data", "fonts")))
_LOOK = """
@page { size: A4; margin: 30mm 25mm 29mm }
body { font: 10pt/1.4 Papers } h1 { font-size: 18pt } h2 { font-size: 14pt } h3 { font-size: 11pt }
table { width: 100%; border-collapse: collapse } th { text-align: left } th, td { border-bottom: 0.5pt solid }
"""
_SET = """
#set page(paper: "a4", margin: (x: 25mm, top: 30mm, bottom: 29mm))
#set text(font: "Noto Sans", size: 10pt, lang: "en", region: "GB")
#set table(stroke: (bottom: 0.5pt))
"""


def by_weasyprint(paper: Paper) -> Prints:
    """Raises OSError where the libraries are missing that it draws with."""
    weasyprint = import_module("weasyprint")
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    faces = (
        f"@font-face {{ font-family: Papers; font-weight: {weight.lower().replace('regular', 'normal')}; "
        f"src: url({(FONTS / f'{FAMILY}-{weight}.ttf').as_uri()}) }}"
        for weight in WEIGHTS
    )
    look = weasyprint.CSS(string="".join((*faces, _LOOK)), font_config=fonts)

    def prints() -> bytes:
        page = weasyprint.HTML(string=as_html(paper))
        file: bytes = page.write_pdf(stylesheets=[look], font_config=fonts, pdf_variant="pdf/ua-1")
        return file

    return prints


def by_typst(paper: Paper) -> Prints:
    """What it compiled is not kept for the next time: the first takes as long as the second."""
    typst = import_module("typst")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])

    def prints() -> bytes:
        file: bytes = typst.compile(as_typst(paper).encode(), font_paths=fonts, pdf_standards="ua-1")
        return file

    return prints


TYPESETTERS: dict[str, Callable[[Paper], Prints]] = {"weasyprint": by_weasyprint, "typst": by_typst}


def as_html(paper: Paper) -> str:
    """Headings, paragraphs and tables with a row of headers."""
    parts = [f"<h1>{escape(paper.title)}</h1>", *map(_html, paper.opening)]
    for section in paper.sections:
        parts.append(f"<h{section.level + 1}>{escape(section.title)}</h{section.level + 1}>")
        parts += map(_html, section.blocks)
    head = f'<html lang="{escape(paper.language)}"><meta charset="utf-8"><title>{escape(paper.title)}</title>'
    return "\n".join((f"<!doctype html>{head}<body>", *parts, "</body></html>"))


def _html(block: Block) -> str:
    if isinstance(block, Words):
        return f"<p><b>{escape(block.label)}</b> {escape(block.text)}</p>"
    columns = "".join(f'<col style="width: {share / sum(block.shares):.2%}">' for share in block.shares)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.headers)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f"<table>{columns}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def as_typst(paper: Paper) -> str:
    """The same; every word stands in a string, where nothing is markup."""
    parts = [f"#set document(title: {_string(paper.title)}, author: {_string(paper.author)})", _SET, "#title()"]
    parts += map(_typst, paper.opening)
    for section in paper.sections:
        parts.append(f"#heading(level: {section.level}, {_string(section.title)})")
        parts += map(_typst, section.blocks)
    return "\n".join(parts)


def _typst(block: Block) -> str:
    if isinstance(block, Words):
        return f"#par[#strong({_string(block.label)}) #{_string(block.text)}]"
    columns = "".join(f"{share}fr, " for share in block.shares)
    head = "".join(f"{_string(cell)}, " for cell in block.headers)
    cells = "".join(f"{_string(cell)}, " for row in block.rows for cell in row)
    return f"#table(columns: ({columns}), table.header({head}), {cells})"


def _string(text: str) -> str:
    return '"{}"'.format(text.replace("\\", r"\\").replace('"', r"\""))
