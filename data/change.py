"""What a write changed, and who wants to know. No Qt: the window adapts this in ui/bus.py."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """One committed write: its place in the audit log, who did what, and the tables it touched."""

    seq: int
    at: str
    actor: str
    action: str
    reason: str
    tables: frozenset[str]


Listener = Callable[[Change], None]


class Publisher:
    """Tells every subscriber of each change, in the thread of the writer."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call listener after every commit; returns a function that ends it."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, change: Change) -> None:
        """Tell everyone. The write is committed already: a listener that fails is logged, never raised."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(change)
            except Exception:
                log.exception("a listener failed on change %d (%s)", change.seq, change.action)
