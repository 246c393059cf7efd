"""What may be written down of a bug: which kind of error, and where in the program. What an error says, the values it
was raised with and the folders of this computer may all tell of a person, so none of them is.
"""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from csp_desktop.domain.common.errors import NotAllowed, NotWritable


def where_it_broke(error: BaseException) -> str:
    """Kinds of error, modules, lines; of the error and of those it came from."""
    lines: list[str] = []
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        lines.append(f"{'from ' if lines else ''}{type(following).__name__} in")
        frames = traceback.extract_tb(following.__traceback__)
        lines += [f"  {_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        following = following.__cause__ or following.__context__
    return "\n".join(lines)


def versions() -> str:
    """What someone who mends it must know of the program and the system, and no more."""
    from PySide6 import __version__ as qt

    from csp_desktop import __version__

    system = f"{platform.system()} {platform.release()}"
    return f"CSP Desktop {__version__}, Python {platform.python_version()}, Qt {qt}, {system}"


def qt_version() -> str:
    """Qt's own, not that of its Python package."""
    from PySide6.QtCore import qVersion

    return qVersion()


def _module(filename: str) -> str:
    """A file of the program by its place in it, never by where it is installed: that names a person's folder."""
    parts = Path(filename).parts
    for root in ("csp_desktop", "site-packages"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + (root == "site-packages") :])
    return Path(filename).name


def install_excepthook(
    tell: Callable[[str], None], write: Callable[[str], None], refuse: Callable[[str], None] | None = None
) -> None:
    """From now on a bug is written down by `write` and told to the person by `tell`; the program stays open, what was
    saved is saved. What a person's role or the file does not allow is no bug: `refuse` gets its sentence.
    """

    def note(error: BaseException) -> str:
        report = where_it_broke(error)
        write(report)
        return report

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, NotAllowed | NotWritable) and refuse is not None:
            refuse(error.sentence)
            return
        try:
            tell(f"{versions()}\n{note(error.with_traceback(trace))}")
        except Exception as second:  # the hook must not raise
            note(second)

    def elsewhere(what: Any) -> None:
        """In a thread, or where Python could not raise it: nobody is interrupted."""
        if what.exc_value is not None:
            note(what.exc_value)

    sys.excepthook = hook
    threading.excepthook = elsewhere
    sys.unraisablehook = elsewhere
