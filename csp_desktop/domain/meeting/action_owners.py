"""Whom the beginning of an action line names: 'dh', 'dh & sl', 'PC Hart', 'police', 'chair'.

Whoever is named for certain is taken; who may be meant (a typing error, the beginning of a name, a name that is also a
word, two people of one name) is offered and never taken by itself. The first one leads, the others are with them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from csp_desktop.domain.meeting.line_words import (
    ABBREVIATIONS,
    AFTER_AS,
    AFTER_VERBS,
    COMMON_SURNAMES,
    FIRST_WORDS,
    HELPERS,
    NAMES_AS_WORDS,
    NOUNS_TOO,
    SMALL_WORDS,
    VERBS,
    WORDS_AS_INITIALS,
)
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import TITLES, AgencyKind, initials

SHARED = "Several people may be meant: choose one"
LIKELY = "This may be a name: choose the officer, or write another"
NOT_THIS_NAME = "Nobody on the list has this first name and surname: choose the officer"
UNKNOWN = "Nobody here has this name or these initials: choose the officer"

_RANKS = {
    "sgt": "ps",
    "sergeant": "ps",
    "constable": "pc",
    "inspector": "insp",
    "superintendent": "supt",
    "doctor": "dr",
    "councillor": "cllr",
    "professor": "prof",
    "reverend": "rev",
}
_TITLES = frozenset(_RANKS.get(folded(title), folded(title)) for title in TITLES)
_CIVIL = frozenset(["mr", "mrs", "ms", "miss", "mx"])  # fit everybody, whatever their rank
_CHAIR = frozenset(["chair", "the chair"])
_MINUTE_TAKER = frozenset(["minute taker", "the minute taker", "minutetaker"])
# agencies of these kinds are named by what they are
_KINDS = frozenset([AgencyKind.POLICE, AgencyKind.COUNCIL, AgencyKind.HOUSING, AgencyKind.PROBATION, AgencyKind.FIRE])
_OF_NAMES = frozenset(["of", "and", "the", "for", "&", "in"])

_JOINERS = frozenset(["&", "+", "/", "and", "with"])
_SIGNS = frozenset(["&", "+", "/"])
_TOKEN = re.compile(r"[^\s/&+]+|[/&+]")
_LONGEST = 7  # words in a name with its rank, or in an agency's
_LEAST_SURNAME = 3  # letters
_LEAST_MISTYPED = 4  # letters: of shorter names one letter is too much


@dataclass(frozen=True)
class Person:
    """Someone who can be given an action. `here`: in the room; `leads`: first of those their agency sends."""

    id: str
    name: str
    agency: str = ""
    agency_name: str = ""
    kind: AgencyKind | None = None
    here: bool = True
    chairs: bool = False
    takes_minutes: bool = False
    leads: bool = False

    @cached_property
    def initials(self) -> str:
        """'RN'"""
        return initials(self.name)

    @cached_property
    def typed_initials(self) -> frozenset[str]:
        """Each way their initials are typed: 'nrp' and 'np' for Nina Ross-Perry, 'sod' and 'so' for Siobhán O'Dea."""
        words = [w for w in self.name.split() if w.rstrip(".") not in TITLES] or self.name.split()
        dashed = [part for word in words for part in word.split("-") if part]
        apart = [part for word in words for part in re.split(r"[-'’]", word) if part]
        capitals = "".join(letter for word in words for letter in word if letter.isupper())
        several = {"".join(part[0] for part in parts) for parts in (words, dashed, apart)}
        several |= {words[0][0] + words[-1][0], capitals if len(capitals) <= 5 else ""}
        return frozenset(folded(one) for one in (self.initials, *(s for s in several if len(s) > 1)))

    @cached_property
    def typed_names(self) -> tuple[str, ...]:
        """The words of the name as they are compared with what is typed."""
        return tuple(_plain(self.name).split())

    @cached_property
    def ranks(self) -> tuple[str, ...]:
        """'ps', 'dr'"""
        return tuple(word for word in self.typed_names if word in _TITLES)

    @cached_property
    def given(self) -> tuple[str, ...]:
        """'dan': the first name, where there is a surname too"""
        words = [word for word in self.typed_names if word not in _TITLES]
        return tuple(words[:1]) if len(words) > 1 else ()

    @cached_property
    def forms(self) -> frozenset[str]:
        """What names them: in full, by first name, surname, or rank and name."""
        words = [word for word in self.typed_names if word not in _TITLES]
        if not words:
            return frozenset([" ".join(self.typed_names)])
        first, last, surname = words[0], words[-1], " ".join(words[1:]) or words[0]
        plain = {" ".join(words), first, last, surname, f"{first} {last}", f"{first} {last[0]}"}
        ranked = {f"{rank} {form}" for rank in self.ranks for form in plain}
        return frozenset((*plain, *ranked, " ".join(self.typed_names)))

    @cached_property
    def offices(self) -> frozenset[str]:
        """What they are at the meeting: 'chair', 'the minute-taker'."""
        return (_CHAIR if self.chairs else frozenset()) | (_MINUTE_TAKER if self.takes_minutes else frozenset())

    @cached_property
    def homes(self) -> frozenset[str]:
        """What names their agency: its name, short name, initials, and what it is."""
        words = [word for word in _plain(self.agency_name).split() if word not in _OF_NAMES]
        short = "".join(word[0] for word in words) if len(words) > 1 else ""
        kind = self.kind.value if self.kind in _KINDS and self.kind is not None else ""
        named = {_plain(self.agency), _plain(self.agency_name), "" if short in _TITLES else short, kind} - {""}
        return frozenset(named | {f"the {name}" for name in named})

    def told_apart(self) -> str:
        """'Dee Hart, Housing'"""
        return f"{self.name}, {self.agency}" if self.agency else self.name


@dataclass(frozen=True)
class Owners:
    """Who is named at the beginning of a line: those taken, the first leads; whom to choose from where that is not
    clear, and why it waits; and where in the line their names end."""

    people: tuple[Person, ...]
    offered: tuple[Person, ...]
    wait: str
    end: int


@dataclass(frozen=True)
class _Token:
    bare: str  # as it is compared
    start: int
    end: int
    mark: str  # ',' or ':' after it


@dataclass(frozen=True)
class _Mention:
    """One owner named by so many tokens: the person, or those who may be meant."""

    people: tuple[Person, ...]
    count: int
    wait: str = ""
    stays: bool = False  # what was typed stays in the line until somebody is chosen


def owners(text: str, people: Sequence[Person], chosen: Sequence[str] = ()) -> Owners:
    """Who is meant by the beginning of a line. `chosen`: the ids of people picked by hand, where they may be meant, the
    latest first."""
    tokens = _tokens(text)
    mentions, ends, at = list[_Mention](), list[int](), 0
    joiner = ""
    while True:
        found = _mention(text, tokens[at:], people, chosen, joiner, first=not mentions)
        if found is None:
            break
        mentions.append(found)
        at += found.count
        ends.append(tokens[at - 1].end if at else 0)
        if found.wait or not found.count or tokens[at - 1].mark in (":", ";") or at >= len(tokens):
            break
        joiner = tokens[at].bare if tokens[at].bare in _JOINERS else tokens[at - 1].mark
        at += tokens[at].bare in _JOINERS
    while (
        mentions and not mentions[-1].wait and mentions[-1].count and _within_word(text, ends[-1])
    ):  # 'dh/visit' names nobody
        mentions.pop()
        ends.pop()
    if not mentions:
        return _unknown(tokens, people, chosen)
    last = mentions[-1]
    taken = tuple(dict.fromkeys(one.people[0] for one in mentions if not one.wait))
    if not last.wait:
        return Owners(taken, (), "", ends[-1])
    end = ends[-1] if not last.stays else ends[-2] if len(ends) > 1 else 0
    return Owners(taken, last.people, last.wait, end)


def offered(typed: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """The people whose name begins with what was typed, or, if nobody's does, everybody; who is here first."""
    found = [person for person in people if _begins_name(typed, person)] or list(people)
    return tuple(sorted(found, key=lambda person: not person.here))


def _tokens(text: str) -> list[_Token]:
    found = []
    for one in _TOKEN.finditer(text):
        typed = one[0]
        bare = typed if typed in _SIGNS else _plain(typed.rstrip(",:;"))
        found.append(_Token(bare, one.start(), one.end(), typed[-1] if typed[-1] in ",:;" else ""))
    return found


def _plain(text: str) -> str:
    """As names are compared: no accents, dots, hyphens or apostrophes; ranks in one way."""
    words = re.sub(r"([/&+])", r" \1 ", folded(text).replace("'", "").replace(".", "")).replace("-", " ").split()
    return " ".join(_RANKS.get(word, word) for word in words)


def _mention(
    text: str, tokens: list[_Token], people: Sequence[Person], chosen: Sequence[str], joiner: str, *, first: bool
) -> _Mention | None:
    """The owner whom the first of these tokens name, the longest name first; None where they name nobody."""
    if not tokens:
        return None
    if not first and not joiner:
        return _beside(tokens, people)
    for count in range(min(_LONGEST, len(tokens)), 0, -1):
        if _glued(text, tokens, count) or any(token.mark for token in tokens[: count - 1]):
            continue
        phrase = " ".join(token.bare for token in tokens[:count])
        found = _named(phrase, people, chosen, agencies=first or joiner not in (",", "with"))
        if found:
            named = _Phrase(phrase, found, text, tokens, count)
            return _somebody_else(named, people, chosen) or _meant(named, chosen, joiner, first=first)
    if first or joiner in _SIGNS:
        return _likely(tokens, people, chosen, begins=first)
    return None


@dataclass(frozen=True)
class _Phrase:
    """The first `count` tokens of a line, which name those `found`, and what stands behind them."""

    words: str
    found: tuple[Person, ...]
    text: str
    tokens: list[_Token]
    count: int

    @property
    def after(self) -> str:
        """The word behind them."""
        return self.tokens[self.count].bare if self.count < len(self.tokens) else ""

    @property
    def beyond(self) -> str:
        """The word behind that."""
        return self.tokens[self.count + 1].bare if self.count + 1 < len(self.tokens) else ""

    @property
    def is_agency(self) -> bool:
        """Whether it names what they belong to, not them."""
        return not any(self.words in (*one.forms, *one.typed_initials) for one in self.found) and any(
            self.words in (*one.homes, *one.offices) for one in self.found
        )

    def typed(self, at: int) -> str:
        """A token as it stands in the line."""
        return self.text[self.tokens[at].start : self.tokens[at].end]


def _meant(named: _Phrase, chosen: Sequence[str], joiner: str, *, first: bool) -> _Mention | None:
    """Whom a phrase names for certain, or whom to ask about."""
    doubtful = _may_be_words(named) and (first or joiner not in _SIGNS)
    if doubtful and not first:
        return None
    if named.found[0].id in chosen and len(named.found) == 1:
        # of an agency's name nobody can tell whether it says who does it or what is done
        return _Mention(named.found, 0 if doubtful and named.is_agency else named.count)
    if len(named.found) > 1:
        return _Mention(named.found, named.count, SHARED, stays=doubtful)
    return _Mention(named.found, named.count, LIKELY if doubtful else "", stays=True)


def _may_be_words(named: _Phrase) -> bool:
    """Whether the phrase may be the beginning of what is done: 'mark the bins', 'fire safety visit', 'an update'."""
    phrase, after = named.words, named.after
    is_marked = bool(named.tokens[named.count - 1].mark) or after in _SIGNS
    if is_marked or not after:
        return len(phrase) == 1 and phrase.isascii() and not is_marked
    is_followed = after == "to" or after in _JOINERS
    if len(phrase) == 1 and phrase.isascii():
        return not is_followed
    initials = any(phrase in one.typed_initials for one in named.found)
    if initials and phrase in WORDS_AS_INITIALS:
        in_capitals = named.typed(0).isupper() and not named.text.isupper()
        return not in_capitals and (phrase in SMALL_WORDS or not _verb_follows(named))
    if initials and phrase in ("as", "so"):
        return after in AFTER_AS
    if named.is_agency:
        return not (is_followed or _verb_follows(named))
    if phrase in FIRST_WORDS:
        return not is_followed
    return phrase in NAMES_AS_WORDS and after not in VERBS | HELPERS


def _verb_follows(named: _Phrase) -> bool:
    """'police visit the flat', and not 'police station', 'police report fri'."""
    if named.after in HELPERS:
        return True
    return named.after in VERBS and (named.after not in NOUNS_TOO or named.beyond in AFTER_VERBS)


def _somebody_else(named: _Phrase, people: Sequence[Person], chosen: Sequence[str]) -> _Mention | None:
    """'tom smith visit' where the only Tom is Tom Ellis: a first name and a surname that is not theirs."""
    after, last = named.after, named.words.rpartition(" ")[2]
    firsts = [one for one in named.found if last in one.given]
    is_no_name = len(after) < _LEAST_SURNAME or after in VERBS | HELPERS | SMALL_WORDS
    if not firsts or is_no_name or named.tokens[named.count - 1].mark:
        return None
    if any(after in (*one.typed_names, *one.typed_initials, *one.homes) for one in firsts):
        return None
    whole = f"{named.words} {after}"
    mistyped = _first_here(_mistyped(whole, firsts))
    if mistyped:
        return _chosen_of(mistyped, chosen, named.count + 1)
    capitals = named.typed(named.count - 1).istitle() and named.typed(named.count).istitle()
    theirs = [one for one in people if after in one.typed_names and after not in one.given]
    if not (theirs or after in COMMON_SURNAMES or (capitals and not any(after in one.homes for one in people))):
        return None
    known = {one.id: one for one in people}
    picked = next((known[one] for one in chosen if one in known), None)
    if picked is not None:
        return _Mention((picked,), named.count if picked in firsts else 0)
    everybody = dict.fromkeys((*_first_here(firsts), *_first_here(theirs), *_first_here(people)))
    return _Mention(tuple(everybody), named.count, NOT_THIS_NAME, stays=True)


def _glued(text: str, tokens: list[_Token], count: int) -> bool:
    """Whether the name would end within a word: 'dh/visit'. A sign between two owners is no word."""
    end = tokens[count - 1].end
    return _within_word(text, end) and text[end] not in _SIGNS


def _within_word(text: str, end: int) -> bool:
    return end < len(text) and not text[end].isspace()


def _named(phrase: str, people: Sequence[Person], chosen: Sequence[str], *, agencies: bool) -> tuple[Person, ...]:
    """Those a phrase names for certain: by initials or name, as chair, else by their agency. Who is chosen by hand is
    meant, else who is here."""
    mine = [p for p in people if phrase in p.typed_initials or phrase in p.forms or phrase in p.offices]
    mine = mine or _of_any_rank(phrase, people)
    here = [person for person in mine if person.here]
    homes = [person for person in people if phrase in person.homes] if agencies else []
    picked = [person for person in (*mine, *homes) if person.id in chosen]
    if picked:
        return tuple(picked[:1])
    if here or (mine and not any(person.here for person in homes)):
        return tuple(here or mine)
    if not homes:
        return tuple(mine)
    present = [person for person in homes if person.here] or homes
    leads = [person for person in present if person.leads]
    return tuple(dict.fromkeys((*mine, *(leads if len(leads) == 1 else present))))


def _of_any_rank(phrase: str, people: Sequence[Person]) -> list[Person]:
    """'Mr Holt' is PS Dan Holt, and 'PC Reed' is Liam Reed, whose rank nobody wrote down."""
    rank, _, name = phrase.partition(" ")
    if rank not in _TITLES or not name:
        return []
    return [p for p in people if name in p.forms and (rank in _CIVIL or not p.ranks)]


def _beside(tokens: list[_Token], people: Sequence[Person]) -> _Mention | None:
    """'dh lr board the window': initials right behind an officer are another's, where somebody here has them."""
    typed = tokens[0].bare
    if len(tokens) < 2 or not 2 <= len(typed) <= 4 or typed in SMALL_WORDS | ABBREVIATIONS | _TITLES | NAMES_AS_WORDS:
        return None
    found = [person for person in people if person.here and typed in person.typed_initials]
    return _Mention(tuple(found), 1) if len(found) == 1 else None


def _likely(tokens: list[_Token], people: Sequence[Person], chosen: Sequence[str], *, begins: bool) -> _Mention | None:
    """Who may be meant by a name with one typing error, another rank, or (`begins`) the beginning of a name."""
    for count in range(min(_LONGEST, len(tokens)), 0, -1):
        phrase = " ".join(token.bare for token in tokens[:count])
        if len(phrase) < _LEAST_MISTYPED or (count == 1 and phrase in SMALL_WORDS | NAMES_AS_WORDS):
            continue
        found = _first_here(_mistyped(phrase, people))
        if found:
            return _chosen_of(found, chosen, count)
    typed = tokens[0].bare
    if begins and len(typed) > 1 and typed not in SMALL_WORDS | _TITLES:
        found = _first_here(person for person in people if _begins_name(typed, person))
        if found:
            return _chosen_of(found, chosen, 1)
    return None


def _chosen_of(found: tuple[Person, ...], chosen: Sequence[str], count: int) -> _Mention:
    picked = tuple(person for person in found if person.id in chosen)
    if picked:
        return _Mention(picked[:1], count)
    return _Mention(found, count, LIKELY if len(found) == 1 else SHARED, stays=True)


def _first_here(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: not person.here))


def _mistyped(phrase: str, people: Sequence[Person]) -> list[Person]:
    rank, _, name = phrase.partition(" ")

    def other_rank(person: Person) -> bool:
        return rank in _TITLES and bool(name) and name in person.forms

    return [
        person
        for person in people
        if other_rank(person)
        or any(
            len(form) >= _LEAST_MISTYPED and one_slip(phrase, form)
            for form in (*person.forms, *(home for home in person.homes if len(home) > _LEAST_MISTYPED))
        )
    ]


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two stand the wrong way round."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, meant_rest = typed[at:], meant[at:]
    swapped = rest[:2] == meant_rest[:2][::-1] and rest[2:] == meant_rest[2:]
    return swapped or meant_rest in (rest[1:],) or rest == meant_rest[1:] or rest[1:] == meant_rest[1:]


def _unknown(tokens: list[_Token], people: Sequence[Person], chosen: Sequence[str]) -> Owners:
    """Nobody is named: everybody is offered, or who was chosen by hand is taken."""
    known = {person.id: person for person in people}
    picked = next((known[one] for one in chosen if one in known), None)
    if picked is not None and tokens:
        count = _words_of(tokens, picked)
        return Owners((picked,), (), "", tokens[count - 1].end if count else 0)
    typed = tokens[0].bare if tokens else ""
    return Owners((), offered(typed, people), UNKNOWN, 0)


def _words_of(tokens: list[_Token], person: Person) -> int:
    """How many words at the beginning of the line are the person's name: 'ravi', 'pc smith'. A rank alone is none."""
    parts, count, is_named = list(person.typed_names), 0, False
    for token in tokens:
        typed = token.bare
        begins = not is_named and len(typed) > 1 and typed not in SMALL_WORDS and _begins_name(typed, person)
        if not (typed in parts or begins):
            break
        count, is_named = count + 1, is_named or typed not in _TITLES
        parts = [part for part in parts if part != typed]
    return count if is_named else 0


def _begins_name(typed: str, person: Person) -> bool:
    begins = folded(typed)
    return bool(typed) and any(part.startswith(begins) for part in person.typed_names)
