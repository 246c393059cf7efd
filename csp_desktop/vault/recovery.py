"""The recovery key: 32 random bytes on paper, in eight groups of eight letters and digits. Each group checks itself, so
a mistyped one is named.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from csp_desktop.vault import derivation
from csp_desktop.vault.errors import RecoveryKeyMistyped

GROUPS = 8
LETTERS = 8
_BYTES = 4
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ_AS = str.maketrans("OIL", "011")


@dataclass
class RecoveryKey:
    """The secret, to be shown once and wiped."""

    secret: bytearray = field(repr=False)

    @classmethod
    def new(cls) -> "RecoveryKey":
        """A fresh one."""
        return cls(derivation.random_key())

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups as printed, for example 'Q0BN-7XK2'."""
        parts = (_group(index, bytes(self.secret[index * _BYTES : (index + 1) * _BYTES])) for index in range(GROUPS))
        return tuple(f"{part[:4]}-{part[4:]}" for part in parts)

    def is_proved_by(self, typed: Mapping[int, str]) -> bool:
        """Whether the groups asked for (numbered from 1) were typed back from the paper."""
        return len(typed) >= 2 and all(self._is_group(number, text) for number, text in typed.items())

    def wipe(self) -> None:
        """Forget it."""
        derivation.wipe(self.secret)

    def _is_group(self, number: int, typed: str) -> bool:
        if not 1 <= number <= GROUPS:
            return False
        return hmac.compare_digest(plain(self.groups[number - 1]).encode(), plain(typed).encode())


def groups_to_prove() -> tuple[int, int]:
    """Which two groups to ask for, in rising order, numbered from 1."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), 2))
    return first, second


def parse(typed: str) -> RecoveryKey:
    """The key as typed from paper: spaces, dashes and case do not matter, O is 0, I and L are 1. Raises
    RecoveryKeyMistyped naming the group.
    """
    letters = plain(typed)
    secret = bytearray()
    for index in range(GROUPS):
        part = letters[index * LETTERS : (index + 1) * LETTERS]
        if not part:
            raise RecoveryKeyMistyped(f"The recovery key has {GROUPS} groups; only {index} were typed.", None)
        content = _content(part)
        if len(part) < LETTERS or content is None or _group(index, content) != part:
            raise RecoveryKeyMistyped(
                f"Group {index + 1} of the recovery key is wrong. Check each character against the sheet.",
                index + 1,
            )
        secret += content
    if len(letters) > GROUPS * LETTERS:
        raise RecoveryKeyMistyped(f"You typed more than the {GROUPS} groups of the recovery key.", None)
    return RecoveryKey(secret)


def plain(typed: str) -> str:
    """What was typed from paper or a screen: without spaces and dashes, in capitals, O read as 0, I and L as 1."""
    return "".join(letter for letter in typed.upper() if letter not in "-–— \t\r\n.").translate(_READ_AS)


def _group(index: int, content: bytes) -> str:
    number = int.from_bytes(content + bytes([_check(index, content)]), "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))


def _content(part: str) -> bytes | None:
    number = 0
    for letter in part:
        value = ALPHABET.find(letter)
        if value < 0:
            return None
        number = number << 5 | value
    return number.to_bytes(_BYTES + 1, "big")[:_BYTES]


def _check(index: int, content: bytes) -> int:
    """CRC-8 over the group's number and bytes: finds every single wrong letter and groups in the wrong order."""
    crc = 0
    for byte in bytes([index]) + content:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1) ^ 0x107 if crc & 0x80 else crc << 1
    return crc
