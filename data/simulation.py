"""Simulated judges for a rehearsal: a skill per entrant, a severity per judge, chance from a seed alone.

The marks use every kind of item as its sheet allows; nobody's real marks are imitated. Floats are
fine here, since nothing is ranked by them: what leaves this module is values a judge could write.
"""

import random
from dataclasses import dataclass

from data.rules import marksheet
from data.rules.marksheet import Value
from data.rules.plan import Item

_SECOND = 1000


@dataclass(frozen=True)
class Simulation:
    """Everything that a seed decides; the same questions in any order get the same answers."""

    seed: str

    def _chance(self, *key: object) -> random.Random:
        return random.Random("/".join(map(str, (self.seed, *key))))

    def _skill(self, entrant: str, station: str) -> float:
        """How much of the points an entrant earns at a station, 0..1."""
        general = 0.60 + 0.36 * self._chance("skill", entrant).betavariate(3, 2)
        return general + self._chance("day", entrant, station).gauss(0, 0.02)

    def _severity(self, judge: str) -> float:
        return self._chance("severity", judge).gauss(0, 0.02)

    def sheet(self, items: tuple[Item, ...], entrant: str, station: str, judge: str) -> dict[int, Value]:
        """One judge's complete sheet of one visit; entrant, station and judge are any names that tell them apart."""
        level = self._skill(entrant, station) - self._severity(judge)
        seen = self._chance("seen", entrant, station)
        eye = self._chance("eye", entrant, station, judge)
        return {item.number: _value(item, level, seen, eye) for item in items}

    def seconds_milli(self, entrant: str, station: str, minutes: int) -> int:
        """How long a visit took, in thousandths of seconds, a whole number of seconds within its minutes."""
        share = 1.25 - self._skill(entrant, station) + self._chance("pace", entrant, station).gauss(0, 0.05)
        return round(minutes * 60 * min(max(share, 0.3), 1.0)) * _SECOND

    def theory_milli(self, entrant: str) -> int:
        """A theory mark of 100 points, in halves."""
        return round(200 * min(max(self._skill(entrant, "theory"), 0.0), 1.0)) * 500

    def playoff(self, entrant_ids: tuple[int, ...]) -> dict[int, int]:
        """The places of a play-off, each from 1 once."""
        order = sorted(entrant_ids)
        self._chance("play-off", *order).shuffle(order)
        return {entrant: place for place, entrant in enumerate(order, start=1)}


def _value(item: Item, level: float, seen: random.Random, eye: random.Random) -> Value:
    """What a judge writes: `seen` is the same for all judges of a visit, `eye` is this judge's own."""
    rule = marksheet.rule_of(item)
    what_happened, what_was_seen = seen.gauss(0, 0.08), eye.gauss(0, 0.03)
    share = min(max(level + what_happened + what_was_seen, 0.0), 1.0)
    slip = seen.random()
    if item.kind == marksheet.GRADES:
        return min(rule.grades, key=lambda grade: abs(grade.milli - share * item.full_milli)).label
    if item.kind == marksheet.DEDUCTIONS:
        return {
            deduction.text: 1
            for deduction in rule.deductions
            if seen.random() < (1 - level) * (0.1 if deduction.off_milli is None else 0.5)
        }
    if item.kind == marksheet.TIMED:
        slowest = max((band.limit_milli for band in rule.bands), default=60 * _SECOND)
        return round(slowest * (0.1 + (1 - share) * 0.9) / _SECOND) * _SECOND
    if item.kind == marksheet.PENALTY:
        return slip < (1 - level) * 0.2
    if item.kind == marksheet.CRITICAL:
        return slip < (1 - level) * 0.01
    points = round(item.full_milli * share / item.step_milli) * item.step_milli
    return min(points, item.full_milli)
