"""Who is at each lane now or comes next, by the newest timetable and by what really happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout

from data.i18n import _
from data.queries import schedule
from data.queries.entrants import entrants, state_title
from data.queries.plan import event_info, is_set_up
from data.queries.running import minute_now
from data.queries.schedule import SlotRow
from data.rules.decimals import clock
from data.store import Store
from ui.desk import Desk
from ui.models.rows import Column
from ui.widgets import parts
from ui.widgets.table import Table

_ROWS_SEEN = 6


@dataclass(frozen=True)
class NextVisit:
    """A visit to come and whether its entrant has checked in."""

    slot: SlotRow
    state: str


def next_visits(store: Store) -> list[NextVisit]:
    """Who is at each lane or comes next: from this minute on the day of the event, from its opening on any other."""
    with store.read():
        if not is_set_up(store):
            return []
        minute = minute_now(store)
        coming = schedule.next_visits(store, event_info(store).opens_minute if minute is None else minute)
        states = {row.id: row.state for row in entrants(store)} if coming else {}
    return [NextVisit(slot, states.get(slot.entrant_id, "")) for slot in sorted(coming, key=_start)]


class NextVisits(QFrame):
    """A card with a line for each lane; hidden while nobody is to come. A line opens its entrant at
    check-in, or, of who performs, the lane."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._table = Table("nextVisits", _columns(), desk.settings, searchable=False, key=_key)
        self._table.opened.connect(self._on_opened)
        self._table.setFixedHeight(_ROWS_SEEN * 32 + 48)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.addWidget(parts.heading(_("Now and next at each lane")))
        layout.addWidget(self._table)
        self.hide()

    def show_visits(self, coming: Sequence[NextVisit]) -> None:
        self._table.set_rows(coming)
        self.setVisible(bool(coming))

    def _on_opened(self, visit: NextVisit) -> None:
        self._desk.go("running" if visit.slot.is_running else "checkin", visit.slot.entrant_id)


def _start(slot: SlotRow) -> int:
    return slot.starts_minute if slot.started_minute is None else slot.started_minute


def _lane(slot: SlotRow) -> int:
    """Where the visit runs, or is planned."""
    return slot.ran_lane if slot.is_running else slot.lane


def _state(visit: NextVisit) -> tuple[str, str]:
    """What the entrant does now: words with their mark, and the tone."""
    if visit.slot.is_running:
        return _("● performs"), "info"
    if visit.state == "present":
        return f"✓ {state_title(visit.state)}", "done"
    return f"▲ {state_title(visit.state)}", "attention"


def _key(visit: NextVisit) -> int:
    return visit.slot.visit_id


def _columns() -> list[Column]:
    return [
        Column(_("Time"), lambda visit: clock(_start(visit.slot)), sort=lambda visit: _start(visit.slot), width=80),
        Column(_("Station"), lambda visit: f"{visit.slot.station_code} {visit.slot.station_name}", width=200),
        Column(
            _("Lane"), lambda visit: str(_lane(visit.slot)), sort=lambda visit: _lane(visit.slot), width=72, right=True
        ),
        Column(_("Number"), lambda visit: visit.slot.number, width=110, bold=True),
        Column(_("Division"), lambda visit: visit.slot.division_title, width=0),
        Column(
            _("State"),
            lambda visit: _state(visit)[0],
            sort=lambda visit: visit.state,
            tone=lambda visit: _state(visit)[1],
            width=140,
        ),
    ]
