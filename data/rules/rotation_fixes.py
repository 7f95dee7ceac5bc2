"""What would make a day fit: changes found by bounds and by the checker, and proven by solving the changed day.

Obstacles that one change takes away together have one remedy. The first change of every remedy, all of them made,
leave a day that the solver plans without an obstacle; each other change was proven in the place of the first of its
remedy. So whoever takes the first of each, in one go, has a day that fits; where there is one remedy, any of its
changes will do.
"""

from collections.abc import Callable
from dataclasses import replace

from data.rules import rotation, rotation_bound, rotation_obstacles
from data.rules.rotation_fix import Fix, Remedy, Seat, apply, apply_all, seats_after, seats_of
from data.rules.rotation_fix_judges import judge_fixes, shut_out
from data.rules.rotation_fix_room import fewer, kind, relaxed, room_fixes, together
from data.rules.rotation_ground import survey
from data.rules.rotation_model import Obstacle, Problem, Progress, Solution

__all__ = ["Fix", "Remedy", "Seat", "apply", "apply_all", "disruption", "fixes", "remedies"]

ShouldStop = Callable[[], bool]

_ROUNDS = 8  # of obstacles that show only when the ones before are gone
_VISITS_PROVEN = 24_000  # visits planned in proofs all together, so that a large day gets fewer of them
_MOST_PROOFS = 12
_MOST_FIXES = 4  # of a remedy; more would not be read
_A_FAILURE = 3  # proofs that one counts for which the search was in vain
_STEPS = 40  # by which a change is made larger
_UNPROVEN = Obstacle("late", "")
_JUDGES = ("recusal", "drawn_lane")
_A_LANE = 60  # what a lane more upsets: as much as an hour more for everyone
_AN_ENTRANT = 240
_AN_HOUR_OF_ONE = 30  # longer hours of one station or unit


def fixes(
    problem: Problem, solution: Solution, should_stop: ShouldStop | None = None, seats: tuple[Seat, ...] = ()
) -> list[Fix]:
    """Every change that `remedies` offers: the first of each remedy in turn, then the others."""
    found = remedies(problem, solution, should_stop, seats)
    return [remedy.fixes[0] for remedy in found] + [fix for remedy in found for fix in remedy.fixes[1:]]


def remedies(
    problem: Problem, solution: Solution, should_stop: ShouldStop | None = None, seats: tuple[Seat, ...] = ()
) -> tuple[Remedy, ...]:
    """What would make this day fit; empty where it fits, where nothing was found, or nothing was proven before a stop.

    Args:
        solution: what the solver found for the problem.
        should_stop: asked now and then, from another thread too; True ends with what was proven so far.
        seats: who sits where; without them as `rotation_fix.seats_of` reads them from the problem.
    """
    finder = _Finder(problem, seats or seats_of(problem), should_stop)
    if finder.find_first(solution):
        finder.find_others()
        return tuple(finder.found)
    return ()


def disruption(problem: Problem, fix: Fix) -> int:
    """How much a change upsets, to order them by: in minutes of a later end."""
    return sum(_cost(problem, part) for part in fix.parts)


def _cost(problem: Problem, fix: Fix) -> int:
    match fix.code:
        case "close_later":
            return fix.minute - problem.closes
        case "longer_stay":
            return (fix.minute - problem.most_stay) // 2
        case "add_lane":
            return _A_LANE * fix.count
        case "fewer":
            return _AN_ENTRANT * fix.count
    return _AN_HOUR_OF_ONE


class _Finder:
    """The remedies so far: `found` has one fix each, then more. The firsts together are proven."""

    def __init__(self, problem: Problem, seats: tuple[Seat, ...], should_stop: ShouldStop | None) -> None:
        self._problem = problem
        self._seats = seats
        self._should_stop = should_stop
        self.found: list[Remedy] = []
        self._others: list[list[Fix]] = []  # of each remedy, not proven yet
        self._of_room: int | None = None  # the remedy of all that lacks time
        visits = sum(len(entrant.stations) for entrant in problem.entrants)
        self._proofs = max(4, min(_MOST_PROOFS, _VISITS_PROVEN // max(1, visits)))

    def find_first(self, solution: Solution) -> bool:
        """Find the first fix of each remedy; whether there are and all together make the day fit."""
        for _round in range(_ROUNDS):
            if solution.fits:
                break
            for group in _groups(self._changed(), solution):
                if not self._mend(solution, group):
                    return False
            solution = self._solved(self._changed())
            if self._stops():
                break
        return solution.fits

    def find_others(self) -> None:
        """Other fixes of each remedy, as far as the proofs reach; then the least disruption comes first.

        Only where time is lacking the order is by disruption: what is proven beside the firsts of all other remedies
        may be the first of one remedy, not of two.
        """
        for place, remedy in enumerate(self.found):
            proven = list(remedy.fixes)
            for fix in self._others[place]:
                if len(proven) < _MOST_FIXES and not any(_is_like(fix, other) for other in proven):
                    enough = self._enough(place, fix)
                    proven += [enough] if enough else []
            if place == self._of_room:
                proven.sort(key=lambda fix: disruption(self._problem, fix))
            self.found[place] = replace(remedy, fixes=tuple(proven))

    def _mend(self, solution: Solution, group: tuple[Obstacle, ...]) -> bool:
        """Take a fix for these obstacles; whether there is one."""
        changed = self._changed()
        first = group[0]
        if first.code in _JUDGES:
            if (first.entrant, first.station) not in shut_out(changed, {first.station}) and self.found:
                return True  # by what was done for another
            return self._add(group, judge_fixes(changed, self._seats_now(), first))
        if first.code == "pinned":
            return self._add(group, [Fix("unpin", first.station, entrants=(first.entrant or 0,))])
        room = room_fixes(changed, group)
        moved = relaxed(changed, solution.slots)
        if self._of_room is None:
            self._of_room = len(self.found)
            return self._add(group, [moved, *room] if moved else room)
        old = self.found[self._of_room]
        larger = moved or next(iter(room), None)
        if larger is None:
            return False
        obstacles = tuple(dict.fromkeys((*old.obstacles, *group)))
        self.found[self._of_room] = Remedy(obstacles, (together((old.fixes[0], larger)),))
        return True

    def _add(self, group: tuple[Obstacle, ...], candidates: list[Fix]) -> bool:
        if candidates:
            self.found.append(Remedy(group, (candidates[0],)))
            self._others.append(candidates[1:])
        return bool(candidates)

    def _enough(self, place: int, fix: Fix) -> Fix | None:
        """This change, or a larger one of its kind, that was proven in the place of the first; None: none was."""
        too_few = 0
        for _step in range(_STEPS):
            left = self._left_by(place, fix)
            if not left:
                return self._fewest(place, too_few, fix) if fix.code == "fewer" else fix
            larger = _larger(self._problem, fix, left)
            if larger is None or larger.count == fix.count or not self._proofs or self._stops():
                return None
            too_few, fix = fix.count, larger
        return None

    def _fewest(self, place: int, too_few: int, fix: Fix) -> Fix:
        """The fewest entrants less that suffice, as far as the proofs reach."""
        while self._proofs and fix.count - too_few > 1:
            between = fewer(self._problem, fix.station, (too_few + fix.count) // 2)
            if self._left_by(place, between):
                too_few = between.count
            else:
                fix = between
        return fix

    def _left_by(self, place: int, fix: Fix) -> list[Obstacle]:
        """The obstacles that are left with this change in the place of the first; a bound shows most at once."""
        changed = self._changed({place: fix})
        shown = shown_at_once(changed)
        if shown or not self._proofs:
            return shown or [_UNPROVEN]
        solution = self._solved(changed)
        self._proofs = max(0, self._proofs - (1 if solution.fits else _A_FAILURE))
        return list(solution.obstacles)

    def _changed(self, instead: dict[int, Fix] | None = None) -> Problem:
        chosen = [(instead or {}).get(place, remedy.fixes[0]) for place, remedy in enumerate(self.found)]
        return apply_all(self._problem, chosen, self._seats)

    def _seats_now(self) -> tuple[Seat, ...]:
        seats = self._seats
        for part in (part for remedy in self.found for part in remedy.fixes[0].parts):
            seats = seats_after(seats, part)
        return seats

    def _stops(self) -> bool:
        return self._should_stop is not None and self._should_stop()

    def _solved(self, problem: Problem) -> Solution:
        """What the solver finds for a changed problem; it is asked for no more than a timetable that fits."""
        reached = False

        def tell(progress: Progress) -> None:
            nonlocal reached
            reached = reached or progress.finish <= problem.closes

        solution = rotation.solve(problem, tell, lambda: reached or self._stops(), waiting_budget=0.0)
        if reached and not solution.fits and not self._stops():
            return rotation.solve(problem, None, self._stops, waiting_budget=0.0)
        return solution


def shown_at_once(problem: Problem) -> list[Obstacle]:
    """What recusals and bounds alone show to be in the way, without a search."""
    shut = rotation_obstacles.recused(problem)
    if shut:
        return shut
    ground = survey(problem)
    return rotation_obstacles.proven(rotation_bound.station_bounds(ground), rotation_bound.entrant_bounds(ground))


def _larger(problem: Problem, fix: Fix, left: list[Obstacle]) -> Fix | None:
    """The next larger change of this kind, if it is one that could take away what is left."""
    if fix.code == "fewer":
        return fewer(problem, fix.station, 2 * fix.count)
    short = {obstacle.station for obstacle in left if obstacle.code == "station_late"}
    if fix.code != "add_lane" or not short or not short <= {part.station for part in fix.parts}:
        return None
    first, *others = (replace(part, count=part.count + (part.station in short)) for part in fix.parts)
    return replace(first, count=max(first.count, fix.count + 1), also=tuple(others))


def _is_like(fix: Fix, other: Fix) -> bool:
    """Whether one of two changes makes the other needless."""
    return fix == other or (fix.code in ("add_lane", "fewer") and kind(fix) == kind(other))


def _groups(problem: Problem, solution: Solution) -> list[tuple[Obstacle, ...]]:
    """The obstacles that one change takes away together: those of a unit at a station, and all that lack time."""
    units = {entrant.id: tuple(sorted(entrant.units)) for entrant in problem.entrants}
    found: dict[tuple[object, ...], list[Obstacle]] = {}
    for obstacle in solution.obstacles:
        key: tuple[object, ...] = ("room",)
        if obstacle.code in _JUDGES:
            key = obstacle.code, obstacle.station, obstacle.lane, units[obstacle.entrant or 0]
        elif obstacle.code == "pinned":
            key = obstacle.code, obstacle.station, obstacle.entrant
        found.setdefault(key, []).append(obstacle)
    return [tuple(found[key]) for key in sorted(found, key=lambda key: key == ("room",))]
