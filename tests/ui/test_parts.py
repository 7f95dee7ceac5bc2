"""The small parts of pages."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from data.queries.readiness import PhaseMark
from ui import theme
from ui.widgets import parts
from ui.widgets.rail_button import RailButton


def test_an_empty_state_says_what_to_do_first(qtbot):
    import_button = parts.primary_button("Import")
    state = parts.empty_state("Nobody yet.", "Import the rosters first.", import_button)
    qtbot.addWidget(state)
    assert [label.text() for label in state.findChildren(QLabel)] == ["Nobody yet.", "Import the rosters first."]
    assert state.findChildren(QPushButton) == [import_button]


def test_a_strip_says_its_tone_by_a_sign_too(qtbot):
    strip = parts.strip("Late", "attention", parts.link_button("Go"))
    qtbot.addWidget(strip)
    assert strip.findChild(QLabel, "stripText").text() == "▲ Late"


def test_roles_and_tones_change(qtbot):
    label = parts.label("80", "score", selectable=True)
    qtbot.addWidget(label)
    parts.set_tone(label, "wrong")
    parts.set_role(label, "muted")
    assert (label.property("tone"), label.property("role")) == ("wrong", "muted")


def test_layouts_are_cleared_with_what_is_nested_in_them(qtbot):
    frame = QWidget()
    qtbot.addWidget(frame)
    layout = QVBoxLayout(frame)
    layout.addLayout(parts.row(parts.muted("a"), None, parts.column(parts.danger_button("b"), None, parts.column())))
    layout.addWidget(parts.card(parts.row(parts.heading("c")), parts.scrolled(QWidget())))
    parts.clear(layout)
    assert layout.count() == 0
    qtbot.waitUntil(lambda: not frame.findChildren(QLabel))


def test_a_rail_button_in_focus_still_shows_its_words(qtbot):
    """The ground of the mark filled the frame of the focus, and the button was a green box."""
    window = QWidget()
    qtbot.addWidget(window)
    button = RailButton("setup", "筹备", "Ctrl+2", window)
    button.setGeometry(0, 0, 192, 38)
    button.set_mark(PhaseMark("done", 0))
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage().pixelColor(100, 10) != QColor(theme.TEAL)
