"""Reads the board: at once where that takes a few milliseconds, otherwise in a worker thread; and has it checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from data.errors import UserError
from data.queries import running, running_floor, running_undo, schedule
from data.queries.plan import event_info, is_set_up
from data.queries.running import Board, LaneRow
from data.queries.running_undo import IncidentRow, LastVisit
from ui.desk import Desk
from ui.task import Progress, Task
from ui.widgets.running.board_why import Fit

_MANY = 600  # visits


@dataclass(frozen=True)
class BoardRead:
    """The board at one moment. `minute`: of this computer's day; `undo`: by station code and lane; `date`: the event's,
    empty without one; `incidents`: by visit; `removable`: lanes that nobody uses."""

    board: Board = field(default_factory=Board)
    minute: int = 0
    date: str = ""
    undo: Mapping[tuple[str, int], LastVisit] = field(default_factory=dict)
    incidents: Mapping[int, tuple[IncidentRow, ...]] = field(default_factory=dict)
    removable: frozenset[tuple[str, int]] = frozenset()

    def incidents_of(self, row: LaneRow) -> tuple[IncidentRow, ...]:
        """Of the visit that runs in a lane, else of the one that ran there last, if that can still be taken back."""
        if row.current is not None:
            return self.incidents.get(row.current.visit_id, ())
        last = self.undo.get((row.station_code, row.lane))
        return self.incidents.get(last.visit_id, ()) if last is not None else ()

    @property
    def visits(self) -> int:
        """How many there are on the board, done or not."""
        return sum(row.done + row.left for row in self.board.lanes)


class BoardReader(QObject):
    """Signals: read(BoardRead); checked(Fit): how the rest of the timetable fits the day."""

    read = Signal(object)
    checked = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last = BoardRead()
        self._anyway = False
        self._reading: Task | None = None
        self._checking: Task | None = None
        self._read_again = False
        self._is_news = True  # something happened since the last check, or a minute went by

    @property
    def is_busy(self) -> bool:
        """Whether a worker thread reads or checks."""
        return self._reading is not None or self._checking is not None

    def look_anyway(self) -> None:
        """From now on read the board with this computer's time, also on another day than the event's."""
        self._anyway = True
        self.reread()

    def refresh(self) -> None:
        """Read the board and have it checked: something happened."""
        self._is_news = True
        self.reread()

    def reread(self) -> None:
        """Read the board; `read` is emitted at once, or when the worker thread is through."""
        if not self._desk.is_open:
            return
        if self._reading is not None:
            self._read_again = True
        elif self._count() <= _MANY:
            self._take(self._read())
        else:
            self._reading = self._desk.tasks.run(self._read, self._take, title="")
            self._reading.ended.connect(self._on_read)

    def check(self) -> None:
        """Have the checker look at the day in a worker thread, if there is news and the board shows a day."""
        wanted = self._is_news and self._last.board.date_is_today and self._last.board.timetable is not None
        if wanted and self._checking is None and self._desk.is_open:
            self._is_news = False
            self._checking = self._desk.tasks.run(self._compare, self._on_compared, self._on_failed, title="")
            self._checking.ended.connect(self._on_checked)

    def _count(self) -> int:
        """How many visits a reading goes through, as far as that is known."""
        return self._last.visits or running_floor.count_visits(self._desk.store)

    def _read(self, _report: Progress | None = None) -> BoardRead:
        store = self._desk.store
        now = store.clock().astimezone()
        here = now.hour * 60 + now.minute
        with store.read():
            if not is_set_up(store):
                return BoardRead(minute=here)
            minute = running.minute_now(store)
            board = running.board(store, here if minute is None and self._anyway else minute)
            return BoardRead(
                board,
                here,
                event_info(store).date,
                running_undo.last_visits(store),
                running_undo.incidents(store),
                running_undo.removable_lanes(store),
            )

    def _take(self, read: BoardRead) -> None:
        self._is_news = self._is_news or (read.board, read.minute) != (self._last.board, self._last.minute)
        self._last = read
        self.read.emit(read)
        self.check()

    def _on_read(self, _task: Task) -> None:
        self._reading = None
        if self._read_again:
            self._read_again = False
            self.reread()

    def _compare(self, _report: Progress) -> Fit:
        from ui.widgets.running.board_fit import fit  # here, in the worker thread: it takes a second to load

        names = {row.station_code: row.station_name for row in self._last.board.lanes}
        return fit(schedule.problem(self._desk.store), names)

    def _on_compared(self, fits: Fit) -> None:
        self.checked.emit(fits)

    def _on_failed(self, _error: UserError) -> None:
        self.checked.emit(Fit())  # nothing is left that could be planned

    def _on_checked(self, _task: Task) -> None:
        self._checking = None
        self.check()
