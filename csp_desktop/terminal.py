"""What the command line reads and prints, whatever the terminal, its letters or the pipe behind it.

JSON is ASCII. A letter that the terminal lacks is printed as its number (\\u0141), never as an error. A pipe that was
closed is no error either: the exit code tells what was done.
"""

import codecs
import errno
import json
import os
import sys
import warnings
from contextlib import suppress
from getpass import GetPassWarning, getpass
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.errors import Refused

LISTED = "listed"  # the key of a result that is one list
LONGEST_PASSPHRASE_FILE = 64 * 1024  # bytes
NO_TEXT = (
    "The characters of the passphrase cannot be read: {where} is not in UTF-8. Save it again "
    "as UTF-8 (in Notepad: Save as, Encoding, UTF-8), or type the passphrase when asked."
)
_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NoTerminal(Exception):
    """There is nobody to be asked."""


def prepare() -> None:
    """Standard streams that take every letter; those that were closed before the start lead nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as the process
        elif isinstance(stream, TextIOWrapper) and mode == "w":
            stream.reconfigure(errors="backslashreplace")


def show(result: dict[str, Any], as_json: bool) -> None:
    """Print a verb's result: JSON for programs, else its sentences. A result that is one list has it under `listed`:
    programs are given the list itself."""
    if as_json:
        told = {k: v for k, v in result.items() if k != "sentences"}
        words = json.dumps(told.get(LISTED, told), indent=2)
    else:
        words = "\n".join(result["sentences"])
    try:
        print(words, flush=True)
    except OSError as error:
        _lead_nowhere("stdout")
        if not _is_closed_pipe(error):
            say(f"The command succeeded, but its answer could not be written: {error.strerror}.")


def say(sentence: str, end: str = "\n") -> None:
    """To the person, apart from the answer."""
    try:
        print(sentence, end=end, file=sys.stderr, flush=True)
    except OSError:
        _lead_nowhere("stderr")


def finish() -> None:
    """Before the process ends: what waits to be printed is, or is given up quietly."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError):
            _lead_nowhere(name)


def passphrase(file: str | None, user: str) -> str:
    """From the file named, from standard input for -, else asked at the terminal. Raises Refused, OSError and
    NoTerminal."""
    if file == "-":
        return _text(_first_line(), "standard input").split("\n")[0].rstrip("\r")
    if file:
        with Path(file).open("rb") as opened:
            raw = opened.read(LONGEST_PASSPHRASE_FILE + 1)
        if len(raw) > LONGEST_PASSPHRASE_FILE:
            raise Refused("The passphrase file is too long to be a passphrase. Check that you named the right file.")
        return _text(raw, "the passphrase file").strip("\r\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            typed = getpass(f"Passphrase of {user}: ")
        except (GetPassWarning, EOFError) as nobody:
            raise NoTerminal from nobody
    return _whole(typed, "what was typed")


def answer(question: str) -> str:
    """What is typed on the line after the question; empty when there is nobody to answer."""
    say(question, end="")
    return _line().decode("utf-8", "replace").strip()


def _line() -> bytes:
    return sys.stdin.buffer.readline() if isinstance(sys.stdin, TextIOWrapper) else b""


def _first_line() -> bytes:
    """UTF-16 and UTF-32 have no line ends that bytes could tell: there it is everything."""
    first = _line()
    wide = any(first.startswith(mark) for mark, codec in _MARKS if codec != "utf-8-sig")
    return first + sys.stdin.buffer.read(LONGEST_PASSPHRASE_FILE) if wide else first


def _text(raw: bytes, where: str) -> str:
    """UTF-8, or what the mark at the beginning says, as Notepad and PowerShell write it."""
    codec = next((codec for mark, codec in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        raise Refused(NO_TEXT.format(where=where)) from error
    return _whole(text, where)


def _whole(text: str, where: str) -> str:
    """Half letters come from a terminal that speaks another code page, noughts from UTF-16 without its mark."""
    if not text.strip("\r\n"):
        raise Refused(f"There is no passphrase: {where} is empty. Nothing was tried.")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused(NO_TEXT.format(where=where))
    return text


def _is_closed_pipe(error: OSError) -> bool:
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _lead_nowhere(name: str) -> None:
    """Python would fail at its end once more, over what was left unwritten."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, getattr(sys, name).fileno())
        os.close(nowhere)
