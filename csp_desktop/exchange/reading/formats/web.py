"""Tables of a web page: several systems save one under the name of a workbook."""

from html.parser import HTMLParser

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Read, Row, Sheet, SheetEnd

_UNSEEN = frozenset(["style", "script", "head", "title"])


class _Tables(HTMLParser):
    """Collects the cells of each table; raises Refused for one inside another."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self.tables: list[list[list[str]]] = []
        self._inside, self._unseen, self._is_cell, self._span = False, 0, False, 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new table, row or cell. Raises Refused for a table inside another, and for far too many rows."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            if self._inside:
                raise Refused(f"{self._name} is a web page with tables inside tables. Save it as .xlsx or CSV.")
            self._inside = True
            self.tables.append([])
        elif tag == "tr" and self._inside:
            self._end_cell()
            self.tables[-1].append([])
            if len(self.tables[-1]) > MOST_ROWS:
                raise Refused(f"{self._name} has more than {MOST_ROWS:,} rows. Export fewer.")
        elif tag in ("td", "th") and self._inside and self.tables[-1]:
            self._end_cell()
            self.tables[-1][-1].append("")
            span = dict(attrs).get("colspan") or "1"
            self._is_cell, self._span = True, int(span) if span.isdecimal() and len(span) < 4 else 1
        elif tag in ("br", "p", "div") and self._is_cell:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Words of a cell."""
        if self._is_cell and not self._unseen:
            self.tables[-1][-1][-1] += data

    def _end_cell(self) -> None:
        if self._is_cell:
            row = self.tables[-1][-1]
            if len(row[-1]) > LONGEST_CELL or len(row) + self._span > MOST_COLUMNS:
                raise Refused(f"{self._name} has a cell or a line that is too long. Export it again as CSV.")
            row.extend([""] * (self._span - 1))
        self._is_cell = False


def web_tables(text: str, name: str) -> Read:
    """Each table with its lines, counted within it. Raises Refused for tables inside tables, and for none."""
    reader = _Tables(name)
    reader.feed(text)
    reader.close()
    tables = [(number, rows) for number, table in enumerate(reader.tables, 1) if (rows := _rows(table))]
    if not tables:
        raise Refused(f"{name} is a web page without a table. Save the list as .xlsx or CSV.")
    for number, rows in tables:
        yield Sheet(f"table {number}")
        yield from rows
        yield SheetEnd()


def _rows(table: list[list[str]]) -> tuple[Row, ...]:
    cells = (tuple(" ".join(cell.split()) for cell in row) for row in table)
    return tuple((line, row) for line, row in enumerate(cells, 1) if any(row))
