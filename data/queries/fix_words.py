"""The sentences of what stands in the way of a day, and of the changes that take it away, by code."""

from data.i18n import _, ngettext
from data.rules.rotation_fix import Fix


def why_sentence(code: str, *, sealed: bool) -> str:
    """Why the day cannot be planned, without an end stop; while names are sealed, nothing of whose unit is which."""
    hidden = {
        "drawn_lane": _("The lane {lane} of {station} was drawn by somebody of whose unit a judge sits there"),
        "window": _("Somebody would end {over} after he has to leave"),
        "no_room": _("{station} has no room for somebody within all limits: at best {over} are missing"),
    }
    sentences = {
        "recusal": _("{station} has no lane free of judges of {unit}"),
        "drawn_lane": _("{who} drew lane {lane} of {station}, where a judge of the same unit sits"),
        "no_lane": _("{who} drew lane {lane} of {station}, which is no more"),
        "pinned": _("{who} is pinned to lane {lane} of {station}, where this visit breaks a rule"),
        "window": _("{who} would end {over} after having to leave"),
        "stay": _("{who} needs {over} more than the longest stay allows"),
        "station_late": _("{station} needs {over} more"),
        "late": _("The day ends {over} after the closing time {closes}, last at {station}"),
        "no_room": _("{station} has no room for {who} within all limits: at best {over} are missing"),
    }
    return (hidden.get(code) if sealed else None) or sentences[code]


def advice(code: str) -> str:
    """What to do about it, as a sentence."""
    return {
        "recusal": _("Move or replace one of these judges on the setup page."),
        "drawn_lane": _("Move or replace this judge on the setup page, or void the lane draw and draw again."),
        "no_lane": _("Add the lane again on the setup page, or void the lane draw and draw again."),
        "pinned": _("Let the visit leave its place."),
        "window": _("Let the unit or the session have more time, on the setup page."),
        "stay": _("Allow a longer stay, on the setup page."),
        "station_late": _("Add a lane there, or let the day end at {time}, on the setup page."),
        "late": _("Let the day end at {time}, or add a lane, on the setup page."),
        "no_room": _("Let the day end later, or add a lane there, on the setup page."),
    }[code]


def fix_phrase(fix: Fix, *, sealed: bool) -> str:
    """One change, to stand in a list after a colon; the names of its values are in braces."""
    if fix.code == "add_lane":
        return ngettext("{n} more lane at {station}", "{n} more lanes at {station}", fix.count)
    if fix.code == "fewer":
        return ngettext("{n} entrant fewer at {station}", "{n} entrants fewer at {station}", fix.count)
    if fix.code == "swap_judges":
        if fix.station == fix.other_station:
            return _("{judge} (lane {lane}) and {other_judge} (lane {other_lane}) of {station} change seats")
        return _("{judge} ({station}, lane {lane}) and {other_judge} ({other_station}, lane {other_lane}) change seats")
    if fix.code == "widen" and sealed:
        return _("the units concerned stay until {time}")
    return {
        "close_later": _("finish at {time}"),
        "replace_judge": _("a judge from elsewhere for {judge} in lane {lane} of {station}"),
        "stand_in": _("a reserve judge at {station} for those of {unit}"),
        "longer_stay": _("a longest stay of {minutes}"),
        "open_longer": _("{station} stays open until {time}"),
        "widen": _("{unit} stays until {time}"),
        "unpin": _("{who} may leave the pinned place at {station}"),
    }[fix.code]


def between_changes() -> str:
    """What stands between changes that go together."""
    return _(", and ")


def between_ways() -> str:
    """What stands between changes of which one suffices."""
    return _(", or ")
