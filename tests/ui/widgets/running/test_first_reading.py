"""The first reading of a large event: in a worker thread, with words in the place of the board until it is there."""

from PySide6.QtWidgets import QLabel

from tests.data.floor import set_up
from ui.pages.running import RunningPage
from ui.widgets.running import board_reader


def test_a_large_event_is_first_read_in_a_worker_thread(qtbot, show_page, store, monkeypatch) -> None:
    set_up(store, 8, 3, 2)
    monkeypatch.setattr(board_reader, "_MANY", 5)
    page = show_page(RunningPage, store)
    assert page.is_busy
    assert not page._day.isVisible()
    assert "Reading the board" in [label.text() for label in page._empty.findChildren(QLabel)]
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page._day.isVisible()
    assert len(page.table.model.rows()) == 6
