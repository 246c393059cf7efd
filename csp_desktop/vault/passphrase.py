"""How hard a passphrase is to guess, and one made of words for people who would otherwise invent a short one.

The estimator's lists (zxcvbn: passwords, names, English words, keyboards) are loaded with the first passphrase that is
looked at, never with the first window.
"""

import importlib.resources
import re
import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from csp_desktop.services.ports.passphrases import Estimate, Weakness

WORDS = 5
MOST_LETTERS, MOST_STRETCHES = 72, 4  # looked at together, and how often: time grows with the square of letters
MOST_DISGUISES = 6  # different signs that stand for letters, as 4 for a: beyond it, they are read in one way only
_PARTING = re.compile(r"[\s\-_.,;:'’]+")
_READ_AS = str.maketrans("4@8({[<3691|!0$5+7%2", "aabccccegglliossttxz")
_PATTERNS = {
    "spatial": Weakness.KEYS,
    "repeat": Weakness.REPEAT,
    "sequence": Weakness.RUN,
    "regex": Weakness.DATE,
    "date": Weakness.DATE,
    "bruteforce": Weakness.SHORT,
}
SAYINGS = (
    "correct horse battery staple",
    "the quick brown fox jumps over the lazy dog",
    "to be or not to be",
    "that is the question",
    "once upon a time",
    "mary had a little lamb",
    "twinkle twinkle little star",
    "god save the king",
    "god save the queen",
    "rule britannia",
    "keep calm and carry on",
    "mind the gap",
    "you shall not pass",
    "may the force be with you",
    "open sesame",
    "i love you",
    "i love my wife",
    "i love my husband",
    "live long and prosper",
    "winter is coming",
    "the only way is essex",
    "strictly come dancing",
    "match of the day",
    "youll never walk alone",
    "come on you hornets",
    "yellow army",
    "football is coming home",
    "its coming home",
    "three lions on a shirt",
    "we are the champions",
    "all you need is love",
    "let it be",
    "yellow submarine",
    "bohemian rhapsody",
    "stairway to heaven",
    "hotel california",
    "jingle bells",
    "happy birthday to you",
    "merry christmas",
    "happy new year",
    "an apple a day keeps the doctor away",
    "the early bird catches the worm",
    "practice makes perfect",
    "better late than never",
    "actions speak louder",
    "our father who art in heaven",
    "in the beginning was the word",
    "the lord is my shepherd",
    "this is my passphrase",
    "this is a secret",
    "let me in please",
    "one two three four five",
    "one two three four five six seven",
    "red orange yellow green blue",
    "monday tuesday wednesday thursday friday",
    "north south east west",
    "january february march april",
    "spring summer autumn winter",
    "alpha bravo charlie delta echo",
    "abc def ghi jkl",
    "do re mi fa so la ti do",
    "eeny meeny miny moe",
    "humpty dumpty sat on a wall",
    "baa baa black sheep",
    "lorem ipsum dolor sit amet",
    "hello world",
    "the cat sat on the mat",
    "a stitch in time saves nine",
)


class OwnPassphrases:
    """services.file.passphrases.Passphrases by the estimator and the list of words the program brings along."""

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        """How hard it is to guess for somebody who tries `known` first."""
        return estimate(passphrase, tuple(known))

    def made_of_words(self) -> str:
        """A fresh strong passphrase of plain words."""
        return made_of_words(shipped_words())


@cache
def shipped_words() -> tuple[str, ...]:
    """The words a passphrase is made of (EFF large list, see resources/words)."""
    text = (
        importlib.resources.files("csp_desktop._built")
        .joinpath("data", "words", "eff_large.txt")
        .read_text(encoding="ascii")
    )
    return plain_words(text)


def plain_words(text: str) -> tuple[str, ...]:
    """One word a line; words with a hyphen are left out, for the hyphen may part words."""
    return tuple(word for word in text.split() if word.isalpha())


def made_of_words(words: Sequence[str], count: int = WORDS) -> str:
    """`count` words drawn evenly by the operating system's random source."""
    return " ".join(secrets.choice(words) for _ in range(count))


def estimate(passphrase: str, known: tuple[str, ...] = ()) -> Estimate:
    """The guesses of somebody who tries `known` first, on the low side: what parts the words counts for nothing, nor
    does it that an attacker must find out how many words there are. A long passphrase counts as its best stretch.
    """
    text = _PARTING.sub("", unicodedata.normalize("NFKC", passphrase))
    if not text:
        return Estimate(1.0, Weakness.SHORT)
    stretches = [text[at : at + MOST_LETTERS] for at in range(0, len(text), MOST_LETTERS)][:MOST_STRETCHES]
    found = [_estimate(stretch, known) for stretch in stretches]
    return max(found, key=lambda one: one.guesses)


def _estimate(text: str, known: tuple[str, ...]) -> Estimate:
    from zxcvbn import scoring

    result = scoring.most_guessable_match_sequence(text, _matches(text, known), _exclude_additive=True)
    return Estimate(float(result["guesses"]), _weakest(result["sequence"]))


def _matches(text: str, known: tuple[str, ...]) -> list[dict[str, Any]]:
    """Everything in the text that is tried before single letters. The library's own `zxcvbn()` would keep `known` for
    the rest of the process.
    """
    from zxcvbn import matching

    if len({mark for mark in text if ord(mark) in _READ_AS}) > MOST_DISGUISES:
        text = text.translate(_READ_AS)  # else its time grows with the product of all readings
    ranked = {**matching.RANKED_DICTIONARIES, "sayings": _sayings(), "known": matching.build_ranked_dict(known)}
    return list(matching.omnimatch(text, ranked))


@lru_cache(maxsize=1)
def _sayings() -> dict[str, int]:
    return {_PARTING.sub("", saying): 50 + at for at, saying in enumerate(SAYINGS)}


def _weakest(sequence: Sequence[dict[str, Any]]) -> Weakness:
    """What covers most of it."""
    covered: dict[Weakness, int] = {}
    for match in sequence:
        kind = _PATTERNS.get(match["pattern"])
        if kind is None:
            named = {"known": Weakness.KNOWN, "sayings": Weakness.SAYING, "passwords": Weakness.LISTED}
            kind = named.get(match["dictionary_name"], Weakness.WORDS)
        covered[kind] = covered.get(kind, 0) + match["j"] - match["i"] + 1
    return max(covered, key=lambda kind: covered[kind])
