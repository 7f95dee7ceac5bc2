"""Which draws a rehearsal makes by itself, and which only where somebody has frozen their list."""

from pathlib import Path

from data import rehearsal_steps as steps
from data.actions import draws
from data.exchange import draw_json
from data.queries import draws as queries
from data.rules.draw_record import ITEMS, LANES, NUMBERS, verify_record
from data.store import Store
from tests.data.choice_contest import number_everyone

SEED = ["08 15 6", "高安"]


def made(store: Store) -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in queries.draws(store)]


def test_optional_stations_are_drawn_and_lanes_left_alone(store, tmp_path: Path) -> None:
    number_everyone(store)
    steps.draw_lots(store, SEED)
    assert made(store) == [("selection", "drawn"), ("numbers", "drawn"), ("items", "drawn")]
    steps.draw_lots(store, SEED)
    assert len(made(store)) == 3
    paths = draw_json.write_records(store, tmp_path)
    assert [path.name for path in paths] == ["draw-1-selection.json", "draw-2-numbers.json", "draw-3-items.json"]
    assert [verify_record(draw_json.read_record(path)) for path in paths] == [[], [], []]


def test_a_plan_without_optional_stations_draws_who_competes_and_the_numbers(nursing_rostered) -> None:
    steps.draw_lots(nursing_rostered, SEED)
    assert made(nursing_rostered) == [("selection", "drawn"), ("numbers", "drawn")]


def test_lanes_that_were_frozen_are_drawn(store) -> None:
    number_everyone(store)
    steps.draw_lots(store, SEED)
    draws.freeze(store, "李敏", LANES)
    steps.draw_lots(store, SEED)
    assert made(store)[-1] == (LANES, "drawn")


def test_what_was_voided_is_drawn_again(store) -> None:
    number_everyone(store)
    steps.draw_lots(store, SEED)
    for kind in (ITEMS, NUMBERS):
        draws.void(store, "李敏", queries.current(store, kind).id, "重抽")
    steps.draw_lots(store, SEED)
    assert [kind for kind, state in made(store) if state == "drawn"] == ["selection", "numbers", "items"]
