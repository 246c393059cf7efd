"""What guarding the file costs: unlocking and its parts, backups, and taking a user out.

The derivation is meant to be slow, so it stands against the least work a real passphrase may have; the rest against the
same without the cipher.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

from sqlalchemy import text

from csp_desktop.bootstrap.partnership import Partnership, create_partnership, open_partnership
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.services.file import users
from csp_desktop.store.engine import engine_on, open_engine, reading
from csp_desktop.vault import derivation
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.unlock import open_vault
from tests.benchmarks.floor import floor_work, plain_connection
from tests.benchmarks.pairs import Figures, in_pairs, taken
from tests.support.fakes import FixedClock
from tests.support.partnerships import CHAIR, MINUTE_TAKER, SECOND, quiet

A_STEP = 50
BYTES_A_RECORD = 20_000


def measure(folder: Path, pairs: int, megabytes: int) -> list[Figures]:
    """Unlocking (three rows), a backup, and the removal of a user."""
    place, clock = folder / "guarding", FixedClock()
    made, _ = create_partnership(place, [CHAIR, MINUTE_TAKER, SECOND], Cost.floor(), clock, with_recovery=False)
    made.close()
    plain = folder / "guarding-plain.db"
    floor_work(plain, clock, locks_memory=False).head()
    rows = _unlocking(place, plain, clock, pairs)
    with open_partnership(place, CHAIR.name, CHAIR.passphrase, clock) as opened:
        _fill(opened, megabytes)
        rows.append(_backing_up(opened, folder, max(2, pairs // 10)))
        rows.append(_taking_out(opened, folder))
    return rows


def _unlocking(place: Path, plain: Path, clock: FixedClock, pairs: int) -> list[Figures]:
    cost, salt = Cost.floor(), bytes(16)
    derive = taken(lambda: derivation.wipe(derivation.stretch(b"a passphrase", salt, cost)))
    vault = open_vault(place / "cpg", CHAIR.name, CHAIR.passphrase)
    key, database = vault.database_key(), vault.database_path
    vault.close()

    def whole() -> None:
        open_partnership(place, CHAIR.name, CHAIR.passphrase, clock).close()

    def slot() -> None:
        open_vault(place / "cpg", CHAIR.name, CHAIR.passphrase).close()

    def ours() -> None:
        open_engine(database, bytearray(key)).dispose()

    def floor() -> None:
        engine = engine_on(lambda: plain_connection(plain))
        with reading(engine).connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
        engine.dispose()

    rows = [
        in_pairs("unlock, beside its derivation alone", taken(whole), derive, pairs),
        in_pairs("unlock: header and slot, beside the derivation alone", taken(slot), derive, pairs),
        in_pairs("unlock: file opened, set and asked once", taken(ours), taken(floor), pairs, goal=1.3),
    ]
    derivation.wipe(key)
    return rows


def _fill(opened: Partnership, megabytes: int) -> None:
    """Records that do not shrink, until the file has its size."""
    numbers = count()
    while opened.vault.database_path.stat().st_size < megabytes * 1_000_000:
        with opened.work.step("filling") as records:
            for _ in range(A_STEP):
                number = next(numbers)
                name = os.urandom(BYTES_A_RECORD // 8).hex()
                records.save(Agency(f"f{number}", name, f"F{number}", AgencyKind.OTHER))


def _backing_up(opened: Partnership, folder: Path, pairs: int) -> Figures:
    """Beside a plain copy of the same bytes onto the disk, read back and hashed."""
    stick = folder / "stick"
    stick.mkdir()
    source, backups = opened.vault.database_path, opened.session.backups
    assert backups is not None

    def ours() -> None:
        shutil.rmtree(stick)
        stick.mkdir()
        backups.write(stick, quiet)

    size = source.stat().st_size / 1e6
    return in_pairs(f"backup of {size:.0f} MB, read back", taken(ours), _copied(source, stick), pairs, warm_up=1)


def _taking_out(opened: Partnership, folder: Path) -> Figures:
    """Two people, one after the other; beside a plain copy of the same bytes."""
    session = opened.session
    assert session.users is not None
    others = [one for one in session.users.ways_in() if one != session.users.me]
    left = iter(others)

    def ours() -> None:
        users.remove_user(session, next(left), quiet)

    size = opened.vault.database_path.stat().st_size / 1e6
    place = folder / "copies"
    place.mkdir()
    words = f"taking out a user, {size:.0f} MB under a new key"
    return in_pairs(words, taken(ours), _copied(opened.vault.database_path, place), len(others), warm_up=0)


def _copied(source: Path, place: Path) -> Callable[[], float]:
    whole = source.read_bytes()

    def copy() -> None:
        target = place / "plain copy"
        with target.open("wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        hashlib.sha256(target.read_bytes()).digest()

    return taken(copy)
