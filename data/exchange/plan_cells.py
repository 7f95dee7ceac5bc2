"""One cell of the plan workbook: its text to a value and back. Texts are what a person sees and types."""

import re
import unicodedata
from datetime import date

from data.i18n import _
from data.rules.decimals import NumberProblem, clock, read_milli, show_milli
from data.rules.identity import clean_name
from data.rules.plan_layout import Column

Value = str | int | bool | tuple[str, ...] | None

_AROUND_SIGNS = re.compile("\\s*([/:])\\s*")
_SEPARATORS = re.compile("[;；,，、\\s]+")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：]00)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class BadCell(ValueError):
    """A cell does not hold what its column needs; the message is the user's sentence."""


def tidy(text: str) -> str:
    """The text without blanks around it, runs of blanks and line breaks as one, NFC."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "").split())


def parse(column: Column, text: str) -> Value:
    """The value of a cell; for an empty one that is not a text, what the column says, mostly None.

    Raises:
        BadCell: the text does not fit the column; whether an empty cell may be is for the caller.
    """
    text = tidy(text)
    if column.kind == "steps":
        return ";".join(step.strip() for step in re.split("[;；]", text) if step.strip())
    if column.kind == "name":
        return clean_name(text)
    if column.kind == "text":
        return text
    text = unicodedata.normalize("NFKC", text)
    if column.kind == "code":
        return text
    if column.kind == "source":
        return _AROUND_SIGNS.sub(r"\1", text)
    if column.kind == "codes":
        return tuple(code for code in _SEPARATORS.split(text) if code)
    if not text:
        return "" if column.kind == "date" else column.blank
    if column.kind == "whole":
        return _whole(text)
    if column.kind == "milli":
        return _number(text)
    if column.kind == "time":
        return _minute(text)
    if column.kind == "date":
        return _date(text)
    return _choice(column, text)


def to_text(column: Column, value: Value) -> str:
    """What a person reads in the cell of this value; `parse` gives the value back."""
    if value is None or (column.blank is not None and value == column.blank):
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    if column.choices:
        return next((word for word, choice in column.choices.items() if choice == value), str(value))
    if column.kind == "milli":
        return show_milli(int(value))
    if column.kind == "time":
        return clock(int(value))
    return str(value)


def _number(text: str) -> int:
    """Thousandths of a number in a cell; a per cent sign is understood."""
    try:
        return read_milli(text.removesuffix("%"))
    except NumberProblem as problem:
        shown = shorten(text)
        if problem.code == "comma":
            raise BadCell(_("“{text}” has a comma: write 1000 or 1.5.").format(text=shown)) from problem
        if problem.code == "precise":
            raise BadCell(_("{text} has more than three decimals.").format(text=shown)) from problem
        raise BadCell(_("“{text}” is not a number, or far too large.").format(text=shown)) from problem


def _whole(text: str) -> int:
    whole, rest = divmod(_number(text), 1000)
    if rest:
        raise BadCell(_("{text} is not a whole number.").format(text=shorten(text)))
    return whole


def _minute(text: str) -> int:
    match = _TIME.fullmatch(text)
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else -1
    if not 0 <= minute <= 24 * 60:
        raise BadCell(_("“{text}” is not a time of day such as 08:30.").format(text=shorten(text)))
    return minute


def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    raise BadCell(_("“{text}” is not a date such as 2023-11-18.").format(text=shorten(text)))


def _choice(column: Column, text: str) -> Value:
    if text not in column.choices:
        words = " / ".join(column.choices)
        raise BadCell(_("“{text}” is not one of {words}.").format(text=shorten(text), words=words))
    value = column.choices[text]
    assert isinstance(value, str | bool)
    return value


def shorten(text: str) -> str:
    """The text for a sentence: a very long one is cut, control characters are made visible."""
    shown = "".join(char if char.isprintable() else "�" for char in text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
