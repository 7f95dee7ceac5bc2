"""A badge scanned at a station's desk: the visit begins, or one line says what is wrong and where the person should be.

What is checked: right station, right time, right order, lane free, not done, not out, not of a judge's unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.actions.running_facts import Receipt, event_minute, station_of
from data.actions.running_visits import put_start
from data.errors import NotAllowed
from data.i18n import _
from data.queries import entrants as entrant_queries
from data.queries import running as queries
from data.queries.entrants import EntrantRow
from data.queries.running_floor import Ground, Visit, floor, newest_timetable, visits
from data.queries.time_words import span
from data.rules.decimals import clock
from data.rules.ranking import OUT, PRESENT
from data.store import Store, Writing

EARLY = 10  # minutes before the planned start at which a visit may begin
LATE = 15  # minutes after the lane waited for somebody, from which on the secretariat decides


@dataclass(frozen=True)
class Scan:
    """What a scan did. `text` is one line; `receipt` belongs to a visit that has begun.

    code: started | running | done | out | elsewhere | nothing | busy | order | turn | early | late | occupied |
    paused | refused.
    """

    code: str
    text: str
    entrant_id: int
    visit_id: int | None = None
    receipt: Receipt | None = None

    @property
    def is_good(self) -> bool:
        """Whether the person is where he should be."""
        return self.code in ("started", "running")


def scan(store: Store, actor: str, token: str, station: str | None = None) -> Scan:
    """Take a badge that is scanned at a station, and begin the visit when everything is right.

    Args:
        token: what the scanner read or somebody typed, a whole code or the last part of a badge's.
        station: the code of the station where it is scanned; None: wherever the entrant comes next.

    Raises:
        InvalidInput: it is no badge of this event.
        NotFound: there is no such station.
        NotAllowed: it is not the day of the event, or it has no timetable.
    """
    with store.write(actor, "running.start_visit") as writing:
        now = event_minute(store)
        if station is not None:
            station_of(station)
        entrant = entrant_queries.by_scan(store, token).entrant
        timetable = newest_timetable()
        if timetable is None:
            raise NotAllowed(_("There is no timetable yet."), todo=_("Make the timetable first."))
        found = visits(timetable.id)
        desk = _Desk(store, entrant, found, floor(found, now), now)
        code, text, visit = desk.check(station)
        if code or visit is None:
            return Scan(code, text, entrant.id, visit.id if visit else None)
        return _start(store, writing, desk, visit)


def _start(store: Store, writing: Writing, desk: "_Desk", visit: Visit) -> Scan:
    try:
        receipt = put_start(store, writing, visit.id)
    except NotAllowed as refused:
        return Scan("refused", " ".join(filter(None, (refused.what, refused.todo))), desk.entrant.id, visit.id)
    return Scan("started", " ".join((receipt.text, *receipt.notes)), desk.entrant.id, visit.id, receipt)


Answer = tuple[str, str, Visit | None]  # code and line of what is wrong, "" when nothing is; the visit it is about


class _Desk:
    """A scan at one moment: who it is, and the floor as it stands."""

    def __init__(self, store: Store, entrant: EntrantRow, found: Sequence[Visit], ground: Ground, now: int) -> None:
        self._store = store
        self.entrant = entrant
        self._found = found
        self._ground = ground
        self._now = now
        self._mine = [one for one in found if one.entrant == entrant.id]
        self._who = entrant_queries.in_a_line(entrant.number, entrant.name)
        self._names = {code: f"{code} {name}" for code, name in queries.station_names().items()}

    def check(self, station: str | None) -> Answer:
        """What is wrong with this scan, if anything is."""
        entrant = self.entrant
        if entrant.state in OUT:
            state = entrant_queries.state_title(entrant.state)
            return "out", _("{who} does not compete: {state}.").format(who=self._who, state=state), None
        left = [one for one in self._mine if one.is_left]
        if station is None and not left:
            return "nothing", _("{who} has nothing to come.").format(who=self._who), None
        here = left[0] if station is None else next((one for one in self._mine if one.code == station), None)
        if here is None:
            text = _("{who} has no visit to {station}.").format(who=self._who, station=self._names[station or ""])
            return "elsewhere", self._with_next(text), None
        if here.started is not None and here.is_left:
            text = _("{who} began at {time} already.").format(who=self._who, time=clock(here.started))
            return "running", text, here
        if not here.is_left:
            text = _("{who} has been at {station} already.").format(who=self._who, station=self._names[here.code])
            return "done", self._with_next(text), here
        return (
            self._check_person(here)
            or self._check_hour(here)
            or self._check_turn(here)
            or self._check_lane(here)
            or ("", "", here)
        )

    def _with_next(self, text: str) -> str:
        """The line, and where the person should be now."""
        coming = next((one for one in self._mine if one.is_left), None)
        return f"{text} {self._place(coming)}" if coming else text

    def _place(self, one: Visit) -> str:
        values = {"station": self._names[one.code], "lane": one.lane, "time": clock(one.starts)}
        if one.started is not None:
            return _("Should be at {station}, lane {lane}, now.").format(**values)
        return _("Next: {station}, lane {lane}, at {time}.").format(**values)

    def _check_person(self, here: Visit) -> Answer | None:
        people = set(here.people)
        busy = next((one for one in self._found if one.started is not None and people & set(one.people)), None)
        if busy is not None:
            text = _("{who} is still at {station}, lane {lane}.").format(
                who=self._who, station=self._names[busy.code], lane=busy.lane
            )
            return "busy", text, here
        first = next(one for one in self._mine if one.is_left)
        if first is not here:
            text = _("{who} is not due here yet.").format(who=self._who)
            return "order", f"{text} {self._place(first)}", here
        return None

    def _check_turn(self, here: Visit) -> Answer | None:
        """Whether somebody else who is here and free comes first in the lane."""
        performing = {person for one in self._found if one.started is not None for person in one.people}
        for one in self._found:
            if one is here or (one.code, one.lane) != (here.code, here.lane) or one.starts > here.starts:
                continue
            if (
                one.is_left
                and one.started is None
                and one.entrant_state == PRESENT
                and not performing & set(one.people)
            ):
                other = entrant_queries.entrant(self._store, one.entrant)
                text = _("{other} comes first in lane {lane}, at {time}; then {who}.").format(
                    other=entrant_queries.in_a_line(other.number, other.name),
                    lane=one.lane,
                    time=clock(one.starts),
                    who=self._who,
                )
                return "turn", text, here
        return None

    def _check_hour(self, here: Visit) -> Answer | None:
        now = self._now
        pause = queries.pause_now(now)
        if pause is not None:
            text = _("“{name}” is on until {time}: please wait.").format(name=pause.name, time=clock(pause.ends_minute))
            return "paused", text, here
        early = here.starts - now
        if early > EARLY:
            text = _("{who} is planned here at {time}, in {span}.")
            return "early", text.format(who=self._who, time=clock(here.starts), span=span(early)), here
        return None

    def _check_lane(self, here: Visit) -> Answer | None:
        """Whether the lane is still busy, or has waited too long."""
        now, lane = self._now, (here.code, here.lane)
        current = next((one for one in self._found if one.started is not None and (one.code, one.lane) == lane), None)
        if current is not None:
            ends = (current.started or 0) + self._ground.minutes[here.code] + current.given_back
            if ends > now:
                text = _("Lane {lane} is busy until {time}: please wait.").format(lane=here.lane, time=clock(ends))
                return "occupied", text, here
            return None
        ground = self._ground.floor
        free = ground.lane_free[lane] + ground.changeover[here.code] if lane in ground.lane_free else 0
        waited = now - max(here.starts, free, ground.ready.get(here.id, 0))
        if waited > LATE:
            text = _("{who} is {span} late: the secretariat decides.")
            return "late", text.format(who=self._who, span=span(waited)), here
        return None
