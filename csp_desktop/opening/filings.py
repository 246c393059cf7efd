"""What differs between the two files of a partnership: the group's, and the private one of the rough-sleeping part."""

from dataclasses import dataclass

from csp_desktop.domain.confidentiality import ClauseKind
from csp_desktop.store.private_tables import PRIVATE
from csp_desktop.store.tables import CPG, Shelves
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
