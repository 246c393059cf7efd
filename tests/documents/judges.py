"""What independent readers say of a finished file."""

import io
import re
from collections.abc import Iterator
from typing import Any

import page
import pikepdf
import pypdfium2 as pdfium


def failures(file: bytes, *profiles: str) -> list[str]:
    """The rules that a validator finds broken; `profiles` as 'ua1', '2a', both where none is named."""
    return [
        f"{profile}: {found.rule_id} {found.message}"
        for profile in profiles or ("ua1", "2a")
        for found in page.validate_pdf_bytes(file, profile=profile).failures
        if not ("STREAM-LENGTH" in found.rule_id and lengths_are_exact(file))
    ]


def lengths_are_exact(file: bytes) -> bool:
    """Whether each stream ends where it says. The validator takes a carriage return that packed data happens to end
    with for the end of a line, and then finds the length wrong."""
    starts = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", file))
    return bool(starts) and all(file[at.end() + int(at[1]) :].startswith(b"\nendstream") for at in starts)


def pages_of(file: bytes, password: str | None = None) -> tuple[str, ...]:
    """The text of each page, one blank between two words."""
    with pdfium.PdfDocument(file, password=password) as document:
        return tuple(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def text_of(file: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages_of(file))


def elements(element: Any) -> Iterator[Any]:
    """An element of the tree and all below it, in the order of reading."""
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def pieces(element: Any) -> Iterator[tuple[Any, int]]:
    """Page and number of each piece drawn of an element, without those of elements in it."""
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            yield element.Pg, kid
        elif "/MCID" in kid:
            yield kid.Pg, int(kid.MCID)


def by_page(file: bytes) -> list[list[tuple[str, str]]]:
    """For each page the elements that have text on it, as (kind, text there), in the order drawn."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
        return [
            [(str(parents[int(page.StructParents)][n].S), words) for n, words in sorted(_pieces(page).items())]
            for page in pdf.pages
        ]


def heard(file: bytes) -> list[str]:
    """What a screen reader is told, element by element of the lowest kind that is a paragraph, heading or cell: the
    letters each piece's codes stand for, or the letters its element says in their place."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        drawn = {page.obj.objgen: _pieces(page) for page in pdf.pages}
        return [
            said
            for element in elements(pdf.Root.StructTreeRoot.K[0])
            if element.S in ("/P", "/TD", "/TH", "/Link", *(f"/H{n}" for n in range(1, 7)))
            if (said := _said(element, drawn))
        ]


def _said(element: Any, drawn: dict[Any, dict[int, str]]) -> str:
    if "/ActualText" in element:
        return str(element.ActualText)
    words = []
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            words.append(drawn[element.Pg.objgen].get(kid, ""))
        elif "/MCID" in kid:
            words.append(drawn[kid.Pg.objgen].get(int(kid.MCID), ""))
        elif "/S" in kid:
            words.append(_said(kid, drawn))
    return "".join(words)


def _pieces(page: pikepdf.Page) -> dict[int, str]:
    """The text of each numbered piece of a page, by the maps of its fonts."""
    maps = {name: _map(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    letters, number = {}, None
    for told in pikepdf.parse_content_stream(page):
        match str(told.operator):
            case "BDC":
                number = int(told.operands[1].MCID) if "/MCID" in told.operands[1] else None
            case "EMC":
                number = None
            case "Tf":
                letters = maps[str(told.operands[0])]
            case "Tj" | "TJ" if number is not None:
                row = told.operands[0] if str(told.operator) == "TJ" else told.operands
                codes = b"".join(bytes(part) for part in row if isinstance(part, pikepdf.String))
                found[number] = found.get(number, "") + "".join(letters.get(code, "?") for code in codes)
    return found


def _map(font: Any) -> dict[int, str]:
    lines = font.ToUnicode.read_bytes().decode().splitlines()
    pairs = [line.strip("<>").split("> <") for line in lines if line.startswith("<") and line.count("<") == 2]
    return {int(code, 16): bytes.fromhex(says).decode("utf-16-be") for code, says in pairs if says != "FF"}
