"""Long work off the GUI thread: `desk.tasks.run(work, done, failed, title=…)`."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from data.errors import Cancelled, UserError
from ui.errors import show_error
from ui.garbage import GarbageCollector
from ui.task import Task, Work

Done = Callable[[Any], None]
Failed = Callable[[UserError], None]

_THREADS = 2
# How long a busy thread may keep the interpreter from one that waits for it, in seconds. In one turn of its loop the
# GUI thread takes it up to thirty times (each signal, painted label and step of SQLite), while it gives it away each
# time: with Python's own 5 ms, that made a turn of 20 ms stand still for 140.
_TURN = 0.001


class Tasks(QObject):
    """Runs work in a few worker threads; every callback comes in the GUI thread. `close()` joins them all.

    started: the task. succeeded, raised: the task and its result or exception, sent by the worker thread from
    here: a task may be gone before the thread has returned from telling of its end.
    """

    started = Signal(object)
    succeeded = Signal(object, object)
    raised = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._garbage = GarbageCollector(self)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="biwu-task")
        self._running: dict[Task, tuple[Done, Failed | None]] = {}
        self._closed = False
        sys.setswitchinterval(_TURN)
        self.succeeded.connect(self._on_succeeded, Qt.ConnectionType.QueuedConnection)
        self.raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> list[Task]:
        return list(self._running)

    def run(self, work: Work, done: Done, failed: Failed | None = None, *, title: str) -> Task:
        """Run work(progress) in a worker thread, then done(result) in the GUI thread.

        work: calls progress(done, total, text="") now and then; that raises Cancelled once the user cancelled.
        done, failed: bound methods. failed(error) gets a UserError, Cancelled included; without it the user is
        told (a cancelled task needs no telling). Any other exception is a bug and goes to sys.excepthook.
        title: what the user reads while it runs.
        """
        task = Task(work, title, self)
        self._running[task] = (done, failed)
        self.started.emit(task)
        self._pool.submit(self._work_in_thread, task)
        return task

    def _work_in_thread(self, task: Task) -> None:
        try:
            result = task.work()
        except Exception as error:
            self.raised.emit(task, error)
        else:
            self.succeeded.emit(task, result)

    def _on_succeeded(self, task: Task, result: object) -> None:
        if self._closed:
            return
        done, _failed = self._running.pop(task)
        try:
            done(result)
        finally:
            self._end(task)

    def _on_raised(self, task: Task, error: Exception) -> None:
        if self._closed:
            return
        _done, failed = self._running.pop(task)
        try:
            if not isinstance(error, UserError):
                sys.excepthook(type(error), error, error.__traceback__)
            elif failed is not None:
                failed(error)
            elif not isinstance(error, Cancelled):
                show_error(None, error)
        finally:
            self._end(task)

    def _end(self, task: Task) -> None:
        task.ended.emit(task)
        task.deleteLater()

    def close(self) -> None:
        """Cancel what runs and wait until every worker thread is gone."""
        self._closed = True
        for task in self._running:
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()
        self._garbage.close()
