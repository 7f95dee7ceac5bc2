"""Simulated people at the desk, who mistype now and then: what they type follows from a seed alone.

Floats are fine here, since nothing is ranked by them.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from data.rules import marksheet, readings
from data.rules.marksheet import Value
from data.rules.plan import Item
from data.rules.readings import Difference, Typing
from data.rules.slips import slips, total_slips


@dataclass(frozen=True)
class Typist:
    """Somebody who types `percent` in a hundred values wrongly. The same `seed` and `name` type the same again."""

    seed: str
    name: str
    percent: float

    def _chance(self, *key: object) -> random.Random:
        return random.Random("/".join(map(str, (self.seed, self.name, *key))))

    def _slips(self, chance: random.Random) -> bool:
        return chance.random() * 100 < self.percent

    def sheet(self, items: tuple[Item, ...], paper: Mapping[int, Value], key: str) -> dict[int, Value]:
        """The values of a paper sheet as this person types them; `key` tells the sheet from all others."""
        chance = self._chance("sheet", key)
        return {item.number: self._value(item, paper[item.number], chance) for item in items if item.number in paper}

    def _value(self, item: Item, value: Value, chance: random.Random) -> Value:
        wrong = slips(item, value) if self._slips(chance) else ()
        return chance.choice(wrong) if wrong else value

    def total(self, items: tuple[Item, ...], milli: int, key: str, look: int = 0) -> int:
        """The total of a paper sheet as this person types it; `look`: how often it was typed before."""
        chance = self._chance("total", key, look)
        wrong = total_slips(milli, marksheet.full_mark(items)) if self._slips(chance) else ()
        return chance.choice(wrong) if wrong else milli

    def _choice(self, item: Item, known: Value | None, one: Difference, chance: random.Random) -> Value | None:
        """What is taken of two values; typed where neither is right."""
        if known not in (one.first, one.second):
            return self._typed_again(item, known, chance)
        wrong = one.second if known == one.first else one.first
        pressed = [self._slips(chance), self._slips(chance)]
        while pressed[-1] != pressed[-2]:
            pressed.append(self._slips(chance))
        return wrong if pressed[-1] else known

    def _typed_again(self, item: Item, known: Value | None, chance: random.Random) -> Value | None:
        if item.kind in marksheet.TICKS:
            return self._value(item, known is not None, chance) or None
        assert known is not None
        return self._value(item, known, chance)

    def _confirms(self, items: tuple[Item, ...], total: int, key: str, look: int) -> bool:
        """Whether a total that the second typing had not is typed the same once more."""
        return self.total(items, total, f"{key}/once more", look) == self.total(items, total, key, look)

    def decide(
        self,
        items: tuple[Item, ...],
        paper: Mapping[int, Value],
        found: tuple[Difference, ...],
        first: Typing,
        second: Typing,
        key: str,
    ) -> "Decision":
        """What this person takes from the paper where two typings differ, looking again until the total agrees.

        The key of a differing item is pressed until the same one comes twice, a wrong one as often as ever; then the
        total is typed, twice where the second typing had another one. While the items do not add up to it, each of them
        is compared with the paper, and what is wrong typed anew.
        """
        known = marksheet.to_json(items, paper)
        total = score(items, known)
        values = dict(first.values)
        of_number = {str(item.number): item for item in items}
        for one in found:
            if one.number is not None:
                number = str(one.number)
                chance = self._chance("decide", key, number)
                _put(values, number, self._choice(of_number[number], known.get(number), one, chance))
        typed, look = self.total(items, total, key, 1), 1
        while score(items, values) != typed or (
            typed != second.paper_milli and not self._confirms(items, total, key, look)
        ):
            look += 1
            for number, item in of_number.items():
                if values.get(number) != known.get(number):
                    _put(values, number, self._typed_again(item, known.get(number), self._chance(key, number, look)))
            typed = self.total(items, total, key, look)
        return Decision(marksheet.from_json(values), typed, look)


@dataclass(frozen=True)
class Decision:
    """What was settled of a sheet. `looks`: how often the whole sheet was looked at again."""

    values: Mapping[int, Value]
    total_milli: int
    looks: int


def score(items: tuple[Item, ...], values: Mapping[str, Value]) -> int:
    """What a complete sheet is worth."""
    return marksheet.score_sheet(items, marksheet.from_json(values)).total_milli or 0


def _put(values: dict[str, Value], number: str, value: Value | None) -> None:
    if value is None:
        values.pop(number, None)
    else:
        values[number] = value


@dataclass(frozen=True)
class Typed:
    """A sheet on its way from the paper into the results; values by item number as text, as a mark stores them."""

    paper: Mapping[str, Value]
    first: Mapping[str, Value]
    compared: Mapping[str, Value]  # after a second typing of the items alone
    verified: Mapping[str, Value]  # after one with the total of the paper
    differs: int  # items on which the two typings differ
    looks: int  # at the whole sheet


def type_twice(items: tuple[Item, ...], paper: Mapping[int, Value], key: str, people: tuple[Typist, Typist]) -> Typed:
    """One sheet typed by two people and settled by the second of them, without an event file."""
    one, other = people
    known = marksheet.to_json(items, paper)
    first_values = marksheet.to_json(items, one.sheet(items, paper, key))
    worth = score(items, first_values)
    first = Typing(first_values, worth, worth)
    second = readings.second_typing(
        items, marksheet.to_json(items, other.sheet(items, paper, key)), other.total(items, score(items, known), key)
    )
    found = readings.compare(first, second)
    numbers = [str(difference.number) for difference in found if difference.number is not None]
    compared = {**first_values}
    for number in numbers:
        _put(compared, number, known.get(number))
    decision = other.decide(items, paper, found, first, second, key) if found else None
    verified = marksheet.to_json(items, decision.values) if decision else first_values
    return Typed(known, first_values, compared, verified, len(numbers), decision.looks if decision else 0)
