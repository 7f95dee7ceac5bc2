"""The small parts that every page is made of, each a function that returns a plain Qt widget.

Tones: "done", "attention", "wrong", "info", "muted" or "" (see ui/theme.py). Colour never stands alone:
give the text an icon character or a word that says the same.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.elided_label import ElidedLabel

Slot = Callable[[], None]

MARKS = {"done": "✓", "attention": "▲", "wrong": "✕", "info": "●", "muted": "–"}


def label(text: str = "", role: str = "", *, tone: str = "", wrap: bool = False, selectable: bool = False) -> QLabel:
    """Text in a role: title | heading | subheading | muted | small | score | "" (plain)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def dialog_frame(dialog: QDialog, name: str, title: str, width: int = 0) -> QVBoxLayout:
    """What every dialog about a page has in common: it belongs to its window, deletes itself when closed, and has
    this name and title; returns its empty layout. width: the least."""
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(width)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(12)
    return layout


def heading(text: str) -> QLabel:
    """The heading of a card."""
    return label(text, "heading")


def muted(text: str = "", *, wrap: bool = False) -> QLabel:
    """Secondary text."""
    return label(text, "muted", wrap=wrap)


def pill(text: str, tone: str = "muted") -> QLabel:
    """A short state in a rounded ground."""
    made = label(text, "pill", tone=tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a label, pill, strip or line edit that is shown already."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_role(widget: QWidget, role: str) -> None:
    """Change the role of a label, button or frame that is shown already."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(text: str, slot: Slot | None = None, *, role: str = "", name: str = "") -> QPushButton:
    """A button; `slot` is a bound method. Roles: primary | danger | link | chip | "" (plain)."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setObjectName(name)
    made.setAutoDefault(False)
    if slot is not None:
        made.clicked.connect(slot)
    return made


def primary_button(text: str, slot: Slot | None = None, *, name: str = "") -> QPushButton:
    """The one main action of a page, card or dialog."""
    return button(text, slot, role="primary", name=name)


def danger_button(text: str, slot: Slot | None = None, *, name: str = "") -> QPushButton:
    """An action that takes something away."""
    return button(text, slot, role="danger", name=name)


def link_button(text: str, slot: Slot | None = None, *, name: str = "") -> QPushButton:
    """A quiet action in a line of text or a table."""
    return button(text, slot, role="link", name=name)


def field(name: str, title: str, hint: str = "") -> QLineEdit:
    """An empty line to type in; `title` is read out by a screen reader, `hint` stands in it while it is empty."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(hint)
    return made


def card(*children: QWidget | QLayout, margin: int = 16, spacing: int = 8) -> QFrame:
    """A white frame with its children below one another; `card().layout()` is a QVBoxLayout."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for child in children:
        if isinstance(child, QLayout):
            layout.addLayout(child)
        else:
            layout.addWidget(child)
    return frame


def strip(text: str, tone: str, *actions: QAbstractButton, is_one_line: bool = False) -> QFrame:
    """A line across the page that says something the user must see, with buttons at its right.

    Args:
        is_one_line: never higher than a line; what has no room is in the tool tip.
    """
    frame = QFrame()
    frame.setProperty("role", "strip")
    frame.setProperty("tone", tone)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(12, 6, 8, 6)
    said = f"{MARKS.get(tone, '')} {text}".strip()
    words = ElidedLabel(said) if is_one_line else label(said, wrap=True)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, words.sizePolicy().verticalPolicy())
    words.setProperty("tone", tone)
    words.setObjectName("stripText")
    layout.addWidget(words, 1)
    for action in actions:
        layout.addWidget(action)
    return frame


def line() -> QFrame:
    """A thin horizontal line."""
    frame = QFrame()
    frame.setProperty("role", "line")
    return frame


def row(*children: QWidget | QLayout | None, spacing: int = 8) -> QHBoxLayout:
    """Children beside one another; None is where the free room goes."""
    layout = QHBoxLayout()
    _fill(layout, children, spacing)
    return layout


def column(*children: QWidget | QLayout | None, spacing: int = 8) -> QVBoxLayout:
    """Children below one another; None is where the free room goes."""
    layout = QVBoxLayout()
    _fill(layout, children, spacing)
    return layout


def _fill(layout: QBoxLayout, children: Iterable[QWidget | QLayout | None], spacing: int) -> None:
    layout.setSpacing(spacing)
    for child in children:
        if child is None:
            layout.addStretch(1)
        elif isinstance(child, QLayout):
            layout.addLayout(child)
        else:
            layout.addWidget(child)


def scrolled(content: QWidget) -> QScrollArea:
    """The content in an area that scrolls up and down when it does not fit."""
    content.setObjectName(content.objectName() or "scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def empty_state(text: str, detail: str = "", *buttons: QAbstractButton) -> QWidget:
    """What a page or card shows while it has nothing: one sentence, what to do first, and the buttons for it."""
    frame = card(margin=32, spacing=12)
    frame.setObjectName("emptyState")
    layout = frame.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addStretch(1)
    centre = Qt.AlignmentFlag.AlignHCenter
    title = label(text, "heading", wrap=True)
    title.setAlignment(centre)
    layout.addWidget(title)
    if detail:
        words = muted(detail, wrap=True)
        words.setAlignment(centre)
        layout.addWidget(words)
    if buttons:
        layout.addSpacing(8)
        layout.addLayout(row(None, *buttons, None))
    layout.addStretch(1)
    return frame


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
