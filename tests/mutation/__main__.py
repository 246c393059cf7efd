"""Puts small faults into the domain and the services, one at a time, in a copy, and names those no test notices.

    python3 packaging/dev.py mutate                                  400 faults over every module
    python3 packaging/dev.py mutate csp_desktop/domain/minutes       the same faults, of this folder alone
    python3 packaging/dev.py mutate --mutants 1000 --floor 90 --seed 7 --processes 1

Each fault is tried by the tests of tests/domain and tests/services that run its line, until one fails; a run that never
ends counts as failed. Exit code 1: fewer than --floor percent were noticed. Needs fork, so not Windows.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.mutants import Mutant, chosen, equivalents
from tests.mutation.trials import Trials

PACKAGES = ("csp_desktop/domain", "csp_desktop/services")
KILLED, SURVIVED, EQUIVALENT = "killed", "survived", "equivalent"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 where fewer than the floor were noticed."""
    wish = _wish(arguments)
    if not hasattr(os, "fork"):
        raise SystemExit("Each fault is tried in a forked process, which this system does not have.")
    listed = equivalents()
    try:
        with tempfile.TemporaryDirectory(prefix="mutation-") as folder, Trials(Path(folder)) as trials:
            mutants = _mutants(trials.copy, wish)
            fates = _try_all([mutant for mutant in mutants if mutant.key not in listed], trials, wish.processes)
    except KeyboardInterrupt:
        print("\nStopped. Nothing in the clone was touched.")
        return 130
    fates |= {mutant: EQUIVALENT for mutant in mutants if mutant.key in listed}
    return 0 if _reported(fates) >= wish.floor else 1


def _mutants(root: Path, wish: argparse.Namespace) -> list[Mutant]:
    wanted = [(path, count) for path, count in shares(root, wish.mutants).items() if _wanted(path, wish.only)]
    mutants = [mutant for path, count in wanted for mutant in chosen(root, path, count, wish.seed)]
    if not mutants:
        raise SystemExit("There is nothing to change in " + ", ".join(wish.only) + ".")
    print(f"{len(mutants)} faults. First every test runs once without any, unless nothing changed since.", flush=True)
    return mutants


def _wish(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "dev.py mutate", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("only", nargs="*", help="files or folders; without any, all of the domain and the services")
    parser.add_argument("--mutants", type=int, default=400, help="over all modules, by their length (%(default)s)")
    parser.add_argument("--floor", type=float, default=85.0, help="percent that must be noticed (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other faults (%(default)s)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="at a time (%(default)s)")
    return parser.parse_args(arguments)


def _wanted(path: str, only: Sequence[str]) -> bool:
    return not only or any(path == one or path.startswith(one.rstrip("/") + "/") for one in only)


def shares(root: Path, mutants: int) -> dict[str, int]:
    """How many of the mutants each module gets: by its lines, at least one."""
    files = [file for package in PACKAGES for file in sorted((root / package).rglob("*.py"))]
    lines = {file.relative_to(root).as_posix(): len(file.read_text("utf-8").splitlines()) for file in files}
    return {path: max(1, round(mutants * count / sum(lines.values()))) for path, count in lines.items()}


def _try_all(mutants: Sequence[Mutant], trials: Trials, processes: int) -> dict[Mutant, str]:
    reach = trials.reach()
    waiting = deque((mutant, reach.of(mutant)) for mutant in mutants)
    running: dict[int, tuple[Mutant, list[list[int]]]] = {}
    fates = dict[Mutant, str]()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant, groups = waiting.popleft()
            if groups:
                running[trials.run(mutant, reach, groups[0])] = mutant, groups[1:]
            else:
                _settle(fates, mutant, SURVIVED, len(mutants))
        if running:
            pid, log, code = trials.finished()
            mutant, groups = running.pop(pid)
            if code in (3, 4, 5):
                raise SystemExit(log.read_text("utf-8", "replace") + f"\npytest itself failed on {mutant.path}.")
            if code == 0 and groups:
                waiting.appendleft((mutant, groups))
            else:
                _settle(fates, mutant, KILLED if code else SURVIVED, len(mutants))
            log.unlink()
    return fates


def _settle(fates: dict[Mutant, str], mutant: Mutant, fate: str, of: int) -> None:
    fates[mutant] = fate
    print(f"[{len(fates):4}/{of}] {fate:8} {mutant.path}:{mutant.line}", flush=True)
    if fate == SURVIVED:
        print("\n".join([f"in {mutant.function or 'the module itself'}:", *mutant.diff]), flush=True)


def _reported(fates: dict[Mutant, str]) -> float:
    """Prints a line for each module; the percentage of all that was noticed."""
    print(f"\n{'mutants':>8}{'killed':>8}{'survived':>10}{'equivalent':>12}   noticed")
    for path in [*sorted({mutant.path for mutant in fates}), "all"]:
        count = Counter(fate for mutant, fate in fates.items() if path in (mutant.path, "all"))
        row = f"{count.total():8}{count[KILLED]:8}{count[SURVIVED]:10}{count[EQUIVALENT]:12}"
        print(f"{row}{_noticed(count):8.1f} %   {path}")
    return _noticed(Counter(fates.values()))


def _noticed(count: Counter[str]) -> float:
    counted = count[KILLED] + count[SURVIVED]
    return 100 * count[KILLED] / counted if counted else 100.0


if __name__ == "__main__":
    sys.exit(main())
