"""A published draw record is checked from its file alone; what is wrong with it or with the file is said in words."""

import json
from pathlib import Path

import pytest

from data.errors import FileProblem
from data.exchange import draw_json
from data.exchange.draw_check import check_file
from data.exchange.draw_json import record_text
from data.rules.draw import PoolId
from data.rules.draw_record import SEALED_KEYS, Candidate, drawn_record, frozen_record, void_record

PEOPLE = [Candidate(PoolId("1H", unit, 10 * unit + n), f"张{n}", f"第{unit}医院") for unit in (1, 2) for n in (1, 2, 3)]


def frozen() -> dict:
    return frozen_record("numbers", "大比武", PEOPLE, {}, {"apart": True, "waves": 2})


def drawn() -> dict:
    return drawn_record(frozen(), ["08 15 6", "高安"], ["甲", "乙"], "2023-11-17T02:00:00.000Z")


def check(folder: Path, record: object):
    path = folder / "draw.json"
    path.write_text(record_text(record) if isinstance(record, dict) else json.dumps(record), "utf-8")
    return check_file(path)


def test_a_record_that_agrees_names_all_that_was_redone(tmp_path: Path):
    record = drawn()
    found = check(tmp_path, record)
    assert found.findings == found.notes == ()
    assert found.title == "Numbers draw · 大比武"
    told = "\n".join(found.agrees)
    for value in ("6 entries", record["pool_sha256"], record["published_sha256"], "2 parts", "6.8.15./高安/", "甲, 乙"):
        assert value in told
    assert "6 steps" in told
    assert f"{len(record['passed_over'])} lines" in told


def test_an_older_record_has_one_hash_less(tmp_path: Path):
    record = drawn_record(frozen_record("numbers", "大比武", PEOPLE), ["1", "2"], ["甲", "乙"], "t")
    for key in ("rules", "published_sha256", "seed_checks"):
        del record[key]
    for entry in record["pool"]:
        del entry["check"]
    found = check(tmp_path, record)
    assert found.findings == ()
    assert len(found.agrees) == 6
    assert "earlier version" in found.notes[0]


def test_a_record_stripped_of_its_hashes_is_not_taken_for_one_that_has_them(tmp_path: Path):
    """Whoever strips them can give a unit more places and draw again with the same list and seed."""
    pool = [Candidate(PoolId("1H", 1, n), f"张{n}", "市医院") for n in range(1, 7)]
    record = drawn_record(frozen_record("selection", "大比武", pool, {"1H": 3}), ["1", "2"], ["甲", "乙"], "t")
    for key in ("rules", "published_sha256", "seed_checks"):
        del record[key]
    for entry in record["pool"]:
        del entry["check"]
    found = check(tmp_path, record)
    assert found.findings == ()
    assert "the places" in found.notes[0]


def test_what_differs_is_named_with_its_place_and_nothing_is_said_to_agree(tmp_path: Path):
    record = drawn()
    record["pool"][3]["name"] = "李四"
    found = check(tmp_path, record)
    assert found.findings == ("Line 4 of the list was altered after it was published: “1H-02-0021 李四 第2医院”.",)
    assert found.agrees == ()


def test_many_findings_are_counted(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("data.exchange.draw_check._MOST", 2)
    record = drawn()
    for entry in record["pool"]:
        entry["name"] += "?"
    found = check(tmp_path, record)
    assert len(found.findings) == 3
    assert found.findings[2] == "… and 4 more"


def test_a_list_that_is_not_drawn_and_a_void_draw_are_said_to_be_so(tmp_path: Path):
    assert check(tmp_path, frozen()).notes == ("The list is frozen and not drawn yet.",)
    void = check(tmp_path, void_record(drawn(), "t", "名单有误"))
    assert void.findings == ()
    assert "名单有误" in void.notes[0]


def test_of_a_sealed_record_the_seed_alone_is_checked(tmp_path: Path):
    record = {key: value for key, value in drawn().items() if key not in SEALED_KEYS} | {"sealed": True, "count": 6}
    found = check(tmp_path, record)
    assert found.findings == ()
    assert [text.split(":")[0] for text in found.agrees] == ["Seed", "Witnesses"]
    assert "sealed" in found.notes[0]
    record["seed_parts"] = ["8 15 6", "高安"]
    assert len(check(tmp_path, record).findings) == 1
    half = drawn() | {"sealed": True}
    del half["order"]
    assert "order" in check(tmp_path, half).findings[0]


def test_a_record_cannot_command_the_terminal(tmp_path: Path):
    record = drawn() | {"event": "大比武\x1b[2J\r"}
    assert "\x1b" not in check(tmp_path, record).title
    assert "\r" not in check(tmp_path, record).title


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"pool": ' + b"[" * 100_000,
        b"1" * 5000,
        record_text(drawn()).encode()[:-40],
        record_text(drawn()).replace("{", '{"result": [],', 1).encode(),
        record_text(drawn()).replace('{"n": 1,', '{"n": 1, "name": "李四",').encode(),
    ],
)
def test_a_file_that_is_no_record_is_refused_in_words(tmp_path: Path, content):
    path = tmp_path / "draw.json"
    path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        check_file(path)
    assert caught.value.todo


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(draw_json, "_LARGEST", 1000)
    with pytest.raises(FileProblem, match="too large"):
        check(tmp_path, drawn())


@pytest.mark.parametrize("record", [{}, {"kind": "lunch"}, {"kind": "numbers", "pool": 5}, {"kind": ["numbers"]}])
def test_an_object_that_is_no_record_is_a_finding(tmp_path: Path, record):
    found = check(tmp_path, record)
    assert len(found.findings) == 1
    assert found.title.endswith("draw.json")


def test_a_kind_of_a_later_version_is_a_finding(tmp_path: Path):
    assert "lunch" in check(tmp_path, drawn() | {"kind": "lunch"}).findings[0]
