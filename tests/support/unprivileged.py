"""What a folder's rights forbid is forbidden to the tests as well: root's override is laid down for a while.

Of this thread and those it starts. Whoever is not root has none, and needs nothing.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OVERRIDES = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_VERSION = 0x20080522


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Within it nobody may write in the folder or what lies in it."""
    everything = [folder, *folder.rglob("*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in everything}
    for path in reversed(everything):
        path.chmod(modes[path] & 0o555)
    try:
        with _without_override():
            yield
    finally:
        for path in everything:
            path.chmod(modes[path])


@contextmanager
def forbidden(folder: Path) -> Iterator[None]:
    """Within it nobody may look into the folder."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    folder.chmod(0)
    try:
        with _without_override():
            yield
    finally:
        folder.chmod(mode)


@contextmanager
def _without_override() -> Iterator[None]:
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    had = _capabilities()
    _set_capabilities((had[0] & ~OVERRIDES, *had[1:]))
    try:
        yield
    finally:
        _set_capabilities(had)


def _capabilities() -> tuple[int, ...]:
    """Effective, permitted, inheritable; first the low half of each, then the high."""
    head, data = ctypes.create_string_buffer(struct.pack("Ii", _VERSION, 0)), ctypes.create_string_buffer(24)
    assert ctypes.CDLL(None, use_errno=True).capget(head, data) == 0
    return struct.unpack("6I", data.raw)


def _set_capabilities(wanted: tuple[int, ...]) -> None:
    head = ctypes.create_string_buffer(struct.pack("Ii", _VERSION, 0))
    data = ctypes.create_string_buffer(struct.pack("6I", *wanted), 24)
    assert ctypes.CDLL(None, use_errno=True).capset(head, data) == 0, os.strerror(ctypes.get_errno())
