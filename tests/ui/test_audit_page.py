"""The audit page: the log newest first, details on choice, and the verification of the whole event."""

import sqlite3

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.store import Store
from tests.data.samples import add_unit, add_visit
from ui.desk import Desk
from ui.pages.audit import AuditPage


@pytest.fixture
def page(desk: Desk, qtbot) -> AuditPage:
    made = AuditPage(desk)
    qtbot.addWidget(made)
    return made


def show(page: AuditPage, qtbot) -> None:
    page.resize(1080, 640)
    page.show()
    qtbot.waitUntil(lambda: not page.desk.tasks.running)


def titles(page: AuditPage) -> list[str]:
    return [entry.title for entry in page.log.model.rows()]


def strip(page: AuditPage) -> str:
    found = page.findChild(QLabel, "stripText")
    assert isinstance(found, QLabel)
    return found.text()


def verify(page: AuditPage, qtbot) -> str:
    page.findChild(QPushButton, "primary").click()
    qtbot.waitUntil(lambda: not page.desk.tasks.running)
    return strip(page)


def test_an_empty_event_says_what_will_stand_here(page: AuditPage, qtbot) -> None:
    show(page, qtbot)
    assert not page.log.isVisible()
    assert page.findChild(QLabel, "pageTitle").text() == "Audit log"
    add_unit(page.desk.store, "高安市人民医院", action="setup.save_plan")
    qtbot.waitUntil(page.log.isVisible)
    assert titles(page) == ["Saved the plan"]


def test_the_newest_is_chosen_and_shows_its_details(page: AuditPage, store: Store, qtbot) -> None:
    visit = add_visit(store)
    with store.write("王建国", "marks.set_visit", "秒表停错") as writing:
        writing.update(models.Visit.get_by_id(visit), penalty_milli=2000)
    show(page, qtbot)
    assert page.findChild(QLabel, "auditHeading").text() == (
        "2. Changed time, penalty or state of a visit (reason: 秒表停错)"
    )
    (detail,) = page.details.model.rows()
    assert (detail.field, detail.before, detail.after) == ("Penalty", "0", "2")
    page.log.choose(1)
    assert page.findChild(QLabel, "auditHeading").text() == "1. test.add_visit"
    assert len(page.details.model.rows()) == 7


def test_a_change_comes_on_top_and_leaves_the_choice(page: AuditPage, store: Store, qtbot) -> None:
    add_unit(store, "甲", action="setup.save_plan")
    show(page, qtbot)
    page.log.choose(1)
    add_unit(store, "乙", action="marks.hand_in")
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    assert titles(page) == ["Handed in a mark", "Saved the plan"]
    assert page.log.current().seq == 1


def test_search_by_pinyin(page: AuditPage, store: Store, qtbot) -> None:
    add_unit(store, "甲", actor="李敏")
    add_unit(store, "乙", actor="王建国")
    show(page, qtbot)
    page.log.set_search("wjg")
    assert [entry.actor for entry in page.log.model.rows()] == ["王建国"]
    page.log.set_search("nobody")
    assert page.details.model.rows() == []


def test_a_sound_event_is_told_so(page: AuditPage, store: Store, qtbot) -> None:
    add_unit(store, "甲")
    show(page, qtbot)
    assert "No fault found" in verify(page, qtbot)


def test_faults_are_listed(page: AuditPage, store: Store, qtbot) -> None:
    for n in range(8):
        add_unit(store, f"第{n}医院")
    show(page, qtbot)
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE unit SET category = '二类'")
    connection.commit()
    connection.close()
    said = verify(page, qtbot)
    assert "8 faults found:" in said
    assert said.count("Altered outside Biwu") == 5
    assert "start verify" in said


def test_a_long_write_says_what_it_leaves_out(page: AuditPage, store: Store, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("data.queries.audit_log.MOST_DETAILS", 2)
    add_visit(store)
    show(page, qtbot)
    assert page.findChild(QLabel, "auditHeading").text() == "1. test.add_visit · 5 more rows are not listed"


def test_fifty_thousand_lines_scroll(page: AuditPage, store: Store, qtbot) -> None:
    connection = sqlite3.connect(store.path)
    rows = ((f"2023-11-25T00:{n // 1000:02}:00.000Z", "李敏", "marks.hand_in") for n in range(50_000))
    connection.executemany(
        "INSERT INTO audit (at, actor, action, reason, changes, previous, sha256) VALUES (?, ?, ?, '', '[]', '', '')",
        rows,
    )
    connection.commit()
    connection.close()
    show(page, qtbot)
    assert len(page.log.model.rows()) == 50_000
    asked = 0
    text = page.log.model.columns[1].text

    def counted(row: object) -> str:
        nonlocal asked
        asked += 1
        return text(row)

    object.__setattr__(page.log.model.columns[1], "text", counted)
    page.log.view.verticalScrollBar().setValue(25_000)
    page.log.view.viewport().repaint()
    assert asked < 500, "only the rows in sight are asked"
