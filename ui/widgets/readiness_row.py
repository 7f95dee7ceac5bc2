"""One line of the readiness list: a mark, what it is about, and the way to where it is mended."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from data.i18n import _
from data.queries.readiness import ReadinessLine
from ui.widgets import parts

_TONES = {"wrong": "wrong", "attention": "attention", "next": "info", "done": "done"}
_MARKS = {"wrong": "✕", "attention": "▲", "next": "➜", "done": "✓"}


class ReadinessRow(QFrame):
    """Emits `wanted` with its line on a click anywhere, or on its button."""

    wanted = Signal(object)

    def __init__(self, line: ReadinessLine) -> None:
        super().__init__()
        self.line = line
        self.setObjectName("readinessRow")
        mark = parts.label(_MARKS[line.severity], "heading", tone=_TONES[line.severity])
        mark.setAccessibleName(_severity(line.severity))
        mark.setFixedWidth(24)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(parts.label(line.title, "subheading", wrap=True))
        if line.detail:
            words.addWidget(parts.muted(line.detail, wrap=True))
        verb = _("View ›") if line.severity == "done" else _("Go ›")
        self.button = parts.link_button(verb, self._on_wanted)
        self.button.setAccessibleName(line.title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 6)
        layout.setSpacing(8)
        layout.addWidget(mark)
        layout.addLayout(words, 1)
        layout.addWidget(self.button)

    def _on_wanted(self) -> None:
        self.wanted.emit(self.line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self._on_wanted()


def _severity(severity: str) -> str:
    return {"wrong": _("Wrong"), "attention": _("Attention"), "next": _("Next step"), "done": _("Done")}[severity]
