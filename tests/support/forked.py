"""The command line in a fork of the tests' own process, which need not load the program again for every call."""

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO

from csp_desktop.__main__ import main


def called(words: Sequence[str], typed: str) -> subprocess.CompletedProcess[str]:
    """As `python -m csp_desktop` in a process of its own: what was printed, said and answered, in UTF-8. For verbs
    without a window."""
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(typed.encode("utf-8"))
        stdin.seek(0)
        pid = os.fork()
        if pid == 0:
            _answer(words, (stdin, stdout, stderr))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return subprocess.CompletedProcess(words, code, _said(stdout), _said(stderr))


def _answer(words: Sequence[str], streams: Sequence[IO[bytes]]) -> None:
    """In the fork, which ends here whatever happens."""
    code = -1  # of no verb
    try:
        for descriptor, stream in enumerate(streams):
            os.dup2(stream.fileno(), descriptor)
        for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
        logging.getLogger().handlers.clear()  # those of the tests: what is logged goes where it goes in the program
        sys.argv = ["csp-desktop", *words]
        code = main()
    finally:
        for told in (sys.stdout, sys.stderr):
            told.flush()
        os._exit(code)


def _said(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8")
