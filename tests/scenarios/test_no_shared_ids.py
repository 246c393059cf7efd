"""Nothing in either file knows an id of the other: with both files open, no id stands in both."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.private.meeting import RoomEntry, RoomPlace
from csp_desktop.services.private import room
from csp_desktop.services.private.own_ids import take_own_ids
from csp_desktop.vault.header import VaultKind
from tests.support.stored_vaults import STORED

ID = re.compile(rb"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
FILES = ((VaultKind.CPG, "Hannah Price"), (VaultKind.ROUGH_SLEEPING, "Ravi Nair"))


def later() -> datetime:
    """The day after the stored files were made."""
    return datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    """Both files after the rehearsed evening of 0.1.0, where 45 ids stood in both."""
    shutil.copytree(STORED / "0.1.0" / "evening", tmp_path / "evening")
    return tmp_path / "evening"


def opened(evening: Path, kind: VaultKind, name: str) -> Partnership:
    users = {user["name"]: user["passphrase"] for user in json.loads((evening / "users.json").read_bytes())}
    return open_partnership(evening, name, users[name], later, kind=kind)


def values_in(engine: Engine) -> Iterator[bytes]:
    """Everything in every table, as it stands there."""
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for name in names:
            for row in connection.execute(text(f'SELECT * FROM "{name}"')).all():
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def ids_in(engine: Engine) -> set[bytes]:
    return {found.replace(b"-", b"") for value in values_in(engine) for found in ID.findall(value)}


def test_no_id_stands_in_both_files(evening: Path) -> None:
    found = []
    for kind, name in FILES:
        with opened(evening, kind, name) as partnership:
            found.append(ids_in(partnership.engine))
            assert partnership.verify()["ok"], partnership.verify()
    assert all(len(ids) > 1000 for ids in found), "the search finds ids"
    assert found[0] & found[1] == set()


def test_who_left_at_the_crossing_is_still_known_and_the_journal_whole(evening: Path) -> None:
    kind, name = FILES[1]
    with opened(evening, kind, name) as partnership:
        session = partnership.session
        with session.work.reading() as records:
            kept = records.find(RoomEntry)
            assert len(kept) >= 45 and records.find(RoomPlace) == []
        meetings = {one.meeting_id for one in kept if one.left_at_crossing is not None}
        assert sum(len(room.departures(session, meeting).people) for meeting in meetings) == sum(
            one.left_at_crossing is not None and bool(one.origin) for one in kept
        )
        assert take_own_ids(session) == 0, "once"
        number = session.work.head()[0]
        assert partnership.verify()["ok"]
    with opened(evening, kind, name) as partnership:
        assert partnership.session.work.head()[0] == number, "nothing is written at the next opening"
        assert partnership.verify()["ok"]
