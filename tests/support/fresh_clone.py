"""The project as a clone has it, nothing compiled yet, and its one command at work in it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "csp_desktop", "ui", "resources", "packaging")


def copy_sources(folder: Path) -> Path:
    """What a clone holds, copied to this folder; the folder."""
    leave_out = shutil.ignore_patterns("_built", "__pycache__")
    for path in (ROOT / name for name in SOURCES if (ROOT / name).exists()):
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=leave_out)
        else:
            shutil.copy2(path, folder)
    return folder


@dataclass(frozen=True)
class Clone:
    """The README's first command, running; `home` is all it knows of whoever runs it."""

    process: subprocess.Popen[str]
    home: Path

    @property
    def sample(self) -> Path:
        """The sample partnership it made for itself."""
        return self.home / "csp-desktop" / "sample"


def run_in(sources: Path, home: Path) -> Clone:
    """Start `packaging/dev.py run` without a display, with the packages pip has fetched before."""
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "LOCALAPPDATA": str(home), "QT_QPA_PLATFORM": "offscreen"}
    pip = [sys.executable, "-m", "pip", "cache", "dir"]
    cache = subprocess.run(pip, capture_output=True, text=True).stdout.strip()
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    alone |= own | {"PYTHONIOENCODING": "utf-8", **({"PIP_CACHE_DIR": cache} if cache else {})}
    command, pipe = [sys.executable, "packaging/dev.py", "run"], subprocess.PIPE
    return Clone(
        subprocess.Popen(command, cwd=sources, env=alone, stdout=pipe, stderr=pipe, encoding="utf-8"),
        home,
    )
