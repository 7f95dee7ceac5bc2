"""What the screens say about each kind of draw: what it is for, what it follows, and how much came of it."""

from collections.abc import Mapping
from typing import Any

from data.i18n import _, ngettext
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION, Record

OPTIONAL = (LANES, JUDGES)  # a contest can do without them


def purpose_text(kind: str) -> str:
    """What a kind of draw is for."""
    match kind:
        case "selection":
            return _("Draws who competes from all staff of each unit; those of earlier years come last.")
        case "numbers":
            return _("Gives everyone who competes a contestant number, and with it the order of the day.")
        case "items":
            return _("Draws which of the optional stations are taken.")
        case "lanes":
            return _("Gives everyone a lane at each station that has several, never before a judge of the own unit.")
        case _:
            return _("Draws the seats of the judges; nobody judges the own unit. The plan's seats are rewritten.")


def settings_texts(kind: str, rules: Mapping[str, Any], quotas: Mapping[str, int]) -> list[str]:
    """The settings that a draw follows, each in words."""
    if kind == SELECTION:
        return _selection_settings(quotas, rules.get("reserves", 0))
    if kind == NUMBERS:
        return _numbers_settings(bool(rules.get("apart")), rules.get("waves", 1))
    if kind == ITEMS:
        whom = _("the same for a whole division") if rules.get("per") == "division" else _("for each contestant")
        counts = _(", ").join(f"{part}: {count}" for part, count in rules.get("counts", {}).items())
        return [_("Stations drawn {whom}: {counts}").format(whom=whom, counts=counts)]
    if kind == LANES:
        equal = _("Lanes filled equally") if rules.get("equal") else _("Lanes filled as they are drawn")
        return [equal, _("No judge of the own unit")]
    count = len(rules.get("judges", {}))
    judges = ngettext("{n} judge for as many seats", "{n} judges for as many seats", count).format(n=count)
    return [judges, _("No judge of the own unit")]


def settings_sheet(kind: str) -> str:
    """The sheet of the plan on which these settings are made."""
    return {ITEMS: "成绩构成", JUDGES: "裁判"}.get(kind, "赛事")


def count_text(record: Record) -> str:
    """How much came of a draw, from its whole record or from the published half of a sealed one."""
    return result_text(record["kind"], len(record["result"]), sum("reserve" in entry for entry in record["result"]))


def result_text(kind: str, count: int, reserves: int = 0) -> str:
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


def _selection_settings(quotas: Mapping[str, int], reserves: int) -> list[str]:
    places = "  ".join(f"{division} {places}" for division, places in quotas.items())
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
