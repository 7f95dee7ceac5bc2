"""The kinds of draw in their order, as buttons that say how far each is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from data.rules.draw_record import KINDS
from ui.widgets import parts

VOID = "void"
_STYLE = "text-align: left; min-width: 104px; max-width: 240px; min-height: 40px;"  # room for two lines of words


@dataclass(frozen=True)
class KindState:
    """One button: the kind or VOID, its title, and how far it is."""

    kind: str
    title: str
    state: str


class DrawKinds(QWidget):
    """One of the kinds is chosen. chosen(kind): another one is."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._on_toggled)
        row = parts.row()
        for number, kind in enumerate((*KINDS, VOID)):
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"choice:{kind}")
            button.setStyleSheet(_STYLE)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.hide()
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        row.addStretch(0)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)

    @property
    def kind(self) -> str:
        """The chosen kind, the first one while none is chosen."""
        return (*KINDS, VOID)[max(self._group.checkedId(), 0)]

    def choose(self, kind: str) -> None:
        """Choose a kind that is shown."""
        button = self._button(kind)
        if not button.isHidden():
            button.setChecked(True)

    def show_states(self, states: Sequence[KindState]) -> None:
        """Show these and no other; a choice that is gone falls to the first."""
        known = {state.kind: state for state in states}
        for kind in (*KINDS, VOID):
            button = self._button(kind)
            button.setVisible(kind in known)
            if kind in known:
                button.setText(f"{known[kind].title}\n{known[kind].state}")
        chosen = self._group.checkedId()
        if states and (chosen < 0 or self._button(self.kind).isHidden()):
            self.choose(states[0].kind)

    def _button(self, kind: str) -> QPushButton:
        button = self._group.button((*KINDS, VOID).index(kind))
        assert isinstance(button, QPushButton)
        return button

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit((*KINDS, VOID)[number])
