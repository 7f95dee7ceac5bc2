"""How far a large event is, read in a worker thread: what was known stays in sight until something newer is there."""

import threading
from dataclasses import replace

import pytest

from data.actions import setup
from data.errors import FileProblem
from data.queries.plan import current_plan
from data.queries.readiness import readiness
from data.rules.plan import Unit
from ui import readiness_keeper
from ui.main_window import MainWindow
from ui.pages.home import HomePage
from ui.readiness_keeper import ReadinessKeeper
from ui.widgets.readiness_row import ReadinessRow
from ui.widgets.status_line import StatusLine


@pytest.fixture
def keeper(make_desk, planned, monkeypatch) -> ReadinessKeeper:
    """Of an event that counts as large."""
    monkeypatch.setattr(readiness_keeper, "_MANY", -1)
    desk = make_desk(planned)
    return ReadinessKeeper(desk.store, desk.tasks, desk)


def rename(store, name: str) -> None:
    plan = current_plan(store)
    setup.save_plan(store, "李敏", replace(plan, info=replace(plan.info, name=name)))


def lines(window: MainWindow) -> list[str]:
    return [row.line.title + row.line.detail for row in window.current_page.findChildren(ReadinessRow)]


def lines_of(store) -> list[str]:
    return [line.title + line.detail for line in readiness(store).lines]


def test_the_first_is_read_at_once_and_a_newer_one_in_a_worker_thread(keeper, qtbot):
    first = keeper.get()
    assert first == readiness(keeper._store)
    rename(keeper._store, "决赛")
    assert keeper.get() is first  # nobody told it yet
    keeper.outdate()
    with qtbot.waitSignal(keeper.renewed):
        assert keeper.get() is first
    assert keeper.get().event_name == "决赛"
    assert not keeper._tasks.running


def test_a_small_event_is_read_at_once(keeper, monkeypatch):
    monkeypatch.setattr(readiness_keeper, "_MANY", 10_000)
    first = keeper.get()
    rename(keeper._store, "决赛")
    keeper.outdate()
    assert keeper.get() is not first
    assert keeper.get().event_name == "决赛"
    assert not keeper._tasks.running


def test_what_changes_while_it_is_read_is_read_after_it(keeper, qtbot, monkeypatch):
    keeper.get()
    go_on = threading.Event()

    def read_slowly(store):
        read = readiness(store)
        go_on.wait()
        return read

    monkeypatch.setattr(readiness_keeper, "readiness", read_slowly)
    keeper.outdate()
    keeper.get()
    rename(keeper._store, "决赛")
    keeper.outdate()
    keeper.get()
    assert len(keeper._tasks.running) == 1
    with qtbot.waitSignal(keeper.renewed):
        go_on.set()
    with qtbot.waitSignal(keeper.renewed):
        keeper.get()
    assert keeper.get().event_name == "决赛"


def test_what_was_begun_in_the_other_language_is_dropped(keeper, qtbot, monkeypatch):
    keeper.get()
    go_on, dropped = threading.Event(), []

    def read_slowly(store):
        read = readiness(store)
        go_on.wait()
        return read

    monkeypatch.setattr(readiness_keeper, "readiness", read_slowly)
    keeper.renewed.connect(lambda: dropped.append("not dropped"))
    keeper.outdate()
    keeper.get()
    monkeypatch.setattr(readiness_keeper, "readiness", readiness)
    keeper.forget()
    known = keeper.get()
    go_on.set()
    qtbot.waitUntil(lambda: not keeper._tasks.running)
    assert keeper.get() is known
    assert not dropped


def test_why_it_cannot_be_read_is_told_to_whoever_asks_next(keeper, qtbot, monkeypatch):
    keeper.get()

    def refuse(_store):
        raise FileProblem("gone")

    monkeypatch.setattr(readiness_keeper, "readiness", refuse)
    keeper.outdate()
    keeper.get()
    qtbot.waitUntil(lambda: not keeper._tasks.running)
    with pytest.raises(FileProblem, match="gone"):
        keeper.get()


def test_window_and_home_page_show_what_is_read_in_the_end(planned, make_desk, qtbot, monkeypatch):
    monkeypatch.setattr(readiness_keeper, "_MANY", -1)
    desk = make_desk(planned)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    assert isinstance(window.current_page, HomePage)
    before = lines(window)
    plan = current_plan(planned)
    more = replace(
        plan,
        info=replace(plan.info, name="决赛"),
        units=[*plan.units, Unit("第九医院", "九院", plan.units[0].category)],
    )
    with qtbot.waitSignal(desk.readiness_renewed):
        setup.save_plan(planned, "李敏", more)
    assert window.windowTitle().startswith("决赛")
    qtbot.waitUntil(lambda: lines(window) != before)  # Qt takes the old lines away a little later
    qtbot.waitUntil(lambda: lines(window) == lines_of(planned))
    window.change_language()
    qtbot.waitUntil(lambda: bool(lines(window)))
    first, wanted = lines(window), lines_of(planned)
    window.change_language()
    assert first == wanted  # in the words of the new language from the first moment on
    qtbot.waitUntil(lambda: bool(lines(window)))
    assert lines(window) == lines_of(planned) != first


def test_what_has_no_title_runs_without_a_word(desk, qtbot):
    line = StatusLine(desk, None)
    qtbot.addWidget(line)
    go_on = threading.Event()

    def wait(_progress) -> None:
        go_on.wait()

    quiet = desk.tasks.run(wait, lambda _result: None, title="")
    assert line._running.text() == ""
    told = desk.tasks.run(wait, lambda _result: None, title="Reading")
    assert line._running.text() == "Reading…"
    with qtbot.waitSignals([quiet.ended, told.ended]):
        go_on.set()
    assert line._running.text() == ""
