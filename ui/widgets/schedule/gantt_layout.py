"""What stands where in the chart of a day: rows, bars, and pixels a minute; nothing is painted here."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.queries.schedule import SlotRow
from data.rules.rotation_model import Span

HEADER = 32
LABELS = 168
BAR = 22
LEAST_ZOOM, MOST_ZOOM, START_ZOOM = 0.8, 16.0, 4.4  # pixels a minute
LANES, PEOPLE = "lanes", "people"  # the two charts
ZOOM_STEP = 1.25
_LINE = 30
_GAP = 8  # above the first lane of a station


@dataclass(frozen=True)
class Line:
    """One lane of a station. `closed`: when nobody performs there, beside the breaks of the event."""

    station_code: str
    station_name: str
    lane: int
    closed: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Day:
    """What the chart shows. Each of `slots` belongs to the line of its station and lane; times in minutes.

    `pinned`, `changed`: ids of the visits that are held, and of those that stand elsewhere than in the timetable in
    force. `kinds`: what becomes of a visit, by its id, where it is not to come (see `gantt_painting.legend`).
    `actual`: from when to when it really ran, as far as that is known.
    """

    opens: int
    closes: int
    lines: tuple[Line, ...]
    slots: tuple[SlotRow, ...]
    breaks: tuple[tuple[str, int, int], ...] = ()  # name, start, end
    pinned: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    kinds: Mapping[int, str] = field(default_factory=dict)
    actual: Mapping[int, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line across the chart, `top` pixels below the first. `head` and `name` stand at its left, `side` at the
    right end of its label. `station` and `lane` in the chart by lane, `entrant` in the other."""

    top: int
    head: str
    name: str
    side: str
    slots: tuple[SlotRow, ...]
    starts: tuple[int, ...]
    station: str = ""
    lane: int = 0
    entrant: int = 0
    closed: tuple[Span, ...] = ()

    def between(self, first: float, last: float) -> tuple[SlotRow, ...]:
        """The visits of this row that may be seen between two minutes."""
        return self.slots[max(0, bisect_left(self.starts, first) - 1) : bisect_left(self.starts, last)]

    def at(self, minute: float) -> SlotRow | None:
        """The visit that runs at this minute; of several at once the last to start."""
        place = bisect_left(self.starts, minute + 1e-9) - 1
        if place >= 0 and minute < self.slots[place].ends_minute:
            return self.slots[place]
        return None


@dataclass(frozen=True)
class Layout:
    """The rows of one chart, from top to bottom."""

    rows: tuple[Row, ...]
    tops: tuple[int, ...]
    places: dict[int, int]  # visit id -> number of its row
    opens: int
    last: int  # the minute at which the chart ends
    height: int
    line: int = _LINE

    def number_at(self, y: float) -> int | None:
        """The number of the row at this height; None: between two or below the last."""
        number = bisect_left(self.tops, y + 1e-9) - 1
        return number if number >= 0 and y < self.tops[number] + self.line else None

    def sight(self, first: float, last: float) -> range:
        """The numbers of the rows that may be seen between two heights."""
        return range(max(0, bisect_left(self.tops, first) - 1), bisect_left(self.tops, last))


def layout(day: Day, chart: str) -> Layout:
    """The chart by lane, or the one by entrant, of a day."""
    made = _lanes(day) if chart == LANES else _people(day)
    return Layout(
        rows=tuple(made),
        tops=tuple(row.top for row in made),
        places={slot.visit_id: number for number, row in enumerate(made) for slot in row.slots},
        opens=day.opens,
        last=max([day.opens + 60, *(slot.ends_minute for slot in day.slots)]),
        height=made[-1].top + _LINE + _GAP if made else 0,
    )


def ticks(opens: int, last: int, zoom: float) -> range:
    """The minutes at which the chart has a line and a time."""
    step = next(step for step in (10, 15, 30, 60, 120) if step * zoom >= 56)
    return range(-(-opens // step) * step, last + 1, step)


def station_codes(day: Day) -> list[str]:
    """The stations in their order, each once."""
    return list(dict.fromkeys(line.station_code for line in day.lines))


def _lanes(day: Day) -> list[Row]:
    inside: dict[tuple[str, int], list[SlotRow]] = {(line.station_code, line.lane): [] for line in day.lines}
    for slot in sorted(day.slots, key=_start):
        if (slot.station_code, slot.lane) in inside:
            inside[slot.station_code, slot.lane].append(slot)
    rows, top, before = [], 0, None
    for line in day.lines:
        is_first = line.station_code != before
        top += _GAP if is_first else 0
        slots = inside[line.station_code, line.lane]
        head, name = (line.station_code, line.station_name) if is_first else ("", "")
        rows.append(
            Row(
                top,
                head,
                name,
                str(line.lane),
                *_sorted(slots),
                station=line.station_code,
                lane=line.lane,
                closed=line.closed,
            )
        )
        top, before = top + _LINE, line.station_code
    return rows


def _people(day: Day) -> list[Row]:
    own: dict[int, list[SlotRow]] = {}
    for slot in sorted(day.slots, key=_start):
        own.setdefault(slot.entrant_id, []).append(slot)
    rows, top, before = [], 0, None
    for slots in sorted(own.values(), key=_place_of_person):
        first = slots[0]
        top += _GAP if first.division_code != before else 0
        name = first.name if first.name != first.number else ""
        rows.append(
            Row(top, first.number or name, name if first.number else "", "", *_sorted(slots), entrant=first.entrant_id)
        )
        top, before = top + _LINE, first.division_code
    return rows


def _sorted(slots: Iterable[SlotRow]) -> tuple[tuple[SlotRow, ...], tuple[int, ...]]:
    ordered = tuple(slots)
    return ordered, tuple(slot.starts_minute for slot in ordered)


def _start(slot: SlotRow) -> int:
    return slot.starts_minute


def _place_of_person(slots: Sequence[SlotRow]) -> tuple[str, int, str, int]:
    number = slots[0].number
    return slots[0].division_code, len(number), number, slots[0].entrant_id
