from dataclasses import replace

import pytest

from data.actions import marks
from data.errors import NotFound
from data.queries.result_changes import LineChange, changes_between, compare
from data.queries.results import Frozen, FrozenDivision, FrozenRow, VersionRow
from data.store import Store
from tests.data import ending
from tests.data.contest import mark_everyone, set_up

EVENT = {"code": "GA23", "name": "比武", "organizer": "卫健委", "host": "", "date": "2023-11-18"}
WEI = FrozenRow(
    1,
    1,
    False,
    "N-01",
    "张伟",
    "第一医院",
    "一院",
    ("90",),
    ("90.00",),
    "90",
    "90.00",
    "一等奖",
    "GA23-N-0001",
    "present",
)
NA = replace(
    WEI,
    entrant_id=2,
    place=2,
    number="N-02",
    name="李娜",
    components=("80.001",),
    shown_components=("80.00",),
    total="80.001",
    shown="80.00",
    award="",
    serial="",
)


def content(*rows: FrozenRow, title: str = "全县·护理组", code: str = "N", **event: str) -> Frozen:
    division = FrozenDivision(code, title, "individual", ("静脉输液",), rows)
    return Frozen(VersionRow(1, "2023-11-18T09:00:00Z", "李敏", "", "00"), EVENT | event, (division,))


def told(before: Frozen, after: Frozen) -> list[tuple[str, str, str, str]]:
    return [(one.name, one.what, one.before, one.after) for one in changes_between(before, after)]


def test_the_same_content_differs_in_nothing() -> None:
    assert changes_between(content(WEI, NA), content(WEI, NA)) == ()


def test_a_value_is_named_with_whose_it_is() -> None:
    after = content(replace(WEI, award="特等奖"), NA)
    assert changes_between(content(WEI, NA), after) == (
        LineChange("全县·护理组", 1, "N-01", "张伟", "第一医院", "Award", "一等奖", "特等奖"),
    )


def test_the_order_of_lines_alone_is_no_change() -> None:
    assert told(content(WEI, NA), content(NA, WEI)) == []


def test_a_place_that_becomes_shared_is_a_change() -> None:
    assert told(content(WEI, NA), content(WEI, replace(NA, place=1, shared=True))) == [
        ("李娜", "Place", "2", "1, shared")
    ]


def test_a_difference_that_rounding_hides_is_shown_unrounded() -> None:
    after = content(WEI, replace(NA, components=("80.002",), total="80.002"))
    assert told(content(WEI, NA), after) == [
        ("李娜", "静脉输液", "80.00 (80.001)", "80.00 (80.002)"),
        ("李娜", "Total score", "80.00 (80.001)", "80.00 (80.002)"),
    ]


def test_a_state_is_told_in_words() -> None:
    out = replace(NA, place=None, state="disqualified", components=("",), shown_components=("",), total="", shown="")
    assert ("李娜", "State", "", "disqualified") in told(content(WEI, NA), content(WEI, out))
    assert ("李娜", "Total score", "80.00", "") in told(content(WEI, NA), content(WEI, out))


def test_an_entrant_who_came_or_went_has_all_values_on_one_side() -> None:
    gone = told(content(WEI, NA), content(WEI))
    assert gone == [
        ("李娜", "Place", "2", ""),
        ("李娜", "静脉输液", "80.00", ""),
        ("李娜", "Total score", "80.00", ""),
        ("李娜", "Contestant number", "N-02", ""),
        ("李娜", "Name", "李娜", ""),
        ("李娜", "Unit", "第一医院", ""),
    ]
    came = told(content(WEI), content(WEI, NA))
    assert came == [(name, what, after, before) for name, what, before, after in gone]


def test_event_and_division_have_their_own_lines() -> None:
    after = content(WEI, title="全县·急诊组", host="市医院")
    assert told(content(WEI), after) == [("", "Host", "", "市医院"), ("", "Division", "全县·护理组", "全县·急诊组")]


def test_a_division_that_is_gone_takes_its_lines_along() -> None:
    found = changes_between(content(WEI), content(replace(WEI, entrant_id=9), title="全县·医疗组", code="Y"))
    assert {(one.division_title, one.entrant_id, bool(one.before)) for one in found} == {
        ("全县·医疗组", 9, False),
        ("全县·护理组", 1, True),
    }


def test_two_versions_of_an_event_are_compared(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    ending.finalise(store, "裁判长")
    marks.set_visit(store, "裁判长", visits[5], penalty_milli=1000)
    ending.finalise(store, "裁判长", "超时")
    assert [(one.name, one.what, one.before, one.after) for one in compare(store, 1, 2)] == [
        ("孙莉", "静脉输液", "70.00", "69.00"),
        ("孙莉", "Total score", "73.00", "72.30"),
        ("第三医院", "前两名合计", "149.50", "148.80"),
        ("第三医院", "Total score", "149.50", "148.80"),
    ]
    with pytest.raises(NotFound, match="no result version 3"):
        compare(store, 1, 3)
