"""Whether what is written to a folder stays on this computer: a folder that is kept alike elsewhere, or lies on another
computer, is told by its path and by what the system says is mounted there.
"""

import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "googledrive": "Google Drive",
    "mydrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud": "iCloud",
    "mobiledocuments": "iCloud",
    "sharepoint": "SharePoint",
    "syncthing": "Syncthing",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
}
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.rclone"}
)
MOUNTS = Path("/proc/mounts")
REMOTE_DRIVE = 4  # Windows' own number


def folder_warning(folder: Path, mounts: str | None = None) -> str:
    """Why what is written there may leave this computer; empty where nothing says so."""
    named = synced_by(folder.parts)
    if named:
        return f"This folder is synchronised by {named}: files saved here leave this computer. Choose another one."
    if is_remote(folder, _mounts() if mounts is None else mounts):
        return "This folder is on the network: others may read files saved here. Choose one on this computer."
    return ""


def synced_by(parts: Iterable[str]) -> str:
    """The service that keeps a folder of this path in step; empty for none that is known."""
    for part in parts:
        plain = "".join(letter for letter in part.casefold() if letter.isalnum())
        for begin, name in SYNCED.items():
            if plain.startswith(begin) or begin == plain:
                return name
    return ""


def is_remote(folder: Path, mounts: str) -> bool:
    """Whether it lies on another computer: a UNC path, a mapped drive, or a network file system as the lines of
    /proc/mounts name it."""
    if str(folder).startswith((r"\\", "//")) or PureWindowsPath(str(folder)).drive.startswith(r"\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == REMOTE_DRIVE)
    found = [line.split() for line in mounts.splitlines()]
    places = {Path(_unescaped(line[1])): line[2] for line in found if len(line) > 2}
    nearest = next((one for one in (folder, *folder.parents) if one in places), None)
    return nearest is not None and places[nearest] in NETWORK


def _unescaped(place: str) -> str:
    return place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")


def _mounts() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
