"""How far a re-timed day may put people off: being put off is waiting, too, only without knowing it beforehand.

The rule: no visit begins more than an hour later than it was told, unless it would come as late if every lane only
kept its order, or the day ends so much later that his even share of it is more: who stands in its middle is put off
by half of it at most. For who has lost his place in the order, because he comes later himself or his lane is shut,
the hour runs from the first minute at which he could perform. Minutes in breaks do not count, as with all waits. So a
short delay is shared out among many; it never sends one person to the end of the day.
"""

from collections import defaultdict
from collections.abc import Iterable

from data.rules.rotation_check import waiting_minutes
from data.rules.rotation_ground import Key
from data.rules.rotation_model import Problem, Slot, Span
from data.rules.rotation_retime_day import Day, remaining
from data.rules.rotation_retime_order import fits_order, slots_before

PUT_OFF_MINUTES = 60  # about as long as people stay near the call room without being told anything


def latest_starts(problem: Problem, absorbed: Iterable[Slot]) -> dict[Key, int]:
    """Until when each visit to come that has a time has to begin.

    Args:
        absorbed: the visits to come where every lane keeps its order. Who lost his lane has no order to keep: where
            he would be put does not count.
    """
    facts = Day(problem)
    before, kept = slots_before(facts), {(slot.entrant, slot.station): slot for slot in absorbed}
    planned = max((slot.ends for slot in before.values()), default=0)
    day_later = max((slot.ends for slot in kept.values()), default=0) - planned
    left = max(1, planned - problem.earliest)
    latest = {}
    for key, slot in before.items():
        since, share = slot.starts, day_later * max(0, slot.ends - problem.earliest) // left
        must = _minutes_after(problem.breaks, slot.starts, share)
        if key in kept and kept[key].lane == slot.lane and fits_order(facts, slot):
            must = max(must, kept[key].starts)
        elif alone := facts.best_room(key, slot.starts):
            since = alone.starts
        latest[key] = max(must, _minutes_after(problem.breaks, since, PUT_OFF_MINUTES))
    return latest


def beyond(latest: dict[Key, int], to_come: Iterable[Slot]) -> int:
    """The most minutes by which any of these visits begins too late; 0: none does."""
    late = (slot.starts - latest.get((slot.entrant, slot.station), slot.starts) for slot in to_come)
    return max([0, *late])


def longest_wait(problem: Problem, to_come: Iterable[Slot]) -> int:
    """The most minutes that anyone with a visit to come waits, outside of breaks.

    That is all that he waits between his visits, or, if he has not begun his day and that is more, how much later his
    first visit comes than it was told or than he is there.
    """
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in to_come:
        days[slot.entrant].append(slot)
    put_off = _put_off(problem, days)
    for slot in problem.happened:
        if slot.entrant in days:
            days[slot.entrant].append(slot)
    waits = (waiting_minutes(problem, day) for day in days.values())
    return max((*waits, *put_off), default=0)


def _put_off(problem: Problem, days: dict[int, list[Slot]]) -> list[int]:
    """How many minutes later the day begins for those who have not begun it."""
    begun, left = {slot.entrant for slot in problem.happened}, set(remaining(problem))
    windows = {entrant.id: entrant.windows for entrant in problem.entrants}
    told: dict[int, int] = {}
    for slot in problem.before:
        if (slot.entrant, slot.station) in left and slot.entrant not in begun:
            told[slot.entrant] = min(slot.starts, told.get(slot.entrant, slot.starts))
    found = []
    for entrant in told.keys() & days.keys():
        minute = told[entrant]
        arrives = min((max(minute, here) for here, until in windows[entrant] if until > minute), default=minute)
        first = min(slot.starts for slot in days[entrant])
        found.append(minutes_between(problem.breaks, arrives, first))
    return found


def minutes_between(breaks: Iterable[Span], starts: int, ends: int) -> int:
    """Minutes from one to the other outside of breaks; 0 where the second comes first."""
    inside = sum(max(0, min(until, ends) - max(since, starts)) for since, until in breaks)
    return max(0, ends - starts - inside)


def _minutes_after(breaks: Iterable[Span], minute: int, minutes: int) -> int:
    """The minute so many minutes later, breaks left aside."""
    end = minute + minutes
    for since, until in sorted(breaks):
        if since < end and until > minute:
            end += until - max(since, minute)
    return end
