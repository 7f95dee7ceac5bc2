"""The committee's words for what the solver and the checker found."""

from collections.abc import Mapping

from data.i18n import _, ngettext, shortened
from data.queries import entrants as entrant_queries
from data.queries import sealing
from data.queries.finding_words import finding_sentence, sealed_findings
from data.queries.fix_words import advice, between_changes, between_ways, fix_phrase, why_sentence
from data.queries.plan import current_plan
from data.queries.programme import choices
from data.rules.decimals import clock
from data.rules.rotation_check import Finding
from data.rules.rotation_fix import Fix, Remedy
from data.rules.rotation_model import Obstacle, Slot
from data.store import Store

_WHYS = 3  # of a remedy; more would not be read


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
            self._judges = {(judge.station, judge.lane, judge.seat): judge.name for judge in plan.judges}
            self._lanes = {station.code: station.lanes for station in plan.stations}
        self._entrants = {row.id: " ".join(dict.fromkeys(filter(None, (row.number, row.name)))) for row in rows}
        self._divisions = {row.id: row.division_code for row in rows}
        self._units = {row.id: max(units[row.id], key=len) for row in rows}

    def station(self, code: str) -> str:
        return self._stations.get(code, code)

    def entrant(self, entrant_id: int | None) -> str:
        return self._entrants.get(entrant_id or 0, _("someone who is not in the event any more"))

    def obstacle(self, obstacle: Obstacle) -> str:
        """Why the day cannot be planned as it is, and what would mend it."""
        time = clock(self._closes + obstacle.minutes_over)
        return _("{why}. {advice}").format(
            why=self.why(obstacle), advice=advice(self._code_of(obstacle)).format(time=time)
        )

    def why(self, obstacle: Obstacle) -> str:
        """Why the day cannot be planned as it is, without an end stop."""
        sentence = why_sentence(self._code_of(obstacle), sealed=self._sealed)
        return sentence.format(
            station=self.station(obstacle.station),
            lane=obstacle.lane,
            who=self.entrant(obstacle.entrant),
            unit=self._units.get(obstacle.entrant or 0, self.entrant(obstacle.entrant)),
            over=minutes(obstacle.minutes_over),
            closes=clock(self._closes),
        )

    def remedy(self, remedy: Remedy) -> str:
        """What is in the way, and every change that would take it away, in one sentence."""
        whys = list(dict.fromkeys(map(self.why, remedy.obstacles)))
        ways = between_ways().join(map(self.fix, remedy.fixes))
        return _("{why}: {ways}.").format(why=between_changes().join(shortened(whys, _WHYS)), ways=ways)

    def fix(self, fix: Fix) -> str:
        """A change that would make the day fit, to stand after a colon."""
        return between_changes().join(map(self._part, fix.parts))

    def _part(self, fix: Fix) -> str:
        judge = self._judges.get((fix.station, fix.lane, fix.seat), "")
        other = self._judges.get((fix.other_station, fix.other_lane, fix.other_seat), "")
        return fix_phrase(fix, sealed=self._sealed).format(
            n=fix.count,
            station=self.station(fix.station),
            lane=fix.lane,
            judge=judge or _("a judge"),
            other_station=self.station(fix.other_station),
            other_lane=fix.other_lane,
            other_judge=other or _("a judge"),
            time=clock(fix.minute),
            minutes=minutes(fix.minute),
            unit=fix.unit,
            who=self.entrant(fix.entrants[0] if fix.entrants else None),
        )

    def _code_of(self, obstacle: Obstacle) -> str:
        """The code of an obstacle; another one where a drawn lane is no more."""
        if obstacle.code == "drawn_lane" and obstacle.lane > self._lanes.get(obstacle.station, obstacle.lane):
            return "no_lane"
        return obstacle.code

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
        if finding.code == "gap" and len({slot.entrant for slot in finding.slots}) > 1:
            return "shared_gap"
        if finding.code == "draw_order" and finding.station:
            return "draw_order_at"
        return finding.code

    def _is_optional(self, entrant_id: int | None, station: str) -> bool:
        return station in self._optional.get(self._divisions.get(entrant_id or 0, ""), ())


def _first(finding: Finding) -> Slot:
    return finding.slots[0]
