"""The words for what a draw follows, gives and finds, the same on screens and on paper."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from data.errors import InvalidInput
from data.i18n import _, ngettext
from data.rules import draw, draw_match, draw_order, draw_outcome, draw_record
from data.rules.draw_record import ITEMS, LANES, NUMBERS, SELECTION

_NAMED = 5  # of a list of names that a sentence names
_LONGEST = 100  # characters of a value that a sentence quotes


def kind_title(kind: str) -> str:
    """What a kind of draw is called."""
    match kind:
        case "selection":
            return _("Selection draw")
        case "numbers":
            return _("Numbers draw")
        case "items":
            return _("Stations draw")
        case "lanes":
            return _("Lanes draw")
        case "judges":
            return _("Judges draw")
        case _:
            return _("Draw of an unknown kind")


def why_text(why: str) -> str:
    """Why someone, or a pair of someone and a place, was passed over."""
    match why:
        case draw.HISTORY:
            return _("Competed in an earlier year")
        case draw_order.APART:
            return _("A colleague stands just before")
        case draw_order.WAVE:
            return _("The unit has its share of this wave")
        case draw_order.LATER:
            return _("Would leave no way for those who follow")
        case draw_outcome.ENOUGH:
            return _("Has enough optional stations")
        case draw_match.HAS:
            return _("Has a place already")
        case draw_match.RECUSAL:
            return _("Recused: of the same unit")
        case draw_match.FULL:
            return _("The place is full")
        case _:
            return _("No place left")


def result_text(entry: Mapping[str, Any]) -> str:
    """What a line of a record's result says was drawn."""
    if "number" in entry:
        return str(entry["number"])
    if "reserve" in entry:
        return _("Reserve {n}").format(n=entry["reserve"])
    if "seat" in entry:
        return _("Station {station}, lane {lane}, seat {seat}").format(
            station=entry["station"], lane=entry["lane"], seat=entry["seat"]
        )
    if "lane" in entry:
        return _("Station {station}, lane {lane}").format(station=entry["station"], lane=entry["lane"])
    if "station" in entry:
        return _("Station {station}").format(station=entry["station"])
    return _("Competes without a draw") if entry["seeded"] else _("Selected")


def count_text(record: draw_record.Record) -> str:
    """How much came of a draw, from its whole record."""
    return outcome_text(record["kind"], len(record["result"]), sum("reserve" in entry for entry in record["result"]))


def outcome_text(kind: str, count: int, reserves: int = 0) -> str:
    """How much came of a draw; of a selection `reserves` are counted in."""
    n = count - reserves
    match kind:
        case "selection":
            text = ngettext("{n} person selected", "{n} people selected", n).format(n=n)
            behind = ngettext("{n} reserve", "{n} reserves", reserves).format(n=reserves)
            return _("{selected}, {reserves}").format(selected=text, reserves=behind) if reserves else text
        case "numbers":
            return ngettext("{n} number given", "{n} numbers given", n).format(n=n)
        case "items":
            return ngettext("{n} optional station drawn", "{n} optional stations drawn", n).format(n=n)
        case "lanes":
            return ngettext("{n} lane given", "{n} lanes given", n).format(n=n)
        case _:
            return ngettext("{n} judge's seat drawn", "{n} judges' seats drawn", n).format(n=n)


def settings_texts(kind: str, settings: Mapping[str, Any], quotas: Mapping[str, int]) -> list[str]:
    """The settings that a draw follows, each in words."""
    if kind == SELECTION:
        return _selection_settings(quotas, settings.get("reserves", 0))
    if kind == NUMBERS:
        return _numbers_settings(bool(settings.get("apart")), settings.get("waves", 1))
    if kind == ITEMS:
        together = settings.get("per") == draw_outcome.PER_DIVISION
        whom = _("the same for a whole division") if together else _("for each contestant")
        counts = _(", ").join(_choice_texts(settings.get("counts", {})))
        return [_("Stations drawn {whom}: {counts}").format(whom=whom, counts=counts)]
    if kind == LANES:
        equal = _("Lanes filled equally") if settings.get("equal") else _("Lanes filled as they are drawn")
        return [equal, _("No judge of the own unit")]
    count = len(settings.get("judges", {}))
    judges = ngettext("{n} judge for as many seats", "{n} judges for as many seats", count).format(n=count)
    return [judges, _("No judge of the own unit")]


def _choice_texts(counts: Mapping[str, int]) -> list[str]:
    """How many stations each choice draws; a division that has only one is not told its number."""
    places = [part.partition("/") for part in counts]
    several = Counter(division for division, _slash, _number in places)
    return [
        _("{division} (choice {number}): {count}").format(division=division, number=number, count=count)
        if several[division] > 1
        else _("{division}: {count}").format(division=division, count=count)
        for (division, _slash, number), count in zip(places, counts.values(), strict=True)
    ]


def _selection_settings(quotas: Mapping[str, int], reserves: int) -> list[str]:
    places = _(", ").join(_("{division}: {n}").format(division=division, n=n) for division, n in quotas.items())
    first = [_("Places per unit: {places}").format(places=places)] if quotas else []
    if not reserves:
        return [*first, _("No reserves")]
    behind = ngettext("{n} reserve per unit and division", "Up to {n} reserves per unit and division", reserves)
    return [*first, behind.format(n=reserves)]


def _numbers_settings(apart: bool, waves: int) -> list[str]:
    order = _("Colleagues never follow each other") if apart else _("Colleagues may follow each other")
    if waves == 1:
        return [order, _("One wave")]
    return [order, _("{n} waves, every unit spread over them").format(n=waves)]


def obstacle_text(obstacle: draw_record.Obstacle) -> str:
    """A sentence for what keeps a list from being drawn, whatever the seed."""
    values: dict[str, Any] = {
        name: _listed(value) if isinstance(value, tuple) else value for name, value in obstacle.values.items()
    }
    values["unit"] = values.get("unit") or _("One unit")
    values["units"] = values.get("units") or _("some units")
    match obstacle.code:
        case "size":
            text = _("The list has {count} entries; the method draws from at most {most}.")
        case "twice":
            text = _("The entry {id} is in the list twice.")
        case "seeded":
            text = _("{unit}, division {division}: {count} compete without a draw, but there are {places} places.")
        case "apart":
            text = _("{unit} has {count} of the {size} in division {division}, too many for colleagues to stay apart.")
        case "choices":
            text = _("Division {division}, choice {component}: {needed} of only {count} optional stations.")
        case "no_lane":
            text = _("Station {station}: a judge of the own unit sits in every lane for {units} ({who}).")
        case "lanes":
            text = _(
                "Station {station}: recusals leave {units} only the lanes {lanes}, which have room for {room} when all"
                " lanes are filled equally ({who})."
            )
        case "no_seat":
            text = _("Every seat is closed to the judges {who} by recusals.")
        case _:
            text = _("Recusals leave the judges {who} only {room} seats: {seats}.")
    return text.format(**values)


def _listed(values: Sequence[Any]) -> str:
    """The first few of a list, as words."""
    named = _(", ").join(map(str, values[:_NAMED]))
    more = len(values) - _NAMED
    return named + (ngettext(" and {count} more", " and {count} more", more).format(count=more) if more > 0 else "")


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
    """A sentence for a record that contradicts itself, with the place of the first difference.

    The lines of a record count from 1, the steps of the draw from 0, as the paper has them.
    """
    values: dict[str, Any] = {"place": finding.place, "step": finding.place - 1}
    values |= {"expected": _short(finding.expected), "found": _short(finding.found)}
    match finding.code:
        case "method":
            text = _("The method is “{found}”, not “{expected}”.")
        case "kind":
            text = _("The kind of draw is “{found}”; there are {expected}.")
        case "entry":
            text = _("Line {place} of the list was altered after it was published: “{found}”.")
        case "numbering":
            text = _("Entry {place} of the list is numbered {found}.")
        case "twice":
            text = _("Line {place} of the list stands there twice: “{found}”.")
        case "pool_sha256":
            text = _("The list has the SHA-256 {expected}, but the record says {found}.")
        case "published":
            text = _(
                "The title, the places, the settings or the list were altered after they were published: their SHA-256"
                " is {expected}, but the record says {found}."
            )
        case "witnesses":
            text = _("{found} witnesses are named; at least {expected} are needed.")
        case "parts":
            text = _("Part {place} of the seed “{found}” cannot be used.") if finding.place else _too_few_parts()
        case "seed":
            text = _("Part {place} of the seed was altered after the draw: “{found}”.")
        case "key":
            text = _("Part {place} of the key: the seed gives “{expected}”, but the record says “{found}”.")
        case "impossible":
            text = _("The settings cannot hold for this list ({found}).")
        case "order" | "passed_over" | "result":
            text = _difference(finding)
        case _:
            text = _("This is no complete draw record ({found}).")
    return text.format(**values)


def _too_few_parts() -> str:
    return _("The seed “{found}” has fewer than two parts.")


def _difference(finding: draw_record.RecordFinding) -> str:
    """The words for a line of the record that is not the one redone: another one, one too many, or missing."""
    if not finding.found:
        match finding.code:
            case "order":
                return _("Order, line {place} (step {step}): “{expected}” is missing.")
            case "passed_over":
                return _("Passed over, line {place}: “{expected}” is missing.")
            case _:
                return _("Result, line {place}: “{expected}” is missing.")
    if not finding.expected:
        match finding.code:
            case "order":
                return _("Order, line {place} (step {step}): “{found}” is one too many.")
            case "passed_over":
                return _("Passed over, line {place}: “{found}” is one too many.")
            case _:
                return _("Result, line {place}: “{found}” is one too many.")
    match finding.code:
        case "order":
            return _("Order, line {place} (step {step}): should be “{expected}”, but the record says “{found}”.")
        case "passed_over":
            return _("Passed over, line {place}: should be “{expected}”, but the record says “{found}”.")
        case _:
            return _("Result, line {place}: should be “{expected}”, but the record says “{found}”.")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
