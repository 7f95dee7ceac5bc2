"""The timetable as tables: a row a visit by station, and a row a person or team with the whole day."""

from dataclasses import dataclass

from data.i18n import _
from data.queries.entrants import state_title
from data.queries.schedule import SlotRow
from data.rules.decimals import clock
from ui.models.rows import Column


@dataclass(frozen=True)
class EntrantDay:
    """All visits of one entrant, in the order of the day."""

    slots: tuple[SlotRow, ...]
    waits: int  # minutes without breaks

    @property
    def first(self) -> SlotRow:
        return self.slots[0]


def visit_id(slot: SlotRow) -> int:
    return slot.visit_id


def entrant_id(day: EntrantDay) -> int:
    return day.first.entrant_id


def station_columns() -> list[Column]:
    """Columns over SlotRow."""
    return [
        Column(_("Station"), lambda row: f"{row.station_code} {row.station_name}", width=124),
        Column(_("Lane"), lambda row: str(row.lane), lambda row: row.lane, 56, right=True),
        Column(_("Starts"), lambda row: clock(row.starts_minute), lambda row: row.starts_minute, 68, right=True),
        Column(_("Ends"), lambda row: clock(row.ends_minute), lambda row: row.ends_minute, 68, right=True),
        Column(_("Number"), lambda row: row.number, width=90, bold=True),
        Column(_("Name"), lambda row: row.name, width=92),
        Column(_("Unit"), lambda row: row.unit, width=0),
        Column(_("State"), slot_state, width=92, tone=_slot_tone),
    ]


def entrant_columns() -> list[Column]:
    """Columns over EntrantDay."""
    return [
        Column(_("Number"), lambda row: row.first.number, width=90, bold=True),
        Column(_("Name"), lambda row: row.first.name, width=92),
        Column(_("Unit"), lambda row: row.first.unit, width=150),
        Column(_("Division"), lambda row: row.first.division_title, width=120),
        Column(_("Visits"), _visits, lambda row: row.first.starts_minute, width=0),
        Column(_("Waits (min)"), lambda row: str(row.waits), lambda row: row.waits, 100, right=True),
    ]


def slot_state(slot: SlotRow) -> str:
    """What became of a visit, in a word."""
    if not slot.state:
        return _("running") if slot.is_running else _("to come")
    own = {"done": _("marked"), "undrawn": _("not drawn")}
    return own.get(slot.state) or state_title(slot.state)


def _slot_tone(slot: SlotRow) -> str:
    if slot.is_running:
        return "info"
    return {"": "muted", "done": "done"}.get(slot.state, "attention")


def _visits(day: EntrantDay) -> str:
    return "　".join(f"{clock(slot.starts_minute)} {slot.station_code}-{slot.lane}" for slot in day.slots)
