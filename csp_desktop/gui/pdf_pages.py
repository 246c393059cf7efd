"""A PDF shown from memory: it is never a file before the person saves one."""

from dataclasses import dataclass

import pypdfium2 as pdfium
from PySide6.QtGui import QImage

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
