"""The tables' versions: an Alembic branch for each file of a partnership, run by the program itself.

`versions/` holds one module for each step; the group's file follows the branch `cpg`, the
private one `rough_sleeping`. No step imports today's tables.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from csp_desktop.store.engine import DamagedDatabase, reading
from csp_desktop.store.errors import NewerProgram

if TYPE_CHECKING:
    from alembic.config import Config

# known here so that opening a current file need not load Alembic
HEADS = {"cpg": "cpg_0030", "rough_sleeping": "rough_sleeping_0023"}


def upgrade(engine: Engine, branch: str = "cpg") -> bool:
    """Bring the tables to this version's; True when something was done. Raises NewerProgram on an unknown version."""
    refuse_newer(engine, branch)
    if version(engine) == HEADS[branch]:
        return False
    migrate(engine, f"{branch}@head")
    return True


def refuse_newer(engine: Engine, branch: str) -> None:
    """Asked before anything else of an open file: what a later version changed may be anything but this. Raises
    NewerProgram."""
    current = version(engine)
    if current is not None and current != HEADS[branch] and current not in known_versions(branch):
        raise NewerProgram


def version(engine: Engine) -> str | None:
    """The version of the tables in the file, or None in an empty one."""
    with reading(engine).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def known_versions(branch: str) -> set[str]:
    """Every version this program knows on a branch."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(configuration())
    return {step.revision for step in script.iterate_revisions(f"{branch}@head", "base")}


def migrate(engine: Engine, target: str) -> None:
    """Go up or down in one transaction, foreign keys off: a rebuilt table must not take its children with it."""
    from alembic import command

    config = configuration()
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = off")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                going = command.downgrade if target.endswith("base") else command.upgrade
                going(config, target)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise DamagedDatabase
        finally:
            driver.execute("PRAGMA foreign_keys = on")


def configuration() -> "Config":
    """Alembic's settings, without a file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
