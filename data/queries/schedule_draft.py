"""Changes to a timetable that are not in force yet: plain values; every change gives a new draft."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from data.rules.rotation_faults import Finding
from data.rules.rotation_model import Problem, Slot, Solution
from data.rules.rotation_places import Places

Key = tuple[int, str]  # (entrant id, station code): a visit, wherever it stands


@dataclass(frozen=True)
class Step:
    """A timetable on the way, with the visits that are held through re-planning."""

    slots: tuple[Slot, ...]
    pins: frozenset[Key]


@dataclass(frozen=True)
class Draft:
    """A timetable in work. `number`: the timetable in force that it began from; `history`: that one, then one step
    a change, also those that were taken back; `at`: the step on the screen."""

    problem: Problem
    number: int
    history: tuple[Step, ...]
    at: int = 0

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.history[self.at].slots

    @property
    def pins(self) -> frozenset[Key]:
        return self.history[self.at].pins

    @property
    def can_undo(self) -> bool:
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        return self.at + 1 < len(self.history)

    @property
    def held(self) -> Problem:
        """The problem with this draft's pins: what the checker is to look at."""
        return replace(self.problem, pinned=tuple(slot for slot in self.slots if key(slot) in self.pins))


def key(slot: Slot) -> Key:
    """Which visit this is, wherever it stands."""
    return slot.entrant, slot.station


def begin(problem: Problem, slots: Iterable[Slot], pins: Collection[Key], number: int) -> Draft:
    """A draft without changes. Visits that the problem does not ask for any more are left out: of who withdrew, of
    an optional station that was not drawn."""
    wanted = {(entrant.id, code) for entrant in problem.entrants for code in entrant.stations}
    kept = tuple(slot for slot in slots if key(slot) in wanted)
    return Draft(problem, number, (Step(kept, frozenset(pins) & {key(slot) for slot in kept}),))


def of_timetable(problem: Problem, number: int) -> Draft:
    """A draft without changes over the timetable in force, as the problem tells it."""
    return begin(problem, (*problem.done, *problem.before), {key(slot) for slot in problem.pinned}, number)


def moved(slot: Slot, lane: int, starts: int) -> Slot:
    """The same visit at another place."""
    return replace(slot, lane=lane, starts=starts, ends=starts + slot.ends - slot.starts)


def swapped(first: Slot, second: Slot) -> tuple[Slot, Slot] | None:
    """Two visits in each other's place: of one station lane and time change hands, of one entrant the turn does
    (each keeps its lane, and both together the time from the first start to the last end). None: of two others
    neither could take the other's place."""
    if key(first) == key(second):
        return None
    if first.station == second.station:
        return moved(first, second.lane, second.starts), moved(second, first.lane, first.starts)
    if first.entrant == second.entrant:
        early, late = (first, second) if first.starts <= second.starts else (second, first)
        after = moved(early, early.lane, late.ends - (early.ends - early.starts))
        before = moved(late, late.lane, early.starts)
        return (after, before) if early is first else (before, after)
    return None


def swap_faults(problem: Problem, slots: Iterable[Slot], first: Slot, second: Slot) -> list[Finding] | None:
    """What is hard against these two visits in each other's place; None: they cannot be swapped at all."""
    both = swapped(first, second)
    if both is None:
        return None
    meant = (first.entrant, second.entrant)
    partners = {other for one in problem.entrants if one.id in meant for other in (one.id, *one.shares)}
    lanes = {(slot.station, slot.lane) for slot in both}
    whole = {one.code for one in problem.stations if one.stand_ins} & {first.station, second.station}
    away = {key(first), key(second)}
    near = [
        slot
        for slot in slots
        if (problem.bell or slot.entrant in partners or (slot.station, slot.lane) in lanes or slot.station in whole)
        and key(slot) not in away
    ]
    there = partners | {slot.entrant for slot in near}
    problem = replace(problem, entrants=tuple(one for one in problem.entrants if one.id in there))
    places = Places(problem, [*near, *both])
    return list(dict.fromkeys(finding for slot in both for finding in places.faults(slot)))


def move(draft: Draft, visit: Key, lane: int, starts: int) -> Draft:
    """Put one visit elsewhere; whether it may stand there is for the checker to say."""
    return _placed(draft, {visit: moved(_slot(draft, visit), lane, starts)})


def swap(draft: Draft, visit: Key, other: Key) -> Draft:
    """Put two visits in each other's place.

    Raises:
        ValueError: they are neither of one station nor of one entrant.
    """
    both = swapped(_slot(draft, visit), _slot(draft, other))
    if both is None:
        raise ValueError(f"{visit} and {other} cannot be swapped")
    return _placed(draft, {key(slot): slot for slot in both})


def pin(draft: Draft, visit: Key) -> Draft:
    """Hold a visit through re-planning, or let it go again."""
    return _stepped(draft, Step(draft.slots, draft.pins ^ {visit}))


def undo(draft: Draft) -> Draft:
    return replace(draft, at=max(0, draft.at - 1))


def redo(draft: Draft) -> Draft:
    return replace(draft, at=min(len(draft.history) - 1, draft.at + 1))


def changes(draft: Draft) -> frozenset[Key]:
    """The visits that stand elsewhere than in the timetable in force, or are pinned there and not here, or here and
    not there."""
    if not draft.at:
        return frozenset()
    base = {key(slot): slot for slot in draft.history[0].slots}
    elsewhere = {key(slot) for slot in draft.slots if base.get(key(slot)) != slot}
    return frozenset(elsewhere) | (draft.pins ^ draft.history[0].pins)


def changed_entrants(draft: Draft) -> frozenset[int]:
    """Whose times or lanes change."""
    base = set(draft.history[0].slots)
    return frozenset(slot.entrant for slot in draft.slots if slot not in base)


def with_problem(draft: Draft, problem: Problem) -> Draft:
    """The same draft over the event as it is now. What has taken place since stands where it stood, in every step;
    who is out by now leaves them."""
    wanted = {(entrant.id, code) for entrant in problem.entrants for code in entrant.stations}
    facts = {key(slot): slot for slot in problem.done}
    steps = []
    for step in draft.history:
        slots = tuple(facts.get(key(slot), slot) for slot in step.slots if key(slot) in wanted)
        steps.append(Step(slots, step.pins & {key(slot) for slot in slots}))
    return replace(draft, problem=problem, history=tuple(steps))


def upon(draft: Draft, newer: Draft) -> Draft:
    """The changes of a draft made again, as one step, upon a newer timetable; of what has taken place by now none."""
    facts = {key(slot) for slot in newer.problem.done}
    base = set(draft.history[0].slots)
    mine = {key(slot): slot for slot in draft.slots if slot not in base and key(slot) not in facts}
    slots = tuple(mine.get(key(slot), slot) for slot in newer.slots)
    turned = (draft.pins ^ draft.history[0].pins) - facts
    there = {key(slot) for slot in slots}
    pins = (newer.pins - turned) | (draft.pins & turned & there)
    return _stepped(newer, Step(slots, pins))


def solution(draft: Draft, bound: int) -> Solution:
    """The draft as the planning would have given it. `bound`: the proven one of the timetable that it began from."""
    finish = max((slot.ends for slot in draft.slots), default=draft.problem.opens)
    return Solution(draft.slots, finish, min(bound, finish))


def _slot(draft: Draft, visit: Key) -> Slot:
    return next(slot for slot in draft.slots if key(slot) == visit)


def _placed(draft: Draft, placed: dict[Key, Slot]) -> Draft:
    slots = tuple(placed.get(key(slot), slot) for slot in draft.slots)
    return draft if slots == draft.slots else _stepped(draft, Step(slots, draft.pins))


def _stepped(draft: Draft, step: Step) -> Draft:
    if step == draft.history[draft.at]:
        return draft
    return replace(draft, history=(*draft.history[: draft.at + 1], step), at=draft.at + 1)
