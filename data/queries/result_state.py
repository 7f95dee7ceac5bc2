"""How far the results are: standings, what keeps them from being final, versions, and what changed since."""

from dataclasses import dataclass, replace

from data import models
from data.i18n import _
from data.queries import ladder as ladders
from data.queries import leaderboard, playoffs, results
from data.queries.ladder import Ladder
from data.queries.leaderboard import DivisionStandings
from data.queries.playoffs import Tie
from data.queries.result_changes import LineChange, changes_between
from data.queries.results import Blocker, Frozen, VersionRow, blockers_of
from data.store import Store


@dataclass(frozen=True)
class ResultState:
    """The results at one moment.

    nameless: the event is blind and has no result version, so contestants are numbers here, without names
    or units. holds_playoffs: ties are decided by play-offs, not by shared places. differs: the newest
    version is not what a new one would be; `changes` are the values in which. begun: some mark is in.
    """

    divisions: tuple[DivisionStandings, ...]
    ties: tuple[Tie, ...]
    blockers: tuple[Blocker, ...]
    versions: tuple[VersionRow, ...]
    changes: tuple[LineChange, ...]
    differs: bool
    nameless: bool
    holds_playoffs: bool
    begun: bool

    @property
    def complete(self) -> int:
        """How many of those who compete have all their marks in."""
        return sum(division.complete for division in self.divisions)

    @property
    def total(self) -> int:
        return sum(division.total for division in self.divisions)


def result_state(store: Store) -> ResultState:
    """Read it all at one moment, in about 0.1 s for a large event; the event must have been set up."""
    with store.read():
        event = models.Event.get()
        versions = tuple(results.versions(store))
        nameless = event.blind and not versions
        divisions = leaderboard.all_standings(store)
        if nameless:
            divisions = tuple(map(_without_names, divisions))
        changes, differs = _since_last(store) if versions else ((), True)
        return ResultState(
            divisions=divisions,
            ties=playoffs.ties(store, divisions),
            blockers=tuple(blockers_of(divisions)),
            versions=versions,
            changes=changes,
            differs=differs,
            nameless=nameless,
            holds_playoffs=event.ties == "playoff",
            begun=bool(models.Mark.select().exists() or models.TheoryMark.select().exists()),
        )


def shown_ladder(store: Store, entrant_id: int) -> Ladder:
    """The score ladder of an entrant, without names while the event is blind and not final.

    Raises:
        NotFound: there is no such entrant.
    """
    with store.read():
        found = ladders.ladder(store, entrant_id)
        if not models.Event.get().blind or models.ResultVersion.select().exists():
            return found
    lines = tuple(
        replace(line, text=_("a member of this unit")) if line.kind == "member" else line for line in found.lines
    )
    return replace(found, lines=lines) if found.number is None else replace(found, lines=lines, name="", unit="")


def _without_names(division: DivisionStandings) -> DivisionStandings:
    """With numbers for names; a team sum is a unit, and stays."""
    if division.entry == "sum":
        return division
    numbers = {row.entrant_id: row.number or "" for row in division.rows}
    rows = tuple(replace(row, name=numbers[row.entrant_id], unit="", unit_short="") for row in division.rows)
    ties = tuple(replace(tie, names=tuple(numbers[key] for key in tie.entrant_ids)) for tie in division.ties)
    return replace(division, rows=rows, ties=ties)


def _since_last(store: Store) -> tuple[tuple[LineChange, ...], bool]:
    last = results.frozen(store)
    content = results.content_now(store)
    now = Frozen(last.version, content["event"], tuple(map(results.frozen_division, content["divisions"])))
    return changes_between(last, now), last != now
