"""Nothing that is not in force yet is lost in silence when the event is closed."""

import pytest

from ui import dialogs
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, make_desk, nursing_scheduled):
    made = MainWindow(make_desk(nursing_scheduled))
    qtbot.addWidget(made)
    made.show()
    made.go("schedule")
    return made


@pytest.fixture
def asked(monkeypatch):
    """What the window asks; call `asked[-1][1]()` to agree."""
    found = []
    monkeypatch.setattr(
        dialogs, "confirm", lambda _parent, _title, text, accepted, **_named: found.append((text, accepted))
    )
    return found


def test_a_window_without_changes_closes(qtbot, window, asked):
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not asked


def test_changes_keep_the_window_open_until_they_are_let_go(qtbot, window, asked):
    page = window.current_page
    page.keeper.pin(page.gantt.day.slots[0])
    assert not window.close()
    assert "1 change of the schedule is not in force yet" in asked[0][0]
    with qtbot.waitSignal(window.closed):
        asked[0][1]()


def test_the_language_waits_for_the_changes(window):
    page = window.current_page
    page.keeper.pin(page.gantt.day.slots[0])
    window.change_language()
    assert window.current_page is page
    page.keeper.discard()
    assert not page.why_it_stays()
