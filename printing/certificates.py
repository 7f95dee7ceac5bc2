"""Certificates: A4 landscape, framed, the name in WenKai, room for the seal over the issuer's name."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from data import i18n
from data.i18n import _
from data.queries.papers import Certificate, Letterhead
from printing import fonts
from printing.page import BLACK, GREY, RED, Document, Progress, Style, no_progress

_GOLD = "#9A7A1E"
_LEFT, _RIGHT = 42.0, 255.0
_DIGITS = "〇一二三四五六七八九"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_TITLE = Style(fonts.KAI, 56, RED, spacing=20)
_NAME = Style(fonts.KAI, 27, BLACK)
_TEXT = Style(fonts.KAI, 23, BLACK, leading=1.85)
_LEVEL = Style(fonts.KAI, 42, RED, spacing=14)
_ISSUER = Style(fonts.KAI, 20, BLACK)
_SERIAL = Style(fonts.REGULAR, 10, GREY)


def draw(
    file: BinaryIO, head: Letterhead, certificates: Sequence[Certificate], progress: Progress = no_progress
) -> int:
    """Write the certificates as PDF, one a page; returns how many."""
    document = Document(file, _("Certificates"), landscape=True, author=head.organizer)
    with document.form("frame"):
        _draw_frame(document)
    for index, certificate in enumerate(certificates):
        if index:
            document.new_page()
        document.place("frame")
        _draw_certificate(document, head, certificate)
        progress(index + 1, len(certificates), certificate.name or certificate.unit)
    document.save()
    return len(certificates)


def _draw_frame(document: Document) -> None:
    width, height = document.width, document.height
    for inset, weight in ((9.0, 1.6), (10.6, 0.8)):
        document.box(inset, inset, width - 2 * inset, height - 2 * inset, stroke=_GOLD, weight=weight)
    _draw_notched(document, inset=13.4, notch=6.0)
    document.fitted(
        width / 2, 51, _RIGHT - _LEFT, _("CERTIFICATE OF HONOUR"), _TITLE, smallest=20, align="centre", most_lines=1
    )


def _draw_notched(document: Document, *, inset: float, notch: float) -> None:
    """The inner frame, its corners turned inwards."""
    right, bottom = document.width - inset, document.height - inset
    for y in (inset, bottom):
        document.line(inset + notch, y, right - notch, y, colour=_GOLD, weight=0.5)
    for x in (inset, right):
        document.line(x, inset + notch, x, bottom - notch, colour=_GOLD, weight=0.5)
    for x, inner_x in ((inset, inset + notch), (right, right - notch)):
        for y, inner_y in ((inset, inset + notch), (bottom, bottom - notch)):
            document.line(x, inner_y, inner_x, inner_y, colour=_GOLD, weight=0.5)
            document.line(inner_x, y, inner_x, inner_y, colour=_GOLD, weight=0.5)


def _draw_certificate(document: Document, head: Letterhead, certificate: Certificate) -> None:
    middle, space = document.width / 2, _RIGHT - _LEFT
    _draw_name(document, certificate)
    if certificate.division:
        text = _("for outstanding achievement in {division} of {event} is awarded the")
    else:
        text = _("for what was done at {event} is given the honour")
    text = text.format(event=head.event, division=certificate.division)
    indent = "　　" if i18n.language() == "zh_CN" else ""
    size, lines = _TEXT.fit(indent + text, space, smallest=_TEXT.size)
    document.lines(_LEFT, 92, lines, _TEXT.sized(size))
    document.fitted(middle, 132, space, certificate.level, _LEVEL, smallest=24, align="centre", most_lines=1)
    document.text(_LEFT, 150, indent + _("This certificate is given in recognition."), _TEXT)
    issuer_middle = 208.0
    document.fitted(
        issuer_middle, 170, 2 * (_RIGHT - issuer_middle), head.organizer, _ISSUER, smallest=10, align="centre"
    )
    document.text(issuer_middle, 182, month_in_words(certificate.date), _ISSUER, align="centre")
    document.text(_LEFT, 182, _("Certificate no. {serial}").format(serial=certificate.serial), _SERIAL)


def _draw_name(document: Document, certificate: Certificate) -> None:
    """Who is honoured, the name on a line: a person and the unit, or a unit for its team."""
    y, space = 75.0, _RIGHT - _LEFT
    name = f" {certificate.name or certificate.unit} "
    form = _("{name}, {unit}:") if certificate.name else _("{name}:")
    before, after = (part.format(unit=certificate.unit) for part in form.split("{name}"))
    style = _NAME.sized(_NAME.fit(before + name + after, space, smallest=8, most_lines=1)[0])
    document.text(_LEFT, y, before, style)
    start = _LEFT + style.width(before)
    document.text(start, y, name, style)
    end = start + style.width(name)
    document.line(start, y + 2.5, end, y + 2.5, colour=BLACK, weight=0.8)
    document.text(end, y, after, style)


def month_in_words(day: str) -> str:
    """The month of a YYYY-MM-DD day as a certificate says it: 二〇二三年十一月, November 2023."""
    if not day:
        return ""
    when = date.fromisoformat(day)
    if i18n.language() != "zh_CN":
        return f"{_MONTHS[when.month - 1]} {when.year}"
    year = "".join(_DIGITS[int(digit)] for digit in f"{when.year:04d}")
    return f"{year}年{_chinese_number(when.month)}月"


def _chinese_number(number: int) -> str:
    """1 to 12 in characters."""
    if number < 10:
        return _DIGITS[number]
    return "十" + (_DIGITS[number - 10] if number > 10 else "")
