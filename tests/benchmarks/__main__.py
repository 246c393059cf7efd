"""`python -m tests.benchmarks [--quick] [NAME …]`: measures, and prints the table of the README."""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.pairs import HEAD, Figures

Measure = Callable[[Path, bool], list[Figures]]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks asked for, all by default. `--quick`: two pairs of each on little data, to see them run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="two pairs of each, on little data")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(machine())
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names or BENCHMARKS:
            for figures in BENCHMARKS[name](Path(folder), options.quick):
                print(figures.line(), flush=True)
    return 0


def machine() -> str:
    """What it was measured on, and how busy that was."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} × {model}, {platform.platform()}, Python {platform.python_version()}{load}\n"


def _starting(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.starting import measure

    return measure(folder, 2 if quick else 30)


def _typing(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.typing import measure

    return measure(folder, 2 if quick else 500, 2 if quick else 12)


def _walking(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.walking import measure

    return measure(folder, 2 if quick else 200, (4,) if quick else (12, 120))


def _finding(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.finding import measure

    return measure(folder, 2, notes=1000) if quick else measure(folder, 120)


def _printing(_folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.printing import measure

    return measure(2, (1,)) if quick else measure(4, (1, 10))


BENCHMARKS: dict[str, Measure] = {
    "starting": _starting,
    "typing": _typing,
    "walking": _walking,
    "finding": _finding,
    "printing": _printing,
}

if __name__ == "__main__":
    raise SystemExit(main())
