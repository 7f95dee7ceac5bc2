"""The readiness list asks for the people with a PIN whom the plan needs."""

from typing import Any

import pytest

from data import models
from data.actions import locks, operators
from data.actions.setup import save_plan
from data.queries.readiness import readiness
from data.store import Store
from tests.data import contest
from tests.data.contest import mark_everyone, plan


def titles(store: Store) -> list[str]:
    lines = [line for line in readiness(store).lines if line.target == "operators"]
    assert all((line.severity, line.page) == ("attention", "setup") for line in lines)
    return [line.title for line in lines]


def set_up(store: Store, **values: Any) -> None:
    save_plan(store, "tester", plan())
    with store.write("tester", "test.set_event") as writing:
        writing.update(models.Event.get(), **values)


def test_a_plan_that_asks_for_nobody_says_nothing(store: Store):
    set_up(store)
    assert titles(store) == []


@pytest.mark.parametrize("policy", ["all", "sample", "top"])
def test_a_second_entry_needs_two(store: Store, policy: str):
    set_up(store, verify=policy)
    operators.add(store, "秘书处", "李敏", "1234")
    assert titles(store) == ["A second entry needs two people who sign in"]
    operators.add(store, "秘书处", "赵敏", "5678")
    assert titles(store) == []


@pytest.mark.parametrize("limit", ["spread_milli", "low_milli", "high_milli"])
def test_an_alarm_needs_a_chief_judge(store: Store, limit: str):
    set_up(store, **{limit: 0})
    assert titles(store) == ["Nobody can confirm what is unusual"]
    operators.add(store, "秘书处", "王建国", "2023", chief=True)
    assert titles(store) == []


def reopened(store: Store) -> list[tuple[str, str, str]]:
    """Title, page and target of the lines about what was reopened."""
    lines = [line for line in readiness(store).lines if line.title.startswith("Reopened")]
    return [(line.title, line.page, line.target) for line in lines]


def test_what_was_reopened_waits_to_be_locked_again(store: Store):
    mark_everyone(store, contest.set_up(store))
    operators.add(store, "秘书处", "王建国", "2023", chief=True)
    locks.lock_station(store, "李敏", "S1")
    locks.lock_division(store, "李敏", "N")
    assert reopened(store) == []
    locks.reopen(store, "李敏", 1, "王建国", "2023", "抄错")
    title = "Reopened, and not locked again: {}".format
    assert reopened(store) == [(title("静脉输液"), "score_entry", "S1")]
    locks.lock_station(store, "李敏", "S1")
    locks.reopen(store, "李敏", 2, "王建国", "2023", "抄错")
    assert reopened(store) == [(title("全县·护理组"), "results", "N")]
    locks.lock_division(store, "李敏", "N")
    assert reopened(store) == []
