"""What a rotation is: the plain values that the solver and the checker share, and nothing else.

Times are minutes after midnight; lanes are numbered from 1. "Runs" is half-open: a visit from
510 to 522 occupies minutes 510..521, so another may start at 522.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    """A station with its parallel lanes. `lane_units` names, lane by lane, the units that its judges come from."""

    code: str
    minutes: int
    changeover: int  # between two visits of a lane; may fall into a break, since nobody performs in it
    lane_units: tuple[frozenset[str], ...]

    @property
    def lanes(self) -> range:
        return range(1, len(self.lane_units) + 1)


@dataclass(frozen=True)
class Entrant:
    """Someone who visits each of `stations` once. `units` are all names of the entrant's own unit (full and short).

    `drawn`: station code and lane wherever the entrant drew a lane; a timetable keeps to it.
    """

    id: int
    units: frozenset[str]
    stations: tuple[str, ...]  # codes
    drawn: tuple[tuple[str, int], ...] = ()

    def drawn_lane(self, code: str) -> int | None:
        """The lane that was drawn at this station, None where the timetable may choose."""
        return next((lane for station, lane in self.drawn if station == code), None)


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

    `done` are visits that took place already: they stay as they are, and nothing else may start
    before the latest of their starts, since the day has got that far. `before` are the other visits
    as the timetable in force has them: where the search may begin, so that a new one is no later.
    """

    opens: int
    closes: int
    stations: tuple[Station, ...]
    entrants: tuple[Entrant, ...]
    breaks: tuple[tuple[int, int], ...] = ()  # (start, end)
    done: tuple[Slot, ...] = ()
    before: tuple[Slot, ...] = ()

    @property
    def earliest(self) -> int:
        """When the first visit that is still to be planned may start."""
        return max([self.opens, *(slot.starts for slot in self.done)])


@dataclass(frozen=True)
class Obstacle:
    """Why a day cannot be planned as it is, computed from the problem alone.

    `recusal`: every lane of `station` has a judge of the unit of `entrant`.
    `drawn_lane`: the `lane` of `station` that `entrant` drew has a judge of his unit, or is there no more.
    `station_late`: this station alone, were everyone always at hand, ends `minutes_over` after closing.
    `late`: each station alone would fit, but together the day ends `minutes_over` after closing, last at `station`.
    """

    code: str  # recusal | drawn_lane | station_late | late
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
