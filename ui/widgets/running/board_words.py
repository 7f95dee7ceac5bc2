"""What the board says of a lane, in words: each with a tone, and a mark so that no colour stands alone."""

from dataclasses import dataclass

from data.i18n import _
from data.queries.entrants import in_a_line
from data.queries.running import LATE_FROM, LaneRow, MissingRow
from data.queries.running_undo import IncidentRow
from data.queries.schedule import SlotRow
from data.queries.time_words import span
from data.rules.decimals import clock


@dataclass(frozen=True)
class BoardLine:
    """A lane, and whether the one who is next there is missing."""

    row: LaneRow
    missing: MissingRow | None = None

    @property
    def key(self) -> tuple[str, int]:
        """The lane: station code and number."""
        return self.row.station_code, self.row.lane

    @property
    def is_late(self) -> bool:
        return self.row.late_minutes >= LATE_FROM


def lane_name(row: LaneRow) -> str:
    """Station and lane in a line."""
    return _("{station}, lane {lane}").format(station=f"{row.station_code} {row.station_name}", lane=row.lane)


def who(slot: SlotRow) -> str:
    """Number and name of who performs; the number alone while names are sealed."""
    return in_a_line(slot.number, slot.name)


def who_in_full(slot: SlotRow) -> str:
    """Number, name and unit."""
    return in_a_line(slot.number, slot.name, slot.unit, between=" · ")


def state_words(line: BoardLine) -> tuple[str, str]:
    """How the lane stands against the timetable: words with their mark, and the tone."""
    row = line.row
    if row.rests and row.current is None:
        return _("‖ break"), "muted"
    if row.is_closed and row.current is None:
        return _("✕ closed"), "wrong"
    if not row.left:
        return _("✓ finished"), "done"
    if line.is_late:
        return f"▲ {late_words(row.late_minutes)}", "attention"
    if row.current is not None:
        return _("● on time"), "info"
    return _("○ free"), "muted"


def late_words(minutes: int) -> str:
    """How late."""
    if minutes < 60:
        return _("late by {n} min").format(n=minutes)
    return _("late by {span}").format(span=span(minutes))


def closed_words(row: LaneRow) -> str:
    """Why and until when nobody performs in the lane."""
    until = _("until {time}").format(time=clock(row.closed_until)) if row.closed_until else _("until further notice")
    return _("{reason}, {until}").format(reason=row.closed_reason, until=until) if row.closed_reason else until


def counts_words(row: LaneRow) -> str:
    """How many visits of the lane took place and are to come."""
    return _("{done} done, {left} left").format(done=row.done, left=row.left)


def times_words(row: LaneRow) -> str:
    """Since when the current visit runs, when it was planned, and when it should end."""
    if row.current is None or row.actual_start is None:
        return ""
    told = _("since {time}").format(time=clock(row.actual_start))
    if row.planned_start is not None and row.planned_start != row.actual_start:
        told = _("since {time}, planned {planned}").format(
            time=clock(row.actual_start), planned=clock(row.planned_start)
        )
    if row.given_back:
        told += " " + _("+{n} min given back").format(n=row.given_back)
    return told


def incident_words(row: IncidentRow) -> str:
    """When something went wrong, what, and the time given back for it."""
    told = f"{clock(row.minute)} {row.text}"
    if not row.given_back_milli:
        return told
    minutes, seconds = divmod(-(-row.given_back_milli // 1000), 60)
    return told + " " + _("(+{time} given back)").format(time=f"{minutes}:{seconds:02}")


def next_words(line: BoardLine) -> tuple[str, str]:
    """When the next one is due, whether he is missing; and the tone."""
    slot = line.row.next
    if slot is None:
        return "", ""
    due = clock(slot.starts_minute)
    if line.missing is None:
        return due, ""
    if line.missing.state == "expected":
        return _("{time} ▲ not checked in").format(time=due), "attention"
    return _("{time} ▲ has not begun").format(time=due), "attention"


def end_words(row: LaneRow) -> str:
    """When the lane is expected to be through."""
    return "–" if row.expected_end is None else clock(row.expected_end)
