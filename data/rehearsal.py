"""A whole event day without a window, on a file of its own, with every file that a day leaves.

Clock and chance come from the seed alone, so the same input gives the same numbers, tokens and marks.
"""

import hashlib
import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from data import backup, rehearsal_day, rehearsal_typing
from data import rehearsal_steps as steps
from data import store as stores
from data.actions import setup
from data.errors import FileProblem, InvalidInput, NotAllowed, UserError
from data.exchange import draw_json, notice_csv, schedule_csv, standings_csv
from data.i18n import _
from data.queries import audit_log, entrants, roster, schedule, scores
from data.queries import results as frozen_results
from data.queries.plan import current_plan, event_info, is_set_up
from data.queries.schedule_words import Words
from data.rehearsal_clock import RehearsalClock
from data.rehearsal_words import Report, phase_title
from data.rules import decimals, rotation
from data.simulation import Simulation
from data.store import Store

EVENT_FILE = "event.biwu"
_NIGHT_BEFORE = timedelta(hours=-2)  # 06:00 of the day in China
_ANY_DAY = "2000-01-01"  # of a plan that has no date yet

# The phases in their order, each with its share of a day's time in per cent.
PHASES = {"setup": 1, "roster": 1, "draws": 2, "schedule": 40, "print": 35, "checkin": 3, "marks": 16, "results": 2}
_WHOLE = 1000


class Progress(Protocol):
    """Told how far the day is, in thousandths of it; may raise Cancelled."""

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


class _Day:
    """One run: where it writes, what it found, how far it is."""

    def __init__(self, store: Store, out: Path, papers: Mapping[str, PaperWriter], progress: Progress) -> None:
        self.store = store
        self.out = out
        self.report = Report()
        self._papers = papers
        self._progress = progress
        self._phase = ""

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a phase and tell that it began."""
        self._phase = name
        self.tell(0, 1)
        started = time.monotonic()
        yield
        self.report.seconds[name] = round(time.monotonic() - started, 2)

    def tell(self, done: int, total: int, text: str = "") -> None:
        """How far the phase is, which moves the day on by its share; a cancel is heard here."""
        before = sum(PHASES[name] for name in itertools.takewhile(lambda name: name != self._phase, PHASES))
        share = (before + PHASES[self._phase] * done / total) / sum(PHASES.values())
        self._progress(round(share * _WHOLE), _WHOLE, " · ".join(filter(None, (phase_title(self._phase), text))))

    def tell_search(self, found: rotation.Progress) -> None:
        finding, sparing = found.share_milli // 5, 200 + found.share_milli * 4 // 5
        self.tell(finding if found.stage == "finish" else sparing, 1000)

    def print(self, *names: str) -> None:
        """Write these papers and count their pieces."""
        for place, name in enumerate(names):
            part = partial(self._tell_paper, place, len(names))
            self.report.counts[name] = self._papers[name](self.store, self.out / f"{name}.pdf", part)

    def _tell_paper(self, place: int, papers: int, done: int, total: int, text: str = "") -> None:
        self.tell(place * total + done, papers * total, text)


def rehearse(
    inputs: Inputs,
    seed: str,
    out: Path,
    papers: Mapping[str, PaperWriter],
    progress: Progress,
    *,
    disturb: bool = False,
    mistype: float | None = None,
) -> Report:
    """Run a whole day out of files and leave everything that it makes in a new or empty folder.

    Args:
        seed: the parts of the draws' seed, separated by `/`; the simulated judges follow from it too.
        papers: how each paper is written, by the name of its file.
        disturb: with delays, no-shows, a lost lane and a replaced judge, and re-timed as the day goes; without marks.
        mistype: so many of a hundred values are mistyped by whoever enters them, and all sheets entered twice unless
            the plan says which; the report then has what one entry would have published. Without marks and disturb.

    Raises:
        UserError: an input cannot be used, or a step of the day is not possible.
        Cancelled: `progress` says so.
    """
    if mistype is not None:
        _refuse_mistyping(mistype, inputs, disturb)
    plan = steps.read_plan(inputs.plan)
    if mistype is not None:
        plan = rehearsal_typing.ask_for_reading(plan)
    with _folder(out):
        store = stores.create(out / EVENT_FILE, clock=RehearsalClock(_morning(plan.info.date)), entropy=_entropy(seed))
        with closing(store):
            day = _Day(store, out, papers, progress)
            with day.phase("setup"):
                setup.save_plan(store, steps.ACTOR, plan)
                setup.mark_rehearsal(store, steps.ACTOR)
            with day.phase("roster"):
                day.report.warnings += steps.fill_pool(store, inputs.rosters, inputs.history)
            simulation = Simulation(seed) if mistype is None else rehearsal_typing.Mistyping(seed, mistype)
            return _run(day, simulation, inputs.theory, inputs.marks, disturb)


def rehearse_copy(
    event_file: Path,
    seed: str,
    out: Path,
    papers: Mapping[str, PaperWriter],
    progress: Progress,
    *,
    disturb: bool = False,
) -> Report:
    """Finish the day of an event on a copy of its file, from where it stands; the file itself is only read.

    What is drawn, planned or marked already stays; the rest follows from the seed. Raises as `rehearse`.
    """
    with _folder(out):
        copy = out / EVENT_FILE
        backup.save_copy(event_file, copy)
        with closing(stores.open_store(copy)) as store:
            if not is_set_up(store):
                raise NotAllowed(_("There is no event yet: set it up first."), where=str(event_file))
            last = audit_log.entries(store)[0]
            start = max(_morning(event_info(store).date), last.at + timedelta(seconds=1))
            store.clock = RehearsalClock(start)
            store.entropy = _entropy(f"{seed}/{last.seq}")
            store.sign_ins.names.add(steps.ACTOR)
            setup.mark_rehearsal(store, steps.ACTOR)
            return _run(_Day(store, out, papers, progress), Simulation(seed), None, None, disturb)


def _refuse_mistyping(percent: float, inputs: Inputs, disturb: bool) -> None:
    if not 0 < percent <= rehearsal_typing.MOST_PERCENT:
        raise InvalidInput(
            _("The share of mistyped values is above 0 and at most {most} per cent.").format(
                most=rehearsal_typing.MOST_PERCENT
            ),
            where=f"{percent:g}",
        )
    if disturb or inputs.marks is not None:
        raise NotAllowed(
            _("Slips are made while simulated sheets of an undisturbed day are typed."),
            todo=_("Rehearse them without a file of marks and without disturbances."),
        )


def _run(day: _Day, simulation: Simulation, theory: Path | None, marks: Path | None, disturb: bool) -> Report:
    store, out, counts = day.store, day.out, day.report.counts
    with day.phase("draws"):
        steps.draw_lots(store, [part for part in simulation.seed.split("/") if part.strip()])
        _count_entrants(store, counts)
    with day.phase("schedule"):
        steps.make_schedule(store, day.tell_search)
        counts["visits"] = schedule_csv.write_schedule(store, out / "schedule.csv")
        _describe_schedule(day)
    with day.phase("print"):
        day.print("badges", "marksheets", "timetables")
    with day.phase("checkin"):
        steps.welcome(store)
    with day.phase("marks"):
        if theory is not None:
            day.report.warnings += steps.take_theory(store, theory)
        if marks is not None:
            steps.take_marks(store, marks)
        else:
            _live_through(day, simulation, disturb)
            counts["theory_simulated"] = steps.examine(store, simulation)
        day.report.typing = rehearsal_typing.type_again(store, simulation, day.tell)
    with day.phase("results"):
        steps.decode(store)
        draw_json.write_records(store, out)  # those of a blind event are whole only now
        counts["confirmed"] = steps.confirm(store)
        steps.answer_appeals(store)
        counts["playoffs"] = steps.settle_ties(store, simulation) if marks is None else 0
        steps.lock(store)
        steps.finalise(store)
        standings_csv.write_standings(store, out / "standings.csv")
        notice_csv.write_notice(store, out / "notice.csv")
        day.print("certificates")
        _count_results(store, counts)
    day.report.seconds["total"] = round(sum(day.report.seconds.values()), 2)
    text = json.dumps(asdict(day.report), ensure_ascii=False, indent=2)
    (out / "report.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    return day.report


def _live_through(day: _Day, simulation: Simulation, disturb: bool) -> None:
    """Let visits begin and end, and judges hand in."""
    store, counts = day.store, day.report.counts
    clock = store.clock
    assert isinstance(clock, RehearsalClock)
    if not disturb:
        counts["sheets_simulated"] = rehearsal_day.run_as_planned(store, steps.ACTOR, simulation, clock, day.tell)
        return
    if not rehearsal_day.can_be_disturbed(store, clock):
        raise NotAllowed(
            _("This day has begun already, so it cannot be rehearsed with disturbances."),
            todo=_("Rehearse it without, or before its first visit; the event needs a date, too."),
        )
    figures = rehearsal_day.run_disturbed(store, steps.ACTOR, simulation, clock, day.tell)
    counts["sheets_simulated"] = figures.sheets
    counts["no_shows"] = figures.no_shows
    counts["retimings"] = figures.retimings
    counts["told"] = len(figures.told)
    day.report.schedule |= {
        "really_finished": decimals.clock(figures.finish),
        "never_replanned": decimals.clock(figures.never_replanned),
        "really_finished_minute": figures.finish,
        "never_replanned_minute": figures.never_replanned,
    }


def _count_entrants(store: Store, counts: dict[str, int]) -> None:
    plan = current_plan(store)
    entries = [row.entry for row in entrants.entrants(store)]
    counts["units"] = len(plan.units)
    counts["staff"] = len(roster.people(store))
    counts["people"] = entries.count("individual")
    counts["teams"] = entries.count("team")


def _describe_schedule(day: _Day) -> None:
    slots = schedule.slots(day.store)
    timetable = schedule.current(day.store)
    assert timetable is not None
    opens, finish, bound = slots[0].starts_minute, timetable.finish_minute, timetable.bound_minute
    day.report.schedule = {
        "starts": decimals.clock(opens),
        "finish": decimals.clock(finish),
        "bound": decimals.clock(bound),
        "starts_minute": opens,
        "finish_minute": finish,
        "bound_minute": bound,
        "length_minutes": finish - opens,
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


@contextmanager
def _folder(out: Path) -> Iterator[None]:
    """Make the folder, which must be empty, so that a rehearsal can never touch an event that is there.

    A rehearsal that does not come to its end leaves it as it was, for the next attempt.
    """
    try:
        was_there = out.exists()
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
    try:
        yield
    except (UserError, KeyboardInterrupt):
        for left in out.iterdir():
            left.unlink()
        if not was_there:
            out.rmdir()
        raise


def _morning(date: str) -> datetime:
    return datetime.fromisoformat(date or _ANY_DAY).replace(tzinfo=UTC) + _NIGHT_BEFORE


def _entropy(seed: str) -> stores.Entropy:
    """Bytes that follow from the seed and how often they were asked for."""
    turns = itertools.count()
    return lambda size: hashlib.shake_256(f"{seed}/{next(turns)}".encode()).digest(size)
