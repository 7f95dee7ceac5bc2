"""The official notice (公示) as PDF: title, basis, a table for each division, period, whom to turn to, issuer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from data import i18n
from data.i18n import _, ngettext
from data.local_time import local_time
from data.queries.mark_words import state_word
from data.queries.notice import NoticeTable, Shown, honour_table, notice_tables, workdays_in
from data.queries.results import Frozen
from data.rules.workdays import Period
from printing import fonts
from printing.page import BLACK, INK, Align, Document, Progress, Style, no_progress, write
from printing.tables import ROW_PADDING, Column, draw_table

_LEFT, _TOP = 20.0, 24.0
_FOOT = 17.0  # what the footer takes of a page
_TITLE = Style(fonts.BOLD, 19, BLACK, leading=1.5)
_BODY = Style(fonts.REGULAR, 11, BLACK, leading=1.75)
_HEADING = Style(fonts.BOLD, 12, INK)
_CELL = Style(size=9.5, leading=1.35)
_WIDTHS: dict[str, tuple[float, Align]] = {
    "place": (13, "centre"),
    "number": (20, "left"),
    "name": (30, "left"),
    "unit": (40, "left"),
    "score": (21, "right"),
    "total": (19, "right"),
    "award": (26, "centre"),
    "state": (21, "centre"),
}


@dataclass(frozen=True)
class NoticeWords:
    """What the notice says around its tables. issued: the day under the issuer's name; contact, phone: may be empty."""

    title: str
    basis: str
    period: Period
    contact: str
    phone: str
    issued: date


def usual_title(content: Frozen) -> str:
    """The title that a notice has unless the user types another."""
    return _("Notice of the results of {event}").format(event=content.event["name"])


def usual_basis(content: Frozen) -> str:
    """What the notice rests on, unless the user types something else."""
    return _(
        "According to the plan and the scoring rules of the competition, the marks were given by the judges, checked, "
        "and confirmed by the chief judge. The results (version {n} of {day}) are made public as follows."
    ).format(n=content.version.number, day=day_in_words(local_time(content.version.made_at).date()))


def write_notice(
    content: Frozen, path: Path, words: NoticeWords, shown: Shown, progress: Progress = no_progress
) -> int:
    """Write the notice of a result version as PDF; returns the number of its pages.

    Raises:
        FileProblem: the file cannot be written.
        Cancelled: `progress` says so.
    """
    return write(path, lambda file: draw(file, content, words, shown, progress))


def draw(file: BinaryIO, content: Frozen, words: NoticeWords, shown: Shown, progress: Progress = no_progress) -> int:
    """The same into an open file."""
    return _Paper(file, content, words, shown).draw(progress)


def day_in_words(day: date) -> str:
    """2023年11月20日, or 20 November 2023's plain form 2023-11-20 in English."""
    return f"{day.year}年{day.month}月{day.day}日" if i18n.language() == "zh_CN" else day.isoformat()


class _Paper:
    """The pages of one notice."""

    def __init__(self, file: BinaryIO, content: Frozen, words: NoticeWords, shown: Shown) -> None:
        self._content, self._words, self._shown = content, words, shown
        honours = honour_table(content, shown)
        self._tables = (*notice_tables(content, shown), *([honours] if honours else []))
        footer = f"{words.title} · " + _("result version {n}, SHA-256 {sha}…").format(
            n=content.version.number, sha=content.version.sha256[:16]
        )
        widest = max((sum(width for _t, width, _a in self._columns(table)) for table in self._tables), default=0)
        self._document = Document(
            file, words.title, author=content.event["organizer"], footer=footer, landscape=widest > 210 - 2 * _LEFT
        )
        self._width = self._document.width - 2 * _LEFT
        self._bottom = self._document.height - _FOOT

    def draw(self, progress: Progress) -> int:
        y = self._draw_head()
        for done, table in enumerate(self._tables, start=1):
            y = self._draw_division(y, table)
            progress(done, len(self._tables), table.title)
        self._draw_foot(y)
        return self._document.save()

    def _draw_head(self) -> float:
        document = self._document
        lines = _TITLE.balance(self._words.title, self._width)
        y = document.lines(document.width / 2, _TOP, lines, _TITLE, align="centre")
        return self._paragraph(y + 12, self._words.basis)

    def _paragraph(self, y: float, text: str) -> float:
        """A paragraph that goes on over pages; returns the baseline of the next one."""
        for line in _BODY.wrap(_indented(text), self._width):
            if y > self._bottom:
                y = self._next_page() + 4
            self._document.text(_LEFT, y, line, _BODY)
            y += _BODY.pitch
        return y

    def _draw_division(self, y: float, table: NoticeTable) -> float:
        columns = self._columns(table)
        spare = self._width - sum(width for _title, width, _align in columns)
        wide = [key for key in ("unit", "name", "award") if key in self._keys(table)][:1]
        drawn = [
            Column(title, width + (spare if key in wide else 0), align)
            for key, (title, width, align) in zip(self._keys(table), columns, strict=True)
        ]
        if y + 6 + 3 * (_CELL.pitch + ROW_PADDING) + 4 > self._bottom:  # heading, column titles, and a line
            y = self._next_page()
        self._document.text(_LEFT, y + 6, table.title, _HEADING)
        rows = [self._cells(table, number) for number in range(len(table.lines))]
        return (
            draw_table(
                self._document,
                _LEFT,
                y + 9,
                drawn,
                rows,
                bottom=self._bottom,
                next_page=lambda: self._go_on(table.title),
                style=_CELL,
            )
            + 5
        )

    def _go_on(self, title: str) -> float:
        y = self._next_page()
        self._document.text(_LEFT, y, _("{title} (continued)").format(title=title), _HEADING)
        return y + 3

    def _keys(self, table: NoticeTable) -> list[str]:
        """The columns of a table: the division is its heading, and what nobody has needs none."""
        empty = {"division"}
        if not any(state_word(line.state) for line in table.lines):
            empty.add("state")
        for key in ("place", "number", "name", "total", "award"):
            if not any(getattr(line, key) for line in table.lines):
                empty.add(key)
        if "unit" in self._shown.kept and all(line.name == line.unit for line in table.lines):
            empty.add("name")  # units that compete as such
        keys: list[str] = []
        for key in self._shown.kept:
            keys += ["score"] * len(table.components) if key == "components" else [key] * (key not in empty)
        return keys

    def _columns(self, table: NoticeTable) -> list[tuple[str, float, Align]]:
        titles = {
            "place": _("Place"),
            "number": _("Number"),
            "name": _("Name"),
            "unit": _("Unit"),
            "total": _("Total score"),
            "award": _("Award"),
            "state": _("State"),
        }
        components = iter(table.components)
        return [(next(components) if key == "score" else titles[key], *_WIDTHS[key]) for key in self._keys(table)]

    def _cells(self, table: NoticeTable, number: int) -> Sequence[str]:
        line = table.lines[number]
        texts = {
            "place": line.place,
            "number": line.number,
            "name": line.name,
            "unit": line.unit,
            "total": line.total,
            "award": line.award,
            "state": state_word(line.state),
        }
        scores = iter(line.scores)
        return [next(scores) if key == "score" else texts[key] for key in self._keys(table)]

    def _draw_foot(self, y: float) -> None:
        """Period, whom to turn to, and the issuer, together on one page."""
        words, event = self._words, self._content.event
        paragraphs = [self._period(), _objections(event["organizer"])]
        if words.contact or words.phone:
            paragraphs.append(
                _("Contact: {contact}").format(contact="　".join(part for part in (words.contact, words.phone) if part))
            )
        lines = sum(len(_BODY.wrap(_indented(text), self._width)) for text in paragraphs)
        y += 6
        if y + (lines + 3) * _BODY.pitch > self._bottom:
            y = self._next_page() + 4
        for text in paragraphs:
            y = self._paragraph(y, text)
        right = _LEFT + self._width
        y = self._document.fitted(
            right, y + _BODY.pitch, self._width * 0.7, event["organizer"], _BODY, smallest=8, align="right"
        )
        self._document.text(right, y + _BODY.pitch, day_in_words(words.issued), _BODY, align="right")

    def _period(self) -> str:
        period = self._words.period
        days, _unknown = workdays_in(period)
        return ngettext(
            "Period of the notice: {starts} to {ends} ({n} working day).",
            "Period of the notice: {starts} to {ends} ({n} working days).",
            days,
        ).format(starts=day_in_words(period.starts), ends=day_in_words(period.ends), n=days)

    def _next_page(self) -> float:
        self._document.new_page()
        return _TOP


def _indented(text: str) -> str:
    """As a Chinese paragraph begins: two characters in."""
    return ("　　" if i18n.language() == "zh_CN" else "") + text


def _objections(organizer: str) -> str:
    if not organizer:
        return _("Whoever objects to the results does so in writing, under his own name, within this period.")
    return _(
        "Whoever objects to the results turns to {organizer} in writing, under his own name, within this period."
    ).format(organizer=organizer)
