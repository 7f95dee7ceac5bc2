"""What a person chose for the columns of a roster, and how it is remembered."""

import json

import pytest

from data.rules.roster_columns import ColumnMapping, TableGuess, chosen_mapping, mapping_as_json, mapping_of_json

TABLE = TableGuess("a.csv", "", "shape", 3, 2, (), False, (), ())


def test_a_field_given_twice_stays_with_its_first_column() -> None:
    mapping = chosen_mapping(TABLE, ["unit", "name", "name", "nonsense", ""])
    assert mapping == ColumnMapping(("unit", "name", "", "", ""), 1)
    assert chosen_mapping(TABLE, ["name"], 5).down == 3


def test_a_mapping_is_remembered_as_plain_values() -> None:
    mapping = ColumnMapping(("", "unit", "name"), -1)
    assert mapping_of_json(json.loads(json.dumps(mapping_as_json(mapping)))) == mapping


@pytest.mark.parametrize(
    "value", [None, [], {}, {"fields": ["unit"]}, {"fields": ["none such"], "down": 0}, {"fields": "unit", "down": 0}]
)
def test_what_was_remembered_otherwise_is_no_mapping(value: object) -> None:
    assert mapping_of_json(value) is None
