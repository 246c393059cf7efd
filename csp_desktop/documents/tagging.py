"""What a screen reader reads of a PDF: the tree of headings, paragraphs and tables, made while the story is made and
tied to what is drawn as it is drawn. ReportLab draws; the tree is written into the finished file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

UA = "http://www.aiim.org/pdfua/ns/id/"


class Node:
    """One element. `kids` are elements, or (page, number) of a piece drawn; a page's pieces are numbered as drawn."""

    def __init__(self, kind: str, *kids: "Node") -> None:
        self.kind = kind
        self.kids: list[Node | tuple[int, int]] = list(kids)

    def add(self, kind: str) -> "Node":
        """A new element, last in this one."""
        self.kids.append(made := Node(kind))
        return made


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Keeps, for each page, which element each piece belongs to."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.pieces: dict[int, list[Node]] = {}

    @contextmanager
    def piece(self, node: Node) -> Iterator[None]:
        """What is drawn inside belongs to the element."""
        page = self.getPageNumber()
        mine = self.pieces.setdefault(page, [])
        node.kids.append((page, len(mine)))
        self._code.append(f"/{node.kind} <</MCID {len(mine)}>> BDC")
        mine.append(node)
        yield
        self._code.append("EMC")

    @contextmanager
    def beside_text(self, *, edge: bool = False) -> Iterator[None]:
        """What is drawn inside is no text: lines, grounds, and at a page's edge what every page repeats."""
        self._code.append("/Artifact <</Type /Pagination>> BDC" if edge else "/Artifact BMC")
        yield
        self._code.append("EMC")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph of one element, on however many pages."""

    node: Node

    def split(self, *given: Any) -> list[Any]:
        """Each part belongs to the same element."""
        parts: list[Any] = super().split(*given)
        for part in parts:
            part.node = self.node
        return parts

    def draw(self) -> None:
        """Text of its element; a table's header repeated on the next page is no text again."""
        repeated = self.node.kind == "TH" and bool(self.node.kids)
        with self.canv.beside_text() if repeated else self.canv.piece(self.node):
            super().draw()


def paragraph(text: str, style: Any, node: Node) -> TaggedParagraph:
    """A paragraph that knows its element."""
    made = TaggedParagraph(text, style)
    made.node = node
    return made


class Cell(str):
    """Plain text of a table's cell that knows its element."""

    node: Node

    def __new__(cls, text: str, node: Node) -> "Cell":
        """The text itself."""
        made = super().__new__(cls, text)
        made.node = node
        return made


class TaggedTable(Table):  # type: ignore[misc]
    """A table of `Cell` and `TaggedParagraph`: each cell is drawn as its element, grounds and lines beside the text.
    It goes to the next page between rows; only a row taller than a page is cut, from the top of a page."""

    page_room = 0.0  # what a page holds of text, in points

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """The rows that fit and the rest; nothing where not even one fits."""
        self._calc(availWidth, availHeight)
        tall = sum(self._rowHeights[: self.repeatRows + 1]) > self.page_room
        self.splitInRow = int(tall and availHeight > 0.8 * self.page_room)
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.page_room = self.page_room
        return parts

    def _drawBkgrnd(self) -> None:
        with self.canv.beside_text():
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with self.canv.beside_text():
            super()._drawLines()

    def _drawCell(self, value: Any, *given: Any) -> None:
        if not isinstance(value, Cell) or not value:
            super()._drawCell(value, *given)
            return
        repeated = value.node.kind == "TH" and bool(value.node.kids)
        with self.canv.beside_text() if repeated else self.canv.piece(value.node):
            super()._drawCell(value, *given)

    def _splitCell(self, value: Any, *given: Any) -> Any:
        parts = super()._splitCell(value, *given)
        if parts and isinstance(value, Cell):
            return [Cell(part, value.node) if isinstance(part, str) else part for part in parts]
        return parts


def with_tree(file: bytes, root: Node, canvas: TaggedCanvas, title: str, language: str) -> bytes:
    """The finished file with its tree; the same file and tree, the same bytes."""
    with pikepdf.open(BytesIO(file)) as pdf:
        elements: dict[int, Any] = {}
        pages = [page.obj for page in pdf.pages]
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([_element(pdf, root, tree, pages, elements)])
        numbers = Array()
        for number, page in enumerate(pages):
            page.StructParents, page.Tabs = number, Name.S
            mine = canvas.pieces.get(number + 1, [])
            numbers.append(number)
            numbers.append(pdf.make_indirect(Array([elements[id(node)] for node in mine])))
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = len(pages)
        pdf.Root.StructTreeRoot = tree
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        _describe(pdf, title, language)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _element(pdf: pikepdf.Pdf, node: Node, parent: Any, pages: list[Any], elements: dict[int, Any]) -> Any:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=parent))
    if node.kind == "TH":
        made.A = Dictionary(O=Name.Table, Scope=Name.Column)
    elements[id(node)] = made
    made.K = Array(
        [
            _element(pdf, kid, made, pages, elements)
            if isinstance(kid, Node)
            else Dictionary(Type=Name.MCR, Pg=pages[kid[0] - 1], MCID=kid[1])
            for kid in node.kids
        ]
    )
    return made


def _describe(pdf: pikepdf.Pdf, title: str, language: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words.register_xml_namespace(UA, "pdfuaid")
        words["dc:title"] = title
        words["dc:language"] = [language]
        words[f"{{{UA}}}part"] = "1"
