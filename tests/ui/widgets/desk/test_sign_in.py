"""Signing in at the top of the window, and who the desk acts for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from data.actions import operators
from data.store import Store
from tests.data.contest import set_up
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.question import Question
from ui.widgets.desk.sign_in_dialog import SignInDialog
from ui.widgets.top_bar import TopBar

UP, DOWN, ENTER = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return


def let_people_sign_in(store: Store) -> None:
    """A chief judge and two who type; nobody has signed in."""
    operators.add(store, "秘书处", "李敏", "1234")
    operators.add(store, "秘书处", "赵敏", "5678")
    operators.add(store, "秘书处", "王建国", "2023", chief=True)


@pytest.fixture
def window(desk: Desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def asked(window: MainWindow) -> SignInDialog:
    window.ask_operator()
    return window.findChild(SignInDialog)


def chosen(dialog: SignInDialog) -> str:
    return dialog.names.currentItem().text()


def shown(window: MainWindow) -> str:
    return window.findChild(TopBar).findChild(QPushButton, "operator").text()


def test_where_nobody_signs_in_a_name_is_enough(window, desk: Desk):
    window.ask_operator()
    assert window.findChild(SignInDialog) is None
    assert window.findChild(Question) is not None
    assert (desk.actor, desk.signed_in, shown(window)) == ("李敏", "", "李敏")


def test_where_people_sign_in_a_free_name_counts_no_more(window, desk: Desk, qtbot):
    desk.sit_down("路人")
    with qtbot.waitSignal(desk.actor_changed):
        let_people_sign_in(desk.store)
    assert (desk.actor, desk.signed_in) == ("Secretariat", "")
    qtbot.waitUntil(lambda: shown(window) == "▲ Sign in")


def test_name_pin_enter(window, desk: Desk, qtbot):
    let_people_sign_in(desk.store)
    dialog = asked(window)
    assert chosen(dialog) == "李敏"  # who was here last
    qtbot.keyClick(dialog.pin, DOWN)
    assert chosen(dialog) == "赵敏"
    qtbot.keyClick(dialog.pin, UP)
    qtbot.keyClick(dialog.pin, UP)
    assert chosen(dialog) == "王建国 (chief judge)"
    qtbot.keyClick(dialog.pin, DOWN)
    qtbot.keyClicks(dialog.pin, "1234")
    qtbot.keyClick(dialog.pin, ENTER)
    assert (desk.actor, desk.signed_in) == ("李敏", "李敏")
    assert shown(window) == "✓ 李敏"


def test_a_quick_switch_signs_the_former_one_out(window, desk: Desk, qtbot):
    let_people_sign_in(desk.store)
    desk.sign_in("李敏", "1234")
    dialog = asked(window)
    assert chosen(dialog) == "赵敏"
    qtbot.keyClicks(dialog.pin, "5678")
    qtbot.keyClick(dialog.pin, ENTER)
    assert desk.signed_in == "赵敏"
    assert desk.store.sign_ins.names == {"赵敏"}


def test_a_wrong_pin_changes_nobody(window, desk: Desk):
    let_people_sign_in(desk.store)
    desk.sign_in("李敏", "1234")
    dialog = asked(window)
    dialog.pin.setText("0000")
    dialog.yes.click()
    assert "not that of 赵敏" in dialog.problem.text()
    assert (dialog.pin.text(), dialog.isVisible(), desk.signed_in) == ("", True, "李敏")
    dialog.names.setCurrentRow(0)
    assert dialog.problem.text() == ""


def test_the_same_person_signs_in_again(desk: Desk):
    let_people_sign_in(desk.store)
    for _again in range(2):
        desk.sign_in("李敏", "1234")
    assert desk.signed_in == "李敏"


def test_signing_out_leaves_nobody(window, desk: Desk):
    let_people_sign_in(desk.store)
    desk.sign_in("李敏", "1234")
    asked(window).leave.click()
    assert (desk.signed_in, desk.actor, shown(window)) == ("", "Secretariat", "▲ Sign in")


def test_who_is_retired_is_out_at_once(window, desk: Desk, qtbot):
    let_people_sign_in(desk.store)
    desk.sign_in("王建国", "2023")
    operators.retire(desk.store, "王建国", 1)
    operators.retire(desk.store, "王建国", 2)
    desk.sign_out()
    assert desk.actor == "王建国"  # nobody has to sign in any more, and he was here last


def test_with_a_chief_judge_alone_others_need_no_pin(window, desk: Desk):
    operators.add(desk.store, "秘书处", "王建国", "2023", chief=True)
    assert desk.actor == "李敏"
    dialog = asked(window)
    assert chosen(dialog) == "王建国 (chief judge)"
    dialog.findChild(QPushButton, "freeName").click()
    question = window.findChild(Question)
    question.field.setText("赵敏")
    question.yes.click()
    assert desk.actor == "赵敏"


def test_the_key_asks_once(window, desk: Desk, qtbot):
    let_people_sign_in(desk.store)
    window.ask_operator()
    window.ask_operator()
    assert len(window.findChildren(SignInDialog)) == 1


def test_a_half_typed_sheet_stays_when_somebody_else_takes_over(window, desk: Desk, qtbot):
    [visit, *_] = set_up(desk.store)
    let_people_sign_in(desk.store)
    desk.sign_in("李敏", "1234")
    window.go("score_entry", (visit, 1))
    form = window.current_page.entry.panel.form
    form.focus_item(1)
    qtbot.keyClicks(window.focusWidget(), "45")
    qtbot.keyClick(window.focusWidget(), ENTER)
    typed = form.values()
    dialog = asked(window)
    dialog.pin.setText("5678")
    dialog.yes.click()
    assert desk.actor == "赵敏"
    assert form.values() == typed
    assert typed[1] == 45_000
