"""Where the headings of a sheet stand, and which column is which field: guessed, never surer than the file shows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from csp_desktop.exchange.likeness import likeness, plain_words
from csp_desktop.exchange.mapping.fields import TableKind, TargetField, is_day, is_mail, is_reference, is_yes_no
from csp_desktop.exchange.reading.table import Cell, CellFault, Row, Sheet
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnGuess, Misfit, Sureness, letter_of

_LOOKED_THROUGH = 30  # rows in which the headings are sought
_FOLLOWING = 11
_SAMPLE = 400  # values of a column that are looked at
_SHOWN = 3  # of them beside the heading
RESEMBLES = 0.7
_SURE, _BEFORE_COLUMN, _BEFORE_FIELD, _LIKELY, _LEAST = 0.72, 0.10, 0.08, 0.6, 0.45
_NAME, _SHAPE = 0.62, 0.38
_OWN = 2.0  # our own heading, before any guess
_WRONG_SHAPE, _FOREIGN = 0.45, 0.55


def text_of(cell: Cell) -> str:
    """A cell as text; a day the British way; what it holds instead of a value."""
    if isinstance(cell, str):
        return cell if cell.isascii() and cell.isprintable() and "  " not in cell else " ".join(cell.split())
    return cell.value if isinstance(cell, CellFault) else cell.strftime("%d/%m/%Y")


@dataclass(frozen=True)
class Headings:
    """The line of the headings: its place among the rows, the texts, and how well they fit."""

    at: int
    line: int
    texts: tuple[str, ...]
    points: float
    known: int  # headings that resemble one of the fields


def find_headings(sheet: Sheet, kind: TableKind) -> Headings | None:
    """The row that looks most like headings of this kind of list; None where none has one known heading."""
    names = _names_of(kind)
    best: Headings | None = None
    for at, (line, cells) in enumerate(sheet.rows[:_LOOKED_THROUGH]):
        texts = tuple(text_of(cell).strip() for cell in cells)
        known = sum(_resembles(text, names) for text in texts)
        values = sum(_is_value(cell) or _is_a_word_of(kind, cell, names) for cell in cells)
        if not known or values > 1:  # a line of values, not of headings
            continue
        following = sheet.rows[at + 1 : at + 1 + _FOLLOWING]
        wide = sum(len([c for c in row if c != ""]) * 2 >= len([t for t in texts if t]) for _, row in following)
        points = known + 0.3 * sum(0 < len(text) <= 40 for text in texts)
        points += 2 * (wide / len(following) if following else 0)
        points -= 1.5 * values
        if best is None or points > best.points:
            best = Headings(at, line, texts, points, known)
    return best


def _names_of(kind: TableKind) -> tuple[str, ...]:
    return tuple(plain_words(name) for field in kind.fields for name in field.names)


@lru_cache(maxsize=4096)
def _resembles(text: str, names: tuple[str, ...]) -> bool:
    plain = plain_words(text)
    if not plain or len(text) > 60:
        return False
    return plain in names or any(likeness(plain, name) > RESEMBLES for name in names)


def _is_value(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return True
    return bool(cell) and (cell.replace(".", "").isdecimal() or is_reference(cell) or is_day(cell))


def _is_a_word_of(kind: TableKind, cell: Cell, names: tuple[str, ...]) -> bool:
    """Whether a text is a value of a closed set, or an email address: no heading, unless a field is called so."""
    if not isinstance(cell, str) or not cell or plain_words(cell) in names:
        return False
    return is_mail(cell) or is_yes_no(cell) or _is_closed_value(kind, cell)


def _is_closed_value(kind: TableKind, text: str) -> bool:
    return any(field.fits(text) for field in kind.fields if field.fits and field.is_closed)


def may_be_told(texts: Iterable[str], kind: TableKind) -> bool:
    """Whether the headings of a list may stand in a sentence: where none of them is a known one, they may be values of
    people."""
    names = _names_of(kind)
    return any(plain_words(text) in names and not _is_closed_value(kind, text) for text in texts if text)


def guess_columns(
    headings: Headings, rows: Sequence[Row], kind: TableKind, chosen: ChosenColumns | None, width: int
) -> tuple[ColumnGuess, ...]:
    """What each of so many columns is taken for. What a person chose is so; a heading that stands twice is asked."""
    values = [_values(rows, place) for place in range(width)]
    texts = [headings.texts[place] if place < len(headings.texts) else "" for place in range(width)]
    names = _told_apart(texts)
    said = _said(names, kind, chosen)
    scores = {
        (place, field.heading): _score(texts[place], values[place], field)
        for place in range(width)
        for field in kind.fields
        if texts[place] and place not in said and field.heading not in said.values()
    }
    taken = _best_pairs(scores)
    twice = {key for key, count in Counter(plain_words(text) for text in texts if text).items() if count > 1}
    found = []
    for place in range(width):
        if not texts[place] and not values[place]:
            continue
        guess = ColumnGuess(place, names[place], tuple(values[place][:_SHOWN]), "", Sureness.LEFT_OUT)
        if place in said:
            guess = _chosen(guess, said[place], rows, kind)
        elif place in taken:
            field = kind.field(taken[place])
            sure = _sureness(place, field, scores, texts, values)
            guess = replace(guess, field=field.heading, sure=sure)
            if plain_words(texts[place]) in twice:
                note = f"the same heading is also above {_others(place, texts)}"
                guess = replace(guess, sure=Sureness.ASKED, note=note)
        elif not texts[place]:
            guess = replace(guess, note="it has no heading")
        found.append(guess)
    return tuple(found)


def _values(rows: Sequence[Row], place: int) -> list[str]:
    cells = (cells[place] for _, cells in rows[:_SAMPLE] if place < len(cells))
    return [text for text in map(text_of, cells) if text]


def _told_apart(texts: Sequence[str]) -> list[str]:
    """Each heading by a name of its own: what stands twice, or is empty, gets its column's letter."""
    counts = Counter(plain_words(text) for text in texts)
    names = []
    for place, text in enumerate(texts):
        letter = letter_of(place)
        if not text:
            names.append(f"Column {letter}")
        else:
            names.append(f"{text} (column {letter})" if counts[plain_words(text)] > 1 else text)
    return names


def _others(place: int, texts: Sequence[str]) -> str:
    same = [
        letter_of(n) for n, text in enumerate(texts) if plain_words(text) == plain_words(texts[place]) and n != place
    ]
    return "column " + " and ".join(same)


def _said(names: Sequence[str], kind: TableKind, chosen: ChosenColumns | None) -> dict[int, str]:
    """Column to field, as a person chose; empty where a column is left out."""
    if chosen is None:
        return {}
    known = {field.heading for field in kind.fields} | {""}
    by_name = {plain_words(theirs): ours for theirs, ours in chosen.fields.items() if ours in known}
    said = {place: by_name[plain_words(name)] for place, name in enumerate(names) if plain_words(name) in by_name}
    seen: set[str] = set()
    for place, field in list(said.items()):
        if field and field in seen:
            del said[place]
        seen.add(field)
    return said


def _chosen(guess: ColumnGuess, field: str, rows: Sequence[Row], kind: TableKind) -> ColumnGuess:
    """A choice holds while the values do not speak against it."""
    if not field:
        return guess
    misfit = _misfit(rows, guess.place, kind.field(field))
    if misfit is None:
        return replace(guess, field=field, sure=Sureness.SAID)
    return replace(guess, field=field, sure=Sureness.ASKED, note=f"line {misfit.line}: {misfit.why}", misfit=misfit)


def _misfit(rows: Sequence[Row], place: int, field: TargetField) -> Misfit | None:
    """The first value that is none of this field, where most are none."""
    values = _values(rows, place)
    if field.fits is None or not field.strict or not values or _share(values, field) >= 0.3:
        return None
    lines = ((line, text_of(cells[place])) for line, cells in rows if place < len(cells))
    line, value = next((line, text) for line, text in lines if text and not field.fits(text))
    return Misfit(line, value, f"“{value[:60]}” is not {field.value_words}")


def _score(text: str, values: Sequence[str], field: TargetField) -> float:
    name = _name_score(text, field)
    shape = _share(values, field) if field.fits is not None and values else 0.5
    points = _NAME * name + _SHAPE * shape
    return points * _WRONG_SHAPE if field.strict and values and shape < 0.3 and name < 1 else points


def _name_score(text: str, field: TargetField) -> float:
    plain = plain_words(text)
    names = [plain_words(name) for name in field.names]
    if plain == names[0]:
        return _OWN
    if plain in names:
        return 1.0
    score = max(likeness(plain, name) for name in names)
    own = {word for name in names for word in name.split()}
    return score * _FOREIGN if set(plain.split()) & (set(field.foreign) - own) else score


def _share(values: Sequence[str], field: TargetField) -> float:
    if field.fits is None:
        return 0.5
    return sum(map(field.fits, values)) / len(values)


def _best_pairs(scores: dict[tuple[int, str], float]) -> dict[int, str]:
    """Best first; one column a field, one field a column."""
    taken: dict[int, str] = {}
    for (place, field), points in sorted(scores.items(), key=lambda one: (-one[1], one[0][0])):
        if points >= _LEAST and place not in taken and field not in taken.values():
            taken[place] = field
    return taken


def _sureness(
    place: int,
    field: TargetField,
    scores: dict[tuple[int, str], float],
    texts: Sequence[str],
    values: Sequence[Sequence[str]],
) -> Sureness:
    """Sure is what stands clearly before all else, and a heading that is exactly a known one and no other is."""
    points = scores[place, field.heading]
    names = {plain_words(name) for name in field.names}
    if plain_words(texts[place]) in names:
        alone = sum(plain_words(text) in names for text in texts) == 1
        own = plain_words(texts[place]) == plain_words(field.heading)
        speaks_against = field.strict and bool(values[place]) and _share(values[place], field) < 0.5
        if alone and (own or not speaks_against):
            return Sureness.SURE
    elif _name_score(texts[place], field) < 0.6:
        return Sureness.ASKED
    columns = max((n for (p, f), n in scores.items() if f == field.heading and p != place), default=0.0)
    fields = max((n for (p, f), n in scores.items() if p == place and f != field.heading), default=0.0)
    if points >= _SURE and points >= columns + _BEFORE_COLUMN and points >= fields + _BEFORE_FIELD:
        return Sureness.SURE
    return Sureness.LIKELY if points >= _LIKELY else Sureness.ASKED


def count_exact(texts: Iterable[str], kind: TableKind) -> int:
    """How many of these headings are exactly ones of this kind of list."""
    names = set(_names_of(kind))
    return sum(plain_words(text) in names for text in texts if text)
