"""SQLAlchemy's test plugin, its engines made as the store makes them: keyed, checked, with our transactions."""

import os
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Engine

from csp_desktop.store.engine import connect, engine_on, open_engine

pytest.register_assert_rewrite("sqlalchemy.testing.assertions")

from sqlalchemy.testing.plugin.pytestplugin import *  # noqa: E402, F403

KEY = bytes(range(32))
FILE = Path(os.environ["COMPLIANCE_FILE"])


def encrypted_engine(_url: Any, **options: Any) -> Engine:
    """In the place of `create_engine`: the suite lets go of an engine and takes it up again, so each connection brings
    the key."""
    engine = engine_on(lambda: connect(FILE, bytearray(KEY)))
    return engine.execution_options(**options["execution_options"]) if "execution_options" in options else engine


open_engine(FILE, bytearray(KEY), create=True).dispose()
sqlalchemy.create_engine = encrypted_engine  # type: ignore[assignment]
