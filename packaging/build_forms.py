"""Turns ui/*.ui and resources/ into the package csp_desktop/_built, for the build hook and for the tests.

A plain script, so that it runs before the project is installed. Only what is stale by content is made again; every
file is put in place whole, so that two test workers may build at once.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UIC_OPTIONS = ("-g", "python", "--from-imports", "--no-autoconnection")
# Without these two, Linux compresses by zstd, which the Windows wheel cannot read, and builds differ by the clock.
RCC_OPTIONS = ("-g", "python", "--no-zstd", "--format-version", "1")
NOT_SHIPPED = ("icons", "pictures")  # compiled into the resources; for the README
INIT = '"""Compiled forms and copied resources: made by packaging/build_forms.py, never edited by hand."""\n'
STAMPS = "stamps.json"


def build(root: Path = ROOT) -> list[str]:
    """Brings csp_desktop/_built up to date and returns the names of the files it made or removed."""
    built = root / "csp_desktop" / "_built"
    built.mkdir(parents=True, exist_ok=True)
    changed = _compile_stale(root, built)
    wanted = _data_files(root)
    for name, source in wanted.items():
        changed += _write(built / name, source.read_bytes(), name)
    present = {path.relative_to(built).as_posix(): path for path in (built / "data").rglob("*") if path.is_file()}
    for name in present.keys() - wanted.keys():
        present[name].unlink(missing_ok=True)
        changed.append(name)
    changed += _write(built / "__init__.py", INIT.encode(), "__init__.py")
    # Where the first to start the program may not write beside it, the bytecode is there already.
    compileall.compile_dir(built, maxlevels=0, quiet=2)
    return sorted(changed)


def _compile_stale(root: Path, built: Path) -> list[str]:
    """Compiles the forms and the resource list whose content, or whose compiler, changed since the last time."""
    stamps_file = built / STAMPS
    old: dict[str, str] = json.loads(stamps_file.read_text("utf-8")) if stamps_file.exists() else {}
    new: dict[str, str] = {}
    changed: list[str] = []
    for source in [*sorted((root / "ui").glob("*.ui")), *(root / "resources").glob("csp.qrc")]:
        name = "csp_rc.py" if source.suffix == ".qrc" else f"ui_{source.stem}.py"
        new[name] = _digest(source)
        if old.get(name) != new[name] or not (built / name).exists():
            _compile(source, built / name)
            changed.append(name)
    for path in [*built.glob("ui_*.py"), *built.glob("csp_rc.py")]:
        if path.name not in new:
            path.unlink(missing_ok=True)
            changed.append(path.name)
    _write(stamps_file, json.dumps(new, indent=1, sort_keys=True).encode(), STAMPS)
    return changed


def _digest(source: Path) -> str:
    """The content a compiled file depends on: its source, what a resource list names, and the compiler's version."""
    digest = hashlib.sha256(f"lean rooted {version('PySide6-Essentials')} {UIC_OPTIONS} {RCC_OPTIONS}".encode())
    digest.update(source.read_bytes())
    if source.suffix == ".qrc":
        for path in sorted((source.parent / "icons").glob("*")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _compile(source: Path, target: Path) -> None:
    options, tool = (RCC_OPTIONS, "rcc") if source.suffix == ".qrc" else (UIC_OPTIONS, "uic")
    done = subprocess.run([_tool(tool), *options, str(source)], capture_output=True, check=False)
    if done.returncode or not done.stdout:
        raise SystemExit(f"{source.name} could not be compiled: {done.stderr.decode(errors='replace').strip()}")
    _write(target, done.stdout if source.suffix == ".qrc" else _rooted(_lean(done.stdout)), target.name)


def _lean(form: bytes) -> bytes:
    """Without the imports a form does not use: each class of Qt costs time when it is first named, before any paint."""
    imports, begin, rest = form.decode().partition("\nclass Ui_")

    def used(found: re.Match[str]) -> str:
        names = [name.strip() for name in found["names"].replace("\n", " ").split(",")]
        kept = ", ".join(name for name in names if re.search(rf"\b{name}\b", rest))
        return f"from {found['module']} import {kept}\n" if kept else ""

    pattern = r"from (?P<module>PySide6\.\w+) import \((?P<names>[^)]*)\)\n"
    return (re.sub(pattern, used, imports) + begin + rest).encode()


def _rooted(form: bytes) -> bytes:
    """The page of a stack, which uic makes without a parent, has the stack from the first: moved there once it is
    filled, every widget in it would be dressed anew."""
    text = form.decode()

    def placed(found: re.Match[str]) -> str:
        into = re.search(rf"self\.(\w+)\.addWidget\(self\.{found['name']}\)\n", text)
        return f"{found['made']}(self.{into[1]})\n" if into else found[0]

    return re.sub(r"(?P<made>self\.(?P<name>\w+) = (?!\w+Layout\()\w+)\(\)\n", placed, text).encode()


def _tool(name: str) -> str:
    """The path of PySide6's own uic or rcc: in Qt/libexec, except on Windows, where it lies beside the package."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise SystemExit("PySide6-Essentials is needed to compile the forms: python3 packaging/dev.py installs it.")
    package = Path(spec.origin).parent
    return str(package / f"{name}.exe" if sys.platform == "win32" else package / "Qt" / "libexec" / name)


def _data_files(root: Path) -> dict[str, Path]:
    """What importlib.resources finds under _built/data, by its name there: every folder but the icons."""
    resources = root / "resources"
    found = (path for path in resources.glob("*/**/*") if path.is_file())
    names = {path.relative_to(resources): path for path in found}
    return {f"data/{name.as_posix()}": path for name, path in names.items() if name.parts[0] not in NOT_SHIPPED}


def _write(target: Path, content: bytes, name: str) -> list[str]:
    """Puts the content in place whole if it differs; returns the name if it did."""
    if target.exists() and target.read_bytes() == content:
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".new")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)
    return [name]


if __name__ == "__main__":
    for made in build():
        print(made)
