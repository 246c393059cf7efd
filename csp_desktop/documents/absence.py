"""What must not be in a recipient's file is looked for in the finished file, wherever a reader or a tool could find it.
A search that finds nothing proves something only if it would have found: `prove` has the full copy searched first.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u00ad\u2060\ufeff]+")
_BRACKETED = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]{4,})>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)

_NO_CHANCE = 8  # letters: packed bytes hold fewer next to one another by chance
_FEW = 40  # words that are looked for one by one


class NoProof(Exception):
    """The search did not find something even where it is known to stand."""


@dataclass(frozen=True)
class Found:
    """One of the words looked for, and where in the file it stands."""

    words: str
    place: str


@dataclass(frozen=True)
class Search:
    """Words that are withheld from somebody. Short ones: a name, a reference; a sentence is split over lines."""

    withheld: tuple[str, ...]

    def prove(self, full: bytes, passphrase: str = "") -> None:
        """See that each of the words is found in the copy that has them all. Raises NoProof."""
        found = {one.words for one in self.found_in(full, passphrase=passphrase)}
        unfound = [words for words in self.withheld if words not in found]
        if unfound:
            raise NoProof(f"{len(unfound)} of the {len(self.withheld)} withheld words are not found in the full copy.")

    def found_in(self, file: bytes, *, name: str = "", passphrase: str = "") -> tuple[Found, ...]:
        """Everything of it in the file or in its name; nothing where it is absent. A file that was written over more
        than once, so that older states of it may lie beneath, counts as holding all."""
        if file.count(b"%%EOF") != 1:
            return tuple(Found(words, "earlier state of the file") for words in self.withheld)
        wanted = {words: _folded(words) for words in self.withheld}
        rare = {words: folded for words, folded in wanted.items() if len(folded) >= _NO_CHANCE}
        found = [
            Found(words, place)
            for place, text in (("name of the file", _folded(name)), *_places(file, passphrase))
            for words in _standing_in(text, wanted)
        ]
        raw = _standing_in(_folded(file.decode("latin-1")), rare)
        return (*found, *(Found(words, "raw file") for words in raw))


def _standing_in(text: str, wanted: Mapping[str, str]) -> list[str]:
    """Those of the words that stand in the text. Of many, only whose first letters stand there are looked for."""
    if len(wanted) <= _FEW:
        return [words for words, folded in wanted.items() if folded in text]
    begin = {folded[:_NO_CHANCE] for folded in wanted.values() if len(folded) >= _NO_CHANCE}
    begun = {start for at in range(len(text)) if (start := text[at : at + _NO_CHANCE]) in begin}
    return [
        words
        for words, folded in wanted.items()
        if (len(folded) < _NO_CHANCE or folded[:_NO_CHANCE] in begun) and folded in text
    ]


def _folded(text: str) -> str:
    """Without what a reader does not see, one case, one form of each letter."""
    if text.isascii():  # the same, and quickly
        return "".join(text.split()).lower()
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _places(file: bytes, passphrase: str) -> Iterator[tuple[str, str]]:
    """Each place of a file, with the text that can be read there."""
    with pdfium.PdfDocument(file, password=passphrase or None) as document:
        yield "text", _folded("\n".join(page.get_textpage().get_text_range() for page in document))
        yield "bookmarks", _folded("\n".join(mark.get_title() for mark in document.get_toc()))
    with pikepdf.open(BytesIO(file), password=passphrase) as pdf:
        strings: list[str] = []
        streams: list[bytes] = []
        for thing in pdf.objects:
            written = b"" if isinstance(thing, pikepdf.Stream) else thing.unparse(resolved=True)
            if b"(" in written or b"<" in written.replace(b"<<", b"") or isinstance(thing, pikepdf.Stream):
                strings += _strings(thing, inside=False)
            else:  # names and numbers alone
                strings.append(written.decode("latin-1"))
            if isinstance(thing, pikepdf.Stream) and "/Length1" not in thing and thing.get("/Subtype") != "/Image":
                streams.append(thing.read_bytes())
        strings += [str(value) for value in pdf.docinfo.values()]
    yield "strings", _folded("\n".join(strings))
    yield "streams", _folded("\n".join(_written(stream) for stream in streams))


def _strings(thing: Any, *, inside: bool = True) -> Iterable[str]:
    """All strings and names of an object, without those of objects it points to."""
    if inside and getattr(thing, "is_indirect", False):
        return
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(thing.keys()):
            yield key
            yield from _strings(thing[key])
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _strings(one)
    elif isinstance(thing, pikepdf.String | pikepdf.Name | str):
        yield str(thing)


def _written(stream: bytes) -> str:
    """What a stream says: as UTF-8, as single bytes, its strings put together, and its strings of UTF-16."""
    bracketed = b"".join(_unescaped(text) for text in _BRACKETED.findall(stream))
    wide = [bytes.fromhex(digits.decode()) for digits in _HEX.findall(stream) if len(digits) % 4 == 0]
    return "\n".join(
        [
            stream.decode("utf-8", "replace"),
            stream.decode("latin-1"),
            bracketed.decode("latin-1"),
            *(text.decode("utf-16-be", "replace") for text in wide),
        ]
    )


def _unescaped(text: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8) & 255]) if code[:1] in b"01234567" else code

    return _ESCAPE.sub(one, text)
