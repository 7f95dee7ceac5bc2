"""The committee's words for what the solver and the checker found."""

from collections.abc import Mapping

from data.i18n import _, ngettext
from data.queries import entrants as entrant_queries
from data.queries import sealing
from data.queries.finding_words import finding_sentence, sealed_findings
from data.queries.plan import current_plan
from data.queries.programme import choices
from data.rules.decimals import clock
from data.rules.rotation_check import Finding
from data.rules.rotation_model import Obstacle, Slot
from data.store import Store


def minutes(count: int) -> str:
    """A length in words."""
    return ngettext("{n} minute", "{n} minutes", count).format(n=count)


class Words:
    """Names of this event's stations and entrants, read once, to write sentences with."""

    def __init__(self, store: Store) -> None:
        with store.read():
            plan = current_plan(store)
            self._closes = plan.info.closes_minute
            self._stations: Mapping[str, str] = {
                station.code: f"{station.code} {station.name}" for station in plan.stations
            }
            self._optional = {
                division.code: {code for choice in choices(plan, division.code) for code in choice.stations}
                for division in plan.divisions
            }
            rows = entrant_queries.entrants(store)
            self._sealed = sealing.names_sealed()
            units = entrant_queries.true_units()
        self._entrants = {row.id: " ".join(dict.fromkeys(filter(None, (row.number, row.name)))) for row in rows}
        self._divisions = {row.id: row.division_code for row in rows}
        self._units = {row.id: max(units[row.id], key=len) for row in rows}

    def station(self, code: str) -> str:
        return self._stations.get(code, code)

    def entrant(self, entrant_id: int | None) -> str:
        return self._entrants.get(entrant_id or 0, _("someone who is not in the event any more"))

    def obstacle(self, obstacle: Obstacle) -> str:
        """Why the day cannot be planned as it is, and what would mend it."""
        station = self.station(obstacle.station)
        if obstacle.code == "recusal":
            return _(
                "{station} has no lane for {unit}: every lane has a judge of that unit. "
                "Move or replace one of these judges on the setup page."
            ).format(station=station, unit=self._units.get(obstacle.entrant or 0, self.entrant(obstacle.entrant)))
        if obstacle.code == "drawn_lane":
            who = _("Somebody") if self._sealed else self.entrant(obstacle.entrant)
            return _(
                "{who} drew lane {lane} of {station}, where a judge of the same unit sits. "
                "Move or replace this judge on the setup page, or void the lane draw and draw again."
            ).format(who=who, lane=obstacle.lane, station=station)
        values = {
            "station": station,
            "over": minutes(obstacle.minutes_over),
            "time": clock(self._closes + obstacle.minutes_over),
        }
        if obstacle.code == "station_late":
            return _(
                "{station} alone needs {over} more than the day has, even if everyone is always at hand. "
                "Add a lane there, or let the day end at {time}, on the setup page."
            ).format(**values)
        return _(
            "The shortest day found ends {over} too late, last at {station}. "
            "Let the day end at {time}, or add a lane, on the setup page."
        ).format(**values)

    def finding(self, finding: Finding) -> str:
        """What the checker found, in one sentence; while names are sealed, none that tells whose unit is which."""
        values = {
            "who": self.entrant(finding.entrant if finding.entrant is not None else _first(finding).entrant),
            "station": self.station(finding.station or (finding.slots[0].station if finding.slots else "")),
            "minutes": minutes(abs(finding.minutes)),
            "time": clock(finding.slots[0].starts) if finding.slots else "",
            "lane": finding.slots[0].lane if finding.slots else "",
            "drawn": finding.lane,
            "count": finding.minutes,
        }
        if len(finding.slots) > 1:
            other = finding.slots[1]
            values["other"] = self.entrant(other.entrant)
            values["other_station"] = self.station(other.station)
            values["other_time"] = clock(other.starts)
            values["other_lane"] = other.lane
        if self._sealed and finding.code in sealed_findings():
            return sealed_findings()[finding.code].format(**values)
        return finding_sentence(self._cause(finding)).format(**values)

    def _cause(self, finding: Finding) -> str:
        """The code of a finding; another one where the draw of the optional stations is behind it."""
        if finding.code == "missing" and self._is_optional(finding.entrant, finding.station):
            return "drawn_missing"
        if finding.code == "not_to_visit" and self._is_optional(_first(finding).entrant, _first(finding).station):
            return "not_drawn"
        if finding.code == "stand_in" and len(finding.slots) > 1:
            return "stand_ins"
        if finding.code == "draw_order" and finding.station:
            return "draw_order_at"
        return finding.code

    def _is_optional(self, entrant_id: int | None, station: str) -> bool:
        return station in self._optional.get(self._divisions.get(entrant_id or 0, ""), ())


def _first(finding: Finding) -> Slot:
    return finding.slots[0]
