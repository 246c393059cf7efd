"""Keeping a file whole: backups."""

from pathlib import Path
from typing import Any

from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.services.file import backups, handover
from csp_desktop.services.ports.handover import BundleImport
from csp_desktop.services.session import Session


def back_up(session: Session, to: Path) -> dict[str, Any]:
    """Write an encrypted backup into a folder, proved after writing."""
    copy = backups.back_up(session, unheard, to.absolute())
    file = to / copy.file
    return {"file": str(file), "bytes": copy.size, "sentences": [f"Backed up and checked, no errors: {file}."]}


def restore(bundle_import: BundleImport, folder: Path, file: Path, user: str, secret: str) -> dict[str, Any]:
    """Put a backup in the place of what is in the folder, which is kept under another name."""
    brought = handover.bring_in(bundle_import, folder, file, user, secret, unheard)
    day = f"{dated_day(local(brought.made_at).date())}, {clock(brought.made_at)}"
    return {
        "made_at": brought.made_at.isoformat(),
        "vault": brought.kind,
        "sentences": [f"The records are as they were on {day}. The earlier file is kept in the same folder."]
        + ([brought.left_behind] if brought.left_behind else []),
    }
