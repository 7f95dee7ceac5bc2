"""The printed ids of the pairs that items, lanes and judges are drawn from.

Like `draw.PoolId` they say everything that decides their draw, a recusal too, so that the hash of the
numbered ids fixes it before the seed is known. A station's code has neither `/` nor `-` in it.
"""

import re
from dataclasses import dataclass

from data.rules.draw import BadPoolId

RECUSED = "R"

_ITEM = re.compile(r"(?P<who>.+)/(?P<component>[1-9]\d{0,8})/(?P<station>[^/]+)", re.ASCII)
_LANE = re.compile(r"(?P<station>[^/]+)/(?P<number>.+)/(?P<lane>[1-9]\d{0,8})(?P<mark>R?)", re.ASCII)
_SEAT = re.compile(
    r"(?P<judge>[^/]+)/(?P<station>[^/]+)-(?P<lane>[1-9]\d{0,8})-(?P<seat>[1-9]\d{0,8})(?P<mark>R?)", re.ASCII
)


@dataclass(frozen=True)
class ItemId:
    """An optional station that could be drawn: `1H-07/1/CPR` for an entrant, `1H/1/CPR` for a division."""

    who: str  # contestant number, or division code
    component: int  # which choice of the division, from 1
    station: str

    def __str__(self) -> str:
        return f"{self.who}/{self.component}/{self.station}"


@dataclass(frozen=True)
class LaneId:
    """A lane that an entrant could be given: `CPR/1H-07/2`, with R when a judge there is of the entrant's unit."""

    station: str
    number: str
    lane: int
    recused: bool = False

    def __str__(self) -> str:
        return f"{self.station}/{self.number}/{self.lane}{RECUSED * self.recused}"


@dataclass(frozen=True)
class SeatId:
    """A seat that a judge could be given: `J03/CPR-2-1`, with R when somebody of the judge's unit comes there."""

    judge: str
    station: str
    lane: int
    seat: int
    recused: bool = False

    def __str__(self) -> str:
        return f"{self.judge}/{self.station}-{self.lane}-{self.seat}{RECUSED * self.recused}"


def parse_item_id(text: str) -> ItemId:
    """The parts of a printed id.

    Raises:
        BadPoolId: it is none.
    """
    match = _match(_ITEM, text)
    return ItemId(match["who"], int(match["component"]), match["station"])


def parse_lane_id(text: str) -> LaneId:
    """The parts of a printed id.

    Raises:
        BadPoolId: it is none.
    """
    match = _match(_LANE, text)
    return LaneId(match["station"], match["number"], int(match["lane"]), bool(match["mark"]))


def parse_seat_id(text: str) -> SeatId:
    """The parts of a printed id.

    Raises:
        BadPoolId: it is none.
    """
    match = _match(_SEAT, text)
    return SeatId(match["judge"], match["station"], int(match["lane"]), int(match["seat"]), bool(match["mark"]))


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise BadPoolId(text)
    return match
