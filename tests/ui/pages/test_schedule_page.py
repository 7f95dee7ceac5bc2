"""The schedule page: planning with progress, the chart by mouse and keyboard, the tables, the file."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton

from data import i18n, models
from data.actions import schedule, setup
from data.queries import schedule as queries
from data.queries import sealing
from data.queries.plan import current_plan
from data.rules import rotation
from data.rules.rotation_model import Obstacle, Progress, Solution
from ui import aside, dialogs
from ui.pages.schedule import SchedulePage
from ui.widgets.schedule.fix_row import FixRow
from ui.widgets.schedule.gantt_painting import DONE


def opened(qtbot, desk) -> SchedulePage:
    page = SchedulePage(desk)
    qtbot.addWidget(page)
    page.resize(1088, 646)
    page.show()
    return page


@pytest.fixture
def timed(nursing_drawn):
    schedule.save_timetable(nursing_drawn, "李敏", rotation.solve(queries.problem(nursing_drawn), waiting_budget=0))
    return nursing_drawn


@pytest.fixture
def page(qtbot, make_desk, timed) -> SchedulePage:
    return opened(qtbot, make_desk(timed))


def primary(page) -> QPushButton:
    return page.findChild(QPushButton, "primary")


def finished(qtbot, page) -> None:
    qtbot.waitUntil(lambda: not page.is_busy, timeout=20_000)


def test_an_event_that_cannot_be_planned_leads_to_what_is_missing(qtbot, desk):
    page = opened(qtbot, desk)
    assert not primary(page).isEnabled()
    with qtbot.waitSignal(desk.going) as went:
        page.findChild(QPushButton, "mend").click()
    assert went.args[0] == "setup"


def test_planning_shows_and_saves_the_timetable(qtbot, make_desk, nursing_drawn):
    page = opened(qtbot, make_desk(nursing_drawn))
    primary(page).click()
    assert page.is_busy
    assert page.findChild(QPushButton, "useBest").isVisible()
    finished(qtbot, page)
    qtbot.waitUntil(lambda: page.summary.isVisible())
    assert page.summary.finish.text() == "16:42"
    assert "Proven" in page.summary.proof.text()
    assert queries.current(nursing_drawn).number == 1


def searching(problem, progress, should_stop):
    """A search that has a timetable and goes on until it is stopped."""
    solution = rotation_solve(problem, waiting_budget=0)
    while not should_stop():
        progress(Progress("waiting", solution.finish, solution.bound, 7, 500))
    return solution


rotation_solve = rotation.solve


def test_the_best_so_far_can_be_used(qtbot, make_desk, nursing_drawn, monkeypatch):
    monkeypatch.setattr(rotation, "solve", searching)
    page = opened(qtbot, make_desk(nursing_drawn))
    primary(page).click()
    page.findChild(QPushButton, "useBest").click()
    finished(qtbot, page)
    assert queries.current(nursing_drawn).number == 1


def test_stopping_keeps_everything_as_it_was(qtbot, make_desk, nursing_drawn, monkeypatch):
    monkeypatch.setattr(rotation, "solve", searching)
    page = opened(qtbot, make_desk(nursing_drawn))
    primary(page).click()
    page.findChild(QPushButton, "stop").click()
    finished(qtbot, page)
    assert queries.current(nursing_drawn) is None
    assert primary(page).isEnabled()


def test_a_search_that_reports_nothing_is_stopped_too(qtbot, make_desk, nursing_drawn, monkeypatch):
    def silent(problem, progress, should_stop):
        while not should_stop():
            pass
        return rotation_solve(problem, waiting_budget=0)

    monkeypatch.setattr(rotation, "solve", silent)
    page = opened(qtbot, make_desk(nursing_drawn))
    primary(page).click()
    page.findChild(QPushButton, "stop").click()
    finished(qtbot, page)
    assert queries.current(nursing_drawn) is None


def test_a_day_that_does_not_fit_says_where(qtbot, make_desk, nursing_drawn, monkeypatch):
    late = Solution((), 1100, 1100, (Obstacle("station_late", "S1", 24),))
    monkeypatch.setattr(rotation, "solve", lambda *_arguments, **_named: late)
    page = opened(qtbot, make_desk(nursing_drawn))
    primary(page).click()
    finished(qtbot, page)
    text = page.fixes.findChild(QLabel, "stripText").text()
    assert "S1 静脉输液" in text
    assert "24 minutes" in text
    assert "18:54" in text


def test_what_makes_the_day_fit_is_made_and_the_day_planned_again(qtbot, make_desk, nursing_drawn, monkeypatch):
    plan = current_plan(nursing_drawn)
    setup.save_plan(nursing_drawn, "李敏", replace(plan, info=replace(plan.info, closes_minute=16 * 60)), "提前结束")
    page = opened(qtbot, make_desk(nursing_drawn))
    primary(page).click()
    finished(qtbot, page)
    assert queries.current(nursing_drawn) is None
    assert page.fixes.isVisible()
    next(row.button for row in page.fixes.findChildren(FixRow) if "16:42" in row.button.accessibleName()).click()
    finished(qtbot, page)
    qtbot.waitUntil(lambda: not page.is_busy and queries.current(nursing_drawn) is not None)
    qtbot.waitUntil(lambda: bool(page.gantt.day.slots))
    mended = page.findChild(QFrame, "mended")
    assert "16:42" in mended.findChild(QLabel, "stripText").text()
    assert not page.fixes.isVisible()
    assert mended.height() < 2 * mended.fontMetrics().height() + 12  # one line
    page.keeper.pin(page.gantt.day.slots[0])
    assert not mended.isVisible()


def test_the_best_so_far_is_told_while_the_search_goes_on(qtbot, page, monkeypatch):
    monkeypatch.setattr(rotation, "solve", searching)
    monkeypatch.setattr(dialogs, "ask_reason", lambda _parent, _title, _text, accepted: accepted("换裁判"))
    primary(page).click()
    best = page.summary.findChild(QLabel, "bestFinish")
    qtbot.waitUntil(best.isVisible)
    assert best.text() == "16:42"
    page.findChild(QPushButton, "useBest").click()
    finished(qtbot, page)
    assert not best.isVisible()


def test_planning_anew_asks_why_and_counts_up(qtbot, page, timed, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_reason", lambda _parent, _title, _text, accepted: accepted("换裁判"))
    primary(page).click()
    finished(qtbot, page)
    assert queries.current(timed).number == 2


def test_people_are_found_by_pinyin_and_stand_out(page):
    slot = queries.slots(page.desk.store)[-1]
    page.made.find.setText(slot.number)
    assert page.gantt._found == {slot.entrant_id}
    page.made.find.setText("zzzzzz")
    assert page.gantt._found == frozenset()
    page.made.find.clear()
    assert not page.gantt._searching


def test_names_are_not_offered_to_the_search_while_they_are_sealed(page, monkeypatch):
    assert page.made.find.placeholderText() == "Find: number or division"
    monkeypatch.setattr(sealing, "hides_names", lambda _store: False)
    page.refresh()
    assert "pinyin" in page.made.find.placeholderText()


def test_a_target_is_brought_into_sight(page):
    slot = queries.slots(page.desk.store)[-1]
    page.show_target(slot.entrant_id)
    assert page.gantt.current == slot
    page.show_target(-1)
    assert page.gantt.current == slot


def test_ctrl_f_goes_to_the_search_from_any_view(page):
    page.made.views.button(2).click()
    page._go_find()
    assert page.made.stack.currentIndex() == 0


def test_the_tables_have_everything(page):
    assert not page.made.by_station.model.rows()  # filled when it is looked at
    page.made.views.button(1).click()
    assert len(page.made.by_station.model.rows()) == 42
    assert not page.made.by_entrant.model.rows()
    page.made.views.button(2).click()
    assert len(page.made.by_entrant.model.rows()) == 42
    assert page.made.by_station.model.index(0, 3).data() == "14:12"
    assert "S1-" in page.made.by_entrant.model.index(0, 4).data()


def test_the_chart_is_walked_by_keys(page):
    gantt = page.gantt
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    first = gantt.current
    assert (first.lane, first.starts_minute) == (1, 840)
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    assert gantt.current.starts_minute == 855
    QTest.keyClick(gantt, Qt.Key.Key_Down)
    assert (gantt.current.lane, gantt.current.starts_minute) == (2, 855)
    QTest.keyClick(gantt, Qt.Key.Key_Up)
    QTest.keyClick(gantt, Qt.Key.Key_Left)
    assert gantt.current == first
    assert first.name in page.made.chart.chosen.text()
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    assert gantt.current is None


def test_the_chart_zooms_by_keys_and_wheel(page):
    gantt = page.gantt
    before = gantt.zoom
    QTest.keyClick(gantt, Qt.Key.Key_Plus)
    assert gantt.zoom > before
    QTest.keyClick(gantt, Qt.Key.Key_Minus)
    assert gantt.zoom == pytest.approx(before)
    QTest.keyClick(gantt, Qt.Key.Key_0)
    assert gantt.horizontalScrollBar().maximum() == 0
    fitted = gantt.zoom
    for turn, modifier in ((120, Qt.KeyboardModifier.ControlModifier), (-120, Qt.KeyboardModifier.NoModifier)):
        event = QWheelEvent(
            QPointF(300, 100),
            QPointF(300, 100),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(gantt.viewport(), event)
    assert gantt.zoom > fitted


def test_a_visit_is_chosen_by_the_mouse(page):
    gantt = page.gantt
    place = QPoint(180, 55)
    QTest.mouseClick(gantt.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert gantt.current is gantt.slot_at(place) is not None
    assert gantt.slot_at(QPoint(5, 5)) is None


def test_the_line_of_now_is_painted_on_the_day_itself(page):
    page.gantt.set_zoom(1.0)
    without = page.gantt.grab().toImage()
    page.gantt.set_now(900)
    assert page.gantt.grab().toImage() != without


def test_faults_since_the_planning_are_listed(qtbot, page, timed):
    """A judge of the same unit comes to a lane after the planning."""
    plan = current_plan(timed)
    judges = tuple(replace(judge, unit_name="县第1医院") for judge in plan.judges)
    setup.save_plan(timed, "李敏", replace(plan, judges=judges), "换裁判")
    qtbot.waitUntil(lambda: page.summary.check.text().startswith("✕"))
    lines = [label.text() for label in page.summary.findChildren(QLabel)]
    assert any("a judge there is of the unit of an entrant" in line for line in lines)  # the names are sealed
    assert "Made for earlier settings" in page.summary.proof.text()
    assert page.summary.proof.property("tone") == "attention"


def test_the_timetable_is_saved_as_a_file(page, tmp_path, monkeypatch):
    path = tmp_path / "schedule.csv"
    monkeypatch.setattr(dialogs, "save_file", lambda _p, _t, _s, _n, accepted: accepted(path))
    page._save.click()
    assert len(path.read_text("utf-8-sig").splitlines()) == 43


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_it_stands_in_both_languages(qtbot, make_desk, timed, language):
    i18n.use(language)
    page = opened(qtbot, make_desk(timed))
    assert page.title() == {"en": "Schedule", "zh_CN": "轮转编排"}[language]
    assert page.keys()
    assert not page.grab().isNull()


def test_a_large_day_is_shown_when_it_is_read(qtbot, timed, make_desk, monkeypatch):
    monkeypatch.setattr(aside, "_MANY", -1)
    page = opened(qtbot, make_desk(timed))
    assert not page.gantt.day.slots
    qtbot.waitUntil(lambda: len(page.gantt.day.slots) == len(queries.slots(timed)))


def test_what_changes_nothing_in_sight_is_not_painted_anew(page):
    """Most marks do not end a visit."""
    day = page.gantt.day
    page.reread()
    assert page.gantt.day is day
    with page.desk.store.write("tester", "test.end") as writing:
        visit = models.Visit.get_by_id(day.slots[0].visit_id)
        writing.update(visit, started_at="2023-11-25T00:30:00.000Z", ended_at="2023-11-25T00:40:00.000Z")
    page.reread()
    assert page.gantt.day.kinds[visit.id] == DONE
