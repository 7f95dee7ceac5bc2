"""People come on the roster, and nothing happens to them unseen."""

from dataclasses import replace
from pathlib import Path

import pytest

from data import audit, models
from data.actions import roster as actions
from data.actions.roster import PersonInput, import_history, import_people
from data.errors import InvalidInput, NotAllowed, NotFound
from data.exchange.roster_files import read_rosters
from data.queries import roster as queries
from data.queries.audit_log import entries
from data.queries.roster import people, person
from data.queries.roster_import import ImportPreview, preview_import
from data.rules.roster import HistoryRow, RosterReading, RosterRow
from data.store import Store

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
MISTAKES = Path(__file__).parents[2] / "files" / "mistakes.xlsx"
ID = "990000199410116488"
OTHER_ID = "990000199509257491"


def row(name: str = "张伟", number: int = 2, **fields: object) -> RosterRow:
    texts = {"unit": "市人民医院", "group": "医疗组", **fields}
    return RosterRow("a.xlsx", "表", number, name=name, **texts)  # type: ignore[arg-type]


def preview(store: Store, *rows: RosterRow) -> ImportPreview:
    return preview_import(store, RosterReading(list(rows)))


def only(store: Store) -> queries.PersonDetails:
    (found,) = people(store)
    return person(store, found.id)


def reasons(preview: ImportPreview) -> list[str]:
    return [problem.message for problem in preview.refused]


def test_thirty_files_put_876_people_on_the_roster_and_again_change_nothing(planned: Store) -> None:
    reading = read_rosters([EXAMPLES / "gaoan-2023" / "rosters"])
    seen = preview_import(planned, reading)
    assert (len(seen.added), seen.refused_rows, seen.files) == (876, 0, 30)
    assert {problem.message for problem in seen.doubtful if problem.column == "性别"} == {
        "The ID number says the other sex."
    }
    assert "买买提·吐尔逊" in {planned.row.name for planned in seen.added}
    assert import_people(planned, "李敏", seen) == actions.ImportResult(876, 0, 0, 0)
    before = len(entries(planned))
    assert import_people(planned, "李敏", reading) == actions.ImportResult(0, 0, 876, 0)
    assert len(entries(planned)) == before
    assert len(people(planned)) == 876
    with planned.read():
        assert audit.verify() == []


def test_good_rows_go_in_without_the_bad_ones(planned: Store) -> None:
    reading = read_rosters([MISTAKES])
    seen = preview_import(planned, reading)
    assert (len(seen.added), seen.refused_rows) == (1, 7)
    assert [(problem.row, problem.column, problem.cell) for problem in seen.refused] == [
        (3, "单位", "A3"),
        (4, "姓名", "B4"),
        (5, "身份证号", "D5"),
        (5, "联系电话", "H5"),
        (6, "性别", "C6"),
        (7, "组别", "G7"),
        (8, "姓名", "B8"),
        (9, "组别", "G9"),
    ]
    assert import_people(planned, "李敏", seen) == actions.ImportResult(1, 0, 0, 7)
    assert only(planned).name == "任俊萍"


def test_a_change_is_shown_field_by_field_and_an_empty_cell_says_nothing(planned: Store) -> None:
    import_people(planned, "李敏", [row(id_number=ID, title="初级", phone="13800000000")])
    seen = preview(planned, row("张玮", id_number=ID, unit="市中医院", group="护理组", seeded=True))
    (changed,) = seen.changed
    assert [(d.field, d.before, d.after) for d in changed.differences] == [
        ("unit", "市人民医院", "市中医院"),
        ("group", "医疗组", "护理组"),
        ("name", "张伟", "张玮"),
        ("seeded", "no", "yes"),
    ]
    assert import_people(planned, "李敏", seen).changed == 1
    now = only(planned)
    assert (now.name, now.unit, now.group, now.title, now.phone) == (
        "张玮",
        "市中医院",
        "护理组",
        "初级",
        "13800000000",
    )
    assert now.seeded
    assert import_people(planned, "李敏", [row("张玮", id_number=ID, unit="市中医院", group="护理组")]).same == 1


def test_without_an_id_number_name_and_unit_say_who_it_is(planned: Store) -> None:
    import_people(planned, "李敏", [row()])
    seen = preview(planned, row(id_number=ID, department="外科"))
    assert [d.field for d in seen.changed[0].differences] == ["id_number", "department"]
    import_people(planned, "李敏", seen)
    assert preview(planned, row()).same
    assert preview(planned, row(id_number=OTHER_ID)).added
    import_people(planned, "李敏", [row(id_number=OTHER_ID)])
    seen = preview(planned, row())
    assert reasons(seen) == ["The unit has several people of this name. Give the ID number."]


@pytest.mark.parametrize(
    "second",
    [
        row("张伟", 3),
        row("张 伟".replace(" ", ""), 3, id_number=ID),
    ],
)
def test_a_person_twice_in_one_import_is_refused(planned: Store, second: RosterRow) -> None:
    seen = preview(planned, row(id_number=ID), second)
    assert len(seen.added) == 1
    assert reasons(seen) == ["This person is in this import already: a.xlsx, 表, row 2."]
    assert (seen.refused[0].row, seen.refused[0].cell) == (3, "")


def test_an_id_number_of_two_names_or_units_lets_neither_in(planned: Store) -> None:
    for second in (row("李娜", 3, id_number=ID), row("张伟", 3, unit="市中医院", id_number=ID)):
        seen = preview(planned, row(id_number=ID), second, row("王芳", 4, id_number=OTHER_ID))
        assert [planned.row.name for planned in seen.added] == ["王芳"]
        assert reasons(seen) == [
            "The same ID number stands with another name or unit: a.xlsx, 表, row 3.",
            "The same ID number stands with another name or unit: a.xlsx, 表, row 2.",
        ]
    assert len(preview(planned, row(id_number=ID), row(unit="市医", number=3, id_number=ID)).added) == 1


def test_two_rows_for_one_stored_person_are_refused(planned: Store) -> None:
    import_people(planned, "李敏", [row(id_number=ID)])
    seen = preview(planned, row("张玮", id_number=ID), row("张伟", 3))
    assert len(seen.changed) == 1
    assert "in this import already" in reasons(seen)[0]


def test_same_name_with_other_id_numbers_are_two_people(planned: Store) -> None:
    assert import_people(planned, "李敏", [row(id_number=ID), row(number=3, id_number=OTHER_ID)]).added == 2


def test_reasons_without_a_file_use_the_words_of_the_program(planned: Store) -> None:
    (problem,) = preview(planned, row(unit="市人名医院")).refused
    assert problem.column == "Unit"
    assert "市人民医院" in problem.message
    assert reasons(preview(planned, row(group=""))) == ["Group is missing."]


def test_who_was_drawn_is_not_moved_but_may_be_renamed(drawn: Store) -> None:
    chosen = next(found for found in people(drawn) if found.entrant_id)
    stored = person(drawn, chosen.id)
    other = "市中医院" if stored.unit != "市中医院" else "市人民医院"
    moved = row(stored.name, id_number=stored.id_number, unit=other, group=stored.group)
    assert reasons(preview(drawn, moved)) == ["This person was drawn already, so unit and group stay."]
    import_people(drawn, "李敏", [row("新名字", id_number=stored.id_number, unit=stored.unit, group=stored.group)])
    with drawn.read():
        assert models.Entrant.get(models.Entrant.person == chosen.id).name == "新名字"
    typed = PersonInput(other, "新名字", "医疗组" if stored.group != "医疗组" else "护理组", id_number=stored.id_number)
    with pytest.raises(NotAllowed, match="drawn already"):
        actions.change_person(drawn, "李敏", chosen.id, typed, "写错")
    with pytest.raises(NotAllowed, match="stays on the roster"):
        actions.remove_people(drawn, "李敏", [chosen.id], "写错")


def test_a_person_is_added_changed_and_removed_by_hand_with_a_reason(planned: Store) -> None:
    typed = PersonInput(
        "市人民医院", " 买买提•吐尔逊 ", "医疗组", "男", ID.lower(), "初级", "外科", "13800000000", True, "补报"
    )
    person_id = actions.add_person(planned, "李敏", typed, "漏报")
    assert only(planned).name == "买买提·吐尔逊"
    assert only(planned).seeded
    before = len(entries(planned))
    actions.change_person(planned, "李敏", person_id, typed, "核对")
    assert len(entries(planned)) == before
    actions.change_person(planned, "李敏", person_id, replace(typed, phone="", id_number=""), "更正")
    assert (only(planned).phone, only(planned).id_number) == ("", "")
    actions.remove_people(planned, "李敏", [person_id], "重复")
    assert people(planned) == []
    assert [entry.reason for entry in entries(planned)[:3]] == ["重复", "更正", "漏报"]


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (PersonInput("市人民医院", "", "医疗组"), "Name"),
        (PersonInput("市人民医院", "张伟", "医疗组", id_number="123"), "ID number"),
        (PersonInput("无此医院", "张伟", "医疗组"), "Unit"),
        (PersonInput("市人民医院", "张伟", "后勤组"), "Group"),
        (PersonInput("市人民医院", "张伟", "医疗组", id_number=ID), "ID number"),
    ],
)
def test_what_is_typed_by_hand_is_checked_like_a_file(planned: Store, typed: PersonInput, where: str) -> None:
    import_people(planned, "李敏", [row("王芳", id_number=ID)])
    with pytest.raises(InvalidInput) as caught:
        actions.add_person(planned, "李敏", typed, "漏报")
    assert caught.value.where == where
    assert len(people(planned)) == 1


def test_every_change_by_hand_needs_a_reason_and_a_person(planned: Store) -> None:
    typed = PersonInput("市人民医院", "张伟", "医疗组")
    with pytest.raises(InvalidInput, match="reason"):
        actions.add_person(planned, "李敏", typed, " ")
    with pytest.raises(InvalidInput, match="reason"):
        actions.change_person(planned, "李敏", 1, typed, "")
    with pytest.raises(InvalidInput, match="reason"):
        actions.remove_people(planned, "李敏", [1], "")
    with pytest.raises(NotFound):
        actions.change_person(planned, "李敏", 1, typed, "更正")
    with pytest.raises(NotFound):
        actions.remove_people(planned, "李敏", [1], "更正")
    with pytest.raises(NotFound):
        person(planned, 1)


def test_history_has_one_entry_a_person_and_year(planned: Store) -> None:
    first = HistoryRow("h.csv", "", 2, ID, "张伟", "市人民医院", 2021)
    assert import_history(planned, "李敏", [first, replace(first, row=3, year=2022)]) == 2
    assert import_history(planned, "李敏", [first]) == 0
    assert import_history(planned, "李敏", [replace(first, unit="市中医院")]) == 1
    assert queries.history_size(planned) == 2


def test_the_table_of_the_pool_masks_id_numbers_and_knows_who_competed_lately(rostered: Store) -> None:
    staff = people(rostered)
    assert len(staff) == 876
    assert all(found.id_masked[6:14] == "********" for found in staff)
    recent = [found for found in staff if found.recent]
    assert recent
    assert all(2018 <= (found.last_year or 0) <= 2022 for found in recent)
    assert {found.division_code for found in people(rostered, "1H")} == {"1H"}
    assert {found.unit for found in people(rostered, unit="市中医院")} == {"市中医院"}


def test_the_pool_is_counted_per_unit_and_division(drawn: Store) -> None:
    counts = queries.pool_counts(drawn)
    assert len(counts) == 8 * 3 + 22 * 2
    assert sum(count.registered for count in counts) == 876
    assert sum(count.drawn for count in counts) == sum(min(count.quota, count.registered) for count in counts) == 152
    first = counts[0]
    assert (first.unit, first.division_title, first.quota, first.seeded) == ("市人民医院", "一类·医疗组", 3, 0)
    assert first.covered == sum(found.recent for found in people(drawn, "1Y", "市人民医院"))


def test_who_competed_in_the_year_of_the_event_alone_is_not_of_an_earlier_one(planned: Store) -> None:
    """The table of the pool calls recent whom a selection passes over, and nobody else."""
    actions.import_people(planned, "李敏", [row(id_number=ID)])
    import_history(planned, "李敏", [HistoryRow("h.csv", "", 2, ID, "张伟", "市人民医院", 2023)])
    assert [(found.last_year, found.recent) for found in people(planned)] == [(2023, False)]
    import_history(planned, "李敏", [HistoryRow("h.csv", "", 2, ID, "张伟", "市人民医院", 2018)])
    assert [(found.last_year, found.recent) for found in people(planned)] == [(2023, True)]
