"""Passphrases: what is weak is called weak, and the proposed one is strong and typeable."""

from pathlib import Path

import pytest

from csp_desktop.vault import passphrase

WORDS = passphrase.plain_words((Path(__file__).parents[2] / "resources/words/eff_large.txt").read_text("ascii"))
KNOWN = frozenset(WORDS)


def test_the_shipped_list_has_different_plain_words() -> None:
    assert len(KNOWN) == len(WORDS) > 7700
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 9 for word in WORDS)
    assert passphrase.shipped_words() == WORDS


def test_the_proposed_passphrase_has_five_words_and_more_than_sixty_bits() -> None:
    made = passphrase.made_of_words(WORDS)
    assert len(made.split()) == 5 and set(made.split()) <= KNOWN
    assert passphrase.bits_of("abacus abdomen zoom yodel wistful", KNOWN) > 60
    assert made != passphrase.made_of_words(WORDS)


@pytest.mark.parametrize(
    "weak",
    ["", "a", "password", "Password2026!", "Watford2026", "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnop", "monday2026",
     "1234567890123456", "qwertyuiopasdfghjkl", "zoom zoom zoom zoom zoom", "abacus zoom", "abababababababababab",
     "Welcome123!"],
)  # fmt: skip
def test_what_anybody_would_try_first_is_weak(weak: str) -> None:
    assert passphrase.bits_of(weak, KNOWN) < 45


@pytest.mark.parametrize("strong", ["vJ8#qLw2!xRt9", "abacus zoom yodel wistful", "gr7 tklm pw9 xbvq 4hd"])
def test_what_is_drawn_or_odd_is_not_weak(strong: str) -> None:
    assert passphrase.bits_of(strong, KNOWN) >= 45


def test_more_of_the_same_kind_is_never_weaker() -> None:
    drawn = "kx7#Qm2pZw9!rT4v"
    bits = [passphrase.bits_of(drawn[:length], KNOWN) for length in range(len(drawn) + 1)]
    assert bits == sorted(bits)
