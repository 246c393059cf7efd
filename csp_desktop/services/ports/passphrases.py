"""How hard a passphrase is to guess, measured outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Weakness(Enum):
    """What makes it easier to guess than it is long; the value says so."""

    KNOWN = "It is made of names or words that anybody who knows this partnership would try first."
    SAYING = "It is a saying, a title or an example that stands in every list of passphrases."
    LISTED = "It is made of passwords that stand in the lists tried first."
    WORDS = "It is made of common words, and of too few of them."
    KEYS = "It follows keys that lie side by side."
    REPEAT = "It repeats itself."
    RUN = "It runs on as the alphabet or numbers do."
    DATE = "It is made of a date or a year."
    SHORT = "It is too short."


@dataclass(frozen=True)
class Estimate:
    """How many guesses it takes, on the low side, and what is weakest about it."""

    guesses: float
    weakness: Weakness


class Passphrases(Protocol):
    """What is known of passphrases before they guard anything."""

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        """How hard it is to guess for somebody who tries `known` first."""

    def made_of_words(self) -> str:
        """A fresh strong passphrase of plain words."""
