"""What lay in a folder before a partnership was begun in it, so that a first start given up leaves nothing behind."""

from pathlib import Path


class Beginning:
    """Made before the first file is. Only what came since is ever taken away."""

    def __init__(self, folder: Path, vault: Path) -> None:
        self._vault = vault
        self._new_folders = [part for part in (vault, *vault.parents) if not part.exists() and _within(part, folder)]
        self._before = frozenset(vault.rglob("*")) if vault.exists() else frozenset()

    def take_back(self) -> None:
        """Remove the files of the vault that came since, and the folders made for them; whatever else lies there
        stays. Twice does no harm."""
        for path in sorted(self._vault.rglob("*"), key=lambda p: len(p.parts), reverse=True):
            if path in self._before:
                continue
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
        for made in self._new_folders:
            if made.is_dir() and not any(made.iterdir()):
                made.rmdir()


def _within(part: Path, folder: Path) -> bool:
    return part == folder or folder in part.parents
