"""What the chart says in words: of one visit, and of where it would go."""

from data.i18n import _
from data.queries.entrants import in_a_line, state_title
from data.queries.schedule import SlotRow
from data.rules.decimals import clock
from ui.widgets.schedule.gantt_drag import ILLEGAL, SAME, SWAP, Target
from ui.widgets.schedule.gantt_painting import OUT, Look, legend


def place(slot: SlotRow, lane: int, starts: int) -> str:
    """A place for this visit, in a line."""
    return _("{station}, lane {lane}, {starts}–{ends}").format(
        station=slot.station_code,
        lane=lane,
        starts=clock(starts),
        ends=clock(starts + slot.ends_minute - slot.starts_minute),
    )


def who(slot: SlotRow) -> str:
    """Number and name."""
    return in_a_line(slot.number, slot.name)


def state(slot: SlotRow, look: Look) -> str:
    """What becomes of a visit, in a word."""
    if look.kind == OUT:
        return _("not drawn") if slot.state == "undrawn" else state_title(slot.state)
    return dict(legend())[look.kind]


def tip(slot: SlotRow, look: Look) -> str:
    """Everything of one visit, a line each."""
    ran = ""
    if slot.started_minute is not None:
        ends = clock(slot.ended_minute) if slot.ended_minute is not None else "…"
        ran = _("Really {starts}–{ends}, lane {lane}").format(
            starts=clock(slot.started_minute), ends=ends, lane=slot.ran_lane or slot.lane
        )
    held = _("Pinned: it stays here when the day is planned anew.") if look.is_pinned else ""
    changed = _("Moved, but not in force yet.") if look.is_changed else ""
    lines = (slot.unit, f"{slot.station_code} {slot.station_name}", place(slot, slot.lane, slot.starts_minute))
    return in_a_line(who(slot), *lines, state(slot, look), ran, held, changed, between="\n")


def target_line(slot: SlotRow, target: Target) -> str:
    """Where it would go, beside the pointer."""
    if target.other is not None and target.kind == SWAP:
        return _("Swap with {who}").format(who=who(target.other))
    if target.kind == SAME:
        return _("{place}: where it is").format(place=place(slot, target.lane, target.starts))
    mark = "✕ " if target.kind == ILLEGAL else "✓ "
    return mark + place(slot, target.lane, target.starts)


def times(slot: SlotRow) -> tuple[str, str]:
    """When a visit starts and ends."""
    return clock(slot.starts_minute), clock(slot.ends_minute)
