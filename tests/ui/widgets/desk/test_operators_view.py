"""The tab of the setup page that says who signs in."""

import pytest
from PySide6.QtWidgets import QPushButton

from data.actions import operators
from data.actions.setup import save_plan
from data.queries.operators import operators as listed
from data.store import Store
from tests.data.contest import plan
from ui.error_dialog import ErrorDialog
from ui.pages.setup import SetupPage
from ui.question import Question
from ui.widgets.desk.operator_dialog import OperatorDialog
from ui.widgets.desk.operators_view import OperatorsView
from ui.widgets.desk.sign_in_dialog import SignInDialog


@pytest.fixture
def page(store: Store, show_page) -> SetupPage:
    save_plan(store, "tester", plan())
    made = show_page(SetupPage, store)
    made.show_target(OperatorsView.sheet)
    return made


@pytest.fixture
def view(page: SetupPage) -> OperatorsView:
    return page.findChild(OperatorsView)


def fill(view: OperatorsView, name: str, pin: str, *, chief: bool | None = None) -> OperatorDialog:
    dialog = view.findChild(OperatorDialog)
    if name:
        dialog.name.setText(name)
    dialog.pin.setText(pin)
    dialog.again.setText(pin)
    if chief is not None:
        dialog.chief.setChecked(chief)
    dialog.yes.click()
    return dialog


def names(view: OperatorsView) -> list[str]:
    return [one.name for one in listed(view._desk.store)]


def test_the_chief_judge_of_the_plan_comes_first(view: OperatorsView):
    view.findChild(QPushButton, "addFirst").click()
    assert view.findChild(OperatorDialog).name.text() == "裁判11"
    fill(view, "", "2023")
    [one] = listed(view._desk.store)
    assert (one.name, one.chief) == ("裁判11", True)


def test_the_chief_judge_signs_in_and_adds_the_others(view: OperatorsView, qtbot):
    desk = view._desk
    operators.add(desk.store, "秘书处", "王建国", "2023", chief=True)
    qtbot.waitUntil(lambda: view.findChild(QPushButton, "signInFirst") is not None)
    assert not view.add_button.isEnabled()
    view.findChild(QPushButton, "signInFirst").click()
    dialog = view.findChild(SignInDialog)
    dialog.pin.setText("2023")
    dialog.yes.click()
    assert view.findChild(QPushButton, "signInFirst") is None
    view.add_button.click()
    fill(view, "李敏", "1234")
    assert [(one.name, one.chief) for one in listed(desk.store)] == [("王建国", True), ("李敏", False)]


def test_what_is_refused_stays_in_the_dialog(view: OperatorsView):
    operators.add(view._desk.store, "秘书处", "李敏", "1234")
    view.ask_new()
    dialog = fill(view, "李敏", "5678", chief=False)
    assert "signs in here already" in dialog.problem.text()
    assert dialog.isVisible()


def test_a_new_pin(view: OperatorsView, qtbot):
    store = view._desk.store
    one = operators.add(store, "秘书处", "李敏", "1234")
    qtbot.waitUntil(lambda: view.table.choose(one))
    view.pin_button.click()
    assert not view.findChild(OperatorDialog).name.isEnabled()
    fill(view, "", "5678")
    view._desk.sign_in("李敏", "5678")


def test_somebody_signs_in_no_more(view: OperatorsView, qtbot):
    store = view._desk.store
    operators.add(store, "秘书处", "李敏", "1234")
    two = operators.add(store, "秘书处", "赵敏", "5678")
    qtbot.waitUntil(lambda: view.table.choose(two))
    view.retire_button.click()
    view.findChild(Question).yes.click()
    assert names(view) == ["李敏"]


def test_the_last_chief_judge_is_not_let_go_before_the_others(view: OperatorsView, page: SetupPage, qtbot):
    desk = view._desk
    one = operators.add(desk.store, "秘书处", "王建国", "2023", chief=True)
    desk.sign_in("王建国", "2023")
    operators.add(desk.store, "王建国", "李敏", "1234")
    qtbot.waitUntil(lambda: view.table.choose(one))
    view.retire_button.click()
    view.findChild(Question).yes.click()
    assert "last chief judge" in page.findChild(ErrorDialog).findChildren(type(page._purpose))[0].text()
    assert names(view) == ["王建国", "李敏"]


def test_nothing_is_asked_about_nobody(view: OperatorsView):
    view.ask_pin()
    view.ask_retire()
    assert view.findChild(OperatorDialog) is None
    assert view.findChild(Question) is None
