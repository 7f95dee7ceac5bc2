"""Where an entrant may perform: lanes without a judge of the own unit (回避), or where a reserve judge steps in."""

from data.rules.rotation_model import Entrant, Station


def open_lanes(entrant: Entrant, station: Station) -> list[int]:
    """The lanes where an entrant may perform; of a drawn lane that one alone.

    Those where no judge belongs to the own unit (回避); if there is none, those where a reserve judge may step in.
    """
    drawn = entrant.drawn_lane(station.code) if entrant.drawn else None
    lanes = [
        lane for lane in station.lanes if drawn in (None, lane) and not entrant.units & station.lane_units[lane - 1]
    ]
    if lanes or not station.stand_ins or (drawn is not None and not needs_stand_in(entrant, station)):
        return lanes
    return [
        lane
        for lane in station.lanes
        if drawn in (None, lane) and entrant.units & station.lane_units[lane - 1] <= station.stand_in(lane)
    ]


def needs_stand_in(entrant: Entrant, station: Station) -> bool:
    """Whether every lane of the station has a judge of the entrant's own unit."""
    return all(entrant.units & units for units in station.lane_units)


def is_stand_in(entrant: Entrant, station: Station, lane: int) -> bool:
    """Whether a reserve judge takes a seat when this entrant performs in this lane."""
    own = entrant.units & station.lane_units[lane - 1] if lane <= len(station.lane_units) else frozenset()
    return bool(own) and own <= station.stand_in(lane)
