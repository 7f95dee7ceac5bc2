"""A draw record proves itself: whatever is altered in it, the check names the first difference."""

import hashlib
import json
import sqlite3
from contextlib import closing
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exchange.draw_json import record_text
from data.rules import draw
from data.rules.draw_record import (
    KEYS,
    KINDS,
    SEALED_KEYS,
    Candidate,
    Contradiction,
    arranged,
    drawn_record,
    frozen_record,
    verify_record,
    void_record,
)
from tests.data.rules.draw_lists import AT, FROZEN, SEED, WITNESSES, drawn, records

PROJECT = Path(__file__).parents[3]
PEOPLE = [
    Candidate(draw.PoolId("1H", unit, 10 * unit + n), f"张{n}", f"第{unit}医院") for unit in (1, 2) for n in (1, 2, 3)
]


def selection():
    frozen = frozen_record("selection", "大比武", PEOPLE, {"1H": 1})
    return drawn_record(frozen, SEED, WITNESSES, AT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_whole_and_passes_its_own_check_as_json_too(kind):
    record = drawn(kind)
    assert tuple(record) == KEYS
    assert verify_record(json.loads(json.dumps(record))) == []
    assert verify_record(json.loads(json.dumps(record, sort_keys=True))) == []
    assert verify_record(void_record(record, "2023-11-17T03:00:00.000Z", "名单有误")) == []
    assert verify_record(FROZEN[kind]) == []


@pytest.mark.parametrize("file", ["tests/db_versions/v1.biwu", "resources/examples/demo.biwu"])
def test_records_of_earlier_versions_still_agree(file):
    with closing(sqlite3.connect(f"file:{PROJECT / file}?mode=ro", uri=True)) as connection:
        stored = [json.loads(text) for (text,) in connection.execute("SELECT record FROM draw")]
    assert stored
    for record in stored:
        assert verify_record(record) == []
        assert verify_record(arranged(record)) == []


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


def _nested():
    value = []
    for _depth in range(5000):
        value = [value]
    return value


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
        (lambda record: record["pool"][2].update(name="李四"), "entry", 3),
        (lambda record: record["pool"][2].update(check="00000000"), "entry", 3),
        (lambda record: record["pool"][2].pop("check"), "entry", 3),
        (lambda record: record["pool"].insert(1, record["pool"][0]), "twice", 1),
        (lambda record: record.update(event="小比武"), "published", 0),
        (lambda record: record.update(quotas={"1H": 2}), "published", 0),
        (lambda record: record.update(rules={"reserves": 1}), "published", 0),
        (lambda record: record.update(rules={"reserves": "1"}), "malformed", 0),
        (lambda record: record.update(published_sha256="0" * 64), "published", 0),
        (lambda record: record.update(seed_parts=["8 15 6", "高安"]), "seed", 1),
        (lambda record: record.update(seed_checks=record["seed_checks"][:1]), "seed", 2),
        (lambda record: record.update(seed_parts=["08 15 6", "高要"]), "key", 2),
        (lambda record: record.update(seed_parts=["08 15 6", "高安", "3"]), "key", 3),
        (lambda record: record.pop("rules"), "malformed", 0),
        (lambda record: record.pop("seed_checks"), "malformed", 0),
        (lambda record: record.pop("drawn_at"), "malformed", 0),
        (lambda record: record.update(drawn_at=5), "malformed", 0),
        (lambda record: record.update(witnesses=["甲", 5]), "malformed", 0),
        (lambda record: record.update(quotas={"1H": "1"}), "malformed", 0),
        (lambda record: record.update(quotas={"1H": True}), "malformed", 0),
        (lambda record: record["pool"].append("1H-02-0024"), "malformed", 0),
        (lambda record: record["pool"][0].update(name=5), "malformed", 0),
        (lambda record: record["pool"][0].update(n=True), "numbering", 1),
        (lambda record: record["pool"][0].update(name="\ud800"), "malformed", 0),
        (lambda record: record.update(pool=record["pool"] * 11_000), "malformed", 0),
        (lambda record: record.update(event=_nested()), "malformed", 0),
        (lambda record: record["rules"].update(deep=_nested()), "malformed", 0),
        (lambda record: record["result"].append(None), "result", 3),
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


def test_a_list_that_no_rules_can_hold_for_is_named():
    record = drawn("lanes")
    for entry in record["pool"]:
        if not entry["id"].endswith("R"):
            entry["id"] += "R"
    assert "impossible" in {finding.code for finding in verify_record(record)}
    crowd = [Candidate(draw.PoolId("A", 1, n)) for n in (1, 2)]
    with pytest.raises(Contradiction):
        drawn_record(frozen_record("numbers", "e", crowd, {}, {"apart": True}), SEED, WITNESSES, AT)


@pytest.mark.parametrize("record", [None, 5, "text", [], [{}], {"kind": []}, {"kind": "lanes"}])
def test_what_is_no_record_is_malformed(record):
    assert [finding.code for finding in verify_record(record)] == ["malformed"]


def test_a_sealed_record_is_checked_by_its_seed():
    record = {key: value for key, value in drawn("numbers").items() if key not in SEALED_KEYS}
    assert verify_record(record | {"sealed": True}) == []
    assert [finding.code for finding in verify_record(record)] == ["malformed"]
    changed = record | {"sealed": True, "seed_parts": ["08 15 7", "高安"]}
    assert {(finding.code, finding.place) for finding in verify_record(changed)} == {("seed", 1), ("key", 1)}


@pytest.mark.parametrize("kind", ["selection", "items"])
def test_what_is_never_sealed_cannot_leave_its_list_out(kind):
    record = {key: value for key, value in drawn(kind).items() if key not in SEALED_KEYS} | {"sealed": True}
    assert [finding.found for finding in verify_record(record)] == ["sealed"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_result_needs_the_moment_of_its_draw(kind):
    """Without it nothing would be redone, so anybody could be in the result."""
    forged = drawn(kind)
    forged["drawn_at"] = None
    forged["result"].reverse()
    assert [finding.found for finding in verify_record(forged)] == ["drawn_at"]


@pytest.mark.parametrize("void", [True, "void", {}, {"at": "t"}, {"at": None, "reason": "名单有误"}])
def test_a_draw_is_void_with_moment_and_reason_or_it_is_not(void):
    assert [finding.found for finding in verify_record(selection() | {"void": void})] == ["void"]


def test_only_the_kinds_that_are_older_may_lack_hashes():
    for kind in KINDS:
        plain = frozen_record(kind, "e", [], {}, FROZEN[kind]["rules"] if kind not in ("selection", "numbers") else {})
        record = drawn_record(plain, SEED, WITNESSES, AT)
        assert verify_record(record) == []
        for key in ("rules", "published_sha256", "seed_checks"):
            del record[key]
        assert bool(verify_record(record)) == (kind not in ("selection", "numbers"))


@given(records())
def test_the_same_record_gives_the_same_bytes(record):
    frozen = {**record, "seed_parts": [], "order": [], "passed_over": [], "result": []}
    again = drawn_record(deepcopy(frozen), record["seed_parts"], record["witnesses"], record["drawn_at"])
    assert record_text(again).encode() == record_text(record).encode()
    stored = json.loads(json.dumps(record, sort_keys=True))
    assert record_text(arranged(stored)).encode() == record_text(record).encode()
    assert verify_record(stored) == []


@given(records().filter(lambda record: record["pool"]), st.data())
def test_one_changed_character_of_the_list_is_found_with_its_line(record, data):
    entry = data.draw(st.sampled_from(record["pool"]))
    field = data.draw(st.sampled_from([name for name in ("id", "name", "unit") if entry.get(name)]))
    entry[field] = changed(entry[field], data)
    assert ("entry", entry["n"]) in {(finding.code, finding.place) for finding in verify_record(record)}


@given(records(), st.data())
def test_one_changed_character_of_the_seed_is_found_with_its_part(record, data):
    place = data.draw(st.integers(1, len(record["seed_parts"])))
    part = record["seed_parts"][place - 1]
    record["seed_parts"][place - 1] = changed(part, data)
    assert ("seed", place) in {(finding.code, finding.place) for finding in verify_record(record)}


@given(st.sampled_from(KINDS), st.data())
def test_one_changed_value_of_the_rest_is_found(kind, data):
    record = drawn(kind)
    part = data.draw(st.sampled_from(["order", "passed_over", "result"]))
    if not record[part]:
        return
    place = data.draw(st.integers(0, len(record[part]) - 1))
    value = record[part][place]
    if isinstance(value, str):
        record[part][place] = changed(value, data)
    else:
        name = data.draw(st.sampled_from(sorted(value)))
        value[name] = changed(value[name], data) if isinstance(value[name], str) else 99
    assert (part, place + 1) in {(finding.code, finding.place) for finding in verify_record(record)}


def changed(text: str, data) -> str:
    """The text with one character replaced, taken out or put in."""
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(exclude_characters=text[place], exclude_categories=["Cs"]))
    return data.draw(
        st.sampled_from(
            [
                text[:place] + letter + text[place + 1 :],
                text[:place] + text[place + 1 :],
                text[:place] + letter + text[place:],
            ]
        )
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("1H-01-0011R"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "n", "id", "1H", "x"]), inner),
    max_leaves=6,
)


@given(JSON)
def test_anything_that_json_can_say_is_checked_without_a_fault(value):
    assert verify_record(value)


@given(st.sampled_from(KINDS), JSON, st.data())
def test_a_record_with_anything_in_any_place_is_checked_without_a_fault(kind, value, data):
    record = drawn(kind)
    target, place = record, data.draw(st.sampled_from(KEYS))
    while isinstance(target[place], dict | list) and target[place] and data.draw(st.booleans()):
        target = target[place]
        place = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
    target[place] = value
    assert isinstance(verify_record(json.loads(json.dumps(record))), list)
