"""The recovery key on paper: printed, or saved as a PDF to be printed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.style.theme import FAMILIES
from csp_desktop.saving import save


@dataclass(frozen=True)
class RecoverySheet:
    """What stands on the paper: whose partnership, where its folder lies, the key in its groups."""

    name: str
    folder: Path
    groups: tuple[str, ...]


def save_as_pdf(sheet: RecoverySheet, path: Path) -> None:
    """One A4 page. Raises NotSaved."""
    page = QBuffer()
    page.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(page)
    writer.setTitle("Recovery key")
    _fill(writer, sheet)
    save(path, bytes(page.data().data()))


def can_print() -> bool:
    """Whether this computer has a printer."""
    return bool(QPrinterInfo.availablePrinters())


def print_on_paper(parent: QWidget, sheet: RecoverySheet) -> bool:
    """Ask for the printer and print; whether it went out."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    accepted = bool(dialog.exec())
    if accepted:
        _fill(printer, sheet)
    dialog.deleteLater()
    return accepted


def _fill(device: QPagedPaintDevice, sheet: RecoverySheet) -> None:
    margins = QMarginsF(20, 20, 20, 20)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    document = QTextDocument()
    document.setDefaultFont(_font())
    document.setHtml(_html(sheet))
    document.print_(device)


def _font() -> QFont:
    """The program's own: a computer may have no other. No letter takes another form beside its neighbours, so that a
    key copied from the PDF is the key."""
    font = QFont(list(FAMILIES), 10)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _html(sheet: RecoverySheet) -> str:
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in _in_fours(sheet.groups))
    return (
        "<h1>Recovery key</h1>"
        f"<p>Community safety partnership, set up by {escape(sheet.name)}<br>Folder: {escape(str(sheet.folder))}</p>"
        f"<table cellspacing='0' cellpadding='12' border='1'>{rows}</table>"
        "<p>Whoever holds this sheet and the folder can open the partnership's file. Lock it away, apart from the"
        " computer. To use it: on the unlock screen press Recover and type the groups in order.</p>"
    )


def _in_fours(groups: Sequence[str]) -> list[list[str]]:
    cells = [
        f"<td><small>{number}</small><br><big>{escape(group)}</big></td>" for number, group in enumerate(groups, 1)
    ]
    return [cells[start : start + 4] for start in range(0, len(cells), 4)]
