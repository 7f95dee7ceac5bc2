"""The list at the door of a station: large letters to find the door by, and who comes when, lane beside lane."""

from itertools import zip_longest

from data.i18n import _, ngettext
from data.queries.papers import Letterhead
from data.queries.timetable_papers import DoorList, LaneTimetable, Turn
from data.rules.decimals import clock
from printing import fonts
from printing.page import GREY, INK, Document, Style
from printing.tables import ROW_PADDING, Column, draw_table
from printing.timetable_parts import BOTTOM, LEFT, WIDTH, draw_head

_LANES_ACROSS = 4
_CODE = Style(fonts.BOLD, 54, INK)
_NAME = Style(fonts.BOLD, 30, INK)
_UNDER = Style(size=12, colour=GREY)
_CODE_WIDTH = 50.0
_TABLE_TOP = 50.0
_CELL = Style(size=12, leading=1.3)
_SIZES = (12.0, 11.0, 10.0, 9.0)  # the largest with which all lanes fit on one page


def draw_door(document: Document, head: Letterhead, door: DoorList, version: str) -> None:
    """Draw the list from this page on, at most four lanes beside each other."""
    for first in range(0, len(door.lanes), _LANES_ACROSS):
        if first:
            document.new_page()
        _draw_lanes(document, head, door, door.lanes[first : first + _LANES_ACROSS], version)


def _draw_lanes(
    document: Document, head: Letterhead, door: DoorList, lanes: tuple[LaneTimetable, ...], version: str
) -> None:
    def begin() -> float:
        draw_head(document, head, "", "", version)
        document.fitted(LEFT, 36, _CODE_WIDTH - 4, door.station_code, _CODE, smallest=20, most_lines=1)
        left, width = LEFT + _CODE_WIDTH, WIDTH - _CODE_WIDTH
        document.fitted(left, 32, width, door.station_name, _NAME, smallest=14, most_lines=1)
        document.text(left, 41, _under(door), _UNDER)
        return _TABLE_TOP

    def next_page() -> float:
        document.new_page()
        return begin()

    columns = [Column(_("Lane {lane}").format(lane=lane.lane), WIDTH / len(lanes)) for lane in lanes]
    rows = [
        [_who(turn, head.blind) if turn else "" for turn in turns]
        for turns in zip_longest(*(lane.turns for lane in lanes))
    ]
    space = (BOTTOM - _TABLE_TOP) / (len(rows) + 1)
    fitting = next((size for size in _SIZES if _CELL.sized(size).pitch + ROW_PADDING <= space), _SIZES[0])
    draw_table(document, LEFT, begin(), columns, rows, bottom=BOTTOM, next_page=next_page, style=_CELL.sized(fitting))


def _under(door: DoorList) -> str:
    visits = len(door.turns)
    minutes = ngettext("{n} minute a visit", "{n} minutes a visit", door.minutes).format(n=door.minutes)
    return f"{minutes}  ·  {ngettext('{n} visit', '{n} visits', visits).format(n=visits)}"


def _who(turn: Turn, blind: bool) -> str:
    text = f"{clock(turn.starts_minute)}  {turn.number}"
    return text if blind else f"{text}  {turn.name}"
