"""Event files at each phase of the day, built once a run through the real actions and copied for each test."""

import fcntl
import hashlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest

from data import i18n, rehearsal_steps
from data import store as stores
from data.actions import results, schedule, setup
from data.queries import schedule as schedule_queries
from data.rules import rotation
from data.simulation import Simulation
from data.store import Store

# A loaded machine is no fault of the code: nothing is measured here but in tests/benchmarks. The same commit is
# judged by the same examples each time; `BIWU_EXPLORE=1 ./test` tries others.
hypothesis.settings.register_profile("biwu", deadline=None, derandomize="BIWU_EXPLORE" not in os.environ)
hypothesis.settings.load_profile("biwu")

EXAMPLES = Path(__file__).parent.parent / "resources" / "examples"
GAOAN = EXAMPLES / "gaoan-2023"
NURSING = EXAMPLES / "county-nursing"
SEED_PARTS = ("08 15 22 31 33 06", "高安")
SIMULATION = Simulation("tests")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Tests read English words unless they choose otherwise."""
    i18n.use("en")
    yield
    i18n.use(i18n.DEFAULT_LANGUAGE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new, empty event file."""
    opened = stores.create(tmp_path / "event.biwu")
    yield opened
    opened.close()


class Phases:
    """Builds each phase on a copy of the one before it, once, with a fixed clock and fixed chance."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._steps: dict[str, tuple[str | None, Callable[[Store], object]]] = {
            "planned": (None, self._plan(GAOAN)),
            "rostered": ("planned", self._fill(GAOAN / "rosters", GAOAN / "history.csv")),
            "drawn": ("rostered", self._draw),
            "scheduled": ("drawn", self._schedule),
            "half_marked": ("scheduled", self._mark(0.5)),
            "marked": ("half_marked", self._mark(1.0)),
            "finished": ("marked", self._finish),
            "nursing_planned": (None, self._plan(NURSING)),
            "nursing_rostered": ("nursing_planned", self._fill(NURSING / "roster.xlsx", None)),
            "nursing_drawn": ("nursing_rostered", self._draw),
            "nursing_scheduled": ("nursing_drawn", self._schedule),
            "nursing_marked": ("nursing_scheduled", self._mark(1.0)),
            "nursing_examined": ("nursing_marked", self._examine),
        }

    def file(self, phase: str) -> Path:
        """The file of a phase; nobody may change it."""
        path = self._folder / f"{phase}.biwu"
        with (self._folder / f"{phase}.turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            self._build(phase, path)
        return path

    def _build(self, phase: str, path: Path) -> None:
        if not path.exists():
            before, step = self._steps[phase]
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            if before is not None:
                shutil.copyfile(self.file(before), unfinished)
            opened = self.open(unfinished, phase)
            try:
                step(opened)
            finally:
                opened.close()
            unfinished.rename(path)

    def copy(self, phase: str, target: Path) -> Store:
        shutil.copyfile(self.file(phase), target)
        return self.open(target, "test")

    def open(self, path: Path, seed: str) -> Store:
        start = datetime(2023, 11, 18, tzinfo=UTC)
        ticks, draws = itertools.count(), itertools.count()

        def clock() -> datetime:
            return start + timedelta(seconds=next(ticks))

        def entropy(count: int) -> bytes:
            return hashlib.shake_256(f"{seed}/{next(draws)}".encode()).digest(count)

        make = stores.open_store if path.exists() else stores.create
        return make(path, clock=clock, entropy=entropy)

    @staticmethod
    def _plan(folder: Path) -> Callable[[Store], object]:
        return lambda store: setup.save_plan(store, "tester", rehearsal_steps.read_plan(folder / "plan.xlsx"))

    @staticmethod
    def _fill(rosters: Path, history: Path | None) -> Callable[[Store], object]:
        return lambda store: rehearsal_steps.fill_pool(store, [rosters], history)

    @staticmethod
    def _schedule(store: Store) -> None:
        """As short as any day, but with the waits as they come: shortening those takes most of the time."""
        schedule.save_timetable(store, "tester", rotation.solve(schedule_queries.problem(store), waiting_budget=0.0))

    @staticmethod
    def _mark(share: float) -> Callable[[Store], object]:
        def mark(store: Store) -> None:
            rehearsal_steps.welcome(store)
            rehearsal_steps.judge_visits(store, SIMULATION, lambda done, total: None, share)

        return mark

    @staticmethod
    def _examine(store: Store) -> None:
        rehearsal_steps.take_theory(store, NURSING / "theory.xlsx")

    @staticmethod
    def _finish(store: Store) -> None:
        rehearsal_steps.confirm(store)
        rehearsal_steps.settle_ties(store, SIMULATION)
        rehearsal_steps.lock(store)
        results.finalise(store, "tester")

    @staticmethod
    def _draw(store: Store) -> None:
        rehearsal_steps.draw_lots(store, SEED_PARTS)


@pytest.fixture(scope="session")
def phases(tmp_path_factory: pytest.TempPathFactory) -> Phases:
    own = tmp_path_factory.getbasetemp()
    # The worker processes of one run share the folder above theirs, and so the files.
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "phases"
    folder.mkdir(exist_ok=True)
    return Phases(folder)


def _at(phase: str) -> Callable[..., Iterator[Store]]:
    @pytest.fixture(name=phase)
    def opened(phases: Phases, tmp_path: Path) -> Iterator[Store]:
        store = phases.copy(phase, tmp_path / f"{phase}.biwu")
        yield store
        store.close()

    opened.__doc__ = f"A fresh copy of the event at the phase {phase!r}."
    return opened


# The Gao'an event, each phase on top of the one before, and the nursing contest likewise.
planned = _at("planned")
rostered = _at("rostered")
drawn = _at("drawn")
scheduled = _at("scheduled")
half_marked = _at("half_marked")
marked = _at("marked")
finished = _at("finished")
nursing_planned = _at("nursing_planned")
nursing_rostered = _at("nursing_rostered")
nursing_drawn = _at("nursing_drawn")
nursing_scheduled = _at("nursing_scheduled")
nursing_marked = _at("nursing_marked")
nursing_examined = _at("nursing_examined")
