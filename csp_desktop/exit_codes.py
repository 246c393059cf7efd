"""How a call of the program ends: which code, and which sentence. Whatever was raised, no traceback is printed."""

import signal
from collections.abc import Iterator
from contextlib import suppress

from csp_desktop import terminal
from csp_desktop.domain.common.errors import Refused

DONE, REFUSED, USAGE, WRONG_PASSPHRASE, OPEN_ELSEWHERE, DAMAGED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
EXIT_CODES = {
    DONE: "done",
    REFUSED: "refused; a sentence says what is wrong and what to do",
    USAGE: "wrong usage",
    WRONG_PASSPHRASE: "wrong name or passphrase",
    OPEN_ELSEWHERE: "the file is open in another window or program",
    DAMAGED: "the file is damaged, or verify found something",
    INTERRUPTED: "stopped by Ctrl+C",
}
STOPPED = "Stopped by Ctrl+C. What was not finished is not kept."
CLOSED = "Closed by Ctrl+C. What was typed is saved."
BUG = (
    "The program failed and this was not done. Everything saved before is safe. The log "
    "({log}) shows where it failed and contains nothing about any case: send it to IT."
)


def told(error: BaseException) -> int:
    """Says what ended the program and returns its exit code."""
    if isinstance(error, KeyboardInterrupt):
        with suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # pressed twice: the first is being answered
        exec("")  # where text run as code was interrupted, Python remembers it and would end itself by the signal
        terminal.say(f"\n{STOPPED}")
        return INTERRUPTED
    if isinstance(error, Refused):
        terminal.say(error.sentence)
        return exit_code(error)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        terminal.say(f"The file or folder could not be used: {error.strerror or type(error).__name__}{where}.")
    elif isinstance(error, ImportError):
        terminal.say(f"A part of the program could not be loaded ({error}). Install the program again, or ask IT.")
    else:
        _tell_of_bug(error)
    return REFUSED


def of_window(code: int) -> int:
    """The code a window ended with, and a word where a key in the terminal closed it."""
    if code == INTERRUPTED:
        terminal.say(f"\n{CLOSED}")
    return code


def exit_code(refusal: Refused) -> int:
    """The one place that knows which refusal ends with which code; a refusal made of another counts as that one."""
    from csp_desktop.store import errors as store
    from csp_desktop.vault import errors as vault

    codes: dict[int, tuple[type[Refused], ...]] = {
        WRONG_PASSPHRASE: (vault.WrongPassphrase, vault.TooSoon, vault.WrongRecoveryKey, vault.RecoveryKeyMistyped),
        OPEN_ELSEWHERE: (vault.OpenElsewhere, store.InUse),
        DAMAGED: (vault.DamagedHeader, vault.DatabaseMissing, vault.BundleDamaged, store.Damaged),
    }
    for one in _causes(refusal):
        for code, kinds in codes.items():
            if isinstance(one, kinds):
                return code
    return REFUSED


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _tell_of_bug(bug: BaseException) -> None:
    """Written to the log of bugs, told in a sentence."""
    log: object = "no log, because none could be written"
    with suppress(Exception):
        from csp_desktop.gui.window.bug_log import FILE, log_folder, write
        from csp_desktop.gui.window.bug_report import where_it_broke

        write(where_it_broke(bug))
        log = log_folder() / FILE
    terminal.say(BUG.format(log=log))
