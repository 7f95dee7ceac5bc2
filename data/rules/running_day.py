"""When the rest of a running day will take place, if nothing is planned anew: each lane and each person goes on in
the order of the timetable, as soon as lane and person are free, and never before the time that was planned.

Times are minutes after midnight, as in `rotation_model`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from data.rules.rotation_model import Span
from data.rules.rotation_spans import next_start

Lane = tuple[str, int]  # station code, lane


class Turn(NamedTuple):
    """A visit of the timetable that is not over. `people`: keys of those who perform in it.

    `minutes`: what it takes, with the time that was given back. `started`: None while it has not begun.
    """

    visit: int
    lane: Lane
    people: tuple[int, ...]
    starts: int
    minutes: int
    started: int | None = None


@dataclass(frozen=True)
class Floor:
    """What the rest of the day runs on.

    `changeover` by station code; `gap`: minutes that a person needs from one station to another;
    `closed`: when nobody may perform in a lane, in the order of time, breaks of the event among them;
    `shut`: from when on a lane is out of service until further notice; `ready`: when a visit may begin at the earliest.
    `lane_free`, `person_free`: when the last visit of a lane ended, and when and where that of a person.
    """

    changeover: Mapping[str, int]
    gap: Callable[[str, str], int]
    closed: Mapping[Lane, Sequence[Span]] = field(default_factory=dict)
    shut: Mapping[Lane, int] = field(default_factory=dict)
    ready: Mapping[int, int] = field(default_factory=dict)  # by visit
    lane_free: Mapping[Lane, int] = field(default_factory=dict)
    person_free: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    def due(self, turn: Turn) -> int:
        """When a visit is asked for: as planned, or later where its entrant was put off."""
        return max(turn.starts, self.ready.get(turn.visit, 0))


def expected(turns: Sequence[Turn], floor: Floor, now: int | None) -> dict[int, Span]:
    """When each visit is expected to run, by its id; a visit in a lane that is shut has no time.

    A visit that has begun ends when its minutes are over, or now where that has passed. Nobody waits for who was
    put off: the others of the lane go before.
    """
    lanes = dict(floor.lane_free)
    people = dict(floor.person_free)
    found: dict[int, Span] = {}
    moment = now or 0
    for turn in turns:
        if turn.started is not None:
            _take(turn, (turn.started, max(turn.started + turn.minutes, moment)), lanes, people, found)
    for turn in sorted((turn for turn in turns if turn.started is None), key=floor.due):
        code = turn.lane[0]
        start = max(floor.due(turn), moment)
        if turn.lane in lanes:
            start = max(start, lanes[turn.lane] + floor.changeover[code])
        for person in turn.people:
            if person in people:
                free, left = people[person]
                start = max(start, free + floor.gap(left, code))
        start = next_start(start, turn.minutes, floor.closed.get(turn.lane, ()))
        if turn.lane in floor.shut and start + turn.minutes > floor.shut[turn.lane]:
            continue
        _take(turn, (start, start + turn.minutes), lanes, people, found)
    return found


def _take(
    turn: Turn, span: Span, lanes: dict[Lane, int], people: dict[int, tuple[int, str]], found: dict[int, Span]
) -> None:
    end = span[1]
    found[turn.visit] = span
    if end > lanes.get(turn.lane, -1):
        lanes[turn.lane] = end
    for person in turn.people:
        if person not in people or end > people[person][0]:
            people[person] = end, turn.lane[0]
