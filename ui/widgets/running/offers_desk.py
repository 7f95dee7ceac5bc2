"""From a day that no longer fits its timetable to the next timetable: compute, compare, take, tell."""

from PySide6.QtCore import QObject, Signal

from data.change import Change
from data.errors import Cancelled, UserError
from data.i18n import _
from data.rules.decimals import clock
from ui import dialogs
from ui.desk import Desk
from ui.errors import show_error
from ui.task import Task
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.running.offers_panel import OffersPanel
from ui.widgets.running.offers_work import Computed, ExtendWork, OffersWork, TakeWork

_VALID_MINUTES = 2  # so long after its computing an offer may still be taken; visits planned from then on are no less
_TABLES = frozenset(
    {"event", "station", "judge", "break", "walk", "session", "division", "unit", "entrant", "visit", "incident"}
    | {"lane_closure", "timetable", "slot", "drawn_lane", "drawn_station"}
)


class OffersDesk(QObject):
    """Drives the panel of offers. Signals: opened, closed (what is in sight); taken(number, what to tell of it)."""

    opened = Signal()
    closed = Signal()
    taken = Signal(int, str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._why = ""
        self._computed: Computed | None = None
        self._task: Task | None = None
        self._is_stale = False
        self._saving = ""
        self._closes = 0
        self._recompute = False
        self.panel = OffersPanel(desk.settings)
        self.progress = ProgressPanel()
        self.panel.taken.connect(self.take)
        self.panel.extended.connect(self._ask_extend)
        self.panel.recompute_wanted.connect(self.recompute)
        self.panel.closed.connect(self.close)
        desk.bus.changed.connect(self._on_change)

    @property
    def is_busy(self) -> bool:
        """Whether offers are being computed, or one is being saved."""
        return self._task is not None

    def compute(self, why: str) -> None:
        """Compute the offers and show them; `why` is the sentence over them, and the reason of the next timetable."""
        if self._task is not None:
            return
        self._why = why
        self._is_stale = False
        work = OffersWork(self._desk.store)
        self._task = self._desk.tasks.run(
            work, self._on_computed, self._on_failed, title=_("Looking for ways to go on")
        )
        work.follow(self._task)
        self._follow(self._task)

    def recompute(self) -> None:
        """Compute anew for the day as it is now."""
        self.compute(self._why)

    def take(self, kind: str) -> None:
        """Put an offer in force, unless the day went on."""
        if self._task is not None or self._computed is None or self.panel.is_stale:
            return
        offer = self._computed.offers[kind]
        self._saving = kind
        work = TakeWork(self._desk.store, self._desk.actor, offer, self._computed.number, self._why)
        self._task = self._desk.tasks.run(work, self._on_taken, self._on_refused, title=_("Saving the timetable"))
        self._follow(self._task)

    def _ask_extend(self, minute: int) -> None:
        self._closes = minute
        words = _("The closing time of the event moves to {time}. Then the ways to go on are computed anew.")
        title = _("Let the day end later")
        dialogs.confirm(self.panel, title, words.format(time=clock(minute)), self._extend, yes=_("Move it"))

    def _extend(self) -> None:
        if self._task is None:
            work = ExtendWork(self._desk.store, self._desk.actor, self._closes, self._why)
            title = _("Moving the closing time")
            self._task = self._desk.tasks.run(work, self._on_extended, self._on_refused, title=title)
            self._follow(self._task)

    def _on_extended(self, _result: None) -> None:
        self._recompute = True

    def close(self) -> None:
        """Back to the board; nothing is changed."""
        self._computed = None
        self.closed.emit()

    def tell_minute(self, minute: int) -> None:
        """What the clock says: offers that are too old may not be taken any more."""
        made = self._computed.minute if self._computed is not None else None
        if made is not None and minute - made > _VALID_MINUTES:
            self.panel.show_stale()

    def _follow(self, task: Task) -> None:
        self.progress.follow(task)
        task.ended.connect(self._on_ended)

    def _on_change(self, change: Change) -> None:
        if change.tables & _TABLES and not self._saving:
            self._is_stale = True
            if self._computed is not None:
                self.panel.show_stale()

    def _on_computed(self, computed: Computed) -> None:
        self._computed = computed
        self.panel.show_offers(self._why, computed.views, computed.changes)
        self.opened.emit()
        if self._is_stale:
            self.panel.show_stale()

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            show_error(self.panel.window(), error)

    def _on_taken(self, number: int) -> None:
        assert self._computed is not None
        offer = self._computed.offers[self._saving]
        self._computed = None
        words = _("Timetable {number} is in force: the day ends at {time}.")
        told = words.format(number=number, time=clock(offer.finish))
        self._desk.say(told)
        self.closed.emit()
        self.taken.emit(number, told)

    def _on_refused(self, error: UserError) -> None:
        self.panel.show_stale()
        show_error(self.panel.window(), error)

    def _on_ended(self, _task: Task) -> None:
        self._task = None
        self._saving = ""
        if self._recompute:
            self._recompute = False
            self.recompute()
