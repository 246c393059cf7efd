"""The process that will hold keys: what it remembers is not to end on a disk or in another program's hands."""

import sys

_NOT_DUMPABLE = 4  # PR_SET_DUMPABLE
_PERTURB, _WITH = -6, 0xA5  # M_PERTURB: what glibc frees is written over with this


def guard_memory() -> None:
    """No core dumps; on Linux no other program of this user may read the memory either. Called before the first key.

    On Windows whether memory is dumped is the system's own setting.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
        if hasattr(libc, "mallopt"):
            libc.mallopt(_PERTURB, _WITH)
