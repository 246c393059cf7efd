"""A versioned risk matrix: factors with options and points, bands, hard escalators, review days. It is data, not code.

A score keeps the version it was made with and is never recomputed. A factor without an answer is shown as unanswered
and never counted as nothing silently: the total then has a floor and a ceiling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from json import JSONDecodeError
from typing import Any, TypeGuard

from csp_desktop.domain.cases.cases import Band, SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.plain_json import Placed, read_placed_json

BANDS = (Band.STANDARD, Band.MEDIUM, Band.HIGH)  # rising
MOST_OPTIONS = 10  # one digit answers
Answers = tuple[tuple[str, str], ...]  # factor key → option key, in the matrix's order


class Nature(Enum):
    """What a factor does (terms of reference): it drives the behaviour, or makes it worse."""

    MOTIVATING = "motivating"
    AGGRAVATING = "aggravating"


@dataclass(frozen=True)
class Option:
    """One answer to a factor. `forces` is the band it forces whatever the total, or none; `asks` what somebody has to
    be asked once it is given, such as whether the CMHT has been informed."""

    key: str
    label: str
    points: int
    forces: Band | None = None
    asks: str = ""


@dataclass(frozen=True)
class Factor:
    """One question, its answers in rising order; `group` gathers factors on screen. `applies_to` is empty where it is
    asked of everybody and every place."""

    key: str
    label: str
    group: str
    options: tuple[Option, ...]
    nature: Nature | None = None
    applies_to: tuple[SubjectType, ...] = ()

    @property
    def most(self) -> int:
        """The points of its worst answer."""
        return max(option.points for option in self.options)

    def option(self, key: str) -> Option | None:
        """The answer of that key."""
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True)
class BandRule:
    """From how many points a band begins, and after how many days it is scored again."""

    band: Band
    from_points: int
    review_days: int


@dataclass(frozen=True)
class Threshold:
    """A total above which more is asked than a band: the words stand beside professional judgement, never over it."""

    above: int
    words: str


@dataclass(frozen=True)
class Matrix:
    """One version of a matrix, as read from its file."""

    name: str
    issuer: str
    version: str
    valid_from: date
    illustrative: bool
    factors: tuple[Factor, ...]
    bands: tuple[BandRule, ...]  # rising
    threshold: Threshold | None = None

    @property
    def most(self) -> int:
        """The highest total there can be."""
        return sum(factor.most for factor in self.factors)

    def for_subject(self, subject: SubjectType) -> "Matrix":
        """The matrix without the factors that are not asked of such a subject: a place is answered whole, too."""
        asked = tuple(one for one in self.factors if not one.applies_to or subject in one.applies_to)
        return replace(self, factors=asked)

    def band_of(self, total: int) -> BandRule:
        """The band a total falls into."""
        return [rule for rule in self.bands if rule.from_points <= total][-1]

    def factor(self, key: str) -> Factor | None:
        """The factor of that key."""
        return next((one for one in self.factors if one.key == key), None)


@dataclass(frozen=True)
class RiskMatrixFile:
    """A matrix as a file keeps it: its text and who loaded it when. The newest valid one is used."""

    id: str
    name: str
    issuer: str
    version: str
    valid_from: date
    illustrative: bool
    text: str
    loaded_on: date
    loaded_by: str


class Scored:
    """What every scoring has: `total` is what was answered; `ceiling` what it would be if every unanswered factor were
    at its worst. An override stands beside the band the matrix gave, with name and reason."""

    on: date
    total: int
    ceiling: int
    band: Band
    override_band: Band | None

    @property
    def shown_band(self) -> Band:
        """The band that counts."""
        return self.override_band or self.band

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left unanswered that could add a point."""
        return self.ceiling == self.total

    @property
    def total_words(self) -> str:
        """'41', or '35+' while something is unanswered: an incomplete total never pretends."""
        return str(self.total) if self.is_whole else f"{self.total}+"


@dataclass(frozen=True)
class Assessment(Scored):
    """One scoring of one person."""

    id: str
    person_id: str
    on: date
    by: str
    matrix_id: str
    matrix_version: str
    answers: Answers
    total: int
    ceiling: int
    band: Band
    escalated_by: str = ""  # the label of the answer that forced the band
    override_band: Band | None = None
    override_by: str = ""
    override_reason: str = ""


@dataclass(frozen=True)
class Score:
    """What a set of answers comes to. `worst` is the band if every unanswered factor were at its worst."""

    total: int
    ceiling: int
    band: Band
    escalated_by: str
    unanswered: tuple[str, ...]  # labels
    worst: Band = Band.HIGH
    asks: tuple[str, ...] = ()  # what the answers given ask for, in the order of the factors

    @property
    def whole(self) -> bool:
        """Whether every factor is answered."""
        return not self.unanswered

    @property
    def words(self) -> str:
        """'41', or '35 to 41' while something is unanswered."""
        return str(self.total) if self.ceiling == self.total else f"{self.total} to {self.ceiling}"


@dataclass(frozen=True)
class Moved:
    """How one factor moved between two scorings. `points` is None where one of the two is unanswered."""

    label: str
    points: int | None
    words: str


def score(matrix: Matrix, answers: Mapping[str, str]) -> Score:
    """Total, ceiling and bands of answers (factor key → option key). Raises Refused when the matrix knows no such
    answer."""
    given, open_ones = [], []
    for factor in matrix.factors:
        key = answers.get(factor.key, "")
        option = factor.option(key)
        if option is not None:
            given.append((factor, option))
        elif key:
            raise Refused(f"The matrix has no answer “{key}” to “{factor.label}”. Choose one of those shown.")
        else:
            open_ones.append(factor)
    total = sum(option.points for _, option in given)
    ceiling = total + sum(factor.most for factor in open_ones)
    band, why = matrix.band_of(total).band, ""
    for factor, option in given:
        if option.forces and BANDS.index(option.forces) > BANDS.index(band):
            band, why = option.forces, f"{factor.label}: {option.label}"
    left = (option.forces for factor in open_ones for option in factor.options)
    worst = _highest((band, matrix.band_of(ceiling).band, *left))
    asks = tuple(dict.fromkeys(option.asks for _, option in given if option.asks))
    return Score(total, ceiling, band, why, tuple(factor.label for factor in open_ones), worst, asks)


def _highest(bands: Iterable[Band | None]) -> Band:
    return max((band for band in bands if band is not None), key=BANDS.index)


def what_moved(matrix: Matrix, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Moved, ...]:
    """The factors whose answers differ, the largest move first."""
    moved = []
    for factor in matrix.factors:
        old, new = factor.option(before.get(factor.key, "")), factor.option(after.get(factor.key, ""))
        if old == new:
            continue
        if old is None or new is None:
            said = new.label if new else "no longer answered"
            moved.append(Moved(factor.label, None, said))
        else:
            moved.append(Moved(factor.label, new.points - old.points, new.label))
    return tuple(sorted(moved, key=lambda m: (m.points is None, -abs(m.points or 0), m.label)))


def read_matrix(text: str) -> Matrix:
    """A matrix from its JSON file. Raises Refused, which says what is wrong and in which line."""
    try:
        said = read_placed_json(text)
    except ValueError as error:
        line = f" (line {error.lineno})" if isinstance(error, JSONDecodeError) else ""
        raise Refused(f"This is not a risk matrix file: it is not JSON{line}. Choose another file.") from error
    if not isinstance(said, Placed):
        raise Refused("This is not a risk matrix file: it needs a name, factors and bands.")
    factors = tuple(_factor(one, said, number) for number, one in enumerate(_list(said, "factors"), 1))
    bands = tuple(sorted((_band(one, said) for one in _list(said, "bands")), key=lambda rule: rule.from_points))
    for number, factor in enumerate(factors):
        if any(factor.key == other.key for other in factors[:number]):
            raise _wrong(said["factors"][number], f"Two factors of this matrix have the same key, “{factor.key}”")
    if bands[0].from_points != 0 or len({rule.band for rule in bands}) != len(bands):
        raise Refused("The bands of this matrix must begin at 0 points, and each may be listed once.")
    if [rule.band for rule in bands] != sorted((rule.band for rule in bands), key=BANDS.index):
        raise Refused("The bands of this matrix must rise with the points: Standard, Medium, High.")
    for subject in SubjectType:
        if not any(not one.applies_to or subject in one.applies_to for one in factors):
            raise Refused(f"This matrix has no factor for a {subject.value.lower()} case.")
    return Matrix(
        _text(said, "name"),
        _text(said, "issuer"),
        _text(said, "version"),
        _day(said),
        said.get("illustrative") is True,
        factors,
        bands,
        _threshold(said),
    )


def _factor(said: Any, around: Placed, number: int) -> Factor:
    where = f"factor {number}"
    options = tuple(_option(one, said, where) for one in _list(said, "options", where, around))
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise _wrong(said, f"The matrix’s {where} needs at least two answers, and ten at most")
    if len({option.key for option in options}) != len(options):
        raise _wrong(said, f"Two answers of the matrix’s {where} have the same key")
    nature = said.get("nature")
    if nature not in (None, *(one.value for one in Nature)):
        raise _wrong(said, f"The matrix’s {where} has a “nature” that is neither motivating nor aggravating")
    kinds = {one.value.lower(): one for one in SubjectType}
    applies = said.get("applies_to", [])
    if not isinstance(applies, list) or any(one not in kinds for one in applies):
        raise _wrong(said, f"The matrix’s {where} may have “applies_to” of victim, perpetrator and location only")
    return Factor(
        _text(said, "key", where),
        _text(said, "label", where),
        _text(said, "group", where, needed=False),
        options,
        Nature(nature) if nature else None,
        tuple(kinds[one] for one in applies),
    )


def _option(said: Any, around: Placed, where: str) -> Option:
    points = said.get("points") if isinstance(said, Placed) else None
    if not isinstance(said, Placed) or not _is_number(points, 0, 1000):
        place = said if isinstance(said, Placed) else around
        raise _wrong(place, f"An answer of the matrix’s {where} has no points, or not between 0 and 1000")
    forces = said.get("forces")
    return Option(
        _text(said, "key", where),
        _text(said, "label", where),
        points,
        _named_band(said, forces) if forces else None,
        _text(said, "asks", where, needed=False),
    )


def _band(said: Any, around: Placed) -> BandRule:
    start, days = (said.get("from"), said.get("review_days")) if isinstance(said, Placed) else (None, None)
    if not isinstance(said, Placed) or not _is_number(start, 0, 100_000) or not _is_number(days, 1, 3660):
        place = said if isinstance(said, Placed) else around
        raise _wrong(place, "Each band of the matrix needs “from” (points) and “review_days” (days)")
    return BandRule(_named_band(said, said.get("band")), start, days)


def _threshold(said: Placed) -> Threshold | None:
    found = said.get("threshold")
    if found is None:
        return None
    if not isinstance(found, Placed) or not _is_number(found.get("above"), 0, 100_000):
        raise _wrong(found if isinstance(found, Placed) else said, "The matrix’s “threshold” needs “above” (points)")
    return Threshold(found["above"], _text(found, "words", "threshold"))


def _is_number(value: Any, least: int, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _named_band(said: Placed, name: Any) -> Band:
    try:
        return Band(name)
    except ValueError as error:
        raise _wrong(said, f"The matrix names a band “{name}”. It may be Standard, Medium or High") from error


def _list(said: Any, key: str, where: str = "matrix", around: Placed | None = None) -> list[Any]:
    found = said.get(key) if isinstance(said, Placed) else None
    if not isinstance(found, list) or not found:
        raise _wrong(said if isinstance(said, Placed) else around, f"The {where} has no “{key}”")
    return found


def _text(said: Placed, key: str, where: str = "matrix", *, needed: bool = True) -> str:
    found = said.get(key, None if needed else "")
    if not isinstance(found, str) or (needed and not found.strip()):
        raise _wrong(said, f"The {where} has no “{key}”")
    return " ".join(found.split())


def _day(said: Placed) -> date:
    try:
        return date.fromisoformat(_text(said, "valid_from"))
    except ValueError as error:
        raise _wrong(said, "The matrix’s “valid_from” is not a date of the form 2026-11-26") from error


def _wrong(said: Placed | None, words: str) -> Refused:
    return Refused(f"{words} (line {said.line if said is not None else 1}).")
