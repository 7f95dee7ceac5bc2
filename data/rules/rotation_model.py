"""What a rotation is: the plain values that the solver and the checker share, and nothing else.

Times are minutes after midnight; lanes are numbered from 1. "Runs" is half-open: a visit from
510 to 522 occupies minutes 510..521, so another may start at 522.
"""

from dataclasses import dataclass

Span = tuple[int, int]  # (start, end), half-open


@dataclass(frozen=True)
class Station:
    """A station with its parallel lanes. `lane_units` names, lane by lane, the units that its judges come from.

    `lane_closed`: lane by lane, when nobody may perform there, beside the breaks of the event: outside the
    station's opening hours, in a break of the station or of the lane's judges, while the lane is out of service.
    Empty: never.
    `stand_ins`: lane by lane, the units whose entrants may be marked there although a judge is of that unit,
    because a reserve judge takes the seat for the visit. Empty: nowhere. Such visits of a station never run at
    the same time, and a lane with a judge of the own unit is used only by who has no other.
    """

    code: str
    minutes: int
    changeover: int  # between two visits of a lane; may fall into a break, since nobody performs in it
    lane_units: tuple[frozenset[str], ...]
    lane_closed: tuple[tuple[Span, ...], ...] = ()
    stand_ins: tuple[frozenset[str], ...] = ()

    @property
    def lanes(self) -> range:
        return range(1, len(self.lane_units) + 1)

    def closed(self, lane: int) -> tuple[Span, ...]:
        """When the lane is closed beside the breaks of the event."""
        return self.lane_closed[lane - 1] if self.lane_closed else ()

    def stand_in(self, lane: int) -> frozenset[str]:
        """The units whose entrants a reserve judge may mark in this lane."""
        return self.stand_ins[lane - 1] if self.stand_ins else frozenset()


@dataclass(frozen=True)
class Entrant:
    """Someone who visits each of `stations` once. `units` are all names of the entrant's own unit (full and short).

    `drawn`: station code and lane wherever the entrant drew a lane; a timetable keeps to it.
    `windows`: when the entrant can perform (arrival, session); each visit lies within one of them. Empty: always.
    `division`: entrants of one division are in one order of the draw.
    `shares`: ids of the entrants with whom somebody performs in both, a team and its members; never at the same time.
    """

    id: int
    units: frozenset[str]
    stations: tuple[str, ...]  # codes
    drawn: tuple[tuple[str, int], ...] = ()
    windows: tuple[Span, ...] = ()
    division: str = ""
    shares: tuple[int, ...] = ()

    def drawn_lane(self, code: str) -> int | None:
        """The lane that was drawn at this station, None where the timetable may choose."""
        return next((lane for station, lane in self.drawn if station == code), None)

    def is_here(self, starts: int, ends: int) -> bool:
        """Whether a visit from `starts` to `ends` lies within one of the windows."""
        return not self.windows or any(begin <= starts and ends <= end for begin, end in self.windows)


@dataclass(frozen=True)
class Slot:
    """One visit's place in a timetable."""

    entrant: int
    station: str
    lane: int
    starts: int
    ends: int


@dataclass(frozen=True)
class Problem:
    """A day to plan. `entrants` come in the order of the draw, division by division.

    `done` are visits that took place or have begun: in every timetable they stay as they are. `actual` says of
    some of them when and in which lane they really ran (for one under way, until when it is expected to): lanes
    and entrants are free again from then on. Nothing else may start before `earliest`. `before` are the other
    visits as the timetable in force has them: where the search may begin, so that a new one is no later.
    `pinned` are visits that the user holds where they are.
    """

    opens: int
    closes: int
    stations: tuple[Station, ...]
    entrants: tuple[Entrant, ...]
    breaks: tuple[Span, ...] = ()
    done: tuple[Slot, ...] = ()
    before: tuple[Slot, ...] = ()
    actual: tuple[Slot, ...] = ()
    pinned: tuple[Slot, ...] = ()
    now: int | None = None  # on the day itself
    walk: int = 0  # minutes from any station to any other
    walks: tuple[tuple[str, str, int], ...] = ()  # (station code, station code, minutes), both ways, where it differs
    rest: int = 0  # minutes that everyone has between two visits, beside the walk
    most_stay: int = 0  # minutes from the first start to the last end, breaks included; 0: no limit
    bell: bool = False  # all visits start at the strokes of a bell
    keep_order: str = "first"  # first | every: the first station of each, or every station, takes a division as drawn

    @property
    def earliest(self) -> int:
        """When the first visit that is still to be planned may start."""
        if self.now is not None:
            return max(self.opens, self.now)
        return max([self.opens, *(slot.starts for slot in self.done)])

    @property
    def happened(self) -> tuple[Slot, ...]:
        """The visits of `done`, as they really ran where that is known."""
        known = {(slot.entrant, slot.station): slot for slot in self.actual}
        return tuple(known.get((slot.entrant, slot.station), slot) for slot in self.done)

    def gap(self, station: str, other: str) -> int:
        """Minutes that somebody needs at least from the end of a visit to the start of the next one elsewhere."""
        if station == other:
            return self.rest
        for first, second, minutes in self.walks:
            if {first, second} == {station, other}:
                return minutes + self.rest
        return self.walk + self.rest


@dataclass(frozen=True)
class Obstacle:
    """Why a day cannot be planned as it is, computed from the problem alone.

    `recusal`: every lane of `station` has a judge of the unit of `entrant`.
    `drawn_lane`: the `lane` of `station` that `entrant` drew has a judge of his unit, or is there no more.
    `pinned`: the visit of `entrant` cannot stay in `lane` of `station`, where it is pinned, without breaking a rule.
    `window`: were every lane free, the visits of `entrant` would end `minutes_over` after he has to leave.
    `stay`: `entrant` needs `minutes_over` more than the longest stay allows, were every lane free.
    `station_late`: this station alone, were everyone always at hand, ends `minutes_over` after closing.
    `late`: each station alone would fit, but together the day ends `minutes_over` after closing, last at `station`.
    `no_room`: no timetable was found in which `entrant` performs at `station` within all limits; the best one found
    breaks them by `minutes_over`.
    """

    code: str
    station: str
    minutes_over: int = 0
    entrant: int | None = None
    lane: int = 0


@dataclass(frozen=True)
class Progress:
    """How far the search has come."""

    stage: str  # finish | waiting
    finish: int
    bound: int
    waiting: int  # minutes, all entrants together
    share_milli: int  # of the stage's budget


@dataclass(frozen=True)
class Solution:
    """The best timetable found; without slots when recusals leave none.

    `bound` is a proven lower bound of the last finish: no timetable of this problem ends earlier.
    """

    slots: tuple[Slot, ...]
    finish: int
    bound: int
    obstacles: tuple[Obstacle, ...] = ()
    stopped: bool = False  # by the user, before the search was through

    @property
    def is_shortest(self) -> bool:
        """Whether no timetable ends earlier."""
        return self.finish == self.bound

    @property
    def fits(self) -> bool:
        """Whether it can be used as it is."""
        return not self.obstacles
