"""The fonts of the papers, read from the package and embedded in every file: one family, and a font for each script the
family lacks or whose rules it does not know. Each is parsed once a process; what a document adds to a font is taken out
of it before the next.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import uharfbuzz
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

FAMILY = "NotoSans"
REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
WEIGHTS = ("Regular", "Bold")
FIRST_PRIVATE = 0xF0000  # from here on code points are our own: no text ever holds one
MOST_REMEMBERED = 20_000  # widths of words
MOST_OF_A_MAP = 100  # entries in one block of a ToUnicode map


@dataclass(frozen=True)
class Script:
    """Letters with a font of their own; `ranges` of code points, both ends included."""

    name: str
    stem: str
    ranges: tuple[tuple[int, int], ...] = ()
    has_bold: bool = True
    word_by_word: bool = True  # a letter's shape and place depend on its neighbours

    def weight(self, weight: str) -> str:
        """The weight asked for, or the only one there is."""
        return weight if self.has_bold else "Regular"


SCRIPTS = (
    Script("Hebrew", "NotoSansHebrew", ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    Script(
        "Arabic",
        "NotoSansArabic",
        ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    ),
    Script("Devanagari", "NotoSansDevanagari", ((0x900, 0x97F), (0xA8E0, 0xA8FF))),
    Script("Bengali", "NotoSansBengali", ((0x980, 0x9FF),)),
    Script("Gurmukhi", "NotoSansGurmukhi", ((0xA00, 0xA7F),)),
    Script("Gujarati", "NotoSansGujarati", ((0xA80, 0xAFF),)),
    Script("Tamil", "NotoSansTamil", ((0xB80, 0xBFF),)),
    Script(
        "Han",
        "DroidSansHan",
        ((0x2E80, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)),
        has_bold=False,
        word_by_word=False,
    ),
)
OWN = Script("", FAMILY)  # Latin, Greek and Cyrillic
EMOJI = Script("Emoji", "NotoEmoji", has_bold=False)


@cache
def script_of(letter: str) -> Script | None:
    """Whose font prints the letter; None where none of ours can."""
    code = ord(letter)
    for script in SCRIPTS:
        if any(low <= code <= high for low, high in script.ranges):
            return script if code in covered(script) else None
    return next((script for script in (OWN, EMOJI) if code in covered(script)), None)


@cache
def covered(script: Script) -> frozenset[int]:
    """The code points the script's font has a picture for."""
    return frozenset(shaper(script, "Regular").face.unicodes)


@cache
def _file(script: Script, weight: str) -> bytes:
    name = f"{script.stem}-{script.weight(weight)}.ttf"
    return files("csp_desktop._built").joinpath("data", "fonts", name).read_bytes()


@cache
def shaper(script: Script, weight: str) -> uharfbuzz.Font:
    """What lays out letters by the rules of the font."""
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(_file(script, weight))))


class PaperFont(TTFont):  # type: ignore[misc]  # reportlab is untyped
    """A font whose map back to text has whole clusters of letters and nothing for code 0, and that remembers widths."""

    def __init__(self, name: str, file: bytes, *, readable: bool) -> None:
        super().__init__(name, BytesIO(file), asciiReadable=readable)
        self.says: dict[int, str] = {}  # the text of each code point of ours
        self._known: dict[str, float] = {}

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """In points; a word of shaped letters is another in every document, so it is not remembered."""
        wide = self._known.get(text)
        if wide is None:
            wide = super().stringWidth(text, 1000, encoding)
            if not text or ord(max(text)) < FIRST_PRIVATE:
                if len(self._known) >= MOST_REMEMBERED:
                    self._known.clear()
                self._known[text] = wide
        return wide * size * 0.001

    def add_glyph(self, glyph: int, says: str, width: float) -> str:
        """A code point of our own for one glyph; `width` of an em of 1000."""
        code = FIRST_PRIVATE + len(self.says)
        face: Any = self.face
        face.charToGlyph[code] = glyph
        face.glyphToChar.setdefault(glyph, []).append(code)
        face.charWidths[code] = width
        self.says[code] = says
        return chr(code)

    def forget_widths(self) -> None:
        """No word of a paper outlives it."""
        self._known.clear()

    def forget_glyphs(self) -> None:
        """Be as it was before the document."""
        face: Any = self.face
        for code in self.says:
            face.glyphToChar[face.charToGlyph.pop(code)].remove(code)
            del face.charWidths[code]
        self.says.clear()

    def addObjects(self, doc: Any) -> None:
        """Writes the font, then its map anew."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("latin-1")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = self._to_unicode(name, subset)

    def _to_unicode(self, name: str, subset: list[int]) -> str:
        pairs = [
            (number, self.says.get(code) or chr(code))
            for number, code in enumerate(subset)
            if code and (code != 32 or number == 32)
        ]
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
        ]
        for start in range(0, len(pairs), MOST_OF_A_MAP):
            part = pairs[start : start + MOST_OF_A_MAP]
            lines.append(f"{len(part)} beginbfchar")
            lines += [f"<{number:02X}> <{says.encode('utf-16-be').hex().upper()}>" for number, says in part]
            lines.append("endbfchar")
        return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


@cache
def use_family() -> None:
    """Make the family known to reportlab."""
    for weight in WEIGHTS:
        pdfmetrics.registerFont(PaperFont(f"{FAMILY}-{weight}", _file(OWN, weight), readable=True))
        addMapping(FAMILY, int(weight == "Bold"), 0, f"{FAMILY}-{weight}")


def family_font(weight: str) -> PaperFont:
    """The family's own, as paragraphs use it."""
    use_family()
    found: PaperFont = pdfmetrics.getFont(f"{FAMILY}-{weight}")
    return found


@cache
def glyph_font(script: Script, weight: str) -> PaperFont:
    """The font that draws shaped letters of a script. It has no letters of its own in a file, only glyphs."""
    made = PaperFont(f"Glyphs-{script.name}-{script.weight(weight)}", _file(script, weight), readable=False)
    made.face.name = b"Glyphs" + made.face.name
    return made
