"""What is hard against a timetable, told minute by minute and each visit against each: slow, plain, and on its own."""

from collections.abc import Iterator

from data.rules.rotation_model import Entrant, Problem, Slot, Station


def hard_codes(problem: Problem, slots: list[Slot]) -> set[str]:
    """The codes of all hard findings that a timetable deserves."""
    return set(_codes(problem, slots))


def _codes(problem: Problem, slots: list[Slot]) -> Iterator[str]:
    stations = {station.code: station for station in problem.stations}
    entrants = {entrant.id: entrant for entrant in problem.entrants}
    done = {(slot.entrant, slot.station) for slot in problem.done}
    coming = [slot for slot in slots if (slot.entrant, slot.station) not in done]
    known = []
    for slot in coming:
        if slot.entrant not in entrants:
            yield "unknown_entrant"
        elif slot.station not in stations:
            yield "unknown_station"
        elif slot.lane < 1 or slot.lane > len(stations[slot.station].lane_units):
            yield "unknown_lane"
        else:
            known.append(slot)
            yield from _of_one(problem, slot, stations[slot.station], entrants[slot.entrant])
    yield from _counts(problem, slots, known, done)
    ran = [_ran(problem, slot) for slot in problem.done]
    for number, slot in enumerate(known):
        for other in [*known[number + 1 :], *ran]:
            yield from _of_two(problem, stations, entrants, slot, other)
    yield from _stays(problem, known, ran)
    if problem.bell:
        for slot in known:
            for other in known:
                if slot.starts in range(other.starts + 1, other.ends):
                    yield "off_bell"


def _ran(problem: Problem, slot: Slot) -> Slot:
    for real in problem.actual:
        if (real.entrant, real.station) == (slot.entrant, slot.station):
            return real
    return slot


def _minutes(slot: Slot) -> set[int]:
    return set(range(slot.starts, slot.ends))


def _counts(problem: Problem, slots: list[Slot], known: list[Slot], done: set[tuple[int, str]]) -> Iterator[str]:
    wanted = [(entrant.id, code) for entrant in problem.entrants for code in entrant.stations]
    for key in wanted:
        here = [slot for slot in (slots if key in done else known) if (slot.entrant, slot.station) == key]
        if not here:
            yield "missing"
        if key not in done and len(here) > 1:
            yield "double"
    for slot in known:
        if (slot.entrant, slot.station) not in wanted:
            yield "not_to_visit"
    for fact in problem.done:
        same = [slot for slot in slots if (slot.entrant, slot.station) == (fact.entrant, fact.station)]
        if fact not in same:
            yield "moved_done"
        elif len(same) > 1:
            yield "double"


def _of_one(problem: Problem, slot: Slot, station: Station, entrant: Entrant) -> Iterator[str]:
    minutes = _minutes(slot)
    if len(minutes) != station.minutes:
        yield "length"
    if min(minutes) < problem.opens:
        yield "before_opening"
    if max(minutes) >= problem.closes:
        yield "after_closing"
    first = problem.opens
    for fact in problem.done if problem.now is None else ():
        first = max(first, fact.starts)
    if problem.now is not None:
        first = max(first, problem.now)
    if first > problem.opens and min(minutes) < first:
        yield "too_early"
    if any(starts <= minute < ends for starts, ends in problem.breaks for minute in minutes):
        yield "in_break"
    shut = station.lane_closed[slot.lane - 1] if station.lane_closed else ()
    if any(starts <= minute < ends for starts, ends in shut for minute in minutes):
        yield "in_closed"
    if entrant.windows and not any(minutes <= set(range(*window)) for window in entrant.windows):
        yield "not_here"
    own = entrant.units & station.lane_units[slot.lane - 1]
    if own:
        if not station.stand_ins or own - station.stand_ins[slot.lane - 1]:
            yield "recusal"
        elif not all(entrant.units & units for units in station.lane_units):
            yield "stand_in"
    for code, lane in entrant.drawn:
        if code == slot.station and lane != slot.lane:
            yield "other_lane"
    for pin in problem.pinned:
        if (pin.entrant, pin.station) == (slot.entrant, slot.station) and (pin.lane, pin.starts) != (
            slot.lane,
            slot.starts,
        ):
            yield "unpinned"


def _of_two(
    problem: Problem, stations: dict[str, Station], entrants: dict[int, Entrant], slot: Slot, other: Slot
) -> Iterator[str]:
    first, second = sorted((slot, other), key=lambda one: (one.starts, one.ends))
    meet = _minutes(first) & _minutes(second)
    between = len(range(first.ends, second.starts))
    if (first.station, first.lane) == (second.station, second.lane):
        if meet:
            yield "lane_overlap"
        elif between < stations[first.station].changeover:
            yield "changeover"
    is_one = first.entrant == second.entrant and first.station != second.station
    is_shared = first.entrant != second.entrant and (
        second.entrant in entrants[first.entrant].shares or first.entrant in entrants[second.entrant].shares
    )
    if is_one or is_shared:
        if meet:
            yield "shared_overlap" if is_shared else "entrant_overlap"
        elif between < problem.gap(first.station, second.station):
            yield "gap"
    if first.station == second.station and meet and first.entrant != second.entrant:
        helped = [_needs_stand_in(stations[one.station], entrants[one.entrant], one) for one in (first, second)]
        if all(helped):
            yield "stand_in"


def _needs_stand_in(station: Station, entrant: Entrant, slot: Slot) -> bool:
    own = entrant.units & station.lane_units[slot.lane - 1]
    return bool(own) and bool(station.stand_ins) and own <= station.stand_ins[slot.lane - 1]


def _stays(problem: Problem, known: list[Slot], ran: list[Slot]) -> Iterator[str]:
    for entrant in {slot.entrant for slot in known} if problem.most_stay else ():
        minutes = [minute for slot in (*known, *ran) if slot.entrant == entrant for minute in _minutes(slot)]
        if max(minutes) - min(minutes) + 1 > problem.most_stay:
            yield "stay"
