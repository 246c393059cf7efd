"""Real encrypted files for tests, quick to open: a raw key, no derivation, no keyring."""

import shutil
from pathlib import Path

from sqlalchemy import Engine

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.store.engine import open_engine
from csp_desktop.store.migrations import upgrade
from csp_desktop.store.unit_of_work import SqlWork, open_work
from tests.support.fakes import FixedClock

KEY = bytes(range(32))
JOURNAL_KEY = b"journal key of the tests"


def new_engine(path: Path) -> Engine:
    """A fresh encrypted file with the group's tables."""
    engine = open_engine(path, bytearray(KEY), create=True)
    upgrade(engine)
    return engine


def work_on(engine: Engine, now: Clock | None = None, user_name: str = "Ruth Coyle") -> SqlWork:
    """The file as the services use it."""
    return open_work(engine, JOURNAL_KEY, now or FixedClock(), user_name)


def copy_engine(source: Path, target: Path) -> Engine:
    """A copy of a closed file: quicker than migrating anew."""
    shutil.copy(source, target)
    return open_engine(target, bytearray(KEY))
