"""A PDF document measured from the top left corner in millimetres, with Chinese text and QR codes.

The same input gives the same bytes: no time, no machine path, no random id is in the file.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from data import i18n
from data.errors import FileProblem
from data.i18n import _
from printing import fonts, qr, typesetting

INK = "#12355B"
BLACK = "#1A1F26"
GREY = "#5B6472"
PALE = "#E7ECF2"
LINE = "#9AA5B4"
WHITE = "#FFFFFF"
TEAL = "#0E7C7B"
RED = "#A61B1B"

_ABOVE = 0.2  # of what is cut off the height of a portrait; heads are at the top
POINT: float = 1 / mm  # one point in millimetres
Align = Literal["left", "centre", "right"]
Progress = Callable[[int, int, str], None]  # done, total, what is being done; may raise Cancelled


def no_progress(done: int, total: int, text: str) -> None:
    """For those who do not ask how far it is."""


@dataclass(frozen=True)
class Style:
    """How a text looks: font, size in points, colour, extra points between characters, line pitch."""

    font: str = fonts.REGULAR
    size: float = 10.5
    colour: str = BLACK
    spacing: float = 0.0
    leading: float = 1.5  # of the size

    def sized(self, size: float) -> "Style":
        return replace(self, size=size, spacing=self.spacing * size / self.size)

    @property
    def pitch(self) -> float:
        """From one baseline to the next, in mm."""
        return self.size * self.leading * POINT

    def width(self, text: str) -> float:
        """How wide a line of text is, in mm."""
        return (fonts.text_width(text, self.font, self.size) + self.spacing * max(0, len(text) - 1)) * POINT

    def fit(self, text: str, width: float, *, smallest: float, most_lines: int = 2) -> tuple[float, list[str]]:
        """A size in points and lines that show the whole text within the width in mm."""
        plain = fonts.text_width(text, self.font, self.size) * POINT
        narrower = plain / self.width(text) if plain else 1.0
        return typesetting.fit(text, self.font, self.size, width * narrower / POINT, smallest, most_lines)

    def wrap(self, text: str, width: float) -> list[str]:
        """The lines of a text in a column of this width in mm."""
        return typesetting.wrap(text, self.font, self.size, width / POINT)

    def balance(self, text: str, width: float) -> list[str]:
        """The same number of lines as `wrap` gives, about equally long."""
        return typesetting.balance(text, self.font, self.size, width / POINT)


class Document:
    """A PDF being drawn, page after page. Lengths are mm, x to the right, y down; a text's y is its baseline."""

    def __init__(
        self,
        file: BinaryIO,
        title: str,
        *,
        landscape: bool = False,
        author: str = "",
        footer: str | None = None,
    ) -> None:
        """With a footer, every page ends in it and `n / N`."""
        rl_config.useA85 = 0  # it makes files a quarter larger, for mail programs of the nineties
        size = (A4[1], A4[0]) if landscape else A4
        self.width, self.height = size[0] / mm, size[1] / mm
        self.pages = 1
        self._footer = footer
        self._canvas = Canvas(
            file, pagesize=size, invariant=1, pageCompression=1, lang=i18n.language().replace("_", "-")
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator("Biwu")
        self._canvas.setProducer("ReportLab")
        self._begin_page()

    def new_page(self) -> None:
        """End this page and begin the next."""
        self._canvas.showPage()
        self.pages += 1
        self._begin_page()

    def save(self) -> int:
        """Finish the file; returns the number of its pages."""
        self._canvas.showPage()
        if self._footer is not None:
            for page in range(1, self.pages + 1):
                with self.form(_footer_name(page)):
                    self._draw_footer(self._footer, page)
        self._canvas.save()
        return self.pages

    def _begin_page(self) -> None:
        if self._footer is not None:
            self.place(_footer_name(self.pages))

    def _draw_footer(self, text: str, page: int) -> None:
        style = Style(size=8, colour=GREY)
        y, left, right = self.height - 9, 15.0, self.width - 15
        count = f"{page} / {self.pages}"
        self.line(left, y - 4, right, y - 4, colour=LINE, weight=0.4)
        self.fitted(left, y, right - left - style.width(count) - 5, text, style, smallest=5)
        self.text(right, y, count, style, align="right")

    @contextmanager
    def form(self, name: str) -> Iterator[None]:
        """Draw something that pages show by `place`; it is stored once in the file."""
        self._canvas.beginForm(name, 0, 0, self.width * mm, self.height * mm)
        yield
        self._canvas.endForm()

    def place(self, name: str) -> None:
        """Show a form, which may be drawn later, on this page."""
        self._canvas.doForm(name)

    def text(self, x: float, y: float, text: str, style: Style, *, align: Align = "left") -> None:
        """One line of text; `x` is its left end, middle or right end as `align` says."""
        left = x - style.width(text) * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        self._canvas.setFillColor(_colour(style.colour))
        at = left * mm
        for font, piece in fonts.runs(text, style.font):
            self._canvas.setFont(font, style.size)
            self._canvas.drawString(at, (self.height - y) * mm, piece, charSpace=style.spacing)
            at += fonts.text_width(piece, font, style.size) + style.spacing * len(piece)

    def fitted(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        style: Style,
        *,
        smallest: float,
        align: Align = "left",
        most_lines: int = 2,
    ) -> float:
        """Text that is never cut: shrunk to `smallest` points, then wrapped. Returns the last baseline.

        `x` is the left end, middle or right end of the space; the first baseline is `y`.
        """
        size, lines = style.fit(text, width, smallest=smallest, most_lines=most_lines)
        return self.lines(x, y, lines, style.sized(size), align=align)

    def lines(self, x: float, y: float, lines: Iterable[str], style: Style, *, align: Align = "left") -> float:
        """Lines below each other, the first at baseline `y`; returns the last baseline."""
        baseline = y - style.pitch
        for line in lines:
            baseline += style.pitch
            self.text(x, baseline, line, style, align=align)
        return baseline

    def paragraph(self, x: float, y: float, width: float, text: str, style: Style, *, align: Align = "left") -> float:
        """Wrapped text, the first baseline at `y`; returns the last baseline."""
        anchor = x + width * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        return self.lines(anchor, y, style.wrap(text, width), style, align=align)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: str = LINE,
        weight: float = 0.5,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A line; weight in points, dash as (on, off) in points."""
        self._stroke(colour, weight, dash)
        self._canvas.line(x1 * mm, (self.height - y1) * mm, x2 * mm, (self.height - y2) * mm)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        weight: float = 0.5,
        radius: float = 0.0,
    ) -> None:
        """A rectangle whose top left corner is at (x, y)."""
        if fill:
            self._canvas.setFillColor(_colour(fill))
        if stroke:
            self._stroke(stroke, weight, None)
        self._canvas.roundRect(
            x * mm,
            (self.height - y - height) * mm,
            width * mm,
            height * mm,
            radius * mm,
            stroke=int(stroke is not None),
            fill=int(fill is not None),
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        stroke: str = LINE,
        weight: float = 0.5,
        dash: tuple[float, float] | None = None,
        fill: str | None = None,
    ) -> None:
        """A circle around (x, y), empty without a fill."""
        self._stroke(stroke, weight, dash)
        if fill:
            self._canvas.setFillColor(_colour(fill))
        self._canvas.circle(x * mm, (self.height - y) * mm, radius * mm, stroke=1, fill=int(fill is not None))

    def code(self, x: float, y: float, size: float, text: str) -> None:
        """A QR code whose dark part is `size` mm a side, its top left corner at (x, y).

        The caller leaves `qr.QUIET_ZONE` modules of white around it.
        """
        side, runs = qr.dark_runs(text)
        module = size / side
        left, top, dot = x * mm, (self.height - y) * mm, module * mm
        self._canvas.setFillColor(_colour("#000000"))
        path = self._canvas.beginPath()
        # A hair taller than a module: readers of the PDF would show seams between the rows. Written out here,
        # since `path.rect` takes a third of the time of a whole day's mark sheets to turn numbers into text.
        path._code += [
            f"{left + column * dot:.3f} {top - (row + 1.03) * dot:.3f} {length * dot:.3f} {1.03 * dot:.3f} re"
            for row, column, length in runs
        ]
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=1)

    def picture(self, x: float, y: float, width: float, height: float, content: bytes) -> None:
        """A picture (a JPEG) that fills this rectangle, cut at the sides, or at the bottom more than at the top."""
        image = ImageReader(BytesIO(content))
        wide, high = image.getSize()
        scale = max(width / wide, height / high)
        shown_width, shown_height = wide * scale, high * scale
        left = x - (shown_width - width) / 2
        top = y - (shown_height - height) * _ABOVE
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x * mm, (self.height - y - height) * mm, width * mm, height * mm)
        self._canvas.clipPath(path, stroke=0, fill=0)
        self._canvas.drawImage(
            image, left * mm, (self.height - top - shown_height) * mm, shown_width * mm, shown_height * mm
        )
        self._canvas.restoreState()

    def _stroke(self, colour: str, weight: float, dash: tuple[float, float] | None) -> None:
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(weight)
        self._canvas.setDash(list(dash or ()))


@cache
def _colour(code: str) -> HexColor:
    return HexColor(code)


def _footer_name(page: int) -> str:
    return f"footer-{page}"


def write(path: Path, draw: Callable[[BinaryIO], int]) -> int:
    """Let `draw` write a file, which takes the place of `path` only when it is whole; returns what `draw` does.

    Raises:
        FileProblem: the folder or the file cannot be written (it may be open in another program).
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            result = draw(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with suppress(OSError):  # where no file can be, none can be taken away
            temporary.unlink(missing_ok=True)
    return result


def _cannot_write(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        _("The file could not be written."),
        where=f"{path}: {error.strerror or error}",
        todo=_("Close it in other programs, or choose another folder."),
    )
