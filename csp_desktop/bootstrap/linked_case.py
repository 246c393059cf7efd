"""The group's file as New Hope's lead looks into it from the private window: by their own slot there, read-only, beside
the group's window if that is open, and closed at once. The group's program is never asked: it would learn about whom.
"""

from pathlib import Path

from csp_desktop.bootstrap.file_kind import PLACES, place_of
from csp_desktop.bootstrap.file_kinds import GROUP
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.linked_case import LinkedCase, linked_case
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.ports.work import Records
from csp_desktop.store.looking import looking
from csp_desktop.store.unit_of_work import SqlRecords
from csp_desktop.vault import derivation, vault_install
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.unlock import Guard, open_to_look, unguarded


class GroupsCases:
    """services.ports.linked_case.LinkedCases on the real folder. Without `secrets` no key store is asked."""

    def __init__(self, folder: Path, secrets: DeviceSecrets | None, guard: Guard = unguarded) -> None:
        self._folder = folder
        self._secrets, self._guard = secrets, guard

    def is_here(self) -> bool:
        """Cheap: a header lies there."""
        return vault_install.holds_vault(self._folder / PLACES[VaultKind.CPG])

    def look(self, reference: str, user: str, passphrase: str) -> LinkedCase:
        """One look. Raises Refused: no such case, a wrong passphrase, no slot there, a file that cannot be read."""
        place = place_of(self._folder, VaultKind.CPG)
        vault = open_to_look(place, user, passphrase, device_secret=self._secrets, guard=self._guard)
        key = bytearray()
        try:
            key = vault.database_key()
            with (
                looking(vault.database_path, key, GROUP.branch) as engine,
                engine.connect() as connection,
                connection.begin(),
            ):
                return _found(SqlRecords(connection, GROUP.schema, writing=False), reference)
        finally:
            derivation.wipe(key)
            vault.close()


def _found(records: Records, reference: str) -> LinkedCase:
    cases = records.find(Case, reference=reference)
    if not cases:
        raise Refused(f"The group's file has no case {reference}. Check the reference.")
    names = {member.id: member.name for member in records.find(Member)}
    actions = records.find(Action, case_id=cases[0].id, state=ActionState.OPEN)
    return linked_case(cases[0], tuple((action, names.get(action.officer_id, "")) for action in actions))
