"""Whether a vault lies in a folder. Apart, for it is asked before the first window stands and loads nothing else."""

import errno
import os
from pathlib import Path

HEADER = "vault.json"  # header.FILE, without loading the cipher
NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP)


def marker(place: Path) -> Path:
    """What says that an arrival is under way."""
    return place.with_name(f"{place.name}.arriving")


def is_settled(place: Path) -> bool:
    """Whether nothing is under way there that `vault_install.finish_interrupted` would first have to finish."""
    return not os.path.lexists(marker(place))


def has_header(place: Path) -> bool:
    """Whether a header lies there. What has its name and is none, or may not be looked at, counts: reading says what is
    wrong, and nothing new is begun over it."""
    try:
        os.lstat(place / HEADER)
    except OSError as error:
        return error.errno not in NOT_THERE
    return True
