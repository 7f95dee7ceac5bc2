"""The long work of the schedule page: the planning of a day, which the user can end early, and putting a draft in
force. Each is the work of one task."""

import threading
from dataclasses import dataclass

from data.actions import schedule as actions
from data.i18n import _
from data.queries import schedule_draft as drafts
from data.queries.schedule_draft import Draft
from data.rules.decimals import clock
from data.rules.rotation_model import Problem, Progress, Solution
from data.store import Store
from ui.task import Progress as Report
from ui.task import Task


class Planning:
    """Solves the problem and saves what fits; result: (solution, number or None). `latest` is how far it is."""

    def __init__(self, store: Store, actor: str, problem: Problem, reason: str) -> None:
        self._store = store
        self._actor = actor
        self.problem = problem
        self.latest: Progress | None = None
        self._reason = reason
        self._enough = threading.Event()
        self._task: Task | None = None

    def follow(self, task: Task) -> None:
        """Watch this task, so that a search is also stopped while it has nothing to report."""
        self._task = task

    def _is_cancelled(self) -> bool:
        return self._task is not None and self._task.is_cancelled

    def use_best(self) -> None:
        """End the search with the best timetable so far."""
        self._enough.set()

    def __call__(self, report: Report) -> tuple[Solution, int | None]:
        from data.rules import rotation  # here, in the worker thread: it takes a second to load

        def tell(progress: Progress) -> None:
            self.latest = progress
            if progress.stage == "finish":
                text = _("Shortest day: ends {finish} so far; not before {bound} at all")
            else:
                text = _("Less waiting: ends {finish}, not before {bound}; {n} minutes of waiting in all")
            values = {"finish": clock(progress.finish), "bound": clock(progress.bound), "n": progress.waiting}
            done = progress.share_milli // 5 if progress.stage == "finish" else 200 + progress.share_milli * 4 // 5
            report(done, 1000, text.format(**values))

        def ends() -> bool:
            return self._enough.is_set() or self._is_cancelled()

        solution = rotation.solve(self.problem, tell, ends)
        report(1000, 1000, _("Saving"))
        if not solution.fits:
            return solution, None
        return solution, actions.save_timetable(self._store, self._actor, solution, self._reason)


@dataclass(frozen=True)
class PuttingInForce:
    """Saves a draft as the next timetable; result: its number. `bound`: the proven one of the day."""

    store: Store
    actor: str
    draft: Draft
    bound: int
    reason: str

    def __call__(self, report: Report) -> int:
        report(0, 0, _("Saving"))
        solution = drafts.solution(self.draft, self.bound)
        return actions.save_timetable(
            self.store,
            self.actor,
            solution,
            self.reason,
            pinned=self.draft.pins,
            cause="moved",
            on_number=self.draft.number,
        )
