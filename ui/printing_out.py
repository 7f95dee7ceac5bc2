"""Putting the pages of a PDF on a printer."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from data.errors import FileProblem
from data.i18n import _
from ui.task import Progress
from ui.widgets.pdf_pages import PdfPages

DOTS_PER_INCH = 300


def printer_for(pages: PdfPages, name: str) -> QPrinter:
    """A printer set to A4, upright or across as the pages are; `name` is that of the job."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    width, height = pages.size
    across = width > height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setFromTo(1, pages.count)
    return printer


@dataclass(frozen=True)
class Printed:
    """How many pages were sent, of how many that the document has."""

    pages: int
    of_pages: int


def print_pages(pages: PdfPages, printer: QPrinter, progress: Progress) -> Printed:
    """Print the pages that the user chose at their true size, then let `pages` go. May run in a worker thread.

    Raises:
        FileProblem: the printer does not take the job.
        Cancelled: `progress` says so; what was sent is called back.
    """
    first, last = printer.fromPage() or 1, printer.toPage() or pages.count
    chosen = range(max(1, first), min(last, pages.count) + 1)
    painter = QPainter()
    if not painter.begin(printer):
        raise FileProblem(
            _("The printer does not take the job."),
            where=printer.printerName() or printer.outputFileName(),
            todo=_("Check that it is switched on and connected, or save a PDF and print that elsewhere."),
        )
    scale = printer.resolution() / 72
    target = QRectF(0, 0, pages.size[0] * scale, pages.size[1] * scale)
    try:
        for done, page in enumerate(chosen):
            progress(done, len(chosen), _("Page {page}").format(page=page))
            if done:
                printer.newPage()
            painter.drawImage(target, pages.picture(page - 1, DOTS_PER_INCH))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
        pages.close()
    return Printed(len(chosen), pages.count)
