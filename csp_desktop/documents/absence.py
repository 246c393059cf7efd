"""What must not be in a recipient's file is looked for in the finished file, wherever a reader or a tool could find it.
A search that finds nothing proves something only if it would have found: `prove` has the full copy searched first.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2 as pdfium

_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff"  # besides white space
_BRACKETED = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]{4,})>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)

_TAG = re.compile(r"<[^>]*>")
_ZIP = b"PK\x03\x04"
_NO_CHANCE = 8  # letters: packed bytes hold fewer next to one another by chance
_BLOCKS = 8, 5  # a text is looked through in blocks of so many letters; words of fewer than two blocks one by one


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
        """Everything of it in the file, a PDF or a Word file, or in its name; nothing where it is absent. A PDF that
        was written over more than once, so that older states of it may lie beneath, counts as holding all."""
        is_word = file.startswith(_ZIP)
        if not is_word and file.count(b"%%EOF") != 1:
            return tuple(Found(words, "earlier state of the file") for words in self.withheld)
        wanted = _Wanted(self.withheld)
        places = _word_places(file) if is_word else _places(file, passphrase)
        found = [
            Found(words, place)
            for place, text in (("name of the file", _folded(name)), *places)
            for words in wanted.in_text(text)
        ]
        rare = _Wanted(words for words in self.withheld if len(_folded(words)) >= _NO_CHANCE)
        return (*found, *(Found(words, "raw file") for words in rare.in_text(_folded_bytes(file))))


class _Wanted:
    """Many words looked for in one pass. Whatever is as long as two blocks less a letter holds a whole one wherever it
    stands, so that looking up every block of a text misses nothing; round a block that is known all of it is
    compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._short: list[tuple[str, str]] = []
        self._blocks: dict[int, dict[str, list[tuple[str, str, int]]]] = {size: {} for size in _BLOCKS}
        for each in dict.fromkeys(words):
            folded = _folded(each)
            size = next((size for size in _BLOCKS if len(folded) >= 2 * size - 1), 0)
            if not size:
                self._short.append((each, folded))
                continue
            for at in range(len(folded) - size + 1):
                self._blocks[size].setdefault(folded[at : at + size], []).append((each, folded, at))

    def in_text(self, text: str) -> list[str]:
        """Those that stand in a folded text."""
        found = [words for words, folded in self._short if folded in text]
        for size, known in self._blocks.items():
            if not known:
                continue
            hits = [at for at in range(0, len(text), size) if text[at : at + size] in known]
            found += [
                words
                for at in hits
                for words, folded, before in known[text[at : at + size]]
                if at >= before and text.startswith(folded, at - before)
            ]
        return list(dict.fromkeys(found))


def _folded(text: str) -> str:
    """Without what a reader does not see, one case, one form of each letter."""
    text = "".join(text.split())
    if text.isascii():  # the same, and quickly
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = "".join(unicodedata.normalize("NFKC", text).split())
    for letter in _UNSEEN:
        text = text.replace(letter, "")
    return text.casefold()


_SINGLE = [_folded(chr(code)) for code in range(256)]
_FOLD = bytes(ord(one) if len(one) == 1 and one < "\u0100" else code for code, one in enumerate(_SINGLE))
_DROPPED = bytes(code for code, one in enumerate(_SINGLE) if not one)


def _folded_bytes(packed: bytes) -> str:
    """The same of single bytes, without decoding what is packed."""
    return packed.translate(_FOLD, _DROPPED).decode("latin-1")


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
    yield "streams", "".join(_folded(said) for stream in streams for said in _written(stream))


def _word_places(file: bytes) -> Iterator[tuple[str, str]]:
    """Each part of a Word file, as it is written and as it is read: words that are split over runs are one again."""
    with ZipFile(BytesIO(file)) as parts:
        told = [parts.comment, *(extra for one in parts.infolist() for extra in (one.comment, one.extra))]
        yield "comments", _folded("\n".join(one.decode("utf-8", "replace") for one in told))
        for one in parts.infolist():
            written = parts.read(one).decode("utf-8", "replace")
            yield "names of parts", _folded(one.filename)
            yield one.filename, _folded(unescape(written))
            yield one.filename, _folded(unescape(_TAG.sub("", written)))


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


def _written(stream: bytes) -> Iterator[str]:
    """What a stream says: as UTF-8, as single bytes, its strings put together, and its strings of UTF-16."""
    yield stream.decode("utf-8", "replace")
    if not stream.isascii():
        yield stream.decode("latin-1")
    yield b"".join(_unescaped(text) for text in _BRACKETED.findall(stream)).decode("latin-1")
    for digits in _HEX.findall(stream):
        if len(digits) % 4 == 0:
            yield bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _unescaped(text: bytes) -> bytes:
    if b"\\" not in text:
        return text

    def one(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8) & 255]) if code[:1] in b"01234567" else code

    return _ESCAPE.sub(one, text)
