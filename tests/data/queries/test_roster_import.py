"""What an import would do is told row by row, doubts beside refusals, and nothing is done by telling."""

from dataclasses import replace
from pathlib import Path

import pytest

from data import models
from data.actions.roster import import_people
from data.errors import Cancelled
from data.exchange.roster_files import read_rosters
from data.queries.audit_log import entries
from data.queries.roster import people, person
from data.queries.roster_import import ImportPreview, UnknownUnit, preview_import
from data.rules.roster import RosterReading, RosterRow
from data.store import Store

ROSTERS = Path(__file__).parents[3] / "resources" / "examples" / "gaoan-2023" / "rosters"
WOMAN, MAN, OTHER_MAN = "990000199410116488", "990000199509257491", "11010519491231001X"


def row(name: str = "张伟", number: int = 2, **fields: object) -> RosterRow:
    texts = {"unit": "市人民医院", "group": "医疗组", **fields}
    return RosterRow("a.xlsx", "表", number, name=name, **texts)  # type: ignore[arg-type]


def preview(store: Store, *rows: RosterRow, **units: str) -> ImportPreview:
    return preview_import(store, RosterReading(list(rows)), units)


def doubts(seen: ImportPreview) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.message) for problem in seen.doubtful]


def test_sex_and_age_that_the_id_number_denies_are_doubtful_and_go_in(planned: Store) -> None:
    seen = preview(planned, row(sex="男", id_number=WOMAN), row("李娜", 3, sex="男", id_number="11010519491231002X"))
    assert len(seen.added) == 2
    assert doubts(seen) == [
        (2, "Sex", "The ID number says the other sex."),
        (3, "Sex", "The ID number says the other sex."),
    ]
    old = row("李娜", 3, id_number="110105194007010016")
    assert doubts(preview(planned, old))[0][2] == "The ID number says that this person was born in 1940."
    assert doubts(preview(planned, row(sex="女", id_number=WOMAN), row("王芳", 3), row("赵六", 4, id_number=MAN))) == []


def test_one_name_with_two_id_numbers_is_doubtful(planned: Store) -> None:
    told = "The unit has somebody of this name with another ID number. Are these two people?"
    assert doubts(preview(planned, row(id_number=WOMAN), row(number=3, id_number=MAN))) == [(3, "Name", told)]
    import_people(planned, "李敏", [row(id_number=WOMAN)])
    assert doubts(preview(planned, row(number=5, id_number=MAN), row("王芳", 6))) == [(5, "Name", told)]
    assert doubts(preview(planned, row("李娜", id_number=WOMAN, unit="市中医院"))) == [
        (2, "Name", "On the roster this ID number stands with another name or unit."),
        (2, "Unit", "On the roster this ID number stands with another name or unit."),
    ]
    assert doubts(preview(planned, row(id_number=WOMAN, title="高级"))) == []


def test_an_unknown_unit_is_told_once_and_may_be_said_to_be_a_known_one(planned: Store) -> None:
    rows = [row(unit="市医院"), row("李娜", 3, unit="市医院"), row("王芳", 4, unit="XYZ")]
    seen = preview(planned, *rows)
    assert len(seen.refused) == 3
    first, other = seen.unknown_units
    assert (first.written, first.rows, first.near[0]) == ("市医院", 2, "市人民医院")
    assert other == UnknownUnit("XYZ", 1, ())
    mended = preview(planned, *rows, 市医院="市人民医院")
    assert [planned_row.unit.name for planned_row in mended.added] == ["市人民医院"] * 2
    assert import_people(planned, "李敏", mended).added == 2


def test_a_preview_that_is_outdated_is_made_anew(planned: Store) -> None:
    seen = preview(planned, row(id_number=WOMAN))
    import_people(planned, "李敏", [row(id_number=WOMAN)])
    result = import_people(planned, "李敏", seen)
    assert (result.added, result.same) == (0, 1)


def test_nobody_who_was_drawn_or_is_missing_from_a_file_is_removed(drawn: Store) -> None:
    before = {found.id: found.entrant_id for found in people(drawn)}
    chosen = next(found for found in people(drawn) if found.entrant_id)
    stored = person(drawn, chosen.id)
    corrected = row(stored.name, id_number=stored.id_number, unit=stored.unit, group=stored.group, title="副高")
    seen = preview(drawn, corrected)
    assert [difference.field for difference in seen.changed[0].differences] == ["title"]
    assert import_people(drawn, "李敏", seen).changed == 1
    assert {found.id: found.entrant_id for found in people(drawn)} == before


def test_an_import_that_is_stopped_has_done_nothing(planned: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = preview_import(planned, read_rosters([ROSTERS / "01-市医.xlsx"]))
    before = len(entries(planned))

    def stop(*_arguments: object) -> None:
        raise Cancelled("stop")

    monkeypatch.setattr("data.audit.append", stop)  # when all rows are in the tables, before they are committed
    with pytest.raises(Cancelled):
        import_people(planned, "李敏", seen)
    monkeypatch.undo()
    assert people(planned) == []
    assert len(entries(planned)) == before
    with planned.read():
        assert models.Person.select().count() == 0
    assert import_people(planned, "李敏", seen).added == 60


def test_an_event_without_a_date_has_no_opinion_on_ages(planned: Store) -> None:
    with planned.write("李敏", "test.date") as writing:
        writing.update(models.Event.get(), date="")
    assert doubts(preview(planned, row(id_number=OTHER_MAN))) == []


def test_the_same_person_given_as_one_object_twice_goes_in_once(planned: Store) -> None:
    for one in (row(), row(id_number=WOMAN)):
        assert import_people(planned, "李敏", [one, one]).refused == 1
        assert len(people(planned)) <= 2
    assert replace(preview(planned), files=3).files == 3
