"""Draw records as files: published, read back, checked by a stranger's program."""

import hashlib
import json
from pathlib import Path

import pytest

from data.actions import draws as actions
from data.errors import FileProblem
from data.exchange import draw_json
from data.queries import draws as queries
from data.rules.draw_record import KEYS, verify_record
from data.store import Store


def select(store: Store) -> int:
    draw_id = actions.freeze(store, "李敏", "selection")
    actions.draw(store, "李敏", draw_id, ["08 15 6", "高安"], ["甲", "乙"])
    return draw_id


def number(store: Store) -> int:
    draw_id = actions.freeze(store, "李敏", "numbers")
    actions.draw(store, "李敏", draw_id, ["08 15 6", "高安"], ["甲", "乙"])
    return draw_id


def test_each_draw_that_was_made_has_its_file(nursing_rostered, tmp_path: Path):
    actions.void(nursing_rostered, "李敏", select(nursing_rostered), "重抽")
    select(nursing_rostered)
    number(nursing_rostered)
    paths = draw_json.write_records(nursing_rostered, tmp_path)
    assert [path.name for path in paths] == ["draw-1-selection.json", "draw-2-selection.json", "draw-3-numbers.json"]
    records = [draw_json.read_record(path) for path in paths]
    assert [record["void"] is None for record in records] == [False, True, True]
    assert [verify_record(record) for record in records] == [[], [], []]


def test_a_frozen_list_has_no_file_yet(nursing_rostered, tmp_path: Path):
    actions.freeze(nursing_rostered, "李敏", "selection")
    assert draw_json.write_records(nursing_rostered, tmp_path) == []


def test_a_stranger_can_redo_it_with_the_published_file_alone(nursing_rostered, tmp_path: Path):
    path = tmp_path / "draw.json"
    draw_json.write_record(nursing_rostered, select(nursing_rostered), path)
    record = json.loads(path.read_text("utf-8"))
    assert tuple(record) == KEYS
    lines = "".join(f"{entry['n']}\t{entry['id']}\n" for entry in record["pool"])
    assert hashlib.sha256(lines.encode()).hexdigest() == record["pool_sha256"]
    assert record["key"] == "6.8.15./高安/"
    left = [entry["id"] for entry in record["pool"]]
    order = []
    for step in range(len(left)):
        ends = step.to_bytes(2, "big")
        number = int(hashlib.md5(ends + record["key"].encode() + ends).hexdigest(), 16)
        order.append(left.pop(number % len(left)))
    assert order == record["order"]
    seen = [entry["id"] for entry in record["passed_over"]] + [entry["id"] for entry in record["result"]]
    assert sorted(seen) == sorted(order)


def test_the_same_draw_gives_the_same_bytes(nursing_rostered, tmp_path: Path):
    draw_id = select(nursing_rostered)
    draw_json.write_record(nursing_rostered, draw_id, tmp_path / "a.json")
    draw_json.write_record(nursing_rostered, draw_id, tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert queries.record(nursing_rostered, draw_id) == draw_json.read_record(tmp_path / "a.json")


def test_a_file_that_cannot_be_written(nursing_rostered, tmp_path: Path):
    with pytest.raises(FileProblem):
        draw_json.write_record(nursing_rostered, select(nursing_rostered), tmp_path / "missing" / "draw.json")


@pytest.mark.parametrize("text", ["", "[]", "{", "\xff"])
def test_not_a_record(tmp_path: Path, text):
    path = tmp_path / "draw.json"
    path.write_text(text, "latin-1")
    with pytest.raises(FileProblem):
        draw_json.read_record(path)
    with pytest.raises(FileProblem):
        draw_json.read_record(tmp_path / "missing.json")
