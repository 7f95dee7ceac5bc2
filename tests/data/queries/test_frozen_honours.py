"""Honours in result versions: frozen with a certificate number, compared, and recomputed from the log."""

import hashlib
from dataclasses import replace

import pytest

from data import models
from data.actions import honours as actions
from data.actions.setup import save_plan
from data.queries import result_changes, results
from data.queries.honours import honours
from data.queries.plan import current_plan
from data.queries.result_state import result_state
from data.rules.plan import Honour
from data.store import Store
from data.verify import verify_file
from tests.data import ending
from tests.data.contest import mark_everyone, set_up


@pytest.fixture
def contest(store: Store) -> Store:
    visits = set_up(store)
    plan = replace(
        current_plan(store),
        honours=(Honour("先进个人", "person", "place", 1), Honour("优秀组织奖", "unit", "hand")),
    )
    save_plan(store, "tester", plan, "荣誉")
    mark_everyone(store, visits)
    return store


def test_a_version_freezes_who_has_an_honour(contest: Store) -> None:
    ending.finalise(contest, "裁判长")
    version = results.frozen(contest)
    code = version.event["code"]
    assert [(one.name, [(row.name, row.unit, row.serial) for row in one.rows]) for one in version.honours] == [
        ("先进个人", [("张伟", "第一医院", f"{code}-H-0001")]),
        ("优秀组织奖", []),
    ]
    assert not result_state(contest).differs


def test_an_honour_given_later_is_a_difference(contest: Store) -> None:
    ending.finalise(contest, "裁判长")
    organised = honours(contest)[1]
    actions.give_honour(contest, "裁判长", organised.id, organised.candidates[1].key, "组织得力")
    first = honours(contest)[0]
    actions.take_honour(contest, "裁判长", first.id, first.holders[0].key, "违纪")
    state = result_state(contest)
    code = results.frozen(contest).event["code"]
    expected = [
        ("第二医院", "优秀组织奖", "", f"{code}-H-0002"),
        ("张伟", "先进个人", f"{code}-H-0001", ""),
    ]
    assert state.differs
    assert [(one.name, one.what, one.before, one.after) for one in state.changes] == expected
    ending.finalise(contest, "裁判长", "荣誉")
    found = result_changes.compare(contest, 1, 2)
    assert [(one.name, one.what, one.before, one.after) for one in found] == expected
    path = contest.path
    contest.close()
    assert verify_file(path) == []


def test_an_honour_that_nobody_gave_is_found(contest: Store) -> None:
    ending.finalise(contest, "裁判长")
    with contest.write("旧版", "results.finalise") as writing:
        content = models.ResultVersion.get().content
        content["honours"][0]["rows"][0]["name"] = "李娜"
        sha256 = hashlib.sha256(models.canonical_json(content).encode()).hexdigest()
        writing.insert(models.ResultVersion, number=2, made_at="", actor="旧版", content=content, sha256=sha256)
    path = contest.path
    contest.close()
    assert verify_file(path) == ["Result version 2: the honour 先进个人 is not with those who had it then."]
