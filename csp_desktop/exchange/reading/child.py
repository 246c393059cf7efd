"""The child's side: limits itself, reads one file from its input, writes lines of JSON.

A damaged file may end it at any point: whoever asked believes nothing before the line that says it is complete.
"""

import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.formats.kinds import FileKind, damaged, kind_of
from csp_desktop.exchange.reading.formats.text import decoded, text_rows
from csp_desktop.exchange.reading.formats.web import web_sheets
from csp_desktop.exchange.reading.formats.word import word_tables
from csp_desktop.exchange.reading.formats.workbooks import NO_ERRORS, other_sheets, xlsx_sheets
from csp_desktop.exchange.reading.table import BLOCK, Cell, Sheet
from csp_desktop.services.common.import_columns import LeftOut

MEMORY = 360_000_000  # bytes of address space
SECONDS = 15  # of processor time


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
    said, encoding = 0, ""
    if kind is FileKind.TEXT:
        text, encoding = decoded(content, page)
        sheets: Iterator[Sheet | LeftOut] = iter([Sheet("", tuple(text_rows(text, name)), ragged=True)])
    elif kind is FileKind.WEB:
        text, encoding = decoded(content, page)
        sheets = iter(web_sheets(text, name))
    elif kind is FileKind.WORD:
        tables, prose = word_tables(content, name)
        sheets = iter(tables)
        for start in range(0, len(prose), BLOCK):
            _say(out, {"prose": prose[start : start + BLOCK]})
    elif kind is FileKind.XLSX:
        sheets = xlsx_sheets(content)
    else:
        sheets = other_sheets(content, kind)
        _say(out, {"note": NO_ERRORS})
    _say(out, {"encoding": encoding})
    for one in sheets:
        if isinstance(one, LeftOut):
            _say(out, {"left": [one.sheet, one.why]})
            continue
        _say(out, {"sheet": one.name, "ragged": one.ragged, "fault": one.fault, "hidden": one.hidden})
        for start in range(0, len(one.rows), BLOCK):
            block = one.rows[start : start + BLOCK]
            _say(out, {"rows": [[line, [_sent(cell) for cell in cells]] for line, cells in block]})
            said += len(block)
    _say(out, {"end": said})


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
    """A Windows job with this process in it: memory, no other process, no dialog when it dies."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    process_memory, active_process, die_on_exception, extended = 0x100, 0x8, 0x400, 9

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
    told.basic.flags, told.basic.active = process_memory | active_process | die_on_exception, 1
    told.process_memory = MEMORY
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(job, extended, ctypes.byref(told), ctypes.sizeof(told))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
