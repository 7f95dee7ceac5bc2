"""Appeals by mouse and keyboard: taken in a dialog, decided with the chief judge's PIN, shown with their deadline."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from data import models
from data.actions import appeals, marks, operators
from data.queries import leaderboard
from data.store import Store
from tests.data import contest, ending
from tests.ui.pages.results.driving import blocked, click, lines, open_dialog, read, told
from ui.pages.results import ResultsPage
from ui.widgets.results.appeal_dialog import AppealDialog
from ui.widgets.results.decision_dialog import DecisionDialog

CHIEF, PIN = "裁判长", "2580"


@pytest.fixture
def page(qtbot, make_desk, store: Store) -> ResultsPage:
    """The tab of the appeals of a small contest, all marks in and a result version made."""
    contest.mark_everyone(store, contest.set_up(store))
    operators.add(store, "李敏", CHIEF, PIN, chief=True)
    ending.finalise(store, CHIEF)
    ending.lock(store)
    made = ResultsPage(make_desk(store))
    qtbot.addWidget(made)
    made.resize(1088, 630)
    made.show()
    made.show_target("appeals")
    read(qtbot, made)
    qtbot.waitUntil(lambda: made.appeals.found.deadline is not None)
    return made


def visit_of(store: Store, name: str) -> int:
    with store.read():
        return models.Visit.get(models.Visit.entrant == entrant_of(store, name)).id


def entrant_of(store: Store, name: str) -> int:
    with store.read():
        return models.Entrant.get(models.Entrant.name == name).id


def raise_one(page: ResultsPage, name: str, about: str, seat: int | None = None) -> int:
    store = page.desk.store
    visit = visit_of(store, name) if about in ("mark", "visit") else None
    return appeals.raise_appeal(store, "李敏", entrant_of(store, name), about, visit, seat, "领队", "有异议")


def rows(page: ResultsPage) -> list[tuple[str, str, str]]:
    return [(row.name, row.what, row.state) for row in page.appeals.table.model.rows()]


def take(page: ResultsPage, name: str, about: int, text: str = "固定项扣分有误") -> AppealDialog:
    """Type an appeal into the dialog, up to its last button."""
    click(page, "raiseAppeal")
    dialog = open_dialog(page, "appealDialog")
    assert isinstance(dialog, AppealDialog)
    assert not dialog.yes.isEnabled()
    dialog.table.choose(entrant_of(page.desk.store, name))
    dialog.about.setCurrentIndex(about)
    dialog.raised_by.setText("领队王军")
    dialog.text.setText(text)
    return dialog


def decide(qtbot, page: ResultsPage) -> DecisionDialog:
    qtbot.waitUntil(lambda: page.appeals.decide_button.isVisible())
    click(page.appeals, "decideAppeal")
    dialog = open_dialog(page, "decisionDialog")
    assert isinstance(dialog, DecisionDialog)
    assert not dialog.grant_button.isEnabled()
    dialog.decision.setText("经裁判组复核")
    return dialog


def sign(dialog: DecisionDialog, button: str, pin: str = PIN) -> None:
    """Press the button of a decision and let the chief judge type his PIN."""
    click(dialog, button)
    chief = open_dialog(dialog, "chiefDialog")
    chief.pin.setText(pin)
    chief.yes.click()


def test_an_appeal_is_taken_granted_and_blocks_meanwhile(qtbot, page: ResultsPage) -> None:
    assert "Appeals against version 1 are taken until" in page.findChild(QLabel, "appealDeadline").text()
    assert page.appeals.title() == "Appeals"
    dialog = take(page, "李娜", 1)
    assert dialog.about.currentText() == "静脉输液, judge 2: 90 points"
    dialog.yes.click()
    qtbot.waitUntil(lambda: rows(page) == [("李娜", "静脉输液, judge 2", "open")])
    qtbot.waitUntil(lambda: page.appeals.title() == "Appeals (1 open)")
    assert blocked(page) == ["appeal"]
    assert "the appeal of 1 entrant is not decided: 李娜" in told(page)
    assert "领队王军: 固定项扣分有误 (against result version 1)" in page.findChild(QLabel, "appealTold").text()
    page.tabs.setCurrentWidget(page.standings)
    assert next(line[-1] for line in lines(page) if line[2] == "李娜") == "▲ under appeal"
    click(page.standings, "mend")
    assert page.tabs.currentWidget() is page.appeals

    decision = decide(qtbot, page)
    decision.form.total.setText("99")
    sign(decision, "grantAppeal", "0000")
    chief = decision.findChild(QLabel, "chiefProblem")
    assert "PIN is not that of" in chief.text()
    sign_again = chief.parent()
    sign_again.pin.setText(PIN)
    sign_again.yes.click()
    qtbot.waitUntil(lambda: rows(page) == [("李娜", "静脉输液, judge 2", "granted")])
    qtbot.waitUntil(lambda: page._state.differs and not page._state.blockers)
    assert page.appeals.title() == "Appeals"
    assert not page.appeals.decide_button.isVisible()
    assert "✓ granted. 经裁判组复核" in page.findChild(QLabel, "appealTold").text()
    with page.desk.store.read():
        mark = models.Mark.get(models.Mark.visit == visit_of(page.desk.store, "李娜"), models.Mark.version == 2)
        assert (mark.seat, mark.total_milli) == (2, 99_000)


def test_the_decision_of_a_long_sheet_fits_a_small_screen(qtbot, show_page, finished: Store) -> None:
    page = show_page(ResultsPage, finished)
    with finished.read():
        mark = max(models.Mark.select().where(models.Mark.latest), key=lambda mark: len(mark.values))
        entrant_id = mark.visit.entrant_id
    appeals.raise_appeal(finished, "李敏", entrant_id, "mark", mark.visit_id, mark.seat, "领队", "有异议")
    page.show_target("appeals")
    qtbot.waitUntil(lambda: len(page.appeals.found.rows) == 1)
    dialog = decide(qtbot, page)
    assert dialog.form.sheet.widget().height() > dialog.form.sheet.viewport().height()
    assert (dialog.height(), dialog.minimumSizeHint().height() < 560) == (600, True)


def test_a_refused_appeal_leaves_the_mark(qtbot, page: ResultsPage) -> None:
    raise_one(page, "李娜", "mark", 1)
    decision = decide(qtbot, page)
    sign(decision, "refuseAppeal")
    qtbot.waitUntil(lambda: rows(page) == [("李娜", "静脉输液, judge 1", "refused")])
    assert not page._state.differs


def test_an_appeal_is_withdrawn_with_a_reason(qtbot, page: ResultsPage) -> None:
    raise_one(page, "李娜", "result")
    qtbot.waitUntil(lambda: page.appeals.withdraw_button.isVisible())
    click(page.appeals, "withdrawAppeal")
    question = open_dialog(page, "question")
    question.findChild(QLineEdit, "field").setText("看过评分表后撤回")
    click(question, "yes")
    qtbot.waitUntil(lambda: rows(page) == [("李娜", "Place or award", "withdrawn")])
    assert "李敏: – withdrawn. 看过评分表后撤回" in page.findChild(QLabel, "appealTold").text()


def test_time_penalty_and_state_are_corrected(qtbot, page: ResultsPage) -> None:
    raise_one(page, "李娜", "visit")
    decision = decide(qtbot, page)
    decision.form.visit.seconds.setText("1:20")
    QTest.keyClick(decision.form.visit.seconds, Qt.Key.Key_Return)
    assert decision.focusWidget() is decision.form.visit.overtime
    decision.form.visit.overtime.setText("15")
    decision.form.visit.penalty.setText("2")
    sign(decision, "grantAppeal")
    qtbot.waitUntil(lambda: [row[2] for row in rows(page)] == ["granted"])
    with page.desk.store.read():
        visit = models.Visit.get_by_id(visit_of(page.desk.store, "李娜"))
        assert (visit.seconds_milli, visit.overtime_milli, visit.penalty_milli) == (80_000, 15_000, 2_000)
        assert visit.state == ""


def test_a_theory_mark_is_corrected_and_words_are_none(qtbot, page: ResultsPage) -> None:
    raise_one(page, "李娜", "theory")
    decision = decide(qtbot, page)
    decision.form.theory.setText("八十二")
    click(decision, "grantAppeal")
    assert "as numbers" in decision.problem.text()
    decision.form.theory.setText("82.5")
    sign(decision, "grantAppeal")
    qtbot.waitUntil(lambda: [row[2] for row in rows(page)] == ["granted"])
    row = next(row for row in leaderboard.standings(page.desk.store, "N").rows if row.name == "李娜")
    assert row.shown_components[0] == "82.50"


def test_an_appeal_against_the_result_needs_only_its_decision(qtbot, page: ResultsPage) -> None:
    raise_one(page, "李娜", "result")
    qtbot.waitUntil(lambda: page.appeals.decide_button.isVisible())
    QTest.keyClick(page.appeals.table.view, Qt.Key.Key_Return)
    dialog = open_dialog(page, "decisionDialog")
    dialog.decision.setText("补行加赛")
    sign(dialog, "grantAppeal")
    qtbot.waitUntil(lambda: [row[2] for row in rows(page)] == ["granted"])


def test_the_items_of_a_sheet_are_corrected_one_by_one(qtbot, page: ResultsPage) -> None:
    store = page.desk.store
    ending.reopen(store)
    visit = visit_of(store, "李娜")
    marks.hand_in(store, "李敏", visit, 2, contest.BEST, reason="补录各项")
    raise_one(page, "李娜", "mark", 2)
    decision = decide(qtbot, page)
    first = decision.form.sheet.findChild(QLineEdit, "item:1")
    assert first.text() == "50"
    first.selectAll()
    QTest.keyClick(first, Qt.Key.Key_Backspace)
    assert decision.form.sum.text() == "–"
    QTest.keyClicks(first, "48.5")
    assert decision.form.sum.text() == "98.5"
    sign(decision, "grantAppeal")
    qtbot.waitUntil(lambda: [row[2] for row in rows(page)] == ["granted"])
    with store.read():
        mark = models.Mark.get(models.Mark.visit == visit, models.Mark.seat == 2, models.Mark.latest)
        assert (mark.version, mark.total_milli, mark.values["1"]) == (3, 98_500, 48_500)


def test_after_the_deadline_the_dialog_asks_why(qtbot, page: ResultsPage) -> None:
    ends = page.appeals.found.deadline.ends
    page.desk.store.clock = lambda: ends + timedelta(minutes=1)
    page.appeals._show_deadline()
    assert "A later one needs a reason" in page.findChild(QLabel, "appealDeadline").text()
    dialog = take(page, "李娜", 0)
    assert not dialog.yes.isEnabled()
    dialog.late_reason.setText("成绩单今早才送到")
    dialog.yes.click()
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    assert "Taken after the deadline: 成绩单今早才送到" in page.findChild(QLabel, "appealTold").text()


def test_what_is_refused_stays_in_the_dialog(qtbot, page: ResultsPage) -> None:
    raise_one(page, "李娜", "mark", 1)
    dialog = take(page, "李娜", 0)
    dialog.yes.click()
    assert dialog.isVisible()
    assert "under appeal already" in dialog.problem.text()
    dialog.table.choose(entrant_of(page.desk.store, "王芳"))
    assert dialog.problem.text() == ""
