"""A vault that arrives in a folder: made whole beside its place, then put there by renames. What lay there is moved
aside first, never overwritten.

A marker beside the place is on the disk before the first rename and goes after the last. It names what is under way,
and only that is finished at the next start: what lies there without a marker is a leftover, cleared whenever the
present vault opens.
"""

import hashlib
import json
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.saving import reason, rename, sync_folder, write
from csp_desktop.vault.errors import NotPutInPlace, OpenElsewhere
from csp_desktop.vault.vault_presence import HEADER, has_header, marker

MOST_BYTES = 8192
_ASIDE = re.compile(r"[a-z-]+-before-[a-z0-9-]+\Z")
MOVED = "the file that was open is no longer where it was"


@dataclass(frozen=True)
class HandedIn:
    """The hand-over a vault came in: where its file lies and the digest of its label, so that no other is removed.
    `sealed_for_here`: nobody else could take it over."""

    file: str
    label: str
    sealed_for_here: bool


@dataclass(frozen=True)
class Arrival:
    """What the marker says: which vault (by the digest of its header), what goes aside, which hand-over it was."""

    header: str
    aside: str = ""  # the name of a folder beside the place
    handed_in: HandedIn | None = None

    def written(self) -> bytes:
        """The marker's bytes."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, path: Path) -> "Arrival | None":
        """A marker that is not as the program wrote it says nothing."""
        try:
            with open(path, "rb") as file:
                said = read_json(file.read(MOST_BYTES))
            came = said.pop("handed_in")
            arrival = cls(**said, handed_in=None if came is None else HandedIn(**came))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        is_fit = isinstance(arrival.aside, str) and (not arrival.aside or _ASIDE.match(arrival.aside) is not None)
        return arrival if is_fit else None


def coming(place: Path) -> Path:
    """Where the vault for `place` is made whole. Its header is written there last."""
    return place.with_name(f"{place.name}.coming")


def trying(place: Path) -> Path:
    """Where a bundle is unpacked to be looked at, and taken away again."""
    return place.with_name(f"{place.name}.trying")


def taken(place: Path) -> Path:
    """What says that a hand-over was taken over, until its file is gone."""
    return place.with_name(f"{place.name}.taken")


def expected(place: Path) -> Path:
    """Where a laptop keeps the receiving code of a hand-over it waits for."""
    return place.with_name(f"{place.name}.receiving")


def holds_vault(place: Path) -> bool:
    """Whether a vault lies there, once what was under way is finished. Cheap; raises NotPutInPlace."""
    finish_interrupted(place)
    return has_header(place)


def finish_interrupted(place: Path) -> None:
    """Finish what a marker says an interruption left. Takes nothing away; what cannot be told for certain stays as it
    is. Raises NotPutInPlace."""
    arrival = Arrival.read(marker(place))
    if arrival is None:
        return
    was_moved = not arrival.aside or place.with_name(arrival.aside).is_dir()
    if not place.exists() and was_moved and _digest(coming(place)) == arrival.header:
        _rename(coming(place), place)
    if _digest(place) == arrival.header:
        _end(place, arrival)


def put_in_place(place: Path, aside: Path | None, handed_in: HandedIn | None = None) -> None:
    """Move what lies there aside, and the new vault in. Nobody may have either open. Raises NotPutInPlace with
    everything as it was before."""
    if aside is not None and not (place / HEADER).is_file():
        _withdraw(place)
        raise NotPutInPlace(MOVED)
    _refuse_open(place)
    aside = None if aside is None else free_name(aside)
    named = "" if aside is None else aside.name
    arrival = Arrival(_digest(coming(place)), named, handed_in)
    try:
        _write_marker(place, arrival)
        if aside is not None:
            _rename(place, aside)
        finish_interrupted(place)
    except NotPutInPlace:
        if aside is not None and aside.exists() and not place.exists():
            with suppress(OSError):
                rename(aside, place)
        _withdraw(place)
        raise


def clear(place: Path) -> None:
    """Take away what was left beside a vault just opened, whose lock is held: nothing of it is under way any more."""
    _withdraw(place)
    _remove(trying(place))
    for left in (part_of(marker(place)), expected(place), part_of(expected(place))):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where a file beside the place is made whole."""
    return path.with_name(f"{path.name}-part")


def make_room(folder: Path) -> None:
    """An empty folder of one's own, readable by nobody else; what a killed program left there goes first. Raises
    OpenElsewhere where another program is at work in it."""
    _refuse_open(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)


def free_name(wanted: Path) -> Path:
    """The same name, or with a number when it is taken."""
    number, free = 2, wanted
    while free.exists():
        free = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return free


def _withdraw(place: Path) -> None:
    """The marker first: without it nothing is ever put in place."""
    with suppress(OSError):
        marker(place).unlink(missing_ok=True)
    _remove(coming(place))


def _remove(folder: Path) -> None:
    """Not while another program is at work in it; what cannot be removed now is so next time."""
    with suppress(OpenElsewhere):
        _refuse_open(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_open(folder: Path) -> None:
    from csp_desktop.vault import lockfile

    if lockfile.held_by(folder):
        raise OpenElsewhere


def _end(place: Path, arrival: Arrival) -> None:
    """Both renames are on the disk before the marker goes; of a hand-over the note stays, until its file is gone."""
    sync_folder(place.parent)
    with suppress(FileNotFoundError):  # another window was quicker
        if arrival.handed_in is None:
            marker(place).unlink()
        else:
            rename(marker(place), taken(place))
    sync_folder(place.parent)


def _rename(source: Path, target: Path) -> None:
    try:
        rename(source, target)
    except FileNotFoundError:  # another window was quicker
        if not target.exists():
            raise NotPutInPlace(MOVED) from None
    except OSError as error:
        raise NotPutInPlace(reason(error)) from error


def _write_marker(place: Path, arrival: Arrival) -> None:
    try:
        write(marker(place), arrival.written(), part_of(marker(place)))
    except OSError as error:
        raise NotPutInPlace(reason(error)) from error


def _digest(folder: Path) -> str:
    """Which vault lies in a folder; empty where none does."""
    try:
        return hashlib.sha256((folder / HEADER).read_bytes()).hexdigest()
    except OSError:
        return ""
