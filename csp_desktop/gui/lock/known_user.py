"""Who may unlock, as far as it is known outside the vault."""

from typing import NamedTuple

from csp_desktop.domain.common.users import ROLE_WORDS

WORDS = {role.value: words for role, words in ROLE_WORDS.items()}


class KnownUser(NamedTuple):
    """Someone who may unlock, as far as it is known outside the vault; `passphrase` only in the sample partnership."""

    name: str
    role: str = ""
    agency: str = ""
    passphrase: str = ""

    @property
    def role_words(self) -> str:
        """The role as people say it."""
        return WORDS.get(self.role, self.role)
