"""Rare characters of names are told with their font, and those that no font has are wrong."""

import pytest

from data import font_coverage, models
from data.queries.rare_names import RareName, rare_names
from data.queries.readiness import ReadinessLine, readiness
from data.store import Store

LOST = "\U0003134f"  # extension G, in neither font
KAI_ONLY = "𠀋"  # extension B: in the font of certificates alone
NOT_STANDARD = "張"  # in the font of the screen, but not in the table


def rename(store: Store, model: type[models.Row], name: str) -> int:
    with store.write("tester", "test.rename") as writing:
        row = model.select().order_by(model.id).first()
        writing.update(row, name=name)
        return int(row.id)


def found(store: Store) -> tuple[RareName, ...]:
    with store.read():
        return rare_names()


def line(store: Store, words: str) -> ReadinessLine:
    return next(line for line in readiness(store).lines if words in line.title)


def test_ordinary_names_give_no_line(rostered: Store) -> None:
    """The dot of long names, digits and brackets are no rare characters."""
    rename(rostered, models.Unit, "市人民医院（南院）No.2")
    rename(rostered, models.Person, "阿卜杜热合曼·麦提尼亚孜")
    assert found(rostered) == ()
    assert not [line for line in readiness(rostered).lines if "rare" in line.title or "whole" in line.title]


def test_the_fonts_are_as_the_examples_need() -> None:
    assert font_coverage.font_of("王") == font_coverage.SCREEN
    assert font_coverage.font_of(KAI_ONLY) == font_coverage.KAI
    assert font_coverage.font_of(LOST) is None


def test_a_rare_name_leads_to_the_person(rostered: Store) -> None:
    person = rename(rostered, models.Person, f"王{KAI_ONLY}")
    (one,) = found(rostered)
    assert (one.whose, one.id, one.characters, one.is_lost) == ("person", person, ((KAI_ONLY, "LXGW WenKai"),), False)
    told = line(rostered, "1 name has a rare character")
    assert (told.severity, told.page, told.target) == ("attention", "roster", person)
    assert f"王{KAI_ONLY} · {one.where} ({KAI_ONLY} LXGW WenKai)" in told.detail


def test_a_character_outside_the_standard_table_is_rare(rostered: Store) -> None:
    rename(rostered, models.Person, f"王{NOT_STANDARD}")
    (one,) = found(rostered)
    assert one.characters == ((NOT_STANDARD, "Noto Sans SC"),)
    assert not one.is_lost


def test_a_roster_full_of_rare_characters_is_read(rostered: Store) -> None:
    with rostered.write("tester", "test.fill") as writing:
        one = models.Person.select().first()
        names = [f"王{chr(0x20000 + number)}" for number in range(2500)]
        common = {"unit": one.unit_id, "division": one.division_id}
        writing.insert_many(models.Person, [{**common, "name": name} for name in names])
    standard = {"王𠅤", "王𠙶"}
    assert {one.name for one in found(rostered)} == set(names) - standard
    lost = sum(one.is_lost for one in found(rostered))
    assert f"and {lost - 3} more" in line(rostered, f"{lost} names cannot be printed whole").detail


def test_a_name_that_no_font_has_is_wrong(rostered: Store) -> None:
    person = rename(rostered, models.Person, f"王{LOST}{KAI_ONLY}")
    told = line(rostered, "1 name cannot be printed whole")
    assert (told.severity, told.page, told.target) == ("wrong", "roster", person)
    assert "U+3134F" in told.detail


@pytest.mark.parametrize(
    ("model", "page", "target"), [(models.Unit, "roster", f"医{KAI_ONLY}院"), (models.Judge, "setup", "裁判")]
)
def test_units_and_judges_lead_where_they_are_changed(
    rostered: Store, model: type[models.Row], page: str, target: str
) -> None:
    rename(rostered, model, f"医{KAI_ONLY}院")
    told = line(rostered, "has a rare character")
    assert (told.page, told.target) == (page, target)


def test_while_names_are_sealed_only_the_characters_are_told(drawn: Store) -> None:
    rename(drawn, models.Person, f"王{KAI_ONLY}")
    with drawn.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
    told = line(drawn, "has a rare character")
    assert told.target is None
    assert f"王{KAI_ONLY}" not in told.detail
    assert KAI_ONLY in told.detail
