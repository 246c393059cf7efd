"""A paper of numbered sections as PDF: marked and numbered pages, bookmarks, tagged; same paper, same bytes.

ReportLab draws; the tree for screen readers, what the file says of itself, and its claim to PDF/A-2a and PDF/UA-1 are
written into the file it drew.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab import rl_config

from csp_desktop.documents import large_print
from csp_desktop.documents.drawing import Node, TaggedCanvas
from csp_desktop.documents.fonts import use_family
from csp_desktop.documents.letters import for_one_paper, plain
from csp_desktop.documents.pages import Edges, Pages
from csp_desktop.documents.shaping import Inks
from csp_desktop.documents.story import SignOff, Story
from csp_desktop.documents.styles import styles
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.meeting.sign_in_sheet import SignedLine
from csp_desktop.domain.minutes.paper_parts import Section, Words
from csp_desktop.domain.minutes.record import JournalHead

_ONE_AT_A_TIME = Lock()
rl_config.useA85 = 0  # bytes, not letters: the file is packed again when its tree is written
PROGRAM = "CSP Desktop"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # a paper about which nothing says when it was made
SRGB = "sRGB IEC61966-2.1"
_PRINTED_WITH_THE_PAGE = 4


@dataclass(frozen=True)
class Paper:
    """What is printed: its sections, what stands at the top and bottom of every page, and how."""

    title: str
    author: str
    marking: str
    head: str  # top right, beside the author
    edition: str  # bottom left: edition, copy and recipient
    language: str
    opening: tuple[Words, ...]
    sections: tuple[Section, ...]
    journal: JournalHead | None = None
    is_draft: bool = False  # nobody has approved it yet: DRAFT across every page
    created: datetime | None = None  # aware, of the journal's entry: the file's date, the same at every printing
    sign_off: SignOff | None = None
    signatures: tuple[SignedLine, ...] = ()  # a table of them after the sections
    kept_together: bool = True  # a section is not cut by a page's end where it need not be
    contents_from: int = 20  # so many pages have a contents list; 0 where none has
    page_word: str = "Page"  # before the number of each
    to_be_locked: bool = False  # then it may not claim PDF/A

    @property
    def edges(self) -> Edges:
        """What stands around the text of every page."""
        journal = f"Journal entry {self.journal.number}, {self.journal.digits}" if self.journal else ""
        return Edges(self.marking, self.author, self.head, self.edition, journal, self.is_draft, self.page_word)


def print_paper(paper: Paper, progress: Progress | None = None, *, is_large: bool = False) -> bytes:
    """The paper as a PDF of A4 pages: PDF/UA-1, and PDF/A-2a unless it is to be locked; `is_large`: 18 points for 12.
    `progress` hears of each page begun and may raise to stop."""
    with alone() as inks:
        return _printed(paper, progress, inks, is_large=is_large)


def _printed(paper: Paper, progress: Progress | None, inks: Inks, *, is_large: bool) -> bytes:
    file, look = BytesIO(), styles(large_print.SCALE if is_large else 1.0)
    pages = Pages(file, paper.edges, look, inks, progress)
    story = Story(look, inks, kept_together=paper.kept_together, contents_from=paper.contents_from)
    told = story.told(paper.title, paper.opening, paper.sections, paper.sign_off)
    told += story.ended(paper.signatures)
    pages.build(told, canvasmaker=pages.canvas)
    about = About(
        title=plain(paper.title),
        author=plain(paper.author),
        subject=plain(paper.marking),
        language=paper.language,
        made_at=paper.created or UNDATED,
        archival=not paper.to_be_locked,
    )
    return finished(file.getvalue(), story.root, pages.canv, about)


@contextmanager
def alone() -> Iterator[Inks]:
    """The fonts to oneself, since they serve one document at a time, and its inks. Nothing is looked for that could be
    thrown away meanwhile: a paper is all in use until it is done."""
    with _ONE_AT_A_TIME, for_one_paper():
        use_family()
        inks, collected = Inks(), gc.isenabled()
        gc.disable()
        try:
            yield inks
        finally:
            inks.forget()
            if collected:
                gc.enable()


@dataclass(frozen=True)
class About:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    made_at: datetime
    archival: bool  # also claim PDF/A-2a, which no locked file may


def finished(file: bytes, root: Node, canvas: TaggedCanvas, about: About) -> bytes:
    """The file with its tree and what it says of itself."""
    with pikepdf.open(BytesIO(file)) as pdf:
        _Tree(pdf).write(root, canvas)
        _describe(pdf, about)
        if about.archival:
            _add_colours(pdf)
        out = BytesIO()
        objects = pikepdf.ObjectStreamMode.generate
        pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=objects)
        return out.getvalue()


class _Tree:
    """Writes the elements. One whose pieces all stand on one page names the page once and them by number."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._scopes: dict[str, Any] = {}
        self._elements: dict[int, Any] = {}

    def write(self, root: Node, canvas: TaggedCanvas) -> None:
        """The tree, and from each page the way back to its elements."""
        pdf, elements = self._pdf, self._elements
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._element(root, tree)])
        numbers = Array()
        for number, page in enumerate(self._pages):
            page.StructParents, page.Tabs = number, Name.S
            mine = canvas.pieces.get(number + 1, [])
            numbers.append(number)
            numbers.append(pdf.make_indirect(Array([elements[id(node)] for node in mine])))
        following = len(self._pages)
        for number, page in enumerate(self._pages):
            for link, (node, words) in zip(page.get("/Annots", []), canvas.links.get(number + 1, []), strict=True):
                link.StructParent, link.Contents, link.F = following, words, _PRINTED_WITH_THE_PAGE
                elements[id(node)].K.append(Dictionary(Type=Name.OBJR, Obj=link, Pg=page))
                numbers.append(following)
                numbers.append(elements[id(node)])
                following += 1
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = following
        pdf.Root.StructTreeRoot = tree
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, node: Node, parent: Any) -> Any:
        made = self._pdf.make_indirect(Dictionary(S=Name(f"/{node.kind}"), P=parent))
        self._elements[id(node)] = made
        if node.kind == "TH":
            made.A = self._scope(node.scope)
        elif node.summary:
            made.A = Dictionary(O=Name.Table, Summary=node.summary)
        elif node.alt:
            box = Array([round(edge, 2) for edge in node.box])
            made.Alt, made.A = node.alt, Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
        if node.actual:
            made.ActualText = node.actual
        home = next((kid[0] for kid in node.kids if not isinstance(kid, Node)), 0)
        if home:
            made.Pg = self._pages[home - 1]
        made.K = Array([self._kid(kid, made, home) for kid in node.kids])
        return made

    def _kid(self, kid: Node | tuple[int, int], parent: Any, home: int) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, parent)
        page, number = kid
        return number if page == home else Dictionary(Type=Name.MCR, Pg=self._pages[page - 1], MCID=number)

    def _scope(self, scope: str) -> Any:
        if scope not in self._scopes:
            self._scopes[scope] = self._pdf.make_indirect(Dictionary(O=Name.Table, Scope=Name(f"/{scope}")))
        return self._scopes[scope]


def _describe(pdf: pikepdf.Pdf, about: About) -> None:
    """The same in the old place and the new."""
    made = about.made_at.astimezone(UTC)
    info = pdf.docinfo
    for key in list(info.keys()):
        del info[key]
    info.Title, info.Author, info.Subject = about.title, about.author, about.subject
    info.Creator = info.Producer = PROGRAM
    info.CreationDate = info.ModDate = f"{made:D:%Y%m%d%H%M%S}+00'00'"
    pdf.Root.Lang = pikepdf.String(about.language)
    packet = pdf.make_stream(_packet(about, f"{made:%Y-%m-%dT%H:%M:%S}+00:00").encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)


def _packet(about: About, made: str) -> str:
    title, author, subject = map(escape, (about.title, about.author, about.subject))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PROGRAM}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
{_ARCHIVAL if about.archival else ""}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


_ARCHIVAL = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
"""


def _add_colours(pdf: pikepdf.Pdf) -> None:
    """What the colours of the pages mean."""
    profile = pdf.make_stream(files("csp_desktop._built").joinpath("data", "colours", "srgb.icc").read_bytes())
    profile.N = 3
    pdf.Root.OutputIntents = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=SRGB,
                    RegistryName="http://www.color.org",
                    Info=SRGB,
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            )
        ]
    )
