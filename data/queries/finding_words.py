"""The sentences of the checker's findings, by code."""

from data.i18n import _


def finding_sentence(code: str) -> str:
    """The sentence of a finding, with the names of its values in braces."""
    sentences = {
        "unknown_entrant": _("{station}, {time}: {who} does not compete."),
        "unknown_station": _("{who}, {time}: there is no station {station}."),
        "unknown_lane": _("{who}, {time}: {station} has no lane {lane}."),
        "not_to_visit": _("{who} does not have to visit {station}, but is planned there at {time}."),
        "not_drawn": _("{who} did not draw {station}, but is planned there at {time}."),
        "missing": _("{who} has no visit to {station}."),
        "drawn_missing": _("{who} drew {station}, but has no visit there."),
        "double": _("{who} is planned at {station} more than once."),
        "length": _("{who} at {station}, {time}: the visit is {minutes} longer or shorter than the station's."),
        "before_opening": _("{who} at {station} starts at {time}, {minutes} before the day opens."),
        "after_closing": _("{who} at {station} from {time} ends {minutes} after the day closes."),
        "in_break": _("{who} at {station} from {time} runs {minutes} into a break."),
        "in_closed": _("{who} at {station}, lane {lane}, from {time}: the lane is closed for {minutes} of it."),
        "not_here": _("{who} at {station} from {time}: for {minutes} of it this contestant cannot be there."),
        "lane_overlap": _("{station}, lane {lane}, {time}: {who} and {other} overlap by {minutes}."),
        "changeover": _(
            "{station}, lane {lane}, {time}: {minutes} of changeover are missing between {who} and {other}."
        ),
        "entrant_overlap": _("{who} is at {station} and {other_station} at once from {time}, for {minutes}."),
        "shared_overlap": _(
            "{who} at {station} and {other} at {other_station} overlap by {minutes}, but somebody performs in both."
        ),
        "gap": _(
            "{who} from {station} to {other_station}, {other_time}: {minutes} are missing to walk there and to rest."
        ),
        "shared_gap": _(
            "{who} from {station} to {other} at {other_station}, {other_time}: "
            "{minutes} are missing to walk there and to rest."
        ),
        "stay": _("{who} would stay {minutes} longer than the longest stay allows."),
        "recusal": _("{who} at {station}, lane {lane}, {time}: a judge there belongs to the same unit."),
        "stand_in": _(
            "{who} at {station}, lane {lane}, {time}: a reserve judge would have to step in, "
            "though lane {drawn} has no judge of the same unit."
        ),
        "stand_ins": _(
            "{station}, {time}: {who} in lane {lane} and {other} in lane {other_lane} need the reserve judge at once."
        ),
        "other_lane": _("{who} drew lane {drawn} of {station}, but is planned in lane {lane} at {time}."),
        "moved_done": _("{who} at {station}: this visit has taken place, but is planned elsewhere now."),
        "unpinned": _(
            "{who} at {station} is pinned to lane {drawn} at {other_time}, but is planned in lane {lane} at {time}."
        ),
        "too_early": _("{who} at {station} is planned at {time}, before visits that have taken place."),
        "off_bell": _(
            "{who} at {station} starts at {time}, while {other} at {other_station} still has {minutes} to go."
        ),
        "long_wait": _("{who} waits {minutes} between visits."),
        "draw_order": _("{who} starts after {other}, though drawn earlier."),
        "draw_order_at": _("{who} is at {station} after {other}, though drawn earlier."),
        "uneven_lanes": _("{station}: lane {lane} has {count} visits more than lane {drawn}."),
        "broken_wave": _("{who} stands aside at {count} strokes of the bell between visits."),
    }
    return sentences[code]


def sealed_findings() -> dict[str, str]:
    """What is said instead while names are sealed: nothing that tells whose unit is which."""
    return {
        "recusal": _("{station}, lane {lane}: a judge there is of the unit of an entrant."),
        "stand_in": _("{station}, lane {lane}: the reserve judge would have to step in at the wrong time."),
        "not_here": _("{station}, lane {lane}: an entrant is planned there outside of the hours of the unit."),
    }
