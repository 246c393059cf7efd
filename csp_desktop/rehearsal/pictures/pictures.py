"""Every screen as a picture: light and dark, at two sizes, and at twice the scale on a small screen."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from csp_desktop.app import own_command
from csp_desktop.gui.style.theme import DARK, LIGHT
from csp_desktop.gui.window.application import make_application
from csp_desktop.rehearsal.hands import png_of
from csp_desktop.rehearsal.pictures.file_screens import kept_sittings
from csp_desktop.rehearsal.pictures.screens import Sitting, Size, seen, sittings
from csp_desktop.rehearsal.private.screens import private_sittings
from csp_desktop.sample.group import make_sample, require_private_sample, require_sample
from csp_desktop.saving import save

SIZES: tuple[Size, ...] = ((1366, 768), (1600, 900))
SMALL: Size = (640, 360)  # logical, at scale 2
LOOKS = (LIGHT, DARK)


def make_pictures(out: Path) -> dict[str, Any]:
    """Render every screen into `out`; `{"pictures", "sentences"}`."""
    out.mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="pictures-") as work:
        folder = Path(work) / "partnership"
        make_sample(folder)
        small = {**os.environ, "QT_SCALE_FACTOR": "2"}
        child = subprocess.Popen([*own_command(), "pictures", "--out", str(out), "--small-of", str(folder)], env=small)
        done = paint(folder, out, SIZES)
        if child.wait():
            raise RuntimeError("the pictures at scale 2 could not be made")
    names = sorted(str(p) for p in out.glob("*.png"))
    return {"pictures": names, "sentences": [f"{len(names)} pictures in {out}, {len(done)} of them at full size."]}


def make_small_pictures(folder: Path, out: Path) -> dict[str, Any]:
    """The part of `make_pictures` that a process of its own does, at twice the scale."""
    done = paint(folder, out, (SMALL,))
    return {"pictures": [str(p) for p in done], "sentences": []}


def paint(folder: Path, out: Path, sizes: tuple[Size, ...]) -> list[Path]:
    """All screens of a sample at these sizes, light and dark."""
    make_application(["csp-desktop"])
    done: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="painting-") as work:
        copy = Path(work) / "partnership"
        shutil.copytree(folder, copy)
        with require_sample(copy) as partnership:
            done += _painted(sittings(partnership, Path(work)), out, sizes)
            done += _painted(kept_sittings(partnership, Path(work)), out, sizes)
        with require_private_sample(copy) as partnership:
            done += _painted(private_sittings(partnership, Path(work)), out, sizes)
    return done


def _painted(shown: Iterable[Sitting], out: Path, sizes: tuple[Size, ...]) -> list[Path]:
    done = []
    for sitting in shown:
        for tokens in LOOKS:
            for size in sizes:
                for name, widget in seen(sitting, size, tokens):
                    ratio = "@2" if widget.devicePixelRatioF() > 1 else ""
                    look = "dark" if tokens.dark else "light"
                    done.append(out / f"{name}-{look}-{size[0]}x{size[1]}{ratio}.png")
                    save(done[-1], png_of(widget))
    return done
