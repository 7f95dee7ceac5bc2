"""The table: search, filters, sorting, the clipboard, and what it remembers."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from ui.models.rows import ROW_ROLE, Column, RowsModel
from ui.widgets.table import Filter, Table


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    points: int | None


LINES = [Line(1, "张伟杰", 90), Line(2, "李敏", None), Line(3, "王芳", 85), Line(4, "Anna", 100)]
COLUMNS = [
    Column("Name", lambda line: line.name, bold=True, tip=lambda line: f"tip {line.name}"),
    Column(
        "Points",
        lambda line: "–" if line.points is None else str(line.points),
        sort=lambda line: line.points,
        right=True,
        width=0,
        tone=lambda line: "attention" if line.points is None else "",
    ),
]


@pytest.fixture
def table(settings, qtbot):
    made = Table(
        "lines",
        COLUMNS,
        settings,
        filters=[
            Filter("High", lambda line: (line.points or 0) >= 90),
            Filter("Missing", lambda line: line.points is None),
        ],
        key=lambda line: line.id,
    )
    qtbot.addWidget(made)
    made.set_rows(LINES)
    made.show()
    return made


def names(table):
    return [line.name for line in table.model.rows()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zwj", ["张伟杰"]),
        ("weijie", ["张伟杰"]),
        ("张", ["张伟杰"]),
        ("ANNA", ["Anna"]),
        ("anna 100", ["Anna"]),
        ("nobody", []),
        ("", ["张伟杰", "李敏", "王芳", "Anna"]),
    ],
)
def test_search(table, typed, found):
    table.set_search(typed)
    assert names(table) == found


def test_chips_that_are_on_widen_each_other(table):
    table.set_filter("High")
    assert names(table) == ["张伟杰", "Anna"]
    table.set_filter("Missing")
    assert names(table) == ["张伟杰", "李敏", "Anna"]
    table.set_filter("High", False)
    assert names(table) == ["李敏"]
    assert "1 of 4" in table._count.text()


def test_sorting_is_by_value_and_keeps_the_unknown_last(table):
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["王芳", "张伟杰", "Anna", "李敏"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["Anna", "张伟杰", "王芳", "李敏"]
    table.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["张伟杰", "李敏", "王芳", "Anna"]


def test_the_current_row_stays_current_in_a_new_snapshot(table):
    assert table.choose(3)
    table.set_rows([Line(9, "New", 1), *LINES])
    assert table.current().name == "王芳"
    table.set_rows([Line(9, "New", 1)])
    assert table.current() is None
    assert not table.choose(3)


def test_copying_gives_headers_and_tabs(table, qtbot):
    table.choose(1)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tPoints\n张伟杰\t90"
    table.view.clearSelection()
    table.copy()
    assert QGuiApplication.clipboard().text().count("\n") == 4


def test_rows_open_by_key_and_by_double_click(table, qtbot):
    table.choose(4)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [LINES[3]]
    with qtbot.waitSignal(table.opened):
        table.view.doubleClicked.emit(table.model.index(0, 0))


def test_choosing_is_told(table, qtbot):
    with qtbot.waitSignal(table.chosen) as chosen:
        table.choose(2)
    assert chosen.args == [LINES[1]]


def test_down_leads_from_the_search_into_the_rows(table, qtbot):
    table.search.setFocus()
    qtbot.keyClick(table.search, Qt.Key.Key_Down)
    assert table.current() == LINES[0]


def test_the_menu_offers_copying(table):
    table._on_menu(table.view.rect().center())
    menu = table.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Copy", "Select all"]
    menu.close()


def test_widths_are_remembered(settings, qtbot, table, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    table.view.horizontalHeader().resizeSection(0, 222)
    again = Table("lines", COLUMNS, settings)
    qtbot.addWidget(again)
    again.show()
    assert again.view.columnWidth(0) == 222


def test_what_the_model_says_of_a_cell(qapp):
    model = RowsModel(COLUMNS, LINES)
    name, missing = model.index(0, 0), model.index(1, 1)
    assert name.data() == "张伟杰"
    assert name.data(ROW_ROLE) is LINES[0]
    assert name.data(Qt.ItemDataRole.ToolTipRole) == "tip 张伟杰"
    assert name.data(Qt.ItemDataRole.FontRole).bold()
    assert name.data(Qt.ItemDataRole.ForegroundRole) is None
    assert missing.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert missing.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) is not None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.FontRole) is None
    assert model.row_at(model.index(-1, -1)) is None


def test_fifty_thousand_rows_are_sorted_and_searched(qapp):
    model = RowsModel(COLUMNS, [Line(n, f"P{n}", n % 100) for n in range(50_000)])
    model.sort(1)
    model.set_search("p4")
    assert model.rowCount() == 11_111
