"""The search for what would make a day fit: the work of one task."""

from data.queries import schedule_fixes as queries
from data.rules.rotation_fix import Remedy
from data.rules.rotation_model import Problem, Solution
from data.store import Store
from ui.task import Progress as Report
from ui.task import Task


class FixSearch:
    """Finds the remedies of a day that does not fit; result: (the solution, a tuple of them).

    Who cancels its task ends it soon, with what was proven until then.
    """

    def __init__(self, store: Store, problem: Problem, solution: Solution) -> None:
        self._store = store
        self._problem = problem
        self._solution = solution
        self._task: Task | None = None

    def follow(self, task: Task) -> None:
        """Watch this task, so that the search ends when it is cancelled."""
        self._task = task

    def _is_cancelled(self) -> bool:
        return self._task is not None and self._task.is_cancelled

    def __call__(self, _report: Report) -> tuple[Solution, tuple[Remedy, ...]]:
        from data.rules.rotation_fixes import remedies  # here, in the worker thread: the solver takes a second to load

        seats = queries.seats(self._store)
        return self._solution, remedies(self._problem, self._solution, self._is_cancelled, seats)
