"""A PDF shown from memory, page by page, as wide as there is room: it is never a file before the person saves one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from csp_desktop.gui.style.theme import LIGHT, current
from csp_desktop.gui.window.actions import Action, which

LINE = 6.0  # points between the middles of two letters of one line, at most
EDGE = 50.0  # points from the upper or lower end of a page: the marking alone stands there


@dataclass(frozen=True)
class Mark:
    """A bookmark: its title, the index of its page from 0, and how far down it stands, 0 to 1."""

    title: str
    page: int
    top: float


class PdfPages:
    """The pages of one document. Use on the window's thread only: the renderer takes no other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._document = pdfium.PdfDocument(content)

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()

    def marks(self) -> tuple[Mark, ...]:
        """All bookmarks in order."""
        found = []
        for entry in self._document.get_toc():
            to = entry.get_dest()
            page = (to.get_index() if to else None) or 0
            _, place = to.get_view() if to else (0, [])
            tall = self.size(page)[1]
            top = max(0.0, 1 - place[1] / tall) if len(place) > 1 else 0.0  # left, top, zoom
            found.append(Mark(entry.get_title(), page, top))
        return tuple(found)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def image(self, page: int, pixels_wide: int) -> QImage:
        """One page as wide as asked, in real pixels."""
        sheet = self._document[page]
        bitmap = sheet.render(scale=pixels_wide / sheet.get_width(), rev_byteorder=True)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
        ).copy()
        bitmap.close()
        sheet.close()
        return image

    def found(self, page: int, words: str) -> list[QRectF]:
        """Where these words stand on a page, whatever line they are broken at: a box for each line, as parts of the
        page's width and height. Nothing for words that are not there, or more than once."""
        parts = words.split()
        if not parts:
            return []
        wide, tall = self.size(page)
        sheet = self._document[page]
        text = sheet.get_textpage()
        hits = list(re.finditer(r"\s+".join(map(re.escape, parts)), text.get_text_range()))
        boxes = [text.get_charbox(at) for at in range(*hits[0].span())] if len(hits) == 1 else []
        text.close()
        sheet.close()
        lines: list[QRectF] = []
        for left, bottom, right, top in boxes:
            if right <= left or top <= bottom:
                continue
            box = QRectF(left / wide, 1 - top / tall, (right - left) / wide, (top - bottom) / tall)
            same = bool(lines) and abs(lines[-1].center().y() - box.center().y()) < LINE / tall
            lines[-1:] = [lines[-1].united(box)] if same else [*lines[-1:], box]
        return lines

    def unmarked(self, marking: str) -> list[int]:
        """The numbers of the pages that do not bear these words both in their upper and in their lower edge, where no
        text of the paper stands: what a note says counts for nothing."""
        return [n for n in range(1, len(self) + 1) if not marking.strip() or not self._is_marked(n - 1, marking)]

    def _is_marked(self, page: int, marking: str) -> bool:
        wide, tall = self.size(page)
        sheet = self._document[page]
        words = sheet.get_textpage()
        edges = [words.get_text_bounded(0, tall - EDGE, wide, tall), words.get_text_bounded(0, 0, wide, EDGE)]
        words.close()
        sheet.close()
        return all(marking in edge for edge in edges)

    def text(self, page: int) -> str:
        """The words of one page in reading order."""
        sheet = self._document[page]
        words = sheet.get_textpage()
        found = str(words.get_text_range()).replace("\r\n", "\n")
        words.close()
        sheet.close()
        return found


WIDEST, AROUND = 860, 22


class Sheet(QWidget):
    """The picture itself; drawn anew for each width and screen, so it is always sharp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._page, self._image = 0, QImage()
        self._marks: tuple[QRectF, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_page(self, pages: PdfPages | None, page: int) -> None:
        """This page of these; none shows nothing."""
        self._pages, self._page, self._image = pages, page, QImage()
        self.update()

    def show_marks(self, marks: Sequence[QRectF]) -> None:
        """What was put right on this page: underlined on green, with a bar in the margin."""
        self._marks = tuple(marks)
        self.update()

    def fit(self, width: int) -> None:
        """As wide as this, and as tall as its page then is."""
        if self._pages is None:
            return
        wide, tall = self._pages.size(self._page)
        size = QSize(width, round(width * tall / wide))
        if size != self.size() or self._image.isNull():
            self.setFixedSize(size)
            self._image = QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper with its hairline."""
        painter = QPainter(self)
        if self._pages is not None:
            ratio = self.devicePixelRatioF()
            if self._image.isNull():
                self._image = self._pages.image(self._page, round(self.width() * ratio))
                self._image.setDevicePixelRatio(ratio)
            painter.drawImage(0, 0, self._image)
            self._paint_marks(painter)
            painter.setPen(QColor(current().tokens.line2))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        """The paper is white in every look, so its marks are those of the light one."""
        wide, tall, px = self.width(), self.height(), current().px
        for mark in self._marks:
            box = QRectF(mark.x() * wide, mark.y() * tall, mark.width() * wide, mark.height() * tall)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(box.adjusted(-px(2), -px(1), px(2), px(2)), QColor(LIGHT.low_bg))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.fillRect(QRectF(box.x(), box.bottom() + px(1), box.width(), px(1)), QColor(LIGHT.low))
            bar = QRectF(MARGIN * wide, box.y() - px(2), px(3), box.height() + px(4))
            painter.fillRect(bar, QColor(LIGHT.accent))


MARGIN = 0.045  # of the page's width: where the bar stands
PAGE_KEYS = (Action("turn the page", ("PgUp",), given=-1), Action("turn the page", ("PgDown",), given=1))


class PagePreview(QScrollArea):
    """`turned` by one page with Page Down and Page Up, or by scrolling past an end."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(self._sheet)
        self.setMinimumSize(current().px(240), current().px(160))

    def show_page(self, pages: PdfPages | None, page: int) -> None:
        """This page, from its top."""
        self._sheet.show_page(pages, page)
        self._sheet.setVisible(pages is not None)
        self._fit()
        self.verticalScrollBar().setValue(0)
        words = f"Page {page + 1} of {len(pages)}" if pages is not None else "No page"
        self.setAccessibleName(words)
        self.setAccessibleDescription("The text of this page is on the right")

    def show_marks(self, marks: Sequence[QRectF]) -> None:
        """What was put right on the page shown."""
        self._sheet.show_marks(marks)
        if marks:
            self.setAccessibleDescription("Corrections are underlined, with a bar in the margin")

    def scroll_to(self, part: float) -> None:
        """Bring a place into view: 0 is the page's top, 1 its foot."""
        self.verticalScrollBar().setValue(round(part * self._sheet.height()) - current().px(16))

    def _fit(self) -> None:
        room = self.viewport().width() - current().px(2 * AROUND)
        self._sheet.fit(max(current().px(180), min(room, current().px(WIDEST))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A new text size gives another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages; the arrows scroll within one."""
        page = which(event, PAGE_KEYS)
        if page is not None:
            self.turned.emit(page.given)
        else:
            super().keyPressEvent(event)
