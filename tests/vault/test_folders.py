"""Where a vault may lie."""

from pathlib import Path

import pytest

from csp_desktop.vault.errors import UnsuitableFolder
from csp_desktop.vault.folders import is_network_type, refuse_unsuitable, type_of_mount

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
    for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"):
        assert is_network_type(kind)
    for kind in ("ext4", "btrfs", "xfs", "vfat", "exfat", "tmpfs", "fuse.ntfs-3g", "fuseblk", "apfs", ""):
        assert not is_network_type(kind)


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - Watford Borough Council", "Dropbox", "Dropbox (Team)", "Google Drive", "iCloud Drive",
     "Mobile Documents", "CloudStorage", "Nextcloud"],
)  # fmt: skip
def test_a_synchronised_folder_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsuitableFolder) as refused:
        refuse_unsuitable(tmp_path / name / "Documents" / "cpg")
    assert f"'{name}'" in refused.value.sentence and "this computer's own disk" in refused.value.sentence


def test_an_own_disk_is_fit_though_its_name_resembles_one(tmp_path: Path) -> None:
    refuse_unsuitable(tmp_path / "Dropbox-old papers" / "cpg")


def test_a_link_does_not_hide_a_synchronised_folder(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "OneDrive", target_is_directory=True)
    with pytest.raises(UnsuitableFolder):
        refuse_unsuitable(tmp_path / "plain" / "cpg")
