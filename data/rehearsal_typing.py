"""The typing of a rehearsal: a first entry that may have slips, a second one, and what each would have published."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from data import backup
from data import store as stores
from data.actions import marks, readings
from data.queries import leaderboard, scores
from data.queries import readings as queries
from data.queries.leaderboard import DivisionStandings, StandingRow
from data.queries.readings import ReadRow
from data.rehearsal_judging import Judging
from data.rules import marksheet
from data.rules import readings as rules
from data.rules.marksheet import Value
from data.rules.plan import Item, Plan
from data.rules.readings import Typing
from data.simulation import Simulation
from data.store import Store
from data.typist import Typist, score

FIRST, SECOND = "演练", "演练复核员"
REASON = "对照纸质评分表"
MOST_PERCENT = 30  # of values mistyped; with more nobody would finish
_EXAMPLES = 12
_TRUTH_FILE = "truth.biwu"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Mistyping(Simulation):
    """Simulated judges whose sheets somebody types who mistypes `percent` in a hundred values."""

    percent: float = 0.0

    def sheet(self, items: tuple[Item, ...], entrant: str, station: str, judge: str) -> dict[int, Value]:
        """The sheet as the first typist enters it."""
        return self.typist(FIRST).sheet(items, self.paper(items, entrant, station, judge), key(entrant, station, judge))

    def paper(self, items: tuple[Item, ...], entrant: str, station: str, judge: str) -> dict[int, Value]:
        """The sheet as the judge filled it in."""
        return super().sheet(items, entrant, station, judge)

    def typist(self, name: str) -> Typist:
        """Somebody at the desk of this day."""
        return Typist(self.seed, name, self.percent)


def key(entrant: str, station: str, judge: str) -> str:
    """What tells a sheet from all others."""
    return f"{entrant}/{station}/{judge}"


def ask_for_reading(plan: Plan) -> Plan:
    """The plan with all sheets typed twice, unless it says itself which are."""
    return plan if plan.info.verify != rules.NONE else replace(plan, info=replace(plan.info, verify=rules.ALL))


@dataclass(frozen=True)
class Line:
    """What is published of an entrant."""

    division: str
    who: str
    place: int | None
    award: str
    shown: str

    @staticmethod
    def of(division: DivisionStandings, row: StandingRow) -> "Line":
        """The line of an entrant of these standings."""
        return Line(division.title, row.number or row.name, row.place, row.award, row.shown)


@dataclass(frozen=True)
class Example:
    """An entrant whose award is not the one that the papers give."""

    right: Line
    wrong: Line


@dataclass
class Wrong:
    """What is not as the papers say: values and sheets, then entrants with another score, place or award."""

    values: int = 0
    sheets: int = 0
    scores: int = 0
    places: int = 0
    awards: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass
class TypingReport:
    """What came of typing twice. single, double: what would have been published after one entry and after two.

    typed_differently: sheets on which two people differed; of them `by_total`: those that only the total on the paper
    gave away. same_slips: values that both mistyped alike.
    """

    percent: float
    sheets: int = 0
    values: int = 0
    read: int = 0
    typed_differently: int = 0
    by_total: int = 0
    same_slips: int = 0
    single: Wrong = field(default_factory=Wrong)
    double: Wrong = field(default_factory=Wrong)


def type_again(store: Store, simulation: Simulation, progress: Progress) -> dict[str, Any]:
    """Type a second time what the event wants typed twice, and settle it; returns the report where slips were made."""
    if not isinstance(simulation, Mistyping):
        _read_all(store, simulation, TypingReport(0.0), progress)
        return {}
    papers = _papers(store, simulation)
    report = TypingReport(simulation.percent, len(papers), sum(map(len, papers.values())))
    truth, single = _truth(store, papers), _lines(store)
    report.single = _wrong(truth, single, *_mistyped(store, papers))
    _read_all(store, simulation, report, progress)
    report.double = _wrong(truth, _lines(store), *_mistyped(store, papers))
    return asdict(report)


def _read_all(store: Store, simulation: Simulation, report: TypingReport, progress: Progress) -> None:
    """Until nothing is due: what is settled may bring others to the first places, whose sheets are due then."""
    store.sign_ins.names.add(SECOND)
    judging = Judging(store, SECOND, simulation)
    while due := [row for row in queries.due(store) if not row.is_verified]:
        for done, row in enumerate(due):
            progress(done, len(due))
            _read(store, simulation, judging, row, report)


def _read(store: Store, simulation: Simulation, judging: Judging, row: ReadRow, report: TypingReport) -> None:
    sheet = scores.open_sheet(store, row.visit_id, row.seat)
    mark = sheet.mark
    assert mark is not None
    report.read += 1
    if row.state == rules.DIFFERS or not isinstance(simulation, Mistyping) or mark.total_only:
        _say_the_same(store, row, mark)
        return
    names = judging.names(row)
    paper, second, name = simulation.paper(sheet.items, *names), simulation.typist(SECOND), key(*names)
    typed = second.sheet(sheet.items, paper, name)
    stored, known, again = (marksheet.to_json(sheet.items, values) for values in (mark.values, paper, typed))
    total = second.total(sheet.items, score(sheet.items, known), name)
    numbers = {*stored, *known}
    report.same_slips += sum(stored.get(one) == again.get(one) != known.get(one) for one in numbers)
    compared = readings.read(store, SECOND, row.visit_id, row.seat, typed, total_milli=total)
    if compared.agreed:
        return
    report.typed_differently += 1
    report.by_total += all(one.number is None for one in compared.differences)
    decision = second.decide(
        sheet.items,
        paper,
        compared.differences,
        Typing(stored, mark.total_milli, mark.total_milli),
        rules.second_typing(sheet.items, again, total),
        name,
    )
    readings.settle(
        store, SECOND, row.visit_id, row.seat, decision.values, total_milli=decision.total_milli, reason=REASON
    )


def _say_the_same(store: Store, row: ReadRow, mark: scores.MarkVersion) -> None:
    """What the first entry says, of a sheet whose paper only the people of a real event know."""
    total = mark.total_milli if mark.total_only else None
    if row.state == rules.DIFFERS:
        readings.settle(store, SECOND, row.visit_id, row.seat, mark.values, total_milli=total, reason=REASON)
    else:
        readings.read(store, SECOND, row.visit_id, row.seat, mark.values, total_milli=total)


def _papers(store: Store, simulation: Mistyping) -> dict[tuple[int, int], dict[str, Value]]:
    """What stands on the paper of each sheet that is in, as a mark would store it."""
    judging = Judging(store, FIRST, simulation)
    rows = scores.queue(store, only_missing=False)
    return {
        (row.visit_id, row.seat): marksheet.to_json(
            judging.items(row), simulation.paper(judging.items(row), *judging.names(row))
        )
        for row in rows
        if row.total_milli is not None
    }


def _mistyped(store: Store, papers: Mapping[tuple[int, int], Mapping[str, Value]]) -> tuple[int, int]:
    """How many values differ from the papers now, and how many sheets have another total for it."""
    values = sheets = 0
    for (visit, seat), paper in papers.items():
        sheet = scores.open_sheet(store, visit, seat)
        assert sheet.mark is not None
        typed = marksheet.to_json(sheet.items, sheet.mark.values)
        values += sum(typed.get(number) != paper.get(number) for number in {*typed, *paper})
        sheets += sheet.mark.total_milli != score(sheet.items, paper)
    return values, sheets


def _lines(store: Store) -> dict[int, Line]:
    return {
        row.entrant_id: Line.of(division, row)
        for division in leaderboard.named_standings(store)
        for row in division.rows
    }


def _truth(store: Store, papers: Mapping[tuple[int, int], Mapping[str, Value]]) -> dict[int, Line]:
    """The standings of the papers, on a copy that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _TRUTH_FILE
        backup.save_copy(store.path, copy)
        with closing(stores.open_store(copy)) as other:
            with other.write(FIRST, "marks.hand_in", REASON) as writing:
                for (visit, seat), paper in papers.items():
                    values = marksheet.from_json(paper)
                    marks.put_mark(writing, FIRST, visit, seat, values, None, REASON, granted=True)
            return _lines(other)


def _wrong(truth: Mapping[int, Line], found: Mapping[int, Line], values: int, sheets: int) -> Wrong:
    pairs = [(truth[entrant], line) for entrant, line in found.items()]
    wrong = Wrong(
        values,
        sheets,
        scores=sum(right.shown != line.shown for right, line in pairs),
        places=sum(right.place != line.place for right, line in pairs),
        awards=sum(right.award != line.award for right, line in pairs),
    )
    told = [(right, line) for right, line in pairs if right.award != line.award]
    wrong.examples = [Example(right, line) for right, line in told[:_EXAMPLES]]
    return wrong
