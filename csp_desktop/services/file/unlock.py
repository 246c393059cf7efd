"""The first start and the unlock screen: what is asked of a person before anything is open. The encryption itself is
behind `Vaults`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.file.passphrases import refuse_passphrase, tried_first
from csp_desktop.services.ports.passphrases import Passphrases
from csp_desktop.services.session import Session

FREE_TRIES = 3
LONGEST_WAIT = timedelta(seconds=60)


@dataclass(frozen=True)
class FirstPerson:
    """Who sets the partnership up, the first member, who holds every role while alone; and what it is called."""

    name: str
    agency: str
    post: str
    town: str
    partnership: str


class FirstField(StrEnum):
    """What the first start asks before the passphrase; but for the folder, the attribute of `FirstPerson`."""

    FOLDER = "folder"
    NAME = "name"
    AGENCY = "agency"
    POST = "post"
    TOWN = "town"
    PARTNERSHIP = "partnership"


MISSING = {
    FirstField.NAME: "Give your name as it should appear in the minutes.",
    FirstField.AGENCY: "Give the agency you work for.",
    FirstField.TOWN: "Give the town or district of the partnership: it appears on papers.",
    FirstField.PARTNERSHIP: "Give the name of the partnership as it should appear on papers.",
}
SUBJECTS = {
    FirstField.NAME: "Your name",
    FirstField.AGENCY: "The agency’s name",
    FirstField.POST: "Your job title",
    FirstField.TOWN: "The town’s name",
    FirstField.PARTNERSHIP: "The partnership’s name",
}


def known_of(person: FirstPerson) -> tuple[str, ...]:
    """What would be tried first at a passphrase of the first person of a partnership."""
    named = paper_name(person.town, person.partnership)
    return tried_first((person.name, person.agency, person.post, person.town, person.partnership, named))


class NewPartnership(Protocol):
    """A partnership folder just prepared, waiting for its recovery key to be proved."""

    @property
    def recovery_groups(self) -> Sequence[str]:
        """The recovery key as printed, eight groups."""

    def recovery_sheet(self, name: str, folder: Path) -> bytes:
        """The key on a page of PDF, with who set the partnership up and where it lies."""

    @property
    def groups_to_prove(self) -> tuple[int, int]:
        """Which two groups are to be typed back, numbered from 1."""

    def prove(self, typed: Mapping[int, str]) -> bool:
        """Whether they were; remembered in the vault."""

    def begin(self) -> Session:
        """Start working; the recovery key is forgotten."""

    def abandon(self) -> None:
        """Given up before it began: nothing of it stays, and the folder can be used again."""


class Vaults(Passphrases, Protocol):
    """The encrypted files as the first screens use them."""

    def holds_partnership(self, folder: Path) -> bool:
        """Whether the folder holds a vault already."""

    def refuse_unsuitable(self, folder: Path) -> None:
        """Raises a refusal with the reason when a vault must not lie there."""

    def create(self, folder: Path, person: FirstPerson, passphrase: str) -> NewPartnership:
        """Make the vault and its database."""

    def open(self, folder: Path, name: str, passphrase: str) -> Session:
        """Open as a named person."""

    def open_with_recovery(self, folder: Path, typed_key: str, name: str, passphrase: str) -> Session:
        """Open with the key on paper and give the named person a new passphrase, refused where it is made of what the
        register holds."""


def first_person(vaults: Vaults, folder: Path, person: FirstPerson) -> FirstPerson:
    """Where the file is to lie and who sets it up, as they are kept; raises FieldRefused at what is not in order."""
    for field, sentence in MISSING.items():
        if not getattr(person, field).strip():
            raise FieldRefused(field, sentence)
    kept = {field: entered(getattr(person, field), what, field) for field, what in SUBJECTS.items()}
    vaults.refuse_unsuitable(folder)
    if vaults.holds_partnership(folder):
        raise FieldRefused(
            FirstField.FOLDER,
            "This folder already holds a partnership. Open it, or choose an empty folder for a new one.",
        )
    return replace(person, **kept)


def found_partnership(
    vaults: Vaults, folder: Path, person: FirstPerson, passphrase: str, repeated: str
) -> NewPartnership:
    """The first start; raises FieldRefused with the sentence for the field at fault."""
    person = first_person(vaults, folder, person)
    refuse_passphrase(vaults, passphrase, repeated, known_of(person))
    return vaults.create(folder, person, passphrase)


def unlock(vaults: Vaults, folder: Path, name: str, passphrase: str) -> Session:
    """Open the partnership's file as a named person. Raises Refused without a name or a passphrase."""
    if not name.strip():
        raise Refused("Type your name as it was when you were added.")
    if not passphrase:
        raise Refused("Type your passphrase.")
    return vaults.open(folder, name, passphrase)


def unlock_with_recovery(
    vaults: Vaults, folder: Path, typed_key: str, name: str, passphrase: str, repeated: str
) -> Session:
    """Open with the recovery key and replace the lost passphrase. Raises FieldRefused without a name, and for a new
    passphrase that is weak or mistyped."""
    if not name.strip():
        raise FieldRefused(UnlockField.NAME, "Type the name of the person who needs a new passphrase.")
    refuse_passphrase(vaults, passphrase, repeated, tried_first((name,)))
    return vaults.open_with_recovery(folder, typed_key, name, passphrase)


def wait_after(wrong_tries: int) -> timedelta:
    """How long the unlock button rests after so many wrong tries in a row: nothing for the first three, then doubling
    up to a minute.
    """
    beyond = wrong_tries - FREE_TRIES
    if beyond < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(beyond + 1, 10)), LONGEST_WAIT)
