"""Obstacles, fixes and findings in words; while names are sealed, none of them tells whose unit is which."""

import pytest

from data import i18n
from data.queries import entrants
from data.queries.schedule_words import Words
from data.rules.rotation_check import Finding
from data.rules.rotation_fix import Fix, Remedy
from data.rules.rotation_model import Obstacle, Slot

CODES = ("recusal", "drawn_lane", "pinned", "window", "stay", "station_late", "late", "no_room")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_obstacle_says_why_and_what_to_do(drawn, language):
    i18n.use(language)
    words = Words(drawn)
    who = entrants.entrants(drawn)[0]
    for code in CODES:
        obstacle = Obstacle(code, "S2", 24, who.id, 1)
        assert words.obstacle(obstacle).startswith(words.why(obstacle))
        assert "{" not in words.obstacle(obstacle)
    gone = words.why(Obstacle("drawn_lane", "S2", entrant=who.id, lane=9))
    assert gone != words.why(Obstacle("drawn_lane", "S2", entrant=who.id, lane=1)).replace("1", "9")


def test_a_remedy_is_one_sentence_that_names_the_judges_least(drawn):
    words = Words(drawn)
    remedy = Remedy(
        (Obstacle("station_late", "S2", 24),), (Fix("add_lane", "S2", count=1), Fix("close_later", minute=1104))
    )
    assert words.remedy(remedy) == "S2 静脉输液 needs 24 minutes more: 1 more lane at S2 静脉输液, or finish at 18:24."


def test_a_day_that_ends_late_says_after_what(drawn):
    """Beside it stands how much later than planned the day ends: another number, of another time."""
    why = Words(drawn).why(Obstacle("late", "S2", 36))
    assert why == "The day ends 36 minutes after the closing time 18:00, last at S2 静脉输液"


def test_sealed_names_stay_sealed(nursing_drawn):
    """A number beside a unit, or beside the hours of one, would tell."""
    words = Words(nursing_drawn)
    row = entrants.entrants(nursing_drawn)[0]
    with nursing_drawn.read():
        names = entrants.true_units()[row.id]
    station = "S1"
    for code in ("recusal", "drawn_lane", "window", "no_room"):
        assert row.number not in words.obstacle(Obstacle(code, station, 5, row.id, 1))
    widen = words.fix(Fix("widen", minute=900, entrants=(row.id,), unit=max(names, key=len)))
    assert not [name for name in names if name and name in widen]
    slot = Slot(row.id, station, 1, 600, 612)
    for code in ("recusal", "stand_in", "not_here"):
        said = words.finding(Finding(code, True, (slot,)))
        assert row.number not in said
        assert "10:00" not in said
