"""The chart as it is painted: bars told apart by shape, kept pictures, tips, dark theme, the hand at the edge."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.widgets.gantt_day import day, moves, rows
from ui import theme
from ui.widgets.schedule import gantt_words
from ui.widgets.schedule.gantt_layout import LABELS, PEOPLE
from ui.widgets.schedule.gantt_painting import COMING, DONE, LATE, OUT, RUNNING, legend
from ui.widgets.schedule.gantt_view import GanttView
from ui.widgets.schedule.schedule_chart import ChartPanel


@pytest.fixture
def gantt(qtbot) -> GanttView:
    made = GanttView()
    qtbot.addWidget(made)
    made.resize(700, 260)
    made.show()
    made.set_day(day())
    made.set_moves(moves())
    return made


def bar_picture(gantt, visit=1):
    slot = next(slot for slot in gantt.day.slots if slot.visit_id == visit)
    return gantt.viewport().grab(gantt.bar_of(slot).toAlignedRect()).toImage()


def outline(picture) -> set[tuple[int, int]]:
    """The points that are not the ground of the chart: a shape, whatever its colour."""
    ground = theme.colors().surface.lower()
    return {
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).name() != ground
    }


def test_kinds_are_told_apart_by_shape_alone(gantt):
    shapes = {}
    for kind in (COMING, DONE, RUNNING, LATE, OUT):
        gantt.set_day(day(kinds={1: kind}))
        shapes[kind] = bar_picture(gantt)
    assert outline(shapes[DONE]) < outline(shapes[COMING])
    assert outline(shapes[RUNNING]) < outline(shapes[COMING])
    assert outline(shapes[OUT]) < outline(shapes[COMING])
    assert len({picture.cacheKey() for picture in shapes.values()}) == 5
    assert shapes[LATE] != shapes[COMING]
    assert dict(legend()).keys() == shapes.keys()


def test_pins_and_changes_are_drawn_on_the_bar(gantt):
    plain = bar_picture(gantt)
    gantt.set_day(day(pinned=frozenset({1})))
    pinned = bar_picture(gantt)
    gantt.set_day(day(changed=frozenset({1})))
    assert plain != pinned
    assert bar_picture(gantt) not in (plain, pinned)


def test_what_really_ran_and_what_is_closed_is_drawn(gantt):
    before = gantt.viewport().grab().toImage()
    gantt.set_day(day(actual={1: (545, 560)}))
    ran = gantt.viewport().grab().toImage()
    lines = (replace(day().lines[0], closed=((600, 620), (1000, 1100))), *day().lines[1:])
    gantt.set_day(day(lines=lines))
    assert ran != before
    assert gantt.viewport().grab().toImage() not in (before, ran)


@pytest.mark.parametrize("chart", ["lanes", PEOPLE])
def test_a_scrolled_picture_is_the_one_painted_anew(gantt, chart):
    gantt.set_chart(chart)
    gantt.resize(420, 120)
    gantt.set_zoom(6.0)
    gantt.viewport().grab()
    for across, down in ((100, 0), (160, 20), (90, 5), (900, 30)):
        gantt.horizontalScrollBar().setValue(across)
        gantt.verticalScrollBar().setValue(down)
        scrolled = gantt.viewport().grab().toImage()
        gantt.look_again()
        assert gantt.viewport().grab().toImage() == scrolled


def test_a_dark_theme_is_painted_anew(gantt, qapp):
    light = gantt.viewport().grab().toImage()
    theme.apply(qapp, dark=True)
    try:
        gantt.look_again()
        assert gantt.viewport().grab().toImage() != light
    finally:
        theme.apply(qapp)


def test_a_tip_says_everything_of_a_visit(gantt, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    begun = replace(rows()[0], started_minute=541, ran_lane=2)
    gantt.set_day(day(slots=(begun,), kinds={1: RUNNING}, pinned=frozenset({1}), changed=frozenset({1})))
    place = gantt.bar_of(begun).center().toPoint()
    QApplication.sendEvent(gantt.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, place))
    lines = told[0].splitlines()
    assert lines[0] == "N-01 张伟"
    assert {"running", "A 站A", "A, lane 1, 09:00–09:12", "Really 09:01–…, lane 2"} <= set(lines)
    assert any(line.startswith("Pinned") for line in lines)
    assert any(line.startswith("Moved") for line in lines)
    QApplication.sendEvent(gantt.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))
    assert len(told) == 1


def test_a_dropped_visit_says_why(gantt):
    out = replace(rows()[0], state="absent", ended_minute=551, started_minute=541)
    undrawn = replace(rows()[1], state="undrawn")
    gantt.set_day(day(slots=(out, undrawn), kinds={1: OUT, 2: OUT}))
    assert gantt_words.state(out, gantt.look_of(out)) == "absent"
    assert gantt_words.state(undrawn, gantt.look_of(undrawn)) == "not drawn"
    assert "09:01–09:11" in gantt_words.tip(out, gantt.look_of(out))


def test_at_the_edge_the_chart_scrolls_under_the_hand(qtbot, gantt):
    gantt.set_zoom(8.0)
    gantt.horizontalScrollBar().setValue(0)
    slot = gantt.day.slots[2]
    at = gantt.bar_of(slot).center().toPoint()
    QTest.mousePress(gantt.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(gantt.viewport(), at + QPoint(20, 0))
    QTest.mouseMove(gantt.viewport(), QPoint(gantt.viewport().width() - 4, at.y()))
    qtbot.waitUntil(lambda: gantt.horizontalScrollBar().value() == gantt.horizontalScrollBar().maximum())
    assert gantt.hand.target.starts > 590
    assert not gantt.viewport().grab().isNull()
    QTest.mouseRelease(gantt.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_over_another_station_it_says_where_it_belongs(gantt):
    slot = gantt.day.slots[2]
    at = gantt.bar_of(slot).center().toPoint()
    QTest.mousePress(gantt.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(gantt.viewport(), QPoint(at.x() + 20, at.y() + 40))
    assert "A 站A" in gantt.hand.target.why
    assert not gantt.viewport().grab().isNull()
    below = QPoint(gantt.viewport().width() - 60, gantt.viewport().height() - 40)
    QTest.mouseMove(gantt.viewport(), below)
    assert gantt.hand.target is not None
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    assert gantt.hand.target is None


def test_without_rules_the_chart_says_why_it_is_only_looked_at(gantt):
    said = []
    gantt.refused.connect(said.append)
    gantt.set_moves(None, "An earlier timetable can only be looked at.")
    gantt.choose(gantt.day.slots[0])
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(gantt, Qt.Key.Key_Right, control)
    QTest.keyClick(gantt, Qt.Key.Key_P)
    gantt.choose_partner(gantt.day.slots[1])
    QTest.keyClick(gantt, Qt.Key.Key_S)
    assert said == ["An earlier timetable can only be looked at."] * 3


def test_two_visits_that_cannot_be_swapped_say_why(gantt):
    said = []
    gantt.refused.connect(said.append)
    gantt.choose(gantt.day.slots[0])
    gantt.choose_partner(gantt.day.slots[4])
    QTest.keyClick(gantt, Qt.Key.Key_S)
    assert "one station, or of one entrant" in said[0]
    gantt.choose_partner(gantt.day.slots[0])
    assert gantt.partner is None


def test_an_empty_chart_is_walked_by_nobody(gantt):
    gantt.set_day(day(slots=(), lines=()))
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    assert gantt.current is None
    assert gantt.slot_at(QPoint(LABELS + 10, 60)) is None


def test_the_panel_names_two_visits_that_have_nothing_in_common(qtbot):
    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.gantt.set_day(day())
    panel.gantt.choose(panel.gantt.day.slots[0])
    panel.gantt.choose_partner(panel.gantt.day.slots[4])
    assert " and " in panel.chosen.text()
    assert not panel.grab().isNull()
