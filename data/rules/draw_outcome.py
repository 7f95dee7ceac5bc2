"""What each kind of draw gives: its list, its rules and the RFC order in, the result and the passes over out.

Everything here is redone by the check of a record, so nothing but these inputs may decide anything.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.rules import draw, draw_ids, draw_match, draw_order

SELECTION = "selection"
NUMBERS = "numbers"
ITEMS = "items"
LANES = "lanes"
JUDGES = "judges"
KINDS = (SELECTION, NUMBERS, ITEMS, LANES, JUDGES)

ENOUGH = "enough"  # an optional station that is not needed any more
PER_ENTRANT = "entrant"
PER_DIVISION = "division"

Entries = list[dict[str, Any]]
Rules = Mapping[str, Any]


class BadRules(ValueError):
    """The rules of a draw are not such as its kind has; the text is the name of the rule."""


@dataclass(frozen=True)
class Candidate:
    """One entry of a list before it is numbered. `name`, and in most lists `unit`, are empty in a blind event."""

    id: Any  # what is printed: str(id)
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why a list cannot be drawn, whatever the seed.

    code and values:
        size: count, most. The method draws from no more.
        twice: id. Two entries say the same.
        seeded: division, unit, count, places. More compete without a draw than the unit has places.
        apart: division, unit, count, size. Too many of one unit to keep colleagues apart.
        choices: division, component, count, needed. Fewer optional stations than are drawn.
        no_lane: station, units, who. In every lane sits a judge of the entrant's own unit.
        lanes: station, units, who, lanes, room. So many have only these lanes open, which have less room.
        no_seat: who. A judge is recused everywhere.
        seats: who, seats, room. So many judges have only these seats open.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Contradiction(ValueError):
    """The rules of a draw cannot hold for its list."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(", ".join(obstacle.code for obstacle in obstacles))
        self.obstacles = tuple(obstacles)


def outcome(
    kind: str, ids: Sequence[str], order: Sequence[int], rules: Rules, quotas: Mapping[str, int]
) -> tuple[Entries, Entries]:
    """The entries `passed_over` and `result` of a record.

    Raises:
        draw.BadPoolId: an id is not of this kind.
        BadRules: the rules are not those of this kind.
        Contradiction: the rules cannot hold for this list.
    """
    if kind == SELECTION:
        return _selected(ids, order, rules, quotas)
    if kind == NUMBERS:
        return _numbered(ids, order, rules)
    if kind == ITEMS:
        return _matched(ids, order, *_items(ids, order, rules))
    if kind == LANES:
        return _matched(ids, order, *_lanes(ids, order, rules))
    return _matched(ids, order, *_seats(ids, order))


def impossible(kind: str, pool: Sequence[Candidate], rules: Rules, quotas: Mapping[str, int]) -> list[Obstacle]:
    """What keeps a list from being drawn whatever the seed; empty if every seed gives a result.

    Raises:
        draw.BadPoolId: an id is not of this kind.
        BadRules: the rules are not those of this kind.
    """
    if len(pool) > draw.MAX_POOL:
        return [Obstacle("size", {"count": len(pool), "most": draw.MAX_POOL})]
    ids = [str(entry.id) for entry in pool]
    twice = [text for text, count in Counter(ids).items() if count > 1]
    if twice:
        return [Obstacle("twice", {"id": text}) for text in twice]
    unit_of = {text: entry.unit for text, entry in zip(ids, pool, strict=True)}
    if kind == SELECTION:
        return _too_many_seeded(ids, unit_of, quotas)
    try:
        outcome(kind, ids, range(len(ids)), rules, quotas)
    except Contradiction as contradiction:
        return [_with_units(obstacle, unit_of) for obstacle in contradiction.obstacles]
    return []


def _with_units(obstacle: Obstacle, unit_of: Mapping[str, str]) -> Obstacle:
    """The obstacle with names of units where the list has them."""
    values = dict(obstacle.values)
    if "entry" in values:
        values["unit"] = unit_of[values.pop("entry")]
    if "entries" in values:
        values["units"] = tuple(sorted({unit_of[entry] for entry in values.pop("entries")} - {""}))
    return Obstacle(obstacle.code, values)


def _too_many_seeded(ids: Sequence[str], unit_of: Mapping[str, str], quotas: Mapping[str, int]) -> list[Obstacle]:
    pool = [draw.parse_pool_id(text) for text in ids]
    seeded = {entry.group: text for entry, text in zip(pool, ids, strict=True) if entry.mark == draw.SEEDED}
    counts = Counter(entry.group for entry in pool if entry.mark == draw.SEEDED)
    return [
        Obstacle(
            "seeded",
            {
                "division": group[0],
                "unit": unit_of[seeded[group]],
                "count": counts[group],
                "places": quotas.get(group[0], 0),
            },
        )
        for group in draw.seeded_above_quota(pool, quotas)
    ]


def _selected(
    ids: Sequence[str], order: Sequence[int], rules: Rules, quotas: Mapping[str, int]
) -> tuple[Entries, Entries]:
    pool = [draw.parse_pool_id(text) for text in ids]
    selection = draw.select(pool, order, quotas, _whole(rules, "reserves", 0))
    passed_over = [{"id": str(row.id), "why": row.why} for row in selection.passed_over]
    result: Entries = [
        {"id": str(entry), "selected": True, "seeded": entry.mark == draw.SEEDED} for entry in selection.taken
    ]
    result += [{"id": str(row.id), "reserve": row.n} for row in selection.reserves]
    return passed_over, result


def _numbered(ids: Sequence[str], order: Sequence[int], rules: Rules) -> tuple[Entries, Entries]:
    """Each division is arranged by itself; the walk gives the n-th number of a division where it meets its n-th."""
    apart, waves = _flag(rules, "apart", False), _whole(rules, "waves", 1, least=1)
    pool = [draw.parse_pool_id(text) for text in ids]
    walks: dict[str, list[int]] = defaultdict(list)
    for place in order:
        walks[pool[place].division].append(place)
    arranged: dict[str, list[int]] = {}
    passed: dict[tuple[str, int], Entries] = defaultdict(list)
    obstacles = []
    for division, walk in walks.items():
        units = [pool[place].unit for place in walk]
        try:
            arrangement = draw_order.arrange(units, apart=apart, waves=waves)
        except draw_order.CannotHold:
            obstacles.append(_order_obstacle(ids, walk, units))
            continue
        arranged[division] = [walk[who] for who in arrangement.order]
        for row in arrangement.passed_over:
            at = draw.contestant_number(division, row.position, len(walk))
            passed[division, row.position].append({"id": ids[walk[row.who]], "why": row.why, "at": at})
    if obstacles:
        raise Contradiction(obstacles)
    reached: Counter[str] = Counter()
    passed_over: Entries = []
    new_order = []
    for place in order:
        division = pool[place].division
        new_order.append(arranged[division][reached[division]])
        reached[division] += 1
        passed_over += passed[division, reached[division]]
    return passed_over, [{"id": str(row.id), "number": row.number} for row in draw.number(pool, new_order)]


def _order_obstacle(ids: Sequence[str], walk: Sequence[int], units: Sequence[int]) -> Obstacle:
    """The largest unit is the one that cannot be kept apart; waves alone never stand in the way."""
    largest, count = min(Counter(units).items(), key=lambda item: (-item[1], item[0]))
    entry = ids[walk[units.index(largest)]]
    division = draw.parse_pool_id(entry).division
    return Obstacle("apart", {"division": division, "entry": entry, "count": count, "size": len(units)})


_Fates = tuple[list[str], Entries]  # why each pair of the walk was not drawn, and what it would give


def _matched(ids: Sequence[str], order: Sequence[int], fates: list[str], gives: Entries) -> tuple[Entries, Entries]:
    passed_over, result = [], []
    for place, why, given in zip(order, fates, gives, strict=True):
        if why:
            passed_over.append({"id": ids[place], "why": why})
        else:
            result.append({"id": ids[place], **given})
    return passed_over, result


def _items(ids: Sequence[str], order: Sequence[int], rules: Rules) -> _Fates:
    """Everyone, or every division, takes the first stations of each choice, as many as the rules count."""
    per, counts = rules.get("per"), rules.get("counts")
    if per not in (PER_ENTRANT, PER_DIVISION):
        raise BadRules("per")
    if not isinstance(counts, Mapping):
        raise BadRules("counts")
    walk = [draw_ids.parse_item_id(ids[place]) for place in order]
    needs: dict[Any, int] = {}
    for item in walk:
        choice = f"{_division_of(item.who) if per == PER_ENTRANT else item.who}/{item.component}"
        needs[item.who, item.component] = _whole(counts, choice, None)
    options = Counter((item.who, item.component) for item in walk)
    lacking = {
        (_division_of(who) if per == PER_ENTRANT else who, component): (options[who, component], needed)
        for (who, component), needed in sorted(needs.items())
        if options[who, component] < needed
    }
    if lacking:
        raise Contradiction(
            [
                Obstacle("choices", {"division": division, "component": component, "count": count, "needed": needed})
                for (division, component), (count, needed) in lacking.items()
            ]
        )
    pairs = [draw_match.Pair((item.who, item.component), item.station) for item in walk]
    fates = [why and ENOUGH for why in draw_match.take_first(pairs, needs)]
    return fates, [{"who": item.who, "component": item.component, "station": item.station} for item in walk]


def _division_of(number: str) -> str:
    return number.rpartition("-")[0]


def _lanes(ids: Sequence[str], order: Sequence[int], rules: Rules) -> _Fates:
    """At each station by itself everyone takes a lane; with `equal` the lanes share all alike."""
    equal = _flag(rules, "equal", None)
    walk = [draw_ids.parse_lane_id(ids[place]) for place in order]
    stations: dict[str, list[int]] = defaultdict(list)
    for step, lane in enumerate(walk):
        stations[lane.station].append(step)
    fates = [""] * len(walk)
    obstacles = []
    for station, steps in sorted(stations.items()):
        pairs = [draw_match.Pair(walk[step].number, walk[step].lane, walk[step].recused) for step in steps]
        try:
            drawn = (
                draw_match.share_out(pairs)
                if equal
                else draw_match.take_first(pairs, dict.fromkeys((pair.who for pair in pairs), 1))
            )
        except draw_match.CannotServe as problem:
            first = {walk[step].number: ids[order[step]] for step in reversed(steps)}
            obstacles.append(_lane_obstacle(station, problem, first))
            continue
        for step, fate in zip(steps, drawn, strict=True):
            fates[step] = fate
    if obstacles:
        raise Contradiction(obstacles)
    return fates, [{"who": lane.number, "station": lane.station, "lane": lane.lane} for lane in walk]


def _lane_obstacle(station: str, problem: draw_match.CannotServe, entry_of: Mapping[Any, str]) -> Obstacle:
    who = tuple(sorted(map(str, problem.who)))
    values = {"station": station, "entries": tuple(entry_of[number] for number in problem.who), "who": who}
    if not problem.places:
        return Obstacle("no_lane", values)
    lanes = tuple(sorted(lane for lane in problem.places if isinstance(lane, int)))
    return Obstacle("lanes", {**values, "lanes": lanes, "room": problem.room})


def _seats(ids: Sequence[str], order: Sequence[int]) -> _Fates:
    """Every judge takes one seat, every seat one judge."""
    walk = [draw_ids.parse_seat_id(ids[place]) for place in order]
    pairs = [draw_match.Pair(seat.judge, (seat.station, seat.lane, seat.seat), seat.recused) for seat in walk]
    try:
        fates = draw_match.share_out(pairs, seats=True)
    except draw_match.CannotServe as problem:
        raise Contradiction([_seat_obstacle(problem, walk)]) from problem
    gives: Entries = [
        {"who": seat.judge, "station": seat.station, "lane": seat.lane, "seat": seat.seat} for seat in walk
    ]
    return fates, gives


def _seat_obstacle(problem: draw_match.CannotServe, walk: Sequence[draw_ids.SeatId]) -> Obstacle:
    who = tuple(sorted(map(str, problem.who)))
    if not problem.places:
        return Obstacle("no_seat", {"who": who})
    open_seats = set(problem.places)
    seats = {
        f"{seat.station}-{seat.lane}-{seat.seat}" for seat in walk if (seat.station, seat.lane, seat.seat) in open_seats
    }
    return Obstacle("seats", {"who": who, "seats": tuple(sorted(seats)), "room": problem.room})


def _whole(rules: Mapping[str, Any], name: str, default: int | None, least: int = 0) -> int:
    value = rules.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadRules(name)
    return value


def _flag(rules: Mapping[str, Any], name: str, default: bool | None) -> bool:
    value = rules.get(name, default)
    if not isinstance(value, bool):
        raise BadRules(name)
    return value
