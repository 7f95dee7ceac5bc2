"""Who performs where: the mandatory stations of a division and those that were drawn."""

import pytest

from data.rules.programme import ChoiceComponent, choice_source, choice_text, choices, stations_of
from tests.data.choice_contest import plan


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("S2/S3/S4:1", (("S2", "S3", "S4"), 1)),
        ("S2/S3:2", (("S2", "S3"), 2)),
        ("S2/S3", (("S2", "S3"), 1)),
        ("S2", None),
        ("S2:1", None),  # a sum of the division S2
        ("S2/", None),
        ("S2//S3", None),
        ("S2/S3:", None),
        ("S2/S3:1:1", None),
        ("理论", None),
        ("", None),
    ],
)
def test_a_choice_is_told_from_other_sources(source: str, found: tuple[tuple[str, ...], int] | None) -> None:
    assert choice_source(source) == found


def test_a_choice_is_written_as_it_is_read() -> None:
    assert choice_text(("S2", "S3", "S4"), 2) == "S2/S3/S4:2"
    assert choice_source(choice_text(("S2", "S3"), 1)) == (("S2", "S3"), 1)


def test_choices_are_counted_within_their_division() -> None:
    assert choices(plan(), "E") == (ChoiceComponent(1, "技能抽考", ("S2", "S3", "S4"), 1),)
    assert choices(plan(), "T") == (ChoiceComponent(1, "病例", ("T1", "T2"), 1),)
    assert choices(plan(), "ET") == ()


def test_a_programme_is_what_is_mandatory_and_what_was_drawn() -> None:
    """S2 is optional for the emergency staff and mandatory for the nurses."""
    assert stations_of(plan(), "E") == ("S1",)
    assert stations_of(plan(), "E", {"S3"}) == ("S1", "S3")
    assert stations_of(plan(), "N") == ("S2",)
    assert stations_of(plan(), "N", {"S5", "S3"}) == ("S2", "S3", "S5")
    assert stations_of(plan(), "ET", {"S3"}) == ()
    assert stations_of(plan(), "T", {"S1", "T2"}) == ("T2",)  # S1 serves other divisions
