"""A whole event day without a window, on a file of its own, with every file that a day leaves.

Clock and chance come from the seed alone, so the same input gives the same numbers, tokens and marks.
"""

import hashlib
import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from data import backup
from data import rehearsal_steps as steps
from data import store as stores
from data.actions import results, setup
from data.errors import FileProblem
from data.exchange import draw_json, notice_csv, schedule_csv, standings_csv
from data.i18n import _
from data.queries import entrants, roster, schedule, scores
from data.queries import results as frozen_results
from data.queries.plan import current_plan
from data.queries.schedule_words import Words
from data.rules import rotation
from data.simulation import Simulation
from data.store import Store

EVENT_FILE = "event.biwu"
_NIGHT_BEFORE = timedelta(hours=-2)  # 06:00 of the day in China


class Progress(Protocol):
    """Told how far the work is; may raise Cancelled."""

    def __call__(self, done: int, total: int, text: str = "") -> None: ...


PaperWriter = Callable[[Store, Path, Progress], int]


@dataclass(frozen=True)
class Inputs:
    """The files of a day. Rosters are files or folders; without marks, judges are simulated."""

    plan: Path
    rosters: tuple[Path, ...]
    history: Path | None = None
    theory: Path | None = None
    marks: Path | None = None


@dataclass
class Report:
    """What a rehearsal did. `seconds` are those of each phase: the one part that differs from run to run."""

    counts: dict[str, int] = field(default_factory=dict)
    schedule: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class _Day:
    """One run: where it writes, what it found, how far it is."""

    def __init__(self, store: Store, out: Path, papers: Mapping[str, PaperWriter], progress: Progress) -> None:
        self.store = store
        self.out = out
        self.report = Report()
        self._papers = papers
        self._progress = progress
        self._done = 0

    @contextmanager
    def phase(self, name: str, title: str) -> Iterator[None]:
        """Time a phase and move the progress on."""
        self._title = title
        self.tell()
        started = time.monotonic()
        yield
        self.report.seconds[name] = round(time.monotonic() - started, 2)
        self._done += 1

    def tell(self, done: int = 0, total: int = 0, text: str = "") -> None:
        """Progress inside of a phase: the bar stays, the words move, and a cancel is heard."""
        words = text or (f"{self._title} {done}/{total}" if total else self._title)
        self._progress(self._done, len(PHASES), words)

    def tell_search(self, found: rotation.Progress) -> None:
        self.tell(found.share_milli, 1000)

    def print(self, *names: str) -> None:
        """Write these papers and count their pieces."""
        for name in names:
            self.report.counts[name] = self._papers[name](self.store, self.out / f"{name}.pdf", self.tell)


PHASES = ("setup", "roster", "draws", "schedule", "print", "checkin", "marks", "results")


def rehearse(inputs: Inputs, seed: str, out: Path, papers: Mapping[str, PaperWriter], progress: Progress) -> Report:
    """Run a whole day out of files and leave everything that it makes in a new or empty folder.

    Args:
        seed: the parts of the draws' seed, separated by `/`; the simulated judges follow from it too.
        papers: how each paper is written, by the name of its file.

    Raises:
        UserError: an input cannot be used, or a step of the day is not possible.
        Cancelled: `progress` says so.
    """
    plan = steps.read_plan(inputs.plan)
    _make_folder(out)
    store = stores.create(out / EVENT_FILE, clock=_clock(plan.info.date), entropy=_entropy(seed))
    try:
        day = _Day(store, out, papers, progress)
        with day.phase("setup", _("Setting up")):
            setup.save_plan(store, steps.ACTOR, plan)
            setup.mark_rehearsal(store, steps.ACTOR)
        with day.phase("roster", _("Importing the rosters")):
            day.report.warnings += steps.fill_pool(store, inputs.rosters, inputs.history)
        _run(day, seed, inputs.theory, inputs.marks)
    finally:
        store.close()
    return day.report


def rehearse_copy(
    event_file: Path, seed: str, out: Path, papers: Mapping[str, PaperWriter], progress: Progress
) -> Report:
    """Finish the day of an event on a copy of its file, from where it stands; the file itself is only read.

    Raises as `rehearse`.
    """
    _make_folder(out)
    copy = out / EVENT_FILE
    backup.save_copy(event_file, copy)
    store = stores.open_store(copy, entropy=_entropy(seed))
    try:
        day = _Day(store, out, papers, progress)
        setup.mark_rehearsal(store, steps.ACTOR)
        _run(day, seed, None, None)
    finally:
        store.close()
    return day.report


def _run(day: _Day, seed: str, theory: Path | None, marks: Path | None) -> None:
    store, out, counts = day.store, day.out, day.report.counts
    simulation = Simulation(seed)
    with day.phase("draws", _("Drawing lots")):
        steps.draw_lots(store, [part for part in seed.split("/") if part.strip()])
        draw_json.write_records(store, out)
        _count_entrants(store, counts)
    with day.phase("schedule", _("Planning the day")):
        steps.make_schedule(store, day.tell_search)
        counts["visits"] = schedule_csv.write_schedule(store, out / "schedule.csv")
        _describe_schedule(day)
    with day.phase("print", _("Printing badges, sheets and timetables")):
        day.print("badges", "marksheets", "timetables")
    with day.phase("checkin", _("Checking in")):
        steps.welcome(store)
    with day.phase("marks", _("Entering marks")):
        if theory is not None:
            day.report.warnings += steps.take_theory(store, theory)
        if marks is not None:
            steps.take_marks(store, marks)
        else:
            counts["sheets_simulated"] = steps.judge_visits(store, simulation, day.tell)
            counts["theory_simulated"] = steps.examine(store, simulation)
    with day.phase("results", _("Finalising the results")):
        counts["playoffs"] = steps.settle_ties(store, simulation) if marks is None else 0
        results.finalise(store, steps.ACTOR, steps.REASON)
        standings_csv.write_standings(store, out / "standings.csv")
        notice_csv.write_notice(store, out / "notice.csv")
        day.print("certificates")
        _count_results(store, counts)
    text = json.dumps(asdict(day.report), ensure_ascii=False, indent=2)
    (out / "report.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _count_entrants(store: Store, counts: dict[str, int]) -> None:
    plan = current_plan(store)
    entries = [row.entry for row in entrants.entrants(store)]
    counts["units"] = len(plan.units)
    counts["staff"] = len(roster.people(store))
    counts["people"] = entries.count("individual")
    counts["teams"] = entries.count("team")


def _describe_schedule(day: _Day) -> None:
    timetable = schedule.current(day.store)
    if timetable is not None:
        day.report.schedule = {
            "finish_minute": timetable.finish_minute,
            "bound_minute": timetable.bound_minute,
        }
    found = [finding for finding in schedule.findings(day.store) if finding.hard]
    day.report.counts["schedule_faults"] = len(found)
    words = Words(day.store)
    day.report.warnings += [words.finding(finding) for finding in found]


def _count_results(store: Store, counts: dict[str, int]) -> None:
    divisions = frozen_results.frozen(store).divisions
    awarded = [(division.entry, row) for division in divisions for row in division.rows if row.award]
    counts["sheets"] = sum(station.sheets_in for station in scores.progress(store))
    counts["divisions_ranked"] = sum(any(row.place for row in division.rows) for division in divisions)
    counts["awards"] = len(awarded)
    counts["awards_people"] = sum(entry == "individual" for entry, _row in awarded)
    counts["awards_teams"] = len(awarded) - counts["awards_people"]


def summary(report: Report) -> str:
    """The report in a few lines for a person."""
    seconds = sum(report.seconds.values())
    lines = [_("The day ran through in {seconds} s.").format(seconds=f"{seconds:.1f}")]
    lines += [f"{name}: {count}" for name, count in report.counts.items()]
    lines += report.warnings
    return "\n".join(lines)


def _make_folder(out: Path) -> None:
    """Make the folder. It must be empty, so that a rehearsal can never touch an event that is there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        is_empty = not any(out.iterdir())
    except OSError as error:
        raise FileProblem(
            _("The folder for the files cannot be used."), where=f"{out}: {error}", todo=_("Choose another folder.")
        ) from error
    if not is_empty:
        raise FileProblem(
            _("The folder for the files is not empty."), where=str(out), todo=_("Choose a new or an empty folder.")
        )


def _clock(date: str) -> stores.Clock:
    """Six o'clock on the day, a second later at each question."""
    start = datetime.fromisoformat(date).replace(tzinfo=UTC) + _NIGHT_BEFORE
    ticks = itertools.count()
    return lambda: start + timedelta(seconds=next(ticks))


def _entropy(seed: str) -> stores.Entropy:
    """Bytes that follow from the seed and how often they were asked for."""
    turns = itertools.count()
    return lambda size: hashlib.shake_256(f"{seed}/{next(turns)}".encode()).digest(size)
