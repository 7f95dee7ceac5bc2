"""How long something takes, in words of both languages."""

import pytest

from data import i18n
from data.queries.time_words import span


@pytest.mark.parametrize(
    ("minutes", "words", "chinese"),
    [
        (1, "1 minute", "1 分钟"),
        (59, "59 minutes", "59 分钟"),
        (60, "1 h", "1 小时"),
        (412, "6 h 52 min", "6 小时 52 分"),
    ],
)
def test_from_an_hour_on_it_is_in_hours_and_minutes(minutes, words, chinese):
    assert span(minutes) == words
    before = i18n.language()
    i18n.use("zh_CN")
    try:
        assert span(minutes) == chinese
    finally:
        i18n.use(before)
