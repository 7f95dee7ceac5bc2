"""A timetable on paper: slips for the entrants, a running list for each lane, a page for each judge.

Every paper carries the number of its timetable, so that one from before a change is seen to be old.
"""

from collections.abc import Sequence
from typing import BinaryIO

from data.i18n import _
from data.queries.papers import EntrantTimetable, JudgeTimetable, LaneTimetable, Letterhead, Timetables, Turn
from data.rules.decimals import clock
from printing import fonts
from printing.page import BLACK, GREY, INK, LINE, Document, Progress, Style, no_progress
from printing.tables import Column, draw_table

_LEFT, _TOP, _WIDTH = 15.0, 15.0, 180.0
_BOTTOM = 280.0
_SLIPS_ACROSS = 2
_SLIPS_TOP, _SLIPS_BOTTOM, _SLIPS_LEFT, _SLIP_WIDTH = 10.0, 280.0, 12.0, 93.0
_SLIP_PAD = 5.0
_SLIP_HEAD, _SLIP_LINE, _SLIP_FOOT = 25.0, 6.4, 5.0

_TITLE = Style(fonts.BOLD, 18, INK)
_EVENT = Style(size=9.5, colour=GREY)
_UNDER = Style(size=10.5, leading=1.4)
_SLIP_NUMBER = Style(fonts.BOLD, 22, INK)
_SLIP_NAME = Style(fonts.BOLD, 13)
_SLIP_TEXT = Style(size=9, colour=GREY)
_SLIP_TIME = Style(fonts.BOLD, 10.5)
_SLIP_TURN = Style(size=10.5, colour=BLACK)
_SLIP_EVENT = Style(size=7.5, colour=GREY)


def draw_all(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write slips, running lists and judges' pages into one PDF; returns how many there are of all."""
    return _draw(file, head, tables, progress, tables.entrants, tables.lanes, tables.judges)


def draw_entrants(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write a slip for each entrant, to be cut out, as PDF; returns how many."""
    return _draw(file, head, tables, progress, entrants=tables.entrants)


def draw_lanes(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write the running list of each lane as PDF; returns how many."""
    return _draw(file, head, tables, progress, lanes=tables.lanes)


def draw_judges(file: BinaryIO, head: Letterhead, tables: Timetables, progress: Progress = no_progress) -> int:
    """Write the timetable of each judge as PDF; returns how many."""
    return _draw(file, head, tables, progress, judges=tables.judges)


def _draw(
    file: BinaryIO,
    head: Letterhead,
    tables: Timetables,
    progress: Progress,
    entrants: Sequence[EntrantTimetable] = (),
    lanes: Sequence[LaneTimetable] = (),
    judges: Sequence[JudgeTimetable] = (),
) -> int:
    version = _("Timetable {number}").format(number=tables.number)
    document = Document(file, _("Timetables"), author=head.organizer, footer=f"{head.event}  ·  {version}")
    total = len(entrants) + len(lanes) + len(judges)
    done = 0
    fresh = True
    if entrants:
        _draw_slips(document, head, entrants, version)
        done, fresh = len(entrants), False
        progress(done, total, _("Entrants' timetables"))
    for lane in lanes:
        if not fresh:
            document.new_page()
        _draw_lane(document, head, lane, version)
        done, fresh = done + 1, False
        progress(done, total, f"{lane.station_code} {lane.station_name}")
    for judge in judges:
        if not fresh:
            document.new_page()
        _draw_judge(document, head, judge, version)
        done, fresh = done + 1, False
        progress(done, total, judge.judge)
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
        document.text(left, baseline, _span(turn), _SLIP_TIME)
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
        [str(index + 1), _span(turn), turn.number, *_who(turn, head.blind), ""] for index, turn in enumerate(lane.turns)
    ]
    _draw_list(document, head, title, under, version, columns, rows)


def _draw_judge(document: Document, head: Letterhead, judge: JudgeTimetable, version: str) -> None:
    title = _("Timetable of judge {name}").format(name=judge.judge)
    role = _("chief judge") if judge.chief else _("judge {seat}").format(seat=judge.seat)
    where = _("{code} {station}, lane {lane}").format(
        code=judge.station_code, station=judge.station_name, lane=judge.lane
    )
    under = "  ·  ".join(part for part in (judge.unit, where, role) if part)
    columns = [
        Column(_("No."), 10, "centre"),
        Column(_("Time"), 27),
        Column(_("Number"), 22),
        *_who_columns(head.blind, 121),
    ]
    rows = [
        [str(index + 1), _span(turn), turn.number, *_who(turn, head.blind)] for index, turn in enumerate(judge.turns)
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
        space = _WIDTH - _EVENT.width(version) - 5
        document.fitted(_LEFT, _TOP, space, head.event, _EVENT, smallest=6, most_lines=1)
        document.text(_LEFT + _WIDTH, _TOP, version, _EVENT, align="right")
        below = document.fitted(_LEFT, _TOP + 10, _WIDTH, title, _TITLE, smallest=12)
        return document.paragraph(_LEFT, below + 7, _WIDTH, under, _UNDER) + 5

    def next_page() -> float:
        document.new_page()
        return begin()

    draw_table(document, _LEFT, begin(), columns, rows, bottom=_BOTTOM, next_page=next_page)


def _span(turn: Turn) -> str:
    return f"{clock(turn.starts_minute)}–{clock(turn.ends_minute)}"
