"""What somebody typed of a mark sheet, checked and scored, with the user's words for what does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import InvalidInput
from data.i18n import _
from data.queries import mark_words
from data.queries.plan import items_of
from data.rules import alarms, marksheet
from data.rules.decimals import show_milli
from data.rules.marksheet import Value, ValueProblem
from data.rules.plan import Item


@dataclass(frozen=True)
class Scored:
    """A sheet as a mark stores it; `values` by item number as text.

    `full_milli`: the full mark of the sheet. `critical`: the numbers of the critical items that are ticked.
    """

    values: dict[str, Value]
    total_milli: int
    full_milli: int
    total_only: bool = False
    failed: bool = False
    critical: tuple[int, ...] = ()


def score(sheet_id: int, place: str, values: Mapping[int, Value], total_milli: int | None) -> Scored:
    """A complete sheet; no values and a total is one that was added up by hand. Runs inside `store.write()`.

    Args:
        place: whose sheet it is, for the messages.

    Raises:
        InvalidInput: a value is missing or not acceptable, or the total is not the sum.
    """
    items = items_of(sheet_id)
    full = marksheet.full_mark(items)
    if not values and total_milli is not None:
        if not 0 <= total_milli <= full:
            raise InvalidInput(
                _("The total must be 0 to {full}.").format(full=show_milli(full)),
                where=f"{place} · {show_milli(total_milli)}",
            )
        return Scored({}, total_milli, full, total_only=True)
    try:
        stored = marksheet.to_json(items, values)
    except ValueProblem as problem:
        raise _value_error(place, items, problem) from problem
    found = marksheet.score_sheet(items, values)
    if found.total_milli is None:
        raise InvalidInput(
            _("These items are not marked yet: {numbers}.").format(numbers=", ".join(map(str, found.missing))),
            where=place,
            todo=_("Enter every item; a zero must be typed."),
        )
    if total_milli is not None and total_milli != found.total_milli:
        raise InvalidInput(
            _("The items add up to {sum}, but the total says {total}.").format(
                sum=show_milli(found.total_milli), total=show_milli(total_milli)
            ),
            where=place,
            todo=_("Compare with the paper sheet and correct the item or the total."),
        )
    return Scored(stored, found.total_milli, full, failed=found.failed, critical=alarms.ticked(items, values))


def _value_error(place: str, items: tuple[Item, ...], problem: ValueProblem) -> InvalidInput:
    item = next((item for item in items if item.number == problem.values["number"]), None)
    words = mark_words.value_sentence(problem) if item is None else mark_words.item_sentence(item, problem)
    return InvalidInput(words, where=place)
