"""What is wrong with the draft plan, a line each; a line leads to its cell."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from data.exchange.plan_tables import Finding
from data.i18n import _, ngettext
from ui import theme
from ui.pages.setup_words import finding_place
from ui.widgets import parts

_LINE = 22
_LINES = 4


class PlanFindings(QWidget):
    """Errors first, then warnings. `wanted(finding)` asks to show the cell of a finding."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._state = parts.label(role="subheading", tone="done")
        self._state.setObjectName("planState")
        self._list = QListWidget()
        self._list.setObjectName("planFindings")
        self._list.setAccessibleName(_("What to mend"))
        self._list.itemActivated.connect(self._on_item)
        self._list.itemClicked.connect(self._on_item)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._state)
        layout.addWidget(self._list)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show these."""
        ordered = sorted(findings, key=lambda finding: finding.severity != "error")
        errors = sum(finding.severity == "error" for finding in findings)
        warnings = len(findings) - errors
        counts = []
        if errors:
            counts.append(ngettext("{n} error to mend before saving", "{n} errors to mend before saving", errors))
        if warnings:
            counts.append(ngettext("{n} thing to know", "{n} things to know", warnings))
        numbers = [number for number in (errors, warnings) if number]
        words = " · ".join(text.format(n=number) for text, number in zip(counts, numbers, strict=True))
        tone = "wrong" if errors else "attention" if warnings else "done"
        self._state.setText(f"{parts.MARKS[tone]} {words}" if words else _("✓ The plan is in order."))
        parts.set_tone(self._state, tone)
        self._list.clear()
        for finding in ordered:
            tone = "wrong" if finding.severity == "error" else "attention"
            line = _("{place}: {message}").format(place=finding_place(finding), message=finding.message)
            item = QListWidgetItem(f"{parts.MARKS[tone]} {line}")
            item.setForeground(QColor(theme.tone_colors(tone)[0]))
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, finding)
            self._list.addItem(item)
        self._list.setVisible(bool(ordered))
        self._list.setFixedHeight(_LINE * min(len(ordered), _LINES) + 8)

    def show_first(self) -> None:
        """Ask to show the cell of the first finding."""
        if self._list.count():
            self._list.setCurrentRow(0)
            self._on_item(self._list.item(0))

    def _on_item(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))
