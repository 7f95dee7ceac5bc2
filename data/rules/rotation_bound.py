"""How early a day can end at best: lower bounds that see the breaks, for each station and each entrant.

CP-SAT's own bound does not see a break (it proves 984 where 1074 is the truth), so these are
computed here and handed to it. Each is a relaxation of the problem, hence never above the optimum.
"""

from data.rules.rotation_model import Problem, Station


def next_start(minute: int, length: int, breaks: tuple[tuple[int, int], ...]) -> int:
    """The earliest start from this minute on of a visit that must keep clear of the breaks."""
    for starts, ends in sorted(breaks):
        if minute < ends and minute + length > starts:
            minute = ends
    return minute


def lane_finish(visits: int, station: Station, ready: int, breaks: tuple[tuple[int, int], ...]) -> int:
    """When a lane ends that takes this many visits one after the other, everyone being always at hand.

    Taking each visit as early as possible is optimal, because all visits of a station are equally long.
    """
    end = ready
    for visit in range(visits):
        end = next_start(end + (station.changeover if visit else 0), station.minutes, breaks) + station.minutes
    return end


def last_start(minute: int, length: int, breaks: tuple[tuple[int, int], ...]) -> int:
    """The latest start of a visit that must end by this minute and keep clear of the breaks."""
    start = minute - length
    for starts, ends in sorted(breaks, reverse=True):
        if start < ends and start + length > starts:
            start = starts - length
    return start


def lane_windows(
    visits: int, station: Station, ready: int, horizon: int, breaks: tuple[tuple[int, int], ...]
) -> list[tuple[int, int]]:
    """For the first, second, ... visit of a lane the earliest start, and the latest that leaves the others their time.

    Where a lane is busy from `ready` to `horizon`, each is a single minute.
    """
    earliest, latest = [], []
    minute, end = ready, horizon
    for _visit in range(visits):
        earliest.append(next_start(minute, station.minutes, breaks))
        minute = earliest[-1] + station.minutes + station.changeover
        latest.append(last_start(end, station.minutes, breaks))
        end = latest[-1] - station.changeover
    return list(zip(earliest, reversed(latest), strict=True))


def entrant_finish(minutes: int, ready: int, breaks: tuple[tuple[int, int], ...]) -> int:
    """When an entrant is through who has this many minutes to perform, were visits divisible."""
    end = ready
    for starts, ends in sorted(breaks):
        if end + minutes <= starts:
            break
        if end < ends:
            minutes -= max(0, starts - end)
            end = ends
    return end + minutes


def station_bounds(problem: Problem, loads: dict[str, dict[int, int]]) -> dict[str, int]:
    """For each station, when it ends at the earliest, by its code.

    Args:
        loads: the least possible number of visits of the fullest lane decides, so these are the
            visits of each lane as `rotation_lanes.choose` balances them.
    """
    ready = lane_ready(problem)
    return {
        station.code: lane_finish(
            max(loads[station.code].values()),
            station,
            min(ready[station.code, lane] for lane in station.lanes),
            problem.breaks,
        )
        for station in problem.stations
        if any(loads[station.code].values())
    }


def entrant_bounds(problem: Problem) -> dict[int, int]:
    """For each entrant who still has visits, when the last can end at the earliest, by entrant id."""
    minutes = {station.code: station.minutes for station in problem.stations}
    done = {(slot.entrant, slot.station) for slot in problem.done}
    ready = entrant_ready(problem)
    left = {
        entrant.id: sum(minutes[code] for code in entrant.stations if (entrant.id, code) not in done)
        for entrant in problem.entrants
    }
    return {key: entrant_finish(total, ready[key], problem.breaks) for key, total in left.items() if total}


def lane_ready(problem: Problem) -> dict[tuple[str, int], int]:
    """When each lane, by station code and number, may take its next visit."""
    ready = {(station.code, lane): problem.earliest for station in problem.stations for lane in station.lanes}
    changeover = {station.code: station.changeover for station in problem.stations}
    for slot in problem.done:
        key = slot.station, slot.lane
        ready[key] = max(ready.get(key, 0), slot.ends + changeover[slot.station])
    return ready


def entrant_ready(problem: Problem) -> dict[int, int]:
    """When each entrant, by id, may start the next visit."""
    ready = {entrant.id: problem.earliest for entrant in problem.entrants}
    for slot in problem.done:
        ready[slot.entrant] = max(ready.get(slot.entrant, 0), slot.ends)
    return ready
