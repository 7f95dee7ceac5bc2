"""A rehearsed day whose sheets are mistyped: what one entry would have published, and that two leave nothing of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from data import models, rehearsal, rehearsal_steps, rehearsal_typing, rehearsal_words
from data.actions import marks, readings, setup
from data.errors import InvalidInput, NotAllowed
from data.queries import readings as queries
from data.queries import scores
from data.queries.plan import current_plan
from data.rehearsal import Inputs
from data.simulation import Simulation
from data.store import Store
from data.verify import verify_file
from tests import recount
from tests.conftest import NURSING
from tests.data.rehearsed import rows

INPUTS = Inputs(NURSING / "plan.xlsx", (NURSING / "roster.xlsx",), theory=NURSING / "theory.xlsx")
NO_PAPERS = {name: lambda *_arguments: 0 for name in ("badges", "marksheets", "timetables", "certificates")}


def silent(done: int, total: int, text: str = "") -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, rehearsal_words.Report]:
    folder = tmp_path_factory.mktemp("mistyped") / "day"
    return folder, rehearsal.rehearse(INPUTS, "4 8 15/护理", folder, NO_PAPERS, silent, mistype=5)


def test_one_entry_would_have_published_what_is_wrong(day: tuple[Path, rehearsal_words.Report]) -> None:
    folder, _report = day
    typing = json.loads((folder / "report.json").read_text("utf-8"))["typing"]
    single = typing["single"]
    assert (typing["percent"], typing["sheets"], typing["values"]) == (5, 210, 5670)
    assert 0.04 * typing["values"] < single["values"] < 0.07 * typing["values"]
    assert min(single["sheets"], single["scores"], single["places"], single["awards"]) > 0
    assert len(single["examples"]) == min(single["awards"], 12)
    assert all(example["right"]["award"] != example["wrong"]["award"] for example in single["examples"])


def test_two_entries_leave_nothing(day: tuple[Path, rehearsal_words.Report]) -> None:
    folder, report = day
    double = report.typing["double"]
    assert {name: double[name] for name in ("sheets", "scores", "places", "awards")} == {
        "sheets": 0,
        "scores": 0,
        "places": 0,
        "awards": 0,
    }
    assert report.typing["read"] == 210
    assert 150 < report.typing["typed_differently"] < 210
    assert report.typing["same_slips"] > 0
    assert verify_file(folder / "event.biwu") == []
    lines = recount.standings(folder / "event.biwu")
    for row in rows(folder / "standings.csv"):
        assert lines[row["组别代码"], row["参赛编号"], row["单位"]].shown == row["总分"]


def test_the_report_says_so_in_words(day: tuple[Path, rehearsal_words.Report]) -> None:
    _folder, report = day
    text = rehearsal_words.summary(report)
    assert "5 in a hundred values are mistyped, of 5670 values on 210 sheets." in text
    assert "Entered once: " in text
    assert "and 0 sheets wrong; with them 0 scores, 0 places and 0 awards." in text
    assert " instead of place " in text


@pytest.mark.parametrize(
    ("percent", "inputs", "disturb", "error"),
    [
        (0.0, INPUTS, False, InvalidInput),
        (31.0, INPUTS, False, InvalidInput),
        (5.0, INPUTS, True, NotAllowed),
        (5.0, replace(INPUTS, marks=Path("marks.csv")), False, NotAllowed),
    ],
)
def test_what_cannot_be_mistyped(
    percent: float, inputs: Inputs, disturb: bool, error: type[Exception], tmp_path: Path
) -> None:
    with pytest.raises(error):
        rehearsal.rehearse(inputs, "1", tmp_path / "day", NO_PAPERS, silent, disturb=disturb, mistype=percent)
    assert not (tmp_path / "day").exists()


def test_a_plan_that_says_which_sheets_keeps_its_word() -> None:
    plan = rehearsal_steps.read_plan(NURSING / "plan.xlsx")
    assert rehearsal_typing.ask_for_reading(plan).info.verify == "all"
    sample = replace(plan, info=replace(plan.info, verify="sample"))
    assert rehearsal_typing.ask_for_reading(sample) == sample


def test_a_copy_of_a_real_event_is_read_as_it_stands(nursing_scheduled: Store) -> None:
    store = nursing_scheduled
    plan = current_plan(store)
    setup.save_plan(store, "tester", replace(plan, info=replace(plan.info, verify="all")), "复核")
    items, seen = plan.sheet(plan.stations[0].sheet).items, []
    simulation = Simulation("copy")
    for row in scores.queue(store)[:2]:
        values = simulation.sheet(items, str(row.number), row.station_code, str(row.seat))
        marks.hand_in(store, "李敏", row.visit_id, row.seat, values)
        seen.append((row, values))
    total = scores.queue(store)[0]
    marks.hand_in(store, "李敏", total.visit_id, total.seat, {}, total_milli=80_000)
    row, values = seen[0]
    store.sign_ins.names.add("王芳")
    readings.read(store, "王芳", row.visit_id, row.seat, {**values, 1: "D" if values[1] != "D" else "A"})
    assert rehearsal_typing.type_again(store, simulation, silent) == {}
    assert [row.state for row in queries.due(store)] == ["settled", "agreed", "agreed"]
    with store.read():
        assert models.Mark.select().count() == 3
