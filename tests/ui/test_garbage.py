"""Cycles die in the GUI thread, whichever thread allocates."""

import gc
import threading
import weakref

from ui.garbage import GarbageCollector
from ui.tasks import Tasks


class Knot:
    def __init__(self) -> None:
        self.itself = self


def test_a_worker_collects_nothing_and_the_gui_thread_does(qtbot) -> None:
    tasks = Tasks()
    died_in: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: died_in.append(threading.get_ident()))
    del knot

    def allocate(progress) -> int:
        return len([[] for _ in range(50_000)])

    done: list[int] = []
    tasks.run(allocate, done.append, title="")
    qtbot.waitUntil(lambda: bool(done))
    assert died_in == []
    collector = GarbageCollector()
    for _ in range(200):  # until the generation that the knot has grown into is due
        collector.collect()
        _filler = [[] for _ in range(1000)]
    assert died_in == [threading.get_ident()]
    collector.close()
    tasks.close()
    assert gc.isenabled()


def test_two_windows_share_it() -> None:
    one, other = GarbageCollector(), GarbageCollector()
    one.close()
    one.close()
    assert not gc.isenabled()
    assert gc.get_freeze_count()
    other.close()
    assert gc.isenabled()
    assert not gc.get_freeze_count()


def test_nothing_is_collected_before_it_is_due() -> None:
    collector = GarbageCollector()
    gc.collect()
    before = gc.get_stats()
    collector.collect()
    assert gc.get_stats() == before
    collector.close()
