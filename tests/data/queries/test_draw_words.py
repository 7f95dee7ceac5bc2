"""Every kind, reason, obstacle and finding of the draw rules has its own sentence, in both languages."""

import pytest

from data import i18n
from data.queries import draw_words
from data.rules.draw import SeedProblem
from data.rules.draw_outcome import Obstacle
from data.rules.draw_record import KINDS, RecordFinding

CODES = [
    "malformed",
    "method",
    "kind",
    "entry",
    "numbering",
    "twice",
    "pool_sha256",
    "published",
    "witnesses",
    "parts",
    "seed",
    "key",
    "impossible",
    "order",
    "passed_over",
    "result",
]
REASONS = ["history", "quota", "apart", "wave", "later", "enough", "has", "recusal", "full"]
OBSTACLES = [
    Obstacle("size", {"count": 70000, "most": 65536}),
    Obstacle("twice", {"id": "1H-01-0001"}),
    Obstacle("seeded", {"division": "1H", "unit": "市医院", "count": 3, "places": 2}),
    Obstacle("apart", {"division": "1H", "unit": "市医院", "count": 3, "size": 4}),
    Obstacle("choices", {"division": "1H", "component": 1, "count": 2, "needed": 3}),
    Obstacle("no_lane", {"station": "CPR", "units": ("市医院",), "who": ("1H-01", "1H-02")}),
    Obstacle("lanes", {"station": "CPR", "units": ("市医院",), "who": ("1H-01",), "lanes": (1, 2), "room": 1}),
    Obstacle("no_seat", {"who": ("J01",)}),
    Obstacle("seats", {"who": ("J01", "J02"), "seats": ("CPR-1-1",), "room": 1}),
]


@pytest.fixture(params=i18n.LANGUAGES)
def language(request) -> str:
    i18n.use(request.param)
    return request.param


def test_each_finding_has_a_sentence_of_its_own(language):
    sentences = {draw_words.finding_text(RecordFinding(code, 7, "EXPECTED", "FOUND")) for code in CODES}
    assert len(sentences) == len(CODES)
    assert all("FOUND" in sentence for sentence in sentences)


@pytest.mark.parametrize("code", ["entry", "numbering", "twice", "parts", "seed", "key"])
def test_the_line_or_the_part_is_named(code, language):
    assert "7" in draw_words.finding_text(RecordFinding(code, 7, "EXPECTED", "FOUND"))


@pytest.mark.parametrize("code", ["order", "passed_over", "result"])
def test_a_difference_is_named_with_its_place_and_both_values(code, language):
    sentence = draw_words.finding_text(RecordFinding(code, 7, "EXPECTED", "FOUND"))
    assert "7" in sentence
    assert "EXPECTED" in sentence


def test_lines_that_are_missing_or_too_many_are_told_apart(language):
    codes = ["order", "passed_over", "result"]
    missing = {draw_words.finding_text(RecordFinding(code, 7, "EXPECTED", "")) for code in codes}
    many = {draw_words.finding_text(RecordFinding(code, 7, "", "FOUND")) for code in codes}
    assert len(missing | many) == 6
    assert all("EXPECTED" in sentence and "7" in sentence for sentence in missing)
    assert all("FOUND" in sentence and "7" in sentence for sentence in many)


def test_too_few_parts_are_no_bad_part():
    assert "fewer than two" in draw_words.finding_text(RecordFinding("parts", 0, "", "08"))


def test_a_long_value_is_cut():
    assert len(draw_words.finding_text(RecordFinding("key", 1, "x" * 5000, "y" * 5000))) < 400


@pytest.mark.parametrize("code", ["empty", "slash"])
def test_a_bad_part_is_named_by_its_number(code):
    error = draw_words.seed_error(SeedProblem(code, 2))
    assert error.where == "Part 2"
    assert error.todo


def test_kinds_and_reasons_are_named(language):
    names = {draw_words.kind_title(kind) for kind in (*KINDS, "lunch")}
    reasons = {draw_words.why_text(why) for why in REASONS}
    assert len(names | reasons) == len(KINDS) + 1 + len(REASONS)


def test_results_say_what_was_drawn():
    place = {"station": "CPR", "lane": 2, "seat": 3}
    assert draw_words.result_text({"number": "1H-07"}) == "1H-07"
    assert draw_words.result_text({"reserve": 2}) == "Reserve 2"
    assert draw_words.result_text({"selected": True, "seeded": True}) == "Competes without a draw"
    assert draw_words.result_text({"selected": True, "seeded": False}) == "Selected"
    assert draw_words.result_text({"who": "1H-07", "component": 1, "station": "CPR"}) == "Station CPR"
    assert draw_words.result_text({"who": "1H-07", "station": "CPR", "lane": 2}) == "Station CPR, lane 2"
    assert draw_words.result_text({"who": "J01", **place}) == "Station CPR, lane 2, seat 3"


def test_obstacles_name_every_value(language):
    sentences = [draw_words.obstacle_text(obstacle) for obstacle in OBSTACLES]
    assert len(set(sentences)) == len(OBSTACLES)
    for obstacle, sentence in zip(OBSTACLES, sentences, strict=True):
        for value in obstacle.values.values():
            for one in value if isinstance(value, tuple) else (value,):
                assert str(one) in sentence


def test_an_obstacle_of_a_blind_list_names_no_unit():
    hidden = Obstacle("apart", {"division": "1H", "unit": "", "count": 3, "size": 4})
    assert draw_words.obstacle_text(hidden).startswith("One unit has 3 of the 4")
    closed = Obstacle("no_lane", {"station": "CPR", "units": (), "who": ("1H-01",)})
    assert "some units" in draw_words.obstacle_text(closed)


def test_many_who_stand_in_the_way_are_counted():
    who = tuple(f"J{n:02}" for n in range(1, 9))
    text = draw_words.obstacle_text(Obstacle("no_seat", {"who": who}))
    assert "J05" in text
    assert "J06" not in text
    assert "and 3 more" in text


def test_words_are_translated():
    i18n.use("zh_CN")
    assert draw_words.kind_title("numbers") == "编号抽签"
