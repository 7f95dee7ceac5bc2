"""What the chief judge reads of an alarm."""

import pytest

from data.queries import alarm_words
from data.rules.alarms import KINDS, Alarm


@pytest.mark.parametrize(
    ("kind", "texts", "sentence"),
    [
        ("spread", (), "The judges are 12.5 points apart."),
        ("extreme", (), "Judge 2 gave 12.5 points in all."),
        ("critical", (), "Judge 2 ticked a critical item."),
        ("critical", ("污染", "离场"), "Judge 2 ticked a critical item: 污染、离场."),
        ("missing", (), "The sheet of judge 2 will not come; the visit is combined without it."),
    ],
)
def test_a_sentence_of_each_kind(kind: str, texts: tuple[str, ...], sentence: str) -> None:
    assert alarm_words.sentence(kind, 2, 12_500, texts) == sentence


def test_every_kind_has_a_word_of_its_own() -> None:
    assert len({alarm_words.kind_word(kind) for kind in KINDS}) == len(KINDS)


def test_a_receipt_tells_all_in_one() -> None:
    told = alarm_words.told("N-01", "静脉输液", [Alarm("spread", 0, 90_000), Alarm("extreme", 2, 0)])
    assert told == (
        "N-01, 静脉输液: The judges are 90 points apart. Judge 2 gave 0 points in all. "
        "The chief judge has to confirm it."
    )
