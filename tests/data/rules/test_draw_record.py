"""A draw record proves itself: whatever is altered in it, the check names the first difference."""

import hashlib
import json
from copy import deepcopy

import pytest

from data.rules import draw
from data.rules.draw_record import KEYS, Candidate, arranged, drawn_record, frozen_record, verify_record, void_record

PEOPLE = [
    Candidate(draw.PoolId("1H", unit, 10 * unit + n), f"张{n}", f"第{unit}医院") for unit in (1, 2) for n in (1, 2, 3)
]


def selection():
    frozen = frozen_record("selection", "大比武", PEOPLE, {"1H": 1})
    return drawn_record(frozen, ["08 15 6", "高安"], ["甲", "乙"], "2023-11-17T02:00:00.000Z")


def numbers():
    frozen = frozen_record("numbers", "大比武", PEOPLE[:4], {})
    return drawn_record(frozen, ["1", "2"], ["甲", "乙"], "2023-11-17T02:00:00.000Z")


@pytest.mark.parametrize("make", [selection, numbers])
def test_a_record_is_whole_and_passes_its_own_check_as_json_too(make):
    record = make()
    assert tuple(record) == KEYS
    assert verify_record(json.loads(json.dumps(record))) == []
    assert verify_record(void_record(record, "2023-11-17T03:00:00.000Z", "名单有误")) == []


def test_a_selection_record_says_who_was_selected_and_why_others_were_not():
    record = selection()
    assert record["key"] == "6.8.15./高安/"
    check = hashlib.sha256("1\t1H-01-0011\t张1\t第1医院".encode()).hexdigest()[:8]
    assert record["pool"][0] == {"n": 1, "id": "1H-01-0011", "name": "张1", "unit": "第1医院", "check": check}
    assert len(record["order"]) == 6
    assert len(record["result"]) == 2
    assert {"selected", "seeded", "id"} == set(record["result"][0])
    assert [entry["why"] for entry in record["passed_over"]] == ["quota"] * 4


def test_a_blind_record_has_no_names():
    record = frozen_record("numbers", "e", [Candidate(draw.PoolId("N", 1, 1), "", "院")], {})
    (entry,) = record["pool"]
    assert {name for name in entry if name != "check"} == {"n", "id", "unit"}


def test_a_frozen_list_is_checked_as_far_as_it_goes():
    frozen = frozen_record("selection", "e", PEOPLE, {"1H": 1})
    assert verify_record(frozen) == []
    frozen["pool"].pop()
    assert [finding.code for finding in verify_record(frozen)] == ["pool_sha256", "published"]


def test_void_keeps_everything_else():
    record = selection()
    void = void_record(record, "t", "名单有误")
    assert void["void"] == {"at": "t", "reason": "名单有误"}
    assert {**void, "void": None} == record


def altered(change):
    record = deepcopy(selection())
    change(record)
    return record


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (lambda record: record.update(method="dice"), "method", 0),
        (lambda record: record.update(kind="lunch"), "kind", 0),
        (lambda record: record["pool"][2].update(n=9), "numbering", 3),
        (lambda record: record.update(pool_sha256="0" * 64), "pool_sha256", 0),
        (lambda record: record.update(witnesses=["甲"]), "witnesses", 0),
        (lambda record: record.update(witnesses=["甲", " 甲"]), "witnesses", 0),
        (lambda record: record.update(seed_parts=["1"]), "parts", 0),
        (lambda record: record.update(seed_parts=["1", ""]), "parts", 2),
        (lambda record: record.update(key="6.8.15./高安"), "key", 2),
        (lambda record: record["order"].append("1H-01-0011"), "order", 7),
        (lambda record: record["order"].reverse(), "order", 1),
        (lambda record: record["passed_over"][1].update(why="history"), "passed_over", 2),
        (lambda record: record["result"].pop(), "result", 2),
        (lambda record: record.update(quotas={"1H": 2}), "passed_over", 1),
        (lambda record: record["pool"][0].update(id="?"), "malformed", 0),
        (lambda record: record.pop("order"), "malformed", 0),
        (lambda record: record.update(pool=None), "malformed", 0),
    ],
)
def test_whatever_is_altered_is_found_and_named(change, code, place):
    findings = verify_record(altered(change))
    assert (code, place) in [(finding.code, finding.place) for finding in findings]


def test_the_first_difference_shows_both_values():
    record = selection()
    right = record["order"][1]
    record["order"][1] = record["order"][0]
    (finding,) = verify_record(record)
    assert (finding.expected, finding.found) == (right, record["order"][0])


def test_a_seed_of_another_draw_gives_another_order():
    record = selection()
    record["seed_parts"] = ["7", "高安"]
    assert {"key", "order"} <= {finding.code for finding in verify_record(record)}


def test_a_stored_record_is_published_in_its_own_order():
    record = selection()
    sorted_keys = json.loads(json.dumps(record, sort_keys=True))
    assert json.dumps(arranged(sorted_keys)) == json.dumps(record)
