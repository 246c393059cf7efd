"""Whether what is written to a folder may leave this computer is told before anything is written."""

from pathlib import Path

import pytest

from csp_desktop.exchange.shared_folders import folder_warning, is_remote, synced_by

MOUNTS = "/dev/sda1 / ext4 rw 0 0\n//server/share /mnt/team\\040files cifs rw 0 0\nserver:/x /home/h/far nfs4 rw 0 0\n"


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (r"C:/Users/h/OneDrive - Testford Council/Papers", "OneDrive"),
        ("/home/h/Dropbox/papers", "Dropbox"),
        ("/home/h/Google Drive/papers", "Google Drive"),
        ("/home/h/Nextcloud", "Nextcloud"),
        ("/Users/h/Library/Mobile Documents/x", "iCloud"),
    ],
)
def test_a_synced_folder_is_told_by_its_path(path: str, named: str) -> None:
    assert synced_by(Path(path).parts) == named and named in folder_warning(Path(path), MOUNTS)


@pytest.mark.parametrize("path", ["/mnt/team files/papers", "/home/h/far/off", r"\\server\share\x"])
def test_a_network_folder_is_told_by_what_is_mounted_or_by_its_name(path: str) -> None:
    assert is_remote(Path(path), MOUNTS) and "on the network" in folder_warning(Path(path), MOUNTS)


@pytest.mark.parametrize("path", ["/home/h/Papers", "/mnt/team", "/tmp/droplet"])
def test_a_folder_of_this_computer_is_not_warned_of(path: str) -> None:
    assert folder_warning(Path(path), MOUNTS) == ""
