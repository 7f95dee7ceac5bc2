"""What every page works with: the open event, who sits at the desk, and the ways to say and do things."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from data.actions import operators
from data.backup import Backups
from data.change import Change
from data.i18n import _
from data.queries.operators import is_needed
from data.queries.readiness import Readiness
from data.store import Store
from ui.bus import Bus
from ui.readiness_keeper import ReadinessKeeper
from ui.settings import Settings
from ui.standings_keeper import StandingsKeeper
from ui.tasks import Tasks


class Desk(QObject):
    """One open event at one desk.

    store: the event file; bus.changed: its changes; tasks.run: long work; backups: its rolling copies; standings: kept;
    settings: what this computer remembers. actor: the name written with every action. signed_in: who has signed in
    with a PIN. is_open: False once the event is being closed.
    Signals: going (page key, target), said (text for the status line), actor_changed (name), theme_changed,
    leaving (another event is wanted), closing (nothing may be read or run any more: stop your timers),
    readiness_renewed (a worker thread has read a newer one).
    """

    going = Signal(str, object)
    said = Signal(str)
    actor_changed = Signal(str)
    theme_changed = Signal()
    leaving = Signal()
    closing = Signal()
    readiness_renewed = Signal()

    def __init__(self, store: Store, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.settings = settings
        self.is_open = True
        self.bus = Bus(store, self)
        self.tasks = Tasks(self)
        self.backups = Backups(store)
        self.standings = StandingsKeeper(store, self.tasks, self)
        self._readiness = ReadinessKeeper(store, self.tasks, self)
        self._readiness.renewed.connect(self.readiness_renewed)
        self.bus.changed.connect(self._on_change)

    @property
    def actor(self) -> str:
        """Who sits at the desk now; never empty. Where people sign in, only who has signed in goes by a name."""
        return self.signed_in or ("" if self.asks_who() else self.settings.operator) or _("Secretariat")

    @property
    def signed_in(self) -> str:
        """Who has signed in at this desk with a PIN; empty when nobody has."""
        name = self.settings.operator
        return name if name in self.store.sign_ins.names else ""

    def asks_who(self) -> bool:
        """Whether who enters or decides anything signs in, and nobody at this desk has."""
        with self.store.read():
            return not self.signed_in and is_needed()

    def sit_down(self, name: str) -> None:
        """Somebody takes the desk over, without a PIN."""
        self.settings.operator = name.strip()
        self.actor_changed.emit(self.actor)

    def sign_in(self, name: str, pin: str) -> None:
        """Somebody takes the desk over with a PIN; who sat there before is signed out.

        Raises:
            NotAllowed: no such name, a wrong PIN, or too many wrong ones; who sits there stays.
        """
        before = self.signed_in
        now = operators.sign_in(self.store, name, pin)
        if before and before != now:
            operators.sign_out(self.store, before)
        self.sit_down(now)

    def sign_out(self) -> None:
        """Nobody is at the desk any more."""
        operators.sign_out(self.store, self.signed_in)
        self.actor_changed.emit(self.actor)

    def readiness(self) -> Readiness:
        """How far the event is and what it needs; asked from the event file once after each change. Of a large event
        this is what was known before, until `readiness_renewed` tells that the newer one is read."""
        return self._readiness.get()

    def outdate_readiness(self) -> None:
        """Ask anew next time: the clock went on, and some lines depend on it."""
        self._readiness.outdate()

    def forget_readiness(self) -> None:
        """Nothing that is known holds any more: its words are those of the other language."""
        self._readiness.forget()

    def go(self, page_key: str, target: Any = None) -> None:
        """Show a page; `target` says what on it, in the page's own terms (see its `show_target`)."""
        self.going.emit(page_key, target)

    def say(self, text: str) -> None:
        """Tell in the status line what was done."""
        self.said.emit(text)

    def leave(self) -> None:
        """Close this event and choose another."""
        self.leaving.emit()

    def _on_change(self, change: Change) -> None:
        self.outdate_readiness()
        if "operator" in change.tables:
            self.actor_changed.emit(self.actor)

    def close(self) -> None:
        """Stop listening, join every worker, make the copies that are due. The store stays open for its owner."""
        self.is_open = False
        self.closing.emit()
        self.bus.close()
        self.backups.close()
        self.tasks.close()
