"""Where a vault may lie."""

from pathlib import Path, PureWindowsPath

import pytest

from csp_desktop.vault.errors import UnsuitableFolder
from csp_desktop.vault.folders import is_network_type, plain_drive, refuse_unsuitable, type_of_mount

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/home /mnt/team\040files nfs4 rw 0 0
me@host: /home/me/remote fuse.sshfs rw 0 0
/dev/sdb1 /mnt/share/stick vfat rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/me/cpg", "ext4"),
        ("/mnt/share", "cifs"),
        ("/mnt/share/a/b", "cifs"),
        ("/mnt/shared", "ext4"),
        ("/mnt/team files/cpg", "nfs4"),
        ("/home/me/remote/cpg", "fuse.sshfs"),
        ("/mnt/share/stick/cpg", "vfat"),
    ],
)
def test_the_nearest_mount_decides(place: str, kind: str) -> None:
    assert type_of_mount(Path(place), MOUNTS) == kind


def test_network_drives_are_told_from_disks() -> None:
    for kind in ("nfs", "nfs4", "cifs", "smb", "smb3", "9p", "vboxsf", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"):
        assert is_network_type(kind)
    for kind in ("ext4", "btrfs", "xfs", "vfat", "exfat", "tmpfs", "fuse.ntfs-3g", "fuseblk", "apfs", ""):
        assert not is_network_type(kind)


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - Watford Borough Council",
        "Dropbox",
        "Dropbox (Team)",
        "Google Drive",
        "iCloud Drive",
        "Mobile Documents",
        "CloudStorage",
        "Nextcloud",
    ],
)
def test_a_synchronised_folder_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsuitableFolder) as refused:
        refuse_unsuitable(tmp_path / name / "Documents" / "cpg")
    assert f"'{name}'" in refused.value.sentence and "this computer's own disk" in refused.value.sentence


def refused_for(place: Path, environment: dict[str, str], home: Path) -> str:
    with pytest.raises(UnsuitableFolder) as refused:
        refuse_unsuitable(place, environment, home)
    return refused.value.sentence


def test_a_folder_that_windows_names_as_onedrive_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    work = tmp_path / "Watford BC"
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        assert "'OneDrive'" in refused_for(work / "cpg", {variable: str(work)}, tmp_path)
    refuse_unsuitable(tmp_path / "elsewhere", {"OneDrive": str(work)}, tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "program"),
    [
        (".dropbox/info.json", '{{"personal": {{"path": "{root}"}}}}', "Dropbox"),
        (".config/Nextcloud/nextcloud.cfg", "[Accounts]\n0\\Folders\\1\\localPath={root}/\n", "Nextcloud"),
        (".config/ownCloud/owncloud.cfg", "0\\Folders\\1\\localPath={root}/\n", "ownCloud"),
        (".config/onedrive/config", 'sync_dir = "{root}"\n', "OneDrive"),
    ],
)
def test_a_folder_that_a_program_says_it_synchronises_is_refused(
    tmp_path: Path, file: str, text: str, program: str
) -> None:
    root, said = tmp_path / "papers", tmp_path / file
    said.parent.mkdir(parents=True)
    said.write_text(text.format(root=root))
    assert f"'{program}'" in refused_for(root / "cpg", {}, tmp_path)
    refuse_unsuitable(tmp_path / "papers of mine" / "cpg", {}, tmp_path)


@pytest.mark.parametrize(
    ("marker", "program"),
    [
        (".dropbox.cache", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".sync_0123456789ab.db", "Nextcloud"),
        (".tmp.driveupload", "Google Drive"),
        (".csync_journal.db", "Nextcloud"),
    ],
)
def test_what_a_program_left_in_a_folder_tells_on_it(tmp_path: Path, marker: str, program: str) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / marker).touch()
    assert f"'{program}'" in refused_for(tmp_path / "papers" / "new" / "cpg", {}, tmp_path)


def test_settings_of_such_programs_in_the_home_folder_are_no_reason(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text("[1")
    refuse_unsuitable(tmp_path / "cpg", {}, tmp_path)


def test_an_own_disk_is_fit_though_its_name_resembles_one(tmp_path: Path) -> None:
    refuse_unsuitable(tmp_path / "Dropbox-old papers" / "cpg")


def test_a_link_does_not_hide_a_synchronised_folder(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "OneDrive", target_is_directory=True)
    with pytest.raises(UnsuitableFolder):
        refuse_unsuitable(tmp_path / "plain" / "cpg")


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        (r"C:\Partnership", "C:"),
        (r"\\?\C:\Partnership", "C:"),
        (r"\\.\C:\Partnership", "C:"),
        (r"\\server\share\Partnership", r"\\server\share"),
        (r"\\?\UNC\server\share\Partnership", r"\\server\share"),
    ],
)
def test_a_long_path_of_windows_is_no_network_drive_and_a_long_share_is_one(path: str, drive: str) -> None:
    assert plain_drive(PureWindowsPath(path).drive) == drive
