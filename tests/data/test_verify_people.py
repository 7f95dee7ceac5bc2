"""The check of an event file finds photos and substitutions that were altered."""

from data import models
from data.actions.photos import import_photos
from data.queries import entrants
from data.rules.photos import PhotoReading, Picture
from data.store import Store
from data.verify import verify_file
from data.verify_people import people_faults
from tests.data.actions.test_substitution import nurse, put_in
from tests.data.pictures import face


def faults(store: Store) -> list[str]:
    with store.read():
        return list(people_faults(store))


def with_photo(store: Store) -> str:
    with store.read():
        person = next(row for row in models.Person.select() if row.id_number)
    import_photos(store, "李敏", PhotoReading((Picture("a.jpg", person.id_number, (), face((300, 420))),)))
    assert verify_file(store.path) == []
    return str(person.name)


def test_an_altered_picture_is_found(rostered: Store) -> None:
    name = with_photo(rostered)
    rostered.database.execute_sql("UPDATE picture SET content = x'00'")
    assert faults(rostered) == [f"The photo of {name} was altered outside Biwu."]
    assert f"The photo of {name} was altered outside Biwu." in verify_file(rostered.path)


def test_a_missing_picture_and_one_too_many_are_found(rostered: Store) -> None:
    name = with_photo(rostered)
    rostered.database.execute_sql("UPDATE picture SET sha256 = 'abcdef0123'")
    assert faults(rostered) == [f"The photo of {name} is missing.", "A picture belongs to nobody: abcdef01."]


def test_each_false_substitution_is_found(drawn: Store) -> None:
    row = nurse(drawn)
    put_in(drawn, row)
    again = put_in(drawn, entrants.entrant(drawn, row.id), 1)
    assert faults(drawn) == []
    with drawn.read():
        stranger = models.Person.get(models.Person.unit != models.Entrant.get_by_id(row.id).unit_id)
    run = drawn.database.execute_sql
    run("UPDATE substitution SET left_id = ? WHERE id = 2", (stranger.id,))
    assert faults(drawn) == [
        "Substitution 2: who left did not hold the place.",
        "Substitution 2: they are not of the same unit and division.",
    ]
    run("UPDATE substitution SET left_id = (SELECT joined_id FROM substitution WHERE id = 1) WHERE id = 2")
    run("UPDATE substitution SET old_token = ? WHERE id = 1", (again.token,))
    assert faults(drawn) == ["Substitution 1: the old badge is valid still."]
    run("UPDATE substitution SET old_token = 'X' WHERE id = 1")
    run("UPDATE entrant SET person_id = ? WHERE id = ?", (stranger.id, row.id))
    assert faults(drawn) == [f"{again.name} competes, but did not join by the last substitution of the place."]
