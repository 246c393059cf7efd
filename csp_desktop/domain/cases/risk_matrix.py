"""A versioned risk matrix: factors with options and points, bands, hard escalators, review days. It is data, not code.

A score keeps the version it was made with and is never recomputed. A factor without an answer is shown as unanswered
and never counted as nothing silently: the total then has a floor and a ceiling.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.plain_json import read_json

Answers = tuple[tuple[str, str], ...]  # factor key → option key, in the matrix's order


@dataclass(frozen=True)
class Option:
    """One answer to a factor. `forces` is the band it forces whatever the total, or none."""

    key: str
    label: str
    points: int
    forces: Band | None = None


@dataclass(frozen=True)
class Factor:
    """One question, its answers in rising order; `group` gathers factors on screen."""

    key: str
    label: str
    group: str
    options: tuple[Option, ...]

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
class Matrix:
    """One version of a matrix, as read from its file."""

    name: str
    issuer: str
    version: str
    valid_from: date
    illustrative: bool
    factors: tuple[Factor, ...]
    bands: tuple[BandRule, ...]  # rising

    @property
    def most(self) -> int:
        """The highest total there can be."""
        return sum(max(option.points for option in factor.options) for factor in self.factors)

    def band_of(self, total: int) -> BandRule:
        """The band a total falls into."""
        return [rule for rule in self.bands if rule.from_points <= total][-1]

    def factor(self, key: str) -> Factor | None:
        """The factor of that key."""
        return next((one for one in self.factors if one.key == key), None)


@dataclass(frozen=True)
class RiskMatrixFile:
    """A matrix as the private file keeps it: its text and who loaded it when. The newest valid one is used."""

    id: str
    name: str
    issuer: str
    version: str
    valid_from: date
    illustrative: bool
    text: str
    loaded_on: date
    loaded_by: str


@dataclass(frozen=True)
class Assessment:
    """One scoring of one person. `total` is what was answered; `ceiling` what it would be if every unanswered factor
    were at its worst. An override stands beside the band the matrix gave, with name and reason."""

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

    @property
    def shown_band(self) -> Band:
        """The band that counts."""
        return self.override_band or self.band

    @property
    def total_words(self) -> str:
        """'41', or '35+' while something is unanswered: an incomplete total never pretends."""
        return str(self.total) if self.ceiling == self.total else f"{self.total}+"


@dataclass(frozen=True)
class Score:
    """What a set of answers comes to."""

    total: int
    ceiling: int
    band: Band
    escalated_by: str
    unanswered: tuple[str, ...]  # labels


@dataclass(frozen=True)
class Moved:
    """How one factor moved between two scorings. `points` is None where one of the two is unanswered."""

    label: str
    points: int | None
    words: str


def score(matrix: Matrix, answers: Mapping[str, str]) -> Score:
    """Total, ceiling and band of answers (factor key → option key). Raises Refused when the matrix knows no such
    answer."""
    total = ceiling = 0
    forced: tuple[Band, str] | None = None
    unanswered = []
    order = [rule.band for rule in matrix.bands]
    for factor in matrix.factors:
        key = answers.get(factor.key, "")
        if not key:
            unanswered.append(factor.label)
            ceiling += max(option.points for option in factor.options)
            continue
        option = factor.option(key)
        if option is None:
            raise Refused(f"The matrix has no answer “{key}” to “{factor.label}”. Choose one of those shown.")
        total += option.points
        ceiling += option.points
        if option.forces and (forced is None or order.index(option.forces) > order.index(forced[0])):
            forced = (option.forces, f"{factor.label}: {option.label}")
    band, why = matrix.band_of(total).band, ""
    if forced and order.index(forced[0]) > order.index(band):
        band, why = forced
    return Score(total, ceiling, band, why, tuple(unanswered))


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
    """A matrix from its JSON file. Raises Refused, which says what is wrong and where."""
    try:
        said = read_json(text)
    except ValueError as error:
        raise Refused("This is not a risk matrix file: it is not JSON. Choose another file.") from error
    if not isinstance(said, dict):
        raise Refused("This is not a risk matrix file: it needs a name, factors and bands.")
    factors = tuple(_factor(one, number) for number, one in enumerate(_list(said, "factors"), 1))
    bands = tuple(sorted((_band(one) for one in _list(said, "bands")), key=lambda rule: rule.from_points))
    if len({factor.key for factor in factors}) != len(factors):
        raise Refused("Two factors of this matrix have the same key. Give each its own key.")
    if bands[0].from_points != 0 or len({rule.band for rule in bands}) != len(bands):
        raise Refused("The bands of this matrix must begin at 0 points, and each may be listed once.")
    return Matrix(
        _text(said, "name"),
        _text(said, "issuer"),
        _text(said, "version"),
        _day(said),
        bool(said.get("illustrative")),
        factors,
        bands,
    )


def _factor(said: Any, number: int) -> Factor:
    where = f"factor {number}"
    options = tuple(_option(one, where) for one in _list(said, "options", where))
    if len(options) < 2:
        raise Refused(f"The matrix's {where} needs at least two answers.")
    return Factor(_text(said, "key", where), _text(said, "label", where), str(said.get("group", "")), options)


def _option(said: Any, where: str) -> Option:
    points = said.get("points") if isinstance(said, dict) else None
    if not isinstance(points, int) or isinstance(points, bool) or not 0 <= points <= 1000:
        raise Refused(f"An answer of the matrix's {where} has no points, or not between 0 and 1000.")
    forces = said.get("forces")
    band = _named_band(forces) if forces else None
    return Option(_text(said, "key", where), _text(said, "label", where), points, band)


def _band(said: Any) -> BandRule:
    start, days = (said.get("from"), said.get("review_days")) if isinstance(said, dict) else (None, None)
    if not isinstance(start, int) or not isinstance(days, int) or days < 1:
        raise Refused("Each band of the matrix needs “from” (points) and “review_days” (days).")
    return BandRule(_named_band(said.get("band")), start, days)


def _named_band(name: Any) -> Band:
    try:
        return Band(name)
    except ValueError as error:
        raise Refused(f"The matrix names a band “{name}”. It may be Standard, Medium or High.") from error


def _list(said: Any, key: str, where: str = "matrix") -> list[Any]:
    found = said.get(key) if isinstance(said, dict) else None
    if not isinstance(found, list) or not found:
        raise Refused(f"The {where} has no “{key}”.")
    return found


def _text(said: Any, key: str, where: str = "matrix") -> str:
    found = said.get(key) if isinstance(said, dict) else None
    if not isinstance(found, str) or not found.strip():
        raise Refused(f"The {where} has no “{key}”.")
    return found.strip()


def _day(said: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(_text(said, "valid_from"))
    except ValueError as error:
        raise Refused("The matrix's “valid_from” is not a date of the form 2026-11-26.") from error
