"""Killed at any moment of taking a person out: the old state or the new one, never neither, and nothing left over.

A driver process makes the partnership and forks a child for every moment: the child is killed by SIGKILL right before
the n-th thing it would have done to the folder (a file opened for writing, renamed or removed, a step of the copying).
"""

import sys
from pathlib import Path

from tests.support.driver import driven

DRIVE = """
import json, os, shutil, signal, sys
from pathlib import Path
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.domain.common.ids import new_id
from csp_desktop.bootstrap.partnership import Founder, create_partnership, open_partnership
from csp_desktop.services.file import users as file_users
from csp_desktop.services.people.people import agencies as listed
from csp_desktop.domain.common.users import Role
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import WrongPassphrase
from tests.support.fakes import FixedClock

work = Path(sys.argv[1])
standing = work / "standing"
RUTH = Founder("Ruth Coyle", "Council", AgencyKind.COUNCIL, "Chair", "marble otter lantern hall", (Role.CHAIR,))
DILIP = Founder("Dilip Anand", "Council", AgencyKind.COUNCIL, "Officer", "velvet canyon spoon", (Role.MINUTE_TAKER,))
made, _ = create_partnership(standing, [RUTH, DILIP], Cost.quick(), FixedClock(), with_recovery=False)
with made.session.work.step("bulk") as records:
    for number in range(30):
        records.save(Agency(new_id(), f"Agency {number} " + "x" * 2000, "", AgencyKind.OTHER))
made.close()


def removal(folder, last):
    '''In the child: take Dilip out, killed before thing number `last`; exits 0 when it came to its end.'''
    seen = 0

    def thing(what):
        nonlocal seen
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        with open(work / "things", "a") as told:
            told.write(what + "\\n")

    def audit(event, arguments):
        if event in ("os.rename", "os.remove", "os.truncate") and str(folder) in str(arguments[0]):
            thing(f"{event} {Path(str(arguments[0])).name}")
        if event == "open" and str(folder) in str(arguments[0]) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            thing(f"open {Path(str(arguments[0])).name}")

    opened = open_partnership(folder, RUTH.name, RUTH.passphrase, FixedClock())
    them = next(r.user.id for r in file_users.users(opened.session) if not r.is_me)
    fsync = os.fsync
    os.fsync = lambda descriptor: (thing("fsync"), fsync(descriptor))[1]
    sys.addaudithook(audit)
    file_users.remove_user(opened.session, them, lambda done, total, words: thing(f"{words} {done} of {total}"))
    thing("the end")
    os._exit(0)


def state_of(folder):
    opened = open_partnership(folder, RUTH.name, RUTH.passphrase, FixedClock())
    with opened:
        people = [row.name for row in file_users.users(opened.session)]
        found = opened.verify()
        agencies = len(listed(opened.session))
        epoch = opened.vault.epoch
    try:
        open_partnership(folder, DILIP.name, DILIP.passphrase, FixedClock()).close()
        dilip = True
    except WrongPassphrase:
        dilip = False
    left = sorted(f.name for f in (folder / "cpg").iterdir())
    return {"people": people, "ok": found["ok"], "found": found["findings"], "agencies": agencies, "epoch": epoch,
            "dilip": dilip, "left": left}


outcomes = []
for last in range(200):
    folder = work / f"try-{last}"
    shutil.copytree(standing, folder)
    (work / "things").unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            removal(folder, last)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    things = (work / "things").read_text().splitlines() if (work / "things").exists() else []
    outcome = state_of(folder)
    outcome |= {"killed": os.WIFSIGNALED(status), "code": os.waitstatus_to_exitcode(status), "after": things[-1:]}
    outcomes.append(outcome)
    shutil.rmtree(folder)
    if not outcome["killed"]:
        break
print(json.dumps(outcomes))
"""


if sys.platform != "win32":  # it forks

    def test_killed_at_every_step_of_taking_a_person_out_the_file_is_old_or_new(tmp_path: Path) -> None:
        outcomes = driven(DRIVE, tmp_path)
        assert all(outcome["code"] == -9 for outcome in outcomes[:-1])
        seen = set()
        for outcome in outcomes:
            is_new = outcome["epoch"] == 2
            seen.add(is_new)
            assert outcome["ok"], outcome
            assert outcome["dilip"] is not is_new, outcome
            assert outcome["people"] == (["Ruth Coyle"] if is_new else ["Dilip Anand", "Ruth Coyle"]), outcome
            assert outcome["agencies"] == 31, outcome
            databases = [name for name in outcome["left"] if ".db" in name]
            assert len(databases) == 1 and databases[0].startswith("records-"), outcome
            assert "vault.moving" not in outcome["left"], outcome
        assert seen == {False, True}
        newness = [outcome["epoch"] for outcome in outcomes]
        assert newness == sorted(newness), "one moment from which the new state counts"
