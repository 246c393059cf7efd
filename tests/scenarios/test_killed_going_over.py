"""Killed at any moment of the first opening of a file of 0.1.0: it opens again, whole, with everybody's passphrase.

A driver process forks a child for every moment: the child is killed by SIGKILL right before the n-th thing it would
have done to the folder (a file opened for writing, linked, renamed or removed, a wait for the disk).
"""

import sys
from pathlib import Path

from tests.support.driver import driven

DRIVE = """
import json, os, shutil, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from csp_desktop.bootstrap.partnership import open_partnership
from tests.support.partnerships import CHAIR, MINUTE_TAKER
from tests.support.stored_vaults import STORED

work = Path(sys.argv[1])
later = lambda: datetime(2026, 11, 27, 12, tzinfo=UTC)


def going_over(folder, last):
    '''In the child: the first opening, killed before thing number `last`; exits 0 when it came to its end.'''
    seen = 0

    def thing(what):
        nonlocal seen
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    def audit(event, arguments):
        here = bool(arguments) and str(folder) in str(arguments[0])
        if event in ("os.rename", "os.remove", "os.link", "os.truncate", "os.mkdir") and here:
            thing(event)
        if event == "open" and here and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            thing(event)

    fsync = os.fsync
    os.fsync = lambda descriptor: (thing("fsync"), fsync(descriptor))[1]
    sys.addaudithook(audit)
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, later).close()
    os._exit(0)


def state_of(folder):
    found = []
    for who in (CHAIR, MINUTE_TAKER):
        with open_partnership(folder, who.name, who.passphrase, later) as opened:
            if who is MINUTE_TAKER:  # once for the file, when everybody has been in it
                found += opened.verify()["findings"]
    header = json.loads((folder / "cpg" / "vault.json").read_bytes())
    databases = sorted(f.name for f in (folder / "cpg").iterdir() if ".db" in f.name)
    left = [f.name for f in (folder / "cpg").iterdir() if f.name in ("vault.moving", "vault.json.new")]
    return {"found": found, "old": [s["kind"] for s in header["old"]], "named": [header["database"]],
            "databases": databases, "left": left}


outcomes = []
for last in range(300):
    folder = work / f"try-{last}"
    shutil.copytree(STORED / "0.1.0" / "cpg", folder / "cpg")
    child = os.fork()
    if child == 0:
        try:
            going_over(folder, last)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    outcome = state_of(folder) | {"code": os.waitstatus_to_exitcode(status)}
    outcomes.append(outcome)
    shutil.rmtree(folder)
    if outcome["code"] != -9:
        break
print(json.dumps(outcomes))
"""


if sys.platform != "win32":  # it forks

    def test_killed_at_every_step_of_going_over_the_file_opens_again_with_everybodys_passphrase(tmp_path: Path) -> None:
        outcomes = driven(DRIVE, tmp_path)
        for outcome in outcomes:
            assert outcome["found"] == [] and outcome["left"] == [], outcome
            assert outcome["old"] == ["recovery"], outcome
            assert outcome["databases"] == outcome["named"], outcome
