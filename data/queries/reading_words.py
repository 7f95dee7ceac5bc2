"""The words of second entry: how far a sheet is, and what somebody typed of an item."""

from data.i18n import _
from data.rules import marksheet, readings
from data.rules.decimals import show_milli
from data.rules.marksheet import Value
from data.rules.plan import Item


def state_word(state: str) -> str:
    """How far the second typing of a sheet is."""
    match state:
        case readings.AGREED:
            return _("agreed")
        case readings.SETTLED:
            return _("settled")
        case readings.DIFFERS:
            return _("differs")
    return _("not yet")


def value_words(item: Item, value: Value | None) -> str:
    """What was typed of an item, as people say it, and what it is worth: `B  2`, `52 s  10`, `ticked  −5`."""
    if item.kind in marksheet.TICKS:
        if not value:
            return _("not ticked")
        worth = marksheet.score_item(item, value)
        return "  ".join(filter(None, (_("ticked"), show_milli(worth) if worth else "")))
    if value is None:
        return "–"
    worth_text, typed = show_milli(marksheet.score_item(item, value)), marksheet.show_value(item, value)
    if item.kind == marksheet.TIMED:
        typed = _("{seconds} s").format(seconds=typed)
    elif item.kind == marksheet.DEDUCTIONS:
        typed = typed or _("no deduction")
    return typed if typed == worth_text else f"{typed}  {worth_text}"
