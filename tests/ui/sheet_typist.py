"""Types mark sheets as somebody does who knows the keys, with real key events."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from data.rules import marksheet, sheet_keys
from data.rules.marksheet import Value
from data.rules.plan import Item

_ENTER = "\r"


def keys_of(item: Item, value: Value) -> str:
    """The fewest keys that enter this value and go on; a carriage return is the Enter key."""
    if sheet_keys.at_one_key(item, "") == value and item.kind not in marksheet.TICKS:
        return "+"
    if isinstance(value, bool):
        return f"1{_ENTER}" if value else _ENTER
    if isinstance(value, Mapping):
        texts = [deduction.text for deduction in marksheet.rule_of(item).deductions]
        ticked = [str(texts.index(text) + 1) * count for text, count in value.items()]
        return "".join(ticked) + _ENTER
    text = marksheet.show_value(item, value)
    if text.endswith(".5") and sheet_keys.at_one_key(item, text.removesuffix(".5")) == value:
        return f"{text.removesuffix('.5')}+"
    return text.lower() + _ENTER


def keys_of_sheet(items: tuple[Item, ...], values: Mapping[int, Value]) -> str:
    """The keys of a whole sheet; the last Enter, on the total, hands it in."""
    return "".join(keys_of(item, values[item.number]) for item in items) + _ENTER


def press(window: QWidget, keys: str) -> None:
    """Press keys, each where the focus is by then."""
    for key in keys:
        focus = window.focusWidget()
        assert focus is not None
        if key == _ENTER:
            QTest.keyClick(focus, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(focus, key)
