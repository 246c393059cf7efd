"""The two kinds of file. What the private one needs is loaded only where that file is meant: the group's program knows
nothing of it.
"""

from dataclasses import replace

from csp_desktop.bootstrap.file_kind import FileKind
from csp_desktop.domain.common.users import Duty, Role, who_may
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases.subject import CASES
from csp_desktop.store.tables import CPG
from csp_desktop.vault.header import VaultKind

GROUP = FileKind(
    CPG,
    "cpg",
    (ClauseKind.MEMBER, ClauseKind.OCCASIONAL, ClauseKind.OBSERVER),
    CASES,
    roles=(
        Role.CHAIR,
        Role.MINUTE_TAKER,
        Role.DEPUTY_CHAIR,
        Role.COMMUNITY_SAFETY_MANAGER,
        Role.ASB_COORDINATOR,
        Role.ADMINISTRATOR,
        Role.IT_ADMINISTRATOR,
        Role.NEW_HOPE_LEAD,
    ),
    managers=who_may(Duty.MANAGE_USERS, private=False),
    papers=lambda papers: replace(papers, shipped_matrix=shipped_case_matrix),
)


def file_kind(kind: VaultKind) -> FileKind:
    """What a file of this kind is."""
    if kind is VaultKind.CPG:
        return GROUP
    from csp_desktop.bootstrap.private import PRIVATE_FILE

    return PRIVATE_FILE
