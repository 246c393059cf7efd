"""The child's side: limits itself, reads one file from its input, writes lines of JSON.

A damaged file may end it at any point: whoever asked believes nothing before the line that says it is complete.
"""

import json
import os
import sys
import warnings
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.formats.kinds import FileKind, damaged, kind_of
from csp_desktop.exchange.reading.formats.text import decoded, text_table
from csp_desktop.exchange.reading.formats.web import web_tables
from csp_desktop.exchange.reading.formats.word import word_tables
from csp_desktop.exchange.reading.formats.workbooks import NO_ERRORS, other_tables, xlsx_tables
from csp_desktop.exchange.reading.table import BLOCK, Cell, Read, Sheet, SheetEnd, streamed
from csp_desktop.services.common.import_columns import LeftOut

MEMORY = 290_000_000  # bytes of address space
SECONDS = 16  # of processor time


def main() -> int:
    """Answer one file. Whatever the libraries meet becomes one sentence, which says nothing of the content."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    limit_this_process()
    warnings.simplefilter("ignore")
    asked = json.loads(sys.stdin.buffer.readline())
    name = asked["name"]
    content = sys.stdin.buffer.read()
    try:
        _answer(out, content, name, asked["page"])
    except Refused as refusal:
        _say(out, {"refused": refusal.sentence})
    except MemoryError:
        _say(out, {"refused": f"{name} is too large once unpacked. Export fewer rows."})
    except Exception:
        _say(out, {"refused": damaged(name, content).sentence})
    out.flush()
    return 0


def _answer(out: BinaryIO, content: bytes, name: str, page: str) -> None:
    kind = kind_of(content, name)
    encoding = ""
    if kind in (FileKind.TEXT, FileKind.WEB):
        text, encoding = decoded(content, page)
        read = text_table(text, name) if kind is FileKind.TEXT else web_tables(text, name)
    elif kind is FileKind.WORD:
        tables, prose = word_tables(content, name)
        if not tables and not prose:
            raise Refused(f"{name} is a Word document without any text.")
        read = streamed(tables)
        for start in range(0, len(prose), BLOCK):
            _say(out, {"prose": prose[start : start + BLOCK]})
    elif kind is FileKind.XLSX:
        read = xlsx_tables(content, name)
    else:
        read = other_tables(content, kind, name)
        _say(out, {"note": NO_ERRORS})
    _say(out, {"encoding": encoding})
    _say(out, {"end": _tell(out, read)})


def _tell(out: BinaryIO, read: Read) -> int:
    """Say all that is read, rows in blocks as they come; how many rows that were."""
    block: list[Any] = []
    said = 0
    for one in read:
        if isinstance(one, tuple):
            block.append([one[0], [_sent(cell) for cell in one[1]]])
        if block and (len(block) == BLOCK or not isinstance(one, tuple)):
            _say(out, {"rows": block})
            out.flush()
            said, block = said + len(block), []
        if isinstance(one, Sheet):
            _say(out, {"sheet": one.name, "ragged": one.ragged})
        elif isinstance(one, SheetEnd):
            _say(out, {"fault": one.fault, "hidden": one.hidden})
        elif isinstance(one, LeftOut):
            _say(out, {"left": [one.sheet, one.why]})
    return said


def _sent(cell: Cell) -> Any:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return ["day", cell.isoformat()]
    return ["fault", cell.value, cell.reason]


def _say(out: BinaryIO, told: dict[str, Any]) -> None:
    out.write(json.dumps(told, ensure_ascii=True).encode() + b"\n")


def limit_this_process() -> None:
    """From here on. Where a system does not hold a limit, the clock of whoever started the process does."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            _limit_by_job()
        return
    import resource

    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def _limit_by_job() -> None:
    """A Windows job with this process in it: memory, processor time, no other process, no dialog when it dies."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    process_time, process_memory, active_process, die_on_exception, extended = 0x2, 0x100, 0x8, 0x400, 9

    class Basic(ctypes.Structure):
        _fields_ = [
            ("per_process_time", ctypes.c_int64),
            ("per_job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("minimum", ctypes.c_size_t),
            ("maximum", ctypes.c_size_t),
            ("active", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("basic", Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        ]

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    told = Extended()
    told.basic.flags, told.basic.active = process_time | process_memory | active_process | die_on_exception, 1
    told.basic.per_process_time = SECONDS * 10_000_000  # in steps of 100 ns
    told.process_memory = MEMORY
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(job, extended, ctypes.byref(told), ctypes.sizeof(told))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
