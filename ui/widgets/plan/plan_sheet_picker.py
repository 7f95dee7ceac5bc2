"""Which mark sheet is shown on the setup page, and making, renaming and deleting mark sheets."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from data.exchange.plan_cells import BadCell, parse
from data.i18n import _
from data.rules.decimals import show_milli
from data.rules.plan_layout import SHEETS, layout
from ui import dialogs
from ui.models.plan_draft import PlanDraft
from ui.widgets import parts


class PlanSheetPicker(QWidget):
    """A list of the draft's mark sheets. `chosen(code)` tells which one is to be shown."""

    chosen = Signal(str)

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__()
        self._draft = draft
        self._box = QComboBox()
        self._box.setObjectName("sheetBox")
        self._box.setMinimumWidth(320)
        self._box.setAccessibleName(_("Mark sheet"))
        self._name = QLineEdit()
        self._name.setObjectName("sheetName")
        self._name.setAccessibleName(_("Name of the mark sheet"))
        self._name.setMinimumWidth(260)
        self._full = parts.muted()
        self._delete = parts.button(_("Delete sheet"), self._on_delete)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._box, self._name, self._full):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(parts.button(_("New sheet…"), self._on_new, name="newSheet"))
        line.addWidget(self._delete)
        self._box.activated.connect(self._on_activated)
        self._name.editingFinished.connect(self._on_name)

    @property
    def code(self) -> str:
        """The code of the mark sheet that is shown, empty if there is none."""
        return str(self._box.currentData() or "")

    def choose(self, code: str) -> None:
        """Show this mark sheet."""
        self._box.setCurrentIndex(self._box.findData(code))
        self._show()

    def refresh(self) -> None:
        """Read the mark sheets of the draft; the one shown stays if it is still there."""
        before = self.code
        names: dict[str, str] = {}
        for row in self._draft.rows(SHEETS):
            names.setdefault(row.cells.get("评分表", ""), row.cells.get("名称", ""))
        self._box.clear()
        for code, name in names.items():
            self._box.addItem(f"{code}  {name}", code)
        self._box.setCurrentIndex(max(0, self._box.findData(before)))
        self._show()

    def _show(self) -> None:
        rows = [row for row in self._draft.rows(SHEETS) if row.cells.get("评分表", "") == self.code]
        self._name.setText(rows[0].cells.get("名称", "") if rows else "")
        for widget in (self._box, self._name, self._delete):
            widget.setEnabled(bool(rows))
        points = layout(SHEETS).column("分值")
        full = 0
        for row in rows:
            try:
                value = parse(points, row.cells.get("分值", ""))
            except BadCell:
                continue
            full += max(0, value) if isinstance(value, int) else 0
        self._full.setText(_("Full mark {full}").format(full=show_milli(full)) if rows else "")
        self.chosen.emit(self.code)

    def _places(self) -> list[int]:
        return [n for n, row in enumerate(self._draft.rows(SHEETS)) if row.cells.get("评分表", "") == self.code]

    def _on_activated(self, _index: int) -> None:
        self._show()

    def _on_name(self) -> None:
        self._draft.set_cells(SHEETS, [(place, "名称", self._name.text().strip()) for place in self._places()])

    def _on_new(self) -> None:
        title, text = _("New mark sheet"), _("Its code is short and fixed, such as CPR-2024.")
        dialogs.ask_text(self, title, text, _("Code"), self.add_sheet)

    def add_sheet(self, code: str) -> None:
        """Add a mark sheet with one empty item and show it."""
        code = code.strip()
        if self._box.findData(code) < 0:
            last = len(self._draft.rows(SHEETS))
            self._draft.insert(SHEETS, last, [{"评分表": code, "名称": code, "序号": "1", "方式": "计分"}])
        self.choose(code)

    def _on_delete(self) -> None:
        self._draft.remove(SHEETS, self._places())
