"""While Qt is loaded Ctrl+C waits, for interrupted there it aborts the whole process, and what was compiled once is not
compiled again. Knows no Qt itself."""

from __future__ import annotations  # what is compiled here inherits it, as it does where PySide compiles

import builtins
import marshal
import os
import signal
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import CodeType, FrameType
from typing import Any

Compiled = dict[tuple[str, int, int], CodeType]  # by name, length and checksum of the source
KEPT = os.path.join(os.path.dirname(__file__), "__pycache__", f"pyside.{sys.implementation.cache_tag}.kept")


@contextmanager
def ctrl_c_waits() -> Iterator[None]:
    """What is pressed within the block counts at its end."""
    pressed: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)

    try:
        before = signal.signal(signal.SIGINT, note)
    except ValueError:  # not in the main thread, and only that one is interrupted
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
    if pressed:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def compiled_once(kept: str = KEPT) -> Iterator[None]:
    """PySide carries a dozen modules as source and compiles them at every start, a tenth of the time until the first
    paint. Within the block their code comes from the file `kept`, as Python's own from `__pycache__`, if it was made of
    the same source; what had to be compiled is kept there, where Python may keep bytecode.
    """
    plain, known = builtins.compile, _read(kept)
    used: Compiled = {}

    def from_kept(source: Any, filename: Any, mode: str, *given: Any, **named: Any) -> Any:
        if given or named or mode != "exec" or not isinstance(source, bytes) or not isinstance(filename, str):
            return plain(source, filename, mode, *given, **named)
        key = filename, len(source), zlib.crc32(source)
        used[key] = known[key] if key in known else plain(source, filename, mode)
        return used[key]

    setattr(builtins, "compile", from_kept)  # noqa: B010 - its declared type has many forms
    try:
        yield
    finally:
        setattr(builtins, "compile", plain)  # noqa: B010
    if used.keys() - known.keys() and not sys.dont_write_bytecode:
        _write(kept, used)


def _read(kept: str) -> Compiled:
    """What is no such file, or only a part of one, is as none."""
    try:
        with open(kept, "rb") as file:
            known = marshal.load(file)
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(kept: str, used: Compiled) -> None:
    """Whole or not at all; where nothing may be written it stays as it was."""
    beside = f"{kept}.{os.getpid()}"
    with suppress(OSError):
        try:
            with open(beside, "xb") as file:
                marshal.dump(used, file)
            os.replace(beside, kept)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(beside)
