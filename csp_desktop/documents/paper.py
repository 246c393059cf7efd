"""A paper of numbered sections as PDF: marked and numbered pages, bookmarks, tagged; same paper, same bytes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock

from reportlab import rl_config

from csp_desktop.documents import large_print
from csp_desktop.documents.finishing import UNDATED, About, finished
from csp_desktop.documents.fonts import use_family
from csp_desktop.documents.letters import for_one_paper, plain
from csp_desktop.documents.pages import Edges, Pages
from csp_desktop.documents.shaping import Inks
from csp_desktop.documents.story import SignOff, Story
from csp_desktop.documents.styles import styles
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.minutes.layout import Section, Words
from csp_desktop.domain.minutes.record import JournalHead

_ONE_AT_A_TIME = Lock()
rl_config.useA85 = 0  # bytes, not letters: the file is packed again when its tree is written


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
    kept_together: bool = True  # a section is not cut by a page's end where it need not be
    contents_from: int = 20  # so many pages have a contents list; 0 where none has
    to_be_locked: bool = False  # then it may not claim PDF/A

    @property
    def journal_words(self) -> str:
        """Where the journal stood."""
        return f"Journal entry {self.journal.number}, {self.journal.digits}" if self.journal else ""


def print_paper(paper: Paper, progress: Progress | None = None, *, is_large: bool = False) -> bytes:
    """The paper as a PDF of A4 pages: PDF/UA-1, and PDF/A-2a unless it is to be locked; `is_large`: 18 points for 12.
    `progress` hears of each page begun and may raise to stop."""
    with alone() as inks:
        file, look = BytesIO(), styles(large_print.SCALE if is_large else 1.0)
        edges = Edges(paper.marking, paper.author, paper.head, paper.edition, paper.journal_words, paper.is_draft)
        pages = Pages(file, edges, look, inks, progress)
        story = Story(look, inks, kept_together=paper.kept_together, contents_from=paper.contents_from)
        told = story.told(paper.title, paper.opening, paper.sections, paper.sign_off)
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
