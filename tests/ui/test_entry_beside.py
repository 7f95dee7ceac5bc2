"""Score entry of a large event: the pile is read beside the window, and nothing that is typed meanwhile is lost."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from data.actions import marks
from data.errors import FileProblem
from data.queries import scores
from data.store import Store
from tests.ui.test_score_entry_page import ENTER, fill_defibrillation, first_row, press, scan, sheet_text
from ui import aside
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.widgets.entry import entry_desk
from ui.widgets.entry.sheet_pile import PileReading, SheetPile, read_pile, seat_of


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Readings of the pile wait for it, so that a test can look at what is there before."""
    made = threading.Event()
    yield made
    made.set()


@pytest.fixture
def page(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], scheduled: Store, gate: threading.Event, monkeypatch
) -> ScoreEntryPage:
    """Just shown; its pile is still being read."""

    def read(store: Store) -> PileReading:
        gate.wait()
        return read_pile(store)

    monkeypatch.setattr(aside, "_MANY", -1)
    monkeypatch.setattr(entry_desk, "read_pile", read)
    made = ScoreEntryPage(make_desk(scheduled))
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    return made


def wait_for_pile(qtbot: QtBot, page: ScoreEntryPage, gate: threading.Event) -> None:
    gate.set()
    qtbot.waitUntil(lambda: not page._soon.isActive() and not page._stale and not page.entry.is_reading)


def current(page: ScoreEntryPage) -> tuple[int, int]:
    return seat_of(page.entry.pile.current())


def test_the_page_is_there_before_its_pile(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    assert page.entry.is_reading
    assert not page.tabs.isHidden()
    assert page.entry.pile.model.rowCount() == 0
    assert page.entry.panel.isHidden()
    wait_for_pile(qtbot, page, gate)
    assert [seat_of(row) for row in page.entry.pile.model.rows()] == [seat_of(row) for row in scores.queue(scheduled)]
    assert str(len(scores.queue(scheduled))) in page.purpose()


def test_enter_before_the_pile_is_read_opens_its_first_sheet(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    page.show_target("T2")
    scan(qtbot, page, "")
    assert page.entry.panel.isHidden()
    gate.set()
    qtbot.waitUntil(page.entry.panel.isVisible)
    assert current(page) == seat_of(first_row(scheduled, "T2"))


def test_a_visit_asked_for_early_opens_its_first_missing_sheet(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    row = first_row(scheduled, "T2")
    marks.hand_in(scheduled, "李敏", row.visit_id, 1, {}, total_milli=80_000)
    page.show_target(row.visit_id)
    assert page.entry.panel.isHidden()
    gate.set()
    qtbot.waitUntil(page.entry.panel.isVisible)
    assert current(page) == (row.visit_id, 2)


def test_a_sheet_opened_meanwhile_stays_open(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    first, second = scores.queue(scheduled, "T2")[:2]
    page.show_target(first.visit_id)
    page.show_target(seat_of(second))
    press(qtbot, page, "2")
    field = page.window().focusWidget()
    wait_for_pile(qtbot, page, gate)
    assert page.window().focusWidget() is field
    assert page.entry.panel.form.values() == {1: {"不均匀": 1}}
    assert current(page) == seat_of(second)


def test_a_quick_enter_opens_the_next_whatever_was_read_before(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    wait_for_pile(qtbot, page, gate)
    page.show_target("T2")
    first, second = scores.queue(scheduled, "T2")[:2]
    before = read_pile(scheduled)
    scan(qtbot, page, sheet_text(scheduled, first))
    fill_defibrillation(qtbot, page)
    press(qtbot, page, ENTER)
    page.entry._on_pile(before)  # as it arrives that was under way when the sheet was handed in
    assert seat_of(first) not in [seat_of(row) for row in page.entry.pile.model.rows()]
    press(qtbot, page, ENTER)
    assert current(page) == seat_of(second)
    qtbot.waitUntil(lambda: not page.entry._handed_in)  # the mark is read, and need not be noted any more
    assert current(page) == seat_of(second)


def test_a_total_that_is_typed_stays_when_the_pile_is_read_anew(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    wait_for_pile(qtbot, page, gate)
    first, second = scores.queue(scheduled, "T2")[:2]
    page.show_target(seat_of(first))
    page.entry.panel.focus_total()
    press(qtbot, page, "77")
    assert "half typed" in page.why_it_stays()
    marks.hand_in(scheduled, "李敏", second.visit_id, second.seat, {}, total_milli=80_000)
    qtbot.waitUntil(lambda: page.entry.is_reading)
    wait_for_pile(qtbot, page, gate)
    assert page.entry.panel.total.text() == "77"
    assert seat_of(second) not in [seat_of(row) for row in page.entry.pile.model.rows()]


def test_the_open_sheet_keeps_the_cursor_and_hears_of_the_other_judges(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    wait_for_pile(qtbot, page, gate)
    row = first_row(scheduled, "T2")
    page.show_target(seat_of(row))
    page.entry.panel.form.focus_item(4)
    field = page.window().focusWidget()
    marks.hand_in(scheduled, "李敏", row.visit_id, 2, {}, total_milli=80_000)
    qtbot.waitUntil(lambda: page.entry.is_reading)
    wait_for_pile(qtbot, page, gate)
    assert page.window().focusWidget() is field
    assert "judge 2: 80" in page.entry.panel._others.text()
    marks.hand_in(scheduled, "李敏", row.visit_id, 1, {}, total_milli=81_000)
    qtbot.waitUntil(lambda: page.entry.panel.total.text() == "81")


def test_a_pile_that_cannot_be_read_is_told_and_read_again(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event, monkeypatch
) -> None:
    wait_for_pile(qtbot, page, gate)

    def fail(_store: Store) -> None:
        raise FileProblem("gone")

    told: list[str] = []
    monkeypatch.setattr("ui.widgets.entry.entry_desk.show_error", lambda _parent, error: told.append(error.what))
    monkeypatch.setattr(page.entry._aside, "_read", fail)
    page.entry.refresh()
    qtbot.waitUntil(lambda: told == ["gone"])
    monkeypatch.undo()
    page.entry.refresh()
    wait_for_pile(qtbot, page, gate)
    assert len(page.entry.pile.model.rows()) == len(scores.queue(scheduled))


def test_escape_leaves_a_sheet_before_the_pile_is_read(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot, gate: threading.Event
) -> None:
    page.show_target(seat_of(first_row(scheduled, "T2")))
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.entry.panel.isHidden()
    wait_for_pile(qtbot, page, gate)
    assert page.entry.panel.isHidden()


def test_a_pile_takes_a_mark_in_once(scheduled: Store) -> None:
    rows = scores.queue(scheduled)
    pile = SheetPile(rows)
    seat = seat_of(rows[0])
    assert pile.missing == len(pile) == len(rows)
    assert pile.note(seat, 80_000, 1)
    assert pile.missing == len(rows) - 1
    assert not pile.note(seat, 80_000, 1)
    assert pile.note(seat, 70_000, 2)
    assert pile.missing == len(rows) - 1
    assert not pile.note((0, 1), 80_000, 1)
    assert pile.rows("", missing_only=True) == rows[1:]
    assert [row.total_milli for row in pile.of_visit(seat[0])][:1] == [70_000]
    there = [row for row in rows if row.station_code == "T2"]
    assert pile.rows("T2", missing_only=False) == pile.rows("T2", missing_only=True) == there


def test_stations_are_named_in_the_order_of_the_plan(scheduled: Store) -> None:
    assert dict(scores.stations(scheduled)).keys() == {row.station_code for row in scores.queue(scheduled)}
    assert [code for code, _name in scores.stations(scheduled)] == [one.code for one in scores.progress(scheduled)]
