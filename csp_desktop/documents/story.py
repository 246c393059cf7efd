"""A paper's text in the order of its pages: headings, paragraphs, tables, the contents list and the approval, each with
its element; and what of it stays on one page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from csp_desktop.documents.drawing import Node
from csp_desktop.documents.fonts import BOLD
from csp_desktop.documents.letters import plain
from csp_desktop.documents.pages import Sheets
from csp_desktop.documents.shaping import Inks
from csp_desktop.documents.styles import LINE, WIDTH, Styles
from csp_desktop.documents.tables import AFTER, WHOLE_UP_TO, fitting, signature_table, table_of
from csp_desktop.documents.tagging import TaggedParagraph, TaggedTable, paragraph
from csp_desktop.domain.meeting.sign_in_sheet import SignedLine
from csp_desktop.domain.minutes.layout import Section, Words

LONGEST_BOOKMARK = 200  # characters
_KEPT_UP_TO = 0.75  # of a page: a section not taller is never cut
_TAIL_UP_TO = 0.4
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

    def told(self, title: str, opening: Iterable[Words], sections: tuple[Section, ...]) -> list[Any]:
        """All there is to print. The contents list is put in where there are pages enough; its elements stand before
        those of the sections."""
        look = self._look
        head = [paragraph([(fitting(title, WIDTH, look.title, self._inks), "")], look.title, self.root.add("H1"))]
        head += [self.words(words, self.root) for words in opening]
        place, before = len(self.root.kids), list(head)
        parts = [list(self._section(section)) for section in sections]
        body = [flowable for part in _with_lone_headings(parts) for flowable in self._kept(part)]
        if self._contents_from and pages_of([*before, *body], look.room) >= self._contents_from:
            rest, self.root.kids[place:] = self.root.kids[place:], []
            before += self._contents(sections)
            self.root.kids += rest
        return [*before, *body]

    def ended(self, signatures: tuple[SignedLine, ...], sign_off: SignOff | None) -> Iterator[Flowable]:
        """What stands under the sections."""
        if signatures:
            yield Spacer(0, AFTER * self._look.scale)
            yield signature_table(signatures, self._look, self._inks, self.root)
        if sign_off:
            yield from self._signed(sign_off)

    def words(self, words: Words, parent: Node) -> TaggedParagraph:
        """A paragraph, led by its label in bold."""
        body = self._look.body
        text = fitting(words.text, WIDTH, body, self._inks)
        pieces = [(fitting(words.label, WIDTH, body, self._inks, BOLD), BOLD), (" " + text, "")]
        made: TaggedParagraph = paragraph(pieces if words.label else [(text, "")], body, parent.add("P"))
        made.whole_up_to = WHOLE_UP_TO * self._look.room
        return made

    def _section(self, section: Section) -> Iterator[Flowable]:
        yield self._heading(section)
        for block in section.blocks:
            if isinstance(block, Words):
                yield self.words(block, self.root)
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
        """At the end of the paper, all on one page."""
        made: list[Flowable] = [Spacer(0, 14 * self._look.scale)]
        made += [self.words(words, self.root) for words in sign_off.words]
        style = self._look.body.clone("blank", spaceBefore=18 * self._look.scale)
        for label in sign_off.blanks:
            made.append(paragraph([(label, "")], style, self.root.add("P"), Blank))
        yield KeepTogether(made)

    def _kept(self, part: list[Any]) -> list[Any]:
        """A section that fits well on a page stays whole; of a longer one the heading stays with what follows, and the
        last line with what leads to it."""
        room = self._look.room
        if len(part) < 2 or not self._kept_together:
            return part
        if height_of(part) <= _KEPT_UP_TO * room:
            return [KeepTogether(part)]
        if isinstance(part[-2], Spacer) and isinstance(part[-3], TaggedTable):
            return [*part[:-3], TableWithLine(*part[-3:])]
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


class TableWithLine(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A table, a gap and the line under it, which never stands alone on a page: the table's last row goes with it."""

    def __init__(self, table: TaggedTable, gap: Spacer, line: TaggedParagraph) -> None:
        super().__init__()
        self._table, self._gap, self._line = table, gap, line

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """As tall as all three."""
        self.width, self.height = WIDTH, height_of((self._table, self._gap, self._line)) - self.getSpaceAfter()
        return self.width, self.height

    def getSpaceBefore(self) -> float:
        """As its table."""
        return float(self._table.getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """As its line."""
        return float(self._line.getSpaceAfter())

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """The rows that fit, at most all but the last one, and the rest with the line."""
        tall = self._table.wrap(availWidth, availHeight)[1]
        parts = self._table.split(availWidth, min(availHeight, tall - 1))
        if len(parts) == 2:
            return [parts[0], TableWithLine(parts[1], self._gap, self._line)]
        whole = self.wrap(availWidth, availHeight)[1] <= self._table.page_room
        return [] if whole or tall > availHeight else [self._table, self._gap, self._line]

    def draw(self) -> None:
        """One below the other."""
        top = self.height
        for flowable in (self._table, self._gap, self._line):
            top -= flowable.wrap(WIDTH, top)[1]
            flowable.drawOn(self.canv, 0, top)


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
