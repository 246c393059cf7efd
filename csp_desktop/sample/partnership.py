"""The sample partnership: both files made at once or not at all, and opened again. Passphrase slots only: no keyring is
touched.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from csp_desktop.bootstrap.partnership import Partnership, holds_partnership, is_sample, open_partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.resources import private_sample_data, sample_data
from csp_desktop.sample.clock import ScriptedClock, private_clock, sample_clock
from csp_desktop.sample.group import make_group
from csp_desktop.services.people import settings
from csp_desktop.vault.errors import WrongPassphrase
from csp_desktop.vault.header import VaultKind


def sample_users() -> list[dict[str, str]]:
    """Name, role and passphrase of everyone who can open the sample. They are public: the data is invented."""
    return [{"name": u["name"], "role": u["role"], "passphrase": u["passphrase"]} for u in sample_data()["users"]]


def make_sample(folder: Path) -> dict[str, Any]:
    """Make the sample partnership, all of it or nothing. Refused where a partnership lies already."""
    from csp_desktop.sample.private import make_private  # the window on the group's sample knows nothing of it

    if holds_partnership(folder):
        raise Refused(f"{folder} already holds a partnership. Choose a new folder for the sample.")
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty. Choose a new folder for the sample.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder.parent) as work:
        made = Path(work) / "partnership"
        meetings, october = make_group(made, sample_data())
        private = make_private(made, sample_data(), private_sample_data(), october, ScriptedClock(sample_clock()))
        if folder.exists():
            folder.rmdir()
        shutil.move(str(made), str(folder))
    users = sample_users()
    return {
        "users": users,
        "meetings": meetings,
        "private_meetings": private,
        "sentences": [
            f"The sample partnership is in {folder}.",
            *(f"{u['name']} ({u['role']}): {u['passphrase']}" for u in users),
            *(f"{m['kind']} of {m['date']}: {m['state']}" for m in (*meetings, *private)),
        ],
    }


def require_sample(folder: Path) -> Partnership:
    """Open a folder that `make_sample` made, as its minute-taker; refused when it is any other."""
    user = next(u for u in sample_users() if u["role"] == Role.MINUTE_TAKER.value)
    if not holds_partnership(folder):
        raise Refused(f"{folder} holds no partnership. Make the sample first: csp-desktop sample --folder {folder}")
    try:
        partnership = open_partnership(folder, user["name"], user["passphrase"], ScriptedClock(sample_clock()))
    except WrongPassphrase:
        raise Refused(f"{folder} is no sample partnership: it stays untouched.") from None
    if settings.settings(partnership.session).made_as_sample_on is None:
        partnership.close()
        raise Refused(f"{folder} is no sample partnership: it stays untouched.")
    return partnership


def require_private_sample(folder: Path) -> Partnership:
    """Open the private file of a folder that `make_sample` made, as its lead; refused when it is any other."""
    lead, private = next(u for u in sample_users() if u["role"] == Role.NEW_HOPE_LEAD.value), VaultKind.ROUGH_SLEEPING
    if not is_sample(folder, private):
        raise Refused(f"{folder} holds no sample's private file: it stays untouched.")
    try:
        return open_partnership(folder, lead["name"], lead["passphrase"], ScriptedClock(private_clock()), kind=private)
    except WrongPassphrase:
        raise Refused(f"{folder} holds no sample's private file: it stays untouched.") from None
