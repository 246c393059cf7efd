"""Who can open the file, and its recovery key, behind what the vault keeps of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.users import Role
from csp_desktop.services.ports.passphrases import Passphrases
from csp_desktop.services.ports.work import Records

Leave = Callable[[Records], None]


class WayIn(Enum):
    """What a person opens the file with."""

    PASSPHRASE = "passphrase"
    TIED = "passphrase, on one computer"


class Paper(Enum):
    """How it stands with the recovery key."""

    NONE = "none"
    UNPROVED = "not proved"
    PROVED = "proved"


@dataclass(frozen=True)
class OldWays:
    """Whose way in still stands in the file as version 0.1.0 made it, so that names can be tested on a copy of it. Each
    is replaced when its owner next opens the file; the recovery key's when it is typed.
    """

    users: frozenset[str] = frozenset()
    paper: bool = False


class NewPaper(Protocol):
    """A recovery key just made: worth nothing until it is proved from paper and put in force."""

    @property
    def groups(self) -> Sequence[str]:
        """The key as printed, eight groups."""

    def sheet(self, name: str, folder: Path) -> bytes:
        """The key on a page of PDF, with who made it and where the partnership lies."""

    @property
    def groups_to_prove(self) -> tuple[int, int]:
        """Which two groups are to be typed back, numbered from 1."""

    def prove(self, typed: Mapping[int, str]) -> bool:
        """Whether they were."""

    def put_in_force(self, progress: Progress) -> None:
        """The file gets a new key; older papers no longer open it. The key is forgotten."""

    def forget(self) -> None:
        """Think better of it: the older paper stays good."""


class UserSlots(Passphrases, Protocol):
    """The ways into the open file."""

    @property
    def me(self) -> str:
        """The id of whoever unlocked."""

    @property
    def folder(self) -> Path:
        """Where the partnership lies, for the recovery sheet."""

    @property
    def managers(self) -> tuple[Role, ...]:
        """Who may change anything here."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles there are in this file."""

    def ways_in(self) -> Mapping[str, WayIn]:
        """Everybody who can open the file, by id."""

    def old_ways(self) -> OldWays:
        """What is left of version 0.1.0."""

    def add(self, user_id: str, name: str, passphrase: str) -> None:
        """Let a further person in."""

    def give_passphrase(self, user_id: str, name: str, passphrase: str) -> None:
        """A fresh passphrase in place of all that this person had."""

    def change_passphrase(self, old: str, new: str) -> None:
        """One's own; the old one is asked again."""

    def prove(self, passphrase: str) -> None:
        """Whoever unlocked is at the keyboard: their own passphrase again. Raises when it is not theirs."""

    def rename(self, passphrase: str, name: str) -> None:
        """The name one unlocks with; the passphrase is asked again."""

    def remove(self, user_id: str, words: str, leave: Leave, progress: Progress) -> None:
        """Take a person out: a new key for everybody else. `leave` changes the records in the new file."""

    def paper(self) -> Paper:
        """The state of the recovery key."""

    def prove_paper(self, typed: str) -> None:
        """The whole key typed from its paper; raises when it is not the one in force."""

    def new_paper(self) -> NewPaper:
        """A fresh recovery key, to be printed, proved and put in force."""


class ComputerKey(Protocol):
    """This computer's key store as a second key of the person who unlocked."""

    def is_tied(self) -> bool:
        """Whether the passphrase works on this computer only."""

    def may_tie(self) -> bool:
        """Whether there is a way back: a recovery key proved from paper, or a second person."""

    def tie(self, passphrase: str) -> None:
        """Tie it; the passphrase is asked again. Raises the vault's and the key store's refusals."""

    def untie(self, passphrase: str) -> None:
        """Let it work on any computer again: before the folder moves to another one."""
