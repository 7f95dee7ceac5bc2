"""Files on the roster page: in by button or drop, their columns, the preview, and what is saved for the senders."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypinyin import lazy_pinyin
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton

from data.queries.roster import people, person
from data.queries.staff import staff_size
from data.rules.roster_columns import ColumnGuess, TableGuess
from tests.ui.pages.roster import EXAMPLES, MISTAKES, ROSTERS, drop, idle, opened, seen, strips
from ui.importers import roster as importer
from ui.pages.roster import RosterPage
from ui.question import Question
from ui.widgets.people.columns_panel import ColumnsPanel, unclear_tables
from ui.widgets.people.field_choice import FieldChoice
from ui.widgets.people.unit_choices import UnitChoices

ODD = """急救比武报名
所属机构名,人员,专业方向,电话
市人民医院,张伟,护理组,13800000000
市中医院,王芳,医疗组,13800000002
"""


def field(page: RosterPage, column: int) -> FieldChoice:
    return page.findChild(FieldChoice, f"field:{column}")


def take(choice: QComboBox, data: object) -> None:
    """Choose an entry as the keyboard does: open the list, go to it, confirm."""
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down if isinstance(choice, FieldChoice) else Qt.Key.Key_F4)
    entries = choice.view()
    way = choice.findData(data) - choice.currentIndex()
    for _step in range(abs(way)):
        QTest.keyClick(entries, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    QTest.keyClick(entries, Qt.Key.Key_Return)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


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
    good = len(page.findChild(object, "rosterAdded").model.rows())
    assert good >= 175
    seen(page, f"Import {good} rows").click()
    idle(qtbot, page)
    assert [text.partition(", ")[0] for text in said] == [f"Roster imported: {good} added"]
    assert not panel.isVisible()
    assert f"{good} people of 3 units" in page.purpose()
    assert staff_size(planned) == good


def test_files_are_saved_to_send_back(qtbot, make_desk, planned, answers, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    said = []
    page.desk.said.connect(said.append)
    page.import_paths([MISTAKES])
    idle(qtbot, page)
    answers.path = tmp_path
    seen(page, "Save files to send back…").click()
    idle(qtbot, page)
    (file,) = tmp_path.glob("mistakes*.xlsx")
    assert any("Name is missing." in str(cell.value) for row in load_workbook(file).active.rows for cell in row)
    assert said == [f"Saved 1 file to send back: {tmp_path}"]


def test_what_has_no_cells_cannot_be_sent_back(qtbot, make_desk, planned, answers, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    page.import_paths([write(tmp_path / "a.csv", "你好\n")])
    idle(qtbot, page)
    answers.path = tmp_path
    seen(page, "saveReturns").click()
    idle(qtbot, page)
    page.findChild(Question).reject()
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == []
    qtbot.waitUntil(lambda: page.findChild(Question) is None)


def test_the_same_files_again_have_nothing_to_import(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    page.import_paths([ROSTERS])
    idle(qtbot, page)
    assert any("on the roster already" in text for text in strips(page))
    assert not page.findChild(QPushButton, "importRows").isVisible()
    seen(page, "cancelImport").click()
    assert page.findChild(object, "staff").isVisible()


def test_changes_are_shown_before_they_are_made(qtbot, make_desk, rostered, tmp_path) -> None:
    first = person(rostered, people(rostered)[0].id)
    path = write(
        tmp_path / "a.csv",
        f"单位,姓名,组别,身份证号,科室\n{first.unit},{first.name},{first.group},{first.id_number},药剂科\n坏,,,,\n",
    )
    page = opened(qtbot, make_desk(rostered))
    page.import_paths([path])
    idle(qtbot, page)
    table = page.findChild(object, "rosterChanged")
    assert table.isVisible()
    assert table.model.index(0, 3).data() == f"Department: {first.department} → 药剂科"


def test_a_file_of_nothing_but_problems_offers_no_import(qtbot, make_desk, planned, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    page.import_paths([write(tmp_path / "a.csv", "你好\n")])
    idle(qtbot, page)
    assert not page.findChild(QPushButton, "importRows").isVisible()
    assert page.findChild(object, "rosterProblems").isVisible()


def test_a_large_preview_is_searched_by_pinyin(qtbot, make_desk, planned, monkeypatch) -> None:
    monkeypatch.setattr(importer, "_MANY_ROWS", 0)
    page = opened(qtbot, make_desk(planned))
    page.import_paths([MISTAKES])
    idle(qtbot, page)
    table = page.findChild(object, "rosterAdded")
    known = table.model.all_rows()
    assert set(map(id, known)) <= set(table.model._texts)
    first = known[0].row.name
    table.set_search("".join(word[0] for word in lazy_pinyin(first)))
    assert first in {one.row.name for one in table.model.rows()}


def test_cancel_leaves_nothing(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    before = planned.path.read_bytes()
    page.import_paths([MISTAKES])
    idle(qtbot, page)
    seen(page, "cancelImport").click()
    assert page._import.panel is None
    assert staff_size(planned) == 0
    assert planned.path.read_bytes() == before


def test_a_folder_is_dropped_on_the_page(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    page._content.setEnabled(False)  # as while an import runs
    assert not drop(page, ROSTERS)
    page._content.setEnabled(True)
    assert drop(page, ROSTERS)
    idle(qtbot, page)
    assert seen(page, "Import 876 rows")


def test_files_dropped_on_a_preview_join_it(qtbot, make_desk, planned) -> None:
    first, second, *_more = sorted(ROSTERS.iterdir())
    page = opened(qtbot, make_desk(planned))
    assert drop(page, first)
    idle(qtbot, page)
    alone = seen(page, "importRows").text()
    assert drop(page, second)
    idle(qtbot, page)
    assert seen(page, "importRows").text() != alone
    assert page.findChild(object, "previewHeading").text().startswith("2 files")
    seen(page, "cancelImport").click()
    assert drop(page, second)
    idle(qtbot, page)
    assert page.findChild(object, "previewHeading").text().startswith("1 file,")


def test_reading_can_be_stopped(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    page.import_paths([ROSTERS])
    page.desk.tasks.running[0].cancel()
    idle(qtbot, page)
    assert page._import.panel is None
    assert not page.is_busy


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
    answers.path = write(tmp_path / "h.csv", "身份证号,姓名,单位,年份\n" + bad)
    seen(page, "Import earlier years…").click()
    idle(qtbot, page)
    told = page.findChild(Question)
    assert told is not None
    told.reject()
    qtbot.waitUntil(lambda: page.findChild(Question) is None)


def test_unknown_headers_are_asked_once_and_remembered(qtbot, make_desk, planned, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    page.import_paths([write(tmp_path / "a.csv", ODD)])
    idle(qtbot, page)
    panel = page.findChild(ColumnsPanel)
    assert panel.isVisible()
    assert any("not clear which column" in text for text in strips(page))
    header = page.findChild(QComboBox, "headerRow")
    take(header, 2)
    assert [label.text() for label in panel.findChildren(object) if label.objectName() == "header:1"] == ["人员"]
    for column, name in enumerate(("name", "name", "group", "phone")):
        take(field(page, column), name)
    assert field(page, 0).field() == "", "a field has one column"
    take(field(page, 0), "unit")
    seen(page, "readColumns").click()
    idle(qtbot, page)
    seen(page, "Import 2 rows").click()
    idle(qtbot, page)
    assert {(row.name, row.unit, row.phone) for row in people(planned)} == {
        ("张伟", "市人民医院", "13800000000"),
        ("王芳", "市中医院", "13800000002"),
    }
    again = ODD.replace("张伟", "李伟")
    page.import_paths([write(tmp_path / "b.csv", again)])
    idle(qtbot, page)
    assert seen(page, "Import 1 row"), "the next file of the same shape is read without a question"


def test_columns_are_looked_at_changed_and_guessed_anew(qtbot, make_desk, planned, tmp_path) -> None:
    path = write(tmp_path / "a.csv", "单位,姓名,组别,备注,联系电话\n市人民医院,张伟,护理组,内科,13800000000\n")
    page = opened(qtbot, make_desk(planned))
    page.import_paths([path])
    idle(qtbot, page)
    seen(page, "importColumns").click()
    assert field(page, 3).field() == "note"
    seen(page, "readColumns").click()
    assert seen(page, "importRows"), "nothing was changed, so nothing is read again"
    assert not page.desk.tasks.running
    seen(page, "importColumns").click()
    take(field(page, 3), "department")
    seen(page, "readColumns").click()
    idle(qtbot, page)
    table = page.findChild(object, "rosterAdded")
    assert [row.row.department for row in table.model.rows()] == ["内科"]
    assert page.desk.settings.roster_columns
    seen(page, "importColumns").click()
    seen(page, "guessAnew").click()
    idle(qtbot, page)
    assert not page.desk.settings.roster_columns
    assert [row.row.department for row in table.model.rows()] == [""]
    seen(page, "importColumns").click()
    seen(page, "cancelImport").click()
    assert page._import.panel is None


def test_a_unit_written_otherwise_is_named_once(qtbot, make_desk, planned, tmp_path) -> None:
    rows = "".join(f"市中医医院,{name},护理组\n" for name in ("张伟", "李娜"))
    page = opened(qtbot, make_desk(planned))
    page.import_paths([write(tmp_path / "a.csv", "单位,姓名,组别\n" + rows)])
    idle(qtbot, page)
    assert not page.findChild(QPushButton, "importRows").isVisible()
    assert any("“市中医医院” in 2 rows is not in the plan" in text for text in strips(page))
    seen(page, "市中医院").click()
    idle(qtbot, page)
    seen(page, "Import 2 rows").click()
    idle(qtbot, page)
    assert [row.unit for row in people(planned)] == ["市中医院"] * 2


def test_tables_of_one_shape_are_shown_together(qtbot, make_desk, planned, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    page.import_paths([ROSTERS, write(tmp_path / "odd.csv", ODD)])
    idle(qtbot, page)
    shapes = page.findChild(QListWidget, "shapes")
    assert shapes.item(0).text() == "✕ odd.csv", "what needs a choice comes first"
    assert sum("tables:" in shapes.item(number).text() for number in range(shapes.count())) >= 1
    QTest.keyClick(shapes, Qt.Key.Key_Down)
    assert field(page, 0).field() == "unit"
    seen(page, "readColumns").click()
    assert seen(page, "Import 876 rows"), "the others can go in without it"
    assert page.findChild(object, "rosterProblems").isVisible()


def test_the_unit_of_a_file_without_such_a_column_is_chosen_for_it_alone(qtbot, make_desk, planned, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    text = "姓名,组别,电话\n张伟,护理组,13800000000\n"
    page.import_paths([write(tmp_path / "一.csv", text), write(tmp_path / "市中医院.csv", text)])
    idle(qtbot, page)
    panel = page.findChild(ColumnsPanel)
    assert panel.isVisible()
    first, second = (panel.findChild(QComboBox, f"unitOf:{number}") for number in (0, 1))
    assert (first.isVisible(), first.currentData(), second.currentText()) == (True, "", "市中医院")
    assert not any("✓" in label.text() and "Unit" in label.text() for label in panel.findChildren(QLabel))
    take(first, "市人民医院")
    assert panel.chosen_units() == {("一.csv", ""): "市人民医院"}
    assert panel.chosen() == {}  # nothing to remember: the next file of this shape is of another unit
    seen(page, "readColumns").click()
    idle(qtbot, page)
    assert not panel.isVisible()
    assert sum("so all rows are taken for" in text for text in strips(page)) == 2
    seen(page, "importRows").click()
    idle(qtbot, page)
    assert {(row.unit, row.name) for row in people(planned)} == {("市人民医院", "张伟"), ("市中医院", "张伟")}
    assert page.desk.settings.roster_columns == {}


def test_a_column_taken_for_the_unit_needs_no_other(qtbot, make_desk, planned, tmp_path) -> None:
    page = opened(qtbot, make_desk(planned))
    page.import_paths([write(tmp_path / "一.csv", "姓名,组别,来自\n张伟,护理组,市中医院\n")])
    idle(qtbot, page)
    choices = page.findChild(UnitChoices)
    assert choices.isVisible()
    take(field(page, 2), "unit")
    assert not choices.isVisible()
    assert page.findChild(ColumnsPanel).chosen_units() == {}


def table_guess(file: str, columns: int, header_row: int, missing: tuple[str, ...]) -> TableGuess:
    guesses = tuple(ColumnGuess(letter, "", "", ()) for letter in "ABCDEFG"[:columns])
    return TableGuess(file, "", f"{file}{columns}", header_row, header_row, guesses, False, missing, ())


def test_which_tables_are_asked_about() -> None:
    good = table_guess("a", 5, 1, ())
    note = table_guess("a", 6, 0, ("unit", "name", "group"))
    narrow = table_guess("b", 2, 0, ("unit", "name", "group"))
    headed = table_guess("a", 7, 3, ("group",))
    alone = table_guess("c", 4, 0, ("unit", "name", "group"))
    assert unclear_tables([good, note, narrow]) == []
    assert unclear_tables([good, note, headed, alone]) == [headed, alone]


def test_an_import_that_waits_keeps_the_language_and_asks_before_it_is_left(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    assert page.why_it_stays() == ""
    page.import_paths([MISTAKES])
    assert "Please wait" in page.why_it_stays()
    idle(qtbot, page)
    assert "An import waits" in page.why_it_stays()
    page.hide()
    page.show()
    assert page.findChild(object, "importPreview").isVisible(), "another page was looked at"
    last = people(rostered)[-1]
    page.show_target(last.id)
    page.findChild(Question).reject()
    qtbot.waitUntil(lambda: page.findChild(Question) is None)
    assert page.findChild(object, "importPreview").isVisible()
    page.show_target(last.id)
    page.findChild(Question).yes.click()
    qtbot.waitUntil(lambda: page.findChild(Question) is None)
    assert page.findChild(object, "staff").current() == last


@pytest.mark.parametrize("broken", ["[]", "no json", '{"a": 1}'])
def test_a_broken_memory_of_columns_is_no_memory(settings, broken) -> None:
    settings._values.setValue("roster_columns", broken)
    assert settings.roster_columns == {}
    settings.remember_roster_columns({"x": {"fields": ["name"], "down": 0}})
    assert settings.roster_columns == {"x": {"fields": ["name"], "down": 0}}
