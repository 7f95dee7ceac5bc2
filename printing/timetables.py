"""A timetable on paper: slips for the entrants, lists for lanes, judges and doors, and the day on one page.

Every paper carries the number of its timetable, so that one from before a change is seen to be old.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import BinaryIO

from data.i18n import _
from data.queries.papers import Letterhead
from data.queries.timetable_papers import EntrantTimetable, JudgeTimetable, LaneTimetable, Timetables, Turn
from printing import fonts
from printing.page import BLACK, GREY, INK, LINE, Document, Progress, Style, no_progress
from printing.tables import Column, draw_table
from printing.timetable_doors import draw_door
from printing.timetable_overview import draw_day
from printing.timetable_parts import BOTTOM, LEFT, draw_head, span

_SLIPS_ACROSS = 2
_SLIPS_TOP, _SLIPS_BOTTOM, _SLIPS_LEFT, _SLIP_WIDTH = 10.0, 280.0, 12.0, 93.0
_SLIP_PAD = 5.0
_SLIP_HEAD, _SLIP_LINE, _SLIP_FOOT = 25.0, 6.4, 5.0

_SLIP_NUMBER = Style(fonts.BOLD, 22, INK)
_SLIP_NAME = Style(fonts.BOLD, 13)
_SLIP_TEXT = Style(size=9, colour=GREY)
_SLIP_TIME = Style(fonts.BOLD, 10.5)
_SLIP_TURN = Style(size=10.5, colour=BLACK)
_SLIP_EVENT = Style(size=7.5, colour=GREY)


def draw_all(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write the papers of every side into one PDF; returns how many there are of all."""
    return _draw(file, head, tables, progress)


def draw_entrants(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write a slip for each entrant, to be cut out, as PDF; returns how many."""
    return _draw(file, head, Timetables(tables.number, entrants=tables.entrants), progress)


def draw_lanes(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write the running list of each lane as PDF; returns how many."""
    return _draw(file, head, Timetables(tables.number, lanes=tables.lanes), progress)


def draw_judges(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write the timetable of each judge as PDF; returns how many."""
    return _draw(file, head, Timetables(tables.number, judges=tables.judges), progress)


def draw_doors(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write what hangs at the door of each station as PDF; returns how many."""
    return _draw(file, head, Timetables(tables.number, doors=tables.doors), progress)


def draw_overview(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write the whole day on one page as PDF; returns 1."""
    return _draw(file, head, Timetables(tables.number, overviews=tables.overviews), progress)


def _draw(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress) -> int:
    version = _("Timetable {number}").format(number=tables.number)
    document = Document(file, _("Timetables"), author=head.organizer, footer=f"{head.event}  ·  {version}")
    pages: list[tuple[str, Callable[[], None]]] = [
        *((_("Overview"), partial(draw_day, document, head, one, version)) for one in tables.overviews),
        *((one.station_name, partial(draw_door, document, head, one, version)) for one in tables.doors),
        *((one.station_name, partial(_draw_lane, document, head, one, version)) for one in tables.lanes),
        *((one.judge, partial(_draw_judge, document, head, one, version)) for one in tables.judges),
    ]
    total = len(tables.entrants) + len(pages)
    done = 0
    if tables.entrants:
        _draw_slips(document, head, tables.entrants, version)
        done = len(tables.entrants)
        progress(done, total, _("Entrants' timetables"))
    for name, draw in pages:
        if done:
            document.new_page()
        draw()
        done += 1
        progress(done, total, name)
    document.save()
    return total


def _draw_slips(document: Document, head: Letterhead, entrants: Sequence[EntrantTimetable], version: str) -> None:
    height = _SLIP_HEAD + max(len(entrant.turns) for entrant in entrants) * _SLIP_LINE + _SLIP_FOOT
    down = max(1, int((_SLIPS_BOTTOM - _SLIPS_TOP) / height))
    per_page = _SLIPS_ACROSS * down
    for index, entrant in enumerate(entrants):
        place = index % per_page
        if place == 0 and index:
            document.new_page()
        x = _SLIPS_LEFT + place % _SLIPS_ACROSS * _SLIP_WIDTH
        y = _SLIPS_TOP + place // _SLIPS_ACROSS * height
        _draw_slip(document, head, entrant, version, x, y, height)


def _draw_slip(
    document: Document, head: Letterhead, entrant: EntrantTimetable, version: str, x: float, y: float, height: float
) -> None:
    left, right = x + _SLIP_PAD, x + _SLIP_WIDTH - _SLIP_PAD
    for x1, y1, x2, y2 in (
        (x, y, x + _SLIP_WIDTH, y),
        (x, y + height, x + _SLIP_WIDTH, y + height),
        (x, y, x, y + height),
        (x + _SLIP_WIDTH, y, x + _SLIP_WIDTH, y + height),
    ):
        document.line(x1, y1, x2, y2, colour=LINE, weight=0.4, dash=(2, 2))
    version_width = _SLIP_EVENT.width(version)
    document.fitted(left, y + 5, right - left - version_width - 3, head.event, _SLIP_EVENT, smallest=4, most_lines=1)
    document.text(right, y + 5, version, _SLIP_EVENT, align="right")
    number_width = 28.0
    document.fitted(left, y + 15, number_width, entrant.number, _SLIP_NUMBER, smallest=9, most_lines=1)
    words = left + number_width + 2
    if not head.blind:
        document.fitted(words, y + 12, right - words, entrant.name, _SLIP_NAME, smallest=7, most_lines=1)
    under = entrant.division if head.blind else f"{entrant.unit}  ·  {entrant.division}"
    document.fitted(words, y + 17, right - words, under, _SLIP_TEXT, smallest=6, most_lines=1)
    document.line(left, y + 20, right, y + 20, colour=INK, weight=0.8)
    for index, turn in enumerate(entrant.turns):
        baseline = y + _SLIP_HEAD + 0.5 + index * _SLIP_LINE
        document.text(left, baseline, span(turn), _SLIP_TIME)
        station = f"{turn.station_code} {turn.station_name}"
        document.fitted(left + 27, baseline, 37, station, _SLIP_TURN, smallest=6, most_lines=1)
        lane = _("lane {lane}").format(lane=turn.lane)
        document.text(right, baseline, lane, _SLIP_TURN, align="right")


def _draw_lane(document: Document, head: Letterhead, lane: LaneTimetable, version: str) -> None:
    title = _("{code} {station}, lane {lane}: running list").format(
        code=lane.station_code, station=lane.station_name, lane=lane.lane
    )
    under = _("Judges: {names}").format(names="、".join(lane.judges)) if lane.judges else ""
    columns = [
        Column(_("No."), 10, "centre"),
        Column(_("Time"), 27),
        Column(_("Number"), 22),
        *_who_columns(head.blind, 100),
        Column(_("Arrived"), 21),
    ]
    rows = [
        [str(index + 1), span(turn), turn.number, *_who(turn, head.blind), ""] for index, turn in enumerate(lane.turns)
    ]
    _draw_list(document, head, title, under, version, columns, rows)


def _draw_judge(document: Document, head: Letterhead, judge: JudgeTimetable, version: str) -> None:
    title = _("Timetable of judge {name}").format(name=judge.judge)
    role = _("chief judge") if judge.chief else _("judge {seat}").format(seat=judge.seat)
    where = _("{code} {station}, lane {lane}").format(
        code=judge.station_code, station=judge.station_name, lane=judge.lane
    )
    if not judge.lane:
        role, where = _("reserve judge"), f"{judge.station_code} {judge.station_name}"
    under = "  ·  ".join(part for part in (judge.unit, where, role) if part)
    columns = [
        Column(_("No."), 10, "centre"),
        Column(_("Time"), 27),
        *([] if judge.lane else [Column(_("Lane"), 15, "centre")]),
        Column(_("Number"), 22),
        *_who_columns(head.blind, 121 if judge.lane else 106),
    ]
    rows = [
        [
            str(index + 1),
            span(turn),
            *([] if judge.lane else [str(turn.lane)]),
            turn.number,
            *_who(turn, head.blind),
        ]
        for index, turn in enumerate(judge.turns)
    ]
    _draw_list(document, head, title, under, version, columns, rows)


def _who_columns(blind: bool, width: float) -> list[Column]:
    """The columns that tell who comes; a blind event's papers tell the division alone."""
    if blind:
        return [Column(_("Division"), width)]
    return [Column(_("Name"), width * 0.34), Column(_("Unit"), width * 0.38), Column(_("Division"), width * 0.28)]


def _who(turn: Turn, blind: bool) -> list[str]:
    return [turn.division] if blind else [turn.name, turn.unit, turn.division]


def _draw_list(
    document: Document,
    head: Letterhead,
    title: str,
    under: str,
    version: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
) -> None:
    def begin() -> float:
        return draw_head(document, head, title, under, version)

    def next_page() -> float:
        document.new_page()
        return begin()

    draw_table(document, LEFT, begin(), columns, rows, bottom=BOTTOM, next_page=next_page)
