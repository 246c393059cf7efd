"""The side that asks: looks at the file before it reads it, starts the child, believes nothing it says unchecked."""

import json
import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import IO, Any

import csp_desktop
from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import whole, written
from csp_desktop.exchange.reading.table import (
    BLOCK,
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    Book,
    Cell,
    CellFault,
    Row,
    Sheet,
)
from csp_desktop.services.common.import_columns import LeftOut, Letters

VERB = "read-table"  # of the program itself, and in no list
SECONDS = 18.0  # on the clock without a word of the child; what takes longer is given up
_LOOK = 0.1  # seconds between two looks at whether it was cancelled
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_book(
    source: Path | bytes, name: str = "", progress: Progress = unheard, letters: Letters | None = None
) -> Book:
    """Read a file, or what was pasted. `letters` is how a text is written that does not show it. `progress` may raise
    to end it: the child is killed at once. Raises Refused when it is no table, damaged, or far too large."""
    name = name or (written(source.name) if isinstance(source, Path) else "the file")
    content = source if isinstance(source, bytes) else content_of(source, name)
    if len(content) > MOST_BYTES:
        raise too_large(name)
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise Refused(f"{name} is empty.")
    return book_of(_ask(content, {"name": name, "page": letters.value if letters else ""}, progress), name)


def book_of(answer: bytes, name: str) -> Book:
    """What a child said, looked at as a stranger's words. Raises Refused where they are no whole answer."""
    try:
        return _book(answer, name)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise _died(name) from None


def too_large(name: str) -> Refused:
    """Said before a byte of it is read."""
    return Refused(f"{name} is too large: more than {MOST_BYTES // 1_000_000} MB. Export fewer rows.")


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a regular file of a bearable size. What it is and how large is asked before it is opened, and again
    of what was opened. Raises Refused."""
    try:
        _look_at(os.stat(path), name)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            _look_at(os.fstat(file.fileno()), name)
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(
            f"{name} could not be read: {error.strerror}. Check that it is still there and not open in another program."
        ) from error


def _look_at(found: os.stat_result, name: str) -> None:
    for is_kind, words in _KINDS:
        if is_kind(found.st_mode):
            raise Refused(f"{name} is {words}, not a file. Choose a CSV or XLSX file.")
    if found.st_size > MOST_BYTES:
        raise too_large(name)


def _died(name: str) -> Refused:
    return Refused(
        f"{name} could not be read: it is damaged, or holds something far larger than a list. Open it in Excel, copy "
        "the table into a new file, save that as .xlsx, and try again."
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, VERB]
    return [sys.executable, "-P", "-s", "-m", "csp_desktop", VERB]


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies. An abort that prints where it stood may hang for minutes."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "RUST_BACKTRACE": "0", "PYTHONPATH": str(Path(csp_desktop.__file__).parents[1])}


def _ask(content: bytes, about: dict[str, str], progress: Progress) -> bytes:
    """What the child answers, whole. Kills it when the person cancels, and when it takes too long."""
    sent = json.dumps(about).encode() + b"\n" + content
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    child = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=flags,
    )
    pipe, child.stdin = child.stdin, None  # from a thread: `communicate` called again forgets what it has to send
    assert pipe is not None
    sender = threading.Thread(target=_send, args=(pipe, sent), name="pipe", daemon=True)
    with child:
        sender.start()
        try:
            return _answered(child, about["name"], progress)
        finally:
            child.kill()
            sender.join()  # the pipe is broken, so it has ended


def _send(pipe: IO[bytes], content: bytes) -> None:
    with suppress(OSError), pipe:
        pipe.write(content)


def _answered(child: "subprocess.Popen[bytes]", name: str, progress: Progress) -> bytes:
    ends, heard, rows = monotonic() + SECONDS, 0, 0
    while True:
        try:
            return child.communicate(timeout=_LOOK)[0]
        except subprocess.TimeoutExpired as late:
            told = late.output or b""
        if len(told) > heard:
            rows += told.count(b'{"rows"', heard) * BLOCK
            ends, heard = monotonic() + SECONDS, len(told)
        progress(0, 0, f"Reading {name}" + (f": {rows:,} rows" if rows else ""))
        if monotonic() > ends:
            raise _died(name)


def _book(answer: bytes, name: str) -> Book:
    """What the answer says, each type and length looked at as a stranger's. Raises Refused when it ends early."""
    sheets: list[Sheet] = []
    rows: list[list[Row]] = []
    left: list[LeftOut] = []
    notes: list[str] = []
    prose: list[str] = []
    encoding, said, is_whole = "", 0, False
    for line in answer.splitlines():
        told = json.loads(line)
        if "refused" in told:
            raise Refused(_text(told["refused"]))
        if "rows" in told:
            rows[-1] += [_row(one) for one in told["rows"]]
            said += len(told["rows"])
        elif "sheet" in told:
            sheets.append(Sheet(_text(told["sheet"]), ragged=told["ragged"] is True))
            rows.append([])
        elif "fault" in told:
            hidden = tuple(_line(one) for one in told["hidden"])
            sheets[-1] = replace(sheets[-1], fault=_text(told["fault"]), hidden=hidden)
        elif "left" in told:
            left.append(LeftOut(_text(told["left"][0]), None, _text(told["left"][1])))
        elif "note" in told:
            notes.append(_text(told["note"]))
        elif "prose" in told:
            prose += [_text(one) for one in told["prose"]]
        elif "encoding" in told:
            encoding = _text(told["encoding"])
        else:
            is_whole = told["end"] == said
    if not is_whole:
        raise _died(name)
    filled = tuple(replace(one, rows=tuple(lines)) for one, lines in zip(sheets, rows, strict=True))
    return Book(name, filled, encoding, tuple(left), tuple(notes), tuple(prose))


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_CELL:
        raise ValueError("no text")
    return whole(value)


def _row(told: Any) -> Row:
    line, cells = told
    if len(cells) > MOST_COLUMNS * 4:
        raise ValueError("no row")
    return _line(line), tuple(_cell(cell) for cell in cells)


def _line(told: Any) -> int:
    if type(told) is not int or told < 1:
        raise ValueError("no line")
    return told


def _cell(told: Any) -> Cell:
    if isinstance(told, str):
        return _text(told)
    if told[0] == "day":
        return date.fromisoformat(told[1])
    return CellFault(_text(told[1]), _text(told[2]))
