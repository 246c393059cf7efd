"""Who may unlock, as far as it is known outside the vault."""

from typing import NamedTuple

ROLES = {"new-hope-lead": "New Hope lead"}  # the others are words already


class KnownUser(NamedTuple):
    """Someone who may unlock, as far as it is known outside the vault; `passphrase` only in the sample partnership."""

    name: str
    role: str = ""
    agency: str = ""
    passphrase: str = ""

    @property
    def role_words(self) -> str:
        """The role as people say it."""
        return ROLES.get(self.role, self.role)
