"""The words of second entry: how far a sheet is, and what somebody typed of an item."""

from data.i18n import _, ngettext
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


def waiting_sentence(title: str, sheets: int) -> str:
    """That so many sheets of a station or a division were not typed a second time."""
    return ngettext(
        "{title}: {n} sheet is to be typed a second time.",
        "{title}: {n} sheets are to be typed a second time.",
        sheets,
    ).format(title=title, n=sheets)


def differing_sentence(title: str, sheets: int) -> str:
    """That so many sheets of a station or a division are to be settled."""
    return ngettext(
        "{title}: {n} sheet was typed differently the second time.",
        "{title}: {n} sheets were typed differently the second time.",
        sheets,
    ).format(title=title, n=sheets)


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
