"""The one command of a clone: python3 packaging/dev.py run | test | attack | check | bench | mutate | pictures |
compliance | words.

Standard library only, since it runs before anything is installed. It makes .venv, installs what the lock names (by
hash, wheels only), installs what Debian or Ubuntu lacks when it may, and then does the verb. What follows the verb is
handed on: `dev.py test tests/domain -x`, `dev.py pictures --out DIR`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "installed.json"
RUN_LOCK, DEV_LOCK = ROOT / "packaging" / "requirements.lock", ROOT / "packaging" / "requirements-dev.lock"
QT_LIBRARIES = (
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
)
ATTACK = {"CSP_ATTACK_KILLS": 500, "CSP_ATTACK_FLIPS": 7000, "CSP_ATTACK_WORKBOOKS": 1200, "CSP_ATTACK_CSVS": 3000}
TEST_TOOLS = (
    "at-spi2-core",
    "dbus",
    "default-jdk-headless",
    "git",
    "gnome-keyring",
    "libjaxb-java",
    "libreoffice-writer-nogui",
    "openbox",
    "poppler-utils",
    "x11-xserver-utils",
    "xdotool",
    "xvfb",
)


def main() -> int:
    """Prepares what the verb needs, does it, and returns its exit code."""
    _print_any_letter()
    parser = argparse.ArgumentParser(prog="dev.py", description="Prepares this clone and does one thing with it.")
    parser.add_argument("verb", choices=list(VERBS), help="; ".join(f"{v}: {f.__doc__}" for v, f in VERBS.items()))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed on to what the verb starts")
    wish = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python reads this far and is told so)
        raise SystemExit("CSP Desktop needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    developing = wish.verb in ("test", "attack", "check", "bench", "mutate", "compliance")
    install_debian_packages((*QT_LIBRARIES, *(TEST_TOOLS if developing else ())))
    install_python_packages(DEV_LOCK if developing else RUN_LOCK)
    return VERBS[wish.verb](wish.rest)


def _print_any_letter() -> None:
    """A path may hold letters that the terminal lacks; they are printed as their numbers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run(rest: list[str]) -> int:
    """opens the sample partnership, or without a display plays its meeting and says where the minutes are"""
    folder = user_folder() / "sample"
    make_sample(folder)
    if has_display():
        return python("-m", "csp_desktop", "--folder", str(folder), *rest)
    out = user_folder() / "rehearsal"
    out.mkdir(parents=True, exist_ok=True)
    print("There is no display, so the sample meeting is played offscreen. It takes about a minute.", flush=True)
    code = python("-m", "csp_desktop", "rehearse", "--folder", str(folder), "--out", str(out), *rest)
    for path in sorted([*out.rglob("*.pdf"), *out.rglob("*.png")]) if code == 0 else []:
        print(path)
    return code


def test(rest: list[str]) -> int:
    """everything CI runs: the checks, then the tests (with arguments: those tests alone)"""
    if rest:
        return python("-m", "pytest", *rest)
    return check([]) or python("-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup")


def attack(rest: list[str]) -> int:
    """what every run of the tests attacks a little, attacked in earnest; prints the counts"""
    for name, count in ATTACK.items():
        os.environ.setdefault(name, str(count))
    return python("-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-m", "attack", *rest)


def check(rest: list[str]) -> int:
    """ruff, mypy and the layers' contracts"""
    contracts = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
    checks = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy", "--strict"),
        ("-c", contracts),
    )
    return max([python(*one, *rest) for one in checks])


def bench(rest: list[str]) -> int:
    """ours beside the floor, in pairs, with the ratio"""
    return python("-m", "tests.benchmarks", *rest)


def mutate(rest: list[str]) -> int:
    """small faults put into the domain and the services, and which of them no test notices (not part of CI)"""
    return python("-m", "tests.mutation", *rest)


def pictures(rest: list[str]) -> int:
    """every screen rendered to a folder"""
    out = [] if "--out" in rest else ["--out", str(user_folder() / "pictures")]
    return python("-m", "csp_desktop", "pictures", *out, *rest)


def compliance(rest: list[str]) -> int:
    """SQLAlchemy's own suite for dialects, on our engine and an encrypted file (not part of every CI run)"""
    return python("-m", "tests.compliance", *rest)


def words(rest: list[str]) -> int:
    """every distinct sentence a person may see, for somebody who reads them all"""
    return python("packaging/words.py", *rest)


VERBS = {
    "run": run,
    "test": test,
    "attack": attack,
    "check": check,
    "bench": bench,
    "mutate": mutate,
    "pictures": pictures,
    "compliance": compliance,
    "words": words,
}


def make_sample(folder: Path) -> None:
    """Makes the sample partnership at the first start and prints who may open it, once."""
    if folder.exists():
        return
    print(f"Making the sample partnership in {folder}", flush=True)
    command = [str(PYTHON), "-m", "csp_desktop", "sample", "--folder", str(folder), "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise SystemExit(done.returncode)
    for user in json.loads(done.stdout)["users"]:
        print(f"  {user['name']} ({user['role']}): {user['passphrase']}", flush=True)


def user_folder() -> Path:
    """Where this person's programs keep their data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "csp-desktop"


def has_display() -> bool:
    """Windows and macOS always have one; elsewhere an X or Wayland session says so. Who asks for offscreen gets it."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or sys.platform in ("win32", "darwin")


def environment() -> dict[str, str]:
    """For what is started: compiled modules are kept, and without a display Qt draws offscreen."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited if has_display() else {"QT_QPA_PLATFORM": "offscreen", **inherited}


def python(*arguments: str) -> int:
    """Starts the clone's own Python in the clone and returns its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment()).returncode


def install_debian_packages(wanted: tuple[str, ...]) -> None:
    """Installs what this Debian or Ubuntu lacks; where it may not, prints the line that does and stops."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return
    venv_package = () if find_spec("ensurepip") else (f"python3.{sys.version_info.minor}-venv",)
    missing = sorted({*wanted, *venv_package} - debian_packages())
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0:
        become = ["env", "DEBIAN_FRONTEND=noninteractive"]
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        become = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    else:
        raise SystemExit("Some packages are missing. Please run:\n  sudo " + shlex.join(install))
    print("Installing " + " ".join(missing), flush=True)
    subprocess.run([*become, "apt-get", "update", "-q"], capture_output=True)
    done = subprocess.run([*become, *install], capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit("Some packages could not be installed. Please run:\n  sudo " + shlex.join(install))


def debian_packages() -> set[str]:
    """The installed packages and what they provide (Ubuntu renamed some: libglib2.0-0t64 provides libglib2.0-0)."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}|${Package},${Provides}\n"]
    lines = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()
    names = ",".join(line.partition("|")[2] for line in lines if line.startswith("installed|"))
    return {name.split("(")[0].strip() for name in names.split(",")}


def install_python_packages(lock: Path) -> None:
    """Brings .venv to what the lock and the project say; does nothing where they have not changed."""
    old = json.loads(STAMP.read_text("utf-8")) if STAMP.exists() and PYTHON.exists() else {}
    if old.get("python") != sys.version:
        print("Making .venv", flush=True)
        venv.create(VENV, clear=True, with_pip=True, symlinks=sys.platform != "win32")
        old = {"python": sys.version}
    locks = {RUN_LOCK.name: digest(RUN_LOCK)} | ({DEV_LOCK.name: digest(DEV_LOCK)} if lock == DEV_LOCK else {})
    if not locks.items() <= old.items():
        print(f"Installing {lock.name} (a few minutes the first time)", flush=True)
        pip("--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    project = {"project": digest(ROOT / "pyproject.toml", *(ROOT / "packaging").glob("*.py"))}
    if not project.items() <= old.items():
        pip("--no-build-isolation", "--no-deps", "-e", str(ROOT))
    elif python("packaging/build_forms.py"):
        raise SystemExit("The forms could not be compiled.")
    STAMP.write_text(json.dumps({**old, **locks, **project}, indent=1), "utf-8")


def pip(*arguments: str) -> None:
    """Installs into .venv, or stops with pip's own words."""
    if python("-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments):
        raise SystemExit("pip could not install what is needed; its message stands above.")


def digest(*paths: Path) -> str:
    """One hash over the content of the files."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.read_bytes())
    return whole.hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
