"""What the screens say of each kind of draw before there is one: what it is for, and where its settings are made."""

from data.i18n import _
from data.rules.draw_record import ITEMS, JUDGES, LANES

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


def settings_sheet(kind: str) -> str:
    """The sheet of the plan on which these settings are made."""
    return {ITEMS: "成绩构成", JUDGES: "裁判"}.get(kind, "赛事")
