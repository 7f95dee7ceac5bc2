"""The score ladder (成绩单) of an entrant: every step from the items to the rank, redoable by hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from data.i18n import _
from data.queries.entrants import in_a_line
from data.queries.ladder import Ladder, LadderLine
from ui import theme
from ui.widgets import parts

_SIZE = (680, 600)
_VALUE_WIDTH = 160
_BOLD = ("drawn", "weight", "total", "rank")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LadderDialog(QDialog):
    """Components, in each its judges (their items fold away), then total and rank. Deletes itself when closed.

    Calls `save(entrant id)` when the ladder is wanted as PDF.
    """

    def __init__(self, parent: QWidget, ladder: Ladder, save: Callable[[int], None]) -> None:
        super().__init__(parent)
        self.resize(*_SIZE)
        self._ladder = ladder
        self._save = save
        layout = parts.dialog_frame(self, "ladderDialog", _("Score ladder"))
        who = in_a_line(ladder.number, ladder.name, between="  ")
        layout.addWidget(parts.heading(who))
        where = (ladder.division_title, "" if ladder.unit == ladder.name else ladder.unit)
        layout.addWidget(parts.muted(" · ".join(part for part in where if part)))
        self.tree = self._build_tree()
        layout.addWidget(self.tree, 1)
        layout.addWidget(
            parts.label(
                _("Each line follows from the lines before it. Endless values are shown with twelve decimals."), "small"
            )
        )
        close = parts.primary_button(_("Close"), self.accept, name="close")
        close.setDefault(True)
        layout.addLayout(
            parts.row(
                parts.button(_("Show all items"), self.tree.expandAll, name="expand"),
                parts.button(_("Copy"), self._copy, name="copy"),
                parts.button(_("Save as PDF…"), self._on_save, name="saveLadder"),
                None,
                close,
            )
        )
        self.tree.setFocus()

    def text(self) -> str:
        """The whole ladder as text, a line for each step."""
        lines = [(_headline(line), line.value) for line in self._ladder.lines]
        who = in_a_line(self._ladder.number, self._ladder.name, self._ladder.unit)
        return "\n".join([who, self._ladder.division_title, *("\t".join(line) for line in lines)])

    def _on_save(self) -> None:
        self._save(self._ladder.entrant_id)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _build_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("ladder")
        tree.setAccessibleName(_("Score ladder"))
        tree.setColumnCount(2)
        tree.setHeaderLabels([_("How it was reckoned"), _("Points or place")])
        tree.headerItem().setTextAlignment(1, _RIGHT)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, _VALUE_WIDTH)
        tree.setWordWrap(True)
        component, items = "", list[LadderLine]()
        group: QTreeWidgetItem | None = None
        for line in self._ladder.lines:
            if line.component != component or group is None:
                component = line.component
                group = _item(component or _("Total score"), "", bold=True)
                tree.addTopLevelItem(group)
            if line.kind == "item":
                items.append(line)
                continue
            unknown = "" if line.kind == "drawn" else "–"
            step = _item(line.text, line.value or unknown, bold=line.kind in _BOLD)
            for part in items:
                step.addChild(_item(part.text, part.value, muted=True))
            items.clear()
            group.addChild(step)
        for row in range(tree.topLevelItemCount()):
            tree.topLevelItem(row).setExpanded(True)
        return tree


def _headline(line: LadderLine) -> str:
    return f"{line.component}: {line.text}" if line.component else line.text


def _item(text: str, value: str, *, bold: bool = False, muted: bool = False) -> QTreeWidgetItem:
    made = QTreeWidgetItem([text, value])
    made.setTextAlignment(1, _RIGHT)
    made.setToolTip(0, text)
    for column in (0, 1):
        if bold:
            made.setFont(column, QFont(theme.font(theme.BASE_PX, bold=True)))
        if muted:
            made.setForeground(column, QColor(theme.colors().muted))
    return made
