"""After locking no key and hardly a case can be found in the memory of the program: sixty phrases shown and typed.

What may be left of the sixty, and why: Python and the C library hand out memory in pieces, and something that lives on
may have been given a piece where a phrase had been and use only its beginning (a list with room to grow, the end of a
pool whose objects are of another size). Nothing can write there but its owner. It is another phrase each time, on the
average less than one; more than five would be something that is still held.
"""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.cli.verbs.lists import import_cases
from csp_desktop.sample.clock import ScriptedClock, sample_clock
from csp_desktop.store.engine import write_meta
from csp_desktop.vault import derivation, users
from tests.scenarios.in_session import TAKER, opened, start_november
from tests.scenarios.test_nothing_readable import ROOT, home
from tests.support.attack import ATTACK
from tests.support.memory import CODINGS, held_in_memory

MARK = "illowherb"  # its first letter may be folded for a search
SECRET = "gherkin platform mulberry 71 sandal"
PHRASES, TYPED, MOST_LEFT = 60, 6, 5
SHOWN = PHRASES - TYPED
PROGRAM = ROOT / "csp_desktop"
COPIES = re.compile(r"\bbytes\((?:self\.)?_?(?:\w*key|own|secret|former|both)\w*\)")


def phrase(number: int) -> str:
    return f"Estate road: W{MARK}{number:02d} was seen again"


def keys_of(partnership: Partnership) -> dict[str, bytes]:
    """Every key of the open vault."""
    vault = partnership.vault
    seal = derivation.subkey(vault._vault_key, f"header seal {vault.epoch}", bytes.fromhex(vault.vault_id))
    return {
        "vault key": bytes(vault._vault_key),
        "database key": bytes(vault.database_key()),
        "journal key": bytes(vault.journal_key),
        "backup key": bytes(vault.backup_key),
        "header key": bytes(seal),
    }


def prepare(folder: Path, base: Path) -> dict[str, list[bytes]]:
    """The sample with the phrases in new cases, November in session, and a passphrase nobody has printed. Returns its
    secrets in every form in which they could stand in memory."""
    columns = (ROOT / "tests/data/safety-net/cases-2026-11.csv").read_text("utf-8-sig").splitlines()[0]
    rows = [
        f"SN-2026-0{91000 + number},13/11/2026,Exploitation and extremism,Perpetrator,WB,10 Hagden Lane,Leggatts,"
        f'Watford Borough Council,Anna Reid,{30 + number % 9},High,14/11/2026,N,Y,Open,"{phrase(number)}"'
        for number in range(SHOWN)
    ]
    export = base / "cases-2026-11-25.csv"
    export.write_text("\n".join([columns, *rows, ""]), encoding="utf-8")
    with opened(folder)[0] as partnership:
        import_cases(partnership.session, export, date(2026, 11, 25), dry_run=False)
    start_november(folder)
    with opened(folder)[0] as partnership:
        vault = partnership.vault
        users.renew_passphrase(vault, TAKER["name"], SECRET)
        write_meta(partnership.engine, vault.vault_id, vault.epoch, vault.generation)
    clock = ScriptedClock(sample_clock())
    with open_partnership(folder, TAKER["name"], SECRET, clock) as partnership:
        keys = keys_of(partnership)
    forms = {
        name: [key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key)] for name, key in keys.items()
    }
    return {**forms, "passphrase": [SECRET.encode(coding) for coding in CODINGS]}


@contextmanager
def typist(folder: Path, base: Path):
    """The program in a process of its own, on its way to show and to type."""
    typed = [phrase(SHOWN + number) for number in range(TYPED)]
    typed[1] = f"Stefan: {typed[1]} by 10 dec"
    told = base / "told.json"
    told.write_text(json.dumps([words[::-1] for words in (SECRET, *typed)]), encoding="utf-8")
    computer = base / "computer"
    words = [sys.executable, "-m", "tests.scenarios.locking_typist", folder, computer, TAKER["name"], told]
    pipe = subprocess.PIPE
    command = [str(word) for word in words]
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, env=home(computer)) as program:
        try:
            yield program
        finally:
            program.kill()


if sys.platform == "linux":

    @pytest.mark.attack
    def test_after_locking_no_key_and_hardly_a_case_is_left_in_memory(
        sample: Path, tmp_path: Path, record_property: Callable[[str, object], None]
    ) -> None:
        secrets = prepare(sample, tmp_path)
        with typist(sample, tmp_path) as program:
            assert program.stdin is not None and program.stdout is not None
            assert program.stdout.readline(), "the program is gone"
            before = held_in_memory(program.pid, secrets, MARK)
            program.stdin.write("continue\n")
            program.stdin.flush()
            assert program.stdout.readline(), "the program is gone"
            after = held_in_memory(program.pid, secrets, MARK)
        assert len(before.phrases) > PHRASES - MOST_LEFT, "the search finds what is there"
        assert {"vault key", "database key", "journal key"} <= before.secrets, "and keys too"
        assert after.secrets == set()
        assert len(after.phrases) <= MOST_LEFT, after.phrases
        assert sum(after.phrases.values()) <= 2 * MOST_LEFT, "pieces, not copies"
        found = f"{len(before.phrases)} of {PHRASES} phrases and the keys before, {len(after.phrases)} and no key after"
        record_property(ATTACK, f"a search of its memory, locking in between: {found}")


def test_no_key_is_copied_into_something_that_cannot_be_wiped() -> None:
    copied = [
        f"{path.relative_to(PROGRAM)}: {found[0]}"
        for path in PROGRAM.rglob("*.py")
        if "_built" not in path.parts
        for found in COPIES.finditer(path.read_text("utf-8"))
    ]
    # what the keys of earlier epochs are read from lies in the database, and is closed with it
    assert copied == ["store/journal.py: bytes(key)"]
