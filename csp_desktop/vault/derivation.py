"""From a passphrase to a key, and from one key to keys for each purpose. All cipher choices stand here.

Argon2id for what people type, HKDF-SHA256 for what is already random, AES-256-GCM for wrapping, HPKE (X25519,
HKDF-SHA256, AES-256-GCM) for sealing to a person who need not be present. Buffers are wiped where the library fills
ours; more is not promised.
"""

import os
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32
NONCE = 12
TAG = 16
WRAPPED_KEY = NONCE + KEY + TAG
SEALED_KEY = 32 + KEY + TAG

FLOOR_MEMORY, FLOOR_TIME, FLOOR_LANES = 64 * 1024, 3, 4
MOST_MEMORY, MOST_TIME, MOST_LANES = 1024 * 1024, 64, 16

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CannotUnwrap(Exception):
    """The key does not fit what it was to open. Callers turn this into the sentence that fits the place."""


@dataclass(frozen=True)
class Cost:
    """How much work one guess at a passphrase is: KiB of memory, rounds, lanes. `quick` marks test and sample slots
    below the floor.
    """

    memory: int
    time: int
    lanes: int
    is_quick: bool = False

    @classmethod
    def floor(cls) -> "Cost":
        """The least work a real passphrase slot may have."""
        return cls(FLOOR_MEMORY, FLOOR_TIME, FLOOR_LANES)

    @classmethod
    def quick(cls) -> "Cost":
        """For tests and the sample partnership, whose passphrases are public anyway."""
        return cls(64, 1, 1, is_quick=True)

    @classmethod
    def calibrated(cls, seconds: float = 0.5) -> "Cost":
        """About `seconds` of work on this computer, never below the floor."""
        begun = time.perf_counter()
        wipe(stretch(b"calibration", bytes(16), cls.floor()))
        once = max(time.perf_counter() - begun, 0.001)
        rounds = round(FLOOR_TIME * seconds / once)
        return cls(FLOOR_MEMORY, min(max(rounds, FLOOR_TIME), MOST_TIME), FLOOR_LANES)

    @property
    def is_within_bounds(self) -> bool:
        """Whether the program would spend this work on a header it has not yet authenticated."""
        if not (
            1 <= self.lanes <= MOST_LANES
            and 1 <= self.time <= MOST_TIME
            and 8 * self.lanes <= self.memory <= MOST_MEMORY
        ):
            return False
        return self.is_quick or (self.memory >= FLOOR_MEMORY and self.time >= FLOOR_TIME and self.lanes >= FLOOR_LANES)


def wipe(buffer: bytearray) -> None:
    """Overwrite a secret in place."""
    buffer[:] = bytes(len(buffer))


def random_key() -> bytearray:
    """32 fresh random bytes."""
    return bytearray(os.urandom(KEY))


def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytearray:
    """32 bytes from a passphrase by Argon2id."""
    key = bytearray(KEY)
    Argon2id(salt=salt, length=KEY, iterations=cost.time, lanes=cost.lanes, memory_cost=cost.memory).derive_into(
        secret, key
    )
    return key


def subkey(secret: bytes | bytearray, purpose: str, salt: bytes) -> bytearray:
    """32 bytes for one purpose from a secret that is already random."""
    key = bytearray(KEY)
    HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=b"csp-desktop 1 " + purpose.encode()).derive_into(secret, key)
    return key


def wrap(secret: bytes | bytearray, key: bytearray, bound_to: bytes) -> bytes:
    """AES-256-GCM with a fresh nonce in front."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, bound_to)


def unwrap(wrapped: bytes, key: bytearray, bound_to: bytes) -> bytearray:
    """Undo `wrap` into a buffer the caller wipes; raises CannotUnwrap."""
    if len(wrapped) < NONCE + TAG:
        raise CannotUnwrap
    secret = bytearray(len(wrapped) - NONCE - TAG)
    try:
        AESGCM(key).decrypt_into(wrapped[:NONCE], wrapped[NONCE:], bound_to, secret)
    except InvalidTag as wrong:
        raise CannotUnwrap from wrong
    return secret


def new_private_key() -> tuple[bytearray, bytes]:
    """A person's X25519 key pair: private bytes (to be wrapped and wiped) and public bytes."""
    private = X25519PrivateKey.generate()
    return bytearray(private.private_bytes_raw()), private.public_key().public_bytes_raw()


def public_key_of(private: bytearray) -> bytes:
    """The public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(secret: bytearray, public_key: bytes, bound_to: bytes) -> bytes:
    """HPKE to a public key; the owner need not be present."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_key), info=bound_to)


def unseal(sealed: bytes, private: bytearray, bound_to: bytes) -> bytearray:
    """Undo `seal`; raises CannotUnwrap."""
    try:
        return bytearray(_SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=bound_to))
    except (InvalidTag, ValueError) as wrong:
        raise CannotUnwrap from wrong
