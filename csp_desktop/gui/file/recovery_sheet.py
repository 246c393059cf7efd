"""The recovery key on paper: printed, or saved as a PDF to be printed elsewhere."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.widgets.pdf_preview import PdfPages
from csp_desktop.saving import save

_SHARPEST = 4000  # pixels across a sheet of A4: finer than any letter on it


def save_as_pdf(sheet: bytes, path: Path) -> None:
    """As it is. Raises NotSaved."""
    save(path, sheet)


def can_print() -> bool:
    """Whether this computer has a printer."""
    return bool(QPrinterInfo.availablePrinters())


def print_on_paper(parent: QWidget, sheet: bytes) -> bool:
    """Ask for the printer and print; whether it went out."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    accepted = bool(dialog.exec())
    if accepted:
        put_on(printer, sheet)
    dialog.deleteLater()
    return accepted


def put_on(device: QPagedPaintDevice, sheet: bytes) -> None:
    """Each page over the whole of a sheet of A4."""
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
    pages, painter = PdfPages(sheet), QPainter(device)
    for number in range(len(pages)):
        if number:
            device.newPage()
        wide, high = device.width(), device.height()
        painter.drawImage(QRectF(0, 0, wide, high), pages.image(number, min(wide, _SHARPEST)))
    painter.end()
    pages.close()
