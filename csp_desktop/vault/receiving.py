"""The receiving code: shown on the laptop that is to receive a hand-over, typed on the one that hands it over. The file
then opens only where the code is kept, so a copy of it is worth nothing to a second laptop.

Eighty random bits in five groups of four letters and digits, the last one checking the others. The laptop that shows it
keeps it beside the place of the vault until the file has arrived, and never asks for one.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from csp_desktop.domain.common.errors import Refused
from csp_desktop.saving import write
from csp_desktop.vault import derivation, vault_install
from csp_desktop.vault.recovery import ALPHABET, plain

BYTES = 10
LETTERS, GROUP = 20, 4
CHECK_BITS = 20
MISTYPED = (
    "This is not the receiving code shown on the other laptop: five groups of four. Check each "
    "character, or leave the field empty."
)


@dataclass(frozen=True)
class ReceivingCode:
    """The code, and what it seals with."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "ReceivingCode":
        """A fresh one."""
        return cls(secrets.token_bytes(BYTES))

    @property
    def text(self) -> str:
        """As it is shown, for example 'Q0BN-7XK2-9F4D-M1PT-ZR8E'."""
        number = int.from_bytes(self.secret, "big") << CHECK_BITS | _check(self.secret)
        letters = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LETTERS - 1), -1, -5))
        return "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))

    @property
    def mark(self) -> str:
        """By which a file says in clear that it was sealed with this code, without telling it."""
        return derivation.subkey(self.secret, "receiving mark", b"").hex()

    def sealing(self, key: bytearray, salt: bytes) -> bytearray:
        """A vault's backup key and this code in one key: neither opens the file alone. To be wiped."""
        both = key + self.secret
        try:
            return derivation.subkey(both, "sealed for one laptop", salt)
        finally:
            derivation.wipe(both)


def parse(typed: str) -> ReceivingCode:
    """The code as typed: spaces, dashes and case do not matter, O is 0, I and L are 1. Raises Refused."""
    letters = plain(typed)
    if len(letters) != LETTERS or any(letter not in ALPHABET for letter in letters):
        raise Refused(MISTYPED)
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    code = ReceivingCode((number >> CHECK_BITS).to_bytes(BYTES, "big"))
    if number & ((1 << CHECK_BITS) - 1) != _check(code.secret):
        raise Refused(MISTYPED)
    return code


def kept(place: Path) -> ReceivingCode | None:
    """The code this laptop shows for the vault that is to lie in `place`, or None."""
    with suppress(OSError, UnicodeDecodeError, Refused):
        return parse(vault_install.expected(place).read_text(encoding="ascii")[: 2 * LETTERS])
    return None


def keep(place: Path) -> ReceivingCode:
    """The code kept already, else a fresh one, kept from now on. Raises OSError."""
    code = kept(place)
    if code is None:
        code = ReceivingCode.new()
        target = vault_install.expected(place)
        write(target, f"{code.text}\n".encode("ascii"), vault_install.part_of(target))
    return code


def _check(secret: bytes) -> int:
    digest = hashlib.sha256(b"csp-desktop receiving code " + secret).digest()
    return int.from_bytes(digest[:4], "big") >> 32 - CHECK_BITS
