"""Recipients' copies: what makes them, searches them and seals the record; and what differs between both meetings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.minutes.circulation import CopyRecord
from csp_desktop.domain.minutes.protection import Marks
from csp_desktop.domain.minutes.record import ActionLine
from csp_desktop.domain.minutes.rights import Recipient, Rights
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.ports.passphrases import Estimate
from csp_desktop.services.ports.work import Records


@dataclass(frozen=True)
class Slip:
    """What is handed to one person on paper: how their copies are opened."""

    name: str
    agency: str
    passphrase: str


class CopyMaker(Protocol):
    """Makes finished files of copies. Handed in by the composition root."""

    def base(self, minutes: Any, progress: Progress, *, is_large: bool = False) -> bytes:
        """The copy as all who have the same share get it, with no name on it yet; `is_large`: in large print."""

    def cover(self, listed: ActionList, *, is_large: bool = False) -> bytes:
        """A person's own actions, to be bound before the copy."""

    def named(self, base: bytes, edition: str, cover: bytes, passphrase: str = "", *, is_large: bool = False) -> bytes:
        """The base in somebody's name: the same bytes each time. With a passphrase only that opens it, by AES-256."""

    def word(self, minutes: Any, own: ActionList | None, *, is_large: bool = False) -> bytes:
        """The whole copy as a Word file, which nothing locks, with the person's own actions first."""

    def found(self, words: Sequence[str], file: bytes, *, name: str = "", passphrase: str = "") -> frozenset[str]:
        """Those of the words that are anywhere in the file, a PDF or a Word file, or in its name."""

    def new_passphrase(self) -> str:
        """A fresh strong passphrase of plain words."""

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        """How hard one that a person chose is to guess for somebody who tries `known` first."""

    def slips(self, partnership: str, slips: Sequence[Slip]) -> bytes:
        """A page for each, to be cut and handed over."""

    def folder_warning(self, folder: Path) -> str:
        """Why what is written there may leave this computer; empty where nothing says so."""

    def new_seal_key(self, owner: str, at: datetime) -> bytes:
        """A key for sealing record copies, to be kept in the file and nowhere else."""

    def sealed(self, file: bytes, by: str, reason: str, at: datetime, key: bytes) -> bytes:
        """The file with a seal upon it; other bytes each time."""


@dataclass(frozen=True)
class CopyModel:
    """One person's copy as a value, before it bears a number and a name. `held` are the ids of the cases or people in
    it, `withheld` words that tell nothing of what is, `own` the person's own actions. `must_not` holds for each text
    that is withheld a few short pieces of it, none of which may be in the finished file; of `unsearched` texts every
    piece stands in what they may read as well. `blank` is a paper in which nothing is typed: what is found in it is
    found in every file."""

    minutes: Any
    rights: Rights
    why: str
    gets: str  # 'Whole minutes', '2 people'
    sections: tuple[str, ...]
    of_sections: int
    held: tuple[str, ...]
    withheld: tuple[str, ...]
    own: ActionList | None
    must_not: tuple[tuple[str, ...], ...]
    unsearched: int
    blank: Any
    warnings: tuple[str, ...] = ()
    refused: str = ""  # why they get no copy


@dataclass(frozen=True)
class ListReader:
    """What one person may not be told by a list of actions, though it is what they or their agency have to do. `barred`
    says why they may have none of it, `against` why not a certain one, `warning` what a person has to look at; each is
    empty where nothing is."""

    marks: Marks  # the marked words they may read
    against: Callable[[ActionLine], str]
    barred: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Source:
    """The version copies are made from: its facts as they are kept, and what puts the edition on a value made of
    them."""

    meeting_id: str
    version: int
    facts: Any
    edition: Callable[[Any], Any]
    kept: tuple[Recipient, ...]  # as they stood when it was approved


@dataclass(frozen=True)
class CopyKind:
    """Handed in with the subject of a file. `people(session, records, source)` are those who may come into question;
    `models(session, records, source, people)` what each gets, in the same order; `refusal` says why nothing may go
    out; `due` is the day by which everything must be out. `list_readers(session, records, minutes)` tells of each
    member what a list of actions may tell them."""

    people: Callable[[Any, Records, Source], tuple[Recipient, ...]]
    models: Callable[[Any, Records, Source, Sequence[Recipient]], list[CopyModel]]
    refusal: Callable[[Any, Records], str]
    due: Callable[[Any, Records, str], date]
    earlier: Callable[[Records, str], list[CopyRecord]]  # copies that were noted in another way
    list_readers: Callable[[Any, Records, Any], Callable[[Member], ListReader]]
    noted_as: tuple[type[Any], ...] = ()  # as what else is noted what was sent; each names its meeting
