"""This computer's half of a key: 32 random bytes in the operating system's key store, the second factor beside a
passphrase.

Only stores that really protect what they keep are used, by name; whatever else is installed or configured is not asked.
The store may show a window or hang, so every call runs in a thread with a time limit, and what was written is read
back.
"""

import binascii
import importlib
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from csp_desktop.vault import derivation
from csp_desktop.vault.errors import KeyringLocked, KeyringMissing, KeyringSilent, KeyringUnfit

if TYPE_CHECKING:  # the library takes as long to load as the rest of the vault, and most starts never need it
    from keyring.backend import KeyringBackend

SERVICE = "CSP Desktop"
SECONDS = 20.0
ALLOWED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)


class DeviceSecrets(Protocol):
    """Where the half of a key that belongs to this computer lies."""

    def read(self, vault_id: str) -> bytearray:
        """This computer's secret for a vault; raises KeyringMissing, KeyringLocked, KeyringSilent or KeyringUnfit."""

    def read_or_make(self, vault_id: str) -> bytearray:
        """The same, made on first use and read back before it is relied on."""


class KeyringSecrets:
    """Device secrets in the operating system's key store."""

    def __init__(self, find: Callable[[], "KeyringBackend"] | None = None, seconds: float = SECONDS) -> None:
        """`find` gives the key store when first needed (the allowed one of this computer by default)."""
        self._find = find or trusted_backend
        self._seconds = seconds

    def read(self, vault_id: str) -> bytearray:
        """See DeviceSecrets. Raises KeyringMissing where there is none, or no whole one."""
        kept = self._within_time(lambda: self._find().get_password(SERVICE, vault_id))
        if kept is None:
            raise KeyringMissing
        try:
            secret = bytearray(b64decode(kept, validate=True))
        except (binascii.Error, ValueError) as changed:
            raise KeyringMissing from changed
        if len(secret) != derivation.KEY:
            raise KeyringMissing
        return secret

    def read_or_make(self, vault_id: str) -> bytearray:
        """See DeviceSecrets. Raises KeyringUnfit where it does not come back as it went in."""
        try:
            return self.read(vault_id)
        except KeyringMissing:
            secret = derivation.random_key()
        text = b64encode(secret).decode()
        self._within_time(lambda: self._find().set_password(SERVICE, vault_id, text))
        try:
            kept = self.read(vault_id)
        except KeyringMissing as lost:
            raise KeyringUnfit from lost
        if kept != secret:
            raise KeyringUnfit
        return kept

    def recall(self, name: str) -> str | None:
        """What else was kept under a name of its own; raises as `read`, but for nothing kept."""
        return self._within_time(lambda: self._find().get_password(SERVICE, name))

    def remember(self, name: str, text: str) -> None:
        """Keep something else under a name of its own; raises as `read`."""
        self._within_time(lambda: self._find().set_password(SERVICE, name, text))

    def _within_time(self, ask: Callable[[], str | None]) -> str | None:
        from keyring.errors import KeyringLocked as StoreLocked

        answers: list[str | None] = []
        failures: list[Exception] = []
        expected: tuple[type[Exception], ...] = (*_errors_of_stores(), KeyringUnfit)

        def answer() -> None:
            try:
                answers.append(ask())
            except expected as failure:
                failures.append(failure)

        thread = threading.Thread(target=answer, name="key store", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if answers:
            return answers[0]
        if not failures:
            raise KeyringSilent
        if isinstance(failures[0], StoreLocked):
            raise KeyringLocked from failures[0]
        raise KeyringUnfit from failures[0]


def trusted_backend() -> "KeyringBackend":
    """The first allowed key store that works on this computer; raises KeyringUnfit. The null and plain-text stores are
    never among them.
    """
    for module, name in ALLOWED:
        kind: type[KeyringBackend] = getattr(importlib.import_module(module), name)
        if kind.viable:
            backend = kind()
            if module.endswith("Windows"):
                backend.persist = "local machine"  # type: ignore[attr-defined]  # not in the roaming profile
            return backend
    raise KeyringUnfit


def _errors_of_stores() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError

    errors: tuple[type[Exception], ...] = (KeyringError, OSError, RuntimeError)
    if sys.platform == "linux":
        jeepney = importlib.import_module("jeepney")
        secret_service = importlib.import_module("secretstorage.exceptions")
        errors = (*errors, jeepney.DBusErrorResponse, secret_service.SecretStorageException)
    return errors
