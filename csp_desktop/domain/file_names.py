"""Names of files and folders as they are written into records: there everything is text."""

import os
from pathlib import Path


def written(path: Path | str) -> str:
    """The name as text. On Linux a name is bytes; what of it is no text becomes a mark that says so."""
    return os.fsencode(path).decode("utf-8", "replace")
