"""This computer's key store as a second key of the person who unlocked."""

from sqlalchemy import Engine

from csp_desktop.store.engine import write_meta
from csp_desktop.vault import users
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.device_secret import DeviceSecrets


class ThisComputer:
    """services.ports.ComputerKey on the open vault and the operating system's key store."""

    def __init__(self, vault: OpenVault, engine: Engine, secrets: DeviceSecrets) -> None:
        self._vault, self._engine, self._secrets = vault, engine, secrets

    def is_tied(self) -> bool:
        """Whether the passphrase works on this computer only."""
        return self._vault.is_tied

    def may_tie(self) -> bool:
        """Whether there is a way back."""
        return self._vault.may_be_tied

    def tie(self, typed: str) -> None:
        """Tie it, and let the database know the new header."""
        users.tie_to_computer(self._vault, typed, self._secrets)
        write_meta(self._engine, self._vault.vault_id, self._vault.epoch, self._vault.generation)
