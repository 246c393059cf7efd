"""A key store in memory that keeps what was last seen as the real one does."""

from csp_desktop.domain.file.rollback_guard import Seen
from csp_desktop.vault.rollback_guard import parse, written


class KeptRollbackGuard:
    """vault.rollback_guard.RollbackGuard in memory, through the form they are kept in."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def read(self, vault_id: str) -> Seen | None:
        """What was last seen."""
        text = self.kept.get(vault_id)
        return None if text is None else parse(text)

    def keep(self, vault_id: str, seen: Seen) -> bool:
        """Keep it."""
        self.kept[vault_id] = written(seen)
        return True
