"""The record of a draw on paper: everything that a stranger needs to redo it is printed, and nothing that is sealed."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from data import i18n, models
from data.actions import draws as actions
from data.actions.setup import mark_rehearsal, save_plan
from data.errors import FileProblem
from data.exchange import draw_json
from data.queries import draws as queries
from data.queries.plan import current_plan
from data.rules import draw
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION
from data.store import Store
from printing.columns import Line, draw_columns
from printing.draw_instructions import SCRIPT
from printing.draw_record import write_draw_record
from printing.page import Document
from printing.tables import Column
from tests.data.choice_contest import draw_kind, number_everyone


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def pages_of(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def printed(store: Store, draw_id: int, folder: Path) -> str:
    """The text of the record without blanks and line ends, which wrapping puts anywhere."""
    path = folder / "draw.pdf"
    assert write_draw_record(store, draw_id, path) == pages_of(path)
    return "".join(text_of(path).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def contest(store: Store) -> Store:
    """Optional stations, two lanes, colleagues apart in two waves, a judge of a hospital that competes."""
    number_everyone(store)
    actions.void(store, "test", queries.current(store, NUMBERS).id, "again")
    plan = current_plan(store)
    judges = tuple(
        replace(one, unit_name="第一医院") if (one.station, one.lane) == ("S1", 1) else one for one in plan.judges
    )
    save_plan(store, "test", replace(plan, info=replace(plan.info, apart=True, waves=2), judges=judges), "rules")
    return store


def test_a_selection_prints_list_hash_seed_steps_result_and_signatures(nursing_drawn, tmp_path: Path):
    text = printed(nursing_drawn, 1, tmp_path)
    record = queries.record(nursing_drawn, 1)
    for value in (record["pool_sha256"], record["published_sha256"], record["key"], *record["witnesses"]):
        assert squeezed(value) in text
    assert all(entry["id"] in text for entry in record["pool"])
    for step in range(3):
        assert draw.step_digest(record["key"], step).hex().upper() in text
    assert "Howtocheckthisdraw" in text
    assert "verify-drawdraw-1-selection.json" in text
    assert "Drawnby" in text
    assert "REHEARSAL" not in text


def test_the_selection_of_a_whole_county_fits_on_a_few_pages(rostered, tmp_path: Path):
    plan = current_plan(rostered)
    save_plan(rostered, "test", replace(plan, info=replace(plan.info, reserves=2)))
    draw_id = draw_kind(rostered, SELECTION)
    text = printed(rostered, draw_id, tmp_path)
    record = queries.record(rostered, draw_id)
    assert pages_of(tmp_path / "draw.pdf") <= 9
    assert all(entry["id"] in text and squeezed(entry["name"]) in text for entry in record["pool"])
    assert "136reserves" in text
    assert "Reserve2" in text
    assert "becomeitsreserves" in text


def test_the_printed_program_gives_the_order(nursing_drawn, tmp_path: Path, monkeypatch, capsys):
    draw_json.write_record(nursing_drawn, 1, tmp_path / "draw-1-selection.json")
    monkeypatch.chdir(tmp_path)
    exec("\n".join(SCRIPT).format(file="draw-1-selection.json"), {})
    assert capsys.readouterr().out.split() == queries.record(nursing_drawn, 1)["order"]


def test_a_blind_record_prints_no_name(nursing_rostered, tmp_path: Path):
    draw_id = draw_kind(nursing_rostered, SELECTION)
    text = printed(nursing_rostered, draw_id, tmp_path)
    with nursing_rostered.read():
        names = [row.name for row in models.Person.select()]
    assert names
    assert not any(squeezed(name) in text for name in names)


def test_a_sealed_record_prints_hash_seed_and_count_and_no_entry(nursing_drawn, tmp_path: Path):
    text = printed(nursing_drawn, 2, tmp_path)
    record = queries.record(nursing_drawn, 2)
    assert pages_of(tmp_path / "draw.pdf") == 1
    assert "SEALED" in text
    assert record["pool_sha256"] in text
    assert squeezed(record["key"]) in text
    assert f"{len(record['pool'])}entries" in text
    assert not any(entry["id"] in text for entry in record["pool"])
    assert not any(entry["number"] in text for entry in record["result"])


def test_an_opened_record_of_a_blind_event_has_ids_and_numbers(nursing_drawn, tmp_path: Path):
    with nursing_drawn.write("test", "test.decode") as writing:
        writing.insert(models.Decoding, layer="name", chief="甲", witness="乙", at=writing.at)
    text = printed(nursing_drawn, 2, tmp_path)
    record = queries.record(nursing_drawn, 2)
    assert all(entry["id"] in text and entry["number"] in text for entry in record["result"])
    assert "Passedover" not in text


def test_numbers_print_constraints_waves_and_whom_they_passed_over(contest, tmp_path: Path):
    draw_id = draw_kind(contest, NUMBERS)
    text = printed(contest, draw_id, tmp_path)
    record = queries.record(contest, draw_id)
    assert all(entry["number"] in text for entry in record["result"])
    for words in (
        "Colleagues never follow each other",
        "2 waves",
        "Passed over",
        "(“apart”)",
        "(“wave”)",
        "(“later”)",
    ):
        assert squeezed(words) in text
    assert record["passed_over"]
    assert all(entry["id"] in text for entry in record["passed_over"])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ITEMS, ("Stations drawn for each contestant: E: 1", "Drawn stations", "An id is contestant")),
        (LANES, ("Lanes filled equally", "A lane is full by this count", "Station: lane")),
        (JUDGES, ("No judge of the own unit", "A seat is station-lane-seat.", "Seat before")),
    ],
)
def test_pairs_print_their_rule_result_list_and_reasons(contest, tmp_path: Path, kind, words):
    for one in (NUMBERS, ITEMS, LANES, JUDGES):
        draw_id = draw_kind(contest, one)
        if one == kind:
            break
    text = printed(contest, draw_id, tmp_path)
    record = queries.record(contest, draw_id)
    assert all(squeezed(part) in text for part in words)
    assert all(entry["who"] in text for entry in record["result"])
    assert record["pool_sha256"] in text
    assert "Passedover" in text


def test_a_division_draws_under_its_own_code(store, tmp_path: Path):
    number_everyone(store, item_draw="division")
    plan = current_plan(store)
    save_plan(store, "test", replace(plan, info=replace(plan.info, equal_lanes=False)), "no equal lanes")
    text = printed(store, draw_kind(store, ITEMS), tmp_path)
    assert squeezed("Stations drawn the same for a whole division: E: 1") in text
    assert squeezed("全县·急诊组") in text
    text = printed(store, draw_kind(store, LANES), tmp_path)
    assert "Alaneisfullbythiscount" not in text


def test_a_frozen_list_of_pairs_shows_those_that_begin_alike_together(contest, tmp_path: Path):
    draw_kind(contest, NUMBERS)
    draw_id = actions.freeze(contest, "李敏", ITEMS)
    text = printed(contest, draw_id, tmp_path)
    assert "S2S3S4" in text
    assert "notdrawnyet" in text


def test_a_rehearsal_says_so(nursing_drawn, tmp_path: Path):
    mark_rehearsal(nursing_drawn, "test")
    assert "REHEARSAL" in printed(nursing_drawn, 1, tmp_path)


def test_a_frozen_list_says_that_it_is_not_drawn(nursing_rostered, tmp_path: Path):
    draw_id = actions.freeze(nursing_rostered, "李敏", SELECTION)
    text = printed(nursing_rostered, draw_id, tmp_path)
    assert "Listfrozen,notdrawnyet" in text
    assert "Howtocheck" not in text


def test_a_frozen_numbers_list_has_no_steps(contest, tmp_path: Path):
    text = printed(contest, actions.freeze(contest, "李敏", NUMBERS), tmp_path)
    assert "Stepno." not in text
    assert "第一医院" in text


def test_a_void_draw_says_why(nursing_rostered, tmp_path: Path):
    draw_id = actions.freeze(nursing_rostered, "李敏", SELECTION)
    actions.draw(nursing_rostered, "李敏", draw_id, ["1", "2", "3"], ["甲", "乙", "丙"])
    actions.void(nursing_rostered, "李敏", draw_id, "名单漏了一人")
    assert "VOID:名单漏了一人" in printed(nursing_rostered, draw_id, tmp_path)


def test_an_empty_selection_of_teams_alone_is_printed(store, tmp_path: Path):
    number_everyone(store)
    for kind in (NUMBERS, SELECTION):
        actions.void(store, "test", queries.current(store, kind).id, "again")
    with store.write("test", "test.teams") as writing:
        for row in models.Person.select():
            writing.delete(row)
        for division in models.Division.select().where(models.Division.code.in_(["E", "N", "ET"])):
            writing.update(division, entry="sum")
    assert "0selected" in printed(store, draw_kind(store, SELECTION), tmp_path)


@pytest.mark.parametrize("kind", [SELECTION, NUMBERS, ITEMS, LANES, JUDGES])
def test_every_kind_is_printed_in_chinese(contest, tmp_path: Path, kind):
    i18n.use("zh_CN")
    draw_id = queries.current(contest, SELECTION).id
    for one in (NUMBERS, ITEMS, LANES, JUDGES):
        if kind == SELECTION:
            break
        draw_id = draw_kind(contest, one)
        if one == kind:
            break
    text = printed(contest, draw_id, tmp_path)
    assert "如何核验" in text
    assert "Step" not in text


def test_a_folder_that_is_missing(nursing_drawn, tmp_path: Path):
    with pytest.raises(FileProblem):
        write_draw_record(nursing_drawn, 1, tmp_path / "missing" / "draw.pdf")


def test_columns_repeat_the_heading_of_a_group_and_end_level(tmp_path: Path):
    lines = [
        line for unit in "ABC" for line in (Line(group=f"Unit{unit}"), *[Line((f"{unit}{n}",)) for n in range(30)])
    ]
    with (tmp_path / "columns.pdf").open("wb") as file:
        document = Document(file, "columns")

        def next_page() -> float:
            document.new_page()
            return 10.0

        # The first page has no room for a line at all.
        end = draw_columns(
            document, 10, 118, [Column("Name", 30)], lines, side_by_side=2, bottom=120, next_page=next_page
        )
        assert document.save() == 3
    text = text_of(tmp_path / "columns.pdf")
    assert all(f"{unit}{n}" in text for unit in "ABC" for n in range(30))
    assert max(text.count(f"Unit{unit}") for unit in "ABC") == 2
    assert end < 120
