"""The editors of the plan's cells: a list for what must be one of a few, a list to type in for known names."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from data.rules.plan import THEORY
from data.rules.plan_layout import AWARDS, DIVISIONS, SESSIONS, SHEETS, STATIONS, UNITS
from ui.models.plan_draft import PlanDraft
from ui.models.plan_rows import PlanRows
from ui.pages.setup_words import choice_title, hint

_Index = QModelIndex | QPersistentModelIndex


class PlanDelegate(QStyledItemDelegate):
    """Gives each cell of a `PlanRows` its editor."""

    def __init__(self, draft: PlanDraft, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        model = index.model()
        assert isinstance(model, PlanRows)
        column = model.columns[index.column()]
        known = self._known(model.sheet, column.field)
        if not column.choices and not known:
            line = QLineEdit(parent)
            line.setPlaceholderText(hint(model.sheet, column.field))
            return line
        box = QComboBox(parent)
        if column.choices:
            if not column.needed:
                box.addItem("", "")
            for word in column.choices:
                box.addItem(choice_title(word), word)
        else:
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            for text in known:
                box.addItem(text, text)
        box.activated.connect(self._on_activated)
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(text))
            if editor.isEditable():
                editor.setEditText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            value: Any = editor.currentText() if editor.isEditable() else editor.currentData()
        else:
            assert isinstance(editor, QLineEdit)
            value = editor.text()
        model.setData(index, value or "")

    def _known(self, sheet: str, field: str) -> list[str]:
        """The texts that other sheets have for a column."""
        if field == "category":
            return self._texts(DIVISIONS if sheet == UNITS else UNITS, "类别")
        if field == "division":
            return self._texts(DIVISIONS, "组别代码")
        if field in ("station", "other"):
            return self._texts(STATIONS, "考站")
        if field == "session":
            return self._texts(SESSIONS, "名称")
        if field == "sheet":
            return self._texts(SHEETS, "评分表")
        if field == "source":
            return [*self._texts(STATIONS, "考站"), THEORY]
        if field == "unit_name":
            return self._texts(UNITS, "单位")
        if field == "name" and sheet == AWARDS:
            return self._texts(AWARDS, "等级")
        return []

    def _texts(self, sheet: str, header: str) -> list[str]:
        return list(dict.fromkeys(text for row in self._draft.rows(sheet) if (text := row.cells.get(header, ""))))

    def _on_activated(self) -> None:
        editor = self.sender()
        assert isinstance(editor, QComboBox)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
