"""A vault that arrives in a folder: made whole beside its place, then put there by a rename. What lay there is moved
aside first, never overwritten; an interruption between the two renames is finished at the next start.
"""

import os
from pathlib import Path

from csp_desktop.vault import header


def coming(place: Path) -> Path:
    """Where the vault for `place` is made whole. Its header is written there last."""
    return place.with_name(f"{place.name}.coming")


def trying(place: Path) -> Path:
    """Where a bundle is unpacked to be looked at, and taken away again."""
    return place.with_name(f"{place.name}.trying")


def settle(place: Path) -> None:
    """Finish what an interruption left: the new vault is whole, its place is empty."""
    ready = coming(place)
    if not place.exists() and (ready / header.FILE).is_file():
        os.rename(ready, place)


def put_in_place(place: Path, aside: Path | None) -> None:
    """Move what lies there aside, and the new vault in. Nobody may have either open."""
    if aside is not None and place.exists():
        os.rename(place, aside)
    os.rename(coming(place), place)


def free_name(wanted: Path) -> Path:
    """The same name, or with a number when it is taken."""
    number, free = 2, wanted
    while free.exists():
        free = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return free
