"""What a file of a partnership is, the group's or the private one: where it lies, and what differs between the two."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.session import Session
from csp_desktop.store.tables import Schema
from csp_desktop.vault import header, vault_install
from csp_desktop.vault.errors import WrongPlace
from csp_desktop.vault.header import VaultKind

PLACES = {VaultKind.CPG: "cpg", VaultKind.ROUGH_SLEEPING: "rough-sleeping"}


@dataclass(frozen=True)
class FileKind:
    """A file's tables, branch of migrations and clauses, what it is about, the roles there are, and who of them lets
    people in; what a new one begins with, and what is done once more after each opening."""

    schema: Schema
    branch: str
    clauses: tuple[ClauseKind, ...]
    subject: Subject
    roles: tuple[Role, ...]
    managers: tuple[Role, ...]
    papers: Callable[[Papers], Papers] = lambda papers: papers
    begin: Callable[[Session], object] = lambda session: None
    at_opening: Callable[[Session], object] = lambda session: None


def place_of(folder: Path, kind: VaultKind) -> Path:
    """Where the file of this kind lies in a partnership folder. Raises WrongPlace where the other meeting's lies there,
    before any passphrase is tried; what else may be wrong with it, opening says."""
    place = folder / PLACES[kind]
    if vault_install.holds_vault(place):
        found = header.read(place).kind
        if found is not kind:
            raise WrongPlace(place.name, private=found is VaultKind.ROUGH_SLEEPING)
    return place
