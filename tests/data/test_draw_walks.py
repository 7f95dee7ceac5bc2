"""Draws, voidings, substitutions and changes of the plan in any order: the file stays what its draws gave."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import models
from data import store as stores
from data.actions import draws, substitution
from data.actions.setup import save_plan
from data.errors import UserError
from data.queries import draws as queries
from data.queries.plan import current_plan
from data.queries.substitution import substitutes
from data.rules.draw_record import KINDS
from data.store import Store
from data.verify import verify_file
from data.verify_draws import draw_faults
from data.verify_people import people_faults
from tests.data import choice_contest

STEPS = 60


class _Walk:
    """One day of a committee that changes its mind, on a computer whose clock jumps."""

    def __init__(self, path: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._now = datetime(2023, 11, 17, tzinfo=UTC)
        self.store: Store = stores.create(path, clock=self._tick)
        choice_contest.number_everyone(self.store, self._chance.choice(["entrant", "division"]))
        with self.store.write("tester", "test.more_people") as writing:
            rows = models.Person.select(models.Person.unit, models.Person.division).distinct().tuples()
            more = [{"unit": unit, "division": division, "name": f"候补{unit}{division}"} for unit, division in rows]
            writing.insert_many(models.Person, more)
        self._ways: tuple[Callable[[], object], ...] = (
            *[self._next_draw] * 6,
            *[self._change_plan] * 3,
            *[self._replace] * 2,
            self._void,
            self._jump,
        )

    def _tick(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def step(self) -> None:
        """One thing that somebody does; what the program refuses has changed nothing."""
        with suppress(UserError):
            self._chance.choice(self._ways)()

    def _next_draw(self) -> None:
        for kind in self._chance.choice([KINDS, KINDS[::-1]]):
            row = queries.current(self.store, kind)
            if row is None:
                draws.freeze(self.store, "秘书", kind)
                return
            if row.state == "frozen":
                draws.draw(self.store, "秘书", row.id, [str(self._chance.random()), "高安"], ["甲", "乙"])
                return

    def _void(self) -> None:
        standing = [row for row in queries.draws(self.store) if row.state != "void"]
        if standing:
            draws.void(self.store, "秘书", self._chance.choice(standing[-2:]).id, "重抽")

    def _replace(self) -> None:
        with self.store.read():
            places = [row.id for row in models.Entrant.select() if row.person_id]
        if places:
            place = self._chance.choice(places)
            coming = substitutes(self.store, place)
            if coming:
                substitution.substitute(self.store, "检录", place, coming[0].person_id, "生病")

    def _jump(self) -> None:
        self._now += timedelta(hours=self._chance.choice([-30, -1, 5]))

    def _change_plan(self) -> None:
        plan, chance = current_plan(self.store), self._chance
        judge, station, unit = (chance.randrange(len(part)) for part in (plan.judges, plan.stations, plan.units))
        judges, stations, units = list(plan.judges), list(plan.stations), list(plan.units)
        judges[judge] = replace(judges[judge], unit_name=chance.choice([units[unit].name, "省人民医院"]))
        stations[station] = replace(stations[station], lanes=chance.randint(1, 3))
        chance.shuffle(units)
        info = chance.choice(
            [
                replace(plan.info, apart=not plan.info.apart, waves=chance.randint(1, 3)),
                replace(plan.info, blind=not plan.info.blind),
                replace(plan.info, reserves=chance.randint(0, 2), equal_lanes=not plan.info.equal_lanes),
            ]
        )
        changed = chance.choice(
            [
                replace(plan, judges=tuple(judges)),
                replace(plan, stations=tuple(stations)),
                replace(plan, units=tuple(units)),
                replace(plan, info=info),
            ]
        )
        save_plan(self.store, "秘书", changed, "调整方案")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_between_draws_the_file_is_what_they_gave(tmp_path: Path, seed: int) -> None:
    walk = _Walk(tmp_path / "event.biwu", seed)
    for _step in range(STEPS):
        walk.step()
        with walk.store.read():
            assert [*draw_faults(walk.store), *people_faults(walk.store)] == []
    walk.store.close()
    assert verify_file(tmp_path / "event.biwu") == []
