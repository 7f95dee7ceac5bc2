"""Long work: callbacks in the GUI thread, cancel, errors, and no thread left behind."""

import sys
import threading

import pytest

from data.errors import Cancelled, InvalidInput
from ui.error_dialog import ErrorDialog
from ui.tasks import Tasks


class Listener:
    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.get_ident())


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("biwu-task")]


@pytest.fixture
def listener():
    return Listener()


def test_the_work_runs_elsewhere_and_the_answer_comes_here(qtbot, tasks, listener):
    worked_in = []

    def work(progress):
        worked_in.append(threading.get_ident())
        progress(1, 2, "half")
        return 42

    task = tasks.run(work, listener.done, listener.failed, title="Count")
    with qtbot.waitSignal(task.ended):
        pass
    assert listener.results == [42]
    assert listener.threads == {threading.get_ident()}
    assert worked_in[0] != threading.get_ident()
    assert tasks.running == []


def test_progress_is_reported(qtbot, tasks, listener):
    told = []
    followed = threading.Event()

    def work(progress):
        followed.wait(10)
        progress(3, 3, "all")

    task = tasks.run(work, listener.done, title="Count")
    task.progressed.connect(lambda *values: told.append(values))
    with qtbot.waitSignal(task.ended):
        followed.set()
    assert told == [(3, 3, "all")]


def test_cancelled_work_stops_at_its_next_report(qtbot, tasks, listener):
    may_go_on = threading.Event()

    def work(progress):
        progress(0, 9)
        may_go_on.wait(10)
        progress(1, 9)
        return "never"

    task = tasks.run(work, listener.done, listener.failed, title="Count")
    task.cancel()
    with qtbot.waitSignal(task.ended):
        may_go_on.set()
    assert listener.results == []
    assert isinstance(listener.errors[0], Cancelled)


def test_what_the_user_can_mend_goes_to_failed(qtbot, tasks, listener):
    error = InvalidInput("The file is empty.")

    def work(progress):
        raise error

    with qtbot.waitSignal(tasks.run(work, listener.done, listener.failed, title="Read").ended):
        pass
    assert listener.errors == [error]


def test_without_failed_the_user_is_told(qtbot, tasks, listener, qapp):
    def work(progress):
        raise InvalidInput("The file is empty.", where="A1")

    with qtbot.waitSignal(tasks.run(work, listener.done, title="Read").ended):
        pass
    (dialog,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, ErrorDialog) and widget.isVisible()]
    dialog.close()


def test_a_bug_goes_to_the_exception_hook(qtbot, tasks, listener, monkeypatch):
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda *arguments: caught.append(arguments))

    def work(progress):
        raise ZeroDivisionError

    with qtbot.waitSignal(tasks.run(work, listener.done, listener.failed, title="Divide").ended):
        pass
    assert caught[0][0] is ZeroDivisionError
    assert listener.errors == []


def test_closing_waits_for_the_workers_and_tells_nobody(qtbot, listener):
    tasks = Tasks()
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress(0, 0)

    tasks.run(work, listener.done, listener.failed, title="For ever")
    assert begun.wait(10)
    tasks.close()
    qtbot.wait(1)
    assert (listener.results, listener.errors) == ([], [])


def test_the_window_need_not_wait_long_for_a_busy_worker(make_desk, store):
    """Python's own 5 ms, thirty times in one turn of the loop, are seen as a window that stands still."""
    make_desk(store)
    assert sys.getswitchinterval() == pytest.approx(0.001)
