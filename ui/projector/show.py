"""What the projector shows now, and what comes next: pages turn, marks come in, the operator freezes."""

from PySide6.QtCore import QObject, QTimer, Signal

from data.change import Change
from data.queries import leaderboard
from data.queries import plan as plan_queries
from data.queries.leaderboard import DivisionStandings
from data.queries.sealing import hides_names
from data.rules.plan import EventInfo
from ui.desk import Desk
from ui.projector import slides
from ui.projector.slides import Board, BoardSlide, TitleSlide

TURN_MS = 8_000
_SETTLE_MS = 150  # marks that come in together cause one new slide
_CLOCK_MS = 20_000
_TABLES = leaderboard.TABLES | {"result_version"}


class Show(QObject):
    """The sequence of slides. Nothing of a division is shown, or even read, before it was released.

    Signals: slide_changed(slide); state_changed: released or frozen differs.
    """

    slide_changed = Signal(object)
    state_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._released: list[str] = []
        self._boards: dict[str, Board] = {}
        self._places: dict[str, dict[int, int]] = {}
        self._moves: dict[str, dict[int, int]] = {}
        self._division = 0
        self._page = 1
        self._frozen_at = ""
        self._info: EventInfo | None = None
        self._sealed = False  # contestants of a blind event are numbers alone
        self.slide: BoardSlide | TitleSlide = TitleSlide("", "")
        self._turn = self._timer(TURN_MS, self.next_page, single=False)
        self._settle = self._timer(_SETTLE_MS, self.reread, single=True)
        self._clock = self._timer(_CLOCK_MS, self._show, single=False)
        self._clock.start()
        desk.bus.changed.connect(self._on_change)
        desk.standings.renewed.connect(self._on_renewed)
        for timer in (self._turn, self._settle, self._clock):
            desk.closing.connect(timer.stop)

    @property
    def released(self) -> tuple[str, ...]:
        """Codes of the divisions that may be shown, in the order of the plan."""
        return tuple(self._released)

    @property
    def frozen(self) -> bool:
        """Whether new marks are kept off the slides."""
        return bool(self._frozen_at)

    def release(self, codes: list[str]) -> None:
        """Show these divisions and no other, one after the other."""
        shown = self._released[self._division] if self._released else ""
        self._released = list(codes)
        self._boards = {code: board for code, board in self._boards.items() if code in codes}
        if shown in codes:
            self._division = codes.index(shown)
        else:
            self._division, self._page = 0, 1
        self._read(missing_only=self.frozen)
        self._show()
        self._restart_turn()
        self.state_changed.emit()

    def set_frozen(self, on: bool) -> None:
        """Keep the standings as they are now, or let new marks in again."""
        self._frozen_at = self._now() if on else ""
        if not on:
            self._read()
        self._show()
        self.state_changed.emit()

    def next_page(self) -> None:
        """The next page; after the last one, the next division."""
        self._step(1)

    def previous_page(self) -> None:
        """The page before; before the first one, the last of the division before."""
        self._step(-1)

    def reread(self) -> None:
        """Read the released divisions anew, unless frozen, and show them. Names go at once, also while frozen."""
        self._info = None
        self._drop_removed()
        self._read(missing_only=self.frozen)
        self._show()

    def _timer(self, milliseconds: int, slot: object, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(single)
        timer.timeout.connect(slot)
        return timer

    def _on_change(self, change: Change) -> None:
        if change.tables & _TABLES and self._desk.is_open:
            self._settle.start()

    def _on_renewed(self) -> None:
        if self._desk.is_open and self._released:
            self._read(missing_only=self.frozen)
            self._show()
            self._restart_turn()

    def _now(self) -> str:
        return f"{self._desk.store.clock().astimezone():%H:%M}"

    def _event(self) -> EventInfo:
        if self._info is None:
            self._info = plan_queries.event_info(self._desk.store)
        return self._info

    def _read(self, *, missing_only: bool = False) -> None:
        """Until a large event is read, what is known stays, though not with names that were sealed meanwhile."""
        named, self._sealed = not self._sealed, hides_names(self._desk.store)
        if named and self._sealed:
            self._boards = {code: slides.nameless(board) for code, board in self._boards.items()}
        wanted = [code for code in self._released if not (missing_only and code in self._boards)]
        if wanted and self._desk.standings.is_current():
            for code in wanted:
                self._take(self._desk.standings.standings(code))

    def _drop_removed(self) -> None:
        """Forget divisions that the plan has no longer."""
        if self._released:
            codes = plan_queries.division_codes(self._desk.store)
            self._released = [code for code in self._released if code in codes]
            self._division = min(self._division, max(len(self._released) - 1, 0))

    def _take(self, standings: DivisionStandings) -> None:
        code = standings.division_code
        places = slides.places_of(standings)
        moves = slides.moves_between(self._places.get(code, places), places)
        if moves or code not in self._moves:
            self._moves[code] = moves
        self._places[code] = places
        self._boards[code] = slides.board_of(standings, blind=self._sealed, moves=self._moves[code])

    def _step(self, by: int) -> None:
        if not self._released:
            return
        self._page += by
        if not 1 <= self._page <= self._pages():
            self._division = (self._division + by) % len(self._released)
            self._page = 1 if by > 0 else self._pages()
        self._restart_turn()
        self._show()

    def _board(self) -> Board | None:
        """The one that is shown, None while it is being read."""
        return self._boards.get(self._released[self._division]) if self._released else None

    def _pages(self) -> int:
        board = self._board()
        return board.pages if board else 1

    def _restart_turn(self) -> None:
        more = len(self._released) > 1 or any(board.pages > 1 for board in self._boards.values())
        if more:
            self._turn.start()
        else:
            self._turn.stop()

    def _show(self) -> None:
        slide = self._slide()
        if slide != self.slide:
            self.slide = slide
            self.slide_changed.emit(slide)

    def _slide(self) -> BoardSlide | TitleSlide:
        if not plan_queries.is_set_up(self._desk.store):
            return TitleSlide("", "")
        info = self._event()
        board = self._board()
        if board is None:
            return TitleSlide(info.name, info.host or info.organizer)
        self._page = min(self._page, board.pages)
        return slides.board_slide(board, self._page, event=info.name, clock=self._now(), frozen_at=self._frozen_at)
