"""One reader for every file of tables: in a child process with limits, and everything in the file accounted for."""

import csv
import io
import os
import signal
import subprocess
import sys
import zipfile
from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading import child, reader
from csp_desktop.exchange.reading.formats.text import SEPARATORS, decoded, text_rows
from csp_desktop.exchange.reading.reader import content_of, read_book
from csp_desktop.exchange.reading.table import MOST_BYTES, CellFault
from tests.support.damage import archive_of, parts_of
from tests.support.patience import SECONDS
from tests.support.worst_files import reading_of, styles_without_end

NAMED = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{NAMED}office:1.0" '
    f'xmlns:table="{NAMED}table:1.0" xmlns:text="{NAMED}text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="List"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="2026-11-10"><text:p>x</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="40"><text:p>40</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12).map(str.strip)


def ods_of(content: str) -> bytes:
    """The file of a table that LibreOffice saves; its parts are not packed."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}.items():
            archive.writestr(name, part)
    return made.getvalue()


class Stopped(Exception):
    """The person cancelled."""


def book(*rows: tuple[object, ...], change=lambda made: None) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    change(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def sheet_changed(content: bytes, old: bytes, new: bytes) -> bytes:
    parts = parts_of(content)
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    assert old in parts[name]
    return archive_of({**parts, name: parts[name].replace(old, new)})


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]),
)
def test_a_table_written_in_any_shape_and_encoding_comes_back_the_same(rows, separator, ending, encoding) -> None:
    rows = [["Reference", "Day", "Words"], *rows]
    told = io.StringIO()
    csv.writer(told, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(rows)
    text, _ = decoded(told.getvalue().encode(encoding))
    read = list(text_rows(text, "list.csv"))
    wanted = [(line, tuple(row)) for line, row in enumerate(rows, 1) if any(row)]
    assert read == wanted


def as_web(rows: list[list[str]]) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><table>{body}</table></html>".encode("utf-16")


def as_ods(rows: list[list[str]]) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(escape(text)) for text in row) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    head, _, rest = ODS.partition("<table:table-row>")
    content = f"{head}{body}{rest.rpartition('</table:table-row>')[2]}"
    return ods_of(content)


def as_book(rows: list[list[str]]) -> bytes:
    return book(*map(tuple, rows))


def answer_of(content: bytes) -> bytes:
    """What the child says of a file, said in this process."""
    out = io.BytesIO()
    child._answer(out, content, "list", "")
    return out.getvalue()


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "Nd", "P", "S"]), min_size=1, max_size=12).filter(
    lambda text: text[0] not in "=#"
)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5), st.permutations(range(3)))
@pytest.mark.parametrize("written", [as_web, as_ods, as_book])
def test_a_table_is_the_same_as_a_page_of_the_web_and_in_every_kind_of_workbook(written, rows, order) -> None:
    rows = [[row[place] for place in order] for row in [["Reference", "Day", "Words"], *rows]]
    (sheet,) = reader.book_of(answer_of(written(rows)), "list").sheets
    assert [cells for _, cells in sheet.rows] == list(map(tuple, rows))
    assert [line for line, _ in sheet.rows] == list(range(1, len(rows) + 1))


SAID = answer_of(b"Name,Agency\nJo Ash,CGL\nEwa,CGL\n")


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(SAID) - 1), st.binary(max_size=6), st.integers(0, 40))
def test_whatever_a_damaged_child_says_is_the_same_table_or_a_sentence(at, put, lost) -> None:
    said = SAID[:at] + put + SAID[at + lost :]
    try:
        read = reader.book_of(said, "list")
    except Refused as refused:
        assert refused.sentence.endswith(".") or "refused" in said.decode("utf-8", "replace")
        return
    assert sum(len(sheet.rows) for sheet in read.sheets) == 3


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_one_quotation_mark_too_many_is_refused_or_changes_one_line_at_most(data) -> None:
    rows = [["Ref", "Day", "Words"]] + [[f"R{n}", f"{n}/11/2026", f"said, “{n}”"] for n in range(1, 12)]
    told = io.StringIO()
    csv.writer(told).writerows(rows)
    text = told.getvalue()
    at = data.draw(st.integers(0, len(text)))
    try:
        read = list(text_rows(text[:at] + '"' + text[at:], "list.csv"))
    except Refused as refused:
        assert "quotation mark" in refused.sentence and "line " in refused.sentence
        return
    good = {tuple(row) for row in rows}
    assert len(read) == len(rows) and sum(cells not in good for _, cells in read) <= 1


@pytest.mark.parametrize("separator", ["\t", ";", "|", "^"])
def test_a_separator_is_found_or_believed_where_the_file_names_it(separator: str) -> None:
    lines = f"Name{separator}Agency{separator}Job\nJo{separator}CGL{separator}Lead, nights\n"
    text = f"sep={separator}\n{lines}" if separator == "^" else lines
    first = 2 if separator == "^" else 1
    assert list(text_rows(text, "x")) == [
        (first, ("Name", "Agency", "Job")),
        (first + 1, ("Jo", "CGL", "Lead, nights")),
    ]


def test_a_page_of_the_web_under_the_name_of_a_workbook_is_read() -> None:
    page = (
        "<html><body><table><tr><th>Name</th><th>Agency</th></tr><tr><td>Zo&euml; A<br>B</td><td>CGL</td></tr></table>"
    )
    (sheet,) = read_book(page.encode(), "export.xls").sheets
    assert sheet.rows == ((1, ("Name", "Agency")), (2, ("Zoë A B", "CGL")))


def test_an_open_document_is_read_and_what_its_reader_cannot_see_is_said() -> None:
    read = read_book(ods_of(ODS), "list.ods")
    assert read.sheets[0].rows == ((1, ("Name", date(2026, 11, 10), "40")),)
    assert "arrives empty" in read.notes[0]


def test_a_formula_gives_its_result_and_an_error_is_no_value() -> None:
    made = book(("Score", "Ward", "Theme"), ("=20+20", "#N/A", "=B2"))
    made = sheet_changed(made, b"<f>20+20</f><v></v>", b"<f>20+20</f><v>40</v>")
    (_, cells) = read_book(made, "cases.xlsx").sheets[0].rows[1]
    assert cells[0] == "40"
    assert isinstance(cells[1], CellFault) and "error" in cells[1].reason
    assert isinstance(cells[2], CellFault) and "formula without a result" in cells[2].reason


def test_hidden_sheets_and_charts_are_named_and_never_taken() -> None:
    def change(made: Workbook) -> None:
        made.worksheets[0].title = "Old"
        made.create_sheet("Now").append(["Name"])
        made.worksheets[0].sheet_state = "veryHidden"
        made.active = 1

    read = read_book(book(("Name",), ("Gone",), change=change), "list.xlsx")
    assert [sheet.name for sheet in read.sheets] == ["Now"]
    assert [(one.sheet, one.why) for one in read.left_out] == [("Old", "a hidden sheet")]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/document.xml": b"<w/>"}, "is damaged, or is not a Word document"),
        ({"ppt/presentation.xml": b"<p/>"}, "a presentation"),
        ({"Index/Document.iwa": b"x"}, "an Apple Numbers file"),
        ({"list.csv": b"Name\n"}, "a zip archive"),
    ],
)
def test_an_archive_that_is_no_workbook_is_called_what_it_is(parts: dict[str, bytes], words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_book(archive_of(parts), "list.xlsx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 a}", "a text document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        (b"a,b\nc\x00,d\n", "line 2 holds a zero byte"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600), "a password"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "of 2003"),
    ],
)
def test_what_is_no_table_is_refused_as_what_it_is(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_book(content, "list.xlsx")


def test_entities_of_its_own_and_a_password_are_named() -> None:
    made = book(("Name",), ("Jo",))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    parts = parts_of(made)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbook", bomb + b"<workbook", 1)
    late = b"<!--" + b"<a> " * 20_000 + b"-->" + bomb
    for part, before in (("xl/workbook.xml", b""), ("xl/worksheets/sheet1.xml", late)):
        changed = {**parts_of(made), part: parts[part].replace(b"<worksheet", before + b"<worksheet", 1)}
        with pytest.raises(Refused, match="XML entities"):
            read_book(archive_of(changed), "list.xlsx")
    raw = bytearray(made)
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    with pytest.raises(Refused, match="password"):
        read_book(bytes(raw), "list.xlsx")


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD60"])
def test_a_cell_far_outside_is_named_with_its_line(cell: str) -> None:
    line = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    added = f'<row r="{line}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    (sheet,) = read_book(sheet_changed(book(("Name",), ("Jo",)), b"</sheetData>", added), "list.xlsx").sheets
    assert f"line {line}" in sheet.fault and sheet.rows == ((1, ("Name",)), (2, ("Jo",)))


def test_strings_that_unpack_to_gigabytes_are_a_sentence() -> None:
    parts = parts_of(book(("Name",), ("Jo",)))
    parts["xl/sharedStrings.xml"] = b"<sst>" + b"<si><t>" + b"x" * 260_000_000 + b"</t></si></sst>"
    with pytest.raises(Refused, match="too large once unpacked"):
        read_book(archive_of(parts), "list.xlsx")


def test_a_pipe_a_device_a_folder_and_a_huge_file_are_a_sentence_at_once(tmp_path: Path) -> None:
    pipe, huge = tmp_path / "pipe.csv", tmp_path / "huge.csv"
    os.mkfifo(pipe)
    with huge.open("wb") as file:
        file.truncate(3_000_000_000)
    told = {pipe: "a pipe", Path("/dev/zero"): "a device", tmp_path: "a folder", huge: f"{MOST_BYTES // 1_000_000} MB"}
    for path, words in told.items():
        with pytest.raises(Refused, match=words):
            content_of(path, path.name)


WAITS = "import os, sys, threading; open(sys.argv[1], 'w').write(str(os.getpid())); threading.Event().wait()"


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_cancelled_the_child_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "pid"
    monkeypatch.setattr(reader, "_command", lambda: [sys.executable, "-c", WAITS, str(told)])

    def cancel(done: int, total: int, words: str) -> None:
        if told.exists() and told.read_text():
            raise Stopped

    with pytest.raises(Stopped):
        read_book(b"Name\nJo\n", "list.csv", cancel)
    assert not is_alive(int(told.read_text()))


def test_a_child_that_hangs_or_dies_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reader, "SECONDS", 0.3)
    monkeypatch.setattr(reader, "_command", lambda: [sys.executable, "-c", WAITS, str(tmp_path / "pid")])
    with pytest.raises(Refused, match="could not be read"):
        read_book(b"Name\nJo\n", "list.csv")
    monkeypatch.setattr(reader, "SECONDS", 30)
    for said in ("", '{"sheet": "", "ragged": true, "fault": ""}', '{"end": 7}', '{"rows": [[1, [2]]]}', "[]"):
        monkeypatch.setattr(reader, "_command", lambda said=said: [sys.executable, "-c", f"print({said!r})"])
        with pytest.raises(Refused, match="could not be read"):
            read_book(b"Name\nJo\n", "list.csv")


HELD = (
    "import csp_desktop.exchange.reading.child as child; child.SECONDS = 1; child.limit_this_process()\n"
    "try:\n    bytearray(child.MEMORY)\nexcept MemoryError:\n    print('held', flush=True)\n"
    "while True:\n    pass\n"
)


def test_the_child_holds_itself_to_its_memory_and_its_processor_time() -> None:
    done = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, timeout=SECONDS)
    assert (done.stdout, done.returncode) == ("held\n", -signal.SIGKILL)


def test_a_workbook_made_to_overload_the_reader_is_a_sentence_under_300_mb() -> None:
    memory, sentence = reading_of(styles_without_end())
    assert 0 < memory < 300_000_000
    assert sentence.startswith("list.xlsx ") and sentence.endswith(".")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Name,Agency\nJo,CGL\n" + b"\n" * 1_100_000, "more than 1,048,576 lines"),
        (b"Name,Agency\nJo,CGL\n" + b'"' * 3_000_000, "line 3"),
        (book(("Name",), change=lambda made: [made.create_sheet() for _ in range(299)]), "has 300 sheets"),
    ],
    ids=["lines", "quotation marks", "sheets"],
)
def test_what_goes_on_without_end_is_told_at_once(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_book(content, "list.xlsx")


def test_the_process_of_the_window_never_loads_the_libraries_that_read_workbooks(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(book(("Name", "Agency"), ("Jo Ash", "CGL")))
    script = (
        "import sys; from pathlib import Path\n"
        "from csp_desktop.exchange.members import read_members\n"
        "for source in (Path(sys.argv[1]), b'Name,Agency\\nJo Ash,CGL\\n', b'Name\\tAgency\\nJo Ash\\tCGL'):\n"
        "    assert len(read_members(source, 'list').rows) == 1\n"
        "import csp_desktop.gui.cases.import_cases, csp_desktop.gui.people.people, csp_desktop.gui.private.register\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'openpyxl', 'python_calamine'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "list.xlsx")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_archive_of_a_damaged_workbook_is_a_sentence() -> None:
    raw = bytearray(book(("Name",), ("Jo",)))
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        at = parts.getinfo("xl/worksheets/sheet1.xml").header_offset
    raw[at + 60 : at + 120] = bytes(60)
    with pytest.raises(Refused, match="damaged"):
        read_book(bytes(raw), "list.xlsx")
