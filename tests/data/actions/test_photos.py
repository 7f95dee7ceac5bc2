"""Portraits are kept with their people, and nothing of them stays when they are taken out."""

import pytest

from data import models
from data.actions import photos, roster
from data.errors import InvalidInput
from data.queries import photos as queries
from data.rules.photos import PhotoReading, Picture, Unusable
from data.store import Store
from tests.data.pictures import face
from tests.data.samples import count

BLUE, RED = face(colour="#2244AA"), face(colour="#AA2222")


def reading(*pictures: tuple[str, bytes]) -> PhotoReading:
    found = tuple(Picture(f"{stem}.jpg", stem, (), content) for stem, content in pictures)
    return PhotoReading(found, (Unusable("note.txt", "This is no picture."),))


def names(store: Store) -> list[tuple[int, str]]:
    """People whose name nobody else has."""
    with store.read():
        rows = list(models.Person.select(models.Person.id, models.Person.name).order_by(models.Person.id).tuples())
    all_names = [name for _row, name in rows]
    return [(row, name) for row, name in rows if all_names.count(name) == 1]


def test_pictures_are_added_then_the_same_then_changed(rostered: Store) -> None:
    (one, name), (other, other_name) = names(rostered)[:2]
    files = reading((name, BLUE), (other_name, RED), ("某某", RED))
    assert photos.import_photos(rostered, "李敏", files) == photos.PhotoResult(2, 0, 0, 2)
    assert queries.photo(rostered, one) == BLUE
    assert queries.photos(rostered, [one, other, 0]) == {one: BLUE, other: RED}
    writes = count(rostered, models.Audit)
    assert photos.import_photos(rostered, "李敏", files) == photos.PhotoResult(0, 0, 2, 2)
    assert count(rostered, models.Audit) == writes
    assert photos.import_photos(rostered, "李敏", reading((name, RED))) == photos.PhotoResult(0, 1, 0, 1)
    assert queries.photo(rostered, one) == RED
    assert count(rostered, models.Picture) == 1, "the former picture is not kept"


def test_the_preview_says_what_becomes_of_each_file(rostered: Store) -> None:
    (one, name), (other, other_name), *_rest = names(rostered)
    photos.import_photos(rostered, "李敏", reading((name, BLUE)))
    pictures = reading((name, RED), (f"{name} 证件照", RED), (other_name, BLUE), (f"{other_name}1", RED), ("1", RED))
    preview = queries.preview_photos(rostered, pictures)
    assert [(line.outcome, line.person_id) for line in preview.of(queries.CHANGED)] == [("changed", one)]
    assert [line.file for line in preview.of(queries.SAME)] == [f"{name} 证件照.jpg"]
    refused = {line.file: line.reason for line in preview.of(queries.REFUSED)}
    several = refused[f"{other_name}.jpg"]
    assert several.startswith("There are several pictures of")
    assert several == refused[f"{other_name}1.jpg"]
    assert refused["note.txt"] == "This is no picture."
    assert refused["1.jpg"].startswith("The file's name says nobody.")
    assert not preview.of(queries.ADDED)
    assert queries.photo(rostered, other) is None


@pytest.mark.parametrize("code", ["nobody", "nobody_id", "other_name", "ambiguous", "nameless"])
def test_every_miss_has_words(code: str) -> None:
    assert queries.miss_text(queries.Miss(code, ("张三 · 市医 · 护理组",))).endswith(".")


def test_pictures_are_taken_out_with_a_reason(rostered: Store) -> None:
    (one, name), (other, other_name), (third, _name) = names(rostered)[:3]
    photos.import_photos(rostered, "李敏", reading((name, BLUE), (other_name, BLUE)))
    with pytest.raises(InvalidInput, match="reason"):
        photos.remove_photos(rostered, "李敏", [one], " ")
    assert photos.remove_photos(rostered, "李敏", [one, third], "wrong person") == 1
    assert queries.photo(rostered, one) is None
    assert queries.photo(rostered, other) == BLUE, "another person has the same picture"
    assert photos.remove_photos(rostered, "李敏", [other], "asked for") == 1
    assert count(rostered, models.Picture) == 0


def test_a_portrait_goes_with_who_is_taken_off_the_roster(rostered: Store) -> None:
    (one, name), *_rest = names(rostered)
    photos.import_photos(rostered, "李敏", reading((name, BLUE)))
    roster.remove_people(rostered, "李敏", [one], "left the hospital")
    assert count(rostered, models.Photo) == count(rostered, models.Picture) == 0
