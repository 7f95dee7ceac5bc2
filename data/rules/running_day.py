"""When the rest of a running day will take place, if nothing is planned anew: each lane and each person goes on in
the order of the timetable, as soon as lane and person are free, and never before the time that was planned.

Times are minutes after midnight, as in `rotation_model`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.rules.rotation_model import Span

Lane = tuple[str, int]  # station code, lane


@dataclass(frozen=True)
class Turn:
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


def expected(turns: Sequence[Turn], floor: Floor, now: int | None) -> dict[int, Span]:
    """When each visit is expected to run, by its id; a visit in a lane that is shut has no time.

    A visit that has begun ends when its minutes are over, or now where that has passed.
    """
    lanes = dict(floor.lane_free)
    people = dict(floor.person_free)
    found: dict[int, Span] = {}
    begun = sorted((turn.started, turn.visit, turn) for turn in turns if turn.started is not None)
    waiting = sorted((turn.starts, turn.visit, turn) for turn in turns if turn.started is None)
    for started, _visit, turn in begun:
        span = (started, max(started + turn.minutes, now or 0))
        _take(turn, span, lanes, people, found)
    for planned, visit, turn in waiting:
        code, _number = turn.lane
        start = max(planned, now or 0, floor.ready.get(visit, 0))
        if turn.lane in lanes:
            start = max(start, lanes[turn.lane] + floor.changeover[code])
        for person in turn.people:
            if person in people:
                free, left = people[person]
                start = max(start, free + floor.gap(left, code))
        for closes, opens in floor.closed.get(turn.lane, ()):
            if start < opens and start + turn.minutes > closes:
                start = opens
        if turn.lane in floor.shut and start + turn.minutes > floor.shut[turn.lane]:
            continue
        _take(turn, (start, start + turn.minutes), lanes, people, found)
    return found


def _take(
    turn: Turn, span: Span, lanes: dict[Lane, int], people: dict[int, tuple[int, str]], found: dict[int, Span]
) -> None:
    found[turn.visit] = span
    lanes[turn.lane] = max(span[1], lanes.get(turn.lane, 0))
    for person in turn.people:
        people[person] = max((span[1], turn.lane[0]), people.get(person, (0, "")))
