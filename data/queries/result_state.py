"""How far the results are: standings, what keeps them from being final, versions, and what changed since."""

from dataclasses import dataclass

from data import models
from data.queries import leaderboard, playoffs, results
from data.queries.blockers import Blocker, blockers_of
from data.queries.leaderboard import DivisionStandings
from data.queries.locks import locked_divisions
from data.queries.playoffs import Tie
from data.queries.result_changes import LineChange, changes_between
from data.queries.results import Frozen, VersionRow
from data.queries.sealing import Sealing, sealing
from data.store import Store


@dataclass(frozen=True)
class ResultState:
    """The results at one moment.

    sealing: what of a blind event is sealed; while the names are, contestants are numbers here, without units.
    holds_playoffs: ties are decided by play-offs, not by shared places. differs: the newest
    version is not what a new one would be; `changes` are the values in which. begun: some mark is in.
    has_honours: the plan has titles beside the awards. locked: the codes of the divisions whose marks are closed.
    """

    divisions: tuple[DivisionStandings, ...]
    ties: tuple[Tie, ...]
    blockers: tuple[Blocker, ...]
    versions: tuple[VersionRow, ...]
    changes: tuple[LineChange, ...]
    differs: bool
    sealing: Sealing
    holds_playoffs: bool
    begun: bool
    has_honours: bool = False
    locked: frozenset[str] = frozenset()

    @property
    def nameless(self) -> bool:
        """Whether contestants are numbers here."""
        return self.sealing.names

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
        divisions = leaderboard.all_standings(store)
        sealed = sealing(store)
        changes, differs = _since_last(store, None if sealed.names else divisions) if versions else ((), True)
        return ResultState(
            divisions=divisions,
            ties=playoffs.ties(store, divisions),
            blockers=tuple(blockers_of(divisions)),
            versions=versions,
            changes=changes,
            differs=differs,
            sealing=sealed,
            holds_playoffs=event.ties == "playoff",
            begun=bool(models.Mark.select().exists() or models.TheoryMark.select().exists()),
            has_honours=bool(models.Honour.select().exists()),
            locked=locked_divisions(),
        )


def _since_last(store: Store, named: tuple[DivisionStandings, ...] | None) -> tuple[tuple[LineChange, ...], bool]:
    """named: the standings of now, unless contestants are numbers in them."""
    last = results.frozen(store)
    content = results.content_now(store, divisions=named)
    now = Frozen(
        last.version,
        content["event"],
        tuple(map(results.frozen_division, content["divisions"])),
        results.frozen_honours(content),
    )
    return changes_between(last, now), last != now
