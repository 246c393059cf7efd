"""How hard a passphrase is to guess, measured outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Weakness(Enum):
    """What makes it easier to guess than it is long; the value says so."""

    KNOWN = "It uses names or words that anyone who knows this partnership would try first."
    SAYING = "It is a saying, title or example found in lists of passphrases."
    LISTED = "It uses passwords that are on well-known lists."
    WORDS = "It uses too few words, and they are common."
    KEYS = "It follows neighbouring keys on the keyboard."
    REPEAT = "It repeats itself."
    RUN = "It follows the alphabet or a number sequence."
    DATE = "It is a date or year."
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
