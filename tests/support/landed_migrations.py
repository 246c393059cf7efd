"""The hashes of the migrations that have landed: a step that files somewhere have gone through is never edited.

python -m tests.support.landed_migrations writes the hash of each new step beside the others; it changes none.
"""

import hashlib
from pathlib import Path

from csp_desktop.store import migrations

KEPT = Path(__file__).resolve().parents[1] / "data" / "migrations"
PLACE = Path(migrations.__file__).parent
# what several steps are made of
SHARED = (
    "first_tables.py",
    "record_tables.py",
    "circulation_tables.py",
    "review_tables.py",
    "record_period_tables.py",
    "room_tables.py",
    "copy_form_tables.py",
    "agreed_by_mail_tables.py",
    "import_tables.py",
    "factor_columns.py",
)


def landed() -> list[Path]:
    """Every module of a step."""
    return sorted([*(PLACE / "versions").glob("*_[0-9][0-9][0-9][0-9]*.py"), *(PLACE / name for name in SHARED)])


def digest(module: Path) -> str:
    """Of its text: the end of a line may differ between computers."""
    return hashlib.sha256(module.read_text(encoding="utf-8").encode("utf-8")).hexdigest()


def kept(module: Path) -> Path:
    """Where its hash is kept."""
    return KEPT / f"{module.stem}.sha256"


def keep_new() -> list[Path]:
    """Keep the hashes of steps that have none."""
    new = [module for module in landed() if not kept(module).exists()]
    for module in new:
        kept(module).write_text(digest(module) + "\n", encoding="ascii", newline="\n")
    return new


if __name__ == "__main__":
    for added in keep_new():
        print(added.name)
