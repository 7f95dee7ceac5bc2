"""A rotation with a bell (打铃轮转): every visit starts at a stroke, and the longest station is the clock."""

from bisect import bisect_left

from data.rules.rotation_model import Problem, Station
from data.rules.rotation_spans import next_start


class Bell:
    """The strokes of a day, from the earliest start on, as many as are asked for.

    From one stroke to the next there is time for the longest visit and the longest changeover, and for the way
    and the rest that anybody may need; a stroke is left out where the longest visit would run into a break.
    """

    def __init__(self, problem: Problem, pinned: tuple[int, ...] = ()) -> None:
        """`pinned`: minutes, at least one pitch apart, at which there has to be a stroke."""
        self._pitch = self.pitch(problem)
        self._length = max((station.minutes for station in _visited(problem)), default=0)
        self._breaks = tuple(sorted(problem.breaks))
        self._pinned = pinned
        self._strokes = [self._stroke(problem.earliest)]

    @staticmethod
    def pitch(problem: Problem) -> int:
        """Minutes from one stroke to the next, breaks left aside."""
        stations = _visited(problem)
        return max(
            max((station.minutes for station in stations), default=0)
            + max((station.changeover for station in stations), default=0),
            *(
                station.minutes + problem.gap(station.code, other.code)
                for station in stations
                for other in stations
                if station != other or any(entrant.shares for entrant in problem.entrants)
            ),
            1,
        )

    def from_minute(self, minute: int) -> int:
        """The first stroke from this minute on."""
        while self._strokes[-1] < minute:
            self._strokes.append(self._stroke(self._strokes[-1] + self._pitch))
        return self._strokes[bisect_left(self._strokes, minute)]

    def until(self, minute: int) -> list[int]:
        """All strokes up to this minute."""
        self.from_minute(minute + 1)
        return self._strokes[: bisect_left(self._strokes, minute + 1)]

    def _stroke(self, minute: int) -> int:
        stroke = next_start(minute, self._length, self._breaks)
        return next((pin for pin in self._pinned if minute <= pin < stroke + self._pitch), stroke)


def _visited(problem: Problem) -> list[Station]:
    """The stations that somebody has to visit; the others do not slow the bell down."""
    codes = {code for entrant in problem.entrants for code in entrant.stations}
    return [station for station in problem.stations if station.code in codes]
