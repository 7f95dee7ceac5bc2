"""Every finding and problem of the draw rules has its own sentence, in both languages."""

import pytest

from data import i18n
from data.queries import draw_words
from data.rules.draw import SeedProblem
from data.rules.draw_record import RecordFinding

CODES = [
    "malformed",
    "method",
    "numbering",
    "pool_sha256",
    "witnesses",
    "parts",
    "key",
    "order",
    "passed_over",
    "result",
]


def test_each_finding_has_a_sentence_of_its_own():
    sentences = {draw_words.finding_text(RecordFinding(code, 7, "EXPECTED", "FOUND")) for code in CODES}
    assert len(sentences) == len(CODES)
    assert all("FOUND" in sentence for sentence in sentences)


@pytest.mark.parametrize("code", ["order", "passed_over", "result"])
def test_a_difference_is_named_with_its_place_and_both_values(code):
    sentence = draw_words.finding_text(RecordFinding(code, 7, "EXPECTED", "FOUND"))
    assert "7" in sentence
    assert "EXPECTED" in sentence


@pytest.mark.parametrize("code", ["empty", "slash"])
def test_a_bad_part_is_named_by_its_number(code):
    error = draw_words.seed_error(SeedProblem(code, 2))
    assert error.where == "Part 2"
    assert error.todo


def test_kinds_and_reasons_are_named():
    names = {draw_words.kind_title("selection"), draw_words.kind_title("numbers")}
    reasons = {draw_words.why_text("history"), draw_words.why_text("quota")}
    assert len(names | reasons) == 4


def test_words_are_translated():
    i18n.use("zh_CN")
    assert draw_words.kind_title("numbers") == "编号抽签"
