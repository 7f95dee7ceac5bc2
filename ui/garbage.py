"""Python's cycle collector, in the GUI thread alone.

Collection starts in whichever thread allocates next. A closed dialog that waits in a cycle would then be
destroyed in a worker thread, and Qt objects that die outside of their thread take the process with them
(seen as a segmentation fault while 50,000 rows were read).

What is there when the first event is opened, the program itself above all, is not looked through meanwhile: to do so
takes the GUI thread longer than a window may stand still.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class GarbageCollector(QObject):
    """From its making until `close()`, garbage is collected by a timer of the GUI thread and nowhere else."""

    _working = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if not GarbageCollector._working:
            gc.freeze()
        GarbageCollector._working += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Collect the oldest generation that is due, with Python's own thresholds."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Leave collection to Python again, once no other window's worker threads run."""
        if self._timer.isActive():
            self._timer.stop()
            GarbageCollector._working -= 1
            if not GarbageCollector._working:
                gc.unfreeze()
                gc.enable()
