"""Good spreadsheets, damaged as disks, sticks and other programs damage them: the same ones every time."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from csp_desktop.exchange import members

DATA = Path(__file__).resolve().parents[1] / "data"
CASES = DATA / "safety-net" / "cases-2026-11.csv"
CASES_BOOK = DATA / "safety-net" / "cases-2026-11.xlsx"
PEOPLE = DATA / "rough-sleeping" / "people.csv"
MEMBERS = (
    members.COLUMNS,
    (
        "Ewa Łukasik",
        "Change Grow Live",
        "CGL",
        "support provider",
        "Team leader",
        "standing",
        "1",
        "03/03/2026",
        "ewa@cgl.example.org",
        "yes",
    ),
    ("Tom Ellis", "Hertfordshire Fire and Rescue", "", "fire", "Watch manager", "occasional", "", "", "", ""),
    ("Seán Ó Briain", "New Hope", "", "support provider", "Outreach worker", "standing", "", "", "", "yes"),
)
PERSONAL = (
    "Hagden",
    "Durban Road",
    "county lines",
    "Łukasik",
    "Ionescu",
    "Tom Ellis",
    "Briain",
    "ewa@",
    "Watch manager",
    "Tarrant",
    "Big Mo",
    "Ines",
    "Cassio bridge",
    "Alcohol",
)
SEED = 20261126
WRONG_VALUES = (
    b"",
    b"-1",
    b"x",
    b"99999999999999999999",
    b"1e999",
    b"nan",
    b"XFD1048576",
    b"A0",
    b"ZZZZ9",
    b"A1:XFD1048576",
    b"d",
    b"e",
    b"b",
    b"inlineStr",
    b"str",
    b"\xff\xfe",
    b"&lol;",
    b"<",
    b"../../x",
    b"2026-02-31",
    b"_x0000_",
)

Damage = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Damaged:
    """One damaged file, what it was a good one of, and how it came to harm."""

    number: int
    name: str
    of: str  # 'cases', 'members', 'people'
    how: str
    content: bytes

    def __str__(self) -> str:
        return f"{self.number} {self.of} {self.how}"


def good_csvs() -> dict[str, bytes]:
    """One good list of each kind."""
    listed = "\r\n".join(",".join(row) for row in MEMBERS) + "\r\n"
    return {"cases": CASES.read_bytes(), "members": listed.encode(), "people": PEOPLE.read_bytes()}


def good_workbooks() -> dict[str, bytes]:
    """The same as workbooks."""
    people = [line.split(",") for line in PEOPLE.read_text(encoding="utf-8").splitlines()]
    return {"cases": CASES_BOOK.read_bytes(), "members": workbook(MEMBERS), "people": workbook(people)}


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """These rows in a workbook."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def damaged_csvs(count: int) -> Iterator[Damaged]:
    """So many lists, each damaged in one way."""
    return _damaged(count, good_csvs(), TEXT_DAMAGES, "csv")


def damaged_workbooks(count: int) -> Iterator[Damaged]:
    """So many workbooks: the archive itself, or what is inside it."""
    return _damaged(count, good_workbooks(), BOOK_DAMAGES, "xlsx")


def _damaged(count: int, good: dict[str, bytes], damages: tuple[Damage, ...], ending: str) -> Iterator[Damaged]:
    kinds = sorted(good)
    for number in range(count):
        chance = random.Random(f"{SEED} {ending} {number}")
        of, damage = kinds[number % len(kinds)], damages[number // len(kinds) % len(damages)]
        content = damage(good[of], chance)
        yield Damaged(number, f"{of}-2026-11-21.{ending}", of, damage.__name__.strip("_"), content)


def _bits_turned(content: bytes, chance: random.Random) -> bytes:
    raw = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def _cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def _slice_lost(content: bytes, chance: random.Random) -> bytes:
    at, most = chance.randrange(len(content)), chance.choice((1, 4, 64, 512))
    return content[:at] + content[at + chance.randrange(1, most + 1) :]


def _slice_doubled(content: bytes, chance: random.Random) -> bytes:
    at, long = chance.randrange(len(content)), chance.choice((1, 16, 256))
    return content[: at + long] + content[at:]


def _noise_put_in(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.choice((1, 3, 40, 2000))) + content[at:]


def _block_of_zeros(content: bytes, chance: random.Random) -> bytes:
    at, long = chance.randrange(len(content)), chance.choice((1, 16, 512))
    return content[:at] + bytes(min(long, len(content) - at)) + content[at + long :]


def _quotation_mark(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + b'"' + content[at + chance.randrange(2) :]


def _separators(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b",", chance.choice((b";", b"\t", b"|", b",,", b"")), chance.choice((1, 10, -1)))


def _encoding(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8-sig")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp850", "mac_roman", "utf-7"))
    raw = text.encode(encoding, "replace")
    return raw if chance.randrange(2) else _bits_turned(raw, chance)


def _line_ends(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r", b"", b"\n\n", b"\x0b", b"\x1e\n")))


def _wrong_value(content: bytes, chance: random.Random) -> bytes:
    values = [found.span() for found in re.finditer(rb"(?<=[,\n])[^,\r\n]*", content)]
    start, end = chance.choice(values)
    wrong = chance.choice((*WRONG_VALUES, b"9" * 200_000, b"=cmd|' /C calc'!A0", b"\x00", b"\xe2\x80\xae"))
    return content[:start] + wrong + content[end:]


TEXT_DAMAGES: tuple[Damage, ...] = (
    _bits_turned,
    _cut_off,
    _slice_lost,
    _slice_doubled,
    _noise_put_in,
    _block_of_zeros,
    _quotation_mark,
    _separators,
    _encoding,
    _line_ends,
    _wrong_value,
)


def _inside(damage: Damage) -> Damage:
    """One part of the archive damaged, and the archive itself whole."""

    def damage_a_part(content: bytes, chance: random.Random) -> bytes:
        parts = parts_of(content)
        likely = [name for name in parts if "sheet" in name or "sharedStrings" in name or "styles" in name]
        name = chance.choice(likely if chance.randrange(3) else list(parts))
        return archive_of({**parts, name: damage(parts[name] or b" ", chance)})

    damage_a_part.__name__ = f"part{damage.__name__}"
    return damage_a_part


def _attribute(content: bytes, chance: random.Random) -> bytes:
    values = [found.span(1) for found in re.finditer(rb'[\w:]+="([^"]*)"', content)]
    if not values:
        return content[::-1]
    start, end = chance.choice(values)
    return content[:start] + chance.choice(WRONG_VALUES) + content[end:]


def _cell_value(content: bytes, chance: random.Random) -> bytes:
    values = [found.span(1) for found in re.finditer(rb">([^<>]*)</(?:\w+:)?(?:v|t|f)>", content)]
    if not values:
        return _attribute(content, chance)
    start, end = chance.choice(values)
    return content[:start] + chance.choice((*WRONG_VALUES, b"9" * 5000)) + content[end:]


def _tag_renamed(content: bytes, chance: random.Random) -> bytes:
    tags = [found.span(1) for found in re.finditer(rb"</?([\w:]+)", content)]
    if not tags:
        return b""
    start, end = chance.choice(tags)
    return content[:start] + chance.choice((b"x", b"c", b"row", b"sheetData", b"si", b"v")) + content[end:]


def _part_gone(content: bytes, chance: random.Random) -> bytes:
    parts = parts_of(content)
    del parts[chance.choice(list(parts))]
    return archive_of(parts)


def _parts_swapped(content: bytes, chance: random.Random) -> bytes:
    parts = parts_of(content)
    one, other = chance.sample(list(parts), 2)
    return archive_of({**parts, one: parts[other], other: parts[one]})


def _flags_of_the_archive(content: bytes, chance: random.Random) -> bytes:
    """Encrypted, packed in an unknown way, or of a size and sum that it has not."""
    raw = bytearray(content)
    entries = [found.start() for found in re.finditer(b"PK\x01\x02|PK\x03\x04", content)]
    at = chance.choice(entries)
    raw[at + chance.choice((6, 8, 10, 12, 14, 18, 20, 22, 24, 28))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def _only_the_first_letters(content: bytes, chance: random.Random) -> bytes:
    return b"PK\x03\x04" + chance.randbytes(chance.choice((0, 30, 3000)))


def parts_of(content: bytes) -> dict[str, bytes]:
    """What lies in a workbook's archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: dict[str, bytes]) -> bytes:
    """A workbook of these parts, the archive itself whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


BOOK_DAMAGES: tuple[Damage, ...] = (
    _bits_turned,
    _cut_off,
    _slice_lost,
    _noise_put_in,
    _block_of_zeros,
    _flags_of_the_archive,
    _only_the_first_letters,
    _part_gone,
    _parts_swapped,
    _inside(_bits_turned),
    _inside(_cut_off),
    _inside(_slice_lost),
    _inside(_slice_doubled),
    _inside(_noise_put_in),
    _inside(_attribute),
    _inside(_attribute),
    _inside(_cell_value),
    _inside(_cell_value),
    _inside(_tag_renamed),
)
