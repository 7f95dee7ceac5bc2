"""The county nursing contest to its end: theory 30 + operation 70, team = best three, awards 10/20/30% of 42."""

from collections import Counter
from fractions import Fraction

from data import models, rehearsal_steps
from data.actions import theory
from data.actions.marks_import import apply_marks
from data.exchange.theory import read_theory
from data.queries import leaderboard
from data.queries.results import frozen
from data.rules.score_files import MarkRow
from data.store import Store
from tests.conftest import NURSING
from tests.data import ending


def test_the_example_contest_ends_as_its_plan_says(nursing_drawn: Store) -> None:
    store = nursing_drawn
    with store.write("tester", "test.visits") as writing:
        station = models.Station.get()
        nurses = list(models.Entrant.select().join(models.Division).where(models.Division.code == "N"))
        writing.insert_many(models.Visit, [{"entrant": nurse.id, "station": station.id} for nurse in nurses])
    done = theory.import_theory(store, "录分", read_theory(NURSING / "theory.xlsx").rows)
    assert (done.added, done.problems) == (42, ())
    rows = [
        MarkRow(line, nurse.number, station.code, str(seat), "合计", str(60 + (7 * line + seat) % 40))
        for line, nurse in enumerate(nurses)
        for seat in range(1, 6)
    ]
    assert apply_marks(store, "录分", rows).changed == 210
    rehearsal_steps.decode(store)
    ending.finalise(store, "裁判长")
    people, teams = frozen(store).divisions
    assert Counter(row.award for row in people.rows if row.award) == {"一等奖": 4, "二等奖": 8, "三等奖": 13}
    assert Counter(row.award for row in teams.rows if row.award) == {"一等奖": 1, "二等奖": 2, "三等奖": 3}
    totals: dict[str, list[Fraction]] = {row.unit: [] for row in teams.rows}
    live = leaderboard.standings(store, "N")
    for row in live.rows:
        assert row.total is not None
        mark, operation = row.components
        assert mark is not None
        assert operation is not None
        assert row.total == mark * 3 / 10 + operation * 7 / 10
        totals[row.unit].append(row.total)
    for row in leaderboard.standings(store, "NT").rows:
        assert row.total == sum(sorted(totals[row.unit], reverse=True)[:3])
