"""The file of a hand-over once it was taken over: removed, also after an interruption, so that no second laptop takes
it. Where it cannot be removed a note beside the vault remembers it, and it is tried again.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from csp_desktop.domain.common.errors import Refused
from csp_desktop.saving import reason
from csp_desktop.vault import bundle, vault_install
from csp_desktop.vault.bundle import Purpose
from csp_desktop.vault.vault_install import Arrival, HandedIn

A_COPY = "A second laptop could open it as well. People would then work on two files, which can never be merged."


@dataclass(frozen=True)
class LeftBehind:
    """A hand-over that was taken over here and may still be taken over elsewhere."""

    file: Path
    reason: str  # why it could not be removed; empty where it is out of reach
    is_sealed: bool = False  # for this laptop alone

    @property
    def sentence(self) -> str:
        """Where it lies, what a copy would do, what to do."""
        name, folder = self.file.name, self.file.parent
        if self.is_sealed:
            return (
                f"The handover file {name} could not be removed from {folder}. It was locked: nobody can open it again."
            )
        if self.reason:
            return (
                f"The handover file {name} could not be removed from {folder}: {self.reason}. {A_COPY} Delete it there."
            )
        return f"The handover file {name} may still be in {folder}, which was not found. {A_COPY} Delete it there."


def of(file: Path, label: bundle.Label) -> HandedIn:
    """What the marker of its arrival remembers."""
    return HandedIn(str(file.absolute()), label.digest.hex(), bool(label.sealed_for))


def remove(place: Path) -> LeftBehind | None:
    """Finish what taking over leaves to do: the file goes, and the older folder that was moved aside for it. Says what
    is left behind."""
    arrival = Arrival.read(vault_install.taken(place))
    if arrival is None or arrival.handed_in is None:
        return None
    if arrival.aside.startswith(f"{place.name}-before-return"):  # read-only since, and older than what came back
        shutil.rmtree(place.with_name(arrival.aside), ignore_errors=True)
    left = _removed(arrival.handed_in)
    if left is not None and arrival.handed_in.sealed_for_here:
        forget(place)
        return replace(left, is_sealed=True)
    if left is None:
        forget(place)
    return left


def forget(place: Path) -> None:
    """Somebody has seen to the file: it is not asked for again."""
    vault_install.taken(place).unlink(missing_ok=True)


def _removed(handed_in: HandedIn) -> LeftBehind | None:
    file = Path(handed_in.file)
    if not file.parent.is_dir():
        return LeftBehind(file, "")
    try:
        label = bundle.read_label(file)
    except Refused:
        return None if not file.exists() else LeftBehind(file, "it cannot be read")
    if label.purpose is not Purpose.HAND_OVER or label.digest.hex() != handed_in.label:
        return None  # another file of that name
    try:
        file.unlink()
    except OSError as error:
        return LeftBehind(file, reason(error))
    return None
