"""What the chief judge agrees to with a PIN."""

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from data.actions import operators
from data.actions.setup import save_plan
from data.errors import NotAllowed
from data.queries.operators import chiefs
from data.store import Store
from tests.data.contest import plan
from ui.pages.page import Page
from ui.widgets.desk.chief_dialog import ask_chief
from ui.widgets.desk.operator_dialog import OperatorDialog


class Plain(Page):
    """A page with a widget on it, and what the chief judge agreed to."""

    key = "plain"

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.agreed = []
        self.part = QWidget()
        self.body.addWidget(self.part)

    def title(self) -> str:
        return "Plain"

    def purpose(self) -> str:
        return ""

    def agree(self, chief: str, pin: str, reason: str) -> None:
        with self.desk.store.read():
            operators.chief(self.desk.store, chief, pin)
        self.agreed.append((chief, reason))


@pytest.fixture
def page(store: Store, make_desk, qtbot) -> Plain:
    made = Plain(make_desk(store))
    qtbot.addWidget(made)
    made.show()
    return made


def add_chief(store: Store) -> None:
    operators.add(store, "秘书处", "王建国", "2023", chief=True)


def test_pin_and_reason_are_handed_over(page: Plain):
    add_chief(page.desk.store)
    dialog = ask_chief(page.part, "Reopen it?", "Marks can be changed then.", page.agree)
    assert not dialog.yes.isEnabled()
    dialog.reason.setText(" 抄错 ")
    assert not dialog.yes.isEnabled()
    dialog.pin.setText("2023")
    dialog.yes.click()
    assert page.agreed == [("王建国", "抄错")]
    assert not dialog.isVisible()


def test_a_wrong_pin_is_told_and_typed_again(page: Plain):
    add_chief(page.desk.store)
    dialog = ask_chief(page, "Confirm?", "", page.agree, reason=False, yes="Confirm")
    assert dialog.yes.text() == "Confirm"
    dialog.pin.setText("9999")
    dialog.yes.click()
    assert "not that of 王建国" in dialog.problem.text()
    assert dialog.pin.text() == ""
    dialog.pin.setText("2023")
    dialog.yes.click()
    assert page.agreed == [("王建国", "")]


def test_a_chief_judge_is_added_where_there_is_none(page: Plain):
    store = page.desk.store
    dialog = ask_chief(page, "Reopen it?", "", page.agree)
    assert not dialog.pin.isEnabled()
    dialog.findChild(QPushButton, "addChief").click()
    added = dialog.findChild(OperatorDialog)
    added.name.setText("王建国")
    added.pin.setText("2023")
    added.again.setText("20")
    assert not added.yes.isEnabled()
    assert added.problem.text() == ""
    added.again.setText("2024")
    assert "not the same" in added.problem.text()
    added.again.setText("2023")
    added.yes.click()
    assert chiefs(store) == ["王建国"]
    assert dialog.chief.currentData() == "王建国"
    assert dialog.pin.isEnabled()


def test_what_cannot_be_added_is_told(page: Plain):
    dialog = ask_chief(page, "Reopen it?", "", page.agree)
    dialog.findChild(QPushButton, "addChief").click()
    added = dialog.findChild(OperatorDialog)
    added.name.setText("王建国")
    added.pin.setText("12")
    added.again.setText("12")
    added.yes.click()
    assert "4 to 8 digits" in added.problem.text()
    assert added.isVisible()


def test_the_plans_chief_judge_is_proposed(page: Plain):
    save_plan(page.desk.store, "tester", plan())
    dialog = ask_chief(page, "Reopen it?", "", page.agree)
    dialog.findChild(QPushButton, "addChief").click()
    assert dialog.findChild(OperatorDialog).name.text() == "裁判11"


def test_it_belongs_to_a_page(qtbot):
    alone = QDialog()
    qtbot.addWidget(alone)
    with pytest.raises(ValueError, match="on no page"):
        ask_chief(alone, "", "", lambda chief, pin, reason: None)


def test_what_is_refused_stays_in_sight(page: Plain):
    add_chief(page.desk.store)

    def refuse(chief: str, pin: str, reason: str) -> None:
        raise NotAllowed("Somebody has reopened it already.", todo="Look again.")

    dialog = ask_chief(page, "Reopen it?", "", refuse, reason=False)
    dialog.pin.setText("2023")
    dialog.yes.click()
    assert "reopened it already" in dialog.problem.text()
    assert dialog.isVisible()
    dialog.reject()
