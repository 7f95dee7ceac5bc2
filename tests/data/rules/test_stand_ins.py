"""Who takes the seat of a judge of the own unit."""

from data.rules import stand_ins
from data.rules.plan import Judge


def seated(*units: str) -> list[Judge]:
    return [Judge(f"裁判{seat}", unit, "S1", 1, seat, seat == 1) for seat, unit in enumerate(units, start=1)]


def in_reserve(*units: str) -> list[Judge]:
    return [Judge(f"候补{seat}", unit, "S1", 0, seat, False, reserve=True) for seat, unit in enumerate(units, start=1)]


OWN = {"第一医院", "一院"}


def test_reserve_judges_step_in_by_their_seats():
    judges, reserves = seated("第一医院", "二院", " 一院 "), in_reserve("一院", "三院", "", "三院")
    pairs = stand_ins.stand_ins(reversed(judges), reversed(reserves), OWN)
    assert [(out.name, joins.name) for out, joins in pairs] == [("裁判1", "候补2"), ("裁判3", "候补3")]


def test_nobody_is_needed_where_no_judge_is_of_the_unit():
    assert stand_ins.stand_ins(seated("二院"), [], OWN) == ()


def test_too_few_reserve_judges_are_none():
    assert stand_ins.stand_ins(seated("一院", "一院"), in_reserve("三院"), OWN) is None
    assert stand_ins.stand_ins(seated("一院"), in_reserve("第一医院"), OWN) is None


def test_units_go_by_all_their_names():
    units = [OWN, {"第二医院", "二院"}, {"第三医院", "三院"}]
    assert stand_ins.replaceable(seated("一院", "第二医院"), in_reserve("二院"), units) == OWN
    assert stand_ins.replaceable(seated("一院", "第一医院"), in_reserve("三院"), units) == frozenset()
