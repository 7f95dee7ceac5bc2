"""The words for what the draw rules find."""

from collections.abc import Sequence
from typing import Any

from data.errors import InvalidInput
from data.i18n import _
from data.rules import draw, draw_record


def kind_title(kind: str) -> str:
    """What a kind of draw is called."""
    return _("Selection draw") if kind == draw_record.SELECTION else _("Numbers draw")


def why_text(why: str) -> str:
    """Why someone was passed over."""
    if why == draw.HISTORY:
        return _("Competed in an earlier year")
    return _("No place left")


def result_text(entry: dict[str, Any]) -> str:
    """What a line of a record's result says: a contestant number, or how someone was selected."""
    if "number" in entry:
        return str(entry["number"])
    return _("Competes without a draw") if entry["seeded"] else _("Selected")


def key_text(parts: Sequence[str]) -> str:
    """The key of seed parts as they were typed.

    Raises:
        InvalidInput: the seed cannot be used.
    """
    try:
        return draw.canonical_key(parts)
    except draw.SeedProblem as problem:
        raise seed_error(problem) from problem


def seed_error(problem: draw.SeedProblem) -> InvalidInput:
    """The words for a seed that cannot be used."""
    if problem.code == "parts":
        return InvalidInput(
            _("The seed needs at least two parts, from two witnesses."), todo=_("Type a part for each witness.")
        )
    where = _("Part {number}").format(number=problem.part)
    if problem.code == "empty":
        return InvalidInput(_("A part of the seed is empty."), where=where, todo=_("Type it or remove the part."))
    return InvalidInput(
        _("A part of the seed must not contain “/”, which closes the parts in the key."),
        where=where,
        todo=_("Type it without “/”, or as two parts."),
    )


def finding_text(finding: draw_record.RecordFinding) -> str:
    """A sentence for a record that contradicts itself, with the first difference."""
    values = {"place": finding.place, "expected": finding.expected, "found": finding.found}
    match finding.code:
        case "method":
            text = _("The method is “{found}”, not “{expected}”.")
        case "numbering":
            text = _("Entry {place} of the list is numbered {found}.")
        case "pool_sha256":
            text = _("The list has the SHA-256 {expected}, but the record says {found}.")
        case "witnesses":
            text = _("{found} witnesses are named; at least {expected} are needed.")
        case "parts":
            text = _("The seed “{found}” cannot be used.")
        case "key":
            text = _("The seed gives the key “{expected}”, but the record says “{found}”.")
        case "order":
            text = _("Step {place} draws “{expected}”, but the record says “{found}”.")
        case "passed_over":
            text = _("Passed over, line {place}: should be “{expected}”, but the record says “{found}”.")
        case "result":
            text = _("Result, line {place}: should be “{expected}”, but the record says “{found}”.")
        case _:
            text = _("This is no complete draw record ({found}).")
    return text.format(**values)
