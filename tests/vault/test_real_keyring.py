"""The real Secret Service: gnome-keyring on its own D-Bus and in its own home, nothing of whoever runs the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DRIVE = """
import subprocess, sys
from pathlib import Path
from csp_desktop.vault import errors
from csp_desktop.vault.container import NewUser, create_vault, open_vault
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


if sys.platform == "linux":

    def test_a_passphrase_tied_to_this_computer_works_with_a_real_secret_service(tmp_path: Path) -> None:
        assert shutil.which("gnome-keyring-daemon"), "apt-get install gnome-keyring dbus-x11 libsecret-1-0"
        home = tmp_path / "home"
        runtime = tmp_path / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        alone = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "share")}
        environment = {**os.environ, **alone, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, "-c", DRIVE, str(tmp_path)],
            env=environment, capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines[:4] == ["keyring.backends.SecretService", "opened Ruth Coyle", "entry lost", "passphrase alone"]
        assert lines[4].startswith("locked ")
