"""The draws page, driven as the secretariat drives it in front of the witnesses."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from data import models
from data.actions import draws as actions
from data.exchange import draw_json
from data.queries import draws as queries
from ui.pages.draws import DrawsPage


@pytest.fixture
def open_page(qtbot, show_page):
    def make(store) -> DrawsPage:
        page = show_page(DrawsPage, store)
        settle(qtbot, page)
        return page

    return make


def settle(qtbot, page) -> None:
    """Wait until the kind in sight is read and shown."""
    qtbot.waitUntil(lambda: not page.desk.tasks.running)


def turn_to(qtbot, page, kind: str) -> None:
    page.show_target(kind)
    settle(qtbot, page)


def button(page, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def by_text(page, text: str) -> QPushButton:
    return next(found for found in page.findChildren(QPushButton) if found.text() == text)


def purpose(page) -> str:
    return page.findChild(QLabel, "pagePurpose").text()


def type_seed(qtbot, page, kind: str) -> None:
    panel = page.panels[kind]
    for name, text in (("part1", "08 15 6"), ("witness1", "甲"), ("part2", "高安"), ("witness2", "乙")):
        field = panel.findChild(QLineEdit, name)
        qtbot.keyClicks(field, text) if text.isascii() else field.setText(text)


def dialog_of(qtbot, page, name: str) -> QDialog:
    qtbot.waitUntil(lambda: any(found.isVisible() for found in page.findChildren(QDialog, name)))
    return next(found for found in page.findChildren(QDialog, name) if found.isVisible())


def answer(qtbot, page, reason: str = "") -> None:
    dialog = dialog_of(qtbot, page, "question")
    if reason:
        dialog.field.setText(reason)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)


def state(store, kind: str) -> str | None:
    row = queries.current(store, kind)
    return row and row.state


def test_an_empty_event_sends_to_setup(qtbot, open_page, store):
    page = open_page(store)
    with qtbot.waitSignal(page.desk.going) as going:
        by_text(page, "Go to the setup page").click()
    assert going.args[0] == "setup"
    assert not button(page, "primary").isVisible()


def test_freeze_then_seed_then_draw(qtbot, open_page, nursing_rostered):
    page = open_page(nursing_rostered)
    panel = page.panels["selection"]
    assert len(panel.list.model.all_rows()) == len(queries.pool_of(nursing_rostered, "selection"))
    assert purpose(page).startswith("Draws who competes from all staff")
    qtbot.mouseClick(button(page, "primary"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button(page, "primary").text() == "Draw now")
    assert not button(page, "primary").isEnabled()
    settle(qtbot, page)
    row = queries.current(nursing_rostered, "selection")
    assert panel.findChild(QLabel, "hash").text() == row.pool_sha256
    assert page.focusWidget() is panel.findChild(QLineEdit, "part1")
    type_seed(qtbot, page, "selection")
    assert panel.findChild(QLabel, "key").text() == "6.8.15./高安/"
    assert button(page, "primary").isEnabled()
    qtbot.keyClick(panel.findChild(QLineEdit, "witness2"), Qt.Key.Key_Return)
    answer(qtbot, page)
    qtbot.waitUntil(lambda: state(nursing_rostered, "selection") == "drawn")
    qtbot.waitUntil(lambda: button(page, "primary").text() == "Save as PDF…")
    settle(qtbot, page)
    assert panel.findChild(QLabel, "drawnKey").text() == "6.8.15./高安/"
    assert "✓ drawn" in button(page, "choice:selection").text()
    assert panel.findChild(QLabel, "outcome").text() == "✓ 42 people selected"
    assert queries.record(nursing_rostered, row.id)["witnesses"] == ["甲", "乙"]


def test_enter_walks_the_seed_lines(qtbot, open_page, nursing_rostered):
    actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    form = page.panels["selection"].seed
    qtbot.keyClicks(form.findChild(QLineEdit, "part1"), "7")
    qtbot.keyClick(form.findChild(QLineEdit, "part1"), Qt.Key.Key_Return)
    assert form.focusWidget() is form.findChild(QLineEdit, "witness1")


def test_a_third_part_can_be_added_and_a_slash_is_refused(qtbot, open_page, nursing_rostered):
    actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    form = page.panels["selection"].seed
    type_seed(qtbot, page, "selection")
    qtbot.mouseClick(form.findChild(QPushButton, "addPart"), Qt.MouseButton.LeftButton)
    assert form.seed_parts() == ["08 15 6", "高安"]
    form.findChild(QLineEdit, "part3").setText("a/b")
    assert not form.is_complete()
    assert "must not contain" in form.findChild(QLabel, "key").text()
    form.findChild(QLineEdit, "part3").setText("红球 5")
    assert form.findChild(QLabel, "key").text() == "6.8.15./高安/红球 5/"
    while form.findChild(QPushButton, "addPart").isVisible():
        form.add_line()
    assert form.findChild(QLineEdit, "part6") is not None


def test_a_changed_event_is_told_and_not_drawn(qtbot, open_page, nursing_rostered):
    draw_id = actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    with nursing_rostered.write("test", "test.change") as writing:
        writing.update(models.Person.get(), name="改名", unit=models.Unit.select().order_by(-models.Unit.id).get().id)
    qtbot.waitUntil(lambda: any("has changed" in found.text() for found in page.findChildren(QLabel, "stripText")))
    type_seed(qtbot, page, "selection")
    button(page, "primary").click()
    answer(qtbot, page)
    dialog = dialog_of(qtbot, page, "errorDialog")
    assert "has changed" in " ".join(found.text() for found in dialog.findChildren(QLabel))
    dialog.close()
    assert queries.current(nursing_rostered, "selection").id == draw_id
    assert state(nursing_rostered, "selection") == "frozen"


def test_void_with_a_reason_stays_in_sight(qtbot, open_page, nursing_rostered):
    draw_id = actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    by_text(page, "Void…").click()
    answer(qtbot, page, "名单漏了一人")
    qtbot.waitUntil(lambda: button(page, "choice:void").isVisible())
    button(page, "choice:void").click()
    (row,) = page.void_list.model.all_rows()
    assert (row.id, row.void_reason) == (draw_id, "名单漏了一人")
    assert [page.void_list.model.data(page.void_list.model.index(0, column)) for column in (0, 2)] == [
        "Selection draw",
        "名单漏了一人",
    ]
    assert purpose(page).startswith("Draws that do not count")
    assert not button(page, "primary").isVisible()


def test_numbers_come_second_and_the_page_opens_there(qtbot, open_page, nursing_drawn):
    actions.void(nursing_drawn, "李敏", queries.current(nursing_drawn, "numbers").id, "重抽")
    page = open_page(nursing_drawn)
    assert button(page, "choice:numbers").isChecked()
    qtbot.mouseClick(button(page, "primary"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state(nursing_drawn, "numbers") == "frozen")
    page.show_target("selection")
    assert button(page, "choice:selection").isChecked()
    page.show_target("lunch")
    assert button(page, "choice:selection").isChecked()


def test_voiding_what_others_stand_on_is_refused_in_words(qtbot, open_page, nursing_drawn):
    page = open_page(nursing_drawn)
    page.show_target("selection")
    by_text(page, "Void…").click()
    answer(qtbot, page, "重抽")
    dialog_of(qtbot, page, "errorDialog").close()
    assert state(nursing_drawn, "selection") == "drawn"


def test_the_record_is_saved_as_pdf_and_json(qtbot, open_page, nursing_drawn, answers, tmp_path):
    page = open_page(nursing_drawn)
    answers.path = tmp_path / "draw.json"
    by_text(page, "Save as JSON…").click()
    assert draw_json.read_record(answers.path) == queries.published(nursing_drawn, 2)
    answers.path = tmp_path / "draw.pdf"
    button(page, "primary").click()
    qtbot.waitUntil(answers.path.exists)
    qtbot.waitUntil(lambda: not page.desk.tasks.running)
    assert answers.path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("change", "words"),
    [({}, "The record is right"), ({"key": "9./"}, "The record is wrong"), (None, "This file is no draw record.")],
)
def test_a_record_from_elsewhere_is_checked(qtbot, open_page, nursing_drawn, answers, tmp_path, change, words):
    answers.path = tmp_path / "draw.json"
    content = None if change is None else {**queries.record(nursing_drawn, 1), **change}
    answers.path.write_text(json.dumps(content), "utf-8")
    page = open_page(nursing_drawn)
    by_text(page, "Check a record file…").click()
    dialog = dialog_of(qtbot, page, "errorDialog" if change is None else "question")
    told = " ".join(found.text() for found in dialog.findChildren(QLabel))
    assert words in told
    assert "draw.json" in told
    dialog.close()


def test_coverage_and_filters_are_shown(qtbot, open_page, drawn):
    page = open_page(drawn)
    turn_to(qtbot, page, "selection")
    panel = page.panels["selection"]
    panel.list.set_filter("Selected")
    assert len(panel.list.model.rows()) == 152
    panel.list.set_filter("Selected", on=False)
    panel.list.set_filter("Competed in an earlier year")
    assert 0 < len(panel.list.model.rows()) < 165
    panel.list.set_filter("No place left")
    model = panel.coverage.model
    assert model.rowCount() == 30
    assert "%" in model.data(model.index(0, 4))
