"""A mark sheet is filled by keyboard alone; what cannot become a value is refused at the key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from data.rules.plan import Item
from ui.widgets.entry.sheet_form import SheetForm

ITEMS = (
    Item(1, "操作", "洗手", 5000, "points", "", 500),
    Item(2, "操作", "涂导电膏", 10000, "deductions", "未涂=0;不均匀=-3;漏气=-2×", 500),
    Item(3, "操作", "用物", 5000, "grades", "A=5/B=4/C=3/D=2", 500),
    Item(4, "操作", "吸净口腔", 10000, "grades", "10/6/3/1/0", 500),
    Item(5, "时间", "完成时间", 15000, "timed", "<=45=15;<=60=10;>60=0", 500),
    Item(6, "奖励", "迅速", 2500, "bonus", "", 250),
    Item(7, "整表扣分", "顺序颠倒", -2500, "penalty", "", 500),
    Item(8, "否决", "误入食道", 0, "critical", "", 500),
)


@pytest.fixture
def form(qtbot: QtBot) -> SheetForm:
    made = SheetForm()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_sheet(ITEMS, {}, read_only=False)
    made.show()
    qtbot.waitExposed(made)
    made.focus_item()
    return made


def focused(form: SheetForm) -> QWidget:
    widget = form.window().focusWidget()
    assert widget is not None
    return widget


def type_keys(qtbot: QtBot, form: SheetForm, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, Qt.Key):
            qtbot.keyClick(focused(form), key)
        else:
            qtbot.keyClicks(focused(form), key)


ENTER = Qt.Key.Key_Return


def test_every_kind_is_entered_by_keyboard_alone(form: SheetForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.finished):
        type_keys(qtbot, form, "4.5", ENTER, "2", ENTER, "b", ENTER, "6", ENTER, "52", ENTER, "1.25", ENTER, "1", ENTER)
        type_keys(qtbot, form, ENTER)
    assert form.values() == {
        1: 4500,
        2: {"不均匀": 1},
        3: "B",
        4: "6",
        5: 52000,
        6: 1250,
        7: True,
        8: False,
    }
    assert form.score().total_milli == 4500 + 7000 + 4000 + 6000 + 10000 + 1250 - 2500


def test_nothing_is_entered_before_somebody_did(form: SheetForm) -> None:
    assert form.score().missing == (1, 2, 3, 4, 5, 6)
    assert form.score().total_milli is None


def test_enter_on_deductions_says_that_there_are_none(form: SheetForm, qtbot: QtBot) -> None:
    form.focus_item(2)
    type_keys(qtbot, form, ENTER)
    assert form.values()[2] == {}


@pytest.mark.parametrize(
    ("typed", "left"), [("9", ""), ("5.5", "5."), ("-1", "1"), ("x", ""), ("4.2", "4."), ("4.5,", "4.5")]
)
def test_keys_that_cannot_become_points_are_refused(form: SheetForm, qtbot: QtBot, typed: str, left: str) -> None:
    line = form.findChild(QLineEdit, "item:1")
    with qtbot.waitSignal(form.refused) as refused:
        type_keys(qtbot, form, *typed)
    assert refused.args[0]
    assert line.text().startswith(left)
    assert "x" not in line.text()
    assert "," not in line.text()


def test_off_the_step_is_refused_at_the_key(form: SheetForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.refused) as refused:
        type_keys(qtbot, form, "4.2")
    assert refused.args == ["Only 0 to 5 in steps of 0.5 is possible."]
    form.focus_item(6)
    type_keys(qtbot, form, "1.7")  # 1.75 is possible, so this is no fault yet
    with qtbot.waitSignal(form.refused) as refused:
        type_keys(qtbot, form, ENTER)
    assert refused.args == ["Only 0 to 2.5 in steps of 0.25 is possible."]
    assert 6 not in form.values()


def test_what_is_left_of_refused_keys_is_not_taken_at_once(form: SheetForm, qtbot: QtBot) -> None:
    line = form.findChild(QLineEdit, "item:1")
    type_keys(qtbot, form, "45")
    with qtbot.waitSignal(form.refused) as refused:
        type_keys(qtbot, form, ENTER)
    assert "Look at the mark" in refused.args[0]
    assert (line.text(), line.selectedText(), line.hasFocus()) == ("4", "4", True)
    type_keys(qtbot, form, ENTER)
    assert form.values()[1] == 4000
    assert not line.hasFocus()


@pytest.mark.parametrize("typed", ["1,25", "１．２５", "1。25", "1，25"])
def test_commas_and_full_width_digits_are_understood(form: SheetForm, qtbot: QtBot, typed: str) -> None:
    form.focus_item(6)
    line = form.findChild(QLineEdit, "item:6")
    for count in range(1, len(typed) + 1):  # as an input method does, key by key
        line.setText(typed[:count])
        line.textEdited.emit(typed[:count])
    type_keys(qtbot, form, ENTER)
    assert form.values()[6] == 1250


def test_plus_is_the_full_mark_and_goes_on(form: SheetForm, qtbot: QtBot) -> None:
    type_keys(qtbot, form, "+", "+", "+", "+")
    assert form.values() == {1: 5000, 2: {}, 3: "A", 4: "10", 7: False, 8: False}
    assert focused(form).objectName() == "item:5"
    with qtbot.waitSignal(form.refused):
        type_keys(qtbot, form, "+")  # seconds have no full mark
    type_keys(qtbot, form, "45", ENTER)
    with qtbot.waitSignal(form.refused):
        type_keys(qtbot, form, "+")  # nor is a bonus given by one key
    type_keys(qtbot, form, "0", ENTER)
    with qtbot.waitSignal(form.finished):
        type_keys(qtbot, form, "+", "+")
    assert form.values()[7] is False
    assert form.score().total_milli == 5000 + 10000 + 5000 + 10000 + 15000


def test_plus_after_whole_points_is_half_a_point_more(form: SheetForm, qtbot: QtBot) -> None:
    type_keys(qtbot, form, "4+")
    assert form.values() == {1: 4500, 7: False, 8: False}
    assert focused(form).objectName() == "item:2"
    form.focus_item(1)  # what is there is selected, so that plus means the full mark again
    type_keys(qtbot, form, "+")
    assert form.values()[1] == 5000
    form.focus_item(1)
    with qtbot.waitSignal(form.refused):
        type_keys(qtbot, form, "5+")


def test_an_empty_item_is_not_passed_with_enter(form: SheetForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.refused) as refused:
        type_keys(qtbot, form, ENTER)
    assert "zero must be typed" in refused.args[0]
    assert focused(form).objectName() == "item:1"


def test_grades_that_are_not_on_the_sheet_are_refused(form: SheetForm, qtbot: QtBot) -> None:
    form.focus_item(3)
    with qtbot.waitSignal(form.refused) as refused:
        type_keys(qtbot, form, "e")
    assert "A B C D" in refused.args[0]


def test_deductions_tick_untick_count_and_clear(form: SheetForm, qtbot: QtBot) -> None:
    form.focus_item(2)
    type_keys(qtbot, form, "2", "1", "1", "3", "3", "1", "2")
    assert form.values()[2] == {"漏气": 2, "未涂": 1}
    with qtbot.waitSignal(form.refused):
        type_keys(qtbot, form, "7")
    type_keys(qtbot, form, "-")
    assert form.values()[2] == {}
    assert form.score().items[1].milli == 10000


def test_arrows_walk_and_stop_at_the_ends(form: SheetForm, qtbot: QtBot) -> None:
    type_keys(qtbot, form, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert focused(form).objectName() == "item:3"
    type_keys(qtbot, form, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert focused(form).objectName() == "item:1"
    form.focus_item(8)
    with qtbot.assertNotEmitted(form.finished):
        type_keys(qtbot, form, Qt.Key.Key_Down)


def test_a_critical_tick_scores_nothing_whatever_is_missing(form: SheetForm, qtbot: QtBot) -> None:
    form.focus_item(8)
    type_keys(qtbot, form, "1")
    assert form.score().zeroed
    assert form.score().total_milli == 0
    type_keys(qtbot, form, "0")
    assert form.score().total_milli is None


def test_a_sheet_that_is_in_is_shown_and_not_changed(form: SheetForm, qtbot: QtBot) -> None:
    form.show_sheet(ITEMS, {1: 4000, 2: {"不均匀": 1}, 3: "A"}, read_only=True)
    form.focus_item(1)
    type_keys(qtbot, form, "2", ENTER)
    assert form.values()[1] == 4000
