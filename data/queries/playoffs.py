"""The ties that marks and tie ladder leave open, with the outcome of the play-off where one was held."""

from dataclasses import dataclass, replace

from data import models
from data.queries import division_marks
from data.queries.leaderboard import DivisionStandings
from data.rules.standings import DivisionResult, stand
from data.store import Store


@dataclass(frozen=True)
class TieMember:
    """`playoff`: his place in the play-off, None while there was none."""

    entrant_id: int
    number: str
    name: str
    unit: str
    playoff: int | None


@dataclass(frozen=True)
class Tie:
    """Entrants who are equal but for a play-off, from this place on. `decided`: a play-off told them apart.

    `cuts`: the award level whose line goes through them while nothing is decided. `line`: the same, whatever was
    decided. `shares`: the level that they share by a decision, for `reason`.
    """

    division_code: str
    division_title: str
    place: int
    cuts: str
    decided: bool
    members: tuple[TieMember, ...]
    line: str = ""
    shares: str = ""
    reason: str = ""

    @property
    def entrant_ids(self) -> frozenset[int]:
        return frozenset(member.entrant_id for member in self.members)


def divisions_undecided() -> dict[str, DivisionResult]:
    """Every division by code as if none of its ties had been decided. Runs inside `store.read()`."""
    specs = division_marks.division_specs()
    return {
        code: stand(replace(specs[code], shared=frozenset()), found, playoffs=False)
        for code, found in division_marks.results(specs, specs).items()
    }


def ties(store: Store, divisions: tuple[DivisionStandings, ...]) -> tuple[Tie, ...]:
    """Every tie of these standings, those that a play-off decided among them, best places first."""
    with store.read():
        open_divisions = divisions_undecided()
        held = dict(models.Playoff.select(models.Playoff.entrant, models.Playoff.place).tuples())
        reasons = {frozenset(row.entrants): row.reason for row in models.TieDecision.select()}
    found = []
    for division in divisions:
        if not division.rows:  # nobody competes, or the totals of units are sealed
            continue
        rows = {row.entrant_id: row for row in division.rows}
        undecided = {key: tie for tie in division.ties for key in tie.entrant_ids}
        open_division = open_divisions[division.division_code]
        lines = {line.keys: line.level for line in open_division.cut}
        for tie in open_division.ties:
            still = [undecided[key] for key in tie.keys if key in undecided]
            members = tuple(
                TieMember(key, rows[key].number or "", rows[key].name, rows[key].unit, held.get(key))
                for key in tie.keys
            )
            cuts = next((one.cuts for one in still if one.cuts), "")
            shares = next((one.shares for one in still if one.shares), "")
            found.append(
                Tie(
                    division.division_code,
                    division.title,
                    tie.place,
                    cuts,
                    not still,
                    members,
                    lines.get(tie.keys, ""),
                    shares,
                    reasons.get(frozenset(tie.keys), "") if shares else "",
                )
            )
    return tuple(found)
