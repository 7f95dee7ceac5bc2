"""The board: a line for each lane with who performs there, who comes next, and how late it is."""

from collections.abc import Iterable

from data.i18n import _
from data.queries.entrants import in_a_line
from data.queries.running import Board
from data.rules.decimals import clock
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets.running.board_cell import ROW_HEIGHT, BoardCell
from ui.widgets.running.board_words import (
    BoardLine,
    closed_words,
    counts_words,
    end_words,
    next_words,
    state_words,
    who,
)
from ui.widgets.table import Filter, Table


class BoardTable(Table):
    """A Table of `BoardLine`s, two lines of text in each cell."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("board", _columns(), settings, filters=_filters(), key=_key)
        self.view.setItemDelegate(BoardCell(self.view))
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.view.setAccessibleName(_("Lanes"))
        self.search.setPlaceholderText(_("Find who is now or next (pinyin too)"))
        self.search.setObjectName("findLane")

    def show_board(self, board: Board, station: str) -> None:
        """The lanes of one station, or of all for an empty code."""
        self.set_rows([line for line in lines_of(board) if station in ("", line.row.station_code)])


def lines_of(board: Board) -> Iterable[BoardLine]:
    """The lanes of the board, each with who is missing there."""
    missing = {row.visit_id: row for row in board.missing}
    for row in board.lanes:
        yield BoardLine(row, missing.get(row.next.visit_id) if row.next is not None else None)


def _key(line: BoardLine) -> tuple[str, int]:
    return line.key


def _is_late(line: BoardLine) -> bool:
    return line.is_late


def _is_missing(line: BoardLine) -> bool:
    return line.missing is not None


def _is_closed(line: BoardLine) -> bool:
    return line.row.is_closed and not line.row.rests


def _filters() -> list[Filter]:
    return [
        Filter(_("Late"), _is_late),
        Filter(_("Missing"), _is_missing),
        Filter(_("Closed"), _is_closed),
    ]


def _two(first: str, second: str) -> str:
    return f"{first}\n{second}" if second else first


def _lane(line: BoardLine) -> str:
    return _two(f"{line.row.station_code} {line.row.station_name}", _("lane {n}").format(n=line.row.lane))


def _state(line: BoardLine) -> str:
    return _two(state_words(line)[0], counts_words(line.row))


def _now(line: BoardLine) -> str:
    row = line.row
    if row.current is not None:
        since = _("since {time}").format(time=clock(row.actual_start or 0))
        return _two(who(row.current), in_a_line(since, row.current.unit, between=" · "))
    return _two("–", closed_words(row)) if row.is_closed else "–"


def _next(line: BoardLine) -> str:
    slot = line.row.next
    return "–" if slot is None else _two(who(slot), in_a_line(next_words(line)[0], slot.unit, between=" · "))


def _end(line: BoardLine) -> str:
    return end_words(line.row)


def _columns() -> list[Column]:
    return [
        Column(_("Lane"), _lane, sort=_key, width=140, bold=True),
        Column(
            _("State"),
            _state,
            sort=lambda line: -line.row.late_minutes,
            width=124,
            tone=lambda line: state_words(line)[1],
        ),
        Column(_("Now"), _now, width=0),
        Column(
            _("Next"),
            _next,
            sort=lambda line: line.row.next.starts_minute if line.row.next else None,
            width=0,
            tone=lambda line: next_words(line)[1],
        ),
        Column(_("Ends"), _end, sort=lambda line: line.row.expected_end, width=64),
    ]
