"""Copies of the open file beside it, and the file of a hand-over that could not be removed."""

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from csp_desktop.domain.common.days import local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.services.ports.backups import EarlierCopy
from csp_desktop.vault import handover_file, lockfile, vault_presence

WHY = {"restore": "before a restore", "return": "before it was handed back", "update": "before an update"}
_NAMED = re.compile(r"-before-(?P<why>[a-z]+)(-(?P<day>\d{4}-\d\d-\d\d))?")


class BesideFile:
    """services.file.left_copies.LeftCopies for the vault in `place`."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def earlier(self) -> Sequence[EarlierCopy]:
        """Every folder named after the file's own that holds a vault."""
        beside = map(_copy, self._place.parent.glob(f"{self._place.name}-before-*"))
        return sorted(filter(None, beside), key=lambda copy: (copy.day, copy.name), reverse=True)

    def remove(self, copy: EarlierCopy) -> None:
        """The header first: without it nothing opens any more, whatever else is held back. Raises Refused where the
        copy is in use, and where not all of it could be deleted."""
        held = lockfile.held_by(copy.path)
        if held:
            raise Refused(held)
        (copy.path / vault_presence.HEADER).unlink(missing_ok=True)
        shutil.rmtree(copy.path, ignore_errors=True)
        if copy.path.exists():
            raise Refused(
                f"Some files in the folder {copy.name} could not be deleted: another program may be using "
                "them. The copy no longer opens. Delete the rest by hand."
            )

    def hand_over(self) -> str:
        """Tried again each time it is asked for."""
        left = handover_file.remove(self._place)
        return "" if left is None else left.sentence

    def forget_hand_over(self) -> None:
        """As the person says."""
        handover_file.forget(self._place)


def _copy(path: Path) -> EarlierCopy | None:
    try:
        changed = local(datetime.fromtimestamp((path / vault_presence.HEADER).stat().st_mtime, UTC)).date()
        size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
        named = _NAMED.search(path.name)
        day = date.fromisoformat(named["day"]) if named is not None and named["day"] else changed
    except (OSError, ValueError):
        return None
    return EarlierCopy(path, WHY.get(named["why"] if named is not None else "", "kept"), day, size)
