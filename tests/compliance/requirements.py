"""What SQLite can do, as SQLAlchemy itself says, less what our engine refuses by its own law."""

import os
import runpy
from pathlib import Path
from typing import Any

from sqlalchemy.testing import exclusions

_SOURCE = Path(os.environ["COMPLIANCE_SOURCE"], "test", "requirements.py")
_OfSQLAlchemy: Any = runpy.run_path(str(_SOURCE))["DefaultRequirements"]


class Requirements(_OfSQLAlchemy):  # type: ignore[misc]  # known only once the source is there
    """SQLAlchemy's own, narrowed."""

    @property
    def autocommit(self) -> Any:
        """Every connection of ours begins a real transaction; nothing is ever written outside one."""
        return exclusions.closed()

    @property
    def isolation_level(self) -> Any:
        """One level: a writer has the file's write lock from its beginning (BEGIN IMMEDIATE)."""
        return exclusions.closed()
