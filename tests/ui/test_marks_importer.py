"""Marks entered elsewhere come in by a file, and what is unusual in them waits like any other."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from data.queries import confirmations, scores
from data.store import Store
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.question import Question

LEFT = Qt.MouseButton.LeftButton


def test_marks_of_a_file_come_in_and_again_with_a_reason(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], scheduled: Store, answers, tmp_path: Path
) -> None:
    page = ScoreEntryPage(make_desk(scheduled))
    qtbot.addWidget(page)
    page.show()
    row = scores.queue(scheduled, "T2")[0]
    lines = ["参赛者,考站,裁判,序号,值"]
    lines += [f"{row.number},T2,{seat},合计,{total}" for seat, total in ((1, "0"), (2, "80"))]
    lines += [f"{row.number},T2,用时,,4:45", f"{row.number},T2,超时扣分,,2"]
    answers.path = tmp_path / "marks.csv"
    answers.path.write_text("\n".join(lines), encoding="utf-8")
    said: list[str] = []
    page.desk.said.connect(said.append)
    page.marks.start()
    qtbot.waitUntil(lambda: page.findChild(Question) is not None)
    assert said == ["2 mark sheets are new or corrected, 0 as before."]
    with scheduled.read():
        assert [(one.kind, one.seat) for one in confirmations.open_alarms()] == [("extreme", 1)]
    sheet = scores.open_sheet(scheduled, row.visit_id, 2)
    assert (sheet.seconds_milli, sheet.penalty_milli) == (285_000, 2000)
    qtbot.mouseClick(page.findChild(Question).findChild(QPushButton, "yes"), LEFT)
    qtbot.waitUntil(lambda: page.findChild(Question) is None)
    page.marks.start()
    question = page.findChild(Question)
    question.findChild(QLineEdit, "field").setText("再导一次")
    qtbot.mouseClick(question.findChild(QPushButton, "yes"), LEFT)
    qtbot.waitUntil(lambda: said[-1] == "0 mark sheets are new or corrected, 2 as before.")
    qtbot.waitUntil(lambda: not page.desk.tasks.running)
