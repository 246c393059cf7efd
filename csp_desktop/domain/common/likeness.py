"""How alike two references, people, agencies or places are: the one place that says from where on a person is asked."""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import assert_never

Likeness = Callable[[str, str], float]  # from 0 to 1
Near = Callable[[Sequence[str], Sequence[str]], Sequence[str]]  # which of the second is one typing error from the first
LEAST_FIGURES = 3  # that a shortened number must still have
SAME, OTHER_ORDER, NEARLY_SAME = "the same name", "the same names in another order", "almost the same name"
_NEARLY, _BEGINNING = 0.82, 4  # so alike, and with so many first letters in common
SAME_PLACE, SAME_STREET, NEARLY_SAME_PLACE = "the same place", "the same street", "almost the same place"
_LONG_ENOUGH = 8  # letters of a name in which one may be mistyped


class Of(Enum):
    """What two texts are."""

    REFERENCES = "references"
    PEOPLE = "people"
    AGENCIES = "agencies"
    PLACES = "places"


def same_words(one: str, other: str) -> float:
    """How alike two names are where nothing better is handed in: 1 for the same words, else 0."""
    return float(" ".join(one.split()).casefold() == " ".join(other.split()).casefold())


def none_near(_forms: Sequence[str], _words: Sequence[str]) -> Sequence[str]:
    """Where nothing better is handed in no word is near another."""
    return ()


def why_alike(of: Of, one: str, other: str, likeness: Likeness = same_words) -> str:
    """Why two references, names of people (folded, without titles), names of agencies or addresses may be one, in
    words; empty where they are simply two."""
    match of:
        case Of.REFERENCES:
            return _references(one, other)
        case Of.PEOPLE:
            return _people(one, other, likeness)
        case Of.AGENCIES:
            return "the agency's name is very similar" if _agencies(one, other, likeness) else ""
        case Of.PLACES:
            return _places(one, other, likeness)
        case _:
            assert_never(of)


def _references(one: str, other: str) -> str:
    """Mangled on the way. Of two numbers of one length a single other figure says nothing: they are given one after
    the other."""
    a, b = (text.removeprefix("SN-").split("-") for text in (one, other))
    if len(a) != 2 or len(b) != 2 or a[0] != b[0] or a[1] == b[1]:
        return ""
    number, other_number = a[1], b[1]
    if int(number) == int(other_number):
        return "a leading zero is missing"
    if len(number) != len(other_number):
        short, long = sorted((number, other_number), key=len)
        return "digits are missing at the end" if len(short) >= LEAST_FIGURES and long.startswith(short) else ""
    differ = [place for place, pair in enumerate(zip(number, other_number, strict=True)) if pair[0] != pair[1]]
    if len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(number) == sorted(other_number):
        return "two digits are swapped"
    return ""


def _people(one: str, other: str, likeness: Likeness) -> str:
    if one == other:
        return SAME
    if sorted(one.split()) == sorted(other.split()):
        return OTHER_ORDER
    return NEARLY_SAME if is_near(one, other) or likeness(one, other) >= _NEARLY else ""


def is_near(one: str, other: str) -> bool:
    """Whether two names differ by no more than one letter that was left out, added, changed or swapped with the next;
    in short ones by nothing."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG_ENOUGH or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:] and len(left) > 1
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _agencies(one: str, other: str, likeness: Likeness) -> bool:
    """What two names do not share is missing in one, or shortened, or mistyped. 'Watford Borough Council' and
    'Testford Borough Council' are two."""
    a, b = (re.findall(r"[^\W_]+", name.casefold()) for name in (one, other))
    if not set(a) & set(b):
        return likeness(one, other) >= _NEARLY
    rest, others = [word for word in a if word not in b], [word for word in b if word not in a]
    if not rest or not others:
        return True
    short, long = sorted((rest, others), key=lambda words: len("".join(words)))
    if "".join(short) == "".join(word[0] for word in long):
        return True
    begins = len(short) == len(long) == 1 and short[0][:_BEGINNING] == long[0][:_BEGINNING]
    return begins or likeness(" ".join(rest), " ".join(others)) >= _NEARLY


_WAYS = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "cl": "close",
    "ct": "court",
    "cres": "crescent",
    "dr": "drive",
    "gdns": "gardens",
    "ln": "lane",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "hse": "house",
}


def _places(one: str, other: str, likeness: Likeness) -> str:
    """Two numbers of one street are two places; a street alone may be either."""
    (numbers, street), (other_numbers, other_street) = _address(one), _address(other)
    if not street or not other_street:
        return ""
    is_same = street == other_street
    if not is_same and not is_near(street, other_street) and likeness(street, other_street) < _NEARLY:
        return ""
    if numbers == other_numbers:
        return SAME_PLACE if is_same else NEARLY_SAME_PLACE
    return SAME_STREET if is_same and (not numbers or not other_numbers) else ""


def _address(text: str) -> tuple[frozenset[str], str]:
    """Its numbers, and the rest in small words in full: '12 Vicarage Rd.' is 12 and 'vicarage road'."""
    words = re.findall(r"[^\W_]+", text.casefold())
    numbers = frozenset(word for word in words if any(letter.isdigit() for letter in word))
    street = [word for word in words if word not in numbers and word != "flat"]
    return numbers, " ".join(_WAYS.get(word, word) if at else word for at, word in enumerate(street))
