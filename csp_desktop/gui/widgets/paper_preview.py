"""A paper seen page by page as it will be printed, drawn up off the window's thread and kept in memory only."""

from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any

from PySide6.QtCore import QObject, QRectF, Signal

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.paper_parts import Section
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.panels import EmptyState
from csp_desktop.gui.widgets.pdf_preview import Mark, PdfPages
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.tasks import Task, Tasks

TURN = (
    Action("previous page", ("Ctrl+PgUp",), "_turn", -1, strip="page"),
    Action("next page", ("Ctrl+PgDown",), "_turn", 1, strip="page"),
)
SAVE = Action("save the minutes as PDF", ("Ctrl+S",), "_save", strip="save PDF")


class PaperPreview(QObject):
    """Holds the parts of a form that show a paper; `changed` when pages came or went, `turned` when another one is
    shown. `again` draws them up anew."""

    changed = Signal()
    turned = Signal()

    def __init__(self, form: Any, tasks: Tasks, words: str, again: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._tasks, self._words, self._again = form, tasks, words, again
        self._pages: PdfPages | None = None
        self._task: Task | None = None
        self._page = 0
        self._seen: set[int] = set()
        self._seen_of: dict[str, set[int]] = {}  # by SHA-256: pages drawn up again the same were seen already
        self._marks: dict[int, list[QRectF]] = {}
        self._kept_to: frozenset[int] = frozenset()
        form.previous_button.set_icon("chevron-left")
        form.following_button.set_icon("chevron-right")
        form.building_bar.setFixedWidth(current().px(120))
        form.building_bar.setTextVisible(False)
        form.previous_button.clicked.connect(lambda: self.turn(-1))
        form.following_button.clicked.connect(lambda: self.turn(1))
        form.page_view.turned.connect(self.turn)
        form.cancel_button.clicked.connect(self.cancel)
        self._empty.pressed.connect(again)
        self._show_building(False)

    @property
    def _empty(self) -> EmptyState:
        empty: EmptyState = self._ui.empty_state
        return empty

    @property
    def pages(self) -> PdfPages | None:
        """The pages, when they are drawn up."""
        return self._pages

    def is_at_work(self) -> bool:
        """Whether they are being drawn up."""
        return self._task is not None

    def draw_up(self, work: Callable[[Progress], bytes], *, from_first: bool) -> None:
        """Draw up the pages; those shown stay until then, unless it is another paper."""
        self.stop()
        if from_first:
            self._page = 0
            self._forget_pages()
        self._empty.set_content(self._words, "", icon="scroll-text")
        self._show_building(True)
        self._task = self._tasks.run(work, self._printed, self._failed, self._progressed)
        self._show()

    def show_none(self, title: str, sentence: str) -> None:
        """There is nothing to show, and why."""
        self.stop()
        self._forget_pages()
        self._empty.set_content(title, sentence, icon="scroll-text")
        self._show()

    def stop(self) -> None:
        """What is being drawn up is no longer waited for."""
        if self._task is not None:
            self._task.silence()
            self._task.cancel()
            self._task = None
            self._show_building(False)

    def put_away(self) -> None:
        """No page stays in memory."""
        self.stop()
        self._forget_pages()
        self._seen_of.clear()
        self._ui.text_edit.clear()

    def cancel(self) -> None:
        """The person does not want to wait."""
        if self._task is None:
            return
        self.stop()
        self._empty.set_content("Stopped", "The pages were not prepared. Nothing was lost.", "Try again", "scroll-text")
        self._show()

    def _progressed(self, _done: int, _total: int, words: str) -> None:
        self._ui.building_label.setText(words)

    def _printed(self, content: bytes) -> None:
        self._task = None
        self._forget_pages()
        self._pages, self._marks = PdfPages(content), {}
        self._seen = self._seen_of.setdefault(sha256(content).hexdigest(), set())
        self._page = min(self._page, len(self._pages) - 1)
        self._show_building(False)
        self._show()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._show_building(False)
        if not isinstance(error, Refused):
            raise error
        self.show_none("No pages", error.sentence)

    def _show_building(self, building: bool) -> None:
        ui = self._ui
        for part in (ui.building_bar, ui.building_label, ui.cancel_button):
            part.setVisible(building)
        ui.building_bar.setRange(0, 0 if building else 1)
        ui.building_label.setText("")

    def _forget_pages(self) -> None:
        if self._pages is not None:
            self._ui.page_view.show_page(None, 0)
            self._pages.close()
        self._pages = None

    def _show(self) -> None:
        ui, shown = self._ui, self._pages is not None
        for part in (ui.page_view, ui.text_edit, ui.text_label, ui.page_label, ui.previous_button, ui.following_button):
            part.setVisible(shown)
        self._empty.setVisible(not shown)
        self._show_page()
        self.changed.emit()

    def _show_page(self) -> None:
        ui, pages = self._ui, self._pages
        if pages is None:
            return
        ui.page_label.setText(f"Page {self._page + 1} of {len(pages)}")
        ui.previous_button.setEnabled(self._next(-1) is not None)
        ui.following_button.setEnabled(self._next(1) is not None)
        ui.page_view.show_page(pages, self._page)
        self._seen.add(self._page)
        ui.page_view.show_marks(self._marks.get(self._page, ()))
        ui.text_edit.setPlainText(pages.text(self._page))
        self.turned.emit()

    def turn(self, by: int) -> None:
        """The page before, or the one after, of those that are turned through."""
        page = self._next(by)
        if page is not None:
            self._page = page
            self._show_page()

    def _next(self, by: int) -> int | None:
        pages = range(len(self._pages)) if self._pages is not None else ()
        ahead = [page for page in pages if (page - self._page) * by > 0 and page in (self._kept_to or pages)]
        return min(ahead, key=lambda page: abs(page - self._page), default=None)

    def keep_to(self, pages: Collection[int], *, from_first: bool = False) -> None:
        """Turn through these pages only, counted from 0; none: through all. `from_first`: the first of them is shown,
        unless one of them is."""
        self._kept_to = frozenset(pages)
        if from_first and self._kept_to and self._page not in self._kept_to:
            self._page = min(self._kept_to)
        self._show_page()

    def pages_of(self, sections: Sequence[Section], put_right: Sequence[tuple[str, str]]) -> frozenset[int]:
        """The pages, from 0, on which something changed: the id of a section and the words that stand in it now. Where
        they are not found it is the page on which the section begins."""
        return frozenset(page for page, _ in self._places(sections, put_right))

    def mark(self, sections: Sequence[Section], put_right: Sequence[tuple[str, str]]) -> None:
        """Mark what was put right: the id of a section and the words that stand in it now. Words that are not found
        mark nothing; none at all shows the pages as they read."""
        self._marks = {}
        for page, found in self._places(sections, put_right):
            if found:
                self._marks.setdefault(page, []).extend(found)
        self._ui.page_view.show_marks(self._marks.get(self._page, ()))

    def _places(
        self, sections: Sequence[Section], put_right: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[int, list[QRectF]]]:
        """For each the page it stands on, and the lines of it there; without a line where its section begins."""
        pages, placed = self._pages, self.placed(sections)
        for section_id, words in put_right if pages is not None else ():
            at = next((n for n, (section, _) in enumerate(placed) if section.id == section_id), None)
            if at is None or pages is None:
                continue
            first, top = placed[at][1].page, placed[at][1].top
            last = placed[at + 1][1].page if at + 1 < len(placed) else len(pages) - 1
            for page in range(first, last + 1):
                found = [box for box in pages.found(page, words) if page > first or box.bottom() >= top]
                if found:
                    yield page, found
                    break
            else:
                yield first, []

    @property
    def marked(self) -> dict[int, int]:
        """By page from 0: how many lines of it are marked."""
        return {page: len(boxes) for page, boxes in self._marks.items()}

    def is_read(self) -> bool:
        """Whether every page was turned to since they came."""
        return self._pages is not None and len(self._seen) == len(self._pages)

    def is_seen(self) -> bool:
        """Whether every page one turns through was seen: all of them, or those that are kept to."""
        return self._pages is not None and self._seen >= (self._kept_to or set(range(len(self._pages))))

    def placed(self, sections: Sequence[Section]) -> list[tuple[Section, Mark]]:
        """Each section with where it begins: the bookmarks stand in the order of the sections, one for each."""
        return list(zip(sections, self._pages.marks(), strict=False)) if self._pages is not None else []

    def go_to(self, sections: Sequence[Section], section_id: str) -> None:
        """The page a section begins on, with the section in view."""
        mark = next((mark for section, mark in self.placed(sections) if section.id == section_id), None)
        if mark is None:
            return
        if mark.page != self._page:
            self._page = mark.page
            self._show_page()
        self._ui.page_view.scroll_to(mark.top)

    def unmarked(self, marking: str) -> list[int]:
        """The numbers of pages that do not carry the handling marking at top and bottom."""
        return self._pages.unmarked(marking) if self._pages is not None else []
