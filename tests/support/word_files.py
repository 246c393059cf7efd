"""A Word file as its reader has it: what python-docx finds in it, and what LibreOffice makes of it."""

import io
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from csp_desktop.documents.paper import Paper
from csp_desktop.domain.minutes.paper_parts import ANNEX, Section, Words, as_line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(file: bytes) -> Any:
    """The file as python-docx reads it."""
    return Document(io.BytesIO(file))


def parts(file: bytes) -> dict[str, str]:
    """Every part of the file as text."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def tree(file: bytes, name: str) -> ElementTree.Element:
    """One part of the file."""
    return ElementTree.fromstring(parts(file)[name])


def lines(document: Any) -> Iterator[str]:
    """Each paragraph, and each row of a table with bars between its cells, in the order they are read."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(cell.text for cell in row.cells) for row in block.rows)
        elif isinstance(block, Paragraph) and block.text:
            yield block.text


def lines_of(paper: Paper) -> Iterator[str]:
    """The same of the paper that was printed."""
    yield paper.title
    yield from map(as_line, paper.opening)
    whole = [section for section in paper.sections if section.id != ANNEX]
    annex = [section for section in paper.sections if section.id == ANNEX]
    yield from (line for section in whole for line in _section_lines(section))
    yield from _signed(paper)
    yield from (line for section in annex for line in _section_lines(section))


def _section_lines(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        if isinstance(block, Words):
            yield as_line(block)
        else:
            yield from (" | ".join(row) for row in (block.headers, *block.rows))


def _signed(paper: Paper) -> Iterator[str]:
    if paper.sign_off is not None:
        yield from map(as_line, paper.sign_off.words)
        yield from (f"{label} {'_' * 30}" for label in paper.sign_off.blanks)


def as_pdf(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What LibreOffice, asked once for all, prints of each file; it has a folder of settings of its own."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    own = (folder / "settings").as_uri()
    command = ["soffice", f"-env:UserInstallation={own}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    command += [str(folder / f"{name}.docx") for name in files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}
