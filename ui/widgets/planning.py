"""The planning of a day in a worker thread, and how the user ends it early."""

import threading

from data.actions import schedule as actions
from data.i18n import _
from data.rules import rotation
from data.rules.decimals import clock
from data.rules.rotation_model import Problem, Progress, Solution
from data.store import Store
from ui.task import Progress as Report
from ui.task import Task


class Planning:
    """The work of one task: solves the problem and saves what fits; result: (solution, number or None)."""

    def __init__(self, store: Store, actor: str, problem: Problem, reason: str) -> None:
        self._store = store
        self._actor = actor
        self._problem = problem
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
        def tell(progress: Progress) -> None:
            if progress.stage == "finish":
                text = _("Shortest day: ends {finish} so far; not before {bound} at all")
            else:
                text = _("Less waiting: ends {finish}, not before {bound}; {n} minutes of waiting in all")
            values = {"finish": clock(progress.finish), "bound": clock(progress.bound), "n": progress.waiting}
            done = progress.share_milli // 5 if progress.stage == "finish" else 200 + progress.share_milli * 4 // 5
            report(done, 1000, text.format(**values))

        def ends() -> bool:
            return self._enough.is_set() or self._is_cancelled()

        solution = rotation.solve(self._problem, tell, ends)
        report(1000, 1000, _("Saving"))
        if not solution.fits:
            return solution, None
        return solution, actions.save_timetable(self._store, self._actor, solution, self._reason)
