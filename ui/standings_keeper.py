"""The standings of the open event as they are now: one change at a time at once, a whole large event in a worker."""

from PySide6.QtCore import QObject, Signal

from data.errors import UserError
from data.queries.leaderboard import DivisionStandings
from data.queries.live_standings import LiveStandings
from data.queries.running_floor import count_visits
from data.store import Store
from ui.task import Progress
from ui.tasks import Tasks

_MANY = 2000  # visits


class StandingsKeeper(QObject):
    """Signal: renewed(): a worker thread has read what could not be taken in at once."""

    renewed = Signal()

    def __init__(self, store: Store, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._live = LiveStandings(store)
        self._is_reading = False

    def is_current(self) -> bool:
        """Take in what was written since it was asked last. False while a large event has to be read anew, which this
        begins; then `renewed` tells that it is done.

        Raises:
            UserError: the event file cannot be read.
        """
        if self._live.take_in():
            return True
        if count_visits(self._store) <= _MANY:
            self._live.read()
            return True
        if not self._is_reading:
            self._is_reading = True
            self._tasks.run(self._read, self._on_read, self._on_failed, title="")
        return False

    def standings(self, division_code: str) -> DivisionStandings:
        """The standings of one division, right after `is_current` said that they are.

        Raises:
            NotFound: the event has no such division.
        """
        return self._live.standings(division_code)

    def _read(self, _report: Progress) -> None:
        self._live.read()

    def _on_read(self, _nothing: None) -> None:
        self._is_reading = False
        self.renewed.emit()

    def _on_failed(self, _error: UserError) -> None:
        self._is_reading = False  # whoever asks next begins again, and is told
