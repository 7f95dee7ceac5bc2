"""Sentences for values that do not fit their item, and for the states of entrants."""

from data.i18n import _
from data.rules.decimals import show_milli
from data.rules.marksheet import ValueProblem
from data.rules.plan import Item


def item_sentence(item: Item, problem: ValueProblem) -> str:
    """What is wrong with the value of this item: its number, then the reason."""
    return _("Item {number}: {problem}").format(number=item.number, problem=value_sentence(problem))


def value_sentence(problem: ValueProblem) -> str:
    """What is wrong with a value and what is accepted instead, fit for one line."""
    values = problem.values
    low, high, step = (_milli(values.get(name)) for name in ("low", "high", "step"))
    match problem.code:
        case "empty":
            return _("Nothing was entered; a zero must be typed.")
        case "comma":
            return _("Write decimals with a point, not a comma.")
        case "precise":
            return _("At most three decimals are kept.")
        case "range":
            return _("Only {low} to {high} is possible.").format(low=low, high=high)
        case "step":
            return _("Only {low} to {high} in steps of {step} is possible.").format(low=low, high=high, step=step)
        case "grade":
            return _("Only these grades are possible: {labels}.").format(labels=" ".join(_texts(values["labels"])))
        case "deduction":
            return _("“{text}” is none of the deductions: {texts}.").format(
                text=values["text"], texts="；".join(_texts(values["texts"]))
            )
        case "repeated":
            return _("“{text}” is there twice.").format(text=values["text"])
        case "count":
            return _("“{text}” can be counted {low} to {high} times.").format(text=values["text"], low=low, high=high)
        case "tick":
            return _("Only ticked (1) or not ticked (0) is possible.")
        case "unknown":
            return _("The mark sheet has no item {number}.").format(number=values["number"])
    return _("This is not a number.")


def _milli(value: object) -> str:
    return show_milli(value) if isinstance(value, int) else ""


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, tuple) else []


def state_word(state: str) -> str:
    """The word for the state of an entrant in the standings; empty for one who simply competes."""
    match state:
        case "absent":
            return _("absent")
        case "withdrew":
            return _("withdrew")
        case "disqualified":
            return _("disqualified")
        case "failed":
            return _("failed by a critical item")
    return ""
