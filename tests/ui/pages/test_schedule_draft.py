"""Moving visits on the schedule page by mouse and key: the draft, its bar, and putting it in force."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from data.actions import schedule, setup
from data.queries import schedule as queries
from data.queries import schedule_draft as drafts
from data.queries.plan import current_plan
from ui import dialogs
from ui.pages import schedule as schedule_page
from ui.pages.schedule import SchedulePage
from ui.widgets.schedule.gantt_drag import ILLEGAL, MOVE, SWAP
from ui.widgets.schedule.gantt_layout import HEADER, LABELS, PEOPLE


@pytest.fixture
def page(show_page, nursing_scheduled) -> SchedulePage:
    made = show_page(SchedulePage, nursing_scheduled)
    made.gantt.set_zoom(1.5)
    return made


def button(page, name) -> QPushButton:
    return page.findChild(QPushButton, name)


def said(page) -> str:
    return page.made.chart.chosen.text()


def place_of(gantt, lane: int, minute: float) -> QPoint:
    """A point of the viewport in a row of the chart by lane."""
    top = gantt.rows.rows[lane - 1].top + gantt.rows.line // 2
    return QPoint(round(LABELS + gantt.scale.x(minute)), round(HEADER + top - gantt.scale.top))


def press(gantt, slot) -> QPoint:
    at = gantt.bar_of(slot).center().toPoint()
    QTest.mousePress(gantt.viewport(), Qt.MouseButton.LeftButton, pos=at)
    return at


def drag(gantt, slot, to: QPoint) -> None:
    """Take a visit and carry it, without letting it go."""
    at = press(gantt, slot)
    QTest.mouseMove(gantt.viewport(), at + QPoint(12, 0))
    QTest.mouseMove(gantt.viewport(), to)


def drop(gantt, at: QPoint) -> None:
    QTest.mouseRelease(gantt.viewport(), Qt.MouseButton.LeftButton, pos=at)


def last_of(page, lane: int):
    return max((slot for slot in page.gantt.day.slots if slot.lane == lane), key=lambda slot: slot.starts_minute)


def put_in_force(qtbot, page, monkeypatch, reason="设备晚到") -> None:
    monkeypatch.setattr(dialogs, "ask_reason", lambda _parent, _title, _text, accepted, **_named: accepted(reason))
    button(page, "putInForce").click()
    qtbot.waitUntil(lambda: not page.is_busy)


def test_a_visit_is_dragged_to_where_it_may_stand(page):
    gantt, slot = page.gantt, last_of(page, 1)
    to = place_of(gantt, 1, slot.ends_minute + 30)
    drag(gantt, slot, to)
    assert gantt.hand.target.kind == MOVE
    assert gantt.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    drop(gantt, to)
    moved = next(one for one in page.gantt.day.slots if one.visit_id == slot.visit_id)
    assert moved.starts_minute > slot.starts_minute
    assert page.draft_bar.isVisible()
    assert "1 change is not in force yet." in page.draft_bar.findChild(QLabel, "stripText").text()
    assert slot.visit_id in gantt.day.changed
    assert {one.starts_minute for one in queries.slots(page.desk.store)} >= {slot.starts_minute}


def test_legal_places_light_up_while_a_visit_is_in_hand(qtbot, page):
    gantt, slot = page.gantt, last_of(page, 1)
    lit = place_of(gantt, 1, slot.ends_minute + 80)
    before = gantt.viewport().grab().toImage().pixelColor(lit)
    drag(gantt, slot, place_of(gantt, 1, slot.ends_minute + 30))
    qtbot.waitUntil(lambda: gantt.hand.is_through)
    assert gantt.viewport().grab().toImage().pixelColor(lit) != before
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    assert gantt.viewport().grab().toImage().pixelColor(lit) == before


def test_an_illegal_drop_is_refused_with_its_reason(page):
    gantt, slot = page.gantt, last_of(page, 1)
    gantt.set_zoom(4.4)
    gantt.reveal(slot)
    early = gantt.bar_of(slot).center().toPoint() - QPoint(20, 0)
    drag(gantt, slot, early)
    target = gantt.hand.target
    assert target.kind == ILLEGAL
    assert target.why
    drop(gantt, early)
    assert said(page) == "✕ " + target.why.replace("\n", " ")
    assert page.keeper.count == 0


def test_escape_puts_it_back(page):
    gantt, slot = page.gantt, last_of(page, 1)
    to = place_of(gantt, 1, slot.ends_minute + 30)
    drag(gantt, slot, to)
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    drop(gantt, to)
    assert not gantt.hand.is_dragging
    assert page.keeper.count == 0


def test_a_visit_stays_in_hand_while_the_event_goes_on(qtbot, page):
    gantt, slot = page.gantt, last_of(page, 1)
    to = place_of(gantt, 1, slot.ends_minute + 30)
    drag(gantt, slot, to)
    store = page.desk.store
    problem = queries.problem(store)
    same = drafts.solution(drafts.of_timetable(problem, 1), 0)
    schedule.save_timetable(store, "王芳", same, "固定", pinned={drafts.key(same.slots[0])}, cause="moved")
    page.reread()
    assert gantt.hand.is_dragging
    drop(gantt, to)
    assert page.keeper.count == 1
    qtbot.waitUntil(lambda: page.keeper.aside is not None)


def test_a_drop_on_another_visit_swaps_the_two(page):
    gantt = page.gantt
    first, second = gantt.day.slots[:2]
    to = gantt.bar_of(second).center().toPoint()
    drag(gantt, first, to)
    assert gantt.hand.target.kind == SWAP
    assert gantt.hand.target.other == second
    assert not gantt.viewport().grab().isNull()
    drop(gantt, to)
    lanes = {slot.visit_id: slot.lane for slot in gantt.day.slots}
    assert (lanes[first.visit_id], lanes[second.visit_id]) == (second.lane, first.lane)
    assert page.keeper.count == 2


def test_two_chosen_visits_are_swapped_by_a_key(page):
    gantt = page.gantt
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    QTest.keyClick(gantt, Qt.Key.Key_S)
    assert "Choose two visits" in said(page)
    QTest.keyClick(gantt, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert gantt.partner is not None
    assert "⇄" in said(page)
    QTest.keyClick(gantt, Qt.Key.Key_S)
    assert page.keeper.count == 2


def test_a_second_visit_is_chosen_with_ctrl(page):
    gantt = page.gantt
    first, second = gantt.day.slots[:2]
    QTest.mouseClick(gantt.viewport(), Qt.MouseButton.LeftButton, pos=gantt.bar_of(first).center().toPoint())
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(gantt.viewport(), Qt.MouseButton.LeftButton, control, gantt.bar_of(second).center().toPoint())
    assert (gantt.current, gantt.partner) == (first, second)
    button(page, "swap").click()
    assert page.keeper.count == 2


def test_keys_move_by_a_minute_and_to_the_next_free_place(page):
    gantt, slot = page.gantt, last_of(page, 1)
    gantt.choose(slot)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(gantt, Qt.Key.Key_Right, control)
    assert gantt.current.starts_minute == slot.starts_minute + 1
    QTest.keyClick(gantt, Qt.Key.Key_Left, control)
    QTest.keyClick(gantt, Qt.Key.Key_Left, control)
    assert said(page).startswith("✕")
    assert gantt.current.starts_minute == slot.starts_minute
    QTest.keyClick(gantt, Qt.Key.Key_Up, control)
    assert "has no lane 0" in said(page)
    gantt.choose(gantt.day.slots[0])
    QTest.keyClick(gantt, Qt.Key.Key_Right, control | Qt.KeyboardModifier.ShiftModifier)
    assert gantt.current.starts_minute > gantt.day.opens + 20


def test_a_pinned_visit_stays_until_it_is_let_go(page):
    gantt, slot = page.gantt, last_of(page, 1)
    gantt.choose(slot)
    QTest.keyClick(gantt, Qt.Key.Key_P)
    assert slot.visit_id in gantt.day.pinned
    assert "Let it go" in button(page, "pin").text()
    QTest.keyClick(gantt, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert "pinned here" in said(page)
    drag(gantt, slot, place_of(gantt, 1, slot.ends_minute + 30))
    assert "pinned here" in gantt.hand.refusal
    assert not gantt.grab().isNull()
    drop(gantt, place_of(gantt, 1, slot.ends_minute + 30))
    QTest.keyClick(gantt, Qt.Key.Key_P)
    assert not gantt.day.pinned


def test_changes_are_undone_and_done_again(page):
    slot = last_of(page, 1)
    page.keeper.move(slot, 1, slot.starts_minute + 5)
    page._undo()
    assert page.keeper.count == 0
    assert "in force" in page.draft_bar.findChild(QLabel, "stripText").text()
    button(page, "redo").click()
    assert page.keeper.count == 1
    button(page, "undo").click()
    page._redo()
    button(page, "discard").click()
    assert not page.draft_bar.isVisible()


def test_a_draft_is_put_in_force_with_a_reason(qtbot, page, monkeypatch):
    slot = last_of(page, 1)
    page.keeper.move(slot, 1, slot.starts_minute + 5)
    page.keeper.pin(page.gantt.day.slots[0])
    put_in_force(qtbot, page, monkeypatch)
    store = page.desk.store
    assert queries.current(store).number == 2
    assert queries.current(store).cause == "moved"
    assert len(queries.problem(store).pinned) == 1
    qtbot.waitUntil(lambda: not page.draft_bar.isVisible())
    assert page.summary.finish.text() == "16:47"
    assert page.keeper.aside is None


def test_what_the_checker_forbids_is_not_put_in_force(qtbot, page):
    """A judge of every unit comes to the only station after the visit was moved."""
    store, slot = page.desk.store, last_of(page, 1)
    page.keeper.move(slot, 1, slot.starts_minute + 5)
    plan = current_plan(store)
    judges = tuple(replace(judge, unit_name=slot.unit or "县第1医院") for judge in plan.judges)
    setup.save_plan(store, "李敏", replace(plan, judges=judges), "换裁判")
    qtbot.waitUntil(lambda: not button(page, "putInForce").isEnabled())
    assert "stand" in page.draft_bar.findChild(QLabel, "stripText").text()


def test_a_draft_is_kept_while_the_page_is_away_and_when_a_timetable_arrives(qtbot, page):
    store, slot = page.desk.store, last_of(page, 1)
    page.keeper.move(slot, 1, slot.starts_minute + 5)
    page.hide()
    other = drafts.of_timetable(queries.problem(store), 1)
    visit = drafts.key(other.slots[-1])
    later = drafts.pin(other, visit)
    schedule.save_timetable(store, "王芳", drafts.solution(later, 0), "固定", pinned=later.pins, cause="moved")
    page.show()
    qtbot.waitUntil(lambda: page.keeper.aside is not None)
    assert page.keeper.count == 0
    assert button(page, "applyAside").isVisible()
    assert "lost when the event is closed" in page.what_is_lost()
    button(page, "applyAside").click()
    assert page.keeper.count == 1
    assert page.keeper.aside is None


def test_changes_to_an_earlier_timetable_can_be_let_go(page):
    page.keeper.aside = drafts.pin(page.keeper.draft, drafts.key(page.keeper.draft.slots[0]))
    page._show_made()
    button(page, "dropAside").click()
    assert not page.draft_bar.isVisible()
    page.keeper.apply_aside()
    assert page.keeper.count == 0


def test_by_entrant_a_visit_is_dragged_along_its_row(page):
    button(page, "view:3").click()
    gantt = page.gantt
    assert gantt.chart == PEOPLE
    slot = last_of(page, 1)
    gantt.reveal(slot)
    at = press(gantt, slot)
    QTest.mouseMove(gantt.viewport(), at + QPoint(12, 0))
    QTest.mouseMove(gantt.viewport(), at + QPoint(50, 0))
    assert gantt.hand.target.kind == MOVE
    assert not gantt.grab().isNull()
    QTest.mouseMove(gantt.viewport(), at + QPoint(50, -40))
    assert "stays with its entrant" in gantt.hand.target.why
    QTest.mouseMove(gantt.viewport(), at + QPoint(50, 0))
    drop(gantt, at + QPoint(50, 0))
    assert page.keeper.count == 1


def test_people_are_found_in_the_chart_by_entrant(page):
    button(page, "view:3").click()
    slot = page.gantt.day.slots[-1]
    page.made.find.setText(slot.number)
    bar = page.gantt.bar_of(slot)
    assert page.gantt.viewport().rect().contains(bar.toRect())
    assert page.gantt.look_of(slot).is_found


def test_a_finding_leads_to_its_visit(qtbot, page):
    store = page.desk.store
    plan = current_plan(store)
    judges = tuple(replace(judge, unit_name="县第1医院") for judge in plan.judges)
    setup.save_plan(store, "李敏", replace(plan, judges=judges), "换裁判")
    qtbot.waitUntil(lambda: page.summary.findChild(QWidget, "findingLine") is not None)
    button(page, "view:1").click()
    QTest.mouseClick(page.summary.findChild(QWidget, "findingLine"), Qt.MouseButton.LeftButton)
    assert page.made.stack.currentIndex() == 0
    chosen = page.gantt.current
    assert chosen is not None
    page.gantt.choose(None)
    QTest.keyClick(page.summary.findChild(QWidget, "findingLine"), Qt.Key.Key_Return)
    assert page.gantt.current == chosen


def test_an_earlier_version_is_only_looked_at(qtbot, page, monkeypatch):
    slot = last_of(page, 1)
    page.keeper.move(slot, 1, slot.starts_minute + 5)
    put_in_force(qtbot, page, monkeypatch)
    versions = page.summary.versions.findChild(QWidget, "timetableVersions")
    qtbot.waitUntil(lambda: versions.count() == 2)
    assert "设备晚到" in versions.item(0).text() or "sealed" in versions.item(0).text()
    versions.itemClicked.emit(versions.item(1))
    assert last_of(page, 1).starts_minute == slot.starts_minute
    page.gantt.choose(page.gantt.day.slots[0])
    QTest.keyClick(page.gantt, Qt.Key.Key_P)
    assert "only be looked at" in said(page)
    page._undo()
    page._redo()
    button(page, "backToPresent").click()
    assert last_of(page, 1).starts_minute == slot.starts_minute + 5


def test_the_day_is_not_planned_anew_over_open_changes(page, monkeypatch):
    asked = []
    monkeypatch.setattr(dialogs, "inform", lambda _parent, title, _text: asked.append(title))
    page.keeper.pin(page.gantt.day.slots[0])
    page.findChild(QPushButton, "primary").click()
    assert asked == ["There are changes that are not in force"]
    assert not page.is_busy


def test_the_settings_lead_to_the_setup_page(qtbot, page):
    assert "each starts as soon as it can" in page.summary.settings.text()
    with qtbot.waitSignal(page.desk.going) as went:
        button(page, "changeSettings").click()
    assert went.args[0] == "setup"


def test_a_large_day_is_checked_in_a_worker_thread_and_an_older_answer_is_dropped(qtbot, page, monkeypatch):
    monkeypatch.setattr(schedule_page, "_CHECKED_AT_ONCE", 5)
    slots = sorted((slot for slot in page.gantt.day.slots if slot.lane == 1), key=lambda slot: slot.starts_minute)
    page.keeper.move(slots[1], 1, slots[0].starts_minute + 1)
    assert not button(page, "putInForce").isEnabled()  # until the checker has answered
    assert page.desk.tasks.running
    first = page._tick
    page.keeper.undo()
    page.keeper.move(slots[-1], 1, slots[-1].starts_minute + 30)
    assert page._tick == first + 2
    shown = page.summary.findChildren(QLabel)
    before = [label.text() for label in shown]
    page._show_figures((first, None))  # what an older state got is not even looked at
    assert [label.text() for label in shown] == before
    qtbot.waitUntil(lambda: not page.desk.tasks.running)
    assert button(page, "putInForce").isEnabled()


def test_a_large_day_is_shown_in_the_turn_after_its_draft_unless_a_visit_is_in_hand(qtbot, page, monkeypatch):
    monkeypatch.setattr(schedule_page, "_CHECKED_AT_ONCE", 5)
    tick, page._now = page._tick, None
    page.refresh()
    assert page._tick == tick
    with monkeypatch.context() as dragging:
        dragging.setattr(type(page.gantt.hand), "is_dragging", True)
        page._show_in_turn()
        assert page._tick == tick
    qtbot.waitUntil(lambda: page._tick == tick + 1)
    qtbot.waitUntil(lambda: not page.desk.tasks.running)
    assert not page._turn.isActive()
