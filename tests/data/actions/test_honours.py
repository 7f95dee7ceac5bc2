"""Titles beside the awards, given and taken by hand, and how the standings give them."""

from dataclasses import replace

import pytest

from data import models
from data.actions import honours as actions
from data.actions import marks, operators, results
from data.actions.setup import save_plan
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import honours
from data.queries.honours import HonourRow
from data.queries.plan import current_plan
from data.rules.plan import Honour
from data.store import Store
from tests.data.contest import entrant_of, mark_everyone, set_up

HONOURS = (
    Honour("先进个人", "person", "place", 1),
    Honour("技术能手", "person", "awards", 2),
    Honour("先进团体", "unit", "place", 1),
    Honour("优秀组织奖", "unit", "attendance"),
    Honour("精神文明奖", "unit", "hand"),
    Honour("道德风尚奖", "person", "hand", 2),
)


@pytest.fixture
def visits(store: Store) -> list[int]:
    """Six nurses without marks, and every kind of honour."""
    found = set_up(store)
    save_plan(store, "tester", replace(current_plan(store), honours=HONOURS), "荣誉")
    return found


@pytest.fixture
def contest(store: Store, visits: list[int]) -> Store:
    mark_everyone(store, visits)
    return store


def row(store: Store, name: str) -> HonourRow:
    return next(one for one in honours.honours(store) if one.name == name)


def names(store: Store, name: str) -> list[str]:
    return [one.name for one in row(store, name).holders]


def test_the_standings_give_honours(contest: Store) -> None:
    assert {one.name: [holder.name for holder in one.holders] for one in honours.honours(contest)} == {
        "先进个人": ["张伟"],
        "技术能手": ["张伟", "李娜", "王芳"],
        "先进团体": ["第一医院"],
        "优秀组织奖": ["第一医院", "第二医院", "第三医院"],
        "精神文明奖": [],
        "道德风尚奖": [],
    }
    grounds = {one.name: one.holders[0].ground for one in honours.honours(contest) if one.holders}
    assert grounds == {
        "先进个人": "全县·护理组: place 1",
        "技术能手": "全县·护理组: 一等奖",
        "先进团体": "20 award points",  # 一等奖 8 + 二等奖 4 + 团体奖 8
        "优秀组织奖": "all 2 entrants took part",
    }
    assert not any(one.waits for one in honours.honours(contest))


def test_before_the_last_mark_no_rule_has_the_last_word(store: Store, visits: list[int]) -> None:
    mark_everyone(store, visits[:5], (95, 90, 85, 80, 75))
    assert {one.name: (len(one.holders), one.waits) for one in honours.honours(store)} == {
        "先进个人": (0, True),
        "技术能手": (0, True),
        "先进团体": (0, True),
        "优秀组织奖": (0, True),
        "精神文明奖": (0, False),
        "道德风尚奖": (0, False),
    }


def test_an_undecided_tie_leaves_the_honours_of_units_open(store: Store, visits: list[int]) -> None:
    mark_everyone(store, visits, (90, 90, 85, 80, 75, 70))
    assert names(store, "先进团体") == []
    assert names(store, "先进个人") == ["张伟", "李娜"]
    results.share_award(store, "裁判长", [entrant_of(store, visit) for visit in visits[:2]], "并列")
    assert names(store, "先进团体") == ["第一医院"]


def test_a_unit_whose_people_stay_away_is_not_well_organised(store: Store, visits: list[int]) -> None:
    mark_everyone(store, visits)
    marks.set_visit(store, "裁判长", visits[5], state="absent", reason="未到")
    assert names(store, "优秀组织奖") == ["第一医院", "第二医院"]


def test_an_honour_is_given_and_taken_by_hand(contest: Store, visits: list[int]) -> None:
    moral, last = row(contest, "道德风尚奖"), entrant_of(contest, visits[5])
    assert len(moral.candidates) == 6
    actions.give_honour(contest, "裁判长", moral.id, last, " 主动帮助他人 ")
    [holder] = row(contest, "道德风尚奖").holders
    assert (holder.name, holder.ground, holder.by_hand, holder.actor) == ("孙莉", "主动帮助他人", True, "裁判长")
    assert holder.at
    assert len(row(contest, "道德风尚奖").candidates) == 5
    actions.take_honour(contest, "裁判长", moral.id, last, "本人谢绝")
    assert row(contest, "道德风尚奖").holders == ()
    assert row(contest, "道德风尚奖").taken == ()
    actions.give_honour(contest, "裁判长", moral.id, last, "再议")
    assert names(contest, "道德风尚奖") == ["孙莉"]
    with contest.read():
        assert models.HonourGiven.select().count() == 1


def test_an_honour_by_the_rule_is_taken_and_given_back(contest: Store) -> None:
    organised = row(contest, "优秀组织奖")
    unit = organised.holders[1].key
    actions.take_honour(contest, "裁判长", organised.id, unit, "未按时报到")
    after = row(contest, "优秀组织奖")
    assert [one.name for one in after.holders] == ["第一医院", "第三医院"]
    assert [(one.name, one.ground) for one in after.taken] == [("第二医院", "未按时报到")]
    actions.give_honour(contest, "裁判长", organised.id, unit, "核实后恢复")
    after = row(contest, "优秀组织奖")
    assert [(one.name, one.by_hand) for one in after.holders] == [
        ("第一医院", False),
        ("第二医院", False),
        ("第三医院", False),
    ]
    assert after.taken == ()


def test_what_makes_no_sense_is_refused(contest: Store) -> None:
    first = row(contest, "先进个人")
    holder, other = first.holders[0].key, first.candidates[0].key
    with pytest.raises(NotAllowed, match="张伟 has this honour already"):
        actions.give_honour(contest, "裁判长", first.id, holder, "理由")
    with pytest.raises(NotFound, match="Nobody who can have"):
        actions.give_honour(contest, "裁判长", first.id, 9999, "理由")
    with pytest.raises(NotFound, match="Nobody who has"):
        actions.take_honour(contest, "裁判长", first.id, other, "理由")
    with pytest.raises(NotFound, match="no such honour"):
        actions.give_honour(contest, "裁判长", 9999, other, "理由")
    for action, key in ((actions.give_honour, other), (actions.take_honour, holder)):
        with pytest.raises(InvalidInput, match="A reason is needed"):
            action(contest, "裁判长", first.id, key, " ")
    operators.add(contest, "李敏", "李敏", "1234")
    with pytest.raises(NotAllowed, match="signed in"):
        actions.give_honour(contest, "路人", first.id, other, "理由")


def test_while_names_are_sealed_nobody_has_an_honour(contest: Store) -> None:
    with contest.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at="", drawn_at="")
    assert all(one.waits and not one.holders and not one.candidates for one in honours.honours(contest))
    with pytest.raises(NotAllowed, match="sealed"):
        actions.give_honour(contest, "裁判长", row(contest, "精神文明奖").id, 1, "理由")


def test_a_decision_on_somebody_who_is_no_more_in_the_standings_says_nothing(contest: Store, visits: list[int]) -> None:
    moral = row(contest, "道德风尚奖")
    with contest.write("tester", "test.team") as writing:
        team = models.Entrant.select().join(models.Division).where(models.Division.code == "NT").first()
        writing.insert(
            models.HonourGiven, honour=moral.id, entrant=team.id, reason="", actor="旧版", at="", taken=False
        )
    assert names(contest, "道德风尚奖") == []


def test_a_plan_without_honours_has_none(store: Store) -> None:
    mark_everyone(store, set_up(store))
    assert honours.honours(store) == ()
    with store.read():
        assert honours.honours_of(()) == ()
