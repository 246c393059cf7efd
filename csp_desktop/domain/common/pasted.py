"""Text pasted from Word, a browser or a mail: its words and lines, its lists kept as lists, nothing of its dress."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "body",
    ]
)
_UNSEEN = frozenset(["style", "script", "head", "title", "meta", "xml", "o:p", "w:worddocument"])
_BULLET = re.compile(r"^[ \xa0]*(?:[·•▪◦‣§]|[o\uf0b7](?=[ \xa0\n]))[ \xa0]*")
_NUMBER = re.compile(r"^[ \xa0]*(\d{1,2}|[a-z])[.)][ \xa0]{1,}")
BULLET = "• "


class _Reader(HTMLParser):
    """Collects the lines; `lists` are those the place is in, each with its number, none for bullets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._lists: list[int | None] = []
        self._unseen = 0
        self._word_list = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line where a block begins; the sign of a list before its item."""
        given = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += tag not in ("meta",)
        elif tag == "br":
            self.lines.append("")
        elif tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
        elif tag in ("td", "th") and self.lines[-1].strip():
            self.lines[-1] += "\t"
        if tag in _BLOCKS:
            self._new_line()
            self._word_list = "MsoList" in given.get("class", "") or "mso-list" in given.get("style", "")
        if tag == "li":
            self.lines[-1] += self._sign()

    def handle_endtag(self, tag: str) -> None:
        """And where it ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._end_line()
            self._new_line()

    def handle_data(self, data: str) -> None:
        """Words; a break in the source is a space."""
        if not self._unseen:
            words = re.sub(r"[ \t\r\n\f]+", " ", data)
            self.lines[-1] += words.lstrip(" ") if not self.lines[-1].strip(" \xa0") else words

    def _sign(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return BULLET
        self._lists[-1] = number + 1
        return f"{number}. "

    def _new_line(self) -> None:
        if self.lines[-1].strip(" \xa0") not in ("", BULLET.strip()):
            self.lines.append("")

    def _end_line(self) -> None:
        if self._word_list:
            line = _BULLET.sub(BULLET, self.lines[-1])
            self.lines[-1] = _NUMBER.sub(lambda found: f"{found.group(1)}. ", line)
            self._word_list = False

    def text(self) -> str:
        """All lines, none empty at the ends, no more than one empty between."""
        lines = [re.sub(r"[ \xa0]+", " ", line).strip() for line in self.lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def text_of(html: str) -> str:
    """What a person reads there, as plain text; empty where there is nothing to read."""
    reader = _Reader()
    reader.feed(re.sub(r"<!\[[^>]*>|<!--.*?-->", "", html, flags=re.S))
    reader.close()
    return reader.text()
