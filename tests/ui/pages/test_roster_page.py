"""The roster page: files in, preview, import, and mending by hand."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from data import i18n
from data.queries.roster import people, person
from ui.pages.roster import RosterPage
from ui.question import Question
from ui.widgets.person_dialog import PersonDialog

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
ROSTERS = EXAMPLES / "gaoan-2023" / "rosters"
MISTAKES = Path(__file__).parents[2] / "files" / "mistakes.xlsx"


def opened(qtbot, desk) -> RosterPage:
    page = RosterPage(desk)
    qtbot.addWidget(page)
    page.resize(1088, 630)
    page.show()
    return page


def idle(qtbot, page: RosterPage) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.running, timeout=10_000)


def seen(page: RosterPage, text: str) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.text() == text and button.isVisible())


def test_without_a_plan_it_leads_to_setup(qtbot, desk) -> None:
    page = opened(qtbot, desk)
    with qtbot.waitSignal(desk.going) as going:
        seen(page, "Go to setup").click()
    assert going.args[0] == "setup"


def test_files_are_previewed_imported_and_problems_saved(qtbot, make_desk, planned, answers, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    answers.paths = [*sorted(ROSTERS.iterdir())[:3], MISTAKES]
    seen(page, "Import rosters…").click()
    idle(qtbot, page)
    panel = page.findChild(object, "importPreview")
    assert panel.isVisible()
    answers.path = tmp_path / "problems.xlsx"
    seen(page, "Save the list of problems…").click()
    assert load_workbook(answers.path).active.max_row > 8
    said = []
    page.desk.said.connect(said.append)
    seen(page, "Import 180 rows").click()
    idle(qtbot, page)
    assert said == ["Roster imported: 180 added, 0 changed, 0 unchanged, 8 refused."]
    assert not panel.isVisible()
    assert "180 people of 3 units" in page.purpose()


def test_the_same_files_again_have_nothing_to_import(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    page.import_paths([ROSTERS])
    idle(qtbot, page)
    words = [label.text() for label in page.findChildren(object, "stripText") if label.isVisible()]
    assert any("on the roster already" in text for text in words)
    assert not page.findChild(QPushButton, "importRows").isVisible()
    page.findChild(QPushButton, "cancelImport").click()
    assert page.findChild(object, "staff").isVisible()


def test_changes_are_shown_before_they_are_made(qtbot, make_desk, rostered, tmp_path) -> None:
    first = person(rostered, people(rostered)[0].id)
    path = tmp_path / "a.csv"
    path.write_text(
        f"单位,姓名,组别,身份证号,科室\n{first.unit},{first.name},{first.group},{first.id_number},药剂科\n坏,,,,\n",
        "utf-8",
    )
    page = opened(qtbot, make_desk(rostered))
    page.import_paths([path])
    idle(qtbot, page)
    table = page.findChild(object, "rosterChanged")
    assert table.isVisible()
    assert table.model.index(0, 3).data() == f"Department: {first.department} → 药剂科"


def test_a_file_of_nothing_but_problems_offers_no_import(qtbot, make_desk, planned, tmp_path) -> None:
    (tmp_path / "a.csv").write_text("你好\n", "utf-8")
    page = opened(qtbot, make_desk(planned))
    page.import_paths([tmp_path / "a.csv"])
    idle(qtbot, page)
    assert not page.findChild(QPushButton, "importRows").isVisible()
    assert page.findChild(object, "rosterProblems").isVisible()


def test_a_folder_is_dropped_on_the_page(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(ROSTERS))])
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page._content.setEnabled(False)  # as while an import runs
    enter.ignore()
    page.dragEnterEvent(enter)
    assert not enter.isAccepted()
    page._content.setEnabled(True)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(
        QDropEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    idle(qtbot, page)
    assert seen(page, "Import 876 rows")


def test_a_folder_and_a_template_are_chosen(qtbot, make_desk, planned, answers, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    answers.path = tmp_path / "empty.xlsx"
    seen(page, "Save an empty roster…").click()
    assert answers.path.exists()
    answers.path = ROSTERS
    seen(page, "Import a folder…").click()
    idle(qtbot, page)
    assert seen(page, "Import 876 rows")


def test_earlier_years_come_in_and_what_is_left_out_is_told(qtbot, make_desk, rostered, answers, tmp_path) -> None:
    page = opened(qtbot, make_desk(rostered))
    said = []
    page.desk.said.connect(said.append)
    answers.path = EXAMPLES / "gaoan-2023" / "history.csv"
    seen(page, "Import earlier years…").click()
    idle(qtbot, page)
    assert said == ["165 entries read, 0 new or changed."]
    bad = "".join(f"{number},张伟,市人民医院,2020\n" for number in range(7))
    (tmp_path / "h.csv").write_text("身份证号,姓名,单位,年份\n" + bad, "utf-8")
    answers.path = tmp_path / "h.csv"
    seen(page, "Import earlier years…").click()
    idle(qtbot, page)
    told = page.findChild(Question)
    assert told is not None
    told.reject()
    qtbot.waitUntil(lambda: page.findChild(Question) is None)


def test_search_units_and_target(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    table, units = page.findChild(object, "staff"), page.findChild(object, "unitFilter")
    units.setCurrentText("市中医院")
    assert len(table.model.rows()) == 60
    table.set_filter("一类·护理组")
    assert {row.division_code for row in table.model.rows()} == {"1H"}
    table.set_filter("一类·护理组", on=False)
    table.set_search("zzzzz")
    last = people(rostered)[-1]
    page.show_target(last.id)
    assert table.current() == last
    page._tabs.setCurrentIndex(1)
    assert page.findChild(object, "poolCounts").isVisible()
    assert not units.isVisible()


def test_a_person_is_added_and_changed_in_a_dialog(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    seen(page, "Add a person…").click()
    dialog = page.findChild(PersonDialog)
    dialog.name.setText("张伟")
    dialog.unit.setCurrentText("蓝坊中心卫生院")
    dialog.group.setCurrentText("护理组")
    assert dialog.group.count() == 2
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "A reason is needed." in dialog.findChild(object, "stripText").text()
    dialog.reason.setText("漏报")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(page._staff.people) and page.findChild(PersonDialog) is None)
    page._table.choose(people(planned)[0].id)
    page.findChild(QPushButton, "editPerson").click()
    dialog = page.findChild(PersonDialog)
    assert (dialog.name.text(), dialog.unit.currentText(), dialog.group.currentText()) == (
        "张伟",
        "蓝坊中心卫生院",
        "护理组",
    )
    dialog.lines["phone"].setText("13800000000")
    dialog.reason.setText("补充")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page._staff.people[0].phone == "13800000000" and page.findChild(PersonDialog) is None)


def test_people_are_removed_with_a_reason(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    page.findChild(QPushButton, "removePeople").click()
    page.findChild(QPushButton, "editPerson").click()
    assert page.findChild(Question) is None
    assert page.findChild(PersonDialog) is None
    page._table.choose(people(rostered)[0].id)
    page.findChild(QPushButton, "removePeople").click()
    question = page.findChild(Question)
    question.field.setText("重复")
    question.yes.click()
    qtbot.waitUntil(lambda: len(page._staff.people) == 875 and page.findChild(Question) is None)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_drawn_people_keep_unit_and_group(qtbot, make_desk, drawn, language) -> None:
    i18n.use(language)
    page = opened(qtbot, make_desk(drawn))
    chosen = next(row for row in page._staff.people if row.entrant_id)
    page._edit_person(chosen)
    dialog = page.findChild(PersonDialog)
    assert not dialog.unit.isEnabled()
    assert not dialog.group.isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(PersonDialog) is None)
