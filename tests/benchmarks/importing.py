"""An export of many rows read, matched and compared, beside the bare library that reads its workbook."""

import io
import sys
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from csp_desktop.exchange.likeness import likeness
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.safety_net import COLUMNS, read_cases
from csp_desktop.services.cases.case_import import preview_cases
from tests.benchmarks.pairs import Figures, in_pairs, taken
from tests.support.fakes import fake_session
from tests.support.worst_files import WORST, reading_of

ROWS = (10_000, 49_999)  # with the headings no more than a list may have
GOAL = 4.0


def measure(folder: Path, pairs: int, rows: tuple[int, ...] = ROWS) -> list[Figures]:
    """A row for each number of cases: ours to the end of the preview, the library to its last cell. One of memory."""
    return [*(_row(workbook(count), count, pairs) for count in rows), *worst(pairs)]


def worst(pairs: int) -> list[Figures]:
    """What the reading process takes at most for files made to overload it, beside an ordinary export; on Linux."""
    if sys.platform != "linux":
        return []
    files = list(islice(WORST.values(), pairs if pairs < len(WORST) - 1 else None))
    ordinary = workbook(ROWS[0])
    ours, floor = tuple(reading_of(make())[0] for make in files), (reading_of(ordinary)[0],)
    return [Figures("memory to read the worst files, beside one of 10,000 cases", ours, floor, in_bytes=True)]


def _row(content: bytes, count: int, pairs: int) -> Figures:
    session = fake_session()
    assert likeness("one", "one") == 1  # loaded before anything is measured

    def ours() -> object:
        return preview_cases(session, read_cases(read_book(content, "cases.xlsx")), date(2026, 11, 20))

    return in_pairs(f"import of {count:,} cases", taken(ours), taken(lambda: _bare(content)), pairs, GOAL, warm_up=0)


def _bare(content: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(cell.value is not None for row in book.worksheets[0].iter_rows() for cell in row)


def workbook(rows: int) -> bytes:
    """An export of so many invented cases."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Export")
        sheet.write_row(0, 0, COLUMNS)
        first = date(2026, 1, 1)
        for number in range(rows):
            opened = first + timedelta(days=number % 300)
            sheet.write_row(
                number + 1,
                0,
                (
                    f"SN-2026-{number + 100_000}",
                    opened,
                    "Acquisitive crime",
                    "Victim",
                    "KH",
                    f"{number % 200} Vicarage Road",
                    "Woodside",
                    "Change Grow Live",
                    "Ewa Lukasik",
                    27,
                    "Medium",
                    opened,
                    "Y",
                    "N",
                    "Open",
                    f"Vicarage Road: burglary of house {number}",
                ),
            )
    return content.getvalue()
