"""The tab of what comes after: second chances, history, and the judges' report, by mouse and keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolTip

from data import models
from data.actions import resits
from data.queries import notice
from data.queries.below_pass import below_pass
from data.queries.judge_charts import judges_chart
from data.queries.judge_report import judge_report
from tests.data import contest
from tests.data.published import publish, set_event
from tests.data.rehearsed import rows
from tests.ui.pages.results.driving import click, open_dialog, read
from ui import theme
from ui.importers.history import HistoryImporter
from ui.pages.results import ResultsPage
from ui.pages.roster import RosterPage
from ui.widgets.results.after_tab import BELOW, HISTORY, REPORT
from ui.widgets.results.report_chart import ReportChart


@pytest.fixture
def held(store):
    """Six nurses, two of them below a pass line of 80, in result version 1."""
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    set_event(store, pass_milli=80_000, date="2026-03-01")
    publish(store)
    return visits


def lines(table) -> list[list[str]]:
    return [[column.text(row) for column in table.model.columns] for row in table.model.rows()]


def told(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def said(page: ResultsPage) -> list[str]:
    heard: list[str] = []
    page.desk.said.connect(heard.append)
    return heard


# Below the pass line


def test_the_list_is_shown_and_a_day_is_set_for_all_of_it(qtbot, show, store, held) -> None:
    page = show(store, BELOW)
    view = page.after.below
    assert [line[2] for line in lines(view.table)] == ["钱进", "孙莉"]
    assert lines(view.table)[0][5:] == [
        "Total score 76.50, 3.50 short; 静脉输液 75.00, 5.00 short",
        "–",
        "",
        "▲ not planned",
    ]
    assert "By result version 1, 2 of 6 entrants have not passed; the pass line is 80; 2 still need" in told(view)
    assert not view.plan.isEnabled()
    view.table.view.selectAll()
    heard = said(page)
    click(page, "planResit")
    asked = open_dialog(page, "resitDay")
    assert asked.day.date().toString("yyyy-MM-dd") == "2026-03-15"
    assert "2 entrants: 钱进、孙莉" in told(asked)
    asked.day.setDate(QDate(2026, 2, 1))
    click(asked, "saveResit")
    assert "after the event" in asked.problem.text()
    asked.day.setDate(QDate(2026, 4, 1))
    asked.note.setText("技能中心")
    click(asked, "saveResit")
    read(qtbot, page)
    assert [line[6] for line in lines(view.table)] == ["2026-04-01", "2026-04-01"]
    assert heard == ["The second chance of 2 entrants is on 2026-04-01."]
    view.table.set_filter("not planned")
    assert lines(view.table) == []


def test_many_names_are_shortened(qtbot, show, held, store) -> None:
    set_event(store, pass_milli=99_000)
    with store.write("tester", "test.many") as writing:
        content = models.ResultVersion.get().content
        content["divisions"][0]["rows"] *= 2
        writing.update(models.ResultVersion.get(), content=content)
    page = show(store, BELOW)
    page.after.below.table.view.selectAll()
    click(page, "planResit")
    assert "…" in told(open_dialog(page, "resitDay"))


def test_results_are_entered_corrected_and_taken_back(qtbot, show, store, held) -> None:
    resits.plan(store, "李敏", [row.entrant_id for row in below_pass(store).rows], "2026-04-01", "二楼")
    page = show(store, BELOW)
    view = page.after.below
    view.table.choose(view.found.rows[0].entrant_id)
    QTest.keyClick(view.table.view, Qt.Key.Key_Return)
    asked = open_dialog(page, "resitResult")
    asked.result.setText("七十")
    click(asked, "saveResit")
    assert "number from 0 to 100" in asked.problem.text()
    asked.result.setText("101")
    click(asked, "saveResit")
    assert "0 to 100 per cent" in asked.problem.text()
    asked.result.setText("７９．９")
    heard = said(page)
    QTest.keyClick(asked.result, Qt.Key.Key_Return)
    read(qtbot, page)
    assert lines(view.table)[0][6:] == ["2026-04-01", "79.9%", "✕ not passed"]
    assert heard == ["Noted: not passed."]
    click(page, "recordResit")
    asked = open_dialog(page, "resitResult")
    assert asked.findChild(QLineEdit, "resultReason").isVisible()
    asked.outcome.setCurrentIndex(asked.outcome.findData("passed"))
    click(asked, "saveResit")
    assert "A reason is needed" in asked.problem.text()
    asked.reason.setText("复核")
    click(asked, "saveResit")
    read(qtbot, page)
    assert lines(view.table)[0][8] == "✓ passed"
    assert heard[1:] == ["Noted: passed."]
    assert not view.plan.isEnabled()
    view.table.view.selectAll()
    assert [row.name for row in view.plannable] == ["孙莉"]
    view.table.choose(view.found.rows[1].entrant_id)
    click(page, "cancelResit")
    question = open_dialog(page, "question")
    question.findChild(QLineEdit, "field").setText("调离")
    click(question, "yes")
    read(qtbot, page)
    assert lines(view.table)[1][6:] == ["–", "", "▲ not planned"]


def test_enter_on_somebody_without_a_day_asks_for_one(qtbot, show, store, held) -> None:
    set_event(store, date="")
    page = show(store, BELOW)
    view = page.after.below
    view.table.choose(view.found.rows[1].entrant_id)
    QTest.keyClick(view.table.view, Qt.Key.Key_Return)
    asked = open_dialog(page, "resitDay")
    assert asked.day.date().toPython() == notice.today(store) + timedelta(days=14)
    click(asked, "no")


def test_who_passes_by_a_newer_version_is_only_taken_back(qtbot, show, store, held) -> None:
    last = below_pass(store).rows[1]
    resits.plan(store, "李敏", [last.entrant_id], "2026-04-01")
    with store.write("tester", "test.correct") as writing:
        for mark in models.Mark.select().where(models.Mark.visit == held[5]):
            writing.update(mark, total_milli=99_000)
    publish(store)
    page = show(store, BELOW)
    view = page.after.below
    view.table.choose(last.entrant_id)
    assert lines(view.table)[0][5] == "passes by the newest version"
    assert (view.plan.isEnabled(), view.cancel.isEnabled()) == (False, True)


def test_the_list_is_saved_as_csv_and_pdf(qtbot, show, store, held, answers, tmp_path) -> None:
    page = show(store, BELOW)
    page.after.below.masked.setChecked(True)
    for name, button in (("list.csv", "belowCsv"), ("list.pdf", "belowPdf")):
        answers.path = tmp_path / name
        with qtbot.waitSignal(page.desk.said) as heard:
            click(page, button)
        assert heard.args == [f"Saved: {name}"]
        read(qtbot, page)
    assert [row["姓名"] for row in rows(tmp_path / "list.csv")] == ["钱*", "孙*"]
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_missing_for_a_list_is_said(qtbot, show, store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    page = show(store, BELOW)
    assert "there is none yet" in told(page.after.below)
    publish(store)
    set_event(store, decimals=1)
    qtbot.waitUntil(lambda: "The plan has no pass line" in told(page.after.below))
    assert "Everybody has passed." in told(page.after.below)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "setPassLine")
    assert going.args[0] == "setup"


# History


def test_who_competed_is_kept_and_kept_again(qtbot, show, store, held) -> None:
    page = show(store, HISTORY)
    view = page.after.history
    assert "6 people competed by result version 1 and are not kept" in told(view)
    heard = said(page)
    click(page, "keepHistory")
    qtbot.waitUntil(lambda: bool(heard))
    read(qtbot, page)
    assert heard == ["6 people of result version 1 are kept: 6 new, 0 taken away."]
    qtbot.waitUntil(lambda: "6 people who competed in 2026 are kept" in told(view))
    assert lines(view.years) == [["2026", "6", ""]]
    assert not view.keep.isEnabled()
    with store.write("tester", "test.absent") as writing:
        writing.update(models.Entrant.get_by_id(contest_entrant(held)), state="absent")
    publish(store)
    qtbot.waitUntil(lambda: "changes who competed: 0 to be added, 1 to be taken away" in told(view))
    assert "To be taken away: 张伟" in told(view)
    assert view.keep.text() == "Keep them again"


def contest_entrant(visits: list[int]) -> int:
    return int(models.Visit.get_by_id(visits[0]).entrant_id)


def test_history_says_what_it_waits_for(qtbot, show, store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    page = show(store, HISTORY)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "setDate")
    assert going.args[0] == "setup"
    set_event(store, date="2026-03-01")
    qtbot.waitUntil(lambda: "Finalise the results first" in told(page.after.history))


def test_the_next_event_takes_the_file_of_this_one(qtbot, make_desk, store, held, planned) -> None:
    page = RosterPage(make_desk(planned))
    qtbot.addWidget(page)
    importer = HistoryImporter(page)
    with qtbot.waitSignal(page.desk.said) as heard:
        importer.read(store.path)
    assert heard.args == ["6 entries read, 6 new or changed."]
    qtbot.waitUntil(lambda: not page.is_busy)


# The judges' report


@pytest.fixture
def judged(store):
    """Six visits of which the second judge takes more off."""
    return contest.judge_unlike(store)


def test_the_report_is_shown_before_there_is_a_version(qtbot, show, store, judged, answers, tmp_path) -> None:
    page = show(store, REPORT)
    view = page.after.report
    assert [row.note for row in view.judges.chart.rows] == [
        "clearly lenient; never took points off: 3",
        "clearly severe",
    ]
    assert len(view.items.chart.rows) == 6
    assert "12 sheets · 6 visits" in told(view)
    assert "Severity" in told(view)
    assert "裁判11 · 6 · +5.00" in view.judges.accessibleDescription()
    answers.path = tmp_path / "report.pdf"
    with qtbot.waitSignal(page.desk.said) as heard:
        click(page, "reportPdf")
    assert heard.args == ["Saved: report.pdf"]
    assert answers.path.read_bytes().startswith(b"%PDF")
    read(qtbot, page)


def test_a_report_without_marks_says_what_it_needs(qtbot, show, store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    with store.write("tester", "test.no_marks") as writing:
        for mark in models.Mark.select():
            writing.delete(mark)
    page = show(store, REPORT)
    assert page.after.report.station is None
    assert "No marks are in yet." in told(page.after.report)


def test_stations_are_chosen_and_stay_chosen(qtbot, show, half_marked) -> None:
    page = show(half_marked, REPORT)
    view = page.after.report
    assert view.stations.count() == len(view.report.stations)
    view.stations.setCurrentIndex(2)
    assert view.judges.chart == judges_chart(view.report.stations[2])
    page.after.show_section(REPORT)
    read(qtbot, page)
    assert view.stations.currentIndex() == 2


@pytest.mark.parametrize("dark", [False, True])
def test_the_charts_are_painted_in_both_themes(qapp, qtbot, store, judged, dark) -> None:
    chart = ReportChart("chart")
    qtbot.addWidget(chart)
    chart.show_chart(judges_chart(judge_report(store).stations[0]))
    theme.apply(qapp, dark=dark)
    try:
        image = chart.grab().toImage()
        amber, surface = theme.colors().amber, theme.colors().surface
        found = {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 2) for y in range(50, 100, 2)}
        assert {amber.upper(), surface.upper()} <= found
    finally:
        theme.apply(qapp)


def test_a_tool_tip_says_a_row_in_full(qtbot, show, store, judged) -> None:
    page = show(store, REPORT)
    chart = page.after.report.judges
    for y, words in ((10, ""), (60, "裁判11 · 6 · +5.00")):
        place = QPoint(20, y)
        QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
        assert QToolTip.text().startswith(words)
        assert bool(QToolTip.text()) == bool(words)
    assert chart.row_at(10_000) is None
    assert chart.sizeHint().height() == chart.height()


def test_sections_are_changed_while_one_is_read(qtbot, show, store, held) -> None:
    page = show(store, BELOW)
    click(page, "section:report")
    click(page, "section:history")
    qtbot.waitUntil(lambda: "6 people competed" in told(page.after.history))
    page.show_target("after")
    assert page.after.section == HISTORY
