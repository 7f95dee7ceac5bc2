"""What a finished PDF says: its texts with their places, its codes, its ink. And the golden files."""

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import zxingcpp

GOLDEN = Path(__file__).parent.parent / "golden"
MM_PER_POINT = 25.4 / 72


def pdf_of(draw: Callable, *arguments: object) -> bytes:
    """What a document function writes."""
    file = io.BytesIO()
    draw(file, *arguments)
    return file.getvalue()


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def placed_texts(pdf: bytes) -> str:
    """Every run of text with its left and bottom edge and its height in mm: a page that a person can compare."""
    lines = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        lines.append(
            f"page {number}: {page.get_width() * MM_PER_POINT:.0f} x {page.get_height() * MM_PER_POINT:.0f} mm"
        )
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            words = text.get_text_bounded(left, bottom, right, top).replace("\r\n", " ").strip()
            place = f"{left * MM_PER_POINT:6.1f} {bottom * MM_PER_POINT:6.1f} {(top - bottom) * MM_PER_POINT:5.1f}"
            lines.append(f"{place}  {words}")
    return "\n".join(lines) + "\n"


def picture(pdf: bytes, page: int = 0, dots_per_inch: int = 200) -> np.ndarray:
    """A page as grey values, rows first."""
    return np.array(pypdfium2.PdfDocument(pdf)[page].render(scale=dots_per_inch / 72, grayscale=True).to_numpy())


def codes(pdf: bytes, page: int = 0) -> list[str]:
    """The QR codes of a page as a reader finds them, in the order of rows, then columns."""
    found = zxingcpp.read_barcodes(picture(pdf, page), formats=zxingcpp.BarcodeFormat.QRCode)
    ordered = sorted(found, key=lambda one: (one.position.top_left.y // 100, one.position.top_left.x))
    return [one.text for one in ordered]


def white_margin(pdf: bytes, mm: float, page: int = 0) -> bool:
    """Whether nothing is drawn nearer than this to the edge of the paper."""
    dots = picture(pdf, page, 100)
    edge = round(mm / 25.4 * 100)
    inner = np.ones_like(dots, dtype=bool)
    inner[edge:-edge, edge:-edge] = False
    return bool((dots[inner] > 250).all())


def assert_golden(name: str, text: str) -> None:
    """The text is that of tests/golden/NAME; BIWU_WRITE_GOLDEN=1 writes it, to be looked at before it is kept."""
    path = GOLDEN / name
    if os.environ.get("BIWU_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def plain(pages: Sequence[str]) -> str:
    """All text without blanks and line ends, as wrapping puts them anywhere."""
    return "".join("".join(pages).split())
