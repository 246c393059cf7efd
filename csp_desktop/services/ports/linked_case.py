"""The group's file as New Hope's lead looks into it from the private one."""

from typing import Protocol

from csp_desktop.domain.cases.linked_case import LinkedCase


class LinkedCases(Protocol):
    """The group's file, read without leaving a trace in it."""

    def is_here(self) -> bool:
        """Whether there is one in this folder."""

    def look(self, reference: str, user: str, passphrase: str) -> LinkedCase:
        """The case of this reference, by the user's own passphrase there; closed again when this returns. Raises
        Refused."""
