"""The board of the running day, by scanner, keyboard and mouse, on a day whose clock the tests set."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from data import models
from data.actions import checkin, marks
from data.queries import entrants
from tests.data.floor import OPENS
from tests.ui.pages.running.board import (
    badge,
    begin,
    button,
    choose,
    dialog,
    idle,
    line,
    press,
    press_yes,
    read_anew,
    said,
    scan,
    shown,
    strip,
)
from ui.pages.running import RunningPage
from ui.question import Question
from ui.widgets.running import board_reader
from ui.widgets.running.board_dialog import BoardDialog
from ui.widgets.running.lane_card import KEYS

# Before the day


def test_without_an_event_or_a_timetable_it_leads_to_the_schedule(qtbot, show_page, store, planned) -> None:
    for opened in (store, planned):
        page = show_page(RunningPage, opened)
        assert "followed lane by lane" in page.purpose()
        with qtbot.waitSignal(page.desk.going) as going:
            button(page, "goToSchedule").click()
        assert going.args[0] == "schedule"
        idle(qtbot, page)


def test_on_another_day_it_says_so_and_lets_one_look(qtbot, show_page, store, floor) -> None:
    floor.date = "2023-11-20"
    page = show_page(RunningPage, store)
    idle(qtbot, page)
    assert page.purpose() == "Timetable 1 waits for its day."
    assert any("2023-11-25; today is 2023-11-20" in label.text() for label in page.findChildren(QLabel))
    with qtbot.waitSignal(page.desk.going) as going:
        button(page, "goToSetup").click()
    assert going.args[0] == "setup"
    button(page, "lookAnyway").click()
    assert len(page.table.model.rows()) == 6
    assert "nothing can be noted today" in page.findChildren(QLabel, "stripText")[-1].text()
    assert not page.card.isEnabled()
    assert page._ways.isHidden()
    choose(page, "S1", 1)
    press(page, KEYS["begin"])
    press(page, "F9")
    scan(page, badge(page, "N-001"))
    assert "not the day of the event" in said(page)
    assert not page.is_busy


def test_when_the_day_comes_the_board_is_there_by_itself(page, floor) -> None:
    floor.date = "2023-11-24"
    read_anew(page)
    assert not page._day.isVisible()
    floor.date = "2023-11-25"
    read_anew(page)
    assert page._day.isVisible()


# Scanning


def test_a_scanned_badge_begins_the_visit(page, floor) -> None:
    floor.minute += 1
    scan(page, badge(page, "N-001").lower())
    assert said(page) == "✓ N-001 选手1 has begun at S1 考站S1, lane 1, at 08:01."
    assert line(page, "S1", 1) == [
        "S1 考站S1\nlane 1",
        "● on time\n0 done, 4 left",
        "N-001 选手1\nsince 08:01 · 医院1",
        "N-005 选手5\n08:12 · 医院1",
        "08:47",
    ]
    assert shown(page, "laneTitle") == "S1 考站S1, lane 1"
    assert shown(page, "laneNow") == "Now: N-001 选手1"
    assert shown(page, "laneNext") == "Next: N-005 选手5"
    figures = {name: page.figures.value(name) for name in ("now", "done", "running", "planned", "missing")}
    assert figures == {"now": "08:01", "done": "0 of 24", "running": "1", "planned": "09:10", "missing": "0"}
    assert page.purpose().startswith("Timetable 1, 24 visits left.")
    scan(page, badge(page, "N-001"))
    assert said(page) == "● N-001 选手1 began at 08:01 already."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nosuchperson", "not a badge"),
        ("BW1 GA23 7K3M-2QX9-CC", "damaged or mistyped"),
        ("BW2 GA23 7K3M-2QX9-CC", "another version"),
    ],
)
def test_what_is_no_badge_is_told_in_one_line(page, text: str, words: str) -> None:
    scan(page, text)
    assert words in said(page)
    scan(page, "")
    assert said(page) == ""


def test_a_wrong_scan_says_where_the_person_should_be(page, floor) -> None:
    page.stations.setCurrentIndex(page.stations.findData("S2"))
    assert {row.row.station_code for row in page.table.model.rows()} == {"S2"}
    scan(page, badge(page, "N-001"))
    assert said(page) == "✕ N-001 选手1 is not due here yet. Next: S1 考站S1, lane 1, at 08:00."
    assert page.stations.currentData() == ""  # where the person should be comes into sight
    assert shown(page, "laneTitle") == "S1 考站S1, lane 1"


def test_the_secretariat_may_begin_all_the_same(qtbot, page, floor) -> None:
    scan(page, badge(page, "N-007"))
    assert "is planned here at 08:36, in 36 minutes" in said(page)
    button(page, "overrule").click()
    assert "N-007 选手7 has begun at S1 考站S1, lane 1" in said(page)
    page._overrule()
    assert "N-007 选手7 has begun" in said(page)


def test_who_is_out_begins_nothing(page) -> None:
    row = entrants.by_number(page.desk.store, "N-001")
    checkin.set_state(page.desk.store, "李敏", row.id, "withdrew", "弃权")
    scan(page, badge(page, "N-001"))
    assert said(page) == "✕ N-001 选手1 does not compete: withdrew."


def test_somebody_is_found_by_number_and_begins_with_enter(page) -> None:
    scan(page, "n003")
    assert said(page) == "● N-003 选手3: next at S2 考站S2, lane 1, 08:00. Enter begins the visit."
    assert shown(page, "laneTitle") == "S2 考站S2, lane 1"
    scan(page, "")
    assert "N-003 选手3 has begun" in said(page)
    scan(page, "n003")
    assert said(page) == "● N-003 选手3 performs at S2 考站S2, lane 1."
    scan(page, "N-00")
    assert said(page) == "● 8 fit “N-00”: type more of it."
    scan(page, "")
    assert said(page) == ""


def test_esc_forgets_who_was_found(page) -> None:
    scan(page, "N-003")
    press(page, "Esc")
    scan(page, "")
    assert said(page) == ""
    assert page.figures.value("running") == "0"


def test_who_has_nothing_to_come_is_told_so(page) -> None:
    row = entrants.by_number(page.desk.store, "N-003")
    checkin.set_state(page.desk.store, "李敏", row.id, "absent", "病假")
    scan(page, "N-003")
    assert said(page) == "● N-003 选手3 has nothing to come."


# A lane


def test_begin_end_and_undo_by_key(qtbot, page, floor) -> None:
    choose(page, "S2", 1)
    press(page, KEYS["end"])  # nothing runs there
    assert said(page) == ""
    press(page, KEYS["begin"])
    assert "N-003 选手3 has begun" in said(page)
    floor.minute += 10
    choose(page, "S2", 1)
    press(page, KEYS["end"])
    assert said(page) == "✓ N-003 选手3 has ended at S2 考站S2, lane 1, at 08:10."
    for wanted, what in (("goes on", "end"), ("is to come again", "start")):
        assert page.card.button("undo").text() == f"Undo the {what}: N-003 选手3…"
        press(page, KEYS["undo"])
        question = page.findChild(Question)
        question.field.setText("按错了")
        press_yes(qtbot, page, question)
        assert wanted in said(page)
    assert page.card.button("undo").isHidden()


def test_a_sheet_that_is_in_ends_the_visit_and_cannot_be_undone(qtbot, page, floor) -> None:
    begin(page, "N-001")
    floor.minute += 10
    visit = page.card.line.row.current.visit_id
    marks.hand_in(page.desk.store, "李敏", visit, 1, {}, total_milli=80_000)
    qtbot.waitUntil(lambda: page.figures.value("done") == "1 of 24")
    assert page.card.button("undo").isHidden()


def test_an_incident_gives_time_back(qtbot, page) -> None:
    begin(page, "N-001")
    press(page, KEYS["incident"])
    asked = dialog(page)
    assert not asked.yes.isEnabled()
    asked.what.setText("监护仪故障")
    asked.minutes.setValue(2)
    asked.seconds.setValue(30)
    press_yes(qtbot, page, asked)
    assert said(page) == "✓ Noted for the visit of N-001 选手1. It has 2 minutes 30 seconds more."
    assert "+3 min given back" in page.card._now_detail.text()
    qtbot.waitUntil(lambda: "S1 考站S1 is 3 minutes late" in strip(page))


def test_who_is_missing_goes_to_the_end_or_out(qtbot, page, floor) -> None:
    begin(page, "N-003")
    floor.minute += 4
    read_anew(page)
    choose(page, "S1", 1)
    assert line(page, "S1", 1)[3] == "N-001 选手1\n08:00 ▲ has not begun · 医院1"
    assert page.figures.value("missing") == "▲ 5"
    page.table.set_filter("Missing")
    assert len(page.table.model.rows()) == 5
    page.table.set_filter("Missing", on=False)
    choose(page, "S1", 1)
    press(page, KEYS["missing"])
    asked = dialog(page)
    asked.reason.setText("堵车")
    press_yes(qtbot, page, asked)
    assert "comes behind everyone of the division" in said(page)

    choose(page, "S1", 2)
    page.card.button("missing").click()
    asked = dialog(page)
    asked.choices.button(2).click()
    asked.reason.setText("未到")
    press_yes(qtbot, page, asked)
    assert said(page) == "✓ N-002 选手2: absent. The lanes stay free at those times."
    assert entrants.by_number(page.desk.store, "N-002").state == "absent"


def test_a_refused_answer_keeps_the_dialog(qtbot, page) -> None:
    choose(page, "S1", 1)
    press(page, KEYS["close"])
    asked = dialog(page)
    asked.reason.setText("漏水")
    asked.starts.setTime(asked.ends.time().addSecs(60))
    asked.yes.click()
    assert "closed from one time of day until a later one" in asked.problem.text()
    assert asked.isVisible()
    asked.reject()
    qtbot.waitUntil(lambda: not page.findChildren(BoardDialog))


def test_a_lane_goes_out_of_service_and_comes_back(qtbot, page) -> None:
    choose(page, "S1", 1)
    press(page, KEYS["close"])
    asked = dialog(page)
    assert asked.starts.time().toString("HH:mm") == "08:00"
    asked.open_end.click()
    assert not asked.ends.isEnabled()
    asked.reason.setText("漏水")
    press_yes(qtbot, page, asked)
    assert "is out of service from 08:00 until further notice" in said(page)
    assert line(page, "S1", 1)[1:3] == ["✕ closed\n0 done, 4 left", "–\n漏水, until further notice"]
    qtbot.waitUntil(lambda: "4 visits cannot take place where and when they are planned" in strip(page))
    assert "late" not in strip(page)  # it is shut for good, not behind by hours
    page.table.set_filter("Closed")
    assert len(page.table.model.rows()) == 1
    page.table.set_filter("Closed", on=False)
    choose(page, "S1", 1)
    page.card.button("reopen").click()
    assert "in service again" in said(page)
    qtbot.waitUntil(lambda: "may be timed anew" in strip(page))


def test_a_judge_is_replaced_and_a_lane_is_added(qtbot, page) -> None:
    choose(page, "S1", 1)
    page.card.more("judge").trigger()
    asked = dialog(page)
    assert asked.judges.currentText() == "裁判S1-1-1 · 省医院"
    asked.name.setText("王芳")
    asked.unit.setCurrentText("医院1")
    asked.reason.setText("身体不适")
    press_yes(qtbot, page, asked)
    assert "王芳 judges in the place of 裁判S1-1-1 at S1 考站S1, lane 1." in said(page)
    qtbot.waitUntil(lambda: "cannot take place where and when" in strip(page))

    choose(page, "S1", 1)
    page.card.more("add_lane").trigger()
    asked = dialog(page)
    asked.names[0].setText("赵强")
    press_yes(qtbot, page, asked)
    assert "S1 考站S1 has lane 3 now." in said(page)
    assert line(page, "S1", 3)[1] == "✓ finished\n0 done, 0 left"


def test_the_whole_event_pauses_and_goes_on(qtbot, page, floor) -> None:
    begin(page, "N-001")
    floor.minute += 2
    page._pause.click()
    asked = dialog(page)
    asked.minutes.setValue(20)
    asked.gives_back.click()
    asked.reason.setText("停电")
    press_yes(qtbot, page, asked)
    assert "The event pauses until 08:22." in said(page)
    assert "until 08:22 nobody begins" in strip(page)
    choose(page, "S1", 2)
    assert line(page, "S1", 2)[1].startswith("‖ break")
    assert page.card.button("reopen").isHidden(), "a break is no lane out of service"
    qtbot.waitUntil(lambda: "no longer fits" in strip(page))
    floor.minute += 3
    page._pause.click()
    assert "the event goes on" in said(page)
    assert page._pause.text() == "Pause…"


# Finding, reading, showing


def test_find_by_key_and_pinyin(page) -> None:
    press(page, "F3")
    page.table.search.setText("xs3")
    assert [row.key for row in page.table.model.rows()] == [("S2", 1)]
    page.table.search.setText("")
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, "N")
    assert page.scan.text() == "N"


def test_targets(page) -> None:
    page.show_target("S3")
    assert shown(page, "laneTitle") == "S3 考站S3, lane 1"
    page.show_target(("S1", 2))
    assert shown(page, "laneTitle") == "S1 考站S1, lane 2"
    page.show_target(entrants.by_number(page.desk.store, "N-004").id)
    assert shown(page, "laneTitle") == "S2 考站S2, lane 2"


def test_a_large_board_is_read_in_a_worker_thread(qtbot, page, floor, monkeypatch) -> None:
    monkeypatch.setattr(board_reader, "_MANY", 5)
    floor.minute += 1
    read_anew(page)
    read_anew(page)
    assert page.reader.is_busy
    idle(qtbot, page)
    assert page.figures.value("now") == "08:01"


def test_a_closed_event_is_read_no_more(page) -> None:
    page.desk.close()
    read_anew(page)
    page.reader.check()
    assert not page.reader.is_busy


def test_the_page_looks_at_the_clock_only_while_it_is_in_sight(page) -> None:
    assert page._tick.isActive()
    page.hide()
    assert not page._tick.isActive()


def test_its_keys_are_listed(page) -> None:
    listed = dict(page.keys())
    assert listed.keys() == {"F3", "F9", "Esc", *KEYS.values()}


def test_when_all_is_done_it_says_so(page, floor) -> None:
    floor.minute = OPENS + 80
    with page.desk.store.write("tester", "test.over") as writing:
        for visit in models.Visit.select():
            writing.update(visit, started_at=writing.at, ended_at=writing.at, ran_lane=1)
    page.reread()
    assert page.purpose() == "Every visit has taken place."
    assert page.figures.value("expected") == "✓"
