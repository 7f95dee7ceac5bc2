"""A day that runs late: told, mended by one of three offers, ended later, or timed anew."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.actions import running, setup
from data.queries import entrants, schedule
from data.queries.plan import current_plan
from tests.data.floor import OPENS, Clock
from tests.ui.pages.running.board import button, idle, line, press, read_anew, said, strip
from ui.error_dialog import ErrorDialog
from ui.pages.running import RunningPage
from ui.question import Question


def fall_behind(qtbot, page: RunningPage, floor: Clock, minutes: int = 9) -> None:
    """All that should have begun at the opening begins so many minutes later, at another desk."""
    floor.minute += minutes
    for number in range(1, 7):
        visit = next(slot for slot in schedule.slots(page.desk.store) if slot.number == f"N-00{number}").visit_id
        running.start_visit(page.desk.store, "王芳", visit)
    qtbot.waitUntil(lambda: page.figures.value("running") == "6")


def test_a_late_day_is_told_and_mended(qtbot, page, floor) -> None:
    fall_behind(qtbot, page, floor)
    assert line(page, "S2", 2)[1] == "▲ late by 9 min\n0 done, 4 left"
    qtbot.waitUntil(lambda: strip(page) != "")
    assert strip(page).startswith(
        "▲ The timetable no longer fits: S1 考站S1 is 9 minutes late; S2 考站S2 is 9 minutes late; "
        "1 more station is late. Choose how the day goes on."
    )
    assert page.figures.value("expected") == "▲ 09:15 (5 min later)"
    page.table.set_filter("Late")
    assert len(page.table.model.rows()) == 6
    page.table.set_filter("Late", on=False)

    button(page, "showWays").click()
    qtbot.waitUntil(page.offers.panel.isVisible)
    idle(qtbot, page)
    panel = page.offers.panel
    card = panel.card("shift")
    assert card.figure("finish") == "09:19  (9 min later)"
    assert card.figure("changed") == "8 people"
    assert "minute" in card.figure("wait")
    assert card.figure("furthest") == "9 minutes"
    card.look.click()
    changes = panel.changes.model.rows()
    assert len(changes) == 18
    first = next(row for row in changes if row.number == "N-001")
    assert (first.name, first.station, first.old_minute, first.new_minute) == ("选手1", "S2 考站S2", 492, 501)
    assert [panel.changes.model.index(0, column).data() for column in range(7)][4:] == [
        "08:12 · lane 1",
        "08:21 · lane 1",
        "+9",
    ]
    with qtbot.waitSignal(page.desk.said) as told:
        card.take.click()
        idle(qtbot, page)
    assert told.args == ["Timetable 2 is in force: the day ends at 09:19."]
    assert not panel.isVisible()
    current = schedule.current(page.desk.store)
    assert (current.number, current.finish_minute) == (2, OPENS + 79)
    with page.desk.store.read():
        assert models.Timetable.get(models.Timetable.number == 2).cause == "shift"
    qtbot.waitUntil(lambda: strip(page) == "")
    assert "To go back is to time the rest anew" in said(page)
    with qtbot.waitSignal(page.desk.going) as going:
        button(page, "printChanged").click()
    assert going.args == ["print", ("slips", True)]


def test_an_offer_is_dead_once_something_happened(qtbot, page, floor) -> None:
    fall_behind(qtbot, page, floor)
    press(page, "F9")
    idle(qtbot, page)
    panel = page.offers.panel
    assert panel.isVisible()
    running.close_lane(page.desk.store, "王芳", "S3", 2, OPENS + 9, None, "断电")
    qtbot.waitUntil(lambda: panel.is_stale)
    assert not panel.card("absorb").take.isEnabled()
    page.offers.take("absorb")
    assert not page.offers.is_busy
    assert schedule.current(page.desk.store).number == 1
    panel.findChild(QPushButton, "recompute").click()
    idle(qtbot, page)
    assert not panel.is_stale
    floor.minute += 3
    read_anew(page)
    assert panel.is_stale
    press(page, "Esc")
    assert not panel.isVisible()


def test_an_offer_made_of_an_older_timetable_is_refused(qtbot, page, floor) -> None:
    fall_behind(qtbot, page, floor)
    press(page, "F9")
    idle(qtbot, page)
    with page.desk.store.write("王芳", "test.other") as writing:
        writing.insert(models.Timetable, number=2, made_at=writing.at, finish_minute=600, bound_minute=0)
    page.offers.take("absorb")  # before the change has come round
    idle(qtbot, page)
    error = page.findChild(ErrorDialog) or page.window().findChild(ErrorDialog)
    assert any("has been put in force meanwhile" in label.text() for label in error.findChildren(QLabel))
    error.accept()
    assert page.offers.panel.is_stale


def test_the_day_may_end_later(qtbot, page, floor) -> None:
    plan = current_plan(page.desk.store)
    tight = replace(plan, info=replace(plan.info, closes_minute=OPENS + 40))
    setup.save_plan(page.desk.store, "tester", tight, "测试")
    fall_behind(qtbot, page, floor)
    press(page, "F9")
    idle(qtbot, page)
    panel = page.offers.panel
    assert panel.card("shift").take.isHidden()
    assert panel.changes.isHidden()
    button(page, "extend:shift").click()
    question = panel.findChild(Question)
    assert "moves to 09:19" in question.findChildren(QLabel)[1].text()
    question.yes.click()
    qtbot.waitUntil(lambda: not panel.card("shift").take.isHidden())
    idle(qtbot, page)
    assert current_plan(page.desk.store).info.closes_minute == OPENS + 79


def test_offers_can_be_stopped_and_told_why_not(qtbot, page, floor, monkeypatch) -> None:
    fall_behind(qtbot, page, floor)
    press(page, "F9")
    page.offers.compute("twice")
    page.offers.progress.findChild(QPushButton, "stop").click()
    idle(qtbot, page)
    assert not page.offers.panel.isVisible()
    for row in entrants.entrants(page.desk.store):
        with page.desk.store.write("tester", "test.out") as writing:
            writing.update(models.Entrant.get_by_id(row.id), state="absent")
    page.offers.compute("")
    idle(qtbot, page)
    error = page.window().findChild(ErrorDialog)
    assert any("cannot be planned" in label.text() for label in error.findChildren(QLabel))
    error.accept()


def test_the_rest_is_timed_anew_at_any_time(qtbot, page) -> None:
    page._ways.click()
    idle(qtbot, page)
    assert page.offers.panel.findChild(QLabel, "offersWhy").text() == "The rest is timed anew"
    assert page.offers.panel.card("absorb").figure("finish") == "09:10  (as planned)"
    page.offers.panel.findChild(QPushButton, "offersBack").click()
    assert not page.offers.panel.isVisible()
