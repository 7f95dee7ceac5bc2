"""The setup page: beginning a plan, editing it in tables, being told what is wrong, and losing nothing unasked."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QPushButton, QWidget

from data import i18n, models
from data.actions.setup import save_plan
from data.exchange.plan_workbook import read_plan
from data.queries.plan import current_plan, is_set_up
from data.rules.plan_layout import LAYOUTS
from tests.conftest import GAOAN, NURSING
from tests.data.exchange.plan_files import cell, workbook
from tests.data.rules.small_plan import SMALL
from ui.error_dialog import ErrorDialog
from ui.pages.setup import SetupPage
from ui.pages.setup_words import choice_title, header_title, hint, sheet_purpose, sheet_title
from ui.question import Question
from ui.widgets.plan.plan_form import PlanForm
from ui.widgets.plan.plan_grid import PlanGrid
from ui.widgets.plan.plan_section import PlanSection


@pytest.fixture
def page(qtbot, desk) -> SetupPage:
    """The page of an empty event file, in sight."""
    return shown(qtbot, desk)


@pytest.fixture
def small(qtbot, desk) -> SetupPage:
    """The page of an event with the small plan."""
    save_plan(desk.store, "李敏", SMALL)
    return shown(qtbot, desk)


def shown(qtbot, desk) -> SetupPage:
    made = SetupPage(desk)
    qtbot.addWidget(made)
    made.resize(1070, 630)
    made.show()
    return made


def press(qtbot, parent: QWidget, text: str) -> None:
    button = next(b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible())
    assert button.isEnabled(), text
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def grid(page: SetupPage, sheet: str) -> PlanGrid:
    page.show_target(sheet)
    return page.findChild(PlanGrid, f"planGrid:{sheet}")


def write(qtbot, made: PlanGrid, row: int, column: int, text: str) -> None:
    """Type into a cell as a person does."""
    made.show_cell(row, column)
    made.edit(made.currentIndex())
    editor = made.indexWidget(made.currentIndex()) or made.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def choose(made: PlanGrid, row: int, column: int, word: str) -> None:
    """Take a word from the list of a cell."""
    made.show_cell(row, column)
    made.edit(made.currentIndex())
    box = made.viewport().findChildren(QComboBox)[-1]
    box.setCurrentIndex(box.findData(word))
    box.activated.emit(box.currentIndex())


def answer(qtbot, page: SetupPage, text: str = "") -> None:
    """Say yes to the open question, after typing what it asks for."""
    question = page.findChildren(Question)[-1]
    if text:
        question.field.setText(text)
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)


def findings(page: SetupPage) -> list[str]:
    made = page.findChild(QListWidget, "planFindings")
    return [made.item(n).text() for n in range(made.count())]


def test_an_empty_event_offers_the_ways_to_begin(qtbot, page):
    names = {button.objectName() for button in page.findChildren(QPushButton) if button.isVisible()}
    assert {"template:gaoan-2023", "template:county-nursing", "startWorkbook", "startBlank"} <= names
    assert not page.findChild(QPushButton, "primary").isVisible()


def test_from_template_to_saved_event(qtbot, page, desk):
    qtbot.mouseClick(page.findChild(QPushButton, "template:county-nursing"), Qt.MouseButton.LeftButton)
    assert not is_set_up(desk.store)
    assert "not saved" in page.purpose()
    press(qtbot, page, "Save")
    assert current_plan(desk.store).info.name == "县护理静脉输液技能比武"
    assert not page.draft.is_changed
    assert findings(page) == []


def test_an_empty_plan_is_saved_as_soon_as_it_has_a_name(qtbot, page, desk):
    qtbot.mouseClick(page.findChild(QPushButton, "startBlank"), Qt.MouseButton.LeftButton)
    press(qtbot, page, "Save")
    assert not is_set_up(desk.store)
    assert "must be filled in" in findings(page)[0]
    name = page.findChild(QLineEdit, "event:name")
    name.setText("急救比武")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert current_plan(desk.store).info.name == "急救比武"


def test_a_workbook_is_shown_before_it_is_saved(qtbot, page, desk, answers):
    answers.path = GAOAN / "plan.xlsx"
    qtbot.mouseClick(page.findChild(QPushButton, "startWorkbook"), Qt.MouseButton.LeftButton)
    assert grid(page, "单位").model().rowCount() == 30
    press(qtbot, page, "Save")
    assert len(current_plan(desk.store).units) == 30


def test_a_faulty_workbook_can_be_mended_here(qtbot, page, desk, tmp_path):
    page.import_file(workbook(tmp_path, cell("考站", "E2", "十二")))
    press(qtbot, page, "Save")
    made = page.findChild(PlanGrid, "planGrid:考站")
    assert made.isVisible()
    assert made.currentIndex().data() == "✕ 十二"
    assert "not a number" in made.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert made.currentIndex().data(Qt.ItemDataRole.ForegroundRole) is not None
    write(qtbot, made, 0, made.currentIndex().column(), "12")
    press(qtbot, page, "Save")
    assert [station.minutes for station in current_plan(desk.store).stations] == [12, 6]


def test_what_a_workbook_lacks_is_told_above_the_tables(qtbot, page, tmp_path):
    page.import_file(workbook(tmp_path, lambda made: made.remove(made["休息"])))
    words = [label.text() for label in page.findChildren(QWidget, "stripText")]
    assert words == ["▲ Breaks: The sheet “休息” is missing."]


def test_a_file_that_is_no_plan_is_refused_in_a_dialog(qtbot, page):
    page.import_file(NURSING / "roster.xlsx")
    assert page.findChild(ErrorDialog).isVisible()
    assert not page.draft.is_started


def test_editing_a_cell_undo_and_redo(qtbot, small, desk):
    made = grid(small, "单位")
    write(qtbot, made, 0, 1, "一院")
    assert small.draft.reading().plan.units[0].short == "一院"
    assert current_plan(desk.store).units[0].short == "县医"
    press(qtbot, small, "Undo")
    assert not small.draft.is_changed
    qtbot.keyClick(small, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert small.draft.reading().plan.units[0].short == "一院"
    press(qtbot, small, "Save")
    assert current_plan(desk.store).units[0].short == "一院"


def test_choices_are_taken_from_a_list(qtbot, small):
    made = grid(small, "考站")
    choose(made, 0, 8, "中位数")
    assert small.draft.reading().plan.stations[0].combine == "median"
    assert made.model().index(0, 8).data() == "Median"


@pytest.mark.parametrize(
    ("sheet", "column", "known"),
    [
        ("组别", 1, ["全县"]),
        ("单位", 2, ["全县"]),
        ("考站", 2, ["IV", "CPR"]),
        ("成绩构成", 0, ["N", "NT", "T"]),
        ("成绩构成", 2, ["S1", "T1", "理论"]),
        ("奖项", 2, ["一等奖", "二等奖"]),
        ("裁判", 1, ["县医院", "中医院"]),
        ("裁判", 2, ["S1", "T1"]),
        ("裁判", 4, ["", "裁判长", "裁判", "候补裁判"]),
        ("路程", 1, ["S1", "T1"]),
        ("组别", 6, ["上午"]),
    ],
)
def test_cells_offer_what_other_tables_have(qtbot, small, sheet, column, known):
    small.draft.insert("场次", 0, [{"名称": "上午", "开始": "08:30", "结束": "12:00"}])
    if sheet == "路程":
        small.draft.insert(sheet, 0, [{}])
    made = grid(small, sheet)
    made.edit(made.model().index(0, column))
    box = made.viewport().findChildren(QComboBox)[-1]
    assert [box.itemData(n) for n in range(box.count())] == known


def test_a_known_name_can_be_typed_over(qtbot, small):
    made = grid(small, "裁判")
    made.show_cell(0, 1)
    made.edit(made.currentIndex())
    box = made.viewport().findChildren(QComboBox)[-1]
    box.setEditText("省医院")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert small.draft.reading().plan.judges[0].unit_name == "省医院"


def test_rows_are_added_moved_and_deleted(qtbot, small):
    made = grid(small, "单位")
    press(qtbot, small, "Add row")
    qtbot.keyClick(made.viewport().findChild(QLineEdit), Qt.Key.Key_Escape)
    assert made.model().rowCount() == 3
    made.selectRow(1)
    press(qtbot, small, "Move up")
    assert [row.cells["单位"] for row in small.draft.rows("单位")[:2]] == ["中医院", "县医院"]
    press(qtbot, small, "Move down")
    made.selectRow(2)
    press(qtbot, small, "Delete rows")
    assert small.draft.reading().plan.units == current_plan(small.desk.store).units


def test_cells_go_to_and_come_from_a_spreadsheet(qtbot, small):
    made = grid(small, "单位")
    made.selectAll()
    qtbot.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "县医院\t县医\t全县\t\t\n中医院\t中医\t全县\t\t"
    QGuiApplication.clipboard().setText("妇幼保健院\t妇幼\t全县\n第二医院\t二院\t全县\n第三医院\t三院\t全县\n")
    made.setCurrentIndex(made.model().index(1, 0))
    qtbot.keyClick(made, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [unit.short for unit in small.draft.reading().plan.units] == ["县医", "妇幼", "二院", "三院"]


def test_delete_empties_cells_and_enter_edits(qtbot, small):
    made = grid(small, "单位")
    made.show_cell(0, 1)
    qtbot.keyClick(made, Qt.Key.Key_Delete)
    assert small.draft.rows("单位")[0].cells["简称"] == ""
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert made.viewport().findChild(QLineEdit) is not None
    made.clearSelection()
    made.clear_cells()
    made.copy()


def test_paste_into_an_empty_table_makes_rows(qtbot, small):
    made = grid(small, "休息")
    made.selectRow(0)
    press(qtbot, small, "Delete rows")
    QGuiApplication.clipboard().setText("午休\t12:00\t13:00")
    made.paste()
    assert [(row.starts_minute, row.ends_minute) for row in small.draft.reading().plan.breaks] == [(720, 780)]


def test_mark_sheets_one_at_a_time(qtbot, small):
    made = grid(small, "评分表")
    assert made.model().rowCount() == 2
    box = small.findChild(QComboBox, "sheetBox")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert made.model().index(0, 2).data() == "按压"
    press(qtbot, small, "Add row")
    qtbot.keyClick(made.viewport().findChild(QLineEdit), Qt.Key.Key_Escape)
    row = small.draft.rows("评分表")[-1]
    assert (row.cells["评分表"], row.cells["名称"], row.cells["序号"]) == ("CPR", "心肺复苏", "3")
    assert row.parent_id == current_plan(small.desk.store).sheets[1].id
    name = small.findChild(QLineEdit, "sheetName")
    name.setText("单人心肺复苏")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert {row.cells["名称"] for row in small.draft.rows("评分表")[2:]} == {"单人心肺复苏"}


def test_a_new_mark_sheet_and_its_end(qtbot, small):
    grid(small, "评分表")
    press(qtbot, small, "New sheet…")
    answer(qtbot, small, "DEFIB")
    box = small.findChild(QComboBox, "sheetBox")
    assert box.currentData() == "DEFIB"
    press(qtbot, small, "Delete sheet")
    assert [box.itemData(n) for n in range(box.count())] == ["IV", "CPR"]
    assert not small.draft.is_changed


def test_a_code_that_is_there_is_shown_and_not_made_twice(qtbot, small):
    grid(small, "评分表")
    press(qtbot, small, "New sheet…")
    answer(qtbot, small, " CPR ")
    assert small.findChild(QComboBox, "sheetBox").currentData() == "CPR"
    assert not small.draft.is_changed


def test_points_that_are_no_number_do_not_hide_the_sheet(qtbot, small):
    made = grid(small, "评分表")
    write(qtbot, made, 0, 3, "四十")
    assert "not a number" in findings(small)[0]


def test_the_form_shows_what_counts_where_the_plan_says_nothing(small):
    for header in ("同单位不相邻", "工位均衡", "抽考方式", "盲评"):
        small.draft.set_event_value(header, "")
    shown = {
        name: small.findChild(QComboBox, f"event:{name}").currentData()
        for name in ("apart", "equal_lanes", "item_draw", "blind")
    }
    assert shown == {"apart": "否", "equal_lanes": "是", "item_draw": "每人", "blind": "否"}


def test_the_form_shows_and_takes_choices(qtbot, small):
    box = small.findChild(QComboBox, "event:blind")
    box.setCurrentIndex(box.findData("是"))
    box.activated.emit(box.currentIndex())
    assert small.draft.reading().plan.info.blind
    small.draft.undo()
    assert box.currentData() == "否"


def test_a_finding_leads_to_its_place(qtbot, small):
    field = small.findChild(QLineEdit, "event:date")
    field.setText("立夏")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    grid(small, "单位")
    made = small.findChild(QListWidget, "planFindings")
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=made.visualItemRect(made.item(0)).center())
    assert field.isVisible()
    assert field.property("tone") == "wrong"
    small.show_target(small.draft.reading().findings[0])


def test_a_finding_in_a_mark_sheet_opens_that_sheet(qtbot, small):
    first, second = SMALL.sheets
    items = (second.items[0], replace(second.items[1], kind="grades", full_milli=5_000))
    save = replace(SMALL, sheets=(first, replace(second, items=items)))
    small.draft.start(save)
    small.save()
    finding = small.draft.reading().errors[0]
    small.show_target(finding)
    assert small.findChild(QComboBox, "sheetBox").currentData() == "CPR"


def test_a_tab_with_an_error_is_marked(qtbot, small):
    made = grid(small, "单位")
    write(qtbot, made, 1, 0, "县医院")
    tabs = small.findChild(QWidget, "setupTabs")
    assert [tabs.tabText(n) for n in range(3)] == ["Event", "Divisions", "Units ✕"]
    assert findings(small) == ["✕ Units, row 2, column Unit: 县医院 is there already, in row 1."]


def test_a_warning_is_told_and_does_not_hinder_saving(qtbot, small, desk):
    write(qtbot, grid(small, "单位"), 1, 1, "县医")
    assert findings(small)[0].startswith("▲")
    press(qtbot, small, "Save")
    assert current_plan(desk.store).units[1].short == "县医"


def test_a_change_of_a_begun_event_asks_for_the_reason(qtbot, small, desk):
    with desk.store.write("李敏", "test.draw") as writing:
        writing.insert(models.Draw, kind="selection", state="frozen", record={}, frozen_at=writing.at)
    write(qtbot, grid(small, "单位"), 0, 1, "一院")
    press(qtbot, small, "Save")
    assert current_plan(desk.store).units[0].short == "县医"
    answer(qtbot, small, "简称有误")
    assert current_plan(desk.store).units[0].short == "一院"


def test_revert_asks_and_throws_the_edits_away(qtbot, small, desk):
    write(qtbot, grid(small, "单位"), 0, 1, "一院")
    press(qtbot, small, "Revert")
    assert small.draft.is_changed
    answer(qtbot, small)
    assert small.draft.reading().plan == current_plan(desk.store)


def test_revert_without_a_saved_plan_leads_back_to_the_beginning(qtbot, page):
    page.take_blank()
    page.revert()
    assert page.findChild(QPushButton, "startBlank").isVisible()


def test_a_plan_saved_elsewhere_is_shown_unless_there_are_edits(qtbot, small, desk):
    save_plan(desk.store, "张华", replace(SMALL, info=replace(SMALL.info, venue="礼堂")))
    qtbot.waitUntil(lambda: small.draft.event_value("地点") == "礼堂")
    small.draft.set_event_value("地点", "操场")
    save_plan(desk.store, "张华", SMALL)
    small.reread()
    assert small.draft.event_value("地点") == "操场"


def test_the_window_does_not_close_over_unsaved_edits(qtbot, small):
    small.draft.set_event_value("地点", "操场")
    assert not small.window().close()
    assert small.isVisible()
    answer(qtbot, small)
    assert not small.isVisible()


def test_the_window_closes_when_everything_is_saved(qtbot, small):
    assert small.window().close()


def test_edits_outlive_a_page_built_anew(qtbot, small, desk):
    small.draft.set_event_value("地点", "操场")
    again = shown(qtbot, desk)
    assert again.findChild(QLineEdit, "event:venue").text() == "操场"


def test_the_plan_is_exported_as_it_stands_here(qtbot, small, answers, tmp_path: Path):
    small.draft.set_event_value("地点", "操场")
    answers.path = tmp_path / "out.xlsx"
    small.ask_export()
    assert read_plan(answers.path).plan.info.venue == "操场"


def test_an_empty_template_is_exported(qtbot, page, answers, tmp_path: Path):
    answers.path = tmp_path / "empty.xlsx"
    page.ask_template()
    assert read_plan(answers.path).errors[0].column == "名称"


def test_the_workbook_menu_opens(qtbot, small):
    press(qtbot, small, "Workbook")
    qtbot.waitUntil(lambda: small._menu.isVisible())
    small._menu.close()


def test_the_model_takes_no_change_that_is_none(qtbot, small):
    made = grid(small, "单位")
    assert not made.model().setData(made.model().index(0, 0), "县医院")
    assert made.model().rowCount(made.model().index(0, 0)) == 0
    assert made.model().columnCount(made.model().index(0, 0)) == 0
    assert made.model().headerData(0, Qt.Orientation.Vertical) == "1"
    assert made.model().data(made.model().index(0, 0), Qt.ItemDataRole.UserRole) is None


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_sheet_column_and_choice_has_its_words(language: str):
    i18n.use(language)
    for layout in LAYOUTS:
        assert sheet_title(layout.name)
        assert sheet_purpose(layout.name)
        for column in layout.columns:
            if column.field != "sheet_name":
                assert header_title(layout.name, column.field)
            assert hint(layout.name, column.field) is not None
            for word in column.choices:
                assert language == "zh_CN" or choice_title(word) != word


def test_a_station_that_goes_takes_its_breaks_and_walks_with_it(qtbot, small):
    small.draft.insert("休息", 1, [{"名称": "检修", "开始": "10:00", "结束": "10:10", "考站": "S1"}])
    small.draft.insert("路程", 0, [{"考站": "T1", "到考站": "S1", "分钟": "4"}])
    small.show_target("考站")
    section = small.findChild(PlanSection)
    section.grid.selectRow(0)
    with qtbot.waitSignal(section.told) as told:
        section.remove_rows()
    assert told.args == ["2 breaks and walks of these stations were deleted with them. Undo brings everything back."]
    assert [row.cells["名称"] for row in small.draft.rows("休息")] == ["午休"]
    assert small.draft.rows("路程") == ()
    small.draft.undo()
    assert len(small.draft.rows("考站")) == len(small.draft.rows("休息")) == 2
    section.grid.selectRow(1)
    small.draft.set_cells("考站", [(1, "考站", "")])
    with qtbot.assertNotEmitted(section.told):
        section.remove_rows()
    assert len(small.draft.rows("路程")) == 1


def test_every_entry_of_the_event_has_its_field(small):
    form = small.findChild(PlanForm)
    assert {column.header for column in LAYOUTS[0].columns} == set(form._fields)


def test_each_tab_is_made_when_it_is_first_shown(small):
    assert isinstance(small._shown(), PlanForm)
    assert not small.findChildren(PlanSection)
    small.show_target("考站")
    [section] = small.findChildren(PlanSection)
    small.show_target("赛事")
    assert small.findChild(PlanForm).isVisible()
    small.show_target("考站")
    assert small.findChildren(PlanSection) == [section]
    assert section.isVisible()
    small.show_target("nowhere")
    assert section.isVisible()
