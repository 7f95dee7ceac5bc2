"""The panel of what would make the day fit: found in the background, made with one button."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from data import i18n
from data.actions import setup
from data.queries import schedule as queries
from data.queries.plan import current_plan
from data.rules import rotation
from data.rules.rotation_fix import Fix, Remedy
from data.rules.rotation_model import Obstacle, Solution
from ui.widgets.schedule import fixes_panel
from ui.widgets.schedule.fixes_panel import FixesPanel
from ui.widgets.schedule.new_judges_dialog import NewJudgesDialog


@pytest.fixture
def late(drawn):
    """A day that ends 24 minutes too late."""
    plan = current_plan(drawn)
    setup.save_plan(drawn, "李敏", replace(plan, info=replace(plan.info, closes_minute=17 * 60 + 30)), "早些结束")
    return drawn


@pytest.fixture
def panel(qtbot, make_desk, late) -> FixesPanel:
    made = FixesPanel(make_desk(late))
    qtbot.addWidget(made)
    made.resize(900, 400)
    return made


def show(panel: FixesPanel, qtbot) -> None:
    problem = queries.problem(panel._desk.store)
    panel.show_for(problem, rotation.solve(problem, waiting_budget=0))
    assert panel.is_busy
    qtbot.waitUntil(lambda: not panel.is_busy)


def buttons(panel: FixesPanel, name: str = "applyFix") -> list[QPushButton]:
    return panel.findChildren(QPushButton, name)


def texts(panel: FixesPanel, name: str) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel, name)]


def give(panel: FixesPanel, *remedies: Remedy) -> None:
    """As if these had been found."""
    solution = Solution((), 510, 510, tuple(obstacle for remedy in remedies for obstacle in remedy.obstacles))
    panel._solution = solution
    panel._on_found((solution, remedies))


def test_what_is_in_the_way_stands_there_with_its_ways_out(qtbot, panel):
    assert not panel.isVisibleTo(None)
    show(panel, qtbot)
    assert texts(panel, "obstacle") == ["✕ S2 静脉输液 needs 24 minutes more"]
    assert texts(panel, "fixText") == [
        "Finish at 17:54",
        "1 more lane at S2 静脉输液",
        "4 entrants fewer at S2 静脉输液",
    ]
    assert [button.text() for button in buttons(panel)] == ["Apply", "Apply", "Go to the draws…"]


def test_a_press_changes_the_event_and_tells(qtbot, panel, late):
    show(panel, qtbot)
    with qtbot.waitSignal(panel.applied) as applied:
        buttons(panel)[0].click()
        panel._take(Fix("longer_stay", minute=5))  # one at a time
    assert current_plan(late).info.closes_minute == 17 * 60 + 54
    assert current_plan(late).info.most_stay_minutes == 0
    (said,) = applied.args
    assert "finish at 17:54" in said
    assert "setup page" in said
    assert not buttons(panel)


def test_who_is_left_out_is_decided_on_the_draws_page(qtbot, panel):
    show(panel, qtbot)
    with qtbot.waitSignal(panel._desk.going) as going:
        buttons(panel)[2].click()
    assert going.args[0] == "draws"


def test_the_names_of_new_judges_are_asked(qtbot, panel, late, monkeypatch):
    recusal = Obstacle("recusal", "S2", entrant=queries.problem(late).entrants[0].id)
    give(panel, Remedy((recusal,), (Fix("stand_in", "S2", unit="某医院"),)))
    buttons(panel)[0].click()
    dialog = panel.findChild(NewJudgesDialog)
    (fields,) = dialog.fields
    assert not dialog.yes.isEnabled()
    fields[0].setText("周替")
    fields[1].setText("某医院")
    told = []
    monkeypatch.setattr(fixes_panel, "show_error", lambda _parent, error: told.append(error))
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(told))
    assert "whose entrants" in str(told[0])
    assert panel.isEnabled()
    panel._make([("周替", "省人民医院")])
    qtbot.waitUntil(lambda: current_plan(late).info.stand_ins)
    qtbot.waitUntil(lambda: not panel.is_busy)


def test_the_first_of_each_is_made_in_one_go(qtbot, panel, late):
    one, other = Obstacle("station_late", "S2", 24), Obstacle("stay", "", 10, 1)
    give(panel, Remedy((one,), (Fix("add_lane", "S2", count=1),)), Remedy((other,), (Fix("longer_stay", minute=500),)))
    (button,) = buttons(panel, "applyAll")
    with qtbot.waitSignal(panel.applied) as applied:
        button.click()
    (said,) = applied.args
    assert "1 more lane at S2 静脉输液, and a longest stay of 500 minutes" in said
    assert (current_plan(late).station("S2").lanes, current_plan(late).info.most_stay_minutes) == (3, 500)


def test_it_says_when_nothing_was_found(panel):
    solution = Solution((), 510, 510, (Obstacle("station_late", "S2", 24),))
    panel._solution = solution
    panel._on_found((solution, ()))
    assert any("No change was found" in label.text() for label in panel.findChildren(QLabel))
    assert any("24 minutes" in text for text in texts(panel, "stripText"))


def test_a_search_that_nobody_wants_any_more_shows_nothing(qtbot, panel):
    problem = queries.problem(panel._desk.store)
    solution = rotation.solve(problem, waiting_budget=0)
    panel.show_for(problem, solution)
    assert texts(panel, "stripText")
    task = panel._task
    with qtbot.waitSignal(task.ended):
        panel.clear()
    assert not buttons(panel)
    panel.show_for(problem, replace(solution, obstacles=()))
    assert not panel.is_busy
    panel.show_for(problem, solution)
    panel.findChild(QPushButton, "stopFixes").click()
    qtbot.waitUntil(lambda: not panel.is_busy)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_it_stands_in_both_languages(qtbot, make_desk, late, language, tmp_path):
    i18n.use(language)
    panel = FixesPanel(make_desk(late))
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    show(panel, qtbot)
    assert not panel.grab().isNull()
