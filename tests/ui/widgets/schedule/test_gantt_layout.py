"""Where rows and bars stand in the chart of a day."""

import pytest

from tests.ui.widgets.gantt_day import day, rows
from ui.widgets.schedule.gantt_layout import LANES, PEOPLE, layout, ticks
from ui.widgets.schedule.gantt_painting import Scale


def test_a_row_for_each_lane():
    made = layout(day(), LANES)
    assert [(row.station, row.lane, row.head) for row in made.rows] == [("A", 1, "A"), ("A", 2, ""), ("B", 1, "B")]
    assert [slot.entrant_id for slot in made.rows[0].slots] == [1, 2]
    assert made.places[5] == 2


def test_a_row_for_each_entrant_by_number():
    made = layout(day(), PEOPLE)
    assert [(row.head, row.name) for row in made.rows] == [("N-01", "张伟"), ("N-02", "李娜"), ("N-03", "王芳")]
    assert [slot.station_code for slot in made.rows[0].slots] == ["A", "B"]


def test_rows_and_visits_are_found_by_place():
    made = layout(day(), LANES)
    second = made.rows[1].top
    assert made.number_at(second) == 1
    assert made.number_at(second + made.line) is None  # the gap before the next station
    assert made.number_at(-1) is None
    assert list(made.sight(second, second + 1)) == [0, 1]
    row = made.rows[0]
    assert row.at(540).entrant_id == 1
    assert row.at(552.5) is None
    assert row.at(530) is None
    assert [slot.entrant_id for slot in row.between(553, 555)] == [1, 2]


def test_a_lane_that_is_no_more_has_no_row():
    made = layout(day(lines=day().lines[:1]), LANES)
    assert len(made.rows) == 1
    assert 5 not in made.places
    assert layout(day(slots=(), lines=()), LANES).height == 0


@pytest.mark.parametrize(("zoom", "step"), [(16.0, 10), (4.4, 15), (2.0, 30), (0.8, 120)])
def test_times_stand_far_enough_apart(zoom, step):
    found = ticks(545, 800, zoom)
    assert found.step == step
    assert found[0] % step == 0


def test_a_scale_goes_both_ways():
    scale = Scale(540, 4.0, left=100, top=20)
    assert scale.x(600) == 140
    assert scale.minute(140) == 600
    assert scale.bar(540, 550, 30, 30).height() == 22
    assert len(rows()) == 5
