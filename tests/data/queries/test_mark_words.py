from typing import Any

import pytest

from data.queries.mark_words import item_sentence, state_word, value_sentence
from data.rules.marksheet import ValueProblem, read_value
from data.rules.plan import Item


@pytest.mark.parametrize(
    ("item", "text", "sentence"),
    [
        (Item(3, "", "", 5000, "points"), "", "Item 3: Nothing was entered; a zero must be typed."),
        (Item(3, "", "", 5000, "points"), "1,5", "Item 3: Write decimals with a point, not a comma."),
        (Item(3, "", "", 5000, "points"), "1.2345", "Item 3: At most three decimals are kept."),
        (Item(3, "", "", 5000, "points"), "x", "Item 3: This is not a number."),
        (Item(3, "", "", 5000, "points"), "6", "Item 3: Only 0 to 5 is possible."),
        (Item(3, "", "", 5000, "points"), "4.2", "Item 3: Only 0 to 5 in steps of 0.5 is possible."),
        (Item(3, "", "", 5000, "grades", "5/3/0"), "4", "Item 3: Only these grades are possible: 5 3 0."),
        (Item(3, "", "", 5000, "deductions", "甲=-1;乙=-1"), "丙", "Item 3: “丙” is none of the deductions: 甲；乙."),
        (Item(3, "", "", 5000, "deductions", "甲=-1;乙=-1"), "甲;甲", "Item 3: “甲” is there twice."),
        (Item(3, "", "", 5000, "deductions", "甲=-1"), "甲×2", "Item 3: “甲” can be counted 0 to 1 times."),
        (Item(3, "", "掉物", -5000, "penalty"), "5", "Item 3: Only ticked (1) or not ticked (0) is possible."),
    ],
)
def test_a_refusal_names_the_item_and_what_is_possible(item: Item, text: str, sentence: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        read_value(item, text)
    assert item_sentence(item, caught.value) == sentence


@pytest.mark.parametrize(("code", "values"), [("unknown", {"number": 9})])
def test_an_unknown_item_is_named(code: str, values: dict[str, Any]) -> None:
    assert value_sentence(ValueProblem(code, **values)) == "The mark sheet has no item 9."


def test_states_have_words_and_competing_needs_none() -> None:
    words = {state: state_word(state) for state in ("absent", "withdrew", "disqualified", "failed", "present")}
    assert len(set(words.values())) == 5
    assert words["present"] == ""
