"""Reads the board: at once where that takes a few milliseconds, otherwise in a worker thread; and has it checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from data.change import Change
from data.queries import running, running_undo, schedule
from data.queries.plan import current_plan, is_set_up
from data.queries.running import Board
from data.queries.running_undo import LastVisit
from ui.desk import Desk
from ui.task import Progress, Task
from ui.widgets.board_why import misfits

_MANY = 600  # visits
# What the checker has to look at again; it takes longer than the board.
_CHECKED = frozenset({"event", "station", "judge", "break", "lane_closure", "timetable", "entrant", "session", "unit"})


@dataclass(frozen=True)
class BoardRead:
    """The board at one moment. `minute`: of this computer's day; `undo`: by station code and lane; `date`: the event's,
    empty without one."""

    board: Board = field(default_factory=Board)
    minute: int = 0
    date: str = ""
    undo: Mapping[tuple[str, int], LastVisit] = field(default_factory=dict)

    @property
    def visits(self) -> int:
        """How many there are on the board, done or not."""
        return sum(row.done + row.left for row in self.board.lanes)


class BoardReader(QObject):
    """Signals: read(BoardRead); checked(how many visits cannot take place as planned)."""

    read = Signal(object)
    checked = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last = BoardRead()
        self._anyway = False
        self._reading: Task | None = None
        self._checking: Task | None = None
        self._read_again = False
        self._check_again = True
        desk.bus.changed.connect(self._on_change)

    @property
    def is_busy(self) -> bool:
        """Whether a worker thread reads or checks."""
        return self._reading is not None or self._checking is not None

    def look_anyway(self) -> None:
        """From now on read the board with this computer's time, also on another day than the event's."""
        self._anyway = True
        self.reread()

    def reread(self) -> None:
        """Read the board; `read` is emitted at once, or when the worker thread is through."""
        if not self._desk.is_open:
            return
        if self._reading is not None:
            self._read_again = True
        elif self._last.visits <= _MANY:
            self._take(self._read())
        else:
            self._reading = self._desk.tasks.run(self._read, self._take, title="")
            self._reading.ended.connect(self._on_read)

    def check(self) -> None:
        """Have the checker look, unless nothing that it looks at has changed since."""
        if self._check_again and self._checking is None and self._desk.is_open:
            self._check_again = False
            self._checking = self._desk.tasks.run(self._count, self._on_counted, title="")
            self._checking.ended.connect(self._on_checked)

    def _read(self, _report: Progress | None = None) -> BoardRead:
        store = self._desk.store
        now = store.clock().astimezone()
        here = now.hour * 60 + now.minute
        with store.read():
            if not is_set_up(store):
                return BoardRead(minute=here)
            minute = running.minute_now(store)
            board = running.board(store, here if minute is None and self._anyway else minute)
            return BoardRead(board, here, current_plan(store).info.date, running_undo.last_visits(store))

    def _take(self, read: BoardRead) -> None:
        self._last = read
        self.read.emit(read)

    def _on_read(self, _task: Task) -> None:
        self._reading = None
        if self._read_again:
            self._read_again = False
            self.reread()

    def _count(self, _report: Progress) -> int:
        return misfits(schedule.findings(self._desk.store))

    def _on_counted(self, count: int) -> None:
        self.checked.emit(count)

    def _on_checked(self, _task: Task) -> None:
        self._checking = None
        self.check()

    def _on_change(self, change: Change) -> None:
        if change.tables & _CHECKED:
            self._check_again = True
