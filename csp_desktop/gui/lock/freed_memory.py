"""What was freed still says what it said, until something else is written there. After a lock everything freed is
written over, so that what was on the screen cannot be found in the memory of the locked program.

Measured by `tests/scenarios/test_locked_memory.py`. What is left are pieces: the unused end of something that lives on
where a text had been.
"""

import ctypes
import gc
import sys
from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent

_MOST_ROUNDS = 5
# Python divides pools among small objects of one size: Objects/obmalloc.c of 3.10 and later.
_POOL, _POOL_HEAD = 16 * 1024, 48  # bytes
_ARENA = 63  # whole pools that are sure to fit into the mebibyte it gets from the system at once
_SMALL = range(512, 47, -16)  # sizes; what is smaller holds no text and no key. The last leaves no end of a pool unused
_BYTES_HEAD = sys.getsizeof(b"")
_MOST_POOLS = 4096  # 64 MiB of one size: where Python is built another way, this comes to an end
# glibc writes over what it takes back (see `bootstrap.process`), but for a few pieces of each size a thread has ready.
_READY, _READY_SIZES = 16, range(24, 1048, 16)


def overwrite() -> None:
    """Destroy what waits for it, collect cycles, write over all that is free, and give it back to the system."""
    for _ in range(_MOST_ROUNDS):  # what is collected may have kept a widget, and that again Python's objects
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if not gc.collect():
            break
    if all(_fill(size, 1) for size in _SMALL):
        _fill(_SMALL[-1], _ARENA)
    if sys.platform == "linux":
        _overwrite_c_library(ctypes.CDLL(None))


def _fill(size: int, pools_in_a_row: int) -> bool:
    """Make zeros of one size until so many pools, one behind the other, are full of them and of nothing else: a pool is
    begun only when none that was begun has room, and a new piece of memory only when no pool is free. False where
    Python was built another way, and there is no such end.
    """
    room, count = (_POOL - _POOL_HEAD) // size, size - _BYTES_HEAD
    held: list[bytes] = []
    ours: Counter[int] = Counter()
    row, last = 0, 0
    for _ in range(_MOST_POOLS):
        made = [bytes(count) for _ in range(room)]
        held += made
        touched = Counter(id(each) // _POOL for each in made)
        ours.update(touched)
        for pool in touched:
            if ours[pool] == room:
                row, last = (row + 1 if pool == last + 1 else 1), pool
                if row == pools_in_a_row:
                    return True
    return False


def _overwrite_c_library(libc: ctypes.CDLL) -> None:
    if not hasattr(libc, "malloc_trim"):  # another one than glibc
        return
    libc.malloc.restype = ctypes.c_void_p
    for size in _READY_SIZES:
        held = [ctypes.c_void_p(libc.malloc(ctypes.c_size_t(size))) for _ in range(_READY)]
        for piece in held:
            if piece:
                ctypes.memset(piece, 0, size)
        for piece in held:
            libc.free(piece)
    libc.malloc_trim(ctypes.c_size_t(0))
