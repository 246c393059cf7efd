"""What was last seen, in a real Secret Service: gnome-keyring on its own D-Bus and in its own home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.patience import SECONDS

DRIVE = """
import shutil, subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.bootstrap.partnership import Founder, create_partnership, open_partnership
from csp_desktop.services.people.settings import change_settings
from csp_desktop.domain.common.users import Role
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.rollback_guard import KeyringRollbackGuard

start = ["gnome-keyring-daemon", "--components=secrets"]
daemon = subprocess.Popen([*start, "--foreground", "--unlock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
daemon.stdin.write(b"login password")
daemon.stdin.close()
daemon.stdout.readline()
try:
    folder, copy = Path(sys.argv[1]) / "partnership", Path(sys.argv[1]) / "copy"
    now = lambda: datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    person = Founder("Ruth Coyle", "Council", AgencyKind.COUNCIL, "", "marble otter lantern", tuple(Role))
    create_partnership(folder, [person], Cost.quick(), now, with_recovery=False)[0].close()
    def opened():
        seen = KeyringRollbackGuard()
        return open_partnership(folder, "Ruth Coyle", "marble otter lantern", now, rollback_guard=seen)
    opened().close()
    shutil.copytree(folder, copy)
    with opened() as partnership:
        change_settings(partnership.session, default_venue="Library")
    with opened() as partnership:
        print("as it was left", partnership.session.older is None, partnership.verify()["witness"] is not None)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    with opened() as partnership:
        print(partnership.session.older.sentence)
finally:
    daemon.terminate()
    daemon.wait()
"""


if sys.platform == "linux":

    def test_an_old_copy_is_told_by_a_real_secret_service(tmp_path: Path) -> None:
        assert shutil.which("gnome-keyring-daemon"), "apt-get install gnome-keyring dbus-x11 libsecret-1-0"
        home, runtime = tmp_path / "home", tmp_path / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        alone = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "share")}
        environment = {**os.environ, **alone, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, "-c", DRIVE, str(tmp_path)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == [
            "as it was left True True",
            "This is an older copy than this computer last saw (Thu 26 Nov 2026, 14:00).",
        ]
