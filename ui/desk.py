"""What every page works with: the open event, who sits at the desk, and the ways to say and do things."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from data.backup import Backups
from data.store import Store
from ui.bus import Bus
from ui.settings import Settings
from ui.tasks import Tasks


class Desk(QObject):
    """One open event at one desk.

    store: the event file; bus.changed: its changes; tasks.run: long work; backups: its rolling copies;
    settings: what this computer remembers. actor: the name written with every action.
    Signals: going (page key, target), said (text for the status line), actor_changed (name).
    """

    going = Signal(str, object)
    said = Signal(str)
    actor_changed = Signal(str)

    def __init__(self, store: Store, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.settings = settings
        self.bus = Bus(store, self)
        self.tasks = Tasks(self)
        self.backups = Backups(store)
        self._actor = settings.operator

    @property
    def actor(self) -> str:
        """Who sits at the desk now; never empty."""
        return self._actor or "desk"

    @actor.setter
    def actor(self, name: str) -> None:
        self._actor = name.strip()
        self.settings.operator = self._actor
        self.actor_changed.emit(self.actor)

    def go(self, page_key: str, target: Any = None) -> None:
        """Show a page; `target` says what on it, in the page's own terms (see its `show_target`)."""
        self.going.emit(page_key, target)

    def say(self, text: str) -> None:
        """Tell in the status line what was done."""
        self.said.emit(text)

    def close(self) -> None:
        """Stop listening, join every worker, make the copies that are due. The store stays open for its owner."""
        self.bus.close()
        self.tasks.close()
        self.backups.close()
