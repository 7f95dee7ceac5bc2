"""Widgets beside one another as far as there is room, in the next line after that; hidden ones take none."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.flow_layout import FlowLayout


def places(widget: QWidget) -> list[tuple[int, int]]:
    """Where the visible ones are, from the first of them."""
    shown = [child.pos() for child in widget.findChildren(QLabel) if child.isVisible()]
    return [(place - shown[0]).toTuple() for place in shown]


def flowing(qtbot: QtBot, width: int, *hidden: int) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    flow = FlowLayout(spacing=10)
    for number in range(3):
        label = QLabel()
        label.setFixedSize(100, 30)
        label.setVisible(number not in hidden)
        flow.addWidget(label)
    widget.setLayout(flow)
    widget.setFixedWidth(width)
    widget.show()
    return widget


def test_all_in_one_line_when_they_fit(qtbot: QtBot) -> None:
    assert places(flowing(qtbot, 320)) == [(0, 0), (110, 0), (220, 0)]


def test_the_next_line_when_they_do_not(qtbot: QtBot) -> None:
    widget = flowing(qtbot, 319)
    assert places(widget) == [(0, 0), (110, 0), (0, 40)]
    assert widget.layout().heightForWidth(319) == 70


def test_a_hidden_widget_takes_no_room(qtbot: QtBot) -> None:
    assert places(flowing(qtbot, 210, 0)) == [(0, 0), (110, 0)]
