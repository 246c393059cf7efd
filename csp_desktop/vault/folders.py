"""Which folders are fit for a vault. On network drives the write-ahead log loses data; synchronised folders copy
half-written files to strangers' servers.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from csp_desktop.vault.errors import UnsuitableFolder
from csp_desktop.vault.sync_folders import program_copying

_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "9p", "vboxsf",
    "vmhgfs", "prl_fs", "afs", "coda", "ceph", "glusterfs", "lustre", "ocfs2", "gfs2", "autofs",
}  # fmt: skip


def refuse_unsuitable(folder: Path, environment: Mapping[str, str] | None = None, home: Path | None = None) -> None:
    """Raise UnsuitableFolder with the reason when a vault must not lie in `folder` (which need not exist yet)."""
    place = folder.expanduser().absolute().resolve()
    copying = program_copying(place, os.environ if environment is None else environment, home or Path.home())
    if copying:
        raise UnsuitableFolder(
            f"The folder lies inside '{copying}', which copies its files elsewhere while they are being written. "
            "That would damage the records and take them out of your hands. Choose a folder on "
            "this computer's own disk."
        )
    if _is_on_network(place):
        raise UnsuitableFolder(
            "The folder lies on a network drive. Records there can be lost when the connection drops."
            " Choose a folder on this computer's own disk."
        )


def type_of_mount(place: Path, mounts: str) -> str:
    """The file system a path lies on, by the text of /proc/mounts ('' when unknown)."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]))
        depth = len(point.parts)
        if (
            place == point or point in place.parents
        ) and depth >= best:  # a later mount on the same point hides the earlier
            best, kind = depth, fields[2]
    return kind


def plain_drive(drive: str) -> str:
    r"""Windows' way of writing a long path taken off: C: for \\?\C:, but \\server\share for \\?\UNC\server\share."""
    if drive.upper().startswith("\\\\?\\UNC\\"):
        return "\\\\" + drive[len("\\\\?\\UNC\\") :]
    return drive.removeprefix("\\\\?\\").removeprefix("\\\\.\\")


def is_network_type(kind: str) -> bool:
    """Whether a file system type of /proc/mounts is reached over a network. FUSE is refused but for local disks."""
    if kind.startswith("fuse."):
        return kind not in {
            "fuse.ntfs-3g",
            "fuse.exfat",
            "fuse.encfs",
            "fuse.gocryptfs",
            "fuse.bindfs",
            "fuse.fuse-overlayfs",
        }
    return kind in _NETWORK_TYPES


if sys.platform == "win32":
    import ctypes

    def _is_on_network(place: Path) -> bool:
        remote, drive = 4, plain_drive(place.drive)
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == remote

elif sys.platform == "darwin":
    import subprocess

    _SPACE = r"\040"

    def _is_on_network(place: Path) -> bool:
        done = subprocess.run(["/sbin/mount"], capture_output=True, check=True)
        listed = done.stdout.decode(errors="surrogateescape")
        mounted = (re.match(r".+? on (.+) \((\w+)", line) for line in listed.splitlines())
        as_linux = [f"- {found[1].replace(' ', _SPACE)} {found[2]}" for found in mounted if found]
        return is_network_type(type_of_mount(place, "\n".join(as_linux)))

else:

    def _is_on_network(place: Path) -> bool:
        mounts = Path("/proc/mounts")
        listed = mounts.read_text(encoding="utf-8", errors="surrogateescape") if mounts.exists() else ""
        return is_network_type(type_of_mount(place, listed))
