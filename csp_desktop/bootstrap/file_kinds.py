"""What differs between the two files of a partnership: the group's, and the private one of the rough-sleeping part."""

from dataclasses import dataclass
from pathlib import Path

from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.store.private.tables import PRIVATE
from csp_desktop.store.tables import CPG, Shelves
from csp_desktop.vault import header, vault_install
from csp_desktop.vault.errors import WrongPlace
from csp_desktop.vault.header import VaultKind


@dataclass(frozen=True)
class Filing:
    """Where a file lies in the partnership folder, its tables, its branch of migrations, its clauses."""

    place: str
    shelves: Shelves
    branch: str
    clauses: tuple[ClauseKind, ...]


FILINGS = {
    VaultKind.CPG: Filing("cpg", CPG, "cpg", (ClauseKind.MEMBER, ClauseKind.OCCASIONAL, ClauseKind.OBSERVER)),
    VaultKind.ROUGH_SLEEPING: Filing("rough-sleeping", PRIVATE, "rough_sleeping", (ClauseKind.PRIVATE,)),
}


def place_of(folder: Path, kind: VaultKind) -> Path:
    """Where the file of this kind lies in a partnership folder. Raises WrongPlace where the other meeting's lies there,
    before any passphrase is tried; what else may be wrong with it, opening says."""
    place = folder / FILINGS[kind].place
    if vault_install.holds_vault(place):
        found = header.read(place).kind
        if found is not kind:
            raise WrongPlace(place.name, private=found is VaultKind.ROUGH_SLEEPING)
    return place
