"""Carries the changes of the event file into the GUI thread."""

from PySide6.QtCore import QObject, Qt, Signal

from data.change import Change
from data.store import Store


class Bus(QObject):
    """Emits `changed` with a Change after every commit, whichever thread wrote, always from the GUI's event loop."""

    changed = Signal(object)
    _committed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._committed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = store.subscribe(self._on_commit)

    def _on_commit(self, change: Change) -> None:
        self._committed.emit(change)

    def _deliver(self, change: Change) -> None:
        self.changed.emit(change)

    def close(self) -> None:
        """Hear no more of the event file."""
        self._unsubscribe()
