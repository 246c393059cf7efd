"""This computer's key store as a second key of the person who unlocked."""

from csp_desktop.bootstrap.users import OpenFile
from csp_desktop.vault import users
from csp_desktop.vault.device_secret import DeviceSecrets


class ThisComputer:
    """services.ports.ComputerKey on the open vault and the operating system's key store."""

    def __init__(self, file: OpenFile, secrets: DeviceSecrets) -> None:
        self._file, self._vault, self._secrets = file, file.vault, secrets

    def is_tied(self) -> bool:
        """Whether the passphrase works on this computer only."""
        return self._vault.is_tied

    def may_tie(self) -> bool:
        """Whether there is a way back."""
        return self._vault.may_be_tied

    def tie(self, typed: str) -> None:
        """Tie it, and let the database know the new header."""
        users.tie_to_computer(self._vault, typed, self._secrets)
        self._file.written()

    def untie(self, typed: str) -> None:
        """Let it work on any computer again."""
        users.untie_from_computer(self._vault, typed, self._secrets)
        self._file.written()
