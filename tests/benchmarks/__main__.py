"""`python -m tests.benchmarks [--quick] [--write README.md] [NAME …]`: measures, and prints the table of the README."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from tests.benchmarks.pairs import HEAD, Figures
from tests.benchmarks.tempo.desk import measure as tempo
from tests.benchmarks.tempo.rows import HEAD as TEMPO_HEAD

Measure = Callable[[Path, bool], list[Figures]]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks asked for, all by default. `--quick`: two pairs of each on little data, to see them run.
    `--tempo`: a robot's keys in both meetings in place of them, on a desktop of its own (Xvfb)."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="two pairs of each, on little data")
    parser.add_argument("--write", type=Path, metavar="README.md", help="put the table between its marks as well")
    parser.add_argument("--tempo", action="store_true", help="both meetings at a robot's keys, and nothing else")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # → and ≤ are in no Western code page
    if options.tempo:
        return _tempo(options.write, quick=options.quick)
    lines = [machine(), "", *HEAD.splitlines()]
    print("\n".join(lines), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names or BENCHMARKS:
            for figures in BENCHMARKS[name](Path(folder), options.quick):
                lines.append(figures.line())
                print(lines[-1], flush=True)
    if options.write is not None:
        put_in(options.write, lines)
    return 0


def _tempo(readme: Path | None, *, quick: bool) -> int:
    """The rows of both meetings, printed and put into the README."""
    with tempfile.TemporaryDirectory() as folder:
        head = machine()
        lines = [head, "", *TEMPO_HEAD.splitlines(), *(row.line() for row in tempo(Path(folder), quick=quick))]
    print("\n".join(lines), flush=True)
    if readme is not None:
        put_in(readme, lines, "tempo")
    return 0


def put_in(readme: Path, lines: list[str], name: str = "figures") -> None:
    """The table of this run in the place of the one before."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = readme.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    readme.write_text("\n".join((before + begin, *lines, end + after)), encoding="utf-8")


def machine() -> str:
    """When and on what it was measured, and how busy that was."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
    load = f", load {os.getloadavg()[0]:.1f} at the beginning" if hasattr(os, "getloadavg") else ""
    today = date.today()
    return (
        f"Milliseconds, {today:%d %B %Y}, {os.cpu_count()} × {model}, {platform.system()}, "
        f"Python {platform.python_version()}{load}."
    )


def _starting(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.starting import measure, slowest_modules

    figures = measure(folder, 2 if quick else 30)
    print(slowest_modules(folder, 1 if quick else 10), file=sys.stderr)  # for whoever makes it faster: not of the table
    return figures


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

    return measure(2, (1,), copies=2) if quick else measure(4, (1, 10))


def _verifying(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.verifying import measure

    return measure(folder, 2, 2000) if quick else measure(folder, 3, 100_000)


def _guarding(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.guarding import measure

    return measure(folder, 2, 1) if quick else measure(folder, 30, 50)


def _importing(folder: Path, quick: bool) -> list[Figures]:
    from tests.benchmarks.importing import measure

    return measure(folder, 2, (200,)) if quick else measure(folder, 4)


BENCHMARKS: dict[str, Measure] = {
    "starting": _starting,
    "typing": _typing,
    "walking": _walking,
    "finding": _finding,
    "printing": _printing,
    "verifying": _verifying,
    "importing": _importing,
    "guarding": _guarding,
}

if __name__ == "__main__":
    raise SystemExit(main())
