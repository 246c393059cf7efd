"""A paper's text in the order of its pages: headings, paragraphs, tables, the contents list and the approval, each with
its element; and what of it stays on one page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, TableStyle

from csp_desktop.documents import large_print
from csp_desktop.documents.columns import Measures, at_hyphens, column_widths
from csp_desktop.documents.drawing import Node
from csp_desktop.documents.fonts import BOLD
from csp_desktop.documents.letters import plain
from csp_desktop.documents.pages import Sheets
from csp_desktop.documents.shaping import Inks, has_ink
from csp_desktop.documents.styles import INK, LINE, PAPER, WIDTH, Styles
from csp_desktop.documents.tagging import BREAK, Cell, TaggedParagraph, TaggedTable, paragraph
from csp_desktop.domain.common.days import clock
from csp_desktop.domain.meeting.confidentiality import Stroke
from csp_desktop.domain.meeting.sign_in_sheet import SignedLine
from csp_desktop.domain.minutes.paper_parts import ANNEX, Grid, Section, Words

LONGEST_BOOKMARK = 200  # characters
_KEPT_UP_TO = 0.75  # of a page: a section not taller is never cut
_TAIL_UP_TO = 0.4
_TABLE_UP_TO = 0.35  # a table not taller stays whole with its section
_LEAST_ROWS = 3  # of a table under what leads to it, with its header
_UNBROKEN = 10_000.0  # points: a height that nothing reaches


@dataclass(frozen=True)
class SignOff:
    """What stands under the paper: who approved it, and what is written by hand upon a line after its label."""

    words: tuple[Words, ...]
    blanks: tuple[str, ...] = ()


class Story:
    """Makes the text of one paper; `root` is its tree."""

    def __init__(self, look: Styles, inks: Inks, *, kept_together: bool, contents_from: int) -> None:
        self.root = Node("Document")
        self._look = look
        self._inks = inks
        self._kept_together = kept_together
        self._contents_from = contents_from

    def told(
        self, title: str, opening: Iterable[Words], sections: tuple[Section, ...], sign_off: SignOff | None = None
    ) -> list[Any]:
        """All there is to print, what is signed before the annex. The contents list is put in where there are pages
        enough; its elements stand before those of the sections."""
        look = self._look
        head = [paragraph([(fitting(title, WIDTH, look.title, self._inks), "")], look.title, self.root.add("H1"))]
        head += [self.words(words, self.root) for words in opening]
        place, before = len(self.root.kids), list(head)
        body = self._flowing(section for section in sections if section.id != ANNEX)
        body += self._signed(sign_off) if sign_off else ()
        body += self._flowing(section for section in sections if section.id == ANNEX)
        if self._contents_from and pages_of([*before, *body], look.room) >= self._contents_from:
            rest, self.root.kids[place:] = self.root.kids[place:], []
            before += self._contents(sections)
            self.root.kids += rest
        return [*before, *body]

    def ended(self, signatures: tuple[SignedLine, ...]) -> Iterator[Flowable]:
        """What stands under the sections."""
        if signatures:
            yield Spacer(0, AFTER * self._look.scale)
            yield signature_table(signatures, self._look, self._inks, self.root)

    def _flowing(self, sections: Iterable[Section]) -> list[Any]:
        parts = [list(self._section(section)) for section in sections]
        return [flowable for part in _with_lone_headings(parts) for flowable in self._kept(part)]

    def words(self, words: Words, parent: Node) -> TaggedParagraph:
        """A paragraph, led by its label in bold."""
        body = self._look.body
        text = fitting(words.text, WIDTH, body, self._inks)
        pieces = [(fitting(words.label, WIDTH, body, self._inks, BOLD), BOLD), (" " + text, "")]
        made: TaggedParagraph = paragraph(pieces if words.label else [(text, "")], body, parent.add("P"))
        made.whole_up_to = WHOLE_UP_TO * self._look.room
        return made

    def _section(self, section: Section) -> Iterator[Flowable]:
        if section.own_page:
            yield CondPageBreak(self._look.room - AFTER * self._look.scale - 1)
        yield self._heading(section)
        for block in section.blocks:
            if isinstance(block, Words):
                yield self.words(block, self.root)
                yield from (Ruled(self._look.scale) for _ in range(block.lines))
            else:
                yield from table_of(block, self._look, self._inks, self.root)

    def _heading(self, section: Section) -> Flowable:
        style = self._look.heading if section.level == 1 else self._look.subheading
        words = fitting(section.title, WIDTH, style, self._inks)
        made: Heading = paragraph([(words, "")], style, self.root.add(f"H{section.level + 1}"), Heading)
        made.section, made.whole_up_to = section, WHOLE_UP_TO * self._look.room
        return made

    def _contents(self, sections: Iterable[Section]) -> Iterator[Flowable]:
        look = self._look
        yield paragraph([("Contents", "")], look.heading, self.root.add("H2"))
        listed = self.root.add("TOC")
        for section in sections:
            indent = 14 * look.scale * (section.level - 1)
            style = look.cell.clone(f"entry-{section.level}", rightIndent=66 * look.scale, leftIndent=indent)
            words = fitting(section.title, WIDTH - style.rightIndent - indent, style, self._inks)
            made: Entry = paragraph([(words, "")], style, listed.add("TOCI").add("Link"), Entry)
            made.section = section
            yield made
        yield PageBreak()

    def _signed(self, sign_off: SignOff) -> Iterator[Flowable]:
        """Below all that was minuted, on one page."""
        made: list[Flowable] = [Spacer(0, 14 * self._look.scale)]
        made += [self.words(words, self.root) for words in sign_off.words]
        style = self._look.body.clone("blank", spaceBefore=18 * self._look.scale)
        for label in sign_off.blanks:
            made.append(paragraph([(label, "")], style, self.root.add("P"), Blank))
        yield KeepTogether(made)

    def _kept(self, part: list[Any]) -> list[Any]:
        """A section that fits well on a page stays whole, unless most of it is one table, which may go on between its
        rows. Of a longer one the heading stays with what follows, and the last line with what leads to it."""
        room = self._look.room
        if len(part) < 2 or not self._kept_together or isinstance(part[0], CondPageBreak):
            return part
        tables = [at for at, flowable in enumerate(part) if isinstance(flowable, TaggedTable)]
        is_tall = len(tables) == 1 and height_of([part[tables[0]]]) > _TABLE_UP_TO * room
        if height_of(part) <= _KEPT_UP_TO * room and not is_tall:
            return [KeepTogether(part)]
        if tables and (len(tables) == 1 or tables[-1] == len(part) - 3):
            at = tables[-1]
            before = part[:at] if len(tables) == 1 else []
            if height_of(before) > _TAIL_UP_TO * room:
                before = part[at - 1 : at] if height_of(part[at - 1 : at]) <= _TAIL_UP_TO * room else []
            after = part[at + 1 :] if height_of(part[at + 1 :]) <= _TAIL_UP_TO * room else []
            end = at + 1 + len(after)
            return [*part[: at - len(before)], TableBetween(before, part[at], after), *part[end:]]
        if len(part) > 3 and height_of(part[-2:]) <= _TAIL_UP_TO * room:
            return [*part[:-2], KeepTogether(part[-2:])]
        return part


class Heading(TaggedParagraph):
    """A heading that bookmarks the page it is drawn on; one that does not fit its page goes on on the next."""

    section: Section | None = None  # of the first part; what goes on has no bookmark of its own
    canv: Sheets

    def split(self, *given: Any) -> list[Any]:
        """The first part leads to the section."""
        parts = super().split(*given)
        if parts:
            parts[0].section = self.section
        return parts

    def getKeepWithNext(self) -> int:
        """One as tall as much of a page stays with nothing: reportlab would look for a page for both for ever."""
        tall = self.wrap(WIDTH, _UNBROKEN)[1] > self.whole_up_to
        return 0 if tall else int(super().getKeepWithNext())

    def draw(self) -> None:
        """The bookmark, then the words."""
        if self.section is not None:
            words = shortened(plain(self.section.title).strip(), LONGEST_BOOKMARK)
            self.canv.bookmarkHorizontal(self.section.id, 0, self.height + 8)
            self.canv.addOutlineEntry(words, self.section.id, self.section.level - 1, closed=False)
            self.canv.first_pages[self.section.id] = self.canv.getPageNumber()
        super().draw()


class Entry(TaggedParagraph):
    """A line of the contents list, which leads to its section."""

    section: Section | None = None
    canv: Sheets

    def split(self, *given: Any) -> list[Any]:
        """The last part has the number."""
        parts = super().split(*given)
        if parts:
            parts[-1].section = self.section
        return parts

    def draw(self) -> None:
        """The words, the number of the page, and the link over both."""
        super().draw()
        if self.section is None:
            return
        with self.canv.piece(self.node):
            self.canv.show_entry(self.section.id, WIDTH, self.style.leading - self.style.fontSize)
        self.canv.linkRect("", self.section.id, (0, 0, WIDTH, self.height), relative=1, thickness=0)
        words = shortened(plain(self.section.title), LONGEST_BOOKMARK)
        self.canv.links.setdefault(self.canv.getPageNumber(), []).append((self.node, words))


class TableBetween(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A table with what leads to it and what follows it: its first rows stay with the one, its last row with the
    other, so that neither a heading nor a line under it stands alone on a page."""

    def __init__(self, before: list[Any], table: TaggedTable, after: list[Any]) -> None:
        super().__init__()
        self._before, self._table, self._after = before, table, after
        self._all = [*before, table, *after]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """As tall as all of it."""
        self.width, self.height = WIDTH, _stacked(self._all)[-1][1]
        return self.width, self.height

    def getSpaceBefore(self) -> float:
        """As the first."""
        return float(self._all[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """As the last."""
        return float(self._all[-1].getSpaceAfter())

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """The rows that fit under what leads to them, and the rest, to which at least the last row belongs."""
        table = self._table
        tall = table.wrap(availWidth, availHeight)[1]
        room = availHeight - _stacked([*self._before, table])[-1][1] + tall
        parts = table.split(availWidth, min(room, tall - 1 if self._after else tall))
        if len(parts) == 2 and (not self._before or len(parts[0]._rowHeights) >= _LEAST_ROWS):
            begun = TableBetween(self._before, parts[0], []) if self._before else parts[0]
            return [begun, TableBetween([], parts[1], self._after) if self._after else parts[1]]
        return [] if availHeight < table.page_room - 1 else self._all

    def draw(self) -> None:
        """One below the other."""
        for flowable, bottom in _stacked(self._all):
            flowable.drawOn(self.canv, 0, self.height - bottom)


def _stacked(flowables: Iterable[Any]) -> list[tuple[Any, float]]:
    """Each with the place of its lower edge, measured from the top of the first."""
    found: list[tuple[Any, float]] = []
    bottom = after = 0.0
    for flowable in flowables:
        gap = max(float(flowable.getSpaceBefore()), after) if found else 0.0
        bottom += gap + float(flowable.wrap(WIDTH, _UNBROKEN)[1])
        after = float(flowable.getSpaceAfter())
        found.append((flowable, bottom))
    return found


class Blank(TaggedParagraph):
    """Words, and a line after them on which somebody writes by hand."""

    def draw(self) -> None:
        """The words, then the line."""
        super().draw()
        words = sum(stringWidth(frag.text, frag.fontName, frag.fontSize) for frag in self.frags)
        with self.canv.beside_text():
            self.canv.saveState()
            self.canv.setStrokeColor(LINE)
            self.canv.setLineWidth(0.8)
            self.canv.line(min(words + 8, self.width * 0.7), 3, self.width, 3)
            self.canv.restoreState()


class Ruled(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A line across the page to write on by hand."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.width, self.height = WIDTH, RULED * scale

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Always as large."""
        return self.width, self.height

    def draw(self) -> None:
        """The line, beside the text."""
        with self.canv.beside_text():
            self.canv.saveState()
            self.canv.setStrokeColor(LINE)
            self.canv.setLineWidth(0.8)
            self.canv.line(0, 3, self.width, 3)
            self.canv.restoreState()


def _with_lone_headings(parts: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """A heading with nothing under it goes with the section after it."""
    waiting: list[Any] = []
    for part in parts:
        waiting += part
        if len(part) > 1:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def height_of(flowables: Iterable[Any]) -> float:
    """So many points with the gaps between them."""
    return float(sum(f.wrap(WIDTH, _UNBROKEN)[1] + f.getSpaceBefore() + f.getSpaceAfter() for f in flowables))


def pages_of(flowables: Iterable[Any], room: float) -> int:
    """About so many pages: whatever may be cut fills its page."""
    pages, used = 1, 0.0
    for flowable in flowables:
        height = height_of(flowable._content if isinstance(flowable, KeepTogether) else [flowable])
        if isinstance(flowable, KeepTogether) and used + height > room:
            pages, used = pages + 1, 0.0
        used += height
        pages, used = pages + int(used // room), used % room
    return pages


def shortened(words: str, most: int) -> str:
    """So many characters at most, the last one '…' where something is left out."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


TALLEST_ROW, TALLEST_SHAPED = 0.75, 0.4  # of a page; of shaped words, whose lines are not as full
LONGEST_HEADER = 40  # characters: headers are words of ours, and one taller than a page could not be printed
AFTER = 7  # points below a table
WHOLE_UP_TO = 0.3  # of a page: a paragraph not taller is never cut
_HEADERS = ("Name", "Agency", "Signed", "Signature")
_SHARES = (30, 29, 11, 30)
_HIGH, _LINE = 34, 1.1  # points: of a signature and of its line
RULED = 24  # points of a line to write on


def table_of(grid: Grid, look: Styles, inks: Inks, root: Node) -> Iterator[TaggedTable | TaggedParagraph | Spacer]:
    """The table and the gap under it."""
    if look.scale > 1 and large_print.is_too_wide(grid):
        yield from _lines(grid, look, inks, root)
    else:
        yield TableSetter(look, inks).table(grid, root)
    yield Spacer(0, AFTER * look.scale)


def _lines(grid: Grid, look: Styles, inks: Inks, root: Node) -> Iterator[TaggedParagraph]:
    """Each row as a paragraph of lines led by the headers of their columns."""
    for row in large_print.row_lines(grid):
        pieces: list[tuple[str, str]] = []
        for line in row:
            pieces += [(BREAK, "")] if pieces else []
            pieces.append((fitting(line.label, WIDTH, look.body, inks, BOLD), BOLD))
            pieces.append((" " + fitting(line.text, WIDTH, look.body, inks), ""))
        made: TaggedParagraph = paragraph(pieces, look.body, root.add("P"))
        made.whole_up_to = WHOLE_UP_TO * look.room
        yield made


def fitting(words: str, room: float, style: ParagraphStyle, inks: Inks, font: str = "") -> str:
    """Typed words as a paragraph takes them: one blank between two, a shaped word never wider than the room."""
    return inks.fitted(" ".join(inks.shown(words).split()), room, font or style.fontName, style.fontSize)


class TableSetter:
    """Sets words into cells."""

    def __init__(self, look: Styles, inks: Inks) -> None:
        self.look = look
        self._inks = inks

    def table(self, grid: Grid, root: Node) -> TaggedTable:
        """All rows, the header first."""
        assert max(map(len, grid.headers)) <= LONGEST_HEADER
        look, node = self.look, root.add("Table")
        node.summary = plain(grid.name)
        widths = _widths(grid, look, self._inks)
        rows: list[list[Any]] = [self.row(grid.headers, widths, look.head, _cells(node, grid.headers, "TH"))]
        goes_on: list[int] = []
        for row in grid.rows:
            nodes = _cells(node, row, "TD")
            for part in self._in_parts(row, widths):
                rows.append(self.row(part, widths, look.cell, nodes))
                goes_on.append(len(rows) - 1)
            if grid.room:
                rows[-1] = self._with_room(rows[-1], nodes, grid.room)
            goes_on.pop()
        table = TaggedTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
        table.page_room = look.room
        lines = [("LINEBELOW", (0, number), (-1, number), 0.5, PAPER) for number in goes_on]
        if grid.room:  # so that what is written by hand stays in its column
            lines.append(("LINEAFTER", (0, 0), (-2, -1), 0.5, LINE))
        table.setStyle(TableStyle(lines, parent=look.table) if lines else look.table)
        return table

    def row(
        self, row: tuple[str, ...], widths: list[float], style: ParagraphStyle, nodes: list[Node]
    ) -> list[Cell | TaggedParagraph]:
        """Words beside one another."""
        return [self._cell(words, width, style, node) for words, width, node in zip(row, widths, nodes, strict=True)]

    def _with_room(self, row: list[Any], nodes: list[Node], room: int) -> list[Any]:
        """An empty cell holds the row open for a hand."""
        high = room * self.look.scale
        return [_Signature((), node, high, high) if cell == "" else cell for cell, node in zip(row, nodes, strict=True)]

    def _cell(self, words: str, width: float, style: ParagraphStyle, node: Node) -> Cell | TaggedParagraph:
        """A paragraph only where the words need a second line: plain text is drawn ten times as fast."""
        room = width - 2 * self.look.cell_side
        shown = fitting(words, room, style, self._inks)
        if stringWidth(shown, style.fontName, style.fontSize) <= room:
            return Cell(shown, node)
        made: TaggedParagraph = paragraph(_pieces_of(shown, room, style), style, node)
        return made

    def _in_parts(self, row: tuple[str, ...], widths: list[float]) -> list[tuple[str, ...]]:
        """A row of which one cell would fill a page goes on in rows of its own: cutting it page by page would lay the
        rest out anew each time, and takes minutes where somebody pasted a book."""
        side, style = 2 * self.look.cell_side, self.look.cell
        shaped = any(has_ink(self._inks.shown(cell)) for cell in row)
        lines = int((TALLEST_SHAPED if shaped else TALLEST_ROW) * self.look.room / style.leading)
        parts = [
            _parts(plain(cell), lines, (width - side) / style.fontSize) for cell, width in zip(row, widths, strict=True)
        ]
        return list(zip_longest(*parts, fillvalue=""))


def _cells(table: Node, row: tuple[str, ...], kind: str) -> list[Node]:
    node = table.add("TR")
    return [node.add(kind) for _ in row]


def _parts(words: str, lines: int, letters: float) -> list[str]:
    """So many characters as stand on the lines of one row, parted between words; `letters` on a line, each as wide as
    high: none is wider."""
    most = max(lines, int(lines * letters))
    found = []
    while len(words) > most:
        at = words.rfind(" ", 0, most) + 1 or most
        found.append(words[:at])
        words = words[at:]
    return [*found, words]


def _pieces_of(words: str, room: float, style: ParagraphStyle) -> Iterator[tuple[str, str]]:
    """A word too long for its line goes on below after a hyphen of its own."""
    whole: list[str] = []
    for word in words.split(" "):
        if "-" not in word or stringWidth(word, style.fontName, style.fontSize) <= room:
            whole.append(word)
            continue
        *before, last = _at_its_hyphens(word, room, style)
        for line in before:
            yield " ".join([*whole, line]), ""
            yield BREAK, ""
            whole = []
        whole.append(last)
    yield " ".join(whole), ""


def _at_its_hyphens(word: str, room: float, style: ParagraphStyle) -> list[str]:
    lines = [""]
    for part in at_hyphens(word):
        if lines[-1] and stringWidth(lines[-1] + part, style.fontName, style.fontSize) > room:
            lines.append("")
        lines[-1] += part
    return lines


def _widths(grid: Grid, look: Styles, inks: Inks) -> list[float]:
    """Points, as the PDF's own letters need them."""

    def wide(style: ParagraphStyle, word: str) -> float:
        return float(stringWidth(word, style.fontName, style.fontSize)) + 2 * look.cell_side + 0.1

    return column_widths(grid, WIDTH, Measures(inks.shown, partial(wide, look.head), partial(wide, look.cell)))


def signature_table(lines: Iterable[SignedLine], look: Styles, inks: Inks, root: Node) -> TaggedTable:
    """Each person's name is the header of their row."""
    node = root.add("Table")
    node.summary = "Everyone's name, agency, time of signing and signature"
    widths = [WIDTH * share / sum(_SHARES) for share in _SHARES]
    setter = TableSetter(look, inks)
    head = node.add("TR")
    rows: list[list[Any]] = [setter.row(_HEADERS, widths, look.head, [head.add("TH") for _ in _HEADERS])]
    for line in lines:
        row = node.add("TR")
        name, *nodes = row.add("TH"), row.add("TD"), row.add("TD")
        name.scope = "Row"
        said = (line.name, line.agency, clock(line.signed_at) if line.signed_at else "")
        cells = setter.row(said, widths[:3], look.cell, [name, *nodes])
        rows.append([*cells, _signature(line, setter, widths[3], row.add("TD"))])
    table = TaggedTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.page_room = look.room
    table.setStyle(look.table)
    return table


def _signature(line: SignedLine, setter: TableSetter, width: float, node: Node) -> Any:
    """Drawn, typed, or the room to sign by hand."""
    look = setter.look
    if line.typed:
        how = ", ".join(filter(None, ("typed", line.remote)))
        return setter.row((f"{line.typed} ({how})",), [width], look.cell, [node])[0]
    if line.instead:
        return setter.row((line.instead,), [width], look.cell, [node])[0]
    if not line.strokes:
        return _Signature((), node, width - 2 * look.cell_side, _HIGH * look.scale)
    figure = node.add("Figure")
    at = f", drawn at {clock(line.signed_at)}" if line.signed_at else ", drawn"
    figure.alt = plain(f"Signature of {line.name}{at}")
    return _Signature(line.strokes, figure, width - 2 * look.cell_side, _HIGH * look.scale)


class _Signature(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Strokes in a field three times as wide as high."""

    def __init__(self, strokes: tuple[Stroke, ...], node: Node, width: float, height: float) -> None:
        super().__init__()
        self._strokes, self._node = strokes, node
        self.width, self.height = min(width, 3 * height), height

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Always as large."""
        return self.width, self.height

    def draw(self) -> None:
        """The lines, as the figure of its element."""
        if not self._strokes:
            return
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self._node.box = (left, bottom, left + self.width, bottom + self.height)
        with canvas.piece(self._node):
            canvas.saveState()
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(_LINE)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            for stroke in self._strokes:
                self._draw_stroke(stroke)
            canvas.restoreState()

    def _draw_stroke(self, stroke: Stroke) -> None:
        path = self.canv.beginPath()
        for number, (right, down) in enumerate(stroke):
            move = path.lineTo if number else path.moveTo
            move(right * self.width, (1 - down) * self.height)
        self.canv.drawPath(path, stroke=1, fill=0)
