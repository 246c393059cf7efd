"""The first start and the unlock screen: what is asked of a person before anything is open. The encryption itself is
behind `Vaults`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.names import entered
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


def known_of(person: FirstPerson) -> tuple[str, ...]:
    """What would be tried first at a passphrase of the first person of a partnership."""
    named = paper_name(person.town, person.partnership)
    return tried_first((person.name, person.agency, person.post, person.town, person.partnership, named))


class NewPartnership(Protocol):
    """A partnership folder just prepared, waiting for its recovery key to be proved."""

    @property
    def recovery_groups(self) -> Sequence[str]:
        """The recovery key as printed, eight groups."""

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


def found_partnership(
    vaults: Vaults, folder: Path, person: FirstPerson, passphrase: str, repeated: str
) -> NewPartnership:
    """The first start; raises Refused with the sentence for the field at fault."""
    vaults.refuse_unsuitable(folder)
    if vaults.holds_partnership(folder):
        raise Refused("This folder already holds a partnership file. Open it, or choose an empty folder for a new one.")
    if not person.name.strip():
        raise Refused("Give your name as it should stand in the minutes.")
    if not person.agency.strip():
        raise Refused("Give the agency you work for.")
    if not person.town.strip() or not person.partnership.strip():
        raise Refused("Give the town and the name of the partnership: they stand on every paper.")
    person = replace(
        person,
        name=entered(person.name, "Your name"),
        agency=entered(person.agency, "The agency’s name"),
        post=entered(person.post, "Your post"),
        town=entered(person.town, "The town’s name"),
        partnership=entered(person.partnership, "The partnership’s name"),
    )
    refuse_passphrase(vaults, passphrase, repeated, known_of(person))
    return vaults.create(folder, person, passphrase)


def unlock(vaults: Vaults, folder: Path, name: str, passphrase: str) -> Session:
    """Open the partnership's file as a named person."""
    if not name.strip():
        raise Refused("Type your name as it was given when you were added.")
    if not passphrase:
        raise Refused("Type your passphrase.")
    return vaults.open(folder, name, passphrase)


def unlock_with_recovery(
    vaults: Vaults, folder: Path, typed_key: str, name: str, passphrase: str, repeated: str
) -> Session:
    """Open with the recovery key and replace the lost passphrase."""
    if not name.strip():
        raise Refused("Type the name of the person who is to get a new passphrase.")
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
