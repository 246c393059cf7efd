"""This computer's half of a key, with key stores that are missing, locked, silent, forgetful or false."""

import subprocess
import sys
import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringError
from keyring.errors import KeyringLocked as StoreLocked

from csp_desktop.vault import device_secret, errors
from csp_desktop.vault.device_secret import KeyringSecrets

VAULT = "0" * 32


class FakeStore(KeyringBackend):
    """A key store in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class LockedStore(FakeStore):
    """A key store whose owner pressed Cancel."""

    def get_password(self, service: str, username: str) -> str | None:
        raise StoreLocked("locked")


class BrokenStore(FakeStore):
    """A key store that fails."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError("broken")


class SilentStore(FakeStore):
    """A key store waiting for a window nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answer.wait()
        return None


class ForgetfulStore(FakeStore):
    """Takes a secret and does not keep it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nothing is kept."""


class FalseStore(FakeStore):
    """Keeps something else."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, "A" * 43 + "=")


def secrets_in(store: KeyringBackend, seconds: float = 5) -> KeyringSecrets:
    return KeyringSecrets(lambda: store, seconds)


def test_a_secret_is_made_once_and_read_afterwards() -> None:
    store = FakeStore()
    with pytest.raises(errors.KeyringMissing):
        secrets_in(store).read(VAULT)
    made = secrets_in(store).read_or_make(VAULT)
    assert len(made) == 32 and any(made)
    assert secrets_in(store).read(VAULT) == secrets_in(store).read_or_make(VAULT) == made
    assert secrets_in(store).read_or_make("1" * 32) != made
    with pytest.raises(errors.KeyringMissing):
        secrets_in(FakeStore()).read(VAULT)


@pytest.mark.parametrize("changed", ["", "not base64!", "AAAA"])
def test_an_entry_somebody_changed_counts_as_lost(changed: str) -> None:
    store = FakeStore()
    store.set_password(device_secret.SERVICE, VAULT, changed)
    with pytest.raises(errors.KeyringMissing):
        secrets_in(store).read(VAULT)


def test_a_locked_store_says_so() -> None:
    with pytest.raises(errors.KeyringLocked) as refused:
        secrets_in(LockedStore()).read(VAULT)
    assert "locked" in refused.value.sentence


def test_a_silent_store_is_not_waited_for() -> None:
    store = SilentStore()
    with pytest.raises(errors.KeyringSilent) as refused:
        secrets_in(store, 0.05).read(VAULT)
    assert "does not answer" in refused.value.sentence
    store.answer.set()
    for thread in threading.enumerate():
        if thread.name == "key store":
            thread.join()


@pytest.mark.parametrize("store", [ForgetfulStore(), FalseStore(), BrokenStore(), null.Keyring(), fail.Keyring()])
def test_a_store_that_does_not_really_keep_is_not_relied_on(store: KeyringBackend) -> None:
    with pytest.raises(errors.KeyringUnfit):
        secrets_in(store).read_or_make(VAULT)


def test_only_real_stores_are_chosen_and_nothing_a_user_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {module.rsplit(".", 1)[1] for module, _ in device_secret.ALLOWED}
    assert names == {"Windows", "macOS", "SecretService", "kwallet"}
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    with pytest.raises(errors.KeyringUnfit):
        KeyringSecrets().read(VAULT)


def test_a_store_that_keeps_plain_text_is_refused_even_where_it_is_the_only_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As `keyrings.alt` does without a session bus: viable, preferred, and readable by anybody."""

    class PlaintextKeyring(FakeStore):
        priority = 100

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    chosen = keyring.get_keyring()
    keyring.set_keyring(PlaintextKeyring())
    try:
        with pytest.raises(errors.KeyringUnfit) as refused:
            KeyringSecrets().read_or_make(VAULT)
    finally:
        keyring.set_keyring(chosen)
    assert "no secure key store" in refused.value.sentence


def test_opening_a_vault_does_not_load_the_key_store_library() -> None:
    """It takes longer to load than all of the vault, before the first window is painted."""
    script = "import sys, csp_desktop.vault.unlock, csp_desktop.vault.device_secret; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
