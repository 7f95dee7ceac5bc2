"""What a slide may say: places, movement, pages, states, and nothing of a person in a blind event."""

from dataclasses import replace
from fractions import Fraction

import pytest

from data.queries.leaderboard import DivisionStandings, StandingRow
from ui.projector import slides
from ui.projector.slide_view import moving_from
from ui.projector.slides import BlankSlide, TitleSlide, board_of, board_slide


def row(key: int, place: int | None, award: str = "") -> StandingRow:
    return StandingRow(
        place, key, f"A-{key:02}", f"张{key}", f"第{key}医院", f"{key}院", (), Fraction(90), (), "90.00", None, award,
        "present", False, (),
    )  # fmt: skip


def division(*rows: StandingRow, complete: int = 2, total: int = 3, entry: str = "individual") -> DivisionStandings:
    return DivisionStandings("A", "一类·护理组", entry, (), rows, complete, total, complete < total, ())


def slide(board, page=1, frozen_at=""):
    return board_slide(board, page, event="大比武", clock="16:42", frozen_at=frozen_at)


def test_only_those_with_a_place_are_on_the_board():
    board = board_of(division(row(1, 1), row(2, 2), row(3, None)), blind=False, moves={2: -1})
    assert [(line.place, line.number, line.name, line.unit, line.total, line.moved) for line in board.rows] == [
        ("1", "A-01", "张1", "第1医院", "90.00", 0),
        ("2", "A-02", "张2", "第2医院", "90.00", -1),
    ]


def test_the_hall_is_told_how_many_are_under_appeal_and_not_who():
    calm = board_of(division(row(1, 1), row(2, 2), row(3, None)), blind=False, moves={})
    assert slide(calm).note == "1 not done, without a place"
    disputed = board_of(division(replace(row(1, 1), appealed=True), row(2, 2), row(3, None)), blind=False, moves={})
    assert slide(disputed).note == "1 not done, without a place; 1 under appeal"
    assert disputed.rows == calm.rows


def test_a_blind_event_shows_numbers_alone():
    board = board_of(division(row(1, 1)), blind=True, moves={})
    assert (board.rows[0].number, board.rows[0].name, board.rows[0].unit) == ("A-01", "", "")


def test_a_units_total_shows_the_unit_even_in_a_blind_event():
    total = replace(row(1, 1), number=None, name="甲医院", unit="甲医院")
    board = board_of(division(total, entry="sum"), blind=True, moves={})
    assert (board.rows[0].number, board.rows[0].name, board.rows[0].unit) == ("", "甲医院", "")


def test_names_are_taken_off_a_board_and_totals_of_units_with_them():
    shown = board_of(division(row(1, 1), replace(row(2, 2), number=None)), blind=False, moves={})
    assert [(line.number, line.name, line.unit, line.total) for line in slides.nameless(shown).rows] == [
        ("A-01", "", "", "90.00"),
    ]


def test_medals_follow_the_levels_in_order():
    board = board_of(
        division(row(1, 1, "一等奖"), row(2, 2, "二等奖"), row(3, 2, "二等奖"), row(4, 4)), blind=False, moves={}
    )
    assert [line.medal for line in board.rows] == [1, 2, 2, 0]


@pytest.mark.parametrize(
    ("complete", "frozen_at", "state", "pill"),
    [
        (2, "", "provisional", "Provisional · 2 / 3 done"),
        (3, "", "complete", "All marks in · 3 / 3 done"),
        (2, "16:40", "frozen", "Frozen at 16:40 · 2 / 3 done"),
    ],
)
def test_the_state_stands_on_the_slide(complete, frozen_at, state, pill):
    made = slide(board_of(division(row(1, 1), complete=complete), blind=False, moves={}), frozen_at=frozen_at)
    assert (made.state, made.pill) == (state, pill)
    assert bool(made.note) == (complete < 3)


@pytest.mark.parametrize(("people", "pages"), [(0, 1), (1, 1), (10, 1), (11, 2), (44, 5)])
def test_pages_of_at_most_ten(people, pages):
    board = board_of(division(*(row(n, n) for n in range(1, people + 1))), blind=False, moves={})
    assert board.pages == pages
    shown = [line.key for page in range(1, pages + 1) for line in slide(board, page).rows]
    assert shown == list(range(1, people + 1))


def test_moves_are_places_gained_and_lost():
    before, after = slides.places_of(division(row(1, 1), row(2, 2), row(3, 3))), {3: 1, 1: 2, 2: 2, 9: 4}
    assert slides.moves_between(before, after) == {3: 2, 1: -1}


def test_rows_move_from_their_old_line_and_newcomers_rise():
    board = board_of(division(row(1, 1), row(2, 2)), blind=False, moves={})
    later = board_of(division(row(2, 1), row(1, 2), row(3, 3)), blind=False, moves={})
    assert moving_from(slide(board), slide(later)) == {2: 1.0, 1: 0.0, 3: float(slides.ROWS_PER_PAGE)}
    assert moving_from(slide(board), slide(board)) == {}


def test_turning_a_page_moves_nobody():
    board = board_of(division(*(row(n, n) for n in range(1, 15))), blind=False, moves={})
    assert moving_from(slide(board, 1), slide(board, 2)) == {}
    assert moving_from(TitleSlide("", ""), slide(board)) == {}
    assert moving_from(slide(board), BlankSlide()) == {}
