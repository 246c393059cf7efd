"""The real Secret Service: gnome-keyring on its own D-Bus and in its own home, nothing of whoever runs the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.patience import SECONDS

DRIVE = """
import subprocess, sys
from pathlib import Path
from csp_desktop.vault import errors, users
from csp_desktop.vault.creation import NewUser, create_vault
from csp_desktop.vault.unlock import open_vault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.device_secret import KeyringSecrets, trusted_backend
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.users import tie_to_computer

start = ["gnome-keyring-daemon", "--components=secrets"]
daemon = subprocess.Popen([*start, "--foreground", "--unlock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
daemon.stdin.write(b"login password")
daemon.stdin.close()
daemon.stdout.readline()
try:
    print(type(trusted_backend()).__module__)
    folder = Path(sys.argv[1]) / "cpg"
    people = [NewUser("Ruth Coyle", "marble otter lantern"), NewUser("Dilip Anand", "velvet canyon spoon")]
    made = create_vault(folder, VaultKind.CPG, people, Cost.quick(), recovery=False)
    made.vault.database_path.touch()
    made.vault.commit()
    secrets = KeyringSecrets(seconds=20)
    tie_to_computer(made.vault, "marble otter lantern", secrets)
    made.vault.close()
    opened = open_vault(folder, "Ruth Coyle", "marble otter lantern", device_secret=secrets)
    print("opened", opened.user)
    opened.close()
    trusted_backend().delete_password("CSP Desktop", opened.vault_id)
    try:
        open_vault(folder, "Ruth Coyle", "marble otter lantern", device_secret=secrets)
    except errors.KeyringMissing:
        print("entry lost")
    open_vault(folder, "Dilip Anand", "velvet canyon spoon", device_secret=secrets).close()
    print("passphrase alone")
    changed = open_vault(folder, "Dilip Anand", "velvet canyon spoon")
    users.tie_to_computer(changed, "velvet canyon spoon", secrets)
    users.change_passphrase(changed, "velvet canyon spoon", "seven quiet harbours", secrets)
    changed.close()
    changed = open_vault(folder, "Dilip Anand", "seven quiet harbours", device_secret=secrets)
    users.untie_from_computer(changed, "seven quiet harbours", secrets)
    changed.close()
    open_vault(folder, "Dilip Anand", "seven quiet harbours").close()
    print("changed and untied")
    secrets.read_or_make(opened.vault_id)
    import secretstorage
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()
    try:
        KeyringSecrets(seconds=3).read(opened.vault_id)
    except (errors.KeyringLocked, errors.KeyringSilent) as refused:
        print("locked", type(refused).__name__)
finally:
    daemon.terminate()
    daemon.wait()
"""


LIBRARY = """
from keyring.testing.backend import BackendBasicTests
from csp_desktop.vault.device_secret import trusted_backend


class TestThisService(BackendBasicTests):
    def init_keyring(self):
        return trusted_backend()
"""
START = """
import subprocess, sys
start = ["gnome-keyring-daemon", "--components=secrets"]
daemon = subprocess.Popen([*start, "--foreground", "--unlock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
daemon.stdin.write(b"login password")
daemon.stdin.close()
daemon.stdout.readline()
try:
    sys.exit(subprocess.run([sys.executable, *sys.argv[1:]]).returncode)
finally:
    daemon.terminate()
    daemon.wait()
"""


def in_a_session_of_its_own(tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Python on a D-Bus and in a home that are nobody's."""
    assert shutil.which("gnome-keyring-daemon"), "apt-get install gnome-keyring dbus-x11 libsecret-1-0"
    home, runtime = tmp_path / "home", tmp_path / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    alone = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "share")}
    environment = {**os.environ, **alone, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        ["dbus-run-session", "--", sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


if sys.platform == "linux":

    def test_a_passphrase_tied_to_this_computer_works_with_a_real_secret_service(tmp_path: Path) -> None:
        done = in_a_session_of_its_own(tmp_path, "-c", DRIVE, str(tmp_path))
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines[:5] == [
            "keyring.backends.SecretService",
            "opened Ruth Coyle",
            "entry lost",
            "passphrase alone",
            "changed and untied",
        ]
        assert lines[5].startswith("locked ")

    def test_the_key_store_library_passes_its_own_tests_on_this_service(tmp_path: Path) -> None:
        (tmp_path / "test_library.py").write_text(LIBRARY)
        command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--rootdir", str(tmp_path)]
        done = in_a_session_of_its_own(tmp_path, "-c", START, *command, str(tmp_path / "test_library.py"))
        assert done.returncode == 0, done.stdout + done.stderr
        assert "failed" not in done.stdout and "skipped" not in done.stdout
        assert int(done.stdout.split(" passed")[0].split()[-1]) >= 10
