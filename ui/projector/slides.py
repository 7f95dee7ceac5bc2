"""What a slide of the projector says, as plain values: no Qt, so that the release rules are tested without a screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.i18n import _, ngettext
from data.queries.leaderboard import DivisionStandings, StandingRow
from ui.projector.ceremony_slides import CeremonySlide

ROWS_PER_PAGE = 10


@dataclass(frozen=True)
class BlankSlide:
    """Black."""


@dataclass(frozen=True)
class TitleSlide:
    """The name of the event, and nothing of anybody."""

    event: str
    host: str


@dataclass(frozen=True)
class BoardRow:
    """One line. moved: places gained (+) or lost (-) at the last change; medal: 1 for the first level, 0 for none."""

    key: int
    place: str
    number: str
    name: str
    unit: str
    total: str
    moved: int
    award: str
    medal: int


@dataclass(frozen=True)
class BoardSlide:
    """One page of a division's leaderboard. state: provisional | complete | frozen."""

    event: str
    title: str
    division_code: str
    state: str
    pill: str
    rows: tuple[BoardRow, ...]
    page: int  # from 1
    pages: int
    note: str
    clock: str


Slide = BlankSlide | TitleSlide | BoardSlide | CeremonySlide


@dataclass(frozen=True)
class Board:
    """The whole leaderboard of a division as it may be shown: every line, before it is cut into pages."""

    division_code: str
    title: str
    provisional: bool
    complete: int
    total: int
    rows: tuple[BoardRow, ...]
    appealed: int = 0  # entrants with an open appeal; the hall is told how many, not who

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // ROWS_PER_PAGE))


def board_of(standings: DivisionStandings, *, blind: bool, moves: Mapping[int, int]) -> Board:
    """The lines that have a place. In a blind event a contestant stands there as a number alone."""
    levels = list(dict.fromkeys(row.award for row in standings.rows if row.award))
    hidden = blind and standings.entry != "sum"
    return Board(
        standings.division_code,
        standings.title,
        standings.provisional,
        standings.complete,
        standings.total,
        tuple(
            _row(row, hidden, moves.get(row.entrant_id, 0), levels) for row in standings.rows if row.place is not None
        ),
        sum(row.appealed for row in standings.rows),
    )


def nameless(board: Board) -> Board:
    """The same board with contestants as numbers alone; a unit's total has no number, and goes."""
    return replace(board, rows=tuple(replace(row, name="", unit="") for row in board.rows if row.number))


def _row(row: StandingRow, hidden: bool, moved: int, levels: list[str]) -> BoardRow:
    return BoardRow(
        row.entrant_id,
        str(row.place),
        row.number or "",
        "" if hidden else row.name,
        "" if hidden or row.unit == row.name else row.unit,
        row.shown,
        moved,
        row.award,
        levels.index(row.award) + 1 if row.award else 0,
    )


def places_of(standings: DivisionStandings) -> dict[int, int]:
    """The place of every entrant that has one."""
    return {row.entrant_id: row.place for row in standings.rows if row.place is not None}


def moves_between(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """Places gained (+) or lost (-) by everyone who had a place before."""
    return {key: before[key] - place for key, place in after.items() if key in before and before[key] != place}


def board_slide(board: Board, page: int, *, event: str, clock: str, frozen_at: str = "") -> BoardSlide:
    """A page of a board (from 1). frozen_at: the time at which the operator froze it, if he did."""
    start = (page - 1) * ROWS_PER_PAGE
    done = _("{done} / {total} done").format(done=board.complete, total=board.total)
    if frozen_at:
        state, pill = "frozen", _("Frozen at {time} · {done}").format(time=frozen_at, done=done)
    elif board.provisional:
        state, pill = "provisional", _("Provisional · {done}").format(done=done)
    else:
        state, pill = "complete", _("All marks in · {done}").format(done=done)
    left = board.total - board.complete
    notes = []
    if left:
        notes.append(ngettext("{n} not done, without a place", "{n} not done, without a place", left).format(n=left))
    if board.appealed:
        notes.append(ngettext("{n} under appeal", "{n} under appeal", board.appealed).format(n=board.appealed))
    return BoardSlide(
        event,
        _("{division}  Leaderboard").format(division=board.title),
        board.division_code,
        state,
        pill,
        board.rows[start : start + ROWS_PER_PAGE],
        page,
        board.pages,
        _("; ").join(notes),
        clock,
    )
