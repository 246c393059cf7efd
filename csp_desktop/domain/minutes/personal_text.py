"""Finds what may tell who a person is in any text that leaves: minutes, letters, board papers, a public page.

It looks for what has a form: a title with a name, names of this file, house numbers, telephone numbers, dates of birth,
mail addresses, postcodes, NHS and National Insurance numbers. A name it does not know and that bears no title it cannot
see, and the help says so. A person decides at each place.

Private papers name nobody: names typed into a note become initials, and a person a reader may not hear of becomes
"someone else". The words are changed before anything is printed, so nothing stands beneath what can be read.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import TITLES

SOMEONE = "someone else"
LEAST_LETTERS = 3  # of a part of a name that is taken for the name
NO_NAMES = frozenset({"unknown", "man", "woman", "person", "young", "old", "the", "and", "von", "van"})


@dataclass(frozen=True)
class Known:
    """One person of the private file by everything they may be called."""

    person_id: str
    names: tuple[str, ...]  # the known name first, then the aliases
    initials: str
    reference: str


class InitialsOnly:
    """Changes texts for one reader. `readable` are the ids of the people they may hear of, None for all; `spared` are
    words that are also names of people at the table: a colleague's first name is left alone.
    """

    def __init__(
        self, people: Sequence[Known], readable: Collection[str] | None = None, spared: Iterable[str] = ()
    ) -> None:
        self._readable = readable
        left_alone = {folded(word) for words in spared for word in _words(words)} | NO_NAMES
        self._whole = _changer([(name, self._stands_for(one)) for one in people for name in _wholes(one)])
        parts = [(part, self._stands_for(one)) for one in people for part in _parts(one) if part not in left_alone]
        self._part = _changer(parts, lambda said: said[:1].isupper())
        hidden = [one for one in people if readable is not None and one.person_id not in readable]
        shown = {one.initials for one in people if one not in hidden}
        marks = [one.reference for one in hidden] + [one.initials for one in hidden if one.initials not in shown]
        marks += [mark.replace(".", "") for mark in marks]  # KB is K.B.
        self._mark = _changer([(mark, SOMEONE) for mark in marks if len(mark) > 1], str.isupper)

    def _stands_for(self, one: Known) -> str:
        return one.initials if self._readable is None or one.person_id in self._readable else SOMEONE

    def __call__(self, text: str) -> str:
        """The text without a name."""
        return self._mark(self._part(self._whole(unicodedata.normalize("NFC", text)))) if text else text


def _changer(
    pairs: Sequence[tuple[str, str]], meant: Callable[[str], bool] = lambda said: True
) -> Callable[[str], str]:
    """Replaces each of the words as a whole, the longest first, where it is `meant`; accents make no difference."""
    by_word: dict[str, str] = {}
    for word, stands_for in pairs:
        by_word.setdefault(folded(word), stands_for)
    if not by_word:
        return lambda text: text
    longest = sorted(by_word, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest) + r")(?!\w)", re.IGNORECASE
    )

    def change(text: str) -> str:
        plain = same_length(text)

        def put(found: re.Match[str]) -> str:
            said = text[found.start() : found.end()]
            if not meant(said):
                return said
            return by_word[folded(" ".join(found.group().split()))]

        changed, at = [], 0
        for found in pattern.finditer(plain):
            words = put(found)
            changed += [text[at : found.start()], words]
            at = found.end() + (words.endswith(".") and text[found.end() : found.end() + 1] == ".")
        return "".join([*changed, text[at:]])

    return change


def same_length(text: str) -> str:
    """Each letter without its accents; a letter that becomes two stays as it is, so that places do not move."""
    return "".join(plain if len(plain := folded(c)) == 1 and not c.isupper() else _upper(c) for c in text)


def _upper(letter: str) -> str:
    plain = folded(letter).upper()
    return plain if len(plain) == 1 else letter


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s\-,.]+", name) if word]


def _wholes(one: Known) -> list[str]:
    """Names as they were entered; one of several words counts in any writing, a single one only as a part does."""
    return [" ".join(name.split()) for name in one.names if len(_words(name)) > 1]


def _parts(one: Known) -> list[str]:
    """The words of names, of a description ('unknown man, bridge') those with a capital."""
    found = [(word, len(_words(name)) == 1) for name in one.names for word in _words(name)]
    return [folded(word) for word, alone in found if len(word) >= LEAST_LETTERS and (alone or word[0].isupper())]


class Mark(Enum):
    """What a place may be, in words for the person who decides."""

    TITLED = "a title with a name"
    KNOWN = "a name in this file"
    MEMBER = "a member’s name"
    HOUSE = "a house number"
    TELEPHONE = "a telephone number"
    BIRTH = "a date of birth"
    MAIL = "an email address"
    POSTCODE = "a postcode"
    NUMBER = "an NHS or National Insurance number"


@dataclass(frozen=True)
class Text:
    """One text as it is printed. `section_id` and `field` say where it stands, `case_id` whom it is about; `members`
    when the names of members belong there: who does an action, who was present, who dissents."""

    words: str
    field: str
    section_id: str = ""
    section: str = ""  # its heading, for people
    case_id: str = ""
    members: bool = False
    number: str = ""  # the section's


@dataclass(frozen=True)
class Hit:
    """One place to look at: the characters from `start` to `end` of the text."""

    text: Text
    mark: Mark
    start: int
    end: int

    @property
    def words(self) -> str:
        """What stands there."""
        return self.text.words[self.start : self.end]


@dataclass(frozen=True)
class Names:
    """The names a file knows. `people` are names that no paper may bear, `members` those of people at the table,
    `spared` what is no person though it looks like one: agencies, the partnership; `places` what may be printed with a
    house number: the venue."""

    people: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


Span = tuple[int, int]

_WORD = r"[^\W\d_]"  # a letter of any script
_NAME = rf"{_WORD}(?:[\w'’\-]*\w)?\.?"
_TITLE = r"Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Revd|Sir|Lady|Lord|Dame|Prof|Professor|Madam"
_TITLED = re.compile(rf"(?<![\w'’])({_TITLE}|{_TITLE.upper()}|mr|mrs)\.?\s+({_NAME}(?:[ \-]{_NAME})*)")
_STREET = (
    "Road|Street|Lane|Avenue|Close|Way|Drive|Gardens|Court|Crescent|Terrace|Place|Walk|Hill|Rise|Grove|Mews|Square|"
    "Parade|Row|Green|View|Park|Path|Crest|End|Rd|Ave|Cres|Gdns"
)
_BUILDING = "School|Academy|Surgery|House|Hospital|Hall|Centre|Church|Wharf|Bridge|Field|Fields|Ward|Estate"
_PLACE = frozenset(f"{_STREET}|{_BUILDING}".split("|"))
_PLACE_TITLES = frozenset({"miss", "lady", "lord", "sir"})  # 'Miss Lane', 'Lady's Close'
_NOBODY = frozenset({"chair", "chairman", "speaker", "mayor", "and", "or", "who", "that", "was", "is", "has", "of"})
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|"
    "Aug|Sept|Sep|Oct|Nov|Dec"
)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_HOUSE_NUMBER = r"\d{1,3}[A-Za-z]?(?:\s?[-/–]\s?\d{1,3}[A-Za-z]?)?"
_COURTS = "Magistrates|Magistrates'|Magistrates’|Crown|County|High|Youth|Family|Youth's"
_HOUSES = (
    re.compile(  # 27 Vicarage Road
        rf"(?<![\w:./£-]){_HOUSE_NUMBER},?\s+(?!(?:{_MONTH}|{_DAYS})\b)(?:[A-Z][\w'’.\-]*\s+){{1,3}}?(?:{_STREET})\b"
    ),
    re.compile(  # 27 vicarage road, as typed in haste
        rf"(?<![\w:./£-]){_HOUSE_NUMBER}\s+(?!(?:more|new|the|main|busy|other|side|further|minor|serious)\b)[a-z]+\s+"
        r"(?:road|avenue|crescent|rd|ave)\b(?!\s+(?:closures?|works?|traffic|safety|signs?|users?))"
    ),
    re.compile(rf"(?:{_STREET}),?\s+{_HOUSE_NUMBER}(?=\s*(?:[.,;)]|$))(?!\.\d)"),  # Vicarage Road 27.
    re.compile(
        rf"\b(?:[Ff]lat|FLAT|[Aa]partment|[Aa]pt\.?|[Bb]edsit|[Mm]aisonette)\s+(?:[Nn]o\.?\s*)?{_HOUSE_NUMBER}\b"
    ),
    re.compile(  # No. 27, but not case no. 3 or bus number 10
        r"(?<![\w'’])(?<!(?i:action) )(?<!(?i:item) )(?<!(?i:case) )(?<!(?i:bus) )(?<!(?i:route) )(?<!(?i:clause) )"
        r"(?<!(?i:copy) )(?<!(?i:version) )(?<!(?i:form) )(?<!(?i:priority) )(?<!(?i:crime) )(?<!(?i:log) )"
        r"(?<!(?i:objective) )(?<!(?i:reference) )"
        rf"(?:[Nn]o\.\s?|No\s|[Nn]umber\s|№\s?){_HOUSE_NUMBER}\b(?!\s+(?:of|in|on|bus|reports?|visits?|calls?)\b)"
    ),
    re.compile(  # the family at 14
        r"\b(?:famil(?:y|ies)|households?|neighbours?|tenants?|residents?|occupiers?|house|property|address)\s+"
        rf"(?:at|of|from|in)\s+(?:number\s+)?{_HOUSE_NUMBER}\b(?![:.]\d|\s*(?:am|pm|years|days|weeks|months|[A-Z]))"
    ),
)
_TELEPHONE = re.compile(r"(?<![\w/.\-])(?:\+44|0044|\(?0)[\s().\-]*\d(?:[\s().\-]{0,2}\d){8,9}(?![\w/])")
_PUBLIC_NUMBER = re.compile(r"0(?:3|8)")  # a charge code of organisations: 0300, 0345, 0800
_DAY = (
    rf"(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})\.?,?"
    rf"\s+\d{{2,4}}|(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)
_BIRTH = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|birthday|born)(?:\s+(?:is|was|on))?\s*[:(\-]?\s*(?:{_DAY}|(?:in\s+)?"
    r"(?:19|20)\d{2}\b)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+'’\-])[\w.+'’\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+")
_POSTCODE = re.compile(
    r"(?<![\w\-])(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2})(?!\w)"
)
_INSURANCE = re.compile(
    r"(?<![\w\-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D](?!\w)", re.IGNORECASE
)
_HEALTH = re.compile(
    r"(?<![\w/.\-])(?P<named>NHS\s*(?:no\.?|number)?\s*:?\s*)?(?P<digits>\d{3}[ \-]?\d{3}[ \-]?\d{4})(?!\w)"
)


def find(texts: Iterable[Text], names: Names = Names()) -> tuple[Hit, ...]:
    """Every place to look at, in the order of the texts; no two of them overlap."""
    looks = _Looks(names)
    return tuple(hit for text in texts for hit in looks.at(text))


class _Looks:
    """The names of one file, made ready once for many texts."""

    def __init__(self, names: Names) -> None:
        self._people = _pattern(_names_of_people(names.people, names.members))
        self._members = _pattern([name for whole in names.members if len((name := _unranked(whole)).split()) > 1])
        self._surnames = {folded(words[-1]) for whole in names.members if (words := _unranked(whole).split())}
        self._spared = _pattern(names.spared)
        self._places = _pattern(names.places)

    def at(self, text: Text) -> list[Hit]:
        """The places of one text, composed as it is printed."""
        text = replace(text, words=unicodedata.normalize("NFC", text.words))
        plain = same_length(text.words)
        spared, places = _spans(self._spared, plain), _spans(self._places, plain)
        members = _spans(self._members, plain)
        found = [*self._titled(text), *_formed(text.words)]
        found += [(Mark.KNOWN, span) for span in _spans(self._people, plain) if text.words[span[0]].isupper()]
        if text.members:
            spared += members
        else:
            found += [(Mark.MEMBER, span) for span in members]
        hits: list[Hit] = []
        for mark, (start, end) in sorted(found, key=lambda one: (one[1][0], -one[1][1])):
            sparing = [*spared, *places] if mark in (Mark.HOUSE, Mark.POSTCODE) else spared
            covered = any(start < to and end > since for since, to in sparing)
            if not covered and not (hits and start < hits[-1].end):
                hits.append(Hit(text, mark, start, end))
        return hits

    def _titled(self, text: Text) -> Iterator[tuple[Mark, Span]]:
        for found in _TITLED.finditer(text.words):
            kept = _name_after(found[1], found[2])
            if not kept or text.members and _surname(kept[-1]) in self._surnames:
                continue
            yield Mark.TITLED, (found.start(), found.start(2) + found[2].index(kept[-1]) + len(kept[-1].rstrip(".")))


def _name_after(title: str, words: str) -> list[str]:
    """The words after a title that are its name; none for 'Mr Chair', a place, or initials alone, which are meant."""
    kept: list[str] = []
    for word in words.split():
        if not word[0].isupper() and not (title in ("mr", "mrs") and not kept):
            break
        kept.append(word)
        if word.endswith(".") and len(word) > 2:
            break
    if not kept or folded(kept[0].rstrip(".")) in _NOBODY:
        return []
    if title.casefold() in _PLACE_TITLES and _bare(kept[-1]) in _PLACE:
        return []
    if len(kept) > 1 and title.casefold() in ("dr", "rev") and _bare(kept[-1]) in _PLACE:
        return []
    return [] if all(_is_initials(word) for word in kept) else kept


def _surname(word: str) -> str:
    """'raman' of 'Raman', 'Raman.' and 'Raman’s'."""
    return folded(word.rstrip(".").removesuffix("'s").removesuffix("’s"))


def _bare(word: str) -> str:
    return word.rstrip(".,")


def _is_initials(word: str) -> bool:
    """'K.', 'KB', 'K.B.'; 'Ng' and 'NG' after a title in capitals alone cannot be told apart, so 'NG' passes."""
    letters = word.replace(".", "")
    return len(letters) <= 1 or len(letters) <= LEAST_LETTERS and letters.isupper() and letters.isascii()


def _formed(words: str) -> Iterator[tuple[Mark, Span]]:
    """What has a form of its own."""
    for look in _HOUSES:
        for found in look.finditer(words):
            if not re.search(rf"(?:{_COURTS})\s+Court$", found[0]):
                yield Mark.HOUSE, found.span()
    yield from ((Mark.TELEPHONE, f.span()) for f in _TELEPHONE.finditer(words) if not _PUBLIC_NUMBER.match(f[0]))
    yield from ((Mark.BIRTH, f.span()) for f in _BIRTH.finditer(words))
    yield from ((Mark.MAIL, f.span()) for f in _MAIL.finditer(words))
    yield from ((Mark.POSTCODE, f.span()) for f in _POSTCODE.finditer(words))
    yield from ((Mark.NUMBER, f.span()) for f in _INSURANCE.finditer(words))
    yield from ((Mark.NUMBER, f.span()) for f in _HEALTH.finditer(words) if f["named"] or _is_nhs(f["digits"]))


def _is_nhs(digits: str) -> bool:
    """Ten digits of which the last one checks the others (modulus 11), as every NHS number's does."""
    numbers = [int(d) for d in digits if d.isdigit()]
    check = 11 - sum(n * weight for n, weight in zip(numbers, range(10, 1, -1), strict=False)) % 11
    return check % 11 == numbers[9]


def _unranked(name: str) -> str:
    """'PS Dan Holt' → 'Dan Holt'"""
    return " ".join(word for word in name.split() if word.rstrip(".") not in TITLES)


def _names_of_people(people: Sequence[str], members: Sequence[str]) -> list[str]:
    """Whole names, and their words where they are names by themselves and no colleague's."""
    colleagues = {folded(word) for name in members for word in name.replace("-", " ").split()} | NO_NAMES
    found = list(people)
    for name in people:
        words = re.split(r"[\s\-,.]+", name)
        found += [w for w in words if len(w) >= LEAST_LETTERS and w[0].isupper() and folded(w) not in colleagues]
    return [name for name in dict.fromkeys(found) if name.strip()]


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    """Any of these as whole words, the longest first; accents and writing make no difference."""
    wanted = {" ".join(folded(name).split()) for name in names} - {""}
    if not wanted:
        return None
    longest = sorted(wanted, key=lambda name: (-len(name), name))
    any_of = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def _spans(pattern: re.Pattern[str] | None, plain: str) -> list[Span]:
    return [found.span() for found in pattern.finditer(plain)] if pattern else []
