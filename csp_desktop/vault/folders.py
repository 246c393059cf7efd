"""Which folders are fit for a vault. On network drives the write-ahead log loses data; synchronised folders copy
half-written files to strangers' servers.

Folders that a program copies to somebody's server: told by their names, by what the programs leave in them, and by
what the programs say of themselves to this user.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.vault.errors import UnsuitableFolder

NAMES = re.compile(
    r"(onedrive( ?-.*)?|dropbox( \(.*\))?|google ?drive( \(.*\))?|googledrive-.*|my drive|drivefs|icloud ?drive"
    r"|com~apple~clouddocs|mobile documents|cloudstorage|box sync|nextcloud\d*|owncloud\d*|pclouddrive|pcloudsync"
    r"|seafile|megasync|resilio sync|proton ?drive)\Z",
    re.IGNORECASE,
)
MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".csync_journal.db": "Nextcloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".sync-exclude.lst": "Nextcloud",
    ".seafile-data": "Seafile",
    ".megaignore": "MEGA",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
}
_MARKER_PATTERNS = ((re.compile(r"\.?_?sync_[0-9a-f]{12}\.db\Z"), "Nextcloud"),)
VARIABLES = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}


def program_copying(place: Path, environment: Mapping[str, str], home: Path) -> str:
    """The name of the folder or program that synchronises `place` (absolute and resolved), or nothing."""
    for part in place.parts:
        if NAMES.match(part):
            return part
    for root, program in _roots(environment, home):
        if root == place or root in place.parents:
            return program
    return next((found for folder in (place, *place.parents) if (found := _marked(folder, home))), "")


def _roots(environment: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    """Where the programs of this user say that they synchronise."""
    for variable, program in VARIABLES.items():
        if environment.get(variable):
            yield Path(environment[variable]).resolve(), program
    yield from ((root, "OneDrive") for root in _registered())
    yield home / "Box", "Box"
    kept = [Path(environment[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if name in environment]
    for place in (home / ".dropbox", *kept):
        yield from ((root, "Dropbox") for root in _dropbox_roots(place / "info.json"))
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    settings = (
        (config / "Nextcloud" / "nextcloud.cfg", r"localPath=(.+)", "Nextcloud"),
        (config / "ownCloud" / "owncloud.cfg", r"localPath=(.+)", "ownCloud"),
        (config / "onedrive" / "config", r'\s*sync_dir\s*=\s*"(.+)"', "OneDrive"),
    )
    for file, pattern, program in settings:
        for line in _text(file).splitlines():
            if found := re.search(pattern, line):
                yield Path(found[1].strip().replace("~", str(home), 1)).resolve(), program


def _dropbox_roots(info: Path) -> list[Path]:
    try:
        accounts = read_json(_text(info) or "{}")
        return [Path(account["path"]).resolve() for account in accounts.values()]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _marked(folder: Path, home: Path) -> str:
    """What a program left in the folder itself. In the home folder some keep their settings under the same names."""
    if folder == home or folder == folder.parent:
        return ""
    try:
        names = [entry.name for entry in folder.iterdir() if entry.name.startswith((".", "_"))]
    except OSError:
        return ""
    for name in names:
        if name in MARKERS:
            return MARKERS[name]
        for pattern, program in _MARKER_PATTERNS:
            if pattern.match(name):
                return program
    return ""


if sys.platform == "win32":
    import winreg

    _PROVIDERS = r"Software\SyncEngines\Providers\OneDrive"

    def _registered() -> list[Path]:
        """OneDrive's own folders and the SharePoint libraries it keeps on this computer."""
        found: list[Path] = []
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _PROVIDERS) as providers:
                for number in range(winreg.QueryInfoKey(providers)[0]):
                    with winreg.OpenKey(providers, winreg.EnumKey(providers, number)) as one:
                        found.append(Path(str(winreg.QueryValueEx(one, "MountPoint")[0])).resolve())
        except OSError:
            return found
        return found

else:

    def _registered() -> list[Path]:
        """Only Windows keeps such a list."""
        return []


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


_NETWORK_TYPES = {
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "davfs",
    "ncpfs",
    "9p",
    "vboxsf",
    "vmhgfs",
    "prl_fs",
    "afs",
    "coda",
    "ceph",
    "glusterfs",
    "lustre",
    "ocfs2",
    "gfs2",
    "autofs",
}


def refuse_unsuitable(folder: Path, environment: Mapping[str, str] | None = None, home: Path | None = None) -> None:
    """Raise UnsuitableFolder with the reason when a vault must not lie in `folder` (which need not exist yet)."""
    place = folder.expanduser().absolute().resolve()
    copying = program_copying(place, os.environ if environment is None else environment, home or Path.home())
    if copying:
        raise UnsuitableFolder(
            f"The folder is inside '{copying}', which copies its files elsewhere while they are being "
            "written. That would damage the records and send them outside your control. Choose a "
            "folder on this computer's own disk."
        )
    if _is_on_network(place):
        raise UnsuitableFolder(
            "The folder is on a network drive. Records can be lost if the connection drops. Choose a "
            "folder on this computer's own disk."
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
