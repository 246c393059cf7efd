"""An encrypted file with the group's tables, fresh for each test but migrated only once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from csp_desktop.store.unit_of_work import SqlWork
from tests.support.vaults import copy_engine, new_engine, work_on


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "records.db"
    new_engine(path).dispose()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


@pytest.fixture
def engine(path: Path, empty_file: Path) -> Iterator[Engine]:
    opened = copy_engine(empty_file, path)
    yield opened
    opened.dispose()


@pytest.fixture
def work(engine: Engine) -> SqlWork:
    return work_on(engine)
